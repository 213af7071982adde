"""Ranked lists, counts by group and bounded lists in words."""

from __future__ import annotations

from datetime import UTC, date, datetime

from agent.answers import shaped
from agent.planning.types import Shape
from tools.catalog.types import AssetSummary
from tools.data_sources.types import SourceSummary
from tools.values import Cited, Page


def _mark(_one: Cited) -> str:
    return ""


def _table(name: str, rows: int | None, owner: str | None = None) -> AssetSummary:
    return AssetSummary(
        id=name,
        kind="table",
        name=name,
        qualified_name=name,
        source_id="src",
        row_count=rows,
        owner=owner,
        tags=["a", "b"][: rows or 0],
    )


def _page(*items: AssetSummary, total: int | None = None) -> Page[AssetSummary]:
    total = len(items) if total is None else total
    return Page[AssetSummary](
        items=list(items), total=total, returned=len(items), truncated=total > len(items)
    )


TABLES = _page(
    _table("crm.a", 5, "Omar"),
    _table("crm.b", 20, "Omar"),
    _table("shop.c", 1),
    _table("shop.d", None),
)


def tell(shape: Shape, page: Page[AssetSummary] = TABLES) -> str:
    return shaped("catalog.list_assets", page, {"kind": "table"}, shape, _mark)


def test_the_first_come_first_and_what_has_no_value_is_counted() -> None:
    told = tell(Shape("row_count", "rows", True, 2))
    assert told.startswith("2 of 4 tables, most row count first:")
    assert told.index("`crm.b`") < told.index("`crm.a`")
    assert "`shop.c`" not in told
    assert "1 table without such a value left out." in told
    assert "None of 1 table" in tell(Shape("row_count"), _page(_table("crm.x", None)))


def test_lists_are_ranked_by_their_length() -> None:
    told = tell(Shape("tags", "tags", False))
    assert told.index("`shop.d`") < told.index("`shop.c`") < told.index("`crm.a`")


def test_groups_are_counted_and_the_one_with_most_is_named() -> None:
    plain = tell(Shape(group="qualified_name^", noun="source"))
    assert plain.startswith("4 tables, by source:")
    assert "- crm: 2" in plain
    owners = tell(Shape(measure="tables", group="owner=", noun="owner"))
    assert owners.startswith("**Omar** has the most: 2 of 4 tables:")
    assert "2 tables without owner." in owners
    alike = tell(Shape(measure="tables", group="qualified_name^", noun="source", descending=False))
    assert alike.startswith("2 sources have the fewest: 2 each, of 4 tables:")
    assert "A source that has none isn't in this list." in alike
    assert tell(Shape(group="tags", noun="tag")).count("\n- ") == 3


def test_no_group_at_all_is_said() -> None:
    told = tell(Shape(measure="tables", group="owner=", noun="owner"), _page(_table("crm.x", 1)))
    assert told == "None of 1 table has a owner."
    assert "There are no tables" in tell(Shape("row_count"), _page())


def test_what_was_not_read_is_said() -> None:
    told = tell(Shape("row_count", "rows"), _page(_table("crm.a", 5), total=900))
    assert "This is of the first 1 of 900 tables." in told


def test_bounds() -> None:
    told = tell(Shape("row_count", "rows", True, least=5))
    assert told.startswith("2 of 4 tables with at least 5 rows:")
    assert "`shop.c`" not in told
    assert tell(Shape("row_count", "rows", most=0)) == "0 of 4 tables with at most 0 rows."


def test_what_never_was_and_what_was_long_ago() -> None:
    def source(name: str, scanned: datetime | None) -> SourceSummary:
        return SourceSummary(
            id=name, name=name, kind="sqlite", location=name, environment="test", owner=None,
            tags=[], status="discovered", created_at=datetime(2026, 1, 1, tzinfo=UTC),
            discovered_at=None, scanned_at=scanned, credentials_at=None, warnings=[],
        )  # fmt: skip

    items = [source("old", datetime(2026, 1, 1, tzinfo=UTC)), source("never", None),
             source("new", datetime(2026, 6, 1, tzinfo=UTC))]  # fmt: skip
    page = Page[SourceSummary](items=items, total=3, returned=3, truncated=False)

    def told(shape: Shape) -> str:
        return shaped("data_sources.list_sources", page, {}, shape, _mark)

    never = told(Shape("scanned_at", "scanned", empty=True))
    assert never.startswith("1 of 3 data sources never scanned:")
    late = told(Shape("scanned_at", "scanned", most=date(2026, 3, 1)))
    assert late.startswith("2 of 3 data sources not scanned since 2026-03-01:")
    assert "**new**" not in late
    first = told(Shape("scanned_at", "time", False))
    assert "oldest first" in first
    by_day = told(Shape(group="scanned_at", noun="day"))
    assert "- 2026-01-01: 1" in by_day
