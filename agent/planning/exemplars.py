"""Operations by the words of their own examples: for what no intent and no frame speaks of.

So an operation can be asked for as soon as it is declared. A sentence has to be explained nearly
whole by one operation's words and by the arguments found in it, and better than by any other's;
one that changes something is explained whole or not taken.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import product
from math import log

import numpy as np
from numpy.typing import NDArray

from agent.planning import features
from agent.planning.binding import MOST_CALLS
from agent.planning.clause import Clause, Context, Pending
from agent.planning.concepts import Span, value
from agent.planning.filling import choices, enumerated, fill, several
from agent.planning.outcome import Outcome, doubtful, either, needed, settled, too_many
from agent.planning.phrasings import PHRASINGS
from agent.planning.sentences import deferred, imperative
from agent.planning.slots import EXTRACTORS, KINDS, NONE, Filled, Situation
from agent.planning.spelling import well_spelt
from agent.planning.text import fold, tokenize, words
from agent.planning.types import Card, Entity, Focus

Similarity = Callable[[str], list[tuple[str, float]]]

ALIKE, APART = 0.6, 0.02
EXACT = 0.8  # surely this one
SAME, FAR = 0.9, 0.12  # as good as said, and so much nearer than what it was read as
OPENED = 0.05  # what it tells that an example begins with the same verb
KIND = 1.2  # what the kind of a name tells
UNKNOWN = 0.6  # of the weight of a word that one operation alone speaks of
MOST_LEFT = 0.45  # of a question's weight may stay unexplained
MOST_OPEN = 2
FORM = (
    "That takes more than a sentence gives me: {} and {}. Use the form of this operation, or tell "
    "me what there is already and I'll show it. Which do you want?"
)
SURELY_MEANT = 0.8  # cosine
MOST_UNSAID = 0.2  # of a request for a change
ONE_BY_ONE = "For which of them? I propose changes for what is named: list them, or ask me first."
# Where words of one's own begin, and the arguments that they can be.
_WRITTEN = frozenset({"reason", "how", "description", "definition", "detail", "note", "title"})
_TEXTS: Mapping[str, frozenset[str]] = {
    ":": _WRITTEN,
    ",": frozenset({"reason", "how"}),
    "because": _WRITTEN,
    "since": _WRITTEN,
    "to": frozenset({"title"}),
    "that": frozenset({"title"}),
}
SAID = words("term query domain team workflow pipeline service product schedule template")
_ANYHOW = words("term query")
_NOWHERE = np.array([], dtype=np.intp)
_EVERY = words("all every everything everyone everybody each any")
# What each is called on it takes in whole, so that "all" is no call for many changes.
_TAKE_ALL = words(
    """
    compliance.evaluate_compliance classifications.propagate_classification
    classifications.classify_asset catalog.run_quality_checks catalog.profile_asset
    data_sources.discover_assets scan_logic.start_scan
    """
)


@dataclass(frozen=True)
class Match:
    """An operation that a clause resembles, 0 to 1; `spoken`: all that it speaks of; `meant`: how
    much by meaning alone."""

    operation: str
    score: float
    spoken: frozenset[str]
    meant: float = 0.0


class Exemplars:
    """The examples of many operations, weighed by how telling what they speak of is."""

    def __init__(self, told: Sequence[tuple[str, str, tuple[str, ...], bool]]) -> None:
        listed: list[tuple[str, frozenset[str]]] = []
        self._spoken: dict[str, frozenset[str]] = {}
        for name, summary, examples, _ in told:
            every = [features.of_sample(one) for one in (*examples, *PHRASINGS.get(name, ()))]
            listed += [(name, one) for one in every if one]
            own = features.of_sample(f"{name.replace('.', ' ').replace('_', ' ')} {summary}")
            self._spoken[name] = own.union(*every)
        used = Counter(one for spoken in self._spoken.values() for one in spoken)
        self._opened = {
            name: {first for one in (*examples, *PHRASINGS.get(name, ())) if (first := _first(one))}
            for name, _, examples, _ in told
        }
        self._weights = {
            one: KIND if one.startswith("kind_") else log(1 + len(told) / count)
            for one, count in used.items()
        }
        self._unknown = UNKNOWN * log(1 + len(told))
        sentences = list(dict.fromkeys(listed))  # an operation's stand together
        self._names = list(dict.fromkeys(name for name, _ in sentences))
        place = {name: i for i, name in enumerate(self._names)}
        self._of = np.array([place[name] for name, _ in sentences], dtype=int)
        self._firsts = np.searchsorted(self._of, np.arange(len(self._names)))
        self._whole = np.array([sum(map(self.weight, one)) for _, one in sentences])
        self._where = _places(one for _, one in sentences)
        self._spoken_by = _places(self._spoken[name] for name in self._names)

    def weight(self, feature: str) -> float:
        """How much it tells; what no operation speaks of tells most."""
        return self._weights.get(feature, KIND if feature.startswith("kind_") else self._unknown)

    def matches(self, spoken: frozenset[str]) -> list[Match]:
        """The operations that a sentence resembles, best first."""
        if not self._names:
            return []
        shared, said = np.zeros(len(self._of)), np.zeros(len(self._names))
        near = np.zeros(len(self._of), dtype=bool)
        for feature in spoken:
            where = self._where.get(feature, _NOWHERE)
            shared[where] += self.weight(feature)
            said[self._spoken_by.get(feature, _NOWHERE)] += self.weight(feature)
            if not feature.startswith("kind_"):
                near[where] = True
        loosely = 0.8 * (said[self._of] - shared)  # in another of the operation's sentences
        total = sum(map(self.weight, spoken))
        scores = np.where(near, (2 * shared + loosely) / (self._whole + total), 0.0)
        best = np.maximum.reduceat(scores, self._firsts)
        found = [
            Match(name, float(score), self._spoken[name])
            for name, score in zip(self._names, best, strict=True)
            if score
        ]
        return sorted(found, key=lambda one: (-one.score, one.operation))

    def weighed(self, found: Sequence[Match], meant: Mapping[str, float]) -> list[Match]:
        """The operations that a sentence resembles by its words, by its meaning, or by both."""
        by_words = {one.operation: one for one in found}
        for name in meant.keys() & self._spoken.keys():
            said = by_words.get(name) or Match(name, 0.0, self._spoken[name])
            score = max(said.score, (said.score + meant[name]) / 2)
            if meant[name] >= SURELY_MEANT:
                score = max(score, meant[name])
            by_words[name] = replace(said, score=score, meant=meant[name])
        return sorted(by_words.values(), key=lambda one: (-one.score, one.operation))

    def opened_by(self, operation: str, meanings: frozenset[str]) -> bool:
        """Whether one of an operation's examples begins with a word that means this."""
        return bool(meanings & self._opened[operation])


