"""What uses a rule set: what refers to it in the database, and workflows that name it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.database import Base
from tools.racine.workflows.schedules.tables import Schedule
from tools.racine.workflows.tables import Workflow
from tools.scan_rule_sets.tables import ScanRuleSet, ScanRuleSetVersion

SHOWN = 5


async def users_of(session: AsyncSession, rule_set: ScanRuleSet) -> list[str]:
    """In words: "3 scans", "the workflow nightly, which the schedule at-night starts"."""
    used = []
    for table in Base.metadata.sorted_tables:
        if table.name == ScanRuleSetVersion.__tablename__:
            continue
        for key in table.foreign_keys:
            if key.column.table.name == ScanRuleSet.__tablename__:
                counted = select(func.count()).where(key.parent == rule_set.id)
                if number := (await session.execute(counted)).scalar_one():
                    what = table.name.replace("_", " ")
                    used.append(f"{number} {what if number > 1 else what.removesuffix('s')}")
    named = {rule_set.id, rule_set.name.lower()}
    for workflow in await session.scalars(select(Workflow).order_by(Workflow.name)):
        if any(_names(step.get("arguments"), named) for step in workflow.steps):
            starting = await session.scalars(
                select(Schedule.name).where(Schedule.workflow_id == workflow.id)
            )
            by = ", ".join(list(starting)[:SHOWN])
            started = f", which the schedule {by} starts" if by else ""
            used.append(f"the workflow {workflow.name}{started}")
    return used


def _names(arguments: Any, named: set[str]) -> bool:
    if isinstance(arguments, dict):
        given = arguments.get("rule_set")
        if isinstance(given, str) and (given in named or given.lower() in named):
            return True
        return any(_names(value, named) for value in arguments.values())
    if isinstance(arguments, list):
        return any(_names(value, named) for value in arguments)
    return False
