"""What is asked about an answer that was given: its receipt, and whether it would be the same.

Whole messages only, so that a table of receipts is asked about like any other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from agent.planning.types import Call, Card, Understanding

_OPENING = r"^(?:(?:please|and|ok|okay|now|then|can you|could you)[, ]+)*"
_ENDING = r"(?:,? please)?[.!?]*$"
_THAT = r"(?:that|this|the|your|my)(?: last| previous)?"
_ANSWER = rf"(?:{_THAT} (?:answer|question|reply)|that|this|it|(?:run )?(?P<run>run_\w+))"
_NOW = r"(?: (?:today|now|again|since|any ?more))*"
_SHOW = r"(?:(?:show|give|get|open|list)(?: me)? |(?:let me|i want to) see )"
_ASKED: tuple[tuple[str, str], ...] = (
    (
        "assistant.get_receipt",
        rf"{_SHOW}?(?:the |its |a )?(?:answer )?receipt(?: (?:of|for|to) {_ANSWER})?",
    ),
    (
        "assistant.get_receipt",
        rf"what (?:is|was) {_THAT} answer (?:made of|made from|based on)",
    ),
    (
        "assistant.list_receipts",
        rf"{_SHOW}(?:all )?(?:the |my |your )?(?:answer receipts|receipts of (?:my|your|the|all) "
        r"answers)(?: of (?P<everyone>everyone|everybody|all people))?",
    ),
    ("assistant.replay", rf"replay(?: {_ANSWER})?"),
    ("assistant.replay", rf"(?:re-?check|check|re-?ask|repeat) {_THAT} (?:answer|question){_NOW}"),
    (
        "assistant.replay",
        rf"would you (?:still )?(?:answer|say) (?:{_ANSWER}|the same)"
        rf"(?: (?:the same|alike|so|differently|otherwise)(?: way)?)?{_NOW}",
    ),
    (
        "assistant.replay",
        rf"(?:is|would|does|has|will) {_THAT} answer (?:still |be |now |have )*"
        rf"(?:the same|different|true|so|right|valid|correct|holds?|stands?|changed?){_NOW}",
    ),
)
_PATTERNS = tuple(
    (operation, re.compile(f"{_OPENING}{pattern}{_ENDING}", re.IGNORECASE))
    for operation, pattern in _ASKED
)


def about_an_answer(text: str, cards: Mapping[str, Card]) -> Understanding | None:
    """What a message asks about an earlier answer; None where it asks something else."""
    said = " ".join(text.split())
    for operation, pattern in _PATTERNS:
        if operation in cards and (found := pattern.match(said)):
            named = found.groupdict()
            arguments: dict[str, object] = {}
            if run := named.get("run"):
                arguments["run_id"] = run
            if named.get("everyone"):
                arguments["everyone"] = True
            return Understanding(calls=(Call(operation, arguments),))
    return None
