"""An export holds what its filters choose, says what it leaves out, and starts no formula."""

from __future__ import annotations

import csv
import io
import json

import pytest
import yaml

from tests.support.world import World


@pytest.fixture
async def shop(stocked: World) -> World:
    await stocked.call("catalog.create_domain", name="Sales")
    await stocked.call("catalog.set_domain", asset="shop.orders", domain="Sales")
    await stocked.call("catalog.tag_asset", asset="shop.orders", tag="finance")
    await stocked.call("catalog.set_owner", asset="shop.orders", owner="administrator")
    await stocked.call("catalog.describe_asset", asset="shop.orders", description="=HYPERLINK(1)")
    return stocked


async def test_every_form_says_the_same(shop: World) -> None:
    wanted = {"kind": "table", "source": "shop"}
    exported = {
        form: await shop.call("catalog.export_catalog", format=form, **wanted)
        for form in ("csv", "json", "yaml")
    }
    rows = list(csv.DictReader(io.StringIO(exported["csv"].content)))
    records = json.loads(exported["json"].content)
    assert records == yaml.safe_load(exported["yaml"].content)
    assert [one["qualified_name"] for one in records] == [row["qualified_name"] for row in rows]
    orders = next(one for one in records if one["qualified_name"] == "shop.orders")
    assert (orders["domain"], orders["tags"], orders["row_count"]) == ("Sales", ["finance"], 60)
    cell = next(row for row in rows if row["qualified_name"] == "shop.orders")
    assert cell["description"] == "'=HYPERLINK(1)"
    assert {one.total for one in exported.values()} == {3}


async def test_filters_choose_and_the_rest_is_told(shop: World) -> None:
    for wanted in ({"domain": "Sales"}, {"tag": "finance"}, {"owner": "administrator"}):
        found = await shop.call("catalog.export_catalog", format="json", **wanted)
        assert [one["qualified_name"] for one in json.loads(found.content)] == ["shop.orders"]
    assert (await shop.call("catalog.export_catalog", state="certified")).total == 0
    whole = await shop.call("catalog.export_catalog", format="json", columns=True)
    labels = {one["qualified_name"]: one["labels"] for one in json.loads(whole.content)}
    assert whole.total == len(labels) == 22
    assert "email" in labels["shop.customers.email"]
    part = await shop.call("catalog.export_catalog", format="json", limit=2)
    assert (part.total, part.returned, part.truncated) == (5, 2, True)
    rest = await shop.call("catalog.export_catalog", format="json", cursor=part.next_cursor)
    assert (rest.returned, rest.truncated) == (3, False)


async def test_only_what_one_may_see_is_exported(shop: World) -> None:
    await shop.source("vault")
    await shop.person("Vera Lind", "viewer", source="vault")
    seen = await shop.call("catalog.export_catalog", "vera", format="json")
    assert {one["qualified_name"].split(".")[0] for one in json.loads(seen.content)} == {"vault"}
