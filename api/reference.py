"""The reference page, written from the declarations; a test holds `docs/reference.md` to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

from agent.events import CustomName
from api.settings import Settings
from tools.operation import Operation
from tools.registry import Registry


def reference(registry: Registry, commands: list[tuple[str, str]]) -> str:
    """The page in Markdown.

    Args:
        commands: the command line's commands, each with what it does.
    """
    return "\n".join([*_head(commands), *_operations(registry)]).rstrip() + "\n"


def _head(commands: list[tuple[str, str]]) -> Iterator[str]:
    yield "# Reference"
    yield "\nWritten by `racine operations --markdown`; don't edit it by hand."
    yield "\n## Settings\n"
    yield "Environment variables; every one has a default that works.\n"
    yield "| variable | what it says | default |"
    yield "| --- | --- | --- |"
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else f"`{field.default}`"
        yield f"| `RACINE_{name.upper()}` | {field.description} | {default} |"
    yield "\n## Commands\n"
    for name, text in commands:
        yield f"- `racine {name}`: {text}"
    yield "\n## Our own events\n"
    yield "AG-UI `CUSTOM` events by their `name`:\n"
    for name in get_args(CustomName):
        yield f"- `{name}`"


def _operations(registry: Registry) -> Iterator[str]:
    yield "\n## Operations"
    for group in registry.groups:
        yield f"\n### {group.name}\n"
        yield f"{(group.module.__doc__ or '').split(chr(10))[0]}"
        for operation in group.operations:
            yield from _operation(registry, operation)


def _operation(registry: Registry, operation: Operation) -> Iterator[str]:
    yield f"\n#### {operation.name}\n"
    yield operation.description.replace("\n", " ")
    who = "everybody, for their own" if operation.own else f"`{operation.permission}`"
    yield f"\n`{operation.method} {registry.route(operation)}` · {operation.effect} · {who}\n"
    required = operation.schema.get("required", [])
    for name, parameter in operation.schema.get("properties", {}).items():
        needed = ", needed" if name in required else ""
        yield f"- `{name}` ({_type(parameter)}{needed}): {parameter.get('description', '')}"
    yield f"\nSay: {'; '.join(f'“{example}”' for example in operation.examples)}"


def _type(parameter: dict[str, Any]) -> str:
    if "enum" in parameter:
        return " \\| ".join(f"`{value}`" for value in parameter["enum"])
    if "anyOf" in parameter:
        kinds = [_type(one) for one in parameter["anyOf"] if one.get("type") != "null"]
        return " or ".join(dict.fromkeys(kinds))
    if "$ref" in parameter:
        return re.sub(r".*/", "", parameter["$ref"])
    return str(parameter.get("type", "any"))
