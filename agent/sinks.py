"""Where the model's text goes while it is still being written.

A run sets `text_sink` in its own context before it invokes the agent; the chat models call what
they find there, in order and from the event loop. A sink must return at once and never raise.
`Coalescer` stands between a stream of deltas and a sink.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextvars import ContextVar

Sink = Callable[[str], None]

text_sink: ContextVar[Sink | None] = ContextVar("text_sink", default=None)


class Coalescer:
    """Joins deltas that arrive within `window` seconds into one call of the sink.

    The first delta passes at once, so that the first word is never late; no delta waits longer
    than the window, even if the stream stalls. `emitted` says whether the sink has had any text.
    """

    def __init__(self, sink: Sink | None, window: float) -> None:
        self._sink = sink
        self._window = window
        self._held: list[str] = []
        self._timer: asyncio.TimerHandle | None = None
        self.emitted = False

    def add(self, delta: str) -> None:
        """Take one delta; pass it on now or with the next ones."""
        if self._sink is None or not delta:
            return
        self._held.append(delta)
        if not self.emitted:
            self.emitted = True
            self.flush()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._window, self.flush)

    def flush(self) -> None:
        """Pass on what is held; to be called once more when the stream has ended."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._held and self._sink is not None:
            self._sink("".join(self._held))
            self._held.clear()
