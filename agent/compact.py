"""Results as a model reads them: compact text, records of one kind as a table, in pages. Pure.

Nothing is left out without being said: what doesn't fit on a page is on the next ones, which
`read_more` shows by the result's handle.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

PAGE_CHARACTERS = 6_000
LINE_CHARACTERS = 2_000
SEPARATOR = " | "


def pages_of(content: Mapping[str, Any]) -> list[str]:
    """The pages of a result; lines are never torn, unless one alone is longer than a page's part.

    A table that goes on has its header on every page.
    """
    pages: list[str] = []
    page: list[str] = []
    room, header = PAGE_CHARACTERS, ""
    for line, heading in _lines(content, ""):
        if heading is not None:
            header = heading
        for part in _parts(line):
            if len(part) + 1 > room and page:
                pages.append("\n".join(page))
                page = [header] if header and part != header else []
                room = PAGE_CHARACTERS - len(header)
            page.append(part)
            room -= len(part) + 1
    return [*pages, "\n".join(page)]


def _parts(line: str) -> Iterator[str]:
    for start in range(0, max(len(line), 1), LINE_CHARACTERS):
        yield line[start : start + LINE_CHARACTERS]


def _lines(content: Mapping[str, Any], indent: str) -> Iterator[tuple[str, str | None]]:
    """Each line, and the header that holds from it on ("" for none; None: the one before)."""
    plain = {name: value for name, value in content.items() if not _is_deep(value)}
    for name, value in plain.items():
        yield f"{indent}{name}: {_flat(value)}", ""
    for name, value in content.items():
        if name in plain:
            continue
        if isinstance(value, Mapping):
            yield f"{indent}{name}:", ""
            yield from _lines(value, indent + "  ")
        else:
            columns = list(dict.fromkeys(key for record in value for key in record))
            yield f"{indent}{name}, {len(value)}:", ""
            header = indent + SEPARATOR.join(columns)
            yield header, header
            for record in value:
                cells = (_cell(record.get(column)) for column in columns)
                yield indent + SEPARATOR.join(cells), None


def _is_deep(value: object) -> bool:
    """Whether a value gets lines of its own: an object, or a list of objects."""
    if isinstance(value, Mapping):
        return bool(value)
    return (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and bool(value)
        and all(isinstance(item, Mapping) for item in value)
    )


def _flat(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str | int | float) for item in value):
        return ", ".join(map(str, value))
    return json.dumps(value, ensure_ascii=False, default=str, separators=(",", ":"))


def _cell(value: object) -> str:
    """A value in a row, in which a line break or a bar would be taken for the next value."""
    if value is None:
        return ""
    return " ".join(_flat(value).split()).replace("|", "¦")
