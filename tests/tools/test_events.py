"""The log of events: written before it is sent, in order, and a stream is a view of it."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from tests.support.world import World
from tools.database import Database
from tools.events import EventLog, Logged


async def collect(log: EventLog, stream: str, after: int = 0) -> list[Logged]:
    async with asyncio.timeout(20):
        return [event async for batch in log.follow(stream, after) for event in batch]


async def test_an_event_is_committed_when_append_returns(world: World) -> None:
    log = world.runtime.events
    await log.append("run", '{"n": 1, "text": "Straße \\u2028"}')
    other = Database(world.runtime.settings.database)
    (event,) = await EventLog(other).read("run")
    await other.close()
    assert event == Logged(1, '{"n": 1, "text": "Straße \\u2028"}', False)


async def test_events_stand_in_the_order_in_which_they_were_submitted(world: World) -> None:
    log = world.runtime.events
    waiting = [log.submit(f"run{n % 3}", str(n)) for n in range(1200)]
    await asyncio.gather(*waiting)
    for stream in range(3):
        events = await log.read(f"run{stream}")
        assert [event.data for event in events] == [str(n) for n in range(stream, 1200, 3)]
        assert [event.sequence for event in events] == list(range(1, 401))


async def test_two_processes_append_to_one_stream_without_gap_or_loss(world: World) -> None:
    other = Database(world.runtime.settings.database)
    logs = (world.runtime.events, EventLog(other))

    async def write(log: EventLog, name: str) -> None:
        for number in range(40):
            await log.append("run", f"{name}{number}")

    await asyncio.gather(write(logs[0], "a"), write(logs[1], "b"))
    events = await logs[0].read("run")
    await logs[1].close()
    await other.close()
    assert [event.sequence for event in events] == list(range(1, 81))
    for name in "ab":
        own = [event.data for event in events if event.data.startswith(name)]
        assert own == [f"{name}{number}" for number in range(40)]


async def test_a_keyed_event_is_written_once_by_whoever_comes_first(world: World) -> None:
    other = Database(world.runtime.settings.database)
    logs = (world.runtime.events, EventLog(other))
    await asyncio.gather(
        *[log.append("run", "once", key="step-1") for _ in range(10) for log in logs],
        *[log.append("run2", "once", key="step-1") for log in logs],
        logs[0].append("run", "always"),
    )
    assert sorted(event.data for event in await logs[0].read("run")) == ["always", "once"]
    assert len(await logs[0].read("run2")) == 1
    await other.close()


async def test_followers_see_all_from_any_point_to_the_end(world: World) -> None:
    log = world.runtime.events
    for number in range(1, 4):
        await log.append("run", str(number))
    following = [asyncio.create_task(collect(log, "run", after)) for after in (0, 0, 2, 4)]
    late = asyncio.create_task(collect(log, "run", 5))
    for number in range(4, 7):
        await log.append("run", str(number), last=number == 6)
    seen = [[int(event.data) for event in found] for found in await asyncio.gather(*following)]
    assert seen == [[1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6], [3, 4, 5, 6], [5, 6]]
    assert [event.data for event in await late] == ["6"]
    again = await collect(log, "run")
    assert again == await log.read("run")
    assert again[-1].last


async def test_who_has_seen_the_last_event_is_not_kept_waiting(world: World) -> None:
    log = world.runtime.events
    await log.append("run", "1")
    await log.append("run", "2", last=True)
    assert await collect(log, "run", 2) == []
    assert await collect(log, "run", 99) == []


async def test_nothing_is_written_behind_the_last_event(world: World) -> None:
    here, elsewhere = EventLog(world.runtime.database), EventLog(world.runtime.database)
    await elsewhere.append("run", "begun elsewhere")
    await here.append("run", "ended", last=True)
    await elsewhere.append("run", "progress", key="p1")
    await here.append("run", "progress", key="p2")
    batches = [batch async for batch in here.follow("run")]
    assert [one.data for batch in batches for one in batch] == ["begun elsewhere", "ended"]
    await here.close()
    await elsewhere.close()


async def test_another_process_s_events_are_found(world: World) -> None:
    other = Database(world.runtime.settings.database)
    following = asyncio.create_task(collect(EventLog(other, poll_seconds=0.05), "run"))
    await world.runtime.events.append("run", "1")
    await world.runtime.events.append("run", "2", last=True)
    assert [event.data for event in await following] == ["1", "2"]
    await other.close()


async def test_an_event_that_cannot_be_written_is_told_and_the_next_one_is_written(
    world: World,
) -> None:
    url = make_url(world.runtime.settings.database)
    sqlite = url.get_backend_name() == "sqlite"
    engine = create_engine(url.set(drivername="sqlite" if sqlite else "postgresql+psycopg"))
    log = world.runtime.events
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE events RENAME TO elsewhere"))
    with pytest.raises(Exception, match="events"):
        await log.append("run", "1")
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE elsewhere RENAME TO events"))
    engine.dispose()
    await log.append("run", "2")
    await log.close()
    assert [(event.sequence, event.data) for event in await log.read("run")] == [(1, "2")]
