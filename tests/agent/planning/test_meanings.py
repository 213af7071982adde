"""Questions for a meaning, and words of other platforms for what goes by another name here."""

from __future__ import annotations

import pytest

from agent.likeness import Likeness
from agent.planning.lexicon import Lexicon
from agent.planning.platform_words import in_our_words
from agent.planning.terms import TERMS
from agent.planning.types import Entity, Focus, Understanding
from agent.planning.understand import understand
from evals.planner import everything
from tests.agent.planning.world import ENTITIES, LEXICON, TODAY

CARDS = everything().cards
LIKENESS = Likeness(CARDS)


def heard(text: str, lexicon: Lexicon = LEXICON) -> Understanding:
    """What the planner makes of a text, with every operation that there is."""
    return understand(text, lexicon, CARDS, Focus(), LIKENESS, TODAY)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("What is a data contract?", "Data contract"),
        ("what does certified mean", "Certified"),
        ("What does it mean for a table to be certified?", "Certified"),
        ("Can you explain what lineage is?", "Lineage"),
        ("How does classification work here?", "Classification"),
        ("why do we need a business glossary?", "Glossary"),
        ("What are findings?", "Finding"),
        ("define PII", "PII"),
        ("How is the quality score calculated?", "Data quality"),
    ],
)
def test_a_word_of_the_field_is_explained_with_what_can_be_done(text: str, term: str) -> None:
    got = heard(text)
    assert got.told.startswith(f"**{term}**: ")
    assert not got.calls
    assert got.nearest
    assert all(heard(one).calls or heard(one).question for one in got.nearest)


@pytest.mark.parametrize(
    "text",
    ["What is the difference between a tag and a glossary term?", "tag vs business term?",
     "How does a tag differ from a glossary term?"],
)  # fmt: skip
def test_two_words_are_told_apart(text: str) -> None:
    told = heard(text).told
    assert "**Tag**" in told
    assert "**Glossary term**" in told


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        ("What are the findings?", "compliance.list_findings"),
        ("What is our compliance posture?", "compliance.get_posture"),
        ("What is the lineage of pagila.film?", "catalog.get_lineage"),
    ],
)
def test_what_there_is_is_no_question_for_a_meaning(text: str, operation: str) -> None:
    got = heard(text)
    assert not got.told
    assert got.calls[0].operation == operation


def test_a_term_of_ones_own_glossary_comes_first() -> None:
    own = Lexicon([*ENTITIES.values(), Entity("term", "t-contract", "Contract")])
    assert heard("What is a contract?").told
    assert not heard("What is a contract?", own).told


def test_every_operation_that_a_term_names_is_there() -> None:
    assert {name for one in TERMS.values() for name in one.operations} <= CARDS.keys()


@pytest.mark.parametrize(
    ("text", "operation", "told"),
    [
        ("Show all monitors that failed today", "catalog.list_quality_checks", "quality checks"),
        ("What DAGs are broken?", "workflows.list_executions", "executions"),
        ("Which SLAs do we have?", "catalog.list_contracts", "contract"),
        ("Are there open incidents in pagila?", "compliance.list_findings", "findings"),
        ("Are any sources stale?", "data_sources.list_sources", "last scan"),
        ("What's monitored vs. not?", "catalog.list_assets", "quality checks"),
    ],
)
def test_a_platforms_word_is_taken_for_what_it_is_here_and_said(
    text: str, operation: str, told: str
) -> None:
    got = heard(text)
    assert got.calls[0].operation == operation
    assert told in got.told


def test_a_word_that_names_something_here_and_one_in_a_change_are_left() -> None:
    own = Lexicon([*ENTITIES.values(), Entity("table", "pagila.monitors", "pagila.monitors")])
    assert in_our_words("Show all monitors", LEXICON)[0] == "Show all quality checks"
    assert in_our_words("Show all monitors", own) == ("Show all monitors", "")
    said = "Create monitors for pagila.film"
    assert in_our_words(said, LEXICON) == (said, "")


def test_the_warehouse_of_a_sources_name_is_that_source() -> None:
    got = heard("Show issues for the pagila schema")
    assert [(one.operation, one.arguments) for one in got.calls] == [
        ("compliance.list_findings", {"source": "s-pagila"})
    ]
