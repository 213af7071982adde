"""The catalog: finding assets, what they hang on, and writing down what is known."""

from __future__ import annotations

import pytest

from tests.support.world import World
from tools.errors import AskForAccess, BeMoreExact, ChooseAnother, CorrectInput


@pytest.fixture
async def shop(stocked: World) -> World:
    return stocked


async def test_an_asset_is_found_by_what_people_call_it(shop: World) -> None:
    for reference in ("shop.customers.email", "customers.email", '"Customers"."EMAIL"'):
        found = await shop.call("catalog.get_asset", asset=reference)
        assert found.qualified_name == "shop.customers.email"
    assert (await shop.call("catalog.get_asset", asset=found.id)).name == "email"
    with pytest.raises(BeMoreExact, match=r"shop\.orders\.id") as refusal:
        await shop.call("catalog.get_asset", asset="id")
    assert "Name it with its source" in refusal.value.remedy
    with pytest.raises(ChooseAnother, match="custommers") as missing:
        await shop.call("catalog.get_asset", asset="shop.custommers")
    assert "shop.customers" in missing.value.remedy
    with pytest.raises(ChooseAnother) as missing:
        await shop.call("catalog.get_asset", asset="zzzz")
    assert "search_assets" in missing.value.remedy


async def test_an_asset_is_described_whole(shop: World) -> None:
    orders = await shop.call("catalog.get_asset", asset="shop.orders")
    assert orders.primary_key == ["id"]
    assert {(key.column, key.refers_to) for key in orders.foreign_keys} == {
        ("customer_id", "shop.customers.id"),
        ("sku", "shop.products.sku"),
    }
    assert [column.name for column in orders.columns] == ["id", "customer_id", "sku", "total"]
    assert orders.row_count == 60
    customers = await shop.call("catalog.get_asset", asset="shop.customers")
    assert customers.referred_by == ["shop.orders.customer_id"]
    email = next(column for column in customers.columns if column.name == "email")
    assert email.labels == ["email"]
    view = await shop.call("catalog.get_asset", asset="shop.v_top")
    assert "SELECT email" in view.view_sql


async def test_lists_are_filtered_by_what_assets_have_and_lack(shop: World) -> None:
    await shop.person("Dana Weber")
    await shop.call("catalog.set_owner", asset="shop.orders", owner="dana")
    await shop.call("catalog.tag_asset", asset="shop.orders", tag="Finance")
    await shop.call("catalog.describe_asset", asset="shop.orders", description="  What is sold ")

    async def names(**wanted: object) -> list[str]:
        page = await shop.call("catalog.list_assets", **wanted)
        assert page.total == page.returned == len(page.items)
        return [one.qualified_name.removeprefix("shop.") for one in page.items]

    everything = ["customers", "orders", "products", "v_revenue", "v_top"]
    assert await names() == await names(source="shop") == everything
    assert await names(kind="view") == ["v_revenue", "v_top"]
    assert await names(tag="finance") == await names(owner="dana") == ["orders"]
    assert await names(parent="shop.orders") == [
        "orders.id",
        "orders.customer_id",
        "orders.sku",
        "orders.total",
    ]
    assert "orders" not in await names(without="owner")
    assert "orders" not in await names(without="tag")
    assert "orders" not in await names(without="description", kind="table")
    assert "customers.email" not in await names(without="classification", kind="column")
    assert "orders.sku" in await names(without="classification", kind="column")
    assert "customers" not in await names(without="classification", kind="table")
    assert await names(having="owner") == await names(having="tag") == ["orders"]
    assert await names(having="classification", kind="table") == [
        one for one in await names(kind="table")
        if one not in await names(without="classification", kind="table")
    ]  # fmt: skip
    both = await names(labels=["email", "phone"], kind="table")
    assert both == ["customers"]
    assert await names(labels=["email"], without_labels=["phone"], kind="table") == []
    assert "customers" not in await names(without_labels=["phone"], kind="table")
    assert await names(labels=["email"], kind="database") == []
    described = await shop.call("catalog.get_asset", asset="shop.orders")
    assert described.description == "What is sold"
    page = await shop.call("catalog.list_assets", limit=2)
    assert (page.total, page.returned, page.truncated) == (5, 2, True)


async def test_a_list_says_how_many_assets_are_made_of_each(shop: World) -> None:
    page = await shop.call("catalog.list_assets")
    dependents = {one.name: one.dependents for one in page.items}
    assert dependents["customers"] > 0
    assert dependents["v_top"] == 0


async def test_tables_are_found_by_what_nobody_has_done_with_them(shop: World) -> None:
    async def without(lack: str) -> set[str]:
        found = await shop.call("catalog.list_assets", without=lack, kind="table")
        return {asset.name for asset in found.items}

    everything = {"customers", "orders", "products"}
    for lack in ("profile", "quality_check", "contract", "domain", "term"):
        assert await without(lack) == everything
    assert await without("lineage") == set()
    await shop.call("catalog.profile_asset", asset="shop.orders")
    assert await without("profile") == everything - {"orders"}
    await shop.call("catalog.define_quality_check", asset="shop.orders.id", kind="unique")
    assert await without("quality_check") == everything - {"orders"}
    await shop.call("catalog.create_domain", name="Sales")
    await shop.call("catalog.set_domain", asset="shop.orders", domain="Sales")
    assert await without("domain") == everything - {"orders"}
    await shop.call("catalog.create_glossary_term", name="Order", definition="What is bought.")
    await shop.call("catalog.link_glossary_term", term="Order", asset="shop.orders")
    assert await without("term") == everything - {"orders"}
    schemas = await shop.call("catalog.list_assets", without="profile", kind="database")
    assert schemas.items == []


