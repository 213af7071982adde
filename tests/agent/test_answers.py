"""What the built-in planner says of results: every kind is put in words that hold facts."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from agent.answers import OUTCOMES, closing_answer, closing_citations, render
from api.runtime import build
from api.settings import Settings
from tests.support.world import World
from tools.catalog.types import ListedCheck
from tools.context import Caller
from tools.racine.workflows.tables import Execution, ExecutionStep
from tools.values import Cited, Page, page

SHOP = {"source": "shop"}
CUSTOMERS = {"asset": "shop.customers"}
SAID: list[tuple[str, dict[str, Any], str]] = [
    ("activity.search", {}, "scan_logic.start_scan done"),
    ("activity.search", {"operation": "none.such"}, "Nothing of that kind was recorded."),
    ("activity.get", {"activity": "latest"}, "compliance.evaluate_compliance by Administrator"),
    ("activity.verify_audit_trail", {}, "row"),
    ("catalog.analyze_impact", CUSTOMERS, "`shop.v_revenue`"),
    ("catalog.analyze_impact", {"asset": "shop.v_top"}, "No view that the catalog knows reads"),
    ("catalog.get_asset", CUSTOMERS, "| `email` |"),
    ("catalog.get_lineage", {"asset": "shop.v_top"}, "is fed by"),
    ("catalog.get_lineage", {**CUSTOMERS, "direction": "upstream"}, "knows nothing that feeds"),
    ("catalog.list_assets", SHOP, "`shop.orders`"),
    ("catalog.list_assets", {"tag": "none"}, "There are no assets tagged none"),
    ("catalog.list_owners", {}, "Administrator: 1 asset"),
    ("catalog.list_owners", CUSTOMERS, "Nobody owns `shop.customers`"),
    ("catalog.list_owners", {"asset": "shop.orders"}, "Administrator owns `shop.orders`"),
    ("catalog.search_assets", {"query": "customers"}, "`shop.customers`"),
    ("catalog.get_quality", CUSTOMERS, "shop.customers"),
    ("compliance.test_rule", {"rule": "retention-declared"}, "- violating"),
    ("integration.groups_status", {}, "**catalog**: served by racine"),
    ("workflows.templates", {}, "12 templates:"),
    ("rbac.list_permissions", {}, "catalog"),
    ("classifications.explain_classification", CUSTOMERS, "sampled values matched"),
    ("classifications.explain_classification", {"asset": "shop.products.sku"}, "carries no label"),
    ("classifications.get_asset_classification", CUSTOMERS, "`shop.customers.email`"),
    ("classifications.list_classified_columns", {"label": "email"}, "labelled email"),
    ("classifications.list_classified_columns", {"label": "iban"}, "has to be scanned"),
    ("classifications.list_labels", {}, "20 of "),
    ("classifications.summarize_sensitivity", SHOP, "columns carry a label"),
    ("compliance.find_gaps", {"framework": "gdpr"}, "have no rule"),
    ("compliance.get_control", {"control": "gdpr/art-32"}, "Rules serve parts of it: "),
    ("compliance.get_framework", {"framework": "gdpr"}, "GDPR"),
    ("compliance.get_posture", {"framework": "gdpr", **SHOP}, "not compliant"),
    ("compliance.list_findings", {}, "Rule:"),
    ("compliance.list_frameworks", {}, "HIPAA"),
    ("compliance.list_rules", {}, "rules"),
    ("compliance.search_controls", {"query": "encryption"}, "**"),
    ("data_sources.check_health", SHOP, "answers in"),
    ("data_sources.get_source", SHOP, "owned by nobody"),
    ("data_sources.list_connectors", {}, "DuckDB"),
    ("data_sources.list_sources", {}, "shop"),
    ("data_sources.preview_rows", CUSTOMERS, "(masked)"),
    ("data_sources.summarize_source", SHOP, "3 tables"),
    ("orchestration.health", {}, "Racine is **"),
    ("rbac.check_access", {"user": "Administrator", "permission": "catalog.write"}, "may use"),
    ("rbac.check_access", {"user": "Vera Viewer", "permission": "rbac.write"}, "may **not**"),
    ("rbac.get_user", {"user": "Vera Viewer"}, "viewer"),
    ("rbac.list_permissions", {}, "catalog.read"),
    ("rbac.list_roles", {}, "steward"),
    ("rbac.list_users", {}, "Vera Viewer"),
    ("rbac.who_can", {"permission": "rbac.write"}, "Administrator"),
    ("scan_logic.estimate_scan", SHOP, "would sample"),
    ("scan_logic.list_scans", {}, "shop"),
    ("scan_logic.get_scan", {"scan": "shop"}, "classifications in 17 columns"),
    ("scan_rule_sets.list_rule_sets", {}, "detectors"),
    ("search.unified", {"query": "customers"}, "customers"),
    ("users.profile", {}, "Administrator"),
    ("workspaces.list", {}, "finance"),
    ("activity.search", {"user": "Vera Viewer"}, "Nothing was recorded by that person."),
    ("activity.search", {"limit": 1}, "workspaces.create done"),  # the newest is a read
]


@pytest.fixture
async def world(shop_folder: Path, tmp_path: Path) -> AsyncIterator[World]:
    folder = Path(shutil.copytree(shop_folder, tmp_path / "data"))
    runtime = build(Settings(data_dir=folder))
    world = World(runtime, Caller(await runtime.accounts.ensure_administrator(None), "api"), folder)
    yield world
    await runtime.kernel.close()
    await runtime.events.close()
    runtime.index.close()
    await runtime.database.close()


def mark(value: Cited) -> str:
    return f"[{value.citation().id[:4]}]"


async def test_every_result_is_put_in_words(world: World) -> None:
    await world.person("Vera Viewer", "viewer")
    await world.call("workspaces.create", name="finance")
    await world.call("catalog.set_owner", asset="shop.orders", owner="Administrator")
    await world.call("compliance.evaluate_compliance")
    masked = Caller(world.administrator.user_id, "assistant", masked=True)
    wrong: list[str] = []
    for operation, arguments, expected in SAID:
        try:
            value = await world.call(operation, masked, **arguments)
        except Exception as error:
            wrong.append(f"{operation}: {error}")
            continue
        told = render(operation, value, arguments, mark)
        if expected not in told or "None" in told:
            wrong.append(f"{operation} {arguments}: {expected!r} not in: {told[:300]}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("done", ["Done: Tidy, and more.", "shop.orders is described", "`act_1`"]),
        ("failed", ["stopped at a step that failed", "failed: No such asset.", "stays done"]),
        ("cancelled", ["was cancelled", "not run"]),
    ],
)
def test_the_end_of_an_execution_says_what_was_done_and_what_not(
    status: str, expected: list[str]
) -> None:
    execution = Execution(id="exe_1", title="Tidy", status=status, steps=[])
    done = ExecutionStep(
        operation="catalog.describe_asset",
        status="done",
        result={"asset": "shop.orders", "qualified_name": "shop.orders"},
        activity_id="act_1",
        changes=1,
    )
    rows = [done]
    if status != "done":
        rows.append(
            ExecutionStep(operation="catalog.tag_asset", status="failed", detail="No such asset.")
        )
        rows.append(ExecutionStep(operation="catalog.tag_asset", status="skipped"))
    told = closing_answer(execution, rows, f"{status}, and more")
    assert told.splitlines()[0].endswith(", and more.")
    assert "(activity `act_1`) [1]" in told
    assert [one.id for one in closing_citations(rows)] == ["act_1"]
    for words in expected:
        assert words in told


def test_what_a_scan_or_a_run_of_checks_left_undone_is_told() -> None:
    scan = {"columns": 3, "tables": 9, "seconds": 1.5, "found": 1, "labels": {"email": 1}}
    found = OUTCOMES["scan_logic.start_scan"]
    assert found(scan).endswith("classified 1: email (1)")
    told = found(scan | {"tables_failed": 4, "tables_left": 1})
    assert told.endswith("; 4 tables could not be read; 1 table not reached")
    checks = OUTCOMES["catalog.run_quality_checks"]
    assert checks({"passed": 1, "checks": 2, "note": None}) == "1 of 2 quality checks passed"
    assert checks({"passed": 0, "checks": 0, "note": "There are none."}) == "There are none."


def test_where_no_check_fails_it_says_how_to_see_the_others() -> None:
    none: Page[ListedCheck] = page([], 0, None)
    failed = render("catalog.list_quality_checks", none, {"status": "failed"}, str)
    assert "failed" in failed and "“Which quality checks do we have?”" in failed
    assert "Define one" in render("catalog.list_quality_checks", none, {}, str)
