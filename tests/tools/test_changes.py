"""Every change leaves its before and after: preview, undo and history come from one log."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from tests.support.probe import Told, kernel_with
from tests.support.world import World
from tools.audit import ActivityRow, verify
from tools.catalog.tables import Asset, LineageEdge
from tools.changes import Capture, ChangeRow, delete_rows, touched_versions
from tools.changes import undo as restore
from tools.classifications.tables import Classification
from tools.context import Context
from tools.database import Base, new_id
from tools.errors import (
    AskForAccess,
    ChooseAnother,
    CorrectInput,
    LookAgain,
    RacineError,
)
from tools.operation import Effect, operation
from tools.rbac.tables import User
from tools.steps import Step


def step(name: str, operation: str, /, **arguments: Any) -> Step:
    return Step(id=name, operation=operation, arguments=arguments)


async def snapshot(world: World) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the log's own."""
    await world.runtime.kernel.close()
    rows = {}
    async with world.runtime.database.reading() as session:
        for table in Base.metadata.sorted_tables:
            if table.name not in ("activity", "changes", "idempotency_keys"):
                found = await session.execute(select(table))
                rows[table.name] = sorted(map(repr, found))
    return rows


# ---- preview


async def test_a_preview_shows_each_step_and_changes_nothing(world: World) -> None:
    await world.source()
    before = await snapshot(world)
    preview = await world.runtime.kernel.preview(
        [
            step("who", "rbac.create_user", name="Kim Lee", email="kim@example.com"),
            step("own", "catalog.set_owner", asset="shop.orders", owner={"$ref": "who.id"}),
            step("tag", "catalog.tag_asset", asset={"$ref": "own.id"}, tag="kims"),
        ],
        world.administrator,
    )
    assert await snapshot(world) == before
    who, own, tag = preview.steps
    assert all(one.error is None for one in preview.steps)
    assert [change.action for change in who.changes] == ["create"]
    assert who.changes[0].after is not None
    assert who.changes[0].after["email"] == "kim@example.com"
    assert own.changes[0].label == "shop.orders"
    assert (own.changes[0].before, own.changes[0].after) == ({"owner": None}, {"owner": "Kim Lee"})
    assert (tag.changes[0].before, tag.changes[0].after) == ({"tags": []}, {"tags": ["kims"]})
    assert tag.result["owner"] == "Kim Lee"

    orders = await world.call("catalog.get_asset", asset="shop.orders")
    assert set(preview.touched) == {f"assets/{orders.id}"}
    async with world.runtime.database.reading() as session:
        versions = await touched_versions(
            session, [("assets", orders.id), ("users", "usr_none"), ("rule_controls", "a|b")]
        )
    assert versions[f"assets/{orders.id}"] == preview.touched[f"assets/{orders.id}"]
    assert versions["users/usr_none"] is None
    await world.call("catalog.tag_asset", asset="shop.orders", tag="later")
    async with world.runtime.database.reading() as session:
        versions = await touched_versions(session, [("assets", orders.id)])
    assert versions[f"assets/{orders.id}"] != preview.touched[f"assets/{orders.id}"]


