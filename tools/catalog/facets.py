"""Facets: what the assets that were found have in common, counted in the database.

Each property is counted under all filters but its own. Of a table, the labels of its columns
count as its own. Only what the session may see is counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.domain_tables import Domain
from tools.catalog.search_types import Facet, FacetValue
from tools.catalog.tables import Asset
from tools.classifications.tables import Classification, Label
from tools.data_sources.tables import Source

SHOWN = 50
NONE = "none"
FACETS = ("kind", "source", "domain", "owner", "state", "tag", "label", "sensitivity")
STATE = case(
    (Asset.deprecated_at.is_not(None), "deprecated"),
    (Asset.certification.is_not(None), "certified"),
    else_=NONE,
)


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
    counted: dict[str, list[FacetValue]] = {name: [] for name in FACETS}
    for name, value, label, count in await session.execute(
        union_all(
            _by(found, "kind", Asset.kind),
            _by(found, "source", Asset.source_id, Source.name).outerjoin(Source),
            _by(found, "domain", Asset.domain_id, Domain.name).outerjoin(Domain),
            _by(found, "owner", Asset.owner),
            _by(found, "state", STATE),
            _by(found, "tag", _each_tag(session)),
            _by_label(found, "label", Label.id, Label.title),
            _by_label(found, "sensitivity", Label.sensitivity, Label.sensitivity),
        )
    ):
        one = value or NONE
        counted[name].append(FacetValue(value=one, label=label or one, count=count))
    counted["kind"] += [
        FacetValue(value=kind, label=kind, count=count)
        for kind, count in (kinds or {}).items()
        if count
    ]
    return [_facet(name, values) for name, values in counted.items()]


def carries(wanted: ColumnElement[bool]) -> ColumnElement[bool]:
    """What chooses assets that carry such a label themselves, or on one of their columns."""
    labelled = (
        select(Classification.asset_id)
        .join(Label, Label.id == Classification.label)
        .where(Classification.status != "rejected", wanted)
    )
    tables = select(Asset.parent_id).where(Asset.id.in_(labelled), Asset.parent_id.is_not(None))
    return or_(Asset.id.in_(labelled), Asset.id.in_(tables))


def _by(found: Found, name: str, column: Any, label: Any = None) -> Select[Any, Any, Any, int]:
    """How many assets have each value of a column, with what people call it."""
    called = column if label is None else label
    return (
        select(
            literal(name),
            cast(column, String),
            func.min(cast(called, String)),
            func.count(Asset.id),
        )
        .where(*found.where(name))
        .group_by(column)
    )


def _each_tag(session: AsyncSession) -> Any:
    """Each tag of an asset, which then stands in as many rows."""
    split = {"sqlite": func.json_each, "postgresql": func.json_array_elements_text}
    of = split[session.get_bind().dialect.name](Asset.tags)
    return of.table_valued("value", joins_implicitly=True).c.value


def _by_label(found: Found, name: str, column: Any, label: Any) -> Select[Any, Any, Any, int]:
    """How many assets carry labels with each value; a table counts once for all its columns."""
    chosen = select(Asset.id).where(*found.where(name))
    holder = case((Asset.id.in_(chosen), Asset.id), else_=Asset.parent_id)
    return (
        select(literal(name), column, func.min(label), func.count(holder.distinct()))
        .select_from(Classification)
        .join(Label, Label.id == Classification.label)
        .join(Asset, Asset.id == Classification.asset_id)
        .where(
            Classification.status != "rejected",
            or_(Asset.id.in_(chosen), Asset.parent_id.in_(chosen)),
        )
        .group_by(column)
    )


def _facet(name: str, values: list[FacetValue]) -> Facet:
    values.sort(key=lambda one: (-one.count, one.label))
    return Facet(
        name=name,
        values=values[:SHOWN],
        values_total=len(values),
        truncated=len(values) > SHOWN,
    )
