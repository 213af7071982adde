"""Registering sources, changing how they are opened, discovering what they hold, removing them.

Nothing is stored of a place or a password before the source has answered with it.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, SecretStr
from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from tools.catalog.contract_tables import ContractCheck, DataContract
from tools.catalog.domain_tables import DomainScope
from tools.catalog.tables import Asset
from tools.changes import delete_rows
from tools.compliance.tables import Finding, Posture
from tools.context import Context
from tools.data_sources.admission import CONNECTING, admitted, answering, sealed_password
from tools.data_sources.connectors import Connector, Health, Inventory, Progress
from tools.data_sources.discovery import forget, record
from tools.data_sources.kinds import KINDS, Kind
from tools.data_sources.references import Views, read_views
from tools.data_sources.sources import connection_of, find_source, try_out, with_connector
from tools.data_sources.tables import Source
from tools.data_sources.types import DiscoveryReport, Removed, SourceHealth, SourceSummary
from tools.database import new_id, now
from tools.errors import CorrectInput, LookAgain
from tools.operation import Effect, operation
from tools.racine.workspaces.tables import WorkspaceSource
from tools.rbac.people import find_user
from tools.rbac.tables import Grant
from tools.scan_logic.scheduling import take_away
from tools.scan_logic.tables import Scan, ScanRun, ScanSchedule, ScanTable
from tools.values import SourceRef

SourceTag = Annotated[str, Field(pattern=r"^[\w][\w .:/-]{0,59}$")]
DISCOVERING = 600.0
Location = Annotated[str, Field(min_length=1, max_length=1000)]


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
        Field(
            pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,99}$",
            description="How it is called here: letters, digits, - and _",
        ),
    ],
    kind: Annotated[Kind, Field(description="What it is")],
    location: Annotated[Location, Field(description="A path, or a URL for a server")],
    password: Annotated[
        SecretStr | None, Field(description="The password; stored encrypted, never returned")
    ] = None,
    schemas: Annotated[list[str], Field(description="Only these schemas; empty for all")] = [],  # noqa: B006
    environment: Annotated[
        str, Field(max_length=40, description="production, staging, …")
    ] = "production",
    owner: Annotated[str | None, Field(max_length=200, description="Whose it is")] = None,
    tags: Annotated[list[SourceTag], Field(description="Its tags")] = [],  # noqa: B006
) -> SourceSummary:
    """Register a data source: it has to open; its password is stored encrypted."""
    taken = await ctx.session.scalar(select(Source).where(func.lower(Source.name) == name.lower()))
    if taken is not None:
        raise LookAgain(
            f"There is already a source named '{taken.name}'.",
            "Choose another name, or use that source.",
            field="name",
        )
    connection = await admitted(ctx, kind, location, password, schemas)
    health = await answering(ctx, connection)
    source = Source(
        id=new_id("src"),
        name=name,
        kind=kind,
        location=connection.location,
        schemas=list(schemas),
        sealed_password=sealed_password(ctx, connection),
        environment=environment,
        owner=(await find_user(ctx.session, owner, "owner")).name if owner else None,
        tags=_lowered(tags),
        status="connected",
        server_version=health.server_version,
    )
    ctx.session.add(source)
    await ctx.session.flush()
    return SourceSummary.model_validate(source)


@operation(
    "data_sources.update_source",
    permission="data_sources.write",
    effect=Effect.WRITE,
    target="source",
    reaches=True,
    examples=(
        "Move the source crm to /data/crm-2.sqlite",
        "Set the environment of pagila to staging",
        "Make Dana the owner of the source crm",
        "Tag the source lake with finance",
    ),
)
async def update_source(
    ctx: Context,
    source: SourceRef,
    location: Annotated[
        Location | None,
        Field(description="Where it lies now; it has to open there. Its kind stays"),
    ] = None,
    schemas: Annotated[
        list[str] | None, Field(description="Only these schemas from now on; empty for all")
    ] = None,
    environment: Annotated[
        str | None, Field(min_length=1, max_length=40, description="production, staging, …")
    ] = None,
    owner: Annotated[
        str | None, Field(max_length=200, description="Whose it is; empty for nobody's")
    ] = None,
    tags: Annotated[
        list[SourceTag] | None, Field(description="Its tags, in place of those it has")
    ] = None,
) -> SourceSummary:
    """Change a source's place, schemas, environment, owner or tags; what isn't named stays."""
    found = await find_source(ctx.session, source)
    if all(value is None for value in (location, schemas, environment, owner, tags)):
        raise CorrectInput(
            "There is nothing to change.",
            "Name a location, schemas, an environment, an owner or tags.",
        )
    if location is not None:
        await _move(ctx, found, location)
    if schemas is not None:
        found.schemas = list(schemas)
    if environment is not None:
        found.environment = environment
    if owner is not None:
        found.owner = (await find_user(ctx.session, owner, "owner")).name if owner.strip() else None
    if tags is not None:
        found.tags = _lowered(tags)
    await ctx.session.flush()
    return SourceSummary.model_validate(found)


async def _move(ctx: Context, found: Source, location: str) -> None:
    """Point the source to another place; its password goes along only on the same server."""
    kept = connection_of(found, ctx.services.secret_box)
    connection = await admitted(ctx, kept.kind, location, None, found.schemas)
    if connection.password is None and kept.password is not None:
        if _server(connection.location) != _server(kept.location):
            raise CorrectInput(
                f"'{found.name}' has a password, which isn't sent to another server or as "
                "another user.",
                "Write the new password into the URL, as user:password@host.",
                field="location",
            )
        connection = connection.model_copy(update={"password": kept.password})
    health = await answering(ctx, connection)
    found.location, found.status = connection.location, "connected"
    found.server_version = health.server_version
    if connection.password != kept.password:
        found.sealed_password = sealed_password(ctx, connection)


@operation(
    "data_sources.rotate_credentials",
    permission="data_sources.write",
    effect=Effect.WRITE,
    target="source",
    reaches=True,
    examples=("Rotate the credentials of crm", "Change the password of the source warehouse"),
)
async def rotate_credentials(
    ctx: Context,
    source: SourceRef,
    password: Annotated[
        SecretStr,
        Field(
            min_length=1,
            max_length=1000,
            description="The new password; stored encrypted, never returned",
        ),
    ],
    user: Annotated[
        str | None,
        Field(min_length=1, max_length=200, description="The new user; the same if left out"),
    ] = None,
) -> SourceHealth:
    """Give a source new credentials: they have to work, else the old ones stay."""
    found = await find_source(ctx.session, source)
    kept = connection_of(found, ctx.services.secret_box)
    if not KINDS[kept.kind].server:
        raise CorrectInput(
            f"'{found.name}' is a {KINDS[kept.kind].title} and is opened without credentials.",
            "Give credentials to a source that is a server.",
            field="source",
        )
    url = make_url(found.location)
    if user is not None:
        url = url.set(username=user)
    place = url.render_as_string(hide_password=False)
    connection = await admitted(ctx, kept.kind, place, password, found.schemas)
    health = await answering(ctx, connection)
    found.location, found.sealed_password = connection.location, sealed_password(ctx, connection)
    found.server_version, found.credentials_at = health.server_version, now()
    if found.status == "unreachable":
        found.status = "connected"
    await ctx.session.flush()
    return SourceHealth(
        source=found.name,
        source_id=found.id,
        reachable=True,
        latency_ms=health.latency_ms,
        server_version=health.server_version,
        detail="It answers to the new credentials, which are stored.",
        last_scan=found.scanned_at,
        last_discovery=found.discovered_at,
    )


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
        ("health", found.kind, found.location), lambda _progress: try_out(connection), CONNECTING
    )
    reached = isinstance(health, Health)
    if not reached:
        found.status = "unreachable"
    elif found.status != "discovered":
        found.status = "connected" if found.discovered_at is None else "discovered"
    result = await ctx.invoke("data_sources.check_health", source=found.id)
    assert isinstance(result, SourceHealth)
    return result


@operation(
    "data_sources.discover_assets",
    permission="data_sources.write",
    effect=Effect.WRITE,
    target="source",
    reaches=True,
    timeout=DISCOVERING,
    examples=(
        "Discover the tables of crm",
        "Refresh the catalog from pagila",
        "Has anything in crm been renamed or dropped?",
    ),
)
async def discover_assets(ctx: Context, source: SourceRef) -> DiscoveryReport:
    """Read a source's schemas, tables, columns, keys, comments and views into the catalog.

    What has stayed as it was isn't written again. The report tells what was added, dropped,
    retyped and renamed; what was renamed keeps its tags, owners and classifications.
    """
    found = await find_source(ctx.session, source)
    connection = connection_of(found, ctx.services.secret_box)

    def look(connector: Connector, progress: Progress) -> tuple[Inventory, Views]:
        inventory = connector.discover(progress)
        return inventory, read_views(inventory, progress)

    inventory, views = await ctx.outside(
        ("discover", found.kind, found.location, tuple(found.schemas)),
        with_connector(connection, look),
        DISCOVERING,
    )
    report = await record(ctx.session, found, inventory, views)
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
    assets = await forget(ctx.session, Asset.source_id == found.id)
    scheduled = select(ScanSchedule).where(ScanSchedule.source_id == found.id)
    for schedule in list(await ctx.session.scalars(scheduled)):
        await take_away(ctx.session, schedule)
    gone = (ContractCheck, DataContract, Finding, Posture, ScanTable, ScanRun, Scan, Grant)
    for model in (*gone, DomainScope, WorkspaceSource):
        await delete_rows(ctx.session, model, model.source_id == found.id)
    await ctx.session.delete(found)
    return Removed(id=found.id, name=found.name, assets=assets)


def _lowered(tags: list[str]) -> list[str]:
    return sorted({tag.strip().lower() for tag in tags})


def _server(location: str) -> tuple[object, ...]:
    url = make_url(location)
    return url.get_backend_name(), (url.host or "localhost").lower(), url.port, url.username
