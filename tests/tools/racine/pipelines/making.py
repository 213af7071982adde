"""Stages and past runs, made in a line each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from tools.operation import Effect
from tools.racine.pipelines.compile import CHECK, PASS, compile_stages
from tools.racine.pipelines.evidence import Facts
from tools.racine.pipelines.optimizer import CACHED
from tools.racine.pipelines.stages import Stage
from tools.racine.pipelines.timings import PastRun, StepTiming
from tools.steps import Step

MIDNIGHT = datetime(2026, 6, 1, tzinfo=UTC)
EFFECTS = {
    "lab.read": Effect.READ,
    "lab.write": Effect.WRITE,
    "lab.think": Effect.READ,
    CHECK: Effect.READ,
    PASS: Effect.READ,
    CACHED: Effect.READ,
}


def ref(to: str) -> dict[str, str]:
    """A reference."""
    return {"$ref": to}


def read(name: str, *needs: str, **arguments: Any) -> Step:
    """A step that reads; what it asks is its own unless arguments say so."""
    asked = arguments or {"ask": name}
    return Step(id=name, operation="lab.read", arguments=asked, needs=needs)


def write(name: str, *needs: str, **arguments: Any) -> Step:
    """A step that writes."""
    return Step(id=name, operation="lab.write", arguments=arguments, needs=needs)


def stage(name: str, *steps: Step, **more: Any) -> Stage:
    """A stage."""
    return Stage.model_validate({"name": name, "steps": steps, **more})


def run(
    stages: Sequence[Stage],
    seconds: Mapping[str, float],
    *,
    failed: str | None = None,
    changed: Mapping[str, Sequence[str]] | None = None,
    results: Mapping[str, str] | None = None,
    hour: int = 0,
) -> PastRun:
    """A past run; `changed`: `source/record` by step. What comes behind `failed` was skipped."""
    steps, over = {}, False
    for step in compile_stages(stages):
        records = [one.split("/") for one in (changed or {}).get(step.id, ())]
        status = "failed" if step.id == failed else "skipped" if over else "done"
        over = over or step.id == failed
        steps[step.id] = StepTiming(
            step_id=step.id,
            stage=step.stage,
            operation=step.operation,
            status=status,
            seconds=None if status == "skipped" else seconds.get(step.id, 0.0),
            changed=frozenset(("records", key) for _, key in records),
            sources=frozenset(source for source, _ in records),
            result=(results or {}).get(step.id, "same"),
        )
    started = MIDNIGHT + timedelta(hours=hour)
    return PastRun(
        id="exe",
        user_id="usr",
        version=1,
        status="failed" if failed else "done",
        created=started,
        started=started,
        finished=started + timedelta(seconds=sum(seconds.values())),
        definition=tuple(compile_stages(stages)),
        steps=steps,
    )


def facts(*runs: PastRun, load: Mapping[int, int] | None = None) -> Facts:
    """What the optimizer knows; the sources are crm, shop and lake."""
    sources = {"crm": "crm", "shop": "shop", "lake": "lake"}
    reaching = frozenset({"lab.read", "lab.write"})
    return Facts(runs, EFFECTS, reaching, sources, load or {})
