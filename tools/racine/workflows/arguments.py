"""What is wrong with the arguments of a step or of its compensation.

Values that are written out are judged by the operation's own model; references by the shapes of
what they point to. No sentence ever holds a value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from tools.errors import nearest
from tools.operation import Operation
from tools.racine.workflows.scope import Broken, Path, Scope, fitting, references_in
from tools.racine.workflows.shapes import Shape, fits
from tools.racine.workflows.types import Fault
from tools.safety import secret_in
from tools.steps import Step


def argument_faults(
    scope: Scope,
    step: Step,
    operation: Operation,
    arguments: Mapping[str, Any],
    extra: Mapping[str, Shape],
    where: str = "arguments",
) -> Iterator[Fault]:
    """Everything that is wrong with arguments.

    Args:
        extra: what their references can point to beside the steps.
        where: the part of the step that they stand in.
    """
    if (name := secret_in(arguments)) is not None:
        yield Fault(
            step=step.id,
            field=f"{where}.{name}",
            detail=f"'{name}' holds a password, and a definition is shown and kept.",
            remedy="Register what needs it once, by hand, and let the workflow name it.",
        )
    try:
        operation.arguments.model_validate(dict(arguments))
    except ValidationError as error:
        for problem in error.errors(include_url=False, include_input=False):
            if not _awaited(arguments, problem):
                yield _fault(step, operation, problem, where)
    schema = Shape.of(operation.schema)
    for path, reference in references_in(arguments):
        field = ".".join([where, *map(str, path)])
        found = scope.follow(reference, step, extra)
        if isinstance(found, Broken):
            yield Fault(step=step.id, field=field, detail=found.detail, remedy=found.remedy)
            continue
        wanted = _wanted(schema, path)
        if not fits(found, wanted):
            root, _, _ = reference.rpartition(".")
            root = root or reference
            around = scope.follow(root, step, extra)
            better = (
                "" if isinstance(around, Broken) else fitting(root or reference, around, wanted)
            )
            yield Fault(
                step=step.id,
                field=field,
                detail=f"'{reference}' is {found.words()}; '{path[0]}' of {operation.name} takes "
                f"{_taken(wanted)}.",
                remedy=better or f"Refer to {_taken(wanted)}, or write the value out.",
            )


def _awaited(arguments: Mapping[str, Any], problem: ErrorDetails) -> bool:
    """Whether an error is about a value that is known only once an earlier step has run."""
    current: Any = arguments
    for part in problem["loc"]:
        if isinstance(current, Mapping) and set(current) == {"$ref"}:
            return True
        if isinstance(current, Mapping):
            current = current.get(str(part), current)
        elif isinstance(current, list | tuple) and isinstance(part, int) and part < len(current):
            current = current[part]
    if isinstance(current, Mapping) and set(current) == {"$ref"}:
        return True
    judged_whole = problem["type"] in ("value_error", "assertion_error")
    return judged_whole and any(True for _ in references_in(current))


def _fault(step: Step, operation: Operation, problem: ErrorDetails, where: str) -> Fault:
    path = [str(part) for part in problem["loc"]]
    name = path[0] if path else ""
    known = operation.arguments.model_fields
    described = known[name].description if name in known else None
    field = ".".join([where, *path[:1]])
    if problem["type"] == "missing" and len(path) == 1:
        detail = f"{operation.name} needs '{name}'."
        remedy = f"Add '{name}': {described}."
    elif problem["type"] == "extra_forbidden" and len(path) == 1:
        detail = f"'{name[:80]}' is not an argument of {operation.name}."
        remedy = nearest(name, list(known)) if known else "It takes no arguments."
    else:
        message = problem["msg"]
        detail = f"'{name}' of {operation.name}: {message[0].lower()}{message[1:]}."
        remedy = f"It is meant to be: {described}." if described else f"Correct '{name}'."
    return Fault(step=step.id, field=field, detail=detail, remedy=remedy)


def _wanted(schema: Shape, path: Path) -> Shape:
    shape = schema
    for part in path:
        found = shape.at(str(part))
        if isinstance(found, str):
            return Shape()
        shape = found
    return shape


def _taken(wanted: Shape) -> str:
    values = wanted.values
    return " or ".join(f"'{value}'" for value in values) if values else wanted.words()
