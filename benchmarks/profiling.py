"""A profile of a large table beside what it is made of, in one run.

    python -m benchmarks.profiling [--rows 10000000] [--postgres-rows 10000000] [--rounds 5]

DuckDB: `catalog.profile_asset` without quantiles, through the kernel, beside two scans of DuckDB's
own on the same threads: the bare one asks for count, least and greatest of each column; the other
hashes every value, so that nothing is answered from statistics. On Parquet and on a DuckDB file.
PostgreSQL: the whole profile beside a query for each of its metrics. Rounds alternate; the medians
count.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import duckdb
import psycopg

from api.runtime import build
from api.settings import Settings
from tests.support.postgres import create_database, postgres_server
from tools.context import Caller
from tools.migrate import upgrade
from tools.seed import seed

ROWS = """
SELECT i AS id, (random() * 1000)::INT AS quantity, random() * 1000 AS price,
  CASE WHEN random() > 0.1 THEN 'user' || (random() * 1e6)::INT || '@example.org' END AS email,
  ['open', 'closed', 'pending'][1 + (random() * 2.99)::INT] AS status,
  TIMESTAMP '2020-01-01' + to_seconds((random() * 1e8)::BIGINT) AS created_at,
  random() < 0.5 AS active, DATE '2020-01-01' + (random() * 2000)::INT AS day
FROM range({rows}) t(i)
"""
PG_ROWS = """
CREATE TABLE big AS
SELECT i AS id, (random() * 1000)::int AS quantity, random() * 1000 AS price,
  CASE WHEN random() > 0.1 THEN 'user' || (random() * 1e6)::int || '@example.org' END AS email,
  (ARRAY['open', 'closed', 'pending'])[1 + (random() * 2.99)::int] AS status,
  timestamp '2020-01-01' + random() * interval '1000 days' AS created_at,
  random() < 0.5 AS active, date '2020-01-01' + (random() * 2000)::int AS day
FROM generate_series(1, %s) i
"""
COLUMNS = ("id", "quantity", "price", "email", "status", "created_at", "active", "day")
TEXTS, ORDERED = ("email", "status"), ("id", "quantity", "price", "created_at", "day")
NUMBERS = ("id", "quantity", "price")


def write(text: str) -> None:
    sys.stdout.write(text + "\n")


def bare(columns: tuple[str, ...]) -> str:
    """Count, least and greatest of each column."""
    return ", ".join(f"count({c}), min({c}), max({c})" for c in columns)


def metrics() -> list[str]:
    """Each metric of a profile as an aggregate of its own."""
    found = ["count(*)"]
    for c in COLUMNS:
        found += [f"count(*) - count({c})", f"count(DISTINCT {c})"]
    for c in TEXTS:
        found += [f"min(length({c}))", f"max(length({c}))"]
        form = f"regexp_replace(regexp_replace({c}, '[0-9]+', '9', 'g'), '[a-z]+', 'a', 'g')"
        found.append(f"mode() WITHIN GROUP (ORDER BY {form})")
    for c in ORDERED:
        found += [f"min({c})", f"max({c})"]
        shares = (0.05, 0.25, 0.5, 0.75, 0.95)
        found += [f"percentile_disc({share}) WITHIN GROUP (ORDER BY {c})" for share in shares]
    found += [f"avg({c})" for c in NUMBERS]
    bins = "width_bucket({c}, (SELECT min({c}) FROM big), (SELECT max({c}) FROM big), 10)"
    found += [f"{bins.format(c=c)}, count(*)" for c in NUMBERS]
    return found


Call = Callable[..., Awaitable[Any]]


@asynccontextmanager
async def racine(folder: Path) -> AsyncIterator[Call]:
    """A way to call operations as the administrator of a Racine of its own."""
    settings = Settings(data_dir=folder / "racine", database_url=f"sqlite:///{folder}/racine.db")
    upgrade(settings.database)
    runtime = build(settings)
    await seed(runtime.kernel)
    caller = Caller(await runtime.accounts.ensure_administrator(None), "api")

    async def call(name: str, /, **arguments: Any) -> Any:
        return (await runtime.kernel.invoke(name, arguments, caller)).value

    try:
        yield call
    finally:
        await runtime.runs.close()
        await runtime.kernel.close()
        await runtime.events.close()
        runtime.index.close()
        await runtime.database.close()


async def timed(work: Callable[[], Awaitable[Any]]) -> float:
    """Seconds that something takes."""
    began = time.perf_counter()
    await work()
    return time.perf_counter() - began


def median(times: list[float]) -> float:
    return statistics.median(times)


async def beside_duckdb(call: Call, folder: Path, rows: int, rounds: int) -> None:
    """A profile without quantiles beside DuckDB's own scans, on Parquet and on a DuckDB file."""
    lake = folder / "lake"
    lake.mkdir()
    with duckdb.connect(str(folder / "big.duckdb")) as database:
        database.execute(f"CREATE TABLE big AS {ROWS.format(rows=rows)}")
        database.execute(f"COPY big TO '{lake / 'big.parquet'}'")
    await call("data_sources.register_source", name="lake", kind="files", location=str(lake))
    place = str(folder / "big.duckdb")
    await call("data_sources.register_source", name="duck", kind="duckdb", location=place)
    for source, relation in (("lake", f"'{lake / 'big.parquet'}'"), ("duck", "big")):
        await call("data_sources.discover_assets", source=source)
        hashes = ", ".join(f"bit_xor(hash({c}))" for c in COLUMNS)
        scans = {"bare scan": bare(COLUMNS), "scan of hashes": hashes}

        async def scan(wanted: str, relation: str = relation) -> None:
            def work() -> None:
                with duckdb.connect(place, read_only=True) as database:
                    database.execute(f"SELECT {wanted} FROM {relation}").fetchall()

            await asyncio.to_thread(work)

        async def profile(source: str = source, **given: Any) -> Any:
            return await call("catalog.profile_asset", asset=f"{source}.big", **given)

        await profile(quantiles=False)  # the first one warms the files
        times: dict[str, list[float]] = {"profile": [], **{name: [] for name in scans}}
        for _ in range(rounds):
            times["profile"].append(await timed(lambda run=profile: run(quantiles=False)))
            for name, wanted in scans.items():
                times[name].append(await timed(lambda w=wanted, run=scan: run(w)))
        shaped = await timed(profile)
        ours = median(times["profile"])
        write(f"{'Parquet' if source == 'lake' else 'DuckDB file'}, {rows:,} rows")
        write(f"  profile without quantiles {ours:8.2f} s; with them {shaped:.2f} s")
        for name in scans:
            theirs = median(times[name])
            write(f"  {name:<25} {theirs:8.2f} s; the profile takes {ours / theirs:.2f} times it")


