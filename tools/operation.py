"""An operation: one typed async function with its declaration, from which every face is derived.

`@operation` attaches one frozen `Operation` to the function and returns the function itself.
A declaration that contradicts itself raises `MendDeclaration` when its module is imported.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal, TypeVar, get_type_hints

from pydantic import BaseModel, ConfigDict, create_model

from tools.errors import MendDeclaration
from tools.safety import MAXIMUM_BYTES

Function = TypeVar("Function", bound=Callable[..., Awaitable[BaseModel]])
Method = Literal["GET", "POST"]
Target = Literal["source", "asset", "scan", "finding", "workspace"]


class Effect(StrEnum):
    """What an operation does: nothing, a change that can be undone, or one that can't."""

    READ = "read"
    WRITE = "write"
    DESTROY = "destroy"


@dataclass(frozen=True)
class Operation:
    """The one declaration of an operation; faces read it and hold no logic."""

    name: str
    permission: str
    effect: Effect
    method: Method
    path: str | None
    examples: tuple[str, ...]
    target: Target | None
    reaches: bool
    agent: bool
    own: bool
    timeout: float
    reconcile: Callable[..., Awaitable[dict[Any, Any] | None]] | None
    summary: str
    description: str
    function: Callable[..., Awaitable[BaseModel]]
    arguments: type[BaseModel]
    result: type[BaseModel]
    service: str | None = None  # the system outside that it belongs to
    pinned: tuple[str, str] | None = None
    starts: str | None = None
    largest: int = MAXIMUM_BYTES

    @property
    def group(self) -> str:
        """The group's name: `catalog` of `catalog.tag_asset`."""
        return self.name.split(".", 1)[0]

    @cached_property
    def tool_name(self) -> str:
        """The name as models' protocols allow it: no dots."""
        return self.name.replace(".", "_", 1)

    @cached_property
    def schema(self) -> dict[str, Any]:
        """JSON Schema of the arguments, encoded once."""
        schema = self.arguments.model_json_schema()
        schema.pop("title", None)
        for parameter in schema.get("properties", {}).values():
            parameter.pop("title", None)
        return schema


def operation(
    name: str,
    *,
    permission: str,
    effect: Effect = Effect.READ,
    examples: tuple[str, ...],
    path: str | None = None,
    target: Target | None = None,
    reaches: bool = False,
    agent: bool = True,
    own: bool = False,
    timeout: float = 60.0,
    largest: int = MAXIMUM_BYTES,
    reconcile: Callable[..., Awaitable[dict[Any, Any] | None]] | None = None,
    pinned: tuple[str, str] | None = None,
    starts: str | None = None,
) -> Callable[[Function], Function]:
    """Describe an operation.

    Args:
        name: `group.verb_noun`.
        permission: `group.read`, `group.write`, … what a role has to hold.
        effect: read, write (undone from its captured changes) or destroy.
        examples: requests in users' words; the assistant and the reference page show them.
        path: `METHOD /path` below the group's prefix; derived from the name where not given.
        target: the argument that names what is acted on; rights are checked for its source.
            A write without target changes what belongs to no source and needs rights everywhere.
        reaches: the operation reaches out of the system (a source, a service).
        agent: the assistant may call or propose it.
        own: it concerns only the caller's own records; being signed in is enough.
        timeout: seconds until the call is given up.
        largest: the bytes that its arguments as JSON stay below.
        reconcile: for an operation that changes a system outside, by `ctx.key`: finds out there
            whether it has happened, and returns the results of `ctx.outside` to go on with, or
            None where it hasn't. It raises `FindOut` where that can't be known.
        pinned: an argument that may mean another record tomorrow ("latest"), and the field of the
            result that tells which it was: a plan keeps to the one that was previewed.
        starts: the field of the result that names an execution it queues: as a step it runs until
            that execution has ended, and ends as that one does.
    """

    def describe(function: Function) -> Function:
        method, own_path = _route(name, path, effect)
        declared = Operation(
            name=name,
            permission=permission,
            effect=effect,
            method=method,
            path=own_path,
            examples=examples,
            target=target,
            reaches=reaches,
            agent=agent,
            own=own,
            timeout=timeout,
            largest=largest,
            reconcile=reconcile,
            pinned=pinned,
            starts=starts,
            summary=(inspect.getdoc(function) or "").split("\n", 1)[0],
            description=inspect.getdoc(function) or "",
            function=function,
            arguments=_arguments(name, function),
            result=_result(name, function),
        )
        _check(declared)
        function.__operation__ = declared  # type: ignore[attr-defined]
        return function

    return describe


