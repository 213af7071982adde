"""A workflow that was made of words, told: its steps, when it would start, what was assumed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from agent.wording import Mark
from tools.racine.workflows.proposing import WorkflowProposal
from tools.steps import Step

TAKEN = "In s"  # how an assumption begins that only says what a step was given


def _proposal(value: WorkflowProposal, _arguments: dict[str, Any], _mark: Mark) -> str:
    if not value.steps:
        return value.question or "I did not understand what the workflow is to do."
    head = f"The workflow **{value.name}**{_starts(value.start)}:"
    steps = [f"{number}. {_step(step)}" for number, step in enumerate(value.steps, 1)]
    assumed = [f"- {one}" for one in value.assumptions if not one.startswith(TAKEN)]
    said = [head, "", *steps]
    if assumed:
        said += ["", "Assumed:", *assumed]
    if value.faults:
        said += ["", "It would not run as it is:"]
        said += [f"- {one.detail} {one.remedy}" for one in value.faults]
    elif not value.valid:
        said += ["", "So there is no plan yet: say the rest otherwise, or leave it out."]
    return "\n".join(said)


def _step(step: Step) -> str:
    given = ", ".join(f"{name} {_said(one)}" for name, one in step.arguments.items())
    waits = f", once {' and '.join(step.gate.people)} agreed" if step.gate else ""
    each = ", once for each" if step.each else ""
    after = ", if the step before fails" if step.after == "failure" else ""
    when = ", on its condition" if step.when else ""
    return f"`{step.operation}`{f': {given}' if given else ''}{each}{after}{when}{waits}"


def _said(value: Any) -> str:
    if isinstance(value, Mapping) and set(value) == {"$ref"}:
        return f"of {value['$ref']}"
    return str(value)


def _starts(start: Mapping[str, Any] | None) -> str:
    if start is None:
        return ", started by hand"
    if "cron" in start:
        return f", started by the clock (cron {start['cron']}, {start['timezone']})"
    where = start.get("where") or {}
    of = f" of {', '.join(where.values())}" if where else ""
    return f", started on the event {start['event']}{of}"


RENDERERS: dict[type[Any], Callable[[Any, dict[str, Any], Mark], str]] = {
    WorkflowProposal: _proposal
}
