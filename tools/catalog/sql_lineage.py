"""Lineage out of SQL, down to columns. Pure: text in, edges out; reads with sqlglot's parser.

Follows what values a column is made of: what stands in its expression, window included, and not
what only filters, joins or sorts. It never raises on SQL: what isn't understood is a warning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from logging import CRITICAL, getLogger
from typing import Any

from sqlglot import Dialect, exp, parse
from sqlglot.errors import SqlglotError

from tools.catalog.sql_columns import STAR, Output, QueryReader, table_name

getLogger("sqlglot").setLevel(CRITICAL)  # it logs the SQL that it can't read, with its values


@dataclass(frozen=True)
class ColumnEdge:
    """A target column that is made of a source column; `*` where the columns aren't known."""

    source_table: str
    source_column: str
    target_column: str


@dataclass(frozen=True)
class SqlLineage:
    """What a query reads, tables as they are named in it, and which columns make which."""

    tables: tuple[str, ...]
    columns: tuple[ColumnEdge, ...]
    warnings: tuple[str, ...] = ()


def view_lineage(sql: str, dialect: str, schema: Mapping[str, Mapping[str, Any]]) -> SqlLineage:
    """The lineage of a view, or of another statement that writes what a query gives.

    Args:
        sql: `CREATE VIEW|TABLE … AS SELECT …`, `INSERT … SELECT …` or the query alone.
        dialect: sqlglot's name of the dialect; empty for standard SQL.
        schema: columns by table, the tables as `table`, `schema.table` or nested by schema. With
            it `*` and bare names are resolved, and the target's columns are named by place.
    """
    try:
        trees = parse(sql, dialect=Dialect.get(dialect.lower()))
    except (SqlglotError, RecursionError, ValueError):
        return SqlLineage((), (), ("The SQL can't be parsed; its lineage is missing.",))
    statements = [_query(tree) for tree in trees if tree is not None]
    query, target = next((pair for pair in statements if pair[0]), (None, None))
    if query is None:
        return SqlLineage((), (), ("The SQL holds no query; it has no lineage.",))
    reader = QueryReader(_by_name(schema))
    if len(statements) > 1:
        reader.warnings["Only the first query of several statements was read."] = None
    try:
        outputs = reader.query(query, {}, None)
    except RecursionError:
        reader.warnings["The SQL is nested too deeply; its columns are missing."] = None
        outputs = []
    names = _target_names(target, outputs, reader)
    edges = (
        ColumnEdge(table, column, name)
        for name, output in zip(names, outputs, strict=True)
        for table, column in output.leaves
    )
    return SqlLineage(tuple(reader.tables), tuple(dict.fromkeys(edges)), tuple(reader.warnings))


def _query(statement: exp.Expr) -> tuple[exp.Query | None, exp.Expr | None]:
    """The query in a statement, and the table or view that takes what it gives."""
    if isinstance(statement, exp.Create | exp.Insert):
        query, target = statement.expression, statement.this
        if isinstance(query, exp.Query) and (with_ := statement.args.get("with_")):
            query.set("with_", with_)
    else:
        query, target = statement, None
    return (query, target) if isinstance(query, exp.Query) else (None, None)


def _target_names(target: exp.Expr | None, outputs: list[Output], reader: QueryReader) -> list[str]:
    """What the query's columns are called where they arrive: by place, if the places are known."""
    own = [output.name for output in outputs]
    if target is None or STAR in own:
        return own
    if isinstance(target, exp.Schema):
        names = [column.name for column in target.expressions]
    elif isinstance(target, exp.Table):
        names = reader.columns_of(table_name(target)) or []
    else:  # a folder, or a variable
        names = []
    return names[: len(own)] if len(names) >= len(own) else own


def _by_name(schema: Mapping[str, Mapping[str, Any]], prefix: str = "") -> dict[str, list[str]]:
    """The columns of each table by its dotted name in lower case."""
    tables: dict[str, list[str]] = {}
    for name, content in schema.items():
        if any(isinstance(each, Mapping) for each in content.values()):
            tables |= _by_name(content, f"{prefix}{name.lower()}.")
        else:
            tables[f"{prefix}{name.lower()}"] = list(content)
    return tables
