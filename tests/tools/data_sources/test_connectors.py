"""The connectors: what they read is exact, what they could harm is refused, what fails says so."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import Any

import duckdb
import pytest

from tests.support.shared import sample_database, shared_data
from tools.data_sources.connectors import open_connector
from tools.data_sources.drivers import duck
from tools.data_sources.drivers.duck import DuckConnector
from tools.data_sources.drivers.sqlite import SqliteConnector
from tools.data_sources.inventory import (
    Connection,
    ConnectorError,
    Inventory,
    SourceKind,
    TableInfo,
    coarse_type,
)


def connection(kind: SourceKind, path: Path) -> Connection:
    return Connection(kind=kind, location=str(path))


def discover(kind: SourceKind, path: Path) -> Inventory:
    with open_connector(connection(kind, path)) as connector:
        return connector.discover()


def tables(inventory: Inventory) -> dict[str, TableInfo]:
    return {table.name: table for table in inventory.tables}


def key_of(table: TableInfo) -> list[str]:
    keyed = [column for column in table.columns if column.primary_key_position]
    return [column.name for column in sorted(keyed, key=lambda one: one.primary_key_position or 0)]


def make_sqlite(path: Path, script: str) -> Path:
    with closing(sqlite3.connect(path)) as database:
        database.executescript(script)
    return path


def make_duckdb(path: Path, *statements: str) -> Path:
    with duckdb.connect(str(path)) as database:
        for statement in statements:
            database.execute(statement)
    return path


# ---- what is read is exact ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["chinook", "northwind", "pagila"])
def test_inventories_are_exactly_what_the_files_hold(name: str) -> None:
    expected = json.loads((shared_data() / "databases" / "expected_inventory.json").read_text())[
        f"databases/{name}.sqlite"
    ]
    inventory = discover("sqlite", sample_database(name))
    found = {
        table.name: {
            "rows": table.row_count,
            "columns": [[column.name, column.data_type] for column in table.columns],
            "pk": key_of(table),
            "fks": sorted(
                [own, key.target_table, target]
                for key in table.foreign_keys
                for own, target in zip(key.columns, key.target_columns, strict=True)
            ),
        }
        for table in inventory.tables
    }
    for table in expected.values():
        table["fks"].sort()
    assert found == expected
    assert inventory.warnings == ()


ODD = """
CREATE TABLE "we""ird name" ("select" TEXT, "größe ☃" REAL, "a.b" INTEGER);
INSERT INTO "we""ird name" VALUES ('x', 1.5, 3);
CREATE TABLE "order" ("group" INTEGER PRIMARY KEY);
CREATE TABLE pairs (a INTEGER, b INTEGER, note TEXT, PRIMARY KEY (b, a)) WITHOUT ROWID;
INSERT INTO pairs VALUES (1, 2, 'one');
CREATE TABLE children (x INTEGER, y INTEGER, parent INTEGER REFERENCES "order",
                       FOREIGN KEY (y, x) REFERENCES pairs);
CREATE TABLE made (n INTEGER, twice INTEGER GENERATED ALWAYS AS (n * 2) STORED,
                   thrice INTEGER GENERATED ALWAYS AS (n * 3) VIRTUAL);
