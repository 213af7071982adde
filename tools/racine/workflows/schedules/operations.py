"""The operations on schedules. What is due is found and started by `runner.py`."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr
from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.compliance.rules import SEVERITIES
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.database import new_id, now
from tools.errors import ChooseAnother, CorrectInput, LookAgain, nearest
from tools.operation import Effect, operation
from tools.racine.workflows.schedules.events import KINDS, narrowing
from tools.racine.workflows.schedules.runner import first_state
from tools.racine.workflows.schedules.tables import Schedule, ScheduleRun, ScheduleState
from tools.racine.workflows.schedules.timing import upcoming, zone
from tools.racine.workflows.schedules.types import (
    NewSchedule,
    ScheduleDetail,
    ScheduleRunDetail,
    Unscheduled,
)
from tools.racine.workflows.tables import Workflow
from tools.racine.workflows.versions import find_workflow
from tools.rbac.tables import User
from tools.values import Cursor, Limit, Page, page, paged

WEBHOOKS = "/api/racine/workflows/webhooks"
SHOWN_TIMES = 5
WorkflowRef = Annotated[str, Field(max_length=200, description="A workflow's name or id")]
ScheduleRef = Annotated[str, Field(max_length=200, description="A schedule's name or id")]


@operation(
    "workflows.schedule",
    permission="workflows.write",
    effect=Effect.WRITE,
    path="POST /schedule",
    examples=(
        "Run the workflow weekly-sweep every Monday at six, Berlin time",
        "Run the workflow triage whenever a finding is opened",
    ),
)
async def schedule(
    ctx: Context,
    workflow: WorkflowRef,
    name: Annotated[
        str | None,
        Field(min_length=1, max_length=200, description="Its name; the workflow's if not given"),
    ] = None,
    cron: Annotated[
        str | None,
        Field(max_length=120, description="Minute, hour, day, month, weekday: '0 6 * * 1'"),
    ] = None,
    timezone: Annotated[
        str, Field(max_length=60, description="The IANA time zone of 'cron', as Europe/Berlin")
    ] = "UTC",
    event: Annotated[
        str | None,
        Field(max_length=60, description=f"Start on an event: {', '.join(KINDS)}"),
    ] = None,
    webhook: Annotated[
        bool, Field(description="Start on a signed CloudEvent; the secret is shown this once")
    ] = False,
    where: Annotated[
        dict[str, str] | None,
        Field(
            description="Only on events with these fields: source, operation, by; of findings "
            "severity and rule, of classifications label and status, of a scan its status, of "
            "access the role: {'source': 'crm', 'severity': 'critical'}"
        ),
    ] = None,
    missed: Annotated[
        Literal["skip", "once", "all"],
        Field(description="What is done about times that nothing ran at"),
    ] = "once",
    overlap: Annotated[
        Literal["skip", "queue"],
        Field(description="What is done while its last execution is still under way"),
    ] = "skip",
) -> NewSchedule:
    """Start a workflow by the clock, on an event, or on a webhook, with the caller's rights."""
    found = await find_workflow(ctx.session, workflow)
    if sum([cron is not None, event is not None, webhook]) != 1:
        raise CorrectInput(
            "A schedule starts by the clock, on an event or on a webhook: one of them.",
            "Give either 'cron', or 'event', or 'webhook'.",
            field="cron",
        )
    zone(timezone)
    if event is not None and event not in KINDS:
        raise ChooseAnother(
            f"There is no event '{event}'.", nearest(event, list(KINDS)), field="event"
        )
    where = await _narrowed(ctx.session, where or {}, event, cron)
    name = name or found.name
    if await ctx.session.scalar(select(Schedule.id).where(Schedule.name == name)):
        raise LookAgain(
            f"There is already a schedule '{name}'.", "Give another name.", field="name"
        )
    secret = f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}" if webhook else None
    row = Schedule(
        id=new_id("sch"),
        name=name,
        workflow_id=found.id,
        user_id=ctx.caller.user_id,
        plan_id=ctx.caller.plan_id,
        cron=cron,
        timezone=timezone,
        event=event,
        where=where,
        secret=ctx.services.secret_box.seal(secret) if secret else None,
        missed=missed,
        overlap=overlap,
        created_by=ctx.entitlements.user_name,
    )
    ctx.session.add(row)
    await ctx.session.flush()
    ctx.session.add(await first_state(ctx.session, row, now()))
    await ctx.session.flush()
    (told,) = await details(ctx.session, [row])
    return NewSchedule(**told.model_dump(), secret=SecretStr(secret) if secret else None)


@operation(
    "workflows.unschedule",
    permission="workflows.write",
    effect=Effect.WRITE,
    path="POST /unschedule",
    examples=("Don't run the workflow weekly-sweep on a schedule any more",),
)
async def unschedule(ctx: Context, schedule: ScheduleRef) -> Unscheduled:
    """Delete a schedule; what it has started goes on, and stays."""
    found = await _find(ctx.session, schedule)
    runs = await ctx.session.scalar(
        select(func.count()).select_from(ScheduleRun).where(ScheduleRun.schedule_id == found.id)
    )
    await ctx.session.delete(found)
    await ctx.session.flush()
    return Unscheduled(id=found.id, name=found.name, runs=runs or 0)


