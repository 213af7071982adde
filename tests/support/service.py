"""The whole service, served on a real port in this process, and a small client for it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from api.app import create_app
from api.runtime import build
from api.settings import Settings
from tests.support.serving import HttpServer

TOKEN = "administrators-token"
CHAT = "/api/racine/ai-assistant/chat"
ASSISTANT_RUNS = "/api/racine/ai-assistant/runs"


@dataclass
class Said:
    """What came of a message: the events, and what they amount to."""

    events: list[dict[str, Any]] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    raw: bytes = b""

    def of(self, kind: str) -> list[dict[str, Any]]:
        """The events of a type."""
        return [event for event in self.events if event["type"] == kind]

    def custom(self, name: str) -> list[dict[str, Any]]:
        """The values of our own events of a name."""
        return [one["value"] for one in self.of("CUSTOM") if one["name"] == name]

    @property
    def text(self) -> str:
        return "".join(event["delta"] for event in self.of("TEXT_MESSAGE_CONTENT"))

    @property
    def conversation(self) -> str:
        return str(self.events[0]["threadId"])

    @property
    def run(self) -> str:
        return str(self.events[0]["runId"])

    @property
    def plan(self) -> dict[str, Any]:
        (plan,) = self.custom("plan_proposed")
        return plan

    @property
    def calls(self) -> list[str]:
        return [event["toolCallName"] for event in self.of("TOOL_CALL_START")]

    @property
    def ending(self) -> str:
        return str(self.events[-1].get("outcome", {}).get("type", self.events[-1]["type"]))


class Client:
    """One person's hand on a served Racine."""

    def __init__(self, url: str, token: str = TOKEN) -> None:
        self.url = url
        self.data_dir = Path()
        self.http = httpx.Client(
            base_url=url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=60,
            verify=False,  # it speaks plain HTTP: reading the certificates would take longer
        )

    def filled(self) -> None:
        """Wait until an index that began empty holds all."""
        while True:
            parts = self.call("orchestration.health")["parts"]
            detail = next(one["detail"] for one in parts if one["name"] == "index")
            if detail["documents"] and detail["rebuilding"] == "no":
                return
            time.sleep(0.1)

    def say(self, message: str, conversation: str | None = None, **headers: str) -> Said:
        body = {"message": message} | ({"conversation_id": conversation} if conversation else {})
        with self.http.stream("POST", CHAT, json=body, headers=headers) as response:
            return read(response)

    def follow(self, run_id: str, after: int | None = None) -> Said:
        headers = {} if after is None else {"Last-Event-ID": str(after)}
        path = f"/api/racine/ai-assistant/runs/{run_id}/events"
        with self.http.stream("GET", path, headers=headers) as response:
            return read(response)

    def approve(self, plan: dict[str, Any], **body: Any) -> httpx.Response:
        path = f"/api/racine/ai-assistant/plans/{plan['id']}/approve"
        return self.http.post(path, json={"hash": plan["hash"], **body})

    def execute(self, plan: dict[str, Any]) -> Said:
        """Approve a plan and follow it to its end."""
        response = self.approve(plan)
        assert response.status_code == 202, response.text
        return self.follow(response.json()["run_id"])

    def call(self, operation: str, /, **arguments: Any) -> Any:
        response = self.http.post(f"/api/operations/{operation}", json=arguments)
        assert response.is_success, response.text
        return response.json()

    def close(self) -> None:
        self.http.close()


def read(response: httpx.Response) -> Said:
    """A stream of events, read to its end."""
    if response.status_code != 200:
        response.read()
        raise AssertionError(f"{response.status_code} {response.text}")
    said = Said()
    for chunk in response.iter_bytes():
        said.raw += chunk
    for block in said.raw.decode().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if "data" in lines:
            said.ids.append(int(lines["id"]))
            said.events.append(json.loads(lines["data"]))
    return said


@contextmanager
def served(folder: Path, **settings: Any) -> Iterator[Client]:
    """A Racine served while the block runs."""
    configured = Settings(data_dir=folder, admin_token=TOKEN, **settings)
    application = create_app(configured, build(configured))
    with HttpServer(application, lifespan="on") as server:
        client = Client(server.address)
        client.data_dir = folder
        client.http.get("/healthz")  # answers once it has started, and so has taken its folder
        try:
            yield client
        finally:
            client.close()
