"""Likeness to what people say who ask for an operation, by its meaning."""

from __future__ import annotations

from agent.likeness import Likeness
from agent.planning.types import Card
from tools.registry import Registry

CARDS = {
    one.name: Card(one.name, one.summary, one.examples, one.effect.value, one.schema)
    for one in Registry()
    if one.agent
}


def test_other_words_of_the_same_meaning_are_nearest() -> None:
    likeness = Likeness(CARDS)
    (first, cosine), *rest = likeness("which percentage of email is null")
    assert first == "catalog.get_profile"
    assert cosine > rest[0][1]
    assert likeness("anything odd in our data lately")[0][0] == "assistant.anomalies"


def test_only_operations_that_come_into_question_are_told() -> None:
    few = Likeness({name: CARDS[name] for name in ("catalog.list_owners", "rbac.list_roles")})
    assert {name for name, _ in few("who owns customers")} <= {
        "catalog.list_owners",
        "rbac.list_roles",
    }
    assert Likeness({})("who owns customers") == []