def _route(name: str, path: str | None, effect: Effect) -> tuple[Method, str | None]:
    if path is None:
        derived = "/" + name.split(".", 1)[-1].replace("_", "-")
        return ("GET" if effect is Effect.READ else "POST"), derived
    method, _, rest = path.partition(" ")
    if method not in ("GET", "POST") or not rest.startswith("/"):
        raise MendDeclaration(
            f"{name}: path '{path}' has no method. Write it as 'GET /…' or 'POST /…'."
        )
    return method, rest  # type: ignore[return-value]


def _arguments(name: str, function: Callable[..., Any]) -> type[BaseModel]:
    hints = get_type_hints(function, include_extras=True)
    fields: dict[str, Any] = {}
    for parameter in list(inspect.signature(function).parameters.values())[1:]:
        if parameter.name not in hints:
            raise MendDeclaration(
                f"{name}: argument '{parameter.name}' has no type. Annotate it, with a Field that "
                "describes it."
            )
        default = ... if parameter.default is inspect.Parameter.empty else parameter.default
        fields[parameter.name] = (hints[parameter.name], default)
    title = "".join(part.capitalize() for part in re.split(r"[._]", name)) + "Arguments"
    return create_model(title, __config__=ConfigDict(extra="forbid", frozen=True), **fields)


def _result(name: str, function: Callable[..., Any]) -> type[BaseModel]:
    result = get_type_hints(function).get("return")
    if not (inspect.isclass(result) and issubclass(result, BaseModel)):
        raise MendDeclaration(
            f"{name}: returns {result!r}. Annotate the return with a pydantic model."
        )
    return result


def _check(declared: Operation) -> None:
    name, fields = declared.name, declared.arguments.model_fields
    faults = [
        (
            not re.fullmatch(r"[a-z_]+\.[a-z_]+", name),
            "the name isn't 'group.verb_noun'. Use lower-case words joined by underscores.",
        ),
        (
            not inspect.iscoroutinefunction(declared.function),
            "the function isn't async. Declare it with 'async def'.",
        ),
        (not declared.summary, "it has no docstring. Say in its first line what it does."),
        (
            not declared.examples,
            "it has no examples. Give at least one request in users' words.",
        ),
        (
            declared.effect is Effect.READ and declared.permission.endswith((".write", ".destroy")),
            f"it reads but asks for '{declared.permission}'. Ask for a reading permission or "
            "declare the effect.",
        ),
        (
            declared.effect is not Effect.READ and declared.permission.endswith(".read"),
            f"it {declared.effect}s but asks only for '{declared.permission}'. Ask for a writing "
            "permission or declare it as a read.",
        ),
        (
            declared.effect is not Effect.READ and declared.method == "GET",
            f"it {declared.effect}s behind GET. Give it a POST path.",
        ),
        (
            declared.target is not None and declared.target not in fields,
            f"its target '{declared.target}' is not among its arguments ({', '.join(fields)}). "
            "Name an argument or drop the target.",
        ),
        (
            declared.reconcile is not None and not declared.reaches,
            "it is reconciled with a system outside that it doesn't reach. Declare reaches=True.",
        ),
        (
            declared.pinned is not None
            and not (
                declared.pinned[0] in fields and declared.pinned[1] in declared.result.model_fields
            ),
            "what it pins is not an argument and a field of its result. Name one of each.",
        ),
        (
            declared.starts is not None and declared.starts not in declared.result.model_fields,
            f"its result has no field '{declared.starts}' to name what it starts. Name one.",
        ),
        (
            declared.own and declared.target is not None,
            "it is the caller's own and has a target as well. Drop one of them.",
        ),
    ]
    for at_fault, why in faults:
        if at_fault:
            raise MendDeclaration(f"{name}: {why}")
    for placeholder in re.findall(r"{(\w+)}", declared.path or ""):
        if placeholder not in fields:
            raise MendDeclaration(
                f"{name}: the path names '{{{placeholder}}}', which is not an argument. "
                f"Use one of: {', '.join(fields) or 'none'}."
            )
    undescribed = [key for key, field in fields.items() if not field.description]
    if undescribed:
        raise MendDeclaration(
            f"{name}: {', '.join(undescribed)} lack a description. Add Field(description=…)."
        )
