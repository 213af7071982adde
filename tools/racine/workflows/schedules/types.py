"""What schedules' operations return."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import SecretStr

from tools.values import Citation, Cited, Result


class ScheduleDetail(Cited):
    """What starts a workflow, when next, and how it went last.

    `next_at`, `upcoming`: UTC; `next_local`: in the schedule's own time zone. `paused`: why it
    doesn't run at present.
    """

    id: str
    name: str
    workflow: str
    runs_as: str
    cron: str | None
    timezone: str
    event: str | None
    where: dict[str, Any]
    webhook: str | None
    missed: str
    overlap: str
    next_at: datetime | None
    next_local: str | None
    upcoming: list[datetime]
    runs: int
    last_at: datetime | None
    last_outcome: str | None
    last_execution_id: str | None
    created_at: datetime

    def citation(self) -> Citation:
        return Citation(
            id=self.id,
            kind="schedule",
            title=self.name,
            url=f"/api/racine/workflows/schedules?workflow={self.workflow}",
            snippet=self.cron or self.event or "webhook",
        )


class NewSchedule(ScheduleDetail):
    """A new schedule; a webhook's signing `secret` is shown this once."""

    secret: SecretStr | None


class ScheduleRunDetail(Result):
    """One time that a schedule was due, and what came of it."""

    id: str
    at: datetime
    outcome: str
    detail: str
    event: dict[str, Any]
    execution_id: str | None


class Unscheduled(Result):
    """A schedule that is gone; its executions stay."""

    id: str
    name: str
    runs: int
