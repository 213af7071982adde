"""From the words in a frame's slots to a write's arguments, or to the question they leave.

A name that may mean several things is always asked about, and so is a phrase that nothing goes
by; a single unknown word is passed on as typed, for the operation to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from agent.planning.clause import Clause, Context, Pending, reference
from agent.planning.concepts import GRAMMAR_WORDS, value
from agent.planning.dates import days
from agent.planning.filling import name_in
from agent.planning.lexicon import Lexicon
from agent.planning.locations import as_name, is_location, source_kind, source_name
from agent.planning.outcome import (
    Outcome,
    doubtful,
    misfit,
    missing,
    settled,
    too_many,
    unknown,
)
from agent.planning.patterns import Frame
from agent.planning.slots import KINDS, LATEST, NONE, Filled, Situation, entity
from agent.planning.text import Token, fold, parts, span
from agent.planning.types import Card, Entity, Kind
from agent.planning.vocabulary import ACCOUNTS, DETERMINERS, FILLERS

MOST_CALLS = 25
SURE = 0.8  # of a match, to be what is named
LONGEST_NAME = 4  # in words; more than that is no name of anything
LINKED, DOUBTED, TYPED = 1.0, 0.8, -0.5  # what a slot adds to its frame's score

# Slot of a frame → the argument it becomes and the kinds of entity it may name.
_LINKS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "asset": ("asset", ("asset", "source")),
    "assets": ("asset", ("asset", "source")),
    "part": ("asset", ("asset",)),  # of a source, and never the source itself
    "those": ("asset", ("asset", "source")),
    "label": ("label", ("label",)),
    "owner": ("owner", ("person",)),
    "role": ("role", ("role",)),
    "rule_set": ("rule_set", ("rule_set",)),
    "members": ("members", ("person",)),  # a list, of one call
    "adds": ("add", ("asset",)),  # so is this
    "registered": ("asset", ("registered",)),
    "source": ("source", ("source",)),
    "tag": ("tag", ("tag",)),
    "user": ("user", ("person",)),
}
_NAMES = (
    *("workflow", "pipeline", "schedule", "template", "policy", "rule", "task"),
    *("domain", "parent", "team", "term", "format"),
)
_TEXTS = {
    "quoted": "description",
    "description": "description",
    "activity": "activity",
    "title": "name",
    "note": "text",
    "alias": "text",
    "memory": "memory",
    **{name: name for name in _NAMES},
}
_WHOLE = frozenset({"members", "add"})
_SCOPES = ("scope", "scope2")
_SOURCES = frozenset({"source", "database", "datasource"})


_PLAIN = frozenset({"data", "registered", "connected"})
_ALL = frozenset({"all", "every", "each"})
_FIELDS = frozenset({"field", "fields", "attribute", "attributes"}) | DETERMINERS
_LIE_IN = frozenset({"of", "in", "from", "that", "are", "source", "database"})
_MEMBERS: Mapping[str, frozenset[Kind]] = {
    "table": frozenset({"table"}), "view": frozenset({"view"}), "column": frozenset({"column"}),
    "asset": frozenset({"table", "view"}), "dataset": frozenset({"table", "view"}),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Desk:
    """What a write is read with."""

    message: str
    lexicon: Lexicon
    cards: Mapping[str, Card]
    context: Context
    today: date


@dataclass(frozen=True, slots=True)
class Bound:
    """One slot of a frame and the tokens that stand in it."""

    slot: str
    tokens: tuple[Token, ...]


class Misfit(Exception):  # noqa: N818 - not an error: the frame is the wrong one
    """The words in a slot can't be what the frame takes them for."""