def _places(sets: Iterable[frozenset[str]]) -> dict[str, NDArray[np.intp]]:
    """Where each word is one of a set."""
    where: defaultdict[str, list[int]] = defaultdict(list)
    for i, one in enumerate(sets):
        for word in one:
            where[word].append(i)
    return {word: np.array(places) for word, places in where.items()}


def _first(example: str) -> str:
    """What the first word of an example means."""
    return next(iter(features.of(tokenize(example)[:1], {})), "")


def exemplars(cards: Mapping[str, Card]) -> Exemplars:
    """The examples of these operations, made once."""
    return _made(
        tuple((one.name, one.summary, one.examples, one.effect != "read") for one in cards.values())
    )


@lru_cache(maxsize=16)
def _made(told: tuple[tuple[str, str, tuple[str, ...], bool], ...]) -> Exemplars:
    return Exemplars(told)


def read(
    situation: Situation,
    cards: Mapping[str, Card],
    effects: frozenset[str],
    *,
    ordered: bool = False,
    similarity: Similarity | None = None,
) -> Outcome | None:
    """What a clause asks for by the words of an example; None unless one operation stands out.

    Args:
        effects: of the operations that come into question.
        ordered: whether the clause is a command.
        similarity: how much operations' examples resemble it by meaning.
    """
    clause = situation.clause
    known = exemplars(cards)
    named = _named(clause, situation.today)
    spoken = features.of(clause.tokens, named)
    found = _with_texts(known.matches(spoken), clause, named, cards)
    found = known.weighed(found, _meant(clause, named, similarity))
    if "read" in effects:
        found = [one for one in found if cards[one.operation].effect in effects]
    found = _of_record(_ordered(found, clause, cards) if ordered else found, clause, cards)
    found = [one for one in found[:2] if one.score >= ALIKE]
    if not found or cards[found[0].operation].effect not in effects:
        return None
    if len(found) > 1 and found[0].score - found[1].score < APART:
        first, second = (cards[one.operation] for one in found)
        both = ordered or (not named and first.effect == second.effect == "read")
        return either(first.summary, second.summary) if both else None
    card = cards[found[0].operation]
    spoken = features.of(clause.tokens, {})
    nearly = card.effect == "write" and found[0].score >= SAME  # "the rule … no longer serves …"
    if card.effect != "read" and not (nearly or known.opened_by(card.name, spoken)):
        return None  # what changes something is asked for by its verb
    if card.effect == "destroy":
        if clause.tokens[0].word == "should":
            return None  # "should we delete …?" asks for advice
        situation = replace(situation, context=Context(Focus()))  # never what was spoken of before
    filled, lacking = fill(situation, card)
    sound = card.effect != "read" or _named_strangely(situation, found[0], filled, lacking)
    lacking = None if lacking in filled else lacking
    unsaid = _unsaid(situation, found[0], filled, named, known)
    most = MOST_LEFT if card.effect == "read" else MOST_UNSAID
    if not sound or (unsaid > most and not _surely_meant(found[0], card, clause, known)):
        return None
    taken = NONE.union(*(one.tokens for one in filled.values()))
    free = [t for i, t in enumerate(clause.tokens) if i not in taken and i not in named]
    more = any(token.word == "then" for token in free)  # "…, then …" asks for more than this
    aside = more or deferred(free) or not (filled or lacking)
    if card.effect != "read" and (aside or _passes_over(clause, card, filled, taken.union(named))):
        return None
    many = bool(_EVERY & {token.word for token in free})
    if card.effect != "read" and many and (lacking or card.name not in _TAKE_ALL):
        return Outcome(card.name, question=ONE_BY_ONE)
    return _bound(clause, card, filled, lacking, found[0].score)


