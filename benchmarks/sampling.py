"""A scan's sampling and detecting of one large table, beside reading the whole of it, in one run.

    python -m benchmarks.sampling [--rows 10000000] [--only duckdb sqlite postgresql] [--rounds 3]

The table is made here: a key, a name, an e-mail address, a phone number, an amount and a date.
Sampling goes through the connector, as a scan does; the whole read fetches every row of the same
columns through the same driver, and does nothing with it. PostgreSQL is left out where no server's
programs are installed.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb
import psycopg

from tools.data_sources.connectors import Connection, open_connector
from tools.scan_rule_sets.default_rules import DEFAULT_RULE_SET
from tools.scan_rule_sets.detectors import Column, detect

BATCH = 50_000
QUERY_SECONDS = 600
COLUMNS = {
    "id": "integer",
    "name": "text",
    "email": "text",
    "phone": "text",
    "amount": "decimal",
    "created": "date",
}
NAMES = ("Julia", "Omar", "Ingrid", "Mateo", "Yuki", "Chidi", "Leonie", "Anna", "Peter", "Maria")
WHOLE = f"SELECT {', '.join(COLUMNS)} FROM people"
Read = Callable[[], int]


def made(number: str, one_of: str, text: str, day: str) -> str:
    """The table's rows as SQL, in a dialect's words for what they need."""
    return (
        f"SELECT {number} AS id, {one_of} AS name, "
        f"lower({one_of}) || {text} || '@example.org' AS email, "
        f"'+49 30 ' || {text} AS phone, {number} * 0.25 AS amount, {day} AS created"
    )


@contextmanager
def in_duckdb(folder: Path, rows: int) -> Iterator[tuple[Connection, Read]]:
    """A DuckDB file."""
    file = folder / "people.duckdb"
    names = ", ".join(f"'{one}'" for one in NAMES)
    select = made(
        "i", f"([{names}])[1 + i % 10]", "(20000000 + i)", "DATE '2020-01-01' + (i % 900)::INT"
    )
    with duckdb.connect(str(file)) as database:
        database.execute(f"CREATE TABLE people AS {select} FROM range({rows}) t(i)")

    def whole() -> int:
        with duckdb.connect(str(file), read_only=True) as database:
            cursor = database.execute(WHOLE)
            return _drained(lambda: cursor.fetchmany(BATCH))

    yield Connection(kind="duckdb", location=str(file)), whole


@contextmanager
def in_sqlite(folder: Path, rows: int) -> Iterator[tuple[Connection, Read]]:
    """A SQLite file."""
    file = folder / "people.sqlite"
    cases = " ".join(f"WHEN {number} THEN '{name}'" for number, name in enumerate(NAMES))
    select = made(
        "i",
        f"(CASE i % 10 {cases} END)",
        "(20000000 + i)",
        "date('2020-01-01', '+' || (i % 900) || ' days')",
    )
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute(
            "CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, email TEXT, phone TEXT, "
            "amount NUMERIC, created DATE)"
        )
        database.execute(
            "INSERT INTO people WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n "
            f"WHERE i < {rows - 1}) {select} FROM n"
        )
        database.commit()

    def whole() -> int:
        with closing(sqlite3.connect(file)) as database:
            cursor = database.execute(WHOLE)
            return _drained(lambda: cursor.fetchmany(BATCH))

    yield Connection(kind="sqlite", location=str(file)), whole


@contextmanager
def in_postgresql(_folder: Path, rows: int) -> Iterator[tuple[Connection, Read]]:
    """A PostgreSQL server of this run's own."""
    from tests.support.postgres import create_database, postgres_server

    names = ", ".join(f"'{one}'" for one in NAMES)
    select = made(
        "i",
        f"(ARRAY[{names}])[1 + i % 10]",
        "(20000000 + i)::text",
        "DATE '2020-01-01' + (i % 900)",
    )
    with postgres_server() as server:
        url = create_database(server, "sampling")
        with psycopg.connect(url) as database:
            series = f"generate_series(0, {rows - 1}) i"
            database.execute(f"CREATE TABLE people AS {select} FROM {series}".encode())
            database.execute("ANALYZE people")

        def whole() -> int:
            with psycopg.connect(url) as database, database.cursor("whole") as cursor:
                cursor.itersize = BATCH
                cursor.execute(WHOLE.encode())
                return _drained(lambda: cursor.fetchmany(BATCH))

        yield Connection(kind="postgresql", location=url), whole


def _drained(some: Callable[[], list[tuple[object, ...]]]) -> int:
    rows = 0
    while batch := some():
        rows += len(batch)
    return rows


def sampled(connection: Connection) -> int:
    """What a scan does with a table, opening included; how many columns it found something in."""
    with open_connector(connection, QUERY_SECONDS) as connector:
        size = DEFAULT_RULE_SET.sample_size
        schema = "public" if connection.kind == "postgresql" else None
        values = connector.sample(schema, "people", list(COLUMNS), size)
    columns = [
        Column(name=name, table="people", data_type=kind, values=values[name])
        for name, kind in COLUMNS.items()
    ]
    found = [detect(one, DEFAULT_RULE_SET) for one in columns]
    least = DEFAULT_RULE_SET.minimum_score
    return sum(bool(one) and one[0].score >= least for one in found)


def _seconds(work: Callable[[], int], rounds: int) -> tuple[float, int]:
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        result = work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken), result


MAKERS = {"duckdb": in_duckdb, "sqlite": in_sqlite, "postgresql": in_postgresql}


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=3, help="of sampling; the whole is read once")
    parser.add_argument("--only", nargs="+", choices=list(MAKERS), default=list(MAKERS))
    options = parser.parse_args()
    print(f"nproc {len(os.sched_getaffinity(0))}, {options.rows:,} rows, {len(COLUMNS)} columns")
    print(f"{'':12}{'sampled and detected':>22}{'read whole':>14}{'ratio':>9}")
    for name in options.only:
        with tempfile.TemporaryDirectory(prefix="racine-sampling-") as folder:
            try:
                with MAKERS[name](Path(folder), options.rows) as (connection, whole):
                    scan, found = _seconds(lambda one=connection: sampled(one), options.rounds)  # type: ignore[misc]
                    read, rows = _seconds(whole, 1)
            except BaseException as error:
                if type(error).__name__ != "Skipped":  # no server's programs
                    raise
                print(f"{name:12}{'no server here':>22}")
                continue
        if rows != options.rows or found < 3:
            sys.exit(f"{name}: {rows} rows were read, and {found} columns classified.")
        print(f"{name:12}{scan:20.2f} s{read:12.1f} s{read / scan:8.0f}x")


if __name__ == "__main__":
    main()
