"""What a query's columns are made of."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.shared import shared_data
from tools.catalog.sql_lineage import SqlLineage, names_column, view_lineage

SCHEMA = {
    "t": {"a": "int", "b": "int", "c": "text"},
    "u": {"a": "int", "d": "text"},
    "s.w": {"x": "int", "Y y": "int"},
    "v": {"n": "int", "m": "int"},
}

CASTS = "t.a > cast(a AS int)|t.b > try_cast(b AS int)"
TEXTS = "t.a > a+b|t.b > a+b|t.a > if(a=1, 2, b)|t.b > if(a=1, 2, b)"


def edges(lineage: SqlLineage) -> set[str]:
    return {f"{e.source_table}.{e.source_column} > {e.target_column}" for e in lineage.columns}


@pytest.mark.parametrize(
    ("sql", "dialect", "expected"),
    [
        ("SELECT * FROM t JOIN u USING (a)", "", "t.a > a|t.b > b|t.c > c|u.d > d"),
        ("SELECT a FROM t FULL JOIN u USING (a)", "", "t.a > a|u.a > a"),
        ("SELECT t.*, u.d FROM t NATURAL JOIN u", "", "t.a > a|t.b > b|t.c > c|u.d > d"),
        ("SELECT * EXCLUDE (a) REPLACE (b + c AS b) FROM t", "duckdb", "t.b > b|t.c > b|t.c > c"),
        ("CREATE VIEW v AS SELECT count(*), a || b FROM t", "sqlite", "t.* > n|t.a > m|t.b > m"),
        ('CREATE VIEW v (q, r) AS SELECT "Y y", x FROM s.w', "postgres", "s.w.Y y > q|s.w.x > r"),
        ("INSERT INTO v SELECT a, b FROM t WHERE c > 1", "", "t.a > n|t.b > m"),
        ("SELECT a AS k FROM t UNION ALL SELECT d FROM u", "", "t.a > k|u.d > k"),
        ("WITH k (p, q) AS (SELECT a, b FROM t) SELECT q AS z FROM K", "", "t.b > z"),
        (
            "WITH RECURSIVE r (n, p) AS (SELECT a, b FROM t UNION ALL SELECT r.n, u.d FROM r "
            "JOIN u ON u.a = r.n) SELECT n AS k, p FROM r",
            "postgres",
            "t.a > k|t.b > p|u.d > p",
        ),
        ("SELECT (SELECT max(d) FROM u WHERE u.a = t.a) AS m FROM t", "", "u.d > m"),
        ("SELECT (SELECT t.b + max(a) FROM u) AS m FROM t", "", "t.b > m|u.a > m"),
        (
            "SELECT sum(b) OVER (PARTITION BY a ORDER BY c) AS z FROM t",
            "",
            "t.a > z|t.b > z|t.c > z",
        ),
        ("SELECT row_to_json(u) AS j FROM u", "postgres", "u.a > j|u.d > j"),
        (
            "SELECT g FROM t CROSS JOIN LATERAL (SELECT d AS g FROM u WHERE u.a = t.a) l",
            "postgres",
            "u.d > g",
        ),
        ("SELECT n FROM t LATERAL VIEW explode(split(c, ',')) e AS n", "spark", "t.c > n"),
        ("SELECT x FROM (t JOIN u ON t.a = u.a) JOIN s.w ON true", "", "s.w.x > x"),
        ("SELECT a AS q, q + 1 AS r FROM t", "snowflake", "t.a > q|t.a > r"),
        ("SELECT r.f.g AS h FROM r", "bigquery", "r.f > h"),
        ("SELECT * FROM missing", "", "missing.* > *"),
        ("SELECT p.z FROM missing p JOIN other o ON p.i = o.i", "", "missing.z > z"),
        ("SELECT e, f FROM (VALUES (1, 2)) AS g (e, f)", "postgres", ""),
        ("SELECT n FROM generate_series(1, 3) AS g (n)", "postgres", ""),
        ("SELECT CURRENT_DATE AS today", "", ""),
        ("FROM t SELECT a", "duckdb", "t.a > a"),
        ("SELECT cast(a AS int), try_cast(b AS int) FROM t", "", CASTS),
        ("SELECT a::int, (b)::text::date FROM t", "postgres", "t.a > a|t.b > b"),
        ("SELECT a+b, if(a=1,\n 2, b) FROM t", "mysql", TEXTS),
        ("SELECT k.z + 1 AS q, q*2 AS r FROM missing k", "redshift", "missing.z > q|missing.z > r"),
        ("SELECT z + 1 AS z, z AS r FROM missing", "redshift", "missing.z > z|missing.z > r"),
        ("SELECT z AS q, q AS r FROM missing", "postgres", "missing.z > q|missing.q > r"),
        (
            "SELECT lag(a) OVER w AS z FROM t WINDOW w AS (PARTITION BY b ORDER BY c)",
            "",
            "t.a > z|t.b > z|t.c > z",
        ),
        (
            "SELECT * FROM t PIVOT (sum(a) FOR b IN (1 AS one, 2 AS two)) p",
            "snowflake",
            "t.c > c|t.a > one|t.b > one|t.a > two|t.b > two",
        ),
        (
            "SELECT p.jan, p.z FROM missing PIVOT (sum(v) FOR m IN ('jan' AS jan)) p",
            "",
            "missing.v > jan|missing.m > jan|missing.z > z",
        ),
        ("SELECT * FROM t UNPIVOT (v FOR k IN (a, b))", "snowflake", "t.c > c|t.a > v|t.b > v"),
        ("SELECT $1 AS q, k.$2 AS r FROM @stage k", "snowflake", "@stage.$1 > q|@stage.$2 > r"),
        ("SELECT columns(*) FROM u", "duckdb", "u.a > a|u.d > d"),
        ("SELECT explode(c) AS (k, v) FROM t", "spark", "t.c > k|t.c > v"),
        ("SELECT a FROM t", "no such dialect", "t.a > a"),
    ],
)
def test_columns(sql: str, dialect: str, expected: str) -> None:
    lineage = view_lineage(sql, dialect, SCHEMA)
    assert edges(lineage) == set(expected.split("|")) - {""}
    assert lineage.warnings == ()


def test_tables_are_those_read_and_no_others() -> None:
    sql = """
        CREATE VIEW out AS WITH k AS (SELECT * FROM s.w)
        SELECT k.x FROM k WHERE k.x IN (SELECT a FROM u WHERE EXISTS (SELECT 1 FROM db.s2.far))
        ORDER BY (SELECT max(b) FROM t)
    """
    assert set(view_lineage(sql, "postgres", SCHEMA).tables) == {"s.w", "u", "db.s2.far", "t"}


def test_a_schema_may_be_nested_and_names_more_or_less_qualified() -> None:
    nested = {"public": {"t": {"a": "int"}}, "other": {"k": {"a": "int"}}}
    assert edges(view_lineage("SELECT * FROM public.t", "postgres", nested)) == {"public.t.a > a"}
    assert edges(view_lineage("SELECT * FROM k", "postgres", nested)) == {"k.a > a"}
    assert edges(view_lineage("SELECT * FROM db.public.T", "", {"t": {"a": ""}})) == {
        "db.public.T.a > a"
    }


def test_what_is_not_understood_is_a_warning() -> None:
    ambiguous = view_lineage("SELECT z, p.y FROM p, q", "", {})
    assert edges(ambiguous) == {"p.y > y"}
    assert ambiguous.warnings == ("The column z may be of p or q; it is left out.",)
    for sql in ("no sql (", "", "DROP TABLE t", "SELECT 'open", "GRANT ALL ON t TO u", "\x00"):
        lineage = view_lineage(sql, "postgres", SCHEMA)
        assert (lineage.tables, lineage.columns, len(lineage.warnings)) == ((), (), 1)
    several = view_lineage("CREATE TABLE o AS SELECT a FROM t; SELECT d FROM u", "", SCHEMA)
    assert edges(several) == {"t.a > a"}
    assert several.warnings
    deep = "SELECT " + "(" * 5000 + "a" + ")" * 5000 + " FROM t"
    assert view_lineage(deep, "postgres", SCHEMA).warnings


WORDS = re.findall(
    r"\S+",
    "SELECT FROM t u a b * , ( ) AS x JOIN ON USING WITH UNION ALL LATERAL VALUES WHERE = . 1 'q' "
    "INSERT INTO CREATE VIEW OVER PARTITION BY count unnest PIVOT FOR IN CASE WHEN THEN END",
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=14), st.sampled_from(["postgres", "duckdb", ""]))
def test_nothing_that_is_typed_raises(words: list[str], dialect: str) -> None:
    view_lineage(" ".join(words), dialect, SCHEMA)
    view_lineage(f"SELECT {' '.join(words)} FROM t", dialect, SCHEMA)


QUERY = re.compile(
    r"[\s(]*(select|insert\s+(into|overwrite\s+table)|with\b(?!.*\bupdate\b)"
    r"|create\s+(table|view)\b.*\bas\b)",
    re.IGNORECASE | re.DOTALL,
)


def agreement(kind: str) -> tuple[int, int, list[str]]:
    """How many of the shared cases agree, of how many in scope, and those that don't.

    In scope are single statements that are, or take, a query. Names of unnamed expressions are
    compared without case; where a case needs metadata, its own edges' columns stand for it.
    """
    lines = (shared_data() / "lineage/sql_lineage_cases.jsonl").read_text().splitlines()
    cases = [case for case in map(json.loads, lines) if case["kind"] == kind]
    scope = [c for c in cases if QUERY.match(c["sql"]) and ";" not in c["sql"].rstrip(" \n;")]
    apart = [case["sql"] for case in scope if not agrees(case)]
    return len(scope) - len(apart), len(scope), apart


def agrees(case: dict[str, Any]) -> bool:
    schema: dict[str, dict[str, str]] = {}
    if case.get("needs_metadata"):
        for end in (end for edge in case["column_edges"] for end in (edge["from"], edge["to"])):
            schema.setdefault(end["table"], {})[end["column"]] = "text"
    lineage = view_lineage(case["sql"], case["dialect"], schema)
    if case["kind"] == "table":
        return {name.lower() for name in lineage.tables} == {s.lower() for s in case["sources"]}
    wanted = {
        f"{e['from']['table']}.{e['from']['column']} > {e['to']['column']}".lower()
        for e in case["column_edges"]
        if e["from"]["table"]  # ambiguous: it has no table, and ours is a warning
    }
    return {edge.lower() for edge in edges(lineage)} == wanted


@pytest.mark.parametrize("kind", ["column", "table"])
def test_agreement_with_shared_cases(kind: str) -> None:
    agreed, total, apart = agreement(kind)
    print(f"{kind} lineage: {agreed} of {total} agree; apart: {apart}")
    assert agreed / total >= 0.95


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("CREATE VIEW v AS SELECT o.id FROM orders o JOIN c ON o.key = c.id", True),
        ("SELECT id FROM orders WHERE KEY > 3", True),
        ("SELECT id FROM orders ORDER BY orders.key", True),
        ("SELECT a.id FROM orders a JOIN other b USING (key)", True),
        ("SELECT o.id, c.key FROM orders o, c", False),
        ("SELECT id FROM orders", False),
        ("no sql (", False),
    ],
)
def test_a_column_is_named_wherever_it_stands(sql: str, named: bool) -> None:
    assert names_column(sql, "sqlite", "orders", "key") is named
