"""Roles of one's own, teams, service accounts; nobody gives more than they hold."""

from __future__ import annotations

import re

import pytest

from tests.support.world import World
from tools.errors import AskForAccess, ChooseAnother, CorrectInput, LookAgain, SignIn


async def test_a_role_of_ones_own_gives_what_it_lists_until_it_changes(world: World) -> None:
    await world.source()
    made = await world.call(
        "rbac.create_role",
        name="auditor",
        description="Reads what is found",
        permissions=["compliance.read", "catalog.read", "compliance.read"],
    )
    assert made.permissions == ["catalog.read", "compliance.read"] and not made.builtin
    await world.person("Ann Dahl", "auditor")
    assert (await world.call("catalog.list_assets", "ann")).total > 0
    with pytest.raises(AskForAccess):
        await world.call("scan_logic.list_scans", "ann")
    changed = await world.call(
        "rbac.update_role", role="auditor", add=["scan_logic.read"], remove=["catalog.read"]
    )
    assert changed.permissions == ["compliance.read", "scan_logic.read"] and changed.holders == 1
    assert (await world.call("scan_logic.list_scans", "ann")).total == 0
    with pytest.raises(AskForAccess):
        await world.call("catalog.list_assets", "ann")
    with pytest.raises(LookAgain, match="is granted 1 time"):
        await world.call("rbac.delete_role", role="auditor")
    await world.call("rbac.revoke_role", user="ann", role="auditor")
    await world.call("rbac.delete_role", role="auditor")
    with pytest.raises(ChooseAnother, match="no role 'auditor'"):
        await world.call("rbac.get_role", role="auditor")


@pytest.mark.parametrize(
    ("name", "arguments", "error", "says"),
    [
        ("rbac.create_role", {"permissions": ["katalog.read"]}, CorrectInput, "permissions\\[0\\]"),
        ("rbac.create_role", {"name": "viewer"}, LookAgain, "a role 'viewer' already"),
        ("rbac.update_role", {"role": "viewer", "add": ["*"]}, LookAgain, "ships with Racine"),
        ("rbac.delete_role", {"role": "viewer"}, LookAgain, "ships with Racine"),
        ("rbac.update_role", {"role": "mine"}, CorrectInput, "Nothing is given"),
        ("rbac.update_role", {"role": "mine", "remove": ["*.read"]}, CorrectInput, "doesn't list"),
        ("rbac.update_role", {"role": "mine", "remove": ["catalog.*"]}, CorrectInput, "nothing"),
    ],
)
async def test_what_makes_no_sense_of_a_role_is_refused(
    world: World, name: str, arguments: dict[str, object], error: type[Exception], says: str
) -> None:
    made = {"name": "mine", "description": "Mine", "permissions": ["catalog.*"]}
    await world.call("rbac.create_role", **made)
    if name == "rbac.create_role":
        arguments = {**made, "name": "other", **arguments}
    with pytest.raises(error) as refused:
        await world.call(name, **arguments)
    told = f"{refused.value} {getattr(refused.value, 'field', '')}"
    assert re.search(says, told), told


async def test_nobody_gives_more_than_they_hold(world: World) -> None:
    await world.call(
        "rbac.create_role",
        name="doorkeeper",
        description="Lets people in",
        permissions=["rbac.*", "catalog.read"],
    )
    await world.person("Dora Key", "doorkeeper")
    await world.person("Ann Dahl")
    for role in ("administrator", "steward"):
        with pytest.raises(AskForAccess, match="nobody gives more than they hold"):
            await world.call("rbac.grant_role", "dora", user="ann", role=role)
    with pytest.raises(AskForAccess, match="nobody gives more"):
        await world.call("rbac.update_role", "dora", role="doorkeeper", add=["data.unmask"])
    with pytest.raises(AskForAccess, match="nobody gives more"):
        await world.call(
            "rbac.create_role", "dora", name="all", description="All", permissions=["*"]
        )
    await world.call(
        "rbac.create_role", "dora", name="reader", description="R", permissions=["catalog.read"]
    )
    held = await world.call("rbac.grant_role", "dora", user="ann", role="reader")
    assert held.roles == ["reader"] and held.grants[0].granted_by == "Dora Key"


