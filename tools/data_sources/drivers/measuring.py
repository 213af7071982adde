"""Aggregates as SQLAlchemy expressions, written out as one query in a source's dialect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, select, text
from sqlalchemy.engine import Dialect

Measures = Mapping[str, ColumnElement[Any]]


def one_query(
    measures: Measures, relation: str, dialect: Dialect
) -> tuple[str, dict[str, Any], list[Any]]:
    """The query over `relation` (SQL, quoted already), with its values by name and by place."""
    expressions = [one.label(f"m{number}") for number, one in enumerate(measures.values())]
    statement = select(*expressions).select_from(text(relation.replace(":", r"\:")))
    compiled = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    values = dict(compiled.params)
    return str(compiled), values, [values[name] for name in compiled.positiontup or ()]
