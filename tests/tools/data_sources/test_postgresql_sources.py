"""PostgreSQL's own ways, on a real server: partitions, types, rights, time-outs, lineage."""

from __future__ import annotations

import json

import psycopg
import pytest
from pydantic import SecretStr
from sqlalchemy.engine import make_url

from tests.support.postgres import create_database
from tests.support.shared import shared_data
from tools.catalog.sql_lineage import view_lineage
from tools.data_sources.connectors import (
    Connection,
    ConnectorError,
    Inventory,
    TableInfo,
    open_connector,
)

pytestmark = pytest.mark.postgres

SCHEMA = """
CREATE SCHEMA "o dd"; CREATE SCHEMA closed;
CREATE TYPE "o dd".mood AS ENUM ('good', 'bad');
CREATE DOMAIN mail AS varchar(80) NOT NULL; CREATE DOMAIN work_mail AS mail;
CREATE TABLE "o dd"."we""ird" (b int, a int, mood "o dd".mood, mail work_mail, at timestamptz,
    tags text[], body jsonb, born date, ok boolean, net inet, n numeric(10, 2), u uuid, t time,
    PRIMARY KEY (a, b));
CREATE TABLE child (x int, y int, FOREIGN KEY (y, x) REFERENCES "o dd"."we""ird" (b, a));
INSERT INTO "o dd"."we""ird" VALUES (1, 2, 'good', 'a@b.c', 'infinity', '{a,b}', '{"k": 1}',
    '0044-03-15 BC', true, '10.0.0.1', 1.5, '00000000-0000-0000-0000-000000000001', '12:00');
COMMENT ON TABLE child IS 'of the parent'; COMMENT ON COLUMN child.x IS 'first';
CREATE TABLE closed.t (a int);
CREATE TABLE parts (id int, at date, v text) PARTITION BY RANGE (at);
CREATE TABLE parts_old PARTITION OF parts FOR VALUES FROM ('2020-01-01') TO ('2024-01-01')
    PARTITION BY LIST (id);
CREATE TABLE parts_old_rest PARTITION OF parts_old DEFAULT;
CREATE TABLE parts_new PARTITION OF parts DEFAULT;
INSERT INTO parts SELECT i, date '2020-01-01' + i / 20, 'v' || i FROM generate_series(1, 40000) i;
CREATE MATERIALIZED VIEW ids AS SELECT id FROM parts;
CREATE TABLE big (i int); INSERT INTO big SELECT generate_series(1, 1000);
CREATE FUNCTION write() RETURNS int LANGUAGE sql AS 'INSERT INTO big VALUES (0) RETURNING 1';
CREATE VIEW writing AS SELECT write();
CREATE VIEW slow AS SELECT pg_sleep(9)::text;
CREATE ROLE reader LOGIN PASSWORD 'hush-hush'; GRANT SELECT ON child TO reader;
ANALYZE; UPDATE pg_class SET reltuples = 2000000 WHERE relname = 'big';
"""


@pytest.fixture(scope="module")
def url(postgres: str) -> str:
    url = create_database(postgres, "odd_source")
    with psycopg.connect(url) as connection:
        connection.execute(SCHEMA.encode())
    return url


def discovered(url: str, *schemas: str) -> tuple[Inventory, dict[str, TableInfo]]:
    connection = Connection(kind="postgresql", location=url, schemas=schemas)
    with open_connector(connection) as connector:
        inventory = connector.discover()
    return inventory, {table.name: table for table in inventory.tables}


def test_pagila_is_what_its_sqlite_copy_is(pagila: str) -> None:
    expected = json.loads((shared_data() / "databases/expected_inventory.json").read_text())
    inventory, tables = discovered(pagila)
    assert len(tables) == len(inventory.tables) == 23
    for name, told in expected["databases/pagila.sqlite"].items():
        table = tables.pop(name)
        assert table.row_count == told["rows"], name
        assert [column.name for column in table.columns] == [
            name for name, _type in told["columns"]
        ]
        keys = {column.primary_key_position: column.name for column in table.columns}
        assert [keys[position] for position in range(1, len(told["pk"]) + 1)] == told["pk"]
        foreign = sorted(
            [k.columns[0], k.target_table, k.target_columns[0]] for k in table.foreign_keys
        )
        assert foreign == sorted(told["fks"])
    assert {table.kind for table in tables.values()} == {"view"}
    assert len(tables) == 8


def test_lineage_of_views_agrees_with_the_server(pagila: str) -> None:
    inventory, tables = discovered(pagila)
    schema = {
        table.name: {c.name: c.data_type for c in table.columns} for table in inventory.tables
    }
    with psycopg.connect(pagila) as connection:
        rows = connection.execute(
            "SELECT view_name, table_name, column_name FROM information_schema.view_column_usage "
            "WHERE view_schema = 'public'"
        ).fetchall()
    used = {view: {(t, c) for v, t, c in rows if v == view} for view in {row[0] for row in rows}}
    assert len(used) == 7
    for view, columns in used.items():
        lineage = view_lineage(tables[view].view_sql or "", inventory.dialect, schema)
        assert lineage.warnings == ()
        assert set(lineage.tables) == {f"public.{table}" for table, _column in columns}
        assert {edge.target_column for edge in lineage.columns} == set(schema[view])
        assert {
            (edge.source_table.removeprefix("public."), edge.source_column)
            for edge in lineage.columns
        } <= columns


