"""Quality checks and profiles of real databases: right in numbers, silent about values."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.support.shared import sample_database
from tests.support.world import World
from tools.errors import CorrectInput, LookAgain


@pytest.fixture
async def pagila(world: World) -> World:
    await register(world, "pagila", "sqlite", sample_database("pagila"))
    return world


async def register(world: World, name: str, kind: str, place: Path | str) -> None:
    await world.call("data_sources.register_source", name=name, kind=kind, location=str(place))
    await world.call("data_sources.discover_assets", source=name)


def truth(query: str) -> Any:
    with sqlite3.connect(sample_database("pagila")) as database:
        (row,) = database.execute(query).fetchall()
    database.close()
    return row[0] if len(row) == 1 else row


async def check(world: World, asset: str, kind: str, **arguments: Any) -> Any:
    return await world.call("catalog.define_quality_check", asset=asset, kind=kind, **arguments)


async def test_every_kind_is_measured_as_the_database_has_it(pagila: World) -> None:
    table = "pagila.film"
    await check(pagila, f"{table}.title", "not_null")
    await check(pagila, f"{table}.original_language_id", "not_null")
    await check(pagila, f"{table}.title", "unique")
    await check(pagila, f"{table}.rating", "unique")
    await check(pagila, f"{table}.rating", "accepted_values", values=["G", "PG", "it's"])
    await check(pagila, f"{table}.rental_duration", "accepted_values", values=[3, "4", 5.0])
    await check(pagila, f"{table}.rental_rate", "range", minimum=1, maximum="3")
    await check(pagila, f"{table}.last_update", "range", minimum="2030-01-01")
    await check(pagila, f"{table}.last_update", "freshness", hours=24)
    await check(pagila, table, "row_count", minimum=1000, maximum=1000)
    await check(pagila, table, "row_count", minimum=5000)
    done = await pagila.invoke("catalog.run_quality_checks", asset=table)
    found = {one.name: (one.status, one.failed_rows) for one in done.value.results}

    def failing(condition: str) -> int:
        return int(truth(f"SELECT count(*) FROM film WHERE {condition}"))

    repeated = truth("SELECT count(rating) - count(DISTINCT rating) FROM film")
    expected = {
        "title not null": ("passed", 0),
        "original language id not null": ("failed", failing("original_language_id IS NULL")),
        "title unique": ("passed", 0),
        "rating unique": ("failed", repeated),
        "rating accepted values": ("failed", failing("rating NOT IN ('G', 'PG')")),
        "rental duration accepted values": ("failed", failing("rental_duration NOT IN (3, 4, 5)")),
        "rental rate range": ("failed", failing("rental_rate < 1 OR rental_rate > 3")),
        "last update range": ("failed", 1000),
        "last update freshness": ("failed", None),
        "row count": ("passed", None),
        "row count 2": ("failed", None),
    }
    assert found == expected
    told = await pagila.call("activity.get", activity=done.activity_id)
    assert told.targets == ["pagila.film"]
    run = done.value
    assert (run.ok, run.checks, run.passed, run.failed, run.errors) == (False, 11, 3, 8, 0)
    rating = next(one for one in run.results if one.name == "rating unique")
    assert rating.failed_share == repeated / 1000


async def test_results_are_kept_with_their_history_and_can_be_undone(pagila: World) -> None:
    await check(pagila, "pagila.film.title", "unique", name="titles differ")
    await check(pagila, "pagila.film", "row_count", minimum=1)
    before = await pagila.call("catalog.get_quality", asset="pagila.film")
    assert (before.checks, before.never_run, before.items[0].status) == (2, 2, "never run")
    for _ in range(12):
        run = await pagila.invoke("catalog.run_quality_checks", asset="pagila.film")
    quality = await pagila.call("catalog.get_quality", asset="pagila.film.title")
    (only,) = quality.items
    assert (only.name, only.status, only.runs, len(only.history)) == (
        "titles differ",
        "passed",
        12,
        10,
    )
    assert only.history[0].at > only.history[-1].at
    await pagila.call("activity.undo", activity=run.activity_id)
    assert (await pagila.call("catalog.get_quality", asset="film.title")).items[0].runs == 11
    one = await pagila.call("catalog.run_quality_checks", asset="pagila.film.title")
    assert (one.checks, one.ok) == (1, True)
    none = await pagila.call("catalog.run_quality_checks", asset="pagila.city")
    assert (none.checks, none.ok) == (0, False)
    assert none.note.startswith("pagila.city has no quality checks") and "define" in none.note


async def test_a_definition_that_makes_no_sense_is_refused_with_the_way_out(
    pagila: World,
) -> None:
    wrong: list[tuple[str, str, dict[str, Any], str]] = [
        ("film", "not_null", {}, "is of a column"),
        ("film.title", "range", {"minimum": 1}, "can't measure"),
        ("film.rental_rate", "range", {}, "needs minimum or maximum"),
        ("film.rental_rate", "range", {"minimum": "nan"}, "'minimum' is not a number"),
        ("film.rental_rate", "range", {"minimum": 1, "hours": 3}, "takes no 'hours'"),
        ("film.last_update", "range", {"maximum": "soon"}, "'maximum' is not a date"),
        ("film.title", "freshness", {"hours": 3}, "can't measure"),
        ("film.rental_rate", "accepted_values", {"values": ["x"]}, "'values' is not a number"),
        ("film", "row_count", {"minimum": "many"}, "'minimum' is not a number"),
        ("film", "row_count", {"minimum": 5, "maximum": 1}, "nothing could pass"),
        (
            "film.last_update",
            "range",
            {"minimum": "2026-03-02", "maximum": "2026-03-01T23:00:00+00:00"},
            "nothing could pass",
        ),
    ]
    for asset, kind, arguments, told in wrong:
        with pytest.raises(CorrectInput, match=told):
            await check(pagila, f"pagila.{asset}", kind, **arguments)
    await check(pagila, "pagila.film.title", "unique", name="mine")
    with pytest.raises(LookAgain, match="a check 'mine' already"):
        await check(pagila, "pagila.film.title", "not_null", name="mine")


async def test_what_cannot_be_measured_is_told_and_the_rest_is_measured(world: World) -> None:
    await world.source()
    await check(world, "shop.orders.total", "not_null")
    await check(world, "shop.orders.sku", "not_null")
    with sqlite3.connect(world.folder / "shop.sqlite") as database:
        database.execute("DROP VIEW v_top")
        database.execute("DROP VIEW v_revenue")
        database.execute("ALTER TABLE orders DROP COLUMN total")
    database.close()
    run = await world.call("catalog.run_quality_checks", asset="shop.orders")
    assert {one.column: one.status for one in run.results} == {"sku": "passed", "total": "error"}
    assert run.ok is False
    assert "no column 'total'" in next(one.detail for one in run.results if one.status == "error")


async def test_values_of_classified_columns_are_never_told(world: World) -> None:
    await world.source(scanned=True)
    await check(world, "shop.customers.email", "accepted_values", values=["julia0@example.org"])
    run = await world.call("catalog.run_quality_checks", asset="shop.customers")
    assert (run.results[0].failed_rows, run.results[0].rows) == (59, 60)
    quality = await world.call("catalog.get_quality", asset="shop.customers")
    assert quality.items[0].parameters == {"values": "•••"}
    profile = await world.call("catalog.profile_asset", asset="shop.customers")
    email = next(one for one in profile.columns if one.name == "email")
    assert (email.masked, email.distinct, email.longest) == (True, 60, None)
    told = run.model_dump_json() + quality.model_dump_json() + profile.model_dump_json()
    assert "@example.org" not in told


async def test_a_profile_counts_as_the_database_does(pagila: World) -> None:
    with pytest.raises(LookAgain, match="has no profile yet"):
        await pagila.call("catalog.get_profile", asset="pagila.film")
    done = await pagila.invoke("catalog.profile_asset", asset="pagila.film")
    profile = done.value
    by_name = {one.name: one for one in profile.columns}
    assert (profile.rows, profile.profiles) == (1000, 1)
    rate, title = by_name["rental_rate"], by_name["title"]
    assert (rate.least, rate.greatest) == truth(
        "SELECT min(rental_rate), max(rental_rate) FROM film"
    )
    assert (title.shortest, title.longest, title.least) == (
        *truth("SELECT min(length(title)), max(length(title)) FROM film"),
        None,
    )
    assert by_name["rating"].distinct == truth("SELECT count(DISTINCT rating) FROM film")
    assert by_name["original_language_id"].null_share == 1.0
    assert str(by_name["last_update"].least)[:4].isdigit()
    column = await pagila.call("catalog.get_profile", asset="pagila.film.rating")
    assert [one.name for one in column.columns] == ["rating"]
    await pagila.call("activity.undo", activity=done.activity_id)
    with pytest.raises(LookAgain):
        await pagila.call("catalog.get_profile", asset="pagila.film")


async def test_what_is_classified_later_is_masked_in_the_profile_that_is_there(
    pagila: World,
) -> None:
    before = await pagila.call("catalog.profile_asset", asset="pagila.payment")
    amount = next(one for one in before.columns if one.name == "amount")
    assert amount.greatest is not None
    await pagila.call(
        "classifications.set_classification", asset="pagila.payment.amount", label="credit_card"
    )
    after = await pagila.call("catalog.get_profile", asset="pagila.payment.amount")
    (amount,) = after.columns
    assert (amount.masked, amount.greatest, amount.least) == (True, None, None)


async def test_other_kinds_of_sources_measure_the_same(world: World) -> None:
    folder = world.folder / "lake"
    folder.mkdir()
    rows = "day,visits,page\n2026-01-01,5,it's\n2026-01-02,,100%:x\n2026-01-03,7,it's\n"
    (folder / "visits.csv").write_text(rows)
    with duckdb.connect(str(world.folder / "lake.duckdb")) as database:
        database.execute(f"CREATE TABLE visits AS FROM read_csv('{folder / 'visits.csv'}')")
    await register(world, "lake", "files", folder)
    await register(world, "duck", "duckdb", world.folder / "lake.duckdb")
    seen = []
    for source in ("lake", "duck"):
        table = f"{source}.visits"
        await check(world, f"{table}.visits", "not_null")
        await check(world, f"{table}.visits", "range", minimum=6)
        await check(world, f"{table}.page", "accepted_values", values=["it's", "100%:y"])
        await check(world, f"{table}.day", "freshness", hours=24 * 3650)
        await check(world, f"{table}.day", "range", maximum="2026-01-02")
        run = await world.call("catalog.run_quality_checks", asset=table)
        profile = await world.call("catalog.profile_asset", asset=table)
        facts = [column.model_dump(exclude={"column_id"}) for column in profile.columns]
        results = {one.name: (one.status, one.failed_rows) for one in run.results}
        seen.append(json.dumps([facts, results], sort_keys=True))
    assert results == {
        "visits not null": ("failed", 1),
        "visits range": ("failed", 1),
        "page accepted values": ("failed", 1),
        "day freshness": ("passed", None),
        "day range": ("failed", 1),
    }
    assert seen[0] == seen[1]


async def test_quality_has_a_history_and_a_trend(world: World) -> None:
    await world.source()
    await check(world, "shop.orders.total", "not_null")
    await check(world, "shop.orders.sku", "not_null")

    async def run(empty: int) -> None:
        with sqlite3.connect(world.folder / "shop.sqlite") as database:
            database.execute("UPDATE orders SET total = CASE WHEN id > ? THEN 1 END", [empty])
        database.close()
        await world.call("catalog.run_quality_checks", asset="shop.orders")

    async def stands() -> Any:
        found = await world.call("catalog.get_quality", asset="shop.orders")
        return found, next(one for one in found.items if one.column == "total")

    await run(0)
    _, total = await stands()
    assert (total.trend, total.failing_since) == ("unknown", None)
    await run(6)
    _, total = await stands()
    began = total.failing_since
    assert (total.trend, total.status) == ("worse", "failed")
    await run(6)
    assert (await stands())[1].trend == "same"
    await run(3)
    found, total = await stands()
    assert (total.trend, total.failing_since) == ("better", began)
    assert began is not None
    assert [(one.passed, one.failed) for one in found.trend] == [(1, 1), (1, 1), (1, 1), (2, 0)]
    assert [one.failed_rows for one in total.history] == [3, 6, 6, 0]
    await run(0)
    assert (await stands())[1].failing_since is None


async def test_a_profile_shows_the_shape_of_values_that_are_not_hidden(world: World) -> None:
    await world.source(scanned=True)
    profile = await world.call("catalog.profile_asset", asset="shop.orders")
    by_name = {one.name: one for one in profile.columns}
    total = by_name["total"]
    assert (total.sampled, total.mean) == (60, 44.25)
    assert total.quantiles["p50"] == 44.25
    assert total.quantiles["p05"] == 4.425
    assert [one.count for one in total.histogram] == [6] * 10
    assert (total.histogram[0].least, total.histogram[-1].greatest) == (0, 88.5)
    assert [(one.pattern, one.share) for one in by_name["sku"].patterns] == [("A-9", 1.0)]
    customers = await world.call("catalog.profile_asset", asset="shop.customers")
    email = next(one for one in customers.columns if one.name == "email")
    assert (email.masked, email.patterns, email.quantiles, email.sampled) == (True,) + (None,) * 3
    plain = await world.call("catalog.profile_asset", asset="shop.orders", quantiles=False)
    assert plain.columns[3].quantiles is None


async def test_large_tables_are_profiled_with_estimates_that_say_so(world: World) -> None:
    place = world.folder / "large.duckdb"
    with duckdb.connect(str(place)) as database:
        database.execute(
            "CREATE TABLE big AS SELECT i AS id, i % 7 AS few, 'Ä' || i AS word, "
            "TIMESTAMP '2026-01-01' + to_seconds(i % 1000) AS at FROM range(1100000) t(i)"
        )
    await register(world, "large", "duckdb", place)
    profile = await world.call("catalog.profile_asset", asset="large.big")
    by_name = {one.name: one for one in profile.columns}
    assert all(one.distinct_estimated for one in profile.columns)
    assert abs(by_name["id"].distinct - 1_100_000) < 110_000
    assert by_name["few"].distinct == 7
    assert by_name["id"].sampled == 5000
    assert abs(by_name["id"].quantiles["p50"] - 550_000) < 60_000
    assert by_name["at"].quantiles["p25"].startswith("2026-01-01T00:0")
    assert by_name["word"].patterns[0].pattern == "A9+"


async def test_the_checks_of_all_tables_are_listed_with_what_fails_first(pagila: World) -> None:
    await check(pagila, "pagila.film.title", "not_null")
    await check(pagila, "pagila.film.original_language_id", "not_null")
    await check(pagila, "pagila.city.city", "not_null")
    await pagila.invoke("catalog.run_quality_checks", asset="pagila.film")
    listed = await pagila.call("catalog.list_quality_checks", source="pagila")
    assert [(one.asset, one.status) for one in listed.items] == [
        ("pagila.film", "failed"),
        ("pagila.city", "never run"),
        ("pagila.film", "passed"),
    ]
    worst = listed.items[0]
    rows = truth("SELECT count(*) FROM film WHERE original_language_id IS NULL")
    assert worst.latest.failed_rows == rows and worst.citation().snippet.startswith(worst.name)
    since = worst.latest.at.isoformat()
    for asked, names in (
        ({"status": "failed"}, ["pagila.film"]),
        ({"status": "never run"}, ["pagila.city"]),
        ({"status": "error"}, []),
        ({"since": since}, ["pagila.film", "pagila.film"]),
        ({"since": "2100-01-01T00:00:00Z"}, []),
    ):
        found = await pagila.call("catalog.list_quality_checks", **asked)
        assert [one.asset for one in found.items] == names
    first = await pagila.call("catalog.list_quality_checks", limit=1)
    assert (first.total, len(first.items), first.truncated) == (3, 1, True)
