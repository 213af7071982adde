"""What is said of the plan that a conversation came to: "Is it done?", "Who has to approve it?".

Whole messages only. While a plan waits, nothing else is meant by them; once it runs, its execution.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from agent.planning.types import Call, Card, Proposed, Understanding

_OPENING = r"^(?:(?:please|and|ok|okay|so|well|now|then|can you|could you|tell me)[, ]+)*"
_ENDING = r"(?: (?:yet|now|already|so far|for me|please|then))*[.!?]*$"
_THE = r"(?:the|my|that|this|your|our)(?: last| latest| whole)?"
_PLAN = rf"(?:{_THE} (?:plan|change|changes|execution)|it|that|this|everything|all of it)"
_DONE = r"(?:done|finished|complete|completed|ready|through|executed|carried out|approved|applied)"
_STATUS = (
    rf"(?:is|was|are) (?:{_PLAN}|you) {_DONE}",
    rf"(?:has|have|did|does) (?:{_PLAN}|you) (?:been |be )?"
    rf"(?:{_DONE}|do|run|finish|work|start|started|worked|happen|happened)(?: {_PLAN})?",
    rf"how (?:is|are|does|did) (?:{_PLAN}|you) (?:going|doing|coming along|go|stand|getting on)",
    rf"(?:what is|what's|show|give me)?(?: me)? ?(?:the )?(?:status|state|progress)"
    rf"(?: (?:of|for) {_PLAN})?",
    rf"(?:where|how) does {_PLAN} stand",
    rf"what (?:is|are) (?:{_PLAN}|you) waiting for",
    rf"why (?:is|has) {_PLAN} (?:not (?:done|running|started|run|happened)|(?:still )?waiting)",
)
_WHO = (
    r"(?:who|whose approval) (?:\w+ ){0,3}?(?:approves?|agrees?|signs?)(?: to| off)?(?: on)?"
    rf" ?{_PLAN}?",
)
_WHAT = (
    rf"what (?:will|would|is going to|does|happens)(?: {_PLAN})? ?(?:happen|do|change|changes)?"
    rf"(?: (?:if|when|once) i (?:approve|agree|say yes)(?: to)?(?: {_PLAN})?)",
    rf"what (?:will|would|does) {_THE} plan (?:do|change)",
)
_DECIDE = (
    rf"(?:withdraw|cancel|reject|drop|stop|abort|discard|approve|accept|run|execute|confirm)"
    rf" (?:{_PLAN}|{_THE} plan)",
    r"(?:yes[, ]*)?(?:go ahead|do it|approved|i approve|let's do it)",
)
NO_PLAN = "No plan of this conversation waits. Say what is to be done, and I'll put one together."
_AGREES = r"(?:yes|sure|go ahead|do it|do that|proceed|approved|i approve|let's do it)"
_UNDO = (rf"(?:undo|revert|roll back|take back) {_PLAN}",)


def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"{_OPENING}(?:{'|'.join(patterns)}){_ENDING}", re.IGNORECASE)


_TALK = {
    "status": _any(_STATUS),
    "who": _any(_WHO),
    "what": _any(_WHAT),
    "decide": _any(_DECIDE),
    "undo": _any(_UNDO),
}
_AGREED = re.compile(rf"{_OPENING}{_AGREES}(?:[, ]+{_AGREES})*{_ENDING}", re.IGNORECASE)
_STATUS_OF, _UNDOING = "workflows.status", "workflows.undo"


def about_the_plan(
    text: str, cards: Mapping[str, Card], plan: Proposed | None
) -> Understanding | None:
    """What a message asks about the conversation's plan; None where it asks something else."""
    said = " ".join(text.replace("’", "'").split())
    kind = next((name for name, pattern in _TALK.items() if pattern.match(said)), None)
    if kind is None or plan is None:
        return None
    if plan.state == "pending":
        return None if kind == "undo" else Understanding(honest=_pending(kind, plan))
    if plan.execution_id is None:
        told = f"The plan “{plan.title}” is {plan.state}: nothing of it was done."
        return Understanding(honest=told) if kind in ("status", "who", "what") else None
    if kind == "status" and _STATUS_OF in cards:
        return Understanding((Call(_STATUS_OF, {"execution_id": plan.execution_id}),))
    if kind == "undo" and plan.steps > 1 and _UNDOING in cards:
        return Understanding((Call(_UNDOING, {"execution_id": plan.execution_id}),))
    return None


def agrees_to_nothing(text: str) -> Understanding | None:
    """What is said to "Go ahead" where there is nothing to go ahead with."""
    if not _AGREED.match(" ".join(text.replace("’", "'").split())):
        return None
    nearest = ("assistant.list_plans", "assistant.recommendations")
    return Understanding(honest=NO_PLAN, instead=nearest, heard=text)


def _pending(kind: str, plan: Proposed) -> str:
    waits = "; ".join(plan.waits) or "your approval"
    if kind == "who":
        return f"The plan “{plan.title}” waits for {waits}."
    if kind == "what":
        return (
            f"If it is approved by {waits}, these steps run, in this order: {plan.title}. Each "
            "step's card shows what it would change. Nothing of it is done before."
        )
    if kind == "decide":
        return (
            f"That is decided on the plan's card, not by words: approve, reject or withdraw "
            f"“{plan.title}” there. Nothing of it is done until then."
        )
    return f"Not yet: the plan “{plan.title}” waits for {waits}. Nothing of it is done."
