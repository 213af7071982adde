"""Runs: one queue a conversation, each run a task of its own, not of the request that asked for it.

Ten messages sent at once are answered ten times, in order. An unfinished turn is run again from
its start after a restart: its reads change nothing, and a plan comes into being only at its end.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, cast

import structlog
from sqlalchemy import CursorResult, Select, Table, bindparam, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from agent.emitter import Emitter
from agent.events import Custom, RunError, RunFinished, RunStarted, closings, outcome
from agent.plan_card import title_of
from agent.turn import Asked, Ended, TurnRunner, waiting_for
from tools.context import Caller, Channel
from tools.data_sources.tables import StoredSecret
from tools.database import Database, new_id, now
from tools.errors import ChooseAnother, CorrectInput, LookAgain, RacineError
from tools.events import EventLog, EventRow
from tools.racine.assistant import receipts
from tools.racine.assistant.context import Looking
from tools.racine.assistant.tables import Conversation, Plan, Run
from tools.secrets import SecretBox
from tools.steps import Budget, Step, in_order

log = structlog.get_logger(__name__)
PASSWORD_IN_URL = re.compile(
    r"(?P<head>\b[a-zA-Z][a-zA-Z0-9+.-]*://[^\s:/@]*:)(?P<password>(?:(?!://)\S)+)@"
)
IDENTIFIER = re.compile(r"[A-Za-z0-9._:~-]{1,80}")
MAXIMUM_QUEUED = 50
QUEUED = (
    select(Run, Conversation.focus, Conversation.workspace_id)
    .join(Conversation, Conversation.id == Run.conversation_id)
    .where(Run.conversation_id == bindparam("conversation"), Run.status == "queued")
    .order_by(Run.position)
    .limit(1)
)
# Made once, as every turn makes them; the columns to set are those that are given
RUNS, CONVERSATIONS = cast(Table, Run.__table__), cast(Table, Conversation.__table__)
SET_RUN = update(RUNS).where(RUNS.c.id == bindparam("run"), RUNS.c.status == "queued")
SET_CONVERSATION = update(CONVERSATIONS).where(CONVERSATIONS.c.id == bindparam("conversation"))


class Runs:
    """Takes messages, runs turns, stops them, takes up what a crash left."""

    def __init__(
        self, database: Database, events: EventLog, runner: TurnRunner, secret_box: SecretBox
    ) -> None:
        self._database, self._events, self._runner = database, events, runner
        self._secret_box = secret_box
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._turns: dict[str, asyncio.Task[None]] = {}
        self._queued: Counter[str] = Counter()
        self._stopped: set[str] = set()

    async def submit(
        self,
        caller: Caller,
        message: str,
        conversation_id: str | None,
        *,
        workspace_id: str | None = None,
        run_id: str | None = None,
        idempotency_key: str | None = None,
        answer: str | None = None,
        looking: Looking | None = None,
    ) -> Run:
        """Store a message and queue its run; returns when both are safe.

        Args:
            answer: where it is known already; nobody is asked then.
            looking: what the person has before them.

        Raises:
            ChooseAnother: the conversation is somebody else's.
            CorrectInput: the message is empty, or an id can't stand in a path.
        """
        if not message.strip():
            raise CorrectInput("The message is empty.", "Say what you want.", field="message")
        _refuse_unaddressable(conversation_id=conversation_id, run_id=run_id)
        if idempotency_key is not None:
            run_id = f"run_{_slug(caller.user_id, idempotency_key)}"
        async with self._database.writing() as session:
            message = await self._sealed(session, caller, message)
            run = await session.get(Run, run_id) if run_id else None
            if run is not None:
                return _same(run, caller, message)
            conversation, last = await _conversation(
                session, caller, conversation_id, message, workspace_id
            )
            run = Run(
                id=run_id or new_id("run"),
                user_id=caller.user_id,
                conversation_id=conversation.id,
                channel=caller.channel,
                message=message,
                context=looking.model_dump(exclude_defaults=True) if looking else {},
                answer=answer,
                status="queued",
                position=last + 1,
            )
            session.add(run)
        self._events.begin(run.id)
        self._wake(conversation.id)
        return run

    async def propose(
        self,
        caller: Caller,
        steps: Sequence[Step],
        conversation_id: str | None = None,
        budget: Budget | None = None,
    ) -> dict[str, Any]:
        """Make a plan of steps that no turn has thought of; it is in a conversation like others.

        Raises:
            RacineError: the steps can't be a plan, or can't be previewed; the run says so, too.
        """
        _refuse_unaddressable(conversation_id=conversation_id)
        message = f"Propose: {title_of(in_order(steps))}"
        async with self._database.writing() as session:
            conversation, last = await _conversation(
                session, caller, conversation_id, message, None
            )
            run = Run(
                id=new_id("run"),
                user_id=caller.user_id,
                conversation_id=conversation.id,
                kind="proposal",
                channel=caller.channel,
                message=message,
                status="running",
                position=last + 1,
            )
            session.add(run)
        emitter = Emitter(self._events, run.id)
        try:
            shown, ended = await self._runner.propose(run, steps, budget, caller, emitter)
        except RacineError as error:
            await self._settle(run.id, "failed", str(error))
            emitter.emit(RunError(str(error), error.problem_code), last=True)
            raise
        emitter.end_text()
        await emitter.written()
        await self._settle(run.id, ended.status, emitter.answer)
        emitter.emit(ended.last, last=True)
        await emitter.written()
        return shown

    async def cancel(self, run_id: str, user_id: str) -> Run:
        """Stop a run; its stream ends with an event that says so.

        Raises:
            ChooseAnother: the caller has no such run.
        """
        async with self._database.writing() as session:
            run = await _own_run(session, run_id, user_id)
            if run.status not in ("queued", "running"):
                return run
            if run.kind == "execution":
                raise LookAgain(
                    "This run carries out an approved plan.",
                    "Use workflows.control to pause or cancel the execution.",
                )
            run.status, run.finished_at = "cancelled", now()
        self._stopped.add(run_id)
        task = self._turns.get(run_id)
        if task is not None:
            task.cancel()
            await asyncio.wait([task])
        logged, ended = await self._logged(run_id)
        if ended:  # before it could be stopped
            return await self._settle(run_id, *outcome(logged))
        emitter = Emitter(self._events, run_id)
        emitter.emit(RunStarted(run.conversation_id, run_id), key="started")
        for event in closings(logged):
            emitter.emit(event)
        emitter.emit(RunFinished(run.conversation_id, run_id, "cancelled"), last=True)
        await emitter.written()
        return run

    async def own(self, run_id: str, user_id: str) -> Run:
        """The caller's run of that id.

        Raises:
            ChooseAnother: the caller has no such run.
        """
        async with self._database.reading() as session:
            return await _own_run(session, run_id, user_id)

    async def recover(self) -> int:
        """Queue again what was not finished when the process ended; returns how many."""
        async with self._database.reading() as session:
            runs = list(
                await session.scalars(select(Run).where(Run.kind == "turn", Run.status == "queued"))
            )
            cut_off = select(Run.id).where(Run.kind == "proposal", Run.status == "running")
            proposals = list(await session.scalars(cut_off))
        for run_id in proposals:
            await self._settle(run_id, "cancelled")
        async with self._database.reading() as session:
            unended = list(await session.execute(_unended()))
        for run, plan in unended:
            await self._end(run, plan)
        for run in runs:
            logged, _ended = await self._logged(run.id)
            if logged:
                emitter = Emitter(self._events, run.id)
                for event in closings(logged):
                    emitter.emit(event)
                emitter.emit(Custom("run_restarted", {"run_id": run.id}))
                await emitter.written()
            self._wake(run.conversation_id)
        return len(runs)

    async def _end(self, run: Run, plan: Plan | None) -> None:
        """Write the last event of a run whose record was stored just before a crash."""
        last: RunFinished | RunError = RunFinished(run.conversation_id, run.id)
        if run.status == "failed":
            last = RunError("The turn failed. Ask again.", "internal_error")
        elif run.status == "cancelled":
            last = RunFinished(run.conversation_id, run.id, "cancelled")
        elif plan is not None and run.status == "interrupted":
            last = waiting_for(run.conversation_id, run.id, plan.id, plan.title, plan.hash)
        emitter = Emitter(self._events, run.id)
        emitter.emit(RunStarted(run.conversation_id, run.id), key="started")
        logged, _ended = await self._logged(run.id)
        for event in closings(logged):
            emitter.emit(event)
        emitter.emit(last, last=True)
        await emitter.written()

    async def close(self) -> None:
        """Stop working; what isn't finished is taken up by the next start."""
        tasks = [*self._workers.values(), *self._turns.values()]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def _wake(self, conversation_id: str) -> None:
        """Have the conversation's one worker look for one queued run more."""
        self._queued[conversation_id] += 1
        if conversation_id not in self._workers:
            self._workers[conversation_id] = asyncio.create_task(self._work(conversation_id))

    async def _work(self, conversation_id: str) -> None:
        try:
            while self._queued[conversation_id]:
                self._queued[conversation_id] -= 1
                if (asked := await self._next(conversation_id)) is None:
                    continue  # it was stopped
                task = asyncio.create_task(self._one(asked))
                self._turns[asked.run.id] = task
                try:
                    await asyncio.wait([task])
                finally:
                    self._turns.pop(asked.run.id, None)
                    self._stopped.discard(asked.run.id)
        finally:
            del self._workers[conversation_id], self._queued[conversation_id]

    async def _next(self, conversation_id: str) -> Asked | None:
        """The next run to work on: only this process's one worker of the conversation takes it."""
        async with self._database.reading() as session:
            row = (await session.execute(QUEUED, {"conversation": conversation_id})).first()
            return None if row is None else Asked(*row)

    async def _logged(self, run_id: str) -> tuple[list[str], bool]:
        """A run's events so far, and whether they have come to their end."""
        logged = await self._events.read(run_id, limit=100_000)
        return [one.data for one in logged], bool(logged) and logged[-1].last

    async def _settle(self, run_id: str, status: str, answer: str | None = None) -> Run:
        async with self._database.writing() as session:
            run = await session.get_one(Run, run_id)
            run.status, run.answer = status, answer
            run.finished_at = now()
            return run

    async def _one(self, asked: Asked) -> None:
        run = asked.run
        if run.id in self._stopped:
            return  # between being chosen and being begun
        emitter = Emitter(self._events, run.id)
        caller = Caller(run.user_id, cast(Channel, run.channel), masked=True, run_id=run.id)
        try:
            if run.answer is None:
                ended = await self._runner.run(asked, caller, emitter)
            else:
                ended = _answered(run, run.answer, emitter)
        except asyncio.CancelledError:
            await emitter.written()  # whoever stopped it reads the log next
            raise
        except RacineError as error:
            ended = Ended("failed", None, RunError(str(error), error.problem_code))
        except Exception as error:
            ended = _failed(run, error)
        emitter.end_text()
        await emitter.written()
        # The record first, so that whoever reads it when the stream has ended finds it complete;
        # `recover` writes the last event where a crash comes between the two.
        try:
            stored = await self._store(run, emitter.answer, ended)
        except Exception as error:
            ended = _failed(run, error)  # without a receipt, so that the stream ends all the same
            stored = await self._store(run, emitter.answer, ended)
        if stored:
            emitter.emit(ended.last, last=True)
            await emitter.written()

    async def _store(self, run: Run, answer: str, ended: Ended) -> bool:
        async with self._database.writing() as session:
            session.sync_session.autoflush = False  # what is added is written at the end, at once
            if ended.use is not None:
                session.add(ended.use)
            changed = await session.execute(
                SET_RUN,
                {
                    "run": run.id,
                    "status": ended.status,
                    "answer": answer,
                    "unanswered": ended.unanswered,
                    "finished_at": now(),
                },
            )
            if not cast(CursorResult[Any], changed).rowcount:
                return False  # stopped meanwhile
            if ended.focus is not None:
                about = {"conversation": run.conversation_id, "focus": ended.focus}
                await session.execute(SET_CONVERSATION, about)
            if ended.status in ("done", "interrupted"):
                await receipts.append(session, run, answer, ended.receipt)
        return True

    async def _sealed(self, session: AsyncSession, caller: Caller, message: str) -> str:
        """The message with every password in a URL sealed away: neither log nor model sees it."""

        for match in list(PASSWORD_IN_URL.finditer(message)):
            if re.fullmatch(r"sec_[0-9a-f]{16}", match["password"]):
                continue
            secret = StoredSecret(
                id=new_id("sec"),
                user_id=caller.user_id,
                sealed=self._secret_box.seal(match["password"]),
            )
            session.add(secret)
            message = message.replace(match[0], f"{match['head']}{secret.id}@")
        return message


