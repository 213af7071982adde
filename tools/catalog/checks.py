"""The kinds of quality checks: what each needs, what it asks of the source, how it is judged. Pure.

A judgement says how many rows fail, and never which value they have.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, or_

from tools.catalog import measures as m

Kind = Literal["not_null", "unique", "accepted_values", "range", "row_count", "freshness"]
OF_COLUMNS = ("not_null", "unique", "accepted_values", "range", "freshness")
TAKES: dict[str, tuple[str, ...]] = {
    "not_null": (),
    "unique": (),
    "accepted_values": ("values",),
    "range": ("minimum", "maximum"),
    "row_count": ("minimum", "maximum"),
    "freshness": ("hours",),
}
FITS: dict[str, tuple[str, ...]] = {
    "unique": m.COUNTABLE,
    "accepted_values": ("text", "boolean", *m.NUMERIC),
    "range": (*m.NUMERIC, *m.TEMPORAL),
    "freshness": m.TEMPORAL,
}
FAILING = {
    "not_null": "have no value",
    "unique": "repeat the value of another",
    "accepted_values": "have a value that is not accepted",
    "range": "lie outside the range",
}


@dataclass(frozen=True)
class Check:
    """A check as it is measured. `coarse`: the column's type; `hidden`: its values are."""

    id: str
    kind: str
    column: str | None
    coarse: str | None
    parameters: Mapping[str, Any]
    hidden: bool = False


@dataclass(frozen=True)
class Judgement:
    """How a check came out."""

    status: Literal["passed", "failed", "error"]
    detail: str
    rows: int | None = None
    failed_rows: int | None = None


def asked(check: Check, source_kind: str) -> dict[str, ColumnElement[Any]]:
    """What the source is asked for a check, beside the number of rows."""
    if check.column is None:
        return {}
    of = m.named(check.column)
    match check.kind:
        case "not_null":
            return {check.id: m.nulls(of)}
        case "unique":
            return {check.id: m.repeated(m.as_text(of) if check.coarse == "text" else of)}
        case "accepted_values":
            values = list(check.parameters["values"])
            if check.coarse not in m.NUMERIC:
                of, values = m.as_text(of), [str(one) for one in values]
            return {check.id: m.where(of.is_not(None) & of.not_in(values))}
        case "freshness":
            return {check.id: m.latest(of, source_kind)}
    least, most = check.parameters.get("minimum"), check.parameters.get("maximum")
    if check.coarse in m.TEMPORAL:
        of = m.moment(of, source_kind)
        least, most = (
            None if one is None else m.bound(datetime.fromisoformat(one), source_kind)
            for one in (least, most)
        )
    outside = [of < least] if least is not None else []
    outside += [of > most] if most is not None else []
    return {check.id: m.where(or_(*outside))}


def judge(check: Check, answers: Mapping[str, Any], moment: datetime) -> Judgement:
    """What the source's answers mean."""
    rows = int(answers[m.ROWS])
    if check.kind == "row_count":
        least, most = check.parameters.get("minimum"), check.parameters.get("maximum")
        passed = (least is None or rows >= least) and (most is None or rows <= most)
        wanted = " and ".join(
            f"at {word} {bound:g}"
            for word, bound in (("least", least), ("most", most))
            if bound is not None
        )
        return Judgement(
            "passed" if passed else "failed", f"{rows} rows, {wanted} are expected.", rows
        )
    if check.kind == "freshness":
        return _fresh(check, answers[check.id], rows, moment)
    failed = int(answers[check.id])
    share = f" ({failed / rows:.1%})" if failed and rows else ""
    return Judgement(
        "failed" if failed else "passed",
        f"{failed} of {rows} rows{share} {FAILING[check.kind]}.",
        rows,
        failed,
    )


def _fresh(check: Check, newest: object, rows: int, moment: datetime) -> Judgement:
    at, allowed = m.as_moment(newest), float(check.parameters["hours"])
    if at is None:
        return Judgement("failed", f"None of {rows} rows says when it is from.", rows)
    age = (moment - at).total_seconds() / 3600
    said = "" if check.hidden else f" The newest row is {max(age, 0):.1f} hours old."
    if age <= allowed:
        return Judgement("passed", f"There are rows of the last {allowed:g} hours.{said}", rows)
    return Judgement("failed", f"No row is of the last {allowed:g} hours.{said}", rows)
