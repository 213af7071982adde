"""How a posture moved: the recorded evaluations, taken together at each moment that has one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from tools.compliance.tables import Posture
from tools.compliance.types import TrendPoint

SHOWN = 30
TOGETHER = timedelta(minutes=10)
"""What one evaluation of several sources takes at the most; so much belongs to one point."""


def trend_of(recorded: Sequence[Posture]) -> list[TrendPoint]:
    """The latest points, earliest first: every source counts with its latest evaluation so far."""
    points: list[TrendPoint] = []
    latest: dict[str | None, Posture] = {}
    began = None
    for one in recorded:
        latest[one.source_id] = one
        if began is not None and one.evaluated_at - began < TOGETHER:
            points.pop()
        else:
            began = one.evaluated_at
        points.append(_point(list(latest.values()), one))
    return points[-SHOWN:]


def last_evaluation(recorded: Sequence[Posture]) -> TrendPoint | None:
    """The latest point, if anything was ever evaluated."""
    return next(reversed(trend_of(recorded)), None)


def _point(parts: Sequence[Posture], last: Posture) -> TrendPoint:
    checks, failed = sum(one.checks for one in parts), sum(one.failed for one in parts)
    return TrendPoint(
        at=last.evaluated_at,
        score=round(1 - failed / checks, 3) if checks else None,
        checks=checks,
        failed=failed,
        waived=sum(one.waived for one in parts),
    )
