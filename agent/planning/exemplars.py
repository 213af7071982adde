"""Operations by the words of their own examples: for what no intent and no frame speaks of.

So an operation can be asked for as soon as it is declared. A sentence has to be explained nearly
whole by one operation's words and by the arguments found in it, and better than by any other's;
one that changes something is explained whole or not taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import log
from typing import Any

from agent.planning.clause import Clause, Context, Pending
from agent.planning.dates import number
from agent.planning.outcome import Outcome, doubtful, either, missing
from agent.planning.sentences import QUESTIONS, deferred
from agent.planning.slots import EXTRACTORS, NONE, Filled, Situation, identifier
from agent.planning.text import Token, fold, tokenize, words
from agent.planning.types import Card, Entity, Focus
from agent.planning.vocabulary import DETERMINERS, FILLERS

ALIKE, APART = 0.66, 0.02
EXACT = 0.94  # nearly word for word
PLAIN = 0.75  # a plain word that names something well
WORDING = 0.1  # what the same small words add: "show" and "run" part what is alike else
MOST_LEFT = 0.34  # of a question's weight may stay unexplained
_SAMPLES = words(
    """
    crm pagila shop lake film customer customers payment rental orders staff dana ben vera mia
    gdpr hipaa pci dss weekly-sweep nightly tickets
    """
)
_NAME = re.compile(r"\w*[\d_@/]\w*|\w+[-.:]\w[\w.:-]*", re.IGNORECASE)
_KINDS: Mapping[str, tuple[str, ...]] = {
    "asset": ("asset",),
    "other_asset": ("asset",),
    "successor": ("asset",),
    "subject": ("asset",),
    "table": ("relation",),
    "column": ("column",),
    "source": ("source",),
    "framework": ("framework",),
    "control": ("control",),
    "label": ("label",),
    "rule_set": ("rule_set",),
    "rule": ("rule",),
    "user": ("person",),
    "owner": ("person",),
    "assignee": ("person",),
    "person": ("person",),
    "member": ("person",),
    "role": ("role",),
    "tag": ("tag",),
    "scan": ("source", "scan"),
    "environment": ("environment",),
    "sensitivity": ("sensitivity",),
    "severity": ("severity",),
    "direction": ("direction",),
    "depth": ("depth",),
    "limit": ("limit",),
    "since": ("since",),
    "until": ("until",),
    "as_of": ("since",),
    "at": ("since",),
    "before": ("since",),
    "due": ("until",),
    "due_on": ("until",),
    "expires": ("until",),
    "expires_on": ("until",),
    "query": ("query",),
}
# Arguments that a name stands for which the lexicon doesn't hold, with the nouns that announce it
_NAMED: Mapping[str, tuple[str, ...]] = {
    "workflow": ("workflow",),
    "pipeline": ("pipeline",),
    "schedule": ("schedule", "workflow"),
    "template": ("template",),
    "service": ("service", "system"),
    "finding": ("finding",),
    "activity": ("activity", "change"),
    "execution_id": ("execution", "run"),
    "execution": ("execution", "run"),
    "task": ("task",),
    "policy": ("policy",),
    "rule": ("rule",),
    "rule_set": ("set",),
    "label": ("label",),
    "term": ("term",),
    "team": ("team",),
    "domain": ("domain",),
    "product": ("product",),
    "contract": ("contract",),
    "workspace": ("workspace",),
    "conversation": ("conversation",),
    "scan": ("scan",),
    "name": ("called", "named"),
}
_EVERY = words("all every everything everyone everybody each any")
_OFF = words("off disable disabled deactivate retire")
_ON = words("on enable enabled activate")
_ORDINALS = {"first": 1, "second": 2, "third": 3}
_OPENS = {"reason": "because", "description": "saying", "note": "that"}


@dataclass(frozen=True)
class Sentence:
    """The words of an example that aren't names; `all`: the small ones, too."""

    operation: str
    words: frozenset[str]
    all: frozenset[str]