INSERT INTO made (n) VALUES (7);
CREATE TABLE untyped (anything);
CREATE VIRTUAL TABLE notes USING fts5(body);
INSERT INTO notes VALUES ('hello world');
CREATE VIEW broken AS SELECT * FROM nowhere;
"""


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    return make_sqlite(tmp_path / "odd.sqlite", ODD)


def test_odd_names_keys_and_columns_are_read_as_they_are(odd: Path) -> None:
    inventory = discover("sqlite", odd)
    found = tables(inventory)
    assert set(found) == {'we"ird name', "order", "pairs", "children", "made", "untyped", "notes"}
    assert [column.name for column in found['we"ird name'].columns] == ["select", "größe ☃", "a.b"]
    assert key_of(found["pairs"]) == ["b", "a"], "in the key's order, not the table's"
    keys = {
        key.target_table: (key.columns, key.target_columns)
        for key in found["children"].foreign_keys
    }
    assert keys == {"order": (("parent",), ("group",)), "pairs": (("y", "x"), ("b", "a"))}
    assert [column.name for column in found["made"].columns] == ["n", "twice", "thrice"]
    assert found["untyped"].columns[0].data_type == "ANY"
    assert found["notes"].row_count == 1
    assert len(inventory.warnings) == 1, "the broken view is told of, and stops nothing"
    assert inventory.warnings[0].startswith("broken:")


def test_odd_names_can_be_sampled_and_previewed(odd: Path) -> None:
    with open_connector(connection("sqlite", odd)) as connector:
        names = ["select", "größe ☃", "a.b"]
        assert connector.sample(None, 'we"ird name', names, 5) == {
            "select": ["x"],
            "größe ☃": [1.5],
            "a.b": [3],
        }
        assert connector.preview(None, "made", 5) == (["n", "twice", "thrice"], [[7, 14, 21]])
        assert connector.sample(None, "pairs", ["note"], 5) == {"note": ["one"]}


def test_a_column_that_went_is_an_error_and_not_its_own_name(odd: Path) -> None:
    with (
        open_connector(connection("sqlite", odd)) as connector,
        pytest.raises(ConnectorError, match="no such column"),
    ):
        connector.sample(None, "untyped", ["dropped_since"], 5)


def test_an_empty_database_is_empty_and_a_damaged_one_an_error(tmp_path: Path) -> None:
    empty = tmp_path / "empty.sqlite"
    empty.touch()
    assert discover("sqlite", empty).tables == ()
    whole = make_sqlite(tmp_path / "a.sqlite", "CREATE TABLE t (i); INSERT INTO t VALUES (1);")
    damaged = tmp_path / "damaged.sqlite"
    damaged.write_bytes(whole.read_bytes()[:100] + b"\x55" * 8000)
    with pytest.raises(ConnectorError) as failure:
        discover("sqlite", damaged)
    assert failure.value.code == "source_failed"
    assert "integrity_check" in failure.value.remedy


def test_text_that_is_not_utf8_and_nul_are_made_presentable(tmp_path: Path) -> None:
    path = make_sqlite(
        tmp_path / "bytes.sqlite",
        "CREATE TABLE t (x TEXT);"
        "INSERT INTO t VALUES (CAST(x'ff41' AS TEXT)), ('a' || char(0) || 'b');",
    )
    with open_connector(connection("sqlite", path)) as connector:
        _names, rows = connector.preview(None, "t", 5)
    assert json.dumps(rows)
    assert not any("\x00" in str(cell) for row in rows for cell in row)


@pytest.mark.parametrize(
    ("data_type", "coarse"),
    [
        ("VARCHAR(20)", "text"),
        ("ENUM('integer', 'date')", "text"),
        ("timestamp with time zone", "datetime"),
        ("DATE", "date"),
        ("HUGEINT", "integer"),
        ("NUMERIC(10,2)", "number"),
        ("double precision", "number"),
        ("BOOLEAN", "boolean"),
        ("bytea", "binary"),
        ("INTERVAL", "other"),
        ("INTEGER[]", "other"),
        ("uuid", "text"),
    ],
)
def test_types_amount_to_what_they_are(data_type: str, coarse: str) -> None:
    assert coarse_type(data_type) == coarse


# ---- nothing can be written ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO t VALUES (2)",
        "DELETE FROM t",
        "CREATE TABLE u (i)",
        "ATTACH '{folder}/other.sqlite' AS other",
        "VACUUM INTO '{folder}/copy.sqlite'",
    ],
)
def test_sqlite_refuses_to_write_and_to_attach(tmp_path: Path, statement: str) -> None:
    script = "CREATE TABLE t (i); INSERT INTO t VALUES (1);"
    path = make_sqlite(tmp_path / "a.sqlite", script)
    make_sqlite(tmp_path / "other.sqlite", script)
    before = path.read_bytes()
    with SqliteConnector(connection("sqlite", path), 5) as connector:
        with pytest.raises(sqlite3.Error):
            connector._database.execute(statement.format(folder=tmp_path))
        connector._database.execute("PRAGMA query_only=OFF")
        with pytest.raises(sqlite3.Error):
            connector._database.execute("INSERT INTO t VALUES (3)")
    assert path.read_bytes() == before
    assert not (tmp_path / "copy.sqlite").exists()


def duck_with_neighbours(folder: Path) -> Path:
    (folder / "secret.csv").write_text("word\nhush\n")
    return make_duckdb(
        folder / "a.duckdb", "CREATE TABLE t (i INTEGER)", "INSERT INTO t VALUES (1)"
    )


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO t VALUES (2)",
        "CREATE TABLE u (i INTEGER)",
        "SELECT * FROM read_csv('{folder}/secret.csv')",
        "SELECT * FROM '{folder}/secret.csv'",
        "SELECT * FROM read_text('/etc/passwd')",
        "ATTACH '{folder}/new.duckdb' AS other",
        "COPY t TO '{folder}/copy.csv'",
        "SET enable_external_access = true",
        "INSTALL httpfs",
        "LOAD httpfs",
    ],
)
def test_duckdb_refuses_to_write_and_to_look_around(tmp_path: Path, statement: str) -> None:
    path = duck_with_neighbours(tmp_path)
    with DuckConnector(connection("duckdb", path), 5) as connector:
        with pytest.raises(duckdb.Error):
            connector._database.execute(statement.format(folder=tmp_path))
        assert connector._database.execute("SELECT * FROM t").fetchall() == [(1,)]
    assert {one.name for one in tmp_path.iterdir()} == {"a.duckdb", "secret.csv"}


def test_a_folder_of_files_reaches_nothing_outside_of_it(tmp_path: Path) -> None:
    lake, outside = tmp_path / "lake", tmp_path / "outside.csv"
    lake.mkdir()
    (lake / "a.csv").write_text("x\n1\n")
    outside.write_text("word\nhush\n")
    (lake / "link.csv").symlink_to(outside)
    with DuckConnector(connection("files", lake), 5) as connector:
        assert set(tables(connector.discover())) == {"a"}, "a link out of the folder is left out"
        for statement in (
            f"SELECT * FROM read_csv('{outside}')",
            f"SELECT * FROM read_csv('{lake}/../outside.csv')",
            "SELECT * FROM read_text('/etc/passwd')",
            "SET enable_external_access = true",
            "SET allowed_directories = ['/']",
        ):
            with pytest.raises(duckdb.Error):
                connector._database.execute(statement)
        with pytest.raises(ConnectorError, match="Discover the source again"):
            connector.preview(None, "link", 5)


# ---- time-outs interrupt ------------------------------------------------------------------------

ENDLESS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) AS i FROM n"
)


@pytest.mark.parametrize("kind", ["sqlite", "duckdb"])
def test_a_query_that_never_ends_is_interrupted(tmp_path: Path, kind: SourceKind) -> None:
    if kind == "sqlite":
        path = make_sqlite(tmp_path / "e.sqlite", f"CREATE VIEW endless AS {ENDLESS};")
    else:
        path = make_duckdb(tmp_path / "e.duckdb", f"CREATE VIEW endless AS {ENDLESS}")
    started = perf_counter()
    with open_connector(connection(kind, path), timeout_seconds=0.3) as connector:
        for read in (
            lambda: connector.preview(None, "endless", 1),
            lambda: connector.sample(None, "endless", ["i"], 1),
        ):
            with pytest.raises(ConnectorError) as failure:
                read()
            assert failure.value.code == "source_timeout"
        assert connector.version(), "the connection is good for the next question"
    assert perf_counter() - started < 5


# ---- DuckDB files -------------------------------------------------------------------------------


def test_duckdb_tells_keys_comments_views_schemas_and_enums(tmp_path: Path) -> None:
    path = make_duckdb(
        tmp_path / "shop.duckdb",
        "CREATE TYPE mood AS ENUM ('integer', 'date')",
        "CREATE TABLE customers (a INTEGER, b INTEGER, feeling mood, PRIMARY KEY (b, a))",
        "CREATE TABLE orders (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER, "
        "FOREIGN KEY (b, a) REFERENCES customers (b, a))",
        "INSERT INTO customers VALUES (1, 2, 'date')",
        "COMMENT ON TABLE customers IS 'Who buys'",
        "COMMENT ON COLUMN customers.a IS 'Half a key'",
        "CREATE SCHEMA archive",
        'CREATE TABLE archive."old ""orders""" (id INTEGER)',
        "CREATE VIEW v AS SELECT a FROM customers",
    )
    inventory = discover("duckdb", path)
    found = tables(inventory)
    assert set(found) == {"customers", "orders", "v", 'old "orders"'}
    assert found["customers"].comment == "Who buys"
    assert found["customers"].columns[0].comment == "Half a key"
    assert found["customers"].columns[2].coarse_type == "text"
    assert found["customers"].row_count == 1
    assert key_of(found["customers"]) == ["b", "a"]
    (key,) = found["orders"].foreign_keys
    assert (key.columns, key.target_table, key.target_columns) == (
        ("b", "a"),
        "customers",
        ("b", "a"),
    )
    assert found['old "orders"'].schema_name == "archive"
    assert found["v"].kind == "view" and "customers" in (found["v"].view_sql or "")
    only = Connection(kind="duckdb", location=str(path), schemas=("archive",))
    with open_connector(only) as connector:
        assert set(tables(connector.discover())) == {'old "orders"'}
        assert connector.sample("archive", 'old "orders"', ["id"], 5) == {"id": []}


