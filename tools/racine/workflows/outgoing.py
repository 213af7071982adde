"""Telling a system outside: a CloudEvent is sent once, and what can't be known is found out.

The event's id is the step's idempotency key. A receiver that answers `GET URL?id=ID` with 200 or
404 lets an execution that was cut off find out whether its event has arrived.
"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime
from functools import partial
from typing import Annotated, Any

import httpx
from pydantic import Field

from tools.context import Context, Progress
from tools.database import new_id, now
from tools.errors import CorrectInput, FindOut, MendSource
from tools.operation import Effect, operation
from tools.values import Result
from tools.web import client, refuse_unsafe

SECONDS = 10.0


class Sent(Result):
    """An event that has reached its receiver."""

    id: str
    url: str
    type: str
    sent_at: datetime
    status_code: int


Url = Annotated[
    str,
    Field(pattern=r"^https?://[^\s@]+$", max_length=500, description="The receiver's address"),
]
EventType = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9.]+$", max_length=100, description="The event's type, as com.acme.done"
    ),
]
Data = Annotated[
    dict[str, Any] | None, Field(description="What the event says; never a classified value")
]


async def _whether_sent(
    ctx: Context, url: str, event_type: str, data: dict[str, Any] | None
) -> dict[Hashable, Any] | None:
    """What became of an event that was cut off while it was sent."""
    found: int | None = await ctx.outside(
        ("ask", ctx.key), partial(_ask, url, ctx.key or ""), SECONDS
    )
    return None if found is None else {("send", ctx.key): found}


@operation(
    "workflows.send_event",
    permission="workflows.write",
    effect=Effect.WRITE,
    path="POST /events",
    reaches=True,
    reconcile=_whether_sent,
    examples=("Tell https://example.com/hook that the scan is done",),
)
async def send_event(ctx: Context, url: Url, event_type: EventType, data: Data = None) -> Sent:
    """Send a CloudEvent to a system outside, exactly once where it can tell what it has got."""
    host = httpx.URL(url).host
    if not host:
        raise CorrectInput(f"'{url}' has no host.", "Write https://host/path.", field="url")
    event_id = ctx.key or new_id("evt")
    if ctx.preview:
        return Sent(id=event_id, url=url, type=event_type, sent_at=now(), status_code=0)
    event = {
        "specversion": "1.0",
        "id": event_id,
        "source": "/racine",
        "type": event_type,
        "time": now().isoformat(),
        "datacontenttype": "application/json",
        "data": data or {},
    }
    code = await ctx.outside(("send", ctx.key), partial(_post, url, event), SECONDS)
    return Sent(id=event_id, url=url, type=event_type, sent_at=now(), status_code=code)


def _post(url: str, event: dict[str, Any], _progress: Progress) -> int:
    refuse_unsafe(url)
    headers = {"content-type": "application/cloudevents+json", "idempotency-key": event["id"]}
    try:
        answer = client(SECONDS).post(url, json=event, headers=headers)
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise MendSource(f"{url} can't be reached.", "Check the address, then retry.") from error
    except httpx.HTTPError as error:
        raise FindOut(
            f"{url} broke off before it answered ({type(error).__name__}).",
            "Ask its owner whether the event came; then say was_done or was_not_done.",
        ) from error
    if not answer.is_success:
        raise MendSource(f"{url} refused the event ({answer.status_code}).", "Ask its owner why.")
    return answer.status_code


def _ask(url: str, event_id: str, _progress: Progress) -> int | None:
    """The receiver's word on an event: its status, or None where it never came."""
    refuse_unsafe(url)
    try:
        answer = client(SECONDS).get(url, params={"id": event_id})
        if answer.is_success:
            return answer.status_code
        if answer.status_code == 404:
            return None
        cause = f"it answers {answer.status_code}"
    except httpx.HTTPError as error:
        cause = type(error).__name__
    raise FindOut(
        f"Whether {url} got the event can't be known ({cause}).",
        "Ask its owner whether the event came; then say was_done or was_not_done.",
    )
