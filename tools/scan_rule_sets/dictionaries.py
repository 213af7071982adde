"""Named dictionaries of folded entries, for detectors; built once, on first use.

`fold` is the one normal form: entries and values are only ever compared folded.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from types import MappingProxyType

from tools.scan_rule_sets.words import (
    cities,
    given_names,
    languages,
    nations,
    people,
    places,
    surnames,
    towns,
    world,
)

_PLAIN = str.maketrans(
    dict.fromkeys('-_,;:/()[]"“”«»\t', " ") | dict.fromkeys(".'’`")  # the second are removed
)

_SEPARATOR = "\x00"


def fold(text: str) -> str:
    """Without case, accents and punctuation: "Côte-d’Ivoire" → "cote divoire"."""
    return " ".join(_plain(text).split())


def fold_all(texts: Sequence[str]) -> list[str]:
    """Each text folded, at the cost of one."""
    parts = _plain(_SEPARATOR.join(texts)).split(_SEPARATOR)
    if len(parts) != len(texts):  # a text has the separator in it
        return list(map(fold, texts))
    return [" ".join(part.split()) for part in parts]


def _plain(text: str) -> str:
    if not text.isascii():
        bare = _marks().sub("", unicodedata.normalize("NFKD", text))
        text = unicodedata.normalize("NFC", bare)
    return text.casefold().translate(_PLAIN)


@cache
def _marks() -> re.Pattern[str]:
    """Every combining character: a search for them costs less than a look at each character."""
    marks = filter(unicodedata.combining, map(chr, range(sys.maxunicode + 1)))
    return re.compile(f"[{''.join(marks)}]+")


def folded(entries: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold, entries)) - {""}


def _piped(text: str) -> Callable[[], Iterable[str]]:
    return partial(text.replace("\n", "").split, "|")


_GIVEN_NAMES = people.GIVEN_NAMES + given_names.GIVEN_NAMES
_SURNAMES = people.SURNAMES + surnames.SURNAMES + surnames.OTHER_SCRIPTS + world.NAMES
_SOURCES: MappingProxyType[str, Callable[[], Iterable[str]]] = MappingProxyType(
    {
        "given_names": _GIVEN_NAMES.split,
        "surnames": _SURNAMES.split,
        "personal_names": (_GIVEN_NAMES + _SURNAMES).split,
        "genders": _piped(f"{people.GENDERS}|{world.GENDERS}"),
        "ethnicities": _piped(people.ETHNICITIES),
        "occupations": (people.OCCUPATIONS + world.OCCUPATIONS).split,
        "health_terms": people.HEALTH.split,
        "countries": _piped(f"{places.COUNTRIES}|{world.COUNTRIES}|{nations.COUNTRIES}"),
        "country_codes": _piped(places.COUNTRY_CODES),
        "state_codes": _piped(places.STATE_CODES),
        "regions": _piped(f"{places.REGIONS}|{world.REGIONS}"),
        "cities": _piped(f"{cities.CITIES}|{world.CITIES}|{towns.CITIES}"),
        "languages": _piped(f"{places.LANGUAGES}|{languages.LANGUAGES}"),
        "common_language_codes": languages.COMMON_CODES.split,
        "currencies": _piped(places.CURRENCIES),
        "currency_units": places.CURRENCY_UNITS.split,
        "street_words": _piped(places.STREET_WORDS),
        "organization_words": _piped(places.ORGANIZATION_WORDS),
    }
)
NAMES = tuple(_SOURCES)


@cache
def dictionary(name: str) -> frozenset[str]:
    """The folded entries of a built-in dictionary. KeyError for a name that isn't in `NAMES`."""
    return folded(_SOURCES[name]())
