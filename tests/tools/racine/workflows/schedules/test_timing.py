"""When schedules are due: over both changes of the clocks, and after times that were missed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tools.errors import ChooseAnother, CorrectInput
from tools.racine.workflows.schedules.timing import Missed, due, first_time, upcoming


def local(cron: str, timezone: str, after: str, count: int) -> list[str]:
    """The next times, as a clock on the wall shows them."""
    zone = ZoneInfo(timezone)
    start = datetime.fromisoformat(after).replace(tzinfo=zone)
    found = upcoming(cron, timezone, start, count)
    assert found == sorted(set(found))
    return [one.astimezone(zone).strftime("%d %H:%M%z") for one in found]


@pytest.mark.parametrize(
    ("cron", "timezone", "after", "expected"),
    [
        # the hour that is left out: once, at the first moment behind it
        (
            "30 2 * * *",
            "Europe/Berlin",
            "2026-03-28T00:00",
            ["28 02:30+0100", "29 03:00+0200", "30 02:30+0200"],
        ),
        (
            "30 2 * * *",
            "America/New_York",
            "2026-03-07T12:00",
            ["08 03:00-0400", "09 02:30-0400"],
        ),
        # half an hour is left out
        (
            "15 2 * * *",
            "Australia/Lord_Howe",
            "2026-10-03T12:00",
            ["04 02:30+1100", "05 02:15+1100"],
        ),
        # the hour that is repeated: once
        (
            "30 2 * * *",
            "Europe/Berlin",
            "2026-10-24T12:00",
            ["25 02:30+0200", "26 02:30+0100"],
        ),
        (
            "30 1 * * *",
            "America/New_York",
            "2026-10-31T12:00",
            ["01 01:30-0400", "02 01:30-0500"],
        ),
        # every hour of real time
        (
            "0 * * * *",
            "Europe/Berlin",
            "2026-10-25T01:00",
            ["25 02:00+0200", "25 02:00+0100", "25 03:00+0100"],
        ),
        (
            "0 * * * *",
            "Europe/Berlin",
            "2026-03-29T00:30",
            ["29 01:00+0100", "29 03:00+0200", "29 04:00+0200"],
        ),
        ("0 6 * * 1", "Asia/Tokyo", "2026-11-23T06:00", ["30 06:00+0900", "07 06:00+0900"]),
    ],
)
def test_times_are_those_of_the_wall_clock(
    cron: str, timezone: str, after: str, expected: list[str]
) -> None:
    assert local(cron, timezone, after, len(expected)) == expected


@pytest.mark.parametrize("cron", ["*/15 * * * *", "0 * * * *", "45 1 * * *", "15 2 * * *"])
@pytest.mark.parametrize(
    ("timezone", "change"),
    [
        ("Europe/Berlin", "2026-10-25T01:00+00:00"),
        ("America/New_York", "2026-11-01T06:00+00:00"),
        ("Australia/Lord_Howe", "2026-04-04T15:00+00:00"),
        ("Australia/Lord_Howe", "2026-10-03T15:30+00:00"),
    ],
)
def test_from_wherever_one_looks_the_times_are_the_same_and_never_past(
    cron: str, timezone: str, change: str
) -> None:
    begin = datetime.fromisoformat(change) - timedelta(hours=3)
    whole = upcoming(cron, timezone, begin, 60)
    for minutes in range(0, 360, 7):
        start = begin + timedelta(minutes=minutes)
        assert upcoming(cron, timezone, start, 3) == [one for one in whole if one > start][:3]


@pytest.mark.parametrize(
    ("missed", "ran", "passed_over"), [("skip", [], 3), ("once", [2], 2), ("all", [0, 1, 2], 0)]
)
def test_missed_times_go_by_the_policy(missed: Missed, ran: list[int], passed_over: int) -> None:
    first = datetime(2026, 3, 28, 1, 30, tzinfo=UTC)  # 02:30 in Berlin
    times = [
        first,
        datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
        datetime(2026, 3, 30, 0, 30, tzinfo=UTC),
    ]
    found = due("30 2 * * *", "Europe/Berlin", missed, first, first + timedelta(days=2, hours=6))
    assert list(found.run) == [times[index] for index in ran]
    assert found.passed_over == passed_over
    assert found.next_at == datetime(2026, 3, 31, 0, 30, tzinfo=UTC)


def test_a_time_that_is_seconds_late_was_not_missed() -> None:
    at = datetime(2026, 11, 23, 6, tzinfo=UTC)
    found = due("0 6 * * *", "UTC", "skip", at, at + timedelta(seconds=20))
    assert (found.run, found.passed_over) == ((at,), 0)
    assert due("0 6 * * *", "UTC", "skip", at, at - timedelta(seconds=1)).run == ()


def test_a_year_without_a_runner_runs_a_bounded_number_of_times() -> None:
    at = datetime(2025, 1, 1, tzinfo=UTC)
    found = due("* * * * *", "UTC", "all", at, at + timedelta(days=365))
    assert len(found.run) == 100
    assert found.run[-1] == at + timedelta(days=365)


@pytest.mark.parametrize("cron", ["60 2 * * *", "every day", "", "0 6 * *", "0 0 31 2 *"])
def test_what_is_no_time_is_refused(cron: str) -> None:
    with pytest.raises(CorrectInput) as refused:
        first_time(cron, "UTC", datetime(2026, 1, 1, tzinfo=UTC))
    assert refused.value.field == "cron"


@pytest.mark.parametrize("timezone", ["Europe/Berln", "", "../etc/passwd", "Mars/Olympus"])
def test_what_is_no_time_zone_is_refused_with_the_nearest(timezone: str) -> None:
    with pytest.raises(ChooseAnother) as refused:
        first_time("0 6 * * *", timezone, datetime(2026, 1, 1, tzinfo=UTC))
    assert refused.value.field == "timezone"
    if timezone == "Europe/Berln":
        assert "Europe/Berlin" in refused.value.remedy
