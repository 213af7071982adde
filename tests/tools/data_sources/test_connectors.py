"""What holds for every kind of source: inventories, samples, previews, errors."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb
import psycopg
import pytest
from pydantic import SecretStr, ValidationError

from tests.support.postgres import create_database
from tests.support.shared import shared_data
from tools.data_sources.connectors import (
    Connection,
    ConnectorError,
    TableInfo,
    open_connector,
)

SCHEMA = """
CREATE TABLE person (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL, born DATE, height REAL,
                     photo {blob}, note VARCHAR);
CREATE VIEW tall AS SELECT id, name FROM person WHERE height > 2;
"""
ROWS = [
    (
        number,
        f"name {number}",
        "2001-02-03",
        1.5,
        b"\x00\xff" * 500,
        None if number % 9 else "x" * 999,
    )
    for number in range(1, 5001)
]
INSERT = "INSERT INTO person VALUES (?, ?, ?, ?, ?, ?)"


@pytest.fixture(params=["sqlite", "duckdb", pytest.param("postgresql", marks=pytest.mark.postgres)])
def people(request: pytest.FixtureRequest, tmp_path: Path) -> Connection:
    """A database of each kind with one table and one view."""
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres")
        url = create_database(server, f"people_{uuid4().hex}")
        with psycopg.connect(url) as server_side, server_side.cursor() as cursor:
            cursor.execute(SCHEMA.format(blob="BYTEA").encode())
            cursor.executemany(INSERT.replace("?", "%s"), ROWS)
        return Connection(kind="postgresql", location=url)
    path = tmp_path / "people.db"
    if request.param == "sqlite":
        with closing(sqlite3.connect(path)) as lite, lite:
            lite.executescript(SCHEMA.format(blob="BLOB"))
            lite.executemany(INSERT, ROWS)
        return Connection(kind="sqlite", location=str(path))
    with duckdb.connect(path) as duck:
        duck.execute(SCHEMA.format(blob="BLOB"))
        duck.execute(
            "INSERT INTO person SELECT i, 'name ' || i, DATE '2001-02-03', 1.5, "
            "repeat('ab', 500)::BLOB, CASE WHEN i % 9 = 0 THEN repeat('x', 999) END "
            "FROM range(1, 5001) r(i)"
        )
    return Connection(kind="duckdb", location=str(path))


def facts(table: TableInfo) -> dict[str, Any]:
    """A table in the form of expected_inventory.json, the keys sorted."""
    keys = [column for column in table.columns if column.primary_key_position]
    return {
        "rows": table.row_count,
        "columns": [[column.name, column.data_type] for column in table.columns],
        "pk": [key.name for key in sorted(keys, key=lambda key: key.primary_key_position or 0)],
        "fks": sorted(
            [column, key.target_table, target]
            for key in table.foreign_keys
            for column, target in zip(key.columns, key.target_columns, strict=True)
        ),
    }


@pytest.mark.parametrize("name", ["chinook", "northwind", "pagila"])
def test_inventory_is_the_expected_one(name: str) -> None:
    folder = shared_data() / "databases"
    expected = json.loads((folder / "expected_inventory.json").read_text())
    location = str(folder / f"{name}.sqlite")
    with open_connector(Connection(kind="sqlite", location=location)) as connector:
        inventory = connector.discover()
    wanted = {
        table: {**told, "fks": sorted(told["fks"])}
        for table, told in expected[f"databases/{name}.sqlite"].items()
    }
    assert {table.name: facts(table) for table in inventory.tables} == wanted
    assert inventory.warnings == ()


def test_inventory(people: Connection) -> None:
    with open_connector(people) as connector:
        inventory = connector.discover()
    tables = {table.name: table for table in inventory.tables}
    person, tall = tables["person"], tables["tall"]
    assert (person.kind, person.row_count, person.view_sql) == ("table", 5000, None)
    assert [column.name for column in person.columns] == [
        "id", "name", "born", "height", "photo", "note",
    ]  # fmt: skip
    assert [column.position for column in person.columns] == [1, 2, 3, 4, 5, 6]
    assert [column.coarse_type for column in person.columns] == [
        "integer", "text", "date", "number", "binary", "text",
    ]  # fmt: skip
    assert [column.nullable for column in person.columns] == [False, False, True, True, True, True]
    assert [column.primary_key_position for column in person.columns] == [1, *[None] * 5]
    assert (tall.kind, tall.row_count) == ("view", None)
    assert tall.view_sql
    assert "person" in tall.view_sql
    assert [column.name for column in tall.columns] == ["id", "name"]


def test_sample_spreads_skips_nulls_cuts_texts_and_loads_no_binaries(people: Connection) -> None:
    columns = ["id", "name", "born", "height", "photo", "note"]
    with open_connector(people) as connector:
        sampled = connector.sample(None, "person", columns, 100)
        again = connector.sample(None, "person", columns, 100)
    assert list(sampled) == columns
    assert sampled == again
    assert len(sampled["id"]) == len(set(sampled["id"])) == 100
    numbers = sorted(int(str(value)) for value in sampled["id"])
    assert numbers[10] < 1500 < 3500 < numbers[-10]
    assert sampled["born"][0] == "2001-02-03"
    assert sampled["photo"] == []
    assert 30 < len(sampled["note"]) <= 100
    assert set(sampled["note"]) == {"x" * 200}


def test_sample_of_a_view_and_of_no_column(people: Connection) -> None:
    with open_connector(people) as connector:
        assert connector.sample(None, "tall", ["name"], 5) == {"name": []}
        assert connector.sample(None, "person", [], 5) == {}
        assert connector.sample(None, "person", ["id"], 0) == {"id": []}


def test_preview_shows_rows_and_the_size_of_binaries(people: Connection) -> None:
    with open_connector(people) as connector:
        names, rows = connector.preview(None, "person", 3)
    assert names == ["id", "name", "born", "height", "photo", "note"]
    assert len(rows) == 3
    assert rows[0][4] == "(1000 bytes)"
    json.dumps(rows)


def test_what_is_not_there_is_said(people: Connection) -> None:
    with open_connector(people) as connector:
        with pytest.raises(ConnectorError, match="no table 'persons'") as table:
            connector.sample(None, "persons", ["id"], 5)
        with pytest.raises(ConnectorError, match="no column 'nam'") as column:
            connector.sample(None, "person", ["nam"], 5)
    assert (table.value.code, column.value.code) == ("no_such_table", "no_such_column")


def test_health_and_progress(people: Connection) -> None:
    told: list[tuple[str, int, int]] = []
    with open_connector(people) as connector:
        health = connector.test()
        connector.discover(lambda *each: told.append(each))
    assert health.latency_ms < 1000
    assert health.server_version.split(" ")[0] in {"SQLite", "DuckDB", "PostgreSQL"}
    assert told
    assert all(0 <= done < total for _what, done, total in told)


@pytest.mark.parametrize("people", ["sqlite", "duckdb"], indirect=True)
def test_nothing_is_written(people: Connection) -> None:
    path = Path(people.location)
    before = path.read_bytes(), sorted(path.parent.iterdir())
    with open_connector(people) as connector:
        connector.discover()
        connector.sample(None, "person", ["id"], 10)
    assert (path.read_bytes(), sorted(path.parent.iterdir())) == before


def test_a_connection_keeps_its_password_and_takes_nothing_else() -> None:
    connection = Connection(
        kind="postgresql", location="postgresql://u@h/d", password=SecretStr("hush-hush")
    )
    assert "hush-hush" not in repr(connection)
    with pytest.raises(ValidationError):
        Connection.model_validate({"kind": "sqlite", "location": "x", "mode": "rw"})
