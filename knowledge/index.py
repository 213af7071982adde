"""The index: documents in, ranked passages with citations out. The face of the package.

Synchronous and thread-safe; nothing is opened, and no model loaded, before the first use. Rights
are applied inside: what a caller can't see changes neither his passages, their order nor scores.
A directory has one owner process, unless vectors are kept on a Chroma server.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from threading import Condition, Lock, RLock

from filelock import FileLock, Timeout

from knowledge.documents import Document, Passage, Scope, Visibility
from knowledge.embeddings import Embedder, Vectors
from knowledge.errors import MendEmbeddings, MendIndexStore, RebuildIndex
from knowledge.lexical import reported
from knowledge.store import Store, open_store
from knowledge.vectors import collection_name

QUERIES_REMEMBERED = 512
# So many documents of a rebuild are written at once, and then told of.
PART = 64


@dataclass(eq=False)
class _Generation:
    """A store in use. Once retired, its last user closes it and removes its files."""

    name: str
    store: Store
    users: int = 0
    retired: bool = False


class Index:
    """Documents in `directory` (None: in a temporary one, gone with `close`).

    Under it lies one folder a generation; the file CURRENT names the one in use, and replacing it
    is what swaps them. Every method can raise `RebuildIndex`, `MendEmbeddings`, `MendIndexStore`.
    """

    def __init__(
        self, directory: Path | None, embedder: Embedder, chroma_url: str | None = None
    ) -> None:
        self._temporary = None if directory else TemporaryDirectory(prefix="racine-index-")
        self._directory = Path(directory or self._temporary.name)  # type: ignore[union-attr]
        self._embedder = embedder
        self._chroma_url = chroma_url
        self._lock = FileLock(self._directory / "owner.lock", timeout=0, thread_local=False)
        self._rebuilding = Lock()
        self._writing = RLock()
        self._guard = Condition()
        self._users = 0
        self._current: _Generation | None = None
        # What was written or deleted while a rebuild goes on; None while none does.
        self._touched: set[str] | None = None
        self._closed = False
        self._embedded = lru_cache(QUERIES_REMEMBERED)(self._embed)

    def upsert(self, documents: Sequence[Document]) -> int:
        """Put in what is new or changed, embedding only that; gives how many that were."""
        with self._writing, self._use() as store:
            self._touch(document.id for document in documents)
            return store.write(documents)

    def delete(self, ids: Sequence[str]) -> int:
        """Remove, and erase the text from disk; the vectors' bytes go with the next `purge`."""
        with self._writing, self._use() as store:
            self._touch(ids)
            return store.delete(ids)

    @property
    def shared(self) -> bool:
        """Whether other processes keep their vectors in the same collection, on a server."""
        return self._chroma_url is not None

    def outdated(self) -> int:
        """How many deleted or replaced documents may have left bytes on disk for `purge` to erase.

        None on a shared Chroma server, whose files aren't ours.
        """
        if self.shared:
            return 0
        with self._use() as store:
            return store.outdated()

    def purge(self, progress: Callable[[int], None] | None = None) -> int:
        """Erase from disk all of what was deleted or replaced, by a rebuild from what is there."""
        return self.rebuild(self._documents(), progress)

    def rebuild(
        self, documents: Iterable[Document], progress: Callable[[int], None] | None = None
    ) -> int:
        """Build anew beside what is there, then swap and remove the old files; gives the count.

        Searches and writes go on meanwhile; what is written wins over what is given. A text that
        the old index knows isn't embedded again. If it fails, or the index is closed, the old
        index stays.
        """
        with self._rebuilding, ExitStack() as undo:
            with self._writing:
                self._own()
                self._touched = set()
                undo.callback(setattr, self, "_touched", None)
            old = undo.enter_context(self._use_if_sound())
            generation = f"index-{token_hex(4)}"
            folder = self._directory / generation
            collection = self._collection
            building = f"{collection}.{generation}" if self._chroma_url else collection
            with ExitStack() as failed, reported(folder):
                failed.callback(shutil.rmtree, folder, ignore_errors=True)
                fresh = open_store(folder, self._embedder, self._chroma_url, building)
                failed.callback(fresh.close)
                if self._chroma_url is not None:
                    failed.callback(fresh.discard)
                fresh.draft()
                rest, done = iter(documents), 0
                while batch := list(islice(rest, PART)):
                    self._refuse_if_closed()
                    done += fresh.write(batch, old)
                    if progress is not None:
                        progress(done)

                def go_on() -> None:
                    self._refuse_if_closed()
                    if progress is not None:
                        progress(done)

                fresh.publish(folder, go_on)
                with self._writing:
                    self._refuse_if_closed()
                    if old is not None:
                        fresh.take_over(sorted(self._touched), old)
                    if self._chroma_url is not None:
                        fresh.become(collection)
                    failed.pop_all()
                    self._swap(_Generation(generation, fresh))
            return fresh.count()

    def search(
        self,
        query: str,
        visible: Visibility,
        limit: int = 8,
        kinds: Collection[str] | None = None,
    ) -> list[Passage]:
        """The best passages that the caller may see, best first; of these kinds, if any are given.

        An empty query, or one that no document can answer (no kinds), finds nothing.
        """
        if _unanswerable(query, limit, kinds):
            return []
        with self._use() as store:
            vector = self._embedded(query)
            return store.search(query, vector, Scope.of(visible, kinds), limit)

    def scores(
        self, query: str, visible: Visibility, limit: int, kinds: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """The ids of the passages that `search` finds, with their scores, where that is enough."""
        if _unanswerable(query, limit, kinds):
            return []
        with self._use() as store:
            vector = self._embedded(query)
            return list(store.scores(query, vector, Scope.of(visible, kinds), limit).items())

    def holding(
        self, query: str, visible: Visibility, limit: int, kinds: Collection[str] | None = None
    ) -> list[str]:
        """The ids of all documents, at most `limit`, that the caller may see and that hold every
        word of the query: unranked, for counting."""
        with self._use() as store:
            return store.holding(query, Scope.of(visible, kinds), limit)

    def count(self) -> int:
        """How many documents there are, seen by whomever: for health, never for an answer."""
        with self._use() as store:
            return store.count()

    def close(self) -> None:
        """Let go of files, lock and connections once running calls have ended, and end a rebuild.
        Final."""
        self._closed = True
        with self._rebuilding, self._writing, self._guard:
            self._guard.wait_for(lambda: not self._users)
            if self._current is not None:
                self._current.store.close()
                self._current = None
            self._lock.release()
            if self._temporary is not None:
                self._temporary.cleanup()

    def _embed(self, query: str) -> Vectors:
        vector: Vectors = self._embedder.embed([query])[0]
        vector.flags.writeable = False
        return vector

    @property
    def _collection(self) -> str:
        return collection_name(self._embedder.name, self._embedder.dimension)

    @property
    def _pointer(self) -> Path:
        return self._directory / "CURRENT"

    @contextmanager
    def _use(self) -> Iterator[Store]:
        """The store, opened if need be, which isn't closed while in use."""
        with self._guard:
            generation = self._opened()
            generation.users += 1
            self._users += 1
        try:
            with reported(self._directory):
                yield generation.store
        finally:
            with self._guard:
                generation.users -= 1
                last = generation.retired and not generation.users
            if last:
                self._dispose(generation)
            with self._guard:
                self._users -= 1
                self._guard.notify_all()

    @contextmanager
    def _use_if_sound(self) -> Iterator[Store | None]:
        with ExitStack() as use:
            try:
                store = use.enter_context(self._use())
            except (RebuildIndex, MendIndexStore, MendEmbeddings):
                store = None
            yield store

    def _opened(self) -> _Generation:
        self._refuse_if_closed()
        if self._current is not None and self._superseded(self._current):
            self._retire()
        if self._current is None:
            self._own()
            name = self._pointed() or f"index-{token_hex(4)}"
            folder = self._directory / name
            store = open_store(folder, self._embedder, self._chroma_url, self._collection)
            self._current = _Generation(name, store)
            self._point_at(name)
        return self._current

    def _superseded(self, generation: _Generation) -> bool:
        """With a Chroma server, another process may have rebuilt the index under us."""
        return self._chroma_url is not None and self._pointed() != generation.name

    def _pointed(self) -> str:
        return self._pointer.read_text() if self._pointer.exists() else ""

    def _swap(self, fresh: _Generation) -> None:
        """From here on searches use the fresh generation; those under way end with the old one."""
        with self._guard:
            replaced = self._pointed()
            if replaced and (self._current is None or self._current.name != replaced):
                shutil.rmtree(self._directory / replaced, ignore_errors=True)  # nobody uses it
            self._point_at(fresh.name)
            self._retire()
            self._current = fresh

    def _retire(self) -> None:
        if (old := self._current) is not None:
            self._current, old.retired = None, True
            if not old.users:
                self._dispose(old)

    def _dispose(self, generation: _Generation) -> None:
        generation.store.close()
        shutil.rmtree(self._directory / generation.name, ignore_errors=True)

    def _touch(self, ids: Iterable[str]) -> None:
        if self._touched is not None:
            self._touched.update(ids)

    def _documents(self) -> Iterator[Document]:
        number = 0
        while True:
            with self._use() as store:
                page = store.after(number, PART)
            if not page:
                return
            for number, document in page:  # noqa: B007 - the next page starts behind the last
                yield document

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise MendIndexStore("The index is closed. Make a new Index over its directory.")

    def _point_at(self, generation: str) -> None:
        if self._pointed() != generation:
            replacement = self._pointer.with_suffix(".new")
            replacement.write_text(generation)
            replacement.replace(self._pointer)

    def _own(self) -> None:
        """Make the directory ours, and remove what a killed rebuild left in it."""
        self._refuse_if_closed()
        self._directory.mkdir(parents=True, exist_ok=True)
        if self._chroma_url is not None or self._lock.is_locked:
            return
        try:
            self._lock.acquire()
        except Timeout:
            raise MendIndexStore(
                f"Another process owns the index in {self._directory}. Stop it, or let both use a "
                "Chroma server: set RACINE_CHROMA_URL."
            ) from None
        for folder in self._directory.glob("index-*"):
            if folder.name != self._pointed():
                shutil.rmtree(folder, ignore_errors=True)


def _unanswerable(query: str, limit: int, kinds: Collection[str] | None) -> bool:
    return not query.strip() or limit < 1 or (kinds is not None and not kinds)
