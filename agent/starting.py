"""When a workflow is to start, out of a request: "every Monday at six", "whenever a scan ends".

By rule, with no model: what was taken for the time is said, and the rest of the request is left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import available_timezones

DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
HOURS = {
    "midnight": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "noon": 12,
}  # fmt: skip
MORNING, NIGHT = 6, 2
# what repeats: day of month, month, day of week
PERIODS = {
    "day": ("*", "*", "*"),
    "weekday": ("*", "*", "1-5"),
    "week": ("*", "*", "1"),
    "month": ("1", "*", "*"),
    "quarter": ("1", "1,4,7,10", "*"),
    "year": ("1", "1", "*"),
}
ADVERBS = {
    "daily": "day", "nightly": "night", "weekly": "week", "monthly": "month",
    "quarterly": "quarter", "yearly": "year", "hourly": "hour",
}  # fmt: skip
AT = (
    r"(?:\s*,?\s*at\s+(?P<hour>\d{1,2}|" + "|".join(HOURS) + r")"
    r"(?::(?P<minute>[0-5]\d))?\s*(?P<half>am|pm)?(?:\s*o'?clock)?)?"
)
EVERY = re.compile(
    r"\b(?:(?i:every|each)\s+(?P<what>(?i:" + "|".join(DAYS) + r"|weekday|day|night|morning|"
    r"evening|hour|week|month|quarter|year))s?|(?P<adverb>(?i:" + "|".join(ADVERBS) + r")))\b"
    r"(?:\s+(?i:on)\s+(?P<on>(?i:" + "|".join(DAYS) + r"))s?)?" + f"(?i:{AT})"
)
EVENTS: Sequence[tuple[str, str]] = (
    (r"(?:a |the )?scans?(?: of \S+)? (?:ends?|completes?|is done|finishes)", "scan.completed"),
    (r"(?:a |the )?schemas?(?: of \S+)? (?:changes?|drifts?)", "schema.changed"),
    (r"(?:a )?(?:new )?findings? (?:is |are )?(?:opened|found|appears?)", "finding.opened"),
    (r"(?:a )?(?:column's )?classifications? changes?", "classification.changed"),
    (r"(?:a )?(?:new )?sources? (?:is |are )?(?:registered|added)", "source.registered"),
    (r"(?:somebody gets |a )?role (?:is granted|grant)", "access.granted"),
    (r"(?:an )?owner changes", "owner.changed"),
)  # fmt: skip
NAMED_ZONE = re.compile(
    r",?\s*\b(?:in\s+)?(?:(?P<city>[A-Z][A-Za-z_]+)\s+time|"
    r"(?P<zone>[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)+)(?:\s+time)?)\b"
)
WHEN = re.compile(
    r"\b(?:whenever|each time|every time|when|after|on)\s+(?:the event\s+)?(?:"
    + "|".join(f"(?P<e{number}>{pattern})" for number, (pattern, _) in enumerate(EVENTS))
    + r"|(?P<named>[a-z]+\.[a-z]+))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Starting:
    """When to start, what the request says beside it, and what was assumed."""

    rest: str
    cron: str | None = None
    timezone: str = "UTC"
    event: str | None = None
    assumed: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any] | None:
        """The arguments of `workflows.schedule`; None where the request says no time."""
        if self.cron is not None:
            return {"cron": self.cron, "timezone": self.timezone}
        return {"event": self.event} if self.event is not None else None


def starting_of(request: str) -> Starting:
    """When a request wants something to start; the rest of it is what is wanted."""
    if found := EVERY.search(request):
        return _timed(request, found)
    if found := WHEN.search(request):
        event = found["named"] or next(
            name for number, (_, name) in enumerate(EVENTS) if found[f"e{number}"]
        )
        assumed = f"It starts on the event {event}, of any source."
        return Starting(_without(request, found), event=event, assumed=(assumed,))
    return Starting(request)


def _timed(request: str, found: re.Match[str]) -> Starting:
    what = (found["what"] or ADVERBS[found["adverb"].lower()]).lower()
    assumed = []
    hour, minute = _hour(found), int(found["minute"] or 0)
    if what == "hour":
        return Starting(_without(request, found), f"{minute} * * * *", assumed=())
    if hour is None:
        hour = {"night": NIGHT, "evening": 18}.get(what, MORNING)
        assumed.append(f"No time of day is said: it starts at {hour}:00.")
    period = {"night": "day", "morning": "day", "evening": "day"}.get(what, what)
    day = found["on"] or (what if what in DAYS else None)
    if day is not None:
        fields = ("*", "*", str(DAYS.index(day.lower())))
    else:
        fields = PERIODS[period]
        if period in ("week", "month", "quarter", "year"):
            first = "on Monday" if period == "week" else "on its first day"
            assumed.append(f"No day of the {period} is said: it starts {first}.")
    timezone, rest = _zone(request[: found.start()] + request[found.end() :])
    if timezone is None:
        assumed.append("No time zone is said: it is UTC.")
    cron = f"{minute} {hour} {' '.join(fields)}"
    return Starting(_clean(rest), cron, timezone or "UTC", assumed=tuple(assumed))


def _hour(found: re.Match[str]) -> int | None:
    said = found["hour"]
    if said is None:
        return None
    hour = HOURS.get(said.lower(), int(said) if said.isdigit() else 0)
    if (found["half"] or "").lower() == "pm" and hour < 12:
        hour += 12
    elif (found["half"] or "").lower() == "am" and hour == 12:
        hour = 0
    return min(hour, 23)


def _zone(request: str) -> tuple[str | None, str]:
    """The time zone that is named, by itself or by its city, and the request without it."""
    known = sorted(available_timezones())
    for found in NAMED_ZONE.finditer(request):
        said = found["zone"] or found["city"]
        zone = next((one for one in known if said in (one, one.rpartition("/")[2])), None)
        if zone is not None:
            return zone, request[: found.start()] + request[found.end() :]
    return None, request


def _without(request: str, found: re.Match[str]) -> str:
    return _clean(request[: found.start()] + request[found.end() :])


def _clean(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip(" ,;:.")
    text = re.sub(r"^(?:then|and|please)\s+", "", text, flags=re.IGNORECASE)
    return re.sub(r"\s+(?:and|then)$", "", text, flags=re.IGNORECASE)
