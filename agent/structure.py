"""How the steps of a requested workflow hang together: what is side by side, repeated, waited for.

By rule, for the built-in planner: each part of a request is left in words that it understands, and
what was said about the part stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from agent.conditions import Split, split
from agent.planning.automations import MAKING
from agent.planning.sentences import VERBS
from agent.planning.text import fold
from agent.starting import NUMBERS

_COUNT = r"(?P<count>\d{1,3}|once|twice|" + "|".join(NUMBERS) + ")"
_IT = r"(?:that|it|this|they|any(?: of (?:it|them))?|one(?: of them)?|the [\w-]+(?: of [\w.-]+)?)"
_FAILS = r"(?:fails?|goes wrong|does not work|doesn't work)"
_WHO = r"(?P<who>[A-Z][\w-]+(?: [A-Z][\w-]+)?)"
_THEN = re.compile(
    r"\s*(?:[;.]\s+|,?\s*(?:and\s+)?(?:then|afterwards|after that|finally)\b\s*,?\s*)"
    rf"|\s*(?:[,;.]\s*(?:and\s+)?|\band\s+)(?=(?:if|when|should)\s+{_IT}\s+{_FAILS}\b"
    r"\s*,?\s*\w)|\s*(?:[;.]\s*(?:and\s+)?|,?\s*\band\s+)(?=(?:if|unless)\s)"
    r"|\s*,\s*(?=(?:if|unless)\s[^;.]*,)"  # "scan crm, if …, tag it"; not "scan crm, if …"
    rf"|\s*,\s*(?:and\s+)?(?=(?:ask\s+{_WHO.replace('?P<who>', '?:')}\s+(?:for|to)\b))",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r",?\s*\b(?:(?:both\s+)?side by side|in parallel|at the same time|simultaneously|"
    r"concurrently|at once)\b",
    re.IGNORECASE,
)
_IN_TURN = re.compile(r",?\s*\b(?:one after the other|one by one|in turn|sequentially)\b", re.I)
_RETRY = re.compile(
    rf",?\s*(?:and\s+)?\b(?:retry(?:ing)?|try(?:ing)? again)\s+(?:it\s+)?(?:up to\s+)?{_COUNT}"
    rf"(?:\s+(?:more\s+)?times)?(?:\s+(?:if|when)\s+{_IT}\s+{_FAILS})?",
    re.IGNORECASE,
)
_TIMEOUT = re.compile(
    r",?\s*(?:and\s+)?\b(?:tim(?:e|ing) out after|with a time-?out of|(?:stop|give up) after|"
    rf"for at most)\s+{_COUNT}\s+(?P<unit>second|minute|hour)s?",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    rf",?\s*(?:and\s+)?\b(?:(?:continue|go on|carry on)(?: even)?|even) if {_IT} {_FAILS}", re.I
)
_ON_FAILURE = re.compile(
    rf"^(?:if|when|should)\s+{_IT}\s+{_FAILS}\s*,?\s*(?:then\s+)?|,?\s*(?:if|when)\s+{_IT}\s+"
    rf"{_FAILS}$",
    re.IGNORECASE,
)
_ASKED = re.compile(
    rf"^(?i:ask)\s+{_WHO}\s+(?i:for\s+(?:(?:his|her|their)\s+)?(?:approval|consent|agreement)|"
    r"to\s+(?:approve|agree|confirm))(?:\s+(?:it|that|this|first))*\s*(?:,?\s*(?:and|then)\b)*\s*"
)
_AGREED = re.compile(
    rf",?\s*\b(?i:after|once|when|with|as soon as)\s+{_WHO}(?:['’]s\s+(?:approval|consent|"
    r"agreement)|\s+(?:has\s+|have\s+)?(?:agree[sd]?|approve[sd]?|consent(?:s|ed)?|said yes|"
    r"says yes))\s*,?"
)
_EACH = re.compile(
    r"^(?:for\s+(?:each|every|all)\s+(?:the\s+)?(?:data\s+)?(?:sources?|databases?)\s*,?\s*)", re.I
)
_ALL = re.compile(
    r"\b(?:all|every|each)\s+(?:of\s+)?(?:the\s+|our\s+)?(?:data\s+)?(?:sources?|databases?)\b",
    re.I,
)
_SCHEDULES = re.compile(
    r"^(?:please\s+)?(?:schedule|set up|automate|plan)\s+(?:an?\s+|the\s+)?(?=.*\b(?:scans?|"
    r"checks?|"
    r"tests?|evaluations?|assessments?|audits?|reviews?|profiles?|profiling)\b)",
    re.IGNORECASE,
)
_UNITS = {"second": 1, "minute": 60, "hour": 3600}


@dataclass(frozen=True)
class Part:
    """Words for the planner, and how the steps that come of them are run.

    `each`: once for every source, which the words call by the name of one. `conditions`: only
    where they hold; `words` are what hangs on them.
    """

    words: str
    together: bool = False
    attempts: int | None = None
    timeout: float | None = None
    goes_on: bool = False
    after: Literal["success", "failure"] = "success"
    agreed_by: str | None = None
    each: bool = False
    conditions: tuple[Split, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether nothing was said about how its steps are run."""
        return self == Part(self.words)


