"""`kill -9` at any moment: an approved plan goes on to its end, and each step has happened once."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.openai_server import Call, Calls, Reply, ScriptedOpenAI, Text
from tests.support.process import ServedProcess
from tests.support.recorded import instant, soon, went_on
from tests.support.service import CHAT, Said, served
from tests.support.world import make_shop

pytestmark = pytest.mark.fault
RUNS = "/api/racine/ai-assistant/runs"
WRITES = (
    Call("catalog_tag_asset", {"asset": "shop.customers", "tag": "people"}),
    Call("catalog_tag_asset", {"asset": "shop.orders", "tag": "money"}),
    Call("data_sources_discover_assets", {"source": "shop"}),
    Call("catalog_describe_asset", {"asset": "shop.customers", "description": "Who buys"}),
    Call("scan_logic_start_scan", {"source": "shop"}),
    Call("catalog_describe_asset", {"asset": "shop.orders", "description": "What they buy"}),
    Call("catalog_tag_asset", {"asset": "shop.products", "tag": "goods"}),
    Call("catalog_describe_asset", {"asset": "shop.products", "description": "What is sold"}),
)
STEPS = [f"s{number}" for number in range(1, len(WRITES) + 1)]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a discovered source."""
    folder = tmp_path_factory.mktemp("prepared")
    make_shop(folder / "shop.sqlite")
    with served(folder / "data") as client:
        client.call(
            "data_sources.register_source",
            name="shop",
            kind="sqlite",
            location=str(folder / "shop.sqlite"),
        )
        client.call("data_sources.discover_assets", source="shop")
        client.filled()
    return folder / "data"


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared, tmp_path / "data"))


class Model:
    """A scripted model that may be told to hold its words until the service is killed."""

    def __init__(self) -> None:
        self.slowly = False

    def __call__(self, body: dict[str, Any]) -> Reply:
        if body["messages"][-1]["role"] == "tool":
            return Text("Here is the plan.")
        if "hello" in body["messages"][-1]["content"]:
            return Text("one two three four", chunks=4, pause=0.3 if self.slowly else 0)
        return Calls(*WRITES)


@pytest.fixture
def model() -> Iterator[tuple[Model, dict[str, str]]]:
    script = Model()
    with ScriptedOpenAI(script) as server:
        yield (
            script,
            {
                "RACINE_MODEL": "openai:scripted",
                "OPENAI_API_KEY": "sk-test",
                "OPENAI_BASE_URL": server.url,
            },
        )


def read_until(response: httpx.Response, fits: Any) -> bytes:
    """What has been read of a stream when the first event that fits has come."""
    heard = b""
    for chunk in response.iter_bytes():
        heard += chunk
        for line in chunk.decode().splitlines():
            if line.startswith("data: ") and fits(json.loads(line[6:])):
                return heard
    raise AssertionError(f"never came: {heard.decode()}")


def step(step_id: str, status: str) -> Any:
    return lambda event: (
        event.get("name") == "execution_step"
        and (event["value"]["step_id"], event["value"]["status"]) == (step_id, status)
    )


def named(name: str) -> Any:
    return lambda event: event.get("name") == name


MOMENTS = {
    "at once, in the first step": [
        lambda event: event["type"] == "RUN_STARTED",
        step("s1", "running"),
    ],
    "between steps, while it discovers": [step("s1", "done"), step("s3", "running")],
    "while it scans, before the last step, at the end": [
        step("s5", "running"),
        step("s7", "done"),
        named("execution_finished"),
    ],
}


