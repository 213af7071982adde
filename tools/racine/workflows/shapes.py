"""What a value looks like before there is one: JSON Schemas walked by a path, and compared.

Pure. A `Shape` is the list of what a value may be, without null; an empty one may be anything.
`fits` errs on the side of letting pass: only what can never fit is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tools.errors import nearest

WORDS = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a record",
}
DEEPEST = 12


@dataclass(frozen=True)
class Shape:
    """What a value may be: alternatives of JSON Schema, with the definitions that they refer to."""

    options: tuple[Mapping[str, Any], ...] = ()
    definitions: Mapping[str, Any] | None = None

    @classmethod
    def of(cls, schema: Mapping[str, Any], definitions: Mapping[str, Any] | None = None) -> Shape:
        """The shape of a schema; `definitions` are its `$defs` where it is a part of another."""
        known = schema.get("$defs") or definitions
        return cls(tuple(_options(schema, known or {})), known)

    @classmethod
    def of_value(cls, value: Any) -> Shape:
        """The shape of a value that is written out."""
        if isinstance(value, bool):
            return cls(({"type": "boolean", "enum": [value]},))
        if isinstance(value, int):
            return cls(({"type": "integer", "enum": [value]},))
        if isinstance(value, float):
            return cls(({"type": "number", "enum": [value]},))
        if isinstance(value, str):
            return cls(({"type": "string", "enum": [value]},))
        if isinstance(value, list | tuple):
            options = [option for one in value for option in cls.of_value(one).options]
            return cls(({"type": "array", "items": {"anyOf": options} if options else {}},))
        if isinstance(value, Mapping):
            fields = {str(name): {"anyOf": [*cls.of_value(one).options]} for name, one in
                      value.items()}  # fmt: skip
            return cls(({"type": "object", "properties": fields},))
        return cls()

    @classmethod
    def of_loop(cls, result: Shape) -> Shape:
        """What a loop returns over a step that returns `result`."""
        items = {"anyOf": [*result.options]} if result.options else {}
        count = {"type": "integer"}
        fields = {"items": {"type": "array", "items": items}}
        counts = dict.fromkeys(("total", "done", "failed"), count)
        return cls(({"type": "object", "properties": fields | counts},), result.definitions)

    @property
    def types(self) -> set[str]:
        """The types that it may have; none stands for any."""
        found = {str(option["type"]) for option in self.options if "type" in option}
        return found if all("type" in option for option in self.options) else set()

    @property
    def values(self) -> list[Any] | None:
        """The only values that it can have, where these are known."""
        if not self.options or not all("enum" in option for option in self.options):
            return None
        return [value for option in self.options for value in option["enum"]]

    def words(self) -> str:
        """What it is, for people."""
        return " or ".join(dict.fromkeys(WORDS.get(kind, kind) for kind in sorted(self.types)))

    def fields(self) -> dict[str, Shape]:
        """The fields of a record, by name."""
        return {
            name: Shape.of(schema, self.definitions)
            for option in self.options
            for name, schema in option.get("properties", {}).items()
        }

    def items(self) -> Shape:
        """What the items of a list may be."""
        options = [option.get("items", {}) for option in self.options if _is(option, "array")]
        if not options or {} in options:
            return Shape()
        return Shape.of({"anyOf": options}, self.definitions)

    def at(self, part: str) -> Shape | str:
        """What is found at a field's name or an item's number, or the sentence why nothing is."""
        if not self.types:
            return Shape()
        found: list[Mapping[str, Any]] = []
        for option in self.options:
            if _is(option, "array") and part.isdigit():
                found.append(option.get("items", {}))
            elif part in option.get("properties", {}):
                found.append(option["properties"][part])
            elif _is(option, "object") and option.get("additionalProperties"):
                more = option["additionalProperties"]
                found.append(more if isinstance(more, Mapping) else {})
            elif _is(option, "object") and "properties" not in option:
                found.append({})
        if {} in found:
            return Shape()
        if found:
            return Shape.of({"anyOf": found}, self.definitions)
        if "array" in self.types:
            return "It is a list: give an item's number, or loop over it with 'each'."
        fields = list(self.fields())
        return nearest(part, fields) if fields else f"It is {self.words()} and has no fields."


def fits(given: Shape, wanted: Shape) -> bool:
    """Whether a value of one shape can be one of the other."""
    if not given.options or not wanted.options:
        return True
    return any(
        _fits(one, given.definitions, other, wanted.definitions, DEEPEST)
        for one in given.options
        for other in wanted.options
    )


def comparable(one: Shape, other: Shape) -> bool:
    """Whether two values can be put in an order."""
    if not one.types or not other.types:
        return True
    return any(
        a == b if a in ("string", "array") else {a, b} <= {"integer", "number", "boolean"}
        for a in one.types
        for b in other.types
    )


def _options(
    schema: Mapping[str, Any], known: Mapping[str, Any], depth: int = 0
) -> list[Mapping[str, Any]]:
    if depth > DEEPEST:
        return [{}]
    if "$ref" in schema:
        target = known.get(str(schema["$ref"]).rsplit("/", 1)[-1], {})
        return _options(target, known, depth + 1)
    for joined in ("anyOf", "oneOf"):
        if joined in schema:
            return [option for one in schema[joined] for option in _options(one, known, depth + 1)]
    if "allOf" in schema and len(schema["allOf"]) == 1:
        return _options(schema["allOf"][0], known, depth + 1)
    if "const" in schema:
        return [{"enum": [schema["const"]], **schema}]
    return [] if schema.get("type") == "null" else [schema]


def _is(option: Mapping[str, Any], kind: str) -> bool:
    return bool(option.get("type") == kind)


def _fits(
    given: Mapping[str, Any],
    given_known: Mapping[str, Any] | None,
    wanted: Mapping[str, Any],
    wanted_known: Mapping[str, Any] | None,
    depth: int,
) -> bool:
    have, want = given.get("type"), wanted.get("type")
    if have is None or want is None or depth == 0:
        return True
    if have != want and not (have == "integer" and want == "number"):
        return False
    if "enum" in given and "enum" in wanted and not set(given["enum"]) & set(wanted["enum"]):
        return False
    mine, theirs = Shape((given,), given_known), Shape((wanted,), wanted_known)
    if want == "array":
        return fits(mine.items(), theirs.items())
    if want == "object":
        return _record_fits(mine.fields(), theirs.fields(), wanted.get("required", ()), given)
    return True


def _record_fits(
    mine: Mapping[str, Shape],
    theirs: Mapping[str, Shape],
    required: Sequence[str],
    given: Mapping[str, Any],
) -> bool:
    open_ended = not mine or bool(given.get("additionalProperties"))
    missing = [name for name in required if name not in mine]
    if missing and not open_ended:
        return False
    return all(fits(mine[name], shape) for name, shape in theirs.items() if name in mine)
