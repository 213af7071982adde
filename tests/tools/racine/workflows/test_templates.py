"""Every template runs to its end on a small company, and does what it says."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.support.world import World, make_shop
from tests.tools.racine.workflows.carried import carry, statuses
from tools.errors import ChooseAnother, CorrectInput
from tools.racine.workflows.template_list import TEMPLATES


@pytest.fixture
async def shop(stocked: World) -> World:
    await stocked.person("Ann Lee", "steward")
    return stocked


async def run(world: World, template: str, **arguments: str) -> Any:
    """Create a workflow from a template and carry it out, agreeing at every gate."""
    made = await world.call(
        "workflows.create_from_template", template=template, arguments=arguments
    )
    started = await world.call("workflows.execute", workflow=made.id)
    status = await carry(world, started.id)
    while status.status == "waiting":
        for gate in [one.step_id for one in status.steps if one.status == "waiting"]:
            await world.call(
                "workflows.control", execution_id=started.id, action="approve_gate", step_id=gate
            )
        status = await carry(world, started.id)
    assert status.status == "done", [(one.step_id, one.status, one.detail) for one in status.steps]
    return status


async def tasks(world: World) -> set[tuple[str, str]]:
    listed = (await world.call("activity.list_tasks", limit=500)).items
    return {(one.title, one.about) for one in listed}


def result(status: Any, step: str) -> Any:
    return next(one.result for one in status.steps if one.step_id == step)


async def test_who_names_no_workflow_is_told_of_the_templates(shop: World) -> None:
    with pytest.raises(ChooseAnother) as refused:
        await shop.call("workflows.execute", workflow="weekly-pii-swep")
    assert refused.value.remedy.endswith("from a template. Did you mean 'weekly-pii-sweep'?")


async def test_onboarding_ends_with_a_scanned_source_and_tasks_for_owners(world: World) -> None:
    path = Path(world.folder / "crm.sqlite")
    make_shop(path)
    await run(world, "onboard-source", name="crm", kind="sqlite", location=str(path))
    source = await world.call("data_sources.get_source", source="crm")
    assert source.scanned_at is not None
    asked = await tasks(world)
    assert ("Name an owner", "crm.customers") in asked
    assert (await world.call("compliance.list_findings", source="crm")).total > 0


async def test_the_sweep_scans_every_source_and_asks_once_for_what_no_rule_covers(
    shop: World,
) -> None:
    await shop.source("crm")
    first = await run(shop, "weekly-pii-sweep")
    assert result(first, "scan")["done"] == 2
    asked = await tasks(shop)
    uncovered = await shop.call(
        "classifications.list_classified_columns", category="personal", uncovered=True
    )
    assert {about for _title, about in asked} == {one.column for one in uncovered.items}
    execution = await shop.call("workflows.execute", workflow="weekly-pii-sweep")
    assert (await carry(shop, execution.id)).status == "done"
    assert await tasks(shop) == asked


async def test_the_evidence_pack_holds_a_report_and_a_proof(shop: World) -> None:
    status = await run(shop, "gdpr-evidence-pack")
    assert result(status, "trail")["intact"] is True
    assert result(status, "report")["sha256"]
    assert (await shop.call("activity.search", operation="activity.track")).total == 1


async def test_an_erasure_request_reaches_the_tables_and_never_names_the_person(
    shop: World,
) -> None:
    who = "julia0@example.org"
    sealed = (await shop.call("classifications.seal_subject", subject=who)).subject
    status = await run(
        shop, "subject-erasure", kind="email", subject=sealed, request="R-7", due_on="2999-01-31"
    )
    assert ("Erase the rows of a person who asked for it: request R-7", "shop.customers") in (
        await tasks(shop)
    )
    await shop.runtime.kernel.close()
    everything = str(status) + str(await shop.call("activity.search", limit=500))
    assert "julia0" not in everything


async def test_the_access_review_asks_about_each_grant_after_somebody_has_looked(
    shop: World,
) -> None:
    status = await run(shop, "access-review", days="30")
    listed = result(status, "review")["items"]
    assert {("Is this grant still needed?", one["grant_id"]) for one in listed} <= await tasks(shop)


async def test_the_drift_watch_asks_only_where_something_has_changed(shop: World) -> None:
    with sqlite3.connect(shop.folder / "shop.sqlite") as database:
        database.execute("ALTER TABLE products ADD COLUMN weight REAL")
    database.close()
    status = await run(shop, "schema-drift-watch", source="shop")
    assert statuses(status)["scan"] == "done"
    assert any(about.endswith("weight") for _title, about in await tasks(shop))


@pytest.mark.parametrize("passes", [True, False])
async def test_the_quality_gate_marks_or_asks(shop: World, passes: bool) -> None:
    column = "shop.customers.email" if passes else "shop.customers.first_name"
    kind = "not_null" if passes else "unique"
    await shop.call("catalog.define_quality_check", asset=column, kind=kind)
    status = await run(shop, "quality-gate", asset="shop.customers")
    standing = statuses(status)
    assert (standing["mark"], standing["ask"]) == (
        ("done", "skipped") if passes else ("skipped", "done")
    )
    marked = (await shop.call("catalog.get_asset", asset="shop.customers")).tags
    assert ("quality-passed" in marked) == passes


async def test_a_data_product_is_certified_after_checks_and_agreement(shop: World) -> None:
    await shop.call("catalog.set_owner", asset="shop.orders", owner="Ann Lee")
    await shop.call("catalog.describe_asset", asset="shop.orders", description="All orders")
    await shop.call("catalog.define_quality_check", asset="shop.orders.id", kind="unique")
    await run(shop, "certify-data-product", asset="shop.orders", reason="Audited")
    assert (await shop.call("catalog.list_assets", state="certified")).total == 1
    assert (await shop.call("catalog.get_profile", asset="shop.orders")).rows == 60


async def test_triage_marks_the_table_and_warns_whoever_reads_it(shop: World) -> None:
    await run(shop, "incident-triage", asset="shop.customers", what="wrong phone numbers")
    warned = {about for title, about in await tasks(shop) if "under investigation" in title}
    assert {"shop.v_revenue", "shop.v_top"} <= warned
    tags = (await shop.call("catalog.get_asset", asset="shop.customers")).tags
    assert tags == ["under-investigation"]


async def test_a_deprecated_table_names_its_successor_and_asks_readers_to_move(
    shop: World,
) -> None:
    await run(
        shop,
        "deprecate-table",
        asset="shop.customers",
        successor="shop.orders",
        reason="Moved",
        sunset_on="2999-01-31",
    )
    assert (await shop.call("catalog.list_assets", state="deprecated")).total == 1
    moved = {about for title, about in await tasks(shop) if title.startswith("Read shop.orders")}
    assert "shop.v_revenue" in moved


async def test_the_quarter_s_report_is_signed_by_somebody(shop: World) -> None:
    status = await run(shop, "quarter-end-compliance", framework="gdpr")
    assert statuses(status)["sign"] == "done"
    assert result(status, "report")["name"]


async def test_somebody_new_sees_what_the_role_gives(shop: World) -> None:
    status = await run(
        shop,
        "new-joiner-access",
        name="Nia Okoro",
        email="nia@example.com",
        role="viewer",
        source="shop",
    )
    assert result(status, "check")["allowed"] is True
    assert ("Show Nia Okoro around", "shop") in await tasks(shop)


async def test_each_is_listed_with_what_it_asks_for_and_tested_here(shop: World) -> None:
    listed = await shop.call("workflows.templates")
    assert listed.total == len(TEMPLATES) >= 12
    for one in listed.items:
        assert one.description
        assert f'"{one.name}"' in Path(__file__).read_text()
    with pytest.raises(ChooseAnother, match="'quality-gate'"):
        await run(shop, "quality-gates")
    with pytest.raises(CorrectInput, match="needs 'asset'"):
        await run(shop, "quality-gate")
    with pytest.raises(CorrectInput):
        await run(shop, "access-review", days="many")
    assert (await shop.call("workflows.list")).total == 0
