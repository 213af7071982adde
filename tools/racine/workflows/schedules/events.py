"""Events, as the change log tells them: what kind of change makes which, and what it carries.

One activity makes at most one event of a name for each source. Data are ids, names and counts,
never values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tools.audit import ActivityRow
from tools.changes import ChangeRow

NAMED = 20
OF_ALL = ("source", "operation", "by")
SHAPE = ("data_type", "nullable", "qualified_name", "view_sql")


@dataclass(frozen=True)
class Kind:
    """An event: the table whose changes make it, which of them, and the right to know of it.

    `fields`: what each record carries of its row, by which a schedule can narrow the event.
    """

    table: str
    made_by: Callable[[ChangeRow], bool]
    permission: str
    about: str
    fields: Mapping[str, str] = field(default_factory=dict)


def _becomes(field: str, *values: Any) -> Callable[[ChangeRow], bool]:
    """Whether a field has got one of the values by the change."""

    def test(change: ChangeRow) -> bool:
        after, before = (change.after or {}).get(field), (change.before or {}).get(field)
        return after in values and before != after

    return test


def _created(change: ChangeRow) -> bool:
    return change.action == "create"


def _reshaped(change: ChangeRow) -> bool:
    """Whether a table or a column came, went, or has another type; not its first discovery."""
    if change.action != "update":
        return True
    before, after = change.before or {}, change.after or {}
    return any(before.get(field) != after.get(field) for field in SHAPE)


FINDING = {"severity": "severity", "rule": "rule_id"}
KINDS: Mapping[str, Kind] = {
    "source.registered": Kind("sources", _created, "data_sources.read", "a source is registered"),
    "schema.changed": Kind(
        "assets", _reshaped, "catalog.read", "tables or columns came, went, or changed their type"
    ),
    "scan.completed": Kind(
        "scans",
        _becomes("status", "done", "completed with failures"),
        "scan_logic.read",
        "a scan has ended",
        {"status": "status"},
    ),
    "classification.changed": Kind(
        "classifications",
        lambda change: change.action != "update" or _moved(change, "label", "status"),
        "classifications.read",
        "a column's label came, went, or was confirmed or rejected",
        {"label": "label", "status": "status"},
    ),
    "finding.opened": Kind(
        "findings",
        _becomes("status", "open"),
        "compliance.read",
        "a rule has found something",
        FINDING,
    ),
    "finding.closed": Kind(
        "findings",
        _becomes("status", "resolved", "waived", "closed"),
        "compliance.read",
        "a finding was resolved or waived",
        FINDING,
    ),
    "owner.changed": Kind(
        "assets",
        lambda change: change.action == "update" and _moved(change, "owner"),
        "catalog.read",
        "an asset has another owner",
    ),
    "access.granted": Kind(
        "grants", _created, "rbac.read", "somebody got a role", {"role": "role"}
    ),
    "workflow.changed": Kind(
        "workflows", lambda change: True, "workflows.read", "a workflow was saved or deleted"
    ),
}


def data_of(
    name: str, activity: ActivityRow, changes: Sequence[ChangeRow], source: str | None
) -> dict[str, Any]:
    """What an event carries: steps read it as `{"$ref": "event.source"}`."""
    return {
        "name": name,
        "source": source,
        "operation": activity.operation,
        "by": activity.user_name,
        "at": activity.at.isoformat(),
        "total": len(changes),
        "records": [
            {"key": one.key, "label": one.label, "action": one.action, **facts_of(name, one)}
            for one in changes[:NAMED]
        ],
    }


def narrowing(name: str) -> list[str]:
    """The fields by which a schedule can narrow an event."""
    return [*OF_ALL, *KINDS[name].fields]


def facts_of(name: str, change: ChangeRow) -> dict[str, Any]:
    """What a record of an event carries of its row."""
    row = change.after or change.before or {}
    return {field: row.get(column) for field, column in KINDS[name].fields.items()}


def concerns(name: str, where: Mapping[str, Any], change: ChangeRow) -> bool:
    """Whether a record has the facts that a schedule asks for."""
    facts = facts_of(name, change)
    return fits({field: value for field, value in where.items() if field in facts}, facts)


def fits(where: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """Whether an event has the fields that a schedule asks for."""
    return all(event.get(field) == value for field, value in where.items())


def _moved(change: ChangeRow, *fields: str) -> bool:
    before, after = change.before or {}, change.after or {}
    return any(before.get(field) != after.get(field) for field in fields)
