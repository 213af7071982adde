"""What a source is opened with, and what it tells of itself. Plain frozen values; no I/O."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict, SecretStr

SourceKind = Literal["sqlite", "postgresql", "mysql", "duckdb", "files", "sqlalchemy"]
CoarseType = Literal["text", "integer", "number", "date", "datetime", "boolean", "binary", "other"]

# The first that is found in a type's name decides, so `interval` and `point` stand before `int`.
_COARSE: tuple[tuple[CoarseType, str], ...] = (
    ("text", r"^(enum|set)\b"),
    ("other", r"[\[<]|^(struct|map|union|list|array|row|time|timetz)\b|interval|point|range"),
    ("binary", r"blob|bytea|binary|image|^bit varying|^bit\((?!1\))|^raw"),
    ("boolean", r"bool|^bit\b"),
    ("datetime", r"timestamp|datetime"),
    ("date", r"^date"),
    ("integer", r"int|serial|^year\b"),
    ("number", r"\b(num|dec|float|double|real|money|fixed)"),
    ("text", r"char|text|clob|string|uuid|json|xml|inet|cidr|macaddr|^name$|^any$"),
)


class ConnectorError(Exception):
    """A source may not or can't be opened, or fails; never holds a password or a data value."""

    def __init__(self, code: str, detail: str, remedy: str) -> None:
        super().__init__(f"{detail} {remedy}")
        self.code, self.detail, self.remedy = code, detail, remedy


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Connection(_Frozen):
    """How to open a source. `location`: a file's or folder's path, or a server's URL."""

    kind: SourceKind
    location: str
    password: SecretStr | None = None
    schemas: tuple[str, ...] = ()
    """Only these; empty for all but the system's."""


class Health(_Frozen):
    """A source that answers."""

    latency_ms: float
    server_version: str


class ColumnInfo(_Frozen):
    """A column; `data_type` as the database names it, positions from 1."""

    name: str
    data_type: str
    coarse_type: CoarseType
    nullable: bool
    position: int
    primary_key_position: int | None = None
    comment: str | None = None


class ForeignKey(_Frozen):
    """A foreign key, its columns pairwise; no target columns if the target is not there."""

    columns: tuple[str, ...]
    target_schema: str | None
    target_table: str
    target_columns: tuple[str, ...]


class TableInfo(_Frozen):
    """A table or view. `row_count` is exact, or the database's estimate for very large tables."""

    schema_name: str | None
    name: str
    kind: Literal["table", "view"]
    columns: tuple[ColumnInfo, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()
    comment: str | None = None
    row_count: int | None = None
    view_sql: str | None = None
    bytes: int | None = None


class Inventory(_Frozen):
    """All that a source holds; `dialect` is sqlglot's name, `warnings` tell what is missing."""

    tables: tuple[TableInfo, ...]
    dialect: str
    server_version: str
    warnings: tuple[str, ...] = ()


def coarse_type(data_type: str) -> CoarseType:
    """What a database's type amounts to, by its name."""
    name = data_type.lower()
    return next((coarse for coarse, words in _COARSE if re.search(words, name)), "other")
