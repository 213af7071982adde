"""Five hundred `kill -9` in the middle of executions: nothing is done twice, and nothing is lost.

A process carries an execution on until it is killed: before a step's claim, behind it, behind its
effect, once it is committed, or once it is recorded. Another then takes it up, until it is done.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections import Counter
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest

from tests.support.process import FORKED

pytestmark = pytest.mark.fault
KILLS = int(os.environ.get("KILLS", "500"))
POINTS = ("before the claim", "after the claim", "after the effect", "committed", "recorded")
STEPS = 24
CLAIM, RECORD = "INSERT INTO idempotency_keys", "UPDATE execution_steps"


def dying_at(point: str, number: int) -> None:
    """Have this process killed the so manieth time that it comes to a point."""
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    seen = Counter[str]()
    claimed: dict[Any, str] = {}

    def come(to: str) -> None:
        seen[to] += 1
        if to == point and seen[to] == number:
            os.kill(os.getpid(), signal.SIGKILL)

    @event.listens_for(Engine, "before_cursor_execute")
    def before(connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith(CLAIM):
            come("before the claim")
        if statement.startswith(RECORD):
            come("committed")

    @event.listens_for(Engine, "after_cursor_execute")
    def after(connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith(CLAIM):
            come("after the claim")
            claimed[connection] = "claimed"

    @event.listens_for(Engine, "commit")
    def commit(connection: Any) -> None:
        if claimed.pop(connection, None):
            come("after the effect")

    @event.listens_for(Engine, "begin")
    def begin(connection: Any) -> None:
        if seen["committed"]:
            come("recorded")


def carry_on(folder: str, url: str, execution_id: str, point: str | None, number: int) -> None:
    """What a process does: carry one execution on, until it is killed or done."""
    from agent.executions import Narrator
    from api.runtime import build
    from api.settings import Settings
    from tools.racine.workflows.carrying import Carrier

    async def carry() -> None:
        runtime = build(Settings(data_dir=Path(folder), database_url=url))
        if point is not None:
            dying_at(point, number)
        observer = Narrator(runtime.kernel, runtime.events)
        await Carrier(runtime.kernel, runtime.database, observer, execution_id).run()
        await runtime.kernel.close()
        await runtime.events.close()
        await runtime.database.close()

    asyncio.run(carry())


def run(*arguments: Any) -> int | None:
    process = FORKED.Process(target=carry_on, args=arguments)
    process.start()
    process.join()
    return process.exitcode


def people(batch: int) -> list[dict[str, Any]]:
    """Steps that each make a person: some in a row, some side by side, some in a loop."""
    names = [f"b{batch}-p{number}" for number in range(STEPS)]
    looped = [f"b{batch}-l{number}" for number in range(6)]

    def make(step_id: str, name: Any, **options: Any) -> dict[str, Any]:
        address = name if isinstance(name, dict) else f"{name}@example.com"
        arguments = {"name": name, "email": address}
        return {
            "id": step_id,
            "operation": "rbac.create_user",
            "arguments": arguments,
            **options,
        }

    steps = [
        make(f"s{number}", name, needs=[f"s{number - 1}"] if number % 3 else [])
        for number, name in enumerate(names)
    ]
    items = [{"name": name, "email": f"{name}@example.com"} for name in looped]
    loop = make("loop", {"$ref": "item.name"}, each={"over": items})
    loop["arguments"]["email"] = {"$ref": "item.email"}
    return [*steps, loop]


@pytest.mark.timeout(900)
async def test_five_hundred_kills_leave_nothing_twice_and_nothing_out(
    world: Any, database_url: str, tmp_path: Path
) -> None:
    chance, kills, batches = random.Random(7), Counter[str](), 0
    expected: set[str] = set()
    while sum(kills.values()) < KILLS:
        name, steps = f"batch {batches}", people(batches)
        await world.call("workflows.create", name=name, steps=steps)
        execution = (await world.call("workflows.execute", workflow=name)).id
        expected |= {f"b{batches}-p{number}" for number in range(STEPS)}
        expected |= {f"b{batches}-l{number}" for number in range(6)}
        batches += 1
        while True:
            point, number = chance.choice(POINTS), chance.randint(1, 3)
            if sum(kills.values()) >= KILLS:
                point = None
            code = await asyncio.to_thread(
                run, str(tmp_path / "data"), database_url, execution, point, number
            )
            if code == 0:
                break
            assert code == -signal.SIGKILL
            kills[point or ""] += 1
        status = await world.call("workflows.status", execution_id=execution)
        assert status.status == "done", status
        assert {one.status for one in status.steps} == {"done"}

    users = await world.call("rbac.list_users", limit=200)
    assert set(kills) == set(POINTS)
    made = Counter(one.name for one in await everybody(world) if one.name.startswith("b"))
    assert set(made) == expected and set(made.values()) == {1}
    assert users.total == len(expected) + 1
    found = await world.call("activity.verify_audit_trail")
    assert found.intact
    # one audit row for each person, however often a process died over it
    rows = await world.call("activity.search", operation="rbac.create_user", limit=1)
    assert rows.total == len(expected)


async def everybody(world: Any) -> list[Any]:
    found: list[Any] = []
    cursor = None
    while True:
        page = await world.call("rbac.list_users", limit=200, cursor=cursor)
        found += page.items
        cursor = page.next_cursor
        if cursor is None:
            return found


class Receiver:
    """A system outside that counts what it gets; it may tell whether an event has come."""

    def __init__(self, *, tells: bool) -> None:
        self.got = Counter[str]()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["content-length"]))
                receiver.got[self.headers["idempotency-key"]] += 1
                self.answer(HTTPStatus.ACCEPTED)

            def do_GET(self) -> None:
                event_id = parse_qs(urlparse(self.path).query)["id"][0]
                known = HTTPStatus.OK if receiver.got[event_id] else HTTPStatus.NOT_FOUND
                self.answer(known if tells else HTTPStatus.METHOD_NOT_ALLOWED)

            def answer(self, status: HTTPStatus) -> None:
                self.send_response(status)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"

    def __enter__(self) -> Receiver:
        self.thread = Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05})
        self.thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.mark.parametrize("tells", [True, False], ids=["it can be asked", "it can't be asked"])
async def test_what_reached_outside_is_found_out_and_never_repeated(
    world: Any, database_url: str, tmp_path: Path, tells: bool
) -> None:
    send = {
        "id": "send",
        "operation": "workflows.send_event",
        "arguments": {"url": "", "event_type": "com.example.done"},
    }
    after = {"id": "after", "operation": "rbac.list_users", "arguments": {}, "needs": ["send"]}
    with Receiver(tells=tells) as receiver:
        send["arguments"] = {"url": receiver.url, "event_type": "com.example.done"}
        await world.call("workflows.create", name="tell", steps=[send, after])
        execution = (await world.call("workflows.execute", workflow="tell")).id
        told = (str(tmp_path / "data"), database_url, execution)
        # a write with work outside is tried before it, and again behind it: the second claim
        assert await asyncio.to_thread(run, *told, "after the claim", 2) == -signal.SIGKILL
        assert sum(receiver.got.values()) == 1
        assert await asyncio.to_thread(run, *told, None, 0) == 0
        status = await world.call("workflows.status", execution_id=execution)
        if not tells:
            assert status.status == "unknown"
            assert "can't be known" in status.steps[0].detail
            assert status.steps[1].status == "pending"
            await world.call(
                "workflows.control", execution_id=execution, action="was_done", step_id="send"
            )
            assert await asyncio.to_thread(run, *told, None, 0) == 0
            status = await world.call("workflows.status", execution_id=execution)
        assert status.status == "done"
        assert [one.status for one in status.steps] == ["done", "done"]
        assert sum(receiver.got.values()) == 1
