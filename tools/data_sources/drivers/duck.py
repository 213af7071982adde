"""DuckDB files, and folders of CSV, Parquet and JSON read in place by DuckDB.

A file is opened read-only without access to anything outside. A folder is read by a database in
memory that sees this folder and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any

import duckdb

from tools.data_sources.connectors import Connector, Tell, by_column, presentable
from tools.data_sources.drivers.sqlite import quoted
from tools.data_sources.inventory import (
    ColumnInfo,
    Connection,
    ConnectorError,
    ForeignKey,
    Inventory,
    TableInfo,
    coarse_type,
)

READERS = {
    ".csv": "read_csv",
    ".tsv": "read_csv",
    ".parquet": "read_parquet",
    ".json": "read_json",
    ".jsonl": "read_json",
    ".ndjson": "read_json",
}
MAXIMUM_FILES = 5_000


class DuckConnector(Connector):
    """A DuckDB file or a folder of files."""

    def __init__(self, connection: Connection, timeout_seconds: float) -> None:
        self._timeout = timeout_seconds
        self._path = Path(connection.location).expanduser().resolve()
        self._files = connection.kind == "files"
        self._schemas = connection.schemas
        self._warnings: list[str] = []
        with self._answering():
            if self._files:
                folder = self._path if self._path.is_dir() else self._path.parent
                self._database = duckdb.connect(":memory:", config={"threads": 2})
                self._database.execute(f"SET allowed_directories = [{_literal(str(folder))}]")
                self._database.execute("SET enable_external_access = false")
                self._database.execute("SET lock_configuration = true")
            else:
                # Connections to one file share an instance, so all come with the same settings
                self._database = duckdb.connect(
                    str(self._path),
                    read_only=True,
                    config={
                        "threads": 2,
                        "enable_external_access": False,
                        "lock_configuration": True,
                    },
                )
        self._views = self._open_files() if self._files else {}

    def version(self) -> str:
        return f"DuckDB {self._rows('SELECT version()')[0][0]}"

    def discover(self, tell: Tell | None = None) -> Inventory:
        tables = list(self._discover_files(tell) if self._files else self._discover_tables(tell))
        return Inventory(
            tables=tuple(tables),
            dialect="duckdb",
            server_version=self.version(),
            warnings=tuple(self._warnings),
        )

    def sample(
        self, schema: str | None, table: str, columns: Sequence[str], limit: int
    ) -> dict[str, list[object]]:
        listed = ", ".join(quoted(name) for name in columns)
        rows = self._rows(
            f"SELECT {listed} FROM {self._from(schema, table)} "
            f"USING SAMPLE reservoir({int(limit)} ROWS) REPEATABLE (7)"
        )
        return by_column(columns, rows)

    def preview(
        self, schema: str | None, table: str, limit: int
    ) -> tuple[list[str], list[list[object]]]:
        with self._answering():
            cursor = self._database.execute(
                f"SELECT * FROM {self._from(schema, table)} LIMIT {int(limit)}"
            )
            names = [column[0] for column in cursor.description or ()]
            rows = cursor.fetchall()
        return names, [[presentable(value) for value in row] for row in rows]

    def close(self) -> None:
        self._database.close()

    # ---- a folder ---------------------------------------------------------------------------

    def _open_files(self) -> dict[str, Path]:
        if self._path.is_file():
            found = [self._path]
            root = self._path.parent
        else:
            found = sorted(path for path in self._path.rglob("*") if path.suffix.lower() in READERS)
            root = self._path
        if len(found) > MAXIMUM_FILES:
            self._warnings.append(
                f"The folder has {len(found)} files; the first {MAXIMUM_FILES} are read."
            )
        views: dict[str, Path] = {}
        for path in found[:MAXIMUM_FILES]:
            if path.resolve().is_relative_to(root) and path.is_file():
                name = path.relative_to(root)
                bare = name.with_suffix("").as_posix()
                # sales.csv is 'sales'; a sales.parquet beside it keeps its ending
                views[name.as_posix() if bare in views else bare] = path
        return views

    def _discover_files(self, tell: Tell | None) -> Iterator[TableInfo]:
        for done, (name, path) in enumerate(self._views.items()):
            if tell:
                tell(f"reading {name}", done, len(self._views))
            try:
                described = self._rows(f"DESCRIBE SELECT * FROM {self._from(None, name)}")
                count = self._rows(f"SELECT count(*) FROM {self._from(None, name)}")[0][0]
            except ConnectorError as error:
                self._warnings.append(f"{path.name}: {error.detail}")
                continue
            yield TableInfo(
                schema_name=None,
                name=name,
                kind="table",
                columns=tuple(
                    ColumnInfo(
                        name=row[0],
                        data_type=row[1],
                        coarse_type=coarse_type(row[1]),
                        nullable=True,
                        position=position,
                    )
                    for position, row in enumerate(described, 1)
                ),
                row_count=count,
                bytes=path.stat().st_size,
            )

    def _from(self, schema: str | None, table: str) -> str:
        if not self._files:
            return f"{quoted(schema)}.{quoted(table)}" if schema else quoted(table)
        path = self._views.get(table)
        if path is None:
            raise ConnectorError(
                "no_such_table", f"The file of '{table}' is gone.", "Discover the source again."
            )
        return f"{READERS[path.suffix.lower()]}({_literal(str(path))})"

    # ---- a database -------------------------------------------------------------------------

    def _discover_tables(self, tell: Tell | None) -> Iterator[TableInfo]:
        columns: dict[tuple[str, str], list[Any]] = {}
        for row in self._rows(
            "SELECT schema_name, table_name, column_name, data_type, is_nullable, column_index, "
            "comment FROM duckdb_columns() WHERE database_name = current_database() "
            "AND NOT internal ORDER BY schema_name, table_name, column_index"
        ):
            columns.setdefault((row[0], row[1]), []).append(row)
        primary: dict[tuple[str, str], list[str]] = {}
        foreign: dict[tuple[str, str], list[ForeignKey]] = {}
        for row in self._rows(
            "SELECT schema_name, table_name, constraint_type, constraint_column_names, "
            "referenced_table, referenced_column_names FROM duckdb_constraints() "
            "WHERE database_name = current_database()"
        ):
            if row[2] == "PRIMARY KEY":
                primary[(row[0], row[1])] = list(row[3])
            elif row[2] == "FOREIGN KEY":
                key = ForeignKey(
                    columns=tuple(row[3]),
                    target_schema=None,
                    target_table=row[4],
                    target_columns=tuple(row[5]),
                )
                foreign.setdefault((row[0], row[1]), []).append(key)
        tables = self._rows(
            "SELECT schema_name, table_name, comment, 'table', NULL FROM duckdb_tables() "
            "WHERE database_name = current_database() AND NOT internal UNION ALL "
            "SELECT schema_name, view_name, comment, 'view', sql FROM duckdb_views() "
            "WHERE database_name = current_database() AND NOT internal ORDER BY 1, 2"
        )
        for done, (schema, name, comment, kind, sql) in enumerate(tables):
            if self._schemas and schema not in self._schemas:
                continue
            if tell:
                tell(f"reading {name}", done, len(tables))
            keys = primary.get((schema, name), [])
            place = schema if schema != "main" else None
            count = None
            if kind == "table":
                count = self._rows(f"SELECT count(*) FROM {self._from(schema, name)}")[0][0]
            yield TableInfo(
                schema_name=place,
                name=name,
                kind=kind,
                columns=tuple(
                    ColumnInfo(
                        name=row[2],
                        data_type=row[3],
                        coarse_type=coarse_type(row[3]),
                        nullable=bool(row[4]),
                        position=position,
                        primary_key_position=keys.index(row[2]) + 1 if row[2] in keys else None,
                        comment=row[6],
                    )
                    for position, row in enumerate(columns.get((schema, name), []), 1)
                ),
                foreign_keys=tuple(foreign.get((schema, name), ())),
                comment=comment,
                row_count=count,
                view_sql=sql,
            )

    def _rows(self, sql: str) -> list[Any]:
        with self._answering():
            return self._database.execute(sql).fetchall()

    @contextmanager
    def _answering(self) -> Iterator[None]:
        timer = Timer(self._timeout, self._interrupt)
        timer.start()
        try:
            yield
        except duckdb.InterruptException:
            raise ConnectorError(
                "source_timeout",
                f"'{self._path.name}' did not answer within {self._timeout:g} seconds.",
                "Try again when the machine is less busy.",
            ) from None
        except duckdb.Error as error:
            if "conflicting lock" in str(error).lower() and not self._files:
                raise ConnectorError(
                    "source_locked",
                    f"'{self._path.name}' is open for writing in another process.",
                    "Close it there, or register a copy.",
                ) from None
            raise ConnectorError(
                "source_failed",
                f"'{self._path.name}' failed ({type(error).__name__}).",
                "Check that the file is whole and of the kind that its name says.",
            ) from None
        finally:
            timer.cancel()

    def _interrupt(self) -> None:
        if hasattr(self, "_database"):
            self._database.interrupt()


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
