"""Lineage out of SQL, against the cases of another project, and where names mislead."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlglot import exp, parse
from sqlglot.errors import SqlglotError

from tests.support.shared import shared_data
from tools.catalog.sql_lineage import ColumnEdge, SqlLineage, view_lineage

SCHEMA = {
    "orders": {"id": "INTEGER", "total": "NUMERIC"},
    "v": {"id": "INTEGER", "email": "TEXT"},
}


def cases(kind: str) -> Iterator[tuple[dict[str, Any], SqlLineage]]:
    """The cases that hold one query, each with what we make of it."""
    for line in (shared_data() / "lineage" / "sql_lineage_cases.jsonl").read_text().splitlines():
        case = json.loads(line)
        dialect = {"ansi": "", "sparksql": "spark"}.get(case["dialect"], case["dialect"])
        try:
            trees = parse(case["sql"], dialect=dialect)
        except SqlglotError:
            continue
        if case["kind"] != kind or len(trees) != 1:
            continue
        (tree,) = trees
        holds_query = isinstance(tree, exp.Query) or (
            isinstance(tree, exp.Create | exp.Insert) and isinstance(tree.expression, exp.Query)
        )
        if not holds_query:
            continue
        schema: dict[str, dict[str, str]] = {}
        for edge in case["column_edges"] if case.get("needs_metadata") else ():
            table = edge["from"]["table"].rsplit(".", 1)[-1]
            schema.setdefault(table, {})[edge["from"]["column"]] = "TEXT"
        yield case, view_lineage(case["sql"], dialect, schema)


def bare(text: str | None) -> str:
    return re.sub(r"[\s`\"]", "", text or "").lower()


def test_tables_agree_in_every_case() -> None:
    compared = [
        ({bare(name) for name in found.tables}, {bare(name) for name in case["sources"]})
        for case, found in cases("table")
    ]
    assert len(compared) >= 33
    assert [pair for pair in compared if pair[0] != pair[1]] == []


def test_columns_agree_in_at_least_38_of_44_cases() -> None:
    agreed = [
        {
            (bare(e.source_table), bare(e.source_column), bare(e.target_column))
            for e in found.columns
        }
        == {
            (bare(e["from"]["table"]), bare(e["from"]["column"]), bare(e["to"]["column"]))
            for e in case["column_edges"]
        }
        for case, found in cases("column")
    ]
    assert len(agreed) >= 44
    assert sum(agreed) >= 38


@pytest.mark.parametrize(
    ("sql", "tables", "columns"),
    [
        (
            "CREATE VIEW x AS WITH orders AS (SELECT id FROM orders) SELECT * FROM orders",
            ("orders",),
            {("orders", "id", "id")},
        ),
        (
            "CREATE VIEW y (a, b) AS SELECT * FROM v",
            ("v",),
            {("v", "id", "a"), ("v", "email", "b")},
        ),
        (
            "WITH c AS (SELECT total FROM orders) INSERT INTO t (x) SELECT total FROM c",
            ("orders",),
            {("orders", "total", "x")},
        ),
        (
            "SELECT (SELECT max(total) FROM orders o WHERE o.id = v.id) AS m FROM v",
            ("orders", "v"),
            {("orders", "total", "m")},
        ),
        (
            "SELECT id FROM v UNION SELECT total FROM orders",
            ("v", "orders"),
            {("v", "id", "id"), ("orders", "total", "id")},
        ),
        (
            "WITH RECURSIVE n(i) AS (SELECT id FROM v UNION ALL SELECT i FROM n) SELECT i FROM n",
            ("v",),
            {("v", "id", "i")},
        ),
        ("SELECT count(*) AS n FROM orders", ("orders",), set()),
    ],
)
def test_names_that_mislead_are_followed(
    sql: str, tables: tuple[str, ...], columns: set[tuple[str, str, str]]
) -> None:
    found = view_lineage(sql, "sqlite", SCHEMA)
    assert set(found.tables) == set(tables)
    assert {(e.source_table, e.source_column, e.target_column) for e in found.columns} == columns
    assert found.warnings == ()


def test_the_columns_that_the_database_tells_name_the_targets() -> None:
    found = view_lineage("SELECT max(total), id FROM orders", "sqlite", SCHEMA, ["max(total)", "k"])
    assert found.columns == (
        ColumnEdge("orders", "total", "max(total)"),
        ColumnEdge("orders", "id", "k"),
    )


@pytest.mark.parametrize(
    "sql", ["CREATE VIEW AS AS", "DROP TABLE x", "SELECT FROM WHERE", "CREATE TABLE t (i INT)"]
)
def test_what_is_not_understood_is_a_warning(sql: str) -> None:
    found = view_lineage(sql, "sqlite", SCHEMA)
    assert found.columns == ()
    assert len(found.warnings) == 1
