"""Recommendations as server-sent events: the list now, and again whenever it has changed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

from fastapi import APIRouter, Request
from sse_starlette import ServerSentEvent
from starlette.responses import Response

from api.auth import caller_of, runtime_of
from api.body import query_of
from api.runtime import Runtime
from api.streams import sent
from tools.context import Caller
from tools.racine.assistant.types import Recommendations

router = APIRouter(prefix="/api/racine/ai-assistant", tags=["assistant"])
PAUSE_SECONDS = 1.0  # between two looks: what is committed together is told together
LOOK_SECONDS = 60.0  # some recommendations come by time alone


@router.get("/recommendations/stream")
async def stream_recommendations(request: Request) -> Response:
    """Follow what is recommended: an event `recommendations` now and with every change.

    It takes what `assistant.recommendations` takes.
    """
    caller, runtime = await caller_of(request), runtime_of(request)
    wanted = {name: values[-1] for name, values in query_of(request).items()}
    first = await _look(runtime, caller, wanted)
    return sent(_changes(runtime, caller, wanted, first))


async def _look(runtime: Runtime, caller: Caller, wanted: dict[str, str]) -> Recommendations:
    invocation = await runtime.kernel.invoke("assistant.recommendations", wanted, caller)
    return Recommendations.model_validate(invocation.value)


async def _changes(
    runtime: Runtime, caller: Caller, wanted: dict[str, str], listed: Recommendations
) -> AsyncIterator[ServerSentEvent]:
    news = asyncio.Event()
    runtime.kernel.after_commit.append(news.set)
    try:
        told = None
        while True:
            said = listed.model_dump_json()
            if said != told:
                told = said
                yield ServerSentEvent(event="recommendations", data=said, sep="\n")
            with suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), LOOK_SECONDS)
            news.clear()
            await asyncio.sleep(PAUSE_SECONDS)
            listed = await _look(runtime, caller, wanted)
    finally:
        runtime.kernel.after_commit.remove(news.set)
