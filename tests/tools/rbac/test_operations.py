"""Who may do what: granted, revoked, explained, and never without an administrator."""

from __future__ import annotations

import pytest

from tests.support.world import World
from tools.errors import (
    AskForAccess,
    BeMoreExact,
    ChooseAnother,
    CorrectInput,
    LookAgain,
)


async def test_a_decision_says_whether_values_are_masked_and_why(world: World) -> None:
    await world.source(scanned=True)
    await world.person("Vera Lind", "viewer")
    await world.person("Stella Ray", "steward", source="shop")
    await world.person("Nils Berg")
    asked = {"permission": "see", "asset": "shop.customers.email"}
    vera = await world.call("rbac.check_access", user="vera", **asked)
    assert vera.allowed and vera.values_masked
    assert vera.values_reason.startswith("Values of email (email) are masked: Vera Lind has viewer")
    assert "steward" in vera.remedy and "administrator" in vera.remedy
    stella = await world.call("rbac.check_access", user="stella", **asked)
    assert (stella.allowed, stella.values_masked, stella.remedy) == (True, False, None)
    assert "steward on source shop" in stella.values_reason
    nils = await world.call("rbac.check_access", user="nils", **asked)
    assert not nils.allowed and nils.values_masked
    assert "not shown at all" in nils.values_reason
    table = await world.call("rbac.check_access", user="vera", asset="shop.customers")
    assert "email (email)" in table.values_reason and "phone (phone)" in table.values_reason
    plain = await world.call("rbac.check_access", user="vera", asset="shop.products.sku")
    assert (plain.values_masked, plain.values_reason) == (False, None)
    writing = await world.call(
        "rbac.check_access", user="vera", permission="write", asset="shop.customers"
    )
    assert not writing.allowed and writing.values_reason is None
    await world.call("classifications.reject_classification", asset="shop.customers.email")
    assert not (await world.call("rbac.check_access", user="vera", **asked)).values_masked


async def test_who_can_lists_everybody_who_may_with_the_reason(world: World) -> None:
    await world.source()
    await world.person("Vera Lind", "viewer")
    await world.person("Stella Ray", "steward", source="shop")
    holders = await world.call("rbac.who_can", permission="unmask", source="shop")
    assert (holders.permission, holders.on) == ("data.unmask", "shop")
    assert [one.user for one in holders.items] == ["Administrator", "Stella Ray"]
    by_operation = await world.call("rbac.who_can", permission="catalog.tag_asset")
    assert by_operation.permission == "catalog.write"
    with pytest.raises(ChooseAnother, match="no permission") as refusal:
        await world.call("rbac.who_can", permission="catalog.wirte")
    assert "catalog.write" in refusal.value.remedy


async def test_grants_take_effect_where_they_are_given_and_end_when_taken(world: World) -> None:
    await world.source("shop")
    await world.source("crm")
    ben = await world.person("Ben Abel", "analyst", source="shop")
    await world.call("catalog.tag_asset", ben, asset="shop.orders", tag="x")
    with pytest.raises(ChooseAnother):
        await world.call("catalog.tag_asset", ben, asset="crm.orders", tag="x")
    with pytest.raises(LookAgain, match="already is analyst of source shop"):
        await world.call("rbac.grant_role", user="ben", role="Analyst", source="shop")
    shown = await world.call("rbac.get_user", user="ben.abel@example.com")
    assert [(one.role, one.scope, one.granted_by) for one in shown.grants] == [
        ("analyst", "source shop", "Administrator")
    ]
    after = await world.call("rbac.revoke_role", user="ben", role="analyst", source="shop")
    assert after.roles == []
    with pytest.raises(AskForAccess, match="has no role"):
        await world.call("catalog.list_assets", ben)
    with pytest.raises(ChooseAnother, match="doesn't hold analyst"):
        await world.call("rbac.revoke_role", user="ben", role="analyst")


async def test_a_role_on_a_workspace_reaches_the_sources_linked_to_it(world: World) -> None:
    await world.source("shop")
    await world.call("workspaces.create", name="Claims")
    ben = await world.person("Ben Abel", "viewer", workspace="Claims")
    assert (await world.call("catalog.list_assets", ben)).total == 0
    await world.call("workspaces.link_resource", workspace="Claims", source="shop")
    assert (await world.call("catalog.list_assets", ben)).total == 5
    with pytest.raises(CorrectInput, match="one scope"):
        await world.call(
            "rbac.grant_role", user="ben", role="analyst", source="shop", workspace="Claims"
        )


