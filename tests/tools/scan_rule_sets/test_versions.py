"""Rule sets over time: every change is a version, nothing that is used goes, files come and go."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from sqlalchemy import select

from tests.support.world import World
from tools.errors import ChooseAnother, CorrectInput, LookAgain
from tools.scan_rule_sets.shipped import bring_up
from tools.scan_rule_sets.tables import ScanRuleSet
from tools.seed import system_entry

EMAIL = {"label": "email", "name": "plain mail", "patterns": [r"[a-z0-9]+@[a-z.]+"]}
NUMBER = {"label": "username", "name": "customer number", "patterns": [r"C-\d{6}"]}
MADE = {"detectors": [EMAIL], "minimum_score": 0.4}


@pytest.fixture
async def numbers(world: World) -> World:
    await world.call(
        "scan_rule_sets.create_rule_set", name="numbers", definition=MADE, note="for the shop"
    )
    return world


async def versions(world: World, name: str = "numbers") -> list[Any]:
    return list((await world.call("scan_rule_sets.list_versions", rule_set=name)).items)


async def test_every_change_is_a_version_that_says_what_it_changed(numbers: World) -> None:
    saved = await numbers.call(
        "scan_rule_sets.update_rule_set", rule_set="numbers", add=[NUMBER], note="found in crm"
    )
    assert saved.version == 2 and saved.changed.added == ["customer number"]
    longer = {**EMAIL, "minimum_match_ratio": 0.9}
    await numbers.call(
        "scan_rule_sets.update_rule_set",
        rule_set="numbers",
        definition={"detectors": [longer], "sample_size": 50, "minimum_score": 0.4},
    )
    third, second, first = await versions(numbers)
    assert first.changed.summary == "the first version" and first.note == "for the shop"
    assert (second.version, second.note, second.created_by) == (2, "found in crm", "Administrator")
    assert third.changed.removed == ["customer number"]
    assert third.changed.changed[0].fields == ["minimum_match_ratio"]
    assert third.changed.settings == {"sample_size": [200, 50]}
    assert third.changed.summary.startswith("removes customer number; changes plain mail")
    before = await numbers.call("scan_rule_sets.get_rule_set", rule_set="numbers", version=2)
    assert before.detectors == 2 and before.definition["version"] == 2
    second_page = await numbers.call("scan_rule_sets.list_versions", rule_set="numbers", limit=2)
    assert second_page.truncated and [one.version for one in second_page.items] == [3, 2]


async def test_the_same_content_makes_no_version_and_a_late_change_is_refused(
    numbers: World,
) -> None:
    same = await numbers.call("scan_rule_sets.update_rule_set", rule_set="numbers", name="numbers")
    assert (same.version, same.changed.summary) == (1, "changes nothing")
    await numbers.call("scan_rule_sets.update_rule_set", rule_set="numbers", sample_size=9)
    with pytest.raises(LookAgain, match="at version 2, not 1: Administrator") as late:
        await numbers.call(
            "scan_rule_sets.update_rule_set", rule_set="numbers", sample_size=8, expected_version=1
        )
    assert late.value.field == "expected_version"
    for wrong, told in (
        ({"remove": ["plain male"]}, "no detector 'plain male'"),
        ({"remove": ["plain mail"]}, "removes every detector"),
        ({"add": [{"label": "emial", "patterns": ["x"]}]}, "no label 'emial'"),
        ({"definition": {"detectors": [EMAIL] * 501}}, "500 are taken"),
        ({"name": "DEFAULT"}, "already a rule set"),
    ):
        with pytest.raises((ChooseAnother, CorrectInput, LookAgain), match=told):
            await numbers.call("scan_rule_sets.update_rule_set", rule_set="numbers", **wrong)
    assert len(await versions(numbers)) == 2


async def test_a_rollback_is_a_new_version_and_scans_name_the_one_they_used(
    numbers: World,
) -> None:
    await numbers.source()
    first = await numbers.call("scan_logic.start_scan", source="shop", rule_set="numbers")
    await numbers.call(
        "scan_rule_sets.update_rule_set",
        rule_set="numbers",
        definition={"detectors": [NUMBER]},
        name="other numbers",
    )
    second = await numbers.call("scan_logic.start_scan", source="shop", rule_set="other numbers")
    assert (first.rule_set_version, second.rule_set_version) == (1, 2)
    assert first.labels["email"] >= 1 and "email" not in second.labels
    back = await numbers.call(
        "scan_rule_sets.rollback_rule_set", rule_set="other numbers", version=1
    )
    assert (back.version, back.name, back.labels) == (3, "other numbers", ["email"])
    assert [one.scans for one in await versions(numbers, "other numbers")] == [0, 1, 1]
    with pytest.raises(ChooseAnother, match="no version 9"):
        await numbers.call("scan_rule_sets.rollback_rule_set", rule_set="other numbers", version=9)


async def test_the_default_is_not_changed_but_cloned(world: World) -> None:
    for name, more in (
        ("update_rule_set", {"sample_size": 5}),
        ("rollback_rule_set", {"version": 1}),
        ("delete_rule_set", {}),
    ):
        with pytest.raises(LookAgain, match="comes with the product") as refusal:
            await world.call(f"scan_rule_sets.{name}", rule_set="default", **more)
        assert "lone it" in refusal.value.remedy or "another" in refusal.value.remedy
    made = await world.call("scan_rule_sets.clone_rule_set", name="ours")
    default = await world.call("scan_rule_sets.get_rule_set", rule_set="default")
    assert made.labels == default.labels and not made.builtin
    (only,) = await versions(world, "ours")
    assert only.note == "cloned from default, version 1"
    changed = await world.call("scan_rule_sets.update_rule_set", rule_set="ours", sample_size=20)
    assert changed.version == 2
    again = await world.call("scan_rule_sets.get_rule_set", rule_set="default")
    assert again == default


async def test_a_release_with_other_detectors_adds_a_version_of_the_default(world: World) -> None:
    kernel = world.runtime.kernel
    async with kernel.unit_of_work(system_entry("system.seed", "test")) as session:
        await bring_up(session, "Racine")
    assert len(await versions(world, "default")) == 1
    async with kernel.unit_of_work(system_entry("system.seed", "test")) as session:
        row = (await session.scalars(select(ScanRuleSet))).one()
        row.definition = {**row.definition, "detectors": row.definition["detectors"][:5]}
    async with kernel.unit_of_work(system_entry("system.seed", "test")) as session:
        await bring_up(session, "Racine")
    shown = await world.call("scan_rule_sets.get_rule_set", rule_set="default")
    assert shown.version == 2 and shown.definition["version"] == 2 and shown.detectors > 5


async def test_what_is_used_is_not_deleted_but_retired(numbers: World) -> None:
    await numbers.source()
    await numbers.call(
        "workflows.create",
        name="nightly",
        steps=[
            {
                "id": "scan",
                "operation": "scan_logic.start_scan",
                "arguments": {"source": "shop", "rule_set": "Numbers"},
            }
        ],
    )
    with pytest.raises(LookAgain, match="used by the workflow nightly"):
        await numbers.call("scan_rule_sets.delete_rule_set", rule_set="numbers")
    await numbers.call("workflows.delete", workflow="nightly")
    await numbers.call("scan_logic.start_scan", source="shop", rule_set="numbers")
    with pytest.raises(LookAgain, match="used by 1 scan") as used:
        await numbers.call("scan_rule_sets.delete_rule_set", rule_set="numbers")
    assert "retired: true" in used.value.remedy
    retired = await numbers.call("scan_rule_sets.update_rule_set", rule_set="numbers", retired=True)
    assert retired.retired and retired.version == 1
    with pytest.raises(LookAgain, match="is retired"):
        await numbers.call("scan_logic.start_scan", source="shop", rule_set="numbers")
    listed = await numbers.call("scan_rule_sets.list_rule_sets")
    assert [one.name for one in listed.items] == ["default"]
    both = await numbers.call("scan_rule_sets.list_rule_sets", retired=True)
    assert [one.name for one in both.items] == ["default", "numbers"]
    await numbers.call("scan_rule_sets.update_rule_set", rule_set="numbers", retired=False)
    await numbers.call("scan_logic.start_scan", source="shop", rule_set="numbers")


async def test_what_nothing_uses_is_deleted_with_its_versions(numbers: World) -> None:
    await numbers.call("scan_rule_sets.update_rule_set", rule_set="numbers", sample_size=9)
    gone = await numbers.call("scan_rule_sets.delete_rule_set", rule_set="numbers")
    assert (gone.name, gone.versions) == ("numbers", 2)
    with pytest.raises(ChooseAnother, match="no scan rule set 'numbers'"):
        await numbers.call("scan_rule_sets.get_rule_set", rule_set="numbers")


async def test_a_file_brings_back_what_was_exported(numbers: World) -> None:
    for name in ("numbers", "default"):
        file = await numbers.call("scan_rule_sets.export_rule_set", rule_set=name)
        assert file.bytes == len(file.yaml.encode())
        copy = await numbers.call(
            "scan_rule_sets.import_rule_set", content=file.yaml, name=f"{name} again"
        )
        one = await numbers.call("scan_rule_sets.get_rule_set", rule_set=name)
        two = await numbers.call("scan_rule_sets.get_rule_set", rule_set=copy.id)
        strip = {"name": "x", "version": 1}
        assert {**one.definition, **strip} == {**two.definition, **strip}
    changed = yaml.safe_load(file.yaml) | {"name": "Numbers", "sample_size": 7}
    with pytest.raises(LookAgain, match="already a rule set 'numbers'"):
        await numbers.call("scan_rule_sets.import_rule_set", content=yaml.safe_dump(changed))
    saved = await numbers.call(
        "scan_rule_sets.import_rule_set", content=yaml.safe_dump(changed), replace=True
    )
    assert (saved.name, saved.version) == ("numbers", 2)
    assert saved.changed.settings["sample_size"] == [200, 7]
    with pytest.raises(LookAgain, match="comes with the product"):
        await numbers.call(
            "scan_rule_sets.import_rule_set", content=file.yaml, name="default", replace=True
        )


WRONG = """\
name: shop
sample: 5
minimum_score: 3
detectors:
- label: email
  checksum: lun
