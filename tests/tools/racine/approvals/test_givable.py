"""Approvals that nobody could ever give: refused with the rule, or told with the plan."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from tests.support.world import World
from tests.tools.racine.approvals.test_needs import DESCRIBE, approve, propose, rule, seen, shop
from tools.errors import CorrectInput
from tools.racine.approvals.tables import ApprovalRule
from tools.rbac.tables import User

__all__ = ["shop"]
ESCALATION = {"escalate_after": 2, "escalate_to": ["Cleo Diaz"]}


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"approvers": ["owner"], "quorum": 2}, "quorum", "only the asset's owner could"),
        ({"approvers": ["owner", "Vic Roy"], "quorum": 3}, "quorum", "owner, Vic Roy could"),
        ({"approvers": ["viewer"], "quorum": 2}, "quorum", "only Vic Roy could"),
        ({"approvers": ["Ben Moss"], "quorum": 3} | ESCALATION, "quorum", "Ben Moss, Cleo Diaz"),
        ({"operations": ["rbac.create_role"], "quorum": 2}, "quorum", "rbac.create_role"),
        ({"approvers": ["analyst"]}, "quorum", "nobody could"),
        (ESCALATION | {"escalate_after": 168}, "escalate_after", "expires after 168"),
    ],
)
async def test_a_rule_that_nobody_could_meet_is_refused(
    shop: World, given: dict[str, Any], field: str, said: str
) -> None:
    with pytest.raises(CorrectInput, match=said) as refused:
        await rule(shop, *given.pop("operations", DESCRIBE), **given)
    assert refused.value.field == field
    assert refused.value.remedy
    assert (await shop.call("approvals.list_rules")).total == 0


@pytest.mark.parametrize(
    "given",
    [
        {"approvers": ["owner", "Vic Roy"], "quorum": 2},
        {"approvers": ["owner"], "quorum": 2} | ESCALATION,
        {"approvers": ["Ben Moss"], "quorum": 2} | ESCALATION,
        {"quorum": 4},  # three stewards and the administrator
        ESCALATION | {"escalate_after": 167},
    ],
)
async def test_a_rule_that_can_be_met_is_taken(shop: World, given: dict[str, Any]) -> None:
    assert await rule(shop, *DESCRIBE, **given)


async def test_the_last_person_can_t_lock_the_rules_away(world: World) -> None:
    with pytest.raises(CorrectInput, match="take such a rule back"):
        await rule(world, "approvals.delete*")
    await rule(world, "catalog.*")  # that one can be deleted again
    await world.person("Ann Lee", "administrator")
    await rule(world, "approvals.delete*", name="all")


async def test_a_plan_says_that_its_requester_is_the_only_owner(shop: World) -> None:
    await shop.call("catalog.set_owner", asset="shop.orders", owner="Ann Lee")
    await rule(shop, *DESCRIBE, approvers=["owner"])
    plan = await propose(shop)
    need = plan["approval"]["needs"][1]
    assert need["lacking"].startswith("Nobody could agree. Ann Lee, who asked for it, doesn't")
    assert "somebody else ask" in need["lacking"]
    assert "'two-eyes' replaced" in need["lacking"]
    await approve(shop, plan, "ann")
    assert not (await seen(shop, plan)).approval.may_approve
    run = await shop.call(
        "assistant.get_conversation", "ann", conversation_id=plan["conversation_id"]
    )
    assert need["lacking"] in run.runs[-1].answer
    other = await propose(shop, by="ben")  # whom she can agree with
    assert not other["approval"]["needs"][1]["lacking"]


async def test_what_is_lacking_is_told_as_people_stand_now(shop: World) -> None:
    await rule(shop, *DESCRIBE, approvers=["steward"], quorum=2)
    await shop.put(update(User).where(User.name == "Cleo Diaz").values(active=False))
    plan = await propose(shop)
    lacking = plan["approval"]["needs"][1]["lacking"]
    assert lacking.startswith("Only Ben Moss could agree, where 2 have to.")
    assert "the role steward granted to another person" in lacking
    await shop.call("rbac.grant_role", user="Vic Roy", role="steward")
    assert not (await seen(shop, plan)).approval.needs[1].lacking
    await approve(shop, plan, "ben")
    assert (await approve(shop, plan, "vic")).status == "approved"


async def test_a_right_that_nobody_else_holds_is_named(shop: World) -> None:
    shop.people["root"] = shop.administrator
    await rule(shop, "rbac.create_role")
    role = {"name": "auditor", "description": "Reads", "permissions": ["*.read"]}
    step = {"id": "s1", "operation": "rbac.create_role", "arguments": role}
    need = (await propose(shop, step, by="root"))["approval"]["needs"][1]
    assert "rbac.write granted to another person" in need["lacking"]


async def test_an_escalation_that_comes_too_late_helps_no_plan(shop: World) -> None:
    await rule(shop, *DESCRIBE, approvers=["Ben Moss"], **ESCALATION)
    await shop.put(update(ApprovalRule).values(escalate_after=200.0))  # as earlier releases took it
    need = (await propose(shop, by="ben"))["approval"]["needs"][1]
    assert "Nobody could agree" in need["lacking"]
    assert "another person made owner or named in the rule" in need["lacking"]


async def test_a_role_that_is_denied_is_not_held(shop: World) -> None:
    await shop.call("rbac.grant_role", user="Ben Moss", role="viewer", effect="deny")
    await rule(shop, *DESCRIBE, approvers=["viewer"])
    plan = await propose(shop)
    assert (await approve(shop, plan, "ben")).status == "pending"
    await approve(shop, plan, "ann")
    assert (await approve(shop, plan, "vic")).status == "approved"
