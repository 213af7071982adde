"""From a clause to the reading operation that explains it best, or to a question.

Each intent's slots are filled and its rules weighed; a reading is worth what its rule names, what
its slots found and how much of the clause they explain together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from agent.planning.clause import Clause, Context, Pending, reference
from agent.planning.concepts import GRAMMAR_WORDS, Span
from agent.planning.intents import INTENTS, Intent, Slot
from agent.planning.outcome import Outcome, doubtful, missing
from agent.planning.sentences import VERBS
from agent.planning.slots import EXTRACTORS, KINDS, NONE, Filled, Situation, identifier
from agent.planning.text import fold
from agent.planning.types import Card, Entity
from agent.planning.vocabulary import FILLERS

TERM, HEAD, NAMED, EXTRA, COVERAGE = 1.0, 1.2, 0.6, 0.35, 3.0
LEAST_COVERAGE = 0.5
MARGIN = 0.02
WEAK = 0.5  # an optional slot takes no common word for a name
_GENERIC = ("table", "view", "column", "asset", "source", "governance")
_GLUE = (
    "search",
    "hold",
    "scope",
    "say",
    "topic",
    "governance",
)  # words around a query that are not part of it
_LATE = ("query",)  # filled from what nothing else explains


@dataclass(frozen=True)
class Reading:
    """One way to understand a clause."""

    intent: Intent
    filled: Mapping[str, Filled]
    score: float
    explained: Span
    coverage: float
    lacking: str | None = None


def readings(situation: Situation, cards: Mapping[str, Card]) -> list[Reading]:
    """Every way to understand the clause as a reading operation, best first."""
    found = [
        reading
        for intent in INTENTS
        if intent.operation in cards
        if (reading := _best(intent, situation)) is not None
    ]
    return sorted(found, key=lambda r: -r.score)


def fill(intent: Intent, situation: Situation) -> dict[str, Filled]:
    """The intent's slots as far as the clause names them, each word used once."""
    filled: dict[str, Filled] = {}
    taken = situation.taken
    for slot in intent.slots:
        if slot.extractor in _LATE:
            continue
        found = EXTRACTORS[slot.extractor](replace(situation, taken=taken))
        if found is None:
            continue
        if not slot.required and (found.worth < WEAK or (found.doubt and not found.anchored)):
            continue
        filled[slot.argument] = found
        if slot.argument != "since":  # the same words give `until`
            taken |= found.tokens
    return filled


def _best(intent: Intent, situation: Situation) -> Reading | None:
    clause = situation.clause
    possible = [rule for rule in intent.rules if _possible(rule, clause)]
    if not possible:
        return None
    filled = fill(intent, situation)
    entities = frozenset(i for f in filled.values() if f.about or f.doubt for i in f.tokens)
    weighed = [
        (worth, tokens, rule)
        for rule in possible
        if (found := _weigh(rule, clause, intent, filled, entities)) is not None
        for worth, tokens in (found,)
    ]
    best = None
    for worth, tokens, rule in weighed:
        reading = _complete(intent, rule, dict(filled), worth, tokens, situation)
        if reading is not None and (best is None or reading.score > best.score):
            best = reading
    return best


def _possible(rule: Sequence[str], clause: Clause) -> bool:
    """Whether the terms that need no slots hold."""
    for term in rule:
        sign, name = term[0], term[1:]
        if sign in "+@" or "@" in term:
            continue
        if sign == "!":
            if name in clause.concepts:
                return False
        elif sign == "^":
            if clause.head not in name.split("|"):
                return False
        elif not any(one.lstrip("^") in clause.concepts for one in term.split("|")):
            return False
    return True


def _weigh(
    rule: Sequence[str], clause: Clause, intent: Intent, filled: Mapping[str, Filled], names: Span
) -> tuple[float, Span] | None:
    """What a rule is worth here and the words it explains; None if it does not hold."""
    worth, explained = 0.0, NONE
    by_extractor = {s.extractor: filled.get(s.argument) for s in intent.slots} | {
        s.argument: filled.get(s.argument) for s in intent.slots
    }

    asset = filled.get("asset")
    by_extractor["column"] = asset if asset and _is_column(asset) else None

    def spoken(name: str) -> Span:
        where = clause.concepts.get(name, NONE)
        return where if where - names else NONE

    for term in rule:
        sign, name = term[0], term[1:]
        if sign == "!":
            if name[0] == "@" and _mentions(clause, name[1:], NONE):
                return None
        elif sign == "@":
            if not any(
                by_extractor.get(one.lstrip("@"))
                or (one not in by_extractor and _mentions(clause, one, names))
                for one in name.split("|")
            ):
                return None
            worth += NAMED
        elif sign == "+" and name[0] == "^":
            if clause.head == name[1:]:
                worth, explained = worth + HEAD / 2, explained | clause.concepts[name[1:]]
        elif sign == "+":
            if where := spoken(name):
                worth, explained = worth + EXTRA, explained | where
        elif sign == "^":
            worth, explained = worth + HEAD, explained | clause.concepts[clause.head or ""]
        else:
            where = next((w for one in term.split("|") if (w := spoken(one.lstrip("^")))), NONE)
            if not where:
                return None
            worth, explained = worth + TERM, explained | where
    return worth, explained