@pytest.mark.usefixtures("indexed")
async def test_search_finds_by_words_and_says_how_many(shop: World) -> None:
    await shop.runtime.follower.start()
    await shop.runtime.follower.caught_up()
    await shop.runtime.follower.stop()
    found = await shop.call("catalog.search_assets", query="customers")
    assert found.items[0].qualified_name == "shop.customers"
    assert found.total >= found.returned
    columns = await shop.call("catalog.search_assets", query="email", kind="column", source="shop")
    assert "shop.customers.email" in [hit.qualified_name for hit in columns.items]
    assert {hit.kind for hit in columns.items} == {"column"}
    await shop.person("Vera Lind", "viewer", source="shop")
    assert (await shop.call("catalog.search_assets", "vera", query="customers")).total
    stranger = await shop.person("Nils Berg")
    with pytest.raises(AskForAccess):
        await shop.call("catalog.search_assets", stranger, query="customers")


async def test_lineage_goes_as_far_as_asked_and_the_way_asked(shop: World) -> None:
    async def reached(**wanted: object) -> tuple[set[str], set[str]]:
        found = await shop.call("catalog.get_lineage", asset="shop.customers", **wanted)
        return (
            {node.qualified_name for node in found.upstream},
            {node.qualified_name for node in found.downstream},
        )

    assert await reached(direction="upstream") == (set(), set())
    assert await reached(depth=1) == (set(), {"shop.orders", "shop.v_revenue"})
    assert await reached() == (set(), {"shop.orders", "shop.v_revenue", "shop.v_top"})
    column = await shop.call("catalog.get_lineage", asset="shop.customers.email")
    assert [(node.qualified_name, node.distance) for node in column.downstream] == [
        ("shop.v_revenue.email", 1),
        ("shop.v_top.email", 2),
    ]


async def test_impact_names_what_breaks_whom_to_ask_and_which_rules_fall_silent(
    shop: World,
) -> None:
    await shop.person("Dana Weber")
    await shop.call("catalog.set_owner", asset="shop.v_top", owner="dana")
    await shop.call("compliance.evaluate_compliance", source="shop")
    impact = await shop.call("catalog.analyze_impact", asset="shop.customers.email")
    assert {node.qualified_name for node in impact.breaks} == {
        "shop.v_revenue",
        "shop.v_revenue.email",
        "shop.v_top",
        "shop.v_top.email",
    }
    assert impact.owners == ["Dana Weber"]
    open_there = await shop.call("compliance.list_findings", asset="shop.customers.email")
    assert impact.findings_closed == open_there.total > 0
    assert set(impact.rules) == {finding.rule for finding in open_there.items}
    table = await shop.call("catalog.analyze_impact", asset="shop.customers")
    assert [node.qualified_name for node in table.references] == ["shop.orders"]


async def test_a_column_that_only_joins_breaks_its_views_and_what_reads_them(shop: World) -> None:
    impact = await shop.call("catalog.analyze_impact", asset="shop.orders.customer_id")
    told = [(node.qualified_name, node.distance) for node in impact.breaks]
    assert told == [("shop.v_revenue", 1), ("shop.v_top", 2)]
    assert impact.breaks_total == 2
    unread = await shop.call("catalog.analyze_impact", asset="shop.orders.sku")
    assert unread.breaks == []


async def test_owners_are_inherited_and_counted(shop: World) -> None:
    await shop.person("Dana Weber")
    await shop.call("catalog.set_owner", asset="shop.customers", owner="dana.weber@example.com")
    column = await shop.call("catalog.get_asset", asset="shop.customers.email")
    assert (column.owner, column.owner_inherited) == ("Dana Weber", True)
    owners = await shop.call("catalog.list_owners")
    assert [(one.owner, one.assets, one.examples) for one in owners.items] == [
        ("Dana Weber", 1, ["shop.customers"])
    ]
    assert owners.unowned_tables == 4
    asked = await shop.call("catalog.list_owners", asset="customers.email")
    assert [one.owner for one in asked.items] == ["Dana Weber"]
    assert (await shop.call("catalog.list_owners", source="shop")).unowned_tables == 4
    with pytest.raises(ChooseAnother, match="nobody called") as refused:
        await shop.call("catalog.set_owner", asset="shop.orders", owner="ghost")
    assert refused.value.field == "owner"


async def test_tags_are_put_on_once_and_taken_off(shop: World) -> None:
    for tag in ("PII", "pii", "checked"):
        tagged = await shop.call("catalog.tag_asset", asset="shop.orders", tag=tag)
    assert tagged.tags == ["checked", "pii"]
    assert (await shop.call("catalog.untag_asset", asset="shop.orders", tag="Pii")).tags == [
        "checked"
    ]
    with pytest.raises(CorrectInput, match="has no tag 'pii'") as refusal:
        await shop.call("catalog.untag_asset", asset="shop.orders", tag="pii")
    assert "checked" in refusal.value.remedy
    with pytest.raises(CorrectInput):
        await shop.call("catalog.tag_asset", asset="shop.orders", tag='no "quotes"')


async def test_a_tag_with_letters_beyond_ascii_can_be_filtered_by(shop: World) -> None:
    await shop.call("catalog.tag_asset", asset="shop.orders", tag="Prüfung_1")
    await shop.call("catalog.tag_asset", asset="shop.products", tag="prüfungx1")
    found = await shop.call("catalog.list_assets", tag="prüfung_1")
    assert [one.name for one in found.items] == ["orders"]
