"""The engine: carries out queued executions durably on DBOS, one step after the other.

A step is an operation through `invoke`, under the approver's rights, with an idempotency key made
of the execution and the step: its claim and its writes commit together, so a step that was cut
off is found done or not begun, never half, and never happens twice. DBOS is one per process.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ClassVar, Protocol

import structlog
from dbos import DBOS, DBOSConfig, SetWorkflowID
from dbos._serialization import DBOSPortableJSON
from sqlalchemy import Select, event, select
from sqlalchemy.engine import Engine as SqlEngine
from sqlalchemy.engine import create_engine, make_url

from tools.context import Caller
from tools.database import Database, now
from tools.errors import RacineError
from tools.invoke import Kernel
from tools.racine.workflows.tables import Execution, ExecutionStep
from tools.steps import Step, resolve

log = structlog.get_logger(__name__)
APPLICATION_VERSION = "1"  # the form of recorded executions, not the release


class Observer(Protocol):
    """Who is told, in order, how an execution goes. Each call may come again after a crash."""

    async def started(self, execution: Execution) -> None: ...

    async def step(self, execution: Execution, step: Step, row: ExecutionStep) -> None: ...

    def progress(
        self, execution: Execution, step: Step, what: str, done: int, total: int
    ) -> None: ...

    def summarize(self, execution: Execution, rows: list[ExecutionStep]) -> str: ...

    async def ended(self, execution: Execution, rows: list[ExecutionStep]) -> None: ...


class Engine:
    """Starts, recovers and runs executions in this process."""

    current: ClassVar[Engine | None] = None

    def __init__(
        self, kernel: Kernel, database: Database, observer: Observer, url: str, executor_id: str
    ) -> None:
        self._kernel, self._database, self._observer = kernel, database, observer
        self._url, self._executor_id = url, executor_id
        self._poked = asyncio.Event()
        self._starter: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Launch DBOS in the running loop; what a crash left unfinished goes on."""
        Engine.current = self
        config: DBOSConfig = {
            "name": "racine",
            "system_database_url": self._url,
            "executor_id": self._executor_id,
            "application_version": APPLICATION_VERSION,
            "serializer": DBOSPortableJSON,
            "log_level": "WARNING",
        }
        if make_url(self._url).get_backend_name() == "sqlite":
            config["system_database_engine"] = _sqlite(self._url)
        DBOS(config=config)
        DBOS.launch()
        self._kernel.after_commit.append(self.poke)
        self._starter = asyncio.create_task(self._start_queued())

    async def stop(self) -> None:
        """Stop taking executions; a running one goes on at the next start."""
        if self._starter is not None:
            self._starter.cancel()
            await asyncio.wait([self._starter])
        await asyncio.to_thread(DBOS.destroy)
        # DBOS made its own executor the loop's default, and has just shut it down
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())
        Engine.current = None

    def poke(self) -> None:
        """Something may have been queued."""
        self._poked.set()

    async def _start_queued(self) -> None:
        self._poked.set()  # what was approved just before a crash
        while True:
            await self._poked.wait()
            self._poked.clear()
            async with self._database.reading() as session:
                rows = (
                    await session.execute(
                        select(Execution.id, Execution.attempt).where(Execution.status == "queued")
                    )
                ).all()
            for execution_id, attempt in rows:
                with SetWorkflowID(f"{execution_id}:{attempt}"):
                    await DBOS.start_workflow_async(run_execution, execution_id)

    async def run(self, execution_id: str) -> str:
        """Carry out an execution from where it stands; returns its status."""
        execution = await self._begin(execution_id)
        if execution is None:
            return "not queued"
        if execution.finished_at is not None:  # it ended, and may not have been told to its end
            await self._observer.ended(execution, await self._rows(execution_id))
            return execution.status
        await self._observer.started(execution)
        for raw in execution.steps:
            step = Step.model_validate(raw)
            control = await self._control(execution_id)
            if control == "pause":
                return await self._set_status(execution_id, "paused")
            if control == "cancel":
                return await self._finish(execution_id, "cancelled")
            status = await DBOS.run_step_async(
                {"name": step.id}, self._run_step, execution_id, step.as_json()
            )
            if status != "done":
                return await self._finish(execution_id, "failed")
        return await self._finish(execution_id, "done")

    async def _begin(self, execution_id: str) -> Execution | None:
        async with self._database.writing() as session:
            execution = await session.get_one(Execution, execution_id)
            if execution.status in ("queued", "running"):
                execution.status = "running"
            elif execution.finished_at is None:
                return None
            return execution

    async def _control(self, execution_id: str) -> str | None:
        async with self._database.reading() as session:
            return await session.scalar(
                select(Execution.control).where(Execution.id == execution_id)
            )

    async def _run_step(self, execution_id: str, raw: dict[str, Any]) -> str:
        step = Step.model_validate(raw)
        execution, results = await self._results(execution_id)
        row = await self._note(execution_id, step, status="running", started_at=now())
        await self._observer.step(execution, step, row)
        loop = asyncio.get_running_loop()

        def progress(what: str, done: int, total: int) -> None:
            loop.call_soon_threadsafe(self._observer.progress, execution, step, what, done, total)

        try:
            invocation = await self._kernel.invoke(
                step.operation,
                resolve(step.arguments, results),
                Caller(execution.user_id, "workflow", run_id=execution.run_id),
                idempotency_key=f"{execution_id}:{step.id}",
                progress=progress,
            )
        except RacineError as error:
            row = await self._note(
                execution_id, step, status="failed", detail=str(error), finished_at=now()
            )
        else:
            row = await self._note(
                execution_id,
                step,
                status="done",
                activity_id=invocation.activity_id,
                result=invocation.value.model_dump(mode="json"),
                finished_at=now(),
            )
        await self._observer.step(execution, step, row)
        return row.status

    async def _results(self, execution_id: str) -> tuple[Execution, dict[str, Any]]:
        async with self._database.reading() as session:
            execution = await session.get_one(Execution, execution_id)
            rows = await session.scalars(
                select(ExecutionStep).where(ExecutionStep.execution_id == execution_id)
            )
            return execution, {row.step_id: row.result for row in rows if row.status == "done"}

    async def _note(self, execution_id: str, step: Step, **facts: Any) -> ExecutionStep:
        async with self._database.writing() as session:
            row = await session.get_one(ExecutionStep, (execution_id, step.id))
            for name, value in facts.items():
                setattr(row, name, value)
            return row

    async def _set_status(self, execution_id: str, status: str) -> str:
        async with self._database.writing() as session:
            execution = await session.get_one(Execution, execution_id)
            execution.status, execution.control = status, None
            if status == "paused":
                execution.attempt += 1
        return status

    async def _finish(self, execution_id: str, status: str) -> str:
        async with self._database.writing() as session:
            execution = await session.get_one(Execution, execution_id)
            rows = list(await session.scalars(_steps_of(execution_id)))
            for row in rows:
                if row.status == "pending":
                    row.status = "skipped"
            execution.status, execution.control, execution.finished_at = status, None, now()
            execution.summary = self._observer.summarize(execution, rows)
        await self._observer.ended(execution, rows)
        return status

    async def _rows(self, execution_id: str) -> list[ExecutionStep]:
        async with self._database.reading() as session:
            return list(await session.scalars(_steps_of(execution_id)))


def _steps_of(execution_id: str) -> Select[ExecutionStep]:
    return (
        select(ExecutionStep)
        .where(ExecutionStep.execution_id == execution_id)
        .order_by(ExecutionStep.position)
    )


@DBOS.workflow(name="run_execution")
async def run_execution(execution_id: str) -> str:
    """The durable workflow of every execution: DBOS calls it again after a crash."""
    engine = Engine.current
    if engine is None:
        raise RuntimeError("The engine isn't started.")
    return await engine.run(execution_id)


def _sqlite(url: str) -> SqlEngine:
    engine = create_engine(url, connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")

    return engine
