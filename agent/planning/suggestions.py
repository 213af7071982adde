"""Sentences that ask for an operation, with the names that a request holds or the caller sees.

Nothing is suggested that the planner wouldn't understand: each sentence is heard before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from agent.planning import features
from agent.planning.clause import Clause
from agent.planning.phrasings import PHRASINGS
from agent.planning.slots import KINDS
from agent.planning.types import Card, Understanding

TRIED = 8  # sentences for an operation
_MAKES = re.compile(r"\.(?:create|register|add)_")


class Suggestions:
    """What can be said here for each of the operations.

    Args:
        clause: the request, whose names are taken first, and the lexicon with the others.
        hear: what the planner makes of a sentence.
    """

    def __init__(
        self, cards: Mapping[str, Card], clause: Clause, hear: Callable[[str], Understanding]
    ) -> None:
        self._cards, self._clause, self._hear = cards, clause, hear

    def of(self, operations: Iterable[str], most: int) -> tuple[str, ...]:
        """A sentence for each, for the first `most` that there is one for."""
        found: list[str] = []
        for name in operations:
            said = self._said(name) if len(found) < most and name in self._cards else None
            if said is not None and said not in found:
                found.append(said)
        return tuple(found)

    def _said(self, operation: str) -> str | None:
        """A sentence that comes to the operation, or failing that, to a question about it."""
        card = self._cards[operation]
        asked = None
        for example in (*card.examples, *PHRASINGS.get(operation, ()))[:TRIED]:
            said = self._renamed(example, operation)
            if said is None:
                continue
            heard = self._hear(said)
            shown = said[:1].upper() + said[1:] if said.split()[0].isalpha() else said
            if heard.question is None and [one.operation for one in heard.calls] == [operation]:
                return shown
            if heard.asks == operation and asked is None:
                asked = shown
        return asked

    def _renamed(self, example: str, operation: str) -> str | None:
        made = _MAKES.split(operation)[-1]  # what is new is called as the example has it
        quoted = [one.text for one in self._clause.tokens if one.form == "quote"]

        def name(kind: str, text: str) -> str | None:
            if kind in ("name", made):
                return quoted.pop() if quoted else text or None
            return self._name(kind)

        head, colon, words = example.partition(": ")  # its own words follow
        said = features.renamed(head, name)
        return None if said is None else said + colon + words

    def _name(self, kind: str) -> str | None:
        """What the request, or else the lexicon, calls something of a kind."""
        kinds = KINDS["relation"] if kind == "asset" else KINDS.get(kind, frozenset())
        for mention in self._clause.mentions:
            named = [one.entity.name for one in mention.matches[:1] if one.entity.kind in kinds]
            if named and not mention.weak:
                return named[0]
        known = (one for each in sorted(kinds) for one in self._clause.lexicon.names(each))
        return next(known, None)
