"""What to do about tables: owners, words, quality, contracts, profiles, deprecation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from tools.catalog.contract_tables import ContractCheck, DataContract
from tools.catalog.tables import (
    RELATIONS,
    Asset,
    AssetProfile,
    LineageEdge,
    QualityCheck,
    QualityResult,
)
from tools.classifications.tables import Classification
from tools.racine.assistant.advice.types import Advice, Desk, plural
from tools.rbac.tables import User

MOST = 50
OLD_PROFILE = timedelta(days=90)


def _classified(table: type[Asset]) -> ColumnElement[bool]:
    column = aliased(Asset)
    return exists().where(
        column.parent_id == table.id,
        Classification.asset_id == column.id,
        Classification.status != "rejected",
    )


def _downstream(table: type[Asset]) -> Select[int]:
    return select(func.count()).where(LineageEdge.upstream_id == table.id)


async def ownerless(desk: Desk) -> Sequence[Advice]:
    session = desk.ctx.session
    rows = await session.scalars(
        select(Asset)
        .where(Asset.kind.in_(RELATIONS), Asset.owner.is_(None), _classified(Asset))
        .order_by(Asset.qualified_name)
        .limit(MOST)
    )
    usual = await usual_owners(session)
    return [_for_an_owner(row, usual.get(row.source_id)) for row in rows]


async def usual_owners(session: AsyncSession) -> dict[str, str]:
    """Who owns most tables of each source, by its id."""
    counted = await session.execute(
        select(Asset.source_id, Asset.owner, func.count())
        .where(Asset.owner.is_not(None), Asset.kind.in_(RELATIONS))
        .group_by(Asset.source_id, Asset.owner)
        .order_by(func.count())
    )
    return {source_id: str(owner) for source_id, owner, _ in counted}  # the last has the most


def _for_an_owner(row: Asset, usual: str | None) -> Advice:
    told = "It has classified columns and no owner"
    if usual is None:
        return Advice(
            row.id, row.kind, row.qualified_name, f"{told}.", 0.75,
            question=f"Who is to own {row.qualified_name}?", source_id=row.source_id,
        )  # fmt: skip
    return Advice(
        row.id, row.kind, row.qualified_name,
        f"{told}; {usual} owns most tables of its source.", 0.75,
        (("catalog.set_owner", {"asset": row.qualified_name, "owner": usual}),),
        source_id=row.source_id,
    )  # fmt: skip


async def owner_is_gone(desk: Desk) -> Sequence[Advice]:
    rows = await desk.ctx.session.scalars(
        select(Asset)
        .join(User, User.name == Asset.owner)
        .where(~User.active, Asset.kind.in_(RELATIONS))
        .order_by(Asset.qualified_name)
        .limit(MOST)
    )
    return [
        Advice(
            row.id, row.kind, row.qualified_name,
            f"Its owner {row.owner} is disabled.", 0.7,
            question=f"Who is to own {row.qualified_name} now?", source_id=row.source_id,
        )
        for row in rows
    ]  # fmt: skip


async def undescribed(desk: Desk) -> Sequence[Advice]:
    feeds = _downstream(Asset).scalar_subquery()
    rows = await desk.ctx.session.execute(
        select(Asset, feeds)
        .where(
            Asset.kind.in_(RELATIONS),
            or_(Asset.description.is_(None), Asset.description == ""),
            or_(Asset.comment.is_(None), Asset.comment == ""),
            feeds >= 2,
        )
        .order_by(feeds.desc(), Asset.qualified_name)
        .limit(MOST)
    )
    return [
        Advice(
            row.id, row.kind, row.qualified_name,
            f"{plural(count, 'asset')} depend on it, and no word says what it is.", 0.4,
            question=f"What is {row.qualified_name}?", source_id=row.source_id,
        )
        for row, count in rows
    ]  # fmt: skip


async def deprecated_in_use(desk: Desk) -> Sequence[Advice]:
    feeds = _downstream(Asset).scalar_subquery()
    rows = await desk.ctx.session.execute(
        select(Asset, feeds).where(Asset.deprecated_at.is_not(None), feeds > 0).limit(MOST)
    )
    return [
        Advice(
            row.id, row.kind, row.qualified_name,
            f"It is deprecated, and {plural(count, 'asset')} still "
            f"{'reads' if count == 1 else 'read'} it.",
            0.5,
            question=f"Move what reads it{f' to {row.successor}' if row.successor else ''}?",
            source_id=row.source_id,
        )
        for row, count in rows
    ]  # fmt: skip


async def certified_without_owner(desk: Desk) -> Sequence[Advice]:
    rows = await desk.ctx.session.scalars(
        select(Asset).where(Asset.certification.is_not(None), Asset.owner.is_(None)).limit(MOST)
    )
    return [
        Advice(
            row.id, row.kind, row.qualified_name,
            f"It is certified as {row.certification}, and nobody owns it.", 0.6,
            question=f"Who answers for {row.qualified_name}?", source_id=row.source_id,
        )
        for row in rows
    ]  # fmt: skip


async def failing_checks(desk: Desk) -> Sequence[Advice]:
    later = aliased(QualityResult)
    rows = await desk.ctx.session.execute(
        select(
            QualityResult.asset,
            QualityResult.source_id,
            func.count(),
            func.max(QualityCheck.name),
        )
        .join(QualityCheck, QualityCheck.id == QualityResult.check_id)
        .where(
            QualityResult.status == "failed",
            ~exists().where(
                later.check_id == QualityResult.check_id, later.at > QualityResult.at
            ),
        )
        .group_by(QualityResult.asset, QualityResult.source_id)
        .limit(MOST)
    )  # fmt: skip
    return [
        Advice(
            f"checks {asset}", "table", asset,
            f"{plural(count, 'quality check')} failed the last time, such as '{name}'.", 0.8,
            (("catalog.run_quality_checks", {"asset": asset}),), source_id=source_id,
        )
        for asset, source_id, count, name in rows
    ]  # fmt: skip


async def unchecked(desk: Desk) -> Sequence[Advice]:
    feeds = _downstream(Asset).scalar_subquery()
    rows = await desk.ctx.session.execute(
        select(Asset, feeds)
        .where(
            Asset.kind == "table",
            feeds >= 2,
            ~exists().where(QualityCheck.asset_id == Asset.id),
        )
        .order_by(feeds.desc(), Asset.qualified_name)
        .limit(MOST)
    )
    return [
        Advice(
            row.id, row.kind, row.qualified_name,
            f"{plural(count, 'asset')} depend on it, and nothing checks its quality.", 0.45,
            (
                (
                    "catalog.define_quality_check",
                    {"asset": row.qualified_name, "kind": "row_count", "minimum": 1},
                ),
            ),
            source_id=row.source_id,
        )
        for row, count in rows
    ]  # fmt: skip


async def unprofiled(desk: Desk) -> Sequence[Advice]:
    profiled = exists().where(
        AssetProfile.asset_id == Asset.id, AssetProfile.at > desk.at - OLD_PROFILE
    )
    rows = await desk.ctx.session.scalars(
        select(Asset)
        .where(Asset.kind == "table", Asset.certification.is_not(None), ~profiled)
        .limit(MOST)
    )
    return [
        Advice(
            row.id, row.kind, row.qualified_name,
            "It is certified, and wasn't profiled within 90 days.", 0.3,
            (("catalog.profile_asset", {"asset": row.qualified_name}),), source_id=row.source_id,
        )
        for row in rows
    ]  # fmt: skip


async def contract_unchecked(desk: Desk) -> Sequence[Advice]:
    later = aliased(ContractCheck)
    last = (
        select(ContractCheck.status)
        .where(
            ContractCheck.data_contract_id == DataContract.id,
            ~exists().where(later.data_contract_id == DataContract.id, later.at > ContractCheck.at),
        )
        .limit(1)
        .scalar_subquery()
    )
    newer = aliased(DataContract)
    rows = await desk.ctx.session.execute(
        select(DataContract, last).where(
            or_(last.is_(None), last != "kept"),
            ~exists().where(
                newer.contract_id == DataContract.contract_id,
                newer.revision > DataContract.revision,
            ),
        )
    )
    return [
        Advice(
            row.id, "contract", row.name,
            "It was never checked." if status is None else f"Its last check says: {status}.",
            0.5 if status is None else 0.8,
            (("catalog.check_contract", {"contract": row.contract_id}),), source_id=row.source_id,
        )
        for row, status in rows
    ]  # fmt: skip
