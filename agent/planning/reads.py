"""From a clause to the reading operation that explains it best, or to a question.

A reading is worth what its rule names, what its slots found, and how much of the clause they
explain together; what explains less than half of it is no reading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from agent.planning.clause import Clause, Pending, Reference, reference
from agent.planning.concepts import GRAMMAR_WORDS, Span
from agent.planning.intents import INTENTS, Intent, Slot
from agent.planning.outcome import Outcome, doubtful, missing
from agent.planning.rules import TERM, WEAK, Evidence, Weighing, possible
from agent.planning.sentences import VERBS
from agent.planning.slots import EXTRACTORS, KINDS, NONE, Filled, Situation, identifier
from agent.planning.text import fold, parts, words
from agent.planning.types import Card, Entity
from agent.planning.vocabulary import EMPTY, FILLERS

COVERAGE, LEAST_COVERAGE = 3.0, 0.5
OPTIONAL, DOUBTED, LACKING, RAW = 0.8, 0.5, 0.8, 0.4
UNHEARD = 1.5  # what it costs to pass a framework over
CONTEXT = "_"  # a slot that explains words without being an argument
LATE = "query"  # filled from what nothing else explains

_SUBJECTED = words("can may does could should")
_GENERIC = ("table", "view", "column", "asset", "source", "governance")
_GLUE = ("search", "hold", "scope", "say", "topic", "governance")  # around a query, not in it


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
        if slot.extractor == LATE:
            continue
        found = EXTRACTORS[slot.extractor](replace(situation, taken=taken))
        if found is None:
            continue
        if not slot.required and (
            found.worth < WEAK or (found.doubt and not found.anchored and not intent.raw)
        ):
            continue
        filled[slot.argument] = found
        if slot.argument != "since":  # the same words give `until`
            taken |= found.tokens
    return filled


def _best(intent: Intent, situation: Situation) -> Reading | None:
    rules = [rule for rule in intent.rules if possible(rule, situation.clause)]
    if not rules:
        return None
    filled = fill(intent, situation)
    weighing = Weighing(situation.clause, intent, filled)
    found = [
        reading
        for rule in rules
        if (evidence := weighing.weigh(rule)) is not None
        if (reading := _complete(intent, rule, filled, evidence, situation)) is not None
    ]
    return max(found, key=lambda reading: reading.score, default=None)


def _complete(
    intent: Intent,
    rule: Sequence[str],
    found: Mapping[str, Filled],
    evidence: Evidence,
    situation: Situation,
) -> Reading | None:
    """A reading with its late slots filled and its coverage counted; None if too little fits."""
    clause = situation.clause
    filled, lacking = dict(found), None
    explained = evidence.explained.union(*(f.tokens for f in filled.values()))
    for slot in intent.slots:
        if slot.argument in filled:
            continue
        late = _late(intent, slot, filled, replace(situation, taken=explained))
        if late is not None:
            filled[slot.argument] = late
            explained |= late.tokens
        elif slot.required:
            lacking = slot.argument
    back = reference(clause.tokens)
    lacking = lacking or _dangling(intent, back, filled, explained)
    content = clause.content - (back.tokens if back else NONE)
    if intent.raw:  # "which tables, views and dashboards depend on it"
        content -= NONE.union(*(clause.concepts.get(noun, NONE) for noun in _GENERIC))
    coverage = len(content & explained) / len(content) if content else 1.0
    bare = all(term[0] == "!" for term in rule)
    if coverage < LEAST_COVERAGE or (bare and (coverage < 1 or lacking)):
        return None
    worth = evidence.worth + sum(_worth(s, filled[s.argument]) for s in intent.slots
                                 if s.argument in filled)  # fmt: skip
    if lacking is not None:
        asked = lacking in ("asset", "source") and (coverage == 1 or back is not None)
        if not asked or worth < TERM:
            return None
        worth -= LACKING
    if any(m.of(KINDS["framework"]) and not (m.weak or m.tokens & explained)
           for m in clause.mentions):  # fmt: skip
        worth -= UNHEARD
    return Reading(intent, filled, worth + COVERAGE * coverage, explained, coverage, lacking)


def _dangling(
    intent: Intent, back: Reference | None, filled: Mapping[str, Filled], explained: Span
) -> str | None:
    """The slot that "it" should have filled, where nothing said before could be meant."""
    if back is None or back.tokens & explained or filled.keys() & {"asset", "source"}:
        return None
    arguments = [slot.argument for slot in intent.slots]
    return next((name for name in ("asset", "source") if name in arguments), None)


def _worth(slot: Slot, filled: Filled) -> float:
    worth = filled.worth if slot.required else OPTIONAL * filled.worth
    return DOUBTED * worth if filled.doubt else worth


def _late(
    intent: Intent, slot: Slot, filled: Mapping[str, Filled], situation: Situation
) -> Filled | None:
    """A slot filled from what is left over: a query, or a name that the lexicon doesn't know."""
    if slot.extractor == LATE:
        return _query(situation)
    if slot.argument == "user" and slot.required:
        return _stranger(situation)
    raw = intent.raw and slot.argument == "asset" and (slot.required or "source" not in filled)
    if raw or (slot.required and slot.argument in ("asset", "source")):
        return _unlisted(slot, situation, raw)
    return None


