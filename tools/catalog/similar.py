"""Assets that resemble another: by columns, labels, names, meaning and how they are filled.

Every score comes with its reasons. Only what the caller may see is compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Annotated

from pydantic import Field
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.lexical import words
from tools.catalog.assets import find_asset
from tools.catalog.likeness import Look, likeness
from tools.catalog.search_types import SimilarAsset
from tools.catalog.summaries import labels_of, summaries
from tools.catalog.tables import FLOWS, RELATIONS, Asset, AssetProfile, LineageEdge
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.lookup import look_up
from tools.operation import operation
from tools.values import AssetRef, Page, page

CANDIDATES = 200
LEAST = 0.25
AT_ONCE = 400


@operation(
    "catalog.find_similar_assets",
    permission="catalog.read",
    target="asset",
    examples=(
        "Which tables are similar to crm.customers?",
        "Find assets similar to film",
        "Is there a table that looks like orders?",
    ),
)
async def find_similar_assets(
    ctx: Context,
    asset: AssetRef,
    source: Annotated[str | None, Field(description="Only of this source")] = None,
    limit: Annotated[int, Field(ge=1, le=50, description="How many, 1 to 50")] = 10,
) -> Page[SimilarAsset]:
    """Find assets that resemble one, each with a score from 0 to 1 and the reasons for it."""
    session = ctx.session
    found = await find_asset(session, asset)
    only = await find_source(session, source) if source else None
    kinds = RELATIONS if found.kind in RELATIONS else (found.kind,)
    (own,) = await _looks(session, [found])
    near = await _near(ctx, found, own)
    ids = {*near, *await _alike(session, found, own)} - {found.id, found.parent_id}
    candidates: list[Asset] = []
    for part in _parts(sorted(ids)):
        candidates += await session.scalars(
            select(Asset).where(
                Asset.id.in_(part),
                Asset.kind.in_(kinds),
                *([Asset.source_id == only.id] if only else []),
            )
        )
    scored = []
    for candidate, look in zip(candidates, await _looks(session, candidates), strict=True):
        score, reasons = likeness(own, look, near.get(candidate.id, 0.0))
        if score >= LEAST:
            scored.append((score, candidate, reasons))
    scored.sort(key=lambda one: (-one[0], one[1].qualified_name))
    shown = scored[:limit]
    listed = await summaries(session, [one[1] for one in shown])
    items = [
        SimilarAsset(**summary.model_dump(), score=round(score, 2), reasons=reasons)
        for summary, (score, _, reasons) in zip(listed, shown, strict=True)
    ]
    return page(items, len(scored), None).model_copy(update={"next_cursor": None})


async def _near(ctx: Context, asset: Asset, look: Look) -> dict[str, float]:
    """How near by meaning the texts of others are, against the nearest, by their ids."""
    if asset.kind == "column":
        return {}
    text = " ".join([*look.words, look.text, *look.columns])[:500]
    passages = await look_up(ctx.services.index, text, ctx.decision.sources, 50, {"asset"})
    most = max((passage.score for passage in passages), default=0.0)
    return {one.document.id: one.score / most for one in passages} if most > 0 else {}


async def _alike(session: AsyncSession, asset: Asset, look: Look) -> set[str]:
    """What shares columns' names, members or labels: the most alike first, 200 at most."""
    plain = func.replace(func.lower(Asset.name), "_", "")
    if asset.kind == "column":
        same = select(Asset.id).where(Asset.kind == "column", plain == _plain(asset.name))
        return set(await session.scalars(same.order_by(Asset.id).limit(CANDIDATES)))
    shared = (
        select(Asset.parent_id)
        .where(Asset.kind == "column", plain.in_(look.columns))
        .group_by(Asset.parent_id)
        .order_by(func.count().desc(), Asset.parent_id)
        .limit(CANDIDATES)
    )
    members = (
        select(LineageEdge.downstream_id)
        .where(LineageEdge.upstream_id.in_(look.members), LineageEdge.kind.in_(FLOWS))
        .limit(CANDIDATES)
    )
    found = [*await session.scalars(shared), *await session.scalars(members)]
    return {one for one in found if one}


async def _looks(session: AsyncSession, assets: Sequence[Asset]) -> list[Look]:
    """What is compared of assets."""
    ids = [asset.id for asset in assets]
    columns: dict[str, list[Asset]] = defaultdict(list)
    members: dict[str, set[str]] = defaultdict(set)
    filled: dict[str, AssetProfile] = {}
    for part in _parts(ids):
        for column in await session.scalars(select(Asset).where(Asset.parent_id.in_(part))):
            columns[column.parent_id or ""].append(column)
        for edge in await session.scalars(
            select(LineageEdge).where(
                LineageEdge.downstream_id.in_(part), LineageEdge.kind.in_(FLOWS)
            )
        ):
            members[edge.downstream_id].add(edge.upstream_id)
        for profile in await session.scalars(
            select(AssetProfile).where(AssetProfile.asset_id.in_(part)).order_by(AssetProfile.at)
        ):
            filled[profile.asset_id] = profile
    labelled = [*ids, *(column.id for held in columns.values() for column in held)]
    labels = await labels_of(session, labelled)
    return [
        Look(
            words=frozenset(words(asset.name)),
            text=" ".join(filter(None, [asset.description, asset.comment])),
            data_type=asset.coarse_type,
            columns={_plain(one.name): one.coarse_type for one in columns[asset.id]},
            labels=_labels([asset.id, *(one.id for one in columns[asset.id])], labels),
            members=frozenset(members[asset.id]) if asset.kind not in RELATIONS else frozenset(),
            rows=filled[asset.id].rows if asset.id in filled else asset.row_count,
            nulls=_nulls(filled.get(asset.id)),
        )
        for asset in assets
    ]


def _labels(ids: Iterable[str], labels: dict[str, list[str]]) -> frozenset[str]:
    return frozenset(label for one in ids for label in labels.get(one, ()))


def _nulls(profile: AssetProfile | None) -> dict[str, float]:
    if profile is None or not profile.rows:
        return {}
    return {
        _plain(column["name"]): column["nulls"] / profile.rows
        for column in profile.columns
        if column.get("nulls") is not None
    }


def _plain(name: str) -> str:
    return name.lower().replace("_", "")


def _parts(ids: Sequence[str]) -> Iterable[Collection[str]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
