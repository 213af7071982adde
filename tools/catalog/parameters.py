"""The arguments of a quality check, read against its kind and its column's type. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from math import isfinite, nan
from typing import Any

from tools.catalog import measures as m
from tools.catalog.checks import FITS, OF_COLUMNS, TAKES
from tools.catalog.tables import Asset
from tools.errors import CorrectInput


def name_of(kind: str, column: Asset | None, taken: set[str]) -> str:
    """`email not null`, and `email not null 2` where that is taken."""
    base = f"{column.name} {kind}".replace("_", " ") if column else kind.replace("_", " ")
    base = base[:190]
    number = 1
    while (name := base if number == 1 else f"{base} {number}") in taken:
        number += 1
    return name


def parameters_of(
    kind: str, column: Asset | None, table: Asset, given: Mapping[str, Any]
) -> dict[str, Any]:
    """The arguments that the kind takes, checked against its column's type."""
    takes = TAKES[kind]
    stray = next(
        (one for one, value in given.items() if value is not None and one not in takes), ""
    )
    if stray:
        raise CorrectInput(
            f"A check of the kind {kind} takes no '{stray}'.",
            f"It takes: {', '.join(takes) or 'nothing'}.",
            field=stray,
        )
    chosen = {one: given[one] for one in takes if given[one] not in (None, [])}
    if takes and not chosen:
        raise CorrectInput(
            f"A check of the kind {kind} needs {' or '.join(takes)}.", "Give it.", field=takes[0]
        )
    if kind not in OF_COLUMNS:
        return _bounds({one: _number(one, value) for one, value in chosen.items()})
    if column is None:
        raise CorrectInput(
            f"A check of the kind {kind} is of a column, and {table.qualified_name} is a table.",
            f"Name the column, such as {table.qualified_name}.COLUMN.",
            field="asset",
        )
    fits = FITS.get(kind)
    if fits and column.coarse_type not in fits:
        raise CorrectInput(
            f"'{column.qualified_name}' is of the type {column.data_type}, which a check of the "
            f"kind {kind} can't measure.",
            f"It measures: {', '.join(fits)}.",
            field="asset",
        )
    if kind == "range":
        read = _moment if column.coarse_type in m.TEMPORAL else _number
        return _bounds({one: read(one, value) for one, value in chosen.items()})
    if kind == "accepted_values" and column.coarse_type in m.NUMERIC:
        return {"values": [_number("values", value) for value in chosen["values"]]}
    return chosen


def _bounds(chosen: dict[str, Any]) -> dict[str, Any]:
    least, most = chosen.get("minimum"), chosen.get("maximum")
    if least is not None and most is not None and _place(least) > _place(most):
        raise CorrectInput(
            f"'minimum' is {least}, which is more than 'maximum', {most}: nothing could pass.",
            "Give the lower bound as minimum.",
            field="minimum",
        )
    return chosen


def _place(bound: float | str) -> float:
    """Where a bound lies among others of its kind; a moment without a zone is taken as UTC."""
    if not isinstance(bound, str):
        return bound
    moment = datetime.fromisoformat(bound)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _number(name: str, value: object) -> int | float:
    try:
        number = float(str(value))
    except ValueError:
        number = nan
    if not isfinite(number):
        raise CorrectInput(f"'{name}' is not a number.", "Give a number.", field=name)
    return int(number) if number.is_integer() else number


def _moment(name: str, value: object) -> str:
    try:
        text = str(value)
        at = datetime.fromisoformat(text) if len(text) > 10 else date.fromisoformat(text)
    except ValueError:
        raise CorrectInput(
            f"'{name}' is not a date.", "Give a date such as 2026-03-31.", field=name
        ) from None
    return at.isoformat()
