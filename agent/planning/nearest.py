"""The nearest things that can be done, when what was asked can't.

Each is an operation's example in names that the caller can see, and is understood as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from agent.planning import features
from agent.planning.exemplars import Similarity, exemplars
from agent.planning.lexicon import Lexicon
from agent.planning.text import tokenize
from agent.planning.types import Card, Entity, Kind, Understanding

MOST, TRIED = 3, 12
REMOTE = 0.15
_KINDS: Mapping[str, tuple[Kind, ...]] = {
    "asset": ("table", "view"),
    "column": ("column",),
    "source": ("source",),
    "person": ("person",),
    "workflow": ("workflow",),
    "pipeline": ("pipeline",),
}


class Nearest:
    """Finds what can be done in words that this caller could have said.

    Args:
        about: what the request names, for its place in the examples.
        hear: what a text comes to.
    """

    def __init__(
        self,
        cards: Mapping[str, Card],
        lexicon: Lexicon,
        about: Iterable[Entity],
        hear: Callable[[str], Understanding],
    ) -> None:
        self._cards, self._lexicon, self._hear = cards, lexicon, hear
        self._about = tuple(about)

    def to(self, text: str, similarity: Similarity | None) -> tuple[str, ...]:
        """An example of each of the operations that resemble a text most."""
        if similarity is not None:
            ranked = [name for name, _ in similarity(text) if name in self._cards]
        else:
            told = exemplars(self._cards).matches(features.of(tokenize(text), {}))
            ranked = [one.operation for one in told if one.score > REMOTE]
        return self.of(ranked[:TRIED], MOST)

    def of(self, operations: Iterable[str], most: int) -> tuple[str, ...]:
        """An example of each of these operations that has one in names that there are."""
        found: list[str] = []
        for name in operations:
            said = next(self._said(name), None) if name in self._cards else None
            if said is not None and said not in found:
                found.append(said)
            if len(found) == most:
                break
        return tuple(found)

    def of_each_group(self) -> tuple[str, ...]:
        """One of each group of operations."""
        groups: dict[str, list[str]] = {}
        for name in self._cards:
            groups.setdefault(name.split(".")[0], []).append(name)
        return tuple(said for names in groups.values() for said in self.of(names, 1))

    def _said(self, operation: str) -> Iterator[str]:
        """The examples of an operation that are understood as asking for it."""
        for example in self._cards[operation].examples:
            said = self._named(example)
            if said is None:
                continue
            heard = self._hear(said)
            right = bool(heard.calls) and heard.calls[0].operation == operation
            if right and not heard.question and not heard.not_understood:
                yield said

    def _named(self, example: str) -> str | None:
        """An example with the names that are here; None where there is nothing to be named."""
        tokens = tokenize(example)
        said, at = "", 0
        for i, kind in features.sampled(tokens):
            token = tokens[i]
            if self._lexicon.named_as_it_is(token.text):
                continue
            name = self._name(kind, token.text)
            if name is None:
                return None
            said += example[at : token.start] + name
            at = token.end
        return re.sub(r"\s+", " ", said + example[at:])

    def _name(self, kind: str, given: str) -> str | None:
        kinds = _KINDS.get("column" if kind == "asset" and given.count(".") > 1 else kind)
        if kinds is None:
            return given
        named = (*kinds, "column") if kind == "asset" else kinds
        about = next((one.name for one in self._about if one.kind in named), None)
        return about or next((n for one in kinds for n in self._lexicon.names(one)), None)
