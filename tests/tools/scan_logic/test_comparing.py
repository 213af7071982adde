"""Two scans beside each other, and estimates from those that have run."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.support.world import World
from tests.tools.scan_logic.test_controlling import SLOW
from tools.errors import ChooseAnother, CorrectInput, LookAgain


async def test_what_differs_is_told_by_table_and_column(world: World) -> None:
    await world.source(scanned=True)
    with closing(sqlite3.connect(world.folder / "shop.sqlite")) as database:
        database.executescript(
            """
            UPDATE customers SET first_name = 'x' || id, phone = email;
            CREATE TABLE visitors (id INTEGER, email TEXT);
            INSERT INTO visitors SELECT id, email FROM customers;
            DROP VIEW v_top; DROP TABLE products;
            """
        )
    await world.call("data_sources.discover_assets", source="shop")
    with closing(sqlite3.connect(world.folder / "shop.sqlite")) as database:
        database.execute("DROP TABLE orders")
    await world.call("scan_logic.start_scan", source="shop")
    told = await world.call("scan_logic.compare_scans", scan="shop")
    found = {(one.what, one.table, one.column) for one in told.differences.items}
    assert found >= {
        ("table new", "visitors", None),
        ("label added", "visitors", "email"),
        ("table gone", "v_top", None),
        ("label removed", "v_top", "email"),
        ("table gone", "products", None),
        ("table failed", "orders", None),
        ("label changed", "customers", "phone"),
    }
    (changed,) = [one for one in told.differences.items if one.what == "label changed"]
    assert changed.before.startswith("phone (") and changed.after.startswith("email (")
    assert not {one for one in found if one[1] == "orders"} - {("table failed", "orders", None)}
    assert told.counts["table gone"] == 2 and "2 tables gone" in told.summary
    assert sum(told.counts.values()) == told.differences.total
    first = await world.call("scan_logic.compare_scans", scan="shop", limit=2)
    assert first.differences.truncated and first.counts == told.counts
    rest = await world.call(
        "scan_logic.compare_scans", scan="shop", limit=500, cursor=first.differences.next_cursor
    )
    assert first.differences.items + rest.differences.items == told.differences.items


async def test_any_two_scans_of_one_source_can_be_compared(world: World) -> None:
    await world.source(scanned=True)
    with pytest.raises(LookAgain, match="no scan before"):
        await world.call("scan_logic.compare_scans", scan="shop")
    first = (await world.call("scan_logic.get_scan", scan="shop")).id
    for _ in range(2):
        last = await world.call("scan_logic.start_scan", source="shop")
    told = await world.call("scan_logic.compare_scans", scan=last.id, before=first)
    assert (told.before.id, told.after.id, told.summary) == (first, last.id, "Nothing differs.")
    await world.source("other", scanned=True)
    with pytest.raises(CorrectInput, match="can't be compared"):
        await world.call("scan_logic.compare_scans", scan="shop", before="other")
    with pytest.raises(ChooseAnother, match="nor a source"):
        await world.call("scan_logic.compare_scans", scan="nothing")


async def test_an_estimate_says_on_how_many_scans_it_rests(world: World) -> None:
    await world.source()
    none = await world.call("scan_logic.estimate_scan", source="shop")
    assert (none.past_scans, none.rows) == (0, 60 + 60 + 1 + 2 * 1000)
    assert "no scan has run" in none.based_on
    await world.source("like", scanned=True)
    of_kind = await world.call("scan_logic.estimate_scan", source="shop")
    assert of_kind.based_on == "1 past scan of other sqlite sources"
    for _ in range(2):
        await world.call("scan_logic.start_scan", source="shop")
    own = await world.call("scan_logic.estimate_scan", source="shop")
    assert (own.past_scans, own.based_on) == (2, "2 past scans of shop")
    assert own.seconds > 0
    part = await world.call(
        "scan_logic.estimate_scan", source="shop", assets=["shop.orders"], sample_size=10
    )
    assert (part.tables, part.columns, part.values, part.rows) == (1, 4, 40, 50)
    with closing(sqlite3.connect(world.folder / "shop.sqlite")) as database:
        database.execute(SLOW.format(name="slow"))
    await world.call("data_sources.discover_assets", source="shop")
    await world.call("scan_logic.start_scan", source="shop")
    slow, quick = [
        await world.call("scan_logic.estimate_scan", source="shop", assets=[f"shop.{name}"])
        for name in ("slow", "orders")
    ]
    assert slow.seconds > 2 * quick.seconds, "each table takes what it took before"
