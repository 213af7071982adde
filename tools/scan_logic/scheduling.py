"""Scans on a schedule: a workflow of one step, started as `workflows.schedule` starts any other.

The right to scan the source decides; what is started runs under the rights of who scheduled it.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.context import Context
from tools.data_sources.sources import find_source
from tools.data_sources.tables import Source
from tools.database import new_id, now
from tools.errors import BeMoreExact, ChooseAnother, CorrectInput, LookAgain, nearest
from tools.operation import Effect, operation
from tools.racine.workflows.definitions import save_new
from tools.racine.workflows.schedules.events import KINDS
from tools.racine.workflows.schedules.operations import details
from tools.racine.workflows.schedules.runner import first_state
from tools.racine.workflows.schedules.tables import Schedule, ScheduleRun
from tools.racine.workflows.schedules.timing import zone
from tools.racine.workflows.tables import Workflow
from tools.racine.workflows.versions import drop, users_of
from tools.scan_logic.operations import Assets, Incremental, RuleSetName, SampleSize
from tools.scan_logic.planning import relations_of
from tools.scan_logic.tables import ScanSchedule
from tools.scan_logic.types import ScanScheduleDetail, ScanUnscheduled
from tools.scan_rule_sets.operations import DEFAULT, find_rule_set
from tools.scan_rule_sets.tables import ScanRuleSet
from tools.steps import Step
from tools.values import Cursor, Limit, Page, SourceRef, page, paged

SCAN = "scan_logic.start_scan"


@operation(
    "scan_logic.schedule_scan",
    permission="scan_logic.write",
    effect=Effect.WRITE,
    target="source",
    examples=(
        "Scan crm every Monday at 6 in Berlin",
        "Scan pagila every night at two",
        "Scan crm whenever its schema changes",
    ),
)
async def schedule_scan(
    ctx: Context,
    source: SourceRef,
    cron: Annotated[
        str | None,
        Field(max_length=120, description="Minute, hour, day, month, weekday: '0 6 * * 1'"),
    ] = None,
    timezone: Annotated[
        str, Field(max_length=60, description="The IANA time zone of 'cron', as Europe/Berlin")
    ] = "UTC",
    event: Annotated[
        str | None,
        Field(max_length=60, description="Instead of 'cron': an event of it, as schema.changed"),
    ] = None,
    rule_set: RuleSetName = DEFAULT,
    assets: Assets = None,
    sample_size: SampleSize = None,
    incremental: Incremental = True,
    name: Annotated[
        str | None,
        Field(min_length=1, max_length=200, description="Its name; 'scan of SOURCE' if not given"),
    ] = None,
) -> ScanScheduleDetail:
    """Scan a source by the clock or on an event, as a rule only what has changed since."""
    found = await find_source(ctx.session, source)
    rules = await find_rule_set(ctx.session, rule_set)
    if (cron is None) == (event is None):
        raise CorrectInput(
            "A scan is scheduled by the clock or on an event: one of them.",
            "Give either 'cron', such as '0 6 * * 1', or 'event', such as schema.changed.",
            field="cron",
        )
    zone(timezone)
    if event is not None and event not in KINDS:
        raise ChooseAnother(
            f"There is no event '{event}'.", nearest(event, list(KINDS)), field="event"
        )
    name = name or f"scan of {found.name}"
    for table in (Schedule, Workflow):
        if await ctx.session.scalar(select(table.id).where(table.name == name)):
            raise LookAgain(
                f"There is already a {table.__name__.lower()} '{name}'.",
                "Give another name, or take that one away first (scan_logic.unschedule_scan).",
                field="name",
            )
    chosen = await relations_of(ctx.session, found, assets) if assets else []
    arguments = {
        "source": found.id,
        "rule_set": rules.id,
        "assets": [one.asset.id for one in chosen] or None,
        "sample_size": sample_size,
        "incremental": incremental,
    }
    step = Step(
        id="scan",
        operation=SCAN,
        arguments={key: value for key, value in arguments.items() if value is not None},
    )
    workflow = await save_new(ctx, name, [step], f"Scans {found.name}.", None, "scheduled")
    row = Schedule(
        id=new_id("sch"),
        name=name,
        workflow_id=workflow.id,
        user_id=ctx.caller.user_id,
        plan_id=ctx.caller.plan_id,
        cron=cron,
        timezone=timezone,
        event=event,
        where={"source": found.name} if event else {},
        created_by=ctx.entitlements.user_name,
    )
    ctx.session.add(row)
    await ctx.session.flush()
    ctx.session.add(await first_state(ctx.session, row, now()))
    kept = ScanSchedule(id=row.id, source_id=found.id, workflow_id=workflow.id)
    ctx.session.add(kept)
    await ctx.session.flush()
    (told,) = await _told(ctx, [kept])
    return told


@operation(
    "scan_logic.unschedule_scan",
    permission="scan_logic.write",
    effect=Effect.WRITE,
    target="source",
    examples=("Unschedule the scans of crm", "Delete the scan schedule of pagila"),
)
async def unschedule_scan(
    ctx: Context,
    source: SourceRef,
    name: Annotated[
        str | None,
        Field(max_length=200, description="Which of its schedules, by name or id, if several"),
    ] = None,
) -> ScanUnscheduled:
    """Take a schedule of scans away; what it has started goes on, and stays."""
    found = await find_source(ctx.session, source)
    query = select(ScanSchedule).where(ScanSchedule.source_id == found.id)
    rows = {one.id: one for one in await ctx.session.scalars(query)}
    every = list(await ctx.session.scalars(select(Schedule).where(Schedule.id.in_(rows))))
    fitting = [one for one in every if name is None or name in (one.id, one.name)]
    names = sorted(one.name for one in every)
    if not fitting:
        raise ChooseAnother(
            f"'{found.name}' has no schedule '{name}'."
            if name
            else f"'{found.name}' is not scanned on a schedule.",
            nearest(name or "", names),
            field="name",
        )
    if len(fitting) > 1:
        raise BeMoreExact(
            f"'{found.name}' has {len(names)} schedules: {', '.join(names[:8])}.",
            "Name one of them.",
            field="name",
        )
    (schedule,) = fitting
    runs = select(func.count()).select_from(ScheduleRun)
    number = await ctx.session.scalar(runs.where(ScheduleRun.schedule_id == schedule.id))
    await take_away(ctx.session, rows[schedule.id])
    return ScanUnscheduled(id=schedule.id, name=schedule.name, source=found.name, runs=number or 0)


@operation(
    "scan_logic.list_scan_schedules",
    permission="scan_logic.read",
    examples=(
        "Which sources are scanned on a schedule?",
        "Which scans are scheduled?",
        "List the scan schedules",
    ),
)
async def list_scan_schedules(
    ctx: Context,
    source: Annotated[str | None, Field(description="Only of this source")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[ScanScheduleDetail]:
    """List what is scanned on a schedule: when next, by which rules, and how it went last."""
    query = (
        select(ScanSchedule).join(Schedule, Schedule.id == ScanSchedule.id).order_by(Schedule.name)
    )
    if source:
        found = await find_source(ctx.session, source)
        query = query.where(ScanSchedule.source_id == found.id)
    rows, total = await paged(ctx.session, query, limit, cursor)
    return page(await _told(ctx, rows), total, cursor)


async def take_away(session: AsyncSession, row: ScanSchedule) -> None:
    """Delete a schedule of scans, and its workflow unless something else uses it."""
    schedule = await session.get_one(Schedule, row.id)
    workflow = await session.get_one(Workflow, row.workflow_id)
    for one in (row, schedule):
        await session.delete(one)
        await session.flush()
    if not await users_of(session, workflow):
        await drop(session, workflow)


async def _told(ctx: Context, rows: list[ScanSchedule]) -> list[ScanScheduleDetail]:
    schedules = {
        one.id: one
        for one in await ctx.session.scalars(
            select(Schedule).where(Schedule.id.in_([row.id for row in rows]))
        )
    }
    told = []
    for row in rows:
        schedule = schedules[row.id]
        (detail,) = await details(ctx.session, [schedule])
        source = await ctx.session.get_one(Source, row.source_id)
        workflow = await ctx.session.get_one(Workflow, schedule.workflow_id)
        scans = next((one for one in workflow.steps if one["operation"] == SCAN), {})
        arguments = scans.get("arguments", {})
        rules = await ctx.session.get(ScanRuleSet, str(arguments.get("rule_set", "")))
        facts = {field: getattr(detail, field, None) for field in ScanScheduleDetail.model_fields}
        told.append(
            ScanScheduleDetail.model_validate(
                facts
                | {
                    "source_id": source.id,
                    "source": source.name,
                    "rule_set": rules.name if rules is not None else DEFAULT,
                    "incremental": bool(arguments.get("incremental", False)),
                }
            )
        )
    return told
