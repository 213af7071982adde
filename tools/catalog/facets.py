"""Facets: what the assets that were found have in common, counted in the database.

Each property is counted under all filters but its own. Of a table, the labels of its columns
count as its own. Only what the session may see is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, func, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.domain_tables import Domain
from tools.catalog.search_types import Facet, FacetValue
from tools.catalog.tables import Asset
from tools.classifications.tables import Classification, Label
from tools.data_sources.tables import Source

SHOWN = 50
NONE = "none"
Counted = Iterable[tuple[Any, int]]


@dataclass
class Found:
    """What was found: the condition that chooses it, and the filters by the facets' names."""

    base: Sequence[ColumnElement[bool]]
    filters: dict[str, ColumnElement[bool]] = field(default_factory=dict)

    def where(self, but: str | None = None) -> list[ColumnElement[bool]]:
        """All conditions, but for the filter of one facet."""
        return [*self.base, *(one for name, one in self.filters.items() if name != but)]


async def facets_of(
    session: AsyncSession, found: Found, kinds: Mapping[str, int] | None = None
) -> list[Facet]:
    """All facets. `kinds`: more of these kinds, which aren't in the table of assets."""
    state = case(
        (Asset.deprecated_at.is_not(None), "deprecated"),
        (Asset.certification.is_not(None), "certified"),
        else_=NONE,
    )
    counted = await _grouped(
        session,
        found,
        {
            "kind": Asset.kind,
            "source": Asset.source_id,
            "domain": Asset.domain_id,
            "owner": Asset.owner,
            "state": state,
        },
    )
    by_kind = Counter(dict(counted["kind"]))
    by_kind.update(kinds or {})
    names = await _names(session, Source, Domain) if counted["source"] else {}
    labelled, titles = await _labelled(
        session, found, {"label": (Label.id, Label.title), "sensitivity": (Label.sensitivity,) * 2}
    )
    return [
        _facet("kind", by_kind.items()),
        _facet("source", counted["source"], names),
        _facet("domain", counted["domain"], names),
        _facet("owner", counted["owner"]),
        _facet("state", counted["state"]),
        _facet("tag", await _tags(session, found)),
        _facet("label", labelled["label"], titles),
        _facet("sensitivity", labelled["sensitivity"]),
    ]


def carries(wanted: ColumnElement[bool]) -> ColumnElement[bool]:
    """What chooses assets that carry such a label themselves, or on one of their columns."""
    labelled = (
        select(Classification.asset_id)
        .join(Label, Label.id == Classification.label)
        .where(Classification.status != "rejected", wanted)
    )
    tables = select(Asset.parent_id).where(Asset.id.in_(labelled), Asset.parent_id.is_not(None))
    return or_(Asset.id.in_(labelled), Asset.id.in_(tables))


async def _grouped(
    session: AsyncSession, found: Found, columns: Mapping[str, ColumnElement[Any] | Any]
) -> dict[str, list[tuple[Any, int]]]:
    """How many assets have each value of each of these columns, in one statement."""
    counts = [
        select(literal(name), cast(column, String), func.count(Asset.id))
        .where(*found.where(name))
        .group_by(column)
        for name, column in columns.items()
    ]
    counted: dict[str, list[tuple[Any, int]]] = {name: [] for name in columns}
    for name, value, count in await session.execute(union_all(*counts)):
        counted[name].append((value, count))
    return counted


async def _names(session: AsyncSession, *models: type[Source] | type[Domain]) -> dict[str, str]:
    named = union_all(*(select(model.id, model.name) for model in models))
    return {row.id: row.name for row in await session.execute(named)}


async def _tags(session: AsyncSession, found: Found) -> Counted:
    counted: Counter[str] = Counter()
    for tags in await session.scalars(select(Asset.tags).where(*found.where("tag"))):
        counted.update(tags)
    return counted.items()


async def _labelled(
    session: AsyncSession, found: Found, columns: Mapping[str, tuple[Any, Any]]
) -> tuple[dict[str, list[tuple[Any, int]]], dict[str, str]]:
    """How many assets carry labels with each value of these columns, and the values' titles.

    A table counts once for all its columns.
    """
    counts = []
    for name, (column, title) in columns.items():
        chosen = select(Asset.id).where(*found.where(name))
        holder = case((Asset.id.in_(chosen), Asset.id), else_=Asset.parent_id)
        counts.append(
            select(literal(name), column, func.min(title), func.count(holder.distinct()))
            .select_from(Classification)
            .join(Label, Label.id == Classification.label)
            .join(Asset, Asset.id == Classification.asset_id)
            .where(
                Classification.status != "rejected",
                or_(Asset.id.in_(chosen), Asset.parent_id.in_(chosen)),
            )
            .group_by(column)
        )
    counted: dict[str, list[tuple[Any, int]]] = {name: [] for name in columns}
    titles = {}
    for name, value, title, count in await session.execute(union_all(*counts)):
        counted[name].append((value, count))
        titles[value] = title
    return counted, titles


def _facet(name: str, counted: Counted, labels: Mapping[str, str] | None = None) -> Facet:
    known = {(NONE if value is None else str(value)): count for value, count in counted if count}
    values = [
        FacetValue(value=value, label=(labels or {}).get(value, value), count=count)
        for value, count in known.items()
    ]
    values.sort(key=lambda one: (-one.count, one.label))
    return Facet(
        name=name,
        values=values[:SHOWN],
        values_total=len(values),
        truncated=len(values) > SHOWN,
    )
