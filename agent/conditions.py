"""Conditions out of words: "if more than 5 findings are critical", "unless it's already certified".

Pure. A condition is split from what hangs on it, and read as what has to be looked up (`ask`, in
words for the mind that answers turns), which field of that counts, and how it is compared. What
isn't read here is None: the caller leaves out what hangs on it, and says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from agent.starting import NUMBERS
from tools.steps import Comparison

OPPOSITE: dict[Comparison, Comparison] = {
    "equal_to": "different_from",
    "more_than": "at_most",
    "at_least": "less_than",
    "empty": "filled",
}
OPPOSITE |= {there: back for back, there in OPPOSITE.items()}
IN_WORDS: dict[Comparison, str] = {
    "equal_to": "is",
    "different_from": "isn't",
    "more_than": "is more than",
    "at_least": "is at least",
    "less_than": "is less than",
    "at_most": "is at most",
    "containing": "contains",
    "empty": "is empty or 0",
    "filled": "isn't empty",
}
TOTAL = "total"

_WORD = (
    r"(?P<word>(?:but\s+)?(?:only\s+)?(?:if|when|in case|provided(?:\s+that)?|as long as)|unless)"
)
_LEADING = re.compile(
    rf"^{_WORD}\s+(?P<said>.+?)(?:\s*,\s*(?:then\s+)?|\s+then\s+)(?P<rest>.+)$", re.IGNORECASE
)
_TRAILING = re.compile(rf"^(?P<rest>.+?)\s*,?\s+{_WORD}\s+(?P<said>.+)$", re.IGNORECASE)
_BARE = re.compile(rf"^{_WORD}\s+(?P<said>.+)$", re.IGNORECASE)

_NUMBER = r"(?P<number>\d+|" + "|".join(NUMBERS) + ")"
_BOUNDS: dict[str, Comparison] = {
    r"(?:more|greater) than|over|above": "more_than",
    "at least": "at_least",
    r"(?:fewer|less) than|under|below": "less_than",
    "at most|up to|no more than": "at_most",
    "exactly": "equal_to",
}
_AFTER: dict[str, Comparison] = {"or more": "at_least", "or (?:fewer|less)": "at_most"}
_THERE = (
    r"^(?:there\s+(?:are|is|were|remain)|there's|we\s+have|it\s+(?:finds|found))\s+(?:still\s+)?"
)
_BEING = r"\s+(?:are|is|were|was|remain|stay)\s+(?:still\s+)?(?P<how>[\w -]+)$"
_IT = r"(?P<what>it|this|that|(?:its|the)\s+table|[\w-]+(?:\.[\w-]+)+)"
_STATE = re.compile(
    rf"^{_IT}(?:'s|’s|\s+(?:is|are|has|was))\s*(?P<no>n't|n’t|not|no)?\s*(?:been\s+)?"
    r"(?:already\s+|still\s+|yet\s+)*(?P<not>not\s+)?(?:an?\s+)?(?P<state>[\w -]+?)"
    r"(?:\s+(?:already|yet))?$",
    re.IGNORECASE,
)
_TAGGED = re.compile(r"^tagged(?: as)? (?P<tag>[\w-]+)$", re.IGNORECASE)
STATES = {
    "certified": "certification",
    "certificate": "certification",
    "deprecated": "deprecated_at",
    "owned": "owner",
    "owner": "owner",
    "described": "description",
    "description": "description",
    "classified": "labels",
    "labelled": "labels",
    "tagged": "tags",
}
_ROWS = re.compile(
    r"^(?:the\s+|its\s+)?(?:row count|number of rows|rows?)(?:\s+(?:of|in)\s+(?P<what>[\w.-]+))?"
    r"\s+(?:has\s+|have\s+)?(?P<how>[a-z]+)$",
    re.IGNORECASE,
)
TRENDS: dict[str, Comparison] = {
    **dict.fromkeys(("dropped", "fell", "fallen", "decreased", "shrank", "shrunk"), "less_than"),
    **dict.fromkeys(("grew", "grown", "rose", "risen", "increased"), "more_than"),
    "changed": "different_from",
}
_SCORE = re.compile(
    r"^(?:the\s+)?(?P<what>.*?\b(?:score|posture|compliance)\b.*?)\s+(?:is|falls|drops|stays)\s+"
    r"(?P<bound>[a-z ]+?)\s+(?P<share>\d+(?:\.\d+)?)\s*(?:%|per\s?cent)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Condition:
    """What is compared: a field of what `ask` finds, or of the asset that is spoken of.

    `ask`: None where it is about an asset: `asset` by name, or the one that the action names.
    `rows`: compares the rows that are counted then with those that were known before.
    """

    compared: Comparison
    to: Any = None
    ask: str | None = None
    field: str = TOTAL
    asset: str | None = None
    rows: bool = False


@dataclass(frozen=True)
class Split:
    """A condition's words, the word that begins it, and what hangs on it, if said."""

    word: str
    said: str
    rest: str = ""

    def __str__(self) -> str:
        return f"{self.word} {self.said}"

    @property
    def narrows(self) -> bool:
        """Whether, said by itself, it is about what was said before it ("…, but only if …")."""
        return self.word not in ("if", "when")


