"""Standing policies: low-risk operations approved in advance, within what was signed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from tests.support.world import World
from tests.tools.racine.approvals.test_needs import describe, propose, rule, shop
from tests.tools.racine.workflows.carried import carry, step
from tools.database import now
from tools.errors import AskForAccess, ChooseAnother, CorrectInput, LookAgain
from tools.racine.approvals.tables import StandingPolicy
from tools.rbac.tables import Role, User

__all__ = ["shop"]


async def sign(world: World, *operations: str, _as: str | None = None, **given: Any) -> Any:
    named: dict[str, Any] = {
        "name": "words",
        "reason": "Words do no harm",
        "operations": operations or ("catalog.describe_asset", "catalog.tag_asset"),
        "requesters": ["steward"],
    }
    return await world.call("approvals.sign_policy", _as, **named | given)


async def test_what_was_approved_in_advance_runs_at_once_and_says_so(shop: World) -> None:
    policy = await sign(shop, _as=None, source="shop")
    plan = await propose(shop)
    assert (plan["status"], plan["approval"]["policy"]) == ("queued", "words")
    done = await carry(shop, plan["execution_id"])
    assert done.status == "done"
    kept = await shop.call("assistant.get_plan", "ann", plan_id=plan["id"])
    assert kept.decided_by == f"{policy.signed_by}, in advance"
    (entry,) = (await shop.call("activity.search", operation="assistant.propose_plan")).items
    assert "policy 'words'" in entry.reason
    (listed,) = (await shop.call("approvals.list_policies", "ann")).items
    assert (listed.used, listed.in_force, listed.requesters) == (1, True, ["the role steward"])


@pytest.mark.parametrize(
    ("policy", "steps"),
    [
        ({"source": "crm"}, (describe(),)),
        ({"requesters": ["Ben Moss"]}, (describe(),)),
        ({"at_most": 1}, (describe(), describe("x", "shop.products") | {"id": "s2"})),
        ({}, (describe(), step("s2", "catalog.set_owner", asset="shop.orders", owner="Ben Moss"))),
        ({}, (describe("x", "shop.unheard_of"),)),
    ],
    ids=["another source", "another person", "too many records", "another operation", "unknown"],
)
async def test_what_goes_beyond_it_waits(
    shop: World, policy: dict[str, Any], steps: tuple[dict[str, Any], ...]
) -> None:
    await shop.source("crm")
    await sign(shop, **policy)
    plan = await propose(shop, *steps)
    assert (plan["status"], plan["execution_id"]) == ("pending", None)


async def test_a_rule_is_stronger_and_time_and_revocation_end_it(shop: World) -> None:
    await sign(shop)
    await rule(shop, "catalog.describe_asset")
    assert (await propose(shop))["status"] == "pending"
    await shop.call("approvals.delete_rule", rule="two-eyes")
    revoked = await shop.call("approvals.revoke_policy", policy="words")
    assert (revoked.in_force, bool(revoked.revoked_by)) == (False, True)
    assert (await propose(shop))["status"] == "pending"
    with pytest.raises(LookAgain, match="revoked by"):
        await shop.call("approvals.revoke_policy", policy="words")
    await sign(shop, name="again")
    async with shop.runtime.database.writing() as session:
        for policy in await session.scalars(select(StandingPolicy)):
            policy.expires_at = now() - timedelta(days=1)
    assert (await propose(shop))["status"] == "pending"


@pytest.mark.parametrize(
    "operation",
    ["rbac.grant_role", "data_sources.remove_source", "catalog.get_asset", "workflows.execute"],
)
async def test_what_gives_rights_destroys_or_starts_others_is_never_agreed_to_in_advance(
    shop: World, operation: str
) -> None:
    with pytest.raises(CorrectInput, match="in advance"):
        await sign(shop, operation)


async def test_nobody_signs_for_what_they_may_not_do_or_for_nobody(shop: World) -> None:
    async with shop.runtime.database.writing() as session:
        session.add(Role(name="signer", description="Signs", permissions=["approvals.*"]))
    await shop.person("Sid Orr", "signer")
    with pytest.raises(AskForAccess, match="Nobody signs"):
        await sign(shop, _as="sid")
    with pytest.raises(ChooseAnother):
        await sign(shop, requesters=["Nobody"])
    assert not (await shop.call("approvals.list_policies")).items


async def test_it_ends_with_the_signer_s_rights_and_with_the_account(shop: World) -> None:
    await shop.person("Sam Hill", "administrator")
    await sign(shop, _as="sam")
    assert (await propose(shop))["status"] == "queued"
    await shop.call("rbac.revoke_role", user="Sam Hill", role="administrator")
    assert (await propose(shop, describe("Others")))["status"] == "pending"
    await shop.call("rbac.grant_role", user="Sam Hill", role="administrator")
    assert (await propose(shop, describe("Again")))["status"] == "queued"
    await shop.put(update(User).where(User.name == "Sam Hill").values(active=False))
    assert (await propose(shop, describe("Gone")))["status"] == "pending"
    (listed,) = (await shop.call("approvals.list_policies")).items
    assert not listed.in_force