def _named_strangely(
    situation: Situation, best: Match, filled: dict[str, Filled], lacking: str | None
) -> bool:
    """Fills in a name that nothing goes by; False where a strange word can't be the name of one."""
    clause = situation.clause
    if lacking in SAID and _spoken_of(lacking, clause):
        said = _unexplained(situation, best, filled)
        filled |= {lacking: said} if said is not None else {}
    guessed = (one for one, held in filled.items() if one in SAID and not held.linked)
    return all(_spoken_of(one, clause) for one in guessed)


def _spoken_of(argument: str, clause: Clause) -> bool:
    """Whether a clause speaks of what an argument names, so that a strange word can be its name."""
    return argument in _ANYHOW or argument in {fold(token.word) for token in clause.tokens}


_RECORDS = {"fnd_": "finding", "act_": "activity", "scn_": "scan", "tsk_": "task"}


def _of_record(found: list[Match], clause: Clause, cards: Mapping[str, Card]) -> list[Match]:
    """Only operations on such a record, where a clause gives its id."""
    wanted = {
        argument for token in clause.tokens for prefix, argument in _RECORDS.items()
        if token.text.startswith(prefix)
    }  # fmt: skip
    return [
        one
        for one in found
        if not wanted or wanted & cards[one.operation].parameters.get("properties", {}).keys()
    ]


