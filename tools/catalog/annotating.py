"""Writing down what is known of assets: descriptions, owners and tags."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tools.catalog.assets import find_asset
from tools.catalog.summaries import summaries
from tools.catalog.types import AssetSummary
from tools.context import Context
from tools.errors import CorrectInput
from tools.operation import Effect, operation
from tools.rbac.people import find_user
from tools.values import AssetRef, UserRef

Tag = Annotated[
    str,
    Field(
        pattern=r"^[\w][\w .:/-]{0,59}$",
        description="A tag, such as pii or certified: letters, digits, spaces and . : / - _",
    ),
]


@operation(
    "catalog.describe_asset",
    permission="catalog.write",
    effect=Effect.WRITE,
    target="asset",
    examples=("Describe film as 'Every film that we rent out'", "Set the description of staff"),
)
async def describe_asset(
    ctx: Context,
    asset: AssetRef,
    description: Annotated[
        str, Field(min_length=1, max_length=4000, description="What the asset is, in words")
    ],
) -> AssetSummary:
    """Give an asset its description."""
    found = await find_asset(ctx.session, asset)
    found.description = description.strip()
    return (await summaries(ctx.session, [found]))[0]


@operation(
    "catalog.set_owner",
    permission="catalog.write",
    effect=Effect.WRITE,
    target="asset",
    examples=("Make Dana the owner of crm.customers", "Set the owner of film to ben"),
)
async def set_owner(
    ctx: Context,
    asset: AssetRef,
    owner: UserRef,
) -> AssetSummary:
    """Make a person the owner of an asset."""
    found = await find_asset(ctx.session, asset)
    found.owner = (await find_user(ctx.session, owner, "owner")).name
    return (await summaries(ctx.session, [found]))[0]


@operation(
    "catalog.tag_asset",
    permission="catalog.write",
    effect=Effect.WRITE,
    target="asset",
    examples=("Tag customer.email as pii", "Add the tag finance to invoices"),
)
async def tag_asset(ctx: Context, asset: AssetRef, tag: Tag) -> AssetSummary:
    """Put a tag on an asset."""
    found = await find_asset(ctx.session, asset)
    if tag.lower() not in found.tags:
        found.tags = sorted([*found.tags, tag.lower()])
    return (await summaries(ctx.session, [found]))[0]


@operation(
    "catalog.untag_asset",
    permission="catalog.write",
    effect=Effect.WRITE,
    target="asset",
    examples=("Remove the tag finance from invoices", "Untag customer.email"),
)
async def untag_asset(ctx: Context, asset: AssetRef, tag: Tag) -> AssetSummary:
    """Take a tag off an asset."""
    found = await find_asset(ctx.session, asset)
    if tag.lower() not in found.tags:
        raise CorrectInput(
            f"'{found.qualified_name}' has no tag '{tag}'.",
            f"It has: {', '.join(found.tags) or 'none'}.",
            field="tag",
        )
    found.tags = [one for one in found.tags if one != tag.lower()]
    return (await summaries(ctx.session, [found]))[0]
