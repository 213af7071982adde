"""What one turn knows and gathers while it runs; found by tools and middleware in their context."""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from agent.emitter import Emitter
from knowledge.documents import Passage
from tools.context import Caller
from tools.operation import Operation
from tools.policy import Entitlements
from tools.steps import Step
from tools.values import Citation

MAXIMUM_CITATIONS = 60


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


@dataclass
class Turn:
    """The state of one turn."""

    run_id: str
    conversation_id: str
    caller: Caller
    entitlements: Entitlements
    message: str
    emitter: Emitter
    passages: Sequence[Passage] = ()
    offered: Sequence[Operation] = ()
    citations: Citations = field(default_factory=Citations)
    steps: list[Step] = field(default_factory=list)
    calls: int = 0
    model_calls: int = 0
    done_calls: dict[str, str] = field(default_factory=dict)
    broken_calls: dict[str, str] = field(default_factory=dict)
    step_ids: dict[str, str] = field(default_factory=dict)
    refused_writes: set[str] = field(default_factory=set)
    results: dict[str, tuple[str, dict[str, Any], Any]] = field(default_factory=dict)
    usage: dict[str, int] = field(default_factory=dict)
    understanding: Any = None

    def found(self) -> list[tuple[str, dict[str, Any], Any]]:
        """What the calls came to, as (operation, arguments, result or error), in their order."""
        return [self.results[call] for call in sorted(self.results, key=_natural)]


def _natural(call_id: str) -> tuple[int, str]:
    digits = call_id.rpartition("-c")[2]
    return (int(digits), "") if digits.isdigit() else (0, "")


current_call: ContextVar[str] = ContextVar("current_call")
current_turn: ContextVar[Turn] = ContextVar("current_turn")
