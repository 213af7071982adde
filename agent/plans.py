"""Plans: what a turn or a person wants written, previewed, bound by a hash, approved, executed.

A plan's hash binds its steps, its budget, the versions of the records that they touch, the
requester, and who has to agree; among the records are those that decide what a step does, such as
the workflow that it starts. One approval has one effect, however often and from wherever.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from agent.plan_card import card_of, title_of
from agent.plan_decisions import (
    approved_as,
    carry_out,
    decide,
    entry_of,
    executor_of,
    not_theirs,
    refuse_if_changed,
    refuse_unless_pending,
    step_of,
)
from agent.plan_effects import effects_of
from agent.plan_order import ordered_by_source
from agent.plan_rules import verdict_after
from tools.audit import append
from tools.changes import fingerprint
from tools.context import Caller
from tools.database import new_id, now
from tools.errors import AskForAccess, BeMoreExact, ChooseAnother, CorrectInput, LookAgain
from tools.invoke import Kernel
from tools.policy import Entitlements
from tools.racine.approvals.givable import EXPIRES_AFTER, EXPIRES_AFTER_FOR_OTHERS
from tools.racine.approvals.needs import meets
from tools.racine.approvals.standing import (
    GOES_BY,
    Asked,
    agreed_in_advance,
    agreeing,
    approval_of,
    asked_of,
    concerns,
    decisions_on,
    doings_of,
    unmet,
    waited,
)
from tools.racine.assistant.tables import Plan
from tools.racine.workflows.outcome import outcome_of
from tools.racine.workflows.started import rows_of
from tools.racine.workflows.tables import Execution
from tools.rbac.tables import User
from tools.registry import Registry
from tools.rehearsal import PlanPreview
from tools.safety import secret_in
from tools.steps import Budget, Step, in_order, references
from tools.validation import validate

Edits = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class _Content:
    """What a plan's hash binds beside its requester and its budget; and what follows from it."""

    steps: list[dict[str, Any]]
    touched: dict[str, Any]
    goes_by: tuple[str, ...]
    asked: Asked
    effects: dict[str, Any]

    def put_into(self, plan: Plan) -> None:
        plan.steps, plan.touched = self.steps, self.touched
        plan.approval = {**self.asked.as_json(), GOES_BY: list(self.goes_by)}
        plan.effects = self.effects
        plan.expires_at = plan.created_at + (
            EXPIRES_AFTER_FOR_OTHERS if len(self.asked.needs) > 1 else EXPIRES_AFTER
        )
        steps = [step_of(raw).as_json() for raw in plan.steps]
        needs = plan.approval["needs"]
        plan.hash = fingerprint([steps, plan.budget, plan.touched, plan.user_id, needs])


_FUTILE = (AskForAccess, BeMoreExact, ChooseAnother, CorrectInput, LookAgain)


def _refuse_futile(preview: PlanPreview) -> None:
    """Raise the reason why a step can't be done as things stand, approved or not."""
    for step in preview.steps:
        if isinstance(step.error, _FUTILE):
            raise step.error


def pinned(steps: Sequence[Step], preview: PlanPreview, registry: Registry) -> list[Step]:
    """The steps, with the record that was previewed in place of "latest" and the like."""
    made: set[str] = set()
    kept: list[Step] = []
    for step, seen in zip(steps, preview.steps, strict=False):
        kept.append(step)
        argument, field = registry.find(step.operation).pinned or ("", "")
        given, meant = step.arguments.get(argument), seen.result.get(field)
        if isinstance(given, str) and isinstance(meant, str) and meant not in made | {given}:
            exact = {**step.arguments, argument: meant}
            kept[-1] = step.model_copy(update={"arguments": exact})
        made |= {change.key for change in seen.changes if change.action == "create"}
    return [*kept, *steps[len(kept) :]]


