"""The state of a service as anybody can read it, and how two of its readings differ.

Every list that can be read is read, so a write that nobody asked for shows wherever it lands; and
the trail says how many writes were done at all. Not among them: reads in the log, conversations
and pending plans, which talking changes by itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evals.client import Client

Record = dict[str, Any]
State = dict[str, dict[str, Record]]

# Facet: operation, its arguments, and the fields that name a record.
FACETS: dict[str, tuple[str, dict[str, Any], tuple[str, ...]]] = {
    "sources": ("data_sources.list_sources", {}, ("name",)),
    "assets": ("catalog.list_assets", {}, ("qualified_name",)),
    "columns": ("catalog.list_assets", {"kind": "column"}, ("qualified_name",)),
    "dashboards": ("catalog.list_assets", {"kind": "dashboard"}, ("qualified_name",)),
    "products": ("catalog.list_assets", {"kind": "data_product"}, ("qualified_name",)),
    "glossary": ("catalog.list_glossary_terms", {}, ("name",)),
    "domains": ("catalog.list_domains", {}, ("name",)),
    "contracts": ("catalog.list_contracts", {}, ("id",)),
    "labels": ("classifications.list_labels", {}, ("id",)),
    "classifications": (
        "classifications.list_classified_columns",
        {},
        ("column", "label"),
    ),
    "frameworks": ("compliance.list_frameworks", {}, ("id",)),
    "rules": ("compliance.list_rules", {}, ("id",)),
    "findings": ("compliance.list_findings", {}, ("id",)),
    "rule_sets": ("scan_rule_sets.list_rule_sets", {}, ("name",)),
    "scans": ("scan_logic.list_scans", {}, ("id",)),
    "scan_schedules": ("scan_logic.list_scan_schedules", {}, ("id",)),
    "people": ("rbac.list_users", {}, ("name",)),
    "roles": ("rbac.list_roles", {}, ("name",)),
    "teams": ("rbac.list_teams", {}, ("name",)),
    "keys": ("rbac.list_api_keys", {}, ("id",)),
    "workspaces": ("workspaces.list", {}, ("name",)),
    "workflows": ("workflows.list", {}, ("name",)),
    "schedules": ("workflows.schedules", {}, ("id",)),
    "pipelines": ("pipelines.list", {}, ("name",)),
    "approval_rules": ("approvals.list_rules", {}, ("id",)),
    "policies": ("approvals.list_policies", {}, ("id",)),
    "memories": ("assistant.list_memories", {}, ("text",)),
    "tasks": ("activity.list_tasks", {}, ("id",)),
    "services": ("integration.list_services", {}, ("name",)),
}
# Counted from other records, or of the moment of reading.
COUNTED = {"holders", "columns", "open_findings", "covered", "last_used", "overdue", "version"}
TRAIL = "trail"
ITSELF = "Racine"
MANY = 500


@dataclass(frozen=True)
class Difference:
    """One record or one of its fields, before and after; None where it wasn't."""

    of: str
    name: str
    field: str | None
    before: Any
    after: Any

    def __str__(self) -> str:
        if self.field is None:
            return f"{self.of} {self.name} was {'removed' if self.after is None else 'created'}"
        return f"{self.of} {self.name}: {self.field} was {self.before!r}, is {self.after!r}"


async def read_state(client: Client, at_once: int = 4) -> State:
    """Every facet that the service offers to this client."""
    gate = asyncio.Semaphore(at_once)

    async def facet(name: str) -> tuple[str, dict[str, Record]]:
        operation, arguments, key = FACETS[name]
        limit = {"limit": MANY} if "limit" in client.service.defaults[operation] else {}
        async with gate:
            page = await client.read(operation, {**arguments, **limit})
        return name, {" ".join(str(r.get(k)) for k in key): _plain(r) for r in page["items"]}

    offered = [name for name, (operation, *_) in FACETS.items() if client.service.has(operation)]
    state = dict(await asyncio.gather(*map(facet, offered)))
    if client.service.has("activity.search"):
        state[TRAIL] = {effect: await _done(client, effect) for effect in ("write", "destroy")}
    return state


async def _done(client: Client, effect: str) -> Record:
    """How many operations of the effect each person ever did; what the service does by itself,
    such as following a change, isn't asked for by anybody."""
    wanted = {"effect": effect, "outcome": "done", "limit": 1}
    by_user = dict((await client.call("activity.search", wanted)).json().get("by_user", {}))
    return {user: count for user, count in by_user.items() if user != ITSELF}


def unread(client: Client) -> list[str]:
    """The facets that this service doesn't offer."""
    return [name for name, (operation, *_) in FACETS.items() if not client.service.has(operation)]


def differences(before: State, after: State, *, trail: bool = True) -> list[Difference]:
    """What differs, in the order of the facets and of the names; with the trail or without."""
    return [
        one for of in sorted((before.keys() | after.keys()) - (set() if trail else {TRAIL}))
        for one in _of_facet(of, before.get(of, {}), after.get(of, {}))
    ]  # fmt: skip


def _of_facet(
    of: str, before: Mapping[str, Record], after: Mapping[str, Record]
) -> list[Difference]:
    found = []
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if old is None or new is None:
            found.append(Difference(of, name, None, old, new))
            continue
        found += [
            Difference(of, name, field, old.get(field), new.get(field))
            for field in sorted(old.keys() | new.keys())
            if old.get(field) != new.get(field)
        ]
    return found


def _plain(record: Record) -> Record:
    return {
        key: sorted(value, key=str) if isinstance(value, list) else value
        for key, value in record.items()
        if key not in COUNTED
    }
