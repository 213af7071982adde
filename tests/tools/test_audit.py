"""The audit trail: whole after anything that happens, and broken by anything that is done to it."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.engine import Connection, make_url

from tests.support.world import World
from tools.audit import GENESIS, ActivityRow, AuditWriter, Entry, verify
from tools.errors import RacineError
from tools.rbac.tables import User


def outside(world: World) -> Any:
    """A connection past the product, as somebody with the database's password has it."""
    url = make_url(world.runtime.database.url)
    sqlite = url.get_backend_name() == "sqlite"
    return create_engine(url.set(drivername="sqlite" if sqlite else "postgresql+psycopg"))


def tamper(world: World, *statements: str) -> None:
    engine = outside(world)
    with engine.begin() as connection:
        _without_keys(connection)
        for statement in statements:
            assert connection.execute(text(statement)).rowcount
    engine.dispose()


def _without_keys(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET session_replication_role = replica"))


async def check(world: World) -> Any:
    await world.runtime.kernel.close()
    return await world.call("activity.verify_audit_trail")


async def some_history(world: World) -> dict[str, int]:
    """A few reads and writes; the sequences of some of them."""
    await world.source()
    read = await world.invoke("catalog.get_asset", asset="shop.orders")
    await world.runtime.kernel.close()
    write = await world.invoke("catalog.tag_asset", asset="shop.orders", tag="x")
    await world.call("users.profile")
    await world.runtime.kernel.close()
    async with world.runtime.database.reading() as session:
        found = {row.id: row.sequence for row in await session.scalars(select(ActivityRow))}
    return {
        "read": found[read.activity_id],
        "write": found[write.activity_id],
        "last": max(found.values()),
    }


async def test_the_chain_holds_after_writes_and_reads_at_once(world: World) -> None:
    await world.source()

    async def refuse() -> None:
        with pytest.raises(RacineError):
            await world.call("catalog.get_asset", asset="nothing.like.it")

    await asyncio.gather(
        *[world.call("rbac.create_user", name=f"P{n}", email=f"p{n}@example.com")
          for n in range(20)],
        *[world.call("catalog.tag_asset", asset="shop.orders", tag=f"t{n}") for n in range(20)],
        *[world.call("users.profile") for _ in range(20)],
        *[refuse() for _ in range(5)],
    )  # fmt: skip
    outcome = await check(world)
    assert outcome.intact
    assert outcome.broken_at is None
    orders = await world.call("catalog.get_asset", asset="shop.orders")
    assert len(orders.tags) == 20  # none of the twenty was lost to another
    async with world.runtime.database.reading() as session:
        rows = list(await session.scalars(select(ActivityRow).order_by(ActivityRow.sequence)))
        by_batches = await verify(session, batch=7)
    assert [row.sequence for row in rows] == list(range(1, len(rows) + 1))
    assert rows[0].previous_hash == GENESIS
    assert outcome.checked <= by_batches.checked == len(rows)
    assert by_batches.head == rows[-1].hash
    counted = [row.operation for row in rows if row.outcome == "failed"]
    assert counted == ["catalog.get_asset"] * 5


@pytest.mark.parametrize(
    ("statement", "which"),
    [
        ("UPDATE activity SET user_name = 'Mallory' WHERE sequence = {write}", "write"),
        ("UPDATE activity SET outcome = 'refused' WHERE sequence = {read}", "read"),
        ("UPDATE activity SET arguments = '{{}}' WHERE sequence = {write}", "write"),
        ("UPDATE activity SET milliseconds = milliseconds + 1 WHERE sequence = {read}", "read"),
        ("UPDATE activity SET hash = previous_hash WHERE sequence = {write}", "write"),
        ("UPDATE activity SET at = '2020-01-01 00:00:00+00:00' WHERE sequence = {write}", "write"),
        ("UPDATE changes SET after = '{{\"tags\": []}}' WHERE activity_id = {id}", "write"),
        ("UPDATE changes SET label = 'other' WHERE activity_id = {id}", "write"),
        ("DELETE FROM changes WHERE activity_id = {id}", "write"),
        ("UPDATE changes SET activity_id = (SELECT id FROM activity WHERE sequence = {read}) "
         "WHERE activity_id = {id}", "read"),
        ("INSERT INTO changes (sequence, activity_id, \"table\", key, label, action, at) "
         "SELECT 99999, id, 'users', 'k', 'l', 'delete', at FROM activity "
         "WHERE sequence = {read}", "read"),
    ],
)  # fmt: skip
async def test_an_altered_row_is_found_where_it_stands(
    world: World, statement: str, which: str
) -> None:
    at = await some_history(world)
    assert (await check(world)).intact
    own = f"(SELECT id FROM activity WHERE sequence = {at['write']})"
    tamper(world, statement.format(**at, id=own))
    outcome = await check(world)
    assert not outcome.intact
    assert outcome.broken_at == at[which]
    assert "altered" in outcome.reason
    assert outcome.checked == at[which] - 1


async def test_a_removed_row_is_found(world: World) -> None:
    at = await some_history(world)
    tamper(world, f"DELETE FROM activity WHERE sequence = {at['read']}")
    outcome = await check(world)
    assert outcome.broken_at == at["read"] + 1
    assert "missing" in outcome.reason


async def test_a_removed_row_whose_gap_was_closed_is_found(world: World) -> None:
    at = await some_history(world)
    tamper(
        world,
        f"DELETE FROM activity WHERE sequence = {at['read']}",
        f"UPDATE activity SET sequence = sequence - 1 WHERE sequence = {at['read'] + 1}",
    )
    outcome = await check(world)
    assert outcome.broken_at == at["read"]


async def test_a_row_put_in_is_found(world: World) -> None:
    at = await some_history(world)
    columns = [column.key for column in ActivityRow.__table__.columns]
    copied = ", ".join(
        {"sequence": str(at["last"] + 1), "id": "'act_forged'"}.get(name, f'"{name}"')
        for name in columns
    )
    tamper(
        world,
        f"INSERT INTO activity ({', '.join(columns)}) "
        f"SELECT {copied} FROM activity WHERE sequence = {at['last']}",
    )
    assert (await check(world)).broken_at == at["last"] + 1


async def test_rows_in_another_order_are_found(world: World) -> None:
    at = await some_history(world)
    tamper(
        world,
        f"UPDATE activity SET sequence = -1 WHERE sequence = {at['read']}",
        f"UPDATE activity SET sequence = {at['read']} WHERE sequence = {at['write']}",
        f"UPDATE activity SET sequence = {at['write']} WHERE sequence = -1",
    )
    assert (await check(world)).broken_at == at["read"]


async def test_a_write_that_cannot_be_audited_does_not_happen(world: World) -> None:
    await world.source()
    await world.runtime.kernel.close()
    forbid(world, "outcome = 'done' AND NEW.effect = 'write'")
    with pytest.raises(RacineError):
        await world.call("catalog.tag_asset", asset="shop.orders", tag="x")
    with pytest.raises(RacineError):
        await world.call("rbac.create_user", name="Kim Lee", email="kim@example.com")
    assert (await world.call("catalog.get_asset", asset="shop.orders")).tags == []
    async with world.runtime.database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(User)) == 1
    outcome = await check(world)
    assert outcome.intact  # the failures themselves are in it


