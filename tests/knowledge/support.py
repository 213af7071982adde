"""Factories for the tests of the index."""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from knowledge.documents import Document, Passage, Visibility
from knowledge.embeddings import Vectors, normalised

SHARED = Path(os.environ.get("RACINE_SHARED", Path(__file__).parents[3] / "shared"))
ALL = Visibility(sources=None)


class Letters:
    """A small embedder: counts three-letter runs. Remembers what it was asked to embed."""

    def __init__(self, name: str = "letters", dimension: int = 64) -> None:
        self.name = name
        self.dimension = dimension
        self.embedded: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.embedded.extend(texts)
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for start in range(len(text)):
                run = text[start : start + 3].lower().encode()
                rows[row, zlib.crc32(run) % self.dimension] += 1
        return normalised(rows)


def document(id_: str, text: str = "", **given: object) -> Document:
    fields = {"kind": "asset", "title": id_, "text": text, "url": f"/{id_}"} | given
    return Document.model_validate({"id": id_, **fields})


def sees(*sources: str) -> Visibility:
    return Visibility(sources=frozenset(sources))


def ids(passages: Sequence[Passage]) -> list[str]:
    return [passage.document.id for passage in passages]
