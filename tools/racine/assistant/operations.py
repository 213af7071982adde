"""The operations of the assistant's own records. Chat itself, and approval, are in `agent`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from tools.context import Context
from tools.data_sources.tables import Source
from tools.database import now
from tools.errors import ChooseAnother, LookAgain
from tools.events import EventRow
from tools.operation import Effect, operation
from tools.policy import Entitlements
from tools.racine.approvals.givable import everybody
from tools.racine.approvals.standing import approval_of, concerns, state_of
from tools.racine.assistant.tables import Conversation, Feedback, Memory, Plan, Receipt, Run
from tools.racine.assistant.types import (
    ConversationDetail,
    ConversationExport,
    ConversationSummary,
    Deleted,
    PlanDetail,
    PlanState,
    PlanSummary,
    Prompts,
    Rated,
    RunSummary,
)
from tools.racine.workflows.tables import Execution
from tools.rbac.tables import User
from tools.values import Cursor, Limit, Page, offset_of, page, paged

ConversationId = Annotated[str, Field(max_length=80, description="A conversation's id")]
LIVE = ("queued", "running")
MOST_PLANS = 1000


@operation(
    "assistant.list_conversations",
    permission="assistant.read",
    own=True,
    examples=("Show my conversations",),
)
async def list_conversations(
    ctx: Context, limit: Limit = 50, cursor: Cursor = None
) -> Page[ConversationSummary]:
    """List the caller's conversations, the latest first."""
    rows, total = await paged(
        ctx.session, select(Conversation).order_by(Conversation.updated_at.desc()), limit, cursor
    )
    return page([await _summary(ctx.session, row) for row in rows], total, cursor)


@operation(
    "assistant.get_conversation",
    permission="assistant.read",
    own=True,
    examples=("Show that conversation",),
)
async def get_conversation(ctx: Context, conversation_id: ConversationId) -> ConversationDetail:
    """Show a conversation with its turns; their events are read from each run's stream."""
    row = await _find(ctx.session, conversation_id)
    runs = await ctx.session.scalars(
        select(Run).where(Run.conversation_id == row.id).order_by(Run.position)
    )
    rated = await _rated(ctx, row.id)
    plans = await ctx.session.execute(
        select(Plan, Execution.status)
        .outerjoin(Execution, Execution.id == Plan.execution_id)
        .where(Plan.conversation_id == row.id)
        .order_by(Plan.created_at)
    )
    summary = await _summary(ctx.session, row)
    return ConversationDetail(
        **summary.model_dump(),
        runs=[_turn(run, rated.get(run.id)) for run in runs],
        plans=[
            PlanState(id=plan.id, status=executed or plan.status, execution_id=plan.execution_id)
            for plan, executed in plans
        ],
    )


@operation(
    "assistant.export_conversation",
    permission="assistant.read",
    own=True,
    agent=False,
    examples=("Export this conversation as Markdown",),
)
async def export_conversation(
    ctx: Context,
    conversation_id: ConversationId,
    format: Annotated[  # noqa: A002
        Literal["markdown", "json"], Field(description="markdown to read, json to go on with")
    ] = "markdown",
) -> ConversationExport:
    """Export a conversation: what was said, what was answered, how its plans stand."""
    found = await get_conversation(ctx, conversation_id)
    content, ending = found.model_dump_json(indent=2), "json"
    if format == "markdown":
        content, ending = _markdown(found), "md"
    return ConversationExport(format=format, name=f"{found.id}.{ending}", content=content)


def _markdown(found: ConversationDetail) -> str:
    lines = [f"# {found.title}", ""]
    for run in found.runs:
        if run.message is not None:
            quoted = "\n".join(f"> {line}" for line in run.message.splitlines())
            lines += [f"**{run.created_at:%Y-%m-%d %H:%M} UTC**", "", quoted, ""]
        lines += [run.answer or f"*({run.status})*", ""]
    plans = [f"- Plan `{one.id}`: {one.status}" for one in found.plans]
    return "\n".join([*lines, *plans]).rstrip() + "\n"


@operation(
    "assistant.delete_conversation",
    permission="assistant.destroy",
    effect=Effect.DESTROY,
    own=True,
    agent=False,
    examples=("Delete this conversation",),
)
async def delete_conversation(ctx: Context, conversation_id: ConversationId) -> Deleted:
    """Erase a conversation, its plans and its receipts' contents; executed changes stay audited."""
    row = await _find(ctx.session, conversation_id)
    runs = list(await ctx.session.scalars(select(Run).where(Run.conversation_id == row.id)))
    if any(run.status in LIVE for run in runs):
        raise LookAgain(
            "A run of this conversation is still going on.",
            "Stop it, or wait for its end, then delete the conversation.",
        )
    streams = [run.id for run in runs]
    erased = await ctx.session.execute(delete(EventRow).where(EventRow.stream.in_(streams)))
    await ctx.session.execute(delete(Plan).where(Plan.conversation_id == row.id))
    await ctx.session.execute(delete(Run).where(Run.conversation_id == row.id))
    receipts = update(Receipt).where(Receipt.conversation_id == row.id)
    await ctx.session.execute(receipts.values(content=None))  # their hashes stay
    await ctx.session.delete(row)
    return Deleted(id=row.id, runs=len(runs), events=erased.rowcount)  # type: ignore[attr-defined]