async def test_a_preview_ends_at_the_step_that_fails_and_shows_why(world: World) -> None:
    await world.source()
    await world.person("Vera Lind", "viewer")

    @operation("probe.collide", permission="p.write", effect=Effect.WRITE, examples=("x",))
    async def collide(ctx: Context) -> Told:
        """Write what is there already."""
        ctx.session.add(User(id=new_id("usr"), name="V", email="vera.lind@example.com"))
        return Told()

    @operation("probe.burst", permission="p.write", effect=Effect.WRITE, examples=("x",))
    async def burst(ctx: Context) -> Told:
        """Fail."""
        raise RuntimeError("hunter2")

    kernel = kernel_with(world, collide, burst)
    first = step("a", "catalog.tag_asset", asset="shop.orders", tag="x")
    wrong: list[tuple[Step, type[RacineError]]] = [
        (step("b", "catalog.tag_asset", asset="shop.nothing", tag="x"), ChooseAnother),
        (step("b", "catalog.tag_asset", asset={"$ref": "a.nothing"}, tag="x"), CorrectInput),
        (step("b", "catalog.tag_asset", asset="shop.orders"), CorrectInput),
        (step("b", "catalog.tug_asset", asset="shop.orders"), ChooseAnother),
        (step("b", "probe.collide"), LookAgain),
        (step("b", "probe.burst"), RacineError),
    ]
    before = await snapshot(world)
    for failing, error in wrong:
        preview = await kernel.preview([first, failing, first], world.administrator)
        done, failed = preview.steps
        assert (done.step_id, done.error) == ("a", None)
        assert failed.step_id == "b"
        assert isinstance(failed.error, error), failing
        assert "hunter2" not in str(failed.error)
        assert failed.changes == ()
    (refused,) = (await kernel.preview([first], world.people["vera"])).steps
    assert isinstance(refused.error, AskForAccess)
    assert await snapshot(world) == before


async def test_a_preview_reaches_what_an_earlier_step_would_make(world: World) -> None:
    """Sources are read between attempts, with nothing written; the next one has the result."""
    from tests.support.world import make_shop

    make_shop(world.folder / "new.sqlite")
    preview = await world.runtime.kernel.preview(
        [
            step("reg", "data_sources.register_source", name="new", kind="sqlite",
                 location=str(world.folder / "new.sqlite")),
            step("test", "data_sources.test_connection", source={"$ref": "reg.id"}),
            step("find", "data_sources.discover_assets", source={"$ref": "reg.id"}),
            step("look", "data_sources.preview_rows", asset="new.orders"),
            step("scan", "scan_logic.start_scan", source={"$ref": "reg.id"}),
        ],
        world.administrator,
        seconds=20,
    )  # fmt: skip
    assert [one.error for one in preview.steps] == [None] * 5
    assert preview.steps[2].result["tables"] == 3
    assert any(change.table == "classifications" for change in preview.steps[4].changes)
    assert (await world.call("data_sources.list_sources")).total == 0


# ---- capture


async def test_bulk_writes_cannot_pass_unrecorded(world: World) -> None:
    await world.source()

    @operation("probe.sweep", permission="p.write", effect=Effect.WRITE, examples=("x",))
    async def sweep(ctx: Context) -> Told:
        """Write past the unit of work."""
        await ctx.session.execute(update(Asset).values(owner="nobody"))
        return Told()

    kernel = kernel_with(world, sweep)
    with pytest.raises(RacineError):
        await kernel.invoke("probe.sweep", {}, world.administrator)
    await kernel.close()
    assert (await world.call("catalog.get_asset", asset="shop.orders")).owner is None


async def test_the_net_change_is_kept_over_several_flushes(world: World) -> None:
    vera = await world.person("Vera Lind")
    async with world.runtime.database.writing() as session:
        with Capture(session) as capture:
            user = await session.get_one(User, vera.user_id)
            for name in ("One", "Two"):
                user.name = name
                await session.flush()
            passing = User(id=new_id("usr"), name="Passing", email="p@example.com")
            session.add(passing)
            await session.flush()
            await session.delete(passing)
            await session.flush()
            (change,) = capture.rows()
            assert change.before is not None
            assert change.after is not None
            assert (change.action, change.before["name"], change.after["name"]) == (
                "update", "Vera Lind", "Two",
            )  # fmt: skip
            user.name = "Vera Lind"
            await session.flush()
            assert capture.rows() == []
            user.name = "Altered just before"
            await session.delete(user)
            await session.flush()
            (change,) = capture.rows()
            assert change.action == "delete"
            assert change.before is not None
            assert change.before["name"] == "Vera Lind"