def parts_of(request: str, source: str | None) -> list[Part]:
    """The parts of a request, in order; one, where nothing is said that needs several.

    Args:
        source: the name of a source, to stand for each of them.
    """
    said = _bare(request)
    waits: str | None = None
    fails = False  # what is said next is for where something failed
    held: tuple[Split, ...] = ()  # conditions of what is said next
    found: list[Part] = []
    for piece in _pieces(said):
        failed = _ON_FAILURE.match(piece)
        begun = failed.end() if failed else 0
        asked = _ASKED.match(piece[begun:])
        if asked:
            waits, fails = asked["who"], fails or bool(failed)
        words = piece[begun + asked.end() :] if asked else piece
        if not words.strip(" ,."):
            continue
        part = _part(words, source)
        if not (part.words or part.conditions):
            part = Part(piece)  # by itself it says nothing that is understood
        if fails:
            part, fails = replace(part, after="failure"), False
        if waits and part.agreed_by is None:
            part, waits = replace(part, agreed_by=waits), None
        part, held = replace(part, conditions=held + part.conditions), ()
        if part.words:
            found.append(part)
        elif found and part.conditions[-1].narrows:
            found[-1] = replace(found[-1], conditions=found[-1].conditions + part.conditions)
        else:
            held = part.conditions
    if held:
        found.append(Part("", conditions=held))
    plain = all(one.plain for one in found)
    return [Part(said)] if plain or not found else found


def _pieces(said: str) -> Iterator[str]:
    start = 0
    for cut in (*_THEN.finditer(said), None):
        piece = said[start : cut.start() if cut else None].strip(" ,.;")
        start = cut.end() if cut else start
        ending = _ON_FAILURE.search(piece)
        if ending and ending.start():  # "run the checks and tag the table if they fail"
            first, _, last = piece.rpartition(" and ")
            yield from filter(None, (first, last))
        elif piece:
            yield piece


def _part(piece: str, source: str | None) -> Part:
    together, retry, timeout = _TOGETHER.search(piece), _RETRY.search(piece), _TIMEOUT.search(piece)
    goes_on, agreed = _GOES_ON.search(piece), _AGREED.search(piece)
    words = piece
    for pattern in (_TOGETHER, _IN_TURN, _RETRY, _TIMEOUT, _GOES_ON):
        words = pattern.sub("", words)
    failed = _ON_FAILURE.search(words)
    for pattern in (_ON_FAILURE, _AGREED):
        words = pattern.sub(" ", words)
    each = source is not None and bool(_EACH.match(words) or _ALL.search(words))
    if each and source is not None:
        words = re.sub(r"\b(?:it|them)\b", source, _EACH.sub("", words))
        words = _ALL.sub(source, words)
    words = " ".join(words.split()).strip(" ,.;")
    conditions: list[Split] = []
    while (found := split(words)) is not None:
        conditions.append(found)
        words = found.rest
    return Part(
        words,
        together=bool(together),
        attempts=min(_count(retry["count"]) + 1, 10) if retry else None,
        timeout=_seconds(timeout) if timeout else None,
        goes_on=bool(goes_on),
        after="failure" if failed else "success",
        agreed_by=agreed["who"] if agreed else None,
        each=each,
        conditions=tuple(conditions),
    )


def _seconds(found: re.Match[str]) -> float:
    return float(_count(found["count"]) * _UNITS[found["unit"].lower()])


def _count(said: str) -> int:
    return {"once": 1, "twice": 2}.get(said.lower()) or (
        int(said) if said.isdecimal() else NUMBERS[said.lower()]
    )


def _bare(request: str) -> str:
    """A request without "make a workflow that", its verbs as orders: "scans crm" is "scan crm"."""
    made = MAKING.match(request)
    if made is None:
        return _SCHEDULES.sub("run ", request.strip())

    def order(found: re.Match[str]) -> str:
        said = found["verb"].lower()
        stem = said.removesuffix("ing")
        verbs = (fold(said), stem, f"{stem}e", stem[:-1]) if said != stem else (fold(said),)
        return found["before"] + next((one for one in verbs if one in VERBS), found["verb"])

    opening = r"(?P<before>^|,\s+|\b(?:and|then)\s+)(?P<verb>[a-z]+(?:s|ing))\b"
    return re.sub(opening, order, request[made.end() :].strip(), flags=re.IGNORECASE)
