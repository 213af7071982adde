"""DuckDB files, and folders of CSV, Parquet and JSON."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tools.data_sources.connectors import Connection, ConnectorError, TableInfo, open_connector


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """A folder of files of every kind, some of which can't or mustn't be read."""
    folder = tmp_path / "lake"
    for name in ("hr", "web/2024", "sales/year=2024/month=1", "sales/year=2025/month=2", ".git"):
        (folder / name).mkdir(parents=True)
    (folder / "hr/people.csv").write_text("id,zip,name\n1,01234,Ann\n2,00501,\n")
    (folder / "hr/people.json").write_text('[{"id": 1, "home": {"city": "Ulm"}}, {"id": 2}]')
    (folder / "hr/odd [1] 'x'.csv").write_text("a;b\n1;2\n")
    (folder / "hr/pay.tsv").write_text("id\tpay\n1\t10.5\n")
    (folder / "hr/late.csv").write_text("a,b\n" + "1,2\n" * 30_000 + "word,3\n")
    (folder / "web/2024/events.jsonl").write_text('{"at": "2024-01-02T03:04:05"}\n' * 3)
    (folder / "web/2024/more.NDJSON").write_text('{"n": 1}\n')
    (folder / "notes.txt").write_text("not data")
    (folder / "empty.csv").write_text("")
    (folder / "binary.csv").write_bytes(bytes(range(256)) * 20)
    (folder / "broken.parquet").write_bytes(b"PAR1 is how it starts")
    (folder / ".git/secret.csv").write_text("a\n1\n")
    (tmp_path / "outside.csv").write_text("password\nhush\n")
    (folder / "link.csv").symlink_to(tmp_path / "outside.csv")
    with duckdb.connect() as duck:
        for year, month in ((2024, 1), (2025, 2)):
            file = folder / f"sales/year={year}/month={month}/part.parquet"
            duck.execute(f"COPY (SELECT {month} AS amount, 'x'::BLOB AS raw) TO '{file}'")
    return folder


def files(folder: Path) -> Connection:
    return Connection(kind="files", location=str(folder))


def test_a_folder_of_files(lake: Path) -> None:
    with open_connector(files(lake)) as connector:
        inventory = connector.discover()
    tables = {table.name: table for table in inventory.tables}
    assert {name: table.row_count for name, table in tables.items()} == {
        "hr/people.csv": 2,
        "hr/people.json": 2,
        "hr/odd [1] 'x'": 1,
        "hr/pay": 1,
        "hr/late": 30_001,
        "web/2024/events": 3,
        "web/2024/more": 1,
        "sales": 2,
    }
    types = {column.name: column.coarse_type for column in tables["sales"].columns}
    assert types == {"amount": "integer", "raw": "binary", "month": "integer", "year": "integer"}
    assert tables["web/2024/events"].columns[0].coarse_type == "datetime"
    assert tables["hr/pay"].bytes == (lake / "hr/pay.tsv").stat().st_size
    unread = {warning.partition(":")[0] for warning in inventory.warnings}
    assert unread == {"empty.csv", "binary.csv", "broken.parquet"}


def test_samples_of_files_are_what_the_file_says(lake: Path) -> None:
    with open_connector(files(lake)) as connector:
        people = connector.sample(None, "hr/people.csv", ["zip", "name"], 10)
        home = connector.sample(None, "hr/people.json", ["home"], 10)
        late = connector.sample(None, "hr/late", ["a"], 30_001)
        sales = connector.sample(None, "sales", ["year", "raw"], 10)
        odd = connector.preview(None, "hr/odd [1] 'x'", 10)
    assert sorted(map(str, people["zip"])) == ["00501", "01234"]
    assert people["name"] == ["Ann"]
    assert home["home"] == ["{'city': Ulm}"]
    assert "word" in late["a"]
    assert (sorted(map(str, sales["year"])), sales["raw"]) == (["2024", "2025"], [])
    assert odd == (["a", "b"], [["1", "2"]])


def test_a_single_file_and_one_of_no_known_kind(lake: Path) -> None:
    with open_connector(files(lake / "hr/people.csv")) as connector:
        assert [table.name for table in connector.discover().tables] == ["people"]
    with pytest.raises(ConnectorError) as error:
        open_connector(files(lake / "notes.txt"))
    assert error.value.code == "wrong_kind"


def test_a_linked_folder_is_read_where_it_lies(lake: Path, tmp_path: Path) -> None:
    (tmp_path / "linked").symlink_to(lake / "hr")
    with open_connector(files(tmp_path / "linked")) as connector:
        assert "pay" in {table.name for table in connector.discover().tables}


def test_errors_do_not_show_data(lake: Path) -> None:
    (lake / "ragged.json").write_text('{"secret": "hush-hush"}\n{"secret": hush-hush}\n')
    with open_connector(files(lake)) as connector:
        inventory = connector.discover()
        (lake / "hr/pay.tsv").unlink()
        with pytest.raises(ConnectorError) as error:
            connector.preview(None, "hr/pay", 1)
    assert "ragged.json" in " ".join(inventory.warnings)
    assert "hush" not in " ".join(inventory.warnings)
    (ragged,) = [one for one in inventory.warnings if one.startswith("ragged.json: ")]
    assert ragged.endswith(
        "It can't be read. Check that it is whole, in UTF-8, and of the kind that its name says."
    )
    assert str(lake) not in str(error.value)


def test_a_duckdb_file(tmp_path: Path) -> None:
    path = tmp_path / "shop.duckdb"
    with duckdb.connect(path) as duck:
        duck.execute(
            """
            CREATE TABLE parent (a INT, b INT, PRIMARY KEY (b, a));
            CREATE TABLE child (x INT, y INT, FOREIGN KEY (y, x) REFERENCES parent (b, a));
            CREATE SCHEMA sales;
            CREATE TABLE sales."o rders" (amount DECIMAL(10, 2) NOT NULL, tags VARCHAR[],
                                          sold TIMESTAMPTZ, mood ENUM ('good', 'bad'));
            COMMENT ON TABLE sales."o rders" IS 'what is sold';
            COMMENT ON COLUMN sales."o rders".amount IS 'in euros';
            INSERT INTO sales."o rders" VALUES (1.5, ['a'], '2024-01-02 03:04:05+00', 'good');
            CREATE VIEW sales.big AS SELECT amount FROM sales."o rders" WHERE amount > 1;
            """
        )
    with open_connector(Connection(kind="duckdb", location=str(path))) as connector:
        tables = {table.name: table for table in connector.discover().tables}
        sampled = connector.sample("sales", "o rders", ["amount", "tags", "mood"], 5)
    assert set(tables) == {"parent", "child", "o rders", "big"}
    assert key_positions(tables["parent"]) == {"b": 1, "a": 2}
    (key,) = tables["child"].foreign_keys
    assert (key.columns, key.target_table, key.target_columns) == (("y", "x"), "parent", ("b", "a"))
    orders = tables["o rders"]
    assert (orders.schema_name, orders.comment) == ("sales", "what is sold")
    assert orders.columns[0].comment == "in euros"
    coarse = [column.coarse_type for column in orders.columns]
    assert coarse == ["number", "other", "datetime", "text"]
    assert sampled == {"amount": ["1.50"], "tags": ["[a]"], "mood": ["good"]}
    chosen = Connection(kind="duckdb", location=str(path), schemas=("sales", "nope"))
    with open_connector(chosen) as connector:
        inventory = connector.discover()
    assert {table.name for table in inventory.tables} == {"o rders", "big"}
    assert inventory.warnings == ("There is no schema 'nope'.",)


def key_positions(table: TableInfo) -> dict[str, int]:
    return {
        column.name: column.primary_key_position
        for column in table.columns
        if column.primary_key_position
    }


def test_a_duckdb_file_reaches_nothing_outside(tmp_path: Path) -> None:
    path = tmp_path / "reaching.duckdb"
    (tmp_path / "outside.csv").write_text("password\nhush\n")
    with duckdb.connect(path) as duck:
        duck.execute(f"CREATE VIEW outside AS FROM read_csv('{tmp_path}/outside.csv')")
        many = "range(9999999)"
        duck.execute(f"CREATE VIEW endless AS SELECT max(i * j) FROM {many} a(i), {many} b(j)")
    with open_connector(Connection(kind="duckdb", location=str(path)), 0.2) as connector:
        with pytest.raises(ConnectorError) as refused:
            connector.preview(None, "outside", 1)
        with pytest.raises(ConnectorError) as late:
            connector.preview(None, "endless", 1)
    assert (refused.value.code, late.value.code) == ("source_failed", "timeout")


def test_a_duckdb_file_that_another_process_writes(tmp_path: Path) -> None:
    path = tmp_path / "busy.duckdb"
    code = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(1, flush=True); input()"
    command = [sys.executable, "-c", code, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        with pytest.raises(ConnectorError, match="another program") as error:
            open_connector(Connection(kind="duckdb", location=str(path)))
        other.communicate(b"\n")
    assert error.value.code == "locked"
