"""Gathering facts: what the groups' tables say of a source and all in it, as plain facts.

Only reads. The session may be of a database that holds a past moment; then `as_of` is that one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import Row, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.tables import RELATIONS, Asset, AssetProfile, QualityCheck, QualityResult
from tools.classifications.tables import Classification, Label
from tools.compliance.facts import AssetFacts, CheckFact, Facts, LabelFact, Reader, SourceFacts
from tools.compliance.flows import load_flows
from tools.data_sources.tables import Source
from tools.database import now
from tools.grants import load_all_entitlements
from tools.policy import UNMASK
from tools.rbac.tables import Grant, User

JUDGED = (*RELATIONS, "file", "column")
TOLD = (
    Asset.id,
    Asset.parent_id,
    Asset.name,
    Asset.qualified_name,
    Asset.kind,
    Asset.owner,
    Asset.description,
    Asset.comment,
    Asset.tags,
    Asset.row_count,
    Asset.certification,
    Asset.deprecated_at,
    Asset.sunset_on,
)
"""What the facts of an asset are made of; whole records of thousands would take seconds."""
Told = Row[*tuple[Any, ...]]
Labels = Mapping[str, list[LabelFact]]
SEALED_MODES = ("require", "verify-ca", "verify-full")


async def gather(
    session: AsyncSession, source: Source, as_of: datetime | None = None
) -> list[Facts]:
    """The facts of a source, its tables and views, and its columns."""
    moment = as_of or now()
    judged = await session.execute(
        select(*TOLD)
        .where(Asset.source_id == source.id, Asset.kind.in_(JUDGED))
        .order_by(Asset.qualified_name)
    )
    assets: Sequence[Told] = judged.all()
    by_id = {asset.id: asset for asset in assets}
    labels = await _labels(session, source.id)
    grants = await _grants(session, source.id)
    names = {one.name for one in await session.scalars(select(User).where(User.active.is_(True)))}
    source_facts = _source(source, labels, by_id, names, moment, grants)
    readers = await _readers(session, source.id)
    flows = await load_flows(session, source)
    checks = await _checks(session, source.id)
    profiles = await _profiles(session, source.id)
    columns: dict[str, list[Told]] = defaultdict(list)
    for asset in assets:
        if asset.parent_id:
            columns[asset.parent_id].append(asset)
    facts: list[Facts] = [source_facts]
    for asset in assets:
        parent = by_id.get(asset.parent_id or "")
        owner = asset.owner or (parent.owner if parent else None)
        profile = profiles.get(parent.id if parent else asset.id)
        facts.append(
            AssetFacts(
                id=asset.id,
                qualified_name=asset.qualified_name,
                kind="column" if asset.kind == "column" else "table",
                as_of=moment,
                labels=_all_labels(asset, columns[asset.id], labels),
                grants=grants,
                owners=(owner,) if owner else (),
                idle_owners=(owner,) if owner and owner not in names else (),
                description=asset.description or asset.comment,
                tags=frozenset([*asset.tags, *(parent.tags if parent else [])]),
                last_scanned_at=source.scanned_at,
                source=source_facts,
                rows=asset.row_count,
                certification=asset.certification,
                deprecated_at=asset.deprecated_at,
                sunset_on=asset.sunset_on,
                profiled_at=profile.at if profile else None,
                checks=tuple(checks[asset.id]),
                oldest=_oldest(profile) if profile else {},
                readers_unmasked=readers,
                upstream=flows.into(asset.id),
                downstream=flows.out_of(asset.id),
            )
        )
    return facts


def _all_labels(asset: Told, columns: Sequence[Told], labels: Labels) -> tuple[LabelFact, ...]:
    own = labels.get(asset.id, [])
    below = [
        replace(one, on=column.name) for column in columns for one in labels.get(column.id, ())
    ]
    return (*own, *below)


def _source(
    source: Source,
    labels: Labels,
    by_id: Mapping[str, Told],
    names: Iterable[str],
    moment: datetime,
    grants: int,
) -> SourceFacts:
    owners = (source.owner,) if source.owner else ()
    return SourceFacts(
        id=source.id,
        qualified_name=source.name,
        as_of=moment,
        labels=tuple(
            replace(one, on=by_id[asset].qualified_name)
            for asset, carried in labels.items()
            if asset in by_id
            for one in carried
        ),
        grants=grants,
        owners=owners,
        idle_owners=tuple(owner for owner in owners if owner not in names),
        tags=frozenset(source.tags),
        last_scanned_at=source.scanned_at,
        environment=source.environment,
        discovered_at=source.discovered_at,
        encrypted_at_rest=True if "encrypted-at-rest" in source.tags else None,
        encrypted_in_transit=_encrypted_in_transit(source),
        credentials_encrypted=True,  # register_source stores no other kind
    )


def _encrypted_in_transit(source: Source) -> bool | None:
    """Known from the connection's own sslmode, or from what people say by a tag."""
    mode = parse_qs(urlsplit(source.location).query).get("sslmode", [""])[-1]
    if mode == "disable":
        return False
    return True if mode in SEALED_MODES or "encrypted-in-transit" in source.tags else None


