"""What rules demand of plans: whose approval, how many, and that nothing runs before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from tests.support.world import World
from tests.tools.racine.workflows.carried import carry, step
from tools.database import now
from tools.errors import (
    AskForAccess,
    AskForApproval,
    ChooseAnother,
    CorrectInput,
    LookAgain,
    ProposeAgain,
)
from tools.racine.assistant.tables import Plan
from tools.racine.workflows.schedules.runner import Runner
from tools.steps import Budget, Step

DESCRIBE = ("catalog.describe_asset",)


@pytest.fixture
async def shop(world: World) -> World:
    """A shop, with stewards Ann, Ben and Cleo and a viewer."""
    await world.source("shop")
    for name in ("Ann Lee", "Ben Moss", "Cleo Diaz"):
        await world.person(name, "steward")
    await world.person("Vic Roy", "viewer")
    return world


async def rule(world: World, *operations: str, **given: Any) -> Any:
    """Demand approval of operations."""
    named: dict[str, Any] = {"name": "two-eyes", "reason": "Descriptions are read by auditors"}
    return await world.call("approvals.create_rule", **named | {"operations": operations} | given)


def describe(text: str = "All orders", asset: str = "shop.orders") -> dict[str, Any]:
    return step("s1", "catalog.describe_asset", asset=asset, description=text)


async def propose(world: World, *steps: dict[str, Any], by: str = "ann", **more: Any) -> Any:
    """A plan of somebody's, as it is shown."""
    parsed = [Step.model_validate(one) for one in steps or (describe(),)]
    return await world.runtime.runs.propose(world.people[by], parsed, **more)


async def approve(world: World, plan: Any, by: str, **more: Any) -> Plan:
    return await world.runtime.plans.approve(plan["id"], plan["hash"], world.people[by], **more)


async def seen(world: World, plan: Any, by: str = "ann") -> Any:
    return await world.call("assistant.get_plan", by, plan_id=plan["id"])


async def described(world: World) -> Any:
    return (await world.call("catalog.get_asset", asset="shop.orders")).description


async def test_a_second_person_has_to_agree_and_then_it_runs_as_the_requester(shop: World) -> None:
    await rule(shop, *DESCRIBE)
    plan = await propose(shop)
    needed = plan["approval"]["needs"][1]
    assert "other than the requester" in needed["who"]
    assert needed["why"] == "Descriptions are read by auditors"
    assert not (await seen(shop, plan)).approval.given
    assert (await approve(shop, plan, "ann")).execution_id is None
    standing = (await seen(shop, plan)).approval
    assert (standing.state, standing.may_approve) == ("pending", False)
    assert [one.given for one in standing.needs] == [1, 0]
    assert (await seen(shop, plan, "ben")).approval.may_approve
    approved = await approve(shop, plan, "ben", reason="fine")
    assert approved.status == "approved"
    assert approved.decided_by == "Ann Lee, Ben Moss"
    await carry(shop, approved.execution_id or "")
    assert await described(shop) == "All orders"
    (made,) = (await shop.call("activity.search", operation=DESCRIBE[0])).items
    assert made.user == "Ann Lee"
    decisions = (await shop.call("activity.search", operation="assistant.approve_plan")).items
    assert sorted(one.user for one in decisions) == ["Ann Lee", "Ben Moss"]


async def test_to_whom_it_isn_t_put_it_isn_t_shown(shop: World) -> None:
    plan = await propose(shop)
    for attempt in (seen(shop, plan, "vic"), approve(shop, plan, "vic")):
        with pytest.raises(ChooseAnother):
            await attempt
    assert not (await shop.call("assistant.list_plans", "vic")).items


async def test_the_named_person_is_waited_for_whoever_else_agrees(shop: World) -> None:
    await rule(shop, *DESCRIBE, approvers=["Ben Moss"])
    plan = await propose(shop)
    assert (await approve(shop, plan, "cleo")).status == "pending"
    (waiting,) = (await shop.call("assistant.list_plans", "ben", waiting_for_me=True)).items
    assert (waiting.id, waiting.waits_for) == (plan["id"], ["somebody other than the requester "
                                                            "of: Ben Moss"])  # fmt: skip
    assert not (await shop.call("assistant.list_plans", "cleo", waiting_for_me=True)).items
    assert (await approve(shop, plan, "ben")).status == "approved"
    assert not (await shop.call("assistant.list_plans", "ben", status="pending")).items


