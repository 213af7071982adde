"""Changing a source: its place, owner, tags and credentials. What doesn't open stays out."""

from __future__ import annotations

import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.engine import make_url

from tests.support.postgres import create_database
from tests.support.world import World, make_shop
from tools.audit import ActivityRow
from tools.changes import ChangeRow
from tools.data_sources.tables import Source
from tools.errors import AskForAccess, ChooseAnother, CorrectInput, MendSource


async def test_what_is_named_changes_and_the_rest_stays(world: World) -> None:
    await world.source()
    await world.person("Dana Weber")
    changed = await world.call(
        "data_sources.update_source",
        source="shop",
        environment="staging",
        owner="dana",
        tags=["Core", "core", "finance"],
    )
    assert (changed.environment, changed.owner) == ("staging", "Dana Weber")
    assert changed.tags == ["core", "finance"] and changed.status == "discovered"
    again = await world.call("data_sources.update_source", source="shop", owner="")
    assert again.owner is None and again.environment == "staging"
    with pytest.raises(CorrectInput, match="nothing to change"):
        await world.call("data_sources.update_source", source="shop")
    with pytest.raises(ChooseAnother, match="nobody called"):
        await world.call("data_sources.update_source", source="shop", owner="ghost")
    with pytest.raises(CorrectInput):
        await world.call("data_sources.update_source", source="shop", tags=["<b>"])


async def test_a_source_moves_only_to_where_it_opens(world: World) -> None:
    await world.source()
    before = await world.call("catalog.get_asset", asset="shop.customers")
    moved = world.folder / "moved.sqlite"
    with pytest.raises(CorrectInput) as refusal:
        await world.call("data_sources.update_source", source="shop", location=str(moved))
    assert refusal.value.problem_code == "no_such_path"
    make_shop(moved)
    (world.folder / "shop.sqlite").unlink()
    source = await world.call("data_sources.update_source", source="shop", location=str(moved))
    assert (source.location, source.status) == (str(moved), "connected")
    await world.call("data_sources.discover_assets", source="shop")
    after = await world.call("catalog.get_asset", asset="shop.customers")
    assert after.id == before.id
    with pytest.raises(CorrectInput) as refusal:
        await world.call("data_sources.update_source", source="shop", location="/etc/passwd")
    assert refusal.value.problem_code == "unsafe_path"


async def test_only_who_may_write_there_changes_a_source(world: World) -> None:
    await world.source()
    await world.person("Vera Lind", "viewer")
    for name, arguments in (
        ("update_source", {"tags": ["x"]}),
        ("rotate_credentials", {"password": "open-sesame"}),
    ):
        with pytest.raises(AskForAccess, match=r"data_sources\.write"):
            await world.call(f"data_sources.{name}", "vera", source="shop", **arguments)


async def test_a_file_has_no_credentials(world: World) -> None:
    await world.source()
    with pytest.raises(CorrectInput, match="without credentials"):
        await world.call("data_sources.rotate_credentials", source="shop", password="open-sesame")


@pytest.mark.postgres
async def test_credentials_are_tried_before_they_are_stored_and_are_told_to_nobody(
    world: World, postgres: str
) -> None:
    url = create_database(postgres, "rotated_source")
    with psycopg.connect(url) as connection:
        connection.execute("CREATE ROLE rotated LOGIN")
    registered = await world.call(
        "data_sources.register_source",
        name="warehouse",
        kind="postgresql",
        location=make_url(url).set(password="old-hush").render_as_string(hide_password=False),
    )
    assert "hush" not in registered.model_dump_json()

    async def stored() -> tuple[str, str | None]:
        async with world.runtime.database.reading() as session:
            source = (await session.scalars(select(Source))).one()
            return source.location, source.sealed_password

    before = await stored()
    with pytest.raises(MendSource) as refusal:
        await world.call(
            "data_sources.rotate_credentials",
            source="warehouse",
            password="new-hush",
            user="ghost",
        )
    assert "hush" not in str(refusal.value)
    assert await stored() == before, "the old ones stay"

    rotated = await world.call(
        "data_sources.rotate_credentials", source="warehouse", password="new-hush", user="rotated"
    )
    assert rotated.reachable and "hush" not in rotated.model_dump_json()
    place, sealed = await stored()
    assert "rotated@" in place and sealed is not None
    assert world.runtime.kernel.services.secret_box.open(sealed) == "new-hush"
    source = await world.call("data_sources.get_source", source="warehouse")
    assert source.credentials_at is not None
    await world.runtime.kernel.close()
    async with world.runtime.database.reading() as session:
        for model in (ActivityRow, ChangeRow):
            for row in await session.scalars(select(model)):
                kept = {column.key: getattr(row, column.key) for column in model.__table__.columns}
                assert "new-hush" not in str(kept)

    with pytest.raises(CorrectInput, match="isn't sent to another server"):
        await world.call(
            "data_sources.update_source",
            source="warehouse",
            location=place.replace("127.0.0.1", "127.0.0.2"),
        )
    other = create_database(postgres, "other_source")
    moved = await world.call(
        "data_sources.update_source",
        source="warehouse",
        location=place.replace("rotated_source", make_url(other).database or ""),
    )
    assert moved.location.endswith("other_source")
    assert (await stored())[1] == sealed, "its password goes along on the same server"
