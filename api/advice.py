"""Recommendations, insights and anomalies as server-sent events: the list now, and again whenever
it has changed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress

from fastapi import APIRouter, Request
from sse_starlette import ServerSentEvent
from starlette.responses import Response

from api.auth import caller_of, runtime_of
from api.body import query_of
from api.runtime import Runtime
from api.streams import sent

router = APIRouter(prefix="/api/racine/ai-assistant", tags=["assistant"])
PAUSE_SECONDS = 1.0  # between two looks: what is committed together is told together
LOOK_SECONDS = 60.0  # some come by time alone


@router.get("/recommendations/stream")
async def stream_recommendations(request: Request) -> Response:
    """Follow what is recommended: an event `recommendations` now and with every change.

    It takes what `assistant.recommendations` takes.
    """
    return await _followed(request, "recommendations")


@router.get("/insights/stream")
async def stream_insights(request: Request) -> Response:
    """Follow what several groups tell together, as `assistant.insights` lists it."""
    return await _followed(request, "insights")


@router.get("/anomalies/stream")
async def stream_anomalies(request: Request) -> Response:
    """Follow what the past doesn't explain, as `assistant.anomalies` lists it."""
    return await _followed(request, "anomalies")


async def _followed(request: Request, what: str) -> Response:
    caller, runtime = await caller_of(request), runtime_of(request)
    wanted = {name: values[-1] for name, values in query_of(request).items()}

    async def look() -> str:
        invocation = await runtime.kernel.invoke(f"assistant.{what}", wanted, caller)
        return invocation.value.model_dump_json()

    return sent(_changes(runtime, what, look, await look()))


async def _changes(
    runtime: Runtime, what: str, look: Callable[[], Awaitable[str]], said: str
) -> AsyncIterator[ServerSentEvent]:
    news = asyncio.Event()
    runtime.kernel.after_commit.append(news.set)
    try:
        told = None
        while True:
            if said != told:
                told = said
                yield ServerSentEvent(event=what, data=said, sep="\n")
            with suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), LOOK_SECONDS)
            news.clear()
            await asyncio.sleep(PAUSE_SECONDS)
            said = await look()
    finally:
        runtime.kernel.after_commit.remove(news.set)
