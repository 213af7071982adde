"""How much a sentence resembles the examples of operations by its meaning: cosines of embeddings.

The examples' vectors ship (`knowledge.shipped`), so that no start waits for them; operations of
outside services, which nobody knew then, are found by their words alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from agent.planning import features
from agent.planning.phrasings import PHRASINGS
from agent.planning.types import Card
from knowledge.embeddings import MiniLM
from knowledge.shipped import known

NEAREST = 60  # sentences
REMEMBERED = 512


class Likeness:
    """What `understand` takes as its `similarity`.

    Args:
        cards: the operations to tell apart.
    """

    def __init__(self, cards: Mapping[str, Card]) -> None:
        self._names, self._vectors = _told(tuple(examples(cards.values())))
        self._embedder = MiniLM()
        self._ranked = lru_cache(maxsize=REMEMBERED)(self._rank)

    def __call__(self, sentence: str) -> list[tuple[str, float]]:
        """The operations by their nearest example, best first, each with its cosine."""
        return list(self._ranked(sentence))

    def _rank(self, sentence: str) -> tuple[tuple[str, float], ...]:
        if not self._names:
            return ()
        # Unlike `@`, vecdot starts no BLAS threads, which would burn a core spinning.
        cosines = np.vecdot(self._vectors, self._embedder.embed([sentence])[0])
        best: dict[str, float] = {}
        for i in np.argsort(-cosines)[:NEAREST]:
            best.setdefault(self._names[i], float(cosines[i]))
        return tuple(best.items())


@lru_cache(maxsize=4)
def _told(said: tuple[tuple[str, str], ...]) -> tuple[list[str], NDArray[np.float32]]:
    """The operations of those sentences whose vectors are known, beside these."""
    vectors = known(sentence for _, sentence in said)
    told = [(name, vectors[sentence]) for name, sentence in said if sentence in vectors]
    return [name for name, _ in told], np.array([vector for _, vector in told])


def examples(cards: Iterable[Card]) -> list[tuple[str, str]]:
    """Operations with what people say who ask for them, its names exchanged for common ones."""
    return [
        (card.name, features.unnamed_sample(said))
        for card in cards
        for said in (*card.examples, *PHRASINGS.get(card.name, ()))
    ]
