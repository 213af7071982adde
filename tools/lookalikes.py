"""Names that look like others: characters that can't be seen, mixed scripts, alike letters.

Pure. Which characters resemble others is Unicode's to say (UTS #39), by `confusable_homoglyphs`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache

from confusable_homoglyphs import categories, confusables

WORD = re.compile(r"\w+")
INVISIBLE = ("Cf", "Cc", "Co", "Zl", "Zp")
SPACES = "\n\r\t"
# What is drawn as nothing though Unicode files it under letters and marks (Default_Ignorable).
BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0]")
SELECTORS = range(0xE0100, 0xE01F0)
SCRIPTS = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})
Known = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Mark:
    """What is odd about a text. `shown`: the text with the odd characters as code points.

    `at`: their positions. `like`: the other name that it is mistaken for.
    """

    shown: str
    why: str
    like: str | None = None
    at: tuple[int, ...] = ()


def mark(text: str, known: Known | None = None) -> Mark | None:
    """What is odd about a text, if anything is.

    Args:
        known: names that exist, by their skeleton.
    """
    like = _like(text, known or {})
    if hidden := _hidden(text):
        points = ", ".join(dict.fromkeys(f"U+{ord(text[at]):04X}" for at in hidden))
        why, at = f"It holds characters that can't be seen: {points}.", hidden
    elif mixed := next(_mixed(text), None):
        (word, scripts), at = mixed, _strangers(text)
        why = f"'{word}' mixes {' and '.join(one.capitalize() for one in scripts)} letters."
    elif like:
        why, at = f"It looks like '{like}', and is another name.", _differing(text, like)
    else:
        return None
    return Mark(_written_out(text, at), why, like, tuple(at))


def skeletons(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Names by their skeleton; those that look alike are together, in the order given."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for name in names:
        found[skeleton(name)][name] = None
    return {key: tuple(alike) for key, alike in found.items()}


@lru_cache(maxsize=50_000)
def skeleton(text: str) -> str:
    """What a text looks like, in any case: names with the same are mistaken for each other.

    However wide the gaps are between its words, or around them.
    """
    text = " ".join(text.split())
    seen = "".join(char for char in unicodedata.normalize("NFKD", text) if not _invisible(char))
    folded = "".join(map(_prototype, seen)).casefold()
    return unicodedata.normalize("NFD", "".join(map(_prototype, folded)))


def visible(text: str) -> str:
    """A text in which what can't be seen, and letters of a strange script, are code points."""
    return _written_out(text, [*_hidden(text), *_strangers(text)])


def _written_out(text: str, at: Iterable[int]) -> str:
    odd = set(at)
    return "".join(f"[U+{ord(char):04X}]" if n in odd else char for n, char in enumerate(text))


def _like(text: str, known: Known) -> str | None:
    """The name that a text is mistaken for; failing that, the one that its parts make up."""
    if whole := _other(text, known):
        return whole
    parts = text.split(".")
    if len(parts) == 1 or _exists(text, known):
        return None
    alike = [part if _exists(part, known) else _other(part, known) or part for part in parts]
    return ".".join(alike) if alike != parts else None


def _other(text: str, known: Known) -> str | None:
    folded = text.casefold()
    return next((one for one in known.get(skeleton(text), ()) if one.casefold() != folded), None)


def _exists(text: str, known: Known) -> bool:
    return text.casefold() in map(str.casefold, known.get(skeleton(text), ()))


def _hidden(text: str) -> list[int]:
    if text.isascii() and text.isprintable():
        return []
    return [at for at, char in enumerate(text) if _invisible(char)]


@cache
def _invisible(char: str) -> bool:
    return char not in SPACES and (
        unicodedata.category(char) in INVISIBLE or bool(BLANK.match(char)) or ord(char) in SELECTORS
    )


def _mixed(text: str) -> Iterator[tuple[str, list[str]]]:
    """The words whose letters are of several scripts, with the scripts."""
    for word in [] if text.isascii() else WORD.findall(text):
        if len(scripts := {_script(char) for char in word} & SCRIPTS) > 1:
            yield word, sorted(scripts)


def _strangers(text: str) -> list[int]:
    """Where a word of several scripts has letters that aren't of its main one."""
    strange = []
    for word in [] if text.isascii() else WORD.finditer(text):
        counted = Counter(script for char in word[0] if (script := _script(char)) in SCRIPTS)
        main = max(counted, key=lambda one: (counted[one], one == "LATIN"), default="")
        strange += [
            word.start() + n
            for n, char in enumerate(word[0])
            if (script := _script(char)) in SCRIPTS and script != main
        ]
    return strange


def _differing(text: str, like: str) -> list[int]:
    """Where a text is written otherwise than the name that it looks like."""
    ours, theirs = ([char.casefold() for char in one] for one in (text, like))
    codes = SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes()
    return [at for kind, _, _, start, end in codes if kind != "equal" for at in range(start, end)]


@cache
def _script(char: str) -> str:
    return str(categories.alias(char))


@cache
def _prototype(char: str) -> str:
    """What a character is drawn like: the member of its confusables that all others lead to."""
    data = confusables.confusables_data
    alike = [one["c"] for one in data.get(char, ())]
    ranked = [(len(data.get(one, ())), [-ord(part) for part in one], one) for one in (char, *alike)]
    return "".join(part for part in max(ranked)[2] if not _invisible(part))