async def test_the_before_of_a_deletion_is_what_was_stored(world: World) -> None:
    vera = await world.person("Vera Lind")
    async with world.runtime.database.writing() as session:
        with Capture(session) as capture:
            user = await session.get_one(User, vera.user_id)
            user.name = "Altered just before"
            await session.delete(user)
            await session.flush()
            (change,) = capture.rows()
    assert change.before is not None
    assert change.before["name"] == "Vera Lind"


# ---- undo


async def undo(world: World, activity: str) -> Any:
    return await world.call("activity.undo", activity=activity)


async def test_an_update_is_put_back_and_later_changes_of_other_fields_stay(world: World) -> None:
    await world.source()
    described = await world.invoke("catalog.describe_asset", asset="shop.orders", description="Old")
    await world.call("catalog.tag_asset", asset="shop.orders", tag="money")
    undone = await undo(world, described.activity_id)
    assert (undone.records, undone.operation) == (1, "catalog.describe_asset")
    orders = await world.call("catalog.get_asset", asset="shop.orders")
    assert (orders.description, orders.tags) == (None, ["money"])


async def test_a_creation_is_removed_and_an_undo_can_be_undone(world: World) -> None:
    made = await world.invoke(
        "rbac.create_user", name="Kim Lee", email="kim@example.com", role="viewer"
    )
    before = await snapshot(world)
    taken_back = await world.invoke("activity.undo", activity=made.activity_id)
    assert (await world.call("rbac.list_users")).total == 1
    await undo(world, taken_back.activity_id)
    assert await snapshot(world) == before


async def test_a_deletion_inside_a_write_is_restored_to_the_row(world: World) -> None:
    await world.source(scanned=True)
    await world.call("catalog.tag_asset", asset="shop.customers", tag="people")
    before = await snapshot(world)
    with sqlite3.connect(world.folder / "shop.sqlite") as database:
        database.executescript("DROP VIEW v_top; DROP VIEW v_revenue; DROP TABLE orders;")
    database.close()
    found = await world.invoke("data_sources.discover_assets", source="shop")
    assert "shop.orders" in found.value.dropped
    await undo(world, found.activity_id)
    assert await snapshot(world) == before


async def test_what_was_changed_again_is_not_undone(world: World) -> None:
    await world.source()
    first = await world.invoke("catalog.describe_asset", asset="shop.orders", description="One")
    await world.call("catalog.describe_asset", asset="shop.orders", description="Two")
    before = await snapshot(world)
    with pytest.raises(LookAgain) as refused:
        await undo(world, first.activity_id)
    assert "'shop.orders' was changed again" in refused.value.detail
    assert "Undo the later change first" in refused.value.remedy
    assert await snapshot(world) == before


async def test_what_something_later_depends_on_is_not_undone(world: World) -> None:
    made = await world.invoke("rbac.create_user", name="Kim Lee", email="kim@example.com")
    granted = await world.invoke("rbac.grant_role", user="Kim Lee", role="viewer")
    with pytest.raises(LookAgain, match=r"'Kim Lee' can't go: 1 grants came later") as refused:
        await undo(world, made.activity_id)
    assert "grants first" in refused.value.remedy
    await undo(world, granted.activity_id)
    await undo(world, made.activity_id)
    assert (await world.call("rbac.list_users")).total == 1


async def test_a_registered_source_is_undone_with_its_discovery_first(world: World) -> None:
    before = await snapshot(world)
    await world.source()
    await world.runtime.kernel.close()
    async with world.runtime.database.reading() as session:
        ids = {
            row.operation: row.id
            for row in await session.scalars(
                select(ActivityRow).where(ActivityRow.change_count > 0)
            )
        }
    with pytest.raises(LookAgain, match="'shop' was changed again"):
        await undo(world, ids["data_sources.register_source"])
    await undo(world, ids["data_sources.discover_assets"])
    await undo(world, ids["data_sources.register_source"])
    assert await snapshot(world) == before


