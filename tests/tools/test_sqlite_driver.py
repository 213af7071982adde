"""The driver under SQLAlchemy: rows, counts and errors as aiosqlite gives them."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import create_async_engine

from tools import sqlite_driver


async def test_it_reads_writes_counts_and_fails_like_aiosqlite(tmp_path: Path) -> None:
    engine = create_async_engine(
        f"sqlite+aiosqlite:///{tmp_path / 'a.db'}",
        connect_args={"async_creator_fn": sqlite_driver.connect},
    )
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE t (n INTEGER PRIMARY KEY, word TEXT UNIQUE)"))
        first = await connection.execute(text("INSERT INTO t (word) VALUES (:word)"), {"word": "a"})
        assert first.lastrowid == 1
        many = [{"word": f"w{n}"} for n in range(500)]
        await connection.execute(text("INSERT INTO t (word) VALUES (:word)"), many)
        changed = await connection.execute(text("UPDATE t SET word = upper(word) WHERE n < 4"))
        assert changed.rowcount == 3
    async with engine.connect() as connection:
        rows = (await connection.execute(text("SELECT n, word FROM t ORDER BY n"))).all()
        assert [tuple(row) for row in rows[:2]] == [(1, "A"), (2, "W0")]
        streamed = await connection.stream(text("SELECT n FROM t ORDER BY n"))
        assert [row.n async for row in streamed] == list(range(1, 502))
        assert (await connection.execute(text("SELECT n FROM t WHERE n = 0"))).first() is None
    with pytest.raises(IntegrityError):
        async with engine.begin() as connection:
            await connection.execute(text("DELETE FROM t"))
            await connection.execute(text("INSERT INTO t VALUES (1, 'x'), (1, 'y')"))
    async with engine.connect() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM t"))).scalar() == 501
    await engine.dispose()
