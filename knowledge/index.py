"""The index: documents in, ranked passages with citations out. The face of the package.

Synchronous and thread-safe; nothing is opened, and no model loaded, before the first use. Rights
are applied inside: what a caller can't see changes neither his passages, their order nor scores.
A directory has one owner process, unless vectors are kept on a Chroma server.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from itertools import islice
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from threading import Condition, RLock

from filelock import FileLock, Timeout

from knowledge.documents import Document, Passage, Scope, Visibility
from knowledge.embeddings import Embedder, Vectors
from knowledge.errors import MendIndexStore
from knowledge.lexical import reported
from knowledge.store import BATCH, Store, open_store
from knowledge.vectors import collection_name

QUERIES_REMEMBERED = 512


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
        self._writing = RLock()
        self._readers = Condition()
        self._reading = 0
        self._store: Store | None = None
        self._generation = ""
        self._closed = False
        self._embedded = lru_cache(QUERIES_REMEMBERED)(self._embed)

    def upsert(self, documents: Sequence[Document]) -> int:
        """Put in what is new or changed, embedding only that; gives how many that were."""
        with self._writing, self._use() as store:
            return store.write(documents)

    def delete(self, ids: Sequence[str]) -> int:
        """Remove, and erase the text from disk; the vectors' bytes go with the next `rebuild`."""
        with self._writing, self._use() as store:
            return store.delete(ids)

    def rebuild(
        self, documents: Iterable[Document], progress: Callable[[int], None] | None = None
    ) -> int:
        """Build anew beside what is there, then swap and remove the old files; gives the count.

        Searches go on meanwhile; `upsert` and `delete` wait. If it fails, the old index stays.
        """
        with self._writing:
            self._own()
            generation = f"index-{token_hex(4)}"
            folder = self._directory / generation
            collection = self._collection
            building = f"{collection}.{generation}" if self._chroma_url else collection
            with ExitStack() as undo:
                undo.callback(shutil.rmtree, folder, ignore_errors=True)
                fresh = open_store(folder, self._embedder, self._chroma_url, building)
                undo.callback(fresh.close)
                if self._chroma_url is not None:
                    undo.callback(fresh.discard)
                rest, done = iter(documents), 0
                while batch := list(islice(rest, BATCH)):
                    with reported(folder):
                        done += fresh.write(batch)
                    if progress is not None:
                        progress(done)
                if self._chroma_url is not None:
                    fresh.become(collection)
                undo.pop_all()
            self._swap(fresh, generation)
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
        if not query.strip() or limit < 1 or (kinds is not None and not kinds):
            return []
        with self._use() as store:
            vector = self._embedded(query)
            return store.search(query, vector, Scope.of(visible, kinds), limit)

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
        """Let go of files, lock and connections once running calls have ended. Final."""
        with self._writing, self._readers:
            self._readers.wait_for(lambda: not self._reading)
            self._closed = True
            self._release()
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
        """The store, opened if need be, which isn't swapped or closed while in use."""
        with self._readers:
            store = self._opened()
            self._reading += 1
        try:
            with reported(self._directory):
                yield store
        finally:
            with self._readers:
                self._reading -= 1
                self._readers.notify_all()

    def _opened(self) -> Store:
        if self._store is not None and self._superseded():
            self._readers.wait_for(lambda: not self._reading)
            self._release()
        if self._store is None:
            self._own()
            self._generation = self._pointed() or f"index-{token_hex(4)}"
            folder = self._directory / self._generation
            self._store = open_store(folder, self._embedder, self._chroma_url, self._collection)
            self._point_at(self._generation)
        return self._store

    def _superseded(self) -> bool:
        """With a Chroma server, another process may have rebuilt the index under us."""
        return self._chroma_url is not None and self._pointed() != self._generation

    def _pointed(self) -> str:
        return self._pointer.read_text() if self._pointer.exists() else ""

    def _swap(self, fresh: Store, generation: str) -> None:
        with self._readers:
            self._readers.wait_for(lambda: not self._reading)
            self._release()
            replaced = self._pointed()
            self._store = fresh
            self._generation = generation
            self._point_at(generation)
            if replaced:
                shutil.rmtree(self._directory / replaced, ignore_errors=True)

    def _point_at(self, generation: str) -> None:
        if self._pointed() != generation:
            replacement = self._pointer.with_suffix(".new")
            replacement.write_text(generation)
            replacement.replace(self._pointer)

    def _own(self) -> None:
        """Make the directory ours, and remove what a killed rebuild left in it."""
        if self._closed:
            raise MendIndexStore("The index is closed. Make a new Index over its directory.")
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

    def _release(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None