class Plans:
    """Proposes, edits, approves, rejects and withdraws plans."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel

    async def propose(
        self,
        steps: Sequence[Step],
        caller: Caller,
        conversation_id: str,
        run_id: str,
        *,
        in_turn: bool = False,
        budget: Budget | None = None,
    ) -> Plan:
        """Preview steps and store them as a plan that waits for approval.

        Where a standing policy has agreed to all of it in advance, it is carried out at once.

        Args:
            in_turn: they are a turn's, in the order in which they were thought of; where one of
                them can't be done as things stand, there is no plan.
            budget: the most that its execution may use.

        Raises:
            RacineError: why a step of a turn can't be done.
        """
        ordered = in_order(steps)
        for step in ordered:
            self._refuse_secrets(step)
        preview = await self._previewed(ordered, caller)
        if in_turn:
            _refuse_futile(preview)
            ordered = ordered_by_source(ordered, {one.step_id: one for one in preview.steps})
        requester = await self._kernel.entitlements(caller.user_id)
        within = budget or Budget()
        content = await self._content(ordered, preview, requester, within)
        plan = Plan(
            id=new_id("pln"),
            user_id=caller.user_id,
            conversation_id=conversation_id,
            run_id=run_id,
            title=title_of(ordered, ChainMap(*(one["named"] for one in content.steps))),
            budget=within.model_dump(exclude_none=True),
            status="pending",
            created_at=now(),
        )
        content.put_into(plan)
        entry = entry_of("assistant.propose_plan", plan.id, caller, requester)
        async with self._kernel.unit_of_work(entry) as session:
            came_of_it = select(Plan).where(Plan.run_id == run_id, Plan.status == "approved")
            if (earlier := await session.scalar(came_of_it)) is not None:
                return earlier  # the turn is run again after a crash
            session.add(plan)
            await session.flush()
            policy = await agreed_in_advance(session, content.asked, requester, plan.created_at)
            if policy is not None:
                plan.policy, plan.decided_by = policy.name, f"{policy.signed_by}, in advance"
                await carry_out(session, plan, caller.user_id, caller)
                agreed = replace(entry, reason=f"approved in advance by policy '{policy.name}'")
                await append(session, [(agreed, ())])
        return plan

    async def edit(self, plan_id: str, edits: Edits, caller: Caller) -> Plan:
        """Change arguments of a plan that waits: it is previewed anew, and has a new hash.

        Whoever had agreed to it as it was has to agree again.

        Raises:
            AskForAccess: it is somebody else's plan.
            CorrectInput: a step or an argument isn't right.
            LookAgain: it was decided on.
        """
        async with self._kernel.database.reading() as session:
            shown = await self._find(session, plan_id, caller, decides=False)
        revised = await self._revised(shown, edits, caller)
        entitlements = await self._kernel.entitlements(caller.user_id)
        entry = entry_of("assistant.edit_plan", plan_id, caller, entitlements)
        async with self._kernel.unit_of_work(entry) as session:
            plan = await self._find(session, plan_id, caller)
            refuse_unless_pending(plan, shown.hash)
            revised.put_into(plan)
            await append(session, [(entry, ())])
        return plan

    async def approve(
        self,
        plan_id: str,
        plan_hash: str,
        caller: Caller,
        edits: Edits | None = None,
        reason: str = "",
    ) -> Plan:
        """Agree to exactly this plan; once all have who need to, its execution is queued.

        Args:
            plan_hash: the hash of what was shown.
            edits: arguments to change before, by step id; the plan is previewed anew with them.

        Raises:
            LookAgain: the hash isn't the plan's, or it was decided otherwise.
            ProposeAgain: it has expired, or what it touches, or who has to agree, has changed.
            AskForAccess: the caller's agreement isn't one that it needs.
        """
        revised = None
        if edits:
            async with self._kernel.database.reading() as session:
                shown = await self._find(session, plan_id, caller, decides=False)
            if shown.status != "approved":
                refuse_unless_pending(shown, plan_hash)
                revised = await self._revised(shown, edits, caller)
        entitlements = await self._kernel.entitlements(caller.user_id)
        entry = entry_of("assistant.approve_plan", plan_id, caller, entitlements)
        async with self._kernel.unit_of_work(entry) as session:
            plan = await self._find(session, plan_id, caller)
            if plan.status == "approved" and approved_as(plan, plan_hash, edits):
                return plan  # the same approval again: its one effect is there already
            refuse_unless_pending(plan, plan_hash)
            if revised is not None:
                revised.put_into(plan)
            await refuse_if_changed(session, plan)
            asked, moment = Asked.of(plan), now()
            if not any(one.user_id == caller.user_id for one in await decisions_on(session, plan)):
                hours = waited(plan, moment)
                if not any(meets(one, entitlements, plan.user_id, hours) for one in asked.needs):
                    raise not_theirs(asked, entitlements)
                await decide(session, plan, entitlements, reason, agreed=True)
            said = await decisions_on(session, plan)
            agreed = await agreeing(session, said)
            missing = unmet(plan, asked.needs, agreed, moment)
            if missing:
                why = f"agreed to; waits for {'; '.join(one.who for one in missing)}"
            else:
                plan.decided_by = ", ".join(one.user_name for one in said if one.agreed)
                await carry_out(session, plan, executor_of(plan, asked, agreed), caller)
                own = plan.user_id == caller.user_id
                why = "the requester's own plan" if own else "agreed to by all who have to"
            await append(session, [(replace(entry, reason=why), ())])
        return plan

    async def reject(self, plan_id: str, reason: str | None, caller: Caller) -> Plan:
        """Reject a plan; nothing of it will run."""
        return await self._refuse(plan_id, reason, caller, "rejected")

    async def withdraw(self, plan_id: str, reason: str | None, caller: Caller) -> Plan:
        """Take back one's own plan before it is approved; nothing of it will run."""
        return await self._refuse(plan_id, reason, caller, "withdrawn")

    async def shown(self, plan: Plan, caller: Caller) -> dict[str, Any]:
        """A plan as it is streamed."""
        viewer = await self._kernel.entitlements(caller.user_id)
        async with self._kernel.database.reading() as session:
            requester = await session.get_one(User, plan.user_id)
            approval = await approval_of(session, plan, viewer, now())
            status: str = approval.state
            outcome = status
            if plan.execution_id:
                execution = await session.get_one(Execution, plan.execution_id)
                status = "executing" if execution.status == "running" else execution.status
                rows = await rows_of(session, execution.id)
                outcome = outcome_of(status, rows, self._kernel.registry.find)
        return {
            "id": plan.id,
            "hash": plan.hash,
            "title": plan.title,
            "status": status,
            "outcome": outcome,
            "requester": requester.name,
            "conversation_id": plan.conversation_id,
            "run_id": plan.run_id,
            "execution_id": plan.execution_id,
            "execution_run_id": plan.execution_run_id,
            "expires_at": plan.expires_at.isoformat(),
            "budget": plan.budget,
            "approval": approval.model_dump(mode="json"),
            "effects": plan.effects,
            "steps": plan.steps,
        }

    async def _previewed(self, steps: Sequence[Step], caller: Caller) -> PlanPreview:
        requester = await self._kernel.entitlements(caller.user_id)
        return await self._kernel.preview(steps, caller, look=verdict_after(requester))

    async def _content(
        self,
        steps: Sequence[Step],
        preview: PlanPreview,
        requester: Entitlements,
        budget: Budget,
    ) -> _Content:
        kernel = self._kernel
        steps = pinned(steps, preview, kernel.registry)
        card = await card_of(kernel.database, kernel.registry, steps, preview)
        seen = {
            one.step_id: (one.changes, one.result)
            for one in preview.steps
            if one.error is None and not one.skipped
        }
        async with kernel.database.reading() as session:
            doings = await doings_of(session, kernel.registry.find, steps, seen)
            asked = await asked_of(session, doings, requester)
        effects = await effects_of(kernel, steps, card, preview, requester, budget)
        return _Content(card, dict(preview.touched), preview.goes_by, asked, effects)

    async def _revised(self, plan: Plan, edits: Edits, caller: Caller) -> _Content:
        """A plan with other arguments, previewed anew."""
        if plan.user_id != caller.user_id:
            raise AskForAccess(
                "Only who asked for a plan changes it.", "Reject it, and say what is to change."
            )
        refuse_unless_pending(plan, plan.hash)
        steps = {raw["id"]: step_of(raw) for raw in plan.steps}
        if unknown := set(edits) - set(steps):
            raise CorrectInput(
                f"The plan has no step '{min(unknown)}'.",
                f"Its steps are {', '.join(steps)}.",
                field="edits",
            )
        for step_id, arguments in edits.items():
            edited = {**steps[step_id].arguments, **arguments}
            steps[step_id] = steps[step_id].model_copy(update={"arguments": edited})
        ordered = in_order(list(steps.values()))
        for step in ordered:
            if not references(step.arguments):
                validate(self._kernel.registry.find(step.operation), step.arguments)
            self._refuse_secrets(step)
        preview = await self._previewed(ordered, caller)
        failed = next((one.error for one in preview.steps if one.error), None)
        if failed is not None:
            raise failed
        requester = await self._kernel.entitlements(caller.user_id)
        budget = Budget.model_validate(plan.budget)
        return await self._content(ordered, preview, requester, budget)

    async def _refuse(self, plan_id: str, reason: str | None, caller: Caller, status: str) -> Plan:
        entitlements = await self._kernel.entitlements(caller.user_id)
        verb = {"rejected": "reject", "withdrawn": "withdraw"}[status]
        entry = entry_of(f"assistant.{verb}_plan", plan_id, caller, entitlements)
        async with self._kernel.unit_of_work(entry) as session:
            plan = await self._find(session, plan_id, caller)
            if status == "withdrawn" and plan.user_id != caller.user_id:
                raise AskForAccess("Only who asked for a plan withdraws it.", "Reject it instead.")
            if plan.status not in ("pending", status):
                raise LookAgain(f"The plan is {plan.status} already.", "Undo what it did instead.")
            if plan.status == "pending":
                if status == "rejected":
                    await decide(session, plan, entitlements, reason or "", agreed=False)
                plan.status, plan.decided_by = status, entitlements.user_name
                await append(session, [(entry, ())])
            plan.reason = reason or plan.reason
        return plan

    async def _find(
        self, session: AsyncSession, plan_id: str, caller: Caller, *, decides: bool = True
    ) -> Plan:
        """A plan of the caller's, or one for which the caller's agreement would count.

        Args:
            decides: whoever else decides on it waits for this transaction.
        """
        query = select(Plan).where(Plan.id == plan_id)
        plan = await session.scalar(query.with_for_update() if decides else query)
        viewer = await self._kernel.entitlements(caller.user_id)
        if plan is None or not concerns(plan, viewer, now()):
            raise ChooseAnother(
                f"You have no plan '{plan_id}'.", "It may be somebody else's.", field="plan_id"
            )
        return plan

    def _refuse_secrets(self, step: Step) -> None:
        if (name := secret_in(step.arguments)) is not None:
            raise CorrectInput(
                "A plan can't carry a password, since it is shown and kept.",
                "Put it in the location's URL in a message: it is sealed before anything is kept.",
                field=name,
            )
