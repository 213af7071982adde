"""One clause as the grammar sees it, and what the conversation adds to it.

A `Clause` holds facts about its own words only; a `Context` holds what earlier calls of the same
message and the focus of earlier turns offer for "it", "those" and names that several sources share.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from agent.planning.concepts import Span, concepts
from agent.planning.lexicon import Lexicon
from agent.planning.linking import Choice, Mention, choose, mentions
from agent.planning.text import Token, fold, span
from agent.planning.types import ASSET_KINDS, Entity, Focus, Kind
from agent.planning.vocabulary import DETERMINERS, FILLERS, KIND_NOUNS

# What a clause can be a question about; its first such noun is the clause's head.
SUBJECTS = (
    "ruleset", "apikey", "source", "table", "view", "column", "asset", "label", "framework",
    "control", "rule", "finding", "scan", "role", "permission", "people", "row", "workspace",
    "workflow", "conversation", "connector",
)  # fmt: skip
_IDENTIFIER = re.compile(r"[a-z][_:.][a-z]", re.IGNORECASE)
_SOURCES: frozenset[Kind] = frozenset({"source"})
_FRAMEWORKS: frozenset[Kind] = frozenset({"framework"})
_HAVING = frozenset({"have", "has", "having", "with"})
_THINGS = frozenset({"domain", "team", "workspace", "workflow", "dashboard", "metric", "term"})
SINGULAR: frozenset[str] = frozenset(
    {"it", "its", "this", "that", "he", "she", "him", "her", "his"}
)
UNNAMED = frozenset({"particular", "specific", "certain", "given"})
PLURAL: frozenset[str] = frozenset({"them", "their", "those", "these", "they", "both"})


class Clause:
    """A part of a message that asks for one thing."""

    def __init__(self, message: str, tokens: Sequence[Token], lexicon: Lexicon) -> None:
        self.message = message
        self.tokens = tuple(tokens)
        self.lexicon = lexicon

    @cached_property
    def concepts(self) -> dict[str, Span]:
        return concepts(self.tokens)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        return mentions(self.tokens, self.lexicon)

    @cached_property
    def head(self) -> str | None:
        """The noun the clause is about, unless it only says what a name beside it is."""
        nouns = frozenset(i for m in self.mentions if not m.weak for i in m.noun)
        named = frozenset(
            i for m in self.mentions if not m.weak for i in range(m.start, m.end)
        )  # a name may hold a noun: "personal data has an owner"
        places = [
            (min(free), -len(free), SUBJECTS.index(name), name)
            for name in SUBJECTS
            if (free := self.concepts.get(name, frozenset()) - nouns - named)
        ]
        return min(places)[3] if places else None

    @cached_property
    def content(self) -> Span:
        """The tokens that have to be accounted for: not marks, determiners or function words."""
        return frozenset(
            i
            for i, t in enumerate(self.tokens)
            if t.form != "mark" and t.word not in DETERMINERS and t.word not in FILLERS
        )

    def only(self, kinds: frozenset[Kind]) -> Entity | None:
        """The one thing of these kinds that the clause may name; None where there are several."""
        named = {one.entity.id: one.entity for m in self.mentions for one in m.of(kinds)}
        return next(iter(named.values())) if len(named) == 1 else None

    @cached_property
    def text(self) -> str:
        return span(self.message, self.tokens).strip()

    def words(self, where: Span) -> str:
        """The words as typed from the first to the last of these tokens."""
        return span(self.message, self.tokens[min(where) : max(where) + 1]).strip()

    def residue(self, explained: Span) -> Span:
        """The longest of the runs that nothing explains."""
        return max(self.residues(explained), key=len, default=frozenset())

    def residues(self, explained: Span) -> list[Span]:
        """The runs of content that nothing explains, function words inside them included."""
        runs: list[list[int]] = []
        for i in sorted(self.content - explained):
            between = range(runs[-1][-1] + 1, i) if runs else range(0)
            closed = (
                not runs
                or len(between) > 2
                or any(
                    (j in explained and j in self.content) or self.tokens[j].form == "mark"
                    for j in between
                )
            )
            if closed:
                runs.append([i])
            else:
                runs[-1].append(i)
        return [frozenset(range(run[0], run[-1] + 1)) for run in runs]


@dataclass(frozen=True, slots=True)
class Pending:
    """What an earlier call of this message will return: `value` stands for it as an argument."""

    kind: Kind
    value: dict[str, str]
    name: str


@dataclass
class Context:
    """What "it" and "those" may mean: earlier calls of this message first, then the focus."""

    focus: Focus
    recent: list[Entity | Pending] = field(default_factory=list)
    listed: bool = False

    @property
    def named(self) -> tuple[Entity, ...]:
        """What this message has named so far, newest first."""
        return tuple(e for e in reversed(self.recent) if isinstance(e, Entity))

    @property
    def near(self) -> tuple[Entity, ...]:
        return self.named + self.focus.entities

    def spoken_of(self, thing: Entity | Pending) -> bool:
        """Whether it came up itself, and isn't only what something lies in."""
        return thing in (*self.recent, *self.focus.entities, *self.focus.last_results)

    def one(self, kinds: frozenset[Kind]) -> Entity | Pending | None:
        """What "it" means among `kinds`."""
        for thing in (*reversed(self.recent), *self.focus.entities):
            if thing.kind in kinds:
                return thing
            if kinds == _SOURCES and isinstance(thing, Entity) and thing.source:
                return Entity("source", thing.source, thing.source)  # that in which it lies
            if kinds == _FRAMEWORKS and thing.kind == "control" and isinstance(thing, Entity):
                framework = thing.id.partition("/")[0]
                return Entity("framework", framework, framework)
        results = [e for e in self.focus.last_results if e.kind in kinds]
        return results[0] if len(results) == 1 else None

    def several(self, kinds: frozenset[Kind]) -> tuple[Entity | Pending, ...]:
        """What "those" means among `kinds`; nothing while this message's own list has not run."""
        if self.listed:
            return ()
        if self.recent:
            return tuple(e for e in self.recent if e.kind in kinds)
        if self.focus.empty:
            return ()  # "those" are none
        results = tuple(e for e in self.focus.last_results if e.kind in kinds)
        return results or tuple(e for e in self.focus.entities if e.kind in kinds)[:1]

    def both(self, kinds: frozenset[Kind]) -> tuple[Entity | Pending, ...]:
        """The two that were spoken of last; what was listed, if it was two."""
        listed = self.several(kinds)
        spoken = [e for e in (*reversed(self.recent), *self.focus.entities) if e.kind in kinds]
        return listed if len(listed) == 2 else tuple(reversed(spoken[:2]))


