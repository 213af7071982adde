"""Assets that no discovery finds: files, dashboards, pipelines, metrics and data products.

Each belongs to a source, which decides over the rights to it; without one named, to that of the
first asset that it is made of. What it is made of, and feeds, are edges of lineage that say who
declared them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.assets import find_asset, search_name
from tools.catalog.belonging import domain_of_source, find_domain
from tools.catalog.detail import detail_of
from tools.catalog.edges import Edges
from tools.catalog.tables import REGISTERED, Asset, LineageEdge
from tools.catalog.types import AssetDetail
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.data_sources.tables import Source
from tools.database import new_id
from tools.errors import CorrectInput, LookAgain
from tools.operation import Effect, operation
from tools.rbac.people import find_user
from tools.values import AssetRef, SourceRef, UserRef

DECLARED = "declared"
RegisteredKind = Literal["file", "dashboard", "pipeline", "metric", "data_product"]
Status = Literal["draft", "active", "retired"]
Name = Annotated[
    str, Field(min_length=1, max_length=200, pattern=r"^\w[^\"'`\[\]:\x00-\x1f\x7f]*$")
]
Assets = Annotated[list[AssetRef], Field(max_length=200)]
Url = Annotated[str, Field(max_length=1000, pattern=r"^(https?://\S+)?$")]
Text = Annotated[str, Field(max_length=4000)]


@operation(
    "catalog.register_asset",
    permission="catalog.write",
    effect=Effect.WRITE,
    target="source",
    examples=(
        "Register the dashboard Weekly Sales, made of crm.orders",
        "Register the data product Customer 360, made of crm.customers and crm.orders",
        "Add the metric Net Revenue as sum(total), made of orders",
        "Register the pipeline Nightly Load in crm",
    ),
)
async def register_asset(
    ctx: Context,
    kind: Annotated[RegisteredKind, Field(description="What it is")],
    name: Annotated[Name, Field(description="What it is called")],
    made_of: Annotated[Assets, Field(description="The assets that it reads or consists of")] = [],  # noqa: B006
    feeds: Annotated[Assets, Field(description="The assets that it writes or feeds")] = [],  # noqa: B006
    source: Annotated[
        SourceRef | None,
        Field(description="The source it belongs to; else that of what it is made of"),
    ] = None,
    description: Annotated[Text, Field(description="What it is, in words")] = "",
    owner: Annotated[UserRef | None, Field(description="Who answers for it")] = None,
    domain: Annotated[
        str | None, Field(max_length=100, description="Its business domain; else its source's")
    ] = None,
    status: Annotated[Status, Field(description="How far it is")] = "active",
    url: Annotated[Url, Field(description="Where it is found")] = "",
    formula: Annotated[Text, Field(description="How a metric is computed")] = "",
) -> AssetDetail:
    """Register a dashboard, pipeline, metric, data product or file with what it is made of."""
    upstream = await _named(ctx.session, made_of, "made_of")
    downstream = await _named(ctx.session, feeds, "feeds")
    home = await _home(ctx.session, source, [*upstream, *downstream])
    wanted = await find_domain(ctx.session, domain) if domain else None
    asset = Asset(
        id=new_id("ast"),
        kind=kind,
        source_id=home.id,
        description=description.strip() or None,
        owner=(await find_user(ctx.session, owner, "owner")).name if owner else None,
        domain_id=wanted.id if wanted else await domain_of_source(ctx.session, home.id),
        domain_own=wanted is not None,
        status=status,
        url=url or None,
        formula=formula.strip() or None,
    )
    await _call(ctx.session, asset, name, home)
    ctx.session.add(asset)
    await ctx.session.flush()
    await _declare(ctx, asset, upstream, downstream)
    await ctx.session.flush()
    return await detail_of(ctx.session, asset)


@operation(
    "catalog.update_asset",
    permission="catalog.write",
    effect=Effect.WRITE,
    target="asset",
    examples=(
        "Add crm.orders to the data product Customer 360",
        "Retire the dashboard Weekly Sales",
        "Rename the metric Net Revenue to Net Sales",
    ),
)
async def update_asset(
    ctx: Context,
    asset: AssetRef,
    name: Annotated[Name | None, Field(description="Its new name")] = None,
    add: Annotated[Assets, Field(description="More assets that it is made of")] = [],  # noqa: B006
    feeds: Annotated[Assets, Field(description="More assets that it feeds")] = [],  # noqa: B006
    remove: Annotated[Assets, Field(description="What it isn't made of, nor feeds, any more")] = [],  # noqa: B006
    description: Annotated[Text | None, Field(description="What it is; empty for none")] = None,
    owner: Annotated[
        UserRef | None, Field(description="Who answers for it; empty for nobody")
    ] = None,
    status: Annotated[Status | None, Field(description="How far it is")] = None,
    url: Annotated[Url | None, Field(description="Where it is found; empty for none")] = None,
    formula: Annotated[Text | None, Field(description="How a metric is computed")] = None,
) -> AssetDetail:
    """Change a registered dashboard, pipeline, metric, data product or file; the rest stays."""
    found = await find_asset(ctx.session, asset)
    if found.kind not in REGISTERED:
        raise CorrectInput(
            f"'{found.qualified_name}' is a {found.kind}, which discovery keeps up to date.",
            "catalog.describe_asset, set_owner and tag_asset write down what is known of it.",
            field="asset",
        )
    if name is not None:
        await _call(ctx.session, found, name, await ctx.session.get_one(Source, found.source_id))
    if owner is not None:
        found.owner = (await find_user(ctx.session, owner, "owner")).name if owner.strip() else None
    for field, value in (("description", description), ("url", url), ("formula", formula)):
        if value is not None:
            setattr(found, field, value.strip() or None)
    found.status = status or found.status
    await _withdraw(ctx.session, found, await _named(ctx.session, remove, "remove"))
    await _declare(
        ctx,
        found,
        await _named(ctx.session, add, "add"),
        await _named(ctx.session, feeds, "feeds"),
    )
    await ctx.session.flush()
    return await detail_of(ctx.session, found)


async def _named(session: AsyncSession, references: Sequence[str], field: str) -> list[Asset]:
    return [await find_asset(session, one, field) for one in references]


async def _home(session: AsyncSession, source: str | None, near: Sequence[Asset]) -> Source:
    if source is not None:
        return await find_source(session, source)
    if not near:
        raise CorrectInput(
            "It isn't said where the asset belongs.",
            "Name the source it belongs to, or assets that it is made of.",
            field="source",
        )
    return await session.get_one(Source, near[0].source_id)


async def _call(session: AsyncSession, asset: Asset, name: str, home: Source) -> None:
    """Give it a name that nothing else has."""
    name = " ".join(name.split())
    qualified = f"{home.name}.{asset.kind}s:{name}"
    known = await session.scalar(
        select(Asset).where(
            Asset.source_id == home.id,
            Asset.search_name == search_name(qualified),
            Asset.id != asset.id,
        )
    )
    if known is not None:
        raise LookAgain(
            f"There is already a {asset.kind.replace('_', ' ')} '{known.name}' in {home.name}.",
            "Update that one (catalog.update_asset), or choose another name.",
            field="name",
            code="exists",
        )
    asset.name, asset.qualified_name = name, qualified
    asset.search_name = search_name(qualified)


async def _declare(
    ctx: Context, asset: Asset, upstream: Sequence[Asset], downstream: Sequence[Asset]
) -> None:
    edges = Edges(DECLARED)
    said = f"declared by {ctx.entitlements.user_name}"
    for one in upstream:
        edges.say(one, asset, said)
    for one in downstream:
        edges.say(asset, one, said)
    await edges.write(ctx.session)


async def _withdraw(session: AsyncSession, asset: Asset, gone: Sequence[Asset]) -> None:
    for one in gone:
        edges = [
            edge
            for key in ((one.id, asset.id, DECLARED), (asset.id, one.id, DECLARED))
            if (edge := await session.get(LineageEdge, key))
        ]
        if not edges:
            raise CorrectInput(
                f"Nobody declared that '{asset.name}' is made of '{one.qualified_name}'.",
                "catalog.get_asset shows what it is made of.",
                field="remove",
            )
        for edge in edges:
            await session.delete(edge)
    await session.flush()
