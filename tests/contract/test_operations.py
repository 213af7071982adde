"""One walk over every operation: documented, typed, guarded, and fit for every face."""

from __future__ import annotations

import importlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.openai_rules import refusal
from tests.support.shared import REPOSITORY
from tests.support.world import World
from tools.audit import ActivityRow
from tools.errors import AskForAccess, CorrectInput
from tools.operation import Effect, Operation
from tools.registry import Registry
from tools.values import Page

REGISTRY = Registry()
EVERY = pytest.mark.parametrize("operation", list(REGISTRY), ids=lambda one: one.name)
# What tells of another group's records needs the right to read that group.
READS_ANOTHER = dict.fromkeys(
    (
        "assistant.recommendations",
        "assistant.insights",
        "assistant.anomalies",
        "assistant.analyze_context",
    ),
    "catalog",
)
LISTED = REPOSITORY.parent / "shared" / "OPERATIONS.md"


@pytest.mark.parametrize("name", ["tools", "agent", "api", "knowledge", "evals"])
def test_an_import_name_is_this_repository_s(name: str) -> None:
    module = importlib.import_module(name)
    assert Path(str(module.__file__)).parent == REPOSITORY / name


@EVERY
def test_it_is_documented_and_typed(operation: Operation) -> None:
    assert operation.summary.endswith("."), operation.summary
    assert len(operation.summary) <= 110
    assert issubclass(operation.result, Page) or operation.result.__doc__
    assert operation.examples
    for example in operation.examples:
        assert 3 < len(example) < 120
        assert example == example.strip()
    for name, field in operation.arguments.model_fields.items():
        assert field.description, name
        assert field.annotation is not Any, name
    assert 0 < operation.timeout <= 600
    assert operation.result.model_json_schema(mode="serialization")


@EVERY
def test_its_permission_is_its_group_s(operation: Operation) -> None:
    group, _, right = operation.permission.partition(".")
    assert group == READS_ANOTHER.get(operation.name, operation.group)
    assert right in {
        Effect.READ: ("read", "preview", "review", "administer"),
        Effect.WRITE: ("write",),
        Effect.DESTROY: ("destroy",),
    }[operation.effect] or (operation.own and right)
    assert operation.permission in REGISTRY.permissions()


@EVERY
def test_a_plan_keeps_to_the_record_that_it_showed(operation: Operation) -> None:
    latest = {
        name
        for name, field in operation.arguments.model_fields.items()
        if "'latest'" in (field.description or "")
    }
    if operation.effect is not Effect.READ:
        assert latest == ({operation.pinned[0]} if operation.pinned else set())


@EVERY
def test_models_can_be_offered_it(operation: Operation) -> None:
    body = {
        "model": "m",
        "messages": [{"role": "user", "content": "x"}],
        "tools": [
            {
                "type": "function",
                "function": {
                    "name": operation.tool_name,
                    "description": operation.description,
                    "parameters": operation.schema,
                },
            }
        ],
    }
    assert refusal(json.loads(json.dumps(body))) is None
    assert len(operation.description) <= 1024
    assert operation.schema["type"] == "object"
    for value in operation.schema["properties"].values():
        assert len(value["description"]) <= 1024


@EVERY
def test_its_path_is_in_style(operation: Operation) -> None:
    route = REGISTRY.route(operation)
    assert re.fullmatch(r"(/([a-z]+(-[a-z]+)*|{[a-z_]+}))+", route), route
    if operation.effect is not Effect.READ:
        assert operation.method == "POST"


def test_names_paths_and_tool_names_are_unique() -> None:
    for key in (
        lambda one: one.name,
        lambda one: one.tool_name,
        lambda one: (one.method, re.sub(r"{\w+}", "{}", REGISTRY.route(one))),
    ):
        assert len({key(one) for one in REGISTRY}) == len(REGISTRY)


