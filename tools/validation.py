"""Arguments: made into the operation's own type, refused by name, and redacted for the log."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from tools.errors import CorrectInput
from tools.operation import Operation
from tools.safety import PASSWORD, check_storable

_TYPE = re.compile(r"bool|date|datetime|float|int|str|constrained-\w+|list\[.*")
"""What pydantic appends to the place of a value that could be of several types."""


def validate(operation: Operation, arguments: Mapping[str, Any]) -> BaseModel:
    """The arguments as the operation's own type.

    Raises:
        CorrectInput: one is missing, unknown, of the wrong type, or can't be stored.
    """
    check_storable(arguments)
    try:
        return operation.arguments.model_validate(dict(arguments))
    except ValidationError as error:
        raise invalid(error, f"{operation.name}: ", operation.arguments) from None


def invalid(error: ValidationError, prefix: str, model: type[BaseModel]) -> CorrectInput:
    """A validation error as the sentence its reader needs; the value itself stays out of it."""
    first, *others = error.errors(include_url=False, include_input=False)
    where = _place(first["loc"])
    field = model.model_fields.get(str(first["loc"][0])) if first["loc"] else None
    if first["type"] in ("missing", "extra_forbidden"):
        remedy = f"Arguments are: {', '.join(model.model_fields) or 'none'}."
    else:
        told = f": {field.description.rstrip('.')}" if field and field.description else ""
        remedy = f"Correct '{where}' and send it again{told}."
    # Names of ours alone: what else somebody names may be a secret
    also = {name for one in others for name in one["loc"][:1]} - {*first["loc"][:1]}
    listed = ", ".join(f"'{name}'" for name in model.model_fields if name in also)
    more = f"; look at {listed} too" if listed else ""
    message = {
        "missing": "is needed",
        "extra_forbidden": "is not an argument",
    }.get(first["type"], first["msg"][0].lower() + first["msg"][1:])
    if first.get("ctx", {}).get("pattern") == r"\S":
        message = "is blank"
    return CorrectInput(f"{prefix}'{where}' {message}{more}.", remedy, field=where)


def _place(location: Sequence[int | str]) -> str:
    """The argument, and where in it, without which type of several was tried last."""
    parts = list(location)
    while len(parts) > 1 and _TYPE.fullmatch(str(parts[-1])):
        parts.pop()
    return ".".join(map(str, parts))[:80] or "arguments"


def redacted(arguments: BaseModel) -> dict[str, Any]:
    """Arguments as they may be logged: without secrets, passwords in URLs too, long texts cut."""
    clean: dict[str, Any] = {}
    for name, value in arguments.model_dump(mode="json", exclude_defaults=True).items():
        extra = type(arguments).model_fields[name].json_schema_extra
        if isinstance(extra, dict) and extra.get("x-secret"):
            clean[name] = "•••"
        else:
            clean[name] = _loggable(value)
    return clean


def _loggable(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _loggable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_loggable(item) for item in value]
    if not isinstance(value, str):
        return value
    clean = PASSWORD.sub(r"\1\2•••", value)
    return clean[:300] + "…" if len(clean) > 300 else clean
