"""What the engine adds to a step on SQLite, and steps per second of several workers on PostgreSQL.

    python -m benchmarks.engine [--steps 200] [--rounds 5] [--only sqlite|postgresql]

A step makes a person: a write that is captured and audited. On SQLite the same steps go straight
through the kernel, then as a chain and side by side in executions, in alternating rounds of one
process; an execution's time is its ledger's, from being queued to having ended. On PostgreSQL
`racine worker` processes share a server of the run's own.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import secrets
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from dbos import DBOS
from sqlalchemy import select

from api.runtime import Runtime, build
from api.settings import Settings
from tools.context import Caller
from tools.migrate import upgrade
from tools.racine.workflows.tables import Execution
from tools.seed import seed

OPERATION = "rbac.create_user"
ENDED = ("done", "failed", "cancelled", "unknown")
WORKERS = (1, 2, 4)
PATIENCE = 300  # seconds
Took = tuple[float, float]  # milliseconds of the wall's clock, and of this process's CPU time


def person(tag: str, number: int) -> dict[str, Any]:
    """The arguments of one step."""
    return {"name": f"{tag}-{number}", "email": f"{tag}-{number}@example.com"}


def steps_of(tag: str, number: int, *, chain: bool) -> list[dict[str, Any]]:
    """So many steps, each behind the one before, or nothing behind anything."""
    return [
        {
            "id": f"s{one}",
            "operation": OPERATION,
            "arguments": person(tag, one),
            "needs": [f"s{one - 1}"] if chain and one else [],
        }
        for one in range(number)
    ]


# ---- SQLite: this process ---------------------------------------------------------------------


@asynccontextmanager
async def racine(folder: Path) -> AsyncIterator[tuple[Runtime, Caller]]:
    """A fresh Racine in this process, with its engine and nothing else in the background."""
    url = f"sqlite:///{folder / 'racine.db'}"
    upgrade(url)
    runtime = build(Settings(data_dir=folder / "data", database_url=url))
    await seed(runtime.kernel)
    administrator = await runtime.accounts.ensure_administrator(None)
    await runtime.engine.start()
    try:
        yield runtime, Caller(administrator, "api")
    finally:
        await runtime.engine.stop()
        await runtime.kernel.close()
        await runtime.events.close()
        await runtime.database.close()


async def direct(runtime: Runtime, caller: Caller, tag: str, number: int) -> Took:
    """Milliseconds a step, straight through the kernel."""
    began, cpu = time.perf_counter(), time.process_time()
    for one in range(number):
        await runtime.kernel.invoke(OPERATION, person(tag, one), caller)
    wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    return wall * 1000 / number, cpu * 1000 / number


async def executed(runtime: Runtime, caller: Caller, tag: str, number: int, *, chain: bool) -> Took:
    """Milliseconds a step, in an execution."""
    definition = {"name": tag, "steps": steps_of(tag, number, chain=chain)}
    await runtime.kernel.invoke("workflows.create", definition, caller)
    cpu = time.process_time()
    made = await runtime.kernel.invoke("workflows.execute", {"workflow": tag}, caller)
    execution_id = made.value.model_dump()["id"]
    while True:
        await asyncio.sleep(0.1)
        async with runtime.database.reading() as session:
            row = await session.scalar(select(Execution).where(Execution.id == execution_id))
        if row is not None and row.status in ENDED:
            break
    cpu = time.process_time() - cpu
    await (await DBOS.retrieve_workflow_async(f"{execution_id}:1")).get_result()
    if row.status != "done" or row.finished_at is None:
        raise SystemExit(f"The execution {tag} ended as {row.status}: {row.summary}")
    wall = (row.finished_at - row.created_at).total_seconds()
    return wall * 1000 / number, cpu * 1000 / number


async def on_sqlite(steps: int, rounds: int, folder: Path) -> None:
    """Print the medians of alternating rounds."""
    figures: dict[str, list[Took]] = {"directly": [], "as a chain": [], "side by side": []}
    async with racine(folder) as (runtime, caller):
        await direct(runtime, caller, "warm", 20)
        await executed(runtime, caller, "warm-up", 20, chain=True)
        for number in range(rounds):
            figures["directly"].append(await direct(runtime, caller, f"d{number}", steps))
            for name, chain in (("as a chain", True), ("side by side", False)):
                tag = f"{name.replace(' ', '-')}-{number}"
                figures[name].append(await executed(runtime, caller, tag, steps, chain=chain))
    print(f"SQLite: {steps} steps, medians of {rounds} rounds")
    own = _medians(figures["directly"])
    for name, took in figures.items():
        wall, cpu = _medians(took)
        more = f"{wall - own[0]:+7.2f} and {cpu - own[1]:+6.2f} CPU over the operation's own"
        print(f"  {name:<13}{wall:6.2f} ms a step, {cpu:6.2f} CPU  {more}")


def _medians(took: list[Took]) -> Took:
    walls, cpus = zip(*took, strict=True)
    return statistics.median(walls), statistics.median(cpus)


# ---- PostgreSQL: processes of their own -------------------------------------------------------


def on_postgresql(executions: int, steps: int, folder: Path) -> None:
    """Print the steps per second of 1, 2 and 4 workers, all on one database."""
    from tests.support.postgres import create_database, postgres_server
    from tests.support.process import ServedProcess, WorkerProcess

    with postgres_server() as server:
        url = create_database(server, "bench")
        environment = {
            "RACINE_DATABASE_URL": url,
            "RACINE_SECRET_KEY": secrets.token_urlsafe(32),
        }
        print(f"PostgreSQL: {executions} executions of {steps} steps in a chain")
        home = folder / "served"
        with (
            ServedProcess(home, **environment, RACINE_EXECUTES="false") as service,
            psycopg.connect(url, autocommit=True) as database,
        ):
            for workers in WORKERS:
                tag = f"w{workers}"
                for one in range(executions):
                    name = f"{tag}-{one}"
                    chain = steps_of(name, steps, chain=True)
                    service.client.call("workflows.create", name=name, steps=chain)
                    service.client.call("workflows.execute", workflow=name)  # nobody carries it out
                with ExitStack() as held:
                    for one in range(workers):
                        worker = WorkerProcess(home, f"{tag}-{one}", **environment)
                        held.enter_context(worker)
                    _until(database, "workers WHERE id LIKE %s", f"%/{tag}-%", workers)
                    began = datetime.now(UTC)
                    done = "executions WHERE status = 'done' AND title LIKE %s"
                    _until(database, done, f"{tag}-%", executions)
                print(f"  {workers} workers  {_rate(database, tag, began):7.1f} steps a second")


def _rate(database: psycopg.Connection[Any], tag: str, began: datetime) -> float:
    """Steps a second, from when all workers were there to the last step's end."""
    query = """SELECT count(*) / extract(epoch FROM max(s.finished_at) - %s)
        FROM execution_steps s JOIN executions e ON e.id = s.execution_id
        WHERE e.title LIKE %s AND s.finished_at >= %s"""
    found = database.execute(query, (began, f"{tag}-%", began)).fetchone()
    return float(found[0]) if found and found[0] else 0.0


def _until(database: psycopg.Connection[Any], what: LiteralString, like: str, number: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while database.execute("SELECT count(*) FROM " + what, (like,)).fetchone() != (number,):
        if time.monotonic() > deadline:
            raise SystemExit(f"Waited {PATIENCE} seconds for {number} {what}, in vain.")
        time.sleep(0.1)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=200, help="of an execution on SQLite")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--executions", type=int, default=48, help="on PostgreSQL")
    parser.add_argument("--chain", type=int, default=25, help="steps of each on PostgreSQL")
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    options = parser.parse_args()
    print(f"nproc {len(os.sched_getaffinity(0))}")
    with tempfile.TemporaryDirectory(prefix="racine-engine-") as name:
        folder = Path(name)
        if options.only != "postgresql":
            asyncio.run(on_sqlite(options.steps, options.rounds, folder))
        if options.only != "sqlite":
            on_postgresql(options.executions, options.chain, folder)


if __name__ == "__main__":
    main()
