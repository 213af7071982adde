"""Three workers on PostgreSQL, two of them killed: all is done once, and the third goes on."""

from __future__ import annotations

import json
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.support.postgres import create_database
from tests.support.process import ServedProcess, WorkerProcess
from tests.support.recorded import instant, soon, went_on
from tools.racine.workflows.engine import EXECUTIONS_AT_ONCE

pytestmark = pytest.mark.fault
EXECUTIONS, STEPS = 12, 25


def people(number: int) -> list[dict[str, Any]]:
    """Steps that each make a person, in three rows side by side."""
    return [
        {
            "id": f"s{one}",
            "operation": "rbac.create_user",
            "arguments": {"name": f"w{number}-{one}", "email": f"w{number}-{one}@example.com"},
            "needs": [f"s{one - 3}"] if one >= 3 else [],
        }
        for one in range(STEPS)
    ]


@pytest.mark.timeout(300)
def test_two_of_three_workers_die_and_nothing_is_done_twice(postgres: str, tmp_path: Path) -> None:
    url = create_database(postgres, "workers")
    environment = {"RACINE_DATABASE_URL": url, "RACINE_SECRET_KEY": "k" * 40}
    folder = tmp_path / "data"
    with (
        ServedProcess(folder, **environment, RACINE_EXECUTES="false") as service,
        ExitStack() as held,
    ):
        client = service.client
        workers = [
            held.enter_context(WorkerProcess(folder, f"w{number}", **environment))
            for number in range(3)
        ]
        executions = []
        for number in range(EXECUTIONS):
            client.call("workflows.create", name=f"w{number}", steps=people(number))
            executions.append(client.call("workflows.execute", workflow=f"w{number}")["id"])
        with psycopg.connect(url, autocommit=True) as database:

            def done() -> int:
                query = "SELECT count(*) FROM execution_steps WHERE status = 'done'"
                return int(database.execute(query).fetchone()[0])  # type: ignore[index]

            waiting = time.monotonic() + 120
            kills = []
            for worker, at in ((workers[0], 40), (workers[1], 100)):
                while done() < at and time.monotonic() < waiting:
                    pass
                worker.kill()
                kills.append(instant())
        for execution in executions:
            with client.http.stream(
                "GET", f"/api/racine/workflows/{execution}/logs/stream"
            ) as response:
                last = ""
                for line in response.iter_lines():
                    last = line[6:] if line.startswith("data: ") else last
            assert json.loads(last)["type"] == "RUN_FINISHED", last
            status = client.http.get(f"/api/racine/workflows/{execution}/status").json()
            assert status["status"] == "done", status
            assert max(went_on(status, killed) for killed in kills) <= soon()
        health = client.call("orchestration.health")
        trail = client.call("activity.verify_audit_trail")
        made = client.call("activity.search", operation="rbac.create_user", limit=1)
        users = client.call("rbac.list_users", limit=1)
    assert trail["intact"]
    assert made["total"] == EXECUTIONS * STEPS
    assert users["total"] == EXECUTIONS * STEPS + 1
    engine = next(part for part in health["parts"] if part["name"] == "engine")
    assert any("w2" in one for one in engine["detail"]["workers"])
    assert not any("/w0," in one for one in engine["detail"]["workers"])  # its heart has stopped


@pytest.mark.timeout(300)
def test_what_a_worker_began_after_it_was_given_up_goes_on(postgres: str, tmp_path: Path) -> None:
    url = create_database(postgres, "given_up")
    environment = {"RACINE_DATABASE_URL": url, "RACINE_SECRET_KEY": "k" * 40}
    folder = tmp_path / "data"
    with ServedProcess(folder, **environment, RACINE_EXECUTES="false") as service:
        client = service.client
        with (
            psycopg.connect(url, autocommit=True) as database,
            WorkerProcess(folder, "slow", **environment) as slow,
        ):
            client.call("workflows.create", name="w", steps=people(0))
            execution = client.call("workflows.execute", workflow="w")["id"]
            running = "SELECT count(*) FROM execution_steps WHERE status <> 'pending'"
            while not database.execute(running).fetchone()[0]:  # type: ignore[index]
                pass
            slow.kill()
            database.execute("DELETE FROM workers")  # as whoever thought it dead did
        with WorkerProcess(folder, "next", **environment):
            path = f"/api/racine/workflows/{execution}/logs/stream"
            with client.http.stream("GET", path) as response:
                ends = [line for line in response.iter_lines() if line.startswith("data: ")]
        assert json.loads(ends[-1][6:])["type"] == "RUN_FINISHED"
        assert client.call("rbac.list_users", limit=1)["total"] == STEPS + 1


def test_workers_need_a_database_that_can_be_shared(tmp_path: Path) -> None:
    with WorkerProcess(tmp_path / "data", "w1") as worker:
        worker.join()
    assert "RACINE_DATABASE_URL" in worker.log.read_text()


def test_a_worker_is_not_named_with_a_slash(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with WorkerProcess(tmp_path / "data", "a/b") as worker:
        worker.join()
    assert "can't name a worker" in worker.log.read_text()


@pytest.mark.timeout(300)
def test_what_waits_for_what_it_started_leaves_it_room(postgres: str, tmp_path: Path) -> None:
    url = create_database(postgres, "room")
    environment = {"RACINE_DATABASE_URL": url, "RACINE_SECRET_KEY": "k" * 40}
    with ServedProcess(tmp_path / "data", **environment) as service:
        client = service.client
        gate = {"people": ["Administrator"]}
        client.call("workflows.create", name="inner", steps=[people(0)[0] | {"gate": gate}])
        run = {"id": "run", "operation": "workflows.execute", "arguments": {"workflow": "inner"}}
        client.call("workflows.create", name="outer", steps=[run])
        for _ in range(EXECUTIONS_AT_ONCE):  # as many as the process carries out at once
            client.call("workflows.execute", workflow="outer")

        def standing(status: str) -> list[str]:
            found = client.call("workflows.list_executions", status=status, limit=100)["items"]
            return [one["id"] for one in found]

        while len(waiting := standing("waiting")) < EXECUTIONS_AT_ONCE:
            pass
        for one in waiting:
            client.call("workflows.control", execution_id=one, action="approve_gate")
        while standing("running") or standing("queued"):
            pass
        # of people of one name the first is made: each of the other plans fails with what it ran
        assert (len(standing("done")), len(standing("failed"))) == (2, 2 * EXECUTIONS_AT_ONCE - 2)
