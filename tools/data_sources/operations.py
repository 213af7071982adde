"""The operations of data_sources. Sources are opened read-only, in a thread, with time-outs."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr
from sqlalchemy import distinct, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from tools.catalog.assets import find_asset
from tools.catalog.tables import RELATIONS, Asset
from tools.compliance.tables import Finding, Posture
from tools.context import Context
from tools.data_sources.connectors import (
    Connection,
    ConnectorError,
    Health,
    open_connector,
    refuse_unsafe,
)
from tools.data_sources.discovery import forget, record
from tools.data_sources.sources import connection_of, find_source, with_connector
from tools.data_sources.tables import Source, StoredSecret
from tools.data_sources.types import (
    ConnectorField,
    ConnectorKind,
    ConnectorKinds,
    DiscoveryReport,
    Removed,
    SourceHealth,
    SourceProfile,
    SourceSummary,
)
from tools.database import new_id, now
from tools.errors import ChooseAnother, CorrectInput, LookAgain
from tools.masking import sensitive_columns
from tools.operation import Effect, operation
from tools.rbac.people import find_user
from tools.rbac.tables import Grant
from tools.scan_logic.tables import Scan
from tools.values import (
    AssetRef,
    Cursor,
    Limit,
    Page,
    RowColumn,
    Rows,
    SourceRef,
    page,
    paged,
)

Kind = Literal["sqlite", "postgresql", "duckdb", "files"]
TITLES = {
    "sqlite": ("SQLite file", "The database file's path", "sqlite3"),
    "postgresql": ("PostgreSQL", "postgresql://user@host:port/database", "psycopg"),
    "duckdb": ("DuckDB file", "The database file's path", "duckdb"),
    "files": ("Folder of CSV, Parquet or JSON", "The folder's path", "duckdb"),
}


@operation(
    "data_sources.list_sources",
    permission="data_sources.read",
    examples=("List the data sources", "Which databases do we have?", "Show production sources"),
)
async def list_sources(
    ctx: Context,
    kind: Annotated[Kind | None, Field(description="Only sources of this kind")] = None,
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
                title=title,
                installed=find_spec(driver) is not None,
                fields=[
                    ConnectorField(name="name", required=True, description="How it is called here"),
                    ConnectorField(name="location", required=True, description=location),
                    *(
                        [
                            ConnectorField(
                                name="password", required=False, description="Stored encrypted"
                            )
                        ]
                        if kind == "postgresql"
                        else []
                    ),
                ],
            )
            for kind, (title, location, driver) in TITLES.items()
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
    """Check whether a source answers: latency, version, last scan."""
    found = await find_source(ctx.session, source)
    tables = await ctx.session.scalar(
        select(func.count()).where(Asset.source_id == found.id, Asset.kind.in_(RELATIONS))
    )
    connection = connection_of(found, ctx.services.secret_box)
    health = await ctx.outside(
        ("health", found.kind, found.location), lambda _progress: _health(connection), 40
    )
    return SourceHealth(
        source=found.name,
        source_id=found.id,
        reachable=isinstance(health, Health),
        latency_ms=health.latency_ms if isinstance(health, Health) else None,
        server_version=health.server_version if isinstance(health, Health) else None,
        detail="It answers." if isinstance(health, Health) else health,
        last_scan=found.scanned_at,
        tables=tables or 0,
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
    """Show some rows of a table; values of classified columns are masked without the right."""
    table = await find_asset(ctx.session, asset)
    if table.kind not in RELATIONS:
        raise CorrectInput(
            f"'{table.qualified_name}' is a {table.kind}.", "Name a table.", field="asset"
        )
    source = await find_source(ctx.session, table.source_id)
    columns = {
        column.name: column.id
        for column in await ctx.session.scalars(select(Asset).where(Asset.parent_id == table.id))
    }
    connection = connection_of(source, ctx.services.secret_box)
    schema, name = table.schema_name, table.name
    names, rows = await ctx.outside(
        ("preview", source.kind, source.location, schema, name, limit),
        with_connector(
            connection, lambda connector, _progress: connector.preview(schema, name, limit)
        ),
    )
    unknown = [name for name in names if name not in columns]
    if unknown:
        raise LookAgain(
            f"{table.qualified_name} has columns that the catalog doesn't know: "
            f"{', '.join(unknown[:5])}.",
            "Discover the source again first (data_sources.discover_assets).",
        )
    return Rows(
        columns=[RowColumn(name=name, asset_id=columns[name]) for name in names],
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


@operation(
    "data_sources.register_source",
    permission="data_sources.write",
    effect=Effect.WRITE,
    reaches=True,
    examples=(
        "Register /data/pagila.sqlite as pagila",
        "Add the PostgreSQL database postgresql://reader@localhost/shop",
        "Connect the folder /data/lake",
    ),
)
async def register_source(
    ctx: Context,
    name: Annotated[
        str,
        Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,99}$", description="How it is called here"),
    ],
    kind: Annotated[Kind, Field(description="What it is")],
    location: Annotated[
        str, Field(min_length=1, max_length=1000, description="A path, or a URL for PostgreSQL")
    ],
    password: Annotated[
        SecretStr | None, Field(description="The password; stored encrypted, never returned")
    ] = None,
    schemas: Annotated[list[str], Field(description="Only these schemas; empty for all")] = [],  # noqa: B006
    environment: Annotated[
        str, Field(max_length=40, description="production, staging, …")
    ] = "production",
    owner: Annotated[str | None, Field(max_length=200, description="Whose it is")] = None,
) -> SourceSummary:
    """Register a data source: it has to open; its password is stored encrypted."""
    taken = await ctx.session.scalar(select(Source).where(func.lower(Source.name) == name.lower()))
    if taken is not None:
        raise LookAgain(
            f"There is already a source named '{taken.name}'.",
            "Choose another name, or use that source.",
            field="name",
        )
    place, secret = await _split_password(ctx, kind, location, password)
    connection = Connection(kind=kind, location=place, password=secret, schemas=tuple(schemas))
    try:
        refuse_unsafe(connection)
        _refuse_own(connection, ctx.services.settings.get("data_dir"))
    except ConnectorError as error:
        raise CorrectInput(error.detail, error.remedy, field="location", code=error.code) from None
    health: Health = await ctx.outside(
        ("test", kind, place, secret.get_secret_value() if secret else None),
        with_connector(connection, lambda connector, _progress: connector.test()),
        45,
    )
    sealed = ctx.services.secret_box.seal(secret.get_secret_value()) if secret else None
    source = Source(
        id=new_id("src"),
        name=name,
        kind=kind,
        location=place,
        schemas=list(schemas),
        sealed_password=sealed,
        environment=environment,
        owner=(await find_user(ctx.session, owner)).name if owner else None,
        status="connected",
        server_version=health.server_version,
    )
    ctx.session.add(source)
    await ctx.session.flush()
    return SourceSummary.model_validate(source)


@operation(
    "data_sources.test_connection",
    permission="data_sources.write",
    effect=Effect.WRITE,
    target="source",
    reaches=True,
    examples=("Test the connection to crm", "Try to connect to pagila again"),
)
async def test_connection(ctx: Context, source: SourceRef) -> SourceHealth:
    """Open a source, and note whether it can be reached."""
    found = await find_source(ctx.session, source)
    connection = connection_of(found, ctx.services.secret_box)
    health = await ctx.outside(
        ("health", found.kind, found.location), lambda _progress: _health(connection), 45
    )
    found.status = "connected" if isinstance(health, Health) else "unreachable"
    result = await ctx.invoke("data_sources.check_health", source=found.id)
    assert isinstance(result, SourceHealth)
    return result


@operation(
    "data_sources.discover_assets",
    permission="data_sources.write",
    effect=Effect.WRITE,
    target="source",
    reaches=True,
    timeout=300,
    examples=("Discover the tables of crm", "Refresh the catalog from pagila"),
)
async def discover_assets(ctx: Context, source: SourceRef) -> DiscoveryReport:
    """Read a source's schemas, tables, columns, keys, comments and views into the catalog."""
    found = await find_source(ctx.session, source)
    connection = connection_of(found, ctx.services.secret_box)

    inventory = await ctx.outside(
        ("discover", found.kind, found.location),
        with_connector(connection, lambda connector, progress: connector.discover(progress)),
    )
    report = await record(ctx.session, found, inventory)
    found.discovered_at, found.status = now(), "discovered"
    found.dialect, found.server_version = inventory.dialect, inventory.server_version
    found.warnings = report.warnings[:20]
    return report


