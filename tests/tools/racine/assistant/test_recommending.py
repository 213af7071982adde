"""What is recommended, to whom, and that it isn't said twice."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.world import World
from tools.catalog.tables import Asset
from tools.classifications.tables import Classification
from tools.compliance.tables import Finding, Posture
from tools.data_sources.tables import Source
from tools.database import new_id, now
from tools.errors import ChooseAnother
from tools.racine.assistant.advice.listed import DETECTORS
from tools.racine.assistant.tables import Conversation, RecommendationDecision, Run
from tools.racine.workflows.tables import Execution
from tools.scan_logic.tables import Scan


async def told(world: World, who: str | None = None, **wanted: Any) -> list[Any]:
    found = await world.call("assistant.recommendations", _as=who, limit=200, **wanted)
    items: list[Any] = found.items
    return items


async def change(world: World, rows: Any, **values: Any) -> None:
    async with world.runtime.database.writing() as session:
        for row in await session.scalars(rows):
            for name, value in values.items():
                setattr(row, name, value)


async def add(world: World, *rows: Any) -> None:
    async with world.runtime.database.writing() as session:
        session.add_all(rows)


SHOP = select(Source).where(Source.name == "shop")
ORDERS = select(Asset).where(Asset.qualified_name == "shop.orders")
LONG_AGO = now() - timedelta(days=400)


async def undiscovered(world: World) -> None:
    await world.source("fresh")
    await change(world, select(Source).where(Source.name == "fresh"), discovered_at=None)


async def unscanned(world: World) -> None:
    await world.source("fresh")


async def stale(world: World) -> None:
    await change(world, SHOP, scanned_at=LONG_AGO)


async def failed_scan(world: World) -> None:
    source = await world.call("data_sources.get_source", source="shop")
    rule_set = await world.call("scan_rule_sets.get_rule_set", rule_set="default")
    facts = {"tables": 0, "columns": 0, "values_sampled": 0, "found": 0, "seconds": 0.0}
    scan = Scan(
        id=new_id("scn"), source_id=source.id, rule_set_id=rule_set.id, rule_set_version=1,
        status="failed", warnings=["It broke."], started_by="x", started_at=now(),
        finished_at=now(), **facts,
    )  # fmt: skip
    await add(world, scan)


async def nothing(_world: World) -> None:
    """The shop as it is gives reason enough."""


async def unreachable(world: World) -> None:
    await change(world, SHOP, status="unreachable")


async def old_password(world: World) -> None:
    await change(world, SHOP, sealed_password="x", credentials_at=LONG_AGO)


async def sure(world: World) -> None:
    await change(world, select(Classification), status="suggested", score=0.99)


async def in_doubt(world: World) -> None:
    await change(world, select(Classification), status="suggested", score=0.4)


async def confirmed(world: World) -> None:
    await change(world, select(Classification), status="confirmed")
    of_views = select(Asset.id).where(Asset.qualified_name.like("shop.v_%"))
    copied = select(Classification).where(Classification.asset_id.in_(of_views))
    async with world.runtime.database.writing() as session:
        for row in list(await session.scalars(copied)):
            await session.delete(row)


async def owner_gone(world: World) -> None:
    person = await world.person("Ben Moss", "analyst")
    await world.call("catalog.set_owner", asset="shop.orders", owner="Ben Moss")
    await world.call("rbac.disable_user", user=person.user_id)


async def deprecated(world: World) -> None:
    await world.call("catalog.deprecate_asset", asset="shop.orders", reason="Old")


async def certified(world: World) -> None:
    await change(world, ORDERS, certification="gold", owner=None)


async def failing(world: World) -> None:
    await world.call(
        "catalog.define_quality_check", asset="shop.orders", kind="row_count", minimum=10**9
    )
    await world.call("catalog.run_quality_checks", asset="shop.orders")


async def finding(world: World, **values: Any) -> None:
    source = await world.call("data_sources.get_source", source="shop")
    await world.call("compliance.evaluate_compliance", source="shop")
    wanted = select(Finding).where(Finding.source_id == source.id)
    await change(world, wanted, **{"status": "open", "severity": "high", "owner": None} | values)


async def overdue(world: World) -> None:
    await finding(world, owner="Administrator", due_on=LONG_AGO.date().isoformat())


async def waived(world: World) -> None:
    await finding(world, status="waived", waived_until=now().date().isoformat())


async def worse(world: World) -> None:
    source = await world.call("data_sources.get_source", source="shop")
    ago = now() - timedelta(days=1)
    await add(
        world,
        *(
            Posture(
                id=new_id("pos"), source_id=source.id, framework_id="gdpr", checks=10,
                failed=failed, waived=0, evaluated_at=at,
            )
            for failed, at in ((1, ago - timedelta(days=9)), (4, ago))
        ),
    )  # fmt: skip


async def conflict(world: World) -> None:
    await world.person("Ben Moss", "administrator")


async def disabled(world: World) -> None:
    person = await world.person("Ben Moss", "analyst")
    await world.call("rbac.disable_user", user=person.user_id)


async def failed_execution(world: World) -> None:
    profile = await world.call("users.profile")
    talk = Conversation(id="cnv_1", user_id=profile.id, title="x")
    run = Run(
        id="run_1", conversation_id="cnv_1", user_id=profile.id, kind="execution", channel="api",
        message="", status="failed", position=1,
    )  # fmt: skip
    await add(world, talk, run)
    execution = Execution(
        id=new_id("exe"), user_id=profile.id, title="Nightly", cause="person", steps=[],
        run_id="run_1",
        status="failed", created_at=now(), started_at=now(), finished_at=now(),
    )  # fmt: skip
    await add(world, execution)


CONTRACT = """
apiVersion: v3.1.0
kind: DataContract
id: orders-contract
version: 1.0.0
status: active
schema:
  - name: orders
    physicalName: orders
    properties:
      - name: id
        logicalType: integer
