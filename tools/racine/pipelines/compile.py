"""From stages to steps: `compile_stages` is pure, and gives the same steps for the same stages.

A stage's steps become `STAGE--STEP`. Where a stage has a gate, a step `STAGE--gate` comes before
them: for an approval it waits for people, for quality and compliance it fails while they fall
short. Where a stage may fail and be gone past, `STAGE--end` gathers its ends; where failures lead
elsewhere, `STAGE--begin` of both stages lets the engine tell "failed" from "never begun".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from tools.errors import CorrectInput, RacineError, nearest
from tools.racine.pipelines.stages import Stage, StageGate, branch_targets, stage_needs, step_id
from tools.racine.workflows.types import Fault
from tools.steps import ITEM, Compensation, Gate, Loop, Step, When, in_order

BEGIN, GATE, END = "begin", "gate", "end"
OWN = (BEGIN, GATE, END)
PASS, CHECK = "pipelines.pass_gate", "pipelines.check_gate"
LONGEST_ID = 40
After = Literal["success", "failure", "always"]


def compile_stages(stages: Sequence[Stage]) -> list[Step]:
    """The steps of a pipeline, in the order of its stages.

    Raises:
        CorrectInput: the definition contradicts itself; `find_stage_faults` tells everything.
    """
    if faults := find_stage_faults(stages):
        raise CorrectInput(faults[0].detail, faults[0].remedy, field="stages")
    return _compile(stages)


def find_stage_faults(stages: Sequence[Stage]) -> list[Fault]:
    """Everything that keeps stages from being compiled, each with its remedy."""
    names = [stage.name for stage in stages]
    faults = [
        Fault(step=name, detail=f"Two stages are called '{name}'.", remedy="Rename one of them.")
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
    for stage in stages:
        faults += _faults_of(stage, names)
    if not faults:
        try:
            in_order(_compile(stages))
        except RacineError as error:
            faults.append(Fault(step=None, detail=error.detail, remedy=error.remedy))
    return faults


def _faults_of(stage: Stage, names: list[str]) -> Iterable[Fault]:
    for needed in [*(stage.needs or ()), *([stage.branch] if stage.branch else [])]:
        if needed not in names or needed == stage.name:
            yield Fault(
                step=stage.name,
                detail=f"Stage '{stage.name}' names '{needed}', which is no other stage.",
                remedy=nearest(needed, [name for name in names if name != stage.name]),
            )
    if (stage.on_failure == "branch") != (stage.branch is not None):
        yield Fault(
            step=stage.name,
            detail=f"Stage '{stage.name}' branches without a stage to go to, or names one in vain.",
            remedy="Give both on_failure 'branch' and the stage as branch, or neither.",
        )
    if not stage.steps and stage.gate is None:
        yield Fault(
            step=stage.name,
            detail=f"Stage '{stage.name}' has neither steps nor a gate.",
            remedy="Give it a step, or leave it out.",
        )
    ids = [step.id for step in stage.steps]
    for step in stage.steps:
        whole = step_id(stage.name, step.id)
        if len(whole) > LONGEST_ID:
            yield Fault(
                step=whole,
                detail=f"'{whole}' is longer than {LONGEST_ID} characters.",
                remedy="Shorten the name of the stage or of the step.",
            )
        if ids.count(step.id) > 1 or (stage.name and step.id in OWN):
            yield Fault(
                step=whole,
                detail=f"The id '{step.id}' is taken in stage '{stage.name}'.",
                remedy=f"Give the step another id; {', '.join(OWN)} are the stage's own.",
            )
        if unknown := set(step.needs) - set(ids):
            yield Fault(
                step=whole,
                detail=f"Step '{whole}' needs '{min(unknown)}', which is not in its stage.",
                remedy="Order stages by the stage's needs; steps need steps of their own stage.",
            )
    if stage.gate is not None:
        yield from _faults_of_gate(stage.name, stage.gate)


def _faults_of_gate(stage: str, gate: StageGate) -> Iterable[Fault]:
    about = gate.source is not None or gate.asset is not None
    missing = {
        "approval": None,
        "quality": None if about else "a source or an asset",
        "compliance": None
        if gate.framework or gate.severity
        else "a framework, or a severity that no open finding may have",
    }[gate.kind]
    if missing:
        yield Fault(
            step=stage,
            detail=f"The {gate.kind} gate of stage '{stage}' lacks {missing}.",
            remedy="Say what it is to look at.",
        )


def _compile(stages: Sequence[Stage]) -> list[Step]:
    needs, targets = stage_needs(stages), branch_targets(stages)
    by_name = {stage.name: stage for stage in stages}
    compiled: list[Step] = []
    for stage in stages:
        rename = _Renaming(stage, stages)
        when = tuple(rename.test(test) for test in stage.when)
        before = [by_name[name] for name in needs[stage.name] if name in by_name]
        if stage.name in targets:
            failed = tuple(one for other in before for one in _all_ids(other))
            guard = _filled(step_id(before[0].name, BEGIN))
            compiled.append(_begin(stage, failed, (guard, *when), after="failure"))
            when = (_filled(step_id(stage.name, BEGIN)), *when)
            needed: tuple[str, ...] = (step_id(stage.name, BEGIN),)
        else:
            needed = tuple(one for other in before for one in _exits(other))
            if stage.on_failure == "branch":
                compiled.append(_begin(stage, needed, when))
                needed = (step_id(stage.name, BEGIN),)
        compiled += _steps_of(stage, needed, when, rename)
    return compiled


def _steps_of(
    stage: Stage, needed: tuple[str, ...], when: tuple[When, ...], rename: _Renaming
) -> Iterable[Step]:
    lenient = stage.on_failure != "stop"
    if stage.gate is not None:
        yield _gate(stage, stage.gate, needed, when, rename)
        needed = (step_id(stage.name, GATE),)
    first = _firsts(stage)
    for step in stage.steps:
        own = tuple(step_id(stage.name, need) for need in step.needs)
        changed: dict[str, Any] = {
            "id": step_id(stage.name, step.id),
            "stage": stage.name,
            "needs": needed if step.id in first else own,
            "arguments": rename(step.arguments),
            "when": (*when, *(rename.test(test) for test in step.when)),
        }
        if step.each is not None:
            changed["each"] = Loop(over=rename(step.each.over), limit=step.each.limit)
        if step.compensate is not None:
            changed["compensate"] = Compensation(
                operation=step.compensate.operation, arguments=rename(step.compensate.arguments)
            )
        if lenient:
            changed["on_failure"] = "continue"
        yield step.model_copy(update=changed)
    if _needs_end(stage):
        yield Step(
            id=step_id(stage.name, END),
            operation=PASS,
            arguments={"stage": stage.name, "reason": "what could be done is done"},
            needs=tuple(_all_ids(stage)),
            after="always",
            stage=stage.name,
        )


def _begin(
    stage: Stage, needed: tuple[str, ...], when: tuple[When, ...], after: After = "success"
) -> Step:
    return Step(
        id=step_id(stage.name, BEGIN),
        operation=PASS,
        arguments={"stage": stage.name, "reason": "begins"},
        needs=needed,
        when=when,
        after=after,
        stage=stage.name,
    )


def _filled(step: str) -> When:
    """Holds where a step was done; one that reads the result of a skipped step is skipped too."""
    return When.model_validate({"value": {"$ref": f"{step}.stage"}, "is": "filled"})


def _gate(
    stage: Stage,
    gate: StageGate,
    needed: tuple[str, ...],
    when: tuple[When, ...],
    rename: _Renaming,
) -> Step:
    common: dict[str, Any] = {
        "id": step_id(stage.name, GATE),
        "stage": stage.name,
        "when": when,
        "on_failure": "continue" if stage.on_failure != "stop" else "stop",
        "needs": needed,
    }
    if gate.kind == "approval":
        return Step(
            operation=PASS,
            arguments={"stage": stage.name, "reason": gate.reason},
            gate=Gate(
                permission=gate.permission,
                people=gate.people,
                quorum=gate.quorum,
                reason=gate.reason,
            ),
            **common,
        )
    asked = gate.model_dump(
        mode="json", include={"kind", "reason", "source", "asset", "framework", "score", "severity"}
    )
    given = {name: value for name, value in asked.items() if value not in (None, "")}
    return Step(operation=CHECK, arguments=rename({"stage": stage.name} | given), **common)


def _firsts(stage: Stage) -> set[str]:
    """The steps of a stage that wait for no other of it."""
    ids = {step.id for step in stage.steps}
    return {step.id for step in stage.steps if not step.comes_after() & ids}


def _all_ids(stage: Stage) -> list[str]:
    gate = [step_id(stage.name, GATE)] if stage.gate is not None else []
    return gate + [step_id(stage.name, step.id) for step in stage.steps]


def _exits(stage: Stage) -> list[str]:
    """What has to be over before the next stage begins."""
    if _needs_end(stage):
        return [step_id(stage.name, END)]
    needed = {need for step in stage.steps for need in step.comes_after()}
    last = [step_id(stage.name, step.id) for step in stage.steps if step.id not in needed]
    return last or [step_id(stage.name, GATE)]


def _needs_end(stage: Stage) -> bool:
    lenient = any(step.on_failure == "continue" for step in stage.steps)
    gone_past = stage.on_failure == "continue" or (lenient and stage.on_failure == "stop")
    return bool(stage.name) and gone_past


class _Renaming:
    """Turns the references of one stage into those of the compiled steps."""

    def __init__(self, stage: Stage, stages: Sequence[Stage]) -> None:
        self._stage = stage
        self._own = {step.id for step in stage.steps}
        self._stages = {one.name: {step.id for step in one.steps} for one in stages}

    def __call__(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            if set(value) == {"$ref"}:
                return {"$ref": self._reference(str(value["$ref"]))}
            return {key: self(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self(item) for item in value]
        return value

    def test(self, test: When) -> When:
        """The comparison, with its references renamed."""
        return test.model_copy(update={"value": self(test.value), "to": self(test.to)})

    def _reference(self, reference: str) -> str:
        head, _, rest = reference.partition(".")
        if head == ITEM:
            return reference
        if head in self._own:
            return f"{step_id(self._stage.name, head)}{'.' if rest else ''}{rest}"
        step, _, field = rest.partition(".")
        if step in self._stages.get(head, ()):
            return f"{step_id(head, step)}{'.' if field else ''}{field}"
        return reference