async def _labels(session: AsyncSession, source_id: str) -> Labels:
    labels: dict[str, list[LabelFact]] = defaultdict(list)
    for row in await session.execute(
        select(Classification.asset_id, Classification.status, Classification.score)
        .add_columns(Label.id, Label.category, Label.sensitivity)
        .join(Label, Label.id == Classification.label)
        .where(Classification.source_id == source_id)
        .order_by(Classification.asset_id, Label.id)
    ):
        labels[row.asset_id].append(
            LabelFact(row.id, row.category, row.sensitivity, row.status, row.score)
        )
    return labels


async def _grants(session: AsyncSession, source_id: str) -> int:
    on = or_(Grant.source_id == source_id, Grant.source_id.is_(None))
    return (
        await session.scalar(
            select(func.count()).select_from(Grant).where(on, Grant.effect == "allow")
        )
        or 0
    )


async def _readers(session: AsyncSession, source_id: str) -> tuple[Reader, ...]:
    readers = []
    for held in await load_all_entitlements(session, User.active.is_(True)):
        if held.decide(UNMASK).touches(source_id):
            roles = frozenset(one.role for one in held.live() if one.gives(UNMASK))
            readers.append(Reader(held.user_name, roles))
    return tuple(readers)


async def _checks(session: AsyncSession, source_id: str) -> dict[str, list[CheckFact]]:
    latest = (
        select(QualityResult.check_id, func.max(QualityResult.at))
        .where(QualityResult.source_id == source_id)
        .group_by(QualityResult.check_id)
    )
    results = {
        row.check_id: row
        for row in await session.scalars(
            select(QualityResult).where(
                tuple_(QualityResult.check_id, QualityResult.at).in_(latest)
            )
        )
    }
    found: dict[str, list[CheckFact]] = defaultdict(list)
    for check in await session.scalars(
        select(QualityCheck)
        .where(QualityCheck.source_id == source_id)
        .order_by(QualityCheck.name, QualityCheck.id)
    ):
        result = results.get(check.id)
        fact = CheckFact(
            check.name,
            check.kind,
            result.status if result else None,  # type: ignore[arg-type]
            result.at if result else None,
        )
        found[check.asset_id].append(fact)
        if check.column_id:
            found[check.column_id].append(fact)
    return found


async def _profiles(session: AsyncSession, source_id: str) -> dict[str, AssetProfile]:
    latest = (
        select(AssetProfile.asset_id, func.max(AssetProfile.at))
        .where(AssetProfile.source_id == source_id)
        .group_by(AssetProfile.asset_id)
    )
    rows = await session.scalars(
        select(AssetProfile).where(tuple_(AssetProfile.asset_id, AssetProfile.at).in_(latest))
    )
    return {row.asset_id: row for row in rows}


def _oldest(profile: AssetProfile) -> dict[str, datetime]:
    oldest = {}
    for column in profile.columns:
        least = column.get("least")
        if column.get("masked") or not isinstance(least, str):
            continue
        try:
            moment = datetime.fromisoformat(least)
        except ValueError:
            continue
        oldest[str(column["name"]).lower()] = (
            moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        )
    return oldest
