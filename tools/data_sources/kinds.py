"""The kinds of sources: what each is called here, where it lies, and the driver that opens it."""

from __future__ import annotations

from typing import Literal, NamedTuple

from tools.data_sources.inventory import SourceKind as Kind

Status = Literal["registered", "connected", "discovered", "unreachable"]


class KindFacts(NamedTuple):
    """`driver`: the module that has to be importable. `server`: asked by URL, with a password."""

    title: str
    location: str
    driver: str
    server: bool = False


KINDS: dict[Kind, KindFacts] = {
    "sqlite": KindFacts("SQLite file", "The database file's path", "sqlite3"),
    "postgresql": KindFacts("PostgreSQL", "postgresql://user@host:port/database", "psycopg", True),
    "mysql": KindFacts("MySQL or MariaDB", "mysql://user@host:port/database", "pymysql", True),
    "duckdb": KindFacts("DuckDB file", "The database file's path", "duckdb"),
    "files": KindFacts("Folder of CSV, Parquet, JSON or Excel", "The folder's path", "duckdb"),
    "sqlalchemy": KindFacts(
        "Another server that SQLAlchemy has a dialect for",
        "dialect+driver://user@host:port/database",
        "sqlalchemy",
        True,
    ),
}

__all__ = ["KINDS", "Kind", "KindFacts", "Status"]
