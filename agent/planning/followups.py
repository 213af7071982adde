"""Clauses that only make sense after something: "and in crm?", "only the e-mail ones", "why?".

They repeat or follow the last reading operation with other arguments. A change is never repeated
from a fragment; that is asked about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from agent.planning.clause import reference
from agent.planning.intents import INTENTS, Intent
from agent.planning.outcome import Outcome
from agent.planning.reads import fill
from agent.planning.slots import Situation
from agent.planning.text import fold, words
from agent.planning.types import Card
from agent.planning.vocabulary import KIND_NOUNS

_EXPLAIN = "classifications.explain_classification"

# What "why?" asks after an operation, and the arguments that go on to it.
_WHY: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "compliance.get_posture": ("compliance.list_findings", ("framework", "source")),
    "compliance.evaluate_compliance": ("compliance.list_findings", ("framework", "source")),
    "compliance.find_gaps": ("compliance.list_findings", ("framework", "source")),
    "classifications.get_asset_classification": (_EXPLAIN, ("asset",)),
    "classifications.set_classification": (_EXPLAIN, ("asset",)),
    "rbac.who_can": ("rbac.who_can", ("permission", "asset", "source")),
    "rbac.check_access": ("rbac.check_access", ("user", "permission", "asset", "source")),
}  # fmt: skip
_WHY_WORDS = words(
    """
    why not how come is that so if it reason the for and which reasons what in way missing fails
    lacking wrong where then stops stands
    """
)
_WHY_ASKED = words("why how reason reasons way missing fails lacking wrong")
_MORE = words(
    "more rest next remaining others other ones further continue go on show me the list see give "
    "please and all of them it page results what else are there"
)
_GOES_ON = words("all more rest next remaining others further continue else")
_CORRECTS = words("sorry no oh i meant mean not that one rather instead actually wait was for")
_MEANT = words("meant mean rather instead actually sorry no")
_HOW_MANY = words("how many are there is it of them those these in total all that do we have exist")
_OPENINGS = words(
    "and only just but also same what how sorry no i meant mean rather instead actually"
)
# Arguments of which a new one replaces the other.
_RIVALS: Mapping[str, tuple[str, ...]] = {
    "asset": ("source",), "source": ("asset",), "since": ("until",), "until": ("since",),
    "label": ("category",),
}  # fmt: skip
_BY_OPERATION = {intent.operation: intent for intent in INTENTS}


@dataclass(frozen=True, slots=True)
class Last:
    """The last operation, of this message or of an earlier turn, with its arguments."""

    operation: str
    arguments: Mapping[str, object]
    cursor: str | None = None


def follow_up(
    situation: Situation, last: Last | None, linked: frozenset[str], cards: Mapping[str, Card]
) -> Outcome | None:
    """What a fragment means after `last`; None if it is no fragment or fits nothing."""
    if last is None:
        return None
    words = [t.word for t in situation.clause.tokens if t.form != "mark"]
    if words and set(words) <= _WHY_WORDS and _WHY_ASKED & set(words):
        return _why(last, cards)
    counted = {"how", "many"} <= set(words) and set(words) <= _HOW_MANY
    if counted and last.operation in cards and cards[last.operation].effect == "read":
        return Outcome(last.operation, (dict(last.arguments),), score=4.0)
    if last.cursor and set(words) <= _MORE and set(words) & _GOES_ON:
        return Outcome(last.operation, ({**last.arguments, "cursor": last.cursor},), score=4.0)
    opening = bool(linked & _OPENINGS) or (bool(words) and _fragment(words))
    opening = opening or _corrects(situation, words)
    back = reference(situation.clause.tokens)
    plural = back is not None and back.plural and words[0] in ("which", "what", "how", "show")
    if not (opening or plural) or last.operation not in cards:
        return None
    if cards[last.operation].effect != "read":
        return _again(situation, last, cards) if opening else None
    intent = _BY_OPERATION.get(last.operation)
    return _refined(situation, intent, last) if intent else None


def _fragment(words: list[str]) -> bool:
    if words[0] in ("only", "just", "and", "but", "same"):
        return True
    return len(words) > 1 and words[0] in ("what", "how") and words[1] == "about"


def _corrects(situation: Situation, words: list[str]) -> bool:
    """Whether it says only what else was meant: "sorry, I meant crm.orders"."""
    clause = situation.clause
    named = frozenset(i for m in clause.mentions if not m.weak for i in m.tokens)
    rest = {t.word for i, t in enumerate(clause.tokens) if i not in named and t.form != "mark"}
    return bool(named) and bool(rest & _MEANT) and rest <= _CORRECTS


def _why(last: Last, cards: Mapping[str, Card]) -> Outcome | None:
    operation, kept = _WHY.get(last.operation, ("", ()))
    if operation not in cards:
        return None
    arguments = {name: last.arguments[name] for name in kept if name in last.arguments}
    return Outcome(operation, (arguments,), score=4.0)


def _refined(situation: Situation, intent: Intent, last: Last) -> Outcome | None:
    clause = situation.clause
    filled = fill(intent, situation)
    fresh = {k: f for k, f in filled.items() if f.linked and len(f.values) == 1}
    explained = frozenset(i for f in fresh.values() for i in f.tokens)
    back = reference(clause.tokens)
    explained |= back.tokens if back else frozenset()
    loose = [
        i
        for i in clause.content - explained
        if fold(clause.tokens[i].word) not in KIND_NOUNS and clause.tokens[i].word not in _OPENINGS
    ]
    if loose or not fresh:
        return None
    rivals = {r for name in fresh for r in _RIVALS.get(name, ()) if r not in fresh}
    if "label" in fresh and "category" in last.arguments:
        rivals.discard("category")
    arguments = {k: v for k, v in last.arguments.items() if k not in rivals}
    arguments |= {k: f.values[0] for k, f in fresh.items()}
    about = tuple(thing for f in fresh.values() for thing in f.about)
    return Outcome(intent.operation, (arguments,), score=4.0, about=about)


def _again(situation: Situation, last: Last, cards: Mapping[str, Card]) -> Outcome | None:
    mentions = [m for m in situation.clause.mentions if not m.weak]
    named = frozenset(i for m in mentions for i in m.tokens)
    if not mentions or situation.clause.content - named:
        return None
    name = situation.clause.words(mentions[0].tokens)
    done = cards[last.operation].summary.rstrip(".").lower() or last.operation
    return Outcome(
        last.operation,
        question=f"The same ({done}) for “{name}”? Please say it in full, since it changes data.",
    )
