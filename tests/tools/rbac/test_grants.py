"""Grants for a time, up to a level, on a domain; denials; what a grant would change; keys' ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from tests.support.world import World
from tools.database import now
from tools.errors import AskForAccess, BeMoreExact, ChooseAnother, CorrectInput, LookAgain, SignIn
from tools.rbac.tables import ApiKey, Grant


def later(**span: float) -> str:
    return (now() + timedelta(**span)).isoformat()


async def test_a_grant_is_good_from_its_beginning_to_its_end(stocked: World) -> None:
    await stocked.person("Ann Dahl", "viewer", valid_from=later(days=1))
    with pytest.raises(AskForAccess, match="viewer on everything begins on"):
        await stocked.call("catalog.list_assets", "ann")
    await stocked.person("Ben Abel", "viewer", valid_until=later(days=1))
    assert (await stocked.call("catalog.list_assets", "ben")).total > 0
    held = await stocked.runtime.kernel.entitlements(stocked.people["ben"].user_id)
    over = held.decide("catalog.read", now() + timedelta(days=2))
    assert not over.allowed and "viewer on everything ended on" in over.reason
    why = await stocked.call("rbac.check_access", user="ann")
    assert not why.allowed and why.can_grant == ["Administrator"]


@pytest.mark.parametrize(
    ("scope", "says"),
    [
        ({"source": "shop", "workspace": "Team"}, "a source and a workspace are given"),
        ({"valid_until": "2020-01-01T00:00:00Z"}, "before it begins"),
        ({"valid_from": "2026-01-01T00:00:00"}, "says no time zone"),
    ],
)
async def test_a_scope_that_can_t_be_is_refused(
    world: World, scope: dict[str, str], says: str
) -> None:
    await world.person("Ann Dahl")
    with pytest.raises(CorrectInput, match=says):
        await world.call("rbac.grant_role", user="ann", role="viewer", **scope)


async def test_up_to_a_level_what_carries_more_isn_t_there(stocked: World) -> None:
    await stocked.person("Ann Dahl", "viewer", sensitivity="internal")
    everything = await stocked.call("catalog.list_assets", limit=500)
    seen = await stocked.call("catalog.list_assets", "ann", limit=500)
    assert {one.qualified_name for one in seen.items} & {
        "shop.customers",
        "shop.orders",
        "shop.v_top",
    } == {"shop.orders"}
    assert 0 < seen.total < everything.total
    customers = await stocked.call("catalog.get_asset", asset="shop.customers")
    for name in ("shop.customers", customers.id, "shop.customers.email"):
        with pytest.raises(ChooseAnother):
            await stocked.call("catalog.get_asset", "ann", asset=name)
    lineage = await stocked.call("catalog.get_lineage", "ann", asset="shop.orders")
    assert "customers" not in lineage.model_dump_json()
    labelled = await stocked.call("classifications.list_classified_columns", "ann")
    assert {one.sensitivity for one in labelled.items} == {"internal"}
    why = await stocked.call("rbac.check_access", user="ann", asset="shop.customers")
    assert not why.allowed and "only on a part of shop" in why.reason
    on_orders = await stocked.call("rbac.check_access", user="ann", asset="shop.orders")
    assert on_orders.allowed
    # what a person rejects no longer hides
    for one in (await stocked.call("classifications.list_classified_columns", limit=100)).items:
        if one.column.startswith("shop.v_top"):
            await stocked.call(
                "classifications.reject_classification",
                asset=one.column,
                label=one.label,
            )
    assert (await stocked.call("catalog.get_asset", "ann", asset="shop.v_top")).name == "v_top"


async def test_on_a_domain_one_writes_to_its_assets_and_to_no_others(stocked: World) -> None:
    await stocked.call("catalog.create_domain", name="Sales")
    await stocked.call("catalog.set_domain", asset="shop.orders", domain="Sales")
    await stocked.person("Ann Dahl", "steward", domain="Sales")
    tagged = await stocked.call("catalog.tag_asset", "ann", asset="shop.orders", tag="x")
    assert tagged.tags == ["x"]
    with pytest.raises(ChooseAnother):
        await stocked.call("catalog.tag_asset", "ann", asset="shop.products", tag="x")
    await stocked.call("rbac.grant_role", user="ann", role="viewer")
    with pytest.raises(AskForAccess, match="only on a part of shop"):
        await stocked.call("catalog.tag_asset", "ann", asset="shop.products", tag="x")
    with pytest.raises(AskForAccess, match="only on a part of shop"):
        await stocked.call("scan_logic.start_scan", "ann", source="shop")
    rows = await stocked.call("data_sources.preview_rows", "ann", asset="shop.orders", limit=1)
    assert rows.rows
    with pytest.raises(LookAgain, match="Roles are granted on 'Sales'"):
        await stocked.call("catalog.delete_domain", domain="Sales")


async def test_values_are_shown_where_a_domain_s_role_unmasks(stocked: World) -> None:
    await stocked.call("catalog.create_domain", name="People")
    await stocked.call("catalog.set_domain", asset="shop.customers", domain="People")
    await stocked.call(
        "rbac.create_role", name="seer", description="Sees", permissions=["data.unmask"]
    )
    await stocked.person("Ann Dahl", "analyst")
    await stocked.call("rbac.grant_role", user="ann", role="seer", domain="People")
    shown = await stocked.call("data_sources.preview_rows", "ann", asset="shop.customers", limit=1)
    assert "@example.org" in str(shown.rows)
    masked = await stocked.call("data_sources.preview_rows", "ann", asset="shop.v_top", limit=1)
    assert "@example.org" not in str(masked.rows)


async def test_a_denial_overrides_and_is_explained(stocked: World) -> None:
    await stocked.person("Ann Dahl", "steward")
    team = await stocked.call("rbac.create_team", name="Contractors", members=["ann"])
    denied = await stocked.call(
        "rbac.grant_team_role", team=team.id, role="viewer", source="shop", effect="deny"
    )
    with pytest.raises(ChooseAnother):
        await stocked.call("catalog.get_asset", "ann", asset="shop.orders")
    why = await stocked.call("rbac.check_access", user="ann", source="shop")
    assert not why.allowed and "denial stands in the way" in why.remedy
    assert why.reason.endswith("and is denied in places; it doesn't hold on shop.")
    assert "viewer on source shop (team Contractors)" in why.remedy
    assert "not viewer on source shop (team Contractors)" in why.grants
    with pytest.raises(ChooseAnother, match="'contractors' is a team"):
        await stocked.call("rbac.grant_role", user="contractors", role="viewer")
    who = await stocked.call("rbac.who_can", permission="read", source="shop")
    assert "Ann Dahl" not in [one.user for one in who.items]
    with pytest.raises(LookAgain, match="Contractors is denied viewer of source shop"):
        await stocked.call(
            "rbac.grant_team_role", team=team.id, role="viewer", source="shop", effect="deny"
        )
    await stocked.call("rbac.revoke_grant", grant=denied.grants[0].id)
    assert (await stocked.call("catalog.get_asset", "ann", asset="shop.orders")).name == "orders"
    with pytest.raises(ChooseAnother, match="no grant"):
        await stocked.call("rbac.revoke_grant", grant="grt_0")


async def test_where_a_role_is_held_in_several_scopes_one_is_asked_for(world: World) -> None:
    await world.source("shop")
    await world.source("crm")
    await world.person("Ann Dahl", "viewer")
    for source in ("shop", "crm"):
        await world.call("rbac.grant_role", user="ann", role="viewer", source=source)
    with pytest.raises(BeMoreExact, match=r"everything .*; source shop .*; source crm"):
        await world.call("rbac.revoke_role", user="ann", role="viewer")
    left = await world.call("rbac.revoke_role", user="ann", role="viewer", source="everything")
    assert [one.scope for one in left.grants] == ["source shop", "source crm"]
    left = await world.call("rbac.revoke_role", user="ann", role="viewer", source="crm")
    left = await world.call("rbac.revoke_role", user="ann", role="viewer")
    assert left.grants == []


async def test_what_a_grant_would_change_is_told_and_nothing_is_stored(stocked: World) -> None:
    await stocked.person("Ann Dahl", "viewer")
    before = await stocked.call("rbac.get_user", user="ann")
    found = await stocked.call("rbac.simulate_grant", user="ann", role="steward", source="shop")
    gained = {one.permission: one.on for one in found.gained}
    assert gained["catalog.write"] == ["shop"] and "catalog.read" not in gained
    assert found.lost == [] and found.effect == "allow"
    admin = await stocked.call("rbac.simulate_grant", user="ann", role="administrator")
    assert {one.permission: one.on for one in admin.gained}["rbac.write"] == ["everything"]
    assert "shop.customers.email" in admin.columns and admin.columns_total >= len(admin.columns)
    assert {one.why for one in admin.conflicts}
    denied = await stocked.call(
        "rbac.simulate_grant", user="ann", role="viewer", source="shop", effect="deny"
    )
    assert {one.permission: one.on for one in denied.lost}["catalog.read"] == ["shop"]
    await stocked.call("catalog.create_domain", name="Sales")
    await stocked.call("catalog.set_domain", asset="shop.orders", domain="Sales")
    part = await stocked.call("rbac.simulate_grant", user="ann", role="steward", domain="Sales")
    assert {one.permission: one.on for one in part.gained}["catalog.write"] == ["shop"]
    assert await stocked.call("rbac.get_user", user="ann") == before


async def test_reviews_tell_of_teams_of_ends_and_of_the_disabled(world: World) -> None:
    await world.person("Ann Dahl", "viewer", valid_until=later(days=3))
    await world.person("Ben Abel")
    await world.call("rbac.create_team", name="Finance", members=["ben"])
    await world.call("rbac.grant_team_role", team="Finance", role="viewer")
    await world.call("rbac.disable_user", user="ben")
    review = await world.call("rbac.review_access")
    by_name = {one.user: one for one in review.items}
    assert "expires_soon" in by_name["Ann Dahl"].flags
    assert by_name["Ben Abel"].team == "Finance" and "disabled" in by_name["Ben Abel"].flags
    assert (review.expired, review.disabled) == (0, 1)
    over = update(Grant).where(Grant.valid_until.is_not(None))
    await world.put(over.values(valid_until=now() - timedelta(days=1)))
    review = await world.call("rbac.review_access", user="ann")
    assert review.expired == 1 and "expired" in review.items[0].flags


async def test_a_key_opens_nothing_once_it_has_expired(world: World) -> None:
    for moment in ("2020-01-01T00:00:00Z", "2099-01-01T00:00:00"):
        with pytest.raises(CorrectInput, match="moment to come"):
            await world.call(
                "rbac.create_api_key", user="Administrator", name="x", expires_at=moment
            )
    loader = await world.call("rbac.create_service_account", name="Loader")
    key = await world.call(
        "rbac.create_api_key", user=loader.id, name="nightly", expires_at=later(hours=1)
    )
    accounts, secret = world.runtime.accounts, key.key.get_secret_value()
    assert await accounts.by_key(secret) == loader.id
    with pytest.raises(SignIn, match="is a service account"):
        await accounts.by_link(secret)
    await world.put(update(ApiKey).values(expires_at=now() - timedelta(seconds=1)))
    await world.call("rbac.create_team", name="Any")  # whatever is committed ends what is held
    with pytest.raises(SignIn, match="opens nothing"):
        await accounts.by_key(secret)
