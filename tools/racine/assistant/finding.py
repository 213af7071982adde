"""`assistant.find_operations`: what can be done, found by what somebody wants done."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from tools.context import Context
from tools.lookup import look_up
from tools.operation import Operation, operation
from tools.racine.assistant.types import FoundOperation, FoundOperations
from tools.values import Cursor, offset_of, page


@operation(
    "assistant.find_operations",
    permission="assistant.read",
    own=True,
    examples=(
        "Which operations are there for contracts?",
        "Is there an operation that compares schemas?",
        "Find an operation to rotate a password",
    ),
)
async def find_operations(
    ctx: Context,
    query: Annotated[
        str, Field(min_length=1, max_length=500, description="What is to be done, in words")
    ],
    limit: Annotated[int, Field(ge=1, le=20, description="How many, 1 to 20")] = 6,
    cursor: Cursor = None,
) -> FoundOperations:
    """Find operations by what they do, with what each takes and whether the caller may use it."""
    known = ctx.kernel.registry.known()
    passages = await look_up(ctx.services.index, query, None, 40, {"operation"})
    found = [known[one.document.title] for one in passages if one.document.title in known]
    start = offset_of(cursor)
    told = [_told(ctx, one) for one in found[start : start + limit]]
    return FoundOperations(**dict(page(told, len(found), cursor)))


def _told(ctx: Context, found: Operation) -> FoundOperation:
    needed = found.schema.get("required", [])
    return FoundOperation(
        name=found.name,
        summary=found.summary,
        effect=found.effect.value,
        arguments={
            name: _described(name in needed, schema)
            for name, schema in found.schema.get("properties", {}).items()
        },
        examples=list(found.examples),
        allowed=found.own or ctx.entitlements.decide(found.permission).allowed,
    )


def _described(needed: bool, schema: dict[str, Any]) -> str:
    description = schema.get("description", "")
    return f"{description} (needed)" if needed else description
