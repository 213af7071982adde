"""Talk of the conversation's plan is about that plan, as long as it waits and afterwards."""

from __future__ import annotations

import pytest

from agent.planning.plan_talk import about_the_plan
from agent.planning.types import Proposed
from tests.agent.planning.world import CARDS

WAITING = Proposed("Tag asset film, set owner film", "pending", 2, ("an owner of film",))
RUN = Proposed("Tag asset film, set owner film", "approved", 2, (), "exe_1")
STATUS = (
    "Is it done?",
    "Have you finished?",
    "Did you do it?",
    "What is the status of the plan?",
    "Has it run yet?",
    "what are you waiting for?",
)


@pytest.mark.parametrize("text", STATUS)
def test_what_waits_is_not_done(text: str) -> None:
    got = about_the_plan(text, CARDS, WAITING)
    assert got is not None
    assert not got.calls
    assert (got.honest or "").startswith("Not yet")
    assert "an owner of film" in (got.honest or "")


@pytest.mark.parametrize("text", STATUS)
def test_what_runs_is_asked_about_as_that_execution(text: str) -> None:
    got = about_the_plan(text, CARDS, RUN)
    assert got is not None
    ((operation, arguments),) = ((one.operation, one.arguments) for one in got.calls)
    assert (operation, arguments) == ("workflows.status", {"execution_id": "exe_1"})


def test_who_agrees_and_what_happens_then() -> None:
    for text in ("Who has to approve my plan?", "who must agree to it?"):
        got = about_the_plan(text, CARDS, WAITING)
        assert got is not None
        assert "an owner of film" in (got.honest or "")
    told = about_the_plan("What will happen if I approve?", CARDS, WAITING)
    assert told is not None
    assert WAITING.title in (told.honest or "")


def test_a_rejected_plan_was_not_done() -> None:
    got = about_the_plan("Is it done?", CARDS, Proposed("X", "rejected"))
    assert got is not None
    assert "rejected" in (got.honest or "")


@pytest.mark.parametrize("text", ["Who owns film?", "Is film done?", "What happened today?"])
def test_other_questions_are_left_alone(text: str) -> None:
    assert about_the_plan(text, CARDS, WAITING) is None
