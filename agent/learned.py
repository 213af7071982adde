"""What somebody taught the assistant: names of assets, facts, preferences, and how requests are
meant. Lessons come of corrections, and of plans that were approved.

A lesson holds for like requests: with the names in them exchanged, "who babysits shop.orders"
teaches what "who babysits crm.customers" means.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent.planning.lexicon import Lexicon
from agent.planning.text import fold, parts
from agent.planning.vocabulary import DETERMINERS, FILLERS
from tools.context import Caller
from tools.racine.assistant.remembering import shared_with
from tools.racine.assistant.tables import Memory, Plan, Run

ALIKE = 0.8
SHOWN, LATEST_PLANS = 3, 100
APPROVED = (
    select(Run.message, Plan.steps)
    .join(Plan, Plan.run_id == Run.id)
    .where(Plan.user_id == bindparam("user"), Plan.status == "approved", Run.kind == "turn")
    .order_by(Plan.created_at.desc())
    .limit(LATEST_PLANS)
)
_WORD = re.compile(r"[^\s,;:!?\"'()“”‘’]+")


@dataclass(frozen=True)
class Lesson:
    """What was said, and what it means: in other words, or as the steps that were approved."""

    said: str
    meant: str | None = None
    steps: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Learned:
    """All that was taught by one person, and by that person's teams."""

    names: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    lessons: tuple[Lesson, ...] = ()

    def reading(self, message: str, lexicon: Lexicon) -> str:
        """The message as it is meant, if like requests have been corrected; else as it is."""
        corrected = [one for one in self.lessons if one.meant is not None]
        for lesson, _ in _like(message, corrected, lexicon)[:1]:
            assert lesson.meant is not None
            return _exchanged(lesson.meant, lesson.said, message, lexicon)
        return message

    def examples(self, message: str, lexicon: Lexicon) -> list[Lesson]:
        """The lessons of requests most like this one, for a language model."""
        return [lesson for lesson, _ in _like(message, self.lessons, lexicon, 0.3)[:SHOWN]]


async def learned(session: AsyncSession, caller: Caller) -> Learned:
    """What was taught by this person and the person's teams."""
    kept = list(
        await session.scalars(
            select(Memory)
            .where(shared_with(caller.user_id))
            .order_by(Memory.user_id != caller.user_id, Memory.created_at.desc())
        )
    )
    plans = list(await session.execute(APPROVED, {"user": caller.user_id}))
    return Learned(
        names=tuple((one.text, one.asset_id) for one in kept if one.asset_id),
        notes=tuple(one.text for one in kept if one.kind in ("preference", "fact")),
        lessons=(
            *(Lesson(one.text, one.meant) for one in kept if one.kind == "lesson"),
            *(Lesson(message, steps=tuple(steps)) for message, steps in plans),
        ),
    )


def _like(
    message: str, lessons: Sequence[Lesson], lexicon: Lexicon, least: float = ALIKE
) -> list[tuple[Lesson, float]]:
    """The lessons whose request had these words, but for names, and as many names."""
    spoken, names = _telling(message, lexicon), _names(message, lexicon)
    found = []
    for lesson in lessons:
        told = _telling(lesson.said, lexicon)
        if len(_names(lesson.said, lexicon)) != len(names) or not (spoken and told):
            continue
        score = 2 * len(spoken & told) / (len(spoken) + len(told))
        if score >= least:
            found.append((lesson, score))
    return sorted(found, key=lambda one: -one[1])


def _exchanged(text: str, said: str, message: str, lexicon: Lexicon) -> str:
    """A text about the names of one request, about those of the other."""
    others = dict(
        zip(
            (name.casefold() for name in _names(said, lexicon)),
            _names(message, lexicon),
            strict=True,
        )
    )

    def other(found: re.Match[str]) -> str:
        return others.get(_bare(found[0]).casefold(), found[0])

    return _WORD.sub(other, text)


def _names(text: str, lexicon: Lexicon) -> list[str]:
    return [_bare(word) for word in _WORD.findall(text) if _is_name(_bare(word), lexicon)]


def _telling(text: str, lexicon: Lexicon) -> frozenset[str]:
    spoken = (_bare(word) for word in _WORD.findall(text))
    return frozenset(
        fold(word.lower())
        for word in spoken
        if not _is_name(word, lexicon) and word.lower() not in DETERMINERS | FILLERS
    )


def _is_name(word: str, lexicon: Lexicon) -> bool:
    return bool(word) and bool(lexicon.named(parts(word)))


def _bare(word: str) -> str:
    return word.strip(".").removesuffix("'s").removesuffix("’s")
