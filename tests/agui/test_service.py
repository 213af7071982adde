"""npm's AG-UI client against the real service: its own verifier takes every stream."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.service import CHAT, TOKEN, Client, served

HERE = Path(__file__).parent
pytestmark = pytest.mark.node
Talk = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="module")
def client(shop_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = shutil.copytree(shop_folder, tmp_path_factory.mktemp("agui") / "data")
    with served(Path(folder)) as client:
        yield client


@pytest.fixture(scope="module")
def talk(client: Client) -> Talk:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("Node.js is not installed")
    if not (HERE / "node_modules").is_dir():
        subprocess.run([npm, "ci", "--silent"], cwd=HERE, check=True, timeout=120)

    def run(message: str, *options: str) -> list[dict[str, Any]]:
        driven = subprocess.run(
            [node, "drive.mjs", f"{client.url}{CHAT}", TOKEN, message, *options],
            cwd=HERE,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert driven.returncode == 0, driven.stderr
        return [json.loads(line) for line in driven.stdout.splitlines()]

    return run


def text(events: list[dict[str, Any]]) -> str:
    return "".join(one["delta"] for one in events if one["type"] == "TEXT_MESSAGE_CONTENT")


def test_a_question_is_answered(talk: Talk) -> None:
    events = talk("Which tables hold personal data?")
    assert "shop.customers" in text(events)
    assert any(one.get("name") == "citation" for one in events)
    assert events[-1]["outcome"] == {"type": "success"}


def test_an_interrupt_is_resumed_with_an_approval(talk: Talk, client: Client) -> None:
    events = talk("Describe shop.orders as 'by AG-UI'", "--thread", "agui-1")
    (interrupt,) = events[-1]["outcome"]["interrupts"]
    answer = json.dumps({"approved": True, "hash": interrupt["metadata"]["hash"]})
    options = ("--thread", "agui-1", "--resume", interrupt["id"], answer)
    executed = talk("", *options)
    assert executed[-1]["outcome"] == {"type": "success"}
    assert any(one.get("name") == "execution_finished" for one in executed)
    asset = client.call("catalog.get_asset", asset="shop.orders")
    assert asset["description"] == "by AG-UI"
    assert talk("", *options) == executed  # the same approval again is the same stream


@pytest.mark.parametrize("refusal", ["--cancel", "--resume"])
def test_an_interrupt_that_is_refused_changes_nothing(
    talk: Talk, client: Client, refusal: str
) -> None:
    thread = ("--thread", f"agui{refusal}")
    events = talk("Describe shop.products as 'never'", *thread)
    (interrupt,) = events[-1]["outcome"]["interrupts"]
    payload = ('{"approved": false, "reason": "no"}',) if refusal == "--resume" else ()
    answered = talk("", *thread, refusal, interrupt["id"], *payload)
    assert answered[-1]["outcome"] == {"type": "success"}
    path = f"/api/racine/ai-assistant/plans/{interrupt['id']}"
    assert client.http.get(path).json()["status"] == "rejected"
    asset = client.call("catalog.get_asset", asset="shop.products")
    assert asset["description"] != "never"
    assert "rejected" in text(answered)
