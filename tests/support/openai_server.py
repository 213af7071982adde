"""A scripted OpenAI-compatible endpoint: real HTTP on a real port, each reply written in advance.

    with ScriptedOpenAI([Calls(Call("search", {"q": "x"})), Text("Found it.", chunks=5)]) as server:
        ...  # OPENAI_BASE_URL=server.url; afterwards server.requests holds the bodies it was sent

A script is a list of replies, one per call of `/v1/chat/completions`, or a function from the
request to its reply. A request that OpenAI would refuse is answered 400 and takes no reply.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass

import anyio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from tests.support.openai_rules import Json, refusal
from tests.support.serving import HttpServer


@dataclass(frozen=True)
class Text:
    """An answer in words, split into `chunks` pieces with `pause` seconds before each."""

    text: str
    chunks: int = 1
    pause: float = 0.0
    finish_reason: str = "stop"

    def deltas(self) -> Iterator[Json]:
        """The deltas that a stream brings."""
        return ({"content": piece} for piece in _pieces(self.text, self.chunks))

    def message(self) -> Json:
        """The message that an answer in one piece holds."""
        return {"role": "assistant", "content": self.text, "refusal": None}


@dataclass(frozen=True)
class Refusal:
    """The model declines, as OpenAI's models say it: in a field of its own."""

    text: str
    pause: float = 0.0
    finish_reason: str = "stop"

    def deltas(self) -> Iterator[Json]:
        """The deltas that a stream brings."""
        return ({"refusal": piece} for piece in _pieces(self.text, 3))

    def message(self) -> Json:
        """The message that an answer in one piece holds."""
        return {"role": "assistant", "content": None, "refusal": self.text}


@dataclass(frozen=True)
class Call:
    """One tool call; arguments given as text are sent as they are, broken or not."""

    name: str
    arguments: Json | str = ""
    id: str | None = None

    @property
    def written(self) -> str:
        """The arguments as the model writes them."""
        return self.arguments if isinstance(self.arguments, str) else json.dumps(self.arguments)


class Calls:
    """One or several parallel tool calls, their arguments streamed in fragments."""

    finish_reason = "tool_calls"

    def __init__(self, *calls: Call, text: str = "", fragment: int = 7, pause: float = 0.0) -> None:
        self.calls = calls
        self.text = text
        self.fragment = fragment
        self.pause = pause

    def _named(self) -> list[tuple[str, Call]]:
        stamp = time.monotonic_ns()
        return [(call.id or f"call_{stamp:x}_{i}", call) for i, call in enumerate(self.calls)]

    def deltas(self) -> Iterator[Json]:
        """The deltas that a stream brings: the head of a call, then pieces of its arguments."""
        if self.text:
            yield {"content": self.text}
        for index, (call_id, call) in enumerate(self._named()):
            head = {"name": call.name, "arguments": ""}
            yield {
                "tool_calls": [
                    {"index": index, "id": call_id, "type": "function", "function": head}
                ]
            }
            for start in range(0, len(call.written), self.fragment):
                piece = {"arguments": call.written[start : start + self.fragment]}
                yield {"tool_calls": [{"index": index, "function": piece}]}

    def message(self) -> Json:
        """The message that an answer in one piece holds."""
        calls = [
            {
                "id": call_id,
                "type": "function",
                "function": {"name": call.name, "arguments": call.written},
            }
            for call_id, call in self._named()
        ]
        return {"role": "assistant", "content": self.text or None, "tool_calls": calls}


Spoken = Text | Refusal | Calls


@dataclass(frozen=True)
class Cut:
    """`reply` breaks off after `after` deltas: the connection drops, or, `quietly`, just ends."""

    reply: Spoken
    after: int
    quietly: bool = False


@dataclass(frozen=True)
class Fail:
    """An HTTP error; `retry_after` in seconds goes into both headers that clients read."""

    status: int
    code: str | None = None
    message: str = "scripted failure"
    retry_after: float | None = None

    def response(self) -> Response:
        """The error in OpenAI's form."""
        headers = {}
        if self.retry_after is not None:
            headers["retry-after"] = f"{self.retry_after:g}"
            headers["retry-after-ms"] = f"{self.retry_after * 1000:g}"
        error = {"message": self.message, "type": "error", "param": None, "code": self.code}
        return JSONResponse({"error": error}, self.status, headers)


@dataclass(frozen=True)
class Raw:
    """A body as it stands, for what no OpenAI endpoint sends but a compatible one might."""

    body: bytes
    content_type: str = "text/event-stream"


Reply = Spoken | Cut | Fail | Raw
Script = Iterable[Reply] | Callable[[Json], Reply]