@operation(
    "assistant.get_plan",
    permission="assistant.read",
    own=True,
    path="GET /plans/{plan_id}",
    agent=False,
    examples=("Show that plan",),
)
async def get_plan(
    ctx: Context, plan_id: Annotated[str, Field(max_length=60, description="A plan's id")]
) -> PlanDetail:
    """Show a plan: its steps with their previews, and how it stands."""
    plan = await ctx.session.get(Plan, plan_id)
    if plan is None or not concerns(plan, ctx.entitlements, now()):
        raise ChooseAnother(
            f"There is no plan '{plan_id}'.", "It may be somebody else's.", field="plan_id"
        )
    requester = await ctx.session.get_one(User, plan.user_id)
    approval = await approval_of(ctx.session, plan, ctx.entitlements, now())
    return PlanDetail.model_validate(
        {field: getattr(plan, field, None) for field in PlanDetail.model_fields}
        | {"requester": requester.name, "approval": approval, "status": approval.state}
    )


@operation(
    "assistant.list_plans",
    permission="assistant.read",
    own=True,
    path="GET /plans",
    examples=("Which plans wait for my approval?", "Show my plans", "What do I have to approve?"),
)
async def list_plans(
    ctx: Context,
    waiting_for_me: Annotated[
        bool, Field(description="Only those that the caller's approval is asked for")
    ] = False,
    status: Annotated[
        Literal["pending", "approved", "rejected", "expired", "withdrawn"] | None,
        Field(description="Only in this state"),
    ] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[PlanSummary]:
    """List the caller's plans, and those of others that wait for the caller's approval."""
    moment = now()
    waiting = (Plan.status == "pending") & (Plan.expires_at >= moment)
    rows = await ctx.session.scalars(
        select(Plan)
        .where((Plan.user_id == ctx.caller.user_id) | waiting)
        .order_by(Plan.created_at.desc(), Plan.id)
        .limit(MOST_PLANS)
    )
    seen = [row for row in rows if concerns(row, ctx.entitlements, moment)]
    people = await everybody(ctx.session)
    wanted_state = [row for row in seen if status in (None, state_of(row, moment))]
    told = [await _plan(ctx, row, people) for row in wanted_state]
    wanted = [one for one in told if one.may_approve or not waiting_for_me]
    start = offset_of(cursor)
    return page(wanted[start : start + limit], len(wanted), cursor)


@operation(
    "assistant.suggest_prompts",
    permission="assistant.read",
    own=True,
    agent=False,
    examples=("What can I ask?",),
)
async def suggest_prompts(ctx: Context) -> Prompts:
    """Suggest requests that make sense for what this caller can see."""
    sources = list(
        await ctx.session.scalars(
            select(Source).order_by(Source.scanned_at.is_(None).desc(), Source.name)
        )
    )
    if not sources:
        return Prompts(
            items=[
                "What can you do?",
                "Which kinds of sources can I connect?",
                "Register /path/to/database.sqlite, scan it for personal data",
            ]
        )
    first = sources[-1].name
    unscanned = [source.name for source in sources if source.scanned_at is None]
    return Prompts(
        items=[
            *([f"Scan {unscanned[0]} for personal data"] if unscanned else []),
            "Which columns hold personal data, and which of them does no rule cover?",
            f"Is {first} compliant with GDPR, and why not?",
            "Which tables have no owner?",
            "What happened today?",
        ]
    )


async def _find(session: AsyncSession, conversation_id: str) -> Conversation:
    row = await session.scalar(select(Conversation).where(Conversation.id == conversation_id))
    if row is None:
        raise ChooseAnother(
            f"You have no conversation '{conversation_id}'.",
            "assistant.list_conversations shows yours.",
            field="conversation_id",
        )
    return row


async def _plan(ctx: Context, plan: Plan, people: Sequence[Entitlements]) -> PlanSummary:
    requester = await ctx.session.get_one(User, plan.user_id)
    approval = await approval_of(ctx.session, plan, ctx.entitlements, now(), people)
    pending = approval.state == "pending"
    return PlanSummary(
        id=plan.id,
        title=plan.title,
        status=approval.state,
        requester=requester.name,
        steps=len(plan.steps),
        created_at=plan.created_at,
        expires_at=plan.expires_at,
        waits_for=[one.who for one in approval.needs if pending and one.given < one.wanted],
        may_approve=approval.may_approve,
        execution_id=plan.execution_id,
    )


async def _rated(ctx: Context, conversation_id: str) -> dict[str, Rated]:
    """What the caller thought of a conversation's answers, by run."""
    user = ctx.caller.user_id
    lesson = (Memory.text == Run.message) & (Memory.kind == "lesson") & (Memory.user_id == user)
    rows = await ctx.session.execute(
        select(Feedback.run_id, Feedback.rating, Feedback.comment, Memory.meant)
        .join(Run, Run.id == Feedback.run_id)
        .outerjoin(Memory, lesson)
        .where(Run.conversation_id == conversation_id, Feedback.user_id == user)
    )
    return {row.run_id: Rated.model_validate(row) for row in rows}


def _turn(run: Run, rated: Rated | None) -> RunSummary:
    turn = RunSummary.model_validate(run).model_copy(update={"feedback": rated})
    return turn.model_copy(update={"message": None}) if run.kind == "execution" else turn


async def _summary(session: AsyncSession, row: Conversation) -> ConversationSummary:
    live = await session.scalar(
        select(Run.status).where(Run.conversation_id == row.id, Run.status.in_(LIVE)).limit(1)
    )
    return ConversationSummary(
        id=row.id,
        title=row.title,
        status=live or "idle",
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
