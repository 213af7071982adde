"""What several groups tell together: each kind where it is so, and to whom it may be told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.world import World
from tools.catalog.tables import Asset, LineageEdge
from tools.classifications.tables import Classification
from tools.compliance.tables import ComplianceRule, Finding, Posture
from tools.data_sources.tables import Source
from tools.database import Base, new_id, now
from tools.errors import ChooseAnother, RacineError
from tools.racine.assistant.insight.findings import by_chance
from tools.racine.assistant.insight.listed import INSIGHTS

LONG_AGO = now() - timedelta(days=60)
TABLES = select(Asset).where(Asset.kind.in_(("table", "view")))


async def told(world: World, who: str | None = None, **wanted: Any) -> list[Any]:
    found = await world.call("assistant.insights", _as=who, limit=200, **wanted)
    items: list[Any] = found.items
    return items


async def change(world: World, rows: Any, **values: Any) -> None:
    async with world.runtime.database.writing() as session:
        for row in await session.scalars(rows):
            for name, value in values.items():
                setattr(row, name, value)


async def add(world: World, rows: Iterable[Base]) -> None:
    async with world.runtime.database.writing() as session:
        session.add_all(rows)


async def one_of(world: World, rows: Any) -> Any:
    async with world.runtime.database.reading() as session:
        return (await session.scalars(rows)).first()


async def fails(world: World, asset: str, times: int = 1, rule: int = 0, **values: Any) -> None:
    """Open findings on a table, of one of the rules."""
    table = await one_of(world, select(Asset).where(Asset.qualified_name == asset))
    rules = select(ComplianceRule).order_by(ComplianceRule.id).offset(rule)
    failed = await one_of(world, rules)
    await add(
        world,
        (
            Finding(
                **{
                    "id": new_id("fnd"), "source_id": table.source_id, "rule_id": failed.id,
                    "asset_id": table.id, "subject": asset, "summary": "It doesn't hold.",
                    "severity": "high", "status": "open", "evidence": {},
                } | values
            )
            for _ in range(times)
        ),
    )  # fmt: skip


async def one_rule_fails(world: World) -> None:
    await world.call("catalog.set_owner", asset="shop.orders", owner="Administrator")
    await fails(world, "shop.orders", 5)
    await fails(world, "shop.customers", 1, rule=1)


async def one_source_fails(world: World) -> None:
    await world.source("vault")
    await fails(world, "shop.orders", 5)
    await fails(world, "vault.orders", 1)


async def more_come_than_go(world: World) -> None:
    await fails(world, "shop.orders", 1, opened_at=LONG_AGO)
    await fails(world, "shop.customers", 4)
    await fails(world, "shop.customers", 1, status="resolved", resolved_at=now())


async def worse_than_then(world: World) -> None:
    source = await world.call("data_sources.get_source", source="shop")
    await add(
        world,
        (
            Posture(
                id=new_id("pos"), source_id=source.id, framework_id="gdpr", checks=10,
                failed=failed, waived=0, evaluated_at=at,
            )
            for failed, at in ((1, LONG_AGO), (4, now() - timedelta(days=1)))
        ),
    )  # fmt: skip


async def without_owners(world: World) -> None:
    for name in ("one", "two", "three"):
        await world.source(name)
    for name in ("one", "two", "three"):
        for table in ("products", "v_revenue", "v_top"):
            asset = f"{name}.{table}"
            await world.call("catalog.set_owner", asset=asset, owner="Administrator")
        await fails(world, f"{name}.orders")
        await fails(world, f"{name}.customers")


async def certified(world: World) -> None:
    orders = select(Asset).where(Asset.qualified_name == "shop.orders")
    await change(world, orders, certification="gold", certified_by="Administrator")
    await fails(world, "shop.orders")


async def grown(world: World) -> None:
    emails = select(Classification).where(Classification.label == "email")
    await change(world, emails, created_at=LONG_AGO)


async def new_columns(world: World) -> None:
    await change(world, select(Source), scanned_at=LONG_AGO)


async def bare_copies(world: World) -> None:
    of_views = select(Asset.id).where(Asset.qualified_name.like("shop.v_%"))
    await change(
        world,
        select(Classification).where(Classification.asset_id.in_(of_views)),
        status="rejected",
    )


async def no_rules(world: World) -> None:
    for rule in (await world.call("compliance.list_rules", limit=200)).items:
        await world.call("compliance.update_rule", rule=rule.id, enabled=False)


async def mostly_rejected(world: World) -> None:
    await change(world, select(Classification), status="rejected")


async def idle(world: World) -> None:
    await change(world, TABLES, created_at=LONG_AGO)
    async with world.runtime.database.writing() as session:
        for edge in await session.scalars(select(LineageEdge).where(LineageEdge.kind == "view")):
            await session.delete(edge)


async def all_of_one(world: World) -> None:
    for name in ("two", "three"):
        await world.source(name, scanned=True)
    await change(world, TABLES, owner="Administrator")


async def many_unmask(world: World) -> None:
    for name in ("Ben Moss", "Ida Roth", "Omar Said"):
        await world.person(name, "administrator")


async def refused_often(world: World) -> None:
    await world.person("Vera Lind", "viewer")
    for number in range(4):
        with pytest.raises(RacineError):
            await world.call("catalog.tag_asset", "vera", asset="shop.orders", tag=f"x{number}")
    await world.runtime.kernel.audit.flush()


async def failed_often(world: World) -> None:
    for number in range(4):
        with pytest.raises(RacineError):
            await world.call("catalog.tag_asset", asset=f"shop.none{number}", tag="x")
    await world.runtime.kernel.audit.flush()


PROVOKED: dict[str, tuple[Callable[[World], Awaitable[None]], str]] = {
    "most-failed-rule": (one_rule_fails, "fails most: 5 of 6 open findings"),
    "concentrated-findings": (one_source_fails, "shop has 5 of 6 open findings with 5 of 10 tab"),
    "growing-backlog": (more_come_than_go, "5 opened and 1 resolved since"),
    "posture-trend": (worse_than_then, "holds less than on"),
    "what-goes-with-findings": (without_owners, "Tables without an owner have more findings: 6 of"),
    "certified-but-failing": (certified, "1 of 1 certified tables"),
    "personal-data-growth": (grown, "most in shop"),
    "unscanned-columns": (new_columns, "columns came after the last scan of shop"),
    "copies-without-label": (bare_copies, "columns that are made of classified ones bear no"),
    "unruled-label": (no_rules, "sensitive columns are covered by no rule"),
    "noisy-detector": (mostly_rejected, "is more often rejected than confirmed"),
    "unused-sensitive-data": (idle, "tables with classified columns weren't used in 30 days"),
    "one-owner": (all_of_one, "Administrator owns "),
    "wide-unmasking": (many_unmask, "4 of 4 people may see"),
    "repeated-refusals": (refused_often, "catalog.tag_asset was refused 4 times in 30 days"),
    "failing-operation": (failed_often, "catalog.tag_asset failed 4 times in 30 days"),
}  # fmt: skip


@pytest.mark.parametrize("kind", PROVOKED)
async def test_each_kind_is_found_with_its_evidence(stocked: World, kind: str) -> None:
    provoke, words = PROVOKED[kind]
    before = [one.title for one in await told(stocked, kind=kind)]
    assert not any(words in title for title in before)
    await provoke(stocked)
    found = [one for one in await told(stocked, kind=kind) if words in one.title]
    assert found
    for one in found:
        assert one.evidence and one.why and one.rests_on and len(one.groups) > 1
        for step in one.steps:
            stocked.runtime.kernel.registry.find(step.operation)


def test_every_kind_is_provoked() -> None:
    assert [one.name for one in INSIGHTS] == list(PROVOKED)


async def test_the_plan_of_one_resolves_it(stocked: World) -> None:
    await new_columns(stocked)
    (one,) = await told(stocked, kind="unscanned-columns")
    for step in one.steps:
        await stocked.call(step.operation, **step.arguments)
    assert await told(stocked, kind="unscanned-columns") == []


async def test_what_is_missing_goes_to_who_usually_has_it(stocked: World) -> None:
    await without_owners(stocked)
    (one,) = [
        one
        for one in await told(stocked, kind="what-goes-with-findings")
        if "an owner" in one.title
    ]
    assert {step.arguments["owner"] for step in one.steps} == {"Administrator"}
    assert one.question is None
    async with stocked.runtime.database.reading() as session:
        without = await session.scalar(
            select(Asset.owner).where(Asset.qualified_name == "one.orders")
        )
    assert without is None


async def test_they_are_of_what_the_caller_may_see(stocked: World) -> None:
    await stocked.source("vault", scanned=True)
    await stocked.person("Vera Lind", "viewer", source="shop")
    for provoke in (new_columns, mostly_rejected):
        await provoke(stocked)
    await change(stocked, TABLES, owner="Administrator", created_at=LONG_AGO)
    await fails(stocked, "shop.orders", 5)
    await fails(stocked, "shop.customers", 1, rule=1)
    await fails(stocked, "vault.orders", 9)
    whole, hers = await told(stocked), await told(stocked, "vera")
    assert "vault" in " ".join(one.model_dump_json() for one in whole)
    assert "vault" not in " ".join(one.model_dump_json() for one in hers)
    rules = [
        next(one.title for one in listed if one.kind == "most-failed-rule")
        for listed in (whole, hers)
    ]
    assert ["14 of 15 open" in rules[0], "5 of 6 open" in rules[1]] == [True, True]
    assert not {one.kind for one in hers} & {"wide-unmasking", "repeated-refusals"}


async def test_columns_without_a_rule_are_counted_to_the_last_and_only_the_callers(
    stocked: World,
) -> None:
    await no_rules(stocked)
    await stocked.source("vault")
    await stocked.person("Vera Lind", "viewer", source="shop")

    async def counted(who: str | None = None) -> tuple[int, int]:
        (one,) = await told(stocked, who, kind="unruled-label")
        part, whole = one.title.split(" sensitive ")[0].replace(",", "").split(" of ")
        return int(part), int(whole)

    part, whole = await counted()
    hers = await counted("vera")
    table = await one_of(stocked, select(Asset).where(Asset.qualified_name == "vault.orders"))
    columns = [
        Asset(
            id=new_id("ast"), source_id=table.source_id, parent_id=table.id, kind="column",
            name=f"c{n}", qualified_name=f"vault.orders.c{n}", search_name=f"vaultordersc{n}",
            position=n + 100,
        )
        for n in range(600)
    ]  # fmt: skip
    await add(stocked, columns)
    await add(
        stocked,
        (
            Classification(
                id=new_id("cls"), asset_id=one.id, source_id=one.source_id, label=label,
                status="suggested", score=0.9, set_by="scan", evidence={},
            )
            for one in columns
            for label in ("email", "phone")
        ),
    )  # fmt: skip
    assert await counted() == (part + 600, whole + 600), "a column of two labels is one column"
    assert await counted("vera") == hers


async def test_only_what_is_about_a_source_or_a_group(stocked: World) -> None:
    await new_columns(stocked)
    await refused_often(stocked)
    assert {one.kind for one in await told(stocked, source="shop")} == {"unscanned-columns"}
    ofrights = await told(stocked, group="rbac")
    assert ofrights and all("rbac" in one.groups for one in ofrights)
    with pytest.raises(ChooseAnother, match="Those with insights are: most-failed-rule"):
        await told(stocked, kind="nonsense")
    with pytest.raises(ChooseAnother, match="Those with insights are: activity"):
        await told(stocked, group="nonsense")


async def test_what_was_dismissed_is_not_told_again(stocked: World) -> None:
    await new_columns(stocked)
    (one,) = await told(stocked, kind="unscanned-columns")
    gone = await stocked.call(
        "assistant.dismiss_recommendation", recommendation=one.id, reason="They are empty"
    )
    assert (gone.title, gone.steps) == (one.title, one.steps)
    assert await told(stocked, kind="unscanned-columns") == []
    with pytest.raises(ChooseAnother, match=r"no open insight .*"):
        await stocked.call("assistant.accept_recommendation", recommendation=one.id)


def test_what_chance_explains_is_no_insight() -> None:
    assert by_chance(3, 3, 0, 30) < 0.001
    assert by_chance(1, 3, 10, 30) > 0.5
    assert by_chance(0, 0, 0, 0) == 1.0
