"""What can't be stored or streamed safely is refused at the door, by name.

JSON is read strictly: duplicate keys, NaN, Infinity, deep nesting, NUL and lone surrogates are
refused before anything is done with them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from math import isfinite, isnan
from typing import Any

from tools.errors import CorrectInput, SendLess

MAXIMUM_BYTES = 1_000_000
MAXIMUM_DEPTH = 32
# In a URL or a connection string: scheme://user:PASSWORD@host, password=PASSWORD
PASSWORD = re.compile(
    r"(://[^\s:/@]*:)\S+(?=@)|(\b(?:password|passwd|pwd|sslpassword)=)[^\s&;]+", re.IGNORECASE
)
SECRET_ARGUMENTS = ("password",)
# What stands in the place of a password that was sealed at the door
SEALED = re.compile(r"[:=]sec_[0-9a-f]{16}$")


def read_json(body: bytes, largest: int = MAXIMUM_BYTES) -> Any:
    """A body as JSON.

    Raises:
        SendLess: it has `largest` bytes or more.
        CorrectInput: it isn't JSON, or holds what can't be stored.
    """
    if len(body) >= largest:
        raise SendLess(
            f"The body has {len(body)} bytes; less than {largest} are taken.",
            "Send less, or several requests.",
        )
    try:
        value = json.loads(body, object_pairs_hook=_unique, parse_int=_integer)
    except RecursionError:
        raise _too_deep("body") from None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        where = f" (at character {error.pos})" if isinstance(error, json.JSONDecodeError) else ""
        raise CorrectInput(
            f"The body is not JSON in UTF-8{where}.", "Send a JSON object.", field="body"
        ) from None
    check_storable(value)
    return value


def check_storable(value: Any, path: str = "", depth: int = 0) -> None:
    """Walk a JSON value.

    Raises:
        CorrectInput: a text holds NUL or a lone surrogate, a number isn't finite, or it is nested
            too deep; `field` names the place.
    """
    if depth > MAXIMUM_DEPTH:
        raise _too_deep(path)
    named = path or "body"
    if isinstance(value, str):
        _check_text(value, named)
    elif isinstance(value, float):
        if not isfinite(value):
            name = "NaN" if isnan(value) else "Infinity"
            raise CorrectInput(
                f"'{named}' is {name}, which JSON doesn't have.",
                "Send a number or null.",
                field=named,
            )
    elif isinstance(value, int) and abs(value) >= 2**63:
        raise CorrectInput(
            f"'{named}' is a number of more than 64 bits.", "Send it as text.", field=named
        )
    elif isinstance(value, Mapping):
        for key, item in value.items():
            _check_text(str(key), named)
            check_storable(item, f"{path}.{key}" if path else str(key), depth + 1)
    elif isinstance(value, list | tuple):
        for position, item in enumerate(value):
            check_storable(item, f"{path}.{position}" if path else str(position), depth + 1)


def is_whole(text: str) -> bool:
    """Whether a text is whole: no half of a surrogate pair is in it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _check_text(text: str, path: str) -> None:
    if "\x00" in text:
        raise CorrectInput(
            f"'{path}' holds a NUL character.", "Remove U+0000 from the text.", field=path
        )
    if not is_whole(text):
        raise CorrectInput(
            f"'{path}' holds half of a surrogate pair, which is no character.",
            "Send whole characters; \\ud800 to \\udfff only in pairs.",
            field=path,
        )


def _too_deep(path: str) -> CorrectInput:
    return CorrectInput(
        f"'{path[:80]}' is nested more than {MAXIMUM_DEPTH} levels deep.",
        "Flatten it.",
        field=path[:80],
    )


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        _check_text(twice, "body")
        raise CorrectInput(
            f"The key '{twice[:80]}' stands twice in one object.",
            "Send it once.",
            field=twice[:80],
        )
    return result


def _integer(digits: str) -> int:
    # Python refuses thousands of digits with an error of its own; ours names the field
    return int(digits) if len(digits) <= 20 else 2**63


def secret_in(value: Any, path: str = "") -> str | None:
    """Where a password stands in arguments, if one does: by its name, or in a URL."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            inner = f"{path}.{name}" if path else str(name)
            found = inner if name in SECRET_ARGUMENTS and item else secret_in(item, inner)
            if found is not None:
                return found
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value):
            if (found := secret_in(item, f"{path}.{number}")) is not None:
                return found
    elif isinstance(value, str) and any(
        SEALED.search(found.group(0)) is None for found in PASSWORD.finditer(value)
    ):
        return path
    return None
