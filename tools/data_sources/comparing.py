"""The catalog's picture of a source beside its inventory: what is new, changed, renamed, gone.

Pure, and run in a thread: a source may have thousands of tables. Nothing that is the same on
both sides appears in the difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tools.catalog.assets import search_name
from tools.data_sources.inventory import ColumnInfo, Inventory, TableInfo
from tools.data_sources.renames import ColumnLook, TableLook, renamed_columns, renamed_tables
from tools.database import new_id

DEFAULT_SCHEMAS = (None, "", "main", "public")
LONGEST_NAME = 300
LONGEST_TYPE = 200


class Facts(NamedTuple):
    """What discovery knows of an asset; everything else about it belongs to people."""

    qualified_name: str
    kind: str
    name: str
    schema_name: str | None
    position: int = 0
    data_type: str | None = None
    coarse_type: str | None = None
    nullable: bool | None = None
    key_position: int | None = None
    comment: str | None = None
    row_count: int | None = None
    size_bytes: int | None = None
    view_sql: str | None = None


class Known(NamedTuple):
    """An asset of the catalog."""

    id: str
    parent_id: str | None
    facts: Facts


class New(NamedTuple):
    """An asset to be."""

    id: str
    parent_id: str | None
    facts: Facts


@dataclass
class Difference:
    """What has to be written, and what to tell of it. `changed`: fields by the asset's id."""

    new: list[New] = field(default_factory=list)
    changed: dict[str, dict[str, Any]] = field(default_factory=dict)
    gone: list[Known] = field(default_factory=list)
    retyped: list[str] = field(default_factory=list)
    renamed: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    unchanged: int = 0
    """Tables and views of which nothing has to be written."""
    ids: dict[str, tuple[str, str]] = field(default_factory=dict)
    """All that the source holds now: search name → id and qualified name."""


def qualified(source: str, schema: str | None, *names: str) -> str:
    """A name as people write it: the default schema is left out."""
    return ".".join([source, *([] if schema in DEFAULT_SCHEMAS else [str(schema)]), *names])


def compare(source: str, inventory: Inventory, known: Iterable[Known]) -> Difference:
    """What differs between the inventory and the known assets of a source."""
    found = Difference(warnings=list(inventory.warnings))
    tables: dict[str, Known] = {}
    columns: defaultdict[str | None, list[Known]] = defaultdict(list)
    for asset in known:
        if asset.facts.kind == "column":
            columns[asset.parent_id].append(asset)
        else:
            tables[asset.facts.qualified_name] = asset
    for held in columns.values():
        held.sort(key=lambda one: one.facts.position)
    present = _named(source, inventory.tables, found)
    was = _renamed(tables, columns, present, found)
    for name, table in present.items():
        old = tables.pop(was.get(name, name), None)
        _compare_table(name, table, old, columns[old.id] if old else [], found)
    for old in tables.values():
        found.gone += [*columns[old.id], old]
    return found


def _named(
    source: str, tables: Sequence[TableInfo], found: Difference
) -> dict[str, tuple[TableInfo, Facts]]:
    """The inventory's tables by their names; what can't be named is a warning."""
    present: dict[str, tuple[TableInfo, Facts]] = {}
    for table in tables:
        name = qualified(source, table.schema_name, table.name)
        if name in present or len(table.name) > LONGEST_NAME:
            why = "two have this name" if name in present else "its name is too long"
            found.warnings.append(f"{name[:LONGEST_NAME]}: it is left out, since {why}.")
            continue
        present[name] = (
            table,
            Facts(
                qualified_name=name,
                kind=table.kind,
                name=table.name,
                schema_name=table.schema_name,
                comment=table.comment,
                row_count=table.row_count,
                size_bytes=table.bytes,
                view_sql=table.view_sql,
            ),
        )
    return present


