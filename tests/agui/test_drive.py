"""The driver of AG-UI's own client: it takes a good stream and says what is wrong with a bad one.

Streams are served over HTTP as they stand, so that a rejection is the client's and not ours.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.support.serving import HttpServer

HERE = Path(__file__).parent
pytestmark = pytest.mark.node
Event = dict[str, Any]
Driven = subprocess.CompletedProcess[str]
Drive = Callable[..., Driven]
THREAD = {"threadId": "t1", "runId": "r1"}
STARTED: Event = {"type": "RUN_STARTED", **THREAD}
FINISHED: Event = {"type": "RUN_FINISHED", **THREAD}
TEXT: list[Event] = [
    {"type": "TEXT_MESSAGE_START", "messageId": "m1", "role": "assistant"},
    {"type": "TEXT_MESSAGE_CONTENT", "messageId": "m1", "delta": "Hello"},
    {"type": "TEXT_MESSAGE_END", "messageId": "m1"},
]
CALL: list[Event] = [
    {"type": "TOOL_CALL_START", "toolCallId": "c1", "toolCallName": "search"},
    {"type": "TOOL_CALL_ARGS", "toolCallId": "c1", "delta": "{}"},
    {"type": "TOOL_CALL_END", "toolCallId": "c1"},
    {"type": "TOOL_CALL_RESULT", "messageId": "m0", "toolCallId": "c1", "content": "[]"},
]
SENT = {"threadId", "runId", "protocolVersion", "tools", "context", "forwardedProps", "state"} | {
    "messages"
}
INTERRUPT: Event = {"id": "p1", "reason": "racine:plan_approval", "message": "Two steps to approve"}


class Agent(HttpServer):
    """An agent whose next answer is `body`; keeps what it was sent."""

    def __init__(self) -> None:
        super().__init__(Starlette(routes=[Route("/chat", self._answer, methods=["POST"])]))
        self.url = f"{self.address}/chat"
        self.body = b""
        self.requests: list[Any] = []
        self.authorization = ""

    async def _answer(self, request: Request) -> Response:
        self.requests.append(await request.json())
        self.authorization = request.headers["authorization"]
        if not self.body:
            return JSONResponse({"code": "not_signed_in"}, 401)
        return Response(self.body, media_type="text/event-stream")


@pytest.fixture(scope="module")
def node() -> str:
    """The path of node, with the client installed as the lock says."""
    path, npm = shutil.which("node"), shutil.which("npm")
    if path is None or npm is None:
        pytest.skip("Node.js is not installed")
    if not (HERE / "node_modules").is_dir():
        subprocess.run([npm, "ci", "--silent"], cwd=HERE, check=True, timeout=120)
    return path


@pytest.fixture(scope="module")
def agent() -> Iterator[Agent]:
    with Agent() as server:
        yield server


@pytest.fixture
def drive(node: str, agent: Agent) -> Drive:
    def run(events: list[Event], *arguments: str, separator: str = "\n") -> Driven:
        lines = (f"data: {json.dumps(event)}{separator * 2}" for event in events)
        agent.body = "".join(lines).encode()
        command = [node, "drive.mjs", agent.url, "the-key", *(arguments or ("hello",))]
        return subprocess.run(
            command, cwd=HERE, capture_output=True, text=True, timeout=30, check=False
        )

    return run


def test_a_whole_stream_is_taken(drive: Drive, agent: Agent) -> None:
    citation = {"type": "CUSTOM", "name": "citation", "value": {"n": 1}}
    driven = drive([STARTED, *CALL, *TEXT, citation, FINISHED])
    assert driven.returncode == 0, driven.stderr
    taken = [json.loads(line)["type"] for line in driven.stdout.splitlines()]
    assert taken == [event["type"] for event in [STARTED, *CALL, *TEXT, citation, FINISHED]]
    assert agent.authorization == "Bearer the-key"
    assert agent.requests[-1].keys() == SENT


def test_a_run_that_failed_is_a_whole_stream(drive: Drive) -> None:
    error = {"type": "RUN_ERROR", "message": "No model.", "code": "model_unavailable"}
    assert drive([STARTED, *TEXT[:2], error]).returncode == 0


def test_an_interrupt_is_resumed(drive: Drive, agent: Agent) -> None:
    outcome = {"type": "interrupt", "interrupts": [INTERRUPT]}
    asked = drive([STARTED, *TEXT, {**FINISHED, "outcome": outcome}])
    assert asked.returncode == 0, asked.stderr
    answers = ["--thread", "t1", "--resume", "p1", '{"approved": true}', "--cancel", "p2"]
    resumed = drive([STARTED, *TEXT, FINISHED], "", *answers)
    assert resumed.returncode == 0, resumed.stderr
    sent = agent.requests[-1]
    assert sent.keys() == SENT | {"resume"}
    assert (sent["threadId"], sent["messages"]) == ("t1", [])
    assert sent["resume"] == [
        {"interruptId": "p1", "status": "resolved", "payload": {"approved": True}},
        {"interruptId": "p2", "status": "cancelled"},
    ]


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        ([*TEXT, FINISHED], "First event must be 'RUN_STARTED'"),
        ([STARTED, STARTED], "while a run is still active"),
        ([STARTED, TEXT[1], FINISHED], "No active text message found"),
        ([STARTED, *TEXT[:2], FINISHED], "while text messages are still active"),
        ([STARTED, TEXT[0], TEXT[0]], "already in progress"),
        ([STARTED, *CALL[:2], FINISHED], "while tool calls are still active"),
        ([STARTED, CALL[1]], "No active tool call found"),
        ([STARTED, {"type": "STEP_STARTED", "stepName": "s"}, FINISHED], "steps are still active"),
        ([STARTED, FINISHED, *TEXT], "already finished"),
        ([STARTED, {"type": "RUN_ERROR", "message": "no"}, FINISHED], "already errored"),
        ([STARTED, {**FINISHED, "result": None}], "deprecated RUN_FINISHED.result"),
        ([STARTED, {**FINISHED, "outcome": {"type": "interrupt", "interrupts": []}}], "too_small"),
        ([STARTED, {**TEXT[0], "mood": "good"}, *TEXT[1:], FINISHED], "at '/mood'"),
        ([STARTED, {"type": "NOVELTY"}, FINISHED], "Dropping unrecognised event 'NOVELTY'"),
        ([STARTED, *TEXT], "ended without RUN_FINISHED"),
        ([], "HTTP 401"),
    ],
)
def test_what_the_client_refuses_is_named(drive: Drive, events: list[Event], reason: str) -> None:
    driven = drive(events)
    assert driven.returncode == 1
    assert re.search(reason, driven.stderr), driven.stderr


def test_carriage_returns_break_the_client(drive: Drive) -> None:
    driven = drive([STARTED, *TEXT, FINISHED], separator="\r\n")
    assert driven.returncode == 1


def test_the_lock_names_no_registry() -> None:
    lock = json.loads((HERE / "package-lock.json").read_text())
    assert all("resolved" not in package for package in lock["packages"].values())
    assert all("integrity" in package for name, package in lock["packages"].items() if name)
