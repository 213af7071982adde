"""The audit trail: the log of every invocation, chained by hashes, appended where the change is.

A write's row is appended in the write's own transaction. Reads and refusals, which change nothing,
go through one writer that commits what has gathered. `verify` finds any row that was altered,
removed or put in.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

import structlog
from sqlalchemy import String, Table, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from tools.changes import Change, ChangeRow, digest, fingerprint
from tools.database import Base, Database, new_id, now

log = structlog.get_logger(__name__)
GENESIS = "0" * 64
LONG = 1_000
"""Changes that are written at once; more would keep everybody else waiting."""


class ActivityRow(Base):
    """One invocation. `hash` covers every other column and the previous row's hash."""

    __tablename__ = "activity"

    sequence: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(String(40), unique=True)
    at: Mapped[datetime] = mapped_column(index=True)
    user_id: Mapped[str] = mapped_column(String(40), index=True)
    user_name: Mapped[str]
    channel: Mapped[str] = mapped_column(String(12))
    operation: Mapped[str] = mapped_column(String(80), index=True)
    effect: Mapped[str] = mapped_column(String(8))
    outcome: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str]
    arguments: Mapped[dict[str, Any]]
    targets: Mapped[list[str]]
    run_id: Mapped[str | None] = mapped_column(String(40))
    change_count: Mapped[int]
    changes_digest: Mapped[str] = mapped_column(String(64))
    milliseconds: Mapped[int]
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


ACTIVITY = cast(Table, ActivityRow.__table__)
HEAD = select(ACTIVITY.c.sequence, ACTIVITY.c.hash).order_by(ACTIVITY.c.sequence.desc()).limit(1)
ADD_ACTIVITY = insert(ACTIVITY)
ADD_CHANGES = insert(cast(Table, ChangeRow.__table__))


@dataclass(frozen=True)
class Entry:
    """What is known of an invocation before it has its place in the chain."""

    user_id: str
    user_name: str
    channel: str
    operation: str
    effect: str
    outcome: str
    reason: str
    arguments: dict[str, Any]
    run_id: str | None = None
    milliseconds: int = 0
    id: str = field(default_factory=lambda: new_id("act"))
    at: datetime = field(default_factory=now)


def system_entry(operation: str, reason: str) -> Entry:
    """An audit entry of the system's own."""
    return Entry(
        user_id="system",
        user_name="Racine",
        channel="system",
        operation=operation,
        effect="write",
        outcome="done",
        reason=reason,
        arguments={},
    )


async def append(session: AsyncSession, entries: Sequence[tuple[Entry, Sequence[Change]]]) -> None:
    """Append entries, with their changes, at the chain's end; the caller's transaction commits."""
    head = (await session.execute(HEAD)).first()
    sequence, previous = (head.sequence, head.hash) if head else (0, GENESIS)
    rows: list[dict[str, Any]] = []
    changed: list[tuple[Entry, Change]] = []
    for entry, changes in entries:
        sequence += 1
        row = {
            **vars(entry),
            "sequence": sequence,
            "targets": _targets(changes),
            "change_count": len(changes),
            "changes_digest": await _digest(changes),
            "previous_hash": previous,
        }
        previous = _hashed(row)
        rows.append(row | {"hash": previous})
        changed += [(entry, change) for change in changes]
    if rows:
        await session.execute(ADD_ACTIVITY, rows)
    for start in range(0, len(changed), LONG):  # they refer to their activity
        part = [
            {"activity_id": entry.id, "at": entry.at, **change.model_dump()}
            for entry, change in changed[start : start + LONG]
        ]
        await session.execute(ADD_CHANGES, part)


async def _digest(changes: Sequence[Change]) -> str:
    """The digest, made in a thread where others would wait for it."""
    return digest(changes) if len(changes) <= LONG else await asyncio.to_thread(digest, changes)


def _targets(changes: Sequence[Change]) -> list[str]:
    """What an invocation acted on, by name; what merely hangs on it comes second."""
    hanging = (
        "classifications",
        "withheld_labels",
        "lineage_edges",
        "findings",
        "postures",
        "scans",
    )
    named = {change.label for change in changes if change.table not in hanging}
    return sorted(named or {change.label for change in changes})[:20]


def chain_hash(row: Any, *without: str) -> str:
    """SHA-256 of a row of a chain: of every column but its own hash, and those `without`."""
    return _hashed(
        {
            column.key: getattr(row, column.key)
            for column in row.__table__.columns
            if column.key not in ("hash", *without)
        }
    )


def _hashed(columns: dict[str, Any]) -> str:
    return fingerprint({**columns, "at": columns["at"].isoformat()})


@dataclass(frozen=True)
class Verification:
    """How far the chain holds: `broken_at` is the first sequence that doesn't, None when all do."""

    checked: int
    head: str
    broken_at: int | None
    reason: str


async def verify(session: AsyncSession, batch: int = 500) -> Verification:
    """Walk the chain from its start, recomputing every hash and every digest of changes."""
    previous, sequence = GENESIS, 0
    while True:
        rows = (
            await session.scalars(
                select(ActivityRow)
                .where(ActivityRow.sequence > sequence)
                .order_by(ActivityRow.sequence)
                .limit(batch)
            )
        ).all()
        if not rows:
            return Verification(sequence, previous, None, "every row is as it was written")
        changes = await _changes_of(session, [row.id for row in rows])
        for row in rows:
            fault = None
            if row.sequence != sequence + 1:
                fault = f"rows {sequence + 1} to {row.sequence - 1} are missing"
            elif row.previous_hash != previous or row.hash != chain_hash(row):
                fault = f"row {row.sequence} was altered"
            elif row.changes_digest != digest(changes.get(row.id, [])):
                fault = f"the changes of row {row.sequence} were altered"
            if fault is not None:
                return Verification(sequence, previous, row.sequence, fault)
            previous, sequence = row.hash, row.sequence
        session.expunge_all()


async def _changes_of(session: AsyncSession, ids: Sequence[str]) -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = {}
    for start in range(0, len(ids), 200):
        rows = await session.scalars(
            select(ChangeRow)
            .where(ChangeRow.activity_id.in_(ids[start : start + 200]))
            .order_by(ChangeRow.sequence)
        )
        for row in rows:
            found.setdefault(row.activity_id, []).append(as_change(row))
    return found


def as_change(row: ChangeRow) -> Change:
    """The change a row holds."""
    return Change.model_validate(row, from_attributes=True)


class AuditWriter:
    """Appends the reads and refusals of this process: gathers, then commits them together."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queue: asyncio.Queue[Entry] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        self._kept: list[Entry] = []

    def submit(self, entry: Entry) -> None:
        """Hand over an entry; `flush` waits until it is written."""
        self._queue.put_nowait(entry)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._write())

    async def flush(self) -> None:
        """Wait until everything submitted is written."""
        await self._queue.join()

    async def _write(self) -> None:
        while not self._queue.empty():
            await asyncio.sleep(0.05)  # gather: one commit for a turn's reads
            batch: list[Entry] = []
            with contextlib.suppress(asyncio.QueueEmpty):
                while len(batch) < 500:
                    batch.append(self._queue.get_nowait())
            waiting, self._kept = [*self._kept, *batch], []
            try:
                async with self._database.writing() as session:
                    await append(session, [(entry, ()) for entry in waiting])
            except Exception:
                log.exception("the audit trail can't be written; its entries wait for the next")
                self._kept = waiting
            finally:
                for _ in batch:
                    self._queue.task_done()
