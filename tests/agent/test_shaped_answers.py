"""Ranked lists, counts by group and bounded lists in words."""

from __future__ import annotations

from datetime import UTC, date, datetime

from agent.answers import part_of, shaped
from agent.planning.types import Denied, Shape
from agent.posture_answers import standings, versus
from tools.catalog.types import AssetSummary
from tools.compliance.types import PostureDetail, Postures, SourceScore
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


def test_a_share_is_told_in_percent_with_what_is_so() -> None:
    shape = Shape(measure="has an owner", noun="tables", share=True)
    owned = _page(*TABLES.items[:2])
    told = part_of(("catalog.list_assets", {}, owned), TABLES, shape, _mark)
    assert told.startswith("**50 %**: 2 of 4 tables have an owner:")
    assert "`crm.b`" in told and "`shop.c`" not in told
    none = part_of(("catalog.list_assets", {}, _page()), TABLES, shape, _mark)
    assert none == "**0 %**: 0 of 4 tables have an owner."
    few = part_of(("catalog.list_assets", {}, _page(TABLES.items[0])),
                  _page(*TABLES.items, total=900), shape, _mark)  # fmt: skip
    assert few.startswith("**under 1 %**: 1 of 900 tables")


def test_groups_are_told_with_their_members() -> None:
    told = tell(Shape(group="owner=", noun="owner", named=True))
    assert told.startswith("4 tables in 2 owners:")
    assert "- **Omar** (2): crm.a and crm.b" in told


def _posture(framework: str, checks: int, failed: int, *sources: tuple[str, int, int]) -> Postures:
    parts = [
        SourceScore(source=name, score=1 - bad / of, checks=of, failed=bad, waived=0)
        for name, of, bad in sources
    ]
    one = PostureDetail(
        framework_id=framework.lower(), framework=framework, source=None, score=1 - failed / checks,
        as_of=datetime(2026, 1, 1, tzinfo=UTC), checks=checks, failed=failed, compliant=not failed,
        failures=[], by_source=parts, unscanned_sources=[], last_evaluated=None,
        previous_score=None,
    )  # fmt: skip
    return Postures(items=[one])


def test_sources_are_ranked_over_all_frameworks() -> None:
    gdpr = _posture("GDPR", 10, 6, ("crm", 4, 3), ("shop", 4, 1), ("people", 2, 2))
    hipaa = _posture("HIPAA", 4, 1, ("crm", 4, 1))
    both = Postures(items=[*gdpr.items, *hipaa.items])
    told = standings(both, Shape(group="by_source", descending=False), _mark)
    assert told.startswith("**crm** has the lowest score over 2 frameworks: 50 %, 4 of 8 checks")
    assert told.index("- crm: 50 %") < told.index("- shop: 75 %")
    assert "people" not in told
    best = standings(both, Shape(group="score", top=1), _mark)
    assert best.startswith("**HIPAA** has the highest score: 75 %") and "GDPR" not in best


def test_two_postures_are_compared_and_one_is_not() -> None:
    gdpr, hipaa = _posture("GDPR", 10, 6), _posture("HIPAA", 4, 1)
    told = versus([gdpr, hipaa])
    assert told is not None
    assert told.startswith("**HIPAA** is ahead") and told.endswith("HIPAA 75 % and GDPR 40 %.")
    assert versus([gdpr]) is None


def test_what_is_denied_is_left_out_and_counted() -> None:
    told = tell(Shape(but=(Denied("owner", "u-1", "Omar", "not owned by Omar"),)))
    assert told.startswith("2 of 4 tables (not owned by Omar):")
    assert "`crm.a`" not in told
    assert "`shop.c`" in told
    assert tell(Shape(but=(Denied("source", "s-1", "crm", "not in crm"),))).startswith("2 of 4")
    assert "`crm.b`" not in tell(Shape(but=(Denied("tag", "t-b", "b", "not tagged b"),)))


def test_what_no_item_tells_of_cant_be_left_out() -> None:
    told = tell(Shape(but=(Denied("framework", "gdpr", "GDPR", "not under GDPR"),)))
    assert told.startswith("I can't tell which are “not under GDPR”, so this is all: 4 tables:")


def test_what_a_group_holds_is_cited() -> None:
    by_source = Shape(group="qualified_name^", noun="source", named=True)
    told = shaped("catalog.list_assets", TABLES, {"kind": "table"}, by_source, lambda _one: "[7]")
    assert "- **crm** (2): crm.a [7] and crm.b [7]" in told


def test_what_lies_in_a_group_is_told_without_its_name() -> None:
    by_place = Shape(group="qualified_name<", noun="schema", named=True)
    told = shaped("catalog.list_assets", TABLES, {"kind": "table"}, by_place, _mark)
    assert "- **crm** (2): a and b" in told
