"""Names that look like others: characters that can't be seen, mixed scripts, alike letters.

Pure. Which letters resemble others is Unicode's to say (UTS #39), by `confusable_homoglyphs`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from confusable_homoglyphs import categories, confusables

WORD = re.compile(r"\w+")
ASCII_ALIKE = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l"})
INVISIBLE = ("Cf", "Cc", "Co", "Zl", "Zp")
SPACES = "\n\r\t"
SCRIPTS = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})


@dataclass(frozen=True)
class Mark:
    """What is odd about a text. `shown`: the text with what can't be seen written out."""

    shown: str
    why: str
    like: str | None = None


def mark(text: str, known: Mapping[str, str] | None = None) -> Mark | None:
    """What is odd about a text, if anything is.

    Args:
        known: names that exist, by their skeleton.
    """
    like = _like(text, known)
    if hidden := dict.fromkeys(f"U+{ord(char):04X}" for char in text if _invisible(char)):
        told = f"It holds characters that can't be seen: {', '.join(hidden)}."
        return Mark(visible(text), told, like)
    for word in WORD.findall(text):
        scripts = categories.unique_aliases(word) & SCRIPTS
        if len(scripts) > 1:
            listed = " and ".join(sorted(one.capitalize() for one in scripts))
            return Mark(visible(text), f"'{word}' mixes {listed} letters.", like)
    if like:
        return Mark(visible(text), f"It looks like '{like}', and is another name.", like)
    return None


def skeletons(names: Iterable[str]) -> dict[str, str]:
    """Names by their skeleton; of those that look alike the first."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(skeleton(name), name)
    return found


def skeleton(text: str) -> str:
    """What a text looks like: names with the same skeleton are mistaken for each other."""
    seen = "".join(char for char in unicodedata.normalize("NFKD", text) if not _invisible(char))
    return "".join(_latin(char) for char in seen).casefold().translate(ASCII_ALIKE)


def visible(text: str) -> str:
    """A text with what can't be seen, and letters beyond ASCII that resemble ASCII, written out."""
    return "".join(
        f"[U+{ord(char):04X}]" if _invisible(char) or _latin(char) != char else char
        for char in text
    )


def _invisible(char: str) -> bool:
    return char not in SPACES and unicodedata.category(char) in INVISIBLE


def _like(text: str, known: Mapping[str, str] | None) -> str | None:
    like = (known or {}).get(skeleton(text))
    return like if like is not None and like.casefold() != text.casefold() else None


@cache
def _latin(char: str) -> str:
    """The ASCII letter that a character resembles; itself where there is none."""
    if char.isascii():
        return char
    found = confusables.is_confusable(char, greedy=True, preferred_aliases=[])
    if not found:
        return char
    alike = (one["c"] for one in found[0]["homoglyphs"])
    return next((one for one in alike if one.isascii() and one.isalnum()), char)
