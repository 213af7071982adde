"""Definitions: every change is a version that stays; nobody's change is lost, nothing used goes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.world import World
from tests.tools.racine.workflows.carried import carry, ref, statuses, step
from tools.errors import AskForAccess, ChooseAnother, CorrectInput, LookAgain
from tools.rbac.tables import User

TABLES = step("tables", "catalog.list_assets", kind="table")
TAG = step("tag", "catalog.tag_asset", asset="shop.orders", tag="swept", needs=["tables"])
SWEEP: dict[str, Any] = {"workflow": "sweep"}


async def saved(world: World, **more: Any) -> Any:
    return await world.call("workflows.create", name="sweep", steps=[TABLES, TAG], **more)


async def test_every_change_is_a_version_and_none_is_ever_changed(world: World) -> None:
    first = await saved(world, description="Weekly.", budget={"steps": 9}, note="as agreed")
    assert (first.version, first.budget.steps) == (1, 9)
    second = await world.call("workflows.update", **SWEEP, steps=[TABLES], note="no tags")
    assert (second.version, second.description, second.budget.steps) == (2, "Weekly.", 9)
    await world.call("workflows.update", **SWEEP, description="Daily.", budget={"steps": 5})
    listed = await world.call("workflows.versions", **SWEEP)
    assert [(one.version, one.note, one.steps, one.changed) for one in listed.items] == [
        (3, "", 1, "changes the description, budget.steps"),
        (2, "no tags", 1, "removes tag"),
        (1, "as agreed", 2, "the first version"),
    ]
    assert (listed.total, listed.items[0].created_by) == (3, "Administrator")
    kept = await world.call("workflows.get", **SWEEP, version=1)
    assert (kept.id, kept.version, kept.steps) == (first.id, 1, first.steps)
    assert (await world.call("workflows.get", **SWEEP)).version == 3
    with pytest.raises(ChooseAnother, match="no version 9"):
        await world.call("workflows.get", **SWEEP, version=9)


async def test_versions_come_in_pages(world: World) -> None:
    await saved(world)
    for number in range(3):
        await world.call("workflows.update", **SWEEP, description=str(number))
    first = await world.call("workflows.versions", **SWEEP, limit=2)
    rest = await world.call("workflows.versions", **SWEEP, limit=2, cursor=first.next_cursor)
    assert [one.version for one in (*first.items, *rest.items)] == [4, 3, 2, 1]
    assert (first.total, first.truncated, rest.truncated) == (4, True, False)
    assert first.items[-1].changed == "changes the description"


async def test_an_update_that_changes_nothing_makes_no_version(world: World) -> None:
    await saved(world)
    same = await world.call("workflows.update", **SWEEP, steps=[TABLES, TAG])
    assert same.version == 1


async def test_a_difference_is_told_field_by_field(world: World) -> None:
    await saved(world)
    looped = TAG | {
        "arguments": {"asset": ref("item.id"), "tag": "swept"},
        "each": {"over": ref("tables.items")},
    }
    owner = step("owner", "catalog.list_owners")
    await world.call("workflows.update", **SWEEP, steps=[owner, TABLES, looped])
    await world.call("workflows.update", **SWEEP, name="big sweep", steps=[looped, TABLES])
    told = await world.call("workflows.diff", workflow="big sweep", before=1, after=2)
    assert [one.id for one in told.added] == ["owner"] and not told.removed
    (change,) = told.changed
    assert change.step == "tag"
    assert {one.field: (one.before, one.after) for one in change.fields} == {
        "arguments.asset": ("shop.orders", ref("item.id")),
        "each": (None, {"over": ref("tables.items")}),
    }
    assert told.summary == "adds owner; changes tag (arguments.asset, each)"
    last = await world.call("workflows.diff", workflow="big sweep")
    assert (last.before, last.after) == (2, 3)
    assert [one.id for one in last.removed] == ["owner"]
    assert [one.field for one in last.fields] == ["name", "order"]
    assert last.citation().snippet == "removes owner; changes the name, order"
    same = await world.call("workflows.diff", workflow="big sweep", before=3, after=3)
    assert same.summary == "changes nothing"


async def test_a_rollback_is_a_new_version_with_the_old_content(world: World) -> None:
    first = await saved(world, budget={"steps": 9})
    await world.call("workflows.update", **SWEEP, name="sweeper", steps=[TABLES], budget={})
    back = await world.call("workflows.rollback", workflow="sweeper", version=1)
    assert (back.version, back.name) == (3, "sweeper")
    assert (back.steps, back.budget) == (first.steps, first.budget)
    listed = await world.call("workflows.versions", workflow="sweeper")
    assert listed.items[0].note == "back to version 1"


async def test_a_rollback_to_what_would_not_run_any_more_is_refused(world: World) -> None:
    mia = await world.person("Mia Rot", "steward")
    gated = TABLES | {"gate": {"people": ["Mia Rot"]}}
    await world.call("workflows.create", name="sweep", steps=[gated])
    await world.call("workflows.update", **SWEEP, steps=[TABLES])
    async with world.runtime.database.writing() as session:
        (await session.get_one(User, mia.user_id)).active = False
    with pytest.raises(CorrectInput, match="nobody active has that name"):
        await world.call("workflows.rollback", **SWEEP, version=1)


async def test_of_two_changes_at_once_the_later_is_refused_and_told_whose_came_first(
    world: World,
) -> None:
    await saved(world)
    ana = await world.person("Ana Sol", "administrator")
    await world.call("workflows.update", ana, **SWEEP, steps=[TABLES], expected_version=1)
    for operation, change in (
        ("workflows.update", {"description": "x"}),
        ("workflows.rollback", {"version": 1}),
    ):
        with pytest.raises(LookAgain, match=r"at version 2, not 1: Ana Sol changed it") as refused:
            await world.call(operation, **SWEEP, **change, expected_version=1)
        assert refused.value.field == "expected_version"
    assert (await world.call("workflows.get", **SWEEP)).version == 2


async def test_names_are_taken_once(world: World) -> None:
    await saved(world)
    await world.call("workflows.create", name="other", steps=[TABLES])
    for change in (
        world.call("workflows.create", name="sweep", steps=[TABLES]),
        world.call("workflows.update", workflow="other", name="sweep"),
    ):
        with pytest.raises(LookAgain, match="already a workflow 'sweep'"):
            await change
    with pytest.raises(ChooseAnother, match="'sweep'"):
        await world.call("workflows.get", workflow="sweap")


async def test_an_update_that_would_not_run_is_refused_and_changes_nothing(world: World) -> None:
    await saved(world)
    with pytest.raises(CorrectInput, match=r"catalog\.nope"):
        await world.call("workflows.update", **SWEEP, steps=[step("a", "catalog.nope")])
    assert (await world.call("workflows.versions", **SWEEP)).total == 1


async def test_lists_are_filtered(world: World) -> None:
    await saved(world, description="Every 100_th of them.")
    ana = await world.person("Ana Sol", "administrator")
    await world.call("workflows.create", ana, name="other", steps=[TABLES])

    async def names(**filters: Any) -> list[str]:
        found = await world.call("workflows.list", **filters)
        assert found.total == len(found.items)
        return [one.name for one in found.items]

    assert await names() == ["other", "sweep"]
    assert await names(query="100_TH") == ["sweep"]
    assert await names(query="1000th") == []
    assert await names(uses="catalog.tag_asset") == ["sweep"]
    assert await names(uses="catalog_list_assets") == ["other", "sweep"]
    assert await names(created_by="Ana Sol") == ["other"]
    with pytest.raises(ChooseAnother, match="no operation"):
        await names(uses="catalog.nope")


async def test_executions_say_which_version_they_carry_out(world: World) -> None:
    await world.source()
    await saved(world, budget={"steps": 2})
    queued = await world.call("workflows.execute", **SWEEP)
    await world.call("workflows.update", **SWEEP, steps=[TABLES])
    done = await carry(world, queued.id)
    assert (done.workflow_version, done.status) == (1, "done")
    assert statuses(done) == {"tables": "done", "tag": "done"}
    assert done.budget == {"steps": 2}
    again = await world.call("workflows.execute", **SWEEP)
    assert (again.workflow_version, statuses(again)) == (2, {"tables": "pending"})


async def test_a_workflow_goes_only_when_nothing_uses_it_and_what_it_did_stays(
    world: World,
) -> None:
    await world.source()
    await saved(world)
    queued = await world.call("workflows.execute", **SWEEP)
    with pytest.raises(LookAgain, match=f"is at work: {queued.id}"):
        await world.call("workflows.delete", **SWEEP)
    await carry(world, queued.id)
    vera = await world.person("Vera Lind", "viewer")
    with pytest.raises(AskForAccess):
        await world.call("workflows.delete", vera, **SWEEP)
    await world.call("workflows.update", **SWEEP, steps=[TABLES])
    gone = await world.call("workflows.delete", **SWEEP)
    assert (gone.name, gone.versions, gone.executions_kept) == ("sweep", 2, 1)
    assert (await world.call("workflows.list")).total == 0
    kept = await world.call("workflows.status", execution_id=queued.id)
    assert (kept.title, kept.workflow_id, len(kept.steps)) == ("sweep", None, 2)
    assert (await saved(world)).version == 1


async def test_a_version_is_undone_like_any_change(world: World) -> None:
    await saved(world)
    changed = await world.invoke("workflows.update", **SWEEP, steps=[TABLES])
    await world.call("activity.undo", activity=changed.activity_id)
    assert (await world.call("workflows.get", **SWEEP)).version == 1
    assert (await world.call("workflows.versions", **SWEEP)).total == 1
