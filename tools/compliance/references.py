"""Control references in any spelling: AC-2(1), ac-2.1, "Article 17 GDPR", "req 3.4.1". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

Key = tuple[str, ...]
MARKERS = re.compile(
    r"\b(?:articles?|art|arts|requirements?|req|controls?|sections?|sec|§|annex|clause|paragraph|"
    r"para|criterion|criteria|45 ?cfr|cfr|11 ?ccr|ccr|cal|civ|code|the|of|in|from|and)\b\.?|§",
    re.IGNORECASE,
)
SHAPE = re.compile(r"(?:[a-z]{1,8}[ .\-]?){0,3}\d+(?:[ .\-(\[]{0,2}[a-z0-9]{1,4}[)\]]*)*", re.I)
WORD = re.compile(r"[a-z]{4,}", re.IGNORECASE)


def key(reference: str) -> Key:
    """A reference without its spelling: letters and numbers in order."""
    bare = MARKERS.sub(" ", reference).lower()
    return tuple(
        piece.lstrip("0") or "0" if piece.isdigit() else piece
        for piece in re.findall(r"[a-z]+|\d+", bare)
    )


def without_names(text: str, names: Iterable[tuple[str, str]]) -> tuple[str, str | None]:
    """The text without the framework that it names, and that framework's id.

    `names`: what each framework is called and its id.
    """
    for name, framework in sorted(names, key=lambda pair: -len(pair[0])):
        written = r"[\s_-]+".join(re.escape(part) for part in re.split(r"[\s_-]+", name))
        found = re.search(rf"(?<![\w]){written}(?![\w])", text, re.IGNORECASE)
        if found:
            rest = text[: found.start()] + " " + text[found.end() :]
            return rest.strip(" /,:"), framework
    return text, None


def is_reference(text: str) -> bool:
    """Whether the text is a reference and nothing else."""
    bare = " ".join(MARKERS.sub(" ", text).split())
    marked = bare != " ".join(text.split())
    return bool(SHAPE.fullmatch(bare.lstrip("-. "))) and (marked or not WORD.search(bare))


def nearest_keys(wanted: Key, known: Sequence[Key], count: int = 3) -> list[Key]:
    """The known keys nearest to one that doesn't exist: most in common first, then by number."""

    def distance(other: Key) -> tuple[int, int, int]:
        common = 0
        for mine, theirs in zip(wanted, other, strict=False):
            if mine != theirs:
                break
            common += 1
        here, there = wanted[common : common + 1], other[common : common + 1]
        gap = 10_000
        if here and there and here[0].isdigit() and there[0].isdigit():
            gap = min(abs(int(here[0][:9]) - int(there[0][:9])), gap)
        elif not here or not there:
            gap = 0
        return -common, gap, abs(len(wanted) - len(other))

    return sorted(known, key=distance)[:count]


def order(reference: str) -> list[tuple[bool, int, str]]:
    """What references sort by: numbers as numbers, and before letters."""
    return [(not one.isdigit(), int(one) if one.isdigit() else 0, one) for one in key(reference)]
