"""A dbt project's lineage in the catalog: edges between its tables, and exposures as dashboards.

Models that the database doesn't have (ephemeral ones, or none yet) are looked through: what they
are made of feeds what is made of them. What the project no longer says is withdrawn.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.assets import search_name
from tools.catalog.dbt import Manifest, Node, read_manifest
from tools.catalog.edges import Edges
from tools.catalog.lineage_types import LineageIngestion, LineageProblem
from tools.catalog.naming import NamedTables
from tools.catalog.sql_ingestion import ingestion
from tools.catalog.tables import Asset
from tools.data_sources.tables import Source
from tools.database import new_id
from tools.errors import CorrectInput

KIND = "dbt"
DASHBOARD = "dashboard"


async def take_in_manifest(
    session: AsyncSession, raw: Mapping[str, Any], home: Source | None
) -> LineageIngestion:
    """Record the lineage of a dbt manifest between tables of the source.

    Raises:
        CorrectInput: it isn't a manifest, or no source is named.
    """
    if home is None:
        raise CorrectInput(
            "It isn't said in which source the manifest's tables lie.",
            "Name the source that dbt builds in.",
            field="source",
        )
    try:
        manifest = await asyncio.to_thread(read_manifest, raw)
    except ValueError as error:
        raise CorrectInput(
            str(error), "Send dbt's target/manifest.json as an object.", field="manifest"
        ) from None
    tables = NamedTables(session, home)
    await tables.load(" ".join(f'"{node.table}"' for node in manifest.nodes.values()))
    found: dict[str, Asset] = {}
    unknown: dict[tuple[str, str | None], None] = {}
    for name, node in manifest.nodes.items():
        if node.resource_type == "exposure":
            found[name] = await _dashboard(session, home, manifest.project, node)
        elif (asset := await tables.find(node.table)) is not None:
            found[name] = asset
        else:
            unknown[node.table, None] = None
    edges = Edges(KIND)
    evidence = f"dbt {manifest.project}: "
    for upstream, downstream in _pairs(manifest, found):
        edges.say(found[upstream], found[downstream], evidence + downstream)
    for flow in manifest.columns:
        if flow.parent not in found or flow.child not in found:
            continue
        above = tables.column(found[flow.parent], flow.parent_column)
        below = tables.column(found[flow.child], flow.child_column)
        if above and below:
            edges.say(above, below, evidence + flow.child)
        elif "*" not in (flow.parent_column, flow.child_column):
            of, column = flow.child, flow.child_column
            if above is None:
                of, column = flow.parent, flow.parent_column
            unknown[manifest.nodes[of].table, column] = None
    added = await edges.write(session)
    removed = await edges.withdraw(session, evidence)
    problems = [LineageProblem(node=name, reason=reason) for name, reason in manifest.problems]
    return ingestion(
        "dbt", len(manifest.nodes), edges, added, problems, unknown, home, removed=removed
    )


def _pairs(manifest: Manifest, found: Mapping[str, Asset]) -> list[tuple[str, str]]:
    """The edges between nodes that are catalogued, others looked through."""
    parents: dict[str, list[str]] = defaultdict(list)
    for edge in manifest.edges:
        parents[edge.child].append(edge.parent)
    pairs: dict[tuple[str, str], None] = {}
    for child in found:
        waiting, seen = list(parents[child]), set[str]()
        while waiting:
            parent = waiting.pop()
            if parent in found:
                pairs[parent, child] = None
            elif parent not in seen:
                seen.add(parent)
                waiting += parents[parent]
    return list(pairs)


async def _dashboard(session: AsyncSession, home: Source, project: str, node: Node) -> Asset:
    """An exposure's asset: the one that is there, or a new one."""
    # No schema has such a name, so a table never collides with a dashboard
    name = f"{home.name}.dashboards:{project}.{node.name}"
    asset = await session.scalar(
        select(Asset).where(Asset.kind == DASHBOARD, Asset.qualified_name == name)
    )
    if asset is None:
        asset = Asset(
            id=new_id("ast"),
            kind=DASHBOARD,
            name=node.name[:300],
            qualified_name=name,
            search_name=search_name(name),
            schema_name=project[:200],
            source_id=home.id,
        )
        session.add(asset)
        await session.flush()
    told = " ".join(part for part in (node.description, node.url) if part).strip()
    if told and asset.comment != told[:4000]:
        asset.comment = told[:4000]
    return asset
