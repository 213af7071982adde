"""The nearest things that can be done, when what was asked can't.

Each is an operation's example in names that the caller can see, and is understood as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from agent.planning import features
from agent.planning.exemplars import Similarity, resembling
from agent.planning.lexicon import Lexicon
from agent.planning.phrasings import PHRASINGS
from agent.planning.slots import Situation
from agent.planning.text import tokenize
from agent.planning.types import Card, Entity, Kind, Understanding

TRIED = 6  # phrasings of an operation
MOST_NEAR = 3
_TOPIC = ("about ", "on ", "term ", "related to ")  # before what is sought, and no asset
REMOTE, BESIDE = 0.45, 0.2  # of likeness: at least, and less than the best
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
        quoted: what it quotes, for what is new in them.
        hear: what a text comes to.
    """

    def __init__(
        self,
        cards: Mapping[str, Card],
        lexicon: Lexicon,
        about: Iterable[Entity],
        quoted: Iterable[str],
        hear: Callable[[str], Understanding],
    ) -> None:
        self._cards, self._lexicon, self.hear = cards, lexicon, hear
        self._about, self._quoted = tuple(about), next(iter(quoted), "")

    def to(self, situation: Situation, similarity: Similarity | None) -> list[str]:
        """The operations that a request resembles most, by its words and by meaning."""
        found = resembling(situation, self._cards, similarity)
        least = max(REMOTE, found[0].score - BESIDE) if found else 0.0
        return [one.operation for one in found if one.score >= least]

    def of(self, operations: Iterable[str], most: int) -> tuple[str, ...]:
        """An example of each of these operations that has one in names that there are."""
        return tuple(self.each(operations, most).values())

    def each(self, operations: Iterable[str], most: int) -> dict[str, str]:
        """The same by operation, each example once."""
        found: dict[str, str] = {}
        for name in operations:
            said = next(self._said(name), None) if name in self._cards else None
            if said is not None and said not in found.values():
                found[name] = said
            if len(found) == most:
                break
        return found

    def of_each_group(self) -> tuple[str, ...]:
        """One of each group of operations."""
        groups: dict[str, list[str]] = {}
        for name in self._cards:
            groups.setdefault(name.split(".")[0], []).append(name)
        return tuple(said for names in groups.values() for said in self.of(names, 1))

    def _said(self, operation: str) -> Iterator[str]:
        """The examples of an operation that are understood as asking for it."""
        phrasings = PHRASINGS.get(operation, ())[:TRIED]
        for example in (*self._cards[operation].examples, *phrasings):
            said = self._named(example[:1].upper() + example[1:])
            if said is None:
                continue
            heard = self.hear(said)
            right = bool(heard.calls) and heard.calls[0].operation == operation
            if right and not heard.question and not heard.not_understood:
                yield said

    def _named(self, example: str) -> str | None:
        """An example with the names that are here; None where there is nothing to be named."""
        tokens, marks = tokenize(example), list(features.MARK.finditer(example))
        places = [(one.start(), one.end(), one[1], "") for one in marks] or [
            (tokens[i].start, tokens[i].end, kind, tokens[i].text)
            for i, kind in features.sampled(tokens)
        ]
        said, at, own = "", 0, len(example.partition(":")[0])  # what follows is somebody's words
        for start, end, kind, given in places:
            new = kind == "person" and "@" in example
            if given and (new or start > own or example[:start].endswith(_TOPIC)):
                continue
            if given and self._lexicon.named_as_it_is(given):
                continue
            name = self._name(kind, given)
            if not name:
                return None
            said += example[at:start] + name
            at = end
        return re.sub(r"\s+", " ", said + example[at:])

    def _name(self, kind: str, given: str) -> str | None:
        kinds = _KINDS.get("column" if kind == "asset" and given.count(".") > 1 else kind)
        if kinds is None:
            return self._quoted or given
        named = (*kinds, "column") if kind == "asset" else kinds
        about = next((one.name for one in self._about if one.kind in named), None)
        return about or next((n for one in kinds for n in self._lexicon.names(one)), None)
