"""Workflows out of plain words: when they start, what they do, and what was assumed."""

from __future__ import annotations

import pytest

from agent.starting import starting_of
from tests.support.world import World
from tests.tools.racine.workflows.carried import carry
from tools.errors import AskForAccess


@pytest.mark.parametrize(
    ("request_", "rest", "cron", "timezone"),
    [
        ("Every Monday at six scan crm", "scan crm", "0 6 * * 1", "UTC"),
        ("Scan crm every day at 18:30", "Scan crm", "30 18 * * *", "UTC"),
        ("Scan crm daily at 7 pm, Berlin time", "Scan crm", "0 19 * * *", "Europe/Berlin"),
        ("each weekday at 7:05 in Asia/Tokyo, scan crm", "scan crm", "5 7 * * 1-5", "Asia/Tokyo"),
        ("Every night, scan crm", "scan crm", "0 2 * * *", "UTC"),
        ("scan crm weekly on Fridays", "scan crm", "0 6 * * 5", "UTC"),
        ("Evaluate GDPR every quarter", "Evaluate GDPR", "0 6 1 1,4,7,10 *", "UTC"),
        ("Every hour check crm", "check crm", "0 * * * *", "UTC"),
        ("Every month at noon scan crm", "scan crm", "0 12 1 * *", "UTC"),
        ("Every day at 12 am scan crm", "scan crm", "0 0 * * *", "UTC"),
        ("Each weekday at half past seven, scan crm", "scan crm", "30 7 * * 1-5", "UTC"),
        ("Every morning at quarter to eight scan crm", "scan crm", "45 7 * * *", "UTC"),
        ("Every two hours, scan crm", "scan crm", "0 */2 * * *", "UTC"),
        ("Every 15 minutes scan crm", "scan crm", "*/15 * * * *", "UTC"),
        ("Nightly at 2am New York time scan crm", "scan crm", "0 2 * * *", "America/New_York"),
        ("scan crm every sunday at 23:30 UTC", "scan crm", "30 23 * * 0", "UTC"),
        ("Each quarter end scan crm", "scan crm", "0 6 L 3,6,9,12 *", "UTC"),
        (
            "At 7pm on the last day of each month in Tokyo, scan crm",
            "scan crm",
            "0 19 L * *",
            "Asia/Tokyo",
        ),
        ("on the 15th of each month at noon scan crm", "scan crm", "0 12 15 * *", "UTC"),
        ("a weekly scan of crm on Sunday night", "a scan of crm", "0 2 * * 0", "UTC"),
    ],
)
def test_times_are_read_out_of_words(request_: str, rest: str, cron: str, timezone: str) -> None:
    found = starting_of(request_)
    assert (found.rest, found.cron, found.timezone) == (rest, cron, timezone)


@pytest.mark.parametrize(
    ("request_", "rest", "event"),
    [
        ("Whenever a scan ends, evaluate GDPR", "evaluate GDPR", "scan.completed"),
        ("When the schema changes, scan crm", "scan crm", "schema.changed"),
        ("evaluate GDPR after a new source is registered", "evaluate GDPR", "source.registered"),
        ("on owner.changed tag crm.orders as moved", "tag crm.orders as moved", "owner.changed"),
    ],
)
def test_events_are_read_out_of_words(request_: str, rest: str, event: str) -> None:
    found = starting_of(request_)
    assert (found.rest, found.event, found.cron) == (rest, event, None)
    assert any(event in one for one in found.assumed)


def test_an_event_may_be_of_one_source() -> None:
    for text in (
        "Whenever the schema of shop changes, scan it",
        "When a scan of shop is completed",
    ):
        assert (starting_of(text).as_json() or {})["where"] == {"source": "shop"}


def test_a_table_is_no_event() -> None:
    assert starting_of("run the checks on crm.customers").as_json() is None


@pytest.mark.parametrize(
    "request_", ["Scan crm", "Which findings are open every time?", "Tag every table as pii"]
)
def test_what_says_no_time_has_none(request_: str) -> None:
    assert starting_of(request_).as_json() is None
    assert starting_of(request_).rest == request_


async def test_words_become_a_definition_that_runs_and_says_what_it_assumes(world: World) -> None:
    await world.source("shop")
    told = await world.call(
        "workflows.propose",
        request="Every Monday at 6 scan shop and then evaluate GDPR, Berlin time",
    )
    assert told.valid, told
    assert [one.operation for one in told.steps] == [
        "scan_logic.start_scan",
        "compliance.evaluate_compliance",
    ]
    assert told.steps[1].needs == ("s1",)
    assert told.start == {"cron": "0 6 * * 1", "timezone": "Europe/Berlin"}
    assert any("source is 'shop'" in one for one in told.assumptions)
    made = await world.call(
        "workflows.create", name="weekly", steps=[one.as_json() for one in told.steps]
    )
    await world.call("workflows.schedule", workflow=made.id, **told.start)
    started = await world.call("workflows.execute", workflow=made.id)
    assert (await carry(world, started.id)).status == "done"
    assert (await world.call("workflows.list")).total == 1


async def test_reading_alone_becomes_a_workflow_of_reads(world: World) -> None:
    await world.source("shop", scanned=True)
    told = await world.call("workflows.propose", request="Every day list the sources")
    assert [one.operation for one in told.steps] == ["data_sources.list_sources"]
    assert told.valid


async def test_what_is_not_understood_becomes_a_question(world: World) -> None:
    told = await world.call("workflows.propose", request="Frobnicate the quux every Tuesday")
    assert (told.steps, told.valid) == ([], False)
    assert told.question
    assert told.start == {"cron": "0 6 * * 2", "timezone": "UTC"}


async def test_what_the_caller_may_not_do_is_said(world: World) -> None:
    await world.source("shop")
    viewer = await world.person("Vic Roy", "viewer")
    told = await world.call("workflows.propose", viewer, request="Scan shop every day")
    assert not told.valid
    assert told.question or told.faults
    nobody = await world.person("Nina Holt")
    with pytest.raises(AskForAccess):
        await world.call("workflows.propose", nobody, request="Scan shop every day")
    assert (await world.call("scan_logic.list_scans")).total == 0


async def test_parts_hang_together_as_the_words_say(world: World) -> None:
    await world.source("shop")
    await world.source("depot")
    told = await world.call(
        "workflows.propose", request="Scan shop and depot side by side, then evaluate GDPR"
    )
    assert told.valid, told
    assert [one.needs for one in told.steps] == [(), (), ("s1", "s2")]
    each = await world.call(
        "workflows.propose", request="Scan all sources, retry twice if it fails"
    )
    assert each.valid, each
    assert [one.operation for one in each.steps] == [
        "data_sources.list_sources",
        "scan_logic.start_scan",
    ]
    assert each.steps[1].each.over == {"$ref": "s1.items"}
    assert each.steps[1].retry.attempts == 3


async def test_nothing_is_dropped_unsaid(world: World) -> None:
    await world.source("shop")
    told = await world.call(
        "workflows.propose", request="Scan shop, and if there are new findings frobnicate them"
    )
    assert [one.operation for one in told.steps] == ["scan_logic.start_scan"]
    assert not told.valid
    assert any("new findings" in one for one in told.assumptions)
