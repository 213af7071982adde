"""What is asked of a source about its tables: aggregates only, as SQLAlchemy expressions. Pure."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Double,
    String,
    case,
    cast,
    column,
    distinct,
    func,
    quoted_name,
)

NUMERIC = ("integer", "number")
TEMPORAL = ("date", "datetime")
COUNTABLE = ("text", "boolean", *NUMERIC, *TEMPORAL)
ROWS = "rows"


def named(name: str) -> ColumnElement[Any]:
    """A column, by the name that it has in its source."""
    return column(quoted_name(name, True))


def rows() -> ColumnElement[int]:
    """How many rows there are."""
    return func.count()


def nulls(of: ColumnElement[Any]) -> ColumnElement[int]:
    """How many rows have no value."""
    return func.count() - func.count(of)


def distinct_values(of: ColumnElement[Any]) -> ColumnElement[int]:
    """How many different values there are."""
    return func.count(distinct(of))


HASHED = 64
"""One in so many values is counted where an estimate of the different values is enough."""
ESTIMATES = ("duckdb", "files", "postgresql")


def about_distinct(
    of: ColumnElement[Any], source_kind: str, data_type: str | None
) -> ColumnElement[int]:
    """About how many different values there are, in one pass that keeps few of them.

    DuckDB has a sketch for it. PostgreSQL counts the values whose hash falls into one of 64 parts.
    """
    if source_kind == "postgresql":
        hashed = _hashed(of, data_type or "")
        return func.count(distinct(hashed)).filter(hashed.op("&")(HASHED - 1) == 0) * HASHED
    return func.approx_count_distinct(of)


def _hashed(of: ColumnElement[Any], data_type: str) -> ColumnElement[int]:
    """PostgreSQL's own hash of a value; by way of text it would take three times as long."""
    match data_type.partition("(")[0]:
        case "smallint" | "integer" | "bigint":
            return func.hashint8(cast(of, BigInteger))
        case "real" | "double precision":
            return func.hashfloat8(cast(of, Double))
        case "numeric":
            return func.hash_numeric(of)
        case "timestamp without time zone":
            return func.timestamp_hash(of)
        case "timestamp with time zone":
            return func.timestamp_hash(func.timezone("UTC", of))
    return func.hashtext(as_text(of))


def repeated(of: ColumnElement[Any]) -> ColumnElement[int]:
    """How many rows have a value that another row before them has."""
    return func.count(of) - func.count(distinct(of))


def where(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows fulfil a condition."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def as_text(of: ColumnElement[Any]) -> ColumnElement[str]:
    """A value as text."""
    return cast(of, String)


def moment(of: ColumnElement[Any], source_kind: str) -> ColumnElement[Any]:
    """A value as a moment without a zone; SQLite has no type for it, and text in its place."""
    return func.datetime(of) if source_kind == "sqlite" else cast(of, DateTime)


def earliest(of: ColumnElement[Any], source_kind: str) -> ColumnElement[str]:
    """The first moment, as text: databases know moments that Python doesn't."""
    return as_text(func.min(moment(of, source_kind)))


def latest(of: ColumnElement[Any], source_kind: str) -> ColumnElement[str]:
    """The last moment, as text."""
    return as_text(func.max(moment(of, source_kind)))


def bound(at: datetime, source_kind: str) -> Any:
    """A moment that `moment` can be compared with."""
    plain = (at.astimezone(UTC) if at.tzinfo else at).replace(tzinfo=None, microsecond=0)
    if source_kind == "sqlite":
        return plain.isoformat(sep=" ")
    return cast(plain, DateTime)


def as_moment(value: object) -> datetime | None:
    """What a source answered to `earliest` or `latest`; None where it isn't one of Python's."""
    try:
        return datetime.fromisoformat(str(value)).replace(tzinfo=UTC)
    except ValueError:
        return None