@operation(
    "workflows.schedules",
    permission="workflows.read",
    path="GET /schedules",
    examples=("Which workflows run on a schedule?", "When does weekly-sweep run next?"),
)
async def schedules(
    ctx: Context,
    workflow: Annotated[
        str | None, Field(max_length=200, description="Only of this workflow")
    ] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[ScheduleDetail]:
    """List the schedules: what starts which workflow, when next, and how it went last."""
    query = select(Schedule).order_by(Schedule.name)
    if workflow is not None:
        found = await find_workflow(ctx.session, workflow)
        query = query.where(Schedule.workflow_id == found.id)
    rows, total = await paged(ctx.session, query, limit, cursor)
    return page(await details(ctx.session, rows), total, cursor)


@operation(
    "workflows.schedule_runs",
    permission="workflows.read",
    path="GET /schedule-runs",
    examples=("When did the schedule weekly-sweep run, and what came of it?",),
)
async def schedule_runs(
    ctx: Context, schedule: ScheduleRef, limit: Limit = 50, cursor: Cursor = None
) -> Page[ScheduleRunDetail]:
    """List the times that a schedule was due, the last first: started, skipped, missed, failed."""
    found = await _find(ctx.session, schedule)
    query = (
        select(ScheduleRun)
        .where(ScheduleRun.schedule_id == found.id)
        .order_by(ScheduleRun.at.desc(), ScheduleRun.id)
    )
    rows, total = await paged(ctx.session, query, limit, cursor)
    return page([ScheduleRunDetail.model_validate(row) for row in rows], total, cursor)


async def _narrowed(
    session: AsyncSession, where: dict[str, str], event: str | None, cron: str | None
) -> dict[str, str]:
    """What narrows an event, with names as they are written; a message may have any field.

    Raises:
        ChooseAnother: the event has no such field, or the field never that value.
        CorrectInput: there is no event to narrow.
    """
    if cron is not None and where:
        raise CorrectInput(
            "By the clock there is no event to narrow.", "Leave 'where' out.", field="where"
        )
    if event is None:
        return where
    for name in where:
        if name not in (known := narrowing(event)):
            raise ChooseAnother(
                f"The event {event} can't be narrowed by '{name}'.",
                nearest(name, known),
                field="where",
            )
    narrowed = dict(where)
    if "source" in where and event != "source.registered":
        narrowed["source"] = (await find_source(session, where["source"])).name
    if "severity" in where:
        narrowed["severity"] = where["severity"].lower()
        if narrowed["severity"] not in SEVERITIES:
            raise ChooseAnother(
                f"There is no severity '{where['severity']}'.",
                f"Use one of: {', '.join(SEVERITIES)}.",
                field="where",
            )
    return narrowed


async def _find(session: AsyncSession, reference: str) -> Schedule:
    found = await session.scalar(
        select(Schedule).where(or_(Schedule.id == reference, Schedule.name == reference))
    )
    if found is None:
        names = list(await session.scalars(select(Schedule.name)))
        raise ChooseAnother(
            f"There is no schedule '{reference}'.", nearest(reference, names), field="schedule"
        )
    return found


async def details(session: AsyncSession, rows: Sequence[Schedule]) -> list[ScheduleDetail]:
    ids = [row.id for row in rows]
    states = {
        one.schedule_id: one.next_at
        for one in await session.scalars(
            select(ScheduleState).where(ScheduleState.schedule_id.in_(ids))
        )
    }
    workflows = await _names(session, Workflow, [row.workflow_id for row in rows])
    people = await _names(session, User, [row.user_id for row in rows])
    return [await _detail(session, row, states.get(row.id), workflows, people) for row in rows]


async def _detail(
    session: AsyncSession,
    row: Schedule,
    next_at: datetime | None,
    workflows: dict[str, str],
    people: dict[str, str],
) -> ScheduleDetail:
    runs = select(ScheduleRun).where(ScheduleRun.schedule_id == row.id)
    last = await session.scalar(runs.order_by(ScheduleRun.at.desc()).limit(1))
    total = await session.scalar(select(func.count()).select_from(runs.subquery()))
    local = next_at.astimezone(zone(row.timezone)) if next_at else None
    return ScheduleDetail(
        **{
            field: getattr(row, field)
            for field in ScheduleDetail.model_fields
            if hasattr(row, field)
        },
        workflow=workflows[row.workflow_id],
        runs_as=people[row.user_id],
        webhook=f"{WEBHOOKS}/{row.id}" if row.secret else None,
        next_at=next_at,
        next_local=local.isoformat() if local else None,
        upcoming=upcoming(row.cron, row.timezone, now(), SHOWN_TIMES) if row.cron else [],
        runs=total or 0,
        last_at=last.at if last else None,
        last_outcome=last.outcome if last else None,
        last_execution_id=last.execution_id if last else None,
    )


async def _names(session: AsyncSession, table: Any, ids: Sequence[str]) -> dict[str, str]:
    rows = await session.execute(select(table.id, table.name).where(table.id.in_(ids)))
    return {row[0]: row[1] for row in rows}