async def test_entries_wait_while_the_trail_cannot_be_written(world: World) -> None:
    await world.runtime.kernel.close()
    forbid(world, "operation = 'probe.unlucky'")
    writer = AuditWriter(world.runtime.database)
    facts = {"user_id": "u", "user_name": "U", "channel": "api", "effect": "read",
             "outcome": "done", "reason": "", "arguments": {}}  # fmt: skip
    writer.submit(Entry(operation="probe.unlucky", **facts))
    await writer.flush()
    allow(world)
    writer.submit(Entry(operation="probe.next", **facts))
    await writer.flush()
    async with world.runtime.database.reading() as session:
        rows = await session.scalars(
            select(ActivityRow.operation)
            .where(ActivityRow.operation.startswith("probe."))
            .order_by(ActivityRow.sequence)
        )
        assert list(rows) == ["probe.unlucky", "probe.next"]


def forbid(world: World, when: str) -> None:
    """A trigger that refuses some rows of the trail."""
    engine = outside(world)
    with engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(
                text(
                    f"CREATE TRIGGER no_audit BEFORE INSERT ON activity WHEN NEW.{when} "
                    "BEGIN SELECT RAISE(ABORT, 'the trail is closed'); END"
                )
            )
        else:
            connection.execute(
                text(
                    "CREATE FUNCTION no_audit() RETURNS trigger AS $$ BEGIN "
                    "RAISE EXCEPTION 'the trail is closed'; END $$ LANGUAGE plpgsql"
                )
            )
            connection.execute(
                text(
                    "CREATE TRIGGER no_audit BEFORE INSERT ON activity FOR EACH ROW "
                    f"WHEN (NEW.{when}) EXECUTE FUNCTION no_audit()"
                )
            )
    engine.dispose()