def _passes_over(clause: Clause, card: Card, filled: Mapping[str, Filled], explained: Span) -> bool:
    """Whether a change leaves a level aside ("… as restricted"), or is of a table where columns
    are spoken of."""
    if value("sensitivity", clause.tokens, explained) is not None:
        return True
    asset = filled.get("asset")
    spoken = any(fold(token.word) == "column" for token in clause.tokens)
    of_table = asset is not None and any(one.kind == "table" for one in asset.about)
    return spoken and of_table and card.name not in _TAKE_ALL


def resembling(
    situation: Situation, cards: Mapping[str, Card], similarity: Similarity | None
) -> list[Match]:
    """The operations that a clause resembles, best first, by words and meaning."""
    known, clause = exemplars(cards), situation.clause
    named = _named(clause, situation.today)
    found = known.matches(features.of(clause.tokens, named))
    return known.weighed(found, _meant(clause, named, similarity))


def meanings(situation: Situation, similarity: Similarity | None) -> dict[str, float]:
    """How much the operations' examples resemble a clause by meaning, whatever its names."""
    return _meant(situation.clause, _named(situation.clause, situation.today), similarity)


def asked(situation: Situation, card: Card) -> Mapping[str, object] | None:
    """The arguments of an operation that a clause names; None where one is lacking or in doubt."""
    filled, lacking = fill(situation, card)
    found = None if lacking else _bound(situation.clause, card, filled, None, 1.0)
    return found.calls[0] if found is not None and len(found.calls) == 1 else None


def _meant(
    clause: Clause, named: Mapping[int, str], similarity: Similarity | None
) -> dict[str, float]:
    return dict(similarity(features.unnamed(clause.tokens, named))) if similarity else {}


def _surely_meant(best: Match, card: Card, clause: Clause, known: Exemplars) -> bool:
    """Whether the meaning suffices, though not all words are explained; a change needs its verb."""
    verb = features.of(imperative(clause.tokens)[:1], {})
    opens = card.effect == "read" or known.opened_by(card.name, verb)
    return best.meant >= SURELY_MEANT and opens


def _with_texts(
    found: list[Match], clause: Clause, named: Mapping[int, str], cards: Mapping[str, Card]
) -> list[Match]:
    """Also what a sentence resembles up to where words of its own begin: "…, because it is old"."""
    known, best = exemplars(cards), {one.operation: one for one in found}
    for i, token in enumerate(clause.tokens):
        texts = _TEXTS.get(token.word)
        if i < 2 or texts is None:
            continue
        head = features.of(clause.tokens[:i], {j: kind for j, kind in named.items() if j < i})
        for one in known.matches(head):
            taken = texts & cards[one.operation].parameters.get("properties", {}).keys()
            if taken and one.score > best.get(one.operation, one).score - (
                one.operation not in best
            ):
                best[one.operation] = one
    return sorted(best.values(), key=lambda one: (-one.score, one.operation))


def _ordered(found: list[Match], clause: Clause, cards: Mapping[str, Card]) -> list[Match]:
    """For a command what begins with its verb; "deprecate orders" asks for no list."""
    verb, known = features.of(imperative(clause.tokens)[:1], {}), exemplars(cards)
    weighed = [
        replace(one, score=one.score + OPENED * known.opened_by(one.operation, verb))
        for one in found
        if cards[one.operation].effect != "read" or known.opened_by(one.operation, verb)
    ]
    return sorted(weighed, key=lambda one: (-one.score, one.operation))


def _unsaid(
    situation: Situation,
    best: Match,
    filled: Mapping[str, Filled],
    named: Mapping[int, str],
    known: Exemplars,
) -> float:
    """The share of a sentence's weight that neither its operation nor its arguments explain."""
    tokens = situation.clause.tokens
    taken = NONE.union(*(one.tokens for one in filled.values()))
    left = features.of(tokens, dict.fromkeys(taken, "date") | dict.fromkeys(named, "date"))
    whole = sum(map(known.weight, features.of(tokens, named))) or 1.0
    return sum(map(known.weight, left - best.spoken)) / whole


