"""Server-sent events: a view of the log, from any place in it, to its end.

Events that are ready together leave as one chunk. A ping every 15 seconds, padded, keeps proxies
from cutting or holding back an idle stream. A disconnect ends the view, never the run.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

from sse_starlette import EventSourceResponse, ServerSentEvent

from tools.errors import CorrectInput
from tools.events import EventLog, Logged

PING_SECONDS = 15
PADDING = " " * 2048
HEADERS = {"X-Accel-Buffering": "no", "Cache-Control": "no-store"}


def stream(events: EventLog, stream_id: str, after: int = 0) -> EventSourceResponse:
    """The events of a stream behind `after` as server-sent events."""
    return sent(_chunks(events, stream_id, after))


def sent(content: AsyncIterator[bytes] | AsyncIterator[ServerSentEvent]) -> EventSourceResponse:
    """What comes as server-sent events, kept alive by pings."""
    return EventSourceResponse(
        content,
        sep="\n",
        ping=PING_SECONDS,
        ping_message_factory=lambda: ServerSentEvent(comment=f"ping{PADDING}", sep="\n"),
        headers=HEADERS,
    )


async def _chunks(events: EventLog, stream_id: str, after: int) -> AsyncIterator[bytes]:
    async for batch in events.follow(stream_id, after):
        yield b"".join(map(_encoded, batch))


def _encoded(event: Logged) -> bytes:
    return f"id: {event.sequence}\ndata: {event.data}\n\n".encode()


def resume_point(last_event_id: str | None) -> int:
    """The sequence that `Last-Event-ID` names.

    Raises:
        CorrectInput: it isn't the id of an event.
    """
    if not last_event_id:
        return 0
    if not last_event_id.isascii() or not last_event_id.isdigit() or len(last_event_id) > 15:
        raise CorrectInput(
            "'Last-Event-ID' is not the id of an event.",
            "Send the id of the last event that arrived, or leave it out.",
            field="Last-Event-ID",
        )
    return int(last_event_id)
