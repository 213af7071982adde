"""What an answer was made of, for its receipt: gathered when a turn has been answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from agent.planning.types import Understanding
from agent.toolbox import shown_arguments
from agent.turnstate import Turn
from tools.operation import Effect
from tools.racine.assistant.receipts import (
    GOES_ON,
    MOST_RECORDS,
    PRODUCT,
    ids_read,
    records_read,
    result_digest,
)
from tools.racine.assistant.types import AnswerCall, ReceiptContent
from tools.registry import Registry
from tools.values import Citation

HIDDEN = "•••"


async def content_of(
    session: AsyncSession,
    registry: Registry,
    turn: Turn,
    *,
    model: str,
    focus: dict[str, Any],
    began_at: datetime,
    read_from: int,
    citations: Sequence[Citation],
    plan: dict[str, Any] | None,
) -> ReceiptContent:
    """What the turn's answer was made of.

    Args:
        focus: what the conversation was about before the turn.
        read_from: the newest change when the turn began to read.
    """
    calls = []
    for operation, arguments, value in turn.found():
        declared = registry.find(operation)
        if declared.effect is not Effect.READ:
            continue  # a step of the plan, or its refusal
        shown = shown_arguments(declared, arguments)
        secret = HIDDEN in str(shown)
        call = AnswerCall(
            operation=operation, arguments=shown if secret else arguments, secret=secret
        )
        if isinstance(value, Exception):
            call.error = str(value)
        elif operation not in GOES_ON:
            call.digest = result_digest(value, began_at)
            call.records = await ids_read(session, value, arguments)
        calls.append(call)
    ids = list(dict.fromkeys(one for call in calls for one in call.records))[:MOST_RECORDS]
    records = await records_read(session, ids, read_from)
    governed = {one.id for one in records}
    for call in calls:
        call.records = [one for one in call.records if one in governed]
    heard = turn.understanding
    return ReceiptContent(
        focus=focus,
        model=model,
        fell_back=turn.fell_back,
        product=PRODUCT,
        began_at=began_at,
        read_from=read_from,
        understood=understood(heard, registry) if heard is not None else None,
        calls=calls,
        records=records,
        citations=[*citations],
        plan={"id": plan["id"], "hash": plan["hash"]} if plan else None,
    )


def understood(heard: Understanding, registry: Registry) -> list[dict[str, Any]]:
    """The calls that the planner read out of a request."""
    return [
        {
            "operation": call.operation,
            "arguments": shown_arguments(registry.find(call.operation), call.arguments),
        }
        for call in heard.calls
    ]
