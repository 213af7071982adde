"""What no intent and no frame speaks of is asked for by the words of an operation's examples."""

from __future__ import annotations

import pytest

from agent.planning.lexicon import Lexicon
from agent.planning.types import Card, Entity, Focus, Understanding
from agent.planning.understand import understand
from tests.agent.planning.world import TODAY
from tools.registry import Registry

CARDS = {
    one.name: Card(one.name, one.summary, one.examples, one.effect.value, one.schema)
    for one in Registry()
    if one.agent
}
LEXICON = Lexicon(
    [
        Entity("source", "src_1", "harbour"),
        Entity("table", "ast_1", "harbour.berths", ("berths",)),
        Entity("column", "ast_2", "harbour.berths.length", ("length",)),
        Entity("column", "ast_3", "harbour.ships.length", ("length",)),
        Entity("person", "usr_1", "Noor Haddad", ("Noor",)),
        Entity("rule", "berths-owned", "berths-owned", ("berths-owned",)),
        Entity("framework", "hipaa", "HIPAA"),
    ]
)


def hear(text: str, focus: Focus | None = None) -> Understanding:
    return understand(text, LEXICON, CARDS, focus or Focus(), None, TODAY)


@pytest.mark.parametrize(
    ("text", "operation", "arguments"),
    [
        ("Switch off the rule berths-owned", "compliance.update_rule",
         {"rule": "berths-owned", "enabled": False}),
        ("Pause the pipeline nightly", "pipelines.control",
         {"pipeline": "nightly", "action": "pause"}),
        ("Roll the pipeline tides back to version 3", "pipelines.rollback",
         {"pipeline": "tides", "version": 3}),
        ("Give finding fnd_77 to Noor", "compliance.assign_finding",
         {"finding": "fnd_77", "owner": "usr_1"}),
        ("Show the quality of berths", "catalog.get_quality", {"asset": "ast_1"}),
        ("Profile the table berths", "catalog.profile_asset", {"asset": "ast_1"}),
        ("Sync the service harbourmaster", "integration.sync", {"service": "harbourmaster"}),
        ("Who serves the seven groups?", "integration.groups_status", {}),
    ],
)  # fmt: skip
def test_an_operation_is_reached_by_its_examples_words(
    text: str, operation: str, arguments: dict[str, object]
) -> None:
    got = hear(text)
    assert got.question is None, got.question
    assert [(one.operation, one.arguments) for one in got.calls] == [(operation, arguments)]


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Show the profile of length", "harbour.berths.length or harbour.ships.length"),
        ("Change the stages of the pipeline tides", "What should change"),
        ("Roll the pipeline tides back", "Which version"),
    ],
)
def test_what_is_open_is_asked(text: str, asks: str) -> None:
    got = hear(text)
    assert got.calls == ()
    assert asks in (got.question or "")


@pytest.mark.parametrize(
    "text",
    [
        "Don't pause the pipeline tides",
        "Pause the pipeline tides tomorrow",
        "If it rains, pause the pipeline tides",
        "Pause every pipeline",
        "The log says: pause the pipeline tides",
        "Pause the pipeline tides and sell the boats",
        "Sync the boats with the tide",
    ],
)
def test_no_change_comes_of_what_was_not_plainly_ordered(text: str) -> None:
    calls = hear(text).calls
    assert [one.operation for one in calls if CARDS[one.operation].effect != "read"] == []


def test_what_destroys_never_takes_its_target_from_what_was_said_before() -> None:
    focus = Focus(entities=(Entity("rule", "berths-owned", "berths-owned"),))
    assert hear("Delete that rule", focus).calls == ()
    assert [one.arguments for one in hear("Delete the rule berths-owned", focus).calls] == [
        {"rule": "berths-owned"}
    ]
