"""Fitting arguments to an operation's JSON Schema: its names, and its spelling of closed values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from agent.planning.vocabulary import VALUES

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def conform(arguments: Mapping[str, object], parameters: Mapping[str, Any]) -> dict[str, object]:
    """The arguments as the schema calls them: `execution_id` for `execution` if only that is."""
    properties = parameters.get("properties", {})
    fitted: dict[str, object] = {}
    for argument, given in arguments.items():
        longer = f"{argument}_id"
        name = longer if argument not in properties and longer in properties else argument
        fitted[name] = given
        if (
            _is_moment(properties.get(name, {}))
            and isinstance(given, str)
            and _DAY.fullmatch(given)
        ):
            fitted[name] = f"{given}T{'00:00:00' if name.endswith('from') else '23:59:59'}Z"
        allowed = list(_allowed(properties.get(name, {}), parameters))
        if isinstance(given, str) and allowed and given not in allowed:
            meant = [one for one in allowed if isinstance(one, str) and _same(one, given)]
            fitted[name] = meant[0] if meant else given
    return fitted


def _is_moment(schema: Mapping[str, Any]) -> bool:
    """Whether a moment is wanted, for which a day says too little: it holds to the day's end."""
    formats = {one.get("format") for one in (schema, *schema.get("anyOf", ()))}
    return "date-time" in formats and "date" not in formats


def _allowed(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Iterator[object]:
    """The values of an enumeration, also behind `anyOf`, `items` or a `$ref` into `$defs`."""
    yield from schema.get("enum", ())
    for choice in (*schema.get("anyOf", ()), *schema.get("allOf", ())):
        yield from _allowed(choice, root)
    name = str(schema.get("$ref", "")).rsplit("/", 1)[-1]
    if name:
        yield from _allowed(root.get("$defs", {}).get(name, {}), root)


def _same(allowed: str, given: str) -> bool:
    """Whether two spellings stand for one value: `pending` for `proposed`, `HIGH` for `high`."""
    if allowed.casefold() == given.casefold():
        return True
    phrases = (table[given] for table in VALUES.values() if given in table)
    return any(allowed.casefold() in map(str.strip, listed.split(",")) for listed in phrases)