def allow(world: World) -> None:
    engine = outside(world)
    with engine.begin() as connection:
        on = "" if connection.dialect.name == "sqlite" else " ON activity"
        connection.execute(text(f"DROP TRIGGER no_audit{on}"))
    engine.dispose()


# ---- secrets


async def everything(world: World) -> str:
    """Every row of every table, as text."""
    await world.runtime.kernel.close()
    from tools.database import Base

    told = []
    async with world.runtime.database.reading() as session:
        for table in Base.metadata.sorted_tables:
            told += [repr(tuple(row)) for row in await session.execute(select(table))]
    return "\n".join(told)


@pytest.mark.parametrize("how", ["url", "argument", "query"])
async def test_a_source_s_password_is_nowhere(world: World, how: str) -> None:
    location = {
        "url": "postgresql://reader:hunter2%21x@127.0.0.1:1/shop",
        "argument": "postgresql://reader@127.0.0.1:1/shop",
        "query": "postgresql://reader@127.0.0.1:1/shop?password=hunter2",
    }[how]
    given: dict[str, Any] = {"name": "pg", "kind": "postgresql", "location": location}
    if how == "argument":
        given["password"] = "hunter2!x"
    with pytest.raises(RacineError) as failed:
        await world.call("data_sources.register_source", **given)
    assert "hunter2" not in json.dumps(failed.value.problem())
    told = await everything(world)
    assert "data_sources.register_source" in told
    assert "hunter2" not in told


async def test_a_sealed_password_is_hidden_wherever_a_change_is_shown(world: World) -> None:
    from tools.audit import system_entry
    from tools.data_sources.tables import Source
    from tools.steps import Step

    box = world.runtime.kernel.services.secret_box
    sealed = box.seal("hunter2")
    entry = system_entry("system.test", "a test")
    async with world.runtime.kernel.unit_of_work(entry) as session:
        session.add(
            Source(id="src_1", name="pg", kind="postgresql", location="postgresql://r@127.0.0.1/x",
                   sealed_password=sealed)
        )  # fmt: skip
    shown = await world.call("activity.get", activity=entry.id)
    (change,) = shown.changed
    assert change.after["sealed_password"] == "•••"
    preview = await world.runtime.kernel.preview(
        [Step(id="a", operation="data_sources.remove_source", arguments={"source": "pg"})],
        world.administrator,
    )
    assert preview.steps[0].error is None
    assert sealed not in repr(preview)
    told = await everything(world)
    assert "hunter2" not in told


async def test_an_api_key_is_shown_once_and_kept_nowhere(world: World) -> None:
    await world.person("Pipe Line")
    from tools.rbac.keys import digest_key
    from tools.steps import Step

    made = await world.invoke(
        "rbac.create_api_key", _key="k1", user="Pipe Line", name="for the pipeline"
    )
    key = made.value.key.get_secret_value()
    assert await world.runtime.accounts.by_key(key) == world.people["pipe"].user_id
    assert key not in made.value.model_dump_json()
    told = await everything(world)
    assert key not in told
    shown = await world.call("activity.get", activity=made.activity_id)
    assert digest_key(key) not in shown.model_dump_json()
    preview = await world.runtime.kernel.preview(
        [Step(id="a", operation="rbac.create_api_key",
              arguments={"user": "Pipe Line", "name": "n"})],
        world.administrator,
    )  # fmt: skip
    assert "rcn_" not in repr(preview)
    assert preview.steps[0].changes[0].after["digest"] == "•••"


async def test_long_texts_are_cut_in_the_trail(world: World) -> None:
    await world.source()
    made = await world.invoke(
        "catalog.describe_asset", asset="shop.orders", description="long " * 500
    )
    shown = await world.call("activity.get", activity=made.activity_id)
    assert len(shown.arguments["description"]) == 301
