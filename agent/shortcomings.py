"""Whether a turn answered what was asked; what it left unanswered becomes a list for stewards."""

from __future__ import annotations

from agent.turnstate import Turn
from tools.errors import AskForAccess, RacineError
from tools.values import Page

NOT_UNDERSTOOD, NOT_POSSIBLE, NOTHING_FOUND = "not understood", "not possible", "nothing found"
# What is answered by there being none: "Is anything unusual?"
_NONE_IS_FINE = frozenset(
    {
        "assistant.anomalies",
        "assistant.insights",
        "assistant.recommendations",
        "assistant.list_plans",
        "assistant.list_memories",
        "compliance.list_findings",
        "activity.search",
    }
)


def lacking(turn: Turn) -> str | None:
    """Why the request stays unanswered; None where it was answered, asked back, or refused."""
    heard = turn.understanding
    found = turn.found()
    if heard is not None and not heard.calls:
        if heard.honest:
            return NOT_POSSIBLE
        asked = heard.question and not heard.not_understood
        told = asked or heard.told or heard.smalltalk not in (None, "out_of_scope")
        return None if told else NOT_UNDERSTOOD
    if heard is not None and heard.guessed:
        return NOT_UNDERSTOOD
    if turn.steps or not found:
        return None
    if any(isinstance(value, AskForAccess) for _, _, value in found):
        return None
    empty = all(
        isinstance(value, RacineError)
        or (isinstance(value, Page) and not value.total and operation not in _NONE_IS_FINE)
        for operation, _, value in found
    )
    return NOTHING_FOUND if empty else None
