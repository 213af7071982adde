"""The rules as they are stored: read with the controls they serve, written version by version.

A version is kept as it was, so that a finding can always say by which words it was judged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.compliance.rules import Rule
from tools.compliance.tables import ComplianceRule, Control, RuleControl, RuleVersion
from tools.errors import ChooseAnother, nearest

APART = {"version", "controls"}  # the row's own, and the mappings'


async def all_rules(session: AsyncSession) -> list[Rule]:
    """Every rule that is switched on."""
    query = select(ComplianceRule).where(ComplianceRule.enabled).order_by(ComplianceRule.id)
    return await read_rules(session, list(await session.scalars(query)))


async def read_rules(session: AsyncSession, rows: Iterable[ComplianceRule]) -> list[Rule]:
    """What stored rules say, with their version and the controls that they are mapped to."""
    mapped: dict[str, list[str]] = defaultdict(list)
    for row in await session.execute(
        select(RuleControl.rule_id, RuleControl.control_id)
        .join(Control, Control.id == RuleControl.control_id)
        .order_by(Control.framework_id, Control.position)
    ):
        mapped[row.rule_id].append(row.control_id)
    return [
        Rule.model_validate(
            row.definition | {"version": row.version, "controls": mapped.get(row.id, ())}
        )
        for row in rows
    ]


async def find_rule(session: AsyncSession, reference: str) -> ComplianceRule:
    """The rule of that id or title.

    Raises:
        ChooseAnother: there is none.
    """
    wanted = reference.strip().lower()
    row: ComplianceRule | None = await session.scalar(
        select(ComplianceRule)
        .where(or_(ComplianceRule.id == wanted, func.lower(ComplianceRule.title) == wanted))
        .order_by(ComplianceRule.id)
    )
    if row is None:
        known = list(await session.scalars(select(ComplianceRule.id)))
        raise ChooseAnother(
            f"There is no rule '{reference}'.", nearest(wanted, known), field="rule"
        )
    return row


async def save_rule(session: AsyncSession, rule: Rule, by: str, *, builtin: bool) -> ComplianceRule:
    """Store a rule: a new one as version 1, a changed one as its next version."""
    definition = _definition(rule)
    row = await session.get(ComplianceRule, rule.id)
    if row is None:
        row = ComplianceRule(
            id=rule.id,
            title=rule.title,
            severity=rule.severity,
            definition=definition,
            builtin=builtin,
            version=1,
            enabled=True,
        )
        session.add(row)
        await session.flush()
    elif _said(row.definition) != definition:
        row.version += 1
    row.title, row.severity, row.definition = rule.title, rule.severity, definition
    if await session.get(RuleVersion, (row.id, row.version)) is None:
        session.add(
            RuleVersion(rule_id=row.id, version=row.version, definition=definition, written_by=by)
        )
    await session.flush()
    return row


async def map_controls(session: AsyncSession, rule_id: str, controls: Iterable[str]) -> None:
    """Let a rule serve controls too."""
    for control_id in dict.fromkeys(controls):
        if await session.get(RuleControl, (rule_id, control_id)) is None:
            session.add(RuleControl(rule_id=rule_id, control_id=control_id))
    await session.flush()


def _definition(rule: Rule) -> dict[str, Any]:
    return rule.model_dump(mode="json", exclude=APART)


def _said(definition: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in definition.items() if name not in APART}
