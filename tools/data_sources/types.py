"""What data_sources' operations return."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from tools.values import Citation, Cited, Result


class SourceSummary(Cited):
    """A source, without its credentials."""

    id: str
    name: str
    kind: str
    location: str
    environment: str
    owner: str | None
    tags: list[str]
    status: str
    created_at: datetime
    discovered_at: datetime | None
    scanned_at: datetime | None
    credentials_at: datetime | None = None
    warnings: list[str] = []

    def citation(self) -> Citation:
        return Citation(
            id=self.id,
            kind="source",
            title=self.name,
            url=f"/api/data-sources/get-source?source={self.id}",
            snippet=f"{self.kind} source in {self.environment}, {self.status}",
        )


class ConnectorField(Result):
    """What a kind of source needs to be registered."""

    name: str
    required: bool
    description: str


class ConnectorKind(Result):
    """A kind of source, and whether its driver is installed."""

    kind: str
    title: str
    installed: bool
    fields: list[ConnectorField]


class ConnectorKinds(Result):
    """The kinds of sources that can be registered."""

    items: list[ConnectorKind]


class TableRows(Result):
    """A table and its rows, as last discovered."""

    table: str
    rows: int


class SourceHealth(Cited):
    """Whether a source answers. Tables and rows are those of the last discovery."""

    source: str
    reachable: bool
    latency_ms: float | None
    server_version: str | None
    detail: str
    last_scan: datetime | None
    last_discovery: datetime | None = None
    tables: int = 0
    rows: int = 0
    largest: list[TableRows] = []
    source_id: str = Field(description="The source's id")

    def citation(self) -> Citation:
        return Citation(
            id=self.source_id,
            kind="source",
            title=self.source,
            url=f"/api/data-sources/get-source?source={self.source_id}",
            snippet=self.detail,
        )


class SourceProfile(Cited):
    """What a source holds, in numbers."""

    id: str
    name: str
    kind: str
    schemas: int
    tables: int
    views: int
    columns: int
    rows: int
    size_bytes: int | None
    sensitive_columns: int
    unscanned: bool

    def citation(self) -> Citation:
        return Citation(
            id=self.id,
            kind="source",
            title=self.name,
            url=f"/api/data-sources/summarize-source?source={self.id}",
            snippet=f"{self.tables} tables, {self.columns} columns, "
            f"{self.sensitive_columns} sensitive",
        )


class DiscoveryReport(Cited):
    """What a discovery found, and what differs from the last one.

    `totals` counts what the lists hold in full; `truncated`: a list here holds less.
    """

    source_id: str
    source: str
    tables: int
    views: int
    columns: int
    foreign_keys: int
    lineage_edges: int
    rows: int
    added: list[str]
    dropped: list[str]
    retyped: list[str]
    renamed: list[str] = []
    warnings: list[str]
    unchanged: int = 0
    totals: dict[str, int] = {}
    truncated: bool = False

    def citation(self) -> Citation:
        return Citation(
            id=self.source_id,
            kind="source",
            title=self.source,
            url=f"/api/data-sources/get-source?source={self.source_id}",
            snippet=f"{self.tables} tables and {self.views} views discovered",
        )


class UploadedFile(Cited):
    """A file that was stored, and the tables that it became."""

    source_id: str
    source: str
    file: str
    bytes: int
    sha256: str
    tables: list[str]

    def citation(self) -> Citation:
        return Citation(
            id=self.source_id,
            kind="source",
            title=self.source,
            url=f"/api/data-sources/get-source?source={self.source_id}",
            snippet=f"{self.file} with {self.bytes} bytes",
        )


class Removed(Result):
    """What was removed."""

    id: str
    name: str
    assets: int = 0