async def test_the_last_administrator_stays(world: World) -> None:
    with pytest.raises(LookAgain, match="Nobody would be administrator"):
        await world.call("rbac.revoke_role", user="administrator", role="administrator")
    await world.source("shop")
    await world.person("Ada Winter", "administrator", source="shop")
    with pytest.raises(LookAgain):
        await world.call("rbac.revoke_role", user="administrator", role="administrator")
    await world.call("rbac.grant_role", user="ada", role="administrator")
    gone = await world.call("rbac.revoke_role", user="administrator", role="administrator")
    assert gone.roles == []


async def test_people_are_found_by_what_others_call_them(world: World) -> None:
    await world.person("Dana Weber", "viewer")
    await world.person("Dana Fox")
    with pytest.raises(BeMoreExact, match=r"Dana Fox .*Dana Weber"):
        await world.call("rbac.get_user", user="dana")
    assert (await world.call("rbac.get_user", user="DANA FOX")).email == "dana.fox@example.com"
    with pytest.raises(ChooseAnother, match="nobody called"):
        await world.call("rbac.get_user", user="ghost")
    with pytest.raises(LookAgain, match="already has the address"):
        await world.call("rbac.create_user", name="Other", email="Dana.Fox@example.com")
    with pytest.raises(ChooseAnother, match="no role 'boss'"):
        await world.call("rbac.create_user", name="Bo", email="bo@example.com", role="boss")
    with pytest.raises(ChooseAnother):
        await world.call("rbac.get_user", user="bo@example.com")
    viewers = await world.call("rbac.list_users", role="viewer")
    assert [one.name for one in viewers.items] == ["Dana Weber"]
    assert (await world.call("rbac.list_users", limit=1)).total == 3


async def test_roles_and_permissions_are_told(world: World) -> None:
    roles = {one.name: one for one in (await world.call("rbac.list_roles")).items}
    assert set(roles) >= {"administrator", "steward", "analyst", "viewer"}
    assert roles["administrator"].holders == 1 and roles["viewer"].holders == 0
    assert "catalog.write" not in roles["viewer"].permissions
    items = (await world.call("rbac.list_permissions")).items
    assert "rbac.grant_role" in items["rbac.write"] and "data.unmask" in items


async def test_api_keys_are_shown_once_and_open_nothing_when_revoked(world: World) -> None:
    await world.person("Dana Weber", "viewer")
    made = await world.call("rbac.create_api_key", user="dana", name="pipeline")
    listed = await world.call("rbac.list_api_keys", user="dana")
    assert [one.id for one in listed.items] == [made.id]
    assert made.key.get_secret_value() not in str(listed.model_dump())
    assert (await world.call("rbac.revoke_api_key", key=made.id)).revoked_at is not None
    with pytest.raises(ChooseAnother, match="no API key"):
        await world.call("rbac.revoke_api_key", key="key_x")
    await world.runtime.kernel.close()
    log = await world.call("activity.search", limit=500)
    details = [await world.call("activity.get", activity=one.id) for one in log.items]
    assert made.key.get_secret_value() not in repr(details)


async def test_everybody_may_ask_about_themselves(world: World) -> None:
    await world.source("shop")
    nina = await world.person("Nina Holt")
    await world.person("Ben Roth", "viewer")
    for me in ({}, {"user": "me"}, {"user": "I"}, {"user": "Nina Holt"}):
        told = await world.call("rbac.check_access", _as=nina, permission="write", **me)
        assert (told.user, told.allowed) == ("Nina Holt", False)
        assert "steward" in told.remedy
        assert told.can_grant
    with pytest.raises(ChooseAnother):  # what may not be seen isn't there
        await world.call("rbac.check_access", _as=nina, asset="shop.orders")
    with pytest.raises(AskForAccess) as refused:
        await world.call("rbac.check_access", _as=nina, user="Ben Roth")
    assert "rbac.read" in refused.value.detail
    assert (await world.call("rbac.check_access", user="Ben Roth")).allowed
