"""What executions start: a step that queues another execution ends as that one does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.database import Database, now
from tools.errors import LookAgain
from tools.racine.workflows.ledger import ENDED, HALTED, STEP_ENDED, Progress, in_ledger_order
from tools.racine.workflows.tables import Execution, ExecutionStep
from tools.racine.workflows.types import ExecutionStatus, StepStatus

LOOKS_AFTER = (0.05, 1.0)  # seconds: at first, at the most


async def rows_of(session: AsyncSession, execution_id: str) -> list[ExecutionStep]:
    """How each step of an execution stands, in order, the items of a loop behind it."""
    rows = await session.scalars(
        select(ExecutionStep).where(ExecutionStep.execution_id == execution_id)
    )
    return sorted(rows, key=in_ledger_order)


async def started_by(session: AsyncSession, execution_id: str) -> list[Execution]:
    """The executions that an execution's steps have started, and that those have in turn."""
    found: list[Execution] = []
    fresh = [execution_id]
    while fresh:
        of_these = select(Execution).where(Execution.parent_id.in_(fresh))
        started = list(await session.scalars(of_these.order_by(Execution.created_at)))
        found += started
        fresh = [one.id for one in started]
    return found


@dataclass(frozen=True)
class Started:
    """How an execution that a step has started stands. `waited`: seconds that people let pass."""

    execution: Execution
    rows: Sequence[ExecutionStep]
    waited: float = 0.0

    def progress(self) -> Progress:
        """How far it has come, by its steps."""
        steps = [row for row in self.rows if row.parent is None]
        done = sum(row.status in STEP_ENDED for row in steps)
        title, status = self.execution.title, self.execution.status
        if status not in HALTED:
            return Progress(title, done, len(steps))
        details = [row.detail for row in steps if row.status in HALTED and row.detail]
        said = ": ".join([f"{title} is {status}", *details[:1]])
        return Progress(said, done, len(steps), halted=status)

    def told(self, value: BaseModel, outcome: str) -> BaseModel:
        """What the step returned, as it stands at the end."""
        one = self.execution
        ended: dict[str, Any] = {
            "status": one.status,
            "outcome": outcome,
            "summary": one.summary,
            "started_at": one.started_at,
            "finished_at": one.finished_at,
        }
        if isinstance(value, ExecutionStatus):
            ended["steps"] = [StepStatus.model_validate(row) for row in self.rows]
        known = type(value).model_fields
        return value.model_copy(update={name: ended[name] for name in ended if name in known})

    def failure(self, outcome: str) -> LookAgain:
        """Why the step that started it has failed."""
        failed = next((row for row in self.rows if row.status == "failed"), None)
        said = f"“{self.execution.title}” {outcome}."
        said += f" Step '{failed.step_id}': {failed.detail}" if failed else ""
        return LookAgain(said, f"workflows.status of {self.execution.id} tells of each step.")


async def until_it_rests(
    database: Database,
    execution_id: str,
    halting: asyncio.Event,
    tell: Callable[[Progress], None],
) -> Started:
    """Wait until an execution has ended; or, once `halting`, until it doesn't go on by itself."""
    pause, waited, last = LOOKS_AFTER[0], 0.0, None
    while True:
        async with database.reading() as session:
            execution = await session.get_one(Execution, execution_id)
            started = Started(execution, await rows_of(session, execution_id), waited)
        if execution.status in ENDED or (halting.is_set() and execution.status in HALTED):
            return started
        at = now()
        if last is not None and execution.status in HALTED:
            waited += (at - last).total_seconds()
        last = at if execution.status in HALTED else None
        tell(started.progress())
        await asyncio.sleep(pause)
        pause = min(pause * 1.5, LOOKS_AFTER[1])