@dataclass(frozen=True, slots=True)
class Reference:
    """A pronoun or "this table": which tokens, whether many are meant, and of which kinds."""

    tokens: Span
    plural: bool
    kinds: tuple[Kind, ...]
    open: bool = False  # "a particular table": nothing said before can be meant


def reference(tokens: Sequence[Token]) -> Reference | None:
    """The first word that refers back, with the noun that goes with it."""
    for i, token in enumerate(tokens):
        word = token.word
        if word in UNNAMED and i + 1 < len(tokens) and tokens[i + 1].word in KIND_NOUNS:
            return Reference(frozenset({i, i + 1}), False, (), open=True)
        if token.form != "word" or word not in SINGULAR | PLURAL:
            continue
        following = tokens[i + 1].word if i + 1 < len(tokens) else ""
        noun = fold(following)
        if (
            word in ("it", "them")
            and tokens[0].word in ("which", "what")
            and (_HAVING & {t.word for t in tokens[1:i]})
        ):
            continue  # "which columns have names in them" refers to its own columns
        if word == "that" and noun not in KIND_NOUNS and i + 1 < len(tokens):
            continue  # "confirm that …", "tables that …"
        if word == "both" and any(one.word == "and" for one in tokens[i + 2 : i + 5]):
            continue  # "both email and phone" names what it means
        if noun in KIND_NOUNS and word not in ("its", "their", "his", "her"):
            plural = word in PLURAL
            return Reference(frozenset({i, i + 1}), plural, KIND_NOUNS[noun])
        return Reference(frozenset({i}), word in PLURAL, ())
    return None


def partial(clause: Clause, choice: Choice) -> bool:
    """Whether a plain word only begins a longer name: "revenue" in "revenue pipeline"."""
    last = max(choice.tokens)
    if choice.exact:
        return False
    named = frozenset().union(*(m.tokens for m in clause.mentions))
    if any(_IDENTIFIER.search(clause.tokens[i].text) for i in clause.content - named):
        return True  # "data product finance:loans": the unknown name is what is meant
    if last + 1 >= len(clause.tokens):
        return False
    following = clause.tokens[last + 1]
    if fold(following.word) in _THINGS:
        return True  # "the customer domain" is no table
    if last + 1 not in clause.content or following.form != "word":
        return False
    if last + 1 in named:
        return False
    artefact = last + 1 in clause.concepts.get("governance", frozenset())
    spoken = any(last + 1 in where for where in clause.concepts.values())
    return artefact or not spoken


def pick(
    clause: Clause, context: Context, kinds: frozenset[Kind], taken: Span = frozenset()
) -> Choice | None:
    """The entity of `kinds` that the clause names; see `linking.choose`."""
    choice = choose(clause.mentions, kinds, taken, context.near)
    if choice is not None and kinds & ASSET_KINDS and partial(clause, choice):
        return None
    return choice
