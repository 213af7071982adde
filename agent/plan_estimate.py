"""How long a plan should take, by the past runs of its operations, and whether its budget suffices.

What never ran isn't in the time, which is then the least (`at_least`); where nothing of it ever ran
there is none.

The engine runs a few steps side by side, and those that only write the database one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.audit import ActivityRow
from tools.operation import Operation
from tools.racine.pipelines.schedule import quantile, schedule
from tools.racine.workflows.carrying import AT_ONCE
from tools.racine.workflows.tables import ExecutionStep
from tools.registry import Registry
from tools.rehearsal import PlanPreview
from tools.steps import Budget, Step

PAST_RUNS = 200
USUAL, AT_WORST = 0.5, 0.95


async def estimate(
    session: AsyncSession,
    registry: Registry,
    steps: Sequence[Step],
    preview: PlanPreview,
    budget: Budget,
) -> dict[str, Any]:
    """Seconds of the whole, and of each operation with the number of its past runs.

    `beyond_budget`: what of the budget will be spent before the end, in words.
    """
    previews = {one.step_id: one for one in preview.steps}
    run = [one for one in steps if not (one.id in previews and previews[one.id].skipped)]
    items: dict[str, int] = {
        one.id: previews[one.id].result.get("total", 1)
        for one in run
        if one.each and one.id in previews
    }
    names = sorted({one.operation for one in run})
    past = {name: await _past(session, registry.find(name)) for name in names}
    never = [name for name, seconds in past.items() if not seconds]

    def whole(share: float) -> float | None:
        if len(never) == len(past):
            return None
        each = {
            step.id: quantile(past[step.operation] or [0.0], share) * items.get(step.id, 1)
            for step in run
        }
        writing = sum(each[one.id] for one in run if not registry.find(one.operation).reaches)
        side_by_side = sum(each.values()) / AT_ONCE
        return round(max(schedule(steps, each).total, writing, side_by_side), 3)

    records, seconds = sum(len(one.changes) for one in preview.steps), whole(USUAL)
    expected = {
        "steps": sum(items.get(one.id, 1) for one in run),
        "seconds": seconds,
        "rows": records,
    }
    return {
        "records": records,
        "seconds": seconds,
        "at_least": bool(never) and seconds is not None,
        "seconds_at_worst": whole(AT_WORST),
        "past_runs": sum(map(len, past.values())),
        "never_run": never,
        "operations": [_of_one(name, seconds) for name, seconds in past.items()],
        "beyond_budget": [
            f"The budget of {most:g} {what} is less than the {expected[what]:g} that it should "
            "take: it would stop before its end."
            for what, most in budget.model_dump(exclude_none=True).items()
            if expected[what] is not None and expected[what] > most
        ],
    }


def _of_one(name: str, seconds: Sequence[float]) -> dict[str, Any]:
    return {
        "operation": name,
        "past_runs": len(seconds),
        "seconds": round(quantile(seconds, USUAL), 3) if seconds else None,
        "seconds_at_worst": round(quantile(seconds, AT_WORST), 3) if seconds else None,
    }


async def _past(session: AsyncSession, operation: Operation) -> list[float]:
    if operation.starts is not None:  # it took as long as what it had started
        of_these = (ExecutionStep.operation == operation.name, ExecutionStep.status == "done")
        steps = await session.scalars(
            select(ExecutionStep)
            .where(*of_these)
            .order_by(ExecutionStep.finished_at.desc())
            .limit(PAST_RUNS)
        )
        taken = [(one.started_at, one.finished_at) for one in steps]
        return [(last - first).total_seconds() for first, last in taken if first and last]
    rows = await session.scalars(
        select(ActivityRow.milliseconds)
        .where(ActivityRow.operation == operation.name, ActivityRow.outcome == "done")
        .order_by(ActivityRow.sequence.desc())
        .limit(PAST_RUNS)
    )
    return [one / 1000 for one in rows]
