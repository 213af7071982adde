"""What one turn knows and gathers while it runs; found by tools and middleware in their context."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from agent.emitter import Emitter
from knowledge.documents import Passage
from tools.context import Caller
from tools.operation import Operation
from tools.policy import Entitlements
from tools.racine.assistant.types import Looked
from tools.steps import Step
from tools.values import Citation

MAXIMUM_CITATIONS = 300


@dataclass
class Citations:
    """The evidence of an answer, numbered in the order in which it came up."""

    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    listed: list[Citation] = field(default_factory=list)

    def number(self, citation: Citation) -> int | None:
        """The citation's number; None once there are more than an answer can carry."""
        slot = (citation.kind, citation.id)
        if slot not in self.numbers:
            if len(self.listed) >= MAXIMUM_CITATIONS:
                return None
            self.listed.append(citation)
            self.numbers[slot] = len(self.listed)
        return self.numbers[slot]


@dataclass(frozen=True)
class Taught:
    """What the person has taught that bears on a turn; `reading`: what the message means by it."""

    reading: str | None = None
    notes: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


@dataclass
class Turn:
    """The state of one turn."""

    run_id: str
    conversation_id: str
    caller: Caller
    entitlements: Entitlements
    message: str
    emitter: Emitter
    workspace_id: str | None = None
    about: Sequence[Looked] = ()
    passages: Sequence[Passage] = ()
    offered: Sequence[Operation] = ()
    allowed: Mapping[str, Operation] = field(default_factory=dict)
    pages: dict[str, list[str]] = field(default_factory=dict)
    citations: Citations = field(default_factory=Citations)
    steps: list[Step] = field(default_factory=list)
    calls: int = 0
    model_calls: int = 0
    done_calls: dict[str, str] = field(default_factory=dict)
    repeated: int = 0
    broken_calls: dict[str, str] = field(default_factory=dict)
    step_ids: dict[str, str] = field(default_factory=dict)
    refused_writes: set[str] = field(default_factory=set)
    results: dict[str, tuple[str, dict[str, Any], Any]] = field(default_factory=dict)
    usage: dict[str, int] = field(default_factory=dict)
    focus: dict[str, Any] = field(default_factory=dict)
    heard: Any = None  # by the planner, whoever answers
    understanding: Any = None
    taught: Taught = field(default_factory=Taught)
    fell_back: str | None = None

    def start_over(self) -> None:
        """Forget what was called and planned, not what it has cost."""
        for gathered in (self.steps, self.done_calls, self.broken_calls, self.step_ids):
            gathered.clear()
        self.refused_writes.clear()
        self.results.clear()
        self.repeated = 0

    def offer(self, names: Iterable[str]) -> None:
        """Offer these operations, too, of those that the caller may use."""
        wanted = dict.fromkeys([*(one.name for one in self.offered), *names])
        self.offered = [self.allowed[name] for name in wanted if name in self.allowed]

    def tool_names(self) -> list[str]:
        """What the model may call: the operations on offer, and reading on in a long result."""
        return [*(one.tool_name for one in self.offered), *(["read_more"] if self.pages else [])]

    def found(self) -> list[tuple[str, dict[str, Any], Any]]:
        """What the calls came to, as (operation, arguments, result or error), in their order."""
        return [self.results[call] for call in sorted(self.results, key=_natural)]


def _natural(call_id: str) -> tuple[int, str]:
    digits = call_id.rpartition("-c")[2]
    return (int(digits), "") if digits.isdigit() else (0, "")


current_call: ContextVar[str] = ContextVar("current_call")
current_turn: ContextVar[Turn] = ContextVar("current_turn")
