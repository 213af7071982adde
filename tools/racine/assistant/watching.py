"""`assistant.anomalies`: what the past of rows, nulls, scans, access and failures can't explain."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Literal, get_args

from pydantic import Field

from tools.context import Context
from tools.database import now
from tools.operation import operation
from tools.racine.assistant.anomalies.robust import Judgement, judge
from tools.racine.assistant.anomalies.series import Series, watched
from tools.racine.assistant.noticed_types import Anomalies, Anomaly, Measured
from tools.steps import numbered
from tools.values import Cursor, Limit, offset_of, page

Kind = Literal["rows", "freshness", "nulls", "quality", "scans", "findings", "access", "failures"]
SHOWN = 14
MEANS = {
    "rows": "Rows were lost, loaded twice, or not loaded.",
    "freshness": "What loads it may have stopped.",
    "nulls": "What fills the column may have failed, or may fill another one.",
    "quality": "Rows that break a rule came in.",
    "scans": "The schema or the rule set changed, or what is stored there did.",
    "findings": "Something that was compliant no longer is.",
    "access": "Somebody lacks a role, or tries what they shouldn't.",
    "failures": "Something that worked no longer does.",
}


@operation(
    "assistant.anomalies",
    permission="catalog.read",
    examples=(
        "Is anything unusual?",
        "Are there anomalies in crm?",
        "Which tables lost rows unexpectedly?",
        "Is there anything odd about access?",
    ),
)
async def anomalies(
    ctx: Context,
    source: Annotated[
        str | None, Field(max_length=200, description="Only what is about this source")
    ] = None,
    kind: Annotated[Kind | None, Field(description="Only of this kind")] = None,
    days: Annotated[
        int, Field(ge=1, le=90, description="Only of values measured in so many days")
    ] = 7,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Anomalies:
    """Find values that their history doesn't explain: rows, nulls, scans, access, failures."""
    at = now()
    sought = await ctx.invoke("data_sources.get_source", source=source) if source else None
    series = [
        one
        for one in await watched(ctx, at)
        if kind in (None, one.kind) and (sought is None or one.source_id == sought.id)  # type: ignore[attr-defined]
    ]
    found = await asyncio.to_thread(_unexpected, series, at - timedelta(days=days))
    start = offset_of(cursor)
    listed = page(found[start : start + limit], len(found), cursor)
    watching = sorted({one.kind for one in series}, key=get_args(Kind).index)
    return Anomalies(**dict(listed), series=len(series), watched=watching)


def _unexpected(series: Sequence[Series], since: datetime) -> list[Anomaly]:
    """What is off in these series, what is off most first."""
    found = []
    for one in series:
        # Today is counted so far: it can be too much, and is too little until it is over.
        newest = [one.points, one.points[:-1]] if one.counts else [one.points]
        for points in newest:
            judged = _judged(one, points)
            wanted = judged is not None and judged.unexpected and points[-1][0] >= since
            if judged is not None and wanted and (judged.score > 0 or not one.upwards):
                found.append(_told(one, points, judged))
                break
    return sorted(found, key=lambda one: (-abs(one.score), one.title))


def _judged(one: Series, points: Sequence[tuple[datetime, float]]) -> Judgement | None:
    first = points[0][0].replace(hour=0, minute=0, second=0, microsecond=0)
    days = [(at - first).total_seconds() / 86_400 for at, _ in points]
    values = [value for _, value in points]
    return judge(days, values, counts=one.counts, floor=one.floor)


def _told(one: Series, points: Sequence[tuple[datetime, float]], judged: Judgement) -> Anomaly:
    at, value = points[-1]
    return Anomaly(
        kind=one.kind,
        title=one.name,
        about=one.about,
        about_id=one.about_id,
        about_kind=one.about_kind,
        at=at,
        value=value,
        expected=judged.expected,
        low=judged.low,
        high=judged.high,
        score=round(judged.score, 2),
        values=len(points),
        recent=[Measured(at=then, value=measured) for then, measured in points[-SHOWN:]],
        why=MEANS[one.kind],
        steps=numbered(one.steps),
        source_id=one.source_id,
    )
