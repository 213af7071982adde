"""Rule sets: the one that comes along, and one's own."""

from __future__ import annotations

import pytest

from tests.support.world import World
from tools.errors import AskForAccess, ChooseAnother, CorrectInput, LookAgain


async def test_the_default_rule_set_is_there_and_can_be_tried(world: World) -> None:
    page = await world.call("scan_rule_sets.list_rule_sets")
    assert [(one.name, one.builtin) for one in page.items] == [("default", True)]
    shown = await world.call("scan_rule_sets.get_rule_set", rule_set="DEFAULT")
    assert shown.detectors == len(shown.definition["detectors"]) > 20
    tried = await world.call(
        "scan_rule_sets.test_rule_set", values=["ann@example.org", "bo@example.org"]
    )
    assert tried.found[0].label == "email" and tried.found[0].matched == 2
    nothing = await world.call("scan_rule_sets.test_rule_set", values=["lamp", "chair"])
    assert "email" not in [one.label for one in nothing.found]
    await world.runtime.kernel.close()
    log = await world.call("activity.search", operation="scan_rule_sets.test_rule_set")
    assert "ann@example.org" not in str(log.model_dump())


@pytest.mark.parametrize(
    ("name", "values", "told"),
    [
        ("first_name", ["Maria", "Peter", "Anna"], ("person_name", True, "confidential")),
        (None, ["Maria", "Peter", "Anna", "Julia"], ("person_name", True, "confidential")),
        ("owner", ["Maria Lopez", "Peter Novak"], ("person_name", False, "confidential")),
        (None, ["Suite 216", "#42", "P.O. Box 21226"], ("address", True, "confidential")),
        ("country", ["France", "Kenya"], ("country", False, "public")),
    ],
)
async def test_a_part_is_told_from_the_whole_and_a_fact_from_personal_data(
    world: World, name: str | None, values: list[str], told: tuple[str, bool, str]
) -> None:
    tried = await world.call("scan_rule_sets.test_rule_set", values=values, column_name=name)
    best = tried.found[0]
    assert (best.label, best.part, best.sensitivity) == told
    assert ("part of" in best.explanation) is best.part


async def test_ones_own_rule_set_finds_ones_own_numbers(world: World) -> None:
    definition = (await world.call("scan_rule_sets.get_rule_set", rule_set="default")).definition
    email = [one for one in definition["detectors"] if one["label"] == "email"]
    made = await world.call(
        "scan_rule_sets.create_rule_set", name="mail only", definition={"detectors": email}
    )
    assert made.labels == ["email"] and not made.builtin
    await world.source()
    report = await world.call("scan_logic.start_scan", source="shop", rule_set="mail only")
    assert set(report.labels) == {"email"}
    with pytest.raises(LookAgain, match="already a rule set"):
        await world.call(
            "scan_rule_sets.create_rule_set", name="mail only", definition={"detectors": email}
        )


async def test_what_is_wrong_with_a_definition_is_said_by_its_place(world: World) -> None:
    with pytest.raises(CorrectInput) as refusal:
        await world.call(
            "scan_rule_sets.create_rule_set",
            name="x",
            definition={"detectors": [], "sample_size": 0},
        )
    assert refusal.value.field is not None and refusal.value.field.startswith("definition.")
    with pytest.raises(ChooseAnother, match="no scan rule set 'defalt'") as missing:
        await world.call("scan_rule_sets.get_rule_set", rule_set="defalt")
    assert "'default'" in missing.value.remedy
    await world.person("Ana Sol", "analyst")
    with pytest.raises(AskForAccess):
        await world.call("scan_rule_sets.create_rule_set", "ana", name="x", definition={})