async def test_a_quorum_counts_people_once(shop: World) -> None:
    await rule(shop, "catalog.*", approvers=["steward"], quorum=2)
    plan = await propose(shop)
    for _ in range(3):
        assert (await approve(shop, plan, "ben")).status == "pending"
    assert [one.given for one in (await seen(shop, plan)).approval.needs] == [1, 1]
    assert (await approve(shop, plan, "cleo")).status == "approved"


async def test_the_owner_of_the_asset_agrees(shop: World) -> None:
    await rule(shop, *DESCRIBE, approvers=["owner"])
    plan = await propose(shop)
    assert "shop.orders has no owner" in plan["approval"]["needs"][1]["who"]
    await shop.call("catalog.set_owner", asset="shop.orders", owner="Vic Roy")
    with pytest.raises(ProposeAgain):  # who has to agree isn't who was shown
        await approve(shop, plan, "ben")
    plan = await propose(shop, describe(asset="shop.orders"))
    assert plan["approval"]["needs"][1]["who"] == "Vic Roy, owner of shop.orders"
    await approve(shop, plan, "ben")
    approved = await approve(shop, plan, "vic")
    assert approved.status == "approved"  # as Ben, since an owner needn't have the rights
    done = await carry(shop, approved.execution_id or "")
    assert done.status == "done"


async def test_a_column_belongs_to_its_table_s_owner(shop: World) -> None:
    await shop.call("catalog.set_owner", asset="shop.customers", owner="Vic Roy")
    await rule(shop, *DESCRIBE, approvers=["owner"])
    plan = await propose(shop, describe("Their e-mail", "shop.customers.email"))
    assert plan["approval"]["needs"][1]["who"] == "Vic Roy, owner of shop.customers.email"


async def test_an_escalation_lets_others_agree_after_its_time(shop: World) -> None:
    await rule(shop, *DESCRIBE, approvers=["Ben Moss"], escalate_after=2, escalate_to=["Cleo Diaz"])
    plan = await propose(shop)
    assert (await approve(shop, plan, "cleo")).status == "pending"
    async with shop.runtime.database.writing() as session:
        await session.execute(update(Plan).values(created_at=now() - timedelta(hours=3)))
    assert (await seen(shop, plan)).approval.needs[1].escalated
    assert (await approve(shop, plan, "cleo")).status == "approved"


async def test_a_rule_that_comes_later_makes_the_plan_stale(shop: World) -> None:
    plan = await propose(shop)
    await rule(shop, *DESCRIBE)
    with pytest.raises(ProposeAgain, match="Who has to agree"):
        await approve(shop, plan, "ann")
    await shop.call("approvals.delete_rule", rule="two-eyes")
    assert (await approve(shop, plan, "ann")).status == "approved"


async def test_a_rule_is_for_its_source_its_role_and_its_size(shop: World) -> None:
    await shop.source("crm")
    await rule(shop, "catalog.*", source="crm", requester_role="steward", more_than=1)

    async def rules(*steps: dict[str, Any], by: str = "ann") -> list[str]:
        plan = await propose(shop, *steps, by=by)
        return [one["rule"] for one in plan["approval"]["needs"]]

    one, two = describe(asset="crm.orders"), describe(asset="crm.products") | {"id": "s2"}
    shop.people["root"] = shop.administrator
    assert await rules(one, two) == ["", "two-eyes"]
    assert await rules(one) == [""]
    assert await rules(one, two, by="root") == [""]
    assert await rules(describe(), describe("x", "shop.products") | {"id": "s2"}) == [""]


