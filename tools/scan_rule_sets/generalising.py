"""Patterns out of examples: what the values have in common, and what sets them apart from others.

Pure. Values are cut into runs of digits, of letters, and signs between them; those that are built
alike give one pattern. Where a counterexample fits it, the pattern is narrowed. A literal text is
kept only where several examples share it, so that no single value can be read off a pattern.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from tools.scan_rule_sets.checksums import CHECKSUMS
from tools.scan_rule_sets.detectors import Detector
from tools.scan_rule_sets.matching import Matcher

Level = Literal["wide", "narrow", "narrowest"]

_FINE = re.compile(r"\d+|[^\W\d_]+|\s+|.", re.DOTALL)
_COARSE = re.compile(r"[^\W_]+|\s+|.", re.DOTALL)
_WHOLE = re.compile(r"\S+|\s+")
_LEVELS: tuple[Level, ...] = ("wide", "narrow", "narrowest")
_CHECK_DIGITS = ("iban", "vin", "luhn", "verhoeff")
_MOST_FORMS = 3
_LONGEST = 64
_SHARED = 3  # examples that have to have a text in common for it to be kept as it is
_PROOF = 5  # examples that have to pass a checksum for it to be no chance


@dataclass(frozen=True)
class Generalised:
    """Patterns with what they say in words. `specific`: few values of other kinds would fit."""

    patterns: tuple[str, ...]
    words: tuple[str, ...]
    checksum: str | None
    specific: bool

    def detector(self, label: str, **more: object) -> Detector:
        """A detector of these patterns."""
        return Detector.model_validate(
            {"label": label, "patterns": self.patterns, "checksum": self.checksum, **more}
        )


@dataclass(frozen=True)
class _Form:
    pattern: str
    words: str
    specific: bool


def generalise(
    examples: Sequence[str],
    counterexamples: Sequence[str] = (),
    *,
    coverage: float = 1.0,
    literals: bool = True,
) -> Generalised | None:
    """The narrowest common form that is needed, or None where the values have none.

    Args:
        coverage: the share of the examples that has to fit.
        literals: texts that the examples share may stand in the pattern.
    """
    texts = [text for text in dict.fromkeys(map(str.strip, examples)) if text]
    if not texts or max(map(len, texts)) > _LONGEST:
        return None
    last = None
    for runs in (_FINE, _COARSE, _WHOLE):
        groups = _alike(texts, runs, coverage)
        if groups is None:
            continue
        for level in _LEVELS:
            forms = [_form(group, level, literals=literals) for group in groups]
            found = Generalised(
                patterns=tuple(form.pattern for form in forms),
                words=tuple(form.words for form in forms),
                checksum=_checksum(texts),
                specific=all(form.specific for form in forms),
            )
            if not fitting(found.detector("any"), counterexamples):
                return found
            last = last or found
    return last


def fitting(detector: Detector, values: Sequence[str]) -> list[str]:
    """The values that the detector matches."""
    matcher = Matcher([detector])
    return [value for value in values if matcher.count([value.strip()], frozenset({0}))]


def _alike(
    texts: list[str], runs: re.Pattern[str], coverage: float
) -> list[list[list[str]]] | None:
    """The values in runs, by how they are built; None where hardly two are built alike."""
    built: defaultdict[tuple[str, ...], list[list[str]]] = defaultdict(list)
    for text in texts:
        parts = runs.findall(text)
        built[tuple(_kind(part, runs) for part in parts)].append(parts)
    chosen: list[list[list[str]]] = []
    for group in sorted(built.values(), key=len, reverse=True):
        if sum(map(len, chosen)) >= coverage * len(texts):
            break
        chosen.append(group)
    if len(chosen) > min(_MOST_FORMS, max(1, len(texts) // 2)):
        return None
    return chosen


def _kind(part: str, runs: re.Pattern[str]) -> str:
    if part.isspace():
        return "space"
    if runs is _WHOLE:
        return "whole"
    if part.isdigit():
        return "digits" if runs is _FINE else "word"
    if part[0].isalnum():
        return "letters" if runs is _FINE else "word"
    return part


def _form(group: list[list[str]], level: Level, *, literals: bool) -> _Form:
    pieces = [_piece(column, level, literals=literals) for column in zip(*group, strict=True)]
    pattern = "".join(pattern for pattern, _words in pieces)
    lengths = {sum(map(len, parts)) for parts in group}
    digits = any(any(map(str.isdigit, part)) for part in group[0])
    signs = any(not part[0].isalnum() and not part.isspace() for part in group[0])
    shared = any(part[0].isalpha() for part in _shared(group)) and literals
    return _Form(
        pattern=pattern,
        words=", then ".join(words for _pattern, words in pieces),
        specific=digits and (signs or shared or (len(lengths) == 1 and min(lengths) >= 8)),
    )


def _shared(group: list[list[str]]) -> Iterator[str]:
    for column in zip(*group, strict=True):
        if len(set(column)) == 1 and len(column) >= _SHARED:
            yield column[0]


def _piece(column: Sequence[str], level: Level, *, literals: bool) -> tuple[str, str]:
    """The pattern and the words of one run, as all values have it."""
    distinct = sorted(set(column))
    first = distinct[0]
    if first.isspace():
        return (" ", "a space") if distinct == [" "] else (r"\s+", "spaces")
    if len(distinct) == 1 and len(first) == 1 and not first.isalnum():
        return _escaped(first), f"“{first}”"
    if literals and len(column) >= _SHARED and _may_stand(column, distinct, level):
        told = " or ".join(f"“{text}”" for text in distinct)
        joined = "|".join(map(_escaped, distinct))
        return (joined if len(distinct) == 1 else f"(?:{joined})"), told
    characters, name = _characters(column)
    lengths = sorted({len(text) for text in column})
    starts = sorted({text[0] for text in column})
    shared = min(Counter(text[0] for text in column).values()) > 1
    lead = ""
    if level == "narrowest" and literals and shared and len(starts) <= 3:
        lead = "[" + "".join(map(_in_class, starts)) + "]"
        lengths = [length - 1 for length in lengths]
    if level == "wide" or len(lengths) > 3:
        counts = [(lengths[0], lengths[-1])]
    else:
        counts = [(length, length) for length in lengths]
    repeated = [lead + characters + _times(low, high) for low, high in counts]
    many = " or ".join(str(low) if low == high else f"{low} to {high}" for low, high in counts)
    if counts == [(1, 1)]:
        name = re.sub(r"s\b", "", name)
    started = f", the first of “{''.join(starts)}”" if lead else ""
    pattern = repeated[0] if len(repeated) == 1 else f"(?:{'|'.join(repeated)})"
    return pattern, f"{many} {'more ' if lead else ''}{name}{started}"


def _may_stand(column: Sequence[str], distinct: list[str], level: Level) -> bool:
    if len(distinct) == 1:
        return distinct[0].isalpha() or level != "wide"
    shared = all(text.isalpha() and column.count(text) > 1 for text in distinct)
    return level != "wide" and len(distinct) <= 3 and shared


def _upper(one: str) -> bool:
    return one.isascii() and (one.isupper() or one.isdigit())


def _lower(one: str) -> bool:
    return one.isascii() and (one.islower() or one.isdigit())


_CLASSES: tuple[tuple[str, str, Callable[[str], bool]], ...] = (
    (r"\d", "digits", lambda one: "0" <= one <= "9"),
    ("[0-9a-f]", "hexadecimal digits", lambda one: one in "0123456789abcdef"),
    ("[0-9A-F]", "hexadecimal digits", lambda one: one in "0123456789ABCDEF"),
    ("[A-Z]", "capitals", lambda one: "A" <= one <= "Z"),
    ("[a-z]", "small letters", lambda one: "a" <= one <= "z"),
    ("[A-Za-z]", "letters", lambda one: one.isascii() and one.isalpha()),
    (r"\p{L}", "letters of any script", str.isalpha),
    ("[A-Z0-9]", "capitals or digits", _upper),
    ("[a-z0-9]", "small letters or digits", _lower),
    ("[A-Za-z0-9]", "letters or digits", lambda one: one.isascii() and one.isalnum()),
    (r"[\p{L}\p{N}]", "letters or digits of any script", str.isalnum),
)


def _characters(column: Sequence[str]) -> tuple[str, str]:
    used = sorted(set("".join(column)))
    plain = [one for one in used if one.isalnum()]
    signs = [one for one in used if not one.isalnum()]
    letters = any(one.isalpha() for one in plain) and not any(one.isdigit() for one in plain)
    for characters, name, holds in _CLASSES:
        if letters and "exadecimal" in name:  # "face" is a word
            continue
        if all(map(holds, plain)):
            if not signs:
                return characters, name
            inner = characters[1:-1] if characters.startswith("[") else characters
            return (
                "[" + inner + "".join(map(_in_class, signs)) + "]",
                f"{name} and {' '.join(signs)}",
            )
    return r"\S", "signs"


def _times(low: int, high: int) -> str:
    if (low, high) == (1, 1):
        return ""
    return f"{{{low}}}" if low == high else f"{{{low},{high}}}"


def _escaped(text: str) -> str:
    return re.sub(r"([\\.+*?()|\[\]{}^$])", r"\\\1", text)


def _in_class(one: str) -> str:
    return "\\" + one if one in r"\]^-[" else one


def _checksum(texts: list[str]) -> str | None:
    """A check digit that all the values have, and lose with their last digit changed."""
    if len(texts) < _PROOF or not all(text[-1].isdigit() for text in texts):
        return None
    changed = [text[:-1] + str((int(text[-1]) + 1) % 10) for text in texts]
    for name in _CHECK_DIGITS:
        check = CHECKSUMS[name]
        if all(map(check, texts)) and not any(map(check, changed)):
            return name
    return None
