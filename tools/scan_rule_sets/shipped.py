"""Keeps the default rule set at what this release ships, each content as a version of its own."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from tools.scan_rule_sets.default_rules import DEFAULT_RULE_SET
from tools.scan_rule_sets.tables import ScanRuleSet
from tools.scan_rule_sets.versions import save_version, without_name


async def bring_up(session: AsyncSession, by: str) -> None:
    """Save the shipped detectors as the default rule set's next version, if they are others."""
    shipped = without_name(DEFAULT_RULE_SET.model_dump(mode="json"))
    row = await session.get(ScanRuleSet, "rls_default")
    if row is None:
        row = ScanRuleSet(
            id="rls_default",
            name=DEFAULT_RULE_SET.name,
            version=1,
            builtin=True,
            definition=shipped,
        )
        session.add(row)
        await session.flush()
    elif without_name(row.definition) == shipped:
        return
    else:
        row.version += 1
    save_version(session, row, shipped, by, "as this release ships it")
    await session.flush()
