"""Which documents there are and who may find them, by number, and which of them hold a word.

Rights and rarity over arrays in memory: a word that half of 100,000 documents hold is weighed in a
fraction of a millisecond. Numbers are never used twice, so what is held of a word stays true; a
document that is gone is of no group. Not thread-safe: `Lexical` asks under its lock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from knowledge.documents import Scope

Numbers = NDArray[np.int32]
# (number, source, kind) of a document
Entry = tuple[int, str | None, str]
MOST_WORDS = 20_000
MOST_SCOPES = 64


class Roster:
    """The group (source and kind) of each document number; group 0 is nobody's."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._groups: NDArray[np.int32] = np.zeros(1024, dtype=np.int32)
        self._codes: dict[tuple[str | None, str], int] = {}
        self._visible: dict[Scope, NDArray[np.bool_]] = {}
        self.last = 0
        self.put(entries)

    def put(self, entries: Iterable[Entry]) -> None:
        self._visible.clear()
        for number, source, kind in entries:
            if number >= len(self._groups):
                self._groups = np.concatenate([self._groups, np.zeros_like(self._groups)])
            self._groups[number] = self._codes.setdefault((source, kind), len(self._codes) + 1)
            self.last = max(self.last, number)

    def drop(self, numbers: Iterable[int]) -> None:
        self._visible.clear()
        self._groups[[number for number in numbers if number <= self.last]] = 0

    def visible(self, scope: Scope) -> NDArray[np.bool_]:
        """For each number, whether a document of it is in scope."""
        if scope not in self._visible:
            if len(self._visible) >= MOST_SCOPES:
                self._visible.clear()
            admitted = np.array([False, *(scope.admits(*group) for group in self._codes)])
            self._visible[scope] = admitted[self._groups[: self.last + 1]]
        return self._visible[scope]


class Holders:
    """The numbers of the documents with a word, read as words are asked for and then kept."""

    def __init__(self, read: Callable[[str, int], Numbers]) -> None:
        """`read(word, after)` gives the numbers above `after`, ascending."""
        self._read = read
        self._known: dict[str, tuple[int, Numbers]] = {}

    def of(self, word: str, last: int) -> Numbers:
        """All up to the number `last`; some may be of documents that are gone."""
        upto, numbers = self._known.get(word, (0, np.empty(0, dtype=np.int32)))
        if upto < last:
            numbers = np.concatenate([numbers, self._read(word, upto)])
            if len(self._known) >= MOST_WORDS:
                self._known.clear()
            self._known[word] = int(numbers.max(initial=last)), numbers
        return numbers
