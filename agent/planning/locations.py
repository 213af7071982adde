"""What a path or URL says about the source that lies there: its kind and a name for it."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit

_SQLITE = re.compile(r"\.(sqlite3?|db3?)$", re.IGNORECASE)
_DIALECTS = {"postgres": "postgresql", "mariadb": "mysql"}


def is_location(text: str) -> bool:
    """Whether words could be a path or a database's URL; a web address is a service's."""
    return bool(re.search(r"[/\\.:]", text)) and not re.match(r"https?://", text, re.IGNORECASE)


def source_kind(location: str) -> str:
    """The kind of source that lies at a path or URL."""
    scheme, separator, _ = location.partition("://")
    if separator:
        dialect = scheme.lower().partition("+")[0]
        known = _DIALECTS.get(dialect, dialect)
        return known if known in ("postgresql", "mysql") else "sqlalchemy"
    if _SQLITE.search(location):
        return "sqlite"
    return "duckdb" if location.lower().endswith(".duckdb") else "files"


def source_name(location: str) -> str:
    """A name for a source from its database's, file's or folder's name."""
    path = urlsplit(location).path if "://" in location else location.replace("\\", "/")
    stem = PurePosixPath(path.rstrip("/")).stem
    return as_name(stem) or "source"


def as_name(said: str) -> str:
    """Words as a name that a source may have: "my films" is my_films."""
    plain = re.sub(r"[^A-Za-z0-9_-]+", "_", said).strip("_")
    return f"db_{plain}" if plain and not plain[0].isalpha() else plain
