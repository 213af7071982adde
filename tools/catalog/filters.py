"""What assets are chosen by: conditions on them that several operations share."""

from __future__ import annotations

import json
from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import ColumnElement, String, and_, cast, or_, select

from tools.catalog.tables import Asset
from tools.classifications.tables import Classification

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
Lack = Literal["description", "owner", "classification", "tag"]
State = Annotated[
    Literal["certified", "deprecated"] | None, Field(description="Only those that are so")
]


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


def lacks(what: Lack) -> ColumnElement[bool]:
    if what == "description":
        return and_(Asset.description.is_(None), Asset.comment.is_(None))
    if what == "owner":
        return Asset.owner.is_(None)
    if what == "tag":
        return cast(Asset.tags, String) == "[]"
    classified = (
        select(Asset.id, Asset.parent_id)
        .join(Classification, Classification.asset_id == Asset.id)
        .where(Classification.status != "rejected")
        .subquery()
    )
    tables = select(classified.c.parent_id).where(classified.c.parent_id.is_not(None))
    return and_(Asset.id.not_in(select(classified.c.id)), Asset.id.not_in(tables))
