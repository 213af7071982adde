"""Names of columns and tables as plain lower-case words: the form that name rules match.

Accents go from Latin and Greek letters only: "й" or "が" are letters of their own.
"""

from __future__ import annotations

import re
import unicodedata

from tools.scan_rule_sets.words.foreign_headings import NAME

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[^\W\d_])(?=\d)")
# Marks of Hebrew, Arabic, India and Thailand belong to their words, which `\w` doesn't know
_APART = re.compile(r"(?:[^\w\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0900-\u0eff]|_)+")
_ACCENTS = re.compile(r"(?<=[A-Za-z\u0370-\u03ff])[\u0300-\u036f]+")
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "œ": "oe", "ł": "l", "Ł": "L", "đ": "d"}
    | {"ð": "d", "þ": "th", "ı": "i", "ə": "e"}
)
# What exports, spreadsheets and query engines call a column that nobody named
_TELLS_NOTHING = re.compile(
    rf"(?:(?:unnamed|columns?|col|spalte|colonne|columna|coluna|kolumna|field|campo|feld|"
    rf"attribute|attr|values?|val|var|data|text|expr|[a-z]|\d+)(?: |$))*"
    rf"|names?|{NAME}"
)
_ABBREVIATIONS = re.compile(r"(?:(?:[a-z\d]{1,3}|\d+)(?: |$))+")
_STRANGE = 0.5


def normalise(name: str | None) -> str:
    """`BillingPostalCode` → "billing postal code", `cust_Email2` → "cust email 2", None → ""."""
    if not name:
        return ""
    plain = _CAMEL.sub(" ", name)
    if not plain.isascii():
        bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", plain))
        plain = unicodedata.normalize("NFC", bare).translate(_LETTERS)
    return _APART.sub(" ", plain).strip().lower()


def is_telling(normalised: str) -> bool:
    """Whether a column so named says anything of what it holds ("column 3" and "name" don't)."""
    return _TELLS_NOTHING.fullmatch(normalised) is None


def speaks_against(normalised: str, *, known: bool) -> float:
    """How surely a column so named holds something else than what its values look like.

    An abbreviation tells nothing, unless it is known as the name of something; a word that isn't
    known may be any language's for what the values look like, so it counts half.
    """
    if not is_telling(normalised):
        return 0.0
    if known:
        return 1.0
    return 0.0 if _ABBREVIATIONS.fullmatch(normalised) else _STRANGE
