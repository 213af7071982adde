"""Whether the author may do what a definition does, and whether its gates can be passed.

Rights are checked again, for whoever starts an execution, when each step runs.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence

from sqlalchemy import select

from tools.context import Context
from tools.errors import BeMoreExact, ChooseAnother, RacineError, nearest
from tools.grants import load_entitlements
from tools.operation import Effect, Operation
from tools.policy import Decision
from tools.racine.workflows.types import Fault
from tools.rbac.tables import User
from tools.scoping import restrict
from tools.steps import Gate, Step
from tools.targets import On, decide_there, place_of

READING = "catalog.read"


def right_fault(ctx: Context, step: Step, operation: Operation, field: str) -> Iterator[Fault]:
    """Whether the author holds an operation's permission anywhere."""
    decision = ctx.entitlements.decide(operation.permission)
    if not decision.allowed and not operation.own:
        yield _refused(step, operation, decision, field)


async def right_faults_there(ctx: Context, steps: Sequence[Step]) -> AsyncIterator[Fault]:
    """Rights on what is named: on a target's source, or everywhere for what has no target."""
    readable = ctx.entitlements.decide(READING)
    for step in steps:
        try:
            operation = ctx.kernel.registry.find(step.operation)
        except RacineError:
            continue
        held = ctx.entitlements.decide(operation.permission)
        if operation.own or operation.effect is Effect.READ or not held.allowed:
            continue
        on = On(None, "")
        if operation.target is not None:
            target = step.arguments.get(operation.target)
            if not isinstance(target, str):
                continue  # an earlier step's result, or the default: known when it runs
            restrict(ctx.session, readable, ctx.caller.user_id)
            try:
                on = await place_of(ctx.session, operation.target, target)
            except (ChooseAnother, BeMoreExact):
                continue  # an earlier step may make it
            finally:
                restrict(ctx.session, ctx.decision, ctx.caller.user_id)
        decision = await decide_there(ctx.session, ctx.entitlements, operation.permission, on)
        if not decision.allowed:
            field = f"arguments.{operation.target}" if operation.target else "operation"
            yield _refused(step, operation, decision, field)


def retry_faults(step: Step, operation: Operation) -> Iterator[Fault]:
    """What can't be undone isn't tried again blindly."""
    if operation.effect is Effect.DESTROY and step.retry is not None and step.retry.attempts > 1:
        yield Fault(
            step=step.id,
            field="retry",
            detail=f"{operation.name} destroys, and is to be tried again after a failure.",
            remedy="Remove 'retry'; a person can have the step done again (workflows.control).",
        )


async def gate_faults(ctx: Context, steps: Sequence[Step]) -> AsyncIterator[Fault]:
    """Gates that nobody, or not enough people, can pass."""
    gates = [(step, step.gate) for step in steps if step.gate is not None]
    if not gates:
        return
    active = select(User.id, User.name).where(User.active).order_by(User.name)
    people = [(row.id, row.name) for row in await ctx.session.execute(active)]
    for step, gate in gates:
        if gate.people:
            for fault in _people_faults(step, gate, [name for _id, name in people]):
                yield fault
        elif gate.permission not in (known := ctx.kernel.registry.permissions()):
            yield Fault(
                step=step.id,
                field="gate.permission",
                detail=f"Its gate asks for '{gate.permission}', which is no permission.",
                remedy=nearest(gate.permission, known),
            )
        elif (holders := await _holders(ctx, gate, [one for one, _name in people])) < gate.quorum:
            shown = "nobody holds" if holders == 0 else f"only {holders} hold"
            yield Fault(
                step=step.id,
                field="gate.quorum",
                detail=f"Its gate waits for {gate.quorum} with {gate.permission}, and {shown} it "
                "everywhere.",
                remedy="Lower the quorum, name people, or grant a role that gives it.",
            )


def _people_faults(step: Step, gate: Gate, known: list[str]) -> Iterator[Fault]:
    for name in gate.people:
        if name not in known:
            yield Fault(
                step=step.id,
                field="gate.people",
                detail=f"Its gate waits for '{name[:80]}', and nobody active has that name.",
                remedy=nearest(name, known),
            )
    several = len(set(gate.people))
    if gate.quorum > several:
        yield Fault(
            step=step.id,
            field="gate.quorum",
            detail=f"Its gate waits for {gate.quorum} people, and names {several}.",
            remedy="Name more people, or lower the quorum.",
        )


async def _holders(ctx: Context, gate: Gate, user_ids: Sequence[str]) -> int:
    """How many hold a gate's permission everywhere; no more are counted than it takes."""
    found = 0
    for user_id in user_ids:
        held = await load_entitlements(ctx.session, user_id)
        found += held is not None and held.decide_on(gate.permission, None, "").allowed
        if found == gate.quorum:
            break
    return found


def _refused(step: Step, operation: Operation, decision: Decision, field: str) -> Fault:
    return Fault(
        step=step.id,
        field=field,
        detail=f"{operation.name}: {decision.reason}",
        remedy=f"Ask an administrator for a role that gives {operation.permission} there "
        "(rbac.grant_role).",
    )
