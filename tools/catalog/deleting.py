"""Deleting assets from the catalog, after telling what depends on them.

What a source still holds isn't deleted, since the next discovery would bring it back: the source
is asked. Its data is never touched.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.assets import find_asset, search_name
from tools.catalog.lineage import walk
from tools.catalog.tables import FLOWS, REGISTERED, Asset, QualityCheck
from tools.catalog.types import LineageNode, asset_citation
from tools.compliance.tables import Finding
from tools.context import Context
from tools.data_sources.connectors import Connector, Inventory, Progress
from tools.data_sources.discovery import forget
from tools.data_sources.sources import connection_of, with_connector
from tools.data_sources.tables import Source
from tools.errors import LookAgain
from tools.operation import Effect, operation
from tools.values import AssetRef, Citation, Cited

READING = 600.0


class Deletion(Cited):
    """An asset that is deleted from the catalog, with what depended on it and what went along.

    `was_successor_of`: deprecated assets that named it as the one to use in their place.
    """

    asset_id: str
    asset: str
    kind: str
    columns: int
    dependents: list[LineageNode]
    dependents_total: int
    truncated: bool
    owners: list[str]
    findings: int
    quality_checks: int
    was_successor_of: list[str]

    def citation(self) -> Citation:
        return asset_citation(self.asset_id, self.kind, self.asset)


@operation(
    "catalog.delete_asset",
    permission="catalog.destroy",
    effect=Effect.DESTROY,
    target="asset",
    reaches=True,
    timeout=READING,
    examples=(
        "Delete the asset film_old from the catalog",
        "Delete the data product Customer 360",
        "Remove the dashboard Weekly Sales from the catalog",
    ),
)
async def delete_asset(ctx: Context, asset: AssetRef) -> Deletion:
    """Delete an asset from the catalog with all that hangs on it, and say what depended on it.

    Refused for a table, view or column that its source still holds. The data stays as it is.
    """
    found = await find_asset(ctx.session, asset)
    if found.kind not in REGISTERED:
        await _refuse_if_there(ctx, found)
    columns = list(
        await ctx.session.scalars(
            select(Asset).where(Asset.parent_id == found.id).order_by(Asset.position)
        )
    )
    gone = [found, *columns]
    told = await _told(ctx.session, found, gone)
    names = {one.qualified_name for one in gone}
    for other in await ctx.session.scalars(select(Asset).where(Asset.successor.in_(names))):
        other.successor = None
    await forget(ctx.session, or_(Asset.id == found.id, Asset.parent_id == found.id))
    return told


async def _refuse_if_there(ctx: Context, asset: Asset) -> None:
    source = await ctx.session.get_one(Source, asset.source_id)
    connection = connection_of(source, ctx.services.secret_box)
    work: Callable[[Connector, Progress], Inventory] = lambda one, progress: one.discover(progress)  # noqa: E731
    inventory = await ctx.outside(
        ("inventory", source.kind, source.location, tuple(source.schemas)),
        with_connector(connection, work),
        READING,
    )
    table = asset
    if asset.parent_id is not None:
        table = await ctx.session.get_one(Asset, asset.parent_id)
    there = next(
        (
            one
            for one in inventory.tables
            if (one.schema_name, one.name) == (table.schema_name, table.name)
        ),
        None,
    )
    if there is None:
        return
    names = {search_name(column.name) for column in there.columns}
    if asset.kind != "column" or search_name(asset.name) in names:
        raise LookAgain(
            f"'{asset.qualified_name}' is still in the source {source.name}, so that the next "
            "discovery would bring it back.",
            "Drop it there first, or deprecate it here (catalog.deprecate_asset).",
            field="asset",
            code="still_there",
        )


async def _told(session: AsyncSession, asset: Asset, gone: list[Asset]) -> Deletion:
    flows = await walk(session, asset, "downstream", 10, FLOWS)
    keys = await walk(session, asset, "downstream", 1, ("foreign_key",))
    own = {one.id for one in gone}
    nodes = {node.id: node for node in [*flows.nodes, *keys.nodes] if node.id not in own}
    findings = await session.scalars(select(Finding.id).where(Finding.asset_id.in_(own)))
    checks = await session.scalars(
        select(QualityCheck.id).where(
            or_(QualityCheck.asset_id.in_(own), QualityCheck.column_id.in_(own))
        )
    )
    owners = await session.scalars(
        select(Asset.owner).where(Asset.id.in_(nodes), Asset.owner.is_not(None)).distinct()
    )
    pointing = await session.scalars(
        select(Asset.qualified_name)
        .where(Asset.successor.in_([one.qualified_name for one in gone]))
        .order_by(Asset.qualified_name)
    )
    return Deletion(
        asset_id=asset.id,
        asset=asset.qualified_name,
        kind=asset.kind,
        columns=len(gone) - 1,
        dependents=list(nodes.values()),
        dependents_total=max(len(nodes), flows.total),
        truncated=flows.truncated or keys.truncated,
        owners=sorted(owner for owner in owners if owner),
        findings=len(list(findings)),
        quality_checks=len(list(checks)),
        was_successor_of=list(pointing),
    )
