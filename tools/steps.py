"""A step: one operation with its arguments, which may refer to what earlier steps returned.

A reference is `{"$ref": "STEP.FIELD.FIELD"}`. Plans, workflows and previews share this form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from tools.errors import CorrectInput

StepId = Annotated[str, Field(pattern=r"^[a-zA-Z0-9_-]{1,40}$", description="Unique in the plan")]


class Step(BaseModel):
    """One step of a plan or workflow."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: StepId
    operation: str = Field(max_length=80, description="An operation's name")
    arguments: dict[str, Any] = Field(default_factory=dict, description="Its arguments")
    needs: tuple[str, ...] = Field(default=(), description="Ids of steps that come before")


def references(value: Any) -> set[str]:
    """The ids of the steps that a value refers to."""
    if isinstance(value, Mapping):
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
            raise CorrectInput(
                f"The reference '{reference}' points to nothing: '{part}' isn't there.",
                "Refer to a field that the earlier step's operation returns.",
                field="$ref",
            )
    return current


def in_order(steps: Sequence[Step]) -> list[Step]:
    """The steps so that each comes after what it needs or refers to.

    Raises:
        CorrectInput: an id is used twice, is unknown, or the steps form a cycle.
    """
    by_id = {step.id: step for step in steps}
    if len(by_id) != len(steps):
        raise CorrectInput("Two steps have the same id.", "Give each its own.", field="steps")
    needs = {step.id: set(step.needs) | references(step.arguments) for step in steps}
    for step_id, needed in needs.items():
        if unknown := needed - set(by_id):
            raise CorrectInput(
                f"Step '{step_id}' needs '{min(unknown)}', which is not a step.",
                f"Use one of: {', '.join(by_id)}.",
                field="steps",
            )
    ordered: list[Step] = []
    while len(ordered) < len(steps):
        done = {step.id for step in ordered}
        ready = [step for step in steps if step.id not in done and needs[step.id] <= done]
        if not ready:
            stuck = ", ".join(step.id for step in steps if step.id not in done)
            raise CorrectInput(
                f"The steps {stuck} wait for each other in a cycle.",
                "Remove one of the needs or references that close the circle.",
                field="steps",
            )
        ordered += ready
    return ordered
