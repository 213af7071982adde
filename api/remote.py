"""The service that has a data folder open, as its own command line speaks to it.

No key has to be made: a token signed with the folder's secret key says who asks.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx

from api.accounts import command_token
from api.settings import Settings
from tools.errors import CorrectInput, LookAgain, RacineError, TryLater

ASSISTANT = "/api/racine/ai-assistant"


@asynccontextmanager
async def remote(settings: Settings) -> AsyncIterator[Remote]:
    """The service at the settings' address.

    Raises:
        TryLater: nothing answers there, or it breaks off.
        LookAgain: what answers doesn't serve this folder.
    """

    def signed(request: httpx.Request) -> httpx.Request:
        request.headers["Authorization"] = f"Bearer {command_token(settings.key())}"
        return request

    folder, address = settings.data_dir, settings.address
    timeout = httpx.Timeout(None, connect=10)  # an operation takes as long as it takes
    # A proxy of the environment has no part in what stays on this machine.
    http = httpx.AsyncClient(base_url=address, auth=signed, timeout=timeout, trust_env=False)
    try:
        async with http:
            me = await http.get("/api/auth/me")
            if "user_id" not in _json(me):
                raise LookAgain(
                    f"The folder '{folder}' is open in another process, and what answers at "
                    f"{address} is not its Racine.",
                    "Set RACINE_HOST and RACINE_PORT, and RACINE_SECRET_KEY if it has one, as for "
                    "the service; or RACINE_DATA_DIR to another folder.",
                )
            yield Remote(http, me.json()["user_id"])
    except httpx.ConnectError:
        raise TryLater(
            f"The folder '{folder}' is open in another process, and nothing answers at {address}.",
            "Wait for its end, set RACINE_HOST and RACINE_PORT as for the service, or "
            "RACINE_DATA_DIR to another folder.",
        ) from None
    except httpx.TransportError:
        raise TryLater(
            f"The connection to {address} broke off.", "What it had begun goes on there: look."
        ) from None


class Remote:
    """A service over HTTP."""

    def __init__(self, http: httpx.AsyncClient, user_id: str) -> None:
        self._http, self.user_id = http, user_id

    async def invoke(self, operation: str, arguments: Mapping[str, Any]) -> Any:
        """An operation's result as JSON."""
        return await self._post(f"/api/operations/{operation}", arguments)

    async def say(self, message: str) -> AsyncIterator[Mapping[str, Any]]:
        """The events of the turn that answers a message, in a new conversation."""
        async for event in self._events("POST", "/chat", {"message": message}):
            yield event

    async def approve(self, plan: Mapping[str, Any]) -> Mapping[str, Any]:
        """Agree to a plan as it was shown: the run that carries it out, and who has to agree."""
        path = f"{ASSISTANT}/plans/{plan['id']}/approve"
        decided: Mapping[str, Any] = await self._post(path, {"hash": plan["hash"]})
        return decided

    async def follow(self, run_id: str) -> AsyncIterator[Mapping[str, Any]]:
        """A run's events, to its end."""
        async for event in self._events("GET", f"/runs/{run_id}/events", None):
            yield event

    async def rebuild(self) -> int:
        """Build the index anew; returns the number of documents."""
        rebuilt = await self._post("/api/racine/orchestration/rebuild-index", {})
        return int(rebuilt["documents"])

    async def _post(self, path: str, body: Mapping[str, Any]) -> Any:
        answer = await self._http.post(path, json=body)
        if answer.is_error:
            raise _refused(answer)
        return answer.json()

    async def _events(
        self, method: str, path: str, body: Mapping[str, Any] | None
    ) -> AsyncIterator[Mapping[str, Any]]:
        async with self._http.stream(method, ASSISTANT + path, json=body) as answer:
            if answer.is_error:
                await answer.aread()
                raise _refused(answer)
            rest = b""  # by bytes: a text's own U+2028 ends no line
            async for chunk in answer.aiter_bytes():
                *lines, rest = (rest + chunk).split(b"\n")
                for line in lines:
                    if line.startswith(b"data: "):
                        yield json.loads(line.removeprefix(b"data: "))


def _refused(answer: httpx.Response) -> RacineError:
    said = _json(answer)
    return CorrectInput(
        said.get("detail", f"It answers {answer.status_code}."),
        said.get("remedy", "Look at the service's log."),
    )


def _json(answer: httpx.Response) -> dict[str, Any]:
    try:
        said = answer.json()
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
