"""Rows that a caller may see, decided in every query: set by the kernel, forgotten by nobody.

The kernel marks a session with the sources and the person it is good for; every ORM query of
that session is then restricted, whatever the operation's author wrote.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from tools.data_sources.tables import Source
from tools.database import Base, Owned, SourceScoped


def restrict(session: AsyncSession, sources: frozenset[str] | None, user_id: str) -> None:
    """From now on the session sees only these sources (None: all) and this person's own rows."""
    session.sync_session.info["visible"] = (sources, user_id)


@event.listens_for(Session, "do_orm_execute")
def _apply(state: ORMExecuteState) -> None:
    visible = state.session.info.get("visible")
    if visible is None or not state.is_select:
        return
    state.statement = state.statement.options(*_criteria(*visible))


def _criteria(sources: frozenset[str] | None, user_id: str) -> Iterator[Any]:
    for entity in _marked(Owned):
        yield with_loader_criteria(entity, entity.user_id == user_id, include_aliases=True)
    if sources is None:
        return
    for entity in _marked(SourceScoped):
        yield with_loader_criteria(
            entity, entity.source_id.in_(sorted(sources)), include_aliases=True
        )
    for entity in _marked(Source):
        yield with_loader_criteria(entity, entity.id.in_(sorted(sources)), include_aliases=True)


@cache
def _marked(mark: type[Any]) -> list[type[Any]]:
    return [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, mark)]
