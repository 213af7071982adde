"""Several results told as one: what is behind a symptom, which checks to add, what to rely on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from agent.advice_answers import checks_advised, standing
from agent.diagnosis_answers import diagnosed
from agent.planning.types import Shape
from agent.shaped_answers import counted
from tools.catalog.types import (
    AssetDetail,
    AssetSummary,
    CheckStanding,
    KeyReference,
    Lineage,
    LineageNode,
    ListedCheck,
    Quality,
    SchemaComparison,
    SchemaDifference,
)
from tools.data_sources.types import SourceHealth
from tools.errors import LookAgain
from tools.values import Cited, Page

AT = datetime(2026, 11, 28, 6, 0, tzinfo=UTC)


def _mark(_one: Cited) -> str:
    return ""


def _page(*items: Any, of: type[Page[Any]] = Page[Any], **more: Any) -> Any:
    return of(items=list(items), total=len(items), returned=len(items), truncated=False, **more)


def _column(name: str, data_type: str, labels: list[str] | None = None) -> AssetSummary:
    return AssetSummary(
        id=name, kind="column", name=name, qualified_name=f"shop.orders.{name}", source_id="src",
        data_type=data_type, labels=labels or [],
    )  # fmt: skip


def _table(**more: Any) -> AssetDetail:
    columns = [
        _column("order_id", "INTEGER"), _column("customer_id", "INTEGER"),
        _column("email", "TEXT", ["email"]), _column("total", "DECIMAL(10,2)"),
        _column("ordered_at", "TIMESTAMP"), _column("note", "TEXT"),
    ]  # fmt: skip
    return AssetDetail(
        id="a", kind="table", name="orders", qualified_name="shop.orders", source_id="src",
        row_count=1000, columns=columns, primary_key=["order_id"],
        foreign_keys=[KeyReference(column="customer_id", refers_to="shop.customers.customer_id")],
        **more,
    )  # fmt: skip


def _check(kind: str, column: str, status: str) -> CheckStanding:
    return CheckStanding.model_validate(
        {"id": kind, "name": f"{column} {kind}", "kind": kind, "asset": "shop.orders",
         "column": column, "parameters": {}, "created_by": "Ada", "created_at": AT,
         "status": status, "history": [], "runs": 1,
         "failing_since": AT if status == "failed" else None}
    )  # fmt: skip


def _quality(*checks: CheckStanding) -> Quality:
    failed = sum(one.status == "failed" for one in checks)
    return Quality(
        asset_id="a", asset="shop.orders", kind="table", checks=len(checks),
        passed=len(checks) - failed, failed=failed, errors=0, never_run=0, items=list(checks),
    )  # fmt: skip


def _lineage(*upstream: tuple[str, str]) -> Lineage:
    nodes = [
        LineageNode(id=name, kind="table", qualified_name=name, distance=1, via=via)
        for name, via in upstream
    ]
    return Lineage(
        asset_id="a", asset="shop.orders", kind="table", direction="upstream", depth=5,
        upstream=nodes, upstream_total=len(nodes), downstream=[], downstream_total=0, edges=[],
        edges_total=0, truncated=False, deeper=False,
    )  # fmt: skip


def _health(*, reachable: bool) -> SourceHealth:
    return SourceHealth(
        source="shop", reachable=reachable, latency_ms=1.0, server_version=None,
        detail="refused", last_scan=None, source_id="src",
    )  # fmt: skip


def test_clues_stand_apart_from_what_is_clear_and_from_what_isnt_known() -> None:
    changed = SchemaDifference(
        change="retyped", name="orders.total", kind="column", before="INTEGER", after="TEXT"
    )
    counts = {"added": 0, "dropped": 0, "retyped": 1, "nullable_changed": 0}
    compared = _page(changed, of=SchemaComparison, before="then", after="now", **counts)
    told = diagnosed(
        [
            ("catalog.get_lineage", {}, _lineage(("raw.loads", "view"), ("x.y", "foreign_key"))),
            ("catalog.get_quality", {}, _quality(_check("unique", "order_id", "failed"))),
            ("catalog.compare_schemas", {"since": "2026-11-21"}, compared),
            ("data_sources.check_health", {}, _health(reachable=True)),
            ("catalog.list_quality_checks", {"source": "shop"}, _page(of=Page[ListedCheck])),
            ("activity.search", {}, LookAgain("The log can't be read.", "Ask.", code="x")),
        ],
        _mark,
    )
    clues, _, rest = told.partition("**What shows nothing unusual**")
    clear, _, unknown = rest.partition("**What I can't tell**")
    assert "made of `raw.loads`:" in clues  # a key that refers to a table feeds nothing
    assert "order_id unique of `shop.orders` fails since 2026-11-28" in clues
    assert "column `orders.total` retyped, INTEGER → TEXT" in clues
    assert "The source shop answers" in clear
    assert "No quality check fails in shop" in clear
    assert "The log can't be read." in unknown
    assert "Profile raw.loads" in unknown


def test_a_source_that_cant_be_reached_is_a_clue_and_nothing_found_is_said() -> None:
    down = diagnosed([("data_sources.check_health", {}, _health(reachable=False))], _mark)
    assert down.startswith("**What could be behind it**\n- The source shop can't be reached")
    none = diagnosed([("catalog.get_lineage", {}, _lineage())], _mark)
    assert none.startswith("Nothing that is recorded here explains it.")
    assert "no lineage to it is known" in none


def test_a_table_that_was_first_read_lately_has_not_changed() -> None:
    new = SchemaDifference(change="added", name="orders", kind="table", before=None, after=None)
    counts = {"added": 1, "dropped": 0, "retyped": 0, "nullable_changed": 0}
    compared = _page(new, of=SchemaComparison, before="then", after="now", **counts)
    told = diagnosed([("catalog.compare_schemas", {"since": "2026-11-21"}, compared)], _mark)
    assert "it wasn't discovered yet" in told
    assert "The schema changed" not in told


def test_checks_are_advised_by_keys_types_and_labels_and_not_twice() -> None:
    found = [("catalog.get_quality", {}, _quality()), ("catalog.get_asset", {}, _table())]
    told = checks_advised(found, _mark)
    for said in (
        "shop.orders.order_id is unique", "shop.orders.customer_id is never null",
        "shop.orders.email is never null", "shop.orders.total is at least 0",
        "shop.orders.ordered_at is no older than 24 hours", "shop.orders has at least 900 rows",
    ):  # fmt: skip
        assert f"“Check that {said}”" in told
    assert "note" not in told
    assert "It has no profile yet" in told
    has = [("catalog.get_quality", {}, _quality(_check("unique", "order_id", "passed")))]
    again = checks_advised([*has, ("catalog.get_asset", {}, _table())], _mark)
    assert "order_id is unique" not in again
    assert "1 check already" in again


def test_what_is_relied_on_has_somebody_who_vouches_for_it() -> None:
    def told(asset: AssetDetail, quality: Quality) -> str:
        return standing(
            [("catalog.get_quality", {}, quality), ("catalog.get_asset", {}, asset)], _mark
        )

    assert "**with care**" in told(_table(), _quality())
    assert "it has no owner" in told(_table(), _quality())
    sound = _quality(_check("unique", "order_id", "passed"))
    vouched = _table(certification="gold", owner="Ada", description="Orders")
    assert "**yes**" in told(vouched, sound)
    assert "**not now**" in told(vouched, _quality(_check("unique", "order_id", "failed")))
    left = _table(certification="gold", deprecated_at=AT, deprecation_reason="replaced")
    assert "**no**, it is deprecated" in told(left, sound)


def test_an_asset_that_may_not_be_seen_is_told_as_such() -> None:
    refused = [("catalog.get_asset", {}, LookAgain("There is no 'x'.", "Look.", code="none"))]
    assert standing(refused, _mark) == "There is no 'x'. Look."
    assert checks_advised(refused, _mark) == "There is no 'x'. Look."


def test_groups_are_averaged_and_bounded() -> None:
    columns = [_column(name, "TEXT") for name in "abc"]
    other = _column("d", "TEXT").model_copy(update={"qualified_name": "crm.x.d"})
    page = _page(*columns, other)
    mean = counted(page, Shape(group="qualified_name<", noun="table", average=True), "column")
    assert mean == ("**2.0** on average: 4 columns in 2 tables, from 1 (crm.x) to 3 (shop.orders).")
    many = counted(page, Shape(group="qualified_name<", noun="table", least=2), "column")
    assert many.startswith("1 of 2 tables with at least 2 columns:")
    assert "crm.x" not in many
    few = counted(page, Shape(group="qualified_name<", noun="table", most=2), "column")
    assert "crm.x: 1" in few
    assert "A table that has none isn't counted." in few
