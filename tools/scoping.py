"""Rows that a caller may see, decided in every query: set by the kernel, forgotten by nobody.

The kernel marks a session with the sources and the person it is good for; every ORM query of
that session is then restricted, whatever the operation's author wrote.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    event,
    false,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from tools.catalog.tables import Asset
from tools.classifications.tables import Classification, Label
from tools.data_sources.tables import Source
from tools.database import Base, Owned, SourceScoped
from tools.policy import LEVELS, Decision, Held

# How rows name the assets that they tell of.
_ASSETS = ("asset_id", "upstream_id", "downstream_id")


def restrict(session: AsyncSession, decision: Decision, user_id: str) -> None:
    """From now on the session sees only what the decision reaches, and this person's own rows."""
    session.sync_session.info["visible"] = _visible(decision, user_id)


@event.listens_for(Session, "do_orm_execute")
def _apply(state: ORMExecuteState) -> None:
    visible = state.session.info.get("visible")
    if visible is None or not state.is_select:
        return
    state.statement = state.statement.options(*visible)


@lru_cache(maxsize=1_000)
def _visible(decision: Decision, user_id: str) -> tuple[Any, ...]:
    return tuple(_criteria(decision, user_id))


def _criteria(decision: Decision, user_id: str) -> Iterator[Any]:
    for entity in _marked(Owned):
        yield with_loader_criteria(entity, entity.user_id == user_id, include_aliases=True)
    if decision.sources is None:
        return
    for entity in _marked(SourceScoped):
        yield with_loader_criteria(entity, _in_reach(entity, decision), include_aliases=True)
    for entity in _marked(Source):
        yield with_loader_criteria(
            entity, entity.id.in_(sorted(decision.sources)), include_aliases=True
        )


def _in_reach(entity: Any, decision: Decision) -> ColumnElement[bool]:
    if not decision.partial:
        return entity.source_id.in_(sorted(decision.sources or ()))  # type: ignore[no-any-return]
    of_asset = [key for key in _ASSETS if key in entity.__mapper__.column_attrs]
    if issubclass(entity, Asset):
        of_asset = ["id"]
    if not of_asset:  # what is told of a whole source
        return entity.source_id.in_(sorted(decision.whole or ()))  # type: ignore[no-any-return]
    reached = reached_assets(decision)
    return or_(
        entity.source_id.in_(sorted(decision.whole or ())),
        and_(*(getattr(entity, key).in_(reached) for key in of_asset)),
    )


def reached_assets(decision: Decision, among: Collection[str] | None = None) -> Select[str]:
    """The ids of the assets (`among` these) that a decision reaches; a column as its table is."""
    every, unit = Asset.__table__.alias(), Asset.__table__.alias()
    of = case((every.c.kind == "column", every.c.parent_id), else_=every.c.id)
    allowed = [_area(one, unit) for one in decision.areas if not one.denies]
    denied = [_area(one, unit) for one in decision.areas if one.denies]
    reached = (
        select(every.c.id)
        .select_from(every.join(unit, unit.c.id == of))
        .where(
            unit.c.source_id.in_(sorted(decision.sources or ())),
            or_(
                unit.c.source_id.in_(sorted(decision.whole or ())),
                and_(or_(*allowed), not_(or_(false(), *denied))),
            ),
        )
    )
    return reached if among is None else reached.where(every.c.id.in_(among))


def _area(held: Held, unit: Any) -> ColumnElement[bool]:
    found: list[ColumnElement[bool]] = [true()]
    if held.sources is not None:
        found.append(unit.c.source_id.in_(sorted(held.sources)))
    if held.domains is not None:
        found.append(
            and_(unit.c.domain_id.is_not(None), unit.c.domain_id.in_(sorted(held.domains)))
        )
    if held.levels is not None and held.denies:
        found.append(_labelled(unit, held.levels))
    elif held.levels is not None:
        found.append(not_(_labelled(unit, frozenset(LEVELS) - held.levels)))
    return and_(*found)


def _labelled(unit: Any, levels: frozenset[str]) -> ColumnElement[bool]:
    """Whether a table or one of its columns carries a label of one of these levels."""
    given, label, part = Classification.__table__, Label.__table__, Asset.__table__.alias()
    return (
        select(1)
        .select_from(
            given.join(label, label.c.id == given.c.label).join(part, part.c.id == given.c.asset_id)
        )
        .where(
            or_(part.c.id == unit.c.id, part.c.parent_id == unit.c.id),
            given.c.status != "rejected",
            label.c.sensitivity.in_(sorted(levels)),
        )
        .correlate(unit)
        .exists()
    )


@cache
def _marked(mark: type[Any]) -> list[type[Any]]:
    return [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, mark)]