@dataclass(frozen=True)
class Match:
    """An operation that a clause's words resemble, 0 to 1; `words`: all that it speaks of."""

    operation: str
    score: float
    words: frozenset[str]


class Exemplars:
    """The examples of many operations, weighed by how telling their words are."""

    def __init__(self, told: Sequence[tuple[str, str, tuple[str, ...], bool]]) -> None:
        self._sentences: list[Sentence] = []
        self._spoken: dict[str, frozenset[str]] = {}
        for name, summary, examples, _ in told:
            tokens = [tokenize(one) for one in examples]
            spoken = [_words(one) for one in tokens]
            self._sentences += [
                Sentence(name, telling, _all(one))
                for telling, one in zip(spoken, tokens, strict=True)
                if telling
            ]
            own = _words(tokenize(f"{name.replace('.', ' ').replace('_', ' ')} {summary}"))
            self._spoken[name] = own.union(*spoken)
        self.openers = (
            frozenset(
                example.split()[0].lower()
                for *_, examples, writes in told
                if writes
                for example in examples
            )
            - QUESTIONS
            - DETERMINERS
        )
        used = Counter(word for spoken in self._spoken.values() for word in spoken)
        self._weights = {word: log(1 + len(told) / count) for word, count in used.items()}

    def weight(self, word: str) -> float:
        """How much a word tells; one that no operation speaks of tells most."""
        return self._weights.get(word, log(1 + len(self._spoken)))

    def matches(self, spoken: frozenset[str], worded: frozenset[str]) -> list[Match]:
        """The operations that these words resemble, best first. `worded`: with the small ones."""
        total = sum(map(self.weight, spoken))
        best: dict[str, float] = {}
        for one in self._sentences:
            shared = sum(map(self.weight, one.words & spoken))
            if not shared:
                continue
            own = sum(map(self.weight, one.words))
            loosely = sum(map(self.weight, (spoken & self._spoken[one.operation]) - one.words))
            score = (2 * shared + loosely) / (own + total)
            score += WORDING * (len(one.all & worded) / len(one.all | worded) - 1)
            best[one.operation] = max(score, best.get(one.operation, 0.0))
        found = [Match(name, score, self._spoken[name]) for name, score in best.items()]
        return sorted(found, key=lambda one: (-one.score, one.operation))


def exemplars(cards: Mapping[str, Card]) -> Exemplars:
    """The examples of these operations, made once."""
    return _made(
        tuple((one.name, one.summary, one.examples, one.effect != "read") for one in cards.values())
    )


@lru_cache(maxsize=16)
def _made(told: tuple[tuple[str, str, tuple[str, ...], bool], ...]) -> Exemplars:
    return Exemplars(told)


def opens(token: Token, cards: Mapping[str, Card]) -> bool:
    """Whether a word opens an example of what changes something: "rotate", "switch"."""
    return token.word in exemplars(cards).openers


def read(
    situation: Situation, cards: Mapping[str, Card], effects: frozenset[str]
) -> Outcome | None:
    """What a clause asks for by the words of an example; None unless one operation stands out.

    Args:
        effects: of the operations that come into question.
    """
    clause = situation.clause
    known = exemplars(cards)
    names = _names(clause)
    telling = (fold(clause.tokens[i].word) for i in clause.content if i not in names)
    spoken = frozenset(telling) - _SAMPLES
    found = [
        one
        for one in known.matches(spoken, _all(clause.tokens))
        if cards[one.operation].effect in effects
    ][:2]
    if not found or found[0].score < ALIKE:
        return None
    best = found[0]
    if len(found) > 1 and best.score - found[1].score < APART:
        first, second = (cards[one.operation] for one in found)
        both = not names and first.effect == second.effect == "read"
        return either(first.summary, second.summary) if both else None
    card = cards[best.operation]
    changes = card.effect != "read"
    if card.effect == "destroy":  # never what was only spoken of before
        situation = replace(situation, context=Context(Focus()))
    filled, lacking = _fill(situation, card)
    taken = NONE.union(*(one.tokens for one in filled.values()))
    left = [
        fold(clause.tokens[i].word)
        for i in clause.content - taken
        if fold(clause.tokens[i].word) not in best.words
    ]
    weight = sum(map(known.weight, left)) / (sum(map(known.weight, spoken)) or 1.0)
    if weight > MOST_LEFT:
        return None
    free = [token for i, token in enumerate(clause.tokens) if i not in taken]
    sweeping = _EVERY & {token.word for token in clause.tokens}
    if changes and (left or sweeping or deferred(free) or not (filled or lacking)):
        return None
    doubt = next(((name, one) for name, one in filled.items() if one.doubt), None)
    if doubt is not None:
        return doubtful(best.operation, clause.words(doubt[1].tokens), doubt[1].doubt)
    required = card.parameters.get("required", [])
    if best.operation.partition(".")[2].startswith("update") and filled.keys() <= set(required):
        return Outcome(best.operation, question=f"What should change: {_choices(card)}?")
    if lacking is not None:
        return missing(best.operation, lacking)
    arguments = {name: one.values[0] for name, one in filled.items()}
    about: tuple[Entity | Pending, ...] = tuple(
        thing for one in filled.values() for thing in one.about
    )
    return Outcome(best.operation, (arguments,), score=6 * best.score, about=about)


