"""What the statements of a script write and read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals import lineage as evaluation
from tests.support.shared import shared_data
from tools.catalog.sql_script import Script, dialect_of, read_script

SCHEMA = {"t": ["a", "b", "c"], "u": ["a", "d"], "s.w": ["x", "y"], "tgt": ["p", "q"]}

UNLOADED = "path:s3://x < t: t.a>a"


def told(script: Script) -> set[str]:
    """`target < reads: columns` of each statement."""
    return {
        f"{one.target} < {' '.join(sorted(one.reads))}: "
        + " ".join(f"{c.source_table}.{c.source_column}>{c.target_column}" for c in one.columns)
        for one in script.statements
    }


@pytest.mark.parametrize(
    ("dialect", "sql", "expected"),
    [
        ("", "CREATE TABLE o AS SELECT a, b AS k FROM t", "o < t: t.a>a t.b>k"),
        ("", "CREATE TABLE o (k INT)", "o < : "),
        ("tsql", "INSERT INTO t_exec SELECT a FROM t", "t_exec < t: t.a>a"),
        (
            "databricks",
            "MERGE INTO u USING t ON u.a = t.a WHEN MATCHED THEN UPDATE SET *",
            "u < t: t.a>a",
        ),
        (
            "tsql",
            "SELECT s.value INTO o FROM t OUTER APPLY STRING_SPLIT(t.c, ',') s",
            "o < t: t.c>value",
        ),
        (
            "tsql",
            "SELECT value INTO o FROM t CROSS APPLY STRING_SPLIT(t.c, ',')",
            "o < t: t.c>value",
        ),
        (
            "tsql",
            "INSERT INTO tgt SELECT t.a, j.v FROM t CROSS APPLY OPENJSON(t.c) WITH (v INT '$.v') j",
            "tgt < t: t.a>p t.c>q",
        ),
        (
            "mysql",
            "CREATE TABLE o AS SELECT * FROM JSON_TABLE((SELECT c FROM t), '$[*]' "
            "COLUMNS (n INT PATH '$.n', m INT PATH '$.m')) j",
            "o < t: t.c>n t.c>m",
        ),
        (
            "snowflake",
            "CREATE TABLE o AS SELECT t.a, f.value AS v FROM t, TABLE(FLATTEN(t.c)) f",
            "o < t: t.a>a t.c>v",
        ),
        (
            "tsql",
            "DECLARE @k TABLE (n INT, m INT); INSERT INTO @k SELECT a, b FROM t; "
            "INSERT INTO tgt SELECT m, n FROM @k",
            "tgt < t: t.b>p t.a>q",
        ),
        (
            "teradata",
            "CREATE VOLATILE TABLE k AS (SELECT a, b FROM t) WITH DATA ON COMMIT PRESERVE ROWS; "
            "INSERT INTO tgt SELECT b, a FROM k",
            "tgt < t: t.b>p t.a>q",
        ),
        (
            "postgres",
            "CREATE TEMP TABLE k (n INT, m INT); INSERT INTO k SELECT a, b FROM t; "
            "INSERT INTO tgt SELECT m, n FROM k",
            "tgt < t: t.b>p t.a>q",
        ),
        (
            "oracle",
            "INSERT INTO tgt (p) SELECT a FROM s.z@far.world",
            "tgt < s.z@far.world: s.z@far.world.a>p",
        ),
        ("hive", "CREATE TABLE o LIKE u", "o < u: u.a>a u.d>d"),
        ("snowflake", "CREATE TABLE o CLONE u", "o < u: u.a>a u.d>d"),
        ("clickhouse", "CREATE MATERIALIZED VIEW v TO o AS SELECT a FROM t", "o < t: t.a>a"),
        ("postgres", "SELECT a INTO o FROM t UNION ALL SELECT d FROM u", "o < t u: t.a>a u.d>a"),
        ("", "INSERT INTO tgt (q) SELECT max(c) FROM t", "tgt < t: t.c>q"),
        ("duckdb", "INSERT INTO tgt BY NAME SELECT a AS q FROM t", "tgt < t: t.a>q"),
        ("spark", "INSERT INTO tgt PARTITION (p=1) SELECT a FROM t", "tgt < t: t.a>q"),
        ("", "INSERT INTO tgt VALUES ((SELECT max(a) FROM t), 1)", "tgt < t: t.a>p"),
        ("", "WITH k AS (SELECT a FROM t) INSERT INTO tgt SELECT a, 1 FROM k", "tgt < t: t.a>p"),
        (
            "postgres",
            "WITH k AS (DELETE FROM t RETURNING a, b) INSERT INTO tgt SELECT * FROM k",
            "tgt < t: t.a>p t.b>q",
        ),
        (
            "postgres",
            "WITH k AS (INSERT INTO tgt SELECT a, d FROM u RETURNING p) "
            "INSERT INTO s.w (x) SELECT p FROM k",
            "tgt < u: u.a>p u.d>q|s.w < tgt: tgt.p>x",
        ),
        ("", "UPDATE tgt SET p = u.a, q = 'x' FROM u WHERE u.d = q", "tgt < u: u.a>p"),
        ("tsql", "UPDATE k SET k.p += u.a FROM tgt k JOIN u ON u.d = k.q", "tgt < u: u.a>p"),
        ("mysql", "UPDATE t JOIN u ON t.a = u.a SET t.b = u.d", "t < u: u.d>b"),
        (
            "postgres",
            "UPDATE tgt SET (p, q) = (SELECT a, d FROM u WHERE u.a = tgt.p)",
            "tgt < u: u.a>p u.d>q",
        ),
        (
            "",
            "MERGE INTO tgt k USING (SELECT x, max(y) AS m FROM s.w GROUP BY x) n ON k.p = n.x "
            "WHEN MATCHED THEN UPDATE SET k.q = n.m WHEN NOT MATCHED THEN INSERT VALUES (n.x, n.m)",
            "tgt < s.w: s.w.y>q s.w.x>p",
        ),
        (
            "databricks",
            "MERGE INTO tgt USING u ON p = u.a WHEN NOT MATCHED THEN INSERT *",
            "tgt < u: u.a>a u.d>d",
        ),
        (
            "hive",
            "FROM t INSERT OVERWRITE TABLE o SELECT a INSERT OVERWRITE TABLE n SELECT b",
            "o < t: t.a>a|n < t: t.b>b",
        ),
        (
            "oracle",
            "INSERT ALL INTO o (k) VALUES (x) INTO n (m) VALUES (y) SELECT x, y FROM s.w",
            "o < s.w: s.w.x>k|n < s.w: s.w.y>m",
        ),
        ("duckdb", "COPY (SELECT a FROM t) TO 'x.parquet'", "path:x.parquet < t: t.a>a"),
        ("redshift", "COPY o FROM 's3://x' IAM_ROLE 'r'", "o < path:s3://x: "),
        ("redshift", "UNLOAD ('select a from t') TO 's3://x'", "path:s3://x < t: t.a>a"),
        ("hive", "LOAD DATA INPATH 'hdfs:///x' INTO TABLE o", "o < path:hdfs:///x: "),
        ("hive", "ALTER TABLE o EXCHANGE PARTITION (p='1') WITH TABLE n", "o < n: "),
        ("spark", "INSERT INTO o SELECT * FROM parquet.`/x/y`", "o < path:/x/y: path:/x/y.*>*"),
        ("athena", "INSERT INTO o SELECT a FROM `t`", "o < t: t.a>a"),
        ("mysql", "REPLACE INTO o SELECT a FROM t", "o < t: t.a>a"),
        (
            "spark",
            "INSERT OVERWRITE DIRECTORY '/x' USING parquet OPTIONS (c 1) SELECT a FROM t",
            "path:/x < t: t.a>a",
        ),
        ("duckdb", "CREATE TABLE o AS SELECT k FROM 'x.csv'", "o < x.csv: x.csv.k>k"),
        (
            "duckdb",
            "CREATE TABLE o AS SELECT k FROM read_csv('x.csv')",
            "o < path:x.csv: path:x.csv.k>k",
        ),
        (
            "duckdb",
            "CREATE TABLE o AS SELECT k FROM read_parquet(['x', 'y'])",
            "o < path:x path:y: ",
        ),
        ("redshift", "UNLOAD (SELECT a FROM t) TO 's3://x' WITH (format='ORC')", UNLOADED),
        ("mysql", "LOAD DATA LOCAL INFILE '/x' REPLACE INTO TABLE o", "o < path:/x: "),
        ("bigquery", "LOAD DATA INTO o FROM FILES (uris=['gs://x'])", "o < path:gs://x: "),
        ("bigquery", "EXPORT DATA OPTIONS (uri='s3://x') AS SELECT a FROM t", UNLOADED),
        ("snowflake", "COPY INTO o FROM 's3://x' CREDENTIALS=(A='b')", "o < path:s3://x: "),
        ("", "INSERT INTO o SELECT a FROM t WITH UR", "o < t: t.a>a"),
        ("postgres", "CREATE TABLE o AS SELECT a FROM t DISTRIBUTED BY (a)", "o < t: t.a>a"),
        ("hive", "UPSERT INTO o SELECT a FROM t JOIN [SHUFFLE] s.w", "o < s.w t: t.a>a"),
        ("tsql", "INSERT INTO o WITH (TABLOCK) SELECT a FROM t", "o < t: t.a>a"),
        ("spark", "INSERT INTO o TABLE u", "o < u: u.a>a u.d>d"),
        ("clickhouse", "INSERT INTO o SELECT a FROM t FINAL", "o < t: t.a>a"),
        ("postgres", "SELECT swap_partitions_between_tables('n', 1, 2, 'o')", "o < n: "),
        ("snowflake", "ALTER TABLE o SWAP WITH n", "o < n: "),
        ("snowflake", "INSERT INTO o SELECT a FROM IDENTIFIER('t')", "o < t: t.a>a"),
        (
            "postgres",
            "CREATE TEMP TABLE k ON COMMIT DROP AS TABLE u; TABLE k",
            "None < u: u.a>a u.d>d",
        ),
    ],
)
def test_statements(dialect: str, sql: str, expected: str) -> None:
    script = read_script(sql, dialect, SCHEMA)
    assert told(script) == set(expected.split("|"))
    odd = "athena" if dialect == "athena" else None
    assert [odd in one.reason for one in script.problems if odd] == ([True] if odd else [])


def test_what_is_made_is_known_to_what_follows_and_temporary_tables_are_looked_through() -> None:
    script = read_script(
        """
        CREATE TEMP TABLE k AS SELECT t.a AS z, u.d FROM t JOIN u USING (a);
        CREATE TABLE n AS SELECT k.*, count(*) AS c FROM k GROUP BY 1, 2;
        -- a remark
        INSERT INTO tgt SELECT z, d FROM n;
        CREATE TABLE gone AS SELECT x FROM s.w;
        INSERT INTO o SELECT * FROM gone; DROP TABLE gone
        """,
        "postgres",
        SCHEMA,
    )
    assert told(script) == {
        "n < t u: t.a>z u.d>d",
        "tgt < n: n.z>p n.d>q",
        "o < s.w: s.w.x>x",
    }
    assert [one.line for one in script.statements] == [3, 5, 7]
    assert (script.problems, script.count) == ((), 6)


def test_renamed_and_swapped_tables_go_by_their_new_names() -> None:
    swapped = "CREATE TABLE n AS SELECT * FROM u; ALTER TABLE n SWAP WITH live"
    assert told(read_script(swapped, "snowflake", SCHEMA)) == {"live < u: u.a>a u.d>d"}
    renamed = (
        "CREATE TEMP TABLE n AS SELECT d FROM u; ALTER TABLE n RENAME TO o; "
        "INSERT INTO tgt (p) SELECT d FROM o"
    )
    assert told(read_script(renamed, "", SCHEMA)) == {"o < u: u.d>d", "tgt < o: o.d>p"}
    assert told(read_script("RENAME TABLE n TO o", "mysql", SCHEMA)) == set()


@pytest.mark.parametrize(
    ("dialect", "sql"),
    [
        ("tsql", "BEGIN TRY\nINSERT INTO o SELECT a FROM t END TRY\nBEGIN CATCH THROW END CATCH"),
        ("postgres", "DO $x$ BEGIN\nINSERT INTO o SELECT a FROM t; END; $x$ LANGUAGE plpgsql"),
        ("postgres", "CREATE FUNCTION f() RETURNS void AS $$\nINSERT INTO o SELECT a FROM t $$"),
    ],
)
def test_blocks_are_looked_into(dialect: str, sql: str) -> None:
    script = read_script(sql, dialect, SCHEMA)
    assert told(script) == {"o < t: t.a>a"}
    assert script.statements[0].line == 2


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO dbo.o (k, m) EXEC dbo.load_o @day = '2020'",
        "INSERT dbo.o EXECUTE load_o",
        "CREATE TABLE #k (n INT); INSERT INTO #k EXEC load_o; INSERT INTO dbo.o SELECT n FROM #k",
        "INSERT INTO #k EXEC load_o @a = 1\nINSERT INTO dbo.o SELECT n FROM #k",
        "DECLARE @k TABLE (n INT); INSERT @k EXEC load_o; INSERT INTO dbo.o SELECT n FROM @k",
        "CREATE PROCEDURE p AS BEGIN\nSET NOCOUNT ON\nINSERT INTO dbo.o EXEC load_o\nEND",
    ],
)
def test_what_a_procedure_fills_a_table_with_is_told_as_unknown(sql: str) -> None:
    script = read_script(sql, "tsql", SCHEMA)
    assert told(script) == {"dbo.o < : "}
    assert [one.reason for one in script.problems] == [
        "What a procedure gives that fills a table isn't known."
    ]


def test_a_table_that_a_template_names_is_left_out_and_told() -> None:
    script = read_script("INSERT INTO {{ x }} SELECT a FROM t", "spark", SCHEMA)
    assert (script.statements, len(script.problems)) == ((), 1)


def test_procedures_and_batches_are_read_statement_by_statement() -> None:
    script = read_script(
        """
        CREATE PROCEDURE p AS
        BEGIN
          SET NOCOUNT ON
          SELECT a, b INTO #k FROM t
          INSERT INTO tgt SELECT a, b FROM #k
          UPDATE tgt SET q = u.d
          FROM u WHERE u.a = tgt.p
        END
        GO
        INSERT INTO s.w SELECT a, d FROM u
        """,
        "tsql",
        SCHEMA,
    )
    assert told(script) == {
        "tgt < t: t.a>p t.b>q",
        "tgt < u: u.d>q",
        "s.w < u: u.a>x u.d>y",
    }
    looped = read_script(
        "CREATE PROCEDURE p(n INT64) BEGIN IF n IS NULL THEN SET n = 0; END IF; "
        "LOOP INSERT INTO tgt SELECT a, b FROM t; LEAVE; END LOOP; END",
        "bigquery",
        SCHEMA,
    )
    assert told(looped) == {"tgt < t: t.a>p t.b>q"}


def test_each_statement_that_is_not_understood_is_told_with_its_line_and_the_rest_is_read() -> None:
    script = read_script(
        """SELECT * FROM broken((;
        INSERT INTO tgt SELECT a, 's3cret' FROM t;
        CALL load('s3cret');
        EXEC load;
        INSERT INTO tgt SELECT z, 1 FROM m, n;
        s3cret s3cret;
        GRANT SELECT ON t TO u""",
        "",
        SCHEMA,
    )
    assert "tgt < t: t.a>p" in told(script)
    lines = [one.line for one in script.problems]
    assert lines == [1, 3, 4, 5, 6]
    assert "may be of m or n" in script.problems[3].reason
    assert not any("s3cret" in one.reason for one in script.problems)
    (unclosed,) = read_script("SELECT 'open", "", SCHEMA).problems
    assert "isn't closed" in unclosed.reason or "may not be closed" in unclosed.reason
    deep = "INSERT INTO o SELECT " + "(" * 5000 + "a" + ")" * 5000 + " FROM t"
    assert read_script(deep, "postgres", SCHEMA).problems


def test_dialects_are_known_by_their_common_names() -> None:
    assert [dialect_of(name) for name in ("ansi", "PostgreSQL", "mssql", "spark", "nonsense")] == [
        "",
        "postgres",
        "tsql",
        "spark",
        None,
    ]


WORDS = re.findall(
    r"\S+",
    "SELECT FROM t u a b * , ( ) AS x JOIN USING WITH UNION ; INSERT INTO tgt CREATE TABLE MERGE "
    "UPDATE SET = WHEN MATCHED THEN DELETE RETURNING VALUES COPY ALTER RENAME TO 'q' BEGIN END GO",
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=16), st.sampled_from(["postgres", "tsql", ""]))
def test_nothing_that_is_typed_raises(words: list[str], dialect: str) -> None:
    read_script(" ".join(words), dialect, SCHEMA)


def test_agreement_with_shared_cases(capsys: pytest.CaptureFixture[str]) -> None:
    shared_data()
    kept = evaluation.main(["--wrong"])
    assert kept == 0, capsys.readouterr().out
