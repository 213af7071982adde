"""What a rule of `intents` is worth for a clause, term by term."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agent.planning.clause import Clause
from agent.planning.concepts import Span
from agent.planning.intents import Intent
from agent.planning.slots import KINDS, NONE, Filled

TERM, HEAD, NAMED, EXTRA = 1.0, 1.2, 0.6, 0.35
WEAK = 0.5  # an optional slot takes no common word for a name


@dataclass(frozen=True, slots=True)
class Evidence:
    """How much speaks for a rule, and the words that do."""

    worth: float = 0.0
    explained: Span = NONE

    def plus(self, worth: float, words: Span = NONE) -> Evidence:
        return Evidence(self.worth + worth, self.explained | words)


def possible(rule: Sequence[str], clause: Clause) -> bool:
    """Whether the terms that need no slots may hold; cheap, so that most rules end here."""
    for term in rule:
        sign, name = term[0], term[1:]
        if sign in "+@" or "@" in term:
            continue
        if sign == "!":
            holds = name not in clause.concepts
        elif sign == "^":
            holds = clause.head in name.split("|")
        else:
            holds = any(concept in clause.concepts for concept in term.split("|"))
        if not holds:
            return False
    return True


class Weighing:
    """An intent's filled slots against a clause."""

    def __init__(self, clause: Clause, intent: Intent, filled: Mapping[str, Filled]) -> None:
        self.clause = clause
        self.slots = {s.argument: filled.get(s.argument) for s in intent.slots}
        self.slots |= {s.extractor: filled.get(s.argument) for s in intent.slots}
        asset = filled.get("asset")
        self.slots["column"] = asset if asset is not None and _column(asset) else None
        self.names = frozenset(i for f in filled.values() if f.about or f.doubt for i in f.tokens)

    def weigh(self, rule: Sequence[str]) -> Evidence | None:
        """What speaks for a rule; None if one of its terms does not hold."""
        evidence: Evidence | None = Evidence()
        for term in rule:
            evidence = self._term(term, evidence or Evidence())
            if evidence is None:
                return None
        return evidence

    def _term(self, term: str, evidence: Evidence) -> Evidence | None:
        sign, name = term[0], term[1:]
        if sign == "!":
            barred = name[0] == "@" and self._mentioned(name[1:], NONE)
            return None if barred else evidence
        if sign == "@":
            named = any(self._named(slot.lstrip("@")) for slot in name.split("|"))
            return evidence.plus(NAMED) if named else None
        if sign == "^":
            return evidence.plus(HEAD, self.clause.concepts[self.clause.head or ""])
        if sign == "+" and name[0] == "^":
            heads = self.clause.head == name[1:]
            return evidence.plus(HEAD / 2, self.clause.concepts[name[1:]]) if heads else evidence
        if sign == "+":
            where = self._spoken(name)
            return evidence.plus(EXTRA, where) if where else evidence
        where = next((w for concept in term.split("|") if (w := self._spoken(concept))), NONE)
        return evidence.plus(TERM, where) if where else None

    def _spoken(self, concept: str) -> Span:
        """Where a concept occurs, unless only inside the names that slots took."""
        where = self.clause.concepts.get(concept, NONE)
        return where if where - self.names else NONE

    def _named(self, slot: str) -> bool:
        if slot in self.slots:
            return self.slots[slot] is not None
        return self._mentioned(slot, self.names)

    def _mentioned(self, name: str, taken: Span) -> bool:
        kinds = KINDS.get(name, frozenset())
        return any(m.worth(kinds) >= WEAK and not m.tokens & taken for m in self.clause.mentions)


def _column(found: Filled) -> bool:
    return all(thing.kind == "column" for thing in (*found.about, *found.doubt))
