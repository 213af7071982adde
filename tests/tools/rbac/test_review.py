"""Reviewing access: what is held against what was used, and duties that should be separate."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.world import World
from tools.database import now
from tools.errors import AskForAccess, ChooseAnother
from tools.rbac.tables import Grant
from tools.rbac.types import GrantReview


async def one_of(world: World, user: str, **arguments: Any) -> GrantReview:
    """The review of a person's only grant."""
    await world.runtime.kernel.audit.flush()
    (review,) = (await world.call("rbac.review_access", user=user, **arguments)).items
    assert isinstance(review, GrantReview)
    return review


async def age(world: World, user: str, days: int) -> None:
    """Let a person's grants be so many days old."""
    async with world.runtime.database.writing() as session:
        held = select(Grant).where(Grant.user_id == world.people[user].user_id)
        for grant in await session.scalars(held):
            grant.created_at = now() - timedelta(days=days)


async def test_a_grant_that_is_used_has_nothing_against_it(world: World) -> None:
    await world.source()
    await world.person("Vera Lind", "viewer")
    await age(world, "vera", 200)
    await world.call("catalog.list_assets", "vera")
    review = await one_of(world, "vera")
    assert (review.role, review.scope, review.flags) == ("viewer", "everything", [])
    assert review.last_used is not None and review.granted_by == "Administrator"
    assert review.smaller_role is None


async def test_unused_is_what_is_older_than_the_days_and_was_not_used_in_them(
    world: World,
) -> None:
    await world.person("Vera Lind", "viewer")
    assert (await one_of(world, "vera")).flags == ["never_signed_in"]
    await age(world, "vera", 100)
    assert (await one_of(world, "vera")).flags == ["unused", "never_signed_in"]
    assert (await one_of(world, "vera", days=101)).flags == ["never_signed_in"]
    await world.call("users.profile", "vera")
    assert (await one_of(world, "vera")).flags == ["unused"]


async def test_what_was_refused_is_not_used(world: World) -> None:
    await world.source()
    await world.person("Vera Lind", "viewer")
    with pytest.raises(AskForAccess):
        await world.call("catalog.tag_asset", "vera", asset="shop.customers", tag="x")
    review = await one_of(world, "vera")
    assert (review.last_used, review.flags) == (None, [])


async def test_excessive_is_what_a_smaller_role_would_do_for(world: World) -> None:
    await world.source(scanned=True)
    await world.person("Stella Ray", "steward")
    await world.call("catalog.list_assets", "stella")
    assert (await one_of(world, "stella")).smaller_role == "viewer"
    await world.call("catalog.set_owner", "stella", asset="shop.orders", owner="stella")
    review = await one_of(world, "stella")
    assert (review.smaller_role, review.flags) == ("analyst", ["excessive"])
    await world.call("compliance.evaluate_compliance", "stella", source="shop")
    assert (await one_of(world, "stella")).flags == []


async def test_who_previews_unmasked_needs_the_role_that_unmasks(world: World) -> None:
    await world.source(scanned=True)
    await world.person("Stella Ray", "steward")
    await world.call("data_sources.preview_rows", "stella", asset="shop.customers")
    assert (await one_of(world, "stella")).flags == []


async def test_a_source_is_reached_by_its_grants_and_by_those_everywhere(world: World) -> None:
    await world.source()
    await world.source("other")
    await world.person("Vera Lind", "viewer", source="shop")
    await world.person("Omar Haddad", "viewer", source="other")
    await world.call("workspaces.create", name="Trade")
    await world.call("workspaces.link_resource", workspace="Trade", source="shop")
    await world.person("Wanda Kim", "viewer", workspace="Trade")
    found = await world.call("rbac.review_access", source="shop")
    assert [one.user for one in found.items] == ["Administrator", "Vera Lind", "Wanda Kim"]
    assert [one.scope for one in found.items] == ["everything", "source shop", "workspace Trade"]
    with pytest.raises(ChooseAnother, match="nobody called 'zoe'"):
        await world.call("rbac.review_access", user="zoe")


async def test_its_counts_are_of_all_and_its_pages_add_up(world: World) -> None:
    for name in ("Vera Lind", "Omar Haddad", "Wanda Kim"):
        await world.person(name, "viewer")
    whole = await world.call("rbac.review_access")
    assert (whole.total, whole.people, whole.never_signed_in) == (4, 4, 3)
    start = await world.call("rbac.review_access", limit=3)
    assert start.truncated and start.never_signed_in == 3
    rest = await world.call("rbac.review_access", limit=3, cursor=start.next_cursor)
    assert [one.user for one in (*start.items, *rest.items)] == [one.user for one in whole.items]
    assert not rest.truncated


async def test_conflicting_duties_are_named_for_who_holds_both(world: World) -> None:
    await world.person("Stella Ray", "steward")
    await world.person("Vera Lind", "viewer")
    found = (await world.call("rbac.review_access")).conflicts
    assert {one.user for one in found} == {"Administrator"}
    assert ["rbac.write", "data.unmask"] in [one.permissions for one in found]
    assert all(one.why for one in found)
    assert (await world.call("rbac.review_access", user="stella")).conflicts == []
