"""What the operations on lineage return beside `types`."""

from __future__ import annotations

from typing import Literal

from tools.catalog.types import LineageLink
from tools.values import Result


class RejectedEvent(Result):
    """An event that was not taken in, by its place among those sent, and why."""

    index: int
    reason: str


class UnknownDataset(Result):
    """A dataset, or a column of one, that the catalog doesn't hold."""

    namespace: str
    name: str
    column: str | None = None


class LineageProblem(Result):
    """What was not understood, by its line in SQL or its node in a dbt manifest, and why."""

    line: int | None = None
    node: str | None = None
    reason: str


class LineageIngestion(Result):
    """What came of lineage that was sent. Lists are cut at 200, their totals are not.

    `received` counts events, SQL statements or nodes of a dbt manifest.
    """

    form: Literal["openlineage", "sql", "dbt"] = "openlineage"
    received: int
    ingested: int
    repeated: int
    rejected: list[RejectedEvent]
    pipelines: list[str]
    edges_added: int
    edges_removed: int = 0
    edges: list[LineageLink] = []
    edges_total: int = 0
    problems: list[LineageProblem] = []
    problems_total: int = 0
    unknown: list[UnknownDataset]
    unknown_total: int


class SqlStatement(Result):
    """What a statement writes, if anything, and reads; temporary tables are looked through."""

    line: int
    writes: str | None
    reads: list[str]


class SqlColumnFlow(Result):
    """A column that is made of another; `*` stands for columns that aren't known."""

    line: int
    source_table: str
    source_column: str
    target_table: str | None
    target_column: str


class SqlLineageReading(Result):
    """The lineage in SQL text. `columns` is cut at 1,000, `columns_total` is not."""

    statements: int
    items: list[SqlStatement]
    columns: list[SqlColumnFlow]
    columns_total: int
    truncated: bool
    problems: list[LineageProblem]
