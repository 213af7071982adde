"""The promise of the optimizer, kept: a slow pipeline runs, is optimized, and is faster by as much.

The operations of the lab wait for 120 to 500 ms, many times what the rest takes, as a source that
answers slowly would; nothing else is made up: past executions, timings, captured changes and the
engine's carrier are real.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from threading import Event
from typing import Annotated, Any

import pytest
from pydantic import Field
from sqlalchemy import select

from tests.support.probe import Told, kernel_with
from tests.support.world import World
from tests.tools.racine.pipelines.test_operations import again
from tests.tools.racine.workflows.carried import carry, ref, step
from tools.catalog.tables import Asset
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.errors import ChooseAnother, LookAgain
from tools.operation import Effect, operation

Question = Annotated[str, Field(description="What is asked")]
Source = Annotated[str, Field(description="A source")]
READING: dict[str, Any] = {"permission": "probe.read", "examples": ("Ask",), "reaches": True}
RUNS = 3


@operation("probe.ask", **READING)
async def ask(ctx: Context, question: Question, of: Question = "") -> Told:
    """Ask a slow system."""
    await asyncio.sleep(0.5 if question == "the long way" else 0.12)
    return Told(text=question)


@operation("probe.measure", **READING)
async def measure(ctx: Context, question: Question, of: Question = "") -> Told:
    """Ask a system that is slower still, and never answers the same."""
    await asyncio.sleep(0.2)
    return Told(text=f"{question} {asyncio.get_running_loop().time()}")


@operation(
    "probe.load",
    permission="probe.write",
    effect=Effect.WRITE,
    reaches=True,
    examples=("Load it",),
)
async def load(ctx: Context, source: Source) -> Told:
    """Load a source slowly, and write down that it was."""
    found = await find_source(ctx.session, source)
    await ctx.outside(("load", found.id), lambda _progress: _slowly(0.2))
    table = await ctx.session.scalar(
        select(Asset).where(Asset.source_id == found.id, Asset.name == "orders")
    )
    assert table is not None
    table.description = f"{table.description or ''}."
    return Told(text=source)


def _slowly(seconds: float) -> None:
    Event().wait(seconds)  # in a thread, as the drivers of real sources wait


@pytest.fixture
def lab(world: World) -> World:
    kernel = kernel_with(world, ask, measure, load)
    world.runtime = replace(world.runtime, kernel=kernel)
    return world


async def seconds_of(world: World, name: str = "nightly") -> float:
    return float((await world.call("pipelines.health", pipeline=name, runs=RUNS)).p50_seconds)


async def run_often(world: World, name: str = "nightly") -> None:
    for _ in range(RUNS):
        assert (await again(world, name)).status == "done"


SLOW = (
    {"name": "east", "steps": [step("load", "probe.load", source="east")]},
    {"name": "west", "steps": [step("load", "probe.load", source="west")]},
    {
        "name": "look",
        "steps": [
            step("one", "probe.measure", question="one"),
            step("two", "probe.measure", question="two", needs=["one"]),
            step("three", "probe.measure", question="three", needs=["two"]),
            step("rule", "probe.ask", question="rule", needs=["three"]),
            step("again", "probe.ask", question="rule", needs=["rule"]),
        ],
    },
    {
        "name": "report",
        "steps": [
            step("all", "probe.measure", question=ref("look.three.text"), of=ref("look.again.text"))
        ],
    },
)


async def test_applying_the_suggestions_gives_the_gain_that_was_promised(lab: World) -> None:
    await lab.source("east")
    await lab.source("west")
    await lab.call("pipelines.create", name="nightly", stages=list(SLOW))
    await run_often(lab)
    before = await seconds_of(lab)
    found = await lab.call("pipelines.optimize", pipeline="nightly")
    by_id = {one.id: one for one in found.suggestions}
    assert {"side-by-side:stages", "side-by-side:look", "drop:look--again"} <= set(by_id)
    assert all(one.runs == RUNS and one.why for one in found.suggestions)
    assert found.seconds_now == pytest.approx(before, rel=0.25)
    assert found.expected_seconds > 0.4 * before

    done = await lab.call(
        "assistant.optimize_pipeline", pipeline="nightly", suggestions=found.chosen
    )
    assert done.version == 2 and done.applied == found.chosen and done.changed == found.diff
    await run_often(lab)
    gained = before - await seconds_of(lab)
    assert found.low_seconds * 0.8 <= gained <= found.high_seconds * 1.25
    assert gained == pytest.approx(found.expected_seconds, rel=0.4)

    left = await lab.call("pipelines.optimize", pipeline="nightly")
    assert left.expected_seconds < 0.25 * found.expected_seconds
    note = (await lab.call("pipelines.versions", pipeline="nightly")).items[0].note
    assert note.startswith("optimized: ") and "expected to save" in note


async def test_the_named_suggestions_alone_are_applied_and_can_be_taken_back(lab: World) -> None:
    await lab.source("east")
    await lab.source("west")
    await lab.call("pipelines.create", name="nightly", stages=list(SLOW))
    with pytest.raises(LookAgain, match="has not run yet"):
        await lab.call("assistant.optimize_pipeline", pipeline="nightly")
    await again(lab)
    with pytest.raises(ChooseAnother, match="no suggestion 'drop:look'"):
        await lab.call("pipelines.optimize", pipeline="nightly", suggestions=["drop:look"])
    chosen = ["drop:look--again"]
    some = await lab.call("pipelines.optimize", pipeline="nightly", suggestions=chosen)
    assert some.chosen == chosen and "step look.again goes" in some.diff
    done = await lab.call(
        "orchestration.optimize_performance", workflow="nightly", suggestions=chosen
    )
    assert done.applied == chosen and 0 < done.low_seconds <= done.high_seconds
    left = await lab.call("pipelines.optimize", pipeline="nightly")
    rest = await lab.call("assistant.optimize_pipeline", pipeline="nightly")
    assert rest.applied == left.chosen  # what was shown
    assert "side-by-side:look" in rest.applied
    back = await lab.call("pipelines.rollback", pipeline="nightly", version=1)
    assert [one.name for one in back.stages] == ["east", "west", "look", "report"]
    assert len(back.stages[2].steps) == 5


async def test_a_kept_reading_gives_its_gain(lab: World) -> None:
    slow = {
        "name": "look",
        "steps": [
            step("rule", "probe.ask", question="the long way"),
            step("use", "probe.measure", question=ref("rule.text")),
        ],
    }
    await lab.call("pipelines.create", name="nightly", stages=[slow])
    await run_often(lab)
    before = await seconds_of(lab)
    found = await lab.call(
        "pipelines.optimize", pipeline="nightly", suggestions=["cache:look--rule"]
    )
    assert found.expected_seconds == pytest.approx(0.5, rel=0.3)
    stages = [stage.as_json() for stage in found.stages]
    await lab.call("pipelines.update", pipeline="nightly", stages=stages)
    await again(lab)  # this one reads, and keeps
    await run_often(lab)
    gained = before - await seconds_of(lab)
    assert gained == pytest.approx(found.expected_seconds, rel=0.4)


async def test_a_workflow_s_steps_are_looked_at_alike(lab: World) -> None:
    steps = [
        step("one", "probe.measure", question="one"),
        step("two", "probe.measure", question="two", needs=["one"]),
        step("use", "probe.measure", question=ref("one.text"), of=ref("two.text")),
    ]
    await lab.call("workflows.create", name="sweep", steps=steps)
    none = await lab.call("workflows.optimize", workflow="sweep")
    assert none.suggestions == [] and "has not run yet" in none.note
    for _ in range(2):
        started = await lab.call("workflows.execute", workflow="sweep")
        await carry(lab, started.id)
    found = await lab.call("workflows.optimize", workflow="sweep")
    assert [one.id for one in found.suggestions] == ["side-by-side:steps"]
    assert found.diff == ["step two: needs ['one'] → []"]
    assert [one.id for one in found.steps] == ["one", "two", "use"]
    await lab.call("pipelines.create", name="nightly", stages=[{"name": "all", "steps": steps}])
    same = await lab.call("workflows.optimize", workflow="nightly")
    assert same.kind == "pipeline"
    with pytest.raises(ChooseAnother, match="no workflow"):
        await lab.call("workflows.optimize", workflow="none")
