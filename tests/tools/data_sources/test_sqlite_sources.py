"""SQLite's own ways: odd names, keys without columns, hidden tables, logs, time-outs."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tools.data_sources.connectors import (
    Connection,
    ConnectorError,
    Inventory,
    TableInfo,
    open_connector,
)


def made(folder: Path, script: str) -> Connection:
    path = folder / "data #1?.db"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(script)
    return Connection(kind="sqlite", location=str(path))


def discovered(connection: Connection) -> tuple[Inventory, dict[str, TableInfo]]:
    with open_connector(connection) as connector:
        inventory = connector.discover()
    return inventory, {table.name: table for table in inventory.tables}


@contextmanager
def somebody_else(folder: Path) -> Iterator[None]:
    """Without the right to write to the folder: as another user if this one is root."""
    folder.chmod(0o555)
    if os.geteuid() == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(os.getuid())
        folder.chmod(0o755)


def test_keys(tmp_path: Path) -> None:
    _, tables = discovered(
        made(
            tmp_path,
            """
            CREATE TABLE parent (b INT, a INT, c INT, PRIMARY KEY (a, b)) WITHOUT ROWID;
            CREATE TABLE implied (x INT, y INT, z INT REFERENCES Lone,
                                  FOREIGN KEY (x, y) REFERENCES PARENT);
            CREATE TABLE lone (id INTEGER PRIMARY KEY);
            CREATE TABLE named (x INT, y INT, FOREIGN KEY (y, x) REFERENCES parent (B, A));
            CREATE TABLE dangling (x INT REFERENCES nowhere);
            INSERT INTO parent VALUES (1, 2, 3);
            """,
        )
    )
    positions = [column.primary_key_position for column in tables["parent"].columns]
    assert positions == [2, 1, None]
    assert tables["parent"].row_count == 1

    def keys(table: str) -> set[tuple[tuple[str, ...], str, tuple[str, ...]]]:
        return {(k.columns, k.target_table, k.target_columns) for k in tables[table].foreign_keys}

    assert keys("implied") == {(("x", "y"), "parent", ("a", "b")), (("z",), "lone", ("id",))}
    assert keys("named") == {(("y", "x"), "parent", ("b", "a"))}
    assert keys("dangling") == {(("x",), "nowhere", ())}


def test_odd_names_generated_columns_and_virtual_tables(tmp_path: Path) -> None:
    connection = made(
        tmp_path,
        """
        CREATE TABLE "we""ird name" ("a b" INT, "c""d" TEXT, double INT AS ("a b" * 2) STORED,
                                     "rowid" TEXT, untyped);
        INSERT INTO "we""ird name" ("a b", "c""d", rowid, untyped) VALUES (1, 'x', 'r', 3);
        CREATE VIRTUAL TABLE notes USING fts5 (title, body);
        INSERT INTO notes VALUES ('t', 'b');
        CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT);
        CREATE VIEW broken AS SELECT gone FROM nowhere;
        """,
    )
    inventory, tables = discovered(connection)
    assert set(tables) == {'we"ird name', "notes", "counted"}
    assert any(warning.startswith("broken: ") for warning in inventory.warnings)
    weird = tables['we"ird name']
    names = [column.name for column in weird.columns]
    assert names == ["a b", 'c"d', "double", "rowid", "untyped"]
    assert [column.name for column in tables["notes"].columns] == ["title", "body"]
    with open_connector(connection) as connector:
        assert connector.sample(None, weird.name, names, 5) == {
            "a b": [1], 'c"d': ["x"], "double": [2], "rowid": ["r"], "untyped": [3],
        }  # fmt: skip
        assert connector.preview(None, weird.name, 5) == (names, [[1, "x", 2, "r", 3]])
        assert connector.sample(None, "notes", ["body"], 5) == {"body": ["b"]}


@pytest.mark.parametrize("script", ["", "CREATE TABLE t (a); DROP TABLE t;"])
def test_an_empty_database_is_one(tmp_path: Path, script: str) -> None:
    inventory, tables = discovered(made(tmp_path, script))
    assert tables == {}
    assert inventory.dialect == "sqlite"


def test_a_sample_of_a_gappy_table_has_its_values(tmp_path: Path) -> None:
    rows = "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
    connection = made(
        tmp_path,
        f"CREATE TABLE gappy (id INTEGER PRIMARY KEY, v TEXT);"
        f"INSERT INTO gappy {rows} SELECT i * i * 1000003, 'v' || i FROM n;"
        f"INSERT INTO gappy VALUES (-9223372036854775807, 'low'), (9223372036854775807, 'high')",
    )
    with open_connector(connection) as connector:
        values = connector.sample(None, "gappy", ["v"], 100)["v"]
    assert len(values) == 100


def test_damaged_text_and_infinity_do_no_harm(tmp_path: Path) -> None:
    connection = made(
        tmp_path,
        "CREATE TABLE t (a TEXT, b REAL); INSERT INTO t VALUES (CAST(x'61ff62' AS TEXT), 9e999)",
    )
    with open_connector(connection) as connector:
        assert connector.preview(None, "t", 1)[1] == [["a\ufffdb", "Inf"]]


def test_a_query_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
    connection = made(tmp_path, f"CREATE VIEW endless AS {endless} SELECT max(i) AS i FROM n")
    with open_connector(connection, timeout_seconds=0.2) as connector:
        with pytest.raises(ConnectorError, match=r"within 0\.2 seconds") as error:
            connector.preview(None, "endless", 1)
        assert error.value.code == "timeout"
        assert connector.test().latency_ms < 200


def test_a_database_that_is_being_written(tmp_path: Path) -> None:
    connection = made(tmp_path, "CREATE TABLE t (a)")
    with closing(sqlite3.connect(connection.location)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ConnectorError) as error:
            open_connector(connection, timeout_seconds=0.2)
    assert error.value.code == "locked"


def test_a_damaged_database(tmp_path: Path) -> None:
    path = tmp_path / "damaged.db"
    path.write_bytes(b"SQLite format 3\x00" + b"\x07" * 4096)
    with pytest.raises(ConnectorError) as error:
        open_connector(Connection(kind="sqlite", location=str(path)))
    assert error.value.code == "damaged"


@pytest.mark.parametrize("in_log", [False, True])
def test_a_log_in_a_folder_that_cannot_be_written(in_log: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "wal.db"
        writer = sqlite3.connect(path, isolation_level=None)
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("CREATE TABLE t (a)")
        if in_log:  # as after a crash: a log, and nobody who has it open
            saved = {each: each.read_bytes() for each in (path, folder / "wal.db-wal")}
        writer.close()
        if in_log:
            for each, content in saved.items():
                each.write_bytes(content)
        connection = Connection(kind="sqlite", location=str(path))
        with somebody_else(folder):
            if in_log:
                with pytest.raises(ConnectorError, match="WAL mode") as error:
                    open_connector(connection)
                assert error.value.code == "unreadable"
            else:
                with open_connector(connection) as connector:
                    assert [table.name for table in connector.discover().tables] == ["t"]