async def beside_postgresql(call: Call, rows: int) -> None:
    """A whole profile beside a query for each of its metrics."""
    with postgres_server() as server:
        url = create_database(server, "profiled")
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(PG_ROWS.replace("%s", str(rows)).encode())
            connection.execute("ANALYZE big")
            await call("data_sources.register_source", name="pg", kind="postgresql", location=url)
            await call("data_sources.discover_assets", source="pg")
            found: list[Any] = []

            async def profile() -> None:
                found.append(await call("catalog.profile_asset", asset="pg.big"))

            async def ask(metric: str) -> None:
                grouped = " GROUP BY 1" if metric.startswith("width_bucket") else ""
                query = f"SELECT {metric} FROM big{grouped}".encode()
                await asyncio.to_thread(lambda: connection.execute(query).fetchall())

            await profile()
            times, theirs = [], 0.0
            for number, metric in enumerate(metrics()):
                if number % 12 == 0:
                    times.append(await timed(profile))
                theirs += await timed(lambda metric=metric: ask(metric))
            ours = median(times)
            exact = {
                c: connection.execute(f"SELECT count(DISTINCT {c}) FROM big".encode()).fetchone()
                for c in COLUMNS
            }
    write(f"PostgreSQL, {rows:,} rows")
    write(f"  profile                   {ours:8.2f} s")
    write(f"  {len(metrics())} queries, one a metric {theirs:8.2f} s: {theirs / ours:.1f} times it")
    for column in found[-1].columns:
        true = (exact[column.name] or (0,))[0]
        write(f"    {column.name:<12} {column.distinct:>9} different values, in truth {true:>9}")


async def run(rows: int, postgres_rows: int, rounds: int) -> None:
    """Measure both."""
    with tempfile.TemporaryDirectory(prefix="racine-profiling-") as name:
        async with racine(Path(name)) as call:
            if rows:
                await beside_duckdb(call, Path(name), rows, rounds)
            if postgres_rows:
                await beside_postgresql(call, postgres_rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000, help="0 leaves DuckDB out")
    parser.add_argument(
        "--postgres-rows", type=int, default=10_000_000, help="0 leaves PostgreSQL out"
    )
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    asyncio.run(run(given.rows, given.postgres_rows, given.rounds))


if __name__ == "__main__":
    main()
