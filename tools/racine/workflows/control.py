"""What people do to an execution: halt it, decide at its gates, have parts done again, undo it.

Pure but for the records it changes; the operations in `operations.py` are its only callers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from tools.context import Context
from tools.errors import AskForAccess, CorrectInput, LookAgain
from tools.racine.workflows.ledger import ENDED, HALTED
from tools.racine.workflows.progress import behind
from tools.racine.workflows.started import rows_of, started_by
from tools.racine.workflows.tables import Execution, ExecutionStep, GateDecision
from tools.steps import Gate, Step

Action = Literal[
    "pause",
    "resume",
    "cancel",
    "retry",
    "skip",
    "approve_gate",
    "reject_gate",
    "was_done",
    "was_not_done",
]


def halt(execution: Execution, action: Literal["pause", "cancel"]) -> None:
    """Have the engine stop; the steps that run now are finished first."""
    if execution.status in ENDED:
        raise LookAgain(f"The execution is {execution.status} already.", "Undo it instead.")
    if execution.status in HALTED:
        if action == "pause":
            raise LookAgain(f"The execution is {execution.status}.", "It doesn't go on by itself.")
        _go_on(execution)
    execution.control = action


def resume(execution: Execution) -> None:
    """Let a paused execution go on."""
    if execution.status != "paused":
        raise LookAgain(f"The execution is {execution.status}.", "Only a paused one resumes.")
    _go_on(execution)


async def control_started(
    ctx: Context, execution: Execution, action: Literal["pause", "cancel", "resume"]
) -> None:
    """Have what an execution has started do the same, where it can."""
    resting = (*ENDED, *HALTED) if action == "pause" else ENDED
    for one in await started_by(ctx.session, execution.id):
        if action != "resume" and one.status not in resting:
            halt(one, action)
        elif action == "resume" and one.status == "paused":
            resume(one)


async def retry(ctx: Context, execution: Execution, step_id: str | None) -> None:
    """Have a step done again, all that comes behind it, and what was taken back since."""
    rows = await rows_of(ctx.session, execution.id)
    _refuse_unless(execution, ("failed", "cancelled"), "retried")
    failed = next((row for row in rows if row.status == "failed" and row.parent is None), None)
    if step_id is None and failed is None:
        raise CorrectInput("No step has failed.", "Name the step to start from.", field="step_id")
    row = _row(rows, step_id or (failed.step_id if failed else ""))
    again = behind(_steps(execution), row.parent or row.step_id)
    again |= _not_there(rows)
    pended = [one for one in rows if (one.parent or one.step_id) in again]
    for one in pended:
        await _retry_started(ctx, one)
    await _pend(ctx, pended)
    _start_anew(execution)


async def skip(ctx: Context, execution: Execution, step_id: str | None, reason: str) -> None:
    """Leave a step out for a reason, and let what needs it go on."""
    if not reason.strip():
        raise CorrectInput("A step is skipped for a reason.", "Say why.", field="reason")
    rows = await rows_of(ctx.session, execution.id)
    row = _row(rows, step_id)
    if row.status not in ("pending", "waiting", "failed", "unknown"):
        raise LookAgain(f"Step '{row.step_id}' is {row.status}.", "It can't be skipped any more.")
    if execution.status not in (*HALTED, "failed"):
        raise LookAgain(f"The execution is {execution.status}.", "Pause it first.")
    if execution.status == "failed":
        later = (behind(_steps(execution), row.step_id) | _not_there(rows)) - {row.step_id}
        await _pend(ctx, [one for one in rows if (one.parent or one.step_id) in later])
        _start_anew(execution)
    else:
        _go_on(execution)
    row.status, row.detail = "skipped", f"skipped by {ctx.entitlements.user_name}: {reason}"


async def decided_on(
    ctx: Context, execution: Execution, step_id: str | None
) -> tuple[Execution, str | None]:
    """The execution and the step that a decision is about.

    Where a running step has started an execution that waits for people, it is about that.
    """
    rows = await rows_of(ctx.session, execution.id)
    for row in rows:
        if row.status == "running" and step_id in (None, row.step_id):
            started = await ctx.session.get(Execution, _started(ctx, row) or "")
            if started is not None:
                return await decided_on(ctx, started, None)
    if step_id is None and execution.status in ("waiting", "unknown"):
        halted = [row.step_id for row in rows if row.status == execution.status]
        step_id = halted[0] if len(halted) == 1 else None
    return execution, step_id


async def decide(
    ctx: Context, execution: Execution, step_id: str | None, reason: str, *, agreed: bool
) -> None:
    """Agree or disagree at a gate; with enough who agree, or one who doesn't, it goes on."""
    rows = await rows_of(ctx.session, execution.id)
    row = _row(rows, step_id)
    gate = next(step.gate for step in _steps(execution) if step.id == row.step_id)
    if row.status != "waiting" or gate is None:
        raise LookAgain(f"Step '{row.step_id}' is {row.status}.", "It doesn't wait at a gate.")
    _refuse_stranger(ctx, gate)
    identity = (execution.id, row.step_id, ctx.caller.user_id)
    mine = await ctx.session.get(GateDecision, identity)
    if mine is None:
        mine = GateDecision(execution_id=identity[0], step_id=identity[1], user_id=identity[2])
        ctx.session.add(mine)
    mine.agreed, mine.reason = agreed, reason
    row.status = "pending"  # the engine counts the decisions, and shuts the gate again if need be
    if execution.status == "waiting":
        _go_on(execution)