@operation(
    "data_sources.remove_source",
    permission="data_sources.destroy",
    effect=Effect.DESTROY,
    target="source",
    examples=("Remove the source legacy", "Unregister chinook"),
)
async def remove_source(ctx: Context, source: SourceRef) -> Removed:
    """Remove a source with its assets, classifications and findings; its data stays as it is."""
    found = await find_source(ctx.session, source)
    assets = list(await ctx.session.scalars(select(Asset).where(Asset.source_id == found.id)))
    await forget(ctx.session, assets)
    for model in (Finding, Posture, Scan, Grant):
        for row in await ctx.session.scalars(select(model).where(model.source_id == found.id)):
            await ctx.session.delete(row)
    await ctx.session.flush()
    await ctx.session.delete(found)
    return Removed(id=found.id, name=found.name, assets=len(assets))


def _refuse_own(connection: Connection, data_dir: str | None) -> None:
    """Racine's own database, keys and index are no source."""
    if data_dir is None or connection.kind == "postgresql":
        return
    own = Path(data_dir).resolve()
    place = Path(connection.location).expanduser().resolve()
    index = own / "index"
    if place == own or place in own.parents or place.parent == own or index in place.parents:
        if place.is_dir() and place.parent == own and place != index:
            return  # the demo company's folder
        raise ConnectorError(
            "unsafe_path",
            f"'{connection.location}' holds Racine's own data and is never opened as a source.",
            "Register a folder or file outside of the data folder.",
        )


def _health(connection: Connection) -> Health | str:
    try:
        with open_connector(connection) as connector:
            return connector.test()
    except ConnectorError as error:
        return f"{error.detail} {error.remedy}"


async def _split_password(
    ctx: Context, kind: Kind, location: str, password: SecretStr | None
) -> tuple[str, SecretStr | None]:
    """A location without its password, and the password: given, in the URL, or stored before."""
    if kind != "postgresql":
        return location, None
    try:
        url = make_url(location)
    except ArgumentError:
        raise CorrectInput(
            "The location is not a URL.",
            "Write it as postgresql://user@host:port/database.",
            field="location",
        ) from None
    typed = url.password
    if isinstance(typed, str) and re.fullmatch(r"sec_[0-9a-f]{16}", typed):
        stored = await ctx.session.get(StoredSecret, typed)
        if stored is None:
            raise ChooseAnother(
                "The password in the location was stored for somebody else, or is gone.",
                "Give the password again.",
                field="location",
            )
        typed = ctx.services.secret_box.open(stored.sealed)
    secret = password or (SecretStr(str(typed)) if typed else None)
    # URL.set takes None for "as it is"
    return url._replace(password=None).render_as_string(hide_password=False), secret
