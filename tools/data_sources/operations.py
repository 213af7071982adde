"""Reading sources: lists, health, previews. Opened read-only, in a thread, with time-outs."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Annotated

from pydantic import Field
from sqlalchemy import distinct, func, select

from tools.catalog.assets import find_asset
from tools.catalog.tables import RELATIONS, Asset
from tools.classifications.tables import Label
from tools.context import Context
from tools.data_sources.connectors import Health
from tools.data_sources.kinds import KINDS, Kind, Status
from tools.data_sources.previewing import previewed
from tools.data_sources.sources import connection_of, find_source, try_out, with_connector
from tools.data_sources.tables import Source
from tools.data_sources.types import (
    ConnectorField,
    ConnectorKind,
    ConnectorKinds,
    SourceHealth,
    SourceProfile,
    SourceSummary,
    TableRows,
)
from tools.errors import CorrectInput, LookAgain
from tools.masking import SENSITIVE, sensitive_columns, unjudged_columns
from tools.operation import operation
from tools.values import AssetRef, Cursor, Limit, Page, RowColumn, Rows, SourceRef, page, paged

LARGEST = 10


@operation(
    "data_sources.list_sources",
    permission="data_sources.read",
    examples=(
        "List the data sources",
        "Which databases do we have?",
        "Show production sources",
        "Which sources are unreachable?",
    ),
)
async def list_sources(
    ctx: Context,
    kind: Annotated[Kind | None, Field(description="Only sources of this kind")] = None,
    status: Annotated[Status | None, Field(description="Only sources in this state")] = None,
    environment: Annotated[str | None, Field(description="Only of this environment")] = None,
    owner: Annotated[str | None, Field(description="Only of this owner")] = None,
    tag: Annotated[str | None, Field(description="Only with this tag")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[SourceSummary]:
    """List the registered data sources."""
    query = select(Source).order_by(Source.name)
    if kind:
        query = query.where(Source.kind == kind)
    if status:
        query = query.where(Source.status == status)
    if environment:
        query = query.where(func.lower(Source.environment) == environment.lower())
    if owner:
        query = query.where(func.lower(Source.owner) == owner.lower())
    if tag:
        tagged = [
            source.id
            for source in await ctx.session.scalars(select(Source))
            if tag.lower() in source.tags
        ]
        query = query.where(Source.id.in_(tagged))
    rows, total = await paged(ctx.session, query, limit, cursor)
    return page([SourceSummary.model_validate(row) for row in rows], total, cursor)


@operation(
    "data_sources.get_source",
    permission="data_sources.read",
    target="source",
    examples=("Tell me about the source crm", "What is pagila?"),
)
async def get_source(ctx: Context, source: SourceRef) -> SourceSummary:
    """Show one source: kind, place, environment, owner, when it was discovered and scanned."""
    return SourceSummary.model_validate(await find_source(ctx.session, source))


@operation(
    "data_sources.list_connectors",
    permission="data_sources.read",
    examples=("What kinds of sources can I connect?", "Which connectors are there?"),
)
async def list_connectors(ctx: Context) -> ConnectorKinds:
    """List the kinds of sources that can be registered and what each needs."""
    return ConnectorKinds(
        items=[
            ConnectorKind(
                kind=kind,
                title=facts.title,
                installed=find_spec(facts.driver) is not None,
                fields=[
                    ConnectorField(name="name", required=True, description="How it is called here"),
                    ConnectorField(name="location", required=True, description=facts.location),
                    *(
                        [
                            ConnectorField(
                                name="password", required=False, description="Stored encrypted"
                            )
                        ]
                        if facts.server
                        else []
                    ),
                ],
            )
            for kind, facts in KINDS.items()
        ]
    )


@operation(
    "data_sources.check_health",
    permission="data_sources.read",
    target="source",
    reaches=True,
    timeout=45,
    examples=("Is crm reachable?", "Check the health of pagila"),
)
async def check_health(ctx: Context, source: SourceRef) -> SourceHealth:
    """Check whether a source answers: latency, version, last scan, tables with their rows."""
    found = await find_source(ctx.session, source)
    counted = select(func.count(Asset.id), func.sum(Asset.row_count)).where(
        Asset.source_id == found.id, Asset.kind.in_(RELATIONS)
    )
    tables, rows = (await ctx.session.execute(counted)).one()
    largest = await ctx.session.execute(
        select(Asset.qualified_name, Asset.row_count)
        .where(Asset.source_id == found.id, Asset.kind == "table", Asset.row_count.is_not(None))
        .order_by(Asset.row_count.desc(), Asset.qualified_name)
        .limit(LARGEST)
    )
    connection = connection_of(found, ctx.services.secret_box)
    health = await ctx.outside(
        ("health", found.kind, found.location), lambda _progress: try_out(connection), 40
    )
    return SourceHealth(
        source=found.name,
        source_id=found.id,
        reachable=isinstance(health, Health),
        latency_ms=health.latency_ms if isinstance(health, Health) else None,
        server_version=health.server_version if isinstance(health, Health) else None,
        detail="It answers." if isinstance(health, Health) else health,
        last_scan=found.scanned_at,
        last_discovery=found.discovered_at,
        tables=tables,
        rows=int(rows or 0),
        largest=[TableRows(table=name, rows=count) for name, count in largest],
    )


@operation(
    "data_sources.preview_rows",
    permission="data_sources.preview",
    target="asset",
    reaches=True,
    examples=("Show me some rows of crm.customers", "Preview pagila.film"),
)
async def preview_rows(
    ctx: Context,
    asset: AssetRef,
    limit: Annotated[int, Field(ge=1, le=100, description="How many rows, 1 to 100")] = 10,
) -> Rows:
    """Show some rows of a table; values of classified columns are masked without the right.

    So are those of columns that no scan has read yet, if they look like what is classified.
    """
    table = await find_asset(ctx.session, asset)
    if table.kind not in RELATIONS:
        raise CorrectInput(
            f"'{table.qualified_name}' is a {table.kind}.", "Name a table.", field="asset"
        )
    source = await find_source(ctx.session, table.source_id)
    columns = {
        column.name: column
        for column in await ctx.session.scalars(select(Asset).where(Asset.parent_id == table.id))
    }
    unread = await unjudged_columns(ctx.session, table.id)
    unjudged = {
        name: column.coarse_type or "text"
        for name, column in columns.items()
        if column.id in unread and column.coarse_type != "binary"
    }
    hiding = set(
        await ctx.session.scalars(select(Label.id).where(Label.sensitivity.in_(SENSITIVE)))
    )
    connection = connection_of(source, ctx.services.secret_box)
    schema, name = table.schema_name, table.name
    names, rows, looks = await ctx.outside(
        ("preview", source.kind, source.location, schema, name, limit, tuple(unjudged)),
        with_connector(connection, previewed(schema, name, limit, unjudged)),
    )
    unknown = [name for name in names if name not in columns]
    if unknown:
        raise LookAgain(
            f"{table.qualified_name} has columns that the catalog doesn't know: "
            f"{', '.join(unknown[:5])}.",
            "Discover the source again first (data_sources.discover_assets).",
        )
    return Rows(
        columns=[
            RowColumn(
                name=name,
                asset_id=columns[name].id,
                looks_like=looks[name] if looks.get(name) in hiding else None,
            )
            for name in names
        ],
        rows=rows,
        total=table.row_count,
        returned=len(rows),
        truncated=table.row_count is None or table.row_count > len(rows),
    )


@operation(
    "data_sources.summarize_source",
    permission="data_sources.read",
    target="source",
    examples=("Summarize the source crm", "How big is pagila?", "What does the lake hold?"),
)
async def summarize_source(ctx: Context, source: SourceRef) -> SourceProfile:
    """Summarize a source: schemas, tables, columns, rows, bytes, sensitive columns."""
    found = await find_source(ctx.session, source)
    counts = {
        row.kind: row
        for row in await ctx.session.execute(
            select(
                Asset.kind,
                func.count().label("assets"),
                func.sum(Asset.row_count).label("rows"),
                func.sum(Asset.size_bytes).label("bytes"),
                func.count(distinct(func.coalesce(Asset.schema_name, ""))).label("schemas"),
            )
            .where(Asset.source_id == found.id)
            .group_by(Asset.kind)
        )
    }
    columns = select(Asset.id).where(Asset.source_id == found.id, Asset.kind == "column")
    sensitive = await sensitive_columns(ctx.session, columns)
    tables = counts.get("table")
    return SourceProfile(
        id=found.id,
        name=found.name,
        kind=found.kind,
        schemas=tables.schemas if tables else 0,
        tables=tables.assets if tables else 0,
        views=counts["view"].assets if "view" in counts else 0,
        columns=counts["column"].assets if "column" in counts else 0,
        rows=(tables.rows or 0) if tables else 0,
        size_bytes=tables.bytes if tables else None,
        sensitive_columns=len(sensitive),
        unscanned=found.scanned_at is None,
    )
