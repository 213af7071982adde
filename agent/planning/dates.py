"""Spans of days from words: "yesterday", "last week", "since 1 May 2024".

`until` is the last day that belongs to the span. Weeks begin on Monday.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

Span = tuple[date | None, date | None]

_MONTHS = "january february march april may june july august september october november december"
MONTHS = frozenset(_MONTHS.split())
_MONTH = {name[:3]: number for number, name in enumerate(_MONTHS.split(), start=1)}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FIGURES = "zero one two three four five six seven eight nine ten eleven twelve"
NUMBERS = {word: n for n, word in enumerate(_FIGURES.split())}
LENGTHS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}

_COUNT = r"(?P<count>\d+|" + "|".join(NUMBERS) + ")"
_NAMED = "(?:" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS.split()) + ")"
_DATE = (
    rf"(?:\d{{4}}-\d\d-\d\d|\d\d?\.\d\d?\.\d{{4}}"
    rf"|\d\d?(?:st|nd|rd|th)? (?:of )?{_NAMED}(?: \d{{4}})?"
    rf"|{_NAMED} \d\d?(?:st|nd|rd|th)?(?: \d{{4}})?)"
)
_WEEKDAY = "|".join(_DAYS)
_POINT = (
    rf"(?:{_DATE}|(?:last|previous|this) (?:week|month|quarter|year)|(?:last )?(?:{_WEEKDAY})|"
    "yesterday|today|now)"
)


def number(word: str) -> int | None:
    """A count, in figures or in words up to twelve."""
    return int(word) if word.isdecimal() else NUMBERS.get(word)


def days(text: str, today: date) -> tuple[Span, tuple[int, int]] | None:
    """The span of days that words in lower case name, and where in the text they do."""
    for pattern, meaning in _MEANINGS:
        found = pattern.search(text)
        if found is not None:
            return meaning(found, today), found.span()
    return None


def _between(found: re.Match[str], today: date) -> Span:
    """From the first day of what one word names to the last of what the other does."""
    return _bound(found["first"], today)[0], _bound(found["last"], today)[1]


def _bound(words: str, today: date) -> Span:
    if words in ("now", "today"):
        return today, None
    named = None if words in _DAYS else days(words, today)
    return named[0] if named else (_date(words, today),) * 2


def _lately(found: re.Match[str], today: date) -> Span:
    count = number(found.groupdict().get("count") or "one") or 1
    if found["unit"] == "hour":
        return today - timedelta(-(-count // 24)), None
    return today - timedelta(count * LENGTHS[found["unit"]]), None


def _since(found: re.Match[str], today: date) -> Span:
    return _date(found["first"], today), None


def _ahead(found: re.Match[str], today: date) -> Span:
    """Until a day to come; one that is given without its year is the next such day."""
    words = found["last"]
    if words == "tomorrow":
        return None, today + timedelta(1)
    if words in _DAYS:
        return None, today + timedelta((_DAYS.index(words) - today.weekday()) % 7 or 7)
    day = _date(words, today)
    if day is not None and day < today and not re.search(r"\d{4}", words):
        day = day.replace(year=day.year + 1)
    return None, day


def _end(found: re.Match[str], today: date) -> Span:
    """The last day of what a word names, this one or the next to come."""
    unit = found["unit"]
    if unit == "week":
        return None, today + timedelta(6 - today.weekday())
    if unit in ("month", "quarter", "year"):
        month = {"month": today.month, "quarter": (today.month + 2) // 3 * 3, "year": 12}[unit]
        year = today.year
    else:
        month = _MONTH[unit[:3]]
        year = today.year + (month < today.month)
    following = date(year + month // 12, month % 12 + 1, 1)
    return None, following - timedelta(1)


def _end_of_next(found: re.Match[str], today: date) -> Span:
    """The last day of the week or month after this one."""
    _, last = _end(found, today)
    assert last is not None
    return _end(found, last + timedelta(1))


def _during(found: re.Match[str], today: date) -> Span:
    counted = found.groupdict().get("count")
    length = (number(counted) or 1 if counted else 1) * LENGTHS[found["unit"]]
    return None, today + timedelta(length)


def _on(found: re.Match[str], today: date) -> Span:
    day = _date(found["first"], today)
    return day, day


def _period(found: re.Match[str], today: date) -> Span:
    current, unit = found["which"] in ("this", "current"), found["unit"]
    if unit == "quarter":
        first = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
        before = (first - timedelta(1)).replace(day=1)
        before = date(before.year, (before.month - 1) // 3 * 3 + 1, 1)
        return (first, None) if current else (before, first - timedelta(1))
    if unit == "week":
        first = today - timedelta(today.weekday())
        before = first - timedelta(7)
    elif unit == "month":
        first = today.replace(day=1)
        before = (first - timedelta(1)).replace(day=1)
    else:
        first = today.replace(day=1, month=1)
        before = first.replace(year=first.year - 1)
    return (first, None) if current else (before, first - timedelta(1))


_MEANINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Span]], ...] = tuple(
    (re.compile(pattern), meaning)
    for pattern, meaning in (
        (
            rf"\b(?:between|from) (?P<first>{_POINT}) (?:and|to|until|till) (?P<last>{_POINT})\b",
            _between,
        ),
        (rf"\b(?:last|past|previous) {_COUNT} (?P<unit>hour|day|week|month|year)s?\b", _lately),
        (r"\bpast (?P<unit>day|week|month|year)\b", _lately),
        (
            rf"\b(?:since|after) (?P<first>{_DATE}|yesterday|today|this morning|last night|"
            rf"last week|(?:last )?(?:{_WEEKDAY}))\b",
            _since,
        ),
        (
            r"\b(?P<which>last|previous|this|current) (?P<unit>week|month|quarter|year)\b",
            _period,
        ),
        (r"\b(?P<first>today|yesterday|tonight|this morning|this afternoon)\b", _on),
        (rf"\b(?:on|last) (?P<first>{_WEEKDAY})\b", _on),
        (
            rf"\b(?:until|till|before|by|up to) (?:the |next |this |coming )*"
            rf"(?P<last>{_DATE}|tomorrow|{_WEEKDAY})\b",
            _ahead,
        ),
        (
            rf"\b(?:from|starting|beginning|as of) (?:on )?(?:next |coming )(?P<last>{_WEEKDAY})\b",
            lambda found, today: _ahead(found, today)[::-1],
        ),
        (rf"\b(?:on |until |by )?(?:next|coming) (?P<last>{_WEEKDAY})\b", _ahead),
        (
            rf"\b(?:expir\w+|due|valid|ends?|sunset|deadline) (?:in|after|within|for) {_COUNT} "
            r"(?P<unit>day|week|month|year)s?\b",
            _during,
        ),
        (
            r"\b(?:until|till|by|before|to)?\s?(?:the )?end of (?:the |this )?"
            rf"(?P<unit>week|month|quarter|year|{_NAMED})\b",
            _end,
        ),
        (
            r"\b(?:(?:until|till|by|before) )?(?:the )?(?:end of )?next (?P<unit>week|month)\b",
            _end_of_next,
        ),
        (rf"\bfor (?:the )?(?:next )?{_COUNT} (?P<unit>day|week|month|year)s?\b", _during),
        (r"\bfor (?:a|one) (?P<unit>day|week|month|year)\b", _during),
        (rf"(?:\bon )?\b(?P<first>{_DATE})", _on),
    )
)


def _date(words: str, today: date) -> date | None:
    """One day; None for a day that no calendar has, which is not to be guessed."""
    words = words.removeprefix("last ") if words != "last week" else words
    if words in _DAYS:
        return today - timedelta((today.weekday() - _DAYS.index(words)) % 7 or 7)
    back = {"yesterday": 1, "last night": 1, "last week": today.weekday() + 7}.get(words, 0)
    figures = [int(n) for n in re.findall(r"\d+", words)]
    if back or not figures:
        return today - timedelta(back)
    named = re.search(_NAMED, words)
    if named is not None:
        day, month = figures[0], _MONTH[named[0][:3]]
        year = figures[1] if len(figures) > 1 else _latest(today, month, day)
    else:
        year, month, day = figures if figures[0] > 31 else figures[::-1]
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _latest(today: date, month: int, day: int) -> int:
    """The year of the last such day: without a year, people look back."""
    return today.year if (month, day) <= (today.month, today.day) else today.year - 1
