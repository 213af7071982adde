"""A write that carries a key happens once, however often and from however many it is sent."""

from __future__ import annotations

import asyncio

import pytest

from api.runtime import build
from tests.support.probe import Told, kernel_with
from tests.support.world import World
from tools.context import Context
from tools.errors import AskForAccess, LookAgain
from tools.operation import Effect, operation


async def test_fifty_identical_writes_at_once_have_one_effect_and_one_result(world: World) -> None:
    """Half of them come through another process's kernel on the same database."""
    other = build(world.runtime.settings)
    kernels = [world.runtime.kernel, other.kernel]
    arguments = {"name": "Kim Lee", "email": "kim@example.com", "role": "viewer"}
    try:
        invocations = await asyncio.gather(
            *[
                kernels[number % 2].invoke(
                    "rbac.create_user", arguments, world.administrator, idempotency_key="one"
                )
                for number in range(50)
            ]
        )
    finally:
        await other.kernel.close()
        other.index.close()
        await other.database.close()
    assert len({one.value.model_dump_json() for one in invocations}) == 1
    assert len({one.activity_id for one in invocations}) == 1
    assert sorted(one.replayed for one in invocations) == [False] + [True] * 49
    assert (await world.call("rbac.list_users")).total == 2
    await world.runtime.kernel.close()
    found = await world.call("activity.search", operation="rbac.create_user")
    assert found.total == 1


async def test_the_same_key_for_something_else_is_refused(world: World) -> None:
    await world.call("rbac.create_user", _key="one", name="Kim", email="kim@example.com")
    for operation_name, arguments in (
        ("rbac.create_user", {"name": "Kim", "email": "other@example.com"}),
        ("workspaces.create", {"name": "Kim"}),
    ):
        with pytest.raises(LookAgain) as refused:
            await world.call(operation_name, _key="one", **arguments)
        assert refused.value.field == "Idempotency-Key"
        assert "'one' was used for another request" in refused.value.detail
    assert (await world.call("rbac.list_users")).total == 2


async def test_a_key_is_its_person_s_own(world: World) -> None:
    ida = await world.person("Ida Falk", "administrator")
    await world.call("workspaces.create", _key="one", name="First")
    await world.call("workspaces.create", _key="one", _as=ida, name="Second")
    assert (await world.call("workspaces.list")).total == 2


async def test_what_failed_can_be_sent_again_with_its_key(world: World) -> None:
    vera = await world.person("Vera Lind", "viewer")
    with pytest.raises(AskForAccess):
        await world.call("workspaces.create", _key="one", _as=vera, name="Team")
    await world.call("rbac.grant_role", user="Vera Lind", role="administrator")
    made = await world.invoke("workspaces.create", _key="one", _as=vera, name="Team")
    assert not made.replayed
    again = await world.invoke("workspaces.create", _key="one", _as=vera, name="Team")
    assert again.replayed
    assert again.value == made.value


async def test_a_result_that_was_replayed_reached_outside_once(world: World) -> None:
    worked: list[int] = []

    @operation("probe.reach", permission="p.write", effect=Effect.WRITE, examples=("x",))
    async def reach(ctx: Context) -> Told:
        """Reach outside."""
        return Told(text=await ctx.outside("work", lambda _progress: worked.append(1) or "done"))

    kernel = kernel_with(world, reach)
    for _ in range(3):
        told = await kernel.invoke("probe.reach", {}, world.administrator, idempotency_key="k")
        assert told.value == Told(text="done")
    assert worked == [1]
    await kernel.close()
