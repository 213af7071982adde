"""`assistant.get_receipt` and its neighbours: what an answer was made of, and that it is so still.

People see receipts of their own answers, whoever holds `assistant.administer` anybody's.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from tools.changes import fingerprint
from tools.context import Context
from tools.errors import AskForAccess, ChooseAnother
from tools.grants import ask_for
from tools.operation import operation
from tools.racine.assistant.receipts import sound, verify
from tools.racine.assistant.tables import Receipt, Run
from tools.racine.assistant.types import (
    AnswerReceipt,
    ReceiptContent,
    ReceiptSummary,
    ReceiptsVerification,
)
from tools.rbac.tables import User
from tools.values import Cursor, Limit, Page, page, paged

ANYBODY = "assistant.administer"
LATEST = "latest"
LOOKED_BACK = 50
AnsweredRun = Annotated[
    str, Field(max_length=80, description="The run that was answered, or 'latest'")
]


@operation(
    "assistant.list_receipts",
    permission="assistant.read",
    own=True,
    path="GET /receipts",
    examples=("List the receipts of my answers", "Show the answer receipts of everyone"),
)
async def list_receipts(
    ctx: Context,
    conversation_id: Annotated[
        str | None, Field(max_length=80, description="Only of this conversation")
    ] = None,
    everyone: Annotated[
        bool, Field(description="Of everybody's answers, for administrators")
    ] = False,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[ReceiptSummary]:
    """List receipts of answers, the newest first."""
    if everyone and not _of_anybody(ctx):
        raise AskForAccess(
            "These are other people's answers.",
            await ask_for(ctx.session, ANYBODY),
        )
    query = select(Receipt).order_by(Receipt.sequence.desc())
    if not everyone:
        query = query.where(Receipt.user_id == ctx.caller.user_id)
    if conversation_id is not None:
        query = query.where(Receipt.conversation_id == conversation_id)
    rows, total = await paged(ctx.session, query, limit, cursor)
    return page([await _summary(ctx, row) for row in rows], total, cursor)


@operation(
    "assistant.get_receipt",
    permission="assistant.read",
    own=True,
    path="GET /receipts/{run_id}",
    examples=("Show me the receipt of that answer", "What was that answer made of?"),
)
async def get_receipt(ctx: Context, run_id: AnsweredRun = LATEST) -> AnswerReceipt:
    """Show the receipt of an answer: question, calls, what they read, citations, model, hashes."""
    row = await find_receipt(ctx, run_id)
    run = Run.__table__.c
    answer = await ctx.session.scalar(select(run.answer).where(run.id == row.run_id))
    content = ReceiptContent.model_validate(row.content) if row.content is not None else None
    told = content is None or content.answer_digest == fingerprint(answer)
    return AnswerReceipt(
        **(await _summary(ctx, row)).model_dump(),
        conversation_id=row.conversation_id,
        answer=answer,
        intact=sound(row) and told,
        content=content,
        content_digest=row.content_digest,
        previous_hash=row.previous_hash,
        hash=row.hash,
    )


@operation(
    "assistant.verify_receipts",
    permission="assistant.read",
    timeout=300,
    examples=("Are the answer receipts intact?", "Verify the receipts of the answers"),
)
async def verify_receipts(ctx: Context) -> ReceiptsVerification:
    """Verify all receipts: find any, or any answer, that was altered, removed or put in."""
    found = await verify(ctx.session)
    return ReceiptsVerification(
        intact=found.broken_at is None,
        checked=found.checked,
        erased=found.erased,
        head=found.head,
        broken_at=found.broken_at,
        reason=found.reason,
    )


async def find_receipt(ctx: Context, run_id: str) -> Receipt:
    """The receipt of a run; the latest is that of the last answer, not told of a receipt itself.

    Raises:
        ChooseAnother: there is none, or it is somebody else's.
    """
    query = select(Receipt).order_by(Receipt.sequence.desc()).limit(LOOKED_BACK)
    if run_id == LATEST:
        query = query.where(Receipt.user_id == ctx.caller.user_id, Receipt.content.is_not(None))
        if ctx.caller.run_id is not None and (
            asking := await ctx.session.get(Run, ctx.caller.run_id)
        ):
            query = query.where(Receipt.conversation_id == asking.conversation_id)
    else:
        query = query.where(Receipt.run_id == run_id)
        if not _of_anybody(ctx):
            query = query.where(Receipt.user_id == ctx.caller.user_id)
    rows = list(await ctx.session.scalars(query))
    found = next((row for row in rows if run_id != LATEST or not _about_receipts(row)), None)
    if found is None:
        raise ChooseAnother(
            "There is no answered request here yet."
            if run_id == LATEST
            else f"You have no answered request '{run_id}'.",
            "assistant.list_receipts shows which there are.",
            field="run_id",
        )
    return found


def about_receipts(operation: str) -> bool:
    """Whether an operation tells of receipts, and not of what is governed."""
    return operation == "assistant.replay" or (
        operation.startswith("assistant.") and "receipt" in operation
    )


def _about_receipts(row: Receipt) -> bool:
    calls = (row.content or {}).get("calls", [])
    return bool(calls) and all(about_receipts(one["operation"]) for one in calls)


def _of_anybody(ctx: Context) -> bool:
    return ctx.entitlements.decide(ANYBODY).everywhere


async def _summary(ctx: Context, row: Receipt) -> ReceiptSummary:
    person = await ctx.session.get(User, row.user_id)
    content = row.content or {}
    return ReceiptSummary(
        run_id=row.run_id,
        sequence=row.sequence,
        at=row.at,
        person=person.name if person else row.user_id,
        question=content.get("question"),
        model=content.get("model"),
        calls=len(content.get("calls", [])),
    )
