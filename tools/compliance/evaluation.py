"""Judging a source: gathers the facts from the groups' tables, and applies rules to them.

The judgement itself is pure (`rules.evaluate`); `judge` only reads, so a posture can be asked for
at any time without leaving anything behind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.tables import Asset, LineageEdge
from tools.classifications.tables import Classification, Label
from tools.compliance.facts import AssetFacts, Downstream, Facts, LabelFact, Reader, SourceFacts
from tools.compliance.rules import Outcome, Rule, evaluate
from tools.data_sources.tables import Source
from tools.database import now
from tools.policy import UNMASK, load_all_entitlements
from tools.rbac.tables import Grant, User


@dataclass(frozen=True)
class Judgement:
    """A rule applied to one subject; `asset_id` is None for the source itself."""

    rule: Rule
    subject: str
    asset_id: str | None
    outcome: Outcome


async def judge(session: AsyncSession, source: Source, rules: Sequence[Rule]) -> list[Judgement]:
    """Apply every rule to every subject in a source that it selects."""
    judgements = []
    for facts in await gather(session, source):
        asset_id = facts.id if isinstance(facts, AssetFacts) else None
        judgements += [
            Judgement(rule, facts.qualified_name, asset_id, evaluate(rule, facts))
            for rule in rules
            if rule.applies_to.selects(facts)
        ]
    return judgements


async def gather(session: AsyncSession, source: Source) -> list[Facts]:
    """The facts of a source, its tables and views, and its columns."""
    moment = now()
    assets = list(
        await session.scalars(
            select(Asset)
            .where(Asset.source_id == source.id, Asset.kind != "pipeline")
            .order_by(Asset.qualified_name)
        )
    )
    by_id = {asset.id: asset for asset in assets}
    own = await _labels(session, source.id)
    readers = await _readers(session, source.id)
    edges = list(
        await session.execute(
            select(LineageEdge.upstream_id, LineageEdge.downstream_id).where(
                LineageEdge.source_id == source.id, LineageEdge.kind == "view"
            )
        )
    )
    grants = await session.scalar(
        select(func.count())
        .select_from(Grant)
        .where(or_(Grant.source_id == source.id, Grant.source_id.is_(None)))
    )
    source_facts = _source_facts(source, own, by_id, moment, grants or 0)
    flows: dict[str, list[str]] = defaultdict(list)
    origins: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        flows[edge.upstream_id].append(edge.downstream_id)
        origins[edge.downstream_id].append(edge.upstream_id)
    facts: list[Facts] = [source_facts]
    for asset in assets:
        parent = by_id.get(asset.parent_id or "")
        owner = asset.owner or (parent.owner if parent else None)
        labels = own[asset.id]
        if asset.kind != "column":
            labels = [
                LabelFact(
                    one.label,
                    one.category,
                    one.sensitivity,
                    one.status,
                    one.score,
                    by_id[column].name,
                )
                for column, carried in own.items()
                if column in by_id and by_id[column].parent_id == asset.id
                for one in carried
            ]
        facts.append(
            AssetFacts(
                id=asset.id,
                qualified_name=asset.qualified_name,
                kind="column" if asset.kind == "column" else "table",
                as_of=moment,
                labels=tuple(labels),
                grants=grants or 0,
                owners=(owner,) if owner else (),
                description=asset.description or asset.comment,
                tags=frozenset([*asset.tags, *(parent.tags if parent else [])]),
                last_scanned_at=source.scanned_at,
                source=source_facts,
                readers_unmasked=readers,
                upstream=tuple(
                    by_id[one].qualified_name for one in origins[asset.id] if one in by_id
                ),
                downstream=tuple(
                    Downstream(
                        by_id[one].qualified_name,
                        source.name,
                        frozenset(label.label for label in own[one] if label.status != "rejected"),
                    )
                    for one in _reached(asset.id, flows)
                    if one in by_id
                ),
            )
        )
    return facts


def _source_facts(
    source: Source,
    own: dict[str, list[LabelFact]],
    by_id: dict[str, Asset],
    moment: datetime,
    grants: int,
) -> SourceFacts:
    return SourceFacts(
        id=source.id,
        qualified_name=source.name,
        as_of=moment,
        labels=tuple(
            LabelFact(
                one.label,
                one.category,
                one.sensitivity,
                one.status,
                one.score,
                by_id[column].qualified_name,
            )
            for column, carried in own.items()
            if column in by_id
            for one in carried
        ),
        grants=grants,
        owners=(source.owner,) if source.owner else (),
        tags=frozenset(source.tags),
        last_scanned_at=source.scanned_at,
        environment=source.environment,
        credentials_encrypted=True,  # register_source stores no other kind
    )


async def _labels(session: AsyncSession, source_id: str) -> dict[str, list[LabelFact]]:
    labels: dict[str, list[LabelFact]] = defaultdict(list)
    for row, label in await session.execute(
        select(Classification, Label)
        .join(Label, Label.id == Classification.label)
        .where(Classification.source_id == source_id)
    ):
        labels[row.asset_id].append(
            LabelFact(label.id, label.category, label.sensitivity, row.status, row.score)
        )
    return labels


async def _readers(session: AsyncSession, source_id: str) -> tuple[Reader, ...]:
    readers = []
    for held in await load_all_entitlements(session, User.active.is_(True)):
        if held.decide(UNMASK).covers(source_id):
            roles = frozenset(one.role for one in held.held if one.gives(UNMASK))
            readers.append(Reader(held.user_name, roles))
    return tuple(readers)


def _reached(start: str, flows: dict[str, list[str]]) -> list[str]:
    reached: list[str] = []
    waiting = [start]
    while waiting:
        for one in flows[waiting.pop()]:
            if one not in reached and one != start:
                reached.append(one)
                waiting.append(one)
    return reached