"""


async def contract(world: World) -> None:
    await world.call("catalog.import_contract", contract=CONTRACT, source="shop")


PROVOKED: dict[str, Callable[[World], Awaitable[None]]] = {
    "undiscovered-source": undiscovered,
    "unscanned-source": unscanned,
    "stale-scan": stale,
    "failed-scan": failed_scan,
    "unscheduled-scan": nothing,
    "unreachable-source": unreachable,
    "old-credentials": old_password,
    "confirm-classification": sure,
    "doubtful-classification": in_doubt,
    "propagate-classification": confirmed,
    "ownerless-table": nothing,
    "owner-gone": owner_gone,
    "undescribed-table": nothing,
    "deprecated-in-use": deprecated,
    "certified-without-owner": certified,
    "failing-quality": failing,
    "unchecked-table": nothing,
    "unprofiled-table": certified,
    "contract-unchecked": contract,
    "unassigned-finding": finding,
    "overdue-finding": overdue,
    "waiver-ends": waived,
    "never-evaluated": nothing,
    "worse-posture": worse,
    "duty-conflict": conflict,
    "disabled-holder": disabled,
    "failed-execution": failed_execution,
}


@pytest.mark.parametrize("kind", PROVOKED)
async def test_each_kind_is_found_with_evidence_and_a_way_out(stocked: World, kind: str) -> None:
    await PROVOKED[kind](stocked)
    found = await told(stocked, kind=kind)
    assert found
    for one in found:
        assert one.evidence and one.why and one.about in one.title
        assert one.steps or one.question
        for step in one.steps:
            stocked.runtime.kernel.registry.find(step.operation)


def test_every_kind_is_provoked_here_or_where_time_passes() -> None:
    assert {one.name for one in DETECTORS} - PROVOKED.keys() == {"unused-grant", "excessive-grant"}
    assert len(DETECTORS) >= 20


async def test_what_was_dismissed_is_not_said_again(stocked: World) -> None:
    first, second = (await told(stocked))[:2]
    gone = await stocked.call(
        "assistant.dismiss_recommendation", recommendation="1", reason="It is being retired"
    )
    assert (gone.id, gone.title) == (first.id, first.title)
    taken = await stocked.call("assistant.accept_recommendation", recommendation=second.id)
    assert [step.operation for step in taken.steps] == [step.operation for step in second.steps]
    assert not {one.id for one in await told(stocked)} & {first.id, second.id}
    with pytest.raises(ChooseAnother, match="no open recommendation"):
        await stocked.call("assistant.accept_recommendation", recommendation=first.id)
    async with stocked.runtime.database.writing() as session:  # a week later
        for decided in await session.scalars(select(RecommendationDecision)):
            decided.at -= timedelta(days=8)
    assert {one.id for one in await told(stocked)} & {first.id, second.id} == {second.id}
    await stocked.call("assistant.accept_recommendation", recommendation=second.id)
    assert second.id not in {one.id for one in await told(stocked)}
    with pytest.raises(ChooseAnother, match="Kinds are: undiscovered-source"):
        await told(stocked, kind="nonsense")


async def test_they_are_of_what_the_caller_may_see(stocked: World) -> None:
    await stocked.source("vault", scanned=True)
    await stocked.person("Vera Lind", "viewer", source="shop")
    about = {one.about for one in await told(stocked, "vera")}
    assert any(name.startswith("shop") for name in about)
    assert not any(name.startswith("vault") for name in about)
    only = await told(stocked, source="vault")
    assert only and all(one.about.startswith("vault") for one in only)
    kinds = {one.kind for one in await told(stocked, "vera")}
    assert not kinds & {"duty-conflict", "disabled-holder"}
