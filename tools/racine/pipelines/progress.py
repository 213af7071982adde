"""How executions go, and have gone, stage by stage. Pure over the timings of `timings.py`."""

from __future__ import annotations

from collections.abc import Sequence

from tools.context import Context
from tools.database import now
from tools.racine.pipelines.compile import GATE, OWN
from tools.racine.pipelines.schedule import median, quantile, schedule
from tools.racine.pipelines.stages import step_id
from tools.racine.pipelines.tables import Pipeline
from tools.racine.pipelines.timings import PastRun, StepTiming, typical
from tools.racine.pipelines.types import (
    Bottlenecks,
    Failed,
    PipelineHealth,
    PipelineStatus,
    StageHealth,
    StageLoad,
    StageStatus,
    StepLoad,
)
from tools.racine.workflows.ledger import ENDED
from tools.steps import Step

OTHERS = "Told to who started it, and to who may see everything."
HEALTHY, DEGRADED = 0.95, 0.5
WAITING, BLOCKED = "waiting", "blocked"
HOLDING = ("failed", "unknown", "waiting", "undone")  # what comes after a step that stands so waits
# The first that any step of the stage has is the stage's own
URGENT = ("failed", "unknown", "waiting", "running")


def standing(ctx: Context, pipeline: Pipeline, run: PastRun, outcome: str) -> PipelineStatus:
    """How each stage of an execution stands. `outcome`: what has become of the whole."""
    return PipelineStatus(
        pipeline_id=pipeline.id,
        pipeline=pipeline.name,
        execution_id=run.id,
        version=run.version,
        status=run.status,
        outcome=outcome,
        started_at=run.started,
        finished_at=run.finished,
        seconds=run.seconds,
        stages=[
            _stage(name, run, steps, told=_may_know(ctx, run))
            for name, steps in by_stage(run).items()
        ],
    )


def by_stage(run: PastRun) -> dict[str, list[StepTiming]]:
    """The steps of an execution, by stage, in the definition's order."""
    stages: dict[str, list[StepTiming]] = {step.stage: [] for step in run.definition}
    for step in run.definition:
        if step.id in run.steps:
            stages[step.stage].append(run.steps[step.id])
    return stages


def _may_know(ctx: Context, run: PastRun) -> bool:
    return run.user_id == ctx.caller.user_id or ctx.decision.sources is None


def _stage(name: str, run: PastRun, steps: Sequence[StepTiming], *, told: bool) -> StageStatus:
    status = _status(name, run, steps)
    counted: dict[str, int] = {}
    for step in steps:
        counted[step.status] = counted.get(step.status, 0) + 1
    started = [step.started for step in steps if step.started]
    ended = [step.finished for step in steps if step.finished]
    over = status in ("done", "failed", "skipped", "undone")
    since = max(ended, default=None) if over else min(started, default=None)
    seconds = None
    if started:
        end = max(ended, default=now()) if over else now()
        seconds = round((end - min(started)).total_seconds(), 3)
    telling = next((step for step in steps if step.status == status and step.detail), None)
    return StageStatus(
        stage=name,
        status=status,
        since=since,
        seconds=seconds,
        waited_seconds=round(sum(step.waited for step in steps), 3),
        steps=counted,
        detail="" if telling is None else telling.detail if told else OTHERS,
    )


def _status(name: str, run: PastRun, steps: Sequence[StepTiming]) -> str:
    marks = {step_id(name, own) for own in OWN}
    # A stage's own begin and end are run as it is passed over, too
    found = {step.status for step in steps if step.step_id not in marks} or {
        step.status for step in steps
    }
    found |= {step.status for step in steps} & set(URGENT)
    for status in URGENT:
        if status in found:
            return status
    if "pending" in found:
        return "pending" if found == {"pending"} or run.status in ENDED else "running"
    return next((one for one in ("done", "undone") if one in found), "skipped")


def health_of(ctx: Context, pipeline: Pipeline, runs: Sequence[PastRun]) -> PipelineHealth:
    """How a pipeline and each of its stages have gone."""
    over = [run for run in runs if run.status in ("done", "failed")]
    rate = _rate([run.status for run in over])
    seconds = [run.seconds - run.waited for run in over if run.seconds is not None]
    names = dict.fromkeys(name for run in runs[:1] for name in by_stage(run))
    stages = [_stage_health(ctx, name, runs) for name in names]
    shut = [one.status for one in stages if one.status == WAITING or one.at_gate]
    return PipelineHealth(
        pipeline_id=pipeline.id,
        pipeline=pipeline.name,
        status=shut[0] if shut else _grade(rate),
        runs=len(over),
        success_rate=rate,
        p50_seconds=round(quantile(seconds, 0.5), 3),
        p95_seconds=round(quantile(seconds, 0.95), 3),
        last_execution_id=runs[0].id if runs else None,
        last_status=runs[0].status if runs else None,
        stages=stages,
    )


def _grade(rate: float | None) -> str:
    if rate is None:
        return "unknown"
    return "healthy" if rate >= HEALTHY else "degraded" if rate >= DEGRADED else "failing"


