"""PostgreSQL, in read-only transactions with a statement time-out; catalogs read set by set.

Connects to the addresses that were checked and no others, and takes nothing from the service's
own surroundings: no password file, no password of the environment.
"""

from __future__ import annotations

import os
import socket
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from random import Random
from typing import Any, NamedTuple

import psycopg
from psycopg import sql
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from tools.data_sources.drivers.base import (
    CUT,
    OVERSAMPLING,
    Connector,
    Progress,
    by_column,
    no_such_column,
    no_such_table,
    quoted,
)
from tools.data_sources.drivers.measuring import Measures, one_query
from tools.data_sources.drivers.postgresql_catalog import COLUMNS, KEYS, MARKS, RELATIONS, SCHEMAS
from tools.data_sources.drivers.postgresql_errors import unconnected
from tools.data_sources.drivers.watching import watched
from tools.data_sources.inventory import (
    CoarseType,
    ColumnInfo,
    Connection,
    ConnectorError,
    ForeignKey,
    Inventory,
    TableInfo,
    coarse_type,
)
from tools.data_sources.unsafe import safe_addresses, server_url

COUNTED = frozenset("rpm")
EXACT_BELOW = 1_000_000
COUNTED_AT_ONCE = 40
CONNECT_SECONDS = 10
LOCK_SECONDS = 5
"""How long to wait for whoever has locked a table."""


class _Relation(NamedTuple):
    """A table or view. `kind`: r table, p partitioned, f foreign, v view, m materialised.

    Only a materialised view can be not `filled`; reading it is an error until it is refreshed.
    """

    oid: int
    schema: str
    name: str
    kind: str
    estimate: int
    filled: bool
    readable: bool
    comment: str | None
    bytes: int | None
    view_sql: str | None

    @property
    def identifier(self) -> sql.Identifier:
        return sql.Identifier(self.schema, self.name)


