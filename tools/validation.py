"""Arguments: made into the operation's own type, refused by name, and redacted for the log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from tools.errors import CorrectInput
from tools.operation import Operation
from tools.safety import PASSWORD, check_storable


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
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"])[:80] or "arguments"
    known = ", ".join(model.model_fields) or "none"
    remedy = (
        f"Arguments are: {known}."
        if first["type"] in ("missing", "extra_forbidden")
        else (f"Correct '{where}' and send it again.")
    )
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    message = {
        "missing": "is needed",
        "extra_forbidden": "is not an argument",
    }.get(first["type"], first["msg"][0].lower() + first["msg"][1:])
    return CorrectInput(f"{prefix}'{where}' {message}{more}.", remedy, field=where)


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
