"""Decisions teach: the same mistake is not made on like columns, and only there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

import pytest

from tests.support.world import World
from tools.classifications.likeness import alike, family, form, trait
from tools.errors import ChooseAnother
from tools.scan_rule_sets.detectors import mask
from tools.steps import Step

PHONES = [f"+49 30 2312{number:04d}" for number in range(40)]
DASHED = [f"030-{number:07d}" for number in range(2_312_000, 2_312_040)]


def make(world: World, name: str, tables: dict[str, dict[str, list[str]]]) -> None:
    """A SQLite file: table → column → values; of 40 rows each."""
    with closing(sqlite3.connect(world.folder / f"{name}.sqlite")) as database:
        for table, columns in tables.items():
            database.execute(
                f"CREATE TABLE {table} (id INTEGER, {', '.join(f'{one} TEXT' for one in columns)})"
            )
            for number, values in enumerate(zip(*columns.values(), strict=True)):
                places = ", ".join("?" for _ in range(len(values) + 1))
                database.execute(f"INSERT INTO {table} VALUES ({places})", (number, *values))
        database.commit()


async def register(world: World, name: str) -> None:
    location = str(world.folder / f"{name}.sqlite")
    await world.call("data_sources.register_source", name=name, kind="sqlite", location=location)
    await world.call("data_sources.discover_assets", source=name)
    await world.call("scan_logic.start_scan", source=name)


async def labelled(world: World, label: str = "phone", **wanted: Any) -> set[str]:
    page = await world.call("classifications.list_classified_columns", label=label, **wanted)
    return {one.column for one in page.items}


@pytest.fixture
async def calls(world: World) -> World:
    """Two systems, one of them in two copies; `ref` looks like a phone number everywhere."""
    mobile = {"ref": PHONES}
    make(
        world,
        "shop",
        {"orders": mobile, "refunds": mobile, "people": {"mobile": PHONES}, "odd": {"ref": DASHED}},
    )
    make(world, "shop_test", {"orders": mobile})
    make(world, "erp", {"orders": mobile})
    for name in ("shop", "shop_test", "erp"):
        await register(world, name)
    await world.person("Dana Fox", "steward")
    return world


async def test_a_rejection_holds_for_like_columns_and_only_for_them(calls: World) -> None:
    refs = {"shop.orders.ref", "shop.refunds.ref", "shop_test.orders.ref", "erp.orders.ref"}
    others = {"shop.people.mobile", "shop.odd.ref"}
    assert await labelled(calls) == refs | others, "what the scans said at first"
    await calls.call(
        "classifications.reject_classification", "dana", asset="shop.orders.ref", label="phone"
    )
    for name in ("shop", "shop_test", "erp"):
        report = await calls.call("scan_logic.start_scan", source=name)
    assert await labelled(calls) == others | {"erp.orders.ref"}, (
        "another name, another form, another system: not alike"
    )
    assert report.labels.get("phone") == 1
    told = await calls.call("classifications.explain_classification", asset="shop.refunds.ref")
    (withheld,) = told.withheld
    assert (withheld.column, withheld.label) == ("shop.refunds.ref", "phone")
    assert withheld.explanation.startswith(
        "'phone' was rejected on shop.orders.ref by Dana Fox on 20"
    )
    (lesson,) = (await calls.call("classifications.list_lessons")).items
    assert (lesson.column, lesson.verdict, lesson.by) == ("shop.orders.ref", "rejected", "Dana Fox")
    assert lesson.withheld_from == ["shop.refunds.ref", "shop_test.orders.ref"]
    assert (lesson.family, lesson.like) == ("shop", 3)
    before = await calls.invoke("scan_logic.start_scan", source="shop")
    assert before.changes == 2, "heeding it again changes nothing"


async def test_what_a_decision_will_change_is_said_beforehand(calls: World) -> None:
    reject = Step(
        id="s1",
        operation="classifications.reject_classification",
        arguments={"asset": "shop.orders.ref", "label": "phone"},
    )
    before = await labelled(calls)
    (seen,) = (await calls.runtime.kernel.preview([reject], calls.administrator)).steps
    assert seen.note == (
        "the next scans withhold 'phone' from 2 like columns too: "
        "shop.refunds.ref, shop_test.orders.ref"
    )
    assert await labelled(calls) == before
    done = await calls.call(reject.operation, **reject.arguments)
    assert (done.like, done.changing_total, done.ahead) == (3, 2, seen.note)
    for name in ("shop", "shop_test", "erp"):
        await calls.call("scan_logic.start_scan", source=name)
    assert before - await labelled(calls) == {"shop.orders.ref", *done.changing}
    again = await calls.call(
        "classifications.confirm_classification", asset="shop.orders.ref", label="phone"
    )
    assert again.changing == done.changing, "the odd one is a phone number already"
    mobile = await calls.call(
        "classifications.confirm_classification", asset="shop.people.mobile", label="phone"
    )
    assert (mobile.like, mobile.changing, mobile.ahead) == (0, [], "no like column changes")


async def test_many_like_columns_are_counted_and_some_are_named(world: World) -> None:
    tables = {f"t{number:02}": {"ref": PHONES} for number in range(24)}
    make(world, "shop", tables)
    await register(world, "shop")
    done = await world.call("classifications.reject_classification", asset="shop.t00.ref")
    assert (done.changing_total, len(done.changing)) == (23, 20)
    assert done.ahead.endswith(
        "from 23 like columns too: "
        + ", ".join(f"shop.t{number:02}.ref" for number in range(1, 6))
        + " and 18 more"
    )


@pytest.mark.parametrize("how", ["withdraw", "undo", "confirm"])
async def test_taking_the_rejection_back_undoes_it(calls: World, how: str) -> None:
    before = await labelled(calls)
    rejected = await calls.invoke(
        "classifications.reject_classification", asset="shop.orders.ref", label="phone"
    )
    await calls.call("scan_logic.start_scan", source="shop")
    assert "shop.refunds.ref" not in await labelled(calls)
    if how == "withdraw":
        back = await calls.call("classifications.withdraw_decision", asset="shop.orders.ref")
        assert (back.was, back.by, back.now) == ("rejected", "Administrator", "suggested")
    elif how == "undo":
        await calls.call("activity.undo", activity=rejected.activity_id)
    else:
        await calls.call("classifications.confirm_classification", asset="shop.orders.ref")
    told = await calls.call("classifications.explain_classification", asset="shop.refunds.ref")
    assert told.withheld == []
    await calls.call("scan_logic.start_scan", source="shop")
    assert await labelled(calls) == before
    lessons = await calls.call("classifications.list_lessons", verdict="rejected")
    assert lessons.total == 0


async def test_a_confirmation_is_suggested_on_like_columns_where_nothing_is_found(
    world: World,
) -> None:
    codes = [f"{number}x" for number in range(40)]
    make(
        world,
        "shop",
        {
            "orders": {"kundenkuerzel": codes, "email": codes},
            "refunds": {"kundenkuerzel": codes, "column1": codes},
            "people": {"kundenkuerzel": [f"ann{number}@example.org" for number in range(40)]},
        },
    )
    await register(world, "shop")
    await world.call(
        "classifications.set_classification", asset="shop.orders.kundenkuerzel", label="username"
    )
    await world.call("scan_logic.start_scan", source="shop")
    taught = await labelled(world, "username", status="suggested")
    assert taught == {"shop.refunds.kundenkuerzel"}, "e-mail addresses were found in the other"
    told = await world.call(
        "classifications.explain_classification", asset="shop.refunds.kundenkuerzel"
    )
    explanation = told.items[0].evidence["explanation"]
    assert "confirmed on shop.orders.kundenkuerzel by Administrator" in explanation
    (lesson,) = (await world.call("classifications.list_lessons", label="username")).items
    assert lesson.suggested_on == ["shop.refunds.kundenkuerzel"]
    await world.call("classifications.reject_classification", asset="shop.refunds.kundenkuerzel")
    await world.call("scan_logic.start_scan", source="shop")
    assert await labelled(world, "username", status="suggested") == set()
    gone = await world.call("classifications.withdraw_decision", asset="shop.orders.kundenkuerzel")
    assert gone.now == "not there", "no scan had ever suggested it"
    with pytest.raises(ChooseAnother, match="no such label that was confirmed or rejected"):
        await world.call("classifications.withdraw_decision", asset="shop.orders.kundenkuerzel")


async def test_what_is_learned_where_one_may_not_look_isn_t_told(calls: World) -> None:
    await calls.call("classifications.reject_classification", asset="shop.orders.ref")
    await calls.person("Teo Lund", "steward", source="shop_test")
    await calls.call("scan_logic.start_scan", source="shop_test")
    assert "shop_test.orders.ref" not in await labelled(calls)
    assert (await calls.call("classifications.list_lessons", "teo")).total == 0
    told = await calls.call(
        "classifications.explain_classification", "teo", asset="shop_test.orders.ref"
    )
    assert told.withheld == []
    whole = await calls.call("classifications.explain_classification", asset="shop_test.orders")
    assert "a column of another source by Administrator" in whole.withheld[0].explanation
    await calls.call("scan_logic.start_scan", "teo", source="shop_test")
    assert "shop_test.orders.ref" in await labelled(calls)


async def test_what_is_withheld_goes_with_its_source(calls: World) -> None:
    await calls.call("classifications.reject_classification", asset="shop.orders.ref")
    await calls.call("scan_logic.start_scan", source="shop_test")
    gone = await calls.call("data_sources.remove_source", source="shop_test")
    assert gone.name == "shop_test"
    (lesson,) = (await calls.call("classifications.list_lessons", source="shop")).items
    assert lesson.withheld_from == []


def test_what_makes_columns_alike() -> None:
    def column(name: str, *values: str, source: str = "crm", kind: str | None = "text") -> Any:
        return trait(source, name, kind, [mask(value) for value in values])

    ref = column("order_ref", "ORD-17", "ORD-4711")
    assert alike(ref, column("orderRef", "X-1", source="CRM_staging2", kind=None))
    assert not alike(ref, column("order_ref", "+49 30 1234567"))
    assert not alike(ref, column("order_ref", "ORD-17", kind="integer"))
    assert not alike(ref, column("ref", "ORD-17"))
    assert not alike(ref, column("order_ref", "ORD-17", source="erp"))
    assert alike(ref, column("order_ref")), "a telling name is enough without values"
    assert not alike(column("column1", "a-1"), column("column1"))
    assert alike(column("column1", "a-1"), column("column1", "b-22"))
    assert not alike(column("ref", "julia", "omar"), column("ref", "17", "4711"))
    assert [form(mask(one)) for one in ("+49 30 2312", "Julia Ann Weber", "a@b.org")] == [
        "+9 9",
        "a a",
        "a@a.a",
    ]
    assert [family(one) for one in ("crm-prod", "CRM_test", "crm2", "test", "erp")] == [
        "crm",
        "crm",
        "crm",
        "test",
        "erp",
    ]
