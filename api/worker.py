"""`racine worker`: a process that carries out executions, and nothing else, until it is stopped."""

from __future__ import annotations

import asyncio
import re
import signal

import structlog

from api.runtime import build
from api.settings import Settings
from tools.errors import CorrectInput

log = structlog.get_logger(__name__)
NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")


async def work(settings: Settings, name: str) -> None:
    """Carry out executions until SIGINT or SIGTERM; what isn't finished goes on elsewhere.

    Raises:
        CorrectInput: the name can't name a folder, or the database can't be shared.
    """
    if not NAME.fullmatch(name):
        raise CorrectInput(
            f"'{name[:40]}' can't name a worker.",
            "Use letters, digits, dashes and underscores.",
            field="--name",
        )
    runtime = build(settings, worker=name)
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    await runtime.start()
    log.info("worker ready", name=name)
    try:
        await stopped.wait()
    finally:
        await runtime.stop()
