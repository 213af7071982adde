"""The reply to a question: with it the request goes on, whatever the question was about."""

from __future__ import annotations

import pytest

from agent.likeness import Likeness
from agent.planning.types import Asked, Focus, Understanding
from agent.planning.understand import understand
from evals.planner import everything
from tests.agent.planning.world import LEXICON, TODAY

CARDS = everything().cards
LIKENESS = Likeness(CARDS)
CHECK = "catalog.define_quality_check"


def said(*messages: str) -> Understanding:
    """What the last of several messages comes to, each the reply to the question before it."""
    asked, got = None, Understanding()
    for message in messages:
        got = understand(message, LEXICON, CARDS, Focus(asked=asked), LIKENESS, TODAY)
        asked = Asked(got.heard, got.asks, got.doubt, got.options, got.slot, got.given)
    return got


@pytest.mark.parametrize(
    ("messages", "operation", "arguments"),
    [
        (("Revoke Omar's role on pagila", "administrator"),
         "rbac.revoke_role", {"user": "Omar", "role": "r-admin", "source": "s-pagila"}),
        (("Assign the finding to Omar", "fnd_0123456789abcdef"),
         "compliance.assign_finding", {"owner": "Omar", "finding": "fnd_0123456789abcdef"}),
        (("Create a workspace", "Finance Data"), "workspaces.create", {"name": "Finance Data"}),
        (("Mark pagila.customer.email as personal data", "email"),
         "classifications.set_classification",
         {"asset": "pagila.customer.email", "label": "l-email"}),
    ],
)  # fmt: skip
def test_a_reply_is_the_argument_that_was_asked_for(
    messages: tuple[str, ...], operation: str, arguments: dict[str, object]
) -> None:
    got = said(*messages)
    assert [(one.operation, one.arguments) for one in got.calls] == [(operation, arguments)]
    assert (got.question, got.not_understood) == (None, ())


def test_what_is_still_lacking_is_asked_for_next() -> None:
    got = said("Waive the finding", "fnd_0123456789abcdef")
    assert got.calls == ()
    assert (got.asks, got.slot) == ("compliance.waive_finding", "reason")
    assert got.given == {"finding": "fnd_0123456789abcdef"}


@pytest.mark.parametrize(
    ("slot", "reply", "value"),
    [("hours", "24 hours", 24.0), ("hours", "36", 36.0), ("minimum", "at least 1", 1.0)],
)
def test_a_figure_is_read_out_of_its_words(slot: str, reply: str, value: float) -> None:
    given: dict[str, object] = {"asset": "pagila.film", "kind": "freshness"}
    asked = Asked("Watch how fresh pagila.film is", CHECK, slot=slot, given=given)
    got = understand(reply, LEXICON, CARDS, Focus(asked=asked), LIKENESS, TODAY)
    assert [one.arguments for one in got.calls] == [given | {slot: value}]


def test_thanks_are_no_name() -> None:
    assert said("Create a workspace", "Thanks!").calls == ()


@pytest.mark.parametrize("reply", ["Who owns pagila.film?", "soon", "between 3 and 4 hours"])
def test_what_cant_be_the_argument_is_heard_for_itself(reply: str) -> None:
    asked = Asked("Watch how fresh pagila.film is", CHECK, slot="hours", given={})
    got = understand(reply, LEXICON, CARDS, Focus(asked=asked), LIKENESS, TODAY)
    assert CHECK not in [one.operation for one in got.calls]
