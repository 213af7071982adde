"""Labels on columns: listed, explained, decided by people, and kept."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.world import World
from tools.errors import AskForAccess, ChooseAnother, CorrectInput


@pytest.fixture
async def shop(stocked: World) -> World:
    return stocked


async def labelled(world: World, **wanted: Any) -> set[tuple[str, str]]:
    page = await world.call("classifications.list_classified_columns", **wanted)
    assert page.total == len(page.items)
    return {(one.column, one.label) for one in page.items}


async def test_columns_are_listed_by_every_filter(shop: World) -> None:
    email, phone = ("shop.customers.email", "email"), ("shop.customers.phone", "phone")
    assert {email, phone} <= await labelled(shop)
    assert email in await labelled(shop, label="E-mail") and phone not in await labelled(
        shop, label="email"
    )
    assert {email, phone} <= await labelled(shop, category="PII")
    assert {email, phone} <= await labelled(shop, category="personal", source="shop")
    assert await labelled(shop, category="health") == set()
    assert await labelled(shop, asset="shop.customers.email") == {email}
    assert email in await labelled(shop, asset="shop.customers", status="suggested")
    assert await labelled(shop, status="confirmed") == set()
    levels = [
        await labelled(shop, sensitivity=one)
        for one in ("public", "internal", "confidential", "restricted")
    ]
    assert set().union(*levels) == await labelled(shop)
    assert sum(map(len, levels)) == len(await labelled(shop))
    assert await labelled(shop, at_least="public") == await labelled(shop)
    assert await labelled(shop, at_least="confidential") == levels[2] | levels[3]
    page = await shop.call("classifications.list_classified_columns", limit=1)
    assert page.truncated and page.total > 1
    covered = {
        (one.column, one.label)
        for one in (await shop.call("classifications.list_classified_columns")).items
        if one.covered
    }
    assert await labelled(shop, uncovered=True) == await labelled(shop) - covered


async def test_an_explanation_holds_evidence_but_no_value(shop: World) -> None:
    found = await shop.call("classifications.explain_classification", asset="shop.customers.email")
    (one,) = found.items
    assert (one.label, one.status, one.set_by) == ("email", "suggested", "scan")
    assert one.evidence["matched"] == one.evidence["tested"] == 60
    assert len(one.evidence["samples"]) == 3
    assert "julia0@example.org" not in str(found.model_dump())
    only = await shop.call(
        "classifications.explain_classification", asset="shop.customers", label="phone"
    )
    assert [one.column for one in only.items] == ["shop.customers.phone"]
    with pytest.raises(ChooseAnother, match="no label 'emial'") as refusal:
        await shop.call(
            "classifications.explain_classification", asset="shop.customers", label="emial"
        )
    assert "'email'" in refusal.value.remedy


async def test_the_summary_equals_a_count_by_hand(shop: World) -> None:
    await shop.call("classifications.confirm_classification", asset="shop.customers.email")
    items = (await shop.call("classifications.list_classified_columns")).items
    summary = await shop.call("classifications.summarize_sensitivity", source="shop")
    assert summary.columns == 17
    assert summary.classified == len({one.column for one in items})
    assert {one.sensitivity: one.columns for one in summary.levels} == {
        level: sum(one.sensitivity == level for one in items)
        for level in {one.sensitivity for one in items}
    }
    assert {one.label: one.columns for one in summary.labels}["email"] == sum(
        one.label == "email" for one in items
    )
    assert summary.unreviewed == len(items) - 1
    assert (await shop.call("classifications.summarize_sensitivity")).columns == 17


async def test_labels_count_the_columns_that_carry_them(shop: World) -> None:
    labels = await shop.call("classifications.list_labels")
    carried = {one.id: one.columns for one in labels.items}
    assert labels.total == len(carried) > 20
    assert carried["email"] == len(await labelled(shop, label="email"))
    assert carried["iban"] == 0
    personal = await shop.call("classifications.list_labels", category="Personal")
    assert {one.category for one in personal.items} == {"personal"}


async def test_rejecting_stops_suggesting_and_hiding(shop: World) -> None:
    rejected = await shop.call(
        "classifications.reject_classification", asset="shop.customers.email", label="email"
    )
    assert (rejected.status, rejected.set_by) == ("rejected", "Administrator")
    await shop.call("scan_logic.start_scan", source="shop")
    assert ("shop.customers.email", "email") not in await labelled(shop)
    assert await labelled(shop, status="rejected") == {("shop.customers.email", "email")}
    await shop.person("Vera Lind", "viewer")
    rows = await shop.call("data_sources.preview_rows", "vera", asset="shop.customers", limit=1)
    shown = dict(zip((column.name for column in rows.columns), rows.rows[0], strict=True))
    assert shown["email"] == "julia0@example.org"


async def test_a_label_set_by_hand_is_confirmed_and_hides_at_once(shop: World) -> None:
    await shop.person("Vera Lind", "viewer")
    done = await shop.call(
        "classifications.set_classification", asset="shop.products.title", label="health"
    )
    assert (done.status, done.set_by) == ("confirmed", "Administrator")
    rows = await shop.call("data_sources.preview_rows", "vera", asset="shop.products")
    assert "Lamp" not in str(rows.rows)
    await shop.call("scan_logic.start_scan", source="shop")
    assert (done.column, done.label) in await labelled(shop, status="confirmed")
    again = await shop.call(
        "classifications.set_classification", asset="shop.customers.email", label="email"
    )
    assert again.status == "confirmed" and again.evidence["matched"] == 60, "evidence stays"


async def test_what_can_not_be_decided_is_refused(shop: World) -> None:
    with pytest.raises(CorrectInput, match="labels are put on columns"):
        await shop.call("classifications.set_classification", asset="shop.orders", label="email")
    with pytest.raises(ChooseAnother, match="carries no such label"):
        await shop.call("classifications.confirm_classification", asset="shop.orders.sku")
    await shop.call(
        "classifications.set_classification", asset="shop.customers.email", label="phone"
    )
    with pytest.raises(CorrectInput, match="Say which label is meant"):
        await shop.call("classifications.reject_classification", asset="shop.customers.email")
    await shop.person("Ana Sol", "analyst")
    with pytest.raises(AskForAccess, match=r"classifications\.write"):
        await shop.call(
            "classifications.confirm_classification", "ana", asset="shop.customers.phone"
        )


async def test_one_asset_shows_its_own_labels(shop: World) -> None:
    page = await shop.call("classifications.get_asset_classification", asset="shop.customers")
    assert {one.column.split(".")[1] for one in page.items} == {"customers"}
