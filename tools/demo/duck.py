"""Rows into DuckDB tables and Parquet files, in bulk and in a fixed order."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb


def connect(path: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A connection with one thread, so that the order of rows never depends on scheduling."""
    return duckdb.connect(str(path or ":memory:"), config={"threads": 1})


def literal(text: object) -> str:
    """`text` as an SQL string, for statements that take no parameters."""
    return "'" + str(text).replace("'", "''") + "'"


def insert(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[tuple[Any, ...]]
) -> None:
    """Append `rows` to `table`; by way of a CSV file, as `executemany` is far slower."""
    with TemporaryDirectory() as scratch:
        path = Path(scratch, "rows.csv")
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
        connection.execute(
            f"COPY {table} FROM {literal(path)} (FORMAT csv, HEADER false, NULLSTR '')"
        )


def write_parquet(path: Path, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Write `rows` to a Parquet file, with columns as in `CREATE TABLE t (columns)`."""
    with connect() as connection:
        connection.execute(f"CREATE TABLE content ({columns})")
        insert(connection, "content", rows)
        connection.execute(f"COPY content TO {literal(path)} (FORMAT parquet)")
