"""When a schedule is due. Pure: the time comes from the caller.

Cron as Debian's: a time that the change to summer time leaves out runs at the first moment behind
it, one that the change back repeats runs once; `*` in hours follows real time through both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from cronsim import CronSim, CronSimError

from tools.errors import ChooseAnother, CorrectInput, nearest

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
        CorrectInput: it isn't one, or is never due.
    """
    try:
        found = CronSim(cron, after.astimezone(zone(timezone)))
    except CronSimError as error:
        raise CorrectInput(
            f"'{cron[:120]}' is no cron expression: {str(error).lower()}.",
            "Write minute, hour, day, month and weekday: '0 6 * * 1' is Mondays at six.",
            field="cron",
        ) from None
    for moment in found:
        yield moment.astimezone(UTC)


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
    behind = CronSim(cron, (moment + timedelta(seconds=1)).astimezone(zone(timezone)), reverse=True)
    past = [one.astimezone(UTC) for one in islice(behind, MOST_MISSED)]
    past = [one for one in reversed(past) if next_at <= one <= moment]
    in_time = [one for one in past if moment - one <= LATE]
    late = past[: len(past) - len(in_time)]
    run = {"skip": in_time, "once": in_time or late[-1:], "all": past}[missed]
    return Due(tuple(run), len(past) - len(run), next(times(cron, timezone, moment), None))


def upcoming(cron: str, timezone: str, after: datetime, count: int) -> list[datetime]:
    """The next times of a cron expression, in UTC."""
    return list(islice(times(cron, timezone, after), count))
