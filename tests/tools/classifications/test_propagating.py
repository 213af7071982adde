"""Labels carried along lineage: as suggestions, with reason and path, never over a decision."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

import pytest

from tests.support.world import World
from tools.errors import AskForAccess

EMAIL, VIEW, TOP = "shop.customers.email", "shop.v_revenue.email", "shop.v_top.email"


@pytest.fixture
async def shop(world: World) -> World:
    """Nothing is scanned; two columns refer to the e-mail address, one of another type."""
    await world.source()
    with closing(sqlite3.connect(world.folder / "shop.sqlite")) as database:
        database.execute(
            "CREATE TABLE logins (mail TEXT REFERENCES customers(email), "
            "code INTEGER REFERENCES customers(email))"
        )
        database.commit()
    await world.call("data_sources.discover_assets", source="shop")
    await world.call("classifications.set_classification", asset=EMAIL, label="email")
    return world


async def propagate(world: World, asset: str = EMAIL, **how: Any) -> dict[str, Any]:
    done = await world.call("classifications.propagate_classification", asset=asset, **how)
    assert done.total == len(done.items) == done.returned
    return {one.column: one for one in done.items}


async def labels(world: World, asset: str) -> list[tuple[str, str, str]]:
    told = await world.call("classifications.explain_classification", asset=asset)
    return [(one.label, one.status, one.set_by) for one in told.items]


async def test_a_label_is_suggested_wherever_its_values_flow(shop: World) -> None:
    done = await propagate(shop)
    assert {name for name, one in done.items() if one.outcome == "suggested"} == {
        VIEW,
        TOP,
        "shop.logins.mail",
    }
    top = done[TOP]
    assert top.score == 0.81 and "confirmed by Administrator" in top.reason
    assert top.path == [
        f"{EMAIL} flows into {VIEW} (view)",
        f"{VIEW} flows into {TOP} (view)",
    ]
    assert done["shop.logins.mail"].path == [
        f"{EMAIL} is referred to by shop.logins.mail (foreign key)"
    ]
    assert await labels(shop, TOP) == [("email", "suggested", "lineage")]
    told = await shop.call("classifications.explain_classification", asset=TOP)
    assert told.items[0].evidence["path"] == top.path
    assert f"Carried along lineage from {EMAIL}" in told.items[0].evidence["explanation"]
    again = await shop.invoke("classifications.propagate_classification", asset=EMAIL)
    assert again.changes == 0 and {one.outcome for one in again.value.items} <= {"present", "left"}


async def test_a_scan_leaves_what_lineage_suggests(shop: World) -> None:
    await shop.call("classifications.set_classification", asset=EMAIL, label="health")
    await propagate(shop, label="health")
    await shop.call("scan_logic.start_scan", source="shop")
    assert ("health", "suggested", "lineage") in await labels(shop, TOP)


async def test_a_person_s_decision_is_never_overridden(shop: World) -> None:
    await propagate(shop)
    await shop.person("Dana Fox", "steward")
    await shop.call("classifications.reject_classification", "dana", asset=VIEW)
    await shop.call("classifications.set_classification", "dana", asset=TOP, label="username")
    await shop.call("classifications.reject_classification", "dana", asset=TOP, label="email")
    await shop.call("classifications.confirm_classification", "dana", asset="shop.logins.mail")
    before = [await labels(shop, one) for one in (VIEW, TOP, "shop.logins.mail")]
    done = await propagate(shop)
    assert {done[one].outcome for one in (VIEW, TOP, "shop.logins.mail")} == {"left"}
    assert done[VIEW].reason.startswith("Dana Fox rejected it there on 20")
    assert [await labels(shop, one) for one in (VIEW, TOP, "shop.logins.mail")] == before
    await shop.call("classifications.withdraw_decision", asset=VIEW)
    assert await labels(shop, VIEW) == [("email", "suggested", "lineage")]
    await shop.call("classifications.set_classification", asset=EMAIL, label="health")
    done = await propagate(shop, label="health")
    assert done[TOP].reason == "Dana Fox confirmed 'username' there."


async def test_what_is_derived_of_another_type_is_left(shop: World) -> None:
    code = (await propagate(shop))["shop.logins.code"]
    assert code.outcome == "left" and code.score is None
    assert code.reason == (f"It holds integer where {EMAIL} holds text: what is derived differs.")
    assert await labels(shop, "shop.logins.code") == []
    await shop.call("scan_logic.start_scan", source="shop")
    assert ("email", "suggested", "scan") in await labels(shop, TOP)
    done = await propagate(shop)
    assert done[TOP].outcome == "present" and "A scan suggests it" in done[TOP].reason


async def test_upstream_both_ways_and_as_deep_as_asked(shop: World) -> None:
    await shop.call("classifications.withdraw_decision", asset=EMAIL)
    await shop.call("classifications.set_classification", asset=VIEW, label="email")
    up = await propagate(shop, VIEW, direction="upstream", depth=1)
    assert set(up) == {EMAIL} and up[EMAIL].path == [f"{EMAIL} flows into {VIEW} (view)"]
    both = await propagate(shop, VIEW, direction="both")
    assert {EMAIL, TOP} <= set(both)
    await shop.call("classifications.withdraw_decision", asset=VIEW)
    await shop.call("classifications.set_classification", asset=EMAIL, label="email")
    short = await shop.call("classifications.propagate_classification", asset=EMAIL, depth=1)
    assert short.truncated and TOP not in {one.column for one in short.items}


async def test_a_table_s_labels_go_together_and_only_confirmed_ones_if_asked(
    world: World,
) -> None:
    await world.source()
    await world.call("classifications.classify_asset", asset="shop.customers")
    assert await propagate(world, "shop.customers", only_confirmed=True) == {}
    done = await propagate(world, "shop.customers")
    assert done[VIEW].label == "email" and "suggested there" in done[VIEW].reason
    assert await labels(world, VIEW) == [("email", "suggested", "lineage")]


async def test_what_a_label_left_along_the_lineage_goes_with_it(shop: World) -> None:
    await propagate(shop)
    await shop.call("classifications.reject_classification", asset=EMAIL)
    assert await labels(shop, TOP) == [], "at once, with the rejection"
    await shop.call("classifications.confirm_classification", asset=EMAIL)
    assert (await propagate(shop))[TOP].outcome == "suggested"
    await shop.call("classifications.withdraw_decision", asset=EMAIL)
    done = await propagate(shop)
    assert {one.outcome for one in done.values()} == {"withdrawn"} and TOP in done
    assert "doesn't carry it any more" in done[TOP].reason
    assert await labels(shop, TOP) == []


async def test_the_stronger_of_two_origins_stays(shop: World) -> None:
    for asset in (VIEW, EMAIL):
        await shop.call("classifications.set_classification", asset=asset, label="health")
    far = await propagate(shop, label="health")
    near = await propagate(shop, VIEW, label="health")
    assert (far[TOP].score, near[TOP].score, near[TOP].outcome) == (0.81, 0.9, "suggested")
    again = await propagate(shop, label="health")
    assert (again[TOP].outcome, again[TOP].score) == ("present", 0.9)
    assert f"from {VIEW}" in again[TOP].reason


async def test_it_stays_within_what_one_may_write(shop: World) -> None:
    await shop.person("Vera Lind", "viewer")
    with pytest.raises(AskForAccess):
        await shop.call("classifications.propagate_classification", "vera", asset=EMAIL)
