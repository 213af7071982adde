"""What past runs say of each step, and which two steps could change places: the optimizer's eyes.

Two steps are independent if neither refers to the other, one waits for a system outside, and both
read, or they are on different sources and past runs saw them change different records. What isn't
known counts as dependent.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tools.operation import Effect
from tools.racine.pipelines.compile import CHECK, PASS, compile_stages
from tools.racine.pipelines.schedule import before, makespan, median
from tools.racine.pipelines.stages import Stage, step_id
from tools.racine.pipelines.timings import PastRun, StepTiming, typical
from tools.steps import Step, references

AT_ONCE = 8  # as the engine does
CONTROLS = (CHECK, PASS)
NAMING = ("source", "asset", "table", "sources", "assets")


@dataclass(frozen=True)
class Facts:
    """What the optimizer knows beside the definition: runs, operations, sources, the day's load.

    `reaching`: the operations that wait for systems outside, and so gain from company.
    """

    runs: Sequence[PastRun]
    effects: Mapping[str, Effect]
    reaching: frozenset[str]
    sources: Mapping[str, str]
    load: Mapping[int, int]

    @cached_property
    def done(self) -> list[PastRun]:
        """The runs that came to their end."""
        return [run for run in self.runs if run.status == "done"]

    @cached_property
    def usual(self) -> dict[str, float]:
        """What each step takes as a rule."""
        return typical(self.done)

    def timings(self, step: str) -> list[StepTiming]:
        """How a step went, in the runs where it worked."""
        found = [run.steps[step] for run in self.runs if step in run.steps]
        return [timing for timing in found if timing.status in ("done", "failed")]


class Definition:
    """Stages, compiled, with what their steps touch."""

    def __init__(self, stages: Sequence[Stage], facts: Facts) -> None:
        self.stages, self.facts = list(stages), facts
        self.steps = compile_stages(stages)
        self.by_id = {step.id: step for step in self.steps}
        self.before = before(self.steps)

    def ids(self, stage: Stage) -> list[str]:
        """The ids that belong to a stage, its gate's and end's too."""
        return [
            step.id
            for step in self.steps
            if step.stage == stage.name
            and (stage.name or step.id in {one.id for one in stage.steps})
        ]

    def takes(
        self, run: PastRun | None = None, instead: Mapping[str, float] | None = None
    ) -> float:
        """The seconds that the whole takes with the times of one run, or the usual ones."""
        seconds = dict(self.facts.usual)
        if run is not None:
            for name, timing in run.steps.items():
                if timing.seconds is not None:
                    seconds[name] = timing.seconds
        alone = {step.id for step in self.steps if step.operation not in self.facts.reaching}
        return makespan(self.steps, seconds | dict(instead or {}), alone, AT_ONCE)

    def seconds(self, step: str) -> float:
        """What a step usually takes."""
        return self.facts.usual.get(step, 0.0)

    def reads(self, step: Step) -> bool:
        """Whether its operation only reads."""
        return self.facts.effects.get(step.operation) is Effect.READ

    def is_control(self, step: Step) -> bool:
        """Whether its place is its purpose: gates, checks, what a failure leads to."""
        return (
            step.operation in CONTROLS
            or step.gate is not None
            or step.after != "success"
            or step.compensate is not None
        )

    def independent(self, one: Step, other: Step) -> bool:
        """Whether two steps could run side by side."""
        if self.is_control(one) or self.is_control(other):
            return False
        if not {one.operation, other.operation} & self.facts.reaching:
            return False  # both work in this process: they would only take turns
        return self.unrelated(one, other)

    def unrelated(self, one: Step, other: Step) -> bool:
        """Whether neither step has to do with what the other reads or changes."""
        if one.id in other.refers_to() or other.id in one.refers_to():
            return False
        if self.reads(one) and self.reads(other):
            return True
        own, others = self.sources(one), self.sources(other)
        if not own or not others or "" in own | others or own & others:
            return False
        for step in (one, other):
            if not self.reads(step) and not self.facts.timings(step.id):
                return False
        return not self.changed(one) & self.changed(other)

    def sources(self, step: Step) -> frozenset[str]:
        """The sources that it names or has changed; `""` for records that belong to none."""
        found = {self._source(name) for name in named(step.arguments)}
        for timing in self.facts.timings(step.id):
            found |= timing.sources
        return frozenset(found)

    def changed(self, step: Step) -> frozenset[tuple[str, str]]:
        """The records that it changed in past runs."""
        return frozenset().union(*(one.changed for one in self.facts.timings(step.id)))

    def _source(self, name: str) -> str:
        whole = self.facts.sources.get(name)
        return whole or self.facts.sources.get(name.split(".", 1)[0], "")

    def used(self) -> set[str]:
        """The ids of the steps whose results another reads."""
        return set().union(*(step.refers_to() for step in self.steps))


def place_of(stages: Sequence[Stage], whole: str) -> tuple[Stage, Step] | None:
    """The stage and the step behind a compiled id; None for a gate or an end."""
    for stage in stages:
        for step in stage.steps:
            if step_id(stage.name, step.id) == whole:
                return stage, step
    return None


def same_call(one: Step, other: Step) -> bool:
    """Whether two compiled steps ask for exactly the same."""

    def asked(step: Step) -> str:
        parts: list[Any] = [step.operation, step.arguments, [t.model_dump() for t in step.when]]
        return json.dumps(parts, sort_keys=True, default=str)

    return one.each is None and other.each is None and asked(one) == asked(other)


def usual_total(runs: Sequence[PastRun]) -> float:
    """The median of what whole runs took, without the waiting for people."""
    return median(run.seconds - run.waited for run in runs if run.seconds is not None)


def named(arguments: Mapping[str, Any]) -> list[str]:
    """The sources and assets that arguments name, references left out."""
    names: list[str] = []
    for key in NAMING:
        value = arguments.get(key)
        if value is None or references(value):
            continue
        names += [value] if isinstance(value, str) else [one for one in value if one]
    return [name for name in names if isinstance(name, str)]