async def test_what_cannot_be_undone_says_why(world: World) -> None:
    await world.source()
    read = await world.invoke("catalog.get_asset", asset="shop.orders")
    removed = await world.invoke("data_sources.remove_source", source="shop")
    await world.runtime.kernel.close()
    with pytest.raises(LookAgain, match="destroys, and can't be undone"):
        await undo(world, removed.activity_id)
    with pytest.raises(LookAgain, match="changed nothing"):
        await undo(world, read.activity_id)
    with pytest.raises(ChooseAnother, match="no activity 'act_none'"):
        await undo(world, "act_none")


async def test_each_committed_change_is_in_the_log_once(world: World) -> None:
    await world.source()
    await world.call("catalog.tag_asset", asset="shop.orders", tag="x")
    tagged = await world.invoke("catalog.tag_asset", asset="shop.orders", tag="x")
    assert tagged.changes == 0
    async with world.runtime.database.reading() as session:
        assets = await session.scalar(select(func.count()).select_from(Asset))
        created = await session.scalar(
            select(func.count())
            .select_from(ChangeRow)
            .where(ChangeRow.table == "assets", ChangeRow.action == "create")
        )
    assert assets == created


async def test_what_goes_by_thousands_is_captured_row_by_row(world: World) -> None:
    await world.source(scanned=True)
    before = await snapshot(world)
    database = world.runtime.database
    where = Asset.name == "email"
    async with database.writing() as session:
        email = (await session.scalars(select(Asset).where(where))).first()
        assert email is not None
        with Capture(session) as whole, Capture(session) as inner:
            await delete_rows(session, Classification, Classification.asset_id == email.id)
            await delete_rows(session, LineageEdge, LineageEdge.upstream_id == email.id)
            await delete_rows(session, LineageEdge, LineageEdge.downstream_id == email.id)
            assert await delete_rows(session, Asset, Asset.id == email.id) == 1
            changes = inner.rows()
        assert whole.rows() == changes
        assert await session.get(Asset, email.id) is None
        assert {one.action for one in changes} == {"delete"}
        assert {one.table for one in changes} == {"assets", "classifications", "lineage_edges"}
        assert all(one.source_id == email.source_id for one in changes)
        await restore(session, changes, "a test")
    assert await snapshot(world) == before


async def test_many_changes_keep_nobody_waiting(world: World, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "wide.sqlite")) as database, database:
        for number in range(250):
            columns = ", ".join(f"c{one} TEXT" for one in range(20))
            database.execute(f"CREATE TABLE t{number} ({columns})")
    place = str(tmp_path / "wide.sqlite")
    await world.call("data_sources.register_source", name="wide", kind="sqlite", location=place)
    await world.call("data_sources.discover_assets", source="wide")
    threads, made = set(), Capture.rows

    def rows(capture: Capture) -> Any:
        threads.add(threading.current_thread())
        return made(capture)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Capture, "rows", rows)
        removed = await world.invoke("data_sources.remove_source", source="wide")
    assert threading.main_thread() not in threads
    assert removed.changes == 250 * 21 + 1
    async with world.runtime.database.reading() as session:
        assert (await verify(session)).broken_at is None


async def test_a_removed_source_leaves_what_it_was_in_the_log(world: World) -> None:
    await world.source(scanned=True)
    discovered = len((await snapshot(world))["assets"])
    removed = await world.invoke("data_sources.remove_source", source="shop")
    of_assets = select(ChangeRow.before).where(
        ChangeRow.activity_id == removed.activity_id, ChangeRow.table == "assets"
    )
    async with world.runtime.database.reading() as session:
        logged = list(await session.scalars(of_assets))
        assert (await verify(session)).broken_at is None
    assert removed.value.assets == len(logged) == discovered
    assert "shop.customers.email" in {one["qualified_name"] for one in logged if one}
