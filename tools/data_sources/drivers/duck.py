"""DuckDB files, opened read-only and without access to anything outside of them."""

from __future__ import annotations

from abc import abstractmethod
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from threading import Timer
from typing import Any

import duckdb
from sqlalchemy.dialects.postgresql.base import PGDialect

from tools.data_sources.drivers.base import (
    CUT,
    OVERSAMPLING,
    Connector,
    Progress,
    by_column,
    no_such_column,
    no_such_table,
    quoted,
    state_of,
    with_log,
)
from tools.data_sources.drivers.measuring import Measures, one_query
from tools.data_sources.inventory import (
    ColumnInfo,
    Connection,
    ConnectorError,
    ForeignKey,
    Inventory,
    TableInfo,
    coarse_type,
)

CONFIGURATION: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "memory_limit": "1GB",
    "max_temp_directory_size": "0B",  # or it would write next to the data
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
}
DEFAULT_SCHEMA = "main"

TABLES = """
SELECT schema_name, table_name, 'table', comment, NULL FROM duckdb_tables()
WHERE NOT internal AND database_name = current_database()
UNION ALL
SELECT schema_name, view_name, 'view', comment, sql FROM duckdb_views()
WHERE NOT internal AND database_name = current_database() ORDER BY 1, 2
"""
COLUMNS = """
SELECT schema_name, table_name, column_name, data_type, is_nullable, comment
FROM duckdb_columns() WHERE NOT internal AND database_name = current_database()
ORDER BY schema_name, table_name, column_index
"""
KEYS = """
SELECT schema_name, table_name, constraint_type, constraint_column_names, referenced_table,
       referenced_column_names
FROM duckdb_constraints() WHERE constraint_type IN ('PRIMARY KEY', 'FOREIGN KEY')
AND database_name = current_database() ORDER BY schema_name, table_name, constraint_index
"""


class DuckReader(Connector):
    """What reading through DuckDB has in common, whatever is read."""

    def __init__(self, connection: Connection, timeout_seconds: float) -> None:
        self._path = Path(connection.location).expanduser().resolve()
        self._timeout = timeout_seconds
        self._database: duckdb.DuckDBPyConnection | None = None
        with self._answering():
            self._database = self._open()

    @abstractmethod
    def _open(self) -> duckdb.DuckDBPyConnection:
        """The database, closed to everything that is not the source."""

    @abstractmethod
    def _types(self, schema: str | None, table: str) -> dict[str, str]:
        """The columns of a table with their types, in order; ConnectorError if there is none."""

    @abstractmethod
    def _relation(self, schema: str | None, table: str, *, as_text: bool = True) -> str:
        """What to write after FROM, for values as they stand in the source.

        Without `as_text`, values of text files are read as what they look like.
        """

    def version(self) -> str:
        return f"DuckDB {self._rows('SELECT version()')[0][0]}"

    def sample(
        self, schema: str | None, table: str, columns: Sequence[str], limit: int
    ) -> dict[str, list[object]]:
        types = self._types(schema, table)
        for name in columns:
            if name not in types:
                raise no_such_column(table, name)
        wanted = [name for name in columns if coarse_type(types[name]) != "binary"]
        values: dict[str, list[object]] = {name: [] for name in columns}
        if wanted:
            rows = self._rows(
                f"SELECT {', '.join(_value(name, types[name]) for name in wanted)} FROM ("
                f"SELECT {', '.join(map(quoted, wanted))} FROM {self._relation(schema, table)} "
                f"USING SAMPLE reservoir({limit * OVERSAMPLING} ROWS) REPEATABLE (7))"
            )
            values |= by_column(wanted, rows, limit)
        return values

    def preview(
        self, schema: str | None, table: str, limit: int
    ) -> tuple[list[str], list[list[object]]]:
        types = self._types(schema, table)
        values = ", ".join(_value(name, data_type) for name, data_type in types.items())
        rows = self._rows(f"SELECT {values} FROM {self._relation(schema, table)} LIMIT {limit:d}")
        return list(types), [list(row) for row in rows]

    def measure(
        self, schema: str | None, table: str, columns: Sequence[str], measures: Measures
    ) -> dict[str, Any]:
        types = self._types(schema, table)
        for name in columns:
            if name not in types:
                raise no_such_column(table, name)
        relation = self._relation(schema, table, as_text=False)
        # DuckDB's SQL is PostgreSQL's as far as this needs
        dialect = PGDialect(paramstyle="qmark")  # type: ignore[no-untyped-call]
        sql, _, values = one_query(measures, relation, dialect)
        return dict(zip(measures, self._rows(sql, values)[0], strict=True))

    def close(self) -> None:
        if self._database is not None:
            self._database.close()

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        with self._answering():
            assert self._database is not None
            return self._database.execute(sql, list(values)).fetchall()

    @contextmanager
    def _answering(self) -> Iterator[None]:
        timer = Timer(self._timeout, self._interrupt)
        timer.daemon = True
        timer.start()
        try:
            yield
        except duckdb.Error as error:
            raise self._failure(error) from None
        finally:
            timer.cancel()

    def _interrupt(self) -> None:
        if self._database is not None:
            self._database.interrupt()

    def _failure(self, error: duckdb.Error) -> ConnectorError:
        """The error without DuckDB's own words, which show the data that it fell over."""
        if isinstance(error, duckdb.InterruptException):
            return ConnectorError(
                "timeout",
                f"'{self._path.name}' did not answer within {self._timeout:g} seconds.",
                "Try again when it is less busy.",
            )
        kind = type(error).__name__.removesuffix("Exception")
        return ConnectorError(
            "source_failed",
            f"'{self._path.name}' could not be read (DuckDB: {kind} error).",
            "Check that it is whole, in UTF-8, and of the kind that its name says.",
        )


