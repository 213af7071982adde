"""The database: readers see one state, writers come one by one, the schema is whole."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from pydantic import BaseModel
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import aliased

from api.settings import Settings
from tests.support.world import World
from tools import models
from tools.catalog.tables import Asset
from tools.database import Base, Database, new_id
from tools.errors import CorrectInput, MendSource
from tools.migrate import upgrade
from tools.policy import Decision
from tools.rbac.tables import User
from tools.scoping import restrict
from tools.secrets import SecretBox
from tools.values import offset_of, page


def test_the_migrated_schema_is_what_the_models_say(settings: Settings) -> None:
    assert models.__all__
    url = settings.database
    upgrade(url)  # a second time: nothing to do
    parsed = make_url(url)
    sqlite = parsed.get_backend_name() == "sqlite"
    engine = create_engine(parsed.set(drivername="sqlite" if sqlite else "postgresql+psycopg"))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = [
            difference
            for difference in compare_metadata(context, Base.metadata)
            if not _engines_own(difference)
        ]
    engine.dispose()
    assert differences == []


def _engines_own(difference: Any) -> bool:
    subject = difference[1] if isinstance(difference, tuple) else None
    return getattr(subject, "schema", None) == "dbos"


async def test_a_reading_session_cannot_write(world: World) -> None:
    with pytest.raises(DBAPIError):
        async with world.runtime.database.reading() as session:
            session.add(User(id=new_id("usr"), name="X", email="x@example.com"))
            await session.flush()
    with pytest.raises(DBAPIError):
        async with world.runtime.database.reading() as session:
            await session.execute(text("DELETE FROM changes"))


async def test_a_reading_session_sees_one_state(world: World) -> None:
    counted = select(func.count()).select_from(User)
    async with world.runtime.database.reading() as session:
        before = await session.scalar(counted)
        await world.person("Ada Park")
        assert await session.scalar(counted) == before
    async with world.runtime.database.reading() as session:
        assert await session.scalar(counted) == before + 1


async def test_what_is_read_in_order_to_write_is_still_so(world: World) -> None:
    """Two processes count in one row, ten times each at once: no count is lost."""
    vera = await world.person("Vera Lind")
    other = Database(world.runtime.settings.database)

    async def count(database: Database) -> None:
        async with database.writing() as session:
            user = await session.get_one(User, vera.user_id)
            user.name += "+"

    await asyncio.gather(
        *[count(database) for _ in range(10) for database in (world.runtime.database, other)]
    )
    async with other.reading() as session:
        assert (await session.get_one(User, vera.user_id)).name == "Vera Lind" + "+" * 20
    await other.close()


async def test_a_moment_keeps_its_instant_whatever_its_zone(world: World) -> None:
    vera = await world.person("Vera Lind")
    moment = datetime(2026, 3, 31, 23, 30, 0, 123456, tzinfo=timezone(timedelta(hours=-5)))
    async with world.runtime.database.writing() as session:
        (await session.get_one(User, vera.user_id)).created_at = moment
    async with world.runtime.database.reading() as session:
        stored = (await session.get_one(User, vera.user_id)).created_at
    assert stored == moment
    assert stored.tzinfo is UTC


async def test_a_restricted_session_sees_no_alias_and_no_subquery_of_the_rest(
    world: World,
) -> None:
    await world.source()
    source = (await world.call("data_sources.get_source", source="shop")).id
    other = aliased(Asset)
    queries = [
        select(Asset),
        select(Asset.name),
        select(other),
        select(func.count()).select_from(Asset).having(func.count() > 0),
        select(User).where(User.name.in_(select(Asset.name).union(select(text("'x'"))))),
        select(User).where(select(Asset.id).exists()),
        select(Asset.id).join(other, other.id == Asset.parent_id),
    ]
    async with world.runtime.database.reading() as session:
        restrict(session, Decision(True, "", sources=frozenset([source])), "usr_x")
        assert len((await session.execute(select(Asset))).all()) > 10
        assert (await session.execute(select(other))).first() is not None
    async with world.runtime.database.reading() as session:
        restrict(session, Decision(True, "", sources=frozenset(["src_other"])), "usr_x")
        for query in queries:
            assert (await session.execute(query)).all() == [], query


async def test_what_is_written_in_other_letters_is_found(world: World) -> None:
    await world.source()
    await world.call("catalog.tag_asset", asset="shop.orders", tag="größe")
    assert (await world.call("catalog.list_assets", tag="größe")).total == 1


# ---- secrets


def test_a_sealed_text_opens_under_its_key_and_under_no_other() -> None:
    sealed = SecretBox("first key").seal("hunter2")
    assert "hunter2" not in sealed
    assert SecretBox("first key").open(sealed) == "hunter2"
    assert SecretBox("first key").seal("hunter2") != sealed
    with pytest.raises(MendSource) as refused:
        SecretBox("second key").open(sealed)
    assert "RACINE_SECRET_KEY" in refused.value.detail
    assert "give the credentials again" in refused.value.remedy
    with pytest.raises(MendSource):
        SecretBox("first key").open("no seal at all")


# ---- pages


class Item(BaseModel):
    n: int


def test_pages_follow_each_other_to_the_end() -> None:
    items = [Item(n=n) for n in range(5)]
    cursor, seen = None, []
    while True:
        start = offset_of(cursor)
        part = page(items[start : start + 2], len(items), cursor)
        assert (part.total, part.returned) == (5, len(part.items))
        seen += part.items
        cursor = part.next_cursor
        assert part.truncated is (cursor is not None)
        if cursor is None:
            break
    assert seen == items


@pytest.mark.parametrize(
    "cursor", ["", "x", "LTU=", "é", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "MV8w"]
)
async def test_a_cursor_that_is_not_ours_is_refused(world: World, cursor: str) -> None:
    with pytest.raises(CorrectInput) as refused:
        await world.call("rbac.list_users", cursor=cursor)
    assert refused.value.field == "cursor"
