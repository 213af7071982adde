"""Blanks in templates: `{name}` in a text is an argument of the template. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tools.errors import CorrectInput


def values_for(
    template: str,
    known: Mapping[str, str],
    defaults: Mapping[str, str],
    given: Mapping[str, str],
) -> dict[str, str]:
    """What a template's arguments are, the defaults where they aren't given.

    Args:
        known: what each argument means.

    Raises:
        CorrectInput: one is missing or unknown.
    """
    values = {**defaults, **given}
    unknown, missing = sorted(set(given) - set(known)), sorted(set(known) - set(values))
    if unknown or missing:
        what = f"knows no '{unknown[0]}'" if unknown else f"needs '{missing[0]}'"
        listed = "; ".join(f"{name}: {said}" for name, said in known.items()) or "none"
        raise CorrectInput(
            f"The template {template} {what}.", f"Its arguments are: {listed}.", field="arguments"
        )
    return values


def filled_in(value: Any, values: Mapping[str, str]) -> Any:
    """A template's data with its blanks filled in; what is filled in isn't looked at again."""
    if isinstance(value, Mapping):
        return {key: filled_in(item, values) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [filled_in(item, values) for item in value]
    if isinstance(value, str) and "{" in value:
        parts = value.split("{")
        return parts[0] + "".join(_part(part, values) for part in parts[1:])
    return value


def _part(part: str, values: Mapping[str, str]) -> str:
    name, closed, rest = part.partition("}")
    return values[name] + rest if closed and name in values else "{" + part