def _bound(
    clause: Clause, card: Card, filled: Mapping[str, Filled], lacking: str | None, score: float
) -> Outcome:
    """The call, or the question that is left."""
    doubt = next((one for one in filled.values() if one.doubt), None)
    if doubt is not None:
        return doubtful(card.name, clause.words(doubt.tokens), doubt.doubt)
    about: tuple[Entity | Pending, ...] = tuple(
        thing for one in filled.values() for thing in one.about
    )
    required = card.parameters.get("required", [])
    if card.name.partition(".")[2].startswith("update") and filled.keys() <= set(required):
        return Outcome(card.name, question=f"What should change: {choices(card)}?", about=about)
    open_ = [name.replace("_", " ") for name in required if name not in filled]
    if len(open_) > MOST_OPEN:
        question = FORM.format(", ".join(open_[:-1]), open_[-1])
        return Outcome(card.name, question=question, about=about)
    values: dict[str, tuple[object, ...]] = {}
    for name, one in filled.items():
        whole = several(card, name) and not isinstance(one.values[0], list)
        values[name] = (list(one.values),) if whole else one.values
    if lacking is not None:
        asked = needed(card, lacking, enumerated(card, lacking))
        return replace(asked, about=about, score=6 * score, given=settled(values))
    calls = tuple(dict(zip(values, chosen, strict=True)) for chosen in product(*values.values()))
    if len(calls) > MOST_CALLS:
        return too_many(card.name, len(calls), MOST_CALLS)
    return Outcome(card.name, calls, score=6 * score, about=about)


def _unexplained(situation: Situation, best: Match, filled: Mapping[str, Filled]) -> Filled | None:
    """What a sentence names that nothing goes by: the words that its operation doesn't speak of."""
    tokens = situation.clause.tokens
    taken = NONE.union(*(one.tokens for one in filled.values()))
    where = [i for i in features.strange(tokens, best.spoken) if i not in taken]
    if not where or where[-1] - where[0] >= len(where) + 1:
        return None
    run = frozenset(range(where[0], where[-1] + 1))
    return Filled((situation.clause.words(run),), run, 0.5, linked=False)


def _scopes(clause: Clause) -> Iterator[int]:
    """Where a source only says which table is meant: "the orders table of the shop"."""
    sure = [m for m in clause.mentions if not m.weak]
    for outer in sure:
        sources = [found.entity for found in outer.of(KINDS["source"])]
        inside = (
            found.entity
            for m in sure
            if not m.tokens & outer.tokens
            for found in m.of(KINDS["asset"])
        )
        if sources and any(source.contains(one) for source in sources for one in inside):
            yield from outer.tokens


def _named(clause: Clause, today: date) -> dict[int, str]:
    """The tokens that name something, with its kind: entities, identifiers, quotations, figures."""
    named: dict[int, str] = {}
    for mention in sorted(clause.mentions, key=lambda one: one.start - one.end):
        where: Sequence[int] = range(mention.start, mention.end)
        token = clause.tokens[mention.start]
        common = mention.matches[0].entity.kind in ("column", "tag") and well_spelt(token)
        spoken = mention.plain and not mention.noun and (common or features.speaks(token))
        if mention.weak or spoken or any(i in named for i in where):
            continue
        kind = features.KINDS.get(mention.matches[0].entity.kind, "name")
        if kind == "asset" and mention.matches[0].score >= SURELY_MEANT:
            where = (*where, *mention.noun)  # "the orders table" is a name
        named |= dict.fromkeys(where, kind)
    named |= dict.fromkeys(_scopes(clause), "date")
    situation = Situation(clause, Context(Focus()), today)
    for side in ("since", "until"):
        dated = EXTRACTORS[side](situation)
        named |= dict.fromkeys(dated.tokens - named.keys(), "date") if dated else {}
    for i, token in enumerate(clause.tokens):
        if i not in named and features.is_qualified(token):
            named[i] = "asset"
        if i not in named and features.is_noun_of_name(clause.tokens, i, named):
            named |= {i - 1: "asset", i: "asset"}  # "the refunds table", though none is known
        proper = i and token.text[:1].isupper() and not features.speaks(token)
        if i not in named and (token.opaque or features.is_name(token) or proper):
            named[i] = "name"
    return named
