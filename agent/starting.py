"""When a workflow is to start, out of a request: "every Monday at six", "whenever a scan ends".

By rule, with no model: what was taken for the time is said, and the rest of the request is left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from agent.planning.dates import NUMBERS as FIGURES
from tools.racine.workflows.schedules.events import KINDS

DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
NUMBERS = FIGURES | {"fifteen": 15, "twenty": 20, "thirty": 30, "other": 2, "second": 2}
HOURS = {word: number for word, number in FIGURES.items() if number} | {"midnight": 0, "noon": 12}
MORNING, NIGHT = 6, 2
TIMES = {"night": NIGHT, "evening": 18, "afternoon": 15, "lunchtime": 12}
# what repeats: day of month, month, day of week
PERIODS = {
    "day": ("*", "*", "*"),
    "weekday": ("*", "*", "1-5"),
    "weekend": ("*", "*", "6,0"),
    "week": ("*", "*", "1"),
    "month": ("1", "*", "*"),
    "quarter": ("1", "1,4,7,10", "*"),
    "year": ("1", "1", "*"),
}
LAST = {"month": "*", "quarter": "3,6,9,12", "year": "12"}
ADVERBS = {
    "daily": "day", "nightly": "night", "weekly": "week", "monthly": "month",
    "quarterly": "quarter", "yearly": "year", "annually": "year", "hourly": "hour",
}  # fmt: skip
_COUNT = r"\d{1,3}|" + "|".join(NUMBERS)
_DAY = "|".join(DAYS)
_PERIOD = r"month|quarter|year"
EVERY = re.compile(
    rf"\b(?:(?:on|at)\s+)?(?:the\s+)?(?:"
    rf"(?P<end>last\s+day|end|close)\s+of\s+(?:each|every)\s+(?P<ending>{_PERIOD})"
    rf"|(?P<nth>first|1st|\d{{1,2}}(?:st|nd|rd|th))(?:\s+(?:day|{_DAY}))?\s+of\s+"
    rf"(?:each|every)\s+(?P<of>{_PERIOD})"
    rf"|(?:every|each)\s+(?P<each_nth>first|1st|\d{{1,2}}(?:st|nd|rd|th))(?:\s+day)?\s+of\s+the\s+"
    rf"(?P<of_the>{_PERIOD})"
    rf"|(?:every|each)\s+(?P<closed>{_PERIOD})[\s-]+end"
    rf"|(?P<month_end>{_PERIOD})[\s-]+ends?(?=\W|$)"
    rf"|(?:every|each)\s+(?P<count>{_COUNT})\s+(?P<unit>minute|hour|day|week|month)s?"
    rf"|(?:every|each)\s+(?P<what>{_DAY}|minute|weekday|weekend|day|night|morning|evening|"
    rf"afternoon|hour|week|{_PERIOD})s?"
    rf"|(?P<adverb>{'|'.join(ADVERBS)})(?!-\w))\b"
    rf"(?:\s+(?P<part>night|morning|evening|afternoon)s?\b)?"
    rf"(?:\s+on\s+(?P<on>{_DAY})s?(?:\s+(?P<at_part>night|morning|evening|afternoon)s?)?\b)?",
    re.IGNORECASE,
)
ON_DAY = re.compile(
    rf",?\s*\bon\s+(?P<aside>{_DAY})s?(?:\s+(?P<aside_part>night|morning|evening|afternoon)s?)?\b",
    re.IGNORECASE,
)
AT = re.compile(
    r",?\s*(?<!\w)(?:at|@)\s+(?:(?P<past>half\s+past|quarter\s+past|quarter\s+to)\s+)?"
    rf"(?P<hour>\d{{1,2}}|{'|'.join(HOURS)})(?:[:.](?P<minute>[0-5]\d))?(?![\w:]*[./]\w)"
    r"(?:\s*(?P<half>[ap]\.?m\b\.?))?(?:\s*o'?clock)?(?:\s+in\s+the\s+(?P<part>morning|afternoon|evening))?"
    r"|,?\s*(?<![\w:.])(?P<bare>[01]?\d|2[0-3]):(?P<bare_minute>[0-5]\d)(?![\w:])"
    r"(?:\s*(?P<bare_half>[ap]\.?m\b\.?))?"
    r"|,?\s*(?<![\w:.])(?P<clock>1[0-2]|0?\d)\s*(?P<clock_half>[ap]\.?m\b\.?)",
    re.IGNORECASE,
)
PAST = {"half past": 30, "quarter past": 15, "quarter to": -15}
_SOURCE = r"(?: of (?:the )?(?P<s{0}>[A-Za-z][\w-]*))?"
EVENTS: Sequence[tuple[str, str]] = (
    (r"(?:(?:a|the|any|each) )?scans?{s} (?:ends?|completes?|is (?:done|completed?|over|finished)|"
     r"has (?:ended|completed|finished)|finishes)", "scan.completed"),
    (r"(?:(?:a|the|any) )?schemas?{s} (?:changes?|drifts?|is changed|has changed)",
     "schema.changed"),
    (r"(?:(?:a|any|the) )?(?:new )?(?P<severe>critical |high |medium |low )?findings?{s} "
     r"(?:is |are )?(?:opened|opens|found|raised|appears?|comes up)", "finding.opened"),
    (r"(?:(?:a|the) )?(?:column's )?classifications?{s} changes?", "classification.changed"),
    (r"(?:(?:a|any) )?(?:new )?(?:data )?sources? (?:is |are )?(?:registered|added|connected)",
     "source.registered"),
    (r"(?:somebody gets |(?:a|any) )?role (?:is granted|grant)", "access.granted"),
    (r"(?:(?:an|the) )?owner{s} changes", "owner.changed"),
)  # fmt: skip
WHEN = re.compile(
    r"\b(?:whenever|each time|every time|as soon as|when|after|on)\s+(?:the event\s+)?(?:"
    + "|".join(
        f"(?P<e{number}>{pattern.replace('{s}', _SOURCE.format(number))})"
        for number, (pattern, _) in enumerate(EVENTS)
    )
    + "|(?P<named>" + "|".join(re.escape(one) for one in KINDS) + r"))\b",
    re.IGNORECASE,
)  # fmt: skip
NAMED_ZONE = re.compile(
    r",?\s*\b(?:(?:in|by)\s+)?(?:(?P<city>[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+)?)\s+time"
    r"|(?P<zone>[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)+)(?:\s+time)?|(?P<utc>UTC|GMT))\b"
    r"|,?\s*\b(?:in)\s+(?P<place>[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+)?)(?=[\s,.!]*$|,|\s+[a-z])"
)


@dataclass(frozen=True)
class Starting:
    """When to start, what the request says beside it, and what was assumed."""

    rest: str
    cron: str | None = None
    timezone: str = "UTC"
    event: str | None = None
    where: dict[str, str] = field(default_factory=dict)
    assumed: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any] | None:
        """The arguments of `workflows.schedule`; None where the request says no time."""
        if self.cron is not None:
            return {"cron": self.cron, "timezone": self.timezone}
        if self.event is None:
            return None
        return {"event": self.event} | ({"where": self.where} if self.where else {})


def starting_of(request: str) -> Starting:
    """When a request wants something to start; the rest of it is what is wanted."""
    if found := EVERY.search(request):
        return _timed(request, found)
    if found := WHEN.search(request):
        return _on_event(request, found)
    return Starting(request)


def _on_event(request: str, found: re.Match[str]) -> Starting:
    number = next((n for n in range(len(EVENTS)) if found[f"e{n}"]), None)
    event = found["named"].lower() if number is None else EVENTS[number][1]
    source = found.groupdict().get(f"s{number}")
    where = {"source": source} if source else {}
    assumed = [f"It starts on the event {event}, of {source or 'any source'}."]
    if found["severe"]:
        assumed.append(
            f"Events don't tell how severe a finding is: it starts on each, not only on "
            f"{found['severe'].strip()} ones."
        )
    return Starting(_without(request, found), event=event, where=where, assumed=tuple(assumed))


def _timed(request: str, found: re.Match[str]) -> Starting:
    assumed: list[str] = []
    rest = f"{request[: found.start()]} {request[found.end() :]}"
    aside = None if found["on"] or found["what"] in DAYS else ON_DAY.search(rest)
    if aside and _period(found) == "week":
        rest = f"{rest[: aside.start()]} {rest[aside.end() :]}"
    else:
        aside = None
    at = AT.search(rest)
    if at:
        rest = f"{rest[: at.start()]} {rest[at.end() :]}"
    timezone, rest = _zone(rest)
    part = (aside and aside["aside_part"]) or _part(found)
    hour, minute = _clock(at, part)
    repeated = _repeated(found, minute)
    if repeated is not None:
        cron, exact = repeated
        if not exact:
            assumed.append(f"It starts when the clock divides by it: cron {cron}.")
        return Starting(_clean(rest), cron, timezone or "UTC", assumed=tuple(assumed))
    if hour is None:
        hour = TIMES.get(part, MORNING)
        assumed.append(f"No time of day is said: it starts at {hour}:00.")
    fields = _days(found, aside["aside"] if aside else "", assumed)
    if timezone is None:
        assumed.append("No time zone is said: it is UTC.")
    cron = f"{minute} {hour} {' '.join(fields)}"
    return Starting(_clean(rest), cron, timezone or "UTC", assumed=tuple(assumed))


def _part(found: re.Match[str]) -> str:
    """The part of the day that is said: night, morning, …"""
    what = _period(found)
    said = found["part"] or found["at_part"] or (what if what in (*TIMES, "morning") else "")
    return said.lower()


def _repeated(found: re.Match[str], minute: int) -> tuple[str, bool] | None:
    """The cron expression of what starts several times a day, and whether it is what was said."""
    what = _period(found)
    unit = (found["unit"] or "").lower()
    count = _number(found["count"]) if unit else 1
    if what == "minute" or unit == "minute":
        return f"*/{count} * * * *" if count > 1 else "* * * * *", 60 % max(count, 1) == 0
    if what == "hour" or unit == "hour":
        return f"{minute} {f'*/{count}' if count > 1 else '*'} * * *", 24 % max(count, 1) == 0
    return None


def _period(found: re.Match[str]) -> str:
    """What repeats: day, week, monday, …; empty where it is said otherwise."""
    return (found["what"] or ADVERBS.get((found["adverb"] or "").lower(), "")).lower()


def _days(found: re.Match[str], aside: str, assumed: list[str]) -> tuple[str, str, str]:
    """The fields of a cron expression that say which days."""
    ending = (found["ending"] or found["closed"] or found["month_end"] or "").lower()
    if ending:
        return "L", LAST[ending], "*"
    if nth := found["nth"] or found["each_nth"]:
        day = "1" if nth.lower() == "first" else str(int(nth[:-2]))
        return day, PERIODS[(found["of"] or found["of_the"]).lower()][1], "*"
    if found["count"]:
        return _every_nth(_number(found["count"]), found["unit"].lower(), assumed)
    what = _period(found)
    day = (found["on"] or aside or (what if what in DAYS else "")).lower()
    if day:
        return "*", "*", str(DAYS.index(day))
    period = what if what in PERIODS else "day"
    if period in ("week", "month", "quarter", "year"):
        first = "on Monday" if period == "week" else "on its first day"
        assumed.append(f"No day of the {period} is said: it starts {first}.")
    return PERIODS[period]


def _every_nth(count: int, unit: str, assumed: list[str]) -> tuple[str, str, str]:
    if count <= 1:
        return PERIODS[unit]
    if unit == "week":
        assumed.append(f"Cron can't count weeks: every {count} weeks is said as every Monday.")
        return PERIODS["week"]
    if unit == "month":
        assumed.append("No day of the month is said: it starts on its first day.")
        return "1", f"*/{count}", "*"
    assumed.append(f"It counts the days of the month: 1, {1 + count}, {1 + 2 * count}, …")
    return f"*/{count}", "*", "*"


def _number(said: str) -> int:
    return int(said) if said.isdecimal() else NUMBERS[said.lower()]


def _clock(at: re.Match[str] | None, part: str) -> tuple[int | None, int]:
    """The hour, where one is said, and the minute."""
    if at is None:
        return None, 0
    said = at["hour"] or at["bare"] or at["clock"]
    half = (at["half"] or at["bare_half"] or at["clock_half"] or "").lower().replace(".", "")
    hour = HOURS.get(said.lower(), int(said) if said.isdecimal() else 0)
    minute = int(at["minute"] or at["bare_minute"] or 0)
    if at["past"]:
        minute = PAST[re.sub(r"\s+", " ", at["past"].lower())]
        hour, minute = (hour - 1, minute + 60) if minute < 0 else (hour, minute)
    late = (at["part"] or part).lower() in ("afternoon", "evening")
    if (half == "pm" or (late and not half)) and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    return min(hour % 24, 23), minute


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """Zones by their name and by their city's, lower case."""
    known = sorted(available_timezones(), key=lambda one: one.count("/"))
    cities = {one.rpartition("/")[2].replace("_", " ").lower(): one for one in reversed(known)}
    return cities | {one.lower(): one for one in known} | {"gmt": "UTC", "utc": "UTC"}


def _zone(request: str) -> tuple[str | None, str]:
    """The time zone that is named, by itself or by its city, and the request without it."""
    for found in NAMED_ZONE.finditer(request):
        said = found["zone"] or found["city"] or found["utc"] or found["place"]
        zone = _zones().get(said.lower()) or _zones().get(said.lower().rpartition(" ")[2])
        if zone is not None:
            return zone, request[: found.start()] + request[found.end() :]
    return None, request


def _without(request: str, found: re.Match[str]) -> str:
    return _clean(request[: found.start()] + request[found.end() :])


def _clean(text: str) -> str:
    text = re.sub(r"\s+([,;.])", r"\1", re.sub(r"\s+", " ", text)).strip(" ,;:.")
    text = re.sub(r"^(?:(?:then|and|please)\s+)+", "", text, flags=re.IGNORECASE)
    return re.sub(r",?\s+(?:and|then|on|at)$", "", text, flags=re.IGNORECASE)
