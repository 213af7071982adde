"""Lineage out of SQL, down to columns, by sqlglot. What isn't understood is a warning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError
from sqlglot.lineage import lineage

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


def view_lineage(sql: str, dialect: str, schema: Schema) -> SqlLineage:
    """The lineage of a view's definition.

    Args:
        sql: `CREATE VIEW … AS SELECT …`, or the query alone.
        dialect: sqlglot's name of the dialect.
        schema: the columns with types of every table by its name, to resolve `*` and bare names.
    """
    try:
        tree = parse_one(sql, dialect=dialect)
        query = tree.expression if isinstance(tree, exp.Create) else tree
        if not isinstance(query, exp.Query):
            return SqlLineage((), (), ("It is not a query.",))
    except SqlglotError:
        return SqlLineage((), (), ("Its SQL could not be parsed; lineage is missing.",))
    tables = _tables(query)
    try:
        nodes = lineage(
            None,
            query,
            _nested(query, schema),
            dialect=dialect,
            validate_qualify_columns=False,
        )
    except (SqlglotError, RecursionError, KeyError, AttributeError, ValueError):
        return SqlLineage(tables, (), ("Its columns could not be resolved; lineage is by table.",))
    named = _named_columns(tree)
    edges: dict[ColumnEdge, None] = {}
    for position, (output, node) in enumerate(nodes.items()):
        target = named[position] if position < len(named) else output
        for leaf in node.walk():
            if isinstance(leaf.expression, exp.Table) and leaf.expression.name:
                column = leaf.name.rsplit(".", 1)[-1]
                edges[ColumnEdge(_name(leaf.expression), column, target)] = None
    return SqlLineage(tables, tuple(edges))


def _tables(query: exp.Query) -> tuple[str, ...]:
    ctes = {cte.alias_or_name.lower() for cte in query.find_all(exp.CTE)}
    found = dict.fromkeys(
        _name(table)
        for table in query.find_all(exp.Table)
        if table.name and (table.db or table.name.lower() not in ctes)
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
    if isinstance(tree, exp.Create) and isinstance(tree.this, exp.Schema):
        return [one.name for one in tree.this.expressions]
    return []
