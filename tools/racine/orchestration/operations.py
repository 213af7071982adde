"""The operations of orchestration."""

from __future__ import annotations

import asyncio
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.audit import ActivityRow
from tools.catalog.tables import Asset
from tools.classifications.tables import Classification
from tools.compliance.tables import ComplianceRule
from tools.context import Context
from tools.data_sources.tables import Source
from tools.errors import RacineError
from tools.operation import operation
from tools.rbac.tables import User
from tools.scan_logic.tables import Scan
from tools.scan_rule_sets.tables import ScanRuleSet
from tools.values import Result

RECORDS = {
    "data_sources": Source,
    "scan_rule_sets": ScanRuleSet,
    "classifications": Classification,
    "compliance": ComplianceRule,
    "catalog": Asset,
    "scan_logic": Scan,
    "rbac": User,
}


class PartHealth(Result):
    """How one part is: `ok`, `degraded` or `down`, and what there is to say of it."""

    name: str
    status: str
    detail: dict[str, Any]


class Health(Result):
    """How the whole is."""

    status: str
    model: str
    groups: list[PartHealth]
    parts: list[PartHealth]


@operation(
    "orchestration.health",
    permission="orchestration.read",
    path="GET /health",
    examples=("Is everything healthy?", "How is the system?", "Show the health of Racine"),
)
async def health(ctx: Context) -> Health:
    """Say how the seven groups, the stores, the engine, the model and the index are."""
    groups = [
        await _group(ctx.session, name, model, ctx.kernel.registry.groups)
        for name, model in RECORDS.items()
    ]
    parts = [PartHealth(name="database", status="ok", detail=await _database(ctx.session))]
    for name, check in ctx.services.health.items():
        try:
            async with asyncio.timeout(5):
                detail = await check()
            parts.append(PartHealth(name=name, status=detail.pop("status", "ok"), detail=detail))
        except (RacineError, TimeoutError, OSError) as error:
            parts.append(
                PartHealth(name=name, status="down", detail={"reason": type(error).__name__})
            )
    worst = {part.status for part in groups + parts}
    return Health(
        status="down" if "down" in worst else "degraded" if "degraded" in worst else "ok",
        model=str(ctx.services.settings.get("model", "builtin")),
        groups=groups,
        parts=parts,
    )


async def _group(session: AsyncSession, name: str, model: Any, groups: Any) -> PartHealth:
    group = next(one for one in groups if one.name == name)
    records = await session.scalar(select(func.count()).select_from(model))
    return PartHealth(
        name=name,
        status="ok",
        detail={"records": records, "operations": len(group.operations)},
    )


async def _database(session: AsyncSession) -> dict[str, Any]:
    return {
        "dialect": session.get_bind().dialect.name,
        "activities": await session.scalar(select(func.max(ActivityRow.sequence))) or 0,
    }
