"""What an execution has used of its budget; what would go beyond it is never written."""

from __future__ import annotations

from datetime import datetime, timedelta

from tools.database import now
from tools.errors import TryLater
from tools.steps import Budget


class Spending:
    """One execution's use of its budget. `stopped`: why nothing more may start, or nothing."""

    def __init__(self, budget: Budget, begun: datetime, steps: int, rows: int) -> None:
        self._budget, self._begun = budget, begun
        self._steps, self._rows = steps, rows
        self.stopped = ""

    def begin_step(self) -> bool:
        """Count one more step; False, and stopped, where the budget has none left."""
        if self._budget.steps is not None and self._steps >= self._budget.steps:
            self.stopped = self.stopped or self.error("steps").detail
        elif self.seconds_left() == 0.0:
            self.stopped = self.stopped or self.error("seconds").detail
        if self.stopped:
            return False
        self._steps += 1
        return True

    def seconds_left(self) -> float | None:
        """How long it may go on; None without a bound."""
        if self._budget.seconds is None:
            return None
        end = self._begun + timedelta(seconds=self._budget.seconds)
        return max(0.0, (end - now()).total_seconds())

    def admit(self, changes: int) -> None:
        """Called before a step's commit; raising rolls it back.

        Raises:
            TryLater: `budget_spent`.
        """
        if self._budget.rows is not None and self._rows + changes > self._budget.rows:
            raise self.error("rows")
        self._rows += changes

    def error(self, what: str) -> TryLater:
        """The error of a budget that is spent; from now on it is stopped."""
        error = TryLater(
            f"The budget of {getattr(self._budget, what):g} {what} is spent.",
            "Raise the budget, or split the work.",
            code="budget_spent",
        )
        self.stopped = self.stopped or error.detail
        return error
