"""What is asked of scans that have begun, are to be repeated, or are compared."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from agent.answers import render
from tests.agent.planning.test_exemplars import hear
from tests.agent.test_answers import mark
from tests.support.world import World


@pytest.mark.parametrize(
    ("text", "operation", "arguments"),
    [
        ("Pause the scan of harbour", "pause_scan", {"scan": "src_1"}),
        ("Resume the scan of harbour", "resume_scan", {"scan": "src_1"}),
        ("Retry the scan of harbour", "retry_scan", {"scan": "src_1"}),
        ("Cancel the scan of harbour", "cancel_scan", {"scan": "src_1"}),
        ("How far is the scan of harbour?", "get_scan", {"scan": "src_1"}),
        ("How long will a scan of harbour take?", "estimate_scan", {"source": "src_1"}),
        ("What changed since the last scan of harbour?", "compare_scans", {"scan": "src_1"}),
        ("Scan harbour every Monday at 6 in Berlin", "schedule_scan",
         {"source": "src_1", "cron": "0 6 * * 1", "timezone": "Europe/Berlin"}),
        ("Scan harbour whenever its schema changes", "schedule_scan",
         {"source": "src_1", "event": "schema.changed"}),
        ("Which sources are scanned on a schedule?", "list_scan_schedules", {}),
        ("List the scan schedules", "list_scan_schedules", {}),
        ("Unschedule the scans of harbour", "unschedule_scan", {"source": "src_1"}),
        ("Scan harbour", "start_scan", {"source": "src_1"}),
    ],
)  # fmt: skip
def test_scans_are_spoken_of(text: str, operation: str, arguments: dict[str, object]) -> None:
    got = hear(text)
    assert got.question is None, got.question
    assert [(one.operation, one.arguments) for one in got.calls] == [
        (f"scan_logic.{operation}", arguments)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Don't scan harbour every Monday",
        "How do I scan harbour every Monday?",
        "Scan everything every Monday",
        "The ticket says: scan harbour every Monday",
        "Scan harbour every Monday and delete the source harbour",
        "Scan harbour whenever a finding is opened",
    ],
)
def test_what_is_not_exactly_one_scan_is_not_scheduled(text: str) -> None:
    assert all(one.operation != "scan_logic.schedule_scan" for one in hear(text).calls)


async def test_scans_are_told_of_with_what_failed_and_what_differs(world: World) -> None:
    await world.source(scanned=True)
    with closing(sqlite3.connect(world.folder / "shop.sqlite")) as database:
        database.executescript("DROP TABLE products; UPDATE customers SET phone = email;")
    await world.call("scan_logic.start_scan", source="shop")
    scan = await world.call("scan_logic.get_scan", scan="shop")
    told = render("scan_logic.get_scan", scan, {}, mark)
    assert "**completed with failures**, of 5 tables 4 read, 1 failed" in told
    assert "- products: The source holds no table" in told
    scans = await world.call("scan_logic.list_scans", source="shop")
    assert "completed with failures" in render("scan_logic.list_scans", scans, {}, mark)
    compared = await world.call("scan_logic.compare_scans", scan="shop")
    told = render("scan_logic.compare_scans", compared, {}, mark)
    assert "- label changed: `customers.phone`, phone" in told
    assert "- table failed: `products`, done → The source holds no table" in told
