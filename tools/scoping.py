"""Rows that a caller may see, decided in every query: set by the kernel, forgotten by nobody.

The kernel marks a session with the sources and the person it is good for; every ORM query of
that session is then restricted, whatever the operation's author wrote.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from tools.database import Base, Owned, SourceScoped


def restrict(session: AsyncSession, sources: frozenset[str] | None, user_id: str) -> None:
    """From now on the session's queries see only these sources (None: all) and this person's own."""
    session.sync_session.info["visible"] = (sources, user_id)


@event.listens_for(Session, "do_orm_execute")
def _apply(state: ORMExecuteState) -> None:
    visible = state.session.info.get("visible")
    if visible is None or not state.is_select:
        return
    state.statement = state.statement.options(*_criteria(*visible))


def _criteria(sources: frozenset[str] | None, user_id: str) -> Iterator[Any]:
    for mapper in Base.registry.mappers:
        entity = mapper.class_
        if issubclass(entity, Owned):
            yield with_loader_criteria(entity, entity.user_id == user_id, include_aliases=True)
        if sources is None:
            continue
        if issubclass(entity, SourceScoped):
            yield with_loader_criteria(
                entity, entity.source_id.in_(sorted(sources)), include_aliases=True
            )
        elif entity.__tablename__ == "sources":
            yield with_loader_criteria(entity, entity.id.in_(sorted(sources)), include_aliases=True)
