"""Spans of days from words: "yesterday", "last week", "since 1 May 2024".

`until` is the last day that belongs to the span. Weeks begin on Monday.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = "january february march april may june july august september october november december"
_MONTH = {name[:3]: number for number, name in enumerate(_MONTHS.split(), start=1)}
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_NUMBERS = {word: n for n, word in enumerate(
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"])}  # fmt: skip
_COUNT = r"(\d+|" + "|".join(_NUMBERS) + ")"
_MONTH_NAME = "(" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS.split()) + ")"
_DATE = (
    rf"(?:\d{{4}}-\d\d-\d\d|\d\d?\.\d\d?\.\d{{4}}|\d\d?(?:st|nd|rd|th)? {_MONTH_NAME},? \d{{4}}"
    rf"|{_MONTH_NAME} \d\d?(?:st|nd|rd|th)?,? \d{{4}})"
)
_LENGTHS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}

_AGO = re.compile(rf"\b(?:last|past|previous|recent) {_COUNT} (hour|day|week|month|year)s?\b")
_PERIOD = re.compile(r"\b(last|past|previous|this|current) (week|month|year)\b")
_BETWEEN = re.compile(rf"\b(?:between|from) ({_DATE}) (?:and|to|until|till) ({_DATE})")
_SINCE = re.compile(rf"\b(?:since|after) ({_DATE}|yesterday|today|last week|{'|'.join(_DAYS)})")
_UNTIL = re.compile(rf"\b(?:until|till|before|up to) ({_DATE})")
_ON = re.compile(rf"(?:\bon )?\b({_DATE})")
_ON_DAY = re.compile(rf"\b(?:on|last) ({'|'.join(_DAYS)})\b")
_DAY = re.compile(r"\b(today|yesterday|tonight|this morning|this afternoon)\b")

Span = tuple[date | None, date | None]


def number(word: str) -> int | None:
    """A count, in figures or in words up to twelve."""
    return int(word) if word.isdecimal() else _NUMBERS.get(word)


def days(text: str, today: date) -> tuple[Span, list[tuple[int, int]]]:
    """The span of days that lower-case words name, and the stretches of text that say so."""
    for pattern, meaning in (
        (_BETWEEN, lambda m: (_date(m[1], today), _date(m[4], today))),
        (_AGO, lambda m: (today - timedelta(_length(m[1], m[2])), None)),
        (_SINCE, lambda m: (_date(m[1], today), None)),
        (_PERIOD, lambda m: _period(m[1] in ("this", "current"), m[2], today)),
        (_DAY, lambda m: (_date(m[1], today),) * 2),
        (_ON_DAY, lambda m: (_date(m[1], today),) * 2),
        (_UNTIL, lambda m: (None, _date(m[1], today))),
        (_ON, lambda m: (_date(m[1], today),) * 2),
    ):
        found = pattern.search(text)
        if found:
            return meaning(found), [found.span()]
    return (None, None), []


def _length(count: str, unit: str) -> int:
    return (number(count) or 1) * _LENGTHS.get(unit, 1)


def _period(current: bool, unit: str, today: date) -> Span:
    if unit == "week":
        monday = today - timedelta(today.weekday())
        return (monday, None) if current else (monday - timedelta(7), monday - timedelta(1))
    first = today.replace(day=1) if unit == "month" else today.replace(day=1, month=1)
    if current:
        return first, None
    last = first - timedelta(1)
    return last.replace(day=1) if unit == "month" else last.replace(day=1, month=1), last


def _date(words: str, today: date) -> date | None:
    if words == "yesterday":
        return today - timedelta(1)
    if words == "last week":
        return today - timedelta(today.weekday() + 7)
    if words in _DAYS:
        return today - timedelta((today.weekday() - _DAYS.index(words)) % 7 or 7)
    figures = [int(n) for n in re.findall(r"\d+", words)]
    if not figures:
        return today
    named = re.search(_MONTH_NAME, words)
    try:
        if named:
            return date(figures[1], _MONTH[named[0][:3]], figures[0])
        year, month, day = figures if figures[0] > 31 else figures[::-1]
        return date(year, month, day)
    except ValueError:  # 31 February: leave it to the reader's question, not to a guess
        return None
