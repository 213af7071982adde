"""What the catalog's operations return."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from tools.values import Citation, Cited, Page, Result


def asset_citation(asset_id: str, kind: str, name: str, snippet: str = "") -> Citation:
    """The citation of an asset."""
    return Citation(
        id=asset_id,
        kind=kind,
        title=name,
        url=f"/api/advanced-catalog/get-asset?asset={asset_id}",
        snippet=snippet,
    )


class AssetSummary(Cited):
    """An asset in a list. `dependents`: how many assets are made of it directly."""

    id: str
    kind: str
    name: str
    qualified_name: str
    source_id: str
    data_type: str | None = None
    description: str | None = None
    comment: str | None = None
    owner: str | None = None
    domain: str | None = None
    tags: list[str] = []
    row_count: int | None = None
    status: str | None = None
    certification: str | None = None
    deprecated_at: datetime | None = None
    labels: list[str] = []
    dependents: int = 0

    def citation(self) -> Citation:
        described = self.description or self.comment or ""
        return asset_citation(self.id, self.kind, self.qualified_name, described[:200])


class KeyReference(Result):
    """A foreign key's column and what it refers to."""

    column: str
    refers_to: str


class PipelineRun(Result):
    """A run of a pipeline, as its events tell."""

    run_id: str
    status: Literal["running", "complete", "failed", "aborted"]
    started_at: datetime
    ended_at: datetime | None
    parent: str | None
    inputs: list[str]
    outputs: list[str]


class AssetDetail(AssetSummary):
    """An asset in full: for a table its columns and keys, for a pipeline its latest runs.

    `made_of` and `feeds`: what a registered asset is directly made of, and what it feeds; a
    database's or schema's tables are `made_of`, too. Both are cut at 200, their totals are not.
    """

    nullable: bool | None = None
    key_position: int | None = None
    primary_key: list[str] = []
    foreign_keys: list[KeyReference] = []
    referred_by: list[str] = []
    columns: list[AssetSummary] = []
    view_sql: str | None = None
    size_bytes: int | None = None
    owner_inherited: bool = False
    certification_reason: str | None = None
    certified_by: str | None = None
    certified_at: datetime | None = None
    deprecation_reason: str | None = None
    sunset_on: str | None = None
    successor: str | None = None
    runs: list[PipelineRun] = []
    runs_total: int = 0
    url: str | None = None
    formula: str | None = None
    made_of: list[AssetSummary] = []
    made_of_total: int = 0
    feeds: list[AssetSummary] = []
    feeds_total: int = 0


class LineageNode(Cited):
    """An asset in a lineage, `distance` steps away."""

    id: str
    kind: str
    qualified_name: str
    distance: int
    via: str
    labels: list[str] = []

    def citation(self) -> Citation:
        return asset_citation(self.id, self.kind, self.qualified_name, f"via {self.via}")


class LineageLink(Result):
    """One edge of a lineage."""

    upstream: str
    downstream: str
    kind: str
    event_id: str | None = None
    evidence: str | None = None


class ColumnLineage(Result):
    """The columns that a column is made of, and those that are made of it."""

    column: str
    upstream: list[str]
    downstream: list[str]


class Lineage(Cited):
    """What feeds an asset and what it feeds, `depth` steps far.

    500 assets and 2,000 edges are listed each way; the totals count all. `deeper`: there is more
    beyond the depth. `columns`: of a table, if it was asked for.
    """

    asset_id: str
    asset: str
    kind: str
    direction: Literal["upstream", "downstream", "both"]
    depth: int
    upstream: list[LineageNode]
    upstream_total: int
    downstream: list[LineageNode]
    downstream_total: int
    edges: list[LineageLink]
    edges_total: int
    truncated: bool
    deeper: bool
    columns: list[ColumnLineage] | None = None

    def citation(self) -> Citation:
        return asset_citation(self.asset_id, self.kind, self.asset)


class Impact(Cited):
    """What breaks, or has to be looked at, if an asset goes."""

    asset_id: str
    asset: str
    kind: str
    breaks: list[LineageNode]
    breaks_total: int
    references: list[LineageNode]
    findings_closed: int
    rules: list[str]
    owners: list[str]
    truncated: bool

    def citation(self) -> Citation:
        return asset_citation(self.asset_id, self.kind, self.asset)


class Deprecation(Cited):
    """An asset that is to be used no longer, and what still depends on it."""

    asset_id: str
    asset: str
    kind: str
    reason: str
    successor: str | None
    was_successor_of: list[str] = []
    sunset_on: str | None
    dependents: list[LineageNode]
    dependents_total: int
    quality_checks: int
    owners: list[str]
    truncated: bool

    def citation(self) -> Citation:
        return asset_citation(self.asset_id, self.kind, self.asset, self.reason)


class Owner(Result):
    """An owner, and what they own."""

    owner: str
    assets: int
    examples: list[str]