async def say(
    ctx: Context, execution: Execution, step_id: str | None, reason: str, *, done: bool
) -> None:
    """Say of an unknown step whether it has happened."""
    rows = await rows_of(ctx.session, execution.id)
    row = _row(rows, step_id)
    if row.status != "unknown":
        raise LookAgain(f"Step '{row.step_id}' is {row.status}.", "What became of it is known.")
    if done:
        row.status, row.result = "done", {}
        row.detail = f"{ctx.entitlements.user_name} says that it happened. {reason}".strip()
    else:
        row.status, row.attempts = "pending", 0
    if row.parent is not None:
        _row(rows, row.parent).status = "running"
    if execution.status == "unknown":
        _go_on(execution)


async def undo(ctx: Context, execution: Execution) -> None:
    """Take back what the steps and what they started wrote, last first, all or nothing."""
    if execution.status not in ENDED:
        raise LookAgain(f"The execution is {execution.status}.", "Cancel it first, then undo it.")
    whole = [execution, *await started_by(ctx.session, execution.id)]
    rows = [row for one in whole for row in await rows_of(ctx.session, one.id)]
    done = [row for row in rows if row.status == "done" and row.changes and row.activity_id]
    if not done:
        raise LookAgain("The execution has changed nothing.", "There is nothing to undo.")
    for row in sorted(done, key=lambda one: one.finished_at or execution.created_at, reverse=True):
        await ctx.invoke("activity.undo", activity=row.activity_id)
    undone = {row.activity_id for row in done}
    within = {row.execution_id for row in done}
    for one in reversed(whole):  # what was started before what has started it
        for row in await rows_of(ctx.session, one.id):
            if row.status == "done" and (row.activity_id in undone or _started(ctx, row) in within):
                row.status, row.detail = "undone", f"taken back by {ctx.entitlements.user_name}"
                within.add(one.id)


def _steps(execution: Execution) -> list[Step]:
    return [Step.model_validate(raw) for raw in execution.steps]


def _row(rows: Sequence[ExecutionStep], step_id: str | None) -> ExecutionStep:
    found = next((row for row in rows if row.step_id == step_id), None)
    if found is None:
        known = ", ".join(row.step_id for row in rows if row.parent is None)
        raise CorrectInput(
            f"The execution has no step '{step_id}'." if step_id else "A step has to be named.",
            f"Its steps are: {known}.",
            field="step_id",
        )
    return found


def _refuse_unless(execution: Execution, allowed: tuple[str, ...], what: str) -> None:
    if execution.status not in allowed:
        raise LookAgain(
            f"The execution is {execution.status}.",
            f"Only one that is {' or '.join(allowed)} can be {what}.",
        )


def _refuse_stranger(ctx: Context, gate: Gate) -> None:
    name, held = ctx.entitlements.user_name, ctx.entitlements.decide_on(gate.permission, None, "")
    if gate.people and name not in gate.people:
        raise AskForAccess(
            f"{name} doesn't decide at this gate.", f"Ask {' or '.join(gate.people)}."
        )
    if not gate.people and not held.allowed:
        raise AskForAccess(held.reason, f"Somebody with {gate.permission} decides at this gate.")


async def _pend(ctx: Context, rows: Sequence[ExecutionStep]) -> None:
    """Let steps be done again: what was done counts as something new, the rest goes on."""
    for row in rows:
        if row.parent is not None:
            await ctx.session.delete(row)
            continue
        row.generation += row.status in ("done", "undone") or row.result is not None
        row.status, row.detail, row.attempts, row.changes = "pending", "", 0, 0
        row.result = row.activity_id = row.started_at = row.finished_at = None


def _started(ctx: Context, row: ExecutionStep) -> str | None:
    """The id of the execution that a step has started."""
    field = ctx.kernel.registry.find(row.operation).starts
    return (row.result or {}).get(field) if field else None


async def _retry_started(ctx: Context, row: ExecutionStep) -> None:
    """Let what a step has started go on from where it failed, so that the step goes on with it."""
    started = await ctx.session.get(Execution, _started(ctx, row) or "")
    if row.status != "failed" or started is None or started.status != "failed":
        return
    if any(one.status == "failed" for one in await rows_of(ctx.session, started.id)):
        await retry(ctx, started, None)
        row.result = None


def _not_there(rows: Sequence[ExecutionStep]) -> set[str]:
    """The steps that were left out, or of which something was taken back."""
    return {row.parent or row.step_id for row in rows if row.status in ("skipped", "undone")}


def _go_on(execution: Execution) -> None:
    execution.status, execution.control = "queued", None
    execution.attempt += 1


def _start_anew(execution: Execution) -> None:
    """What has ended goes on, and is told in a new stream, since the old one has ended too."""
    _go_on(execution)
    execution.finished_at, execution.summary, execution.active_seconds = None, "", 0.0
    execution.run_id = f"{execution.id}.{execution.attempt}"
