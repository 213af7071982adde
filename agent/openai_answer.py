"""One streamed answer of an OpenAI-compatible endpoint, put together from its events.

Pure: bytes in, events out, one `AIMessage` at the end; no pydantic model is built per event.
Lenient where compatible servers differ (no tool call index, no id, no usage, one JSON body in
place of a stream), strict about the end: an answer is complete only if the endpoint said so.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from langchain_core.messages import AIMessage, InvalidToolCall, ToolCall
from langchain_core.messages.ai import InputTokenDetails, OutputTokenDetails, UsageMetadata
from pydantic_core import from_json


class EndpointError(ValueError):
    """The endpoint reported an error inside the stream, after it had begun with a 200."""


async def data_lines(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The payloads of the `data:` lines in a stream of server-sent events."""
    rest = b""
    async for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            if line.startswith(b"data:"):
                yield line[5:].strip()


@dataclass
class _Call:
    id: str
    name: str = ""
    arguments: list[str] = field(default_factory=list)


class Answer:
    """Takes events one by one and becomes one message."""

    def __init__(self) -> None:
        self.complete = False
        self._text: list[str] = []
        self._refusal: list[str] = []
        self._calls: dict[int, _Call] = {}
        self._usage: UsageMetadata | None = None
        self._metadata: dict[str, Any] = {}

    def take(self, data: bytes) -> str:
        """Take one payload; return the text it adds. ValueError if it is no event."""
        if data == b"[DONE]":
            self.complete = True
            return ""
        event = from_json(data)
        if not isinstance(event, dict):
            raise ValueError("an event that is no object")
        if event.get("error"):
            raise EndpointError("the endpoint reported an error")
        if usage := event.get("usage"):
            self._usage = _usage(usage)
        if model := event.get("model"):
            self._metadata["model_name"] = model
        # The last event, which brings the usage, has no choice.
        return "".join(self._choice(choice) for choice in (event.get("choices") or ())[:1])

    def _choice(self, choice: dict[str, Any]) -> str:
        if finish_reason := choice.get("finish_reason"):
            self._metadata["finish_reason"] = finish_reason
            self.complete = True
        delta = choice.get("delta") or choice.get("message") or {}
        for fragment in delta.get("tool_calls") or ():
            self._fragment(fragment)
        if refusal := delta.get("refusal"):
            self._refusal.append(refusal)
        text: str = delta.get("content") or refusal or ""
        if text:
            self._text.append(text)
        return text

    def _fragment(self, fragment: dict[str, Any]) -> None:
        """A tool call comes in pieces; some servers send whole calls that share one index."""
        call_id, index = fragment.get("id"), fragment.get("index", len(self._calls))
        call = self._calls.get(index)
        if call is None or (call_id and call_id != call.id):
            index = index if call is None else max(self._calls) + 1
            call = self._calls[index] = _Call(call_id or f"call_{uuid4().hex[:24]}")
        function = fragment.get("function") or {}
        call.name = call.name or function.get("name") or ""
        call.arguments.append(function.get("arguments") or "")

    def message(self) -> AIMessage:
        """The whole answer. Its id is left to LangChain: compatible servers repeat theirs."""
        calls: list[ToolCall] = []
        invalid: list[InvalidToolCall] = []
        for call in self._calls.values():
            written = "".join(call.arguments)
            arguments = _arguments(written)
            if call.name and isinstance(arguments, dict):
                calls.append(ToolCall(name=call.name, args=arguments, id=call.id, type="tool_call"))
            else:
                error = "the arguments are no JSON object" if call.name else "no tool is named"
                invalid.append(
                    InvalidToolCall(
                        name=call.name or None,
                        args=written,
                        id=call.id,
                        error=error,
                        type="invalid_tool_call",
                    )
                )
        return AIMessage(
            content="".join(self._text),
            tool_calls=calls,
            invalid_tool_calls=invalid,
            usage_metadata=self._usage,
            response_metadata=self._metadata,
            additional_kwargs={"refusal": "".join(self._refusal)} if self._refusal else {},
        )


def _arguments(written: str) -> object:
    if not written.strip():
        return {}  # how many servers write a call of a tool without parameters
    try:
        return json.loads(written, strict=False)
    except ValueError:
        return None


def _usage(usage: dict[str, Any]) -> UsageMetadata:
    read, written = usage.get("prompt_tokens") or 0, usage.get("completion_tokens") or 0
    prompt = usage.get("prompt_tokens_details") or {}
    completion = usage.get("completion_tokens_details") or {}
    return UsageMetadata(
        input_tokens=read,
        output_tokens=written,
        total_tokens=usage.get("total_tokens") or read + written,
        input_token_details=InputTokenDetails(cache_read=prompt.get("cached_tokens") or 0),
        output_token_details=OutputTokenDetails(reasoning=completion.get("reasoning_tokens") or 0),
    )
