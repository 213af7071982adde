"""Which labels the rules look at."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.classifications.tables import Label
from tools.compliance.facts import at_least
from tools.compliance.rule_versions import all_rules
from tools.compliance.rules import Rule


def covers(rule: Rule, label: Label) -> bool:
    """Whether a rule that asks for labels asks for this one."""
    wanted = rule.applies_to
    if not (wanted.labels or wanted.categories or wanted.sensitivity_at_least):
        return False
    return (
        (not wanted.labels or label.id in wanted.labels)
        and (not wanted.categories or label.category in wanted.categories)
        and (
            wanted.sensitivity_at_least is None
            or at_least(label.sensitivity, wanted.sensitivity_at_least)
        )
    )


async def covered_labels(session: AsyncSession, rules: Iterable[Rule] | None = None) -> set[str]:
    """The ids of the labels that a rule (by default any of all) covers."""
    listed = await all_rules(session) if rules is None else list(rules)
    labels = await session.scalars(select(Label))
    return {label.id for label in labels if any(covers(rule, label) for rule in listed)}