def test_two_readers_open_one_duckdb_file_at_once(tmp_path: Path) -> None:
    path = duck_with_neighbours(tmp_path)
    with (
        open_connector(connection("duckdb", path)) as one,
        open_connector(connection("duckdb", path)) as other,
    ):
        assert one.preview(None, "t", 1) == other.preview(None, "t", 1) == (["i"], [[1]])


def test_a_duckdb_file_that_somebody_writes_is_said_to_be_locked(tmp_path: Path) -> None:
    path = duck_with_neighbours(tmp_path)
    holding = (
        f"import duckdb; held = duckdb.connect({str(path)!r}); print('held', flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holding], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline().strip() == b"held"
        with pytest.raises(ConnectorError) as failure:
            discover("duckdb", path)
        writer.communicate(b"\n")
    assert failure.value.code == "source_locked"
    assert "copy" in failure.value.remedy
    assert discover("duckdb", path).tables


def test_a_damaged_duckdb_file_is_not_said_to_be_locked(tmp_path: Path) -> None:
    path = duck_with_neighbours(tmp_path)
    content = bytearray(path.read_bytes())
    content[4096:9000] = b"\x55" * (9000 - 4096)
    path.write_bytes(content)
    with pytest.raises(ConnectorError) as failure:
        discover("duckdb", path)
    assert failure.value.code == "source_failed"


# ---- folders of files ---------------------------------------------------------------------------


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    root = tmp_path / "lake"
    (root / "deep" / "er").mkdir(parents=True)
    (root / "people.csv").write_text('name,age\n"Ann ""A"" Lee",31\nBo,\n')
    (root / "deep" / "tabs.TSV").write_text("a\tb\n1\tx\n")
    (root / "deep" / "er" / "events.ndjson").write_text('{"id": 1}\n{"id": 2, "kind": "x"}\n')
    (root / "list.json").write_text('[{"id": 1, "on": "2026-01-01"}]')
    (root / "none.csv").write_text("id,name\n")
    (root / "notes.txt").write_text("not data")
    (root / "broken.parquet").write_bytes(b"PAR1 but not really")
    with duckdb.connect() as database:
        database.execute(
            f"COPY (SELECT range AS id, 'v' || range AS v FROM range(3)) TO '{root}/o''dd.parquet'"
        )
    return root


def test_every_kind_of_file_is_a_table_and_a_bad_one_only_a_warning(lake: Path) -> None:
    inventory = discover("files", lake)
    assert {
        table.name: (table.row_count, [column.name for column in table.columns])
        for table in inventory.tables
    } == {
        "people": (2, ["name", "age"]),
        "deep/tabs": (1, ["a", "b"]),
        "deep/er/events": (2, ["id", "kind"]),
        "list": (1, ["id", "on"]),
        "none": (0, ["id", "name"]),
        "o'dd": (3, ["id", "v"]),
    }
    assert len(inventory.warnings) == 1
    assert inventory.warnings[0].startswith("broken.parquet:")
    assert all(table.bytes for table in inventory.tables)


def test_files_are_sampled_and_previewed(lake: Path) -> None:
    with open_connector(connection("files", lake)) as connector:
        assert connector.sample(None, "people", ["name", "age"], 10) == {
            "name": ['Ann "A" Lee', "Bo"],
            "age": [31],
        }
        assert connector.preview(None, "o'dd", 1) == (["id", "v"], [[0, "v0"]])
        assert connector.test().server_version.startswith("DuckDB")
    with open_connector(connection("files", lake / "people.csv")) as connector:
        assert set(tables(connector.discover())) == {"people"}


def test_files_of_one_stem_are_all_there(tmp_path: Path) -> None:
    (tmp_path / "sales.csv").write_text("a\n1\n")
    (tmp_path / "sales.json").write_text('[{"b": 1}]')
    found = tables(discover("files", tmp_path))
    assert {name: table.columns[0].name for name, table in found.items()} == {
        "sales": "a",
        "sales.json": "b",
    }


def test_a_folder_of_very_many_files_says_that_it_is_cut(tmp_path: Path) -> None:
    for number in range(duck.MAXIMUM_FILES + 1):
        (tmp_path / f"{number}.csv").touch()
    with DuckConnector(connection("files", tmp_path), 5) as connector:
        assert len(connector._views) == duck.MAXIMUM_FILES
        assert "5001 files" in connector._warnings[0]


# ---- sampling -----------------------------------------------------------------------------------

ROWS = 200_000


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two large tables: one numbered densely, one with wide gaps; values say where they stand."""
    path = tmp_path_factory.mktemp("large") / "large.sqlite"
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS}) "
    return make_sqlite(
        path,
        "CREATE TABLE dense (id INTEGER PRIMARY KEY, place INTEGER, payload);"
        f"{numbers} INSERT INTO dense SELECT i, i, "
        "CASE i % 2 WHEN 0 THEN zeroblob(20) ELSE 'text' END FROM n;"
        "CREATE TABLE sparse (id INTEGER PRIMARY KEY, place INTEGER);"
        f"{numbers} INSERT INTO sparse SELECT i * 1000003, i FROM n WHERE i <= {ROWS // 10};"
        "CREATE TABLE odd (rowid TEXT, place INTEGER); INSERT INTO odd VALUES ('abc', 1);",
    )


@pytest.mark.parametrize(("table", "rows"), [("dense", ROWS), ("sparse", ROWS // 10)])
def test_large_tables_are_sampled_from_all_over_and_quickly(
    large: Path, table: str, rows: int
) -> None:
    with open_connector(connection("sqlite", large)) as connector:
        started = perf_counter()
        places = [int(str(one)) for one in connector.sample(None, table, ["place"], 200)["place"]]
        assert perf_counter() - started < 0.5
    assert 190 <= len(places) <= 200
    assert len({place * 10 // (rows + 1) for place in places}) == 10


def test_sampling_leaves_blobs_where_they_are(large: Path) -> None:
    with open_connector(connection("sqlite", large)) as connector:
        payload = connector.sample(None, "dense", ["payload"], 200)["payload"]
    assert set(payload) == {"text"}


def test_a_column_called_rowid_does_not_confuse_sampling(large: Path) -> None:
    with open_connector(connection("sqlite", large)) as connector:
        assert connector.sample(None, "odd", ["rowid", "place"], 5) == {
            "rowid": ["abc"],
            "place": [1],
        }


def test_duckdb_samples_from_all_over(tmp_path: Path) -> None:
    path = make_duckdb(
        tmp_path / "big.duckdb", "CREATE TABLE t AS SELECT range AS place FROM range(100000)"
    )
    with open_connector(connection("duckdb", path)) as connector:
        places = connector.sample(None, "t", ["place"], 200)["place"]
        again = connector.sample(None, "t", ["place"], 200)["place"]
    assert len(places) == 200
    assert len({int(str(one)) // 10_000 for one in places}) >= 8
    assert len(again) == 200


def test_long_values_are_cut_and_binary_ones_told_by_size(tmp_path: Path) -> None:
    script = (
        "CREATE TABLE t (x TEXT, y BLOB);"
        "INSERT INTO t VALUES (printf('%.*c', 9000, 'x'), zeroblob(64));"
    )
    with open_connector(
        connection("sqlite", make_sqlite(tmp_path / "l.sqlite", script))
    ) as connector:
        _names, [[text, binary]] = connector.preview(None, "t", 1)
        assert text == "x" * 200
        assert binary == "(64 bytes)"
        assert connector.sample(None, "t", ["x"], 1) == {"x": ["x" * 200]}


def test_discovery_tells_how_far_it_is(odd: Path) -> None:
    told: list[tuple[Any, ...]] = []
    tell: Callable[..., None] = lambda *state: told.append(state)  # noqa: E731
    with open_connector(connection("sqlite", odd)) as connector:
        connector.discover(tell)
    assert told[0][1] == 0 and {state[2] for state in told} == {len(told)}
