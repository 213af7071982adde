"""One table or column classified now, as a scan would; what people decided stays."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.support.world import World
from tools.errors import AskForAccess, ChooseAnother, LookAgain, MendSource

EMAIL = {"label": "email", "name": "shop mail", "patterns": [r"[a-z0-9]+@example\.org"]}


async def listed(world: World, **wanted: str) -> set[tuple[str, str, str]]:
    page = await world.call("classifications.list_classified_columns", **wanted)
    return {(one.column, one.label, one.status) for one in page.items}


async def test_one_table_gets_the_labels_that_a_scan_would_give(world: World) -> None:
    await world.source("a")
    await world.source("b", scanned=True)
    done = await world.call("classifications.classify_asset", asset="a.customers")
    assert (done.columns, done.values) == (5, 300) and done.rule_set == "default"
    scanned = {row[0][2:]: row[1:] for row in await listed(world, asset="b.customers")}
    assert {row[0][2:]: row[1:] for row in await listed(world, source="a")} == scanned
    email = next(one for one in done.items if one.label == "email")
    assert email.evidence["classified_by"] == "Administrator"
    assert (email.evidence["rule_set"], email.evidence["rule_set_version"]) == ("default", 1)
    assert "julia0@example.org" not in str(done.model_dump())
    again = await world.invoke("classifications.classify_asset", asset="a.customers")
    assert {one.label for one in again.value.items} == {one.label for one in done.items}


async def test_one_column_with_a_rule_set_of_one_s_own(world: World) -> None:
    await world.source(scanned=True)
    await world.call(
        "scan_rule_sets.create_rule_set", name="own", definition={"detectors": [EMAIL]}
    )
    before = await listed(world)
    done = await world.call(
        "classifications.classify_asset", asset="shop.customers.email", rule_set="own"
    )
    assert done.columns == 1 and done.items[0].evidence["detector"] == "shop mail"
    assert await listed(world) == before, "no other column is touched"
    phone = await world.call(
        "classifications.classify_asset", asset="shop.customers.phone", rule_set="own"
    )
    assert (phone.items, phone.no_longer_found) == ([], 0)
    assert await listed(world) == before, "it doesn't look for phones"


async def test_what_people_decided_stays_and_teaches(world: World) -> None:
    await world.source(scanned=True)
    await world.call("classifications.confirm_classification", asset="shop.customers.phone")
    await world.call("classifications.reject_classification", asset="shop.customers.email")
    with closing(sqlite3.connect(world.folder / "shop.sqlite")) as database:
        database.execute("UPDATE customers SET phone = 'n/a'")
        database.commit()
    done = await world.call("classifications.classify_asset", asset="shop.customers")
    rows = await listed(world, asset="shop.customers")
    assert ("shop.customers.phone", "phone", "confirmed") in rows
    assert not any(row[0] == "shop.customers.email" for row in rows)
    assert "email" not in {one.label for one in done.items}
    view = await world.call("classifications.classify_asset", asset="shop.v_revenue")
    assert [(one.column, one.label) for one in view.withheld] == [("shop.v_revenue.email", "email")]
    assert view.no_longer_found == 1


async def test_what_can_not_be_classified_is_refused(world: World) -> None:
    await world.source()
    with pytest.raises(ChooseAnother, match="no scan rule set 'own'"):
        await world.call("classifications.classify_asset", asset="shop.orders", rule_set="own")
    await world.call(
        "scan_rule_sets.create_rule_set", name="own", definition={"detectors": [EMAIL]}
    )
    await world.call("scan_rule_sets.update_rule_set", rule_set="own", retired=True)
    with pytest.raises(LookAgain, match="is retired"):
        await world.call("classifications.classify_asset", asset="shop.orders", rule_set="own")
    await world.person("Ana Sol", "analyst")
    with pytest.raises(AskForAccess):
        await world.call("classifications.classify_asset", "ana", asset="shop.orders")
    (world.folder / "shop.sqlite").unlink()
    with pytest.raises(MendSource):
        await world.call("classifications.classify_asset", asset="shop.orders")
    assert await listed(world) == set()
