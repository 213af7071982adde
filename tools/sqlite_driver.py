"""SQLite for the async engine with one change of threads a statement, where aiosqlite has four.

A turn makes some seventy statements, and changing threads cost it more than SQLite did. For
`create_async_engine(async_creator=…)`; results are read whole, streams too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from typing import Any

import aiosqlite


class Cursor(aiosqlite.Cursor):
    """Executes, reads all rows and closes in one go."""

    arraysize = 100

    def __init__(self, connection: Connection) -> None:
        self._on = connection
        self.rows: list[Any] = []
        self.about: tuple[Any, int, int | None] = (None, -1, None)

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> Cursor:
        return await self._run(lambda cursor: cursor.execute(sql, tuple(parameters or ())))

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> Cursor:
        return await self._run(lambda cursor: cursor.executemany(sql, map(tuple, parameters)))

    async def _run(self, work: Callable[[sqlite3.Cursor], object]) -> Cursor:
        self.rows, self.about = await self._on.run(work)
        return self

    async def fetchall(self) -> list[Any]:
        return await self.fetchmany(len(self.rows))

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        count = self.arraysize if size is None else size
        taken, self.rows = self.rows[:count], self.rows[count:]
        return taken

    async def close(self) -> None:
        self.rows = []

    @property
    def description(self) -> Any:
        return self.about[0]

    @property
    def rowcount(self) -> int:
        return self.about[1]

    @property
    def lastrowid(self) -> int | None:
        return self.about[2]


class Connection(aiosqlite.Connection):
    """A connection whose cursors are such ones."""

    def cursor(self) -> Cursor:  # type: ignore[override]  # ours needs no thread to be made
        return Cursor(self)

    async def run(
        self, work: Callable[[sqlite3.Cursor], object]
    ) -> tuple[list[Any], tuple[Any, int, int | None]]:
        """Have a cursor do the work, in the connection's thread: its rows, and what it tells."""

        def whole() -> tuple[list[Any], tuple[Any, int, int | None]]:
            cursor = self._conn.cursor()
            try:
                work(cursor)
                rows = cursor.fetchall() if cursor.description else []
                return rows, (cursor.description, cursor.rowcount, cursor.lastrowid)
            finally:
                cursor.close()

        return await self._execute(whole)  # type: ignore[no-any-return,no-untyped-call]


def connect(path: str, **options: Any) -> Connection:
    """A connection to be awaited, like aiosqlite's."""
    connection = Connection(lambda: sqlite3.connect(path, **options), 64)
    connection._thread.daemon = True
    return connection
