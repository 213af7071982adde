"""SQLite for the async engine with one change of threads a statement, where aiosqlite has four.

A turn makes some thirty statements, and changing threads cost it more than SQLite did. A BEGIN
travels with the statement behind it, and nobody waits for a ROLLBACK. For
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
    """A connection whose cursors are such ones.

    Its thread does what it is told in order, so what isn't waited for is still done before the
    next statement.
    """

    _begin: str | None = None
    _open = False

    def begin(self, how: str) -> None:
        """Begin a transaction with the next statement: `how` is the BEGIN to send before it."""
        self._begin = how

    def cursor(self) -> Cursor:  # type: ignore[override]  # ours needs no thread to be made
        return Cursor(self)

    async def run(
        self, work: Callable[[sqlite3.Cursor], object]
    ) -> tuple[list[Any], tuple[Any, int, int | None]]:
        """Have a cursor do the work, in the connection's thread: its rows, and what it tells."""

        begin, self._begin, self._open = self._begin, None, True

        def whole() -> tuple[list[Any], tuple[Any, int, int | None]]:
            cursor = self._conn.cursor()
            try:
                if begin is not None:
                    cursor.execute(begin)
                work(cursor)
                rows = cursor.fetchall() if cursor.description else []
                return rows, (cursor.description, cursor.rowcount, cursor.lastrowid)
            finally:
                cursor.close()

        return await self._execute(whole)  # type: ignore[no-any-return,no-untyped-call]

    async def commit(self) -> None:
        if self._ends():
            await super().commit()

    async def rollback(self) -> None:
        if self._ends():
            self._tx.put_nowait((None, self._conn.rollback))

    def _ends(self) -> bool:
        """Whether there may be a transaction to end; there is none afterwards."""
        ends, self._open, self._begin = self._open, False, None
        return ends


def connect(path: str, **options: Any) -> Connection:
    """A connection to be awaited, like aiosqlite's."""
    connection = Connection(lambda: sqlite3.connect(path, **options), 64)
    connection._thread.daemon = True
    return connection
