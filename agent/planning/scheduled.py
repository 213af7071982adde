"""What is asked for again and again: "scan crm every Monday at 6 in Berlin".

The one request for later that becomes a write of its own: what is left without the time has to be
exactly one scan of one source, or one run of one workflow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from agent.planning.automations import PROPOSE, as_workflow
from agent.planning.types import Call, Card, Understanding
from agent.starting import starting_of

# What is to run, how it is put on a schedule, and its argument.
LATER = {
    "scan_logic.start_scan": ("scan_logic.schedule_scan", "source"),
    "workflows.execute": ("workflows.schedule", "workflow"),
}
_LATER_ONES = tuple(later for later, _ in LATER.values())
_FIRST = re.compile(r"\s*(?:please,?\s+)?(?:every|each|nightly|daily|weekly|monthly)\b", re.I)
_WHENEVER = re.compile(
    r"\s*(?:please,?\s+)?(?:whenever|when|as soon as|each time|every time|after)\b", re.I
)
_SURELY = re.compile(  # "nightly" may be a name
    r"\b(?:every|each)\b|\bat \d|\b(?:daily|nightly|weekly|monthly|quarterly|hourly)[.!\s]*$",
    re.IGNORECASE,
)
_NOT_LATER = (
    "I put one scan, or a workflow that is there already, on a schedule; nothing else, and not "
    "several steps at once. Have a workflow made of them (workflows.propose reads the time out of "
    "the same words), then schedule it. Nothing is done now."
)
_EVERY_TIME = re.compile(r"\s*(?:please,?\s+)?(?:every|each) time\b", re.IGNORECASE)
_NO_EVENT = (
    "I know no such event. What can start a workflow, beside the clock: a source that is "
    "registered, a schema that changes, a scan that ends, a label that changes, a finding that is "
    "opened, a new owner, a role that is granted. Nothing is done now."
)
_THEN = re.compile(r"\b(?:then|afterwards|after that)\b", re.IGNORECASE)
_SCANS = (None, "schema.changed")
_IN_CITY = re.compile(r"\bin ([A-Z][a-z]+)(?=[\s.!]*$)")
_OFTEN = re.compile(
    r"\b(?:daily|nightly|weekly|monthly|quarterly|hourly|regular|recurring|periodic)\b", re.I
)
_STOPS = re.compile(
    r"\s*(?:please )?(?:stop|cancel|end|remove|delete|disable|pause|unschedule|turn off|switch off)"
    rf"\b.*{_OFTEN.pattern} (?:scans?|runs?|jobs?|workflows?|schedules?)\b",
    re.IGNORECASE,
)
TWICE = re.compile(  # "a weekly scan every Sunday"
    r"\b(?:daily|nightly|weekly|monthly) (?=.*\b(?:every|each) )", re.IGNORECASE
)
_IN_NAME = re.compile(r"(?<=ly)-(?=\w)")  # "weekly-sweep" is a name and no time
_SET_UP = re.compile(
    r"^\s*(please\s+)?(schedule|set up|automate|create|add)\s+(an?\s+|the\s+)?", re.IGNORECASE
)
_OF_ITS_OWN = re.compile(r"\b(whenever|each time|every time) its schema\b", re.IGNORECASE)


def scheduled(
    text: str, cards: Mapping[str, Card], hear: Callable[[str], Understanding]
) -> Understanding | None:
    """The schedule that a text asks for; None where it asks for anything else.

    Args:
        hear: what a text comes to that speaks of no time.
    """
    if _STOPS.match(text):
        return None if " scheduled " in text else hear(_OFTEN.sub("scheduled", text))
    said, text = text, TWICE.sub("", _IN_NAME.sub("__", text))
    text = _OF_ITS_OWN.sub(r"\1 the schema", _IN_CITY.sub(r"in \1 time", text))
    start = starting_of(text).as_json()
    if start is None and _EVERY_TIME.match(text) and PROPOSE in cards:
        return Understanding(honest=_NO_EVENT, instead=_LATER_ONES)
    if start is None:
        return None
    heard = hear(_SET_UP.sub("run ", starting_of(text).rest).replace("__", "-"))
    writes = [one for one in heard.calls if cards[one.operation].effect != "read"]
    first = _FIRST.match(text) is not None
    if writes and writes[0].operation.startswith("assistant."):
        return None  # what is to be remembered may speak of a time
    if PROPOSE in cards and _WHENEVER.match(text) and (heard.calls or heard.question):
        return Understanding((as_workflow(said),))
    if PROPOSE in cards and writes and _THEN.search(text):
        return Understanding((as_workflow(said),))
    never = writes and (len(heard.calls) > 1 or writes[0].operation not in LATER)
    if (never and (first or _SURELY.search(text))) or (first and heard.calls and not writes):
        if PROPOSE in cards:
            return Understanding((as_workflow(said),))
        return Understanding(honest=_NOT_LATER, instead=_LATER_ONES)  # and not now, either
    if heard.question and not heard.calls and (first or _SET_UP.match(text)):
        return heard
    if len(heard.calls) != 1 or heard.not_understood or heard.question:
        return None
    call = heard.calls[0]
    later, argument = LATER.get(call.operation, ("", ""))
    if later not in cards or not isinstance(call.arguments.get(argument), str):
        return None
    if argument == "source" and start.get("event") not in _SCANS:
        return None
    return Understanding((Call(later, call.arguments | start, (), call.confidence),))
