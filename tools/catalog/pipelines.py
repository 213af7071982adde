"""The runs of a pipeline, put together from the events that were taken in."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.openlineage import DESIGN
from tools.catalog.tables import LineageEvent
from tools.catalog.types import PipelineRun

ENDS: dict[str, Literal["complete", "failed", "aborted"]] = {
    "COMPLETE": "complete",
    "FAIL": "failed",
    "ABORT": "aborted",
}


async def runs_of(session: AsyncSession, pipeline_id: str, limit: int = 20) -> list[PipelineRun]:
    """The latest runs, newest first."""
    latest = (
        select(LineageEvent.run_id)
        .where(LineageEvent.pipeline_id == pipeline_id, LineageEvent.event_type != DESIGN)
        .group_by(LineageEvent.run_id)
        .order_by(func.min(LineageEvent.event_time).desc(), LineageEvent.run_id)
        .limit(limit)
    )
    runs: dict[str, PipelineRun] = {}
    for event in await session.scalars(
        select(LineageEvent)
        .where(
            LineageEvent.pipeline_id == pipeline_id,
            LineageEvent.run_id.in_(list(await session.scalars(latest))),
        )
        .order_by(LineageEvent.event_time, LineageEvent.received_at)
    ):
        run = runs.setdefault(
            event.run_id,
            PipelineRun(
                run_id=event.run_id,
                status="running",
                started_at=event.event_time,
                ended_at=None,
                parent=None,
                inputs=[],
                outputs=[],
            ),
        )
        if event.event_type in ENDS:
            run.status, run.ended_at = ENDS[event.event_type], event.event_time
        if event.parent is not None:
            run.parent = event.parent["name"]
        run.inputs = sorted({*run.inputs, *event.inputs})
        run.outputs = sorted({*run.outputs, *event.outputs})
    return sorted(runs.values(), key=lambda run: (run.started_at, run.run_id), reverse=True)


async def count_runs(session: AsyncSession, pipeline_id: str) -> int:
    """How many runs are known in all."""
    counted = select(func.count(func.distinct(LineageEvent.run_id))).where(
        LineageEvent.pipeline_id == pipeline_id, LineageEvent.event_type != DESIGN
    )
    return (await session.execute(counted)).scalar_one()
