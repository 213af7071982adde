"""What activity's operations return."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tools.changes import Change
from tools.values import Citation, Cited, Page, Result


def activity_citation(activity_id: str, title: str, snippet: str) -> Citation:
    """The citation of an invocation."""
    url = f"/api/racine/activity/get?activity={activity_id}"
    return Citation(id=activity_id, kind="activity", title=title, url=url, snippet=snippet)


class ActivityEntry(Cited):
    """One invocation, as people see it."""

    id: str
    sequence: int
    at: datetime
    user: str
    channel: str
    operation: str
    effect: str
    outcome: str
    reason: str
    arguments: dict[str, Any]
    targets: list[str]
    changes: int
    milliseconds: int

    def citation(self) -> Citation:
        when = f"{self.at:%Y-%m-%d %H:%M} UTC"
        title = f"{self.operation} by {self.user}"
        return activity_citation(self.id, title, f"{self.outcome} at {when}")


class ActivityPage(Page[ActivityEntry]):
    """Entries, with what all of them amount to; `by_day` in UTC, of the last 200 days with any.

    `changes`: on the first page, the newest of all that were more than reads.
    """

    by_operation: dict[str, int] = {}
    by_user: dict[str, int] = {}
    by_day: dict[str, int] = {}
    changes: list[ActivityEntry] = []


class ActivityDetail(ActivityEntry):
    """One invocation with what it changed."""

    changed: list[Change]


class AuditVerification(Result):
    """Whether the audit trail is as it was written."""

    intact: bool
    checked: int
    head: str
    broken_at: int | None
    reason: str


class Undone(Result):
    """What was put back: of an activity, or of an execution with several `operations`."""

    activity: str
    operation: str
    operations: list[str]
    records: int
    summary: str
