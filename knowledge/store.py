"""One generation of the index: documents and words in SQLite, vectors in Chroma, kept equal.

Vectors are written before documents and deleted after them, and only documents are ever answered
with; so a process killed in between leaves nothing wrong to find, and `mend` evens it out.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from heapq import nsmallest
from pathlib import Path

from knowledge.documents import Document, Passage, Scope
from knowledge.embeddings import Embedder, Vectors
from knowledge.errors import RebuildIndex
from knowledge.lexical import FORMAT, Lexical, reported
from knowledge.vectors import MIRRORED, VectorStore, connect, disconnect

# How many of each side are weighed against each other: a score needs both sides' word.
CANDIDATES = 64
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

    def write(self, documents: Sequence[Document]) -> int:
        """Put in what is new or differs from what is there; gives how many that were."""
        written = 0
        latest = list({document.id: document for document in documents}.values())
        for start in range(0, len(latest), BATCH):
            batch = latest[start : start + BATCH]
            known = self._lexical.fetch(document.id for document in batch)
            changed = [document for document in batch if known.get(document.id) != document]
            self._embed(changed)
            self._lexical.write(changed)
            written += len(changed)
        return written

    def delete(self, ids: Sequence[str]) -> int:
        removed = self._lexical.delete(ids)
        self._vectors.delete(ids)
        return removed

    def search(self, query: str, vector: Vectors, scope: Scope, limit: int) -> list[Passage]:
        """The best passages in scope: cosine, plus what rare words and names say for a document."""
        evidence = self._lexical.evidence(query, scope)
        pool = max(CANDIDATES, limit)
        cosines = self._vectors.nearest(vector, scope, pool)
        strongest = nsmallest(pool, evidence, key=lambda id_: (-evidence[id_], id_))
        cosines |= self._vectors.cosines(vector, [id_ for id_ in strongest if id_ not in cosines])
        # Rounded, so that the order doesn't hang on the last digits of a float32.
        scores = {id_: round(cosine + evidence.get(id_, 0.0), 4) for id_, cosine in cosines.items()}
        # Twice as many as needed: of a document just deleted, the vector may still be there.
        ranked = nsmallest(2 * limit, scores, key=lambda id_: (-scores[id_], id_))
        documents = self._lexical.fetch(ranked, scope)
        best = [id_ for id_ in ranked if id_ in documents][:limit]
        return [
            Passage(document=documents[id_], score=scores[id_], rank=rank)
            for rank, id_ in enumerate(best, start=1)
        ]

    def holding(self, query: str, scope: Scope, limit: int) -> list[str]:
        """The ids of the documents in scope that hold every word of the query."""
        return self._lexical.holding(query, scope, limit)

    def count(self) -> int:
        return self._lexical.count()

    def become(self, collection: str) -> None:
        """On a shared Chroma server: take the place of the collection of that name."""
        self._vectors.become(collection)

    def discard(self) -> None:
        """On a shared Chroma server: drop the collection."""
        self._vectors.discard()

    def close(self) -> None:
        self._lexical.close()
        self._vectors.close()

    def _embed(self, documents: Sequence[Document]) -> None:
        """Give each its vector, unless the one it has (from another process, or from a write that
        was cut short) is of the same text."""
        held = self._vectors.stamps([document.id for document in documents])
        missing = [document for document in documents if held.get(document.id) != document.stamp]
        if missing:
            self._vectors.write(
                [document.id for document in missing],
                self._embedder.embed([document.passage for document in missing]),
                [document.stamp for document in missing],
            )


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
        mirrored = MIRRORED if chroma_url is None else 0
        vectors = VectorStore(client, collection, embedder.dimension, mirrored)
        store = Store(lexical, vectors, embedder)
        store.mend(alone=chroma_url is None)
        undo.pop_all()
        return store


def _described(about: dict[str, str]) -> str:
    return f"{about['model']} ({about['dimension']} dimensions, format {about['format']})"
