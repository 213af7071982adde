"""What is wrong with the order and the conditions of steps: cycles, and steps that never run.

Pure. A step "never runs" only where no result of an earlier step could make it run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import inf
from typing import Any

from tools.errors import nearest
from tools.racine.workflows.scope import Broken, Scope, references_in
from tools.racine.workflows.shapes import comparable, fits
from tools.racine.workflows.types import Fault
from tools.steps import ORDERS, Step, When, holds

CHANGE = "Change the condition, or remove the step."


def order_faults(steps: Sequence[Step]) -> Iterator[Fault]:
    """Ids that are taken twice, needs that aren't there, and cycles."""
    ids = [step.id for step in steps]
    for step_id in sorted({one for one in ids if ids.count(one) > 1}):
        yield Fault(
            step=step_id,
            field="id",
            detail=f"{ids.count(step_id)} steps have the id '{step_id}'.",
            remedy="Give each its own.",
        )
    known = set(ids)
    for step in steps:
        for needed in step.needs:
            if needed not in known:
                yield Fault(
                    step=step.id,
                    field="needs",
                    detail=f"It needs '{needed}', which is not a step.",
                    remedy=nearest(needed, [one for one in ids if one != step.id]),
                )
    for cycle in cycles(steps):
        shown = " → ".join([*cycle, cycle[0]])
        yield Fault(
            step=cycle[0],
            field="needs",
            detail=f"These wait for each other: {shown}."
            if len(cycle) > 1
            else "It waits for itself.",
            remedy="Remove one of the needs or references that close the circle.",
        )


def cycles(steps: Sequence[Step]) -> list[list[str]]:
    """The circles in which steps wait for each other, each once."""
    before = {step.id: sorted(step.comes_after()) for step in steps}
    found: dict[frozenset[str], list[str]] = {}
    ended: set[str] = set()
    ids = list(before).index

    def visit(step_id: str, path: list[str]) -> None:
        if step_id in path:
            circle = list(reversed(path[path.index(step_id) :]))
            first = next(number for number, one in enumerate(circle) if one == min(circle, key=ids))
            found.setdefault(frozenset(circle), circle[first:] + circle[:first])
        elif step_id not in ended:
            for needed in before.get(step_id, ()):
                visit(needed, [*path, step_id])
            ended.add(step_id)

    for step_id in before:
        visit(step_id, [])
    return list(found.values())


def condition_faults(scope: Scope, step: Step) -> Iterator[Fault]:
    """Comparisons that can't be made, and conditions that can never hold."""
    broken = False
    for number, test in enumerate(step.when):
        field = f"when.{number}"
        sides = {"value": test.value, "to": test.to}
        for _path, reference in references_in(sides):
            found = scope.follow(reference, step, {})
            if isinstance(found, Broken):
                broken = True
                yield Fault(step=step.id, field=field, detail=found.detail, remedy=found.remedy)
        detail = None if broken else _incomparable(scope, step, test)
        if detail is not None:
            broken = True
            remedy = "Compare it with what is of its own kind, or use 'filled' or 'empty'."
            yield Fault(step=step.id, field=field, detail=detail, remedy=remedy)
    if not broken and (why := _never(scope, step)) is not None:
        yield Fault(step=step.id, field="when", detail=f"It never runs: {why}.", remedy=CHANGE)


def unreachable(scope: Scope, steps: Sequence[Step]) -> Iterator[Fault]:
    """Steps that wait for what never comes, by how the steps before them can end."""
    by_id = {step.id: step for step in steps}
    never: dict[str, str] = {}
    for step in _sorted(steps):
        before = step.comes_after() & set(by_id)
        dead = sorted(step.refers_to() & set(never))
        if step.after == "failure" and not before:
            never[step.id] = "it waits for a failure, and needs no step that could fail"
        elif step.after == "failure" and len(before) == 1 and step.refers_to() & before:
            only = min(before)
            never[step.id] = f"it runs only if '{only}' fails, and reads the result of '{only}'"
        elif dead:
            never[step.id] = f"it reads the result of '{dead[0]}', which never runs"
        elif step.after == "success":
            mends = [
                one
                for one in sorted(step.refers_to() & set(by_id))
                if by_id[one].after == "failure"
                and all(by_id[other].on_failure == "stop" for other in scope.before(by_id[one]))
            ]
            if mends:
                never[step.id] = (
                    f"it reads the result of '{mends[0]}', which runs only once the execution "
                    "has failed"
                )
    for step_id, why in never.items():
        yield Fault(
            step=step_id,
            field="after",
            detail=f"It never runs: {why}.",
            remedy="Change 'after' or what it needs; 'always' runs in either case, and "
            "on_failure 'continue' lets the rest go on.",
        )


