"""The ordered log of events: written before it is sent; a stream is a view of it.

One writer per process gathers what waits and commits it together. `data` is kept as the very text
that was sent, so that a resumed stream is identical to the byte. An event with a key is written
once per stream, however often it is appended; nothing is written behind a stream's last one, which
a second process that carries out the same execution may have written.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, String, Table, UniqueConstraint, insert, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from tools.database import Base, Database, now

GATHER_SECONDS = 0.005  # invisible, and what is ready together is committed together


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


ADD = insert(cast(Table, EventRow.__table__))


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


@dataclass
class _Tail:
    """What the writer knows of a stream that it appends to: the last number, the keys used."""

    sequence: int
    keys: set[str]
    ended: bool = False


@dataclass(eq=False)
class _Follower:
    """A reader that is handed what this process commits."""

    news: asyncio.Event = field(default_factory=asyncio.Event)
    events: list[Logged] = field(default_factory=list)


class EventLog:
    """Appends to and follows the log. The writer has a thread and a connection of its own."""

    def __init__(self, database: Database, poll_seconds: float = 0.5) -> None:
        self._database = database
        self._poll_seconds = poll_seconds
        self._waiting: list[_Waiting] = []
        self._writer: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(1, "event-log")
        self._tails: dict[str, _Tail] = {}
        self._followers: dict[str, set[_Follower]] = {}

    def begin(self, stream: str) -> None:
        """Nothing is in the log of this stream yet, and this process is to write it."""
        self._tails[stream] = _Tail(0, set())

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
        loop = asyncio.get_running_loop()
        while self._waiting:
            await asyncio.sleep(GATHER_SECONDS)
            batch, self._waiting = self._waiting[:500], self._waiting[500:]
            try:
                written = await loop.run_in_executor(self._thread, self._commit, batch)
            except Exception as error:
                for waiting in batch:
                    if not waiting.done.done():
                        waiting.done.set_exception(error)
                        waiting.done.exception()  # whoever waits still gets it
                continue
            for waiting in batch:
                if not waiting.done.done():
                    waiting.done.set_result(None)
            for stream, events in written.items():
                for follower in self._followers.get(stream, ()):
                    follower.events += events
                    follower.news.set()

    def _commit(self, batch: list[_Waiting]) -> dict[str, list[Logged]]:
        try:
            return self._insert(batch)
        except IntegrityError:  # another process has appended to one of these streams
            self._tails.clear()
            return self._insert(batch)

    def _insert(self, batch: list[_Waiting]) -> dict[str, list[Logged]]:
        rows: list[dict[str, Any]] = []
        written: dict[str, list[Logged]] = {}
        tails: dict[str, _Tail] = {}
        with self._database.log_engine.begin() as connection:
            if not self._database.is_sqlite:  # whose one writer needs no lock of ours
                connection.execute(text("SELECT pg_advisory_xact_lock(727002)"))
            for waiting in batch:
                if (tail := tails.get(waiting.stream)) is None:
                    known = self._tails.get(waiting.stream) or _tail(connection, waiting.stream)
                    tail = _Tail(known.sequence, set(known.keys), known.ended)
                    tails[waiting.stream] = tail
                if tail.ended or (waiting.key is not None and waiting.key in tail.keys):
                    continue
                tail.sequence += 1
                tail.ended = waiting.last
                if waiting.key is not None:
                    tail.keys.add(waiting.key)
                logged = Logged(tail.sequence, waiting.data, waiting.last)
                written.setdefault(waiting.stream, []).append(logged)
                rows.append(
                    {
                        "stream": waiting.stream,
                        "sequence": logged.sequence,
                        "key": waiting.key,
                        "data": logged.data,
                        "last": logged.last,
                        "at": now(),
                    }
                )
            if rows:
                connection.execute(ADD, rows)
        self._tails |= tails  # now that it is committed
        for waiting in batch:
            if waiting.last:
                self._tails.pop(waiting.stream, None)
        return written

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

        This process's events are handed over once they are committed; another's are found by
        polling.
        """
        follower = _Follower()
        self._followers.setdefault(stream, set()).add(follower)
        try:
            begun = self._tails.get(stream)
            nothing = begun is not None and begun.sequence == 0
            batch = [] if nothing else await self.read(stream, after)
            if after and not batch and await self._ended(stream, after):
                return
            while True:
                if batch:
                    yield batch
                    after = batch[-1].sequence
                    if batch[-1].last:
                        return
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._poll_seconds):
                        await follower.news.wait()
                follower.news.clear()
                handed, follower.events = follower.events, []
                batch = [event for event in handed if event.sequence > after]
                if not batch or batch[0].sequence != after + 1:
                    batch = await self.read(stream, after)
        finally:
            self._followers[stream].discard(follower)
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
        self._thread.shutdown()


def _tail(connection: Connection, stream: str) -> _Tail:
    rows = connection.execute(
        select(EventRow.sequence, EventRow.key, EventRow.last).where(EventRow.stream == stream)
    ).all()
    return _Tail(
        max((row.sequence for row in rows), default=0),
        {row.key for row in rows if row.key is not None},
        any(row.last for row in rows),
    )
