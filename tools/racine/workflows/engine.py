"""The engine: starts executions on DBOS, in this process or in any worker, and takes over the dead.

DBOS keeps which executions are under way, and hands each to one process. How far an execution has
come is in its own ledger, which commits with what its steps write: so an execution that is run
again, from any process, goes on and does nothing twice. DBOS is one per process.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, ClassVar

import structlog
from dbos import DBOS, DBOSConfig, SetWorkflowID, WorkflowHandleAsync, WorkflowStatus
from dbos._serialization import DBOSPortableJSON
from sqlalchemy import delete, event, select
from sqlalchemy.engine import Engine as SqlEngine
from sqlalchemy.engine import create_engine, make_url
from sqlalchemy.ext.asyncio import AsyncSession

from tools.database import Database, now
from tools.invoke import Kernel
from tools.racine.workflows.carrying import Carrier
from tools.racine.workflows.ledger import Observer
from tools.racine.workflows.tables import Execution, Worker

log = structlog.get_logger(__name__)
APPLICATION_VERSION = "1"  # the form of recorded executions, not the release
QUEUE = "executions"
STARTED = "started"  # what executions have started: they wait for it, so it never waits for them
EXECUTIONS_AT_ONCE = 16
GATHERS = 0.02  # seconds
LOOKS_EVERY = 0.1  # at the most
BEATS_EVERY = 1.0
DEAD_AFTER = timedelta(seconds=5)


class Engine:
    """Starts, recovers and runs executions in this process.

    Args:
        executor_id: this process's own name among those that share the database.
        shared: other processes carry out executions too: a queue hands each to one of them, and
            the executions of one whose heart has stopped are taken over.
        carries: whether this process carries out executions, or only queues them.
    """

    current: ClassVar[Engine | None] = None

    def __init__(
        self,
        kernel: Kernel,
        database: Database,
        observer: Observer,
        url: str,
        executor_id: str,
        *,
        shared: bool = False,
        carries: bool = True,
    ) -> None:
        self._kernel, self._database, self._observer = kernel, database, observer
        self._url, self._executor_id = url, executor_id
        self._shared, self.carries = shared, carries
        self._poked = asyncio.Event()
        self._known: set[tuple[str, int]] = set()
        self._tasks: list[asyncio.Task[None]] = []

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
        if self._shared:
            DBOS.listen_queues([QUEUE, STARTED] if self.carries else [])
            if self.carries:
                await self._beat()  # before anything can be handed to it
        DBOS.launch()
        if self._shared:
            await DBOS.register_queue_async(
                QUEUE, worker_concurrency=EXECUTIONS_AT_ONCE, polling_interval_sec=0.2
            )
            await DBOS.register_queue_async(STARTED, polling_interval_sec=0.2)
            if self.carries:
                self._tasks.append(asyncio.create_task(self._live()))
        self._kernel.after_commit.append(self.poke)
        self._tasks.append(asyncio.create_task(self._start_queued()))

    async def stop(self) -> None:
        """Stop taking executions; a running one goes on at the next start, or elsewhere."""
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)
        await asyncio.to_thread(DBOS.destroy)
        # DBOS made its own executor the loop's default, and has just shut it down
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())
        Engine.current = None

    def poke(self) -> None:
        """Something may have been queued."""
        self._poked.set()

    async def noted(self, execution_id: str) -> None:
        """Wait until DBOS has noted the end of an execution, which is told before: to stop then."""
        handle: WorkflowHandleAsync[str] = await DBOS.retrieve_workflow_async(f"{execution_id}:1")
        await handle.get_result(polling_interval_sec=LOOKS_EVERY)

    async def run(self, execution_id: str) -> str:
        """Carry out an execution from where it stands; returns its status."""
        return await Carrier(self._kernel, self._database, self._observer, execution_id).run()

    async def workers(self) -> list[Worker]:
        """The processes that carry out executions, where there are several."""
        async with self._database.reading() as session:
            return list(await session.scalars(select(Worker).order_by(Worker.id)))

    async def _start_queued(self) -> None:
        self._poked.set()  # what was approved just before a crash
        while True:
            try:
                # a process that died between its commit and its poke has nobody else
                async with asyncio.timeout(BEATS_EVERY * 5 if self._shared else None):
                    await self._poked.wait()
            except TimeoutError:
                pass
            await asyncio.sleep(GATHERS)  # every write pokes: one look for many
            self._poked.clear()
            async with self._database.reading() as session:
                rows = await session.execute(
                    select(Execution.id, Execution.attempt, Execution.parent_id).where(
                        Execution.status == "queued"
                    )
                )
                queued = {(row[0], row[1]): STARTED if row[2] else QUEUE for row in rows}
            for execution_id, attempt in sorted(queued.keys() - self._known):
                with SetWorkflowID(f"{execution_id}:{attempt}"):
                    if self._shared:
                        queue = queued[execution_id, attempt]
                        await DBOS.enqueue_workflow_async(queue, run_execution, execution_id)
                    else:
                        await DBOS.start_workflow_async(run_execution, execution_id)
            self._known = set(queued)
            await asyncio.sleep(LOOKS_EVERY - GATHERS)

    # ---- several processes ------------------------------------------------------------------

    async def _live(self) -> None:
        """Say that this process lives, and take over from those that don't."""
        while True:
            await asyncio.sleep(BEATS_EVERY)
            try:
                await self._beat()
                await self._take_over()
            except Exception:
                log.exception("the worker's heartbeat failed")

    async def _beat(self) -> None:
        async with self._database.writing() as session:
            worker = await session.get(Worker, self._executor_id)
            if worker is None:
                session.add(Worker(id=self._executor_id))
            else:
                worker.beat_at = now()

    async def _take_over(self) -> None:
        """Queue again what was begun by processes of which no heart beats.

        Also by one that was so slow that it was given up, began something, and died then: it
        isn't in the list of workers any more.
        """
        async with self._database.reading() as session:
            if not await self._left(session):
                return
        async with self._database.writing() as session:  # nobody else does the same meanwhile
            for workflow in await self._left(session):
                log.warning(
                    "taking over", execution=workflow.workflow_id, worker=workflow.executor_id
                )
                queue = workflow.queue_name or QUEUE
                await DBOS.resume_workflow_async(workflow.workflow_id, queue_name=queue)
            await session.execute(delete(Worker).where(Worker.beat_at < now() - DEAD_AFTER))

    async def _left(self, session: AsyncSession) -> list[WorkflowStatus]:
        """The executions that are under way in no living process."""
        beating = select(Worker.id).where(Worker.beat_at >= now() - DEAD_AFTER)
        living = set(await session.scalars(beating))
        under_way = await DBOS.list_workflows_async(
            status="PENDING", queue_name=[QUEUE, STARTED], load_input=False, load_output=False
        )
        return [one for one in under_way if one.executor_id not in living]


@DBOS.workflow(name="run_execution", max_recovery_attempts=None)
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
