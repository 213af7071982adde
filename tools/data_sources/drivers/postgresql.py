"""PostgreSQL, in read-only transactions with a statement time-out; catalogs read set by set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, LiteralString, cast

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

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

EXACT_BELOW = 1_000_000
LARGE = 100_000

RELATIONS = """
SELECT c.oid, n.nspname, c.relname, c.relkind, c.reltuples::bigint,
       obj_description(c.oid, 'pg_class'), pg_total_relation_size(c.oid),
       CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END,
       has_table_privilege(c.oid, 'SELECT')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
  AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_t%%'
  AND (%(schemas)s::text[] IS NULL OR n.nspname = ANY(%(schemas)s::text[]))
ORDER BY n.nspname, c.relname
"""
COLUMNS = """
SELECT a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
       col_description(a.attrelid, a.attnum), t.typtype, t.typcategory,
       format_type(NULLIF(t.typbasetype, 0), t.typtypmod)
FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
WHERE a.attrelid = ANY(%(oids)s) AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attrelid, a.attnum
"""
KEYS = """
SELECT COALESCE(pg_partition_root(k.conrelid)::oid, k.conrelid) AS owner, k.contype,
       ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY u(n, o)
             JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.n ORDER BY u.o),
       tn.nspname, t.relname,
       ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY u(n, o)
             JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.n ORDER BY u.o)
FROM pg_constraint k LEFT JOIN pg_class t ON t.oid = k.confrelid
LEFT JOIN pg_namespace tn ON tn.oid = t.relnamespace
WHERE k.conparentid = 0 AND (k.contype = 'p' AND k.conrelid = ANY(%(oids)s)
  OR k.contype = 'f' AND COALESCE(pg_partition_root(k.conrelid)::oid, k.conrelid) = ANY(%(oids)s))
