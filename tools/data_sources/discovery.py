"""From an inventory to the catalog: assets, keys and view lineage, as differences to what is there.

Called by `data_sources.discover_assets` only; everything is written through the unit of work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.assets import search_name
from tools.catalog.hanging import hanging_on
from tools.catalog.sql_lineage import view_lineage
from tools.catalog.tables import Asset, LineageEdge
from tools.classifications.tables import Classification
from tools.compliance.tables import Finding
from tools.data_sources.inventory import Inventory, TableInfo
from tools.data_sources.tables import Source
from tools.data_sources.types import DiscoveryReport
from tools.database import new_id

DEFAULT_SCHEMAS = (None, "", "main", "public")


@dataclass
class _Drift:
    added: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    retyped: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def qualified(source: str, schema: str | None, *names: str) -> str:
    """A name as people write it: the default schema is left out."""
    return ".".join([source, *([] if schema in DEFAULT_SCHEMAS else [str(schema)]), *names])


async def record(session: AsyncSession, source: Source, inventory: Inventory) -> DiscoveryReport:
    """Bring the catalog's picture of a source to what the inventory says."""
    drift = _Drift(warnings=list(inventory.warnings))
    known = {
        asset.qualified_name: asset
        for asset in await session.scalars(
            select(Asset).where(Asset.source_id == source.id, Asset.kind != "pipeline")
        )
    }
    seen: dict[str, Asset] = {}
    for table in inventory.tables:
        _record_table(session, source, table, known, seen, drift)
        await session.flush()  # parents before their columns
    gone = [asset for name, asset in known.items() if name not in seen]
    await forget(session, gone)
    drift.dropped = sorted(asset.qualified_name for asset in gone)
    edges = await _record_lineage(session, source, inventory, seen, drift)
    tables = [table for table in inventory.tables if table.kind == "table"]
    return DiscoveryReport(
        source_id=source.id,
        source=source.name,
        tables=len(tables),
        views=len(inventory.tables) - len(tables),
        columns=sum(len(table.columns) for table in inventory.tables),
        foreign_keys=sum(len(table.foreign_keys) for table in inventory.tables),
        lineage_edges=edges,
        rows=sum(table.row_count or 0 for table in tables),
        added=sorted(drift.added),
        dropped=drift.dropped,
        retyped=drift.retyped,
        warnings=drift.warnings,
    )


async def forget(session: AsyncSession, gone: Iterable[Asset]) -> None:
    """Delete assets with everything that hangs on them, columns before their tables."""
    assets = sorted(gone, key=lambda asset: asset.kind != "column")
    ids = [asset.id for asset in assets]
    for start in range(0, len(ids), 400):
        part = ids[start : start + 400]
        hanging: list[Any] = [
            *await session.scalars(select(Classification).where(Classification.asset_id.in_(part))),
            *await session.scalars(select(Finding).where(Finding.asset_id.in_(part))),
            *await hanging_on(session, part),
        ]
        for row in hanging:
            await session.delete(row)
    await session.flush()
    for kind_is_column in (True, False):
        for asset in assets:
            if (asset.kind == "column") is kind_is_column:
                await session.delete(asset)
        await session.flush()


def _record_table(
    session: AsyncSession,
    source: Source,
    table: TableInfo,
    known: dict[str, Asset],
    seen: dict[str, Asset],
    drift: _Drift,
) -> None:
    def put(name: str, facts: dict[str, Any]) -> Asset:
        asset = known.get(name)
        if asset is None:
            asset = Asset(
                id=new_id("ast"),
                source_id=source.id,
                qualified_name=name,
                search_name=search_name(name),
                **facts,
            )
            session.add(asset)
            drift.added.append(name)
        else:
            if facts["kind"] == "column" and asset.data_type != facts["data_type"]:
                drift.retyped.append(f"{name}: {asset.data_type} → {facts['data_type']}")
            for field_name, value in facts.items():
                if getattr(asset, field_name) != value:
                    setattr(asset, field_name, value)
        seen[name] = asset
        return asset

    parent = put(
        qualified(source.name, table.schema_name, table.name),
        {
            "kind": table.kind,
            "name": table.name,
            "schema_name": table.schema_name,
            "comment": table.comment,
            "row_count": table.row_count,
            "size_bytes": table.bytes,
            "view_sql": table.view_sql,
        },
    )
    for column in table.columns:
        put(
            qualified(source.name, table.schema_name, table.name, column.name),
            {
                "kind": "column",
                "name": column.name,
                "schema_name": table.schema_name,
                "parent_id": parent.id,
                "position": column.position,
                "data_type": column.data_type,
                "coarse_type": column.coarse_type,
                "nullable": column.nullable,
                "key_position": column.primary_key_position,
                "comment": column.comment,
            },
        )


async def _record_lineage(
    session: AsyncSession,
    source: Source,
    inventory: Inventory,
    seen: dict[str, Asset],
    drift: _Drift,
) -> int:
    by_name = {asset.search_name: asset for asset in seen.values()}
    wanted = {
        (upstream.id, downstream.id, kind)
        for upstream, downstream, kind in _edges(source, inventory, by_name, drift)
    }
    present = {
        (edge.upstream_id, edge.downstream_id, edge.kind): edge
        for edge in await session.scalars(
            select(LineageEdge).where(
                LineageEdge.source_id == source.id, LineageEdge.kind != "pipeline"
            )
        )
    }
    for key, edge in present.items():
        if key not in wanted:
            await session.delete(edge)
    for upstream_id, downstream_id, kind in wanted - set(present):
        session.add(
            LineageEdge(
                upstream_id=upstream_id,
                downstream_id=downstream_id,
                kind=kind,
                source_id=source.id,
            )
        )
    await session.flush()
    return len(wanted)


def _edges(
    source: Source, inventory: Inventory, by_name: dict[str, Asset], drift: _Drift
) -> Iterator[tuple[Asset, Asset, str]]:
    schema = {
        table.name: {column.name: column.data_type for column in table.columns}
        for table in inventory.tables
    }

    def find(table: TableInfo, name: str, *column: str) -> Asset | None:
        parts = [part for part in search_name(name).split(".") if part not in DEFAULT_SCHEMAS]
        for prefix in ((source.name, table.schema_name), (source.name, None)):
            asset = by_name.get(search_name(qualified(prefix[0], prefix[1], *parts, *column)))
            if asset is not None:
                return asset
        return None

    for table in inventory.tables:
        here = by_name[search_name(qualified(source.name, table.schema_name, table.name))]
        for key in table.foreign_keys:
            target = qualified(
                source.name, key.target_schema or table.schema_name, key.target_table
            )
            pairs: list[tuple[tuple[str, ...], tuple[str, ...]]] = [((), ())]  # table to table
            pairs += [
                ((to,), (of,)) for to, of in zip(key.target_columns, key.columns, strict=False)
            ]
            for target_column, own_column in pairs:
                upstream = by_name.get(search_name(".".join([target, *target_column])))
                downstream = find(table, table.name, *own_column)
                if upstream is not None and downstream is not None:
                    yield upstream, downstream, "foreign_key"
        if not table.view_sql:
            continue
        lineage = view_lineage(table.view_sql, inventory.dialect, schema)
        drift.warnings += [f"{here.qualified_name}: {warning}" for warning in lineage.warnings]
        for name in lineage.tables:
            if (upstream := find(table, name)) is not None:
                yield upstream, here, "view"
        for edge in lineage.columns:
            upstream = find(table, edge.source_table, edge.source_column)
            downstream = find(table, table.name, edge.target_column)
            if upstream is not None and downstream is not None:
                yield upstream, downstream, "view"