def _choices(card: Card) -> str:
    required = card.parameters.get("required", [])
    names = [one.replace("_", " ") for one in card.parameters["properties"] if one not in required]
    return ", ".join(names[:-1]) + f" or {names[-1]}" if len(names) > 1 else "".join(names)


def _fill(situation: Situation, card: Card) -> tuple[dict[str, Filled], str | None]:
    """The arguments that the clause gives, and the first needed one that it doesn't."""
    properties: Mapping[str, Any] = card.parameters.get("properties", {})
    required = card.parameters.get("required", [])
    filled: dict[str, Filled] = {}
    taken = situation.taken
    lacking = None
    for name in [*required, *(one for one in properties if one not in required)]:
        schema = properties.get(name, {})
        needed = name in required
        found = _argument(name, schema, situation, taken, card.parameters, needed=needed)
        if found is not None:
            filled[name] = found
            taken |= found.tokens
        elif needed and lacking is None:
            lacking = name
    return filled, lacking


def _argument(
    name: str,
    schema: Mapping[str, Any],
    situation: Situation,
    taken: frozenset[int],
    root: Mapping[str, Any],
    *,
    needed: bool,
) -> Filled | None:
    clause = situation.clause
    free = Situation(clause, situation.context, situation.today, taken)
    chosen = _chosen(schema, root, clause, taken)
    if chosen is not None:
        return chosen
    if name in ("enabled", "active"):
        return _switched(clause)
    if needed and "integer" in _types(schema):
        return _figure(clause, taken)
    for slot in _KINDS.get(name) or _KINDS.get(name.rpartition("_")[2], ()):
        if slot == "query" and not needed:
            continue
        found = EXTRACTORS[slot](free)
        if found is None or not (found.values or found.doubt):
            continue
        if needed or found.anchored or found.worth >= PLAIN:
            return found
    if name in _NAMED:
        return _name_after(_NAMED[name], clause, taken) or (
            _identifier(clause, taken) if needed else None
        )
    if name in _OPENS or (needed and schema.get("type") == "string" and name not in _KINDS):
        return _text(_OPENS.get(name), clause, taken)
    return None


def _chosen(
    schema: Mapping[str, Any], root: Mapping[str, Any], clause: Clause, taken: frozenset[int]
) -> Filled | None:
    """The value of an enumeration that the clause names as it is."""
    options = [one for one in _options(schema, root) if isinstance(one, str)]
    for option in sorted(options, key=len, reverse=True):
        pieces = tuple(fold(word) for word in re.split(r"[_\s-]", option.lower()))
        spoken = [fold(token.word) for token in clause.tokens]
        for i in range(len(spoken) - len(pieces) + 1):
            where = frozenset(range(i, i + len(pieces)))
            if tuple(spoken[i : i + len(pieces)]) == pieces and not where & taken:
                return Filled((option,), where, 0.7)
    return None