def _renamed(
    tables: dict[str, Known],
    columns: dict[str | None, list[Known]],
    present: dict[str, tuple[TableInfo, Facts]],
    found: Difference,
) -> dict[str, str]:
    """New names of tables → the names that the catalog knows them by."""

    def old_look(asset: Known) -> TableLook:
        facts = asset.facts
        looks = tuple(map(_look, (column.facts for column in columns[asset.id])))
        return TableLook(facts.qualified_name, facts.kind, looks, facts.row_count)

    def new_look(name: str) -> TableLook:
        table, facts = present[name]
        looks = tuple(
            ColumnLook(one.name, one.data_type[:LONGEST_TYPE], one.primary_key_position)
            for one in table.columns
        )
        return TableLook(name, facts.kind, looks, facts.row_count)

    gone = [old_look(asset) for name, asset in tables.items() if name not in present]
    come = [new_look(name) for name in present if name not in tables]
    if not gone or not come:
        return {}
    kept = [new_look(name) for name in present if name in tables]
    was: dict[str, str] = {}
    for before, after in renamed_tables(gone, come, kept):
        was[after.name] = before.name
        found.renamed.append(f"{before.name} → {after.name}")
    return was


def _compare_table(
    name: str,
    present: tuple[TableInfo, Facts],
    old: Known | None,
    old_columns: Sequence[Known],
    found: Difference,
) -> None:
    table, facts = present
    told = len(found.new), len(found.changed), len(found.gone)
    table_id = _put(facts, None, old, found)
    known = {column.facts.name: column for column in old_columns}
    columns = _columns(name, table, found)
    was = renamed_columns(
        [_look(column.facts) for column in old_columns],
        [_look(column) for column in columns],
    )
    for column in columns:
        before = known.pop(was.get(column.name, column.name), None)
        if before is not None and before.facts.name != column.name:
            old_name = f"{name}.{before.facts.name}"
            found.renamed.append(f"{old_name} → {column.qualified_name}")
        elif before is not None and before.facts.data_type != column.data_type:
            found.retyped.append(
                f"{column.qualified_name}: {before.facts.data_type} → {column.data_type}"
            )
        _put(column, table_id, before, found)
    found.gone += known.values()
    found.unchanged += told == (len(found.new), len(found.changed), len(found.gone))


def _columns(table_name: str, table: TableInfo, found: Difference) -> list[Facts]:
    columns: dict[str, Facts] = {}
    for column in table.columns:
        name = f"{table_name}.{column.name}"
        if name in columns or len(column.name) > LONGEST_NAME:
            why = "two have this name" if name in columns else "its name is too long"
            found.warnings.append(f"{name[:LONGEST_NAME]}: it is left out, since {why}.")
        else:
            columns[name] = _column_facts(name, table, column)
    return list(columns.values())


def _column_facts(name: str, table: TableInfo, column: ColumnInfo) -> Facts:
    return Facts(
        qualified_name=name,
        kind="column",
        name=column.name,
        schema_name=table.schema_name,
        position=column.position,
        data_type=column.data_type[:LONGEST_TYPE],
        coarse_type=column.coarse_type,
        nullable=column.nullable,
        key_position=column.primary_key_position,
        comment=column.comment,
    )


def _put(facts: Facts, parent_id: str | None, old: Known | None, found: Difference) -> str:
    if old is None:
        asset_id = new_id("ast")
        found.new.append(New(asset_id, parent_id, facts))
    else:
        asset_id = old.id
        if old.facts != facts:
            pairs = zip(Facts._fields, old.facts, facts, strict=True)
            fields = {one: after for one, before, after in pairs if before != after}
            if "qualified_name" in fields:
                fields["search_name"] = search_name(facts.qualified_name)
            found.changed[asset_id] = fields
    found.ids[search_name(facts.qualified_name)] = asset_id, facts.qualified_name
    return asset_id


def _look(facts: Facts) -> ColumnLook:
    return ColumnLook(facts.name, facts.data_type, facts.key_position)
