"""Every grader, in the order in which a report tells them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from evals.cases import Turn
from evals.graders import answers, calls, results
from evals.graders.ground import Ground
from evals.records import Heard, Verdict

Why = Callable[[Turn, Heard, Ground], Awaitable[str]]


@dataclass(frozen=True)
class Grader:
    """A grader with the expectation that asks for it."""

    name: str
    wanted: Callable[[Turn], bool]
    why: Why


def _given(*names: str) -> Callable[[Turn], bool]:
    return lambda turn: any(getattr(turn.expect, name) not in (None, [], {}) for name in names)


def _says(turn: Turn) -> bool:
    return turn.say is not None


GRADERS = (
    Grader("first operation", _given("first"), calls.first),
    Grader("calls", lambda turn: turn.expect.calls is not None, calls.calls),
    Grader("plan", _says, calls.plan),
    Grader("trajectory", _given("trajectory"), calls.trajectory),
    Grader("question back", _given("asks"), calls.asks),
    Grader("answer", _given("answer"), answers.answer),
    Grader("citations", _given("citations"), answers.citations),
    Grader("refusal", _given("refuses"), answers.refuses),
    Grader("never shown", _given("never_shown", "never_matches"), answers.never_shown),
    Grader("refused call", _given("fails"), results.fails),
    Grader("call", lambda t: t.call is not None and t.expect.fails is None, results.works),
    Grader("result", _given("result"), results.result),
    Grader("edges", _given("edges"), results.edges),
    Grader("ranks", _given("ranked"), results.ranked),
    Grader("labels", _given("labels"), results.labels),
    Grader("limits", _given("limits"), calls.limits),
)


async def grade(number: int, turn: Turn, heard: Heard, ground: Ground) -> list[Verdict]:
    """The verdicts of all exact graders that the turn asks for."""
    verdicts = []
    if turn.say is not None:
        why = _ended(heard)
        verdicts.append(Verdict(grader="ending", turn=number, passed=not why, why=why))
    for grader in GRADERS:
        if grader.wanted(turn):
            why = await grader.why(turn, heard, ground)
            verdicts.append(Verdict(grader=grader.name, turn=number, passed=not why, why=why))
    return verdicts


def _ended(heard: Heard) -> str:
    """A turn ends in words: an answer, a question back, or a plan."""
    if heard.ending in ("success", "interrupt") and heard.text.strip():
        return ""
    return f"the turn ended as '{heard.ending or 'cut off'}'" if heard.text else "nothing was said"
