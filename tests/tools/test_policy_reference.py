"""The compiled decision against a plain reading of the grants, over random policies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from random import Random

from sqlalchemy import select

from tests.support.world import World
from tools.catalog.tables import Asset
from tools.policy import EVERYWHERE, LEVELS, Entitlements, Held
from tools.scoping import reached_assets

START = datetime(2026, 1, 1, tzinfo=UTC)
SOURCES = ("s1", "s2", "s3", "s4")
DOMAINS = (None, "d1", "d2", "d3")
PERMISSIONS = ("catalog.read", "catalog.write", "data.unmask", "rbac.write", "activity.read")
ROLES = (
    ("*",),
    ("*.read",),
    ("catalog.*",),
    ("data.unmask", "catalog.read"),
    ("rbac.*", "activity.read"),
)


@dataclass(frozen=True)
class Thing:
    """An asset as policies see it."""

    source: str
    domain: str | None
    level: str


def random_held(random: Random, things: list[Thing]) -> Held:
    """A grant of any kind: place, level, effect, time, team."""
    sources = domains = None
    place = random.choice(("everything", "source", "workspace", "domain"))
    if place == "source":
        sources = frozenset([random.choice(SOURCES)])
    elif place == "workspace":
        sources = frozenset(random.sample(SOURCES, random.randint(0, 3)))
    elif place == "domain":
        domains = frozenset(random.sample(("d1", "d2", "d3"), random.randint(1, 2)))
        sources = frozenset(one.source for one in things if one.domain in domains)
    denies = random.random() < 0.3
    levels = None
    if random.random() < 0.35:
        at = random.randrange(len(LEVELS))
        levels = frozenset(LEVELS[at:] if denies else LEVELS[: at + 1])
    since = START + timedelta(days=random.randint(-5, 5)) if random.random() < 0.3 else None
    until = START + timedelta(days=random.randint(-5, 9)) if random.random() < 0.3 else None
    return Held(
        role=f"role{random.randint(1, 9)}",
        permissions=random.choice(ROLES),
        scope=place,
        sources=sources,
        domains=domains,
        levels=levels,
        denies=denies,
        since=since,
        until=until,
        team=random.choice((None, "Finance")),
    )


def plainly(held: Held, permission: str, at: datetime) -> bool:
    """Whether a grant is good now and gives, or takes, a permission."""
    begun = held.since is None or at >= held.since
    over = held.until is not None and at >= held.until
    return begun and not over and any(fnmatchcase(permission, one) for one in held.permissions)


def within(held: Held, thing: Thing) -> bool:
    """Whether a thing lies in a grant's area."""
    if held.domains is not None and thing.domain not in held.domains:
        return False
    if held.domains is None and held.sources is not None and thing.source not in held.sources:
        return False
    return held.levels is None or thing.level in held.levels


def limited(held: Held) -> bool:
    return held.sources is not None or held.domains is not None or held.levels is not None


def test_ten_thousand_random_policies_decide_as_a_plain_reading_does() -> None:
    random = Random(20260331)
    agreed = allowed = 0
    for _ in range(10_000):
        things = [
            Thing(random.choice(SOURCES), random.choice(DOMAINS), random.choice(LEVELS))
            for _ in range(5)
        ]
        policy = tuple(random_held(random, things) for _ in range(random.randint(0, 6)))
        active = random.random() > 0.05
        person = Entitlements("usr", "Ann", active, policy, frozenset(SOURCES))
        at = START + timedelta(days=random.randint(-6, 10))
        for permission in random.sample(PERMISSIONS, 2):
            live = [one for one in policy if active and plainly(one, permission, at)]
            giving = [one for one in live if not one.denies]
            taking = [one for one in live if one.denies]
            everywhere = any(not limited(one) for one in giving) and not any(
                not limited(one) for one in taking
            )
            if permission.startswith(EVERYWHERE):  # can't be told in part, so any denial ends it
                everywhere = everywhere and not taking
            decision = person.decide(permission, at)
            assert decision.reason
            assert decision.covers(None) == everywhere, (policy, permission)
            assert person.decide_on(permission, None, "", at).allowed == everywhere
            for thing in things:
                expected = any(within(one, thing) for one in giving) and not any(
                    within(one, thing) for one in taking
                )
                if permission.startswith(EVERYWHERE) and not everywhere:
                    expected = False
                got = decision.reaches(thing.source, thing.domain, thing.level)
                assert got == expected, (policy, permission, thing, decision)
                if decision.covers(thing.source):
                    assert person.decide_on(permission, thing.source, "there", at).allowed
                agreed += 1
                allowed += expected
    assert agreed == 100_000
    assert 10_000 < allowed < 90_000  # both answers are given often


async def test_what_queries_return_is_what_is_decided(world: World) -> None:
    await world.source("shop", scanned=True)
    await world.source("crm", scanned=True)
    await world.call("catalog.create_domain", name="Sales")
    await world.call("catalog.create_domain", name="Stock")
    await world.call("catalog.set_domain", asset="shop.orders", domain="Sales")
    await world.call("catalog.set_domain", asset="crm.customers", domain="Sales")
    await world.call("catalog.set_source_domain", source="crm", domain="Stock")
    random = Random(4)
    async with world.runtime.database.reading() as session:
        assets = list(await session.scalars(select(Asset)))
        ids = sorted({one.source_id for one in assets})
        domains = sorted({one.domain_id for one in assets if one.domain_id})
    levels = await levels_of_tables(world)
    renamed = dict(zip(SOURCES, [*ids, "gone1", "gone2"], strict=True))
    renamed |= dict(zip(("d1", "d2", "d3"), [*domains, "gone3"], strict=True))
    partial = 0
    for _ in range(150):
        policy = tuple(
            moved(random_held(random, []), renamed, assets) for _ in range(random.randint(1, 5))
        )
        person = Entitlements("usr", "Ann", True, policy, frozenset(ids))
        decision = person.decide("catalog.read", START)
        if not decision.partial:
            continue
        partial += 1
        async with world.runtime.database.reading() as session:
            got = set(await session.scalars(reached_assets(decision)))
        units = {one.id: one.parent_id if one.kind == "column" else one.id for one in assets}
        expected = {
            one.id
            for one in assets
            if decision.reaches(one.source_id, one.domain_id, levels[units[one.id] or ""])
        }
        assert got == expected, policy
    assert partial > 30


def moved(held: Held, names: dict[str, str], assets: list[Asset]) -> Held:
    """The same grant over the sources and domains that are there."""
    domains = held.domains and frozenset(names[one] for one in held.domains)
    sources = held.sources and frozenset(names[one] for one in held.sources)
    if domains:
        sources = frozenset(one.source_id for one in assets if one.domain_id in domains)
    return Held(
        held.role,
        held.permissions,
        held.scope,
        sources,
        domains,
        held.levels,
        held.denies,
        held.since,
        held.until,
    )


async def levels_of_tables(world: World) -> dict[str, str]:
    """The highest label of each table and its columns, as the operations tell it."""
    async with world.runtime.database.reading() as session:
        assets = {one.id: one for one in await session.scalars(select(Asset))}
    found = dict.fromkeys(assets, LEVELS[0])
    columns = await world.call("classifications.list_classified_columns", limit=500)
    for column in columns.items:
        table = assets[column.asset_id].parent_id or ""
        found[table] = max(found[table], column.sensitivity, key=LEVELS.index)
    return found