def split(words: str) -> Split | None:
    """A part of a request that hangs on a condition; None where it hangs on none."""
    found = _LEADING.match(words) or _BARE.match(words) or _TRAILING.match(words)
    if found is None:
        return None
    rest = found.groupdict().get("rest") or ""
    return Split(found["word"].lower(), found["said"].strip(" ,."), rest)


def read(part: Split) -> Condition | None:
    """What a condition's words compare; None where that isn't understood."""
    said = " ".join(part.said.split())
    found = _state(said) or _rows(said) or _score(said) or _count(said)
    if found is None or part.word != "unless":
        return found
    turned = OPPOSITE.get(found.compared)
    return None if turned is None else replace(found, compared=turned)


def _state(said: str) -> Condition | None:
    found = _STATE.match(said)
    if found is None:
        return None
    state = found["state"].strip().lower()
    tagged = _TAGGED.match(state)
    field = "tags" if tagged else STATES.get(state)
    if field is None:
        return None
    asset = found["what"] if "." in found["what"] else None
    negated = bool(found["no"]) != bool(found["not"])
    if tagged:
        if negated:
            return None  # there is no comparison for it
        return Condition("containing", tagged["tag"], field=field, asset=asset)
    return Condition("empty" if negated else "filled", field=field, asset=asset)


def _rows(said: str) -> Condition | None:
    found = _ROWS.match(said)
    compared = TRENDS.get(found["how"].lower()) if found else None
    if found is None or compared is None:
        return None
    what = found["what"]
    return Condition(compared, field="rows", asset=what if what and "." in what else None,
                     rows=True)  # fmt: skip


def _score(said: str) -> Condition | None:
    found = _SCORE.match(said)
    compared = _bound(found["bound"]) if found else None
    if found is None or compared is None:
        return None
    share = round(float(found["share"]) / 100, 4)
    return Condition(compared, share, ask=f"what is the {found['what']}", field="items.0.score")


def _count(said: str) -> Condition | None:
    there = re.match(_THERE, said, re.IGNORECASE)
    words = said[there.end() :] if there else said
    for bounds, pattern in (
        (_BOUNDS, rf"^(?P<bound>{{bound}})\s+{_NUMBER}\s+(?P<noun>.+)$"),
        (_AFTER, rf"^{_NUMBER}\s+(?P<bound>{{bound}})\s+(?P<noun>.+)$"),
    ):
        for bound, compared in bounds.items():
            found = re.match(pattern.replace("{bound}", bound), words, re.IGNORECASE)
            if found:
                number = found["number"].lower()
                to = int(number) if number.isdecimal() else NUMBERS[number]
                return Condition(compared, to, ask=_listing(found["noun"]))
    found = re.match(r"^(?P<any>any|some|no)\s+(?P<noun>.+)$", words, re.IGNORECASE)
    if found:
        none = found["any"].lower() == "no"
        return Condition("equal_to" if none else "more_than", 0, ask=_listing(found["noun"]))
    return Condition("more_than", 0, ask=_listing(words)) if there else None


def _bound(said: str) -> Comparison | None:
    fits = (one for bound, one in _BOUNDS.items() if re.fullmatch(bound, said, re.IGNORECASE))
    return next(fits, None)


def _listing(noun: str) -> str:
    """What to ask for, to have things counted: "findings are critical" as "critical findings"."""
    being = re.search(_BEING, noun, re.IGNORECASE)
    listed = f"{being['how']} {noun[: being.start()]}" if being else noun
    return f"list the {listed}"
