"""Activity: what was done is searched, verified and taken back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.support.world import World
from tools.errors import AskForAccess, ChooseAnother, CorrectInput, LookAgain


async def test_what_was_done_is_found_by_whom_what_and_how_it_ended(world: World) -> None:
    await world.source()
    await world.person("Vera Lind", "viewer")
    await world.call("catalog.tag_asset", asset="shop.orders", tag="x")
    with pytest.raises(AskForAccess):
        await world.call("catalog.tag_asset", "vera", asset="shop.orders", tag="y")
    with pytest.raises(ChooseAnother):
        await world.call("catalog.tag_asset", asset="shop.nothing", tag="y")
    await world.runtime.kernel.close()

    async def found(**wanted: object) -> list[tuple[str, str]]:
        page = await world.call("activity.search", limit=500, **wanted)
        assert page.total == sum(page.by_operation.values()) == sum(page.by_user.values())
        return [(one.user, one.outcome) for one in page.items]

    tagging = {"operation": "catalog.tag_asset"}
    assert await found(**tagging) == [
        ("Administrator", "failed"),
        ("Vera Lind", "refused"),
        ("Administrator", "done"),
    ]
    assert await found(user="vera") == [("Vera Lind", "refused")]
    assert await found(**tagging, outcome="done") == [("Administrator", "done")]
    assert await found(asset="orders", operation="catalog") == [("Administrator", "done")]
    assert await found(effect="destroy") == []
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    assert len(await found(**tagging, since=today, until=today)) == 3
    assert await found(**tagging, until="2020-01-01") == []
    with pytest.raises(CorrectInput, match="not a date"):
        await world.call("activity.search", since="yesterday")
    assert (await world.call("activity.verify_audit_trail")).intact


async def test_a_change_is_shown_and_undone_and_the_undoing_too(world: World) -> None:
    await world.source()
    done = await world.invoke("catalog.describe_asset", asset="shop.orders", description="Sold")
    shown = await world.call("activity.get", activity=done.activity_id)
    (change,) = shown.changed
    assert (change.action, change.before["description"], change.after["description"]) == (
        "update",
        None,
        "Sold",
    )
    undone = await world.call("activity.undo", activity="latest")
    assert (undone.activity, undone.records) == (done.activity_id, 1)
    assert (await world.call("catalog.get_asset", asset="shop.orders")).description is None
    await world.call("activity.undo", activity="latest")
    assert (await world.call("catalog.get_asset", asset="shop.orders")).description == "Sold"


async def test_undoing_is_refused_where_something_later_stands_in_the_way(world: World) -> None:
    await world.source()
    first = await world.invoke("catalog.describe_asset", asset="shop.orders", description="a")
    await world.call("catalog.describe_asset", asset="shop.orders", description="b")
    with pytest.raises(LookAgain, match="was changed again"):
        await world.call("activity.undo", activity=first.activity_id)
    made = await world.call("activity.search", operation="data_sources.register_source")
    with pytest.raises(LookAgain):
        await world.call("activity.undo", activity=made.items[0].id)
    removed = await world.invoke("data_sources.remove_source", source="shop")
    with pytest.raises(LookAgain, match="can't be undone"):
        await world.call("activity.undo", activity=removed.activity_id)
    await world.runtime.kernel.close()
    read = (await world.call("activity.search", effect="read", outcome="done")).items[0]
    with pytest.raises(LookAgain, match="changed nothing"):
        await world.call("activity.undo", activity=read.id)
    with pytest.raises(ChooseAnother, match="no activity"):
        await world.call("activity.get", activity="act_x")