async def test_an_edit_asks_everybody_anew(shop: World) -> None:
    await rule(shop, *DESCRIBE, quorum=2)
    plan = await propose(shop)
    await approve(shop, plan, "ben")
    plans = shop.runtime.plans
    edited = await plans.edit(plan["id"], {"s1": {"description": "Other"}}, shop.people["ann"])
    assert edited.hash != plan["hash"]
    with pytest.raises(LookAgain, match="hash"):
        await approve(shop, plan, "cleo")
    shown = await seen(shop, plan)
    assert ([one.given for one in shown.approval.needs], shown.approval.given) == ([0, 0], [])
    new = {"id": plan["id"], "hash": edited.hash}
    assert (await approve(shop, new, "ben")).status == "pending"
    done = await approve(shop, new, "cleo")
    await carry(shop, done.execution_id or "")
    assert await described(shop) == "Other"


async def test_only_the_requester_edits_and_withdraws(shop: World) -> None:
    plan, plans = await propose(shop), shop.runtime.plans
    with pytest.raises(AskForAccess, match="changes it"):
        await plans.edit(plan["id"], {"s1": {"description": "x"}}, shop.people["ben"])
    with pytest.raises(AskForAccess, match="withdraws"):
        await plans.withdraw(plan["id"], None, shop.people["ben"])
    withdrawn = await plans.withdraw(plan["id"], "a mistake", shop.people["ann"])
    assert (withdrawn.status, withdrawn.reason) == ("withdrawn", "a mistake")
    with pytest.raises(LookAgain, match="withdrawn already"):
        await approve(shop, plan, "ann")
    with pytest.raises(LookAgain, match="withdrawn already"):
        await plans.reject(plan["id"], None, shop.people["ben"])
    assert (await seen(shop, plan)).approval.state == "withdrawn"


async def test_one_who_has_to_agree_and_rejects_ends_it(shop: World) -> None:
    await rule(shop, *DESCRIBE)
    plan = await propose(shop)
    await approve(shop, plan, "ann")
    await shop.runtime.plans.reject(plan["id"], "Ask Cleo first", shop.people["ben"])
    shown = await seen(shop, plan)
    assert (shown.status, shown.decided_by, shown.reason) == (
        "rejected",
        "Ben Moss",
        "Ask Cleo first",
    )
    assert [(one.by, one.decision) for one in shown.approval.given] == [
        ("Ann Lee", "approved"),
        ("Ben Moss", "rejected"),
    ]
    assert await described(shop) is None


async def test_nothing_that_needs_approval_is_written_without_a_plan(shop: World) -> None:
    await rule(shop, "catalog.describe_asset", "rbac.*")
    with pytest.raises(AskForApproval, match="two-eyes"):
        await shop.call("catalog.describe_asset", "ann", asset="shop.orders", description="x")
    with pytest.raises(AskForApproval):
        await shop.call("rbac.grant_role", user="Vic Roy", role="administrator")
    assert await described(shop) is None
    await shop.runtime.kernel.close()
    (refused,) = (await shop.call("activity.search", operation="rbac.grant_role", outcome="refused",
                                  )).items  # fmt: skip
    assert "needs an approval" in refused.reason
    await shop.call("catalog.tag_asset", "ann", asset="shop.orders", tag="sales")


async def test_a_workflow_does_not_go_round_a_rule(shop: World) -> None:
    await rule(shop, *DESCRIBE)
    await shop.call("workflows.create", "ann", name="weekly", steps=[describe()])
    started = await shop.call("workflows.execute", "ann", workflow="weekly")
    ended = await carry(shop, started.id)
    assert (ended.status, await described(shop)) == ("failed", None)
    assert "needs an approval" in ended.steps[0].detail

    plan = await propose(shop, step("s1", "workflows.execute", workflow="weekly"))
    assert [one["rule"] for one in plan["approval"]["needs"]] == ["", "two-eyes"]
    approved = await approve(shop, plan, "ben")
    await carry(shop, approved.execution_id or "")
    inner = await shop.call("workflows.status", shop.people["ben"])
    assert (await carry(shop, inner.id)).status == "done"
    assert await described(shop) == "All orders"


async def test_a_plan_keeps_to_its_budget(shop: World) -> None:
    second = describe("x", "shop.products") | {"id": "s2", "needs": ["s1"]}
    plan = await propose(shop, describe(), second, budget=Budget(rows=1))
    assert plan["budget"] == {"rows": 1}
    approved = await approve(shop, plan, "ann")
    ended = await carry(shop, approved.execution_id or "")
    assert (ended.status, await described(shop)) == ("failed", "All orders")


