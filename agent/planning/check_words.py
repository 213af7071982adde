"""Quality checks without what they check: "create tests for customers" asks back, with choices."""

from __future__ import annotations

import re
from collections.abc import Mapping

from agent.planning.clause import Clause
from agent.planning.lexicon import Lexicon
from agent.planning.text import fold, tokenize
from agent.planning.types import Card, Entity, Understanding

DEFINE = "catalog.define_quality_check"
_ASKS = re.compile(
    r"^\W*(?:(?:please|can you|could you|i want to|i need(?: to)?|let'?s|help me(?: to)?)[, ]+)*"
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
QUESTION = (
    "What is to hold? A check is of one kind: never null, unique, accepted values, a range, "
    "freshness, or a number of rows."
)


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