class Owners(Result):
    """Who owns what, and how much is owned by nobody."""

    items: list[Owner]
    unowned_tables: int
    asset: str | None = None


class QualityOutcome(Result):
    """How a check came out once; `failed_share` is of the rows, from 0 to 1."""

    at: datetime
    status: Literal["passed", "failed", "error"]
    rows: int | None
    failed_rows: int | None
    failed_share: float | None
    detail: str


class QualityCheckSummary(Result):
    """A quality check. Values are left out of `parameters` where the column's are hidden."""

    id: str
    name: str
    kind: str
    asset: str
    column: str | None
    parameters: dict[str, Any]
    created_by: str
    created_at: datetime


class CheckResult(QualityOutcome):
    """What came of one check in a run."""

    check_id: str
    name: str
    kind: str
    column: str | None


class QualityRun(Cited):
    """What came of running the checks of a table.

    `ok`: there are some, none failed, and all could be measured. `note`: what to do where none are.
    """

    asset_id: str
    asset: str
    ok: bool
    checks: int
    passed: int
    failed: int
    errors: int
    results: list[CheckResult]
    note: str | None = None

    def citation(self) -> Citation:
        snippet = self.note or f"{self.passed} of {self.checks} quality checks passed"
        return asset_citation(self.asset_id, "table", self.asset, snippet)


class CheckStanding(QualityCheckSummary):
    """A check with its latest results, newest first; `runs` is how many there are in all.

    `trend` is of the failing rows' share since the run before. `failing_since`: the first of the
    failures that have no success after them.
    """

    status: Literal["passed", "failed", "error", "never run"]
    history: list[QualityOutcome]
    runs: int
    trend: Literal["better", "worse", "same", "unknown"] = "unknown"
    failing_since: datetime | None = None


class ListedCheck(QualityCheckSummary, Cited):
    """A check of any table, with its latest result; `asset` is the table."""

    asset_id: str
    status: Literal["passed", "failed", "error", "never run"]
    latest: QualityOutcome | None

    def citation(self) -> Citation:
        snippet = self.latest.detail if self.latest else "never run"
        return asset_citation(self.asset_id, "table", self.asset, f"{self.name}: {snippet}")


class QualityPoint(Result):
    """How the checks of an asset came out in one run."""

    at: datetime
    passed: int
    failed: int
    errors: int


class Quality(Cited):
    """How the quality checks of an asset stand; `trend` has the latest 30 runs, newest first."""

    asset_id: str
    asset: str
    kind: str
    checks: int
    passed: int
    failed: int
    errors: int
    never_run: int
    items: list[CheckStanding]
    trend: list[QualityPoint] = []

    def citation(self) -> Citation:
        snippet = f"{self.passed} of {self.checks} quality checks passed"
        return asset_citation(self.asset_id, self.kind, self.asset, snippet)


class HistogramBin(Result):
    """How many of the sampled values lie in a part of their range."""

    least: int | float | str
    greatest: int | float | str
    count: int


class ValuePattern(Result):
    """A form that texts have: `A` and `a` stand for letters, `9` for digits, `+` for more of it."""

    pattern: str
    share: float


class ColumnProfile(Result):
    """What a column holds, in numbers. `masked`: its values are hidden, since it is classified.

    `least` and `greatest` are given of numbers and dates, `shortest` and `longest` of texts.
    `mean`, `quantiles`, `histogram` and `patterns` are those of `sampled` values.
    """

    column_id: str
    name: str
    data_type: str | None
    nulls: int
    null_share: float
    distinct: int | None
    least: int | float | str | None
    greatest: int | float | str | None
    shortest: int | None
    longest: int | None
    masked: bool
    distinct_estimated: bool = False
    sampled: int | None = None
    mean: float | None = None
    quantiles: dict[str, int | float | str] | None = None
    histogram: list[HistogramBin] | None = None
    patterns: list[ValuePattern] | None = None


class Profile(Cited):
    """What a table holds, in numbers, at one moment."""

    asset_id: str
    asset: str
    kind: str
    rows: int
    at: datetime
    profiled_by: str
    columns: list[ColumnProfile]
    profiles: int

    def citation(self) -> Citation:
        return asset_citation(self.asset_id, self.kind, self.asset, f"{self.rows} rows")


class SchemaDifference(Result):
    """One difference between two schemas: a table or column, and what was there before."""

    change: Literal["added", "dropped", "renamed", "retyped", "nullable_changed", "key_changed"]
    name: str
    kind: str
    before: str | None
    after: str | None


class SchemaComparison(Page[SchemaDifference]):
    """The differences between two schemas, or between two times of one, and how many of each."""

    before: str
    after: str
    added: int
    dropped: int
    retyped: int
    nullable_changed: int
    renamed: int = 0
    key_changed: int = 0
