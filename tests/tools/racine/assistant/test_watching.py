"""Anomalies: what their past can't explain is told, what it explains isn't."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from evals.anomalies import SERIES, rates
from tests.support.world import World
from tools.audit import ActivityRow
from tools.catalog.tables import Asset, AssetProfile, QualityCheck, QualityResult
from tools.compliance.tables import ComplianceRule, Finding
from tools.data_sources.tables import Source
from tools.database import Base, new_id, now
from tools.racine.assistant.anomalies.robust import judge
from tools.scan_logic.tables import Scan
from tools.scan_rule_sets.tables import ScanRuleSet

RANDOM = np.random.default_rng(7)


async def keep(world: World, rows: Iterable[Base]) -> None:
    """Put rows of the past in, as if they had been written then."""
    with Session(world.runtime.database.log_engine) as session:
        session.add_all(rows)
        session.commit()


def past(world: World, name: str) -> Asset:
    with Session(world.runtime.database.log_engine) as session:
        found = session.scalars(select(Asset).where(Asset.qualified_name == name)).one()
        session.expunge(found)
        return found


def ago(days: float) -> datetime:
    return now() - timedelta(days=days)


async def profiled(
    world: World, name: str, rows: Sequence[int], nulls: Sequence[int] | None = None
) -> None:
    asset, count = past(world, name), len(rows)
    await keep(
        world,
        (
            AssetProfile(
                id=new_id("prf"), asset_id=asset.id, source_id=asset.source_id, asset=name,
                rows=held, profiled_by="x", at=ago(count - 1 - i),
                columns=[{"name": "email", "nulls": nulls[i]}] if nulls else [],
            )
            for i, held in enumerate(rows)
        ),
    )  # fmt: skip


def usual(count: int, level: float = 1_000) -> list[int]:
    return [int(one) for one in level + RANDOM.normal(0, level * 0.01, count)]


async def told(world: World, **arguments: Any) -> list[tuple[str, str]]:
    found = await world.call("assistant.anomalies", **arguments)
    return [(one.kind, one.about) for one in found.items]


async def test_rows_that_are_lost_are_told_with_what_was_expected(world: World) -> None:
    await world.source()
    await profiled(world, "shop.orders", [*usual(29), 400])
    await profiled(world, "shop.customers", usual(30))
    found = await world.call("assistant.anomalies")
    (one,) = found.items
    assert (one.kind, one.about, one.value) == ("rows", "shop.orders", 400)
    assert 900 < one.low < one.expected < one.high < 1_100
    assert one.score < -1
    assert one.citation().snippet.startswith("Rows of shop.orders: 400, expected ")
    assert [(step.operation, step.arguments) for step in one.steps] == [
        ("catalog.profile_asset", {"asset": "shop.orders"})
    ]
    assert found.watched == ["rows", "freshness"]
    assert found.series == 4
    assert await told(world, source="shop") == [("rows", "shop.orders")]
    assert await told(world, kind="nulls") == []
    with_other = await world.source("other")
    assert with_other
    assert await told(world, source="other") == []


async def test_nulls_where_there_were_none_are_told(world: World) -> None:
    await world.source()
    nulls = [*[0] * 20, 90]
    await profiled(world, "shop.customers", [1_000] * 21, nulls)
    found = await world.call("assistant.anomalies")
    (one,) = found.items
    assert (one.kind, one.about, one.value) == ("nulls", "shop.customers.email", 0.09)
    assert one.steps[0].operation == "catalog.define_quality_check"


async def test_a_table_that_changes_no_more_is_told(world: World) -> None:
    await world.source()
    grown = [1_000 + 10 * one for one in range(30)]
    await profiled(world, "shop.orders", [*grown, *[grown[-1]] * 12])
    assert ("freshness", "shop.orders") in await told(world)


async def test_checks_scans_and_findings_are_watched(world: World) -> None:
    await world.source()
    asset = past(world, "shop.orders")
    await world.call("catalog.define_quality_check", asset="shop.orders.total", kind="not_null")
    with Session(world.runtime.database.log_engine) as session:
        check = session.scalars(select(QualityCheck)).one()
        source = session.scalars(select(Source)).one()
        rule = session.scalars(select(ComplianceRule)).first()
        rule_set = session.scalars(select(ScanRuleSet.id)).first()
        assert rule is not None
        assert rule_set is not None
        session.expunge_all()
    failed = [*[2, 3] * 10, 400]
    found = [*[20] * 12, 2]
    await keep(
        world,
        [
            *(
                QualityResult(
                    id=new_id("qr"), source_id=asset.source_id, asset="shop.orders.total",
                    check_id=check.id, status="failed", rows=1_000, failed_rows=one,
                    at=ago(20 - i),
                )
                for i, one in enumerate(failed)
            ),
            *(
                Scan(
                    id=new_id("scn"), source_id=source.id, rule_set_id=rule_set,
                    rule_set_version=1, status="done", tables=4, columns=100, values_sampled=9,
                    found=one, seconds=1.0, warnings=[], started_by="x", started_at=ago(13 - i),
                )
                for i, one in enumerate(found)
            ),
            *(
                Finding(
                    id=new_id("fnd"), source_id=source.id, rule_id=rule.id, subject="x",
                    summary="x", severity="high", evidence={}, opened_at=ago(day),
                )
                for day in [*range(1, 25), *[0.0] * 40]
            ),
        ],
    )  # fmt: skip
    assert set(await told(world)) == {
        ("quality", "shop.orders.total"), ("scans", "shop"), ("findings", "shop")
    }  # fmt: skip


async def test_refusals_are_told_to_who_may_read_the_log(world: World) -> None:
    days = [day for day in range(1, 20) for _ in range(2)]
    with world.runtime.database.log_engine.begin() as connection:
        last = connection.execute(select(ActivityRow.sequence).order_by(
            ActivityRow.sequence.desc())).scalars().first() or 0  # fmt: skip
        rows = [
            {
                "sequence": last + 1_000 + i, "id": new_id("act"), "at": ago(day),
                "user_id": "u", "user_name": "U", "channel": "api", "operation": "x.y",
                "effect": "read", "outcome": "refused", "reason": "", "arguments": {},
                "targets": [], "change_count": 0, "changes_digest": "", "milliseconds": 1,
                "previous_hash": "", "hash": "",
            }
            for i, day in enumerate([*days, *[0.0] * 60])
        ]  # fmt: skip
        connection.execute(insert(ActivityRow), rows)
    assert await told(world) == [("access", "Racine")]
    await world.person("Vera Vu", "viewer")
    assert await told(world, _as="vera") == []


async def test_nobody_is_told_of_what_they_may_not_see(world: World) -> None:
    await world.source()
    await profiled(world, "shop.orders", [*usual(29), 400])
    await world.call("catalog.create_domain", name="Elsewhere")
    await world.person("Vera Vu", "viewer", domain="Elsewhere")
    assert await told(world, _as="vera") == []


async def test_an_old_value_is_no_news(world: World) -> None:
    await world.source()
    asset = past(world, "shop.orders")
    await keep(
        world,
        (
            AssetProfile(
                id=new_id("prf"), asset_id=asset.id, source_id=asset.source_id,
                asset="shop.orders", rows=held, profiled_by="x", at=ago(60 - i), columns=[],
            )
            for i, held in enumerate([*usual(20), 1])
        ),
    )  # fmt: skip
    assert await told(world) == []
    assert await told(world, days=60) == [("rows", "shop.orders")]


@pytest.mark.parametrize("name", SERIES)
@pytest.mark.parametrize("days", [14, 30, 90])
def test_false_alarms_are_rare_whatever_the_series(name: str, days: int) -> None:
    alarms, found = rates(*SERIES[name], days, times=200)
    assert alarms <= 0.03
    assert found >= 0.85 or (days == 14 and SERIES[name][1])


def test_a_short_history_says_nothing() -> None:
    assert judge(range(8), [1.0] * 7 + [99.0], counts=False) is None


def test_a_drop_to_the_weekend_s_level_on_a_weekday_is_found() -> None:
    days = list(range(45))  # the last is a Wednesday
    values = [100.0 if day % 7 >= 5 else 1_000.0 + day for day in days]
    assert not judge(days, values, counts=False).unexpected  # type: ignore[union-attr]
    assert judge(days, [*values[:-1], 100.0], counts=False).unexpected  # type: ignore[union-attr]
