"""What the assistant says of rule sets, labels and what was learned: totals, effects, no values."""

from __future__ import annotations

from typing import Any

from agent.answers import render
from tests.support.world import World
from tools.values import Cited


async def said(world: World, operation: str, /, **arguments: Any) -> str:
    cited: list[Cited] = []

    def mark(record: Cited) -> str:
        cited.append(record)
        return f"[{len(cited)}]"

    value = await world.call(operation, **arguments)
    return render(operation, value, arguments, mark)


async def test_rule_sets_in_words(world: World) -> None:
    await world.call("scan_rule_sets.clone_rule_set", name="ours")
    changed = await said(world, "scan_rule_sets.update_rule_set", rule_set="ours", sample_size=50)
    assert "**ours** is at version 2: changes the sample_size [1]" in changed
    listed = await said(world, "scan_rule_sets.list_versions", rule_set="ours")
    assert listed.startswith("2 versions") and "cloned from default, version 1" in listed
    file = await said(world, "scan_rule_sets.export_rule_set", rule_set="ours")
    assert "```yaml" in file and "name: ours" in file
    learned = await said(
        world, "scan_rule_sets.learn_detector", label="email", examples=["AB-1", "CD-2"]
    )
    assert "It matches 2 of 2 examples and 0 of 0 counterexamples" in learned
    await world.source()
    tried = await said(world, "scan_rule_sets.test_rule_set", asset="shop.customers")
    assert "`shop.customers.email`: email (0.9" in tried
    suggested = await said(world, "scan_rule_sets.suggest_rules", asset="shop.customers.email")
    assert suggested.startswith("1 suggestion") and "**email**" in suggested
    gone = await said(world, "scan_rule_sets.delete_rule_set", rule_set="ours")
    assert gone == "The rule set **ours** is gone, with 2 versions."


async def test_labels_and_lessons_in_words(world: World) -> None:
    await world.source()
    await world.call(
        "classifications.create_label", title="Own", category="own", sensitivity="public"
    )
    await world.call("classifications.set_classification", asset="shop.orders.sku", label="own")
    gone = await said(world, "classifications.delete_label", label="own", reassign_to="url")
    assert gone == "The label **Own** is gone; url is on 1 column instead."
    labels = await said(world, "classifications.list_labels", regulation="pci-dss-4", limit=1)
    assert "pci-dss-4" in labels
    done = await said(world, "classifications.classify_asset", asset="shop.customers")
    assert "`shop.customers.email`: email (suggested" in done
    carried = await said(world, "classifications.propagate_classification", asset="shop.customers")
    assert "`shop.v_revenue.email`: email suggested. Carried along lineage" in carried
    await world.call("classifications.reject_classification", asset="shop.customers.email")
    view = await said(world, "classifications.classify_asset", asset="shop.v_top")
    assert "`shop.v_top.email` isn't labelled: 'email' was rejected on" in view
    why = await said(world, "classifications.explain_classification", asset="shop.v_top.email")
    assert why.startswith("`shop.v_top.email` carries no label.\n- `shop.v_top.email` isn't")
    lessons = await said(world, "classifications.list_lessons", verdict="rejected")
    assert "withheld from shop.v_top.email" in lessons
    none = await said(world, "classifications.list_lessons", verdict="confirmed")
    assert "no effect yet on 1 like column" in none
    back = await said(world, "classifications.withdraw_decision", asset="shop.customers.email")
    assert "that email was rejected by Administrator is taken back; it is suggested now" in back
