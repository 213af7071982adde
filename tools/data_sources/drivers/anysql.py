"""Any server that SQLAlchemy has a dialect for, through its inspector; read-only where it can be.

What the dialect doesn't tell is left out; what a table doesn't yield is a warning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from sqlalchemy import Engine, FromClause, Inspector, NullPool, create_engine, func, inspect, select
from sqlalchemy import column as named
from sqlalchemy import table as relation
from sqlalchemy.engine import URL
from sqlalchemy.exc import NoSuchTableError, SQLAlchemyError
from sqlalchemy.sql.elements import quoted_name

from tools.data_sources.drivers.base import (
    CUT,
    OVERSAMPLING,
    Connector,
    Progress,
    by_column,
    no_such_column,
    no_such_table,
)
from tools.data_sources.drivers.dialects import (
    CONNECTING,
    READ_ONLY,
    READING,
    SQLGLOT,
    require_driver,
)
from tools.data_sources.drivers.measuring import Measures
from tools.data_sources.drivers.watching import GRACE, watched, within
from tools.data_sources.inventory import (
    ColumnInfo,
    Connection,
    ConnectorError,
    ForeignKey,
    Inventory,
    TableInfo,
    coarse_type,
)
from tools.data_sources.unsafe import safe_addresses, server_url

CONNECT_SECONDS = 10
OWN_SCHEMAS = ("information_schema", "pg_catalog", "sys", "mysql", "performance_schema")


class SqlConnector(Connector):
    """One database of a server."""

    def __init__(self, connection: Connection, timeout_seconds: float) -> None:
        url = server_url(connection.location, connection.kind)
        if connection.password is not None:
            url = url.set(password=connection.password.get_secret_value())
        self._name = url.database or url.host or url.get_backend_name()
        self._timeout = timeout_seconds
        self._schemas = list(connection.schemas)
        self._addresses = self._reachable(url)
        self._database: Any = None
        with self._answering():
            self._engine = self._create(url)
            # A driver that has begun to connect can't be stopped from outside
            self._database = within(
                min(self._timeout, CONNECT_SECONDS) + GRACE,
                self._engine.connect,
                lambda late: late.close(),
            )
            try:
                self._prepare()
            except BaseException:
                self.close()
                raise

    def version(self) -> str:
        with self._answering():
            self._database.execute(select(1))
            number = ".".join(map(str, self._database.dialect.server_version_info or ()))
        return f"{self._backend} {number}".strip()

    def discover(self, progress: Progress | None = None) -> Inventory:
        self.__dict__.pop("_inspector", None)  # it remembers
        warnings: list[str] = []
        listed = [
            (schema, name, kind)
            for schema in self._read_schemas(warnings)
            for kind, names in (
                ("table", self._inspector.get_table_names),
                ("view", self._inspector.get_view_names),
            )
            for name in self._told(names, schema) or ()
        ]
        tables: list[TableInfo] = []
        for done, (schema, name, kind) in enumerate(listed):
            if progress:
                progress(f"reading {name}", done, len(listed))
            try:
                tables.append(self._table(schema, name, kind, warnings))
            except ConnectorError as error:
                if error.code == "unreachable":
                    raise
                warnings.append(f"{name}: {error.detail}")
        return Inventory(
            tables=tuple(tables),
            dialect=SQLGLOT.get(self._backend, ""),
            server_version=self.version(),
            warnings=tuple(warnings),
        )

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
            query = select(*map(named_column, wanted)).select_from(self._relation(schema, table))
            rows = self._rows(query.limit(limit * OVERSAMPLING))
            values |= by_column(wanted, [list(map(_plain, row)) for row in rows], limit)
        return values

    def preview(
        self, schema: str | None, table: str, limit: int
    ) -> tuple[list[str], list[list[object]]]:
        names = list(self._types(schema, table))
        query = select(*map(named_column, names)).select_from(self._relation(schema, table))
        return names, [list(map(_plain, row)) for row in self._rows(query.limit(limit))]

    def measure(
        self, schema: str | None, table: str, columns: Sequence[str], measures: Measures
    ) -> dict[str, Any]:
        types = self._types(schema, table)
        for name in columns:
            if name not in types:
                raise no_such_column(table, name)
        expressions = [one.label(f"m{number}") for number, one in enumerate(measures.values())]
        rows = self._rows(select(*expressions).select_from(self._relation(schema, table)))
        return dict(zip(measures, rows[0], strict=True))

    def close(self) -> None:
        with self._answering():
            self._database.close()
            self._engine.dispose()

    # ---- tables -----------------------------------------------------------------------------

    @cached_property
    def _inspector(self) -> Inspector:
        inspector: Inspector = inspect(self._database)
        return inspector

    def _read_schemas(self, warnings: list[str]) -> list[str | None]:
        """Those that were named; else the default one, or all where there is none."""
        there = list(self._told(self._inspector.get_schema_names) or ())
        if self._schemas:
            warnings += [
                f"There is no schema '{one}'." for one in self._schemas if one not in there
            ]
            return [one for one in self._schemas if one in there]
        default = self._inspector.default_schema_name
        others = [one for one in there if one != default and one.lower() not in OWN_SCHEMAS]
        if default is None:
            return [*others] or [None]
        if others:
            warnings.append(
                f"Only the schema '{default}' was read, not {', '.join(others[:5])}"
                f"{', …' if len(others) > 5 else ''}: name them in the source's schemas."
            )
        return [None]

    def _table(self, schema: str | None, name: str, kind: Any, warnings: list[str]) -> TableInfo:
        there = self._inspector
        keys = self._told(there.get_pk_constraint, name, schema) or {}
        primary = list(keys.get("constrained_columns") or ())
        columns = []
        with self._answering():
            described = there.get_columns(name, schema)
        for position, column in enumerate(described, 1):
            data_type = self._type_name(column["type"])
            key = str(column["name"])
            columns.append(
                ColumnInfo(
                    name=key,
                    data_type=data_type,
                    coarse_type=coarse_type(data_type),
                    nullable=bool(column.get("nullable", True)),
                    position=position,
                    primary_key_position=primary.index(key) + 1 if key in primary else None,
                    comment=column.get("comment") or None,
                )
            )
        foreign = tuple(
            ForeignKey(
                columns=tuple(key["constrained_columns"]),
                target_schema=key.get("referred_schema") or schema,
                target_table=key["referred_table"],
                target_columns=tuple(key["referred_columns"]),
            )
            for key in self._told(there.get_foreign_keys, name, schema) or ()
        )
        comment = self._told(there.get_table_comment, name, schema) or {}
        rows = None
        if kind == "table":
            try:
                query = select(func.count()).select_from(self._relation(schema, name))
                rows = int(self._rows(query)[0][0])
            except ConnectorError as error:
                warnings.append(f"{name}: its rows could not be counted. {error.detail}")
        return TableInfo(
            schema_name=schema,
            name=name,
            kind=kind,
            columns=tuple(columns),
            foreign_keys=foreign,
            comment=comment.get("text"),
            row_count=rows,
            view_sql=self._told(there.get_view_definition, name, schema)
            if kind == "view"
            else None,
        )

    def _told(self, ask: Callable[..., Any], *arguments: object) -> Any:
        """What the dialect tells; None where it knows no such thing."""
        with self._answering():
            try:
                return ask(*arguments)
            except NotImplementedError:
                return None

    def _types(self, schema: str | None, table: str) -> dict[str, str]:
        with self._answering():
            columns = self._inspector.get_columns(table, schema)
        if not columns:
            raise no_such_table(schema, table)
        return {str(one["name"]): self._type_name(one["type"]) for one in columns}

    def _type_name(self, data_type: Any) -> str:
        try:
            return str(data_type.compile(self._database.dialect)).lower()
        except (SQLAlchemyError, NotImplementedError, AttributeError):
            return type(data_type).__name__.lower()

    def _relation(self, schema: str | None, table: str) -> FromClause:
        return relation(
            quoted_name(table, True), schema=quoted_name(schema, True) if schema else None
        )

    # ---- the server -------------------------------------------------------------------------

    @property
    def _backend(self) -> str:
        return str(self._engine.dialect.name)

    def _reachable(self, url: URL) -> list[str]:
        """The host's addresses, checked; some dialects' hosts are names of accounts."""
        try:
            return safe_addresses(url.host or "localhost")
        except ConnectorError as error:
            if error.code == "unknown_host":
                return []
            raise

    def _create(self, url: URL) -> Engine:
        require_driver(url)
        option = CONNECTING.get(url.get_driver_name())
        seconds = max(2, int(min(self._timeout, CONNECT_SECONDS)))
        arguments = {option: seconds} if option and option not in url.query else {}
        if (option := READING.get(url.get_driver_name())) is not None:
            arguments[option] = int(self._timeout) + 2
        return create_engine(url, poolclass=NullPool, connect_args=arguments, hide_parameters=True)

    def _prepare(self) -> None:
        if (statement := READ_ONLY.get(self._backend)) is not None:
            self._database.exec_driver_sql(statement)
            if self._backend != "oracle":  # there it holds for one transaction only
                self._database.commit()

    def _rows(self, query: Any) -> list[Any]:
        with self._answering():
            try:
                return list(self._database.execute(query).fetchall())
            except SQLAlchemyError:
                self._database.rollback()
                raise

    def _cut(self) -> None:
        """Make the driver return, from another thread, where it has a way to."""
        driver = getattr(self._database, "connection", None)
        if driver is not None:
            driver.dbapi_connection.cancel()

    @contextmanager
    def _answering(self) -> Iterator[None]:
        with watched(self._timeout, self._cut) as watch:
            try:
                yield
            except ConnectorError:
                raise
            except Exception as error:  # drivers have errors of every kind for a server that lies
                raise self._timed_out() if watch.expired else self._failure(error) from None

    def _timed_out(self) -> ConnectorError:
        return ConnectorError(
            "timeout",
            f"'{self._name}' did not answer within {self._timeout:g} seconds.",
            "Try again when it is less busy.",
        )

    def _failure(self, error: Exception) -> ConnectorError:
        """The error without the driver's own words, which may show data."""
        if isinstance(error, TimeoutError):
            return self._timed_out()
        if isinstance(error, NoSuchTableError):
            return no_such_table(None, str(error))
        if self._database is None or getattr(error, "connection_invalidated", False):
            return ConnectorError(
                "unreachable",
                f"'{self._name}' gives no connection ({type(error).__name__}).",
                "Check host, port, database, user and password, and that the server is running.",
            )
        return ConnectorError(
            "source_failed",
            f"'{self._name}' failed ({type(error).__name__}).",
            "Look into the server's log.",
        )


def named_column(name: str) -> Any:
    return named(quoted_name(name, True))


def _plain(value: Any) -> object:
    """A value as connectors give it."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, bytes | bytearray | memoryview):
        return f"({len(value)} bytes)"
    return str(value)[:CUT]
