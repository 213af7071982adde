"""What is told of an execution: its events, and the answer that closes it.

Events carry keys, so that an execution that goes on after a crash tells nothing twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import Any

from agent.answers import closing_answer, closing_citations
from agent.emitter import Emitter
from agent.events import (
    Custom,
    Event,
    Outcome,
    RunFinished,
    RunStarted,
    StepFinished,
    StepStarted,
    TextDelta,
    TextEnd,
    TextStart,
)
from tools.database import now
from tools.events import EventLog
from tools.invoke import Kernel
from tools.racine.assistant.tables import Run
from tools.racine.workflows.ledger import Progress
from tools.racine.workflows.outcome import outcome_of
from tools.racine.workflows.tables import Execution, ExecutionStep
from tools.steps import Step

PROGRESS_EVERY = 0.2


class Narrator:
    """The engine's observer."""

    def __init__(self, kernel: Kernel, log: EventLog) -> None:
        self._kernel, self._log = kernel, log
        self._told: dict[str, float] = {}

    async def started(self, execution: Execution) -> None:
        """The execution begins, or goes on."""
        await self._tell(execution, "started", self._run_started(execution))
        await self._plan_is(execution, "executing", f"updated{_again(execution)}")

    async def halted(self, execution: Execution) -> None:
        """The execution is paused, waits at a gate, or has a step of which the end isn't known."""
        await self._plan_is(execution, execution.status, f"{execution.status}{_again(execution)}")

    async def step(self, execution: Execution, step: Step, row: ExecutionStep) -> None:
        """A step stands otherwise than before: it runs, is tried again, is done, has failed, …"""
        turn = f"{row.step_id}.{row.generation}"
        closes = row.status in ("done", "failed", "unknown") and row.attempts > 0
        about = _facts(execution, row)
        about |= {"title": self._kernel.registry.find(step.operation).summary}
        if row.status == "running" or closes:
            await self._tell(execution, f"{turn}.open", StepStarted(row.step_id))
        if closes:  # a crash can have lost what was told of its start
            ran = about | {"status": "running", "detail": "", "attempts": 1, "activity_id": None}
            await self._tell(execution, f"{turn}.running", Custom("execution_step", ran))
        value = about | {
            "detail": row.detail,
            "attempts": row.attempts,
            "activity_id": row.activity_id,
        }
        key = f"{turn}.{row.status}{row.attempts}" if row.detail else f"{turn}.{row.status}"
        await self._tell(execution, key, Custom("execution_step", value))
        if closes:
            await self._tell(execution, f"{turn}.close", StepFinished(row.step_id))

    def progress(self, execution: Execution, row: ExecutionStep, come: Progress) -> None:
        """A running step has come further; told five times a second at the most."""
        slot = f"{execution.id}.{row.step_id}"
        if monotonic() - self._told.get(slot, 0.0) < PROGRESS_EVERY and come.done < come.total:
            return
        self._told[slot] = monotonic()
        Emitter(self._log, execution.run_id).emit(
            Custom(
                "execution_step",
                _facts(execution, row)
                | {
                    "status": "running",
                    "detail": come.what,
                    "progress": {
                        "done": come.done,
                        "total": come.total,
                        "halted": come.halted,
                    },
                },
            ),
            key=f"{row.step_id}.{row.generation}.progress.{come.what}.{come.done}",
        )

    def summarize(self, execution: Execution, rows: Sequence[ExecutionStep]) -> str:
        """The answer that closes an execution."""
        outcome = outcome_of(execution.status, rows, self._kernel.registry.find)
        return closing_answer(execution, rows, outcome)

    async def ended(self, execution: Execution, rows: Sequence[ExecutionStep]) -> None:
        """The execution has ended; its summary is stored already."""
        for row in rows:
            self._told.pop(f"{execution.id}.{row.step_id}", None)
        answer = execution.summary
        stands = {
            "status": execution.status,
            "outcome": outcome_of(execution.status, rows, self._kernel.registry.find),
        }
        finished = {"execution_id": execution.id, **stands, "summary": answer}
        message_id = f"{execution.id}-answer"
        for key, event in (
            ("finished", Custom("execution_finished", finished)),
            ("plan", _plan_updated(execution, **stands)),
            ("answer", TextStart(message_id)),
            ("answer.text", TextDelta(message_id, answer)),
            ("answer.end", TextEnd(message_id)),
        ):
            await self._tell(execution, key, event)
        for number, citation in enumerate(closing_citations(rows), 1):
            cited = Custom("citation", {"n": number, **citation.model_dump()})
            await self._tell(execution, f"citation.{number}", cited)
        await self._close_run(execution, answer)
        thread_id = execution.conversation_id or execution.id
        outcome: Outcome = "cancelled" if execution.status == "cancelled" else "success"
        await self._tell(
            execution, "end", RunFinished(thread_id, execution.run_id, outcome), last=True
        )

    async def _close_run(self, execution: Execution, answer: str) -> None:
        if execution.conversation_id is None:
            return
        async with self._kernel.database.writing() as session:
            run = await session.get(Run, execution.run_id)
            if run is not None:
                run.status = "done" if execution.status == "done" else execution.status
                run.answer, run.finished_at = answer, now()

    async def _plan_is(self, execution: Execution, status: str, key: str) -> None:
        await self._tell(execution, key, _plan_updated(execution, status))

    def _run_started(self, execution: Execution) -> RunStarted:
        return RunStarted(execution.conversation_id or execution.id, execution.run_id)

    async def _tell(
        self, execution: Execution, key: str, event: Event, *, last: bool = False
    ) -> None:
        emitter = Emitter(self._log, execution.run_id)
        emitter.emit(event, key=key, last=last)
        if last:  # what a crash keeps from being written before is told again
            await emitter.written()


def _again(execution: Execution) -> str:
    return f".{execution.attempt}" if execution.attempt > 1 else ""


def _facts(execution: Execution, row: ExecutionStep) -> dict[str, Any]:
    return {
        "execution_id": execution.id,
        "step_id": row.step_id,
        "parent": row.parent,
        "operation": row.operation,
        "status": row.status,
    }


def _plan_updated(execution: Execution, status: str, **more: str) -> Custom:
    value = {"plan_id": execution.plan_id, "status": status, "execution_id": execution.id}
    return Custom("plan_updated", value | more)
