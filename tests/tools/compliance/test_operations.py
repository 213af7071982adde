"""Compliance: findings open and resolve, postures equal a count, gaps are named."""

from __future__ import annotations

import pytest

from tests.support.world import World
from tools.errors import AskForAccess, ChooseAnother


@pytest.fixture
async def shop(stocked: World) -> World:
    return stocked


async def test_evaluating_opens_findings_and_mending_resolves_them(shop: World) -> None:
    first = await shop.call("compliance.evaluate_compliance", source="shop")
    assert first.opened == first.failed > 0 and first.resolved == 0
    assert sum(first.by_severity.values()) == first.failed
    again = await shop.call("compliance.evaluate_compliance", source="shop")
    assert (again.opened, again.resolved, again.failed) == (0, 0, first.failed)
    opened = await shop.call("compliance.list_findings", asset="shop.customers.email", limit=500)
    assert opened.total > 0
    await shop.person("Dana Weber")
    await shop.call("catalog.set_owner", asset="shop.customers", owner="dana")
    for label in ("email",):
        await shop.call(
            "classifications.reject_classification", asset="shop.customers.email", label=label
        )
    mended = await shop.call("compliance.evaluate_compliance", source="shop")
    assert mended.resolved >= opened.total
    assert (await shop.call("compliance.list_findings", asset="shop.customers.email")).total == 0
    resolved = await shop.call("compliance.list_findings", status="resolved", limit=500)
    assert {one.id for one in opened.items} <= {one.id for one in resolved.items}
    assert all(one.resolved_at for one in resolved.items)


async def test_the_posture_equals_a_count_of_findings(shop: World) -> None:
    report = await shop.call("compliance.evaluate_compliance", source="shop", framework="gdpr")
    findings = await shop.call("compliance.list_findings", framework="GDPR", limit=500)
    (posture,) = (await shop.call("compliance.get_posture", framework="gdpr", source="shop")).items
    assert posture.failed == findings.total == report.failed
    assert posture.checks == report.checks
    assert posture.score == round(1 - posture.failed / posture.checks, 3)
    assert posture.compliant is False and posture.last_evaluated is not None
    assert sum(one.failed for one in posture.failures) == posture.failed
    assert len((await shop.call("compliance.get_posture")).items) == 7


async def test_findings_are_filtered_and_shown_with_evidence(shop: World) -> None:
    await shop.call("compliance.evaluate_compliance")
    every = await shop.call("compliance.list_findings", source="shop", limit=500)
    split = [
        (await shop.call("compliance.list_findings", source="shop", severity=level)).total
        for level in ("low", "medium", "high", "critical")
    ]
    assert sum(split) == every.total
    one = next(one for one in every.items if one.rule_id == "retention-declared")
    assert await shop.call("compliance.get_finding", finding=one.id) == one
    assert one.remedy and one.controls
    with pytest.raises(ChooseAnother, match="no finding"):
        await shop.call("compliance.get_finding", finding="fnd_x")
    rule = await shop.call("compliance.get_rule", rule=one.rule_id)
    assert rule.open_findings == sum(each.rule_id == one.rule_id for each in every.items)
    with pytest.raises(ChooseAnother, match="no rule"):
        await shop.call("compliance.get_rule", rule="nope")


async def test_frameworks_controls_and_rules_are_found(shop: World) -> None:
    frameworks = (await shop.call("compliance.list_frameworks")).items
    ids = {one.id for one in frameworks}
    assert ids == {"gdpr", "hipaa", "pci-dss-4", "iso-27001", "soc-2", "ccpa", "nist-800-53"}
    for one in frameworks:
        detail = await shop.call("compliance.get_framework", framework=one.name)
        assessed = [control for control in detail.items if control.rules]
        if one.id in ("iso-27001", "soc-2"):
            continue  # no rule serves these yet
        assert 0 < one.covered <= one.controls and assessed
        rules = await shop.call("compliance.list_rules", framework=one.id)
        assert rules.total > 0
    pci = await shop.call("compliance.get_framework", framework="pci_dss_4")
    assert pci.id == "pci-dss-4"
    found = await shop.call("compliance.search_controls", query="erasure", framework="gdpr")
    assert found.total and all("eras" in str(one.model_dump()).lower() for one in found.items)
    control = await shop.call("compliance.get_control", control=found.items[0].id)
    assert found.items[0].model_dump().items() <= control.model_dump().items()
    with pytest.raises(ChooseAnother, match="doesn't exist"):
        await shop.call("compliance.get_control", control="gdpr/999")
    with pytest.raises(ChooseAnother, match="no framework 'gdrp'") as refusal:
        await shop.call("compliance.get_framework", framework="gdrp")
    assert "'gdpr'" in refusal.value.remedy


async def test_gaps_name_controls_columns_and_sources(shop: World) -> None:
    await shop.source("raw")
    gaps = await shop.call("compliance.find_gaps")
    assert gaps.unscanned_sources == ["raw"]
    assert gaps.controls_without_rule >= len(gaps.controls) > 0
    assert all(not control.rules for control in gaps.controls)
    hipaa = await shop.call("compliance.find_gaps", framework="hipaa", source="shop", limit=1)
    assert hipaa.unscanned_sources == [] and hipaa.framework
    assert len(hipaa.columns) <= 1 and hipaa.columns_without_rule >= len(hipaa.columns)


async def test_viewers_read_and_do_not_evaluate(shop: World) -> None:
    await shop.person("Vera Lind", "viewer", source="shop")
    assert (await shop.call("compliance.get_posture", "vera", source="shop")).items
    with pytest.raises(AskForAccess, match=r"compliance\.write"):
        await shop.call("compliance.evaluate_compliance", "vera", source="shop")
