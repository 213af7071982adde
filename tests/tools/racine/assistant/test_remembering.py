"""What the assistant keeps in mind: whose it is, how it is corrected and forgotten."""

from __future__ import annotations

import pytest

from tests.support.world import World
from tools.errors import AskForAccess, BeMoreExact, ChooseAnother, CorrectInput


async def texts(world: World, who: str | None = None, **wanted: str) -> list[str]:
    found = await world.call("assistant.list_memories", _as=who, **wanted)
    return sorted(one.text for one in found.items)


async def test_a_memory_is_kept_corrected_and_forgotten(world: World) -> None:
    kept = await world.call("assistant.remember", text=" Reviews are\n monthly ")
    assert (kept.text, kept.kind, kept.told_by) == ("Reviews are monthly", "fact", "Administrator")
    again = await world.call("assistant.remember", text="Reviews are monthly")
    assert again.id == kept.id  # told twice, kept once
    await world.call("assistant.remember", text="Short answers", kind="preference")
    assert await texts(world, kind="preference") == ["Short answers"]
    await world.call(
        "assistant.correct_memory", memory="reviews ARE monthly", text="Reviews are weekly"
    )
    assert await texts(world) == ["Reviews are weekly", "Short answers"]
    gone = await world.call("assistant.forget", memory=kept.id)
    assert gone.text == "Reviews are weekly"
    assert await texts(world) == ["Short answers"]
    with pytest.raises(ChooseAnother, match="Nothing like 'Reviews are weekly' is remembered"):
        await world.call("assistant.forget", memory="Reviews are weekly")


async def test_a_name_stands_for_an_asset(stocked: World) -> None:
    named = await stocked.call(
        "assistant.remember", text="the ledger", kind="name", asset="shop.orders"
    )
    assert named.asset == "shop.orders"
    moved = await stocked.call(
        "assistant.remember", text="the ledger", kind="name", asset="shop.customers"
    )
    assert (moved.id, moved.asset) == (named.id, "shop.customers")
    for wrong in ({"kind": "name"}, {"asset": "shop.orders"}):
        with pytest.raises(CorrectInput, match="A name stands for an asset") as refused:
            await stocked.call("assistant.remember", text="x", **wrong)
        assert refused.value.field == "asset"
    assert (await stocked.call("assistant.forget", memory="ledger")).id == named.id


async def test_everybody_keeps_their_own_and_a_team_shares(stocked: World) -> None:
    for name in ("Vera Lind", "Ben Moss"):
        await stocked.person(name, "viewer")
    await stocked.call("rbac.create_team", name="Finance")
    await stocked.call("rbac.add_team_member", team="Finance", user="Vera Lind")
    shared = {"text": "golden", "kind": "name", "asset": "shop.orders", "team": "Finance"}
    with pytest.raises(AskForAccess, match="You don't belong to the team Finance"):
        await stocked.call("assistant.remember", **shared)
    await stocked.call("rbac.add_team_member", team="Finance", user="Administrator")
    await stocked.call("assistant.remember", **shared)
    await stocked.call("assistant.remember", text="Mine alone")
    assert await texts(stocked, "vera") == ["golden"]
    assert await texts(stocked, "ben") == []
    with pytest.raises(AskForAccess, match="Somebody else of the team told this"):
        await stocked.call("assistant.forget", _as="vera", memory="golden")
    await stocked.call("assistant.remember", _as="vera", text="twice", kind="fact")
    await stocked.call("assistant.remember", _as="vera", text="twice", kind="preference")
    with pytest.raises(BeMoreExact, match="2 memories say 'twice'"):
        await stocked.call("assistant.forget", _as="vera", memory="twice")


async def test_feedback_is_for_an_answer_of_ones_own(world: World) -> None:
    with pytest.raises(ChooseAnother, match="no answered request 'run_0'"):
        await world.call("assistant.give_feedback", run_id="run_0", rating="up")
