"""Words for days become the days they mean, the last one included."""

from __future__ import annotations

import pytest

from agent.planning.dates import days
from tests.agent.planning.world import TODAY, calls


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("today", "2024-05-15", "2024-05-15"),
        ("yesterday", "2024-05-14", "2024-05-14"),
        ("last week", "2024-05-06", "2024-05-12"),
        ("this week", "2024-05-13", None),
        ("last month", "2024-04-01", "2024-04-30"),
        ("last year", "2023-01-01", "2023-12-31"),
        ("in the last 30 days", "2024-04-15", None),
        ("in the past two weeks", "2024-05-01", None),
        ("since 1 may 2024", "2024-05-01", None),
        ("since monday", "2024-05-13", None),
        ("since wednesday", "2024-05-08", None),
        ("between 01.04.2024 and 2024-04-15", "2024-04-01", "2024-04-15"),
        ("between last month and today", "2024-04-01", None),
        ("from monday to yesterday", "2024-05-13", "2024-05-14"),
        ("until march 3rd 2024", None, "2024-03-03"),
        ("on 3 march 2024", "2024-03-03", "2024-03-03"),
        ("on 31.02.2024", None, None),
        ("on 31 march", "2024-03-31", "2024-03-31"),
        ("on the 31st of december", "2023-12-31", "2023-12-31"),
        ("since may 15", "2024-05-15", None),
    ],
)
def test_days(text: str, since: str | None, until: str | None) -> None:
    found = days(text, TODAY)
    assert found is not None
    assert [day and day.isoformat() for day in found[0]] == [since, until]


def test_no_days() -> None:
    assert days("what happened", TODAY) is None


def test_activity_of_a_person_in_a_span() -> None:
    assert calls("what did Dana do last week?") == [
        ("activity.search", {"user": "u-dana", "since": "2024-05-06", "until": "2024-05-12"})
    ]


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        (
            "Were we compliant with GDPR on 31 March?",
            {"framework": "f-gdpr", "as_of": "2024-03-31"},
        ),
        ("were we compliant yesterday?", {"as_of": "2024-05-14"}),
        ("What was our compliance posture last month?", {"as_of": "2024-04-30"}),
        ("Are we compliant today?", {}),
    ],
)
def test_a_posture_of_a_past_day(text: str, arguments: dict[str, str]) -> None:
    assert calls(text) == [("compliance.get_posture", arguments)]
