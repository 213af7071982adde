"""Labels of one's own: made, changed, placed below others, deleted; and what follows them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from tests.support.world import World
from tools.classifications import taxonomy
from tools.compliance.tables import ComplianceRule
from tools.errors import AskForAccess, ChooseAnother, CorrectInput, LookAgain
from tools.seed import system_entry


async def make(world: World, title: str = "Customer number", **more: Any) -> Any:
    facts = {"category": "personal", "sensitivity": "restricted"} | more
    return await world.call("classifications.create_label", title=title, **facts)


async def test_a_label_of_one_s_own_is_used_like_any_other(world: World) -> None:
    made = await make(
        world,
        regulations=["GDPR", "hipaa", "gdpr"],
        synonyms=["Client No", " client no "],
        description="What the shop calls its customers",
    )
    assert (made.id, made.regulations, made.synonyms) == (
        "customer_number",
        ["gdpr", "hipaa"],
        ["client no"],
    )
    assert not made.builtin and made.columns == 0
    await world.source()
    await world.person("Vera Lind", "viewer")
    await world.call(
        "classifications.set_classification", asset="shop.products.sku", label="client no"
    )
    rows = await world.call("data_sources.preview_rows", "vera", asset="shop.products")
    assert "A-1" not in str(rows.rows)
    await world.call(
        "classifications.update_label", label="customer_number", sensitivity="internal"
    )
    rows = await world.call("data_sources.preview_rows", "vera", asset="shop.products")
    assert "A-1" in str(rows.rows)
    definition = {"detectors": [{"label": "customer_number", "patterns": [r"A-\d"]}]}
    await world.call("scan_rule_sets.create_rule_set", name="own", definition=definition)
    report = await world.call("scan_logic.start_scan", source="shop", rule_set="own")
    assert report.labels == {"customer_number": 2}
    listed = await world.call("classifications.list_labels", category="personal")
    assert {one.id: one.columns for one in listed.items}["customer_number"] == 2


async def test_labels_are_listed_by_regulation_level_and_parent(world: World) -> None:
    await make(world, "Loyalty card", parent="Payment card number", regulations=["pci-dss-4"])
    await make(world, "Gold card", parent="loyalty_card", sensitivity="public")

    async def ids(**wanted: Any) -> set[str]:
        page = await world.call("classifications.list_labels", **wanted)
        assert page.total == len(page.items)
        return {one.id for one in page.items}

    assert await ids(parent="credit_card") == {"credit_card", "loyalty_card", "gold_card"}
    cards = await ids(regulation="PCI DSS")
    assert {"loyalty_card", "card_cvv"} <= cards and "gold_card" not in cards
    assert "gold_card" in await ids(sensitivity="public")
    await world.source()
    for asset, label in (("shop.products.sku", "gold_card"), ("shop.products.title", "health")):
        await world.call("classifications.set_classification", asset=asset, label=label)
    page = await world.call("classifications.list_classified_columns", label="credit_card")
    assert [one.column for one in page.items] == ["shop.products.sku"]
    with pytest.raises(ChooseAnother, match="no framework 'gdrp'") as refusal:
        await ids(regulation="gdrp")
    assert "'gdpr'" in refusal.value.remedy and refusal.value.field == "regulation"


async def test_each_word_means_one_label(world: World) -> None:
    for wrong in (
        {"title": "E-mail address"},
        {"title": "Anything", "synonyms": ["Surname"]},
        {"title": "Anything", "label": "email"},
    ):
        with pytest.raises(LookAgain, match=r"called|already a label"):
            await make(world, **wrong)
    with pytest.raises(LookAgain, match="'email' is called 'email address' already"):
        await world.call("classifications.update_label", label="phone", title="Email address")
    with pytest.raises(CorrectInput, match="No id can be made"):
        await make(world, "42 – €")
    assert (await make(world, "42 – €", label="answer")).id == "answer"
    with pytest.raises(ChooseAnother, match="no framework 'x'"):
        await make(world, "Y", regulations=["x"])
    await world.person("Ana Sol", "analyst")
    with pytest.raises(AskForAccess):
        await world.call(
            "classifications.create_label", "ana", title="Z", category="a", sensitivity="public"
        )
    await world.person("Stefan Ort", "steward", source=(await world.source()).name)  # type: ignore[attr-defined]
    with pytest.raises(AskForAccess, match="everywhere"):
        await world.call("classifications.update_label", "stefan", label="email", title="Mail!")


async def test_labels_never_stand_below_themselves_or_too_deep(world: World) -> None:
    above = "email"
    for level in range(5):
        above = (await make(world, f"Level {'abcdefg'[level]}", parent=above)).id
    with pytest.raises(CorrectInput, match="5 levels deep"):
        await make(world, "Level z", parent=above)
    with pytest.raises(CorrectInput, match="is below 'email' itself"):
        await world.call("classifications.update_label", label="email", parent="level_b")
    moved = await world.call("classifications.update_label", label="level_b", parent="")
    assert moved.parent is None
    with pytest.raises(ChooseAnother, match="no label 'nothing'") as refusal:
        await world.call("classifications.update_label", label="level_b", parent="nothing")
    assert refusal.value.field == "parent"


async def test_what_people_set_on_a_built_in_label_stays(world: World) -> None:
    changed = await world.call(
        "classifications.update_label", label="occupation", sensitivity="confidential"
    )
    assert changed.builtin and changed.sensitivity == "confidential"
    kernel = world.runtime.kernel
    async with kernel.unit_of_work(system_entry("system.seed", "test")) as session:
        row = await session.get_one(taxonomy.Label, "occupation")
        row.title = "Something old"
    async with kernel.unit_of_work(system_entry("system.seed", "test")) as session:
        await taxonomy.bring_up(session)
    (now,) = (await world.call("classifications.list_labels", parent="occupation")).items
    assert (now.title, now.sensitivity) == ("Occupation", "confidential")
    with pytest.raises(LookAgain, match="comes with the product"):
        await world.call("classifications.delete_label", label="occupation")


async def test_a_label_in_use_goes_only_when_its_columns_get_another(world: World) -> None:
    await make(world)
    await make(world, "Sub number", parent="customer_number")
    await world.source(scanned=True)
    for asset in ("shop.products.sku", "shop.products.title", "shop.customers.email"):
        await world.call("classifications.set_classification", asset=asset, label="customer_number")
    await world.call("classifications.reject_classification", asset="shop.products.title")
    definition = {"detectors": [{"label": "customer_number", "patterns": ["x"]}]}
    await world.call("scan_rule_sets.create_rule_set", name="own", definition=definition)
    with pytest.raises(LookAgain) as refusal:
        await world.call("classifications.delete_label", label="customer_number")
    for part in ("used by 2 columns", "below it: sub_number", "the rule set own"):
        assert part in refusal.value.detail
    assert "reassign_to" in refusal.value.remedy
    await world.call("scan_rule_sets.delete_rule_set", rule_set="own")
    for wrong in ("customer_number", "sub_number"):
        with pytest.raises(CorrectInput, match="the label that goes, or below it"):
            await world.call(
                "classifications.delete_label", label="customer_number", reassign_to=wrong
            )
    gone = await world.call(
        "classifications.delete_label", label="customer_number", reassign_to="email"
    )
    assert (gone.now, gone.reassigned, gone.dropped) == ("email", 1, 2)
    page = await world.call("classifications.list_classified_columns", asset="shop.products.sku")
    assert [(one.column, one.label, one.status) for one in page.items] == [
        ("shop.products.sku", "email", "confirmed")
    ]
    below = await world.call("classifications.list_labels", parent="email")
    assert {one.id for one in below.items} == {"email", "sub_number"}
    await world.call("classifications.delete_label", label="sub_number")


async def test_a_rule_that_names_a_label_keeps_it(world: World) -> None:
    await make(world)
    kernel = world.runtime.kernel
    async with kernel.unit_of_work(system_entry("system.seed", "test")) as session:
        rule = await session.scalar(select(ComplianceRule).order_by(ComplianceRule.id))
        assert rule is not None
        before = rule.definition
        scope = {**before["applies_to"], "labels": ["customer_number"]}
        rule.definition = {**before, "applies_to": scope}
    with pytest.raises(LookAgain, match=f"used by the compliance rule {rule.id}"):
        await world.call("classifications.delete_label", label="customer_number")
    async with kernel.unit_of_work(system_entry("system.seed", "test")) as session:
        (await session.get_one(ComplianceRule, rule.id)).definition = before
    await world.call("classifications.delete_label", label="customer_number")
    with pytest.raises(ChooseAnother, match="no label 'customer_number'"):
        await world.call("classifications.delete_label", label="customer_number")
