"""What an execution does next, from its steps and how each stands. Pure: nothing is run here.

A step that its condition or a person skipped counts as gone well for those that need it; one that
was skipped since something before it failed is *blocked*, and counts as failed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tools.steps import Step

UNENDED = ("pending", "waiting", "running", "unknown")


@dataclass
class Moves:
    """What can be done now. `skip`: why, by step id."""

    start: list[Step] = field(default_factory=list)
    skip: dict[str, str] = field(default_factory=dict)


def next_moves(steps: Sequence[Step], status: Mapping[str, str]) -> Moves:
    """The steps that can start, and those that never will.

    Args:
        steps: in an order in which each comes behind those it needs.
        status: how each stands, by id; steps of loops' items are not among them.
    """
    moves = Moves()
    state = dict(status)
    stopped = stopper(steps, status)
    bad: set[str] = set()  # failed, or skipped since something before failed
    for step in steps:
        before = step.comes_after()
        if state[step.id] == "pending" and not any(state[one] in UNENDED for one in before):
            missing = sorted(one for one in step.refers_to() if state[one] == "skipped")
            failed = sorted(before & bad)
            why = ""
            if step.after == "failure" and not failed:
                why = "nothing before it failed"
            elif step.after == "success" and failed:
                why = f"{failed[0]} before it did not succeed"
            elif step.after == "success" and stopped is not None:
                why = f"{stopped} failed"
            elif missing:
                why = f"it reads the result of {missing[0]}, which was skipped"
            if why:
                moves.skip[step.id] = why
                state[step.id] = "skipped"
            else:
                moves.start.append(step)
        blocked = state[step.id] == "skipped" and step.after == "success" and before & bad
        if state[step.id] in ("failed", "undone") or blocked:
            bad.add(step.id)
    return moves


def stopper(steps: Sequence[Step], status: Mapping[str, str]) -> str | None:
    """The first step whose failure ends the execution."""
    for step in steps:
        if status[step.id] == "failed" and step.on_failure == "stop":
            return step.id
    return None


def behind(steps: Sequence[Step], step_id: str) -> set[str]:
    """A step and all that come after it, directly or not."""
    found = {step_id}
    for step in steps:
        if step.comes_after() & found:
            found.add(step.id)
    return found
