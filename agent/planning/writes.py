"""From a clause that fits a frame to the arguments of a write, or to a question.

A name that may mean several things is always asked about, and so is one of several words that
nothing goes by; a single unknown word is passed on as typed, for the operation to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from agent.planning.clause import Clause, Context, Pending, reference
from agent.planning.concepts import GRAMMAR_WORDS, value
from agent.planning.frames import FRAMES, Frame
from agent.planning.lexicon import Lexicon
from agent.planning.outcome import Outcome, doubtful, missing, unknown
from agent.planning.slots import KINDS, Filled, Situation, entity
from agent.planning.text import Token, fold, span
from agent.planning.types import Card, Entity
from agent.planning.vocabulary import DETERMINERS, FILLERS

MOST_CALLS = 25
_LONGEST = 60
LONGEST_NAME = 4

# Slot of a frame → the argument it becomes and the kinds of entity it may name.
_LINKED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "asset": ("asset", ("asset", "source")),
    "assets": ("asset", ("asset", "source")),
    "label": ("label", ("label",)),
    "owner": ("owner", ("person",)),
    "role": ("role", ("role",)),
    "rule_set": ("rule_set", ("rule_set",)),
    "source": ("source", ("source",)),
    "tag": ("tag", ("tag",)),
    "user": ("user", ("person",)),
}
_TYPED = {"quoted": "description", "description": "description", "activity": "activity"}
_IMPLIED = {"asset": ("asset",), "source": ("source",)}
_FILES = re.compile(r"\.(csv|tsv|parquet|jsonl?|xlsx?)$", re.IGNORECASE)
_SQLITE = re.compile(r"\.(sqlite3?|db3?)$", re.IGNORECASE)
_CREATES = {"data_sources.register_source": "source", "rbac.create_user": "person"}


@dataclass(frozen=True, slots=True)
class _Bound:
    """One slot's words in the clause."""

    slot: str
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """What a write is read with."""

    message: str
    lexicon: Lexicon
    cards: Mapping[str, Card]
    context: Context
    today: date


def write(tokens: Sequence[Token], desk: Desk) -> Outcome | None:
    """The best frame's reading of a clause (politeness already removed); None if none fits."""
    kept = [t for t in tokens if t.form != "mark" and t.word not in DETERMINERS | {"my"}]
    if not kept or len(kept) > _LONGEST:
        return None
    starts, text = [], ""
    for token in kept:
        starts.append(len(text))
        text += token.word + " "
    readings = []
    for frame in FRAMES:
        if frame.operation not in desk.cards:
            continue
        if frame.literals and kept[0].word not in frame.literals:
            continue
        found = frame.regex.match(text)
        if found is None:
            continue
        bound, slot_words = [], 0
        for slot, words in found.groupdict().items():
            if words is None:
                continue
            first, last = found.span(slot)
            inside = [i for i, at in enumerate(starts) if first <= at < last]
            slot_words += len(inside)
            low, high = tokens.index(kept[inside[0]]), tokens.index(kept[inside[-1]])
            bound.append(_Bound(slot, tuple(tokens[low : high + 1])))
        reading = _bind(frame, bound, desk)
        if reading is not None:
            weight = len(kept) - slot_words - 0.5 * bool(frame.asks)
            readings.append((reading.score + weight, reading))
    return max(readings, key=lambda r: r[0])[1] if readings else None


def _bind(frame: Frame, bound: Sequence[_Bound], desk: Desk) -> Outcome | None:
    operation = frame.operation
    arguments: dict[str, tuple[object, ...]] = {}
    about: list[Entity | Pending] = []
    score, question = 0.0, None
    for item in bound:
        words = span(desk.message, item.tokens)
        if item.slot in _TYPED:
            arguments[_TYPED[item.slot]] = (words,)
        elif item.slot.rstrip("2") == "scope":
            found = _scope(item, desk)
            if found is None:
                return None
            for argument, filled in found:
                arguments[argument] = filled.values
                about.extend(filled.about)
                score += 1
        elif item.slot in _LINKED:
            argument, names = _LINKED[item.slot]
            filled = _link(item, names, desk)
            if filled is None and item.slot in frame.strict:
                return None
            if filled is None:
                outcome = _unlinked(operation, item, words)
                if outcome is None:
                    return None
                if isinstance(outcome, Outcome):
                    question = question or outcome
                else:
                    arguments[argument] = (outcome,)
                    score -= 0.5
            elif filled.doubt:
                question = question or doubtful(operation, words, filled.doubt)
                score += 0.8
            elif not filled.values:
                question = question or missing(operation, item.slot)
            else:
                arguments[argument] = filled.values
                about.extend(filled.about)
                score += 1
    arguments |= _literal(operation, bound, desk)
    if arguments.get("location") == ():
        return None
    if frame.asks is not None and question is None:
        implied = _implied(frame, desk)
        if implied is None:
            question = missing(operation, frame.asks)
        else:
            arguments[frame.asks] = (implied.value if isinstance(implied, Pending) else implied.id,)
            about.append(implied)
    if question is not None:
        return Outcome(operation, score=score, question=question.question, options=question.options)
    calls = tuple(
        dict(zip(arguments, chosen, strict=True)) for chosen in product(*arguments.values())
    )
    if len(calls) > MOST_CALLS:
        return Outcome(
            operation,
            score=score,
            question=f"That would be {len(calls)} changes, more than {MOST_CALLS} in one plan. "
            "Which of them should I propose?",
        )
    return Outcome(operation, calls, score, tuple(about))


