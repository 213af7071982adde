"""What a detector of recommendations is, and what it finds."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tools.context import Context


@dataclass(frozen=True)
class Advice:
    """Something to do about one thing; `weight`: how much it matters, 0 to 1.

    `steps`: what would resolve it, as operations with arguments; none where a person has to say
    something first, which `question` asks for.
    """

    about: str
    kind: str
    name: str
    evidence: str
    weight: float
    steps: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    question: str | None = None
    source_id: str | None = None


@dataclass(frozen=True)
class Desk:
    """What detectors read with: the session sees what the caller may see."""

    ctx: Context
    at: datetime


Find = Callable[[Desk], Awaitable[Sequence[Advice]]]


@dataclass(frozen=True)
class Detector:
    """One kind of recommendation: what it says, why that matters, and how it is found."""

    name: str
    title: str
    why: str
    find: Find

    def id_of(self, advice: Advice) -> str:
        """The same for the same thing, so that what was dismissed isn't told again."""
        return lasting_id("rec", self.name, advice.about)


def lasting_id(prefix: str, kind: str, about: str) -> str:
    """The id of one kind of thing to tell about one thing, however often it is found."""
    digest = hashlib.sha256(f"{kind}\0{about}".encode()).hexdigest()
    return f"{prefix}_{digest[:16]}"


def plural(count: int, noun: str) -> str:
    """So many of something, in words."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
