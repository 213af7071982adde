"""Which concepts a clause speaks of, and where; the phrases are data in `vocabulary`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from agent.planning.text import Token, fold
from agent.planning.vocabulary import CONCEPTS, DETERMINERS, VALUES

Span = frozenset[int]


class Phrases:
    """Phrases to what they stand for, found in a sequence of tokens in one pass."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self._by_first: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        self.words: set[str] = set()
        for meaning, phrases in table.items():
            for phrase in phrases.split(","):
                words = tuple(fold(w) for w in phrase.split() if w not in DETERMINERS)
                if not words:
                    continue
                self._by_first[words[0]].append((words, meaning))
                if len(words) == 1:
                    self.words.add(words[0])

    def find(self, tokens: Sequence[Token]) -> Iterator[tuple[str, Span]]:
        """Every meaning with the tokens that carry it."""
        kept = [
            (i, fold(t.word))
            for i, t in enumerate(tokens)
            if t.form != "mark" and t.word not in DETERMINERS
        ]
        for at, (_, word) in enumerate(kept):
            for words, meaning in self._by_first.get(word, ()):
                window = kept[at : at + len(words)]
                if tuple(w for _, w in window) == words:
                    yield meaning, frozenset(i for i, _ in window)


_CONCEPTS = Phrases(CONCEPTS)
_VALUES = {name: Phrases(table) for name, table in VALUES.items()}

# Words that mean something to the grammar, and so name an entity only where they say so.
GRAMMAR_WORDS = frozenset(_CONCEPTS.words).union(*(table.words for table in _VALUES.values()))


def concepts(tokens: Sequence[Token]) -> dict[str, Span]:
    """Each concept that occurs, with all the tokens that speak of it."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for name, where in _CONCEPTS.find(tokens):
        found[name] |= where
    return {name: frozenset(where) for name, where in found.items()}


def values(tokens: Sequence[Token]) -> Iterator[tuple[str, Span]]:
    """Every value of every closed set that the tokens name, and where."""
    for table in _VALUES.values():
        yield from table.find(tokens)


def value(name: str, tokens: Sequence[Token], taken: Iterable[int] = ()) -> tuple[str, Span] | None:
    """The value of a closed set (`vocabulary.VALUES`) that the tokens name, and where.

    Of several the one that the table lists first: the telling word stands before the common one.
    """
    claimed = frozenset(taken)
    found = [(meaning, where) for meaning, where in _VALUES[name].find(tokens)]
    free = [(meaning, where) for meaning, where in found if not where & claimed]
    order = list(VALUES[name])
    return min(free, key=lambda hit: (order.index(hit[0]), -len(hit[1])), default=None)
