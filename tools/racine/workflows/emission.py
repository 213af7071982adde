"""An observer that reports executions as lineage: to the catalog, and to a collector if one is set.

Wraps the engine's own observer and never stands in its way: what fails here is logged, and the
execution goes on. The catalog takes each event once, whatever is told again after a crash.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx
import structlog

from tools.audit import system_entry
from tools.catalog.ingestion import take_in
from tools.invoke import Kernel
from tools.racine.workflows.ledger import Observer, Progress
from tools.racine.workflows.outcome import outcome_of
from tools.racine.workflows.run_events import Touched, run_events
from tools.racine.workflows.tables import Execution, ExecutionStep
from tools.racine.workflows.touching import touched_by
from tools.steps import Step

log = structlog.get_logger(__name__)
COLLECTOR_SECONDS = 5.0
INGEST = "catalog.ingest_lineage"


@dataclass
class _Begun:
    """An execution whose beginning is being reported, and what it touched as it began."""

    touched: Touched | None
    over: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None


class LineageReporter:
    """Tells another observer everything, and reports where an execution begins and ends.

    Args:
        collector: where events are posted, too.
        patience: seconds after which the catalog is told of a beginning. What ends sooner is
            told whole at its end, so that short executions don't write twice.
    """

    def __init__(
        self,
        inner: Observer,
        kernel: Kernel,
        collector: str | None = None,
        patience: float = 1.0,
    ) -> None:
        self._inner, self._kernel, self._collector = inner, kernel, collector
        self._patience = patience
        self._begun: dict[str, _Begun] = {}

    async def started(self, execution: Execution) -> None:
        """The execution begins, or goes on; its steps don't wait for the report."""
        await self._inner.started(execution)
        begun = _Begun(await self._touched(execution, ()))
        if begun.touched and execution.attempt > 1:  # what its steps have catalogued looks old now
            begun.touched = Touched(begun.touched.job)
        begun.task = asyncio.create_task(self._begin(execution, begun))
        self._begun[execution.id] = begun

    async def step(self, execution: Execution, step: Step, row: ExecutionStep) -> None:
        """Nothing of its own."""
        await self._inner.step(execution, step, row)

    def progress(self, execution: Execution, row: ExecutionStep, come: Progress) -> None:
        """Nothing of its own."""
        self._inner.progress(execution, row, come)

    async def halted(self, execution: Execution) -> None:
        """The execution waits for people; the catalog is told that it has begun."""
        await self._inner.halted(execution)
        begun = await self._settled(execution)
        if begun is not None:
            await self._record(execution, begun.touched)

    def summarize(self, execution: Execution, rows: Sequence[ExecutionStep]) -> str:
        """Nothing of its own."""
        return self._inner.summarize(execution, rows)

    async def ended(self, execution: Execution, rows: Sequence[ExecutionStep]) -> None:
        """The execution has ended, and is reported after it was told."""
        await self._inner.ended(execution, rows)
        await self._settled(execution)
        touched = await self._touched(execution, rows)
        outcome = outcome_of(execution.status, rows, self._kernel.registry.find)
        await self._record(execution, touched, outcome)
        await self._post(execution, touched, outcome)

    async def _begin(self, execution: Execution, begun: _Begun) -> None:
        await self._post(execution, begun.touched)
        with suppress(TimeoutError):
            async with asyncio.timeout(self._patience):
                await begun.over.wait()
        if not begun.over.is_set():
            await self._record(execution, begun.touched)

    async def _settled(self, execution: Execution) -> _Begun | None:
        """What was begun, when nothing is under way of it any more."""
        begun = self._begun.pop(execution.id, None)
        if begun is not None and begun.task is not None:
            begun.over.set()
            await asyncio.wait([begun.task])
        return begun

    async def _touched(self, execution: Execution, rows: Sequence[ExecutionStep]) -> Touched | None:
        """What an execution touches; None of what only changes a person's own, and on an error."""
        registry = self._kernel.registry
        if all(registry.find(step["operation"]).own for step in execution.steps):
            return None
        try:
            async with self._kernel.database.reading() as session:
                return await touched_by(session, self._kernel.registry, execution, rows)
        except Exception as error:
            log.error("lineage not recorded", execution=execution.id, exc_info=error)
            return None

    async def _record(
        self, execution: Execution, touched: Touched | None, outcome: str = ""
    ) -> None:
        """Have the catalog take it in: in the system's name, whatever its person may write to."""
        if touched is None:
            return
        entry = system_entry(INGEST, f"the execution {execution.id}")
        try:
            async with self._kernel.unit_of_work(entry) as session:
                await take_in(session, run_events(execution, touched, outcome))
        except Exception as error:
            log.error("lineage not recorded", execution=execution.id, exc_info=error)

    async def _post(self, execution: Execution, touched: Touched | None, outcome: str = "") -> None:
        if self._collector is None or touched is None:
            return
        event = run_events(execution, touched, outcome)[-1]
        try:
            async with httpx.AsyncClient(timeout=COLLECTOR_SECONDS) as client:
                answer = await client.post(self._collector, json=event)
                answer.raise_for_status()
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            log.warning(
                "the OpenLineage collector took no event",
                collector=urlsplit(self._collector).hostname,
                error=type(error).__name__,
            )
