"""What assets are chosen by: conditions on them that several operations share."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Literal, get_args

from pydantic import Field
from sqlalchemy import ColumnElement, String, and_, cast, exists, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.contract_tables import DataContract
from tools.catalog.facets import carries
from tools.catalog.glossary_tables import TermLink
from tools.catalog.tables import Asset, AssetProfile, LineageEdge, QualityCheck
from tools.classifications.labels import find_label, with_descendants
from tools.classifications.tables import Classification, Label
from tools.compliance.facts import Sensitivity

AssetKind = Literal[
    "database",
    "schema",
    "table",
    "view",
    "column",
    "file",
    "dashboard",
    "pipeline",
    "metric",
    "data_product",
]
Lack = Literal[
    "description",
    "owner",
    "classification",
    "tag",
    "domain",
    "term",
    "lineage",
    "profile",
    "quality_check",
    "contract",
]
State = Annotated[
    Literal["certified", "deprecated"] | None, Field(description="Only those that are so")
]


_ENDS = (LineageEdge.upstream_id, LineageEdge.downstream_id)
# The assets that have one, by what may be missing.
_HOLDERS: Mapping[str, ColumnElement[bool]] = {
    "term": Asset.id.in_(select(TermLink.asset_id)),
    "profile": Asset.id.in_(select(AssetProfile.asset_id)),
    "quality_check": Asset.id.in_(select(QualityCheck.asset_id)),
    "contract": exists().where(cast(DataContract.assets, String).contains(Asset.id)),
    "lineage": or_(*(Asset.id.in_(select(end)) for end in _ENDS)),
}


def has_tag(tag: str) -> ColumnElement[bool]:
    written = cast(Asset.tags, String)
    # As JSON text: with letters beyond ASCII as they are, or escaped
    forms = {json.dumps(tag.lower(), ensure_ascii=plain) for plain in (True, False)}
    return or_(*(written.contains(form, autoescape=True) for form in sorted(forms)))


def is_so(state: str | None) -> list[ColumnElement[bool]]:
    if state is None:
        return []
    of = Asset.certification if state == "certified" else Asset.deprecated_at
    return [of.is_not(None)]


async def holds(session: AsyncSession, labels: Sequence[str]) -> list[ColumnElement[bool]]:
    """What chooses assets that carry each of these labels, or one below it, on their columns."""
    return [
        carries(Label.id.in_(await with_descendants(session, await find_label(session, one))))
        for one in labels
    ]


def is_sensitive(at_least: Sensitivity | None) -> list[ColumnElement[bool]]:
    """What chooses assets with columns at this level of sensitivity or above."""
    if at_least is None:
        return []
    levels = get_args(Sensitivity)
    return [carries(Label.sensitivity.in_(levels[levels.index(at_least) :]))]


def lacks(what: Lack) -> ColumnElement[bool]:
    if what == "description":
        return and_(Asset.description.is_(None), Asset.comment.is_(None))
    if what == "owner":
        return Asset.owner.is_(None)
    if what == "tag":
        return cast(Asset.tags, String) == "[]"
    if what == "domain":
        return Asset.domain_id.is_(None)
    if what in _HOLDERS:
        return not_(_HOLDERS[what])
    classified = (
        select(Asset.id, Asset.parent_id)
        .join(Classification, Classification.asset_id == Asset.id)
        .where(Classification.status != "rejected")
        .subquery()
    )
    tables = select(classified.c.parent_id).where(classified.c.parent_id.is_not(None))
    return and_(Asset.id.not_in(select(classified.c.id)), Asset.id.not_in(tables))
