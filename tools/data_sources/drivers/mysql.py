"""MySQL and MariaDB, in read-only sessions with a time-out; catalogs read set by set.

Connects to the addresses that were checked and no others; never sends a file that a server asks
for, and reads none of the client's option files. Where the URL names a database, that is the
source; else it is all databases that the user sees.
"""

from __future__ import annotations

import socket
import ssl
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from random import Random
from typing import Any, NamedTuple

import pymysql
from pymysql.connections import Connection as Wire
from sqlalchemy import CHAR, Engine, NullPool, cast, create_engine, func, select, union_all
from sqlalchemy import literal as given
from sqlalchemy import text as sql_text
from sqlalchemy.engine import URL

from tools.data_sources.drivers.anysql import CONNECT_SECONDS, SqlConnector, named_column
from tools.data_sources.drivers.base import (
    CUT,
    OVERSAMPLING,
    Progress,
    by_column,
    no_such_column,
    no_such_table,
)
from tools.data_sources.drivers.mysql_catalog import COLUMNS, KEYS, SCHEMAS, TABLES
from tools.data_sources.drivers.mysql_errors import TIMED_OUT, told
from tools.data_sources.inventory import (
    CoarseType,
    ColumnInfo,
    ConnectorError,
    ForeignKey,
    Inventory,
    TableInfo,
    coarse_type,
)
from tools.data_sources.unsafe import safe_addresses

EXACT_BELOW = 1_000_000
COUNTED_AT_ONCE = 40
PLACES = 25
"""Where in a large table a sample is read from, evenly spread over its key."""
GEOMETRY = ("geom", "point", "linestring", "polygon", "multi")


class _Relation(NamedTuple):
    schema: str
    name: str
    kind: str
    comment: str
    estimate: int | None
    bytes: int | None
    view_sql: str | None

    @property
    def is_view(self) -> bool:
        return self.kind == "VIEW"


class _Column(NamedTuple):
    name: str
    data_type: str
    base: str
    nullable: bool
    comment: str

    @property
    def coarse(self) -> CoarseType:
        if self.base == "bit":
            return "boolean" if self.data_type == "bit(1)" else "integer"
        return "binary" if self.base.startswith(GEOMETRY) else coarse_type(self.base)


