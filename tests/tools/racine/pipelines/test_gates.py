"""Gates that look for themselves, and results that are kept until something changes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.world import World
from tests.tools.racine.pipelines.test_operations import by_stage, executed
from tests.tools.racine.workflows.carried import carry, step
from tools.errors import ChooseAnother, CorrectInput, LookAgain


async def judged(world: World) -> None:
    await world.source(scanned=True)
    await world.call("compliance.evaluate_compliance", source="shop")


async def test_a_compliance_gate_opens_at_the_score_and_says_what_falls_short(
    world: World,
) -> None:
    await judged(world)
    gate = {"kind": "compliance", "framework": "gdpr", "source": "shop"}
    found = await world.call("pipelines.check_gate", **gate, score=0.01)
    assert found.facts["score"] > 0.01 and "checks of" in found.facts["of"]
    with pytest.raises(LookAgain, match=r"100% are asked for") as closed:
        await world.call("pipelines.check_gate", **gate, stage="release", score=1)
    assert closed.value.problem_code == "gate_closed"
    assert "compliance gate of the stage release is closed for shop" in closed.value.detail
    with pytest.raises(LookAgain, match=r"findings: \d+ open of severity low or more \("):
        await world.call("pipelines.check_gate", **gate, severity="low")


async def test_a_gate_over_nothing_that_was_checked_stays_closed(world: World) -> None:
    with pytest.raises(LookAgain, match="has been checked"):
        await world.call("pipelines.check_gate", kind="compliance", framework="gdpr", score=0.1)


async def test_a_quality_gate_counts_what_findings_are_about(world: World) -> None:
    await judged(world)
    of_all = {"kind": "quality", "source": "shop"}
    found = await world.call("pipelines.check_gate", **of_all, score=0.0)
    assert 0 <= found.facts["score"] < 1
    one = await world.call(
        "pipelines.check_gate", kind="quality", asset="shop.products", score=0.01
    )
    assert "shop.products" in one.facts["of"]
    customers = {"kind": "quality", "asset": "shop.customers"}
    with pytest.raises(LookAgain, match=r"\d+ open of severity medium or more .\d+ medium"):
        await world.call("pipelines.check_gate", **customers, severity="medium")
    found = await world.call("pipelines.check_gate", **customers)  # unless said, nothing grave
    assert found.facts["open_findings"] == {"high": 0, "critical": 0}


async def test_a_closed_gate_keeps_its_stage_from_beginning(world: World) -> None:
    await judged(world)
    gate = {"kind": "compliance", "framework": "gdpr", "source": "shop", "score": 1}
    tag = {"name": "tag", "steps": [step("it", "catalog.tag_asset", asset="shop.orders", tag="x")]}
    status = await executed(world, tag | {"gate": gate})
    assert (status.status, by_stage(status)) == ("failed", {"tag": "failed"})
    assert "is closed for shop" in status.stages[0].detail
    assert (await world.call("catalog.get_asset", asset="shop.orders")).tags == []
    fine = await executed(world, tag | {"gate": gate | {"score": 0.01}}, name="open")
    assert by_stage(fine) == {"tag": "done"}


# ---- kept results ---------------------------------------------------------------------------


def reading(operation: str, **arguments: Any) -> dict[str, Any]:
    return step(
        "it", "pipelines.read_cached", read={"operation": operation, "arguments": arguments}
    )


async def ran(world: World, name: str) -> Any:
    started = await world.call("pipelines.execute", pipeline=name)
    done = await carry(world, started.execution_id)
    assert done.status == "done", done.steps
    return done.steps[0].result


async def test_a_kept_result_is_good_until_its_source_changes(world: World) -> None:
    await world.source()
    await world.source("other")
    asked = {"name": "ask", "steps": [reading("catalog.get_asset", asset="shop.orders")]}
    await world.call("pipelines.create", name="ask", stages=[asked])
    first = await ran(world, "ask")
    assert first["kept"] is False
    kept = await ran(world, "ask")
    assert kept["kept"] is True and kept["result"] == first["result"]
    await world.call("catalog.tag_asset", asset="other.orders", tag="x")
    assert (await ran(world, "ask"))["kept"] is True
    await world.call("catalog.tag_asset", asset="shop.orders", tag="new")
    fresh = await ran(world, "ask")
    assert fresh["kept"] is False and fresh["result"]["tags"] == ["new"]
    assert (await ran(world, "ask"))["kept"] is True
    await world.person("Nina Holt", "viewer")  # rights may have changed what it would show
    assert (await ran(world, "ask"))["kept"] is False


async def test_nobody_gets_what_was_kept_for_another(world: World) -> None:
    await world.source()
    asked = {"name": "ask", "steps": [reading("catalog.list_assets")]}
    await world.call("pipelines.create", name="ask", stages=[asked])
    ana = await world.person("Ana Sol", "administrator")
    await ran(world, "ask")
    started = await world.call("pipelines.execute", ana, pipeline="ask")
    await carry(world, started.execution_id)
    done = await world.call("workflows.status", ana, execution_id=started.execution_id)
    assert done.steps[0].result["kept"] is False


async def test_only_what_reads_is_kept(world: World) -> None:
    for operation in ("catalog.tag_asset", "pipelines.read_cached"):
        with pytest.raises(CorrectInput, match="can't be kept"):
            await world.call("pipelines.read_cached", read={"operation": operation})
    with pytest.raises(ChooseAnother):
        await world.call("pipelines.read_cached", read={"operation": "x.y"})
    passed = await world.call("pipelines.pass_gate", stage="release", reason="agreed")
    assert (passed.stage, passed.kind) == ("release", "passage")
