"""Searching the catalog by words and by meaning, with facets over all that was found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.lexical import FUNCTION_WORDS, words
from tools.catalog.assets import search_name
from tools.catalog.belonging import find_domain, with_those_below
from tools.catalog.containers import CONTAINERS, container_summaries, containers
from tools.catalog.facets import Found, carries, facets_of
from tools.catalog.filters import AssetKind, State, has_tag, is_so
from tools.catalog.search_types import AssetSearch, SearchHit
from tools.catalog.summaries import summaries
from tools.catalog.tables import Asset
from tools.catalog.types import AssetSummary
from tools.classifications.labels import LabelRef, find_label, with_descendants
from tools.classifications.tables import Label
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.lookup import holding, scores
from tools.operation import operation
from tools.rbac.people import find_user
from tools.values import Cursor, Page, UserRef, offset_of, page

MOST = 5_000
"""So many assets are counted and ranked of one search."""
NEAR = 200
"""So many are asked for by meaning; of them those count that come half as near as the nearest."""
Sensitivity = Literal["public", "internal", "confidential", "restricted"]


@operation(
    "catalog.search_assets",
    permission="catalog.read",
    examples=(
        "Find tables about customers",
        "Search for revenue",
        "Which datasets are about rentals?",
    ),
)
async def search_assets(
    ctx: Context,
    query: Annotated[
        str, Field(max_length=500, description="Words to look for; empty for everything")
    ] = "",
    kind: Annotated[
        AssetKind | None, Field(description="Only this kind; else all but columns")
    ] = None,
    source: Annotated[str | None, Field(description="Only of this source")] = None,
    domain: Annotated[
        str | None, Field(max_length=100, description="Only of this business domain")
    ] = None,
    owner: Annotated[UserRef | None, Field(description="Only of this owner")] = None,
    label: Annotated[
        LabelRef | None, Field(description="Only with this label, on a column or itself")
    ] = None,
    sensitivity: Annotated[
        Sensitivity | None, Field(description="Only with a label of this sensitivity")
    ] = None,
    tag: Annotated[str | None, Field(max_length=60, description="Only with this tag")] = None,
    state: State = None,
    limit: Annotated[int, Field(ge=1, le=50, description="How many, 1 to 50")] = 10,
    cursor: Cursor = None,
) -> AssetSearch:
    """Search the catalog by words and meaning, with counts by kind, source, owner and label."""
    session = ctx.session
    filters: dict[str, ColumnElement[bool]] = {"kind": Asset.kind != "column"}
    if kind:
        filters["kind"] = Asset.kind == kind
    only = await find_source(session, source) if source else None
    if only:
        filters["source"] = Asset.source_id == only.id
    if domain:
        found_domain = await find_domain(session, domain)
        filters["domain"] = Asset.domain_id.in_(await with_those_below(session, found_domain.id))
    if owner:
        filters["owner"] = Asset.owner == (await find_user(session, owner, "owner")).name
    if label:
        filters["label"] = carries(
            Label.id.in_(await with_descendants(session, await find_label(session, label)))
        )
    if sensitivity:
        filters["sensitivity"] = carries(Label.sensitivity == sensitivity)
    if tag:
        filters["tag"] = has_tag(tag)
    if state:
        filters["state"] = and_(*is_so(state))
    near: dict[str, float] = {}
    by_words: set[str] = set()
    base: ColumnElement[bool] = true()
    if query.strip():
        near, by_words = await _looked_up(ctx, query)
        base = or_(Asset.id.in_([*near, *(by_words - near.keys())]), *_named(query))
    found = Found([base], filters)
    places = []
    if not filters.keys() - {"kind", "source"}:  # the others aren't known of a whole database
        places = await _places(session, query, only.id if only else None)
    facets = await facets_of(
        session, found, {one: sum(p.kind == one for p in places) for one in CONTAINERS}
    )
    if kind in CONTAINERS:
        listed = [one for one in places if one.kind == kind]
        start = offset_of(cursor)
        hits = [SearchHit(**one.model_dump(), score=1.0) for one in listed[start : start + limit]]
        return _result(page(hits, len(listed), cursor), len(listed), facets=facets)
    rows = (
        await session.execute(
            select(Asset.id, Asset.qualified_name, Asset.search_name, Asset.name, Asset.parent_id)
            .where(*found.where())
            .order_by(Asset.qualified_name)
            .limit(MOST + 1)
        )
    ).all()
    capped, rows = len(rows) > MOST, rows[:MOST]
    wanted = search_name(query)
    weight = {}
    for row in rows:
        named = wanted and (
            row.search_name == wanted or row.search_name.endswith((f".{wanted}", f":{wanted}"))
        )
        score = near.get(row.id, near.get(row.parent_id, 0.0))
        weight[row.id] = max(score, 1.0) if named else score
    ranked = sorted(rows, key=lambda row: (-weight[row.id], row.qualified_name))
    start = offset_of(cursor)
    hits = [
        SearchHit(**one.model_dump(), score=round(weight[one.id], 4))
        for one in await _summaries(session, [row.id for row in ranked[start : start + limit]])
    ]
    exact = sum(row.id in by_words or row.id not in near for row in rows)
    return _result(page(hits, len(rows), cursor), exact, capped=capped, facets=facets)


async def _summaries(session: AsyncSession, shown: Sequence[str]) -> list[AssetSummary]:
    """These assets, in this order, as they stand in lists."""
    if not shown:
        return []
    found = await session.scalars(select(Asset).where(Asset.id.in_(shown)))
    by_id = {asset.id: asset for asset in found}
    return await summaries(session, [by_id[one] for one in shown])


async def _looked_up(ctx: Context, query: str) -> tuple[dict[str, float], set[str]]:
    """What is near by meaning, with its score, and all that holds every word."""
    index, visible = ctx.services.index, ctx.decision.sources
    near = await scores(index, query, visible, NEAR, {"asset"})
    held = set(await holding(index, query, visible, MOST, {"asset"}))
    least = max(near.values(), default=0.0) / 2
    return {one: score for one, score in near.items() if score >= least or one in held}, held


def _named(query: str) -> list[ColumnElement[bool]]:
    """What chooses assets of that name, and columns whose name or description has the words."""
    wanted = search_name(query)
    terms = [_stem(term) for term in words(query) if term not in FUNCTION_WORDS]
    named = [
        Asset.search_name == wanted,
        *(Asset.search_name.endswith(f"{sign}{wanted}", autoescape=True) for sign in (".", ":")),
    ]
    if terms:
        texts = Asset.name, Asset.description, Asset.comment
        speaks = (or_(*(one.icontains(term, autoescape=True) for one in texts)) for term in terms)
        named.append(and_(Asset.kind == "column", *speaks))
    return named


def _stem(term: str) -> str:
    return term[:-1] if len(term) > 3 and term.endswith("s") else term


async def _places(session: AsyncSession, query: str, source_id: str | None) -> list[AssetSummary]:
    """The databases and schemas whose names hold the words."""
    terms = [_stem(term) for term in words(query)]
    return await container_summaries(
        session,
        [
            one
            for one in await containers(session, source_id)
            if all(term in one.qualified_name.lower() for term in terms)
        ],
    )


def _result(found: Page[SearchHit], by_words: int, **more: object) -> AssetSearch:
    return AssetSearch.model_validate({**dict(found), "by_words": by_words, **more})
