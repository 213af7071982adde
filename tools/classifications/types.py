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
    """A column and the label it carries; `regulations`: the frameworks that the label touches."""

    id: str
    asset_id: str
    column: str
    label: str
    category: str
    sensitivity: str
    regulations: list[str] = []
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


class Decision(Explanation):
    """A classification as a person decided on it, and what scans learn of it.

    `like`: columns of the same name and type in the same family of sources; `changing`: those whose
    label their next scan changes, at most 20 of `changing_total`; `ahead` says so in words.
    """

    like: int
    changing: list[str]
    changing_total: int
    ahead: str


class Withheld(Result):
    """A label that scans don't give a column, because of a decision on a like one."""

    column: str
    label: str
    score: float
    decision_id: str
    explanation: str


class Explanations(Result):
    """The classifications of one asset with their evidence; and what decisions withhold from it."""

    asset: str
    items: list[Explanation]
    withheld: list[Withheld] = []


class DecisionWithdrawn(Result):
    """A decision that was taken back: what it had been, and what the label is on the column now."""

    asset_id: str
    column: str
    label: str
    was: str
    by: str
    now: str


class LessonDetail(Cited):
    """A decision that teaches, and its effects.

    It reaches columns of the same name, type and form of values in the same family of sources.
    `like`: how many others have name, type and family alike; `withheld_from` and `suggested_on`:
    where the last scans have heeded it.
    """

    id: str
    asset_id: str
    column: str
    label: str
    verdict: str
    by: str
    at: datetime
    family: str
    like: int
    withheld_from: list[str]
    suggested_on: list[str]

    def citation(self) -> Citation:
        return asset_citation(
            self.asset_id, "column", self.column, f"{self.label}: {self.verdict} by {self.by}"
        )


class AssetClassified(Result):
    """What classifying a table or column found; `withheld` says what decisions kept from it."""

    asset: str
    rule_set: str
    rule_set_version: int
    columns: int
    values: int
    items: list[Explanation]
    withheld: list[Withheld]
    no_longer_found: int


class Propagated(Result):
    """What became of a label on one column along the lineage, and why.

    `outcome`: suggested, present (suggested already), left (a person decided, or it doesn't fit)
    or withdrawn (where it came from has it no more).
    """

    asset_id: str
    column: str
    label: str
    outcome: str
    score: float | None
    reason: str
    path: list[str]


class Propagation(Result):
    """How labels were carried along lineage. `truncated`: the lineage, or this list, was cut."""

    asset: str
    items: list[Propagated]
    suggested: int
    left: int
    total: int
    returned: int
    truncated: bool


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
