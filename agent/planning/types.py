"""What goes into the planner's understanding and what comes out; plain values, no behaviour.

The caller builds `Entity`, `Card` and `Focus` from what this person may see and do, and gets an
`Understanding`. Nothing here, or in the package, does I/O.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Kind = Literal[
    "source", "table", "column", "view", "person", "role", "framework", "label", "label_group",
    "rule", "control", "rule_set", "tag", "scan", "plan",
    "registered", "term", "domain", "team", "workflow", "pipeline", "workspace",
]  # fmt: skip
Smalltalk = Literal["greeting", "thanks", "help", "how_to", "out_of_scope"]

ASSET_KINDS: frozenset[Kind] = frozenset({"table", "view", "column"})


@dataclass(frozen=True)
class Entity:
    """Something with a name; an asset's is qualified by dots: `pagila.customer.email`."""

    kind: Kind
    id: str
    name: str
    aliases: tuple[str, ...] = ()

    @property
    def source(self) -> str | None:
        """The name of the source that it is or lies in; None for what lies in no source."""
        if self.kind == "source":
            return self.name
        return self.name.split(".", 1)[0] if self.kind in ASSET_KINDS else None

    def contains(self, other: Entity) -> bool:
        """Whether `other` is an asset below this source, table or view, or a framework's control.

        A control's id begins with its framework's: `gdpr/art-17`.
        """
        if self.kind == "framework":
            return other.kind == "control" and other.id.startswith(self.id + "/")
        return other.kind in ASSET_KINDS and other.name.startswith(self.name + ".")


@dataclass(frozen=True)
class Card:
    """An operation that the caller may use; `parameters` is the JSON Schema of its arguments."""

    name: str
    summary: str
    examples: tuple[str, ...]
    effect: Literal["read", "write", "destroy"]
    parameters: dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """The question that the last turn ended with: the request, and its words that were in doubt.

    `slot`: the argument that was asked for, `given`: the others, where nothing else was asked for.
    """

    text: str
    operation: str | None = None
    words: str = ""
    options: tuple[str, ...] = ()
    slot: str = ""
    given: Mapping[str, object] | None = None


@dataclass(frozen=True)
class Proposed:
    """The conversation's last plan; `state`: pending, approved, …; `waits`: for whom."""

    title: str
    state: str
    steps: int = 1
    waits: tuple[str, ...] = ()
    execution_id: str | None = None


@dataclass(frozen=True)
class Focus:
    """What the previous turns were about, newest first.

    `advice`: the ids of the recommendations that were shown last, as they stood there. `cursor`:
    where the last operation's list goes on. `plan`: what the conversation proposed last.
    `empty`: the last list held nothing. `said`: the last request. `me`: who asks.
    """

    entities: tuple[Entity, ...] = ()
    last_operation: str | None = None
    last_arguments: dict[str, Any] = field(default_factory=dict)
    last_results: tuple[Entity, ...] = ()
    asked: Asked | None = None
    advice: tuple[str, ...] = ()
    cursor: str | None = None
    plan: Proposed | None = None
    empty: bool = False
    said: str = ""
    me: Entity | None = None


@dataclass(frozen=True, order=True)
class Denied:
    """What a list is to leave out: the argument that would ask for it, its value, what that is
    called, and the words that deny it."""

    argument: str
    value: str
    name: str
    said: str


@dataclass(frozen=True)
class Shape:
    """How a list is told: ranked by its items' `field`, or counted by their `group`.

    `measure`, `noun`: what these are in words. `top`: how many are wanted. `least`, `most`: only
    items whose field lies between them; both None where `empty`: only items that have none.
    `named`: groups are told with what is in them. `share`: of two lists, what part one is of the
    other. `but`: what is left out. `average`: the groups' mean is told.
    """

    field: str = ""
    measure: str = ""
    descending: bool = True
    top: int | None = None
    group: str | None = None
    noun: str = ""
    least: float | date | None = None
    most: float | date | None = None
    empty: bool = False
    named: bool = False
    share: bool = False
    but: tuple[Denied, ...] = ()
    average: bool = False


@dataclass(frozen=True)
class Call:
    """One operation to call. An argument `{"$ref": "0.id"}` is the `id` in call 0's result."""

    operation: str
    arguments: dict[str, object]
    needs: tuple[int, ...] = ()
    confidence: float = 1.0
    shape: Shape | None = None


@dataclass(frozen=True)
class Understanding:
    """Calls in the order of the request, and what stands in the way of the rest of it.

    `asks`: the operation that the question is about, `slot`: its argument, `doubt`: the words,
    `heard`: the request as it was understood. `absent`: what it names that isn't here. `honest`:
    why it can't be done; `instead`: operations that come nearest, `nearest`: in words.
    `about`: what it names, newest first. `later`: what can only be answered once the plan has run.
    `unheeded`: conditions that the calls pass over. `given`: the arguments beside `slot`.
    `told`: what is said before what the calls find. `view`: how what they find is told as one.
    `guessed`: the calls are only the likeliest of what may be meant.
    """

    calls: tuple[Call, ...] = ()
    not_understood: tuple[str, ...] = ()
    question: str | None = None
    asks: str | None = None
    options: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    smalltalk: Smalltalk | None = None
    doubt: str = ""
    slot: str = ""
    heard: str = ""
    absent: tuple[str, ...] = ()
    about: tuple[Entity, ...] = ()
    honest: str | None = None
    later: tuple[str, ...] = ()
    unheeded: tuple[str, ...] = ()
    given: Mapping[str, object] | None = None
    told: str = ""
    view: str = ""
    guessed: bool = False