@pytest.mark.parametrize("moments", MOMENTS.values(), ids=MOMENTS)
def test_an_approved_plan_survives_kill_9(
    folder: Path, model: tuple[Model, dict[str, str]], moments: list[Any]
) -> None:
    with ServedProcess(folder, **model[1]) as service:
        client = service.client
        plan = client.say("Describe assets, tag assets, discover assets and start a scan").plan
        assert [one["id"] for one in plan["steps"]] == STEPS
        approved = client.approve(plan).json()
        run_id, heard = approved["run_id"], []
        kills = []
        for moment in moments:
            with client.http.stream("GET", f"{RUNS}/{run_id}/events") as response:
                heard.append(read_until(response, moment))
                service.kill()
            kills.append(instant())
            service.start()
        said = client.follow(run_id)
        status = client.http.get(f"/api/racine/workflows/{approved['execution_id']}/status").json()
        trail = client.call("activity.verify_audit_trail")
        again = client.approve(plan).json()
        conversation = client.call("assistant.get_conversation", conversation_id=said.conversation)

    assert all(said.raw.startswith(one) for one in heard)  # what was sent is never sent otherwise
    assert said.ending == "success"
    assert status["status"] == "done", status
    assert [one["status"] for one in status["steps"]] == ["done"] * len(STEPS)
    assert status["summary"]
    assert max(went_on(status, killed) for killed in kills) <= soon()
    assert again["execution_id"] == approved["execution_id"]
    assert conversation["status"] == "idle"
    ends_well(said)
    done = [one["step_id"] for one in said.custom("execution_step") if one["status"] == "done"]
    assert done == STEPS
    assert trail["broken_at"] is None
    with sqlite3.connect(folder / "racine.db") as database:
        written = Counter(
            (operation, json.dumps(json.loads(arguments)))
            for operation, arguments in database.execute(
                "SELECT operation, arguments FROM activity WHERE run_id = ? AND outcome = 'done'",
                (run_id,),
            )
        )
        keys = Counter(
            database.execute("SELECT stream, key FROM events WHERE key IS NOT NULL").fetchall()
        )
        assert database.execute("SELECT count(*) FROM executions").fetchone() == (1,)
        assert database.execute("SELECT count(*) FROM scans").fetchone() == (1,)
    database.close()
    assert written == Counter(
        (
            call.name.replace("_", ".", 1)
            .replace("data.sources_", "data_sources.")
            .replace("scan.logic_", "scan_logic."),
            json.dumps(call.arguments),
        )
        for call in WRITES
    )
    assert set(keys.values()) == {1}


@pytest.mark.parametrize("spoken", [False, True], ids=["before a word", "between words"])
def test_a_turn_that_was_cut_off_is_run_again(
    folder: Path, model: tuple[Model, dict[str, str]], spoken: bool
) -> None:
    script, environment = model
    script.slowly = True
    with ServedProcess(folder, **environment) as service:
        client = service.client
        body = {"message": "hello", "conversation_id": "c1"}
        kind = "TEXT_MESSAGE_CONTENT" if spoken else "RUN_STARTED"
        with client.http.stream("POST", CHAT, json=body) as response:
            heard = read_until(response, lambda event: event["type"] == kind)
            queued = client.http.stream("POST", CHAT, json={**body, "message": "hello again"})
            with queued:
                service.kill()
        script.slowly = False
        service.start()
        (first, second) = client.call("assistant.get_conversation", conversation_id="c1")["runs"]
        said, next_said = client.follow(first["id"]), client.follow(second["id"])

    assert said.raw.startswith(heard)
    assert (said.ending, next_said.ending) == ("success", "success")
    ends_well(said)
    restarted = said.events.index(
        {"type": "CUSTOM", "name": "run_restarted", "value": {"run_id": said.run}}
    )
    assert Said(said.events[restarted:]).text == "one two three four"
    assert next_said.text == "one two three four"


def ends_well(said: Said) -> None:
    """One start, one end, and nothing left open between."""
    kinds = Counter(event["type"] for event in said.events)
    assert kinds["RUN_STARTED"] == 1
    assert kinds["RUN_FINISHED"] == 1
    assert said.events[-1]["type"] == "RUN_FINISHED"
    assert said.ids == list(range(1, len(said.ids) + 1))
    for opening, closing in (
        ("TEXT_MESSAGE_START", "TEXT_MESSAGE_END"),
        ("STEP_STARTED", "STEP_FINISHED"),
        ("TOOL_CALL_START", "TOOL_CALL_END"),
    ):
        assert kinds[opening] == kinds[closing]