class _Stream(Response):
    """Sends each delta as one event; a `Cut` leaves the response without its end."""

    def __init__(self, reply: Spoken, body: Json, cut: Cut | None) -> None:
        super().__init__(media_type="text/event-stream")
        del self.headers["content-length"]
        self._reply = reply
        self._request = body
        self._cut = cut

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send(
            {"type": "http.response.start", "status": 200, "headers": self.raw_headers},
        )
        async for event in self._events():
            chunk = b"data: " + event + b"\n\n"
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        if self._cut is None or self._cut.quietly:
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _events(self) -> AsyncIterator[bytes]:
        head = _head(self._request, "chat.completion.chunk")
        include_usage = (self._request.get("stream_options") or {}).get("include_usage")
        if include_usage:
            head["usage"] = None
        choice: Json = {"index": 0, "logprobs": None, "finish_reason": None}
        yield _line(head, [{**choice, "delta": {"role": "assistant", "content": ""}}])
        for number, delta in enumerate(self._reply.deltas()):
            if self._cut is not None and number == self._cut.after:
                return
            if self._reply.pause:
                await anyio.sleep(self._reply.pause)
            yield _line(head, [{**choice, "delta": delta}])
        if self._cut is not None:
            return
        yield _line(head, [{**choice, "delta": {}, "finish_reason": self._reply.finish_reason}])
        if include_usage:
            yield _line({**head, "usage": _usage(self._request, self._reply)}, [])
        yield b"[DONE]"


class ScriptedOpenAI(HttpServer):
    """The endpoint; a context manager that listens while it is entered.

    `key`, if given, is the only API key it takes; `models`, the only models it has.
    """

    def __init__(
        self, script: Script, *, key: str | None = None, models: tuple[str, ...] = (), port: int = 0
    ) -> None:
        routes = [
            Route("/v1/chat/completions", self._complete, methods=["POST"]),
            Route("/v1/models", self._list_models),
        ]
        super().__init__(Starlette(routes=routes), port=port)
        self.url = f"{self.address}/v1"
        self.requests: list[Json] = []
        self.refusals: list[str] = []
        self._key = key
        self._models = models
        self._next = script if callable(script) else _in_turn(script)

    async def _list_models(self, _request: Request) -> Response:
        data = [{"id": name, "object": "model", "owned_by": "script"} for name in self._models]
        return JSONResponse({"object": "list", "data": data})

    async def _complete(self, request: Request) -> Response:
        key = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not key or (self._key is not None and key != self._key):
            message = f"Incorrect API key provided: {key}."
            return Fail(401, "invalid_api_key", message).response()
        try:
            body = json.loads(await request.body())
        except ValueError:
            body = None
        if isinstance(body, dict):
            self.requests.append(body)
        if problem := refusal(body):
            self.refusals.append(problem)
            return Fail(400, "invalid_request_error", problem).response()
        if self._models and body["model"] not in self._models:
            return Fail(404, "model_not_found", "The model does not exist.").response()
        return _response(self._next(body), body)


def _in_turn(script: Iterable[Reply]) -> Callable[[Json], Reply]:
    replies = iter(script)
    return lambda _body: next(replies, Fail(400, message="the script has ended"))


def _response(reply: Reply, body: Json) -> Response:
    if isinstance(reply, Fail):
        return reply.response()
    if isinstance(reply, Raw):
        return Response(reply.body, media_type=reply.content_type)
    cut = reply if isinstance(reply, Cut) else None
    spoken = reply.reply if isinstance(reply, Cut) else reply
    if body.get("stream") or cut:
        return _Stream(spoken, body, cut)
    choice = {"index": 0, "message": spoken.message(), "finish_reason": spoken.finish_reason}
    whole = {**_head(body, "chat.completion"), "choices": [choice]}
    return JSONResponse({**whole, "usage": _usage(body, spoken)})


def _head(body: Json, kind: str) -> Json:
    return {
        "id": f"chatcmpl-{time.monotonic_ns():x}",
        "object": kind,
        "created": int(time.time()),
        "model": body["model"],
        "system_fingerprint": "fp_script",
    }


def _line(head: Json, choices: list[Json]) -> bytes:
    return json.dumps({**head, "choices": choices}).encode()


def _usage(body: Json, reply: Spoken) -> Json:
    """Words in place of tokens: what matters is that the numbers add up."""
    read = len(json.dumps(body["messages"]).split())
    written = sum(1 for _ in reply.deltas())
    return {
        "prompt_tokens": read,
        "completion_tokens": written,
        "total_tokens": read + written,
        "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0},
    }


def _pieces(text: str, count: int) -> list[str]:
    """`text` in at most `count` pieces; joined, they are the text again."""
    words = re.findall(r"\S+\s*|\s+", text)
    size = max(1, -(-len(words) // count))
    return ["".join(words[start : start + size]) for start in range(0, len(words), size)]


class Model:
    """The scripted model; a test sets the script that its turns follow."""

    def __init__(self) -> None:
        self.script: Callable[[Json], Reply] = lambda _body: Text("Nothing.")

    def __call__(self, body: Json) -> Reply:
        return self.script(body)

    def follows(self, replies: Iterable[Reply]) -> None:
        waiting = iter(replies)
        self.script = lambda _body: next(waiting, Fail(400, message="the script has ended"))
