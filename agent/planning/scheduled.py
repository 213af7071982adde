"""A scan that is asked for again and again: "scan crm every Monday at 6 in Berlin".

The one request for later that becomes a write of its own: what is left without the time has to be
exactly one scan of one source. Everything else that is to start by itself is a workflow's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from agent.planning.types import Call, Card, Understanding
from agent.starting import starting_of

NOW, LATER = "scan_logic.start_scan", "scan_logic.schedule_scan"
_IN_CITY = re.compile(r"\bin ([A-Z][a-z]+)(?=[\s.!]*$)")
_OF_ITS_OWN = re.compile(r"\b(whenever|each time|every time) its schema\b", re.IGNORECASE)


def scheduled(
    text: str, cards: Mapping[str, Card], hear: Callable[[str], Understanding]
) -> Understanding | None:
    """The schedule that a text asks for; None where it asks for anything else.

    Args:
        hear: what a text comes to that speaks of no time.
    """
    if LATER not in cards:
        return None
    text = _OF_ITS_OWN.sub(r"\1 the schema", _IN_CITY.sub(r"in \1 time", text))
    start = starting_of(text).as_json()
    if start is None or start.get("event") not in (None, "schema.changed"):
        return None
    heard = hear(starting_of(text).rest)
    calls = [one for one in heard.calls if one.operation == NOW]
    if len(calls) != 1 or len(heard.calls) != 1 or heard.not_understood or heard.question:
        return None
    if not isinstance(calls[0].arguments.get("source"), str):
        return None
    return Understanding((Call(LATER, calls[0].arguments | start, (), calls[0].confidence),))
