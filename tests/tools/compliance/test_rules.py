"""Rules are tried before they are saved, refused with the position, and kept version by version."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.world import World
from tools.compliance.tables import ComplianceRule
from tools.errors import (
    AskForAccess,
    BeMoreExact,
    ChooseAnother,
    CorrectInput,
    LookAgain,
    RacineError,
)
from tools.seed import seed

OWNED: dict[str, Any] = {
    "title": "Contact tables are owned",
    "description": "Somebody answers for each table with an e-mail address.",
    "severity": "high",
    "applies_to": {"kinds": ["table"], "labels": ["email"]},
    "condition": {"type": "has_owner"},
    "remedy": "Set an owner.",
    "controls": ["gdpr/art-30", "Req. 12.5.2"],
}
TRIED = {name: OWNED[name] for name in ("applies_to", "condition")}


@pytest.fixture
async def shop(stocked: World) -> World:
    await stocked.person("Stella Ray", "steward")
    await stocked.person("Vera Lind", "viewer")
    return stocked


async def test_a_rule_is_tried_on_the_catalog_and_nothing_stays(shop: World) -> None:
    before = await shop.call("compliance.list_rules")
    trial = await shop.call("compliance.test_rule", "vera", **TRIED)
    assert trial.considered == 5 and trial.matched == trial.violating == 3 and not trial.passing
    assert {one.subject for one in trial.violations} == {
        "shop.customers",
        "shop.v_revenue",
        "shop.v_top",
    }
    await shop.call("catalog.set_owner", asset="shop.customers", owner="stella")
    trial = await shop.call("compliance.test_rule", samples=1, **TRIED)
    assert (trial.matched, trial.violating, len(trial.violations)) == (3, 2, 1)
    assert [one.reason for one in trial.passing] == ["shop.customers is owned by Stella Ray."]
    assert [one.model_dump() for one in trial.sources] == [
        {"source": "shop", "matched": 3, "violating": 2}
    ]
    assert await shop.call("compliance.list_rules") == before
    assert (await shop.call("compliance.list_findings")).total == 0


async def test_what_is_tried_equals_what_is_found_once_it_is_saved(shop: World) -> None:
    trial = await shop.call("compliance.test_rule", **TRIED)
    rule = await shop.call("compliance.create_rule", **OWNED)
    assert rule.id == "contact-tables-are-owned" and (rule.version, rule.builtin) == (1, False)
    assert set(rule.controls) == {"gdpr/art-30", "pci-dss-4/12.5.2"}
    await shop.call("compliance.evaluate_compliance")
    found = await shop.call("compliance.list_findings", asset="shop.v_top")
    assert [one.rule_version for one in found.items if one.rule_id == rule.id] == [1]
    assert (await shop.call("compliance.get_rule", rule=rule.id)).open_findings == trial.violating
    saved = await shop.call("compliance.test_rule", rule=rule.id)
    assert (saved.matched, saved.violating) == (trial.matched, trial.violating)
    changed = await shop.call(
        "compliance.test_rule", rule=rule.id, condition={"type": "has_description"}
    )
    assert "isn't described" in changed.violations[0].reason


async def test_a_rule_that_selects_nothing_says_why(shop: World) -> None:
    none = {"kinds": ["table"], "labels": ["credit_card"]}
    trial = await shop.call(
        "compliance.test_rule", applies_to=none, condition=OWNED["condition"], source="shop"
    )
    assert trial.matched == 0 and "None of the 5 tables has what applies_to asks" in trial.note
    await shop.call("data_sources.remove_source", source="shop")
    trial = await shop.call("compliance.test_rule", **TRIED)
    assert "There is no table to judge" in trial.note
    with pytest.raises(CorrectInput, match="'condition' is needed"):
        await shop.call("compliance.test_rule", applies_to=none)


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"condition": {"type": "has_ownr"}}, "condition", "Did you mean 'has_owner'"),
        ({"condition": {"days": 3}}, "condition", "has no 'type'. Give it one of: has_owner"),
        (
            {
                "condition": {
                    "type": "all_of",
                    "conditions": [{"type": "has_owner"}, {"type": "scanned_within"}],
                }
            },
            "condition.conditions[1].days",
            "is missing. scanned_within takes: days",
        ),
        (
            {"condition": {"type": "not", "condition": {"type": "max_readers", "most": -1}}},
            "condition.condition.most",
            "greater than or equal to 0",
        ),
        (
            {"condition": {"type": "any_of", "conditions": [{"type": "has_owner", "sql": "x"}]}},
            "condition.conditions[0].sql",
            "isn't known there. has_owner takes: no arguments",
        ),
        ({"condition": {"type": "all_of", "conditions": "x"}}, "condition.conditions", "tuple"),
        ({"applies_to": {"kinds": ["tabel"]}}, "applies_to.kinds[0]", "'table', 'column'"),
        ({"applies_to": {"kind": ["table"]}}, "applies_to.kinds", "is missing. Add it"),
        ({"applies_to": {"kinds": ["user"]}}, "rule", "can't judge a user"),
        (
            {"applies_to": {"kinds": ["table"], "labels": ["emial"]}},
            "applies_to.labels",
            "Did you mean 'email'",
        ),
        (
            {"applies_to": {"kinds": ["table"], "categories": ["helth"]}},
            "applies_to.categories",
            "'health'",
        ),
        (
            {
                "condition": {
                    "type": "any_of",
                    "conditions": [{"type": "readable_only_by", "roles": ["stewrad"]}],
                }
            },
            "condition.conditions[0].roles",
            "'steward'",
        ),
        (
            {"condition": {"type": "not", "condition": {"type": "label_absent", "labels": ["x1"]}}},
            "condition.condition.labels",
            "names 'x1'",
        ),
        ({"rule_id": "Not a slug"}, "id", "can't be used"),
        ({"controls": ["gdpr/art-300"]}, "control", "'gdpr/art-30'"),
        ({"controls": ["gdpr/art-5"]}, "control", "heading over controls"),
    ],
)
async def test_a_refusal_names_the_position_and_the_way_out(
    shop: World, changes: dict[str, Any], field: str, says: str
) -> None:
    with pytest.raises(RacineError) as refusal:
        await shop.call("compliance.create_rule", **(OWNED | changes))
    assert refusal.value.field == field
    assert says in str(refusal.value)
    assert (await shop.call("compliance.list_rules", limit=500)).total == len(await builtin(shop))


async def builtin(shop: World) -> list[str]:
    page = await shop.call("compliance.list_rules", limit=500)
    return [one.id for one in page.items if one.builtin]


async def test_a_change_is_a_new_version_and_findings_name_theirs(shop: World) -> None:
    rule = await shop.call("compliance.create_rule", **OWNED)
    await shop.call("compliance.evaluate_compliance")
    stricter = {
        "type": "all_of",
        "conditions": [{"type": "has_owner"}, {"type": "has_description", "min_length": 10}],
    }
    changed = await shop.call(
        "compliance.update_rule", "stella", rule=rule.title, condition=stricter, severity="critical"
    )
    assert changed.version == 2 and changed.severity == "critical"
    assert [(one.version, one.written_by) for one in changed.versions] == [
        (2, "Stella Ray"),
        (1, "Administrator"),
    ]
    first = await shop.call("compliance.get_rule", rule=rule.id, version=1)
    assert (first.condition, first.severity, first.version) == ({"type": "has_owner"}, "high", 1)
    page = await shop.call("compliance.list_findings", asset="shop.customers")
    (one,) = [one for one in page.items if one.rule_id == rule.id]
    assert (one.rule_version, one.severity) == (1, "high")
    await shop.call("compliance.evaluate_compliance")
    again = await shop.call("compliance.get_finding", finding=one.id)
    assert (again.rule_version, again.severity) == (2, "critical")
    assert "has no owner and isn't described" in again.summary
    with pytest.raises(ChooseAnother, match="no version 3"):
        await shop.call("compliance.get_rule", rule=rule.id, version=3)
    with pytest.raises(CorrectInput, match="Nothing is to be changed"):
        await shop.call("compliance.update_rule", rule=rule.id)
    same = await shop.call("compliance.update_rule", rule=rule.id, severity="critical")
    assert same.version == 2


async def test_a_rule_that_is_switched_off_is_judged_no_more(shop: World) -> None:
    await shop.call("compliance.evaluate_compliance")
    some = (await shop.call("compliance.list_findings")).items[0]
    off = await shop.call("compliance.update_rule", rule=some.rule_id, enabled=False)
    assert not off.enabled and off.builtin and off.version == 1
    await shop.call("compliance.evaluate_compliance")
    assert (await shop.call("compliance.get_rule", rule=some.rule_id)).open_findings == 0
    await shop.call("compliance.update_rule", rule=some.rule_id, enabled=True)
    report = await shop.call("compliance.evaluate_compliance")
    assert report.opened > 0


async def test_what_comes_with_the_product_is_changed_by_releases_only(shop: World) -> None:
    for name, more in {
        "compliance.update_rule": {"title": "Another title"},
        "compliance.delete_rule": {},
    }.items():
        with pytest.raises(LookAgain, match="comes with the product") as refusal:
            await shop.call(name, rule="retention-declared", **more)
        assert "enabled=false" in refusal.value.remedy
    with pytest.raises(LookAgain, match="upgrades bring it back"):
        await shop.call(
            "compliance.map_control", rule="retention-declared", control="gdpr/art-30", remove=True
        )
    mapped = await shop.call(
        "compliance.map_control", rule="retention-declared", control="gdpr/art-17"
    )
    await shop.call("compliance.update_rule", rule="retention-declared", enabled=False)
    await seed(shop.runtime.kernel)
    after = await shop.call("compliance.get_rule", rule="retention-declared")
    assert "gdpr/art-17" in after.controls == mapped.controls
    assert (after.enabled, after.version) == (False, 1)


async def test_an_upgrade_that_changes_a_rule_leaves_its_earlier_version(shop: World) -> None:
    async with shop.runtime.database.writing() as session:
        row = await session.get_one(ComplianceRule, "retention-declared")
        row.definition = {**row.definition, "title": "As the last release said"}
    await seed(shop.runtime.kernel)
    rule = await shop.call("compliance.get_rule", rule="retention-declared")
    assert [one.version for one in rule.versions] == [2, 1] and rule.version == 2
    await seed(shop.runtime.kernel)
    assert (await shop.call("compliance.get_rule", rule="retention-declared")).version == 2


async def test_a_mapping_counts_in_the_posture_and_is_taken_away_again(shop: World) -> None:
    rule = await shop.call("compliance.create_rule", **(OWNED | {"controls": []}))
    before = (await shop.call("compliance.get_posture", framework="hipaa")).items[0]
    with pytest.raises(LookAgain, match="doesn't serve"):
        await shop.call(
            "compliance.map_control", rule=rule.id, control="hipaa/164.308-a-2", remove=True
        )
    await shop.call("compliance.map_control", rule=rule.id, control="hipaa/164.308-a-2")
    after = (await shop.call("compliance.get_posture", framework="hipaa")).items[0]
    assert after.checks == before.checks + 3
    with pytest.raises(LookAgain, match="already"):
        await shop.call("compliance.map_control", rule=rule.id, control="hipaa/164.308-a-2")
    left = await shop.call(
        "compliance.map_control", rule=rule.id, control="hipaa/164.308-a-2", remove=True
    )
    assert left.controls == []


async def test_deleting_takes_versions_mappings_and_findings_along(shop: World) -> None:
    rule = await shop.call("compliance.create_rule", **OWNED)
    with pytest.raises(LookAgain, match="already"):
        await shop.call("compliance.create_rule", **OWNED)
    await shop.call("compliance.evaluate_compliance")
    gone = await shop.call("compliance.delete_rule", rule=rule.id)
    assert (gone.versions, gone.findings, len(gone.controls)) == (1, 3, 2)
    with pytest.raises(ChooseAnother, match="no rule"):
        await shop.call("compliance.get_rule", rule=rule.id)
    assert (await shop.call("compliance.create_rule", **OWNED)).version == 1


async def test_rules_are_written_by_those_who_may_everywhere(shop: World) -> None:
    await shop.person("Kai Berg", "steward", source="shop")
    for who in ("vera", "kai"):
        with pytest.raises(AskForAccess, match=r"compliance\.write"):
            await shop.call("compliance.create_rule", who, **OWNED)


async def test_a_reference_of_two_frameworks_is_asked_back(shop: World) -> None:
    from tools.compliance.tables import Control

    async with shop.runtime.database.writing() as session:
        session.add(
            Control(
                id="hipaa/art-30",
                framework_id="hipaa",
                ref="Art. 30",
                title="Twin",
                summary="Twin.",
                assessable=True,
            )
        )
    with pytest.raises(BeMoreExact, match="several frameworks"):
        await shop.call("compliance.create_rule", **(OWNED | {"controls": ["Art. 30"]}))


async def test_rules_are_listed_by_severity(shop: World) -> None:
    whole = await shop.call("compliance.list_rules", limit=500)
    for level in ("low", "medium", "high", "critical"):
        part = await shop.call("compliance.list_rules", severity=level, limit=500)
        assert part.total == sum(one.severity == level for one in whole.items) > 0


async def test_a_control_whose_rules_are_all_switched_off_is_a_gap(shop: World) -> None:
    async def gaps() -> set[str]:
        found = await shop.call("compliance.find_gaps", framework="gdpr", limit=500)
        return {control.id for control in found.controls}

    before = await gaps()
    await shop.call("compliance.update_rule", rule="special-category-assessed", enabled=False)
    assert await gaps() == before | {"gdpr/art-35", "gdpr/art-36"}
    report = await shop.call("compliance.export_report", framework="gdpr", format="json")
    assert set(json.loads(report.content)["controls_without_rule"]) == await gaps()
