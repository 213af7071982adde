"""What flows and refers inside a source, by its foreign keys and its views' SQL.

`read_views` parses and may take long: with the discovery, in its thread. `edges` only looks up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tools.catalog.assets import search_name
from tools.catalog.sql_lineage import SqlLineage, view_lineage
from tools.data_sources.comparing import DEFAULT_SCHEMAS, qualified
from tools.data_sources.connectors import Progress
from tools.data_sources.inventory import Inventory, TableInfo

Views = Mapping[tuple[str | None, str], SqlLineage]
"""The lineage of each view, by its schema and name."""


class Edge(NamedTuple):
    """`kind`: foreign_key or view."""

    upstream_id: str
    downstream_id: str
    kind: str


def read_views(inventory: Inventory, progress: Progress) -> Views:
    """Parse the views' SQL."""
    schema = {
        table.name: {column.name: column.data_type for column in table.columns}
        for table in inventory.tables
    }
    by_word: dict[str, list[str]] = {}
    for name in schema:
        # Names of several words are looked for by the first of them
        word = next(iter(re.findall(r"\w+", name.lower())), "")
        by_word.setdefault(word, []).append(name)
    views = [table for table in inventory.tables if table.view_sql]
    found: dict[tuple[str | None, str], SqlLineage] = {}
    for done, view in enumerate(views):
        progress(f"following {view.name}", done, len(views))
        sql = view.view_sql or ""
        words = {"", *re.findall(r"\w+", sql.lower())}
        # Only what it may read: else each view costs as much as the source has tables
        near = {name: schema[name] for word in words for name in by_word.get(word, ())}
        found[view.schema_name, view.name] = view_lineage(sql, inventory.dialect, near)
    return found


def edges(
    source: str,
    inventory: Inventory,
    views: Views,
    ids: Mapping[str, tuple[str, str]],
    warnings: list[str],
) -> Iterator[Edge]:
    """The edges between assets; `ids` by search names. Warnings of views are added."""

    def find(table: TableInfo, name: str, *column: str) -> str | None:
        parts = [part for part in search_name(name).split(".") if part not in DEFAULT_SCHEMAS]
        for schema in (table.schema_name, None):
            found = ids.get(search_name(qualified(source, schema, *parts, *column)))
            if found is not None:
                return found[0]
        return None

    for table in inventory.tables:
        here = ids.get(search_name(qualified(source, table.schema_name, table.name)))
        if here is None:
            continue
        for key in table.foreign_keys:
            target = qualified(source, key.target_schema or table.schema_name, key.target_table)
            pairs: list[tuple[tuple[str, ...], tuple[str, ...]]] = [((), ())]  # table to table
            pairs += [
                ((to,), (of,)) for to, of in zip(key.target_columns, key.columns, strict=False)
            ]
            for target_column, own_column in pairs:
                upstream = ids.get(search_name(".".join([target, *target_column])))
                downstream = find(table, table.name, *own_column)
                if upstream is not None and downstream is not None:
                    yield Edge(upstream[0], downstream, "foreign_key")
        lineage = views.get((table.schema_name, table.name))
        if lineage is None:
            continue
        warnings += [f"{here[1]}: {warning}" for warning in lineage.warnings]
        for name in lineage.tables:
            if (source_id := find(table, name)) is not None:
                yield Edge(source_id, here[0], "view")
        for edge in lineage.columns:
            source_id = find(table, edge.source_table, edge.source_column)
            target_id = find(table, table.name, edge.target_column)
            if source_id is not None and target_id is not None:
                yield Edge(source_id, target_id, "view")
