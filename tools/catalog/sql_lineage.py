"""Lineage out of SQL, down to columns, by sqlglot. What isn't understood is a warning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError
from sqlglot.lineage import Node, lineage
from sqlglot.optimizer.scope import traverse_scope

Schema = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class ColumnEdge:
    """A target column that is made from a source column; names as they stand in the SQL."""

    source_table: str
    source_column: str
    target_column: str


@dataclass(frozen=True)
class SqlLineage:
    """What a query reads, and which columns make which."""

    tables: tuple[str, ...]
    columns: tuple[ColumnEdge, ...]
    warnings: tuple[str, ...] = ()


def view_lineage(sql: str, dialect: str, schema: Schema, columns: Sequence[str] = ()) -> SqlLineage:
    """The lineage of a view's definition, or of another statement that holds one query.

    Args:
        sql: `CREATE … AS SELECT …`, `INSERT INTO … SELECT …`, or the query alone.
        dialect: sqlglot's name of the dialect.
        schema: the columns with types of every table by its name, to resolve `*` and bare names.
        columns: what the target's columns are called, by position, where that is known.
    """
    try:
        tree = parse_one(sql, dialect=dialect)
    except SqlglotError:
        return SqlLineage((), (), ("Its SQL could not be parsed; lineage is missing.",))
    query = _query(tree)
    if query is None:
        return SqlLineage((), (), ("It is not a query.",))
    tables = _tables(query)
    nodes = _nodes(query, _nested(query, schema), dialect)
    if nodes is None:
        return SqlLineage(tables, (), ("Its columns could not be resolved; lineage is by table.",))
    targets = _targets(list(nodes), query, dialect, (columns, _named_columns(tree)))
    edges: dict[ColumnEdge, None] = {}
    for target, node in zip(targets, nodes.values(), strict=True):
        for leaf in node.walk():
            if isinstance(leaf.expression, exp.Table) and leaf.expression.name:
                column = leaf.name.rsplit(".", 1)[-1]
                edges[ColumnEdge(_name(leaf.expression), column, target)] = None
    return SqlLineage(tables, tuple(edges))


def _nodes(query: exp.Query, schema: dict[str, object], dialect: str) -> dict[str, Node] | None:
    """The outputs with what they are made from; None where they can't be resolved."""
    # An alias that later expressions use can be told from a column only where tables are known.
    for aliases in (True, False):
        try:
            nodes: dict[str, Node] = lineage(
                None,
                query,
                schema,
                dialect=dialect,
                validate_qualify_columns=False,
                expand_alias_refs=aliases,
            )
        except (SqlglotError, RecursionError, KeyError, AttributeError, ValueError):
            continue
        return nodes
    return None


def _query(tree: exp.Expr) -> exp.Query | None:
    if isinstance(tree, exp.Query):
        return tree
    if not isinstance(tree, exp.Create | exp.Insert) or not isinstance(tree.expression, exp.Query):
        return None
    query = tree.expression.copy()
    before: exp.With | None = tree.args.get("with_")  # WITH … INSERT INTO … SELECT …
    if before is not None and query.args.get("with_") is None:
        query.set("with_", before.copy())
    return query


def _targets(
    outputs: list[str], query: exp.Query, dialect: str, known: tuple[Sequence[str], ...]
) -> list[str]:
    """What the outputs are called: as the target names them, by alias, or as they are written."""
    for names in known:
        if len(names) == len(outputs):
            return list(names)
    written = query.selects
    if len(written) != len(outputs):
        return outputs
    return [
        name if select.alias_or_name else select.sql(dialect=dialect)
        for name, select in zip(outputs, written, strict=True)
    ]


def _tables(query: exp.Query) -> tuple[str, ...]:
    """The tables that are read; a CTE of a table's name hides it only where it is in force."""
    found = dict.fromkeys(
        _name(source)
        for scope in traverse_scope(query)
        for source in scope.sources.values()
        if isinstance(source, exp.Table) and source.name
    )
    return tuple(found)


def _name(table: exp.Table) -> str:
    return ".".join(part for part in (table.db, table.name) if part)


def _nested(query: exp.Query, schema: Schema) -> dict[str, object]:
    """The schema in the depth that the query's names have: sqlglot wants one depth for all."""
    by_name = {name.lower(): columns for name, columns in schema.items()}
    tables = list(query.find_all(exp.Table))
    deep = any(table.db for table in tables)
    nested: dict[str, object] = {}
    for table in tables:
        columns = by_name.get(table.name.lower())
        if columns is None:
            continue
        if deep:
            level = nested.setdefault(table.db or "", {})
            assert isinstance(level, dict)
            level[table.name] = dict(columns)
        else:
            nested[table.name] = dict(columns)
    return nested


def _named_columns(tree: exp.Expr) -> list[str]:
    if isinstance(tree, exp.Create | exp.Insert) and isinstance(tree.this, exp.Schema):
        return [one.name for one in tree.this.expressions]
    return []
