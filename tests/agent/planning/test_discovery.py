"""What there is of something is searched for and listed, not asked about as one thing."""

from __future__ import annotations

import pytest

from agent.planning.types import Focus, Shape, Understanding
from agent.planning.understand import understand
from evals.planner import everything

WORLD = everything()  # it has a crm.Customer and a shop.customer
CLASSIFIED = "classifications.list_classified_columns"


def hear(text: str) -> Understanding:
    return understand(text, WORLD.lexicon, WORLD.cards, Focus(), None, WORLD.today)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("what customer data do we have?", "customer"),
        ("What is the authoritative customer dataset?", "customer"),
        ("do we have any data about refunds?", "refunds"),
    ],
)
def test_a_topic_is_searched_for(text: str, query: str) -> None:
    found = hear(text)
    assert found.question is None
    assert [(one.operation, one.arguments["query"]) for one in found.calls] == [
        ("catalog.search_assets", query)
    ]


def test_data_of_a_kind_is_no_topic() -> None:
    (call,) = hear("what personal data do we have?").calls
    assert call.operation == CLASSIFIED


def test_tags_are_told_with_what_bears_them() -> None:
    (call,) = hear("List all tags and what tables they are applied to").calls
    assert call.operation == "catalog.list_assets"
    assert call.shape == Shape(group="tags", noun="tag", named=True)


def test_a_word_that_is_no_term_is_looked_for_and_that_is_said() -> None:
    found = hear("What is the definition of Churn?")
    assert found.told.startswith("No glossary term is called “Churn”")
    assert found.calls[0].arguments == {"query": "Churn"}
    (call,) = hear("What glossary terms define 'Churn'?").calls
    assert (call.operation, call.arguments) == ("catalog.get_glossary_term", {"term": "Churn"})


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Which tables contain PII?", "column<"),
        ("find data sources that hold email addresses", "column^"),
    ],
)
def test_where_tables_or_sources_are_asked_for_columns_are_told_by_them(
    text: str, group: str
) -> None:
    (call,) = hear(text).calls
    assert call.operation == CLASSIFIED
    assert call.shape is not None
    assert (call.shape.group, call.shape.named) == (group, True)


def test_both_ways_of_lineage_in_one_question() -> None:
    (call,) = hear("what feeds into and reads from shop.orders?").calls
    assert call.arguments["direction"] == "both"


def test_an_account_has_no_name_that_is_only_a_noun() -> None:
    asked = hear("Create a user analyst@acme.com with role steward")
    assert asked.question == "What is the new user's name and e-mail address?"
