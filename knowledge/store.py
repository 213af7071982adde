"""One generation of the index: documents and words in SQLite, vectors in Chroma, kept equal.

Vectors are written before documents and deleted after them, and only documents are ever answered
with; so a process killed in between leaves nothing wrong to find, and `mend` evens it out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from heapq import nsmallest
from pathlib import Path

import numpy as np

from knowledge.documents import Document, Passage, Scope
from knowledge.embeddings import Embedder, Vectors
from knowledge.errors import RebuildIndex
from knowledge.lexical import FORMAT, Lexical, reported
from knowledge.vectors import VectorStore, connect, disconnect

# How many of each side are weighed against each other: a score needs both sides' word.
CANDIDATES = 64
# What answers a question often lies beside what was found: a source counts for its documents.
CONTEXT = 0.3
BATCH = 64


class Store:
    """Thread-safe for readers; its one writer at a time is the caller's affair."""

    def __init__(self, lexical: Lexical, vectors: VectorStore, embedder: Embedder) -> None:
        self._lexical = lexical
        self._vectors = vectors
        self._embedder = embedder

    def mend(self, *, alone: bool) -> None:
        """Even out what a killed process left. Vectors without a document go only if no other
        process (`alone`) can have put them there for documents that it holds."""
        wanted, held = self._lexical.stamps(), self._vectors.stamps()
        stale = [id_ for id_, stamp in wanted.items() if held.get(id_) != stamp]
        for start in range(0, len(stale), BATCH):
            self._embed(list(self._lexical.fetch(stale[start : start + BATCH]).values()))
        if alone:
            self._vectors.delete([id_ for id_ in held if id_ not in wanted])

    def write(self, documents: Sequence[Document], known: Store | None = None) -> int:
        """Put in what is new or differs from what is there; gives how many that were.

        A text that the store `known` holds isn't embedded again.
        """
        written = 0
        latest = list({document.id: document for document in documents}.values())
        for start in range(0, len(latest), BATCH):
            batch = latest[start : start + BATCH]
            there = self._lexical.fetch(document.id for document in batch)
            changed = [document for document in batch if there.get(document.id) != document]
            self._embed(changed, known)
            self._lexical.write(changed)
            written += len(changed)
        return written

    def take_over(self, ids: Sequence[str], other: Store) -> None:
        """Hold of these documents what the other store holds, and no more."""
        held = other._lexical.fetch(ids)
        self.write(list(held.values()), other)
        self.delete([id_ for id_ in ids if id_ not in held])

    def delete(self, ids: Sequence[str]) -> int:
        removed = self._lexical.delete(ids)
        self._vectors.delete(ids)
        return removed

    def search(self, query: str, vector: Vectors, scope: Scope, limit: int) -> list[Passage]:
        """The best passages in scope, best first."""
        scores = self.scores(query, vector, scope, limit)
        documents = self._lexical.fetch(scores, scope)
        return [
            Passage(document=documents[id_], score=scores[id_], rank=rank)
            for rank, id_ in enumerate([id_ for id_ in scores if id_ in documents], start=1)
        ]

    def scores(self, query: str, vector: Vectors, scope: Scope, limit: int) -> dict[str, float]:
        """The ids of the best documents in scope, best first, each with its score: cosine, plus
        what rare words and names say for a document, less what the best of its source is behind
        the best of all."""
        pool = max(CANDIDATES, limit)
        cosines = self._vectors.nearest(vector, scope, pool)
        evidence = self._lexical.evidence(query, scope, pool, cosines)
        cosines |= self._vectors.cosines(vector, [id_ for id_ in evidence if id_ not in cosines])
        # Of a document just deleted, the vector may still be there.
        sources = self._lexical.sources(cosines, scope)
        own = {id_: cosines[id_] + evidence.get(id_, 0.0) for id_ in sources}
        best: dict[str | None, float] = {}
        for id_, source in sources.items():
            best[source] = max(own[id_], best.get(source, -1.0))
        most = max(best.values(), default=0.0)
        # Rounded, so that the order doesn't hang on the last digits of a float32.
        scores = {
            id_: round(score - CONTEXT * (most - best[sources[id_]]), 4)
            for id_, score in own.items()
        }
        ranked = nsmallest(limit, scores, key=lambda id_: (-scores[id_], id_))
        return {id_: scores[id_] for id_ in ranked}

    def holding(self, query: str, scope: Scope, limit: int) -> list[str]:
        """The ids of the documents in scope that hold every word of the query."""
        return self._lexical.holding(query, scope, limit)

    def after(self, number: int, limit: int) -> list[tuple[int, Document]]:
        """Documents in the order of their numbers, those above `number`."""
        return self._lexical.after(number, limit)

    def outdated(self) -> int:
        """How many documents were deleted or replaced since the store was made."""
        return self._lexical.outdated()

    def count(self) -> int:
        return self._lexical.count()

    def draft(self) -> None:
        """Keep vectors that are written from here on in memory, until `publish`."""
        self._vectors.draft()

    def publish(self, folder: Path, go_on: Callable[[], None]) -> None:
        """Write the drafted vectors under the store's folder; `go_on` may raise to end it."""
        self._vectors.publish(folder, go_on)

    def become(self, collection: str) -> None:
        """On a shared Chroma server: take the place of the collection of that name."""
        self._vectors.become(collection)

    def discard(self) -> None:
        """On a shared Chroma server: drop the collection."""
        self._vectors.discard()

    def close(self) -> None:
        self._lexical.close()
        self._vectors.close()

    def _embed(self, documents: Sequence[Document], known: Store | None = None) -> None:
        """Give each its vector, unless the one it has (from another process, or from a write that
        was cut short) is of the same text."""
        held = self._vectors.stamps([document.id for document in documents])
        missing = [document for document in documents if held.get(document.id) != document.stamp]
        if not missing:
            return
        found = known._vectors_of(missing) if known is not None else {}
        unknown = [document for document in missing if document.id not in found]
        embedded = self._embedder.embed([document.passage for document in unknown])
        found |= {document.id: row for document, row in zip(unknown, embedded, strict=True)}
        self._vectors.write(
            [document.id for document in missing],
            np.array([found[document.id] for document in missing], dtype=np.float32),
            [document.stamp for document in missing],
        )

    def _vectors_of(self, documents: Sequence[Document]) -> dict[str, Vectors]:
        """The vectors of those whose text is the one that was embedded."""
        held = self._vectors.stamps([document.id for document in documents])
        same = [
            document.id
            for document in documents
            if document.id in held and held[document.id].fingerprint == document.stamp.fingerprint
        ]
        return self._vectors.vectors(same)


def open_store(folder: Path, embedder: Embedder, chroma_url: str | None, collection: str) -> Store:
    """The store in a folder, made if it isn't there.

    Raises `RebuildIndex` if what is there is damaged, of another format, or of another model.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = {"format": str(FORMAT), "model": embedder.name, "dimension": str(embedder.dimension)}
    with ExitStack() as undo, reported(folder):
        lexical = Lexical(folder / "lexical.db")
        undo.callback(lexical.close)
        found = lexical.about() or made
        if found != made:
            raise RebuildIndex(
                f"The index in {folder} was made with {_described(found)}, and this program is set "
                f"to {_described(made)}. Run `racine index rebuild`, or set RACINE_EMBEDDINGS back."
            )
        lexical.describe(made)
        client = connect(folder / "chroma", chroma_url)
        undo.callback(disconnect, client)
        vectors = VectorStore(client, collection, embedder.dimension, owned=chroma_url is None)
        store = Store(lexical, vectors, embedder)
        store.mend(alone=chroma_url is None)
        undo.pop_all()
        return store


def _described(about: dict[str, str]) -> str:
    return f"{about['model']} ({about['dimension']} dimensions, format {about['format']})"
