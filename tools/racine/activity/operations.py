"""The operations of activity: searching the log of invocations, verifying it, undoing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from tools import audit
from tools.audit import ActivityRow, as_change
from tools.changes import Change, ChangeRow, published, undo
from tools.context import Context
from tools.errors import ChooseAnother, CorrectInput, LookAgain
from tools.operation import Effect, operation
from tools.racine.activity.types import (
    ActivityDetail,
    ActivityEntry,
    ActivityPage,
    AuditVerification,
    Undone,
)
from tools.racine.workflows.executions import here
from tools.racine.workflows.tables import Execution, ExecutionStep
from tools.racine.workflows.types import ExecutionStatus
from tools.rbac.people import find_user
from tools.summary import summarize
from tools.values import Cursor, Limit, page, paged

ActivityRef = Annotated[str, Field(max_length=60, description="An activity's id, or 'latest'")]
Undoable = Annotated[
    str,
    Field(max_length=60, description="An activity's or an execution's id, or one's own 'latest'"),
]
DAYS = 200
CHANGES = 15
Moment = Annotated[str | None, Field(max_length=40, description="A date or time, ISO 8601, UTC")]


@operation(
    "activity.search",
    permission="activity.read",
    examples=("What happened today?", "What did Dana change last week?", "Who scanned crm?"),
)
async def search(
    ctx: Context,
    user: Annotated[str | None, Field(description="Only by this person")] = None,
    operation: Annotated[
        str | None, Field(description="Only this operation, or this group's, such as catalog")
    ] = None,
    asset: Annotated[str | None, Field(description="Only what touched this name")] = None,
    effect: Annotated[
        Literal["read", "write", "destroy"] | None, Field(description="Only of this effect")
    ] = None,
    outcome: Annotated[
        Literal["done", "refused", "failed"] | None, Field(description="Only with this outcome")
    ] = None,
    since: Moment = None,
    until: Moment = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ActivityPage:
    """Search what was done: by whom, when, on what, and whether it was allowed."""
    conditions: list[ColumnElement[bool]] = []
    if user:
        person = await find_user(ctx.session, user)
        conditions.append(ActivityRow.user_id == person.id)
    if operation:
        conditions.append(
            or_(
                ActivityRow.operation == operation,
                ActivityRow.operation.startswith(f"{operation}.", autoescape=True),
            )
        )
    if asset:
        touched = select(ChangeRow.activity_id).where(
            func.lower(ChangeRow.label).contains(asset.lower(), autoescape=True)
        )
        conditions.append(ActivityRow.id.in_(touched))
    if effect:
        conditions.append(ActivityRow.effect == effect)
    if outcome:
        conditions.append(ActivityRow.outcome == outcome)
    if since:
        conditions.append(ActivityRow.at >= _moment(since, "since"))
    if until:
        conditions.append(ActivityRow.at < _moment(until, "until", end=True))
    query = select(ActivityRow).where(*conditions).order_by(ActivityRow.sequence.desc())
    rows, total = await paged(ctx.session, query, limit, cursor)
    listed = page([_entry(row) for row in rows], total, cursor)
    changing = query.where(ActivityRow.effect != Effect.READ.value).limit(CHANGES)
    changes = () if cursor else await ctx.session.scalars(changing)
    return ActivityPage(
        **dict(listed),
        changes=[_entry(row) for row in changes],
        by_operation=await _counts(ctx.session, ActivityRow.operation, conditions),
        by_user=await _counts(ctx.session, ActivityRow.user_name, conditions),
        by_day=await _days(ctx.session, conditions),
    )


@operation(
    "activity.get",
    permission="activity.read",
    examples=("Show activity act_12ab", "What exactly did that change?"),
)
async def get(ctx: Context, activity: ActivityRef) -> ActivityDetail:
    """Show one invocation with the records that it changed, before and after."""
    row = await _find(ctx.session, activity)
    changes = await ctx.session.scalars(
        select(ChangeRow)
        .where(ChangeRow.activity_id == row.id)
        .order_by(ChangeRow.sequence)
        .limit(200)
    )
    return ActivityDetail(
        **_entry(row).model_dump(),
        changed=[published(as_change(change)) for change in changes],
    )


@operation(
    "activity.verify_audit_trail",
    permission="activity.read",
    timeout=300,
    examples=("Is the audit trail intact?", "Verify the audit log"),
)
async def verify_audit_trail(ctx: Context) -> AuditVerification:
    """Verify the audit trail: recompute every hash, and find any row altered, removed or put in."""
    outcome = await audit.verify(ctx.session)
    return AuditVerification(
        intact=outcome.broken_at is None,
        checked=outcome.checked,
        head=outcome.head,
        broken_at=outcome.broken_at,
        reason=outcome.reason,
    )


@operation(
    "activity.undo",
    permission="activity.write",
    effect=Effect.WRITE,
    pinned=("activity", "activity"),
    examples=("Undo that", "Undo act_12ab", "Take back the last change"),
)
async def undo_activity(ctx: Context, activity: Undoable) -> Undone:
    """Put back what an invocation changed; refused where something later depends on it.

    The latest is the last change in this conversation, or else the caller's own last one; where a
    plan or workflow made it, all that its execution changed is put back.
    """
    row: ActivityRow | None = None
    if activity == "latest":
        row = await _latest_change(ctx)
        execution = await _execution_of(ctx.session, row)
    else:
        execution = await ctx.session.get(Execution, activity)
    if execution is not None:
        return await _undo_execution(ctx, execution.id)
    row = row or await _find(ctx.session, activity)
    if row.effect == Effect.DESTROY:
        raise LookAgain(
            f"{row.operation} destroys, and can't be undone.",
            "activity.get shows what it removed, to put it in again.",
        )
    changes = await _changes_of(ctx.session, [row.id])
    if not changes:
        raise LookAgain(
            f"{row.operation} changed nothing here.", "What it did outside is undone there."
        )
    ctx.session.expunge_all()
    await undo(ctx.session, changes, f"{row.operation} of {row.at:%Y-%m-%d %H:%M} UTC")
    return Undone(
        activity=row.id,
        operation=row.operation,
        operations=[row.operation],
        records=len(changes),
        summary=summarize(changes, undone=True),
    )


async def _undo_execution(ctx: Context, execution_id: str) -> Undone:
    done = ExecutionStatus.model_validate(
        await ctx.invoke("workflows.undo", execution_id=execution_id)
    )
    steps = [one for one in done.steps if one.status == "undone"]
    changes = await _changes_of(ctx.session, [one.activity_id or "" for one in steps])
    return Undone(
        activity=done.id,
        operation="workflows.undo",
        operations=sorted({one.operation for one in steps}),
        records=len(changes),
        summary=summarize(changes, undone=True),
    )


async def _changes_of(session: AsyncSession, activities: Sequence[str]) -> list[Change]:
    rows = await session.scalars(
        select(ChangeRow).where(ChangeRow.activity_id.in_(activities)).order_by(ChangeRow.sequence)
    )
    return [as_change(change) for change in rows]


async def _latest_change(ctx: Context) -> ActivityRow:
    """The last change that can be undone: of this conversation, or else of the caller."""
    query = (
        select(ActivityRow)
        .where(
            ActivityRow.channel != "system",
            ActivityRow.change_count > 0,
            ActivityRow.effect != "destroy",
            ActivityRow.id.not_in(
                select(ExecutionStep.activity_id).where(
                    ExecutionStep.status == "undone", ExecutionStep.activity_id.is_not(None)
                )
            ),
        )
        .order_by(ActivityRow.sequence.desc())
        .limit(1)
    )
    runs = select(Execution.run_id).where(Execution.conversation_id.in_(here(ctx)))
    found = await ctx.session.scalar(query.where(ActivityRow.run_id.in_(runs)))
    found = found or await ctx.session.scalar(
        query.where(ActivityRow.user_id == ctx.caller.user_id)
    )
    if found is None:
        raise ChooseAnother(
            "You have changed nothing that could be undone.",
            "activity.search shows what others did; undo it by its id.",
            field="activity",
        )
    return found


async def _execution_of(session: AsyncSession, row: ActivityRow) -> Execution | None:
    if row.channel != "workflow" or row.run_id is None:
        return None
    found: Execution | None = await session.scalar(
        select(Execution).where(or_(Execution.run_id == row.run_id, Execution.id == row.run_id))
    )
    return found


async def _find(session: AsyncSession, reference: str) -> ActivityRow:
    query = select(ActivityRow).order_by(ActivityRow.sequence.desc()).limit(1)
    if reference != "latest":
        query = query.where(ActivityRow.id == reference)
    else:  # nobody means what the system wrote down by itself
        query = query.where(ActivityRow.channel != "system")
    row = await session.scalar(query)
    if row is None:
        raise ChooseAnother(
            f"There is no activity '{reference}'.",
            "activity.search shows their ids.",
            field="activity",
        )
    return row


def _entry(row: ActivityRow) -> ActivityEntry:
    facts = {field: getattr(row, field, None) for field in ActivityEntry.model_fields}
    return ActivityEntry.model_validate(
        facts | {"user": row.user_name, "changes": row.change_count}
    )


async def _counts(
    session: AsyncSession, column: InstrumentedAttribute[str], conditions: list[ColumnElement[bool]]
) -> dict[str, int]:
    rows = await session.execute(
        select(column, func.count())
        .where(*conditions)
        .group_by(column)
        .order_by(func.count().desc(), column)
        .limit(20)
    )
    return {row[0]: row[1] for row in rows}


async def _days(session: AsyncSession, conditions: list[ColumnElement[bool]]) -> dict[str, int]:
    """How many on each of the last days on which there were any, the newest first."""
    day = func.date(ActivityRow.at)
    rows = await session.execute(
        select(day, func.count()).where(*conditions).group_by(day).order_by(day.desc()).limit(DAYS)
    )
    return {str(row[0]): row[1] for row in rows}


def _moment(text: str, field: str, *, end: bool = False) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CorrectInput(
            f"'{field}' is not a date or time.",
            "Write it as 2026-11-22 or 2026-11-22T14:00:00Z.",
            field=field,
        ) from None
    if end and len(text) == 10:
        moment += timedelta(days=1)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
