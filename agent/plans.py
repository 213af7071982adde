"""Plans: what a turn wants written, previewed, bound by a hash, approved once, then executed.

A plan's hash binds its steps, the versions of the records that they touch, the requester and the
policy's version. One approval has one effect, however often and from wherever it comes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent.plan_order import ordered_by_source
from tools.audit import Entry, append
from tools.catalog.tables import Asset
from tools.changes import fingerprint, touched_versions
from tools.context import Caller
from tools.data_sources.tables import Source
from tools.database import new_id, now
from tools.errors import (
    AskForAccess,
    ChooseAnother,
    CorrectInput,
    LookAgain,
    ProposeAgain,
)
from tools.invoke import Kernel, PlanPreview, Preview, validate
from tools.racine.assistant.tables import Plan, Run
from tools.racine.workflows.executions import create_execution
from tools.racine.workflows.tables import Execution
from tools.rbac.tables import User
from tools.safety import secret_in
from tools.steps import Step, in_order, references
from tools.summary import summarize

POLICY_VERSION = 1
EXPIRES_AFTER = timedelta(hours=24)
SHOWN_CHANGES = 40
SHOWN_IN_TITLE = 3


class Plans:
    """Proposes, approves and rejects plans."""

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
    ) -> Plan:
        """Preview steps and store them as a plan that waits for approval.

        Args:
            in_turn: they are a turn's, in the order in which they were thought of.
        """
        ordered = in_order(steps)
        for step in ordered:
            self._refuse_secrets(step)
        preview = await self._kernel.preview(ordered, caller)
        if in_turn:
            ordered = ordered_by_source(ordered, {one.step_id: one for one in preview.steps})
        moment = now()
        plan = Plan(
            id=new_id("pln"),
            user_id=caller.user_id,
            conversation_id=conversation_id,
            run_id=run_id,
            title=_title(ordered),
            steps=await self._shown(ordered, preview),
            touched=preview.touched,
            hash="",
            status="pending",
            created_at=moment,
            expires_at=moment + EXPIRES_AFTER,
        )
        plan.hash = _hash(plan)
        async with self._kernel.database.writing() as session:
            session.add(plan)
        return plan

    async def approve(
        self,
        plan_id: str,
        plan_hash: str,
        caller: Caller,
        edits: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> Plan:
        """Approve exactly this plan; its execution is queued in the same transaction.

        Args:
            plan_hash: the hash of what was shown.
            edits: arguments to change before, by step id; the plan is previewed anew with them.

        Raises:
            LookAgain: the hash isn't the plan's, or it was decided otherwise.
            ProposeAgain: it has expired, or what it touches has changed since.
            AskForAccess: the approver may not do one of the steps.
        """
        revised = await self._revised(plan_id, plan_hash, caller, edits) if edits else None
        entitlements = await self._kernel.entitlements(caller.user_id)
        entry = self._entry("assistant.approve_plan", plan_id, caller, entitlements.user_name)
        async with self._kernel.unit_of_work(entry) as session:
            plan = await _find(session, plan_id, caller.user_id)
            if plan.status == "approved" and _approved_as(plan, plan_hash, edits):
                return plan  # the same approval again: its one effect is there already
            self._refuse_unless_pending(plan, plan_hash)
            if revised is not None:
                plan.steps, plan.touched = revised
                plan.hash = _hash(plan)
            steps = [_step(raw) for raw in plan.steps]
            for step in steps:
                permission = self._kernel.registry.find(step.operation).permission
                decision = entitlements.decide(permission)
                if not decision.allowed:
                    raise AskForAccess(decision.reason, f"Somebody with {permission} can approve.")
            await _refuse_if_changed(session, plan)
            run = await _execution_run(session, plan, caller)
            execution = create_execution(
                session,
                title=plan.title,
                steps=steps,
                user_id=caller.user_id,
                run_id=run.id,
                plan_id=plan.id,
                conversation_id=plan.conversation_id,
            )
            plan.status, plan.decided_by = "approved", entitlements.user_name
            plan.execution_id, plan.execution_run_id = execution.id, run.id
            await append(session, [(entry, ())])
        return plan

    async def reject(self, plan_id: str, reason: str | None, caller: Caller) -> Plan:
        """Reject a plan; nothing of it will run."""
        entitlements = await self._kernel.entitlements(caller.user_id)
        entry = self._entry("assistant.reject_plan", plan_id, caller, entitlements.user_name)
        async with self._kernel.unit_of_work(entry) as session:
            plan = await _find(session, plan_id, caller.user_id)
            if plan.status not in ("pending", "rejected"):
                raise LookAgain(f"The plan is {plan.status} already.", "Undo what it did instead.")
            if plan.status == "pending":
                plan.status, plan.decided_by = "rejected", entitlements.user_name
                await append(session, [(entry, ())])
            plan.reason = reason or plan.reason
        return plan

    async def shown(self, plan: Plan) -> dict[str, Any]:
        """A plan as it is streamed."""
        async with self._kernel.database.reading() as session:
            requester = await session.get_one(User, plan.user_id)
            status = plan.status
            if plan.execution_id:
                execution = await session.get_one(Execution, plan.execution_id)
                status = "executing" if execution.status == "running" else execution.status
        return {
            "id": plan.id,
            "hash": plan.hash,
            "title": plan.title,
            "status": status,
            "requester": requester.name,
            "conversation_id": plan.conversation_id,
            "run_id": plan.run_id,
            "execution_id": plan.execution_id,
            "expires_at": plan.expires_at.isoformat(),
            "steps": plan.steps,
        }

    async def _revised(
        self,
        plan_id: str,
        plan_hash: str,
        caller: Caller,
        edits: Mapping[str, Mapping[str, Any]],
    ) -> tuple[list[dict[str, Any]], dict[str, Any]] | None:
        async with self._kernel.database.reading() as session:
            plan = await _find(session, plan_id, caller.user_id)
        if plan.status == "approved":
            return None
        self._refuse_unless_pending(plan, plan_hash)
        steps = {raw["id"]: _step(raw) for raw in plan.steps}
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
        preview = await self._kernel.preview(ordered, caller)
        failed = next((one.error for one in preview.steps if one.error), None)
        if failed is not None:
            raise failed
        return await self._shown(ordered, preview), dict(preview.touched)

    def _refuse_unless_pending(self, plan: Plan, plan_hash: str) -> None:
        if plan.status != "pending":
            raise LookAgain(f"The plan is {plan.status} already.", "Ask for it again.")
        if plan.hash != plan_hash:
            raise LookAgain(
                "The hash is not that of the plan as it stands.",
                "Look at the plan again and approve what it shows.",
                field="hash",
            )
        if plan.expires_at < now():
            raise ProposeAgain("The plan has expired.", "Ask for it again.", code="plan_expired")

    def _refuse_secrets(self, step: Step) -> None:
        if (name := secret_in(step.arguments)) is not None:
            raise CorrectInput(
                "A plan can't carry a password, since it is shown and kept.",
                "Put it in the location's URL in a message: it is sealed before anything is kept.",
                field=name,
            )

    async def _shown(self, steps: Sequence[Step], preview: PlanPreview) -> list[dict[str, Any]]:
        previews = {one.step_id: one for one in preview.steps}
        seen = [one for one in steps if one.id in previews and previews[one.id].error is None]
        async with self._kernel.database.reading() as session:
            names = await _names(session, [step.arguments for step in seen])
        shown = []
        for step in steps:
            operation = self._kernel.registry.find(step.operation)
            shown.append(
                {
                    **step.as_json(),
                    "title": operation.summary,
                    "named": {
                        one: names[one]
                        for one in step.arguments.values()
                        if isinstance(one, str) and one in names
                    },
                    "effect": "reach" if operation.reaches else operation.effect.value,
                    "preview": _preview(previews.get(step.id)),
                }
            )
        return shown

    def _entry(self, operation: str, plan_id: str, caller: Caller, name: str) -> Entry:
        return Entry(
            user_id=caller.user_id,
            user_name=name,
            channel=caller.channel,
            operation=operation,
            effect="write",
            outcome="done",
            reason="the requester's own plan",
            arguments={"plan_id": plan_id},
        )


async def _names(session: AsyncSession, arguments: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """What the ids among arguments stand for, so that an approver reads names."""
    ids = {one for each in arguments for one in each.values() if isinstance(one, str)}
    names: dict[str, str] = {}
    for key, name in (
        (Asset.id, Asset.qualified_name),
        (Source.id, Source.name),
        (User.id, User.name),
    ):
        names |= {
            row[0]: row[1] for row in await session.execute(select(key, name).where(key.in_(ids)))
        }
    return names


def _preview(preview: Preview | None) -> dict[str, Any]:
    if preview is None:
        return {
            "summary": "not previewed, because a step before it fails",
            "changes": [],
            "total_changes": 0,
            "truncated": False,
            "error": None,
        }
    error = preview.error
    changes = [change.model_dump(mode="json") for change in preview.changes[:SHOWN_CHANGES]]
    for change in changes:
        change.pop("source_id")
    return {
        "summary": preview.skipped
        or (f"fails: {error.detail}" if error else summarize(preview.changes)),
        "changes": changes,
        "total_changes": len(preview.changes),
        "truncated": len(preview.changes) > SHOWN_CHANGES,
        "error": {"detail": error.detail, "remedy": error.remedy} if error else None,
    }


def _title(steps: Sequence[Step]) -> str:
    """The steps in a few words: "Register source pagila, discover assets, start scan"."""
    phrases = []
    for step in steps[:SHOWN_IN_TITLE]:
        phrase = step.operation.split(".", 1)[1].replace("_", " ")
        named = next(
            (
                step.arguments[name]
                for name in ("asset", "source", "name", "user")
                if isinstance(step.arguments.get(name), str)
            ),
            "",
        )
        phrases.append(f"{phrase} {named}".strip())
    if len(steps) > SHOWN_IN_TITLE:
        phrases.append(f"and {len(steps) - SHOWN_IN_TITLE} more")
    title = ", ".join(phrases)
    return title[0].upper() + title[1:]


def _step(raw: Mapping[str, Any]) -> Step:
    return Step.model_validate({name: raw[name] for name in Step.model_fields if name in raw})


def _approved_as(plan: Plan, plan_hash: str, edits: Mapping[str, Mapping[str, Any]] | None) -> bool:
    if not edits:
        return plan.hash == plan_hash
    arguments = {raw["id"]: raw["arguments"] for raw in plan.steps}
    return all(
        step_id in arguments and {**arguments[step_id], **edited} == arguments[step_id]
        for step_id, edited in edits.items()
    )


def _hash(plan: Plan) -> str:
    steps = [_step(raw).as_json() for raw in plan.steps]
    return fingerprint([steps, plan.touched, plan.user_id, POLICY_VERSION])


async def _find(session: AsyncSession, plan_id: str, user_id: str) -> Plan:
    plan = await session.scalar(
        select(Plan).where(Plan.id == plan_id, Plan.user_id == user_id).with_for_update()
    )
    if plan is None:
        raise ChooseAnother(
            f"You have no plan '{plan_id}'.", "It may be somebody else's.", field="plan_id"
        )
    return plan


async def _refuse_if_changed(session: AsyncSession, plan: Plan) -> None:
    records = [(name.split("/", 1)[0], name.split("/", 1)[1]) for name in plan.touched]
    present = await touched_versions(session, records)
    changed = [name for name, version in plan.touched.items() if present[name] != version]
    if changed:
        raise ProposeAgain(
            f"{len(changed)} of the records that the plan touches have changed since it was "
            "proposed.",
            "Ask for it again, to see what it would do now.",
        )


async def _execution_run(session: AsyncSession, plan: Plan, caller: Caller) -> Run:
    last = await session.scalar(
        select(func.max(Run.position)).where(Run.conversation_id == plan.conversation_id)
    )
    run = Run(
        id=new_id("run"),
        user_id=plan.user_id,
        conversation_id=plan.conversation_id,
        kind="execution",
        channel=caller.channel,
        message=f"Approved: {plan.title}",
        status="running",
        position=(last or 0) + 1,
    )
    session.add(run)
    await session.flush()
    return run
