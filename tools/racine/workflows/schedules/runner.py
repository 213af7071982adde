"""Starts what is due, exactly once, in however many processes it runs.

A time, an event or a message becomes a row of `schedule_runs`, whose key is unique, in the same
transaction that moves the schedule on. What the row stands for is then started through the kernel,
under an idempotency key, as the person who made the schedule: whoever dies in between, the next
to look goes on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

import structlog
from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from tools.audit import ActivityRow
from tools.changes import NEWEST, ChangeRow
from tools.context import Caller
from tools.data_sources.tables import Source
from tools.database import new_id, now
from tools.errors import RacineError, TryLater
from tools.grants import load_entitlements
from tools.racine.workflows.ledger import ENDED
from tools.racine.workflows.schedules.events import KINDS, OF_ALL, concerns, data_of, fits
from tools.racine.workflows.schedules.tables import Schedule, ScheduleRun, ScheduleState
from tools.racine.workflows.schedules.timing import Missed, due, first_time
from tools.racine.workflows.tables import Execution

if TYPE_CHECKING:
    from tools.invoke import Kernel

log = structlog.get_logger(__name__)
LOOKS_EVERY = 5.0
ACTIVITIES_AT_ONCE = 50
DEEPEST = 5


class Runner:
    """Starts executions by the clock, by events and by messages.

    Args:
        clock: what time it is.
    """

    def __init__(self, kernel: Kernel, clock: Callable[[], datetime] = now) -> None:
        self._kernel, self._clock = kernel, clock
        self._poked = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Look from now on, whenever something has changed or a time has come."""
        self._kernel.after_commit.append(self.poke)
        self._task = asyncio.create_task(self._live())

    async def stop(self) -> None:
        """Stop looking."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    def poke(self) -> None:
        """Something may be due."""
        self._poked.set()

    async def look(self) -> int:
        """Start all that is due; how many executions that were."""
        moment = self._clock()
        await self._adopt()
        async with self._kernel.database.reading() as session:
            timed = list(
                await session.scalars(
                    select(ScheduleState.schedule_id).where(ScheduleState.next_at <= moment)
                )
            )
            waiting = list(
                await session.scalars(select(Schedule.id).where(Schedule.event.is_not(None)))
            )
        for schedule_id in timed:
            await self._claim(schedule_id, self._by_the_clock)
        for schedule_id in waiting:
            while await self._claim(schedule_id, self._by_events):
                pass
        async with self._kernel.database.reading() as session:
            unstarted = list(
                await session.scalars(
                    select(ScheduleRun.id)
                    .where(ScheduleRun.outcome == "due")
                    .order_by(ScheduleRun.at, ScheduleRun.id)
                )
            )
        return sum([await self._begin(run_id) for run_id in unstarted])

    # ---- what is due ------------------------------------------------------------------------

    async def _adopt(self) -> None:
        """Give a state to schedules that have none: an undo has brought them back."""
        known = select(ScheduleState.schedule_id)
        query = select(Schedule).where(Schedule.id.not_in(known))
        async with self._kernel.database.reading() as session:
            if await session.scalar(query) is None:
                return
        async with self._kernel.database.writing() as session:
            for schedule in await session.scalars(query):
                session.add(await first_state(session, schedule, self._clock()))

    async def _claim(self, schedule_id: str, find: Any) -> bool:
        """Write down what is due, and move the schedule on; whether there may be more."""
        try:
            async with self._kernel.database.writing() as session:
                state = await session.scalar(
                    select(ScheduleState)
                    .where(ScheduleState.schedule_id == schedule_id)
                    .with_for_update()
                )
                schedule = await session.get(Schedule, schedule_id)
                if state is None or schedule is None:
                    return False
                more: bool = await find(session, schedule, state)
                return more
        except IntegrityError:  # another process wrote the same run down
            return False
        except RacineError:  # one that can't be told the time must not keep the others from it
            log.exception("a schedule could not be looked at", schedule=schedule_id)
            return False

    async def _by_the_clock(
        self, session: AsyncSession, schedule: Schedule, state: ScheduleState
    ) -> bool:
        moment = self._clock()
        if schedule.cron is None or state.next_at is None:
            return False
        missed = cast(Missed, schedule.missed)
        found = due(schedule.cron, schedule.timezone, missed, state.next_at, moment)
        state.next_at = found.next_at
        if found.passed_over:
            told = f"{found.passed_over} times were missed"
            session.add(_run(schedule, f"missed:{moment.isoformat()}", moment, "missed", told))
        for at in found.run:
            session.add(_run(schedule, at.isoformat(), at, "due"))
        return False

    async def _by_events(
        self, session: AsyncSession, schedule: Schedule, state: ScheduleState
    ) -> bool:
        kind = KINDS[schedule.event or ""]
        rows = await session.execute(
            select(ChangeRow.activity_id, func.max(ChangeRow.sequence))
            .where(ChangeRow.sequence > state.position, ChangeRow.table == kind.table)
            .group_by(ChangeRow.activity_id)
            .order_by(func.max(ChangeRow.sequence))
            .limit(ACTIVITIES_AT_ONCE)
        )
        latest = {row[0]: row[1] for row in rows}
        for activity_id in latest:
            await self._event(session, schedule, activity_id)
        if latest:
            state.position = max(latest.values())
        return len(latest) == ACTIVITIES_AT_ONCE

    async def _event(self, session: AsyncSession, schedule: Schedule, activity_id: str) -> None:
        kind = KINDS[schedule.event or ""]
        changes = [
            one
            for one in await session.scalars(
                select(ChangeRow)
                .where(ChangeRow.activity_id == activity_id, ChangeRow.table == kind.table)
                .order_by(ChangeRow.sequence)
            )
            if kind.made_by(one) and concerns(schedule.event or "", schedule.where, one)
        ]
        visible = await self._visible(session, schedule, changes)
        activity = await session.scalar(select(ActivityRow).where(ActivityRow.id == activity_id))
        if not visible or activity is None:
            return
        before = await self._caused_by(session, activity)
        by_source: dict[str | None, list[ChangeRow]] = {}
        for one in visible:
            by_source.setdefault(one.source_id, []).append(one)
        where = {name: value for name, value in schedule.where.items() if name in OF_ALL}
        for source_id, of_it in by_source.items():
            source = await session.get(Source, source_id) if source_id else None
            event = data_of(schedule.event or "", activity, of_it, source.name if source else None)
            if not fits(where, event):
                continue
            run = _run(
                schedule, f"{_of_activity(activity_id)}{source_id or ''}", activity.at, "due"
            )
            run.event, run.depth = event, before.depth + 1 if before else 0
            if before is not None and before.schedule_id == schedule.id:
                run.outcome = "skipped"
                run.detail = "an execution of this schedule itself caused it"
            elif run.depth > DEEPEST:
                run.outcome = "skipped"
                run.detail = f"events of executions of events, more than {DEEPEST} deep, end here"
            session.add(run)

    async def _visible(
        self, session: AsyncSession, schedule: Schedule, changes: Sequence[ChangeRow]
    ) -> list[ChangeRow]:
        """The changes of which the schedule's owner may know."""
        owner = await load_entitlements(session, schedule.user_id)
        if owner is None:
            return []
        held = owner.decide(KINDS[schedule.event or ""].permission)
        return [one for one in changes if held.covers(one.source_id)]

    async def _caused_by(self, session: AsyncSession, activity: ActivityRow) -> ScheduleRun | None:
        """The scheduled run whose execution did this, if one did."""
        if activity.run_id is None:
            return None
        found: ScheduleRun | None = await session.scalar(
            select(ScheduleRun)
            .join(Execution, Execution.id == ScheduleRun.execution_id)
            .where(or_(Execution.run_id == activity.run_id, Execution.id == activity.run_id))
        )
        return found

    # ---- starting ---------------------------------------------------------------------------

    async def _begin(self, run_id: str) -> bool:
        """Start a run's execution; nothing is started twice, whoever else tries."""
        async with self._kernel.database.reading() as session:
            run = await session.get_one(ScheduleRun, run_id)
            schedule = await session.get_one(Schedule, run.schedule_id)
            under_way = await session.scalar(_under_way(run))
            waits = schedule.overlap == "queue" and (
                under_way or await session.scalar(_due_before(run))
            )
        if waits:
            return False  # its turn comes when what is before it has ended
        if schedule.overlap == "skip" and under_way:
            return await self._record(run, "skipped", f"{under_way} is still under way")
        caller = Caller(schedule.user_id, "system", plan_id=schedule.plan_id)
        try:
            started = await self._kernel.invoke(
                "workflows.execute",
                {"workflow": schedule.workflow_id, "event": run.event},
                caller,
                idempotency_key=f"schedule:{run.id}",
            )
        except TryLater:
            return False
        except RacineError as error:
            return await self._record(run, "failed", error.detail)
        execution_id = str(started.value.model_dump()["id"])
        await self._record(run, "started", "", execution_id, f"schedule {schedule.name}")
        return not started.replayed

    async def _record(
        self,
        run: ScheduleRun,
        outcome: str,
        detail: str,
        execution_id: str | None = None,
        cause: str = "",
    ) -> bool:
        async with self._kernel.database.writing() as session:
            kept = await session.get(ScheduleRun, run.id)
            if kept is not None:
                kept.outcome, kept.detail, kept.execution_id = outcome, detail[:500], execution_id
            if execution_id is not None:
                await session.execute(
                    update(Execution).where(Execution.id == execution_id).values(cause=cause[:200])
                )
        return False

    async def _live(self) -> None:
        while True:
            try:
                await self.look()
                seconds = await self._until_next()
            except Exception:
                log.exception("schedules could not be looked at")
                seconds = LOOKS_EVERY
            try:
                async with asyncio.timeout(seconds):
                    await self._poked.wait()
            except TimeoutError:
                pass
            self._poked.clear()

    async def _until_next(self) -> float:
        async with self._kernel.database.reading() as session:
            first: datetime | None = await session.scalar(select(func.min(ScheduleState.next_at)))
        if first is None:
            return LOOKS_EVERY
        return min(LOOKS_EVERY, max(0.0, (first - self._clock()).total_seconds()))