- label: phone
  patterns:
  - ok
  - '(?=x)'
- label: iban
"""


async def test_everything_wrong_with_a_file_is_told_at_once_by_its_line(world: World) -> None:
    with pytest.raises(CorrectInput) as refusal:
        await world.call("scan_rule_sets.import_rule_set", content=WRONG)
    told = refusal.value.detail
    assert told.startswith("The file has 5 faults")
    for expected in (
        "line 2, sample: there is no such field",
        "line 3, minimum_score: Input should be less than or equal to 1",
        "line 6, detectors.0.checksum: No checksum 'lun'",
        "line 8, detectors.1.patterns: '(?=x)' can't be used",
        "line 11, detectors.2: The detector of 'iban' would match every column",
    ):
        assert expected in told
    with pytest.raises(CorrectInput, match=r"line 3, detectors\.0\.label: .*no label 'emial'"):
        await world.call(
            "scan_rule_sets.import_rule_set",
            content="name: x\ndetectors:\n- label: emial\n  patterns: [a]\n",
        )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("a: &a [x]\nb: *a\n", "line 1, anchor: anchors and aliases aren't taken"),
        ("name: x\nname: y\n", "line 2, name: the key stands twice"),
        ("name: x\n? [1]\n: 2\n", "its key is no text"),
        ("name: [x\n", "it is no YAML"),
        ("name: !!python/object/apply:os.system ['true']\n", "it is no YAML"),
        ("[" * 22 + "]" * 22, "nested more than 20 levels"),
        ("[" * 100_000, "nested more than 20 levels"),
        ("- a\n", "line 1: it is no mapping"),
        ("", "at least 1 character"),
        ("# only words\n", "it is no mapping"),
        ("name: 3\ndescription: [x]\ndetectors: []\n", "The file has 3 faults"),
    ],
)
async def test_what_is_no_rule_set_is_refused(world: World, content: str, told: str) -> None:
    with pytest.raises(CorrectInput) as refusal:
        await world.call("scan_rule_sets.import_rule_set", content=content)
    assert told in refusal.value.detail


async def test_too_large_a_file_is_refused(world: World) -> None:
    with pytest.raises(CorrectInput, match="at most 500000 characters"):
        await world.call("scan_rule_sets.import_rule_set", content="#" * 500_001)
