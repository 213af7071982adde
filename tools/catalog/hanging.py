"""What hangs on assets in the catalog, and goes with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from tools.catalog.glossary_tables import TermLink
from tools.catalog.tables import (
    AssetProfile,
    LineageEdge,
    LineageEvent,
    QualityCheck,
    QualityResult,
)
from tools.classifications.tables import WithheldLabel


def hanging_on(ids: Select[str]) -> Iterator[tuple[type[Any], ColumnElement[bool]]]:
    """Edges from and to these assets, quality checks with results, profiles, labels and terms.

    Of pipelines also their events, and the edges that these are the evidence of. What refers to
    others comes before them.
    """
    events = select(LineageEvent.id).where(LineageEvent.pipeline_id.in_(ids))
    yield LineageEdge, LineageEdge.upstream_id.in_(ids)
    yield LineageEdge, or_(LineageEdge.downstream_id.in_(ids), LineageEdge.event_id.in_(events))
    yield LineageEvent, LineageEvent.pipeline_id.in_(ids)
    on = or_(QualityCheck.asset_id.in_(ids), QualityCheck.column_id.in_(ids))
    yield QualityResult, QualityResult.check_id.in_(select(QualityCheck.id).where(on))
    yield QualityCheck, on
    for model in (AssetProfile, WithheldLabel, TermLink):
        yield model, model.asset_id.in_(ids)