def _sorted(steps: Sequence[Step]) -> list[Step]:
    """In an order in which each comes behind those it waits for; circles come last."""
    ordered: list[Step] = []
    left = list(steps)
    known = {step.id for step in steps}
    while left:
        done = {step.id for step in ordered}
        ready = [step for step in left if step.comes_after() & known <= done] or left
        ordered += ready
        left = [step for step in left if step not in ready]
    return ordered


def _incomparable(scope: Scope, step: Step, test: When) -> str | None:
    """The sentence that says why a comparison can't be made, if it can't."""
    value, to = scope.shape(test.value, step, {}), scope.shape(test.to, step, {})
    shown = _shown(test.value)
    if test.is_ in ORDERS:
        if test.to is None:
            return f"'{test.is_}' compares {shown} with nothing: 'to' is missing."
        if not comparable(value, to):
            return f"{shown} is {value.words()}; '{test.is_}' compares it with {to.words()}."
    if test.is_ == "containing":
        if value.types and not value.types & {"string", "array", "object"}:
            return f"{shown} is {value.words()} and contains nothing."
        inner = value.items() if value.types == {"array"} else value
        if value.types in ({"string"}, {"array"}) and not fits(to, inner):
            return f"{shown} is {value.words()}, which can't contain {to.words()}."
    if test.is_ in ("equal_to", "different_from"):
        numbers = {"integer", "number"}
        both_numbers = bool(value.types & numbers and to.types & numbers)
        if value.types and to.types and not value.types & to.types and not both_numbers:
            return f"{shown} is {value.words()}, and is compared with {to.words()}."
    return None


def _never(scope: Scope, step: Step) -> str | None:
    """Why conditions can never hold together, if they can't."""
    bounds: dict[str, _Bounds] = {}
    for test in step.when:
        literal = not any(True for _ in references_in({"value": test.value, "to": test.to}))
        if literal:
            if not holds(test, {}):
                return "its condition compares fixed values, and doesn't hold"
            continue
        shape = scope.shape(test.value, step, {})
        values = shape.values if test.is_ == "equal_to" and _is_fixed(test.to) else None
        if values is not None and test.to not in values:
            known = ", ".join(str(value) for value in values)
            return f"{_shown(test.value)} is one of: {known}"
        if isinstance(test.value, Mapping) and _is_fixed(test.to):
            known_bounds = bounds.setdefault(str(test.value["$ref"]), _Bounds())
            if not known_bounds.narrow(test):
                return f"its conditions on {_shown(test.value)} contradict each other"
    return None


class _Bounds:
    """What conditions leave of the values of one reference."""

    def __init__(self) -> None:
        self.low, self.high = -inf, inf
        self.low_in = self.high_in = True
        self.equal: list[Any] = []
        self.unequal: list[Any] = []
        self.filled: bool | None = None

    def narrow(self, test: When) -> bool:
        """Take in a condition; False where nothing is left."""
        number, to = isinstance(test.to, int | float), test.to
        if test.is_ in ("more_than", "at_least") and number:
            inclusive = test.is_ == "at_least"
            if to > self.low or (to == self.low and not inclusive):
                self.low, self.low_in = to, inclusive
        elif test.is_ in ("less_than", "at_most") and number:
            inclusive = test.is_ == "at_most"
            if to < self.high or (to == self.high and not inclusive):
                self.high, self.high_in = to, inclusive
        elif test.is_ == "equal_to":
            self.equal.append(test.to)
        elif test.is_ == "different_from":
            self.unequal.append(test.to)
        elif test.is_ in ("empty", "filled"):
            if self.filled is (test.is_ == "empty"):
                return False
            self.filled = test.is_ == "filled"
        return self._possible()

    def _possible(self) -> bool:
        if self.low > self.high or (self.low == self.high and not (self.low_in and self.high_in)):
            return False
        if any(one != self.equal[0] for one in self.equal[1:]):
            return False
        if not self.equal:
            return True
        value = self.equal[0]
        if value in self.unequal or (self.filled is not None and bool(value) != self.filled):
            return False
        if isinstance(value, int | float):
            above = value > self.low or (value == self.low and self.low_in)
            return above and (value < self.high or (value == self.high and self.high_in))
        return True


def _is_fixed(value: Any) -> bool:
    return not any(True for _ in references_in(value))


def _shown(value: Any) -> str:
    reference = value.get("$ref") if isinstance(value, Mapping) else None
    return f"'{reference}'" if reference else "the value"
