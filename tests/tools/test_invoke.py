"""The choke point: validated, authorized, in one transaction, audited, or it didn't happen."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated, Any

import pytest
from pydantic import Field
from sqlalchemy import func, select

from tests.support.probe import Told, kernel_with
from tests.support.world import World
from tools.audit import ActivityRow
from tools.changes import ChangeRow
from tools.context import Caller, Context
from tools.database import new_id
from tools.errors import (
    AskForAccess,
    ChooseAnother,
    CorrectInput,
    LookAgain,
    MendSource,
    RacineError,
    SignIn,
    TryLater,
)
from tools.operation import Effect, operation
from tools.rbac.tables import User

WRITING: dict[str, Any] = {
    "permission": "probe.write",
    "effect": Effect.WRITE,
    "examples": ("Write it",),
}
READING: dict[str, Any] = {"permission": "probe.read", "examples": ("Read it",)}
Email = Annotated[str, Field(description="An address")]


@operation("probe.stumble", **WRITING)
async def stumble(ctx: Context, email: Email) -> Told:
    """Write, flush, and fail."""
    ctx.session.add(User(id=new_id("usr"), name="Nobody", email=email))
    await ctx.session.flush()
    raise RuntimeError("password=hunter2")


@operation("probe.collide", **WRITING)
async def collide(ctx: Context, email: Email) -> Told:
    """Write what is there already."""
    ctx.session.add(User(id=new_id("usr"), name="Nobody", email=email))
    return Told()


@operation("probe.dawdle", timeout=0.05, **WRITING)
async def dawdle(ctx: Context, email: Email) -> Told:
    """Write, and never come back."""
    ctx.session.add(User(id=new_id("usr"), name="Nobody", email=email))
    await ctx.session.flush()
    await asyncio.Event().wait()
    return Told()


@operation("probe.scribble", **READING)
async def scribble(ctx: Context, email: Email) -> Told:
    """Read, and write on the sly."""
    ctx.session.add(User(id=new_id("usr"), name="Nobody", email=email))
    await ctx.session.commit()
    return Told()


async def people(world: World) -> int:
    async with world.runtime.database.reading() as session:
        return await session.scalar(select(func.count()).select_from(User)) or 0


async def trail(world: World) -> list[ActivityRow]:
    await world.runtime.kernel.close()
    async with world.runtime.database.reading() as session:
        return list(await session.scalars(select(ActivityRow).order_by(ActivityRow.sequence)))


@pytest.mark.parametrize(
    ("arguments", "field", "said", "way_out"),
    [
        ({"asset": "a", "tag": "b", "colour": 1}, "colour", "is not an argument", "asset, tag"),
        ({"tag": "b"}, "asset", "is needed", "asset, tag"),
        ({}, "asset", "look at 'tag' too", "asset, tag"),
        ({"asset": "a", "tag": ["s3cret"]}, "tag", "valid string", "Correct 'tag'"),
        ({"asset": "a", "tag": "!s3cret!"}, "tag", "pattern", "such as pii or certified"),
        ({"asset": "s3cret" * 200, "tag": "b"}, "asset", "at most 500", "Correct 'asset'"),
        ({"asset": "a\x00s3cret", "tag": "b"}, "asset", "NUL", "U+0000"),
        ({"asset": "s3cret\ud800", "tag": "b"}, "asset", "surrogate", "whole characters"),
        ({"asset": float("nan"), "tag": "b"}, "asset", "NaN", "number or null"),
    ],
)
async def test_an_argument_that_cannot_be_used_is_named_and_its_value_is_not(
    world: World, arguments: dict[str, Any], field: str, said: str, way_out: str
) -> None:
    with pytest.raises(CorrectInput) as refused:
        await world.call("catalog.tag_asset", **arguments)
    problem = refused.value.problem()
    assert problem["field"] == field
    assert f"'{field}'" in problem["detail"]
    assert said in problem["detail"]
    assert way_out in problem["remedy"]
    assert "s3cret" not in json.dumps(problem)
    last = (await trail(world))[-1]
    assert (last.operation, last.outcome, last.arguments) == ("catalog.tag_asset", "failed", {})
    assert "s3cret" not in last.reason


async def test_a_very_long_argument_name_does_not_make_a_very_long_answer(world: World) -> None:
    with pytest.raises(CorrectInput) as refused:
        await world.call("users.profile", **{"x" * 100_000: 1})
    assert len(json.dumps(refused.value.problem())) < 1000


async def test_an_operation_that_does_not_exist_offers_the_nearest(world: World) -> None:
    with pytest.raises(ChooseAnother, match=r"catalog\.tag_asset"):
        await world.call("catalog.tag_aset", asset="a", tag="b")


async def test_nobody_and_the_disabled_are_told_to_sign_in(world: World) -> None:
    with pytest.raises(SignIn):
        await world.call("users.profile", _as=Caller("usr_nobody", "api"))


async def test_an_error_after_the_first_flush_leaves_nothing(world: World) -> None:
    kernel, before = kernel_with(world, stumble), await people(world)
    with pytest.raises(RacineError) as failed:
        await kernel.invoke("probe.stumble", {"email": "n@example.com"}, world.administrator)
    await kernel.close()
    problem = failed.value.problem()
    assert problem["code"] == "internal_error"
    assert "RuntimeError" in problem["detail"]
    assert "hunter2" not in json.dumps(problem)
    assert await people(world) == before
    last = (await trail(world))[-1]
    assert (last.operation, last.outcome, last.change_count) == ("probe.stumble", "failed", 0)
    assert last.id in problem["remedy"]


async def test_a_collision_says_to_look_again(world: World) -> None:
    kernel = kernel_with(world, collide)
    await world.person("Ada Park")
    with pytest.raises(LookAgain, match=r"probe\.collide collides"):
        await kernel.invoke("probe.collide", {"email": "ada.park@example.com"}, world.administrator)
    await kernel.close()


async def test_a_call_that_takes_too_long_is_given_up_whole(world: World) -> None:
    kernel, before = kernel_with(world, dawdle), await people(world)
    with pytest.raises(TryLater) as refused:
        await kernel.invoke("probe.dawdle", {"email": "n@example.com"}, world.administrator)
    await kernel.close()
    assert refused.value.problem()["code"] == "timeout"
    assert "0.05 seconds" in refused.value.detail
    assert await people(world) == before


async def test_what_is_declared_to_read_cannot_write(world: World) -> None:
    kernel, before = kernel_with(world, scribble), await people(world)
    with pytest.raises(RacineError):
        await kernel.invoke("probe.scribble", {"email": "n@example.com"}, world.administrator)
    await kernel.close()
    assert await people(world) == before


async def test_an_operation_calls_another_in_its_own_transaction_and_rights(world: World) -> None:
    @operation("probe.both", **WRITING)
    async def both(ctx: Context) -> Told:
        """Create two people, the second one in vain."""
        await ctx.invoke("rbac.create_user", name="One", email="one@example.com")
        await ctx.invoke("rbac.create_user", name="Two", email="one@example.com")
        return Told()

    kernel, before = kernel_with(world, both), await people(world)
    with pytest.raises(LookAgain, match="already has the address"):
        await kernel.invoke("probe.both", {}, world.administrator)
    assert await people(world) == before

    await world.call("rbac.create_user", name="Sam", email="sam@example.com", role="steward")
    sam = Caller((await world.call("rbac.get_user", user="Sam")).id, "api")
    async with kernel.unit_of_work(_entry()) as session:
        from tools.rbac.tables import Grant, Role

        session.add(Role(name="prober", description="", permissions=["probe.*"]))
        await session.flush()
        session.add(Grant(id=new_id("grt"), user_id=sam.user_id, role="prober", granted_by="t"))
    with pytest.raises(AskForAccess, match=r"none of it gives rbac\.write"):
        await kernel.invoke("probe.both", {}, sam)
    await kernel.close()


def _entry() -> Any:
    from tools.audit import system_entry

    return system_entry("system.test", "a test")


async def test_work_outside_is_done_while_no_transaction_is_open(world: World) -> None:
    """The work itself writes to the database, which one open write transaction would prevent."""
    seen: list[int] = []
    loop = asyncio.get_running_loop()

    def work(progress: Any) -> str:
        progress("working", 1, 2)
        written = asyncio.run_coroutine_threadsafe(
            world.call("rbac.create_user", name="Mid", email="mid@example.com"), loop
        )
        return str(written.result(timeout=20).id)

    @operation("probe.reach", **WRITING)
    async def reach(ctx: Context) -> Told:
        """Write, reach outside, write."""
        seen.append(1)
        ctx.session.add(User(id=new_id("usr"), name="Early", email="early@example.com"))
        await ctx.session.flush()
        return Told(text=await ctx.outside("work", work))

    kernel = kernel_with(world, reach)
    told: list[tuple[str, int, int]] = []
    invocation = await kernel.invoke(
        "probe.reach", {}, world.administrator, progress=lambda *news: told.append(news)
    )
    await kernel.close()
    assert told == [("working", 1, 2)]
    assert len(seen) == 2  # begun, rolled back for the work, run again with its result
    assert invocation.changes == 1
    assert (await world.call("rbac.get_user", user="Mid")).id == invocation.value.text
    assert (await world.call("rbac.get_user", user="Early")).email == "early@example.com"


async def test_a_read_holds_nothing_while_it_works_outside(world: World) -> None:
    held: list[bool] = []

    @operation("probe.look", **READING)
    async def look(ctx: Context) -> Told:
        """Read, reach outside, read."""
        people = select(func.count(User.id))
        before = await ctx.session.scalar(people)
        held.append(ctx.session.in_transaction())
        await ctx.outside("look", lambda _told: held.append(ctx.session.in_transaction()))
        return Told(text=f"{before} {await ctx.session.scalar(people)}")

    kernel = kernel_with(world, look)
    invocation = await kernel.invoke("probe.look", {}, world.administrator)
    await kernel.close()
    assert held == [True, False, True]
    assert invocation.value.text == "1 1"


async def test_a_source_that_cannot_be_opened_leaves_no_source(world: World) -> None:
    with pytest.raises(MendSource) as failed:
        await world.call(
            "data_sources.register_source",
            name="gone",
            kind="postgresql",
            location="postgresql://reader:hunter2@127.0.0.1:1/gone",
        )
    assert "hunter2" not in json.dumps(failed.value.problem())
    assert failed.value.remedy
    assert (await world.call("data_sources.list_sources")).total == 0


async def test_every_call_is_in_the_trail_with_who_what_and_why(world: World) -> None:
    vera = await world.person("Vera Lind", "viewer")
    await world.source()
    read = await world.invoke("catalog.get_asset", _as=vera, asset="shop.orders")
    with pytest.raises(AskForAccess):
        await world.call("catalog.tag_asset", _as=vera, asset="shop.orders", tag="x")
    write = await world.invoke("catalog.tag_asset", asset="shop.orders", tag="money")
    rows = {row.id: row for row in await trail(world)}
    assert rows[read.activity_id].effect == "read"
    assert rows[read.activity_id].user_name == "Vera Lind"
    assert rows[read.activity_id].arguments == {"asset": "shop.orders"}
    assert "viewer gives catalog.read everywhere" in rows[read.activity_id].reason
    refused = next(row for row in rows.values() if row.outcome == "refused")
    assert (refused.operation, refused.user_id) == ("catalog.tag_asset", vera.user_id)
    assert "Vera Lind has viewer, and none of it gives catalog.write" in refused.reason
    written = rows[write.activity_id]
    assert (written.change_count, written.targets) == (1, ["shop.orders"])
    async with world.runtime.database.reading() as session:
        change = await session.scalar(
            select(ChangeRow).where(ChangeRow.activity_id == write.activity_id)
        )
    assert change is not None
    assert (change.before["tags"], change.after["tags"]) == ([], ["money"])


async def test_listeners_hear_of_commits_and_of_nothing_else(world: World) -> None:
    heard: list[int] = []
    world.runtime.kernel.after_commit.append(lambda: heard.append(1))
    await world.call("users.profile")
    with pytest.raises(RacineError):
        await world.call("catalog.tag_asset", asset="nothing", tag="x")
    assert heard == []
    await world.person("Ada Park")
    assert heard == [1]
