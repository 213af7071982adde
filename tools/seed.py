"""What a database holds from the start: roles, taxonomy, default rule set, frameworks, rules.

Brought to the release's content by `racine db upgrade`; audited like any other change. What
people have added themselves is left alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy import inspect, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.audit import system_entry
from tools.classifications import taxonomy
from tools.compliance.library import built_in_rules, frameworks
from tools.compliance.rule_versions import map_controls, save_rule
from tools.compliance.tables import ComplianceRule, Control, Framework, RuleControl, RuleVersion
from tools.database import Base
from tools.invoke import Kernel
from tools.rbac.tables import Role
from tools.scan_rule_sets import shipped

Row = TypeVar("Row", bound=Base)

ROLES = {
    "administrator": ("May do everything.", ["*"]),
    "steward": (
        "Governs data: registers and scans sources, describes, classifies, evaluates; "
        "sees classified values.",
        [
            "*.read",
            "data_sources.*",
            "scan_rule_sets.*",
            "classifications.*",
            "compliance.*",
            "catalog.*",
            "scan_logic.*",
            "workflows.*",
            "pipelines.*",
            "orchestration.write",
            "assistant.write",
            "assistant.review",
            "workspaces.write",
            "activity.write",
            "data.unmask",
        ],
    ),
    "analyst": (
        "Works with data: reads, previews with classified values masked, describes and tags, "
        "starts scans.",
        [
            "*.read",
            "data_sources.preview",
            "catalog.write",
            "scan_logic.write",
            "workflows.write",
            "pipelines.write",
            "assistant.write",
        ],
    ),
    "viewer": (
        "Reads the catalog, classifications and compliance; sees no values but masked ones.",
        [
            "data_sources.read",
            "data_sources.preview",
            "scan_rule_sets.read",
            "classifications.read",
            "compliance.read",
            "catalog.read",
            "scan_logic.read",
            "search.read",
            "orchestration.read",
            "workspaces.read",
            "workflows.read",
            "pipelines.read",
        ],
    ),
}


async def seed(kernel: Kernel) -> None:
    """Bring the built-in content to what this release ships."""
    async with kernel.unit_of_work(system_entry("system.seed", "built-in content")) as session:
        roles = await _present(session, Role)
        for name, (description, permissions) in ROLES.items():
            _put(
                session,
                Role,
                roles,
                {
                    "name": name,
                    "description": description,
                    "permissions": permissions,
                    "builtin": True,
                },
            )
        await taxonomy.bring_up(session)
        await shipped.bring_up(session, "Racine")
        await _compliance(session)


async def _compliance(session: AsyncSession) -> None:
    present = await _present(session, Framework)
    controls = await _present(session, Control)
    # Held, so that the session finds them here instead of asking for each.
    rules = [await _present(session, one) for one in (ComplianceRule, RuleVersion, RuleControl)]
    imported = {one.id for one in present.values() if one.imported is not None}
    for framework in frameworks():
        if framework.id in imported:
            continue  # an imported catalog has taken its place
        _put(
            session,
            Framework,
            present,
            framework.model_dump(include={"id", "name", "version", "publisher"})
            | {"aliases": list(framework.aliases)},
        )
        await session.flush()
        for position, control in enumerate(framework.controls):
            _put(
                session,
                Control,
                controls,
                control.model_dump(include={"id", "ref", "title", "summary", "assessable"})
                | {
                    "framework_id": framework.id,
                    "parent_id": control.parent,
                    "position": position,
                },
            )
    await session.flush()
    known = set(await session.scalars(select(Control.id)))
    for rule in built_in_rules():
        await save_rule(session, rule, "Racine", builtin=True)
        # A framework that isn't here may be imported later; the next upgrade maps to it.
        await map_controls(session, rule.id, [one for one in rule.controls if one in known])
    del rules


async def _present(session: AsyncSession, table: type[Row]) -> dict[tuple[Any, ...], Row]:
    """A table's rows by their keys."""
    rows = await session.scalars(select(table))
    return {tuple(getattr(row, key) for key in _keys(table)): row for row in rows}


def _put(
    session: AsyncSession,
    table: type[Row],
    present: Mapping[tuple[Any, ...], Row],
    facts: dict[str, Any],
) -> None:
    row = present.get(tuple(facts[key] for key in _keys(table)))
    if row is None:
        session.add(table(**facts))
        return
    for name, value in facts.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def _keys(table: type[Base]) -> list[str]:
    return [column.name for column in inspect(table).primary_key]
