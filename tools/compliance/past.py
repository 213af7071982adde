"""The groups' tables as they stood at a past moment, rebuilt from the log of changes.

What is there now, with every change since taken back, is put into a database in memory, which
the same code then judges. Nothing is ever written to the real one.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Engine,
    StaticPool,
    Text,
    cast,
    column,
    create_engine,
    func,
    inspect,
    or_,
    select,
    table,
    true,
)
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import ColumnProperty

from tools.changes import ChangeRow
from tools.database import Base, Captured, UtcDateTime, new_id, now
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
Image = dict[str, Any]


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
    session: AsyncSession,
    moment: datetime,
    sources: frozenset[str] | None,
    only: Mapping[type[Any], ColumnElement[bool]] = {},
) -> AsyncIterator[AsyncSession]:
    """A session on what `session` may see, as it was then.

    Args:
        sources: those it may see.
        only: by class, which rows are wanted, where that leaves out most of a long table.
    """
    models = {
        str(mapper.local_table.name): mapper.class_  # type: ignore[attr-defined]
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Captured) and mapper.class_.__module__.startswith(GROUPS)
    }
    before = await _first_before(session, moment, sources, models)
    rows = {
        name: await _rows(session, model, before.get(name, {}), only.get(model, true()))
        for name, model in models.items()
    }
    place = f"file:{new_id('past')}?mode=memory&cache=shared&uri=true"
    writer = create_engine(
        f"sqlite:///{place}", poolclass=StaticPool, connect_args={"check_same_thread": False}
    )
    reader = create_async_engine(f"sqlite+aiosqlite:///{place}", poolclass=StaticPool)
    try:
        await asyncio.to_thread(_fill, writer, rows)
        async with AsyncSession(reader, expire_on_commit=False, autoflush=False) as past:
            yield past
    finally:
        await reader.dispose()
        writer.dispose()


async def _rows(
    session: AsyncSession,
    model: type[Any],
    changed: Mapping[str, Image | None],
    wanted: ColumnElement[bool],
) -> tuple[list[Image], list[Image]]:
    """A table's rows as they were: what wasn't changed since, and the rest from before it was.

    JSON of what wasn't changed stays text: nobody has to understand it to copy it.
    """
    attributes = list(inspect(model).column_attrs)
    keys = [one.key for one in attributes]
    identity = [
        inspect(model).get_property_by_column(one).key for one in inspect(model).primary_key
    ]
    columns = [
        cast(column, Text) if isinstance(column.type, JSON) else column
        for column in (getattr(model, key) for key in keys)
    ]
    found = await session.execute(select(*columns).where(wanted))
    present = [dict(zip(keys, row, strict=True)) for row in found.all()]
    kept = [row for row in present if "|".join(str(row[key]) for key in identity) not in changed]
    return kept, [_values(attributes, image) for image in changed.values() if image is not None]


def _fill(engine: Engine, rows: Mapping[str, tuple[list[Image], list[Image]]]) -> None:
    """Write the tables; columns that an old image lacks get their defaults."""
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        for name, (kept, images) in rows.items():
            whole = Base.metadata.tables[name]
            copied = table(
                name,
                *(
                    column(one.name, Text() if isinstance(one.type, JSON) else one.type)
                    for one in whole.columns
                ),
            )
            if kept:
                connection.execute(copied.insert(), kept)
            alike: dict[tuple[str, ...], list[Image]] = defaultdict(list)
            for image in images:
                alike[tuple(image)].append(image)
            for part in alike.values():
                connection.execute(whole.insert(), part)


async def _first_before(
    session: AsyncSession,
    moment: datetime,
    sources: frozenset[str] | None,
    models: Mapping[str, type[Any]],
) -> dict[str, dict[str, Image | None]]:
    """Of each record that was changed since, what it was before the first of these changes."""
    found: dict[str, dict[str, Image | None]] = {}
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


def _values(attributes: Iterable[ColumnProperty[Any]], image: Image) -> Image:
    """An image as the columns' values."""
    values = {}
    for attribute in attributes:
        if attribute.key not in image:
            continue
        value = image[attribute.key]
        if isinstance(value, str) and isinstance(attribute.columns[0].type, UtcDateTime):
            value = datetime.fromisoformat(value)
        values[attribute.key] = value
    return values
