"""A step: one operation with its arguments, and when, how often and how long it may run.

A reference is `{"$ref": "STEP.FIELD.FIELD"}`; inside a loop, `{"$ref": "item.FIELD"}` is the
present item. Plans, workflows, pipelines and previews share this form. Pure: nothing is run here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from operator import ge, gt, le, lt
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from tools.errors import CorrectInput

ITEM = "item"
EVENT = "event"
NAMED = 8  # fields, in an error
ORDERS = {"more_than": gt, "at_least": ge, "less_than": lt, "at_most": le}
StepId = Annotated[str, Field(pattern=r"^[a-zA-Z0-9_-]{1,40}$", description="Unique in the plan")]
Comparison = Literal[
    "equal_to",
    "different_from",
    "more_than",
    "at_least",
    "less_than",
    "at_most",
    "containing",
    "empty",
    "filled",
]


class Part(BaseModel):
    """The common form of what a definition is made of: closed, and never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, serialize_by_alias=True)


class When(Part):
    """A comparison of a value, mostly a reference, with another, that has to hold."""

    value: Any = Field(description="A value or a reference to an earlier result")
    is_: Comparison = Field(alias="is", description="How it is compared")
    to: Any = Field(default=None, description="What it is compared with")


class Retry(Part):
    """What to do about a failure that may pass: try again, each time after a longer wait."""

    attempts: int = Field(default=3, ge=1, le=10, description="Times in all")
    wait: float = Field(default=1.0, ge=0, le=3600, description="Seconds before the second time")
    factor: float = Field(default=2.0, ge=1, le=10, description="Each wait over the one before")


class Loop(Part):
    """The step is run once for each item of a list."""

    over: Any = Field(description="A list, or a reference to one")
    limit: int = Field(default=100, ge=1, le=500, description="More items than this are refused")


class Compensation(Part):
    """What makes up for a step that was done, should the execution fail or be cancelled later.

    `{"$ref": "result.FIELD"}` is what the step itself returned.
    """

    operation: str = Field(max_length=80, description="An operation's name")
    arguments: dict[str, Any] = Field(default_factory=dict, description="Its arguments")


class Gate(Part):
    """The execution waits here until people have agreed that it goes on."""

    permission: str = Field(default="workflows.write", max_length=80, description="Who may agree")
    people: tuple[str, ...] = Field(default=(), description="Only these may, by user name")
    quorum: int = Field(default=1, ge=1, le=20, description="How many have to")
    reason: str = Field(default="", max_length=500, description="What they decide")


class Step(Part):
    """One step of a plan or workflow."""

    id: StepId
    operation: str = Field(max_length=80, description="An operation's name")
    arguments: dict[str, Any] = Field(default_factory=dict, description="Its arguments")
    needs: tuple[str, ...] = Field(default=(), description="Ids of steps that come before")
    when: tuple[When, ...] = Field(default=(), description="Skipped unless all of these hold")
    after: Literal["success", "failure", "always"] = Field(
        default="success", description="Runs if the steps it needs succeeded, failed, or ended"
    )
    each: Loop | None = Field(default=None, description="Run once for each item")
    retry: Retry | None = Field(default=None, description="Try again after a failure")
    timeout: float | None = Field(default=None, gt=0, le=86_400, description="Seconds in all")
    on_failure: Literal["stop", "continue"] = Field(
        default="stop", description="Whether its failure ends the execution"
    )
    compensate: Compensation | None = Field(default=None, description="How to make up for it")
    gate: Gate | None = Field(default=None, description="Wait for people before it")
    stage: str = Field(default="", max_length=80, description="The pipeline's stage")

    def as_json(self) -> dict[str, Any]:
        """The step as it is stored, hashed and shown: what is left at its default is left out."""
        said = self.model_dump(mode="json", exclude_defaults=True)
        return {"id": self.id, "operation": self.operation, "arguments": {}, "needs": []} | said

    def refers_to(self) -> frozenset[str]:
        """The ids of the steps whose results it reads."""
        return self.read_before

    @cached_property
    def read_before(self) -> frozenset[str]:
        """See `refers_to`."""
        parts = [self.arguments, [test.model_dump() for test in self.when]]
        if self.each is not None:
            parts.append(self.each.over)
        return frozenset(references(parts) - {ITEM, EVENT})

    def __copy__(self) -> Self:
        copied = super().__copy__()
        for known in ("read_before", "ended_before"):  # what a copy reads may have changed
            copied.__dict__.pop(known, None)
        return copied

    def comes_after(self) -> frozenset[str]:
        """The ids of the steps that must have ended before it starts."""
        return self.ended_before

    @cached_property
    def ended_before(self) -> frozenset[str]:
        """See `comes_after`."""
        return self.read_before.union(self.needs)


class Budget(Part):
    """How much an execution may use; what would go beyond is stopped before it is written."""

    steps: int | None = Field(default=None, ge=1, le=10_000, description="Steps run, in all")
    seconds: float | None = Field(default=None, gt=0, le=604_800, description="Time, in all")
    rows: int | None = Field(default=None, ge=0, description="Records changed, in all")


