"""A client of any running service: chat as a stream, operations, plans. Only HTTP, as anybody has.

Nothing is retried and nothing raises on a refusal: what the service answered is what is graded.
"""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx

from evals.records import Heard, Made
from tools.errors import CorrectInput

ASSISTANT = "/api/racine/ai-assistant"


class Service:
    """What the service offers, known from its own description."""

    def __init__(self, names: Mapping[str, str], defaults: Mapping[str, dict[str, Any]]) -> None:
        self._names = names
        self.defaults = defaults

    @classmethod
    def described(cls, openapi: Mapping[str, Any]) -> Service:
        """From `/openapi.json`."""
        names: dict[str, str] = {}
        defaults: dict[str, dict[str, Any]] = {}
        for methods in openapi.get("paths", {}).values():
            for about in methods.values():
                tool, tags = about.get("operationId", ""), about.get("tags", [])
                if not tags or not tool.startswith(f"{tags[0]}_"):
                    continue
                name = f"{tags[0]}.{tool[len(tags[0]) + 1 :]}"
                names[tool] = name
                defaults[name] = _defaults(about)
        return cls(names, defaults)

    def operation(self, tool: str) -> str:
        """The operation's name behind the name of a tool."""
        return self._names.get(tool, tool.replace("_", ".", 1))

    def has(self, operation: str) -> bool:
        """Whether the service has the operation."""
        return operation in self.defaults


def _defaults(about: Mapping[str, Any]) -> dict[str, Any]:
    found = {p["name"]: p.get("schema", {}).get("default") for p in about.get("parameters", [])}
    content = about.get("requestBody", {}).get("content", {}).get("application/json", {})
    for name, schema in content.get("schema", {}).get("properties", {}).items():
        found[name] = schema.get("default")
    return found


class Client:
    """One person's hand on the service."""

    def __init__(self, http: httpx.AsyncClient, service: Service, key: str) -> None:
        self._http = http
        self._headers = {"Authorization": f"Bearer {key}"}
        self.service = service

    async def call(self, operation: str, arguments: Mapping[str, Any]) -> httpx.Response:
        """Call an operation."""
        path = f"/api/operations/{operation}"
        return await self._http.post(path, json=dict(arguments), headers=self._headers)

    async def read(self, operation: str, arguments: Mapping[str, Any]) -> Any:
        """Read, with all pages of a list.

        Raises:
            CorrectInput: the service refuses.
        """
        whole: dict[str, Any] = {}
        cursor: str | None = None
        while True:
            given = {**arguments, **({"cursor": cursor} if cursor else {})}
            response = await self.call(operation, given)
            if response.status_code != 200:
                raise CorrectInput(
                    f"{operation} answered {response.status_code}: {_told(response)}",
                    "See what the service says to this call.",
                )
            page = response.json()
            if not isinstance(page, dict):
                return page
            page = {**page, "items": [*whole.get("items", []), *page["items"]]} if (
                isinstance(page.get("items"), list)
            ) else page  # fmt: skip
            whole = page
            cursor = page.get("next_cursor")
            if not cursor:
                return whole

    async def get(self, url: str) -> httpx.Response:
        """Open an address of the service, such as a citation's."""
        return await self._http.get(url, headers=self._headers)

    async def say(self, message: str, conversation: str | None = None) -> Heard:
        """Say something, and hear what comes of it."""
        body = {"message": message} | ({"conversation_id": conversation} if conversation else {})
        heard = Heard(said=message)
        started = time.perf_counter()
        url = f"{ASSISTANT}/chat"
        async with self._http.stream("POST", url, json=body, headers=self._headers) as response:
            heard.status = response.status_code
            if response.status_code != 200:
                heard.raw = (await response.aread()).decode()
                heard.ending = "refused"
                return heard
            async for event in _events(response, heard):
                if not heard.first_seconds and event["type"] != "RUN_STARTED":
                    heard.first_seconds = time.perf_counter() - started
                self._take(event, heard)
        heard.seconds = time.perf_counter() - started
        return heard

    async def approve(self, plan: Mapping[str, Any]) -> httpx.Response:
        """Approve exactly this plan."""
        url = f"{ASSISTANT}/plans/{plan['id']}/approve"
        return await self._http.post(url, json={"hash": plan["hash"]}, headers=self._headers)

    async def reject(self, plan: Mapping[str, Any]) -> httpx.Response:
        """Reject it."""
        url = f"{ASSISTANT}/plans/{plan['id']}/reject"
        return await self._http.post(url, json={}, headers=self._headers)

    async def follow(self, run_id: str) -> Heard:
        """A run's events to its end."""
        heard = Heard()
        url = f"{ASSISTANT}/runs/{run_id}/events"
        async with self._http.stream("GET", url, headers=self._headers) as response:
            async for event in _events(response, heard):
                self._take(event, heard)
        return heard

    def _take(self, event: dict[str, Any], heard: Heard) -> None:
        match event["type"]:
            case "RUN_STARTED":
                heard.conversation = event["threadId"]
            case "TEXT_MESSAGE_CONTENT":
                heard.text += event["delta"]
            case "TOOL_CALL_START":
                operation = self.service.operation(event["toolCallName"])
                heard.calls.append(Made(operation=operation))
            case "TOOL_CALL_ARGS":
                heard.calls[-1].arguments = json.loads(event["delta"] or "{}")
            case "TOOL_CALL_RESULT":
                waiting = next((c for c in heard.calls if not c.result), None)
                if waiting is not None:
                    waiting.result = event["content"]
            case "CUSTOM":
                _custom(event["name"], event["value"], heard)
            case "RUN_FINISHED":
                heard.ending = event.get("outcome", {}).get("type", "success")
            case "RUN_ERROR":
                heard.ending = "failed"
                heard.text += event.get("message", "")


def _custom(name: str, value: dict[str, Any], heard: Heard) -> None:
    match name:
        case "citation":
            heard.citations.append(value)
        case "plan_proposed" | "plan_updated":
            heard.plan = value
        case "clarification":
            heard.asked = value
        case "usage":
            heard.usage = value
        case "execution_finished":
            heard.execution = value


async def _events(response: httpx.Response, heard: Heard) -> AsyncIterator[dict[str, Any]]:
    async for line in response.aiter_lines():
        if line.startswith("data:"):
            text = line[5:].strip()
            heard.raw += f"{text}\n"
            yield json.loads(text)


def _told(response: httpx.Response) -> str:
    try:
        return str(response.json().get("detail", ""))[:300]
    except (ValueError, AttributeError):
        return response.text[:300]
