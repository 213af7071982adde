"""What a plan says before anyone agrees: what follows from it, and what in it is odd."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
import sqlalchemy
from sqlalchemy import Engine

from agent.plan_card import card_of
from agent.plan_effects import effects_of
from agent.plan_groups import Noted, grouped
from agent.plan_rules import verdict_after
from tests.support.world import World
from tests.tools.catalog.test_ingestion import dataset, event
from tests.tools.racine.workflows.carried import step
from tools.audit import system_entry
from tools.rbac.tables import Role
from tools.steps import Budget, Step


@pytest.fixture
async def shop(stocked: World) -> World:
    await stocked.person("Ann Lee", "steward")
    return stocked


async def propose(
    world: World, *steps: dict[str, Any], by: str = "ann", budget: Budget | None = None
) -> dict[str, Any]:
    parsed = [Step.model_validate(one) for one in steps]
    return await world.runtime.runs.propose(world.people[by], parsed, budget=budget)


def describe(number: int, asset: str, text: str = "Some words") -> dict[str, Any]:
    return step(f"s{number}", "catalog.describe_asset", asset=asset, description=text)


async def test_what_lies_downstream_is_told(shop: World) -> None:
    await shop.call("workspaces.create", name="finance")
    await shop.call("workspaces.link_resource", workspace="finance", source="shop")
    watch = step("t", "catalog.tag_asset", asset="shop.customers", tag="x")
    await shop.call("workflows.create", name="weekly", steps=[watch])
    await shop.call("workflows.schedule", workflow="weekly", cron="0 6 * * 1")
    plan = await propose(shop, describe(1, "shop.customers"))
    told = plan["effects"]["downstream"]
    assert told["assets"] == {"total": 3, "shown": ["shop.orders", "shop.v_revenue", "shop.v_top"]}
    for kind, name in (("workspaces", "finance"), ("workflows", "weekly"), ("schedules", "weekly")):
        assert told[kind] == {"total": 1, "shown": [name]}


async def test_what_the_requester_may_not_see_is_not_told(shop: World) -> None:
    await shop.source("crm", scanned=True)
    await shop.person("Cleo Diaz", "steward", source="crm")
    plan = await propose(shop, describe(1, "crm.customers"), by="cleo")
    shown = plan["effects"]["downstream"]["assets"]["shown"]
    assert shown
    assert all(name.startswith("crm.") for name in shown)


async def test_what_flows_on_into_another_source_is_told_only_to_who_may_see_it(
    shop: World,
) -> None:
    await shop.source("crm")
    flow = event(
        inputs=[dataset("customers", "racine://shop")],
        outputs=[dataset("products", "racine://crm")],
    )
    await shop.call("catalog.ingest_lineage", events=flow)
    await shop.person("Cleo Diaz", "steward", source="shop")
    tag = step("t", "catalog.tag_asset", asset="shop.customers", tag="x")
    told = await propose(shop, tag)
    assert "crm.products" in told["effects"]["downstream"]["assets"]["shown"]
    hidden = (await propose(shop, tag, by="cleo"))["effects"]["downstream"]["assets"]
    assert "shop.v_top" in hidden["shown"]
    assert not any(name.startswith("crm.") for name in hidden["shown"])
    assert hidden["total"] == 3


async def test_a_table_s_own_columns_are_not_downstream_of_it_but_a_column_s_readers_are(
    shop: World,
) -> None:
    plan = await propose(shop, describe(1, "shop.customers.email"))
    assert plan["effects"]["downstream"]["assets"]["shown"] == ["shop.v_revenue", "shop.v_top"]
    plan = await propose(shop, describe(1, "shop.customers.phone"))
    assert plan["effects"]["downstream"]["assets"] == {"total": 0, "shown": []}


async def test_workflows_are_found_by_what_people_call_a_table(shop: World) -> None:
    for name, asset in (
        ("whole", "SHOP.Customers"),
        ("short", "customers"),
        ("part", "customers.email"),
    ):
        await shop.call(
            "workflows.create",
            name=name,
            steps=[step("t", "catalog.tag_asset", asset=asset, tag="x")],
        )
    other = step("t", "catalog.tag_asset", asset="shop.products", tag="x")
    await shop.call("workflows.create", name="other", steps=[other])
    plan = await propose(shop, describe(1, "shop.customers"))
    assert plan["effects"]["downstream"]["workflows"]["shown"] == ["part", "short", "whole"]


async def test_names_that_the_requester_may_not_list_are_not_told(shop: World) -> None:
    await shop.person("Cleo Diaz", "steward", source="shop")  # may not list people
    tag = step("t", "catalog.tag_asset", asset="shop.customers", tag="Аnn Lee")
    (seen,) = (await propose(shop, tag))["effects"]["lookalikes"]
    assert (seen["like"], seen["shown"], seen["at"]) == ("Ann Lee", "[U+0410]nn Lee", [0])
    (hidden,) = (await propose(shop, tag, by="cleo"))["effects"]["lookalikes"]
    assert hidden["like"] is None
    async with shop.runtime.kernel.unit_of_work(system_entry("test", "a narrow role")) as session:
        session.add(Role(name="tagger", description="Tags", permissions=["catalog.*"]))
    await shop.call("workflows.create", name="weekly", steps=[{**tag, "id": "w"}])
    await shop.call("workspaces.create", name="finance")
    await shop.call("workspaces.link_resource", workspace="finance", source="shop")
    await shop.person("Tom Ray", "tagger")
    told = (await propose(shop, tag, by="tom"))["effects"]
    assert told["downstream"]["assets"]["total"] == 3
    for kind in ("rules", "workflows", "workspaces", "schedules"):
        assert told["downstream"][kind] == {"total": 0, "shown": []}
    assert told["breaks"]["total"] == told["mends"]["total"] == 0


async def test_an_asset_named_with_a_strange_letter_is_marked_with_what_it_resembles(
    shop: World,
) -> None:
    plan = await propose(shop, describe(1, "shop.оrders"))
    (marked,) = plan["effects"]["lookalikes"]
    assert (marked["like"], marked["shown"]) == ("shop.orders", "shop.[U+043E]rders")
    assert plan["effects"]["odd"][0]["step"] == "s1"


async def test_a_table_that_would_be_found_under_a_strange_name_is_marked(shop: World) -> None:
    with sqlite3.connect(shop.folder / "shop.sqlite") as database:
        database.execute('CREATE TABLE "оrders" (id INTEGER)')
    database.close()
    plan = await propose(shop, step("d", "data_sources.discover_assets", source="shop"))
    (marked,) = plan["effects"]["lookalikes"]
    assert (marked["step"], marked["like"]) == ("d", "shop.orders")


async def test_the_rules_that_look_at_what_changes_are_told(shop: World) -> None:
    plan = await propose(shop, describe(1, "shop.customers.email"))
    rules = plan["effects"]["downstream"]["rules"]
    assert "Personal data has an owner" in rules["shown"]
    assert rules["total"] >= len(rules["shown"])
    assert (await propose(shop, describe(1, "shop.products")))["effects"]["downstream"]["rules"][
        "total"
    ] < rules["total"]


async def test_a_grant_that_lets_too_many_read_says_which_rule_it_breaks(shop: World) -> None:
    column = {"asset": "shop.customers.phone", "label": "health"}
    await shop.call("classifications.set_classification", **column)
    for name in ("Bo Berg", "Cy Cole", "Di Dorn"):
        await shop.person(name, "steward")  # with Ann and the administrator, five
    await shop.person("Ed Egan")
    grant = step("g", "rbac.grant_role", user="ed.egan@example.com", role="steward", source="shop")
    shop.people["root"] = shop.administrator
    effects = (await propose(shop, grant, by="root"))["effects"]
    (broken,) = effects["breaks"]["shown"]
    assert broken["subject"] == "shop.customers.phone"
    assert effects["odd"] == [{"step": "g", "why": f"It breaks the rule '{broken['rule']}'."}]
    viewer = step("g", "rbac.grant_role", user="ed.egan@example.com", role="viewer")
    assert (await propose(shop, viewer, by="root"))["effects"]["breaks"]["total"] == 0


async def test_of_a_plan_that_fails_it_is_not_said_that_it_breaks_or_mends_anything(
    shop: World,
) -> None:
    mending = step("m", "catalog.set_owner", asset="shop.customers", owner="Ann Lee")
    effects = (await propose(shop, mending, describe(1, "shop.unheard_of")))["effects"]
    assert effects["breaks"]["total"] == effects["mends"]["total"] == 0
    assert effects["untried"] == ["What it breaks or mends isn't known, as a step of it fails."]
    assert (await propose(shop, mending))["effects"]["untried"] == []


async def test_a_plan_whose_step_collides_in_the_database_can_still_be_shown(shop: World) -> None:
    shop.people["root"] = shop.administrator
    twice = [step(f"s{n}", "workspaces.create", name="same") for n in (1, 2)]
    plan = await propose(shop, *twice, by="root")
    assert plan["steps"][1]["preview"]["error"]
    assert plan["effects"]["odd"][0]["step"] == "s2"


async def test_a_rule_that_would_be_broken_is_named_and_one_that_would_be_mended(
    shop: World,
) -> None:
    await shop.call("catalog.set_owner", asset="shop.customers", owner="Ann Lee")
    undone = await shop.invoke("catalog.set_owner", asset="shop.orders", owner="Ann Lee")
    plan = await propose(shop, step("s1", "activity.undo", activity=undone.activity_id), by="ann")
    (broken,) = plan["effects"]["breaks"]["shown"]  # orders hold nothing personal
    assert (broken["rule"], broken["subject"]) == ("Internal data has an owner", "shop.orders")
    given = await shop.call("catalog.set_owner", asset="shop.v_revenue", owner="Ann Lee")
    assert given.owner == "Ann Lee"
    activity = (await shop.call("activity.search", operation="catalog.set_owner")).items[0]
    plan = await propose(shop, step("s1", "activity.undo", activity=activity.id))
    breaks = plan["effects"]["breaks"]
    assert {one["subject"] for one in breaks["shown"]} == {"shop.v_revenue"}
    assert "owner" in breaks["shown"][0]["rule"].lower()
    assert plan["effects"]["odd"][0]["step"] == "s1"
    undoing = [
        step(f"s{n}", "activity.undo", activity=id_)
        for n, id_ in enumerate((undone.activity_id, activity.id))
    ]
    breaks = (await propose(shop, *undoing))["effects"]["breaks"]
    assert breaks["rules"] == len({one["rule"] for one in breaks["shown"]})
    assert breaks["rules"] < breaks["total"] == len(breaks["shown"])  # one rule, several findings
    mending = await propose(
        shop, step("s1", "catalog.set_owner", asset="shop.v_top", owner="Ann Lee")
    )
    assert "shop.v_top" in {one["subject"] for one in mending["effects"]["mends"]["shown"]}


async def test_time_comes_from_past_runs_or_is_not_told(shop: World) -> None:
    before = (await propose(shop, describe(1, "shop.orders")))["effects"]["estimate"]
    assert (before["seconds"], before["never_run"]) == (None, ["catalog.describe_asset"])
    assert before["records"] == 1
    for number in range(3):
        await shop.call("catalog.describe_asset", asset="shop.orders", description=f"{number}")
    after = (await propose(shop, describe(1, "shop.orders")))["effects"]["estimate"]
    assert (after["past_runs"], after["never_run"]) == (3, [])
    assert 0 <= after["seconds"] <= after["seconds_at_worst"]
    (told,) = after["operations"]
    assert (told["operation"], told["past_runs"]) == ("catalog.describe_asset", 3)
    many = [describe(number, "shop.orders", f"Text {number}") for number in range(20)]
    together = (await propose(shop, *many))["effects"]["estimate"]
    # what only writes is done one by one, though nothing orders it
    assert together["seconds_at_worst"] == pytest.approx(20 * told["seconds_at_worst"], abs=0.02)


async def test_of_what_partly_never_ran_the_known_part_is_told(shop: World) -> None:
    await shop.call("catalog.describe_asset", asset="shop.orders", description="Once")
    tag = step("s2", "catalog.tag_asset", asset="shop.orders", tag="new")
    told = (await propose(shop, describe(1, "shop.orders"), tag))["effects"]["estimate"]
    assert told["never_run"] == ["catalog.tag_asset"]
    (known,) = [one for one in told["operations"] if one["past_runs"]]
    assert (told["seconds"], told["at_least"]) == (known["seconds"], True)


async def test_a_budget_that_won_t_do_is_told_with_the_plan(shop: World) -> None:
    await shop.call("catalog.describe_asset", asset="shop.orders", description="Once")
    both = [describe(1, "shop.orders"), describe(2, "shop.products")]
    plan = await propose(shop, *both, budget=Budget(steps=1, rows=1, seconds=100))
    beyond = plan["effects"]["estimate"]["beyond_budget"]
    assert [one.partition(" is")[0] for one in beyond] == [
        "The budget of 1 steps",
        "The budget of 1 rows",
    ]
    (run,) = (
        await shop.call(
            "assistant.get_conversation", "ann", conversation_id=plan["conversation_id"]
        )
    ).runs
    assert beyond[0] in run.answer
    enough = await propose(shop, *both, budget=Budget(steps=2, rows=2, seconds=100))
    assert not enough["effects"]["estimate"]["beyond_budget"]


async def test_what_is_removed_is_not_mended(shop: World) -> None:
    shop.people["root"] = shop.administrator
    remove = step("s1", "data_sources.remove_source", source="shop")
    effects = (await propose(shop, remove, by="root"))["effects"]
    assert effects["mends"]["total"] == 0
    assert effects["unjudged"]["total"] > 0
    assert "shop.v_top" in {one["subject"] for one in effects["unjudged"]["shown"]}


async def test_a_loop_takes_as_long_as_its_items(shop: World) -> None:
    await shop.call("catalog.describe_asset", asset="shop.orders", description="Once")
    (once,) = (await propose(shop, describe(1, "shop.orders")))["effects"]["estimate"]["operations"]
    items = [f"Text {number}" for number in range(7)]
    text = {"$ref": "item"}
    loop = describe(1, "shop.orders") | {"each": {"over": items}}
    loop["arguments"] = {"asset": "shop.orders", "description": text}
    told = (await propose(shop, loop))["effects"]["estimate"]
    assert told["seconds"] == pytest.approx(7 * once["seconds"], abs=0.01)


async def test_many_steps_ask_the_database_no_more_often_than_few(shop: World) -> None:
    kernel = shop.runtime.kernel
    requester = await kernel.entitlements(shop.people["ann"].user_id)
    asked: list[str] = []

    def listen(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    async def count(steps: int) -> int:
        many = [Step.model_validate(describe(n, "shop.orders", f"{n}")) for n in range(steps)]
        preview = await kernel.preview(many, shop.people["ann"], look=verdict_after(requester))
        card = await card_of(kernel.database, kernel.registry, many, preview)
        asked.clear()
        sqlalchemy.event.listen(Engine, "before_cursor_execute", listen)
        try:
            await effects_of(kernel, many, card, preview, requester, Budget())
        finally:
            sqlalchemy.event.remove(Engine, "before_cursor_execute", listen)
        return len(asked)

    assert await count(60) == await count(2)


async def test_of_five_hundred_steps_the_odd_ones_are_on_top(shop: World) -> None:
    many = [describe(number, "shop.orders", f"Text {number}") for number in range(497)]
    owner = step("owner", "catalog.set_owner", asset="shop.orders", owner="Ann Lee")
    tag = step("tag", "catalog.tag_asset", asset="shop.orders", tag="sаles")
    plan = await propose(shop, *many[:250], owner, *many[250:], tag)
    effects = plan["effects"]
    assert [one["step"] for one in effects["odd"]] == ["tag", "owner"]
    assert "mixes Cyrillic and Latin" in effects["odd"][0]["why"]
    assert "Only 1 of 499 steps is like it" in effects["odd"][1]["why"]
    assert [one["count"] for one in effects["groups"]] == [1, 1, 497]
    assert sum(len(one["steps"]) for one in effects["groups"]) == 499


def test_a_step_that_changes_far_more_than_its_like_is_odd() -> None:
    def scan(number: int, changes: int) -> dict[str, Any]:
        shape = [{"table": "classifications", "action": "create"}]
        preview = {"changes": shape, "total_changes": changes, "summary": "", "error": None}
        named = {"operation": "scan_logic.start_scan", "title": "Scan", "effect": "write"}
        return {"id": f"s{number}", **named, "preview": preview}

    told = grouped([scan(number, 900 if number == 7 else 4) for number in range(12)], {})
    assert told["odd"] == [{"step": "s7", "why": "It changes 900 records, the others 4."}]
    assert [one["count"] for one in told["groups"]] == [12]


def grant(number: int, **changed: Any) -> dict[str, Any]:
    shape = [{"table": "grants", "action": "create"}]
    preview = {"changes": shape, "total_changes": 1, "summary": "adds 1 grant", "error": None}
    return {
        "id": f"s{number}",
        "operation": "rbac.grant_role",
        "title": "Grant a role",
        "effect": "write",
        "arguments": {"user": f"usr_{number}", "role": "viewer"},
        "preview": preview,
    } | changed


def test_the_one_that_gives_another_role_is_odd() -> None:
    steps = [grant(number) for number in range(500)]
    steps[312] = grant(312, arguments={"user": "usr_312", "role": "administrator"})
    (odd,) = grouped(steps, {})["odd"]
    assert odd == {"step": "s312", "why": "Its role is administrator, that of 499 others viewer."}


def test_the_one_in_another_source_or_more_sensitive_is_odd() -> None:
    steps = [grant(number) for number in range(50)]
    traits = {"source": "shop", "sensitivity": "internal"}
    noted = {one["id"]: Noted(traits=traits) for one in steps}
    noted["s7"] = Noted(traits=traits | {"source": "hr"})
    noted["s9"] = Noted(traits=traits | {"sensitivity": "restricted"})
    assert grouped(steps, noted)["odd"] == [
        {"step": "s7", "why": "Its source is hr, that of 49 others shop."},
        {"step": "s9", "why": "Its sensitivity is restricted, that of 49 others internal."},
    ]


def test_the_gravest_are_first_and_all_reasons_are_told() -> None:
    steps = [grant(number) for number in range(40)]
    steps[5] = grant(5, effect="destroy")
    steps[6] = grant(6, preview=grant(6)["preview"] | {"error": {"detail": "No such person."}})
    noted = {
        "s2": Noted(left_out="not run, because its condition doesn't hold as things stand"),
        "s30": Noted(whys=("It breaks the rule 'A'.",)),
    }
    odd = grouped(steps, noted)["odd"]
    assert [one["step"] for one in odd] == ["s6", "s30", "s5", "s2"]
    assert odd[0]["why"].startswith("It fails: No such person.")
    assert odd[2]["why"].startswith("It destroys.")
    assert "It is because its condition" not in odd[3]["why"]


def test_where_no_kind_prevails_none_is_odd() -> None:
    steps = [grant(number, operation=f"group.operation_{number % 10}") for number in range(100)]
    told = grouped(steps, {})
    assert told["odd"] == []
    assert [one["count"] for one in told["groups"]] == [10] * 10


def test_what_could_not_be_tried_is_a_group_and_not_odd() -> None:
    steps = [grant(number) for number in range(60)]
    told = grouped(steps, {f"s{number}": Noted(seen=False) for number in range(57, 60)})
    assert told["odd"] == []
    assert [one["count"] for one in told["groups"]] == [3, 57]


def test_the_same_plan_is_always_told_alike() -> None:
    steps = [grant(number, title="ab"[number % 2]) for number in range(30)]
    noted = {"s3": Noted(shape=(("a", "create"),)), "s4": Noted(shape=(("b", "create"),))}
    assert grouped(steps, noted) == grouped(list(steps), dict(reversed(noted.items())))


async def test_a_failing_step_is_odd_however_few_there_are(shop: World) -> None:
    plan = await propose(shop, describe(1, "shop.unheard_of"))
    (odd,) = plan["effects"]["odd"]
    assert odd["why"].startswith("It fails: ")


async def test_what_is_seen_of_a_plan_names_no_lookalike_without_need(shop: World) -> None:
    plan = await propose(shop, describe(1, "shop.orders", "Bestellungen, größer als 0"))
    assert plan["effects"]["lookalikes"] == []
