"""A declaration: what it yields, and the sentence that stops one that contradicts itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import pytest
from pydantic import Field

from tests.support.probe import Told
from tools.context import Context
from tools.errors import MendDeclaration
from tools.operation import Effect, operation

Name = Annotated[str, Field(description="A name")]
GOOD = {"permission": "probe.read", "examples": ("Probe it",)}


async def good(ctx: Context, name: Name, count: Annotated[int, Field(description="How many")] = 3):
    """Probe something.

    In a second paragraph, what else there is to say.
    """


good.__annotations__["return"] = "Told"


def test_the_decorator_describes_the_function_and_returns_it_unchanged() -> None:
    described = operation("probe.look_up", **GOOD)(good)
    assert described is good
    declared = good.__operation__
    assert declared.summary == "Probe something."
    assert declared.description.endswith("what else there is to say.")
    assert (declared.group, declared.tool_name) == ("probe", "probe_look_up")
    assert (declared.method, declared.path) == ("GET", "/look-up")
    assert declared.schema["required"] == ["name"]
    assert declared.schema["properties"]["count"]["default"] == 3
    assert declared.schema["additionalProperties"] is False
    assert declared.result is Told


def test_a_write_is_posted_and_its_path_can_be_named() -> None:
    declared = operation(
        "probe.change",
        permission="probe.write",
        effect=Effect.WRITE,
        examples=("Change it",),
        path="POST /{name}/change",
    )(good).__operation__
    assert (declared.method, declared.path) == ("POST", "/{name}/change")
    derived = operation(
        "probe.change_it", permission="probe.write", effect=Effect.WRITE, examples=("x",)
    )(good).__operation__
    assert (derived.method, derived.path) == ("POST", "/change-it")


@pytest.mark.parametrize(
    ("given", "at_fault", "way_out"),
    [
        ({"name": "Probe.Look"}, "'group.verb_noun'", "lower-case"),
        ({"examples": ()}, "no examples", "in users' words"),
        ({"permission": "probe.write"}, "'probe.write'", "reading permission"),
        ({"pinned": ("name", "nothing")}, "pins", "field of its result"),
        ({"effect": Effect.WRITE}, "asks only for 'probe.read'", "writing"),
        ({"effect": Effect.DESTROY}, "asks only for 'probe.read'", "writing"),
        (
            {"permission": "probe.write", "effect": Effect.WRITE, "path": "GET /change"},
            "behind GET",
            "POST path",
        ),
        ({"path": "/change"}, "'/change' has no method", "GET /…"),
        ({"path": "PUT /change"}, "'PUT /change'", "POST /…"),
        (
            {"target": "asset"},
            "'asset' is not among its arguments (name, count)",
            "drop the target",
        ),
        ({"path": "GET /{id}"}, "'{id}'", "name, count"),
    ],
)
def test_a_declaration_that_contradicts_itself_says_how_to_mend_it(
    given: dict[str, Any], at_fault: str, way_out: str
) -> None:
    told = {"name": "probe.look", **GOOD, **given}
    with pytest.raises(MendDeclaration) as stopped:
        operation(told.pop("name"), **told)(good)
    sentence = str(stopped.value)
    assert sentence.startswith(f"{given.get('name', 'probe.look')}: ")
    assert at_fault in sentence
    assert way_out in sentence


async def _untyped(ctx: Context, name) -> Told:
    """Look."""


async def _undescribed(ctx: Context, name: str) -> Told:
    """Look."""


async def _undocumented(ctx: Context) -> Told:
    pass


async def _untold(ctx: Context) -> str:
    """Look."""


def _not_async(ctx: Context) -> Told:
    """Look."""


async def _owned(ctx: Context, asset: Name) -> Told:
    """Look."""


@pytest.mark.parametrize(
    ("function", "given", "at_fault"),
    [
        (_untyped, {}, "argument 'name' has no type"),
        (_undescribed, {}, "name lack a description"),
        (_undocumented, {}, "no docstring"),
        (_untold, {}, "pydantic model"),
        (_not_async, {}, "async def"),
        (_owned, {"own": True, "target": "asset"}, "Drop one"),
    ],
)
def test_a_function_that_cannot_be_an_operation_is_refused(
    function: Callable[..., Any], given: dict[str, Any], at_fault: str
) -> None:
    with pytest.raises(MendDeclaration, match=r"^probe\.look: ") as stopped:
        operation("probe.look", **GOOD, **given)(function)
    assert at_fault in str(stopped.value)
    assert not hasattr(function, "__operation__")