def _stage_health(ctx: Context, name: str, runs: Sequence[PastRun]) -> StageHealth:
    statuses, seconds, waited = [], [], []
    failure: Failed | None = None
    for run in runs:
        steps = by_stage(run).get(name, [])
        found = _stage(name, run, steps, told=_may_know(ctx, run))
        if found.status not in ("done", "failed"):
            continue
        statuses.append(found.status)
        if found.seconds is not None:
            seconds.append(found.seconds)
        waited.append(found.waited_seconds)
        if failure is None and found.status == "failed":
            bad = next(step for step in steps if step.status == "failed")
            failure = Failed(
                execution_id=run.id, step=bad.step_id, at=bad.finished, reason=found.detail
            )
    last = _stage(name, runs[0], by_stage(runs[0])[name], told=_may_know(ctx, runs[0]))
    gate = runs[0].steps.get(step_id(name, GATE))
    at_gate = gate is not None and gate.status in ("failed", WAITING)
    status = _grade(_rate(statuses))
    if last.status in (WAITING, "unknown"):
        status = WAITING
    elif at_gate or (last.status in ("pending", "skipped") and name in _held(runs[0])):
        status = BLOCKED
    return StageHealth(
        stage=name,
        status=status,
        at_gate=at_gate,
        detail=last.detail if status in (WAITING, BLOCKED) else "",
        runs=len(statuses),
        success_rate=_rate(statuses),
        p50_seconds=round(quantile(seconds, 0.5), 3),
        p95_seconds=round(quantile(seconds, 0.95), 3),
        waited_p50_seconds=round(median(waited), 3),
        trend=_trend(seconds),
        last_failure=failure,
    )


def _held(run: PastRun) -> set[str]:
    """The stages with steps that didn't come to run, since what they come after didn't go well."""
    held: set[str] = set()
    stages: set[str] = set()
    for step in run.definition:
        status = run.steps[step.id].status if step.id in run.steps else "pending"
        behind = step.after == "success" and bool(step.comes_after() & held)
        if status in HOLDING or (behind and status in ("pending", "skipped")):
            held.add(step.id)
            stages.add(step.stage)
    return stages


def _rate(statuses: Sequence[str]) -> float | None:
    return round(statuses.count("done") / len(statuses), 3) if statuses else None


def _trend(newest_first: Sequence[float]) -> float | None:
    """The newer half's median over the older half's; None where that would say little."""
    half = len(newest_first) // 2
    before = median(newest_first[half:])
    return round(median(newest_first[:half]) / before, 2) if half >= 2 and before else None


def bottlenecks_of(
    pipeline: Pipeline, steps: Sequence[Step], runs: Sequence[PastRun]
) -> Bottlenecks:
    """What determines the time, by the medians of the executions that came to their end."""
    done = [run for run in runs if run.status == "done"]
    usual = typical(done)
    plan = schedule(steps, usual)
    seen: dict[str, list[float]] = {step.id: [] for step in steps}
    waits: dict[str, list[float]] = {}
    for run in done:
        for name, timing in run.steps.items():
            if name in seen and timing.seconds is not None:
                seen[name].append(timing.seconds)
        for stage, own in by_stage(run).items():
            waits.setdefault(stage, []).append(sum(step.waited for step in own))
    critical = {name for name in plan.critical_path if usual.get(name)}
    loads = [
        StepLoad(
            step=step.id,
            stage=step.stage,
            operation=step.operation,
            runs=len(seen[step.id]),
            p50_seconds=round(usual.get(step.id, 0.0), 3),
            p95_seconds=round(quantile(seen[step.id], 0.95), 3),
            on_critical_path=step.id in critical,
            share=_share(usual.get(step.id, 0.0) if step.id in critical else 0.0, plan.total),
            slack_seconds=round(plan.slack[step.id], 3),
        )
        for step in steps
    ]
    loads.sort(key=lambda one: (-one.share, -one.p50_seconds))
    stages = []
    for name in dict.fromkeys(step.stage for step in steps):
        spent = sum(usual[one.id] for one in steps if one.stage == name and one.id in critical)
        stages.append(
            StageLoad(
                stage=name,
                critical_seconds=round(spent, 3),
                share=_share(spent, plan.total),
                waited_p50_seconds=round(median(waits.get(name, [])), 3),
            )
        )
    measured = median(run.seconds for run in done if run.seconds is not None)
    waiting = median(run.waited for run in done)
    return Bottlenecks(
        pipeline_id=pipeline.id,
        pipeline=pipeline.name,
        runs=len(done),
        measured_seconds=round(measured, 3),
        working_seconds=round(plan.total, 3),
        waiting_seconds=round(waiting, 3),
        critical_path=[name for name in plan.critical_path if name in critical],
        stages=sorted(stages, key=lambda one: -one.critical_seconds),
        steps=loads,
        summary=_told(loads, waiting, len(done)),
    )


def _told(loads: Sequence[StepLoad], waiting: float, runs: int) -> str:
    if not runs or not loads:
        return "No execution has come to its end yet, so there is nothing to tell."
    first = loads[0]
    told = (
        f"{first.step} determines {first.share:.0%} of the working time "
        f"({first.p50_seconds:.2g} s by the median of {runs} executions)."
    )
    if waiting > 0:
        told += f" People are waited for {waiting:.3g} s."
    return told


def _share(part: float, whole: float) -> float:
    return round(part / whole, 3) if whole else 0.0
