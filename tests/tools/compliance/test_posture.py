"""A posture is judged of now or of a past moment, which nothing later changes; and has a trend."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.world import World
from tools.catalog.tables import Asset
from tools.changes import ChangeRow
from tools.compliance.past import as_it_was
from tools.compliance.tables import Finding, Posture
from tools.compliance.trend import SHOWN, trend_of
from tools.compliance.waivers import today
from tools.data_sources.tables import Source
from tools.database import now
from tools.errors import ChooseAnother, CorrectInput

LATER = (today() + timedelta(days=30)).isoformat()
SAID = {"score", "checks", "failed", "waived", "failures", "by_source"}


@pytest.fixture
async def shop(stocked: World) -> World:
    await stocked.person("Stella Ray", "steward")
    await stocked.call("compliance.evaluate_compliance")
    return stocked


async def posture(shop: World, who: str | None = None, **more: Any) -> Any:
    (one,) = (await shop.call("compliance.get_posture", who, framework="gdpr", **more)).items
    return one


def said(one: Any) -> dict[str, Any]:
    told: dict[str, Any] = one.model_dump(include=SAID)
    return told


async def waive(shop: World) -> None:
    page = await shop.call("compliance.list_findings", framework="gdpr", limit=500)
    one = page.items[0].id
    await shop.call("compliance.waive_finding", finding=one, reason="Going", expires_on=LATER)
    await shop.call("compliance.confirm_waiver", "stella", finding=one)


async def mend(shop: World) -> None:
    await shop.call("catalog.set_owner", asset="shop.customers", owner="stella")
    await shop.call(
        "classifications.reject_classification", asset="shop.v_top.email", label="email"
    )


async def loosen(shop: World) -> None:
    await shop.call("compliance.update_rule", rule="retention-declared", enabled=False)


async def hire(shop: World) -> None:
    await shop.person("Kai Berg", "steward")


async def remove(shop: World) -> None:
    await shop.call("data_sources.remove_source", source="shop")


async def add(shop: World) -> None:
    await shop.source("lab", scanned=True)


@pytest.mark.parametrize("change", [waive, mend, loosen, hire, remove, add])
async def test_the_past_is_as_it_was_whatever_came_after(shop: World, change: Any) -> None:
    before = await posture(shop)
    moment = now()
    await change(shop)
    after = await posture(shop)
    assert said(after) != said(before)
    then = await posture(shop, as_of=moment.isoformat())
    assert said(then) == said(before)
    assert then.past and then.as_of == moment and not after.past
    assert len(then.trend) == 1
    assert said(await posture(shop)) == said(after)


async def test_a_source_is_known_by_what_it_was_then(shop: World) -> None:
    moment = now().isoformat()
    await remove(shop)
    then = await posture(shop, source="shop", as_of=moment)
    assert then.source == "shop" and then.checks > 0
    with pytest.raises(ChooseAnother):
        await posture(shop, source="shop")


async def test_a_day_means_its_end_and_today_now(shop: World) -> None:
    today_s = await posture(shop, as_of=today().isoformat())
    assert said(today_s) == said(await posture(shop))
    async with shop.runtime.database.writing() as session:
        for change in await session.scalars(select(ChangeRow)):
            change.at -= timedelta(days=10)
    day = today() - timedelta(days=2)
    then = await posture(shop, as_of=day.isoformat())
    assert then.as_of == datetime(day.year, day.month, day.day, 23, 59, 59, 999999, UTC)
    assert said(then) == said(today_s)


async def test_time_counts_as_it_did(shop: World) -> None:
    """What was scanned lately then was scanned lately, however long ago it is."""
    async with shop.runtime.database.writing() as session:
        for change in await session.scalars(select(ChangeRow)):
            change.at -= timedelta(days=100)
        source = await session.scalar(select(Source))
        source.scanned_at -= timedelta(days=100)
    late = {one.rule_id for one in (await posture(shop)).failures}
    day = (today() - timedelta(days=80)).isoformat()
    then = {one.rule_id for one in (await posture(shop, as_of=day)).failures}
    assert "sensitive-source-scanned" in late - then


async def test_what_history_does_not_reach_is_refused(shop: World) -> None:
    began = (await shop.call("compliance.get_posture")).history_since
    assert began is not None and began <= now()
    with pytest.raises(CorrectInput, match="still to come"):
        await posture(shop, as_of=LATER)
    with pytest.raises(CorrectInput, match=f"history exists only since {began:%Y-%m-%d}"):
        await posture(shop, as_of="2020-03-31")


async def test_the_past_shows_nobody_more_than_they_may_see(shop: World) -> None:
    await shop.source("other", scanned=True)
    await shop.person("Vera Lind", "viewer", source="shop")
    moment = now().isoformat()
    await shop.call("data_sources.remove_source", source="other")
    mine = await posture(shop, "vera", as_of=moment)
    assert [one.source for one in mine.by_source] == ["shop"]
    whole = await posture(shop, as_of=moment)
    assert {one.source for one in whole.by_source} >= {"shop", "other"}
    with pytest.raises(ChooseAnother):
        await posture(shop, "vera", source="other", as_of=moment)


async def test_looking_back_leaves_nothing_behind(shop: World) -> None:
    async def count() -> int:
        async with shop.runtime.database.reading() as session:
            return len(list(await session.scalars(select(ChangeRow))))

    before = await count()
    await posture(shop, as_of=now().isoformat())
    assert await count() == before


async def test_of_long_tables_only_what_is_wanted_is_rebuilt(shop: World) -> None:
    await waive(shop)
    moment = now()
    async with shop.runtime.database.reading() as session:
        assets = {one.id: one.tags for one in await session.scalars(select(Asset))}
        wanted = {Finding: Finding.status == "waived"}
        async with as_it_was(session, moment, None, only=wanted) as past:
            findings = list(await past.scalars(select(Finding)))
            was = {one.id: one.tags for one in await past.scalars(select(Asset))}
    assert [one.status for one in findings] == ["waived"]
    assert findings[0].evidence["type"] and was == assets


async def test_parts_add_up(shop: World) -> None:
    await shop.source("lab", scanned=True)
    whole = await posture(shop)
    for what in ("checks", "failed", "waived"):
        assert sum(getattr(one, what) for one in whole.by_source) == getattr(whole, what)
    one = await posture(shop, source="lab")
    assert one.by_source[0].model_dump(exclude={"source"}) == one.model_dump(
        include={"score", "checks", "failed", "waived"}
    )


def recorded(source: str | None, minutes: int, failed: int) -> Posture:
    at = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    return Posture(
        source_id=source, framework_id="gdpr", checks=10, failed=failed, waived=1, evaluated_at=at
    )


def test_a_trend_takes_what_is_evaluated_together_as_one_point() -> None:
    points = trend_of(
        [recorded("a", 0, 5), recorded("b", 1, 3), recorded(None, 2, 0), recorded("a", 600, 1)]
    )
    assert [(one.checks, one.failed, one.waived, one.score) for one in points] == [
        (30, 8, 3, 0.733),
        (30, 4, 3, 0.867),
    ]
    many = trend_of([recorded("a", 60 * n, n % 10) for n in range(SHOWN + 5)])
    assert len(many) == SHOWN and many[-1].failed == (SHOWN + 4) % 10
    assert trend_of([]) == []
