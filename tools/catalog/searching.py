"""Searching the catalog by words and by meaning."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import or_, select

from tools.catalog.assets import search_name
from tools.catalog.filters import AssetKind, State, is_so
from tools.catalog.summaries import summaries
from tools.catalog.tables import Asset
from tools.catalog.types import SearchHit
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.lookup import look_up
from tools.operation import operation
from tools.values import Page, page


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
    query: Annotated[str, Field(min_length=1, max_length=500, description="Words to look for")],
    kind: Annotated[AssetKind | None, Field(description="Only assets of this kind")] = None,
    source: Annotated[str | None, Field(description="Only of this source")] = None,
    state: State = None,
    limit: Annotated[int, Field(ge=1, le=50, description="How many, 1 to 50")] = 10,
) -> Page[SearchHit]:
    """Search the catalog's tables, views, columns and pipelines by words and by meaning."""
    only = await find_source(ctx.session, source) if source else None
    visible = frozenset([only.id]) if only else ctx.decision.sources
    passages = await look_up(ctx.services.index, query, visible, 50, {"asset"})
    scores = {passage.document.id: passage.score for passage in passages}
    wanted = search_name(query)
    named = or_(Asset.search_name == wanted, Asset.search_name.like(f"%.{wanted}"))
    found = {
        asset.id: asset
        for asset in await ctx.session.scalars(
            select(Asset).where(
                or_(Asset.id.in_(scores), named),
                *([Asset.kind == kind] if kind else []),
                *([Asset.source_id == only.id] if only else []),
                *is_so(state),
            )
        )
    }
    if kind == "column":
        parents = await ctx.session.scalars(
            select(Asset).where(
                Asset.parent_id.in_(scores),
                *(Asset.name.ilike(f"%{word}%") for word in wanted.split()[:1]),
                *is_so(state),
            )
        )
        found |= {column.id: column for column in parents}
    ranked = sorted(
        found.values(),
        key=lambda asset: (
            -scores.get(asset.id, 1.0 if asset.id not in scores else 0.0),
            asset.qualified_name,
        ),
    )
    hits = [
        SearchHit(**summary.model_dump(), score=round(scores.get(summary.id, 1.0), 4))
        for summary in await summaries(ctx.session, ranked[:limit])
    ]
    return page(hits, len(ranked), None)
