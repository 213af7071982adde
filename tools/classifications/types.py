"""What classifications' operations return."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tools.catalog.types import asset_citation
from tools.values import Citation, Cited, Result


class LabelDetail(Cited):
    """An entry of the taxonomy, with how many columns carry it. `parent`: the label above it."""

    id: str
    title: str
    category: str
    sensitivity: str
    regulations: list[str]
    synonyms: list[str] = []
    description: str = ""
    parent: str | None = None
    builtin: bool = False
    columns: int = 0

    def citation(self) -> Citation:
        return Citation(
            id=self.id,
            kind="label",
            title=self.title,
            url="/api/classifications/list-labels",
            snippet=f"{self.category}, {self.sensitivity}",
        )


class LabelDeleted(Result):
    """A label that is gone. `reassigned`: the columns that carry `now` instead."""

    id: str
    title: str
    now: str | None
    reassigned: int
    dropped: int


class ClassifiedColumn(Cited):
    """A column and the label it carries."""

    id: str
    asset_id: str
    column: str
    label: str
    category: str
    sensitivity: str
    status: str
    score: float
    covered: bool

    def citation(self) -> Citation:
        return asset_citation(
            self.asset_id, "column", self.column, f"{self.label}, {self.status}, {self.score:.2f}"
        )


class Explanation(Cited):
    """Why a column carries a label: what was tested, what matched, samples masked."""

    asset_id: str
    column: str
    label: str
    status: str
    score: float
    set_by: str
    evidence: dict[str, Any]
    updated_at: datetime

    def citation(self) -> Citation:
        return Citation(
            id=self.asset_id,
            kind="classification",
            title=f"{self.column}: {self.label}",
            url=f"/api/classifications/explain-classification?asset={self.asset_id}",
            snippet=str(self.evidence.get("explanation", ""))[:200],
        )


class Explanations(Result):
    """The classifications of one asset with their evidence."""

    asset: str
    items: list[Explanation]


class LevelCount(Result):
    """How many columns stand at a level of sensitivity."""

    sensitivity: str
    columns: int


class LabelCount(Result):
    """How many columns carry a label."""

    label: str
    category: str
    columns: int


class SensitivitySummary(Result):
    """How sensitive a source, or all of them, is."""

    source: str | None
    columns: int
    classified: int
    levels: list[LevelCount]
    labels: list[LabelCount]
    unreviewed: int
