"""SQLite files, read-only by URI and by pragma; a query that takes too long is interrupted."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

from sqlalchemy.dialects.sqlite.base import SQLiteDialect

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

INSTRUCTIONS = 20_000
"""Steps of SQLite's machine between two looks at the clock; about a millisecond."""
GOLDEN = 0.618033988749895

# Rows at well-spread places of the key, found by its index; then, if these are too few or the
# table is small, from the start. Read only as far as needed.
SPREAD = """
WITH ends(low, span) AS MATERIALIZED (
    SELECT low, high - low + 1 FROM (SELECT (SELECT min({rowid}) FROM {table}) AS low,
                                            (SELECT max({rowid}) FROM {table}) AS high))
SELECT {values} FROM ends CROSS JOIN json_each(:places) AS place CROSS JOIN {table} ON {rowid} = (
    SELECT {rowid} FROM {table} WHERE {rowid} >= low + CAST(span * place.value AS INTEGER)
    ORDER BY {rowid} LIMIT 1)
WHERE span > 2 * :rows
UNION ALL SELECT * FROM (SELECT {values} FROM {table} LIMIT :rows)
"""


class _Table(NamedTuple):
    """A row of `PRAGMA table_list`: `kind` is table, view or virtual."""

    name: str
    kind: str
    without_rowid: bool


