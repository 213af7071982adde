"""Bodies, read strictly before anything is done with them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from urllib.parse import parse_qsl

from fastapi import Request

from tools.errors import CorrectInput, SendLess
from tools.safety import MAXIMUM_BYTES, is_whole, read_json


async def json_object(
    request: Request, known: Collection[str] | None = None, largest: int = MAXIMUM_BYTES
) -> dict[str, Any]:
    """The body as a JSON object; an empty body is an empty object.

    Raises:
        SendLess: it has `largest` bytes or more; reading stops there.
        CorrectInput: it isn't an object, holds what can't be stored, or unknown fields.
    """
    body = await raw_body(request, largest)
    value = read_json(body, largest) if body else {}
    if not isinstance(value, dict):
        raise CorrectInput("The body is not a JSON object.", "Send {…}.", field="body")
    if known is not None and (unknown := sorted(set(value) - set(known))):
        raise CorrectInput(
            f"'{unknown[0][:80]}' is not a field.",
            f"Fields are: {', '.join(sorted(known))}.",
            field=unknown[0][:80],
        )
    return value


async def raw_body(request: Request, largest: int = MAXIMUM_BYTES) -> bytes:
    """The body as it was sent.

    Raises:
        SendLess: it has `largest` bytes or more; reading stops there.
    """
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size >= largest:
            raise SendLess(
                f"The body has more than {largest - 1} bytes.",
                "Send less, or several requests.",
            )
        chunks.append(chunk)
    return b"".join(chunks)


def query_of(request: Request) -> dict[str, list[str]]:
    """The query string's values by name.

    Raises:
        CorrectInput: a part of it isn't UTF-8, which would be another text if it were mended.
    """
    sent: bytes = request.scope["query_string"]
    values: dict[str, list[str]] = {}
    pairs = parse_qsl(
        sent.decode(errors="surrogateescape"), keep_blank_values=True, errors="surrogateescape"
    )
    for name, value in pairs:
        for text, field in ((name, "query string"), (value, name)):
            if not is_whole(text):
                raise CorrectInput(
                    f"'{field}' is not UTF-8.", "Percent-encode its UTF-8 bytes.", field=field
                )
        values.setdefault(name, []).append(value)
    return values


def text_in(
    body: dict[str, Any], field: str, longest: int, *, required: bool = False
) -> str | None:
    """A field of a body as a text.

    Raises:
        CorrectInput: it is missing though needed, too long, or no text.
    """
    value = body.get(field)
    if value is None and not required:
        return None
    if not isinstance(value, str):
        problem = "is needed" if value is None else "is not a text"
        raise CorrectInput(f"'{field}' {problem}.", f"Send '{field}' as a text.", field=field)
    if len(value) > longest:
        raise CorrectInput(
            f"'{field}' has {len(value)} characters.", f"Send at most {longest}.", field=field
        )
    return value
