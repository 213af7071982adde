"""Receipts: what an answer was made of, kept in a chain of hashes like the audit trail's.

The turn's transaction appends; `verify` finds what was altered, removed or put in. Results aren't
kept but for their digests, which leave out what differs from one minute to the next.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from typing import Any

from pydantic import BaseModel
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.audit import GENESIS, Verification, chain_hash
from tools.catalog.tables import Asset
from tools.changes import ChangeRow, fingerprint
from tools.data_sources.tables import Source
from tools.database import now
from tools.racine.activity.types import (
    ActivityDetail,
    ActivityEntry,
    ActivityPage,
    AuditVerification,
)
from tools.racine.assistant.tables import Conversation, Receipt, Run
from tools.racine.assistant.types import ReadRecord, ReceiptContent
from tools.racine.orchestration.operations import Health

PRODUCT = version("racine-assistant")
MOST_RECORDS = 1_000  # that one receipt names
AT_ONCE = 400
# The fields that name an asset or a source
NAMED_BY = frozenset({"asset", "table", "column", "qualified_name", "source"})
# What tells of the moment of asking and not of what is governed
PASSING = frozenset({"milliseconds", "latency_ms", "score", "as_of", "read_at", "last_used"})
# What counts use, which goes on with every question: there is nothing in it to compare
GOES_ON = frozenset(
    {
        "assistant.export_conversation",
        "assistant.get_conversation",
        "assistant.get_usage",
        "assistant.list_conversations",
        "assistant.summarize_usage",
        "catalog.get_usage",
        "orchestration.metrics",
    }
)


# ---- what an answer was made of -------------------------------------------------------------


def result_digest(value: BaseModel, after: datetime) -> str:
    """SHA-256 of a result, without what passes.

    The log of invocations grows by every question: of it counts what was changed `after`.
    """
    if isinstance(value, ActivityPage):
        return fingerprint([one.id for one in value.items if _counts(one, after)])
    if isinstance(value, ActivityDetail):
        return fingerprint(value.id if _counts(value, after) else "")
    if isinstance(value, Health):
        return fingerprint(value.status)
    if isinstance(value, AuditVerification):
        return fingerprint(value.intact)
    return fingerprint(_lasting(value.model_dump(mode="json")))


def _counts(entry: ActivityEntry, after: datetime) -> bool:
    return entry.at > after and entry.effect != "read"


def _lasting(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _lasting(one) for name, one in value.items() if name not in PASSING}
    if isinstance(value, list):
        return [_lasting(one) for one in value]
    return value


async def ids_read(
    session: AsyncSession, value: BaseModel, arguments: Mapping[str, Any]
) -> list[str]:
    """The ids of what a result tells of: those in it, and those of what it, or the call, names."""
    ids: dict[str, None] = {}
    names: dict[str, None] = {}
    for name, text in _texts([value.model_dump(mode="json"), dict(arguments)]):
        if name == "id" or name.endswith("_id"):
            ids[text] = None
        elif name in NAMED_BY:
            names[text] = None
    asset, source = Asset.__table__.c, Source.__table__.c
    for some in _batches([*names]):
        named = select(asset.id).where(asset.qualified_name.in_(some))
        found = named.union_all(select(source.id).where(source.name.in_(some)))
        ids |= dict.fromkeys(await session.scalars(found))
    return [*ids]


def _texts(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a JSON value, with the name of its field."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, dict):
        for field, one in value.items():
            yield from _texts(one, field)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one, name)


def _batches(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]


async def records_read(
    session: AsyncSession, ids: Sequence[str], head: int | None = None
) -> list[ReadRecord]:
    """The governed records of these ids, each with its latest captured change, up to `head`."""
    found: dict[str, ReadRecord] = {}
    for some in _batches(ids):
        latest = (
            select(func.max(ChangeRow.sequence))
            .where(ChangeRow.key.in_(some))
            .group_by(ChangeRow.table, ChangeRow.key)
        )
        if head is not None:
            latest = latest.where(ChangeRow.sequence <= head)
        rows = await session.execute(
            select(ChangeRow.table, ChangeRow.key, ChangeRow.label, ChangeRow.sequence).where(
                ChangeRow.sequence.in_(latest)
            )
        )
        for row in rows:
            found[row.key] = ReadRecord(
                kind=row.table, id=row.key, name=row.label, version=row.sequence
            )
    return [found[one] for one in ids if one in found]


# ---- the chain ------------------------------------------------------------------------------


async def append(
    session: AsyncSession, run: Run, answer: str, content: ReceiptContent | None
) -> None:
    """Append the receipt of a run's answer; the caller's transaction commits it with the run.

    Args:
        content: what the answer was made of; None where it was known without asking anybody.
    """
    made = content or ReceiptContent()
    stored = made.model_dump(mode="json") | {
        "question": run.message,
        "context": run.context,
        "answer_digest": fingerprint(answer),
        "salt": secrets.token_hex(16),  # so that erased words can't be guessed from their digest
    }
    head = (
        await session.execute(
            select(Receipt.sequence, Receipt.hash).order_by(Receipt.sequence.desc()).limit(1)
        )
    ).first()
    row = Receipt(
        sequence=head.sequence + 1 if head else 1,
        run_id=run.id,
        conversation_id=run.conversation_id,
        user_id=run.user_id,
        at=now(),
        content=stored,
        content_digest=fingerprint(stored),
        previous_hash=head.hash if head else GENESIS,
    )
    row.hash = chain_hash(row, "content")
    session.add(row)


def sound(row: Receipt) -> bool:
    """Whether a receipt is as it was written, as far as it alone can tell."""
    kept = row.content is None or fingerprint(row.content) == row.content_digest
    return kept and row.hash == chain_hash(row, "content")


@dataclass(frozen=True)
class Checked(Verification):
    """How far the chain holds, and how many receipts have lost their content by an erasure."""

    erased: int = 0


async def verify(session: AsyncSession, batch: int = 500) -> Checked:
    """Walk the chain from its start: every hash, every content, the answers that they are of."""
    previous, sequence, erased = GENESIS, 0, 0
    while True:
        rows = (
            await session.scalars(
                select(Receipt)
                .where(Receipt.sequence > sequence)
                .order_by(Receipt.sequence)
                .limit(batch)
            )
        ).all()
        if not rows:
            break
        told = await _told(session, rows)
        for row in rows:
            fault = None
            if row.sequence != sequence + 1:
                fault = f"receipts {sequence + 1} to {row.sequence - 1} are missing"
            elif row.previous_hash != previous or not sound(row):
                fault = f"receipt {row.sequence} was altered"
            elif (kept := told.get(row.run_id)) is not None and row.content is None:
                fault = f"the content of receipt {row.sequence} was taken out"
            elif kept is not None and row.content is not None and _other(row.content, *kept):
                fault = f"the question or the answer of run {row.run_id} was altered"
            if fault is not None:
                return Checked(sequence, previous, row.sequence, fault, erased)
            previous, sequence = row.hash, row.sequence
            erased += row.content is None
        session.expunge_all()
    if (run := await _without(session)) is not None:
        fault = f"the receipt of run {run} is missing"
        return Checked(sequence, previous, sequence + 1, fault, erased)
    return Checked(sequence, previous, None, "every receipt is as it was written", erased)


def _other(content: dict[str, Any], question: str, answer: str | None) -> bool:
    return (content["question"], content["answer_digest"]) != (question, fingerprint(answer))


async def _told(
    session: AsyncSession, rows: Iterable[Receipt]
) -> dict[str, tuple[str, str | None]]:
    """What was asked and answered, by run, of those runs that there still are, whoever's."""
    run = Run.__table__.c
    found: dict[str, tuple[str, str | None]] = {}
    for some in _batches([row.run_id for row in rows]):
        answered = select(run.id, run.message, run.answer).where(run.id.in_(some))
        for row in await session.execute(answered):
            found[row.id] = (row.message, row.answer)
    return found


async def _without(session: AsyncSession) -> str | None:
    """A run that was answered since there are receipts, and has none."""
    run, talk = Run.__table__.c, Conversation.__table__.c
    first = select(func.min(Receipt.at)).scalar_subquery()
    found: str | None = await session.scalar(
        select(run.id)
        .join_from(Run.__table__, Conversation.__table__, talk.id == run.conversation_id)
        .outerjoin(Receipt.__table__, Receipt.__table__.c.run_id == run.id)
        .where(
            run.kind == "turn",
            run.status.in_(("done", "interrupted")),
            run.finished_at >= first,
            Receipt.__table__.c.run_id.is_(None),
        )
        .order_by(run.finished_at)
        .limit(1)
    )
    return found