class SqliteConnector(Connector):
    """One SQLite file."""

    def __init__(self, connection: Connection, timeout_seconds: float) -> None:
        self._path = Path(connection.location).expanduser().resolve()
        self._timeout = timeout_seconds
        self._deadline = 0.0
        self._database = self._open("mode=ro")
        try:
            # By name in lower case: to SQLite, names that differ in case only are one
            self._tables = {table.name.lower(): table for table in self._listed()}
        except ConnectorError as error:
            self.close()
            if error.code != "unreadable" or self._has_log():
                raise
            # In WAL mode, in a folder without write access, and all of it is in the main file
            self._database = self._open("mode=ro&immutable=1")
            self._tables = {table.name.lower(): table for table in self._listed()}

    def version(self) -> str:
        return f"SQLite {self._rows('SELECT sqlite_version(), count(*) FROM sqlite_schema')[0][0]}"

    def discover(self, progress: Progress | None = None) -> Inventory:
        definitions = dict(self._rows("SELECT name, sql FROM sqlite_schema WHERE type = 'view'"))
        tables: list[TableInfo] = []
        warnings: list[str] = []
        for done, table in enumerate(self._tables.values()):
            if progress:
                progress(f"reading {table.name}", done, len(self._tables))
            try:
                tables.append(self._table(table, definitions.get(table.name), warnings))
            except ConnectorError as error:
                warnings.append(f"{table.name}: {error.detail}")
        return Inventory(
            tables=tuple(tables),
            dialect="sqlite",
            server_version=self.version(),
            warnings=tuple(warnings),
        )

    def sample(
        self, schema: str | None, table: str, columns: Sequence[str], limit: int
    ) -> dict[str, list[object]]:
        found = self._find(table)
        known = {name.lower() for name in self._columns(found)}
        for name in columns:
            if name.lower() not in known:
                raise no_such_column(table, name)
        if not columns:
            return {}
        # In full, since json_each too has columns, one of them `id`
        values = ", ".join(_value(quoted(table, name), "NULL") for name in columns)
        rowid = next((name for name in ("rowid", "_rowid_", "oid") if name not in known), None)
        rows = limit * OVERSAMPLING
        if found.kind != "table" or found.without_rowid or rowid is None:
            sql, places = f"SELECT {values} FROM {quoted(table)} LIMIT :rows", []
        else:
            name = quoted(table)
            sql = SPREAD.format(values=values, table=name, rowid=f"{name}.{rowid}")
            # The golden ratio's multiples spread evenly, however soon the reading stops
            places = [number * GOLDEN % 1 for number in range(1, rows + 1)]
        with self._answering():
            arguments = {"rows": rows, "places": json.dumps(places)}
            return by_column(columns, self._database.execute(sql, arguments), limit)

    def preview(
        self, schema: str | None, table: str, limit: int
    ) -> tuple[list[str], list[list[object]]]:
        names = self._columns(self._find(table))
        values = ", ".join(
            _value(quoted(name), f"'(' || length({quoted(name)}) || ' bytes)'") for name in names
        )
        rows = self._rows(f"SELECT {values} FROM {quoted(table)} LIMIT ?", limit)
        return names, [list(row) for row in rows]

    def measure(
        self, schema: str | None, table: str, columns: Sequence[str], measures: Measures
    ) -> dict[str, Any]:
        known = {name.lower() for name in self._columns(self._find(table))}
        for name in columns:
            if name.lower() not in known:
                raise no_such_column(table, name)
        sql, _, values = one_query(measures, quoted(table), SQLiteDialect(paramstyle="qmark"))
        return dict(zip(measures, self._rows(sql, *values)[0], strict=True))

    def marks(self) -> dict[tuple[str | None, str], str]:
        state = state_of(*with_log(self._path, "-wal"))
        return {(None, one.name): state for one in self._tables.values()} if state else {}

    def close(self) -> None:
        self._database.close()

    # ---- tables -----------------------------------------------------------------------------

    def _listed(self) -> list[_Table]:
        rows = self._rows(
            "SELECT l.name, l.type, l.wr FROM pragma_table_list l JOIN sqlite_schema s "
            "ON s.name = l.name AND s.type IN ('table', 'view') WHERE l.schema = 'main' "
            r"AND l.type != 'shadow' AND l.name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY l.name"
        )
        return [_Table(name, kind, bool(wr)) for name, kind, wr in rows]

    def _find(self, table: str) -> _Table:
        found = self._tables.get(table.lower())
        if found is None:
            raise no_such_table(None, table)
        return found

    def _columns(self, table: _Table) -> list[str]:
        return [row[1] for row in self._described(table.name)]

    def _described(self, name: str) -> list[Any]:
        # Hidden are a virtual table's parameters (1); generated columns (2, 3) are not
        rows = self._rows(f"PRAGMA main.table_xinfo({quoted(name)})")
        return [row for row in rows if row[6] != 1]

    def _table(self, table: _Table, view_sql: str | None, warnings: list[str]) -> TableInfo:
        columns = tuple(
            ColumnInfo(
                name=row[1],
                data_type=row[2] or "ANY",
                coarse_type=_coarse(row[2]),
                nullable=not (row[3] or row[5]),
                position=position,
                primary_key_position=row[5] or None,
            )
            for position, row in enumerate(self._described(table.name), 1)
        )
        rows = None
        if table.kind != "view":
            try:
                rows = self._rows(f"SELECT count(*) FROM {quoted(table.name)}")[0][0]
            except ConnectorError as error:
                warnings.append(f"{table.name}: its rows could not be counted. {error.detail}")
        return TableInfo(
            schema_name=None,
            name=table.name,
            kind="view" if table.kind == "view" else "table",
            columns=columns,
            foreign_keys=tuple(self._foreign_keys(table.name)),
            row_count=rows,
            view_sql=view_sql,
        )

    def _foreign_keys(self, name: str) -> Iterator[ForeignKey]:
        keys: dict[int, list[Any]] = {}
        for row in self._rows(f"PRAGMA main.foreign_key_list({quoted(name)})"):
            keys.setdefault(row[0], []).append(row)
        for rows in keys.values():
            rows.sort(key=lambda row: row[1])
            target = self._tables.get(rows[0][2].lower())
            described = self._described(target.name) if target else []
            spelt = {row[1].lower(): row[1] for row in described}
            named = [row[4] for row in rows]
            if None in named:  # REFERENCES t, without columns: its primary key is meant
                primary = sorted((row for row in described if row[5]), key=lambda row: row[5])
                named = [row[1] for row in primary]
            yield ForeignKey(
                columns=tuple(row[3] for row in rows),
                target_schema=None,
                target_table=target.name if target else rows[0][2],
                target_columns=tuple(spelt.get(column.lower(), column) for column in named),
            )

    # ---- the database -----------------------------------------------------------------------

    def _open(self, parameters: str) -> sqlite3.Connection:
        with self._answering():
            database = sqlite3.connect(
                f"{self._path.as_uri()}?{parameters}",
                uri=True,
                timeout=min(self._timeout, 5),
                isolation_level=None,
                check_same_thread=False,  # opened in one thread, closed perhaps in another
            )
            database.text_factory = lambda raw: raw.decode("utf-8", "replace").replace("\0", "")
            database.set_progress_handler(lambda: monotonic() > self._deadline, INSTRUCTIONS)
            database.execute("PRAGMA query_only = ON")
            database.execute("PRAGMA trusted_schema = OFF")
            return database

    def _has_log(self) -> bool:
        log = self._path.with_name(f"{self._path.name}-wal")
        return log.exists() and log.stat().st_size > 0

    def _rows(self, sql: str, *arguments: object) -> list[Any]:
        with self._answering():
            return self._database.execute(sql, arguments).fetchall()

    @contextmanager
    def _answering(self) -> Iterator[None]:
        self._deadline = monotonic() + self._timeout
        try:
            yield
        except sqlite3.Error as error:
            raise self._failure(getattr(error, "sqlite_errorname", type(error).__name__)) from None

    def _failure(self, name: str) -> ConnectorError:
        file = self._path.name
        if name == "SQLITE_INTERRUPT":
            return ConnectorError(
                "timeout",
                f"'{file}' did not answer within {self._timeout:g} seconds.",
                "Try again when it is less busy.",
            )
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return ConnectorError(
                "locked",
                f"'{file}' is being written by another program.",
                "Try again when it has finished.",
            )
        if name.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM")):
            if self._has_log():
                return ConnectorError(
                    "unreadable",
                    f"'{file}' is in WAL mode, with changes in its log, in a folder that the "
                    "service can't write to; SQLite can't read it there.",
                    "Let its writer run 'PRAGMA wal_checkpoint(TRUNCATE)', let the service write "
                    "to the folder, or register a copy.",
                )
            return ConnectorError(
                "unreadable",
                f"'{file}' can't be opened for reading.",
                "Give the service's user the right to read the file and its folder.",
            )
        if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            return ConnectorError(
                "damaged",
                f"'{file}' is damaged or encrypted.",
                "Check it with 'PRAGMA integrity_check', or register a backup.",
            )
        return ConnectorError(
            "source_failed",
            f"'{file}' failed ({name}).",
            "Check the table or view with the sqlite3 shell.",
        )


def _value(column: str, binary: str) -> str:
    return (
        f"CASE typeof({column}) WHEN 'integer' THEN {column} WHEN 'blob' THEN {binary} "
        f"ELSE substr({column}, 1, {CUT}) END"
    )


def _coarse(data_type: str) -> Any:
    """SQLite takes any word for a type, and any text for any of them."""
    coarse = coarse_type(data_type)
    return "text" if coarse == "other" else coarse
