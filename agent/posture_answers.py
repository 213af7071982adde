"""Several postures side by side, for the built-in planner: ranked, or one against the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from agent.planning.types import Shape
from agent.wording import bullet, count, listed, percent
from tools.compliance.types import Postures
from tools.values import Cited

Mark = Callable[[Cited], str]
Standing = tuple[str, int, int, str]
"""What is judged, its checks, those of them that fail, and its citation."""
_EVERYTHING = ""
PEOPLE = "people"  # beside the sources: what is judged of people


def standings(value: Postures, shape: Shape, mark: Mark) -> str:
    """Frameworks, or sources over all of these, by the share of their checks that pass."""
    of_sources = shape.group == "by_source"
    rows = _by_source(value) if of_sources else _by_framework(value, mark)
    judged = sorted((row for row in rows if row[1]), key=_share, reverse=shape.descending)[
        : shape.top
    ]
    if not judged:
        return "Nothing has been judged yet: no rule applies to anything that is here."
    best = judged[0]
    over = f" over {count(len(value.items), 'framework')}" if of_sources and value.items[1:] else ""
    degree = "highest" if shape.descending else "lowest"
    head = (
        f"**{best[0]}** has the {degree} score{over}: {percent(_share(best))}, "
        f"{best[1] - best[2]} of {count(best[1], 'check')} pass:"
    )
    return "\n".join([head, "", *(_line(row) for row in judged)])


def versus(judgements: Iterable[Postures]) -> str | None:
    """Which of several postures is ahead, where two or more were asked for; None for one."""
    found = [one for value in judgements for one in value.items if one.checks]
    asked = len({(one.framework_id, one.source) for one in found}) > 1
    alone = len({one.framework_id for one in found}) == len(found)
    judgements = list(judgements)
    if len(judgements) < 2 or not asked:
        return None
    rows = [
        (one.framework if alone else one.source or one.framework, one.checks, one.failed, "")
        for one in found
    ]
    rows.sort(key=_share, reverse=True)
    told = listed([f"{row[0]} {percent(_share(row))}" for row in rows], 8)
    ahead = f"**{rows[0][0]}** is ahead" if _share(rows[0]) > _share(rows[-1]) else "They are equal"
    return f"{ahead}, by the share of checks that pass: {told}."


def _by_framework(value: Postures, mark: Mark) -> list[Standing]:
    return [(one.framework, one.checks, one.failed, mark(one)) for one in value.items]


def _by_source(value: Postures) -> list[Standing]:
    checks: defaultdict[str, int] = defaultdict(int)
    failed: defaultdict[str, int] = defaultdict(int)
    for posture in value.items:
        for one in posture.by_source:
            checks[one.source] += one.checks
            failed[one.source] += one.failed
    return [(name, checks[name], failed[name], _EVERYTHING) for name in checks if name != PEOPLE]


def _share(row: Standing) -> float:
    return 1 - row[2] / row[1]


def _line(row: Standing) -> str:
    told = f"{percent(_share(row))} ({row[1] - row[2]} of {row[1]} pass) {row[3]}"
    return bullet(row[0], told.strip())
