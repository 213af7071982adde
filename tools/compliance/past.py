"""The groups' tables as they stood at a past moment, rebuilt from the log of changes.

What is there now, with every change since taken back, is put into a database in memory, which
the same code then judges. Nothing is ever written to the real one.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import StaticPool, func, inspect, or_, select
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from tools.changes import ChangeRow
from tools.database import Base, Captured, UtcDateTime, now
from tools.errors import CorrectInput

GROUPS = (
    "tools.catalog.",
    "tools.classifications.",
    "tools.compliance.",
    "tools.data_sources.",
    "tools.rbac.",
    "tools.racine.workspaces.",
)
BATCH = 1_000


async def history_since(session: AsyncSession) -> datetime | None:
    """When the log of changes begins."""
    return await session.scalar(select(func.min(ChangeRow.at, type_=ChangeRow.at.type)))


async def moment_of(session: AsyncSession, asked: date | datetime) -> datetime:
    """The moment that is asked for; of a day its end, of today now.

    Raises:
        CorrectInput: it is to come, or before the log of changes begins.
    """
    if isinstance(asked, datetime):
        moment = asked if asked.tzinfo else asked.replace(tzinfo=UTC)
    elif asked == now().date():
        moment = now()
    else:
        moment = datetime.combine(asked, time.max, UTC)
    began = await history_since(session)
    if moment > now():
        raise CorrectInput(
            f"'as_of' is {asked}, which is still to come.",
            "Name a past day, or leave it out for now.",
            field="as_of",
        )
    if began is None or moment < began:
        raise CorrectInput(
            f"'as_of' is {asked}, and history exists only since {began:%Y-%m-%d %H:%M} UTC."
            if began
            else "There is no history yet.",
            "Name a later moment.",
            field="as_of",
        )
    return moment


@asynccontextmanager
async def as_it_was(
    session: AsyncSession, moment: datetime, sources: frozenset[str] | None
) -> AsyncIterator[AsyncSession]:
    """A session on what `session` may see, as it was then. `sources`: those it may see."""
    models = {
        str(mapper.local_table.name): mapper.class_  # type: ignore[attr-defined]
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Captured) and mapper.class_.__module__.startswith(GROUPS)
    }
    before = await _first_before(session, moment, sources, models)
    engine = create_async_engine("sqlite+aiosqlite://", poolclass=StaticPool)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        async with AsyncSession(engine, expire_on_commit=False, autoflush=False) as past:
            for name, model in models.items():
                changed = before.get(name, {})
                for row in await session.scalars(select(model)):
                    if _key(row) not in changed:
                        past.add(model(**_values(model, _present(row))))
                for image in changed.values():
                    if image is not None:
                        past.add(model(**_values(model, image)))
                await past.flush()
                past.expunge_all()
            yield past
    finally:
        await engine.dispose()


async def _first_before(
    session: AsyncSession,
    moment: datetime,
    sources: frozenset[str] | None,
    models: Mapping[str, type[Any]],
) -> dict[str, dict[str, dict[str, Any] | None]]:
    """Of each record that was changed since, what it was before the first of these changes."""
    found: dict[str, dict[str, dict[str, Any] | None]] = {}
    visible = (
        [or_(ChangeRow.source_id.is_(None), ChangeRow.source_id.in_(sorted(sources)))]
        if sources is not None
        else []
    )
    after = 0
    while True:
        rows = (
            await session.execute(
                select(ChangeRow.sequence, ChangeRow.table, ChangeRow.key, ChangeRow.before)
                .where(
                    ChangeRow.at > moment,
                    ChangeRow.table.in_(models),
                    ChangeRow.sequence > after,
                    *visible,
                )
                .order_by(ChangeRow.sequence)
                .limit(BATCH)
            )
        ).all()
        for row in rows:
            found.setdefault(row.table, {}).setdefault(row.key, row.before)
        if len(rows) < BATCH:
            return found
        after = rows[-1].sequence


def _key(row: Any) -> str:
    return "|".join(str(value) for value in inspect(row).mapper.primary_key_from_instance(row))


def _present(row: Any) -> dict[str, Any]:
    return {one.key: getattr(row, one.key) for one in inspect(row).mapper.column_attrs}


def _values(model: type[Any], image: Mapping[str, Any]) -> dict[str, Any]:
    """An image as the model's values; columns younger than it get their defaults."""
    values = {}
    for attribute in inspect(model).column_attrs:
        if attribute.key not in image:
            continue
        value = image[attribute.key]
        if isinstance(value, str) and isinstance(attribute.columns[0].type, UtcDateTime):
            value = datetime.fromisoformat(value)
        values[attribute.key] = value
    return values
