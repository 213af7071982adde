"""Writes a run's events to the log, in order; what is ready together is committed together."""

from __future__ import annotations

import asyncio

from agent.events import Event, TextDelta, TextEnd, TextStart, encode
from tools.database import new_id
from tools.events import EventLog


class Emitter:
    """One run's hand on the log. Text may be emitted from the loop only."""

    def __init__(self, log: EventLog, stream: str) -> None:
        self._log, self._stream = log, stream
        self._last: asyncio.Future[None] | None = None
        self._message_id: str | None = None
        self._written: list[str] = []

    def emit(self, event: Event, *, key: str | None = None, last: bool = False) -> None:
        """Queue an event behind those before it."""
        if not isinstance(event, TextStart | TextDelta | TextEnd):
            self.end_text()
        texts = encode(event)
        for position, text in enumerate(texts):
            self._last = self._log.submit(
                self._stream,
                text,
                key=f"{key}.{position}" if key else None,
                last=last and position == len(texts) - 1,
            )

    def text(self, delta: str) -> None:
        """More text; the first of it opens a message."""
        if not delta:
            return
        if self._message_id is None:
            self._message_id = new_id("msg")
            self.emit(TextStart(self._message_id))
        self._written.append(delta)
        self.emit(TextDelta(self._message_id, delta))

    def end_text(self) -> None:
        """Close the open message, if there is one."""
        if self._message_id is not None:
            message_id, self._message_id = self._message_id, None
            self.emit(TextEnd(message_id))

    @property
    def answer(self) -> str:
        """All the text so far."""
        return "".join(self._written)

    async def written(self) -> None:
        """Wait until everything emitted is in the log."""
        if self._last is not None:
            await self._last
