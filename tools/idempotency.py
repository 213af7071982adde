"""Idempotency keys: a write that carries one happens once, and its repetition gets its result.

The claim, the result and the write commit together, in the write's own transaction.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import String, Table, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from tools.audit import ActivityRow
from tools.changes import fingerprint
from tools.database import Base, now
from tools.errors import LookAgain


class IdempotencyKey(Base):
    """One claimed key of one person."""

    __tablename__ = "idempotency_keys"

    user_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    request: Mapped[str] = mapped_column(String(64))
    activity_id: Mapped[str] = mapped_column(String(40))
    result: Mapped[dict[str, Any] | None]
    at: Mapped[datetime] = mapped_column(default=now)


KEYS = cast(Table, IdempotencyKey.__table__)
# Made once: each step of an execution claims a key and keeps its result
CLAIMS = {
    name: insert(KEYS).on_conflict_do_nothing().returning(KEYS.c.key)
    for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
KEEP = (
    update(KEYS)
    .where(KEYS.c.user_id == bindparam("of"), KEYS.c.key == bindparam("claimed"))
    .values(result=bindparam("result"), activity_id=bindparam("activity_id"))
)


async def settled(
    session: AsyncSession, user_id: str, key: str
) -> tuple[dict[str, Any], str, int] | None:
    """The result, the activity and the number of changes of a write that has committed."""
    row = await session.get(IdempotencyKey, (user_id, key))
    if row is None:
        return None
    changes = await session.scalar(
        select(ActivityRow.change_count).where(ActivityRow.id == row.activity_id)
    )
    return row.result or {}, row.activity_id, changes or 0


async def claim(
    session: AsyncSession, user_id: str, key: str, operation: str, arguments: dict[str, Any]
) -> IdempotencyKey | None:
    """Claim a key; what is known where it was claimed before. A second claimant waits.

    Raises:
        LookAgain: the key was used for something else.
    """
    request = fingerprint([operation, arguments])
    row = {"user_id": user_id, "key": key, "request": request, "activity_id": "", "at": now()}
    if await session.scalar(CLAIMS[session.get_bind().dialect.name], row) is not None:
        return None
    known = await session.get_one(IdempotencyKey, (user_id, key))
    if known.request != request:
        raise LookAgain(
            f"The idempotency key '{key}' was used for another request.",
            "Send a new key with a new request, or the same request with this key.",
            field="Idempotency-Key",
        )
    return known


async def keep(
    session: AsyncSession, user_id: str, key: str, result: dict[str, Any], activity_id: str
) -> None:
    """Keep what came of the write whose key was claimed in this transaction."""
    kept = {"of": user_id, "claimed": key, "result": result, "activity_id": activity_id}
    await session.execute(KEEP, kept)
