"""What an insight is, as the functions that look for it find it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tools.racine.assistant.advice.types import Desk, lasting_id
from tools.racine.assistant.noticed_types import Ground

Step = tuple[str, Mapping[str, Any]]
SHOWN = 3
PLANNED = 10


@dataclass(frozen=True)
class Observation:
    """Something that the records of several groups tell together; `weight`: 0 to 1.

    `about`: what tells it from others of its kind. `grounds`: the records that it rests on.
    `steps`: what would resolve it; none where a person has to answer `question` first.
    """

    about: str
    title: str
    evidence: str
    weight: float
    grounds: tuple[Ground, ...] = ()
    steps: tuple[Step, ...] = ()
    question: str | None = None
    source_id: str | None = None


Look = Callable[[Desk], Awaitable[Sequence[Observation]]]


@dataclass(frozen=True)
class InsightKind:
    """One kind of insight: the groups that it puts together, why it matters, how it is found."""

    name: str
    groups: tuple[str, ...]
    why: str
    look: Look

    def id_of(self, seen: Observation) -> str:
        """The same for the same thing, so that what was dismissed isn't told again."""
        return lasting_id("ins", self.name, seen.about)


def share(part: int, whole: int) -> str:
    """A part of a whole, in words: "3 of 12"."""
    return f"{part:,} of {whole:,}"