class MysqlConnector(SqlConnector):
    """One database of a MySQL or MariaDB server, or all of them."""

    _socket: socket.socket | None = None
    _own: str | None = None

    def version(self) -> str:
        number = str(self._sql("SELECT VERSION()")[0][0])
        return f"MariaDB {number.partition('-')[0]}" if "Maria" in number else f"MySQL {number}"

    def discover(self, progress: Progress | None = None) -> Inventory:
        for remembered in ("_wanted", "_relations", "_columns", "_keys"):
            self.__dict__.pop(remembered, None)
        there = set(self._wanted)
        warnings = [f"There is no schema '{one}'." for one in self._schemas if one not in there]
        rows = self._row_counts(progress, warnings)
        return Inventory(
            tables=tuple(
                self._told_table(at, one, self._keys[at], rows.get(at))
                for at, one in self._relations.items()
            ),
            dialect="mysql",
            server_version=self.version(),
            warnings=tuple(warnings),
        )

    def sample(
        self, schema: str | None, table: str, columns: Sequence[str], limit: int
    ) -> dict[str, list[object]]:
        found = self._find(schema, table)
        known = {column.name: column for column in self._columns[found.schema, found.name]}
        for name in columns:
            if name not in known:
                raise no_such_column(table, name)
        wanted = [known[name] for name in columns if known[name].coarse != "binary"]
        values: dict[str, list[object]] = {name: [] for name in columns}
        if wanted:
            rows = self._spread(found, wanted, limit * OVERSAMPLING)
            values |= by_column([one.name for one in wanted], rows, limit)
        return values

    def preview(
        self, schema: str | None, table: str, limit: int
    ) -> tuple[list[str], list[list[object]]]:
        found = self._find(schema, table)
        columns = self._columns[found.schema, found.name]
        query = select(*map(_value, columns)).select_from(self._relation(schema, table))
        rows = self._rows(query.limit(limit))
        return [column.name for column in columns], [list(row) for row in rows]

    # ---- rows -------------------------------------------------------------------------------

    def _spread(self, found: _Relation, wanted: Sequence[_Column], rows: int) -> list[Any]:
        """Rows from places all over a large table's key; else the first ones."""
        schema = None if found.schema == self._own else found.schema
        query = select(*map(_value, wanted)).select_from(self._relation(schema, found.name))
        if found.is_view or (found.estimate or 0) <= 2 * rows:
            return self._rows(query.limit(rows))
        key = self._integer_key(found)
        if key is None:
            share = min(1.0, rows / (found.estimate or 1))
            taken = self._rows(query.where(func.rand(7) < share).limit(3 * rows))
            Random(7).shuffle(taken)  # noqa: S311 - they come in the table's order
            return taken
        place = named_column(key)
        ends = select(func.min(place), func.max(place))
        low, high = self._rows(ends.select_from(self._relation(schema, found.name)))[0]
        if low is None:
            return []
        step = (int(high) - int(low) + 1) / PLACES
        parts = [
            query.where(place >= int(low + step * number)).order_by(place).limit(rows // PLACES)
            for number in range(PLACES)
        ]
        taken = [row for part in parts for row in self._rows(part)]
        # One of each place in turn, so that the first of them are spread too
        size = max(1, rows // PLACES)
        return [taken[at] for first in range(size) for at in range(first, len(taken), size)]

    def _integer_key(self, found: _Relation) -> str | None:
        primary = [row[0] for row in self._keys[found.schema, found.name].get("PRIMARY", ())]
        columns = {column.name: column for column in self._columns[found.schema, found.name]}
        if len(primary) == 1 and columns[primary[0]].coarse == "integer":
            return str(primary[0])
        return None

    def _row_counts(
        self, progress: Progress | None, warnings: list[str]
    ) -> dict[tuple[str, str], int]:
        """Exact for tables of up to a million rows, else as the server estimates."""
        tables = {at: one for at, one in self._relations.items() if not one.is_view}
        counts = {at: one.estimate or 0 for at, one in tables.items()}
        small = [at for at, rows in counts.items() if rows < EXACT_BELOW]
        for start in range(0, len(small), COUNTED_AT_ONCE):
            part = small[start : start + COUNTED_AT_ONCE]
            if progress:
                progress(f"counting {part[0][1]}", start, len(small))
            try:
                counts |= self._counted(part)
            except ConnectorError as error:
                if error.code == "unreachable":
                    raise
                for at in part:  # one of them can't be read, or is gone
                    try:
                        counts |= self._counted([at])
                    except ConnectorError as why:
                        warnings.append(f"{at[1]}: its rows could not be counted. {why.detail}")
        return counts

    def _counted(self, tables: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
        queries = [
            select(given(number), func.count()).select_from(self._relation(schema, name))
            for number, (schema, name) in enumerate(tables)
        ]
        query = union_all(*queries) if len(queries) > 1 else queries[0]
        return {tables[number]: rows for number, rows in self._rows(query)}

    # ---- the catalog ------------------------------------------------------------------------

    def _told_table(
        self,
        at: tuple[str, str],
        found: _Relation,
        keys: dict[str, list[Any]],
        rows: int | None,
    ) -> TableInfo:
        primary = [column[0] for column in keys.get("PRIMARY", ())]
        view_sql = found.view_sql
        if view_sql and self._own:  # the server qualifies every name
            view_sql = view_sql.replace(f"`{self._own}`.", "")
        return TableInfo(
            schema_name=self._shown(found.schema),
            name=found.name,
            kind="view" if found.is_view else "table",
            columns=tuple(
                ColumnInfo(
                    name=column.name,
                    data_type=column.data_type,
                    coarse_type=column.coarse,
                    nullable=column.nullable,
                    position=position,
                    primary_key_position=primary.index(column.name) + 1
                    if column.name in primary
                    else None,
                    comment=column.comment or None,
                )
                for position, column in enumerate(self._columns[at], 1)
            ),
            foreign_keys=tuple(
                ForeignKey(
                    columns=tuple(one[0] for one in columns),
                    target_schema=self._shown(columns[0][1]),
                    target_table=columns[0][2],
                    target_columns=tuple(one[3] for one in columns),
                )
                for constraint, columns in keys.items()
                if constraint != "PRIMARY"
            ),
            comment=None if found.is_view else found.comment or None,
            row_count=rows,
            view_sql=view_sql or None,
            bytes=None if found.is_view else found.bytes,
        )

    def _shown(self, schema: str) -> str | None:
        return None if schema == self._own else schema

    @cached_property
    def _wanted(self) -> list[str]:
        """The databases that are the source."""
        there = [row[0] for row in self._sql(SCHEMAS)]
        named = self._schemas or ([self._own] if self._own else there)
        return [one for one in there if one in named]

    @cached_property
    def _relations(self) -> dict[tuple[str, str], _Relation]:
        return {(row[0], row[1]): _Relation(*row) for row in self._catalog(TABLES)}

    @cached_property
    def _columns(self) -> defaultdict[tuple[str, str], list[_Column]]:
        columns: defaultdict[tuple[str, str], list[_Column]] = defaultdict(list)
        for schema, table, name, data_type, base, nullable, comment in self._catalog(COLUMNS):
            column = _Column(name, data_type, base.lower(), bool(nullable), comment)
            columns[schema, table].append(column)
        return columns

    @cached_property
    def _keys(self) -> defaultdict[tuple[str, str], dict[str, list[Any]]]:
        """For each table its keys' columns, by the name of the key; PRIMARY is one."""
        keys: defaultdict[tuple[str, str], dict[str, list[Any]]] = defaultdict(dict)
        for schema, table, constraint, *columns in self._catalog(KEYS):
            keys[schema, table].setdefault(constraint, []).append(columns)
        return keys

    def _find(self, schema: str | None, table: str) -> _Relation:
        found = self._relations.get((schema or self._own or "", table))
        if found is None:
            raise no_such_table(schema, table)
        return found

    def _types(self, schema: str | None, table: str) -> dict[str, str]:
        found = self._find(schema, table)
        return {one.name: one.data_type for one in self._columns[found.schema, found.name]}

    def _catalog(self, query: str) -> list[Any]:
        if not self._wanted:
            return []
        names = {f"s{number}": name for number, name in enumerate(self._wanted)}
        return self._sql(query.format(schemas=", ".join(f":{name}" for name in names)), names)

    def _sql(self, query: str, values: dict[str, str] | None = None) -> list[Any]:
        with self._answering():
            return list(self._database.execute(sql_text(query), values or {}).fetchall())

    # ---- the server -------------------------------------------------------------------------

    def _reachable(self, url: URL) -> list[str]:
        return safe_addresses(url.host or "localhost")

    def _create(self, url: URL) -> Engine:
        self._own = url.database or None
        return create_engine(
            "mysql+pymysql://",
            creator=lambda: self._connected(url),
            poolclass=NullPool,
            hide_parameters=True,
            isolation_level="AUTOCOMMIT",
        )

    def _connected(self, url: URL) -> Any:
        seconds = max(2.0, min(self._timeout, CONNECT_SECONDS))
        wire: Any = Wire(
            host=url.host or "localhost",
            port=url.port or 3306,
            user=url.username or "",
            password=str(url.password or ""),
            database=self._own,
            charset="utf8mb4",
            connect_timeout=seconds,
            read_timeout=self._timeout + 2,  # the server's own time-out comes first
            write_timeout=self._timeout + 2,
            local_infile=False,
            defer_connect=True,
            program_name="racine",
            ssl=_tls(url),
        )
        reached = None
        for address in self._addresses:
            with suppress(OSError):
                reached = socket.create_connection((address, url.port or 3306), seconds)
                break
        if reached is None:
            raise pymysql.OperationalError(2003, "no address answers")
        self._socket = reached.dup()  # what is left to cut when TLS has taken the other
        try:
            wire.connect(reached)
        except BaseException:
            self._socket.close()
            reached.close()
            raise
        return wire

    def _prepare(self) -> None:
        limit = (
            f"max_statement_time = {self._timeout:f}"
            if self.version().startswith("MariaDB")
            else f"max_execution_time = {int(self._timeout * 1000)}"
        )
        for setting in ("TRANSACTION READ ONLY", "time_zone = '+00:00'", limit):
            self._database.exec_driver_sql(f"SET SESSION {setting}")

    def close(self) -> None:
        super().close()
        if self._socket is not None:
            self._socket.close()

    def _cut(self) -> None:
        if self._socket is not None:
            self._socket.shutdown(socket.SHUT_RDWR)

    def _failure(self, error: Exception) -> ConnectorError:
        cause = getattr(error, "orig", None) or error
        number = cause.args[0] if cause.args and isinstance(cause.args[0], int) else 0
        if number in TIMED_OUT or (number == 2013 and "timed out" in str(cause)):
            return self._timed_out()
        return told(number, self._name) or super()._failure(cause)


def _tls(url: URL) -> ssl.SSLContext | None:
    mode = str(url.query.get("ssl_mode", "")).lower()
    if mode in ("", "disabled"):
        return None
    context = ssl.create_default_context()
    if mode != "verify_identity":
        context.check_hostname = False
        context.verify_mode = ssl.CERT_REQUIRED if mode == "verify_ca" else ssl.CERT_NONE
    return context


def _value(column: _Column) -> Any:
    named = named_column(column.name)
    if column.base == "bit":
        return named + 0
    if column.coarse in {"integer", "boolean"}:
        return named
    if column.coarse == "binary":
        return func.concat("(", func.octet_length(named), " bytes)")
    return func.left(cast(named, CHAR), CUT)
