"""SQLite, read-only by URI and by pragma; a query that takes too long is interrupted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

from tools.data_sources.connectors import Connector, Tell, by_column, presentable
from tools.data_sources.inventory import (
    ColumnInfo,
    Connection,
    ConnectorError,
    ForeignKey,
    Inventory,
    TableInfo,
    coarse_type,
)

SMALL = 20_000
INSTRUCTIONS = 20_000


class SqliteConnector(Connector):
    """One SQLite file."""

    def __init__(self, connection: Connection, timeout_seconds: float) -> None:
        self._timeout = timeout_seconds
        self._path = Path(connection.location).expanduser().resolve()
        self._deadline = 0.0
        with self._answering():
            self._database = sqlite3.connect(
                f"{self._path.as_uri()}?mode=ro", uri=True, check_same_thread=False, timeout=5
            )
            self._database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
            self._database.execute("PRAGMA query_only=ON")
            self._database.execute("PRAGMA trusted_schema=OFF")
            self._database.text_factory = lambda raw: raw.decode("utf-8", "replace")
            self._database.set_progress_handler(
                lambda: int(monotonic() > self._deadline), INSTRUCTIONS
            )

    def version(self) -> str:
        return f"SQLite {self._rows('SELECT sqlite_version()')[0][0]}"

    def discover(self, tell: Tell | None = None) -> Inventory:
        rows = self._rows(
            "SELECT m.name, m.type, m.sql FROM sqlite_master m JOIN pragma_table_list l "
            "ON l.name = m.name AND l.schema = 'main' WHERE m.type IN ('table', 'view') "
            "AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND l.type != 'shadow' ORDER BY m.name"
        )
        tables, warnings = [], []
        for done, (name, kind, sql) in enumerate(rows):
            if tell:
                tell(f"reading {name}", done, len(rows))
            try:
                tables.append(self._table(name, kind, sql))
            except ConnectorError as error:
                warnings.append(f"{name}: {error.detail}")
        return Inventory(
            tables=tuple(tables),
            dialect="sqlite",
            server_version=self.version(),
            warnings=tuple(warnings),
        )

    def sample(
        self, schema: str | None, table: str, columns: Sequence[str], limit: int
    ) -> dict[str, list[object]]:
        name = quoted(table)
        # Qualified, as SQLite takes a bare quoted name that is no column for a text
        listed = ", ".join(
            f"CASE typeof({one}) WHEN 'blob' THEN NULL WHEN 'text' "
            f"THEN substr({one}, 1, 200) ELSE {one} END"
            for one in (f"{name}.{quoted(column)}" for column in columns)
        )
        where = ""
        try:
            # Two queries: min and max together would read the whole table
            ends = [self._rows(f"SELECT {end}(rowid) FROM {name}")[0][0] for end in ("min", "max")]
            lowest, highest = (end if isinstance(end, int) else 0 for end in ends)
            if highest - lowest > SMALL:
                # The rows next to random places, found by the key rather than by reading all
                random = Random(7)  # noqa: S311 - the same sample at every scan
                places = ", ".join(f"({random.randint(lowest, highest)})" for _ in range(limit))
                where = (
                    f"WHERE rowid IN (WITH _place(_at) AS (VALUES {places}) SELECT (SELECT rowid "
                    f"FROM {name} WHERE rowid >= _place._at ORDER BY rowid LIMIT 1) FROM _place)"
                )
        except ConnectorError:
            pass  # a view, or a table without rowid
        rows = self._rows(f"SELECT {listed} FROM {name} {where} LIMIT {int(limit)}")
        return by_column(columns, rows)

    def preview(
        self, schema: str | None, table: str, limit: int
    ) -> tuple[list[str], list[list[object]]]:
        with self._answering():
            cursor = self._database.execute(f"SELECT * FROM {quoted(table)} LIMIT {int(limit)}")
            names = [column[0] for column in cursor.description]
            return names, [[presentable(value) for value in row] for row in cursor]

    def close(self) -> None:
        self._database.close()

    def _table(self, name: str, kind: str, sql: str | None) -> TableInfo:
        columns = tuple(
            ColumnInfo(
                name=row[1],
                data_type=row[2] or "ANY",
                coarse_type=coarse_type(row[2]) if row[2] else "text",
                nullable=not row[3] and not row[5],
                position=row[0] + 1,
                primary_key_position=row[5] or None,
            )
            for row in self._rows(f"PRAGMA table_xinfo({quoted(name)})")
            if row[6] != 1  # hidden columns of virtual tables
        )
        count = None
        if kind == "table":
            count = self._rows(f"SELECT count(*) FROM {quoted(name)}")[0][0]
        return TableInfo(
            schema_name=None,
            name=name,
            kind="view" if kind == "view" else "table",
            columns=columns,
            foreign_keys=tuple(self._foreign_keys(name)),
            row_count=count,
            view_sql=sql if kind == "view" else None,
        )

    def _foreign_keys(self, name: str) -> Iterator[ForeignKey]:
        keys: dict[int, list[Any]] = {}
        for row in self._rows(f"PRAGMA foreign_key_list({quoted(name)})"):
            keys.setdefault(row[0], []).append(row)
        for rows in keys.values():
            rows.sort(key=lambda row: row[1])
            target = rows[0][2]
            targets = [row[4] for row in rows]
            if None in targets:  # REFERENCES t, without columns: its primary key is meant
                primary = [
                    row for row in self._rows(f"PRAGMA table_info({quoted(target)})") if row[5]
                ]
                targets = [row[1] for row in sorted(primary, key=lambda row: row[5])]
            yield ForeignKey(
                columns=tuple(row[3] for row in rows),
                target_schema=None,
                target_table=target,
                target_columns=tuple(targets),
            )

    def _rows(self, sql: str) -> list[Any]:
        with self._answering():
            return self._database.execute(sql).fetchall()

    @contextmanager
    def _answering(self) -> Iterator[None]:
        self._deadline = monotonic() + self._timeout
        try:
            yield
        except sqlite3.Error as error:
            if "interrupted" in str(error):
                raise ConnectorError(
                    "source_timeout",
                    f"'{self._path.name}' did not answer within {self._timeout:g} seconds.",
                    "Try again when it is less busy.",
                ) from None
            if "unable to open" in str(error) or "readonly" in str(error):
                raise ConnectorError(
                    "source_unreadable",
                    f"'{self._path.name}' can't be opened for reading.",
                    "Check its permissions; a database in WAL mode needs a folder that can be "
                    "written, or a checkpointed copy.",
                ) from None
            raise ConnectorError(
                "source_failed",
                f"'{self._path.name}' failed: {str(error)[:200]}.",
                "Check the file with 'PRAGMA integrity_check'.",
            ) from None


def quoted(name: str) -> str:
    """An identifier, quoted."""
    return '"' + name.replace('"', '""') + '"'