class Binding:
    """One frame being filled."""

    def __init__(self, frame: Frame, desk: Desk) -> None:
        self.frame = frame
        self.desk = desk
        self.arguments: dict[str, tuple[object, ...]] = {}
        self.about: list[Entity | Pending] = []
        self.score = 0.0
        self.question: Outcome | None = None

    def bind(self, bound: Sequence[Bound]) -> Outcome | None:
        """The frame's calls or question; None if the words don't fit it."""
        try:
            for item in bound:
                if item.slot in _TEXTS:
                    self.arguments[_TEXTS[item.slot]] = (self._words(item).strip(" ,"),)
                    self.score += LINKED * (item.slot in _NAMES)
                elif item.slot in _SCOPES:
                    self._scope(item)
                elif item.slot in _LINKS:
                    self._linked(item)
            self._literals({item.slot: item for item in bound})
        except Misfit:
            return None
        if self.frame.asks is not None and self.question is None:
            self._imply(self.frame.asks)
        return self._outcome()

    def _outcome(self) -> Outcome:
        operation, score = self.frame.operation, self.score
        chosen = tuple(product(*self.arguments.values()))
        question = self.question
        if question is None and len(chosen) > MOST_CALLS:
            question = too_many(operation, len(chosen), MOST_CALLS)
        if question is not None:
            return Outcome(
                operation, score=score, question=question.question, options=question.options,
                doubt=question.doubt, slot=question.slot, given=settled(self.arguments),
            )  # fmt: skip
        calls = tuple(dict(zip(self.arguments, values, strict=True)) for values in chosen)
        return Outcome(operation, calls, score, tuple(self.about))

    def _words(self, item: Bound) -> str:
        return span(self.desk.message, item.tokens)

    def _ask(self, question: Outcome) -> None:
        self.question = self.question or question

    def _take(self, argument: str, filled: Filled) -> None:
        whole = argument in _WHOLE
        self.arguments[argument] = ([*filled.values],) if whole else filled.values
        self.about.extend(filled.about)
        self.score += LINKED

    def _linked(self, item: Bound) -> None:
        argument, names = _LINKS[item.slot]
        if self.frame.pattern.startswith("let ") and item.tokens[0].word in ("me", "us"):
            raise Misfit  # "let me see" asks to be shown
        filled = self._link(item.tokens, names)
        if filled is None and item.slot == "tag":
            filled = self._tags(item.tokens)
        whole = argument == "asset" and any(t.word in _SOURCES for t in item.tokens)
        if whole and filled is not None and "data_sources.update_source" in self.desk.cards:
            raise Misfit  # "the source crm" isn't what lies in it
        if filled is not None and self._misplaced(filled):
            raise Misfit
        if filled is None:
            dotted = argument == "asset" and len(item.tokens) == 1 and "." in item.tokens[0].text
            if item.slot in self.frame.strict and not dotted:
                raise Misfit
            self._typed(item, argument)
        elif filled.doubt:
            self._ask(doubtful(self.frame.operation, self._words(item), filled.doubt))
            self.score += DOUBTED
        elif filled.values:
            self._take(argument, filled)
        else:
            self._ask(missing(self.frame.operation, item.slot))

    def _tags(self, tokens: Sequence[Token]) -> Filled | None:
        """Several tags, known or new: "pii and gdpr"."""
        pieces = list(_pieces(tokens))
        if len(pieces) < 2 or any(len(piece) > 2 for piece in pieces):
            return None
        known = [self._one(piece, ("tag",)) for piece in pieces]
        typed = [span(self.desk.message, piece) for piece in pieces]
        values = tuple(
            one.values[0] if one is not None and len(one.values) == 1 else said
            for one, said in zip(known, typed, strict=True)
        )
        return Filled(values, NONE, LINKED)

    def _misplaced(self, filled: Filled) -> bool:
        """Whether it is a whole source, for which there is an operation of its own."""
        whole = bool(filled.about) and all(one.kind == "source" for one in filled.about)
        return whole and self.frame.operation == "catalog.set_domain"

    def _link(self, tokens: Sequence[Token], names: tuple[str, ...]) -> Filled | None:
        """What a slot's words name, if they name nothing else besides; several if joined."""
        whole = self._one(tokens, names)
        if whole is not None:
            return whole
        every = self._every(tokens, names) or self._of_one_table(tokens, names)
        if every is not None:
            return every
        linked = [self._one(piece, names) for piece in _pieces(tokens)]
        found = [filled for filled in linked if filled is not None]
        if len(found) < len(linked):
            return None
        unsure = next((f for f in found if f.doubt or not f.values), None)
        return unsure or Filled(
            tuple(v for f in found for v in f.values),
            NONE,
            LINKED,
            tuple(thing for f in found for thing in f.about),
        )

    def _every(self, tokens: Sequence[Token], names: tuple[str, ...]) -> Filled | None:
        """All that lies in a source or a table: "all tables of crm", "every column in orders"."""
        said = [t for t in tokens if t.word not in DETERMINERS]
        of_all = names == ("source",) and len(said) > 1 and said[0].word in _ALL
        if of_all and all(fold(t.word) in _SOURCES or t.word in _PLAIN for t in said[1:]):
            lexicon = self.desk.lexicon
            listed = tuple(lexicon.find(one)[0].entity for one in lexicon.names("source"))
            return Filled(tuple(one.id for one in listed), NONE, LINKED, listed)
        nouns = [i for i, t in enumerate(said) if fold(t.word) in _MEMBERS]
        if len(nouns) != 1 or said[0].word not in _ALL or names != ("asset", "source"):
            return None
        kinds = _MEMBERS[fold(said[nouns[0]].word)]
        rest = [t for i, t in enumerate(said[1:], 1) if i not in nouns and t.word not in _LIE_IN]
        outer = self._one(rest, ("source", "relation")) if rest else None
        if outer is None or len(outer.about) != 1 or isinstance(outer.about[0], Pending):
            return None
        found = self.desk.lexicon.within(outer.about[0], kinds)
        return Filled(tuple(one.id for one in found), NONE, LINKED, found) if found else None

    def _of_one_table(self, tokens: Sequence[Token], names: tuple[str, ...]) -> Filled | None:
        """Columns that are listed before or after their table: "email and phone in customers"."""
        if "asset" not in names:
            return None
        for at, token in enumerate(tokens):
            if token.word not in _LIE_IN or not 0 < at < len(tokens) - 1:
                continue
            outer = self._one(tokens[at + 1 :], ("relation",))
            tables = (outer.about or outer.doubt) if outer else ()
            said = [t for t in tokens[:at] if fold(t.word) != "column" and t.word not in _FIELDS]
            columns = [self._columns(one, list(_pieces(said))) for one in tables]
            held = [one for one in columns if one]
            if len(held) == 1:
                return Filled(tuple(one.id for one in held[0]), NONE, LINKED, held[0])
            if held:
                return Filled((), NONE, LINKED, doubt=tuple(
                    one for one in tables if isinstance(one, Entity)))  # fmt: skip
        return None

    def _columns(
        self, table: Entity | Pending, pieces: Sequence[Sequence[Token]]
    ) -> tuple[Entity, ...]:
        """The columns of a table that some words name, one each; none where one names none."""
        if isinstance(table, Pending):
            return ()
        held = self.desk.lexicon.within(table, frozenset({"column"}))
        found = []
        for piece in pieces:
            said = parts(" ".join(t.text for t in piece if t.word not in DETERMINERS))
            same = [one for one in held if parts(one.name.rpartition(".")[2]) == said]
            if len(same) != 1:
                return ()
            found += same
        return tuple(found)

    def _one(self, tokens: Sequence[Token], names: tuple[str, ...]) -> Filled | None:
        clause = Clause(self.desk.message, tokens, self.desk.lexicon)
        for name in names:
            filled = entity(KINDS[name], Situation(clause, self.desk.context, self.desk.today))
            if filled is not None and clause.content <= filled.tokens:
                return filled
        back = reference(tokens)
        if back is not None and clause.content <= back.tokens:
            return Filled((), back.tokens, 0.0)  # "it", and nothing that it could be
        return None

    def _typed(self, item: Bound, argument: str) -> None:
        """Words that link to nothing: one is taken as typed, a phrase is asked about."""
        operation, words = self.frame.operation, self._words(item)
        named = [t for t in item.tokens if t.word not in DETERMINERS]
        first = named[0]
        common = fold(first.word) in GRAMMAR_WORDS or first.word in FILLERS
        others = self.desk.lexicon.named(parts(first.text))
        dated = len(named) > 1 and days(words.lower(), self.desk.today) is not None
        if len(named) > LONGEST_NAME or dated:
            raise Misfit  # "shop for 2 weeks" is no name
        whole = self.desk.lexicon.named(parts(words))
        groups = [m for m in whole if m.entity.kind == "label_group" and m.score >= SURE]
        marked = "tag" not in re.sub(r"\[tag\]|{tag", "", self.frame.pattern)
        if (
            marked
            and item.slot == "tag"
            and any(m.entity.kind in ("label", "label_group") for m in whole)
        ):
            raise Misfit  # "mark it as health data" asks for a label
        if item.slot == "tag" and len(named) <= 2:
            self._as_typed(argument, span(self.desk.message, named))
        elif (others and len(named) == 1) or (groups and item.slot == "label"):
            self._ask(misfit(operation, item.slot, words, (groups or others)[0].entity.kind))
        elif len(named) > 1 or (common and not first.opaque):
            self._ask(unknown(operation, item.slot, words))
        else:
            self._as_typed(argument, first.text)

    def _as_typed(self, argument: str, words: str) -> None:
        self.arguments[argument] = (words,)
        self.score += TYPED

    def _scope(self, item: Bound) -> None:
        """The framework and the source that a stretch of words names, if nothing else."""
        clause = Clause(self.desk.message, item.tokens, self.desk.lexicon)
        explained = frozenset(i for i in clause.content if clause.tokens[i].word == "against")
        found = False
        for name in ("framework", "source"):
            situation = Situation(clause, self.desk.context, self.desk.today, explained)
            filled = entity(KINDS[name], situation)
            if filled is not None and filled.values:
                self._take(name, filled)
                explained, found = explained | filled.tokens, True
        if not found or clause.content - explained:
            raise Misfit

    def _imply(self, slot: str) -> None:
        """What the conversation is about, for a slot left out; never for what can't be undone."""
        kinds = KINDS[slot] if slot in ("asset", "source") else frozenset()
        destroys = self.desk.cards[self.frame.operation].effect == "destroy"
        if slot == "activity":
            self.arguments[slot] = (LATEST,)
            return
        implied = None if destroys else self.desk.context.one(kinds)
        if implied is None:
            self._ask(missing(self.frame.operation, slot))
        else:
            value_ = implied.value if isinstance(implied, Pending) else implied.id
            self.arguments[slot] = (value_,)
            self.about.append(implied)

    def _is_no_name(self, said: str) -> bool:
        """Whether somebody's name is only a noun, "a user", or the role that they are to have."""
        name = said.strip().lower()
        return fold(name) in ACCOUNTS or bool(self.desk.lexicon.find(name, KINDS["role"]))

    def _literals(self, bound: Mapping[str, Bound]) -> None:
        """Arguments that are not entities: where a source lies, what a user is called."""
        words = {slot: self._words(item) for slot, item in bound.items()}
        if "location" in words:
            if not is_location(words["location"]):
                raise Misfit
            location = words["location"]
            self.arguments["name"] = (as_name(words.get("name", "")) or source_name(location),)
            self.arguments["kind"] = (source_kind(location),)
            self.arguments["location"] = (location,)
            place = bound.get("environment")
            meant = value("environment", place.tokens) if place else None
            if meant is not None:
                self.arguments["environment"] = (meant[0],)
        elif "alias" in words:
            self.arguments["kind"] = ("name",)
        elif "email" in words:
            self.arguments["email"] = (words["email"],)
            if self._is_no_name(words.get("name", "")):
                raise Misfit
            if "name" in words:
                self._invited(words["name"].rstrip(", ("), words["email"])

    def _invited(self, name: str, email: str) -> None:
        """Who is new: what stands beside the address is the name, or the role."""
        role = self.desk.lexicon.find(name, KINDS["role"])
        if not role:
            self.arguments["name"] = (name,)
            return
        self.arguments["role"] = (role[0].entity.id,)
        if named := name_in(email):
            self.arguments["name"] = (named,)
        else:
            self._ask(missing(self.frame.operation, "name"))


def _pieces(tokens: Sequence[Token]) -> Iterator[tuple[Token, ...]]:
    piece: list[Token] = []
    for token in tokens:
        if token.word not in ("and", "&") and token.form != "mark":
            piece.append(token)
        elif piece:
            yield tuple(piece)
            piece = []
    if piece:
        yield tuple(piece)