def _switched(clause: Clause) -> Filled | None:
    for i, token in enumerate(clause.tokens):
        if token.word in _OFF | _ON:
            return Filled((token.word in _ON,), frozenset({i}), 0.7)
    return None


def _figure(clause: Clause, taken: frozenset[int]) -> Filled | None:
    for i, token in enumerate(clause.tokens):
        count = _ORDINALS.get(token.word) or number(token.word)
        if count is not None and i not in taken:
            return Filled((count,), frozenset({i}), 0.6)
    return None


def _types(schema: Mapping[str, Any]) -> set[str]:
    return {str(one.get("type")) for one in (schema, *schema.get("anyOf", ()))}


def _options(schema: Mapping[str, Any], root: Mapping[str, Any]) -> list[object]:
    found = [*schema.get("enum", ())]
    for choice in (*schema.get("anyOf", ()), *schema.get("allOf", ())):
        found += _options(choice, root)
    reference = str(schema.get("$ref", "")).rsplit("/", 1)[-1]
    if reference:
        found += _options(root.get("$defs", {}).get(reference, {}), root)
    return found


def _name_after(nouns: tuple[str, ...], clause: Clause, taken: frozenset[int]) -> Filled | None:
    """The name beside a noun: "the workflow weekly-sweep", "the weekly-sweep workflow"."""
    tokens = clause.tokens
    for i, token in enumerate(tokens):
        if fold(token.word) not in nouns or i in taken:
            continue
        for j in (i + 1, i - 1):
            if not 0 <= j < len(tokens) or j in taken:
                continue
            other = tokens[j]
            beside = j > i and other.form == "word" and _may_name(other)
            if beside or other.form == "quote" or _NAME.fullmatch(other.text):
                return Filled((other.text,), frozenset({i, j}), 0.7, linked=False)
    return None


def _may_name(token: Token) -> bool:
    word = token.word
    return word not in DETERMINERS and word not in FILLERS and len(word) > 2


def _identifier(clause: Clause, taken: frozenset[int]) -> Filled | None:
    for i, token in enumerate(clause.tokens):
        named = token.form == "quote" or _NAME.fullmatch(token.text) or identifier(token.text)
        if i not in taken and token.form in ("word", "quote") and named:
            return Filled((token.text,), frozenset({i}), 0.6, linked=False)
    return None


def _text(opening: str | None, clause: Clause, taken: frozenset[int]) -> Filled | None:
    """A quotation, or all that stands behind a colon or the word that opens a reason."""
    tokens = clause.tokens
    for i, token in enumerate(tokens):
        if i in taken:
            continue
        if token.form == "quote":
            return Filled((token.text,), frozenset({i}), 0.7, linked=False)
        if (token.word in (":", opening)) and i + 1 < len(tokens):
            where = frozenset(range(i, len(tokens)))
            if not where & taken:
                said = clause.words(frozenset(range(i + 1, len(tokens))))
                return Filled((said,), where, 0.7, linked=False)
    return None


def _names(clause: Clause) -> frozenset[int]:
    """The tokens that name something: entities, identifiers, quotations, figures."""
    named = {
        i
        for mention in clause.mentions
        if not mention.weak and (mention.anchored or not mention.plain)
        for i in range(mention.start, mention.end)
    }
    named |= {
        i
        for i, token in enumerate(clause.tokens)
        if token.opaque or _NAME.fullmatch(token.text) or token.word.isdecimal()
    }
    return frozenset(named)


def _all(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(fold(token.word) for token in tokens if token.form == "word")


def _words(tokens: Sequence[Token]) -> frozenset[str]:
    """The telling words of an example: no names, no determiners, no politeness."""
    return frozenset(
        fold(token.word)
        for i, token in enumerate(tokens)
        if token.form == "word"
        and not _NAME.fullmatch(token.text)
        and not (i and token.text[0].isupper())
        and token.word not in DETERMINERS
        and token.word not in FILLERS
        and token.word not in _SAMPLES
        and not token.word.isdecimal()
    )
