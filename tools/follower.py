"""The follower that keeps the index at the change log, and rebuilds and purges it beside that.

It reads the log from where it stopped, so the index is never more than a moment behind, whichever
process wrote. Nothing here blocks the event loop. One per process that owns an index.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

import structlog
from sqlalchemy import select

from knowledge.documents import Document
from knowledge.errors import RebuildIndex
from knowledge.index import Index
from tools.catalog.tables import Asset
from tools.changes import NEWEST, ChangeRow
from tools.database import Database
from tools.indexing import Record, in_keys, records, render
from tools.registry import Registry

T = TypeVar("T")
log = structlog.get_logger(__name__)
PART = 32
"""So many records are rendered and embedded before changes are looked for again."""
PURGE_AFTER = 60.0
"""So many seconds after something changed, what it left on disk is erased."""
REST = 60
"""A purge is followed by a rest of so many times what it took."""


class Stopped(Exception):  # noqa: N818 - ends a rebuild
    """The follower stops; what it was building is dropped."""


class Follower:
    """`sequence` is the last change of which the index knows; `progress` is told while it is
    filled, rebuilt or purged: how many of how many documents."""

    def __init__(
        self,
        database: Database,
        index: Index,
        registry: Registry,
        state: Path | None,
        purge_after: float = PURGE_AFTER,
        rest: float = REST,
    ) -> None:
        self._database, self._index, self._registry = database, index, registry
        self._state = state
        self._purge_after, self._rest = purge_after, rest
        self._purge_at = monotonic() + purge_after
        self._news = asyncio.Event()
        self._moved = asyncio.Condition()
        self._sound = False
        self._settled = False
        self._stopping = False
        self._backlog: list[Record] = []
        self._task: asyncio.Task[None] | None = None
        self._aside: asyncio.Task[None] | None = None
        self.sequence = 0
        self.progress: tuple[int, int] | None = None
        self.behind_since: float | None = None

    async def start(self) -> None:
        """Follow the log. An index that doesn't fit it is filled or rebuilt meanwhile."""
        self._stopping = False
        self.sequence = self._read_state()
        empty = False
        try:
            empty = not await asyncio.to_thread(self._index.count)
            self._sound = True
        except RebuildIndex:
            log.warning("the index can't be used and is made anew")
            # Emptied and filled, it answers meanwhile; but others' vectors aren't ours to empty.
            if not self._index.shared:
                await asyncio.to_thread(self._index.rebuild, ())
                empty = self._sound = True
        head = await self._head()
        self._settled = 0 < self.sequence <= head and self._sound and not empty
        if not self._settled:
            self.sequence = head
            if empty:
                self._backlog = await self._records()
        self._task = asyncio.create_task(self._follow())

    async def stop(self) -> None:
        """Stop following; the next start goes on from here.

        What is being read or written is finished: a query that is cancelled on PostgreSQL can lose
        its connection to the pool.
        """
        self._stopping = True
        self._news.set()
        if self._task is not None:
            await asyncio.wait([self._task])
        if self._aside is not None:
            await asyncio.wait([self._aside])

    def poke(self) -> None:
        """Something was committed."""
        self.behind_since = self.behind_since or monotonic()
        self._news.set()

    async def rebuild(self) -> int:
        """Render everything anew, while the index answers and follows; the number of documents."""
        async with self._moved:
            await self._moved.wait_for(lambda: self._settled)
        return await self._rebuild()

    @property
    def knows_operations(self) -> bool:
        """Whether an index that began empty holds the operations: an assistant needs those."""
        return not any(table == "operations" for table, _ in self._backlog)

    @property
    def lag_seconds(self) -> float:
        """How long the oldest change has waited for the index."""
        return monotonic() - self.behind_since if self.behind_since is not None else 0.0

    async def caught_up(self) -> None:
        """Wait until every change committed so far is in the index."""
        head = await self._head()
        self._news.set()
        async with self._moved:
            await self._moved.wait_for(lambda: self._settled and self.sequence >= head)

    async def _follow(self) -> None:
        while not self._stopping:
            self._news.clear()
            if self._aside is None and not self._settled and not self._backlog:
                self._begin(self._resettle())
            elif self._aside is None and self._settled and monotonic() >= self._purge_at:
                self._begin(self._purge())
            try:
                while self._follows() and await self._go_on():
                    pass
                if not self._news.is_set():
                    self.behind_since = None
            except Exception:
                log.exception("the index could not follow; trying again")
                await asyncio.sleep(1)
            await self._tell()
            with suppress(TimeoutError):
                async with asyncio.timeout(0 if self._stopping else 0.5):
                    await self._news.wait()

    def _follows(self) -> bool:
        return self._sound and not self._stopping

    async def _go_on(self) -> bool:
        """What comes next: operations that aren't known yet, then changes, then all else."""
        if not self.knows_operations:
            return await self._fill()
        return await self._advance() or await self._fill()

    async def _advance(self) -> bool:
        async with self._database.reading() as session:
            changes = (
                await session.execute(
                    select(
                        ChangeRow.sequence,
                        ChangeRow.table,
                        ChangeRow.key,
                        ChangeRow.before,
                        ChangeRow.after,
                    )
                    .where(ChangeRow.sequence > self.sequence)
                    .order_by(ChangeRow.sequence)
                    .limit(2000)
                )
            ).all()
            if not changes:
                return False
            wanted: set[Record] = set()
            columns: set[str] = set()
            for change in changes:
                image = change.after or change.before or {}
                if change.table == "assets":
                    wanted.add(("assets", image.get("parent_id") or change.key))
                elif change.table == "classifications":
                    columns.add(image["asset_id"])
                elif change.table == "services":
                    offered = [*_offered(change.before), *_offered(change.after)]
                    wanted |= {("operations", name) for name in offered}
                else:
                    wanted.add((change.table, change.key))
            parents = await in_keys(session, Asset, columns)
            wanted |= {("assets", column.parent_id) for column in parents if column.parent_id}
            documents, stale = await render(session, self._registry, wanted)
        if stale:
            await asyncio.to_thread(self._index.delete, sorted(stale))
        if documents:
            await asyncio.to_thread(self._index.upsert, documents)
        if (stale or documents) and self._purge_at == float("inf"):
            self._purge_at = monotonic() + self._purge_after
        self._write_state(changes[-1].sequence)
        await self._tell()
        return True

    async def _fill(self) -> bool:
        """Take the next part of what an empty index has yet to hold."""
        if not self._backlog:
            return False
        if self.progress is None:
            self.progress = 0, len(self._backlog)
        part, total = self._backlog[:PART], self.progress[1]
        await asyncio.to_thread(self._index.upsert, await self._rendered(part))
        del self._backlog[:PART]
        self.progress = total - len(self._backlog), total
        if not self._backlog:
            self._settle()
        return True

    async def _resettle(self) -> None:
        await self._rebuild()
        self._sound = True
        self._settle()
        await self._tell()

    def _settle(self) -> None:
        self._settled, self.progress = True, None
        self._write_state(self.sequence)

    async def _rebuild(self) -> int:
        loop = asyncio.get_running_loop()

        def ask(question: Coroutine[Any, Any, list[T]]) -> list[T]:
            return asyncio.run_coroutine_threadsafe(question, loop).result()

        def documents() -> Iterator[Document]:
            # Asked from within the rebuild, which hears of every later change.
            listed = ask(self._records())
            self.progress = 0, len(listed)
            for start in range(0, len(listed), PART):
                yield from ask(self._rendered(listed[start : start + PART]))

        return await self._working(self._index.rebuild, documents())

    async def _purge(self) -> None:
        began = monotonic()
        self._purge_at = float("inf")
        if outdated := await asyncio.to_thread(self._index.outdated):
            log.info("erasing from the index what was deleted or replaced", documents=outdated)
            self.progress = 0, await asyncio.to_thread(self._index.count)
            await self._working(self._index.purge)
            # What changed meanwhile waits for the next.
            self._purge_at = monotonic() + max(
                self._purge_after, self._rest * (monotonic() - began)
            )

    async def _working(self, work: Callable[..., int], *given: object) -> int:
        def tell(done: int) -> None:
            if self._stopping:
                raise Stopped
            self.progress = done, self.progress[1] if self.progress else done

        try:
            return await asyncio.to_thread(work, *given, tell)
        finally:
            self.progress = None

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        async def watched() -> None:
            try:
                await work
            except Stopped:
                pass
            except Exception:
                log.exception("the index could not be rebuilt or purged")
                await asyncio.sleep(1)
            finally:
                self._aside = None

        self._aside = asyncio.create_task(watched())

    async def _rendered(self, part: list[Record]) -> list[Document]:
        async with self._database.reading() as session:
            documents, _ = await render(session, self._registry, part)
        return documents

    async def _records(self) -> list[Record]:
        async with self._database.reading() as session:
            return await records(session, self._registry)

    async def _head(self) -> int:
        async with self._database.reading() as session:
            return await session.scalar(NEWEST) or 0

    async def _tell(self) -> None:
        async with self._moved:
            self._moved.notify_all()

    def _read_state(self) -> int:
        if self._state is None or not self._state.exists():
            return 0
        text = self._state.read_text()
        return int(text) if text.isdigit() else 0

    def _write_state(self, sequence: int) -> None:
        self.sequence = sequence
        if self._state is not None and self._settled:
            self._state.write_text(str(sequence))


def _offered(image: dict[str, Any] | None) -> list[str]:
    """The names of the operations that a service has offered."""
    group = (image or {}).get("group") or (image or {}).get("name")
    return [f"{group}.{one['name']}" for one in (image or {}).get("operations", [])]
