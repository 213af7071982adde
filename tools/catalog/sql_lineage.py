"""Lineage out of SQL, down to columns. Pure: text in, edges out; reads with sqlglot's parser.

Follows what values a column is made of: what stands in its expression, window included, and not
what only filters, joins or sorts. It never raises on SQL: what isn't understood is a warning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlglot import Dialect, exp
from sqlglot.errors import SqlglotError

from tools.catalog.sql_parsing import parsed
from tools.catalog.sql_statements import StatementReader


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


def names_column(sql: str, dialect: str, table: str, column: str) -> bool:
    """Whether a view's SQL names a table's column, be it in a join, a condition or an order.

    A bare name counts for the table: a view whose names are ambiguous doesn't exist.
    """
    try:
        trees = parsed(sql, dialect.lower() if Dialect.get(dialect.lower()) else "")
    except (SqlglotError, RecursionError, ValueError):
        return False
    wanted = column.casefold()
    for tree in trees:
        tables = {one.alias_or_name.casefold(): one.name for one in tree.find_all(exp.Table)}
        named = [
            one
            for one in tree.find_all(exp.Column)
            if one.name.casefold() == wanted
            and tables.get(one.table.casefold(), table).casefold() == table.casefold()
        ]
        shared = (one for join in tree.find_all(exp.Join) for one in join.args.get("using") or ())
        if named or any(one.name.casefold() == wanted for one in shared):
            return True
    return False


def view_lineage(sql: str, dialect: str, schema: Mapping[str, Mapping[str, Any]]) -> SqlLineage:
    """The lineage of a view, or of another statement that writes what a query gives.

    Args:
        sql: `CREATE VIEW|TABLE … AS SELECT …`, `INSERT … SELECT …` or the query alone.
        dialect: sqlglot's name of the dialect; empty for standard SQL.
        schema: columns by table, the tables as `table`, `schema.table` or nested by schema. With
            it `*` and bare names are resolved, and the target's columns are named by place.
    """
    known = dialect.lower() if Dialect.get(dialect.lower()) else ""
    try:
        statements = parsed(sql, known)
    except (SqlglotError, RecursionError, ValueError):
        return SqlLineage((), (), ("The SQL can't be parsed; its lineage is missing.",))
    made = next((tree for tree in statements if _takes_query(tree)), None)
    if made is None:
        return SqlLineage((), (), ("The SQL holds no query; it has no lineage.",))
    reader = StatementReader(by_name(schema), known)
    try:
        writes = reader.read(made)[-1:]
    except RecursionError:
        reader.warnings["The SQL is nested too deeply; its columns are missing."] = None
        writes = []
    if len(statements) > 1:
        reader.warnings["Only the first query of several statements was read."] = None
    edges = (
        ColumnEdge(table, column, output.name)
        for write in writes
        for output in write.outputs
        for table, column in output.leaves
    )
    return SqlLineage(tuple(reader.tables), tuple(dict.fromkeys(edges)), tuple(reader.warnings))


def _takes_query(statement: exp.Expr) -> bool:
    if isinstance(statement, exp.Create | exp.Insert):
        return isinstance(statement.expression, exp.Query)
    return isinstance(statement, exp.Query)


def by_name(schema: Mapping[str, Mapping[str, Any]], prefix: str = "") -> dict[str, list[str]]:
    """The columns of each table by its dotted name in lower case."""
    tables: dict[str, list[str]] = {}
    for name, content in schema.items():
        if any(isinstance(each, Mapping) for each in content.values()):
            tables |= by_name(content, f"{prefix}{name.lower()}.")
        else:
            tables[f"{prefix}{name.lower()}"] = list(content)
    return tables
