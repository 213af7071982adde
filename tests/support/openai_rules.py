"""The rules by which OpenAI refuses a chat completion request, for the scripted server.

Those that agents break in practice: unanswered tool calls, too many tools, bad names and schemas.
`refusal` returns the sentence of the 400 that the real endpoint answers, or None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

_NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_ROLES = {"developer", "system", "user", "assistant", "tool", "function"}
_FIELDS = {
    "model", "messages", "stream", "stream_options", "tools", "tool_choice", "parallel_tool_calls",
    "temperature", "top_p", "n", "stop", "seed", "user", "metadata", "store", "max_tokens",
    "max_completion_tokens", "presence_penalty", "frequency_penalty", "logit_bias", "logprobs",
    "top_logprobs", "response_format", "reasoning_effort", "service_tier", "verbosity",
    "prompt_cache_key", "safety_identifier", "modalities", "prediction",
}  # fmt: skip


def refusal(body: Any) -> str | None:
    """Why OpenAI would answer this request with 400, or None if it would take it."""
    if not isinstance(body, dict):
        return "We could not parse the JSON body of your request."
    return next(_problems(body), None)


def _problems(body: Json) -> Iterator[str]:
    for field in body.keys() - _FIELDS:
        yield f"Unrecognized request argument supplied: {field}"
    if not isinstance(body.get("model"), str):
        yield "you must provide a model parameter"
    if body.get("stream_options") is not None and not body.get("stream"):
        yield "The 'stream_options' parameter is only allowed when 'stream' is enabled."
    yield from _tools(body)
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages:
        yield "Invalid 'messages': empty array. Expected an array with minimum length 1."
        return
    yield from _messages(messages)


def _tools(body: Json) -> Iterator[str]:
    tools = body.get("tools")
    if tools is None:
        for field in ("tool_choice", "parallel_tool_calls"):
            if body.get(field) is not None:
                yield f"'{field}' is only allowed when 'tools' are specified."
        return
    if not isinstance(tools, list) or not tools:
        yield "[] is too short - 'tools'"
        return
    if len(tools) > 128:
        yield f"Invalid 'tools': array too long. Expected maximum length 128, got {len(tools)}."
    for index, tool in enumerate(tools):
        function = tool.get("function") if isinstance(tool, dict) else None
        if not isinstance(function, dict) or tool.get("type") != "function":
            yield f"Missing required parameter: 'tools[{index}].function'."
            return
        name = str(function.get("name", ""))
        if not _NAME.fullmatch(name):
            yield (
                f"Invalid 'tools[{index}].function.name': string does not match pattern. "
                "Expected a string that matches the pattern '^[a-zA-Z0-9_-]{1,64}$'."
            )
        if len(function.get("description") or "") > 1024:
            yield (
                f"Invalid 'tools[{index}].function.description': string too long. "
                "Expected a string with maximum length 1024."
            )
        parameters = function.get("parameters", {"type": "object"})
        if not isinstance(parameters, dict) or parameters.get("type") != "object":
            yield (
                f"Invalid schema for function '{name}': schema must be a JSON Schema of "
                "'type: \"object\"'."
            )
        elif context := _array_without_items(parameters, ()):
            yield (
                f"Invalid schema for function '{name}': In context={context}, "
                "array schema missing items."
            )
    choice = body.get("tool_choice")
    names = {tool["function"]["name"] for tool in tools}
    if isinstance(choice, dict) and choice.get("function", {}).get("name") not in names:
        yield "Tool choice is not among the specified tools."
    elif isinstance(choice, str) and choice not in {"none", "auto", "required"}:
        yield f"Invalid value: '{choice}'. Supported values are: 'none', 'auto', and 'required'."


def _array_without_items(schema: Any, path: tuple[str, ...]) -> tuple[str, ...] | None:
    if isinstance(schema, dict):
        if schema.get("type") == "array" and "items" not in schema:
            return path or ("",)
        for key, part in schema.items():
            if found := _array_without_items(part, (*path, key)):
                return found
    elif isinstance(schema, list):
        for index, part in enumerate(schema):
            if found := _array_without_items(part, (*path, str(index))):
                return found
    return None


def _messages(messages: list[Any]) -> Iterator[str]:
    unanswered: set[str] = set()
    for index, message in enumerate(messages):
        role = message.get("role") if isinstance(message, dict) else None
        if role not in _ROLES:
            yield f"Invalid value: '{role}'. Supported values are: {sorted(_ROLES)}."
            return
        if role == "tool":
            answered = message.get("tool_call_id")
            if answered not in unanswered:
                yield (
                    f"Invalid parameter: messages[{index}] with role 'tool' must be a response "
                    "to a preceding message with 'tool_calls'."
                )
            unanswered.discard(answered)
        elif unanswered:
            yield _unanswered(unanswered)
        content, calls = message.get("content"), message.get("tool_calls")
        if content is None and not (role == "assistant" and (calls or message.get("refusal"))):
            yield f"Invalid value for 'content': expected a string, got null. - messages[{index}]"
        if calls is not None and role == "assistant":
            if not calls:
                yield f"[] is too short - 'messages.{index}.tool_calls'"
            for call in calls:
                yield from _call(index, call)
                unanswered.add(call.get("id"))
    if unanswered:
        yield _unanswered(unanswered)


def _call(index: int, call: Json) -> Iterator[str]:
    function = call.get("function") or {}
    if not call.get("id") or call.get("type") != "function":
        yield f"Missing required parameter: 'messages[{index}].tool_calls[0].id' or '.type'."
    if len(call.get("id") or "") > 40:
        yield (
            f"Invalid 'messages[{index}].tool_calls[0].id': string too long. "
            "Expected a string with maximum length 40."
        )
    if not _NAME.fullmatch(function.get("name") or ""):
        yield f"Invalid 'messages[{index}].tool_calls[0].function.name': does not match pattern."
    if not isinstance(function.get("arguments"), str):
        yield f"Missing required parameter: 'messages[{index}].tool_calls[0].function.arguments'."


def _unanswered(ids: set[str]) -> str:
    return (
        "An assistant message with 'tool_calls' must be followed by tool messages responding to "
        "each 'tool_call_id'. The following tool_call_ids did not have response messages: "
        + ", ".join(sorted(ids))
    )
