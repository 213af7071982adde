"""Scans: what they find, what they leave alone, what they say of themselves."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from tests.support.world import World
from tools.errors import AskForAccess, ChooseAnother, LookAgain


async def test_a_scan_reports_what_it_did_and_found(world: World) -> None:
    await world.source()
    report = await world.call("scan_logic.start_scan", source="shop")
    assert (report.status, report.tables, report.columns) == ("done", 5, 17)
    assert report.values_sampled > 300
    assert report.labels["email"] >= 2
    assert sum(report.labels.values()) == report.found
    assert report.started_by == "Administrator"
    results = await world.call("scan_logic.get_scan_results", scan=report.id)
    assert results.total == report.found
    assert (await world.call("scan_logic.get_scan", scan="latest")).id == report.id
    assert (await world.call("data_sources.get_source", source="shop")).scanned_at is not None


async def test_a_second_scan_keeps_what_people_decided_and_changes_nothing_else(
    world: World,
) -> None:
    await world.source(scanned=True)
    await world.call("classifications.confirm_classification", asset="shop.customers.email")
    await world.call("classifications.reject_classification", asset="shop.customers.phone")
    before = await world.call("classifications.explain_classification", asset="shop.customers")
    again = await world.invoke("scan_logic.start_scan", source="shop")
    after = await world.call("classifications.explain_classification", asset="shop.customers")
    assert after == before
    assert again.changes == 2, "the scan, and the source's date"


async def test_a_suggestion_that_is_no_longer_found_goes_and_a_decided_one_stays(
    world: World,
) -> None:
    await world.source(scanned=True)
    await world.call("classifications.confirm_classification", asset="shop.customers.email")
    with closing(sqlite3.connect(world.folder / "shop.sqlite")) as database:
        database.execute("UPDATE customers SET email = 'n/a', phone = 'n/a', first_name = '?'")
        database.commit()
    await world.call("scan_logic.start_scan", source="shop")
    left = await world.call("classifications.list_classified_columns", asset="shop.customers")
    assert ("shop.customers.email", "confirmed") in {(one.column, one.status) for one in left.items}
    top = await world.call("classifications.explain_classification", asset="shop.customers.phone")
    assert all(one.evidence["matched"] == 0 for one in top.items), "at most by its name"


async def test_a_table_that_can_not_be_read_is_a_warning(world: World) -> None:
    await world.source()
    with closing(sqlite3.connect(world.folder / "shop.sqlite")) as database:
        database.execute("DROP TABLE products")
    report = await world.call("scan_logic.start_scan", source="shop")
    assert len(report.warnings) == 1 and report.warnings[0].startswith("products:")
    assert report.labels["email"] >= 1


async def test_scans_are_refused_where_they_can_not_work(world: World) -> None:
    path = world.folder / "new.sqlite"
    path.touch()
    await world.call("data_sources.register_source", name="new", kind="sqlite", location=str(path))
    with pytest.raises(LookAgain, match="knows no tables") as refusal:
        await world.call("scan_logic.start_scan", source="new")
    assert "discover_assets" in refusal.value.remedy
    with pytest.raises(ChooseAnother, match="no scan rule set"):
        await world.call("scan_logic.start_scan", source="new", rule_set="nope")
    with pytest.raises(ChooseAnother, match="no scan 'scn_x'"):
        await world.call("scan_logic.get_scan", scan="scn_x")
    with pytest.raises(ChooseAnother, match="no scan 'latest'"):
        await world.call("scan_logic.get_scan", scan="latest")
    await world.person("Vera Lind", "viewer")
    with pytest.raises(AskForAccess, match=r"scan_logic\.write"):
        await world.call("scan_logic.start_scan", "vera", source="new")


async def test_an_estimate_rests_on_past_scans(world: World) -> None:
    await world.source()
    first = await world.call("scan_logic.estimate_scan", source="shop")
    assert (first.tables, first.columns, first.values) == (
        5,
        17,
        1543,
    )  # two views of unknown length
    assert "no scan has run" in first.based_on
    assert "no scan has run" in first.based_on
    await world.call("scan_logic.start_scan", source="shop")
    assert (
        await world.call("scan_logic.estimate_scan", source="shop")
    ).based_on == "1 past scan of shop"


async def test_scans_are_listed_newest_first(world: World) -> None:
    await world.source("a", scanned=True)
    await world.source("b", scanned=True)
    page = await world.call("scan_logic.list_scans")
    assert [one.source for one in page.items] == ["b", "a"]
    assert [
        one.source for one in (await world.call("scan_logic.list_scans", source="a")).items
    ] == ["a"]
    today = datetime.now(UTC).date()
    assert (await world.call("scan_logic.list_scans", since=today)).total == 2
    assert (await world.call("scan_logic.list_scans", since=today + timedelta(1))).total == 0


async def test_rules_take_away_only_what_they_look_for(world: World) -> None:
    await world.source(scanned=True)

    async def suggested() -> set[tuple[str, str]]:
        found = await world.call(
            "classifications.list_classified_columns", source="shop", limit=500
        )
        return {(one.column, one.label) for one in found.items}

    before = await suggested()
    orders = {"label": "username", "column_names": ["^id$"], "table_names": ["orders"]}
    phones = {"label": "phone", "patterns": ["never so"]}
    definition = {"detectors": [orders, phones]}
    await world.call("scan_rule_sets.create_rule_set", name="own", definition=definition)
    await world.call("scan_logic.start_scan", source="shop", rule_set="own")
    kept = {one for one in before if one[1] != "phone"}
    assert kept < before, "phones were looked for, and not found"
    assert await suggested() == kept | {("shop.orders.id", "username")}
    await world.call(
        "scan_rule_sets.update_rule_set", rule_set="own", definition={"detectors": [phones]}
    )
    await world.call("scan_logic.start_scan", source="shop", rule_set="own")
    assert await suggested() == kept, "what these rules found before, and look for no more"
    await world.call("scan_logic.start_scan", source="shop")
    assert await suggested() == before