class PostgresConnector(Connector):
    """One PostgreSQL database."""

    def __init__(self, connection: Connection, timeout_seconds: float) -> None:
        url = server_url(connection.location)
        self._name = url.database or url.username or "postgres"
        self._timeout = timeout_seconds
        self._schemas = list(connection.schemas)
        host = url.host or "localhost"
        addresses = safe_addresses(host)
        password = connection.password.get_secret_value() if connection.password else url.password
        milliseconds = int(timeout_seconds * 1000)
        parameters: dict[str, Any] = {
            "application_name": "racine",
            "tcp_user_timeout": milliseconds,
            **url.query,
            "connect_timeout": _connect_timeout(url.query, timeout_seconds),
            "host": ",".join([host] * len(addresses)),  # for certificates: the address decides
            "hostaddr": ",".join(addresses),
            "port": url.port or 5432,
            "dbname": url.database,
            "user": url.username,
            "password": str(password or ""),
            "passfile": "/dev/null/none",
            "client_encoding": "utf8",
            "options": "-c default_transaction_read_only=on "
            f"-c statement_timeout={milliseconds} "
            f"-c lock_timeout={min(milliseconds // 2, LOCK_SECONDS * 1000)} "
            "-c idle_in_transaction_session_timeout=60000 "
            "-c datestyle=ISO -c intervalstyle=iso_8601 -c timezone=UTC",
        }
        with self._answering():
            self._database = psycopg.connect(autocommit=True, **parameters)

    def version(self) -> str:
        with self._answering():
            self._database.execute("SELECT 1")
            number = self._database.info.parameter_status("server_version") or "?"
        return f"PostgreSQL {number.partition(' ')[0]}"

    def discover(self, progress: Progress | None = None) -> Inventory:
        self.__dict__.pop("_columns", None)  # anew, if this connector has looked before
        self._relations = self._listed(whole=True)
        primary: dict[int, list[str]] = {}
        foreign: defaultdict[int, list[ForeignKey]] = defaultdict(list)
        for oid, kind, columns, schema, table, target_columns in self._catalog(KEYS, self._oids):
            if kind == "p":
                primary[oid] = columns
            else:
                key = ForeignKey(
                    columns=tuple(columns),
                    target_schema=schema,
                    target_table=table,
                    target_columns=tuple(target_columns),
                )
                foreign[oid].append(key)
        warnings = [f"There is no schema '{name}'." for name in self._missing_schemas()]
        rows = self._row_counts(progress, warnings)
        tables = tuple(
            TableInfo(
                schema_name=relation.schema,
                name=relation.name,
                kind="view" if relation.kind in "vm" else "table",
                columns=tuple(
                    ColumnInfo(
                        name=column,
                        data_type=data_type,
                        coarse_type=coarse,
                        nullable=nullable,
                        position=position,
                        primary_key_position=_position(primary.get(relation.oid, []), column),
                        comment=comment,
                    )
                    for position, (column, data_type, coarse, nullable, comment) in enumerate(
                        self._columns[relation.oid], 1
                    )
                ),
                foreign_keys=tuple(foreign[relation.oid]),
                comment=relation.comment,
                row_count=rows.get(relation.oid),
                view_sql=relation.view_sql,
                bytes=relation.bytes,
            )
            for relation in self._relations.values()
        )
        return Inventory(
            tables=tables,
            dialect="postgres",
            server_version=self.version(),
            warnings=tuple(warnings),
        )

    def sample(
        self, schema: str | None, table: str, columns: Sequence[str], limit: int
    ) -> dict[str, list[object]]:
        relation = self._find(schema, table)
        types = {name: coarse for name, _type, coarse, *_ in self._columns[relation.oid]}
        for name in columns:
            if name not in types:
                raise no_such_column(table, name)
        wanted = [name for name in columns if types[name] != "binary"]
        values: dict[str, list[object]] = {name: [] for name in columns}
        if wanted:
            query = sql.SQL("SELECT {} FROM {}").format(
                sql.SQL(", ").join(_value(name, types[name]) for name in wanted),
                relation.identifier,
            )
            values |= by_column(wanted, self._spread(query, relation, limit), limit)
        return values

    def preview(
        self, schema: str | None, table: str, limit: int
    ) -> tuple[list[str], list[list[object]]]:
        relation = self._find(schema, table)
        columns = self._columns[relation.oid]
        names = [column[0] for column in columns]
        if not relation.filled:
            return names, []
        query = sql.SQL("SELECT {} FROM {} LIMIT {}").format(
            sql.SQL(", ").join(_value(name, coarse) for name, _type, coarse, *_ in columns),
            relation.identifier,
            limit,
        )
        return names, [list(row) for row in self._rows(query)]

    def measure(
        self, schema: str | None, table: str, columns: Sequence[str], measures: Measures
    ) -> dict[str, Any]:
        relation = self._find(schema, table)
        known = {name for name, *_ in self._columns[relation.oid]}
        for name in columns:
            if name not in known:
                raise no_such_column(table, name)
        dialect = PGDialect_psycopg()  # type: ignore[no-untyped-call]
        written, values, _ = one_query(measures, quoted(relation.schema, relation.name), dialect)
        row = self._rows(sql.SQL(written), values)[0]
        return dict(zip(measures, row, strict=True))

    def marks(self) -> dict[tuple[str | None, str], str]:
        """By the server's count of written rows; views have none, nor partitioned tables."""
        return {(schema, name): mark for schema, name, mark in self._catalog(MARKS, {})}

    def close(self) -> None:
        self._database.close()

    # ---- rows -------------------------------------------------------------------------------

    def _spread(self, query: sql.Composed, relation: _Relation, limit: int) -> list[Any]:
        """Rows from blocks all over a large table, or the first ones of a small table or view."""
        if not relation.filled:
            return []
        wanted = limit * OVERSAMPLING
        if relation.kind not in COUNTED or relation.estimate <= 2 * wanted:
            return self._rows(query + sql.SQL(" LIMIT {}").format(wanted))
        share = 100 * wanted / relation.estimate
        while True:
            part = sql.SQL(" TABLESAMPLE SYSTEM ({}) REPEATABLE (7)").format(share)
            rows = self._rows(query + part)
            if len(rows) >= limit or share >= 100:
                Random(7).shuffle(rows)  # noqa: S311 - they come block by block
                return rows
            # The estimate was too high: as much more as there were too few
            share = min(100, 2 * share * wanted / max(len(rows), 1))

    def _row_counts(self, progress: Progress | None, warnings: list[str]) -> dict[int, int]:
        """Exact for tables and materialised views up to a million rows, else as estimated."""
        counts = {
            relation.oid: relation.estimate
            for relation in self._relations.values()
            if relation.kind in COUNTED and relation.estimate >= EXACT_BELOW
        }
        small = []
        for relation in self._relations.values():
            if not relation.filled:
                warnings.append(f"{relation.name}: it is empty until it is refreshed.")
            elif not relation.readable:
                warnings.append(f"{relation.name}: the user may not read it.")
            elif relation.kind in COUNTED and relation.estimate < EXACT_BELOW:
                small.append(relation)
        for start in range(0, len(small), COUNTED_AT_ONCE):
            part = small[start : start + COUNTED_AT_ONCE]
            if progress:
                progress(f"counting {part[0].name}", start, len(small))
            query = sql.SQL(" UNION ALL ").join(
                sql.SQL("SELECT {}, count(*) FROM {}").format(relation.oid, relation.identifier)
                for relation in part
            )
            try:
                counts |= dict(self._rows(query))
            except ConnectorError as error:
                counts |= {relation.oid: relation.estimate for relation in part}
                names = f"{part[0].name} to {part[-1].name}"
                warnings.append(f"Row counts of {names} are estimates. {error.detail}")
        return counts

    # ---- the catalog ------------------------------------------------------------------------

    def _catalog(self, query: sql.SQL, arguments: Mapping[str, object]) -> list[Any]:
        """Rows of the catalogs, the names in views' definitions qualified with their schemas."""
        with self._answering(), self._database.transaction():
            self._database.execute("SET LOCAL search_path = pg_catalog")
            return self._database.execute(query, arguments).fetchall()

    @cached_property
    def _relations(self) -> dict[tuple[str, str], _Relation]:
        return self._listed(whole=False)

    def _listed(self, *, whole: bool) -> dict[tuple[str, str], _Relation]:
        """What there is by schema and name. `whole`: with sizes and definitions."""
        rows = self._catalog(RELATIONS, {"schemas": self._schemas or None, "wanted": whole})
        found = (_Relation(*row) for row in rows)
        return {(relation.schema, relation.name): relation for relation in found}

    @property
    def _oids(self) -> dict[str, list[int]]:
        return {"oids": [relation.oid for relation in self._relations.values()]}

    @cached_property
    def _columns(self) -> defaultdict[int, list[tuple[str, str, CoarseType, bool, str | None]]]:
        columns: defaultdict[int, list[Any]] = defaultdict(list)
        for oid, name, data_type, base, category, nullable, comment in self._catalog(
            COLUMNS, self._oids
        ):
            columns[oid].append((name, data_type, _coarse(base, category), nullable, comment))
        return columns

    def _find(self, schema: str | None, table: str) -> _Relation:
        relation = self._relations.get((schema or "public", table))
        if relation is None:
            raise no_such_table(schema, table)
        return relation

    def _missing_schemas(self) -> list[str]:
        if not self._schemas:
            return []
        there = {row[0] for row in self._catalog(SCHEMAS, {"schemas": self._schemas})}
        return [name for name in self._schemas if name not in there]

    # ---- the server -------------------------------------------------------------------------

    def _rows(
        self, query: sql.SQL | sql.Composed, arguments: Mapping[str, object] | None = None
    ) -> list[Any]:
        with self._answering():
            return self._database.execute(query, arguments).fetchall()

    @contextmanager
    def _answering(self) -> Iterator[None]:
        with watched(self._timeout, self._cut) as watch:
            try:
                yield
            except (psycopg.Error, UnicodeError) as error:
                raise self._timed_out() if watch.expired else self._failure(error) from None

    def _cut(self) -> None:
        """End the connection under a server that doesn't even say that time is up."""
        with socket.socket(fileno=os.dup(self._database.fileno())) as wire:
            wire.shutdown(socket.SHUT_RDWR)

    def _timed_out(self) -> ConnectorError:
        return ConnectorError(
            "timeout",
            f"'{self._name}' did not answer within {self._timeout:g} seconds.",
            "Try again when it is less busy.",
        )

    def _failure(self, error: psycopg.Error | UnicodeError) -> ConnectorError:
        """The error without the server's own words, which may show data."""
        if isinstance(error, psycopg.errors.LockNotAvailable):
            return ConnectorError(
                "locked",
                f"Somebody has locked a table in '{self._name}' that this needs.",
                "Try again when their work on it is done; pg_locks shows whose it is.",
            )
        if isinstance(error, psycopg.errors.QueryCanceled):
            return self._timed_out()
        if isinstance(error, psycopg.errors.InsufficientPrivilege):
            return ConnectorError(
                "forbidden",
                f"The user may not read this in '{self._name}'.",
                "Grant USAGE on its schema and SELECT on it to that user.",
            )
        if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
            return unconnected(str(error), self._name)
        return ConnectorError(
            "source_failed",
            f"'{self._name}' failed ({type(error).__name__}).",
            "Look into the server's log.",
        )


def _connect_timeout(options: Mapping[str, object], timeout_seconds: float) -> int:
    given = str(options.get("connect_timeout", ""))
    most = max(2, int(min(timeout_seconds, CONNECT_SECONDS)))
    return min(int(given), most) if given.isdecimal() and int(given) else most


def _position(keys: list[str], column: str) -> int | None:
    return keys.index(column) + 1 if column in keys else None


def _coarse(base: str, category: str) -> CoarseType:
    """From the type's category where it tells: E enum, S string, A array, R range."""
    match category:
        case "E" | "S":
            return "text"
        case "A" | "R" | "G":
            return "other"
    return coarse_type(base)


def _value(name: str, coarse: CoarseType) -> sql.Composable:
    column = sql.Identifier(name)
    if coarse in {"integer", "boolean"}:
        return column
    if coarse == "binary":
        return sql.SQL("'(' || octet_length({}) || ' bytes)'").format(column)
    return sql.SQL("left({}::text, {})").format(column, CUT)
