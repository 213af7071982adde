"""What a database holds from the start: roles, taxonomy, default rule set, frameworks, rules.

Brought to the release's content by `racine db upgrade`; audited like any other change. What
people have added themselves is left alone.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.audit import system_entry
from tools.classifications import taxonomy
from tools.compliance.library import built_in_rules, frameworks
from tools.compliance.rule_versions import map_controls, save_rule
from tools.compliance.tables import ComplianceRule, Control, Framework, RuleControl, RuleVersion
from tools.invoke import Kernel
from tools.rbac.tables import Role
from tools.scan_rule_sets import shipped

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
        for name, (description, permissions) in ROLES.items():
            await _put(
                session,
                Role,
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
    # Held, so that the session finds them here instead of asking for each.
    present = [
        list(await session.scalars(select(table)))
        for table in (Control, ComplianceRule, RuleVersion, RuleControl)
    ]
    imported = set(
        await session.scalars(select(Framework.id).where(Framework.imported.is_not(None)))
    )
    for framework in frameworks():
        if framework.id in imported:
            continue  # an imported catalog has taken its place
        await _put(
            session,
            Framework,
            framework.model_dump(include={"id", "name", "version", "publisher"})
            | {"aliases": list(framework.aliases)},
        )
        await session.flush()
        for position, control in enumerate(framework.controls):
            await _put(
                session,
                Control,
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
    del present


async def _put(session: AsyncSession, model: type[Any], facts: dict[str, Any]) -> None:
    keys = [column.name for column in model.__table__.primary_key.columns]
    row = await session.get(model, tuple(facts[key] for key in keys))
    if row is None:
        session.add(model(**facts))
        return
    for name, value in facts.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
