"""Lineage as people ask for it: what feeds an asset, what it feeds, and what breaks if it goes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.assets import find_asset
from tools.catalog.lineage import Direction, column_lineage, walk
from tools.catalog.sql_lineage import names_column
from tools.catalog.summaries import labels_of
from tools.catalog.tables import FLOWS, Asset, LineageEdge
from tools.catalog.types import Impact, Lineage, LineageNode
from tools.compliance.tables import ComplianceRule, Finding
from tools.context import Context
from tools.data_sources.tables import Source
from tools.operation import operation
from tools.values import AssetRef

BREAKS_DEPTH = 10


@operation(
    "catalog.get_lineage",
    permission="catalog.read",
    target="asset",
    examples=(
        "What feeds v_customer_revenue?",
        "Show the lineage of crm.customers",
        "Where does total_revenue come from?",
        "Show the column lineage of customers",
    ),
)
async def get_lineage(
    ctx: Context,
    asset: AssetRef,
    direction: Annotated[
        Literal["upstream", "downstream", "both"], Field(description="Which way to look")
    ] = "both",
    depth: Annotated[int, Field(ge=1, le=10, description="How many steps, 1 to 10")] = 5,
    columns: Annotated[
        bool, Field(description="Of a table: also the lineage of each of its columns")
    ] = False,
) -> Lineage:
    """Show what feeds an asset and what it feeds: views, keys, pipelines, queries, dbt models.

    With `columns`, the lineage of all columns of a table in one answer.
    """
    found = await find_asset(ctx.session, asset)
    up = await walk(ctx.session, found, "upstream", depth if direction != "downstream" else 0)
    down = await walk(ctx.session, found, "downstream", depth if direction != "upstream" else 0)
    ways: list[Direction] = ["upstream"] if direction != "downstream" else []
    ways += ["downstream"] if direction != "upstream" else []
    nodes = up.nodes + down.nodes
    labels = await labels_of(ctx.session, [node.id for node in nodes])
    for node in nodes:
        node.labels = labels[node.id]
    return Lineage(
        asset_id=found.id,
        asset=found.qualified_name,
        kind=found.kind,
        direction=direction,
        depth=depth,
        upstream=up.nodes,
        upstream_total=up.total,
        downstream=down.nodes,
        downstream_total=down.total,
        edges=up.edges + down.edges,
        edges_total=up.edges_total + down.edges_total,
        truncated=up.truncated or down.truncated,
        deeper=up.deeper or down.deeper,
        columns=await column_lineage(ctx.session, found, ways, depth) if columns else None,
    )


@operation(
    "catalog.analyze_impact",
    permission="catalog.read",
    target="asset",
    examples=(
        "What breaks if I drop customer.email?",
        "What depends on film?",
        "Who is affected if orders goes away?",
    ),
)
async def analyze_impact(ctx: Context, asset: AssetRef) -> Impact:
    """Find what breaks if an asset goes: views and pipelines that read it, keys, findings."""
    found = await find_asset(ctx.session, asset)
    views = await walk(ctx.session, found, "downstream", BREAKS_DEPTH, FLOWS)
    references = await walk(ctx.session, found, "downstream", 1, ("foreign_key",))
    columns = (
        [found.id]
        if found.kind == "column"
        else [
            found.id,
            *await ctx.session.scalars(select(Asset.id).where(Asset.parent_id == found.id)),
        ]
    )
    findings = list(
        await ctx.session.scalars(
            select(Finding).where(Finding.asset_id.in_(columns), Finding.status == "open")
        )
    )
    rules = await ctx.session.scalars(
        select(ComplianceRule.title)
        .where(ComplianceRule.id.in_({finding.rule_id for finding in findings}))
        .order_by(ComplianceRule.title)
    )
    nodes = views.nodes + await _of_its_views(ctx.session, found, views.nodes)
    broken = await _with_tables(ctx.session, nodes)
    owners = await ctx.session.scalars(
        select(Asset.owner)
        .where(Asset.id.in_([node.id for node in broken]), Asset.owner.is_not(None))
        .distinct()
    )
    return Impact(
        asset_id=found.id,
        asset=found.qualified_name,
        kind=found.kind,
        breaks=broken,
        breaks_total=views.total + len(broken) - len(views.nodes),
        references=references.nodes,
        findings_closed=len(findings),
        rules=list(rules),
        owners=sorted(owner for owner in owners if owner),
        truncated=views.truncated,
    )


async def _of_its_views(
    session: AsyncSession, column: Asset, known: Sequence[LineageNode]
) -> list[LineageNode]:
    """Of a column that goes: the views whose SQL names it, if only in a join or a condition, and
    what reads those, for a view breaks as a whole; without those that are known already."""
    if column.kind != "column":
        return []
    table = await session.get_one(Asset, column.parent_id)
    reading = await session.execute(
        select(Asset, Source.dialect)
        .join(LineageEdge, LineageEdge.downstream_id == Asset.id)
        .join(Source, Source.id == Asset.source_id)
        .where(
            LineageEdge.upstream_id == table.id,
            LineageEdge.kind == "view",
            Asset.view_sql.is_not(None),
        )
        .order_by(Asset.qualified_name)
    )
    found: dict[str, LineageNode] = {}
    for view, dialect in reading.unique():
        named = partial(names_column, view.view_sql or "", dialect or "", table.name, column.name)
        if not await asyncio.to_thread(named):
            continue
        found[view.id] = LineageNode(
            id=view.id, kind=view.kind, qualified_name=view.qualified_name, distance=1, via="view"
        )
        behind = await walk(session, view, "downstream", BREAKS_DEPTH - 1, FLOWS)
        for node in behind.nodes:
            found.setdefault(node.id, node.model_copy(update={"distance": node.distance + 1}))
    for node in known:
        found.pop(node.id, None)
    return [*found.values()]


async def _with_tables(session: AsyncSession, nodes: list[LineageNode]) -> list[LineageNode]:
    """The nodes, and before its columns each table or view that breaks with the nearest."""
    rows = await session.execute(
        select(Asset.id, Asset.parent_id).where(Asset.id.in_([node.id for node in nodes]))
    )
    parents = {row.id: row.parent_id for row in rows}
    nearest = {
        parents[node.id]: node
        for node in sorted(nodes, key=lambda node: -node.distance)
        if parents.get(node.id)
    }
    missing = nearest.keys() - {node.id for node in nodes}
    views = [
        LineageNode(
            id=view.id,
            kind=view.kind,
            qualified_name=view.qualified_name,
            distance=nearest[view.id].distance,
            via=nearest[view.id].via,
        )
        for view in await session.scalars(
            select(Asset).where(Asset.id.in_(missing)).order_by(Asset.qualified_name)
        )
    ]
    return sorted(views + nodes, key=lambda node: (node.kind == "column", node.distance))
