"""What past executions took, step by step, and what they touched: the evidence for all advice.

Everybody who may read a pipeline may know how its executions went, whoever started them: so the
columns read here are times and statuses. Reasons, results and changes stay inside, as equality.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.changes import ChangeRow, fingerprint
from tools.racine.pipelines.schedule import median
from tools.racine.workflows.tables import Execution, ExecutionStep, GateDecision
from tools.steps import Step

RUNS = 20
# Core, not the ORM: these rows are their owner's own, the columns that are read are everybody's
EXECUTIONS, STEPS = Execution.__table__.c, ExecutionStep.__table__.c


@dataclass(frozen=True)
class StepTiming:
    """How one step went in one execution. `started`: when it began to work; `waited`: before that,
    for people, at its gate."""

    step_id: str
    stage: str
    operation: str
    status: str
    seconds: float | None = None
    waited: float = 0.0
    started: datetime | None = None
    finished: datetime | None = None
    detail: str = ""
    changed: frozenset[tuple[str, str]] = frozenset()
    sources: frozenset[str] = frozenset()
    result: str | None = None


@dataclass(frozen=True)
class PastRun:
    """One execution with its steps."""

    id: str
    user_id: str
    version: int | None
    status: str
    created: datetime
    started: datetime
    finished: datetime | None
    definition: tuple[Step, ...]
    steps: Mapping[str, StepTiming] = field(default_factory=dict)

    @property
    def seconds(self) -> float | None:
        """From its start to its end, the waiting for people with it."""
        return None if self.finished is None else (self.finished - self.started).total_seconds()

    @property
    def waited(self) -> float:
        """What it waited for people."""
        return sum(step.waited for step in self.steps.values())


async def past_runs(
    session: AsyncSession,
    workflow_id: str,
    limit: int = RUNS,
    *,
    evidence: bool = False,
    execution_id: str = "latest",
) -> list[PastRun]:
    """The latest executions, the newest first, or one; with `evidence` what their steps touched."""
    only = [] if execution_id == "latest" else [EXECUTIONS.id == execution_id]
    columns = (
        EXECUTIONS.id,
        EXECUTIONS.user_id,
        EXECUTIONS.workflow_version,
        EXECUTIONS.status,
        EXECUTIONS.steps,
        EXECUTIONS.created_at,
        EXECUTIONS.started_at,
        EXECUTIONS.finished_at,
    )
    rows = (
        await session.execute(
            select(*columns)
            .where(EXECUTIONS.workflow_id == workflow_id, *only)
            .order_by(EXECUTIONS.created_at.desc(), EXECUTIONS.id)
            .limit(limit)
        )
    ).all()
    ids = [row.id for row in rows]
    steps = await _steps(session, ids, evidence=evidence)
    decided = await _decided(session, ids)
    runs = []
    for row in rows:
        own = steps[row.id]
        began = [step.started_at for step in own if step.started_at]
        run = PastRun(
            id=row.id,
            user_id=row.user_id,
            version=row.workflow_version,
            status=row.status,
            created=row.created_at,
            started=row.started_at or min(began, default=row.created_at),
            finished=row.finished_at,
            definition=tuple(Step.model_validate(step) for step in row.steps),
        )
        runs.append(replace(run, steps=_timed(run, own, decided)))
    if evidence:
        runs = await _with_changes(session, runs, steps)
    return runs


async def _steps(
    session: AsyncSession, ids: Sequence[str], *, evidence: bool
) -> dict[str, list[Any]]:
    columns = [
        STEPS.execution_id,
        STEPS.step_id,
        STEPS.operation,
        STEPS.status,
        STEPS.detail,
        STEPS.activity_id,
        STEPS.started_at,
        STEPS.finished_at,
        *([STEPS.result] if evidence else []),
    ]
    found: dict[str, list[Any]] = defaultdict(list)
    query = select(*columns).where(STEPS.execution_id.in_(ids), STEPS.parent.is_(None))
    for row in await session.execute(query.order_by(STEPS.position)):
        found[row.execution_id].append(row)
    return found


async def _decided(session: AsyncSession, ids: Sequence[str]) -> dict[tuple[str, str], datetime]:
    rows = await session.execute(
        select(GateDecision.execution_id, GateDecision.step_id, GateDecision.at)
        .where(GateDecision.execution_id.in_(ids))
        .order_by(GateDecision.at)
    )
    return {(row.execution_id, row.step_id): row.at for row in rows}


def _timed(
    run: PastRun, rows: Iterable[Any], decided: Mapping[tuple[str, str], datetime]
) -> dict[str, StepTiming]:
    by_id = {row.step_id: row for row in rows}
    timed = {}
    for step in run.definition:
        row = by_id.get(step.id)
        if row is None:
            continue
        ended = [by_id[one].finished_at for one in step.comes_after() if one in by_id]
        ready = max((moment for moment in ended if moment), default=run.started)
        begun = row.started_at
        decision = decided.get((run.id, step.id))
        if begun and decision:
            begun = max(begun, decision)
        result = getattr(row, "result", None)
        timed[step.id] = StepTiming(
            step_id=step.id,
            stage=step.stage,
            operation=row.operation,
            status=row.status,
            seconds=_between(begun, row.finished_at) if row.status in ("done", "failed") else None,
            waited=_between(ready, begun) or 0.0 if step.gate is not None else 0.0,
            started=begun,
            finished=row.finished_at,
            detail=row.detail,
            result=None if result is None else fingerprint(result),
        )
    return timed


async def _with_changes(
    session: AsyncSession, runs: Sequence[PastRun], rows: Mapping[str, Sequence[Any]]
) -> list[PastRun]:
    of_activity = {
        row.activity_id: (run.id, row.step_id)
        for run in runs
        for row in rows[run.id]
        if row.activity_id
    }
    changed: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    sources: dict[tuple[str, str], set[str]] = defaultdict(set)
    ids = list(of_activity)
    for start in range(0, len(ids), 400):
        for change in await session.execute(
            select(ChangeRow.activity_id, ChangeRow.table, ChangeRow.key, ChangeRow.source_id)
            .where(ChangeRow.activity_id.in_(ids[start : start + 400]))
            .distinct()
        ):
            slot = of_activity[change.activity_id]
            changed[slot].add((change.table, change.key))
            sources[slot].add(change.source_id or "")
    return [
        replace(
            run,
            steps={
                name: replace(
                    timing,
                    changed=frozenset(changed[run.id, name]),
                    sources=frozenset(sources[run.id, name]),
                )
                for name, timing in run.steps.items()
            },
        )
        for run in runs
    ]


def typical(runs: Iterable[PastRun]) -> dict[str, float]:
    """The median seconds of each step that has worked in these runs."""
    seconds: dict[str, list[float]] = defaultdict(list)
    for run in runs:
        for name, timing in run.steps.items():
            if timing.seconds is not None:
                seconds[name].append(timing.seconds)
    return {name: median(values) for name, values in seconds.items()}


def _between(start: datetime | None, end: datetime | None) -> float | None:
    return None if start is None or end is None else max(0.0, (end - start).total_seconds())
