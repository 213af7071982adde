"""Tables of the catalog: assets (tables, views, columns), their keys and lineage."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from tools.database import Base, Captured, SourceScoped, now

RELATIONS = ("table", "view")
"""The kinds of assets that hold rows."""
FLOWS = ("view", "pipeline", "query", "dbt", "declared")
"""The kinds of edges along which data moves."""
REGISTERED = ("file", "dashboard", "pipeline", "metric", "data_product")
"""The kinds of assets that people, or events, tell of: no discovery finds them."""


class Asset(Captured, SourceScoped, Base):
    """A table, a view or a column (`qualified_name` is source.[schema.]table[.column]), or one of
    the `REGISTERED` kinds: source.kinds:name, with its rights from that source.

    A pipeline (a job that reads or writes tables) has its job's namespace as its schema. What a
    dashboard, metric or data product is made of are its upstream edges.
    """

    __tablename__ = "assets"
    __label__ = "qualified_name"
    __table_args__ = (UniqueConstraint("qualified_name"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), index=True)
    name: Mapped[str] = mapped_column(String(300), index=True)
    qualified_name: Mapped[str]
    search_name: Mapped[str] = mapped_column(index=True)
    schema_name: Mapped[str | None] = mapped_column(String(200))
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("assets.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    data_type: Mapped[str | None] = mapped_column(String(200))
    coarse_type: Mapped[str | None] = mapped_column(String(12))
    nullable: Mapped[bool | None]
    key_position: Mapped[int | None]
    comment: Mapped[str | None]
    description: Mapped[str | None]
    owner: Mapped[str | None] = mapped_column(String(200))
    tags: Mapped[list[str]] = mapped_column(default=list)
    row_count: Mapped[int | None] = mapped_column(BigInteger)
    size_bytes: Mapped[int | None] = mapped_column(BigInteger)
    view_sql: Mapped[str | None]
    status: Mapped[str | None] = mapped_column(String(20))
    url: Mapped[str | None]
    formula: Mapped[str | None]
    certification: Mapped[str | None] = mapped_column(String(10), index=True)
    certification_reason: Mapped[str | None]
    certified_by: Mapped[str | None] = mapped_column(String(200))
    certified_at: Mapped[datetime | None]
    deprecation_reason: Mapped[str | None]
    deprecated_at: Mapped[datetime | None] = mapped_column(index=True)
    sunset_on: Mapped[str | None] = mapped_column(String(10))
    successor: Mapped[str | None]
    domain_id: Mapped[str | None] = mapped_column(ForeignKey("domains.id"), index=True)
    domain_own: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The domain was given to this very asset; else it follows from its schema or source."""
    created_at: Mapped[datetime] = mapped_column(default=now)


class LineageEdge(Captured, SourceScoped, Base):
    """Something flows, or refers, from one asset to another.

    `kind`: `view` (a view reads it), `foreign_key` (the downstream refers to the upstream),
    `pipeline` (a job reads, writes or derives it; the latest event that said so is its evidence),
    `query` (SQL text; `evidence` is the script and line), `dbt` (the project and node) or
    `declared` (a person said it).
    """

    __tablename__ = "lineage_edges"
    __label__ = "kind"

    upstream_id: Mapped[str] = mapped_column(ForeignKey("assets.id"), primary_key=True)
    downstream_id: Mapped[str] = mapped_column(
        ForeignKey("assets.id"), primary_key=True, index=True
    )
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    event_id: Mapped[str | None] = mapped_column(ForeignKey("lineage_events.id"), index=True)
    evidence: Mapped[str | None] = mapped_column(String(400))


class LineageEvent(Captured, Base):
    """An OpenLineage run event that was taken in: once for each run, type and time.

    `pipeline_id` is None while nothing that the job reads or writes is catalogued.
    """

    __tablename__ = "lineage_events"
    __label__ = "job_name"
    __table_args__ = (UniqueConstraint("run_id", "event_type", "event_time"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    pipeline_id: Mapped[str | None] = mapped_column(ForeignKey("assets.id"), index=True)
    run_id: Mapped[str] = mapped_column(String(36))
    event_type: Mapped[str] = mapped_column(String(8))
    event_time: Mapped[datetime]
    job_namespace: Mapped[str] = mapped_column(String(200))
    job_name: Mapped[str] = mapped_column(String(300))
    producer: Mapped[str] = mapped_column(String(500))
    parent: Mapped[dict[str, Any] | None]
    nominal_start: Mapped[datetime | None]
    nominal_end: Mapped[datetime | None]
    inputs: Mapped[list[str]] = mapped_column(default=list)
    outputs: Mapped[list[str]] = mapped_column(default=list)
    received_at: Mapped[datetime] = mapped_column(default=now)


class QualityCheck(Captured, SourceScoped, Base):
    """What has to hold of a table, or of one of its columns (`column_id`)."""

    __tablename__ = "quality_checks"
    __label__ = "name"
    __decides__ = True
    __table_args__ = (UniqueConstraint("asset_id", "name"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    asset_id: Mapped[str] = mapped_column(ForeignKey("assets.id"), index=True)
    column_id: Mapped[str | None] = mapped_column(ForeignKey("assets.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(300))
    parameters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(default=now)


class QualityResult(Captured, SourceScoped, Base):
    """How a check came out once. `status`: passed, failed or error (it couldn't be measured)."""

    __tablename__ = "quality_results"
    __label__ = "asset"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    asset: Mapped[str]
    check_id: Mapped[str] = mapped_column(ForeignKey("quality_checks.id"), index=True)
    status: Mapped[str] = mapped_column(String(10))
    rows: Mapped[int | None] = mapped_column(BigInteger)
    failed_rows: Mapped[int | None] = mapped_column(BigInteger)
    detail: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=now, index=True)


class AssetProfile(Captured, SourceScoped, Base):
    """What a table's columns hold, in numbers, at one moment; no values of classified columns."""

    __tablename__ = "asset_profiles"
    __label__ = "asset"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    asset_id: Mapped[str] = mapped_column(ForeignKey("assets.id"), index=True)
    asset: Mapped[str]
    rows: Mapped[int] = mapped_column(BigInteger)
    columns: Mapped[list[dict[str, Any]]]
    profiled_by: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(default=now, index=True)
