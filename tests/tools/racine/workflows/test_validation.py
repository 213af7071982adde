"""Validation finds everything at once, and each fault says how it is mended."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.world import World
from tests.tools.racine.workflows.carried import carried, ref, step
from tools.errors import CorrectInput

TABLES = step("tables", "catalog.list_assets", kind="table")
SCAN = step("scan", "scan_logic.start_scan", source="shop")
TAG: dict[str, Any] = {"asset": "shop.orders", "tag": "x"}


async def faults(world: World, *steps: dict[str, Any], **more: Any) -> list[Any]:
    found = await world.call("workflows.validate", steps=list(steps), **more)
    assert found.valid is not bool(found.faults)
    assert all(fault.detail.endswith(".") and fault.remedy for fault in found.faults)
    return list(found.faults)


async def only(world: World, *steps: dict[str, Any], **more: Any) -> Any:
    """The one fault of steps."""
    found = await faults(world, *steps, **more)
    assert len(found) == 1, found
    return found[0]


def when(value: Any, comparison: str, to: Any = None) -> dict[str, Any]:
    return {"value": value, "is": comparison, "to": to}


async def test_a_sound_definition_has_no_faults_and_an_order(world: World) -> None:
    tag = step(
        "tag",
        "catalog.tag_asset",
        asset=ref("item.id"),
        tag="swept",
        each={"over": ref("tables.items"), "limit": 500},
        when=[when(ref("tables.total"), "more_than", 0)],
        retry={"attempts": 2},
        compensate={
            "operation": "catalog.untag_asset",
            "arguments": {"asset": ref("result.id"), "tag": ref("item.name")},
        },
    )
    seen = step(
        "seen",
        "catalog.tag_asset",
        asset=ref("tag.items.0.id"),
        tag="seen",
        when=[when(ref("tag.failed"), "equal_to", 0), when(ref("tables.items"), "filled")],
    )
    found = await world.call("workflows.validate", steps=[seen, tag, TABLES])
    assert (found.faults, found.valid, found.order) == ([], True, ["tables", "tag", "seen"])


async def test_unknown_names_are_answered_with_the_nearest(world: World) -> None:
    found = await faults(
        world,
        step("a", "catalog.tag_aset", **TAG),
        step("b", "catalog.tag_asset", asst="shop.orders", tag="x"),
        step("c", "catalog.list_assets", needs=["d"]),
        step("e", "catalog.list_assets", needs=["cc"]),
    )
    told = {(fault.step, fault.field): fault for fault in found}
    assert "'catalog.tag_asset'" in told["a", "operation"].remedy
    assert "is not an argument" in told["b", "arguments.asst"].detail
    assert "'asset'" in told["b", "arguments.asst"].remedy
    assert "needs 'asset'" in told["b", "arguments.asset"].detail
    assert "'d', which is not a step" in told["c", "needs"].detail
    assert "'c'" in told["e", "needs"].remedy
    assert len(found) == 5


async def test_values_are_judged_by_the_operation_and_never_repeated(world: World) -> None:
    wrong = await faults(
        world,
        step("a", "catalog.list_assets", kind="s3cret", limit="many"),
        step("b", "catalog.tag_asset", asset=["s3cret"], tag="x"),
    )
    assert [fault.field for fault in wrong] == [
        "arguments.kind", "arguments.limit", "arguments.asset",
    ]  # fmt: skip
    assert "'table', 'view', 'column', " in wrong[0].detail
    assert "How many to return" in wrong[1].remedy
    assert "s3cret" not in "".join(fault.detail + fault.remedy for fault in wrong)


@pytest.mark.parametrize(
    ("reference", "detail", "remedy"),
    [
        ("scn.source", "refers to the step 'scn', which is not there", "'scan'"),
        ("scan.sorce", "'scan' has no 'sorce'", "'source'"),
        ("scan.source.name", "'scan.source' has no 'name'", "a text and has no fields"),
        ("scan.warnings.first", "'scan.warnings' has no 'first'", "loop over it with 'each'"),
        ("item.id", "the item of a loop, and there is none", "'each'"),
        ("scan.found", "is a whole number; 'asset' of catalog.tag_asset takes a text", "scan.id"),
        ("scan", "is a record; 'asset' of catalog.tag_asset takes a text", "scan.source_id"),
        ("scan.warnings", "is a list", "scan.rule_set"),
    ],
)
async def test_references_are_walked_through_what_steps_return(
    world: World, reference: str, detail: str, remedy: str
) -> None:
    fault = await only(world, SCAN, step("tag", "catalog.tag_asset", asset=ref(reference), tag="x"))
    assert (fault.step, fault.field) == ("tag", "arguments.asset")
    assert detail in fault.detail and remedy in fault.remedy


async def test_references_inside_lists_and_open_records_are_looked_at_too(world: World) -> None:
    rows = step("rows", "data_sources.preview_rows", asset="shop.orders")
    assert not await faults(
        world,
        SCAN,
        rows,
        step("test", "scan_rule_sets.test_rule_set", values=[ref("scan.source"), "x"]),
        step("tag", "catalog.tag_asset", asset="shop.orders", tag=ref("scan.warnings.0")),
        step("any", "catalog.tag_asset", asset="shop.orders", tag=ref("rows.rows.0.0")),
        step("few", "catalog.list_assets", limit=ref("scan.labels.email")),
    )
    fault = await only(
        world, SCAN, step("test", "scan_rule_sets.test_rule_set", values=["x", ref("scan.found")])
    )
    assert fault.field == "arguments.values.1"


async def test_a_loop_s_items_and_results_are_typed(world: World) -> None:
    each = {"over": ref("tables.items")}
    loop = step("loop", "catalog.tag_asset", asset=ref("item.row_count"), tag="x", each=each)
    fault = await only(world, TABLES, loop)
    assert "'item.row_count' is a whole number" in fault.detail and "item.id" in fault.remedy
    fault = await only(
        world,
        TABLES,
        loop | {"arguments": {"asset": ref("item.id"), "tag": "x"}},
        step("after", "catalog.get_asset", asset=ref("loop.id")),
    )
    assert "'loop' has no 'id'" in fault.detail and "'loop.items.0.id'" in fault.remedy
    not_a_list = step("loop", "catalog.tag_asset", **TAG, each={"over": ref("tables")})
    fault = await only(world, TABLES, not_a_list)
    assert "which is no list" in fault.detail and "tables.items" in fault.remedy
    fault = await only(world, step("loop", "catalog.tag_asset", **TAG, each={"over": "shop"}))
    assert fault.remedy == "Refer to a list."
    broken = step("loop", "catalog.tag_asset", **TAG, each={"over": ref("tables.itmes")})
    assert "'items'" in (await only(world, TABLES, broken)).remedy
    numbers = {"over": [1, 2, 3], "limit": 2}
    found = await faults(
        world, step("n", "catalog.tag_asset", asset=ref("item"), tag="x", each=numbers)
    )
    assert [fault.field for fault in found] == ["each.limit", "arguments.asset"]
    conditional = loop | {
        "arguments": TAG,
        "when": [when(ref("item.row_count"), "more_than", 5)],
    }
    assert "conditions" in (await only(world, TABLES, conditional)).remedy


async def test_circles_are_told_with_their_way_round_and_twins_by_name(world: World) -> None:
    found = await faults(
        world,
        step("a", "catalog.get_asset", asset=ref("c.id")),
        step("b", "catalog.get_asset", asset=ref("a.id")),
        step("c", "catalog.get_asset", asset=ref("b.id")),
        step("d", "catalog.get_asset", asset=ref("d.id")),
        step("e", "catalog.list_assets"),
        step("e", "catalog.list_assets"),
    )
    assert [(fault.step, fault.detail) for fault in found] == [
        ("e", "2 steps have the id 'e'."),
        ("a", "These wait for each other: a → b → c → a."),
        ("d", "It waits for itself."),
    ]


@pytest.mark.parametrize(
    ("tests", "told"),
    [
        ([when(ref("scan.source"), "more_than", 5)], "is a text; 'more_than' compares it with a"),
        ([when(ref("scan.found"), "more_than", "5")], "is a whole number"),
        ([when(ref("scan.found"), "more_than")], "'to' is missing"),
        ([when(ref("scan.found"), "equal_to", "5")], "is compared with a text"),
        ([when(ref("scan.found"), "containing", 5)], "contains nothing"),
        ([when(ref("scan.warnings"), "containing", 5)], "can't contain a whole number"),
        ([when(ref("scan.fund"), "filled")], "'scan' has no 'fund'"),
        ([when(1, "more_than", 2)], "compares fixed values"),
        (
            [when(ref("scan.found"), "more_than", 5), when(ref("scan.found"), "at_most", 5)],
            "contradict each other",
        ),
        (
            [when(ref("scan.found"), "equal_to", 5), when(ref("scan.found"), "less_than", 5)],
            "contradict each other",
        ),
        (
            [when(ref("scan.source"), "equal_to", "a"), when(ref("scan.source"), "equal_to", "b")],
            "contradict each other",
        ),
        (
            [when(ref("scan.source"), "equal_to", "a"),
             when(ref("scan.source"), "different_from", "a")],
            "contradict each other",
        ),
        (
            [when(ref("scan.found"), "empty"), when(ref("scan.found"), "filled")],
            "contradict each other",
        ),
    ],
)  # fmt: skip
async def test_conditions_that_cannot_be_made_or_never_hold(
    world: World, tests: list[dict[str, Any]], told: str
) -> None:
    fault = await only(world, SCAN, step("tag", "catalog.tag_asset", **TAG, when=tests))
    assert fault.step == "tag" and fault.field.startswith("when")
    assert told in fault.detail


async def test_conditions_that_can_hold_pass(world: World) -> None:
    tests = [
        when(ref("scan.found"), "more_than", 1),
        when(ref("scan.found"), "at_least", 1),
        when(ref("scan.found"), "less_than", 9.5),
        when(ref("scan.seconds"), "at_most", ref("scan.tables")),
        when(ref("scan.source"), "equal_to", "shop"),
        when(ref("scan.source"), "filled"),
        when(ref("scan.warnings"), "containing", "x"),
        when("shop", "equal_to", ref("scan.source")),
        when(2, "more_than", 1),
    ]
    assert not await faults(world, SCAN, step("tag", "catalog.tag_asset", **TAG, when=tests))


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([step("a", "catalog.list_assets", after="failure")], "needs no step that could fail"),
        (
            [SCAN, step("a", "catalog.get_asset", asset=ref("scan.source"), after="failure")],
            "runs only if 'scan' fails, and reads the result",
        ),
        (
            [
                SCAN,
                step("mend", "catalog.tag_asset", **TAG, needs=["scan"], after="failure"),
                step("a", "catalog.get_asset", asset=ref("mend.id")),
            ],
            "runs only once the execution has failed",
        ),
    ],
)
async def test_steps_that_never_run(world: World, steps: list[dict[str, Any]], told: str) -> None:
    fault = await only(world, *steps)
    assert (fault.step, fault.field) == ("a", "after") and told in fault.detail


async def test_what_reads_from_a_step_that_never_runs_never_runs_either(world: World) -> None:
    never = step("never", "catalog.get_asset", asset="x", after="failure")
    found = await faults(world, never, step("a", "catalog.get_asset", asset=ref("never.id")))
    assert [fault.step for fault in found] == ["never", "a"]
    assert "'never', which never runs" in found[1].detail


async def test_a_branch_behind_a_failure_that_is_borne_may_run(world: World) -> None:
    assert not await faults(
        world,
        SCAN | {"on_failure": "continue"},
        step("mend", "catalog.tag_asset", **TAG, needs=["scan"], after="failure"),
        step("a", "catalog.get_asset", asset=ref("mend.id")),
    )


@pytest.mark.parametrize(
    "arguments",
    [
        {"name": "x", "kind": "postgresql", "location": "db", "password": "s3cret"},
        {"name": "x", "kind": "postgresql", "location": "postgresql://u:s3cret@host/db"},
    ],
)
async def test_a_password_is_refused_and_not_repeated(
    world: World, arguments: dict[str, str]
) -> None:
    steps = [step("a", "data_sources.register_source", **arguments)]
    fault = await only(world, *steps)
    assert "holds a password" in fault.detail
    with pytest.raises(CorrectInput) as refused:
        await world.call("workflows.create", name="x", steps=steps)
    assert "s3cret" not in str(refused.value) + fault.detail + fault.remedy


async def test_a_sealed_password_passes(world: World) -> None:
    location = "postgresql://u:sec_0123456789abcdef@host/db"
    register = {"name": "x", "kind": "postgresql", "location": location}
    assert not await faults(world, step("a", "data_sources.register_source", **register))


async def test_destroying_is_not_tried_again(world: World) -> None:
    remove = step("a", "data_sources.remove_source", source="shop", retry={"attempts": 3})
    fault = await only(world, remove)
    assert fault.field == "retry" and "destroys" in fault.detail
    assert not await faults(world, remove | {"retry": {"attempts": 1}})


async def test_compensations_are_looked_at_as_closely(world: World) -> None:
    def made_up_for(operation: str, **arguments: Any) -> dict[str, Any]:
        back = {"operation": operation, "arguments": arguments}
        return step("tag", "catalog.tag_asset", **TAG, compensate=back)

    fault = await only(world, made_up_for("catalog.untag"))
    assert fault.field == "compensate.operation" and "'catalog.untag_asset'" in fault.remedy
    fault = await only(world, made_up_for("catalog.untag_asset", asset="a", tagg="x", tag="x"))
    assert fault.field == "compensate.arguments.tagg"
    fault = await only(world, made_up_for("catalog.untag_asset", asset=ref("result.nme"), tag="x"))
    assert "'name'" in fault.remedy
    fault = await only(
        world, SCAN, made_up_for("catalog.untag_asset", asset=ref("scan.source"), tag="x")
    )
    assert "need not have run" in fault.detail


async def test_gates_that_nobody_can_pass(world: World) -> None:
    await world.person("Mia Rot", "steward")
    gone = await world.person("Tom Weg", "steward")

    def gated(**gate: Any) -> dict[str, Any]:
        return step("a", "catalog.list_assets", gate=gate)

    assert not await faults(world, gated(people=["Mia Rot"]), step("b", "users.profile"))
    fault = await only(world, gated(people=["Mia Rott"]))
    assert "'Mia Rot'" in fault.remedy
    fault = await only(world, gated(people=["Mia Rot"], quorum=2))
    assert "waits for 2 people, and names 1" in fault.detail
    assert "rbac.write" in (await only(world, gated(permission="rbac.writes"))).remedy
    fault = await only(world, gated(permission="rbac.write", quorum=2))
    assert "only 1 hold it everywhere" in fault.detail
    assert not await faults(world, gated(permission="rbac.write"))
    assert gone


async def test_rights_are_judged_where_the_step_would_act(world: World) -> None:
    await world.source()
    await world.source("crm")
    role = {"role": "steward", "source": "crm"}
    omar = await world.person("Omar Haddad", **role)
    steps = [
        step("mine", "catalog.tag_asset", asset="crm.orders", tag="x"),
        step("unknown", "catalog.tag_asset", asset="later.orders", tag="x"),
        step("known_later", "catalog.tag_asset", asset=ref("mine.id"), tag="y"),
        step("hidden", "catalog.tag_asset", asset="shop.orders", tag="x"),
        step("people", "rbac.create_user", name="K", email="k@example.com"),
    ]
    found = (await world.call("workflows.validate", omar, steps=steps)).faults
    assert [fault.step for fault in found] == ["people"]
    assert "rbac.write" in found[0].remedy
    nia = await world.person("Nia Oka", "steward", source="crm")
    await world.call("rbac.grant_role", user="Nia Oka", role="viewer")
    found = (await world.call("workflows.validate", nia, steps=steps[:4])).faults
    assert [(fault.step, fault.field) for fault in found] == [("hidden", "arguments.asset")]
    assert "it doesn't hold on shop" in found[0].detail


async def test_a_budget_that_cannot_suffice(world: World) -> None:
    steps = [TABLES, SCAN, step("tag", "catalog.tag_asset", **TAG)]
    fault = await only(world, *steps, budget={"steps": 2})
    assert fault.field == "budget.steps" and "3 run in any case" in fault.detail
    assert not await faults(world, *steps, budget={"steps": 3})


async def test_what_validation_passes_runs_with_the_types_it_promised(world: World) -> None:
    await world.source()
    loop = step(
        "tag",
        "catalog.tag_asset",
        asset=ref("item.qualified_name"),
        tag="t",
        each={"over": ref("tables.items")},
    )
    last = step("last", "catalog.get_asset", asset=ref("tag.items.0.id"))
    done = await carried(world, TABLES, loop, last)
    assert done.status == "done"


async def test_saving_tells_of_every_fault_in_one_go(world: World) -> None:
    steps = [step("a", "catalog.nope"), step("b", "catalog.tag_asset", tag="x")]
    with pytest.raises(CorrectInput) as refused:
        await world.call("workflows.create", name="x", steps=steps)
    assert refused.value.field == "steps"
    for told in ("catalog.nope", "b: catalog.tag_asset needs 'asset'", "workflows.validate"):
        assert told in str(refused.value)
