"""An observer that reports executions as lineage: to the catalog, and to a collector if one is set.

Wraps the engine's own observer and never stands in its way: what fails here is logged, and the
execution goes on. The catalog takes each event once, whatever is told again after a crash.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import httpx
import structlog

from tools.context import Caller
from tools.errors import RacineError
from tools.invoke import Kernel
from tools.racine.workflows.ledger import Observer
from tools.racine.workflows.run_events import Touched, run_events
from tools.racine.workflows.tables import Execution, ExecutionStep
from tools.racine.workflows.touching import touched_by
from tools.steps import Step

log = structlog.get_logger(__name__)
COLLECTOR_SECONDS = 5.0
INGEST = "catalog.ingest_lineage"


class LineageReporter:
    """Tells another observer everything, and reports where an execution begins and ends."""

    def __init__(self, inner: Observer, kernel: Kernel, collector: str | None = None) -> None:
        self._inner, self._kernel, self._collector = inner, kernel, collector
        self._begun: dict[str, asyncio.Task[None]] = {}

    async def started(self, execution: Execution) -> None:
        """The execution begins, or goes on; its steps don't wait for the report."""
        await self._inner.started(execution)
        touched = await self._touched(execution, ())  # as it stands before a step has run
        self._begun[execution.id] = asyncio.create_task(self._report(execution, touched))

    async def step(self, execution: Execution, step: Step, row: ExecutionStep) -> None:
        """Nothing of its own."""
        await self._inner.step(execution, step, row)

    def progress(
        self, execution: Execution, row: ExecutionStep, what: str, done: int, total: int
    ) -> None:
        """Nothing of its own."""
        self._inner.progress(execution, row, what, done, total)

    async def halted(self, execution: Execution) -> None:
        """Nothing of its own; the report of the beginning is let finish."""
        await self._inner.halted(execution)
        await self._let_finish(execution)

    def summarize(self, execution: Execution, rows: Sequence[ExecutionStep]) -> str:
        """Nothing of its own."""
        return self._inner.summarize(execution, rows)

    async def ended(self, execution: Execution, rows: Sequence[ExecutionStep]) -> None:
        """The execution has ended, and is reported after it was told."""
        await self._inner.ended(execution, rows)
        await self._let_finish(execution)
        await self._report(execution, await self._touched(execution, rows))

    async def _let_finish(self, execution: Execution) -> None:
        task = self._begun.pop(execution.id, None)
        if task is not None:
            await asyncio.wait([task])

    async def _touched(self, execution: Execution, rows: Sequence[ExecutionStep]) -> Touched | None:
        try:
            async with self._kernel.database.reading() as session:
                return await touched_by(session, self._kernel.registry, execution, rows)
        except Exception as error:
            log.error("lineage not recorded", execution=execution.id, exc_info=error)
            return None

    async def _report(self, execution: Execution, touched: Touched | None) -> None:
        if touched is None:
            return
        events = run_events(execution, touched)
        try:
            if touched:
                await self._ingest(execution, touched, events)
        except RacineError as error:
            log.warning("lineage not recorded", execution=execution.id, why=error.problem_code)
        except Exception as error:
            log.error("lineage not recorded", execution=execution.id, exc_info=error)
        await self._post(events[-1])

    async def _ingest(
        self, execution: Execution, touched: Touched, events: list[dict[str, Any]]
    ) -> None:
        # Asked beforehand, so that the trail shows no refusal of what nobody has asked for
        entitlements = await self._kernel.entitlements(execution.user_id)
        may = entitlements.decide(self._kernel.registry.find(INGEST).permission)
        tables = [*touched.writes, *touched.reads]
        home = next((one.source for one in tables if may.covers(one.source_id)), None)
        if home is None:
            return
        await self._kernel.invoke(
            INGEST,
            {"events": events, "source": home},
            Caller(execution.user_id, "system"),
            idempotency_key=f"openlineage:{events[-1]['run']['runId']}:{len(events)}",
        )

    async def _post(self, event: dict[str, Any]) -> None:
        if self._collector is None:
            return
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
