"""What a list is asked to leave out is told, and never answered as if it were asked for."""

from __future__ import annotations

import pytest

from agent.planning.types import Focus, Understanding
from agent.planning.understand import understand
from evals.planner import everything

WORLD = everything()


def heard(words: str) -> Understanding:
    return understand(words, WORLD.lexicon, WORLD.cards, Focus(), WORLD.likeness, today=WORLD.today)


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("List tables not owned by Dana", "not owned by Dana"),
        ("tables that are not in crm", "not in crm"),
        ("List all tables except those of crm", "except those of crm"),
    ],
)
def test_what_is_left_out_is_no_filter(words: str, left: str) -> None:
    got = heard(words)
    (call,) = got.calls
    whole = {"kind": "table", "limit": 500}
    assert (call.operation, call.arguments) == ("catalog.list_assets", whole)
    assert call.shape is not None
    assert [one.said for one in call.shape.but] == [left]
    assert (got.not_understood, got.unheeded) == ((), ())


def test_a_filter_and_a_question_about_what_nobody_can_are_as_before() -> None:
    (listed,) = heard("List tables owned by Dana").calls
    assert listed.arguments == {"kind": "table", "owner": "person:dana"}
    (asked,) = heard("Who can't see shop.orders?").calls
    assert asked.arguments["asset"] == "asset:shop.orders"


def test_what_cannot_be_undone_is_asked_for_by_its_verb() -> None:
    assert not heard("Give me the analyst role").calls
    (call,) = heard("Delete the analyst role").calls
    assert call.operation == "rbac.delete_role"