def numbered(calls: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Step]:
    """Operations with their arguments, as steps that need nothing of each other: s1, s2, …"""
    return [
        Step(id=f"s{number}", operation=name, arguments=dict(arguments))
        for number, (name, arguments) in enumerate(calls, 1)
    ]


def is_definition(value: Mapping[str, Any]) -> bool:
    """Whether an argument holds a step of a workflow, whose references are to its own steps."""
    return {"id", "operation"} <= value.keys()


def references(value: Any) -> set[str]:
    """The ids of the steps that a value refers to."""
    if isinstance(value, Mapping):
        if is_definition(value):
            return set()
        if set(value) == {"$ref"}:
            return {str(value["$ref"]).split(".", 1)[0]}
        return set().union(*(references(item) for item in value.values()))
    if isinstance(value, list | tuple):
        return set().union(*(references(item) for item in value))
    return set()


def resolve(value: Any, results: Mapping[str, Any]) -> Any:
    """The value with every reference replaced by what it points to.

    Raises:
        CorrectInput: it points to nothing.
    """
    if isinstance(value, Mapping):
        if set(value) == {"$ref"}:
            return _follow(str(value["$ref"]), results)
        if is_definition(value):
            return dict(value)
        return {key: resolve(item, results) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [resolve(item, results) for item in value]
    return value


def _follow(reference: str, results: Mapping[str, Any]) -> Any:
    current: Any = results
    for part in reference.split("."):
        if isinstance(current, Mapping) and part in current:
            current = current[part]
        elif isinstance(current, list) and part.isdigit() and int(part) < len(current):
            current = current[int(part)]
        else:
            there = sorted(map(str, current)) if isinstance(current, Mapping) else []
            raise CorrectInput(
                f"The reference '{reference}' points to nothing: '{part}' isn't there.",
                f"There is: {', '.join(there[:NAMED])}." if there else "Refer to what is there.",
                field="$ref",
            )
    return current


def holds(test: When, results: Mapping[str, Any]) -> bool:
    """Whether a comparison holds; what can't be compared doesn't.

    Raises:
        CorrectInput: it refers to nothing.
    """
    value, to = resolve(test.value, results), resolve(test.to, results)
    match test.is_:
        case "equal_to":
            return bool(value == to)
        case "different_from":
            return bool(value != to)
        case "containing":
            return isinstance(value, str | list | dict) and to in value
        case "empty":
            return value in (None, "", [], {}, 0)
        case "filled":
            return value not in (None, "", [], {}, 0)
    try:
        return bool(ORDERS[test.is_](value, to))
    except TypeError:
        return False


def loop_items(step: Step, results: Mapping[str, Any]) -> list[Any]:
    """What a step loops over.

    Raises:
        CorrectInput: it is no list, or longer than the loop's limit.
    """
    assert step.each is not None
    items = resolve(step.each.over, results)
    if not isinstance(items, list):
        raise CorrectInput(
            f"'{step.id}' loops over what is not a list.",
            "Refer to a list, such as the items of a step.",
            field="each",
        )
    if len(items) > step.each.limit:
        raise CorrectInput(
            f"'{step.id}' has {len(items)} items; its limit is {step.each.limit}.",
            "Raise the limit, or narrow what it loops over.",
            field="each",
        )
    return items


def loop_result(values: list[Any], total: int, failed: int) -> dict[str, Any]:
    """What a loop returns: the results of its items that went well, in order."""
    return {"items": values, "total": total, "done": len(values), "failed": failed}


def in_order(steps: Sequence[Step]) -> list[Step]:
    """The steps so that each comes after what it needs or refers to.

    Raises:
        CorrectInput: an id is used twice, is unknown, or the steps form a cycle.
    """
    by_id = {step.id: step for step in steps}
    if len(by_id) != len(steps):
        raise CorrectInput("Two steps have the same id.", "Give each its own.", field="steps")
    if taken := {ITEM, EVENT} & set(by_id):
        raise CorrectInput(
            f"A step can't be called '{min(taken)}', which references mean otherwise.",
            "Give it another id.",
            field="steps",
        )
    needs = {step.id: step.comes_after() for step in steps}
    for step_id, needed in needs.items():
        if unknown := needed - set(by_id):
            raise CorrectInput(
                f"Step '{step_id}' needs '{min(unknown)}', which is not a step.",
                f"Use one of: {', '.join(by_id)}.",
                field="steps",
            )
    ordered: list[Step] = []
    done: set[str] = set()
    while len(ordered) < len(steps):
        ready = [step for step in steps if step.id not in done and needs[step.id] <= done]
        if not ready:
            stuck = ", ".join(step.id for step in steps if step.id not in done)
            raise CorrectInput(
                f"The steps {stuck} wait for each other in a cycle.",
                "Remove one of the needs or references that close the circle.",
                field="steps",
            )
        ordered += ready
        done |= {step.id for step in ready}
    return ordered
