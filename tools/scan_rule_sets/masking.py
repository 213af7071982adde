"""Masks of single values for evidence that people see: the shape stays, the content doesn't."""

from __future__ import annotations

import re

_DOT = "•"
_RUN = re.compile(r"\d+|[^\W\d_]+")
_EMAIL = re.compile(r"(\w)[^@\s]*@\S+(\.\w{2,4})")
_LONGEST = 40


def _run(match: re.Match[str]) -> str:
    return _DOT * (min(len(match[0]), 4) if match[0].isdigit() else 3)


def mask(value: object) -> str:
    """The value's shape with at most two of its characters: "j•••@•••.com", "J••• •••", "•••-••82".

    An e-mail's last label (".com") stays too. A single word shows nothing, since the first letter
    of a gender or a blood type is all of it; nor does a number of fewer than nine digits.
    """
    if value is None:
        return ""
    if isinstance(value, bytes | bytearray | memoryview):
        return _DOT * 3
    text = " ".join(str(value).split())
    if email := _EMAIL.fullmatch(text):
        return f"{email[1]}{_DOT * 3}@{_DOT * 3}{email[2]}"
    masked = _RUN.sub(_run, text)
    digits = sum(c.isdigit() for c in text)
    if digits >= 9 and text[-2:].isdigit():
        masked = masked[-_LONGEST:-2] + text[-2:]
    elif not digits and len(_RUN.findall(text)) > 1 and text[0].isalpha():
        masked = text[0] + masked
    return masked if len(masked) <= _LONGEST else masked[: _LONGEST - 1] + "…"
