"""Several postures side by side, for the built-in planner: ranked, or one against the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from agent.planning.types import Shape
from agent.wording import Mark, bullet, count, listed, percent
from tools.compliance.types import PostureDetail, Postures

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


def versus(judgements: Sequence[Postures]) -> str | None:
    """Which of several postures is ahead, where two or more were asked for; None for one."""
    found = [one for value in judgements for one in value.items if one.checks]
    if len(judgements) < 2 or len(found) < 2:
        return None
    rows = [(name, one.checks, one.failed, "") for name, one in _told_apart(found)]
    rows.sort(key=_share, reverse=True)
    told = listed([f"{row[0]} {percent(_share(row))}" for row in rows], 8)
    ahead = f"**{rows[0][0]}** is ahead" if _share(rows[0]) > _share(rows[-1]) else "They are equal"
    return f"{ahead}, by the share of checks that pass: {told}."


def _told_apart(found: Sequence[PostureDetail]) -> Iterator[tuple[str, PostureDetail]]:
    """Postures by what differs between them: the framework, else the source, else the day."""
    frameworks = {one.framework for one in found}
    sources = {one.source for one in found}
    for one in found:
        if len(frameworks) == len(found) or (len(frameworks) > 1 and len(sources) == 1):
            yield one.framework, one
        elif len(sources) == len(found):
            yield one.source or "everything", one
        elif len(frameworks) == len(sources) == 1:
            yield f"{one.as_of:%Y-%m-%d}" if one.past else "today", one
        else:
            yield f"{one.framework} in {one.source or 'everything'}", one


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
