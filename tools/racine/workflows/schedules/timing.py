"""When a schedule is due. Pure: the time comes from the caller.

`cronsim` matches the expression against a plain clock; what a zone makes of it is decided here. A
fixed time (neither minute nor hour begins with `*`) that summer time leaves out is due at the first
moment behind it, one that the change back repeats is due once. All others follow real time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from cronsim import CronSim, CronSimError

from tools.errors import ChooseAnother, CorrectInput, nearest

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
LATE = timedelta(seconds=60)
MOST_MISSED = 100
Missed = Literal["skip", "once", "all"]


@dataclass(frozen=True)
class Due:
    """What is to be done now: the times to run, how many were passed over, when to look again."""

    run: tuple[datetime, ...]
    passed_over: int
    next_at: datetime | None


def zone(name: str) -> ZoneInfo:
    """The IANA time zone of that name.

    Raises:
        ChooseAnother: there is none; the nearest are offered.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        known = sorted(available_timezones())
        raise ChooseAnother(
            f"There is no time zone '{name[:60]}'.", nearest(name, known), field="timezone"
        ) from None


def times(cron: str, timezone: str, after: datetime) -> Iterator[datetime]:
    """The times of a cron expression behind a moment, in UTC.

    Raises:
        CorrectInput: it isn't one.
    """
    try:
        CronSim(cron, datetime(2000, 1, 1))
        minute, hour, *_ = cron.split()
    except (CronSimError, ValueError) as error:
        raise CorrectInput(
            f"'{cron[:120]}' is no cron expression: {str(error).lower()}.",
            "Write minute, hour, day, month and weekday: '0 6 * * 1' is Mondays at six.",
            field="cron",
        ) from None
    fixed = not minute.startswith("*") and not hour.startswith("*")
    return (_fixed if fixed else _through)(cron, zone(timezone), after)


def first_time(cron: str, timezone: str, after: datetime) -> datetime:
    """The next time of a cron expression.

    Raises:
        CorrectInput: it isn't one, or is never due.
    """
    found = next(times(cron, timezone, after), None)
    if found is None:
        raise CorrectInput(
            f"'{cron}' is never due.", "Give a day that its month has.", field="cron"
        )
    return found


def due(cron: str, timezone: str, missed: Missed, next_at: datetime, moment: datetime) -> Due:
    """What a schedule has to do at a moment.

    Times that are more than a minute late were missed: `skip` passes them over, `once` runs the
    last of them, `all` runs up to the last hundred, each.
    """
    if next_at > moment:
        return Due((), 0, next_at)
    past = _last_times(cron, timezone, next_at, moment)
    in_time = [one for one in past if moment - one <= LATE]
    late = past[: len(past) - len(in_time)]
    run = {"skip": in_time, "once": in_time or late[-1:], "all": past}[missed]
    return Due(tuple(run), len(past) - len(run), next(times(cron, timezone, moment), None))


def upcoming(cron: str, timezone: str, after: datetime, count: int) -> list[datetime]:
    """The next times of a cron expression, in UTC."""
    return list(islice(times(cron, timezone, after), count))


def _last_times(cron: str, timezone: str, since: datetime, until: datetime) -> list[datetime]:
    """The last times from one moment to another, both included; no more than can be missed."""
    width = timedelta(hours=1)
    while True:
        start = max(since, until - width)
        coming = times(cron, timezone, start - SECOND)
        found = list(takewhile(lambda one: one <= until, coming))
        if len(found) >= MOST_MISSED or start == since:
            return found[-MOST_MISSED:]
        width *= 4


def _fixed(cron: str, zone: ZoneInfo, after: datetime) -> Iterator[datetime]:
    last = after
    for plain in CronSim(cron, after.astimezone(zone).replace(tzinfo=None)):
        local = plain
        while _is_in_gap(local, zone):
            local += MINUTE
        due = local.replace(tzinfo=zone).astimezone(UTC)
        if due > last:
            yield due
            last = due


def _is_in_gap(local: datetime, zone: ZoneInfo) -> bool:
    there = local.replace(tzinfo=zone)
    return there.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local


def _through(cron: str, zone: ZoneInfo, after: datetime) -> Iterator[datetime]:
    moment = after.astimezone(UTC)
    offset = _offset(moment, zone)
    start = moment + offset
    while True:
        changed = None
        for plain in CronSim(cron, start.replace(tzinfo=None)):
            due = plain.replace(tzinfo=UTC) - offset
            if _offset(due, zone) != offset:
                changed = _change(zone, moment, due)
                break
            yield due
            moment = due
        if changed is None:
            return
        # from here on the clock shows another time; the moment of the change itself may be due
        moment, offset = changed, _offset(changed, zone)
        start = moment + offset - SECOND


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    offset = moment.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The first second, between two moments, at which the zone's offset isn't the first's."""
    low, high = int(before.timestamp()), int(after.timestamp())
    offset = _offset(before, zone)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(datetime.fromtimestamp(middle, UTC), zone) == offset:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(high, UTC)