def _query(situation: Situation) -> Filled | None:
    concepts, back = situation.clause.concepts, reference(situation.clause.tokens)
    if back is not None and back.open:
        return None
    glue = NONE.union(*(concepts.get(name, NONE) for name in _GLUE))
    return EXTRACTORS[LATE](replace(situation, taken=situation.taken | glue))


def _unlisted(slot: Slot, situation: Situation, raw: bool) -> Filled | None:
    """An asset or source that the lexicon doesn't know; `raw`: by any words, not only a name's."""
    clause = situation.clause
    where = clause.residue(situation.taken)
    known = slot.argument == "source" and any(m.tokens & where for m in clause.mentions)
    if known or not where or not _nameable(clause, where):
        return None
    name, token = clause.words(where), clause.tokens[min(where)]
    plainly = clause.head == "column" or clause.tokens[0].word == "describe"
    single = len(where) == 1 and (plainly or identifier(name) or (token.opaque and " " not in name))
    return Filled((name,), where, RAW, linked=False) if single or raw else None


def _stranger(situation: Situation) -> Filled | None:
    """A person that the lexicon doesn't know: the word that an auxiliary has for its subject."""
    clause = situation.clause
    named = NONE.union(*(m.tokens for m in clause.mentions))
    for i in sorted(clause.content - situation.taken - named):
        before = [t.word for t in clause.tokens[:i] if t.word != "not"][-1:]
        token = clause.tokens[i]
        plain = token.form in ("word", "email") and fold(token.word) not in GRAMMAR_WORDS
        if plain and _SUBJECTED.issuperset(before) and before:
            return Filled((token.text,), frozenset({i}), RAW, linked=False)
    return None


def _nameable(clause: Clause, where: Span) -> bool:
    """Whether a run of words could be an asset's name: no verb first, no sentence, no person."""
    content = where & clause.content
    return not (
        clause.tokens[min(where)].word in VERBS | {"before"}
        or all(fold(clause.tokens[i].word) in GRAMMAR_WORDS | EMPTY for i in content)
        or any(clause.tokens[i].word in FILLERS - {"of"} for i in where - content)
        or any(not m.weak and m.tokens & where for m in clause.mentions if not m.of(KINDS["asset"]))
    )


def outcome(reading: Reading, clause: Clause) -> Outcome:
    """A reading's calls, or the question that it leaves."""
    operation = reading.intent.operation
    if reading.lacking is not None:
        return missing(operation, reading.lacking)
    arguments: dict[str, object] = {}
    several: dict[str, tuple[object, ...]] = {}
    about: list[Entity | Pending] = []
    for name, found in reading.filled.items():
        if name == CONTEXT:
            continue
        if found.doubt:
            return doubtful(operation, clause.words(found.tokens), found.doubt)
        about.extend(found.about)
        if len(found.values) > 1:
            several[name] = found.values
        elif found.values:
            arguments[name] = found.values[0]
    calls: tuple[dict[str, object], ...] = (arguments,)
    for name, values in several.items():
        calls = tuple({**call, name: one} for call in calls for one in values)
    return Outcome(operation, calls, reading.score, tuple(about), left=_left(reading, clause))


def _left(reading: Reading, clause: Clause) -> tuple[str, ...]:
    """What the reading passes over, if it says more than the grammar's own words."""
    where = clause.residue(reading.explained)
    about = [thing.name for found in reading.filled.values() for thing in found.about]
    names = {part for name in about for part in parts(name)}  # "employee salaries" of employees
    said = (fold(clause.tokens[i].word) for i in where & clause.content)
    telling = any(word not in GRAMMAR_WORDS | EMPTY | names for word in said)
    return (clause.words(where),) if telling else ()
