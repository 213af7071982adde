"""How much a sentence resembles the examples of operations by its meaning: cosines of embeddings.

The examples' vectors are made beforehand and ship in `likeness.npz`, so that no start waits for
them. `python -m agent.likeness` makes the file again when examples or phrasings have changed;
operations of outside services, which nobody knew then, are found by their words alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from agent.planning import features
from agent.planning.phrasings import PHRASINGS
from agent.planning.types import Card
from knowledge.embeddings import MiniLM

FILE = Path(__file__).parent / "likeness.npz"
SCALE = 127  # of a coordinate in eight bits
NEAREST = 60  # sentences
REMEMBERED = 512


class Likeness:
    """What `understand` takes as its `similarity`.

    Args:
        cards: the operations to tell apart.
    """

    def __init__(self, cards: Mapping[str, Card]) -> None:
        sentences, vectors = _shipped()
        places = {sentence: i for i, sentence in enumerate(sentences)}
        rows = [(name, places[said]) for name, said in examples(cards.values()) if said in places]
        self._names = [name for name, _ in rows]
        self._vectors = vectors[[i for _, i in rows]]
        self._embedder = MiniLM()
        self._ranked = lru_cache(maxsize=REMEMBERED)(self._rank)

    def __call__(self, sentence: str) -> list[tuple[str, float]]:
        """The operations by their nearest example, best first, each with its cosine."""
        return list(self._ranked(sentence))

    def _rank(self, sentence: str) -> tuple[tuple[str, float], ...]:
        if not self._names:
            return ()
        cosines = self._vectors @ self._embedder.embed([sentence])[0]
        best: dict[str, float] = {}
        for i in np.argsort(-cosines)[:NEAREST]:
            best.setdefault(self._names[i], float(cosines[i]))
        return tuple(best.items())


def examples(cards: Iterable[Card]) -> list[tuple[str, str]]:
    """Operations with what people say who ask for them, its names exchanged for common ones."""
    return [
        (card.name, features.unnamed_sample(said))
        for card in cards
        for said in (*card.examples, *PHRASINGS.get(card.name, ()))
    ]


@lru_cache(maxsize=1)
def _shipped() -> tuple[list[str], NDArray[np.float32]]:
    with np.load(FILE) as file:
        vectors = file["vectors"].astype(np.float32) / SCALE
        return list(file["sentences"]), vectors


def make(cards: Iterable[Card], path: Path = FILE) -> int:
    """Write the vectors of all that people say; returns how many sentences there are."""
    sentences = sorted({said for _, said in examples(cards)})
    vectors = np.round(MiniLM(threads=2).embed(sentences) * SCALE).astype(np.int8)
    np.savez_compressed(path, sentences=np.array(sentences), vectors=vectors)
    return len(sentences)


if __name__ == "__main__":
    from tools.registry import Registry

    make(
        Card(one.name, one.summary, one.examples, one.effect.value, one.schema)
        for one in Registry()
        if one.agent
    )