ORDER BY owner, k.conname
"""


class PostgresConnector(Connector):
    """One PostgreSQL database."""

    def __init__(self, connection: Connection, timeout_seconds: float) -> None:
        url = make_url(connection.location)
        self._name = url.database or "postgres"
        self._timeout = timeout_seconds
        self._schemas = list(connection.schemas) or None
        options = (
            "-c default_transaction_read_only=on "
            f"-c statement_timeout={int(timeout_seconds * 1000)}"
            " -c idle_in_transaction_session_timeout=60000"
        )
        given = dict(url.query)
        with self._answering():
            self._database = psycopg.connect(
                host=url.host,
                port=url.port,
                user=url.username,
                dbname=url.database,
                password=connection.password.get_secret_value() if connection.password else None,
                options=options,
                autocommit=True,
                **cast(Any, {"connect_timeout": "10", "application_name": "racine", **given}),
            )
            # Set by the options too, which a function behind a view could change meanwhile
            self._database.read_only = True

    def version(self) -> str:
        return f"PostgreSQL {self._rows('SHOW server_version')[0][0]}"

    def discover(self, tell: Tell | None = None) -> Inventory:
        relations = self._rows(RELATIONS, schemas=self._schemas)
        oids = [row[0] for row in relations]
        columns: dict[int, list[Any]] = {}
        for row in self._rows(COLUMNS, oids=oids):
            columns.setdefault(row[0], []).append(row)
        primary: dict[int, list[str]] = {}
        foreign: dict[int, list[ForeignKey]] = {}
        for oid, kind, own, schema, table, target in self._rows(KEYS, oids=oids):
            if kind == "p":
                primary[oid] = own
            else:
                key = ForeignKey(
                    columns=tuple(own),
                    target_schema=schema,
                    target_table=table,
                    target_columns=tuple(target),
                )
                known = foreign.setdefault(oid, [])
                if key not in known:  # every partition may have it for itself
                    known.append(key)
        tables, warnings = [], []
        for done, row in enumerate(relations):
            oid, schema, name, kind, estimate, comment, size, view_sql, readable = row
            if tell:
                tell(f"reading {name}", done, len(relations))
            count = None
            if not readable:
                warnings.append(f"{schema}.{name}: the user may not read it")
            elif kind not in ("v", "m"):
                count = self._count(schema, name, estimate)
            keys = primary.get(oid, [])
            tables.append(
                TableInfo(
                    schema_name=schema,
                    name=name,
                    kind="view" if kind in ("v", "m") else "table",
                    columns=tuple(
                        _column(position, one, keys)
                        for position, one in enumerate(columns.get(oid, []), 1)
                    ),
                    foreign_keys=tuple(foreign.get(oid, ())),
                    comment=comment,
                    row_count=count,
                    view_sql=view_sql,
                    bytes=size,
                )
            )
        return Inventory(
            tables=tuple(tables),
            dialect="postgres",
            server_version=self.version(),
            warnings=tuple(warnings),
        )

    def sample(
        self, schema: str | None, table: str, columns: Sequence[str], limit: int
    ) -> dict[str, list[object]]:
        name = _name(schema, table)
        estimate, kind = (
            self._rows(
                "SELECT reltuples::bigint, relkind FROM pg_class WHERE oid = to_regclass(%(name)s)",
                name=name.as_string(self._database),
            )
            or [(0, "v")]
        )[0]
        part: sql.Composable = sql.SQL("")
        if kind in ("r", "m") and estimate > LARGE:
            share = min(100.0, max(0.001, limit * 400 / estimate))
            part = sql.SQL(" TABLESAMPLE SYSTEM ({})").format(sql.Literal(share))
        listed = sql.SQL(", ").join(
            sql.SQL("left({}::text, 200)").format(sql.Identifier(column)) for column in columns
        )
        query = sql.SQL("SELECT {} FROM {}{} LIMIT {}").format(
            listed, name, part, sql.Literal(limit)
        )
        return by_column(columns, self._rows(query))

    def preview(
        self, schema: str | None, table: str, limit: int
    ) -> tuple[list[str], list[list[object]]]:
        query = sql.SQL("SELECT * FROM {} LIMIT {}").format(
            _name(schema, table), sql.Literal(limit)
        )
        with self._answering(), self._database.transaction():
            cursor = self._database.execute(query)
            names = [column.name for column in cursor.description or ()]
            return names, [[presentable(value) for value in row] for row in cursor]

    def close(self) -> None:
        self._database.close()

    def _count(self, schema: str, name: str, estimate: int) -> int:
        if estimate > EXACT_BELOW:
            return estimate
        query = sql.SQL("SELECT count(*) FROM {}").format(_name(schema, name))
        counted: int = self._rows(query)[0][0]
        return counted

    def _rows(self, query: str | sql.Composed, **arguments: Any) -> list[Any]:
        statement = sql.SQL(cast(LiteralString, query)) if isinstance(query, str) else query
        with self._answering(), self._database.transaction():
            return self._database.execute(statement, arguments or None).fetchall()

    @contextmanager
    def _answering(self) -> Iterator[None]:
        try:
            yield
        except psycopg.errors.QueryCanceled:
            raise ConnectorError(
                "source_timeout",
                f"'{self._name}' did not answer within {self._timeout:g} seconds.",
                "Try again when it is less busy.",
            ) from None
        except psycopg.errors.InsufficientPrivilege:
            raise ConnectorError(
                "source_forbidden",
                f"The user may not read this in '{self._name}'.",
                "Grant SELECT and USAGE to the user that Racine connects as.",
            ) from None
        except psycopg.OperationalError as error:
            code = error.sqlstate or ""
            if code.startswith("28") or "password" in str(error):
                raise ConnectorError(
                    "source_password",
                    f"'{self._name}' refused the user or the password.",
                    "Check both; data_sources.register_source takes the password encrypted.",
                ) from None
            raise ConnectorError(
                "source_unreachable",
                f"The server of '{self._name}' can't be reached.",
                "Check host, port and network, and that the server is running.",
            ) from None
        except psycopg.Error as error:
            raise ConnectorError(
                "source_failed",
                f"'{self._name}' failed ({type(error).__name__}).",
                "Look into the server's log.",
            ) from None


def _column(position: int, row: Any, keys: list[str]) -> ColumnInfo:
    _oid, name, data_type, not_null, comment, type_type, category, domain_of = row
    coarse = "text" if type_type == "e" else coarse_type(domain_of or data_type)
    return ColumnInfo(
        name=name,
        data_type=data_type,
        coarse_type="other" if category == "A" else coarse,
        nullable=not not_null,
        position=position,
        primary_key_position=keys.index(name) + 1 if name in keys else None,
        comment=comment,
    )


def _name(schema: str | None, table: str) -> sql.Identifier:
    return sql.Identifier(schema, table) if schema else sql.Identifier(table)