def listed() -> dict[str, tuple[str, str]]:
    """From the list that was handed over: each operation with a path → its effect and path."""
    found, group, prefix = {}, "", ""
    for line in LISTED.read_text().splitlines():
        if heading := re.match(r"### (\w+) — `([^`]+)`", line):
            group, prefix = heading[1], heading[2]
        for effect, name, method, path in re.findall(r"([RWD]) `(\w+)` `(GET|POST) ([^`]+)`", line):
            full = path if path.startswith("/api/") else prefix + path
            found[f"{group}.{name}"] = (effect, f"{method} {full}")
    return found


def test_it_keeps_the_paths_that_were_handed_over() -> None:
    if not LISTED.exists():
        pytest.skip(f"no list of operations at {LISTED}")
    known = {one.name: one for one in REGISTRY}
    named = re.sub(r"{\w+}", "{}", "\n".join(f"{name} {path}" for name, path in listed().items()))
    assert "workflows.status" in named
    wrong = []
    for name, (_, wanted) in listed().items():
        if name in known:
            route = f"{known[name].method} {REGISTRY.route(known[name])}"
            if re.sub(r"{\w+}", "{}", route) != re.sub(r"{\w+}", "{}", wanted):
                wrong.append(f"{name}: {route}, not {wanted}")
    assert wrong == []


WORDS = {
    "email": "kim@example.com",
    "name": "kim",
    "url": "https://example.com/events",
    "expires_on": "2999-12-31",
}


def sample(operation: Operation) -> dict[str, Any]:
    """Arguments that pass validation."""
    schema = operation.schema
    return {
        name: _value(name, schema["properties"][name], schema)
        for name in schema.get("required", ())
    }


def _value(name: str, schema: dict[str, Any], whole: dict[str, Any]) -> Any:
    if "$ref" in schema:
        schema = whole["$defs"][schema["$ref"].rsplit("/", 1)[-1]]
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return _value(name, schema["anyOf"][0], whole)
    kind = schema.get("type")
    if kind == "array":
        return [_value(name, schema["items"], whole)] * schema.get("minItems", 1)
    if kind == "object":
        return {
            key: _value(key, schema["properties"][key], whole) for key in schema.get("required", ())
        }
    if schema.get("format") == "date":
        return "2030-01-31"
    return {"integer": 1, "number": 1.0, "boolean": True}.get(str(kind)) or WORDS.get(name, "word")


async def test_each_is_refused_without_a_role_and_the_refusal_is_in_the_trail(
    world: World,
) -> None:
    nobody = await world.person("Nina Holt")
    guarded = [one for one in REGISTRY if not one.own]
    for operation in guarded:
        with pytest.raises(AskForAccess) as refused:
            await world.call(operation.name, _as=nobody, **sample(operation))
        assert operation.permission in str(refused.value)
    await world.runtime.kernel.close()
    async with world.runtime.database.reading() as session:
        rows = await session.execute(
            select(ActivityRow.operation, ActivityRow.outcome).where(
                ActivityRow.user_id == nobody.user_id
            )
        )
        assert sorted(tuple(row) for row in rows) == sorted(
            (one.name, "refused") for one in guarded
        )


async def test_no_refusal_of_an_argument_tells_its_value(world: World) -> None:
    for operation in REGISTRY:
        for name in [*operation.arguments.model_fields, "unheard_of"]:
            schema = operation.schema["properties"].get(name, {})
            forms = schema.get("anyOf", [schema])
            takes = [one.get("type") for one in forms]
            wrong: Any = ["s3cret"] if "object" in takes else {"s3cret": ["s3cret"]}
            if any(one.get("items") == {} for one in forms):  # what isn't right is told one by one
                wrong = "s3cret"
            given = sample(operation) | {name: wrong}
            with pytest.raises(CorrectInput) as refused:
                await world.call(operation.name, **given)
            problem = refused.value.problem()
            assert problem["field"].split(".")[0] == name, problem
            told = problem["detail"] + problem["remedy"]
            assert "s3cret" not in told.replace(problem["field"], ""), problem