def _unended() -> Select[Run, Plan | None]:
    """Turns that ended within a day and whose log doesn't say so, each with its plan."""
    ended = exists().where(EventRow.stream == Run.id, EventRow.last)
    return (
        select(Run, Plan)
        .outerjoin(Plan, Plan.run_id == Run.id)
        .where(
            Run.kind.in_(("turn", "proposal")),
            Run.status.in_(("done", "failed", "interrupted", "cancelled")),
            Run.finished_at > now() - timedelta(days=1),
            ~ended,
        )
    )


def _failed(run: Run, error: Exception) -> Ended:
    """The end of a turn that failed for a reason of the service's own."""
    log.exception("a turn failed", run_id=run.id, exc_info=error)
    told = (
        f"The turn failed inside the service ({type(error).__name__}). Try again; "
        f"if it stays, report run {run.id}."
    )
    return Ended("failed", None, RunError(told, "internal_error"))


def _answered(run: Run, answer: str, emitter: Emitter) -> Ended:
    emitter.emit(RunStarted(run.conversation_id, run.id), key="started")
    emitter.text(answer)
    return Ended("done", None, RunFinished(run.conversation_id, run.id))


async def _conversation(
    session: AsyncSession,
    caller: Caller,
    conversation_id: str | None,
    message: str,
    workspace_id: str | None,
) -> tuple[Conversation, int]:
    """The conversation that goes on or begins, and the position of its last run, 0 for none."""
    if conversation_id is not None:
        known = await session.get(Conversation, conversation_id)
        if known is not None:
            if known.user_id != caller.user_id:
                raise ChooseAnother(
                    f"You have no conversation '{conversation_id}'.",
                    "Leave conversation_id out to start a new one.",
                    field="conversation_id",
                )
            known.updated_at = now()
            return known, await _last_position(session, known)
    title = " ".join(message.split())
    conversation = Conversation(
        id=conversation_id or new_id("cnv"),
        user_id=caller.user_id,
        title=title if len(title) <= 80 else f"{title[:79]}…",
        workspace_id=workspace_id,
    )
    session.add(conversation)
    return conversation, 0


