"""Vectors in this process: the nearest among precisely what a scope admits. Thread-safe.

A mirror of what Chroma keeps, for the one process that owns it. Up to `EXACT` admitted rows every
cosine is computed; of more, those of the rows whose signs agree best with the query's: at 100,000
a millisecond and a half whatever the scope, where Chroma with a filter takes forty to five hundred.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from knowledge.documents import Scope, Stamp
from knowledge.embeddings import Vectors

# Of the exact nearest eight of 100,000, 99 % are among the 3,000 likeliest.
EXACT = 6_000
LIKELIEST = 3_000


class Matrix:
    """Rows of length one by id. Rows beyond the last id are spare."""

    def __init__(self, dimension: int) -> None:
        self._lock = Lock()
        self._vectors: Vectors = np.empty((64, dimension), dtype=np.float32)
        # The signs of each row's numbers as bits, 64 to a word, a row's words below each other.
        self._signs: NDArray[np.uint64] = np.empty((-(-dimension // 64), 64), dtype=np.uint64)
        self._groups: NDArray[np.int32] = np.empty(64, dtype=np.int32)
        self._ids: list[str] = []
        self._stamps: list[Stamp] = []
        self._rows: dict[str, int] = {}
        self._codes: dict[tuple[str | None, str], int] = {}

    def __len__(self) -> int:
        return len(self._ids)

    def stamps(self, ids: Iterable[str] | None = None) -> dict[str, Stamp]:
        with self._lock:
            chosen = self._ids if ids is None else [id_ for id_ in ids if id_ in self._rows]
            return {id_: self._stamps[self._rows[id_]] for id_ in chosen}

    def put(self, ids: Sequence[str], vectors: Vectors, stamps: Sequence[Stamp]) -> None:
        signs = _signs(vectors)
        with self._lock:
            for place, (id_, vector, stamp) in enumerate(zip(ids, vectors, stamps, strict=True)):
                row = self._rows.setdefault(id_, len(self._ids))
                if row == len(self._ids):
                    self._ids.append(id_)
                    self._stamps.append(stamp)
                    self._grow()
                self._stamps[row] = stamp
                self._vectors[row] = vector
                self._signs[:, row] = signs[:, place]
                group = (stamp.source_id, stamp.kind)
                self._groups[row] = self._codes.setdefault(group, len(self._codes))

    def drop(self, ids: Iterable[str]) -> None:
        with self._lock:
            for id_ in ids:
                if (row := self._rows.pop(id_, None)) is None:
                    continue
                # The last row takes the place of the one that goes.
                last, stamp = self._ids.pop(), self._stamps.pop()
                if last != id_:
                    self._ids[row], self._stamps[row], self._rows[last] = last, stamp, row
                    self._vectors[row] = self._vectors[len(self._ids)]
                    self._signs[:, row] = self._signs[:, len(self._ids)]
                    self._groups[row] = self._groups[len(self._ids)]
                self._vectors[len(self._ids)] = 0
                self._signs[:, len(self._ids)] = 0

    def nearest(self, query: Vectors, scope: Scope, limit: int) -> dict[str, float]:
        """The cosines of the nearest `limit` ids that the scope admits."""
        with self._lock:
            size = len(self._ids)
            if not size:
                return {}
            admitted = np.array([scope.admits(*group) for group in self._codes])
            rows = np.flatnonzero(admitted[self._groups[:size]])
            if len(rows) > EXACT:
                rows = self._likeliest(query, rows)
            # Unlike `@`, vecdot takes each row alone (a cosine doesn't hang on which other rows
            # there are) and starts no BLAS threads, which would burn a core spinning.
            cosines = np.vecdot(self._vectors[rows], query)
            if len(rows) > limit:
                best = np.argpartition(-cosines, limit - 1)[:limit]
                rows, cosines = rows[best], cosines[best]
            return {
                self._ids[row]: float(cosine) for row, cosine in zip(rows, cosines, strict=True)
            }

    def cosines(self, query: Vectors, ids: Iterable[str]) -> dict[str, float]:
        with self._lock:
            known = [id_ for id_ in ids if id_ in self._rows]
            rows = [self._rows[id_] for id_ in known]
            return dict(zip(known, np.vecdot(self._vectors[rows], query).tolist(), strict=True))

    def vectors(self, ids: Iterable[str]) -> dict[str, Vectors]:
        with self._lock:
            return {id_: self._vectors[self._rows[id_]].copy() for id_ in ids if id_ in self._rows}

    def content(self) -> tuple[list[str], Vectors, list[Stamp]]:
        with self._lock:
            return list(self._ids), self._vectors[: len(self._ids)], list(self._stamps)

    def _likeliest(self, query: Vectors, rows: NDArray[np.intp]) -> NDArray[np.intp]:
        wanted = _signs(query[None])
        differing = np.zeros(len(self._ids), dtype=np.uint16)
        for word, signs in zip(wanted[:, 0], self._signs, strict=True):
            differing += np.bitwise_count(signs[: len(self._ids)] ^ word)
        differing = differing[rows]
        # As far as it takes, and all that are as far: no place is decided by where a row lies.
        reached = np.cumsum(np.bincount(differing)) >= LIKELIEST
        return rows[differing <= np.argmax(reached)]

    def _grow(self) -> None:
        if len(self._ids) > len(self._vectors):
            self._vectors = np.concatenate([self._vectors, np.empty_like(self._vectors)])
            self._signs = np.concatenate([self._signs, np.empty_like(self._signs)], axis=1)
            self._groups = np.concatenate([self._groups, np.empty_like(self._groups)])


def _signs(vectors: Vectors) -> NDArray[np.uint64]:
    bits = np.packbits(vectors > 0, axis=1)
    words = np.pad(bits, ((0, 0), (0, -bits.shape[1] % 8))).view(np.uint64)
    return np.ascontiguousarray(words.T)
