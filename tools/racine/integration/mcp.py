"""A system outside that speaks MCP: what it offers, and calls of it. Blocking, for a thread."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from tools.errors import MendSource
from tools.operation import Effect
from tools.racine.integration.openapi import MOST, snake
from tools.racine.integration.types import Described, Offer

T = TypeVar("T")


def offer_of(url: str, headers: dict[str, str], seconds: float) -> Offer:
    """Ask a server for its tools.

    Raises:
        MendSource: it can't be reached, or doesn't speak MCP.
    """

    async def ask(client: Any) -> Offer:
        tools: list[Any] = []
        cursor = None
        while len(tools) < MOST:
            page = await client.list_tools(cursor=cursor)
            tools += page.tools
            cursor = page.next_cursor
            if not cursor:
                break
        return Offer(title="", base=url, operations=[_described(tool) for tool in tools[:MOST]])

    return _within(ask, url, headers, seconds)


def call(url: str, headers: dict[str, str], seconds: float, tool: str, arguments: Any) -> Any:
    """Call a tool; its structured content, or the JSON or the text that it answers.

    Raises:
        ToolRefused: the tool says that it failed.
        MendSource: the server can't be reached.
    """

    async def ask(client: Any) -> Any:
        answer = await client.call_tool(tool, arguments)
        texts = [part.text for part in answer.content if getattr(part, "type", "") == "text"]
        if answer.is_error:
            raise ToolRefused
        if answer.structured_content is not None:
            return answer.structured_content
        text = "\n".join(texts)
        try:
            return json.loads(text)
        except ValueError:
            return text

    return _within(ask, url, headers, seconds)


class ToolRefused(Exception):  # noqa: N818 - the tool's own "no"
    """A tool answers that it has failed."""


def _described(tool: Any) -> Described:
    hints = tool.annotations
    reads = bool(hints and hints.read_only_hint)
    destroys = bool(hints and hints.destructive_hint)
    schema = tool.input_schema or {}
    return Described(
        name=snake(tool.name),
        summary=" ".join((tool.description or tool.title or tool.name).split())[:200],
        description=(tool.description or "")[:2000],
        effect=Effect.READ if reads else Effect.DESTROY if destroys else Effect.WRITE,
        parameters={
            "type": "object",
            "properties": schema.get("properties") or {},
            "required": schema.get("required") or [],
        },
        tool=tool.name,
    )


def _within(
    ask: Callable[[Any], Awaitable[T]], url: str, headers: dict[str, str], seconds: float
) -> T:
    """One session of its own: the loop that serves is never used from a thread."""
    # Late: it takes a while to import
    import httpx2
    from mcp import Client
    from mcp.client.streamable_http import streamable_http_client

    async def session() -> T:
        async with (
            asyncio.timeout(seconds),
            httpx2.AsyncClient(headers=headers, timeout=seconds, trust_env=False) as http,
            Client(streamable_http_client(url, http_client=http)) as client,
        ):
            return await ask(client)

    try:
        return asyncio.run(session())
    except BaseExceptionGroup as group:
        refused = group.subgroup(ToolRefused)
        if refused is not None:
            raise ToolRefused from None
        raise _unreachable(url, group) from None
    except (OSError, TimeoutError, httpx2.HTTPError, ValueError, RuntimeError) as error:
        raise _unreachable(url, error) from None


def _unreachable(url: str, error: BaseException) -> MendSource:
    return MendSource(
        f"The MCP server at {url} can't be talked to ({type(error).__name__}).",
        "Check that it runs, that it speaks MCP over HTTP there, and its token.",
    )
