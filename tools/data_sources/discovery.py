"""From an inventory to the catalog: assets, keys and view lineage, as differences to what is there.

Called by `data_sources.discover_assets` only; everything is written through the unit of work, and
nothing is written of what stayed as it is.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.assets import search_name
from tools.catalog.belonging import settle
from tools.catalog.hanging import hanging_on
from tools.catalog.tables import Asset, LineageEdge
from tools.changes import delete_rows
from tools.classifications.tables import Classification
from tools.compliance.tables import Finding
from tools.data_sources.comparing import (
    DEFAULT_SCHEMAS,
    Difference,
    Facts,
    Known,
    New,
    compare,
    qualified,
)
from tools.data_sources.inventory import Inventory
from tools.data_sources.references import Views, edges
from tools.data_sources.tables import Source
from tools.data_sources.types import DiscoveryReport

__all__ = ["DEFAULT_SCHEMAS", "forget", "qualified", "record"]

DISCOVERED = ("table", "view", "column")
AT_ONCE = 400
MOST_TOLD = 500

T = TypeVar("T")


async def record(
    session: AsyncSession, source: Source, inventory: Inventory, views: Views
) -> DiscoveryReport:
    """Bring the catalog's picture of a source to what the inventory says."""
    known = await _known(session, source.id)
    found = await asyncio.to_thread(compare, source.name, inventory, known)
    await _write(session, source.id, found)
    await settle(session, source.id)
    lineage_edges = await _record_lineage(session, source, inventory, views, found)
    tables = [table for table in inventory.tables if table.kind == "table"]
    drift = {
        "added": sorted(one.facts.qualified_name for one in found.new),
        "dropped": sorted(one.facts.qualified_name for one in found.gone),
        "retyped": found.retyped,
        "renamed": sorted(found.renamed),
        "warnings": found.warnings,
    }
    return DiscoveryReport(
        source_id=source.id,
        source=source.name,
        tables=len(tables),
        views=len(inventory.tables) - len(tables),
        columns=sum(len(table.columns) for table in inventory.tables),
        foreign_keys=sum(len(table.foreign_keys) for table in inventory.tables),
        lineage_edges=lineage_edges,
        rows=sum(table.row_count or 0 for table in tables),
        unchanged=found.unchanged,
        totals={name: len(listed) for name, listed in drift.items()},
        truncated=any(len(listed) > MOST_TOLD for listed in drift.values()),
        **{name: listed[:MOST_TOLD] for name, listed in drift.items()},
    )


async def forget(session: AsyncSession, gone: ColumnElement[bool]) -> int:
    """Delete the assets that this holds of, with everything that hangs on them; how many."""
    ids = select(Asset.id).where(gone)
    for model in (Classification, Finding):
        await delete_rows(session, model, model.asset_id.in_(ids))
    for hanging, which in hanging_on(ids):
        await delete_rows(session, hanging, which)
    columns = await delete_rows(session, Asset, gone & (Asset.kind == "column"))
    return columns + await delete_rows(session, Asset, gone)


async def _known(session: AsyncSession, source_id: str) -> list[Known]:
    """The source's assets as plain values: as records, thousands of tables would take seconds."""
    columns = [Asset.id, Asset.parent_id, *(getattr(Asset, name) for name in Facts._fields)]
    query = select(*columns).where(Asset.source_id == source_id, Asset.kind.in_(DISCOVERED))
    known: list[Known] = []
    rows = await session.stream(query.order_by(Asset.id))
    async for part in rows.partitions(AT_ONCE):
        known += [Known(row[0], row[1], Facts(*row[2:])) for row in part]
    return known


async def _write(session: AsyncSession, source_id: str, found: Difference) -> None:
    for part in _parts([asset.id for asset in found.gone]):  # columns before their tables
        await forget(session, Asset.id.in_(part))
    for part in _parts(list(found.changed)):
        for asset in await session.scalars(select(Asset).where(Asset.id.in_(part))):
            for name, value in found.changed[asset.id].items():
                setattr(asset, name, value)
        await session.flush()
    for of_columns in (False, True):  # tables before their columns
        wanted = [one for one in found.new if (one.facts.kind == "column") is of_columns]
        for new in _parts(wanted):
            session.add_all(_asset(source_id, one) for one in new)
            await session.flush()


def _asset(source_id: str, new: New) -> Asset:
    return Asset(
        id=new.id,
        source_id=source_id,
        parent_id=new.parent_id,
        search_name=search_name(new.facts.qualified_name),
        **new.facts._asdict(),
    )


async def _record_lineage(
    session: AsyncSession, source: Source, inventory: Inventory, views: Views, found: Difference
) -> int:
    wanted = set(edges(source.name, inventory, views, found.ids, found.warnings))
    present = {
        (edge.upstream_id, edge.downstream_id, edge.kind): edge
        for edge in await session.scalars(
            select(LineageEdge).where(
                LineageEdge.source_id == source.id, LineageEdge.kind.in_(("view", "foreign_key"))
            )
        )
    }
    for key, edge in present.items():
        if key not in wanted:
            await session.delete(edge)
    await session.flush()
    for part in _parts(sorted(wanted.difference(present))):
        session.add_all(
            LineageEdge(
                upstream_id=edge.upstream_id,
                downstream_id=edge.downstream_id,
                kind=edge.kind,
                source_id=source.id,
            )
            for edge in part
        )
        await session.flush()
    return len(wanted)


def _parts(whole: Sequence[T]) -> Iterable[Sequence[T]]:
    return (whole[start : start + AT_ONCE] for start in range(0, len(whole), AT_ONCE))
