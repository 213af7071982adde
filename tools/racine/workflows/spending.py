"""What an execution has used of its budget; what would go beyond it is never written.

The budget of an execution holds for those that it starts, too, and for theirs: each counts what
the others have used, of records in the transaction that writes more.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any
from weakref import WeakValueDictionary

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.audit import ActivityRow
from tools.database import now
from tools.errors import TryLater
from tools.racine.workflows.started import started_by
from tools.racine.workflows.tables import Execution, ExecutionStep
from tools.steps import Budget


def seconds_left(execution: Execution) -> float | None:
    """How long an execution may go on, what it waits for people not counted; None: no bound."""
    seconds: float | None = execution.budget.get("seconds")
    if seconds is None:
        return None
    running = (now() - execution.went_on_at).total_seconds() if execution.went_on_at else 0.0
    return max(0.0, seconds - execution.active_seconds - running)


_TURNS: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()


class Spending:
    """One execution's use of its budget. `stopped`: why nothing more may start, or nothing.

    Executions in one process that share a budget of steps begin steps in turn, so that none begins
    beyond it; those of other processes are counted as they have been written.

    Args:
        steps: how many it has run.
        rows: how many records it has changed.
    """

    def __init__(self, execution: Execution, steps: int, rows: int) -> None:
        self._execution = execution
        self._steps, self._rows = steps, rows
        self._budgets: dict[str, Budget] = {}
        self._lock: asyncio.Lock | None = None
        self._others: dict[str, int] = {}  # steps that others have run, by the budget's execution
        self.stopped = ""

    async def look(self, session: AsyncSession) -> None:
        """Learn whose budgets hold, and what others have used of their steps."""
        if not self._budgets:
            one: Execution | None = self._execution
            while one is not None:
                self._budgets[one.id] = Budget.model_validate(one.budget)
                one = await session.get(Execution, one.parent_id) if one.parent_id else None
        for of, budget in self._budgets.items():
            if budget.steps is not None:
                self._others[of] = await self._counted(
                    session,
                    of,
                    lambda ids: (
                        select(func.count())
                        .select_from(ExecutionStep)
                        .where(ExecutionStep.execution_id.in_(ids), ExecutionStep.attempts > 0)
                    ),
                )

    @property
    def bounds_steps(self) -> bool:
        """Whether it is worth looking again."""
        return any(one.steps is not None for one in self._budgets.values())

    def turn(self) -> AbstractAsyncContextManager[Any]:
        """While entered, no other execution of this process begins steps of the same budget."""
        bounded = [of for of, budget in self._budgets.items() if budget.steps is not None]
        if not bounded:
            return nullcontext()
        self._lock = _TURNS.setdefault(bounded[-1], asyncio.Lock())  # the topmost
        return self._lock

    def begin_step(self) -> bool:
        """Count one more step; False, and stopped, where the budget has none left."""
        for of, budget in self._budgets.items():
            used = self._steps + self._others.get(of, 0)
            if budget.steps is not None and used >= budget.steps:
                self.stopped = self.stopped or self._error("steps", budget.steps).detail
        if self.seconds_left() == 0.0:
            self.stopped = self.stopped or self.out_of_time().detail
        if self.stopped:
            return False
        self._steps += 1
        return True

    def seconds_left(self) -> float | None:
        """How long it may go on; None without a bound."""
        return seconds_left(self._execution)

    async def admit(self, session: AsyncSession, changes: int) -> None:
        """Called before a step's commit; raising rolls it back.

        Raises:
            TryLater: `budget_spent`.
        """
        for of, budget in self._budgets.items():
            if budget.rows is None:
                continue
            others = await self._counted(
                session,
                of,
                lambda ids: select(func.sum(ActivityRow.change_count)).where(
                    ActivityRow.run_id.in_(select(Execution.run_id).where(Execution.id.in_(ids)))
                ),
            )
            if self._rows + others + changes > budget.rows:
                raise self._error("rows", budget.rows)
        self._rows += changes

    def out_of_time(self) -> TryLater:
        """The error of a budget whose time is over; from now on it is stopped."""
        return self._error("seconds", self._execution.budget["seconds"])

    async def _counted(
        self, session: AsyncSession, of: str, query: Callable[[list[str]], Select[int]]
    ) -> int:
        """A number over all that belong to an execution, this one left out."""
        ids = {of, *(one.id for one in await started_by(session, of))} - {self._execution.id}
        return (await session.scalar(query(sorted(ids))) or 0) if ids else 0

    def _error(self, what: str, most: float) -> TryLater:
        error = TryLater(
            f"The budget of {most:g} {what} is spent.",
            "Raise the budget, or split the work.",
            code="budget_spent",
        )
        self.stopped = self.stopped or error.detail
        return error
