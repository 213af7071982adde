"""Every template runs, as it stands, on a small source; their blanks are filled in or refused."""

from __future__ import annotations

import pytest

from tests.support.world import World
from tests.tools.racine.pipelines.test_operations import by_stage
from tests.tools.racine.workflows.carried import carry
from tools.errors import ChooseAnother, CorrectInput
from tools.racine.pipelines.templates import TEMPLATES

ARGUMENTS = {
    "onboard-source": {"source": "shop", "score": "0.1"},
    "nightly-governance": {},
    "release-gate": {"source": "shop"},
    "quarter-end": {},
    "data-product": {"asset": "shop.orders", "score": "0.1"},
}


@pytest.mark.parametrize("chosen", [one.name for one in TEMPLATES])
async def test_it_runs(world: World, chosen: str) -> None:
    await world.source(scanned=True)
    made = await world.call(
        "pipelines.create_from_template", template=chosen, arguments=ARGUMENTS[chosen]
    )
    assert made.template == chosen
    started = await world.call("pipelines.execute", pipeline=made.id)
    await carry(world, started.execution_id)
    status = await world.call("pipelines.status", pipeline=made.id)
    for _ in range(2):
        if status.status == "waiting":
            gate = next(one.stage for one in status.stages if one.status == "waiting")
            await world.call(
                "pipelines.control",
                pipeline=made.id,
                action="approve_gate",
                step_id=f"{gate}--gate",
            )
            await carry(world, started.execution_id)
            status = await world.call("pipelines.status", pipeline=made.id)
    assert status.status == "done", status
    if chosen == "release-gate":  # it holds or releases, never both
        stages = by_stage(status)
        assert {stages["hold"], stages["release"]} == {"done", "skipped"}
        assert (stages["check"] == "failed") == (stages["hold"] == "done")
    else:
        assert set(by_stage(status).values()) == {"done"}


async def test_templates_are_listed_with_what_they_ask_for(world: World) -> None:
    listed = await world.call("pipelines.templates")
    assert listed.total == len(TEMPLATES) >= 4
    onboard = listed.items[0]
    assert (onboard.name, list(onboard.arguments)) == (
        "onboard-source",
        ["source", "framework", "score"],
    )


@pytest.mark.parametrize(
    ("wanted", "arguments", "error", "said"),
    [
        ("onboard", {}, ChooseAnother, "Did you mean 'onboard-source'"),
        ("onboard-source", {}, CorrectInput, "needs 'source'"),
        ("onboard-source", {"source": "shop", "colour": "red"}, CorrectInput, "knows no 'colour'"),
        ("onboard-source", {"source": "shop", "score": "much"}, CorrectInput, "can't use these"),
    ],
)
async def test_what_does_not_fit_a_template_is_refused(
    world: World, wanted: str, arguments: dict[str, str], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        await world.call("pipelines.create_from_template", template=wanted, arguments=arguments)
