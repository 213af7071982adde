"""The ordered log of events: written before it is sent; a stream is a view of it.

One writer per process gathers what waits and commits it together. `data` is kept as the very text
that was sent, so that a resumed stream is identical to the byte. An event with a key is written
once per stream, however often it is appended.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, UniqueConstraint, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from tools.database import Base, Database, now


class EventRow(Base):
    """One event of a run's or an execution's log."""

    __tablename__ = "events"
    __table_args__ = (UniqueConstraint("stream", "key"),)

    stream: Mapped[str] = mapped_column(String(80), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str | None] = mapped_column(String(120))
    data: Mapped[str]
    last: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(default=now)


@dataclass(frozen=True)
class Logged:
    """An event as it stands in the log. `last`: nothing follows it."""

    sequence: int
    data: str
    last: bool


@dataclass
class _Waiting:
    stream: str
    data: str
    key: str | None
    last: bool
    done: asyncio.Future[None]


class EventLog:
    """Appends to and follows the log."""

    def __init__(self, database: Database, poll_seconds: float = 0.5) -> None:
        self._database = database
        self._poll_seconds = poll_seconds
        self._waiting: list[_Waiting] = []
        self._writer: asyncio.Task[None] | None = None
        self._sequences: dict[str, int] = {}
        self._followers: dict[str, set[asyncio.Event]] = {}

    async def append(
        self, stream: str, data: str, *, key: str | None = None, last: bool = False
    ) -> None:
        """Write an event; returns when it is committed."""
        await self.submit(stream, data, key=key, last=last)

    def submit(
        self, stream: str, data: str, *, key: str | None = None, last: bool = False
    ) -> asyncio.Future[None]:
        """Queue an event behind those submitted before; the future is done when it is committed."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(stream, data, key, last, done))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write())
        return done

    async def _write(self) -> None:
        while self._waiting:
            await asyncio.sleep(0)  # whoever is ready now joins this commit
            batch, self._waiting = self._waiting[:500], self._waiting[500:]
            try:
                try:
                    await self._commit(batch)
                except IntegrityError:  # another process has appended to one of these streams
                    self._sequences.clear()
                    await self._commit(batch)
            except Exception as error:
                self._sequences.clear()
                for waiting in batch:
                    if not waiting.done.done():
                        waiting.done.set_exception(error)
                continue
            for waiting in batch:
                if not waiting.done.done():
                    waiting.done.set_result(None)
                for news in self._followers.get(waiting.stream, ()):
                    news.set()
                if waiting.last:
                    self._sequences.pop(waiting.stream, None)

    async def _commit(self, batch: list[_Waiting]) -> None:
        async with self._database.writing() as session:
            rows = []
            written: set[tuple[str, str]] = set()
            for waiting in batch:
                stream, key = waiting.stream, waiting.key
                if stream not in self._sequences:
                    highest = select(func.max(EventRow.sequence)).where(EventRow.stream == stream)
                    self._sequences[stream] = (await session.execute(highest)).scalar() or 0
                if key is not None:
                    known = select(EventRow.sequence).where(
                        EventRow.stream == stream, EventRow.key == key
                    )
                    if (stream, key) in written or (await session.execute(known)).first():
                        continue
                    written.add((stream, key))
                self._sequences[stream] += 1
                rows.append(
                    {
                        "stream": stream,
                        "sequence": self._sequences[stream],
                        "key": key,
                        "data": waiting.data,
                        "last": waiting.last,
                        "at": now(),
                    }
                )
            if rows:
                await session.execute(insert(EventRow), rows)

    async def read(self, stream: str, after: int = 0, limit: int = 1000) -> list[Logged]:
        """The stream's events behind `after`, in order."""
        query = (
            select(EventRow.sequence, EventRow.data, EventRow.last)
            .where(EventRow.stream == stream, EventRow.sequence > after)
            .order_by(EventRow.sequence)
            .limit(limit)
        )
        async with self._database.reading() as session:
            return [Logged(*row) for row in (await session.execute(query)).all()]

    async def follow(self, stream: str, after: int = 0) -> AsyncIterator[list[Logged]]:
        """The stream's events behind `after` as they come, in batches, to the last one.

        Another process's events are found by polling, this one's at once.
        """
        news = asyncio.Event()
        self._followers.setdefault(stream, set()).add(news)
        try:
            while True:
                news.clear()
                batch = await self.read(stream, after)
                if batch:
                    yield batch
                    after = batch[-1].sequence
                    if batch[-1].last:
                        return
                    continue
                if await self._ended(stream, after):
                    return
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._poll_seconds):
                        await news.wait()
        finally:
            self._followers[stream].discard(news)
            if not self._followers[stream]:
                del self._followers[stream]

    async def _ended(self, stream: str, after: int) -> bool:
        """Whether the last event is written, and not behind `after`."""
        query = select(EventRow.sequence).where(
            EventRow.stream == stream, EventRow.last, EventRow.sequence <= after
        )
        async with self._database.reading() as session:
            return await session.scalar(query) is not None

    async def close(self) -> None:
        """Wait until everything submitted is written."""
        while self._writer is not None and not self._writer.done():
            await asyncio.wait([self._writer])