async def test_a_team_s_members_hold_what_it_holds_while_they_belong_to_it(world: World) -> None:
    await world.source("shop")
    await world.source("crm")
    for name in ("Ann Dahl", "Ben Abel"):
        await world.person(name)
    team = await world.call("rbac.create_team", name="Finance", members=["ann"])
    assert [one.name for one in team.members] == ["Ann Dahl"]
    await world.call("rbac.grant_team_role", team="the Finance team", role="steward", source="shop")
    await world.call("catalog.tag_asset", "ann", asset="shop.orders", tag="x")
    with pytest.raises(AskForAccess):
        await world.call("catalog.list_assets", "ben")
    await world.call("rbac.add_team_member", team="finance", user="ben")
    await world.call("catalog.tag_asset", "ben", asset="shop.orders", tag="y")
    with pytest.raises(ChooseAnother):
        await world.call("catalog.tag_asset", "ben", asset="crm.orders", tag="y")
    shown = await world.call("rbac.get_user", user="ben")
    assert shown.teams == ["Finance"] and shown.roles == ["steward"]
    assert [(one.team, one.scope) for one in shown.grants] == [("Finance", "source shop")]
    assert [one.name for one in (await world.call("rbac.list_users", role="steward")).items] == [
        "Ann Dahl",
        "Ben Abel",
    ]
    assert (await world.call("rbac.list_users", team="Finance")).total == 2
    assert (await world.call("rbac.get_role", role="steward")).holders == 2
    why = await world.call("rbac.check_access", user="ben", permission="write", source="shop")
    assert why.allowed and "steward on source shop (team Finance)" in why.reason
    await world.call("rbac.remove_team_member", team="Finance", user="ben")
    with pytest.raises(AskForAccess):
        await world.call("catalog.list_assets", "ben")
    for name, arguments, says in [
        ("rbac.add_team_member", {"team": "Finance", "user": "ann"}, "is in Finance already"),
        ("rbac.remove_team_member", {"team": "Finance", "user": "ben"}, "isn't in Finance"),
        ("rbac.create_team", {"name": "finance"}, "a team 'Finance' already"),
        ("rbac.get_team", {"team": "Marketing"}, "no team 'Marketing'"),
    ]:
        with pytest.raises((LookAgain, ChooseAnother), match=says):
            await world.call(name, **arguments)
    assert (await world.call("rbac.list_teams")).total == 1
    await world.call("rbac.delete_team", team="Finance")
    with pytest.raises(AskForAccess):
        await world.call("catalog.list_assets", "ann")


async def test_people_change_and_go_and_come_back(world: World) -> None:
    await world.person("Ann Dahl", "viewer")
    key = await world.call("rbac.create_api_key", user="ann", name="laptop")
    changed = await world.call("rbac.update_user", user="ann", name="Ann Berg", email="A@x.org")
    assert (changed.name, changed.email) == ("Ann Berg", "a@x.org")
    gone = await world.call("rbac.disable_user", user="Ann Berg")
    assert not gone.active and gone.roles == ["viewer"]
    keys = (await world.call("rbac.list_api_keys", user="Ann Berg")).items
    assert [(one.id, one.revoked_at is not None) for one in keys] == [(key.id, True)]
    with pytest.raises(SignIn, match="is disabled"):
        await world.call("catalog.list_assets", "ann")
    with pytest.raises(LookAgain, match="disabled already"):
        await world.call("rbac.disable_user", user="Ann Berg")
    await world.call("rbac.update_user", user="Ann Berg", active=True)
    assert (await world.call("catalog.list_assets", "ann")).total == 0
    for arguments, says in [
        ({}, "Nothing is given"),
        ({"owner": "Administrator"}, "is a person and has no owner"),
    ]:
        with pytest.raises(CorrectInput, match=says):
            await world.call("rbac.update_user", user="Ann Berg", **arguments)
    with pytest.raises(LookAgain, match="already has the address"):
        await world.call("rbac.create_user", name="Other", email="A@X.org")


async def test_somebody_stays_in_charge(world: World) -> None:
    me = "Administrator"
    refused = [
        ("rbac.disable_user", {"user": me}),
        ("rbac.revoke_role", {"user": me, "role": "administrator"}),
        ("rbac.grant_role", {"user": me, "role": "administrator", "effect": "deny"}),
    ]
    for name, arguments in refused:
        with pytest.raises(LookAgain, match="Nobody would be administrator any more"):
            await world.call(name, **arguments)
    # who holds it for a time only doesn't count
    await world.person("Ann Dahl", "administrator", valid_until="2099-01-01T00:00:00Z")
    with pytest.raises(LookAgain):
        await world.call("rbac.disable_user", user=me)
    await world.person("Ben Abel", "administrator")
    assert not (await world.call("rbac.disable_user", "ben", user=me)).active


async def test_a_service_account_has_an_owner_and_nobody_signs_in_as_it(world: World) -> None:
    await world.person("Dana Kim", "steward")
    account = await world.call(
        "rbac.create_service_account", name="Nightly loader", owner="dana", role="analyst"
    )
    assert (account.kind, account.owner, account.roles) == ("service", "Dana Kim", ["analyst"])
    assert (await world.call("rbac.list_users", kind="service")).total == 1
    with pytest.raises(CorrectInput, match="can't answer for"):
        await world.call("rbac.create_service_account", name="x", owner="Nightly loader")
    await world.call("rbac.update_user", user="Nightly loader", owner="Administrator")
    assert (await world.call("rbac.get_user", user="Nightly loader")).owner == "Administrator"