async def first_state(session: AsyncSession, schedule: Schedule, moment: datetime) -> ScheduleState:
    """Where a schedule begins: at its next time, behind everything that has changed so far.

    Raises:
        CorrectInput: its cron expression isn't one.
    """
    cron, timezone = schedule.cron, schedule.timezone
    return ScheduleState(
        schedule_id=schedule.id,
        next_at=first_time(cron, timezone, moment) if cron else None,
        position=await session.scalar(NEWEST) or 0,
    )


def _under_way(run: ScheduleRun) -> Any:
    """The schedule's last execution, unless it has ended; what is of the same activity isn't it."""
    query = (
        select(Execution.id)
        .join(ScheduleRun, ScheduleRun.execution_id == Execution.id)
        .where(ScheduleRun.schedule_id == run.schedule_id, Execution.status.not_in(ENDED))
        .limit(1)
    )
    kind, _, rest = run.key.partition(":")
    if kind == "event":
        same = _of_activity(rest.partition(":")[0])
        query = query.where(ScheduleRun.key.not_like(f"{same}%"))
    return query


def _due_before(run: ScheduleRun) -> Any:
    """A run of the same schedule whose turn is first."""
    earlier = and_(ScheduleRun.at == run.at, ScheduleRun.id < run.id)
    return (
        select(ScheduleRun.id)
        .where(ScheduleRun.schedule_id == run.schedule_id, ScheduleRun.outcome == "due")
        .where(or_(ScheduleRun.at < run.at, earlier))
        .limit(1)
    )


def _of_activity(activity_id: str) -> str:
    """The beginning of the keys of an activity's events."""
    return f"event:{activity_id}:"


def _run(schedule: Schedule, key: str, at: datetime, outcome: str, detail: str = "") -> ScheduleRun:
    return ScheduleRun(
        id=new_id("srn"),
        schedule_id=schedule.id,
        key=key,
        at=at,
        outcome=outcome,
        detail=detail,
        event={},
        depth=0,
    )
