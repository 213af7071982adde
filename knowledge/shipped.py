"""Vectors that ship: of the controls, rules, labels, operations and examples that every Racine has.

MiniLM made them beforehand, so that nobody's first start waits for them. They are found by their
text's hash: what has changed since is embedded like any other. `make vectors` writes them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).parent / "shipped.npz"
DIGEST = 16  # bytes
LARGEST = 127  # of a vector's coordinates, in eight bits; its length is lost, and is one


def known(texts: Iterable[str], path: Path = FILE) -> dict[str, NDArray[np.float32]]:
    """The vectors, of length one, of those of the texts that ship."""
    places, vectors = _read(path)
    rows = {text: places[key] for text in texts if (key := digest(text)) in places}
    found = vectors[list(rows.values())].astype(np.float32)
    return dict(zip(rows, found / np.linalg.norm(found, axis=1, keepdims=True), strict=True))


def digests(path: Path = FILE) -> frozenset[bytes]:
    """Which texts ship, by their digests."""
    return frozenset(_read(path)[0])


def digest(text: str) -> bytes:
    """What a text is found by."""
    return hashlib.sha256(text.encode()).digest()[:DIGEST]


def write(
    texts: Iterable[str],
    embed: Callable[[Sequence[str]], NDArray[np.float32]],
    path: Path = FILE,
) -> int:
    """Write the vectors of these texts; returns how many there are."""
    by_digest = dict(sorted((digest(text), text) for text in texts))
    vectors = embed(list(by_digest.values()))
    np.savez(
        path,
        digests=np.frombuffer(b"".join(by_digest), dtype=np.uint8).reshape(-1, DIGEST),
        vectors=np.round(vectors / abs(vectors).max(axis=1, keepdims=True) * LARGEST).astype(
            np.int8
        ),
    )
    _read.cache_clear()
    return len(by_digest)


@lru_cache(maxsize=2)
def _read(path: Path) -> tuple[dict[bytes, int], NDArray[np.int8]]:
    with np.load(path) as file:
        return {row.tobytes(): i for i, row in enumerate(file["digests"])}, file["vectors"]
