"""Quality checks in a sentence: "check that orders has 1000 rows", "add tests for it".

Whole messages only. One with its figures is defined; one that doesn't say what is to hold is asked
about, with choices.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from agent.planning.clause import Clause
from agent.planning.dates import NUMBERS, number
from agent.planning.lexicon import Lexicon
from agent.planning.text import fold, tokenize
from agent.planning.types import ASSET_KINDS, Call, Card, Entity, Understanding
from agent.planning.vocabulary import POLITELY

DEFINE = "catalog.define_quality_check"
_ASKS = re.compile(
    rf"{POLITELY}(?:i need )?"
    r"(?:create|add|define|generate|write|suggest|set up|build|make|propose|recommend|draft|"
    r"implement|design|configure|auto-?generate|give me) (?:me |us )?"
    r"(?:some |new |the |an? |basic |more |a set of |automated |initial |all |comprehensive )*"
    r"(?:(?:data )?(?:quality|dq|validation|dbt|great expectations)[- ])"
    r"(?:(?:quality|validation)[- ])?"
    r"(?:checks?|tests?|rules?|rule ?set|expectations?|assertions?|suite|monitors?|validations?)"
    r"(?: suite)? (?:for|on|to|of|over|in) (?P<what>.+?)[.!?]*$",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:null|nulls|unique|uniqueness|empty|blank|duplicates?|between|range|at least|at most|"
    r"fresh\w*|older|rows?|one of|accepted|negative|positive|that|must|should|completeness|"
    r"complete|missing)\b|\d",
    re.IGNORECASE,
)
_ORDERS = re.compile(
    rf"{POLITELY}(?:i need )?"
    r"(?:(?:check|ensure|verify|make sure|assert|validate|require|test|guarantee) (?:that )?|"
    r"(?:create|add|define|set up|write|build|make|implement|configure|put) (?:an? |the |new )*"
    r"(?:[\w-]+ ){0,3}?(?:checks?|tests?|rules?|assertions?|expectations?|sla|constraints?|"
    r"monitors?|thresholds?)\b)",
    re.IGNORECASE,
)
_FIGURE = r"(-?\d[\d,]*(?:\.\d+)?)"
_BETWEEN = re.compile(
    rf"\b(?:between|from) {_FIGURE} (?:and|to) {_FIGURE}|\b{_FIGURE} ?(?:-|–|\.\.) ?{_FIGURE}", re.I
)
_LEAST = re.compile(
    r"\b(?:at least|more than|greater than|over|above|no (?:less|fewer) than|not (?:less|below|"
    r"under)"
    rf"(?: than)?|never (?:below|under|less than)|min(?:imum)?(?: of| is|:)?|>=?) ?{_FIGURE}",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"\b(?<!not )(?<!never )(?:at most|less than|fewer than|under|below|no more than|not (?:more|"
    rf"above|over)(?: than)?|never (?:above|over|more than)|max(?:imum)?(?: of| is|:)?|<=?) "
    rf"?{_FIGURE}",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(r"\b(?:never|not|no|non)[ -](?:be )?negative\b|\bpositive\b", re.IGNORECASE)
_HOURS = re.compile(
    r"\b(?P<count>\d+|" + "|".join(NUMBERS) + r") (?P<unit>hour|day|week)s?\b", re.IGNORECASE
)
_FRESH = re.compile(r"\b(?:fresh\w*|older|stale\w*|updated|refreshed|recent)\b", re.IGNORECASE)
_ROWS = re.compile(r"\b(?:rows?|row[- ]count|records|volume)\b", re.IGNORECASE)
_ONE_OF = re.compile(
    r"\b(?:(?:is |are |be )?(?:always |only )*(?:one of|in)|only (?:contains?|has|holds?|allows?|"
    r"takes?)|"
    r"accepted values(?: are| of|:)?|allowed values(?: are|:)?|values? (?:are|in))[: ]+"
    r"(?P<values>[^.]+)$",
    re.IGNORECASE,
)
_PER_UNIT = {"hour": 1, "day": 24, "week": 168}
QUESTION = (
    "What is to hold? A check is of one kind: never null, unique, accepted values, a range, "
    "freshness, or a number of rows."
)


def specified_check(text: str, lexicon: Lexicon, cards: Mapping[str, Card]) -> Understanding | None:
    """The check with figures or values that a message wants; None where it wants something else."""
    said = " ".join(text.split()).rstrip(".! ")
    if _ORDERS.match(said) is None or DEFINE not in cards:
        return None
    found = _demanded(said)
    named = _assets(said, lexicon) if found else []
    if found is None or not named:
        return None
    if len(named) > 1:
        names = tuple(one.name for one in named)
        return Understanding(
            question=f"Which of these is to be checked: {', '.join(names)}?",
            asks=DEFINE, slot="asset", options=names, given=found, heard=text,
        )  # fmt: skip
    arguments: dict[str, object] = {"asset": named[0].id, **found}
    return Understanding((Call(DEFINE, arguments),), heard=text, about=tuple(named))


def _demanded(said: str) -> dict[str, object] | None:
    """What is to hold, as the arguments of a check."""
    hours = _HOURS.search(said)
    if hours and _FRESH.search(said):
        count = number(hours["count"].lower()) or 1
        return {"kind": "freshness", "hours": count * _PER_UNIT[hours["unit"].lower()]}
    bounds = _bounds(said)
    if bounds and _ROWS.search(said):
        return {"kind": "row_count", **bounds}
    if bounds:
        return {"kind": "range", **bounds}
    if _NEGATIVE.search(said):
        return {"kind": "range", "minimum": 0}
    one_of = _ONE_OF.search(said)
    values = re.split(r",\s*(?:or |and )?|\s+or\s+|\s+and\s+", one_of["values"]) if one_of else []
    plain = [value.strip(" '\"“”()[]") for value in values]
    return {"kind": "accepted_values", "values": plain} if len(plain) > 1 and all(plain) else None


def _bounds(said: str) -> dict[str, object]:
    found: dict[str, object] = {}
    between, least, most = _BETWEEN.search(said), _LEAST.search(said), _MOST.search(said)
    if between:
        low, high = [_figure(one) for one in between.groups() if one is not None]
        return {"minimum": low, "maximum": high}
    if least:
        found["minimum"] = _figure(least[1])
    if most:
        found["maximum"] = _figure(most[1])
    return found


def _figure(said: str) -> float:
    figure = float(said.replace(",", ""))
    return int(figure) if figure.is_integer() else figure


def _assets(said: str, lexicon: Lexicon) -> list[Entity]:
    """What a text names among assets: the columns, if it names one of a table."""
    clause = Clause(said, tokenize(said), lexicon)
    found: dict[str, Entity] = {}
    for mention in clause.mentions:
        matches = [m.entity for m in mention.of(ASSET_KINDS)]
        if not mention.weak and len(matches) == 1 and (not mention.plain or mention.noun):
            found[matches[0].id] = matches[0]
    if not found:  # "orders" alone, which is a word like any other
        for mention in clause.mentions:
            tables = [m.entity for m in mention.matches if m.entity.kind in ("table", "view")]
            if not mention.weak:
                found |= {one.id: one for one in tables}
    return [one for one in found.values() if not any(one.contains(o) for o in found.values())]


def unspecified_checks(
    text: str, lexicon: Lexicon, cards: Mapping[str, Card]
) -> Understanding | None:
    """The question which checks an asset is to get; None where a message says it, or asks else."""
    found = _ASKS.match(" ".join(text.split()))
    if found is None or DEFINE not in cards or _TOLD.search(found["what"]):
        return None
    clause = Clause(found["what"], tokenize(found["what"]), lexicon)
    named = [
        match.entity
        for m in clause.mentions
        if not m.weak
        for match in m.matches
        if match.entity.kind in ("table", "view", "column")
    ]
    tables = [one for one in named if one.kind != "column"] or named
    if len(tables) != 1:
        return None
    return Understanding(
        question=QUESTION,
        asks=DEFINE,
        options=tuple(_options(tables[0], lexicon)),
        heard=text,
        about=(tables[0],),
    )


def _options(one: Entity, lexicon: Lexicon) -> list[str]:
    """Some checks in words that are understood as they stand."""
    if one.kind == "column":
        return [f"Check that {one.name} is never null", f"Check that {one.name} is unique"]
    columns = [each.name for each in lexicon.within(one, frozenset({"column"}))]
    own = {"id", f"{fold(one.name.rpartition('.')[2].lower())}_id"}
    keys = sorted(columns, key=lambda name: name.rpartition(".")[2].lower() not in own)
    others = [name for name in columns if name not in keys[:1]]
    return [
        *(f"Check that {name} is unique" for name in keys[:1]),
        *(f"Check that {name} is never null" for name in (*keys[:1], *others[:2])),
    ]
