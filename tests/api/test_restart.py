"""What needs a service of its own: a log that outlives its server, two readers, pauses."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.support.service import ASSISTANT_RUNS, Client, served
from tools.registry import Registry


@pytest.fixture
def folder(shop_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(shop_folder, tmp_path / "data"))


def test_a_log_is_the_same_to_the_byte_after_a_restart(folder: Path) -> None:
    with served(folder) as client:
        said = client.say("Which tables hold personal data?")
        plan = client.say("Describe shop.orders as 'kept'").plan
    with served(folder) as client:
        assert client.follow(said.run).raw == said.raw
        assert client.follow(said.run, 3).raw == said.raw[said.raw.index(b"id: 4\n") :]
        assert client.execute(plan).ending == "success"  # a plan outlives its server too


def test_it_is_ready_once_operations_can_be_found(folder: Path) -> None:
    shutil.rmtree(folder / "index")
    with served(folder) as client:
        while (ready := client.http.get("/readyz")).status_code == 503:
            assert ready.json() == {"status": "starting"}
        parts = client.call("orchestration.health")["parts"]
        index = next(one["detail"] for one in parts if one["name"] == "index")
        assert index["documents"] >= len(list(Registry()))


def test_two_read_at_once_and_one_of_them_after_a_cut(folder: Path) -> None:
    with served(folder) as client, ThreadPoolExecutor() as pool:
        plan = client.say("Discover shop, scan shop and describe shop.orders as 'read twice'").plan
        run = client.approve(plan).json()["run_id"]
        whole = pool.submit(Client.follow, client, run)
        heard = b""
        with client.http.stream("GET", f"{ASSISTANT_RUNS}/{run}/events") as response:
            for chunk in response.iter_bytes():
                heard += chunk
                if heard.count(b"id: ") >= 3:
                    break
        heard = heard[: heard.rindex(b"\n\n") + 2]
        last = int(heard.rsplit(b"id: ", 1)[1].split(b"\n", 1)[0])
        rest = client.follow(run, last)
        assert heard + rest.raw == whole.result().raw


@pytest.mark.parametrize("action", ["resume", "cancel"])
def test_an_execution_is_paused_and_goes_on_or_ends(folder: Path, action: str) -> None:
    tag = [
        {"id": f"t{n}", "operation": "catalog.tag_asset", "needs": ["scan"],
         "arguments": {"asset": "shop.orders", "tag": f"tag-{n}"}}
        for n in range(3)
    ]  # fmt: skip
    scan = {"id": "scan", "operation": "scan_logic.start_scan", "arguments": {"source": "shop"}}
    with served(folder) as client:
        client.call("workflows.create", name="flow", steps=[scan, *tag])
        execution = client.http.post("/api/racine/workflows/flow/execute").json()
        path = f"/api/racine/workflows/{execution['id']}"
        paused = client.http.post(f"{path}/control", json={"action": "pause"})
        assert paused.status_code == 200, paused.text
        while (status := client.http.get(f"{path}/status").json())["status"] != "paused":
            assert status["status"] in ("queued", "running")
        assert client.http.post(f"{path}/control", json={"action": action}).status_code == 200
        log = client.http.get(f"{path}/logs/stream").text
        ended = client.http.get(f"{path}/status").json()
        again = client.http.post(f"{path}/control", json={"action": "resume"})
        tags = client.call("catalog.get_asset", asset="shop.orders")["tags"]
    assert again.status_code == 409
    if action == "resume":
        assert ended["status"] == "done"
        assert {step["status"] for step in ended["steps"]} == {"done"}
        assert {"tag-0", "tag-1", "tag-2"} <= set(tags)
        assert '"outcome":{"type":"success"}' in log
    else:
        assert ended["status"] == "cancelled"
        assert {step["status"] for step in ended["steps"]} <= {"done", "skipped"}
        assert not {"tag-0", "tag-1", "tag-2"} & set(tags)
        assert '"outcome":{"type":"cancelled"}' in log