def _link(item: _Bound, names: tuple[str, ...], desk: Desk) -> Filled | None:
    """What a slot's words name, if they name nothing else besides; several if they are joined."""
    pieces = list(_pieces(item.tokens)) if item.slot == "assets" else [item.tokens]
    linked = [_one(piece, names, desk) for piece in pieces]
    if any(filled is None for filled in linked):
        return None
    found = [filled for filled in linked if filled is not None]
    for filled in found:
        if filled.doubt or not filled.values:
            return filled
    return Filled(
        tuple(v for f in found for v in f.values),
        frozenset(),
        1.0,
        tuple(thing for f in found for thing in f.about),
    )


def _one(tokens: Sequence[Token], names: tuple[str, ...], desk: Desk) -> Filled | None:
    clause = Clause(desk.message, tokens, desk.lexicon)
    for name in names:
        filled = entity(KINDS[name], Situation(clause, desk.context, desk.today))
        if filled is not None and clause.content <= filled.tokens:
            return filled
    back = reference(tokens)
    if back is not None and clause.content <= back.tokens:
        return Filled((), back.tokens, 0.0)  # "it", and nothing that it could be
    return None


def _pieces(tokens: Sequence[Token]) -> Iterator[tuple[Token, ...]]:
    piece: list[Token] = []
    for token in tokens:
        if token.word in ("and", "&") or token.form == "mark":
            if piece:
                yield tuple(piece)
            piece = []
        else:
            piece.append(token)
    if piece:
        yield tuple(piece)


def _unlinked(operation: str, item: _Bound, words: str) -> str | Outcome | None:
    """Unknown words: one is passed on as typed, a phrase or a word of the grammar is asked about."""
    named = [t for t in item.tokens if t.word not in DETERMINERS]
    token = named[0]
    common = fold(token.word) in GRAMMAR_WORDS or token.word in FILLERS
    if item.slot == "tag" and len(named) <= 2:
        return span("", named) if len(named) == 1 else words
    if len(named) > LONGEST_NAME:
        return None
    if len(named) > 1 or (common and not token.opaque and item.slot != "tag"):
        return unknown(operation, item.slot, words)
    return token.text


def _scope(item: _Bound, desk: Desk) -> list[tuple[str, Filled]] | None:
    """The framework and the source that a stretch of words names, if it names nothing else."""
    clause = Clause(desk.message, item.tokens, desk.lexicon)
    found: list[tuple[str, Filled]] = []
    explained: frozenset[int] = frozenset()
    for name in ("framework", "source"):
        situation = Situation(clause, desk.context, desk.today, explained)
        filled = entity(KINDS[name], situation)
        if filled is not None and filled.values:
            found.append((name, filled))
            explained |= filled.tokens
    loose = {
        i for i in clause.content - explained if clause.tokens[i].word not in ("against", "on")
    }
    return found if found and not loose else None


def _implied(frame: Frame, desk: Desk) -> Entity | Pending | None:
    """What the conversation is about, for a slot left out; never for what can't be undone."""
    names = _IMPLIED.get(frame.asks or "")
    if names is None or desk.cards[frame.operation].effect == "destroy":
        return None
    return desk.context.one(KINDS[names[0]])


def _literal(operation: str, bound: Sequence[_Bound], desk: Desk) -> dict[str, tuple[object, ...]]:
    """Arguments that are not entities: where a new source lies, what a new user is called."""
    by_slot = {item.slot: span(desk.message, item.tokens) for item in bound}
    found: dict[str, tuple[object, ...]] = {}
    if operation == "data_sources.register_source" and "location" in by_slot:
        location = by_slot["location"]
        if not re.search(r"[/\\.]|:", location):
            return {"location": ()}
        found["name"] = (by_slot.get("name") or source_name(location),)
        found["kind"] = (source_kind(location),)
        found["location"] = (location,)
        place = next((item for item in bound if item.slot == "environment"), None)
        meant = value("environment", place.tokens) if place else None
        if meant:
            found["environment"] = (meant[0],)
    elif operation == "rbac.create_user" and "name" in by_slot and "email" in by_slot:
        found["name"], found["email"] = (by_slot["name"].rstrip(", ("),), (by_slot["email"],)
    return found


def created(operation: str, index: int, arguments: Mapping[str, object]) -> Pending | None:
    """What "it" is after a call that creates something: the `id` in that call's result."""
    kind = _CREATES.get(operation)
    if kind is None:
        return None
    return Pending(kind, {"$ref": f"{index}.id"}, str(arguments.get("name", "")))  # type: ignore[arg-type]


def source_kind(location: str) -> str:
    """The kind of source that lies at a path or URL."""
    scheme, separator, _ = location.partition("://")
    if separator:
        dialect = scheme.lower().partition("+")[0]
        return {"postgres": "postgresql", "mariadb": "mysql"}.get(dialect, dialect)
    if _SQLITE.search(location):
        return "sqlite"
    return "duckdb" if location.lower().endswith(".duckdb") else "files"


def source_name(location: str) -> str:
    """A name for a source from its database's, file's or folder's name."""
    path = urlsplit(location).path if "://" in location else location.replace("\\", "/")
    last = PurePosixPath(path.rstrip("/")).name or "source"
    stem = PurePosixPath(last).stem if _FILES.search(last) or "." in last else last
    return re.sub(r"\W+", "_", stem).strip("_") or "source"