class DuckConnector(DuckReader):
    """One DuckDB file."""

    def __init__(self, connection: Connection, timeout_seconds: float) -> None:
        super().__init__(connection, timeout_seconds)
        self._schemas = connection.schemas

    def marks(self) -> dict[tuple[str | None, str], str]:
        state = state_of(*with_log(self._path, ".wal"))
        return {(_shown(row[0]), row[1]): state for row in self._rows(TABLES)} if state else {}

    def discover(self, progress: Progress | None = None) -> Inventory:
        primary: dict[tuple[str, str], list[str]] = {}
        foreign: defaultdict[tuple[str, str], list[ForeignKey]] = defaultdict(list)
        for schema, table, kind, columns, target, target_columns in self._rows(KEYS):
            if kind == "PRIMARY KEY":
                primary[schema, table] = columns
                continue
            key = ForeignKey(
                columns=tuple(columns),
                target_schema=_shown(schema),  # DuckDB has no keys across schemas
                target_table=target,
                target_columns=tuple(target_columns),
            )
            foreign[schema, table].append(key)
        listed = [row for row in self._rows(TABLES) if not self._schemas or row[0] in self._schemas]
        tables: list[TableInfo] = []
        warnings: list[str] = []
        for done, (schema, name, kind, comment, sql) in enumerate(listed):
            if progress:
                progress(f"reading {name}", done, len(listed))
            rows = None
            if kind == "table":
                try:
                    rows = self._rows(f"SELECT count(*) FROM {quoted(schema, name)}")[0][0]
                except ConnectorError as error:
                    warnings.append(f"{name}: its rows could not be counted. {error.detail}")
            keys = primary.get((schema, name), [])
            columns = tuple(
                ColumnInfo(
                    name=column,
                    data_type=data_type,
                    coarse_type=coarse_type(data_type),
                    nullable=nullable,
                    position=position,
                    primary_key_position=keys.index(column) + 1 if column in keys else None,
                    comment=note,
                )
                for position, (column, data_type, nullable, note) in enumerate(
                    self._columns[schema, name], 1
                )
            )
            tables.append(
                TableInfo(
                    schema_name=_shown(schema),
                    name=name,
                    kind=kind,
                    columns=columns,
                    foreign_keys=tuple(foreign[schema, name]),
                    comment=comment,
                    row_count=rows,
                    view_sql=sql,
                )
            )
        warnings += [
            f"There is no schema '{schema}'."
            for schema in self._schemas
            if schema not in {row[0] for row in listed}
        ]
        return Inventory(
            tables=tuple(tables),
            dialect="duckdb",
            server_version=self.version(),
            warnings=tuple(warnings),
        )

    @cached_property
    def _columns(self) -> defaultdict[tuple[str, str], list[Any]]:
        columns: defaultdict[tuple[str, str], list[Any]] = defaultdict(list)
        for schema, table, *column in self._rows(COLUMNS):
            columns[schema, table].append(column)
        return columns

    def _types(self, schema: str | None, table: str) -> dict[str, str]:
        columns = self._columns.get((schema or DEFAULT_SCHEMA, table))
        if not columns:
            raise no_such_table(schema, table)
        return {name: data_type for name, data_type, *_ in columns}

    def _relation(self, schema: str | None, table: str, *, as_text: bool = True) -> str:
        return quoted(schema or DEFAULT_SCHEMA, table)

    def _open(self) -> duckdb.DuckDBPyConnection:
        configuration = CONFIGURATION | {
            "enable_external_access": False,
            "lock_configuration": True,
        }
        try:
            return duckdb.connect(str(self._path), read_only=True, config=configuration)
        except (duckdb.IOException, duckdb.ConnectionException) as error:
            message = str(error)
            if "lock" in message or "different configuration" in message:
                raise ConnectorError(
                    "locked",
                    f"'{self._path.name}' is open for writing in another program.",
                    "Close it there, or register a copy.",
                ) from None
            raise


def _shown(schema: str) -> str | None:
    return None if schema == DEFAULT_SCHEMA else schema


def _value(name: str, data_type: str) -> str:
    column = quoted(name)
    coarse = coarse_type(data_type)
    if coarse == "binary":
        return f"'(' || octet_length({column}) || ' bytes)'"
    if coarse in {"integer", "boolean"}:
        return column
    return f"left(CAST({column} AS VARCHAR), {CUT})"
