"""What is asked of a source about its tables: aggregates only, as SQLAlchemy expressions. Pure."""

from __future__ import annotations

from datetime import UTC, datetime
from math import ceil, log, log2
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
from sqlalchemy.dialects.postgresql import BIT

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


ESTIMATES = ("duckdb", "files", "postgresql")
BITS = 1 << 15
SHARE = 64
"""One value in so many, by its hash, is put into the bitmap of a table of up to LINEAR rows."""
LINEAR = 10_000_000


def about_distinct(
    of: ColumnElement[Any], source_kind: str, data_type: str | None, rows: int
) -> ColumnElement[Any]:
    """What `distinct_of_answer` makes a number of different values out of, in one pass.

    DuckDB has a sketch for it. For PostgreSQL it is linear counting (Whang and others, 1990): a bit
    for each hash, of one part of the hashes; unlike `count(DISTINCT …)` its workers can share it.
    """
    if source_kind != "postgresql":
        return func.approx_count_distinct(of)
    share, hashed = _share(rows), _hashed(of, data_type or "")
    place = hashed.op("/")(share).op("&")(BITS - 1)
    bit = func.set_bit(cast(func.repeat("0", BITS), BIT(BITS)), place, 1)
    return as_text(func.bit_or(bit).filter(hashed.op("&")(share - 1) == 0))


def distinct_of_answer(answer: object, rows: int) -> int:
    """The number of different values, by what `about_distinct` was answered with."""
    if not isinstance(answer, str):
        return int(str(answer or 0))
    free = max(answer.count("0"), 1)
    return round(BITS * log(BITS / free)) * _share(rows)


def _share(rows: int) -> int:
    return SHARE << max(0, ceil(log2(max(rows, 1) / LINEAR)))


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