def test_types_keys_and_comments(url: str) -> None:
    _, tables = discovered(url)
    weird = tables['we"ird']
    assert weird.schema_name == "o dd"
    assert {column.name: (column.data_type, column.coarse_type) for column in weird.columns} == {
        "b": ("integer", "integer"), "a": ("integer", "integer"), "mood": ("mood (enum)", "text"),
        "mail": ("work_mail (character varying(80))", "text"),
        "at": ("timestamp with time zone", "datetime"), "tags": ("text[]", "other"),
        "body": ("jsonb", "text"), "born": ("date", "date"), "ok": ("boolean", "boolean"),
        "net": ("inet", "text"), "n": ("numeric(10,2)", "number"), "u": ("uuid", "text"),
        "t": ("time without time zone", "other"),
    }  # fmt: skip
    assert {column.name for column in weird.columns if not column.nullable} == {"a", "b"}
    assert [column.primary_key_position for column in weird.columns[:3]] == [2, 1, None]
    child = tables["child"]
    (key,) = child.foreign_keys
    assert (key.columns, key.target_schema, key.target_table, key.target_columns) == (
        ("y", "x"), "o dd", 'we"ird', ("b", "a"),
    )  # fmt: skip
    assert (child.comment, child.columns[0].comment) == ("of the parent", "first")


def test_values_that_python_has_no_form_for(url: str) -> None:
    names = ["at", "born", "tags", "body", "mood", "ok", "n"]
    with open_connector(Connection(kind="postgresql", location=url)) as connector:
        sampled = connector.sample("o dd", 'we"ird', names, 5)
        connector.preview("o dd", 'we"ird', 5)
    assert [sampled[name] for name in names] == [
        ["infinity"], ["0044-03-15 BC"], ["{a,b}"], ['{"k": 1}'], ["good"], [True], ["1.50"],
    ]  # fmt: skip


def test_partitions_are_one_table_and_counts_are_exact_or_estimated(url: str) -> None:
    _, tables = discovered(url, "public")
    assert not {name for name in tables if name.startswith("parts_")}
    assert (tables["parts"].row_count, tables["parts"].kind) == (40_000, "table")
    assert (tables["parts"].bytes or 0) > 1_000_000
    assert (tables["ids"].row_count, tables["ids"].kind) == (40_000, "view")
    assert tables["big"].row_count == 2_000_000
    with open_connector(Connection(kind="postgresql", location=url)) as connector:
        values = connector.sample("public", "parts", ["id"], 200)["id"]
        assert len(connector.sample("public", "big", ["i"], 200)["i"]) == 200
    numbers = sorted(int(str(value)) for value in values)
    assert len(numbers) == 200
    assert numbers[0] < 8_000 < 32_000 < numbers[-1]


def test_schemas_are_chosen_and_missed(url: str) -> None:
    inventory, tables = discovered(url, "o dd", "nope")
    assert set(tables) == {'we"ird'}
    assert inventory.warnings == ("There is no schema 'nope'.",)


def test_nothing_can_be_written_and_nothing_lasts(url: str) -> None:
    connection = Connection(kind="postgresql", location=url)
    with open_connector(connection, timeout_seconds=0.3) as connector:
        with pytest.raises(ConnectorError, match="ReadOnlySqlTransaction"):
            connector.preview("public", "writing", 1)
        with pytest.raises(ConnectorError) as error:
            connector.preview("public", "slow", 1)
        assert error.value.code == "timeout"


def test_a_locked_table_costs_only_itself(pagila: str) -> None:
    with psycopg.connect(pagila) as other:
        other.execute("LOCK TABLE customer IN ACCESS EXCLUSIVE MODE")
        connection = Connection(kind="postgresql", location=pagila)
        with open_connector(connection, timeout_seconds=0.5) as connector:
            assert len(connector.sample("public", "actor", ["first_name"], 5)["first_name"]) == 5
            for read in (
                lambda: connector.sample("public", "customer", ["email"], 5),
                connector.discover,
            ):
                with pytest.raises(ConnectorError) as error:
                    read()
                assert error.value.code == "locked"


def test_what_the_user_may_not_read_is_still_listed(url: str) -> None:
    location = make_url(url).set(username="reader").render_as_string()
    connection = Connection(kind="postgresql", location=location, password=SecretStr("hush-hush"))
    with open_connector(connection) as connector:
        inventory = connector.discover()
        with pytest.raises(ConnectorError) as error:
            connector.sample("closed", "t", ["a"], 1)
    tables = {table.name: table for table in inventory.tables}
    assert (tables["child"].row_count, tables["t"].row_count) == (0, None)
    assert "t: the user may not read it." in inventory.warnings
    assert error.value.code == "forbidden"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"database": "nope"}, "no_such_database"),
        ({"port": 1}, "unreachable"),
        ({"host": "no-such-host.invalid"}, "unknown_host"),
        ({"query": {"sslmode": "require"}}, "no_tls"),
    ],
)
def test_a_server_that_does_not_answer(url: str, change: dict[str, object], code: str) -> None:
    location = make_url(url).set(password="hush-hush", **change)  # type: ignore[arg-type]
    connection = Connection(
        kind="postgresql", location=location.render_as_string(hide_password=False)
    )
    with pytest.raises(ConnectorError) as error:
        open_connector(connection)
    assert error.value.code == code
    assert "hush" not in str(error.value)