def _refuse_unaddressable(**ids: str | None) -> None:
    for field, value in ids.items():
        if value is not None and not IDENTIFIER.fullmatch(value):
            raise CorrectInput(
                f"'{field}' is not an id that can stand in a path.",
                "Use 1 to 80 letters, digits and . _ : ~ -",
                field=field,
            )


async def _last_position(session: AsyncSession, conversation: Conversation) -> int:
    queued = func.count().filter(Run.status == "queued")
    row = (
        await session.execute(
            select(func.max(Run.position), queued).where(Run.conversation_id == conversation.id)
        )
    ).one()
    if row[1] >= MAXIMUM_QUEUED:
        raise LookAgain(
            f"{row[1]} messages of this conversation wait to be answered.",
            "Wait until some are.",
            code="queue_full",
        )
    return row[0] or 0


async def _own_run(session: AsyncSession, run_id: str, user_id: str) -> Run:
    run = await session.get(Run, run_id)
    if run is None or run.user_id != user_id:
        raise ChooseAnother(f"You have no run '{run_id}'.", "It may be somebody else's.")
    return run


def _same(run: Run, caller: Caller, message: str) -> Run:
    sealed = re.compile(r"sec_[0-9a-f]{16}")  # the same password is sealed anew each time
    if run.user_id != caller.user_id or sealed.sub("", run.message) != sealed.sub("", message):
        raise LookAgain(
            "This key or run id was used for another message.",
            "Send a new one with a new message.",
            field="Idempotency-Key",
        )
    return run


def _slug(user_id: str, key: str) -> str:
    return hashlib.sha256(f"{user_id}\0{key}".encode()).hexdigest()[:16]