async def test_a_right_that_is_gone_when_a_step_runs_stops_it(shop: World) -> None:
    approved = await approve(shop, await propose(shop), "ann")
    await shop.call("rbac.revoke_role", user="Ann Lee", role="steward")
    ended = await carry(shop, approved.execution_id or "")
    assert (ended.status, await described(shop)) == ("failed", None)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"operations": ["catalog.paint"]}, "operations"),
        ({"approvers": ["Nobody Known"]}, "approvers"),
        ({"escalate_after": 3}, "escalate_to"),
        ({"requester_role": "emperor"}, "requester_role"),
        ({"name": "there"}, "name"),
    ],
)
async def test_a_rule_that_could_not_hold_is_refused(
    shop: World, given: dict[str, Any], field: str
) -> None:
    await rule(shop, *DESCRIBE, name="there")
    with pytest.raises((CorrectInput, ChooseAnother, LookAgain)) as refused:
        await rule(shop, *DESCRIBE, **given)
    assert refused.value.field == field
    assert (await shop.call("approvals.list_rules")).total == 1


async def test_rules_are_read_in_words_and_are_the_administrators_to_make(shop: World) -> None:
    await shop.source("crm")
    await rule(
        shop,
        *DESCRIBE,
        source="crm",
        approvers=["owner", "steward", "Ben Moss"],
        escalate_after=1,
        escalate_to=["administrator"],
    )
    (told,) = (await shop.call("approvals.list_rules", "ann")).items
    assert told.approvers == ["owner", "the role steward", "Ben Moss"]
    assert (told.source, told.escalate_to) == ("crm", ["the role administrator"])
    with pytest.raises(AskForAccess):
        await shop.call("approvals.delete_rule", "ann", rule=told.id)
    with pytest.raises(ChooseAnother):
        await shop.call("approvals.delete_rule", rule="two-eye")


async def test_a_schedule_that_was_approved_starts_what_was_approved_and_nothing_else(
    shop: World,
) -> None:
    await rule(shop, *DESCRIBE)
    await shop.call("workflows.create", "ann", name="weekly", steps=[describe()])
    made = step("s1", "workflows.schedule", workflow="weekly", cron="0 6 * * 1")
    plan = await propose(shop, made)
    assert [one["rule"] for one in plan["approval"]["needs"]] == ["", "two-eyes"]
    approved = await approve(shop, plan, "ben")
    await carry(shop, approved.execution_id or "")

    async def runs_next() -> Any:
        (schedule,) = (await shop.call("workflows.schedules")).items
        await Runner(shop.runtime.kernel, lambda: schedule.next_at).look()
        last = (await shop.call("workflows.schedule_runs", schedule="weekly")).items[0]
        return await carry(shop, last.execution_id)

    assert (await runs_next()).status == "done"
    other = describe("Something else")
    await shop.call("workflows.update", "ann", workflow="weekly", steps=[other])
    ended = await runs_next()
    assert (ended.status, await described(shop)) == ("failed", "All orders")
    assert "needs an approval" in ended.steps[0].detail


async def test_taking_something_back_needs_what_doing_it_needs(shop: World) -> None:
    first = await shop.invoke("catalog.describe_asset", asset="shop.orders", description="First")
    await shop.call("workflows.create", name="words", steps=[describe("Second", "shop.products")])
    ran = await shop.call("workflows.execute", workflow="words")
    await carry(shop, ran.id)
    await rule(shop, *DESCRIBE)
    with pytest.raises(AskForApproval):
        await shop.call("activity.undo", activity=first.activity_id)
    with pytest.raises(AskForApproval):
        await shop.call("workflows.undo", execution_id=ran.id)
    assert await described(shop) == "First"
    plan = await propose(shop, step("s1", "activity.undo", activity=first.activity_id))
    assert [one["rule"] for one in plan["approval"]["needs"]] == ["", "two-eyes"]
    await carry(shop, (await approve(shop, plan, "ben")).execution_id or "")
    assert await described(shop) is None
