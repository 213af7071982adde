"""What a source is opened with and what it tells of itself; plain values."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, SecretStr

SourceKind = Literal["sqlite", "postgresql", "duckdb", "files"]
CoarseType = Literal["text", "integer", "number", "date", "datetime", "boolean", "binary", "other"]


class ConnectorError(Exception):
    """A source can't be opened, or fails; never holds a password or a value."""

    def __init__(self, code: str, detail: str, remedy: str) -> None:
        super().__init__(f"{detail} {remedy}")
        self.code, self.detail, self.remedy = code, detail, remedy


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Connection(_Frozen):
    """How to open a source. `location`: a file's or folder's path, or a URL without password."""

    kind: SourceKind
    location: str
    password: SecretStr | None = None
    schemas: tuple[str, ...] = ()


class Health(_Frozen):
    """A source that answers."""

    latency_ms: float
    server_version: str


class ColumnInfo(_Frozen):
    """A column; `data_type` as the database names it, `position` from 1."""

    name: str
    data_type: str
    coarse_type: CoarseType
    nullable: bool
    position: int
    primary_key_position: int | None = None
    comment: str | None = None


class ForeignKey(_Frozen):
    """A foreign key, its columns pairwise."""

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
    """All that a source holds; `dialect` is sqlglot's name, `warnings` what couldn't be read."""

    tables: tuple[TableInfo, ...]
    dialect: str
    server_version: str
    warnings: tuple[str, ...] = ()


def coarse_type(data_type: str) -> CoarseType:
    """What a database's type amounts to, by the words in its name."""
    name = data_type.lower()
    words: tuple[tuple[CoarseType, tuple[str, ...]], ...] = (
        ("text", ("enum(",)),
        ("binary", ("blob", "bytea", "binary", "image")),
        ("boolean", ("bool", "bit")),
        ("datetime", ("timestamp", "datetime")),
        ("date", ("date",)),
        ("other", ("interval", "[]", "struct", "map(", "tsvector", "point", "list")),
        ("integer", ("int", "serial", "hugeint")),
        ("number", ("num", "dec", "float", "double", "real", "money")),
    )
    for coarse, parts in words:
        if any(part in name for part in parts):
            return coarse
    return "text"
