"""The database: one base for all tables, one reading and one writing door for all sessions.

SQLite (WAL, one writer, `BEGIN IMMEDIATE`) and PostgreSQL behave alike to everything above. Only
the kernel (`invoke.py`) and the logs open writing sessions; operations never commit.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    Connection,
    DateTime,
    Engine,
    ForeignKey,
    MetaData,
    String,
    create_engine,
    event,
    text,
)
from sqlalchemy.engine import Dialect, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.pool import QueuePool
from sqlalchemy.types import TypeDecorator

from tools import sqlite_driver

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


GIVE_BACK_SECONDS = 5.0
LOG_POOL: dict[str, Any] = {"pool_size": 2, "max_overflow": 0, "pool_timeout": 120}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC: SQLite forgets the zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of all tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        dict[str, Any]: JSON,
        list[str]: JSON,
        list[dict[str, Any]]: JSON,
    }


class Captured:
    """Marks a table whose changes the unit of work records (before and after).

    `__decides__`: what an operation does that refers to a row follows from the row's content.
    """

    __label__: ClassVar[str] = "name"
    __decides__: ClassVar[bool] = False


class SourceScoped:
    """Marks a table whose rows belong to a source; readers only ever see the sources they may."""

    @declared_attr
    def source_id(cls) -> Mapped[str]:  # noqa: N805
        return mapped_column(ForeignKey("sources.id"), index=True)


class Owned:
    """Marks a table whose rows are one person's own; nobody else's are ever read."""

    @declared_attr
    def user_id(cls) -> Mapped[str]:  # noqa: N805
        return mapped_column(String(40), index=True)


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def new_id(prefix: str) -> str:
    """A fresh identifier such as `ast_5f0c…`, unguessable and readable in logs."""
    return f"{prefix}_{secrets.token_hex(8)}"


def async_url(url: str) -> str:
    """The URL with the driver that SQLAlchemy's async engine needs."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return parsed.set(drivername="sqlite+aiosqlite").render_as_string(hide_password=False)
    return parsed.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


class Database:
    """Opens sessions: many that read, one that writes.

    `log_engine` is synchronous, for what records much in threads: events and steps.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        if self.is_sqlite:
            path = make_url(url).database
            if path:
                Path(path).parent.mkdir(parents=True, exist_ok=True)
            self._writer = _sqlite_engine(url, writes=True)
            self._reader = _sqlite_engine(url, writes=False)
            self.log_engine = create_engine(
                make_url(url).set(drivername="sqlite"), json_serializer=_json, **LOG_POOL
            )
            _configure_sqlite(self.log_engine, writes=True)
            event.listen(self.log_engine, "begin", _begin_immediate)
        else:
            self._writer = create_async_engine(
                async_url(url), pool_size=2, max_overflow=0, pool_timeout=120, json_serializer=_json
            )
            self._reader = create_async_engine(
                async_url(url),
                pool_size=10,
                max_overflow=20,
                isolation_level="REPEATABLE READ",
                json_serializer=_json,
            ).execution_options(postgresql_readonly=True)
            self.log_engine = create_engine(async_url(url), json_serializer=_json, **LOG_POOL)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session that can't write; it sees one consistent state."""
        async with AsyncSession(self._reader, expire_on_commit=False, autoflush=False) as session:
            yield session

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """A session in its own transaction, committed when the block ends, else rolled back.

        One at a time, on PostgreSQL as on SQLite, whichever process: so what is read here is
        still so when it is written, and the log has one order.
        """
        async with AsyncSession(self._writer, expire_on_commit=False) as session, session.begin():
            if not self.is_sqlite:
                await session.execute(text("SELECT pg_advisory_xact_lock(727001)"))
            yield session

    async def close(self) -> None:
        """Close every connection.

        A task that was cancelled gives its connection back a moment after it has ended.
        """
        for engine in (self._writer, self._reader):
            with suppress(TimeoutError):
                async with asyncio.timeout(GIVE_BACK_SECONDS):
                    while _lent(engine):  # noqa: ASYNC110 - a pool tells nobody
                        await asyncio.sleep(0.005)
            await engine.dispose()
        self.log_engine.dispose()


def _lent(engine: AsyncEngine) -> int:
    pool = engine.pool
    return pool.checkedout() if isinstance(pool, QueuePool) else 0


# Characters as they are, so that a query for "größe" finds them in the stored text
_json = partial(json.dumps, ensure_ascii=False)


def _sqlite_engine(url: str, *, writes: bool) -> AsyncEngine:
    pool = {"pool_size": 1, "max_overflow": 0} if writes else {"pool_size": 4, "max_overflow": 8}
    engine = create_async_engine(
        async_url(url),
        pool_timeout=120,
        json_serializer=_json,
        connect_args={"async_creator_fn": sqlite_driver.connect},
        **pool,
    )
    how = "BEGIN IMMEDIATE" if writes else "BEGIN"

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:
        connection.connection.driver_connection.begin(how)

    _configure_sqlite(engine.sync_engine, writes=writes)
    return engine


def _configure_sqlite(engine: Engine, *, writes: bool) -> None:
    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy's own BEGIN below, not the driver's
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "busy_timeout=30000",
            "foreign_keys=ON",
            *(() if writes else ("query_only=ON",)),
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