def _is_column(found: Filled) -> bool:
    return all(thing.kind == "column" for thing in (*found.about, *found.doubt))


def _mentions(clause: Clause, name: str, taken: Span) -> bool:
    kinds = KINDS.get(name)
    return kinds is not None and any(
        m.worth(kinds) >= WEAK and not m.tokens & taken for m in clause.mentions
    )


def _complete(
    intent: Intent,
    rule: Sequence[str],
    filled: dict[str, Filled],
    worth: float,
    explained: Span,
    situation: Situation,
) -> Reading | None:
    clause = situation.clause
    for found in filled.values():
        explained |= found.tokens
    back = reference(clause.tokens)
    lacking = None
    for slot in intent.slots:
        if slot.argument not in filled and (slot.required or slot.extractor in _LATE or intent.raw):
            late = _late(intent, slot, replace(situation, taken=explained))
            if late is not None:
                filled[slot.argument] = late
                explained |= late.tokens
            elif slot.required:
                lacking = slot.argument
        found = filled.get(slot.argument)
        if found is not None:
            worth += found.worth * (1.0 if slot.required else 0.8) * (0.5 if found.doubt else 1.0)
    content = clause.content - (back.tokens if back else NONE)
    if intent.raw:  # "which tables, views and dashboards depend on it"
        content -= NONE.union(*(clause.concepts.get(noun, NONE) for noun in _GENERIC))
    coverage = len(content & explained) / len(content) if content else 1.0
    if all(term[0] == "!" for term in rule) and (coverage < 1 or lacking):
        return None
    if coverage < LEAST_COVERAGE:
        return None
    if lacking is not None:
        if lacking not in ("asset", "source") or worth < TERM or (coverage < 1 and not back):
            return None
        worth -= 0.8
    return Reading(intent, filled, worth + COVERAGE * coverage, explained, coverage, lacking)


def _late(intent: Intent, slot: Slot, situation: Situation) -> Filled | None:
    """A slot filled from what is left over: a query, or a name that the lexicon doesn't know."""
    clause = situation.clause
    if slot.extractor in _LATE:
        glue = frozenset().union(*(clause.concepts.get(name, NONE) for name in _GLUE))
        taken = situation.taken | glue
        return EXTRACTORS[slot.extractor](replace(situation, taken=taken))
    if slot.argument not in ("asset", "source"):
        return None
    where = clause.residue(situation.taken)
    if not where or clause.tokens[min(where)].word in VERBS:
        return None
    if all(fold(clause.tokens[i].word) in GRAMMAR_WORDS for i in where & clause.content):
        return None
    if any(clause.tokens[i].word in FILLERS - {"of"} for i in where - clause.content):
        return None
    words = clause.words(where)
    single = len(where) == 1
    typed = single and (identifier(words) or clause.tokens[min(where)].opaque)
    if not typed and not (intent.raw and slot.argument == "asset"):
        return None
    return Filled((words,), where, 0.4, linked=False)


def outcome(reading: Reading, context: Context, clause: Clause) -> Outcome:
    """A reading's calls, or the question that it leaves."""
    operation = reading.intent.operation
    if reading.lacking is not None:
        return missing(operation, reading.lacking)
    arguments: dict[str, object] = {}
    about: list[Entity | Pending] = []
    several: tuple[str, tuple[object, ...]] | None = None
    for name, found in reading.filled.items():
        if found.doubt:
            return doubtful(operation, clause.words(found.tokens), found.doubt)
        about.extend(found.about)
        if len(found.values) > 1:
            several = name, found.values
        elif found.values:
            arguments[name] = found.values[0]
    left = clause.residue(reading.explained)
    calls: tuple[dict[str, object], ...] = (arguments,)
    if several is not None:
        calls = tuple({several[0]: one, **arguments} for one in several[1])
    return Outcome(
        operation,
        calls,
        reading.score,
        tuple(about),
        left=(clause.words(left),) if left and reading.coverage < 1 else (),
    )
