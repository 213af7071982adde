"""Judging: rules applied to the facts of a source, or of people.

The judgement itself is pure (`rules.evaluate`); this only reads, so a posture can be asked for
at any time without leaving anything behind.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from tools.compliance.facts import AssetFacts, Facts, GovernedFacts, UserFacts
from tools.compliance.gathering import gather
from tools.compliance.people_facts import gather_people
from tools.compliance.rules import Outcome, Rule, evaluate
from tools.data_sources.tables import Source

Slot = tuple[str, str]
"""A rule's id and the id of what it judges."""


@dataclass(frozen=True)
class Judgement:
    """A rule applied to one subject: an asset, a source, or a person, who belongs to no source."""

    rule: Rule
    subject: str
    subject_id: str
    outcome: Outcome
    asset_id: str | None = None
    source_id: str | None = None
    person_id: str | None = None
    owner: str | None = None

    @property
    def slot(self) -> Slot:
        """What tells it from every other judgement of one evaluation."""
        return self.rule.id, self.subject_id


async def judge(
    session: AsyncSession, source: Source, rules: Sequence[Rule], as_of: datetime | None = None
) -> list[Judgement]:
    """Apply every rule to every subject in a source that it selects."""
    facts = await gather(session, source, as_of)
    return await asyncio.to_thread(_judged, facts, rules, source.id)  # it may take seconds


async def judge_people(
    session: AsyncSession,
    rules: Sequence[Rule],
    log: AsyncSession | None = None,
    as_of: datetime | None = None,
) -> list[Judgement]:
    """Apply every rule about users to everybody whom it selects."""
    about = [rule for rule in rules if "user" in rule.applies_to.kinds]
    if not about:
        return []
    return _judged(await gather_people(session, log or session, as_of), about, None)


def _judged(
    found: Iterable[Facts], rules: Sequence[Rule], source_id: str | None
) -> list[Judgement]:
    return [
        Judgement(
            rule,
            facts.qualified_name,
            facts.id,
            evaluate(rule, facts),
            asset_id=facts.id if isinstance(facts, AssetFacts) else None,
            source_id=source_id,
            person_id=facts.id if isinstance(facts, UserFacts) else None,
            owner=next(iter(facts.owners), None) if isinstance(facts, GovernedFacts) else None,
        )
        for facts in found
        for rule in rules
        if rule.applies_to.selects(facts)
    ]
