"""Certifying assets that people can rely on, and deprecating those that they should leave.

A certificate is refused with every reason at once; it ends when its asset is deprecated.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.assets import find_asset
from tools.catalog.lineage import walk
from tools.catalog.standing import standing
from tools.catalog.summaries import summaries
from tools.catalog.tables import FLOWS, Asset, QualityCheck
from tools.catalog.types import AssetSummary, Deprecation
from tools.compliance.tables import Finding
from tools.context import Context
from tools.database import now
from tools.errors import CorrectInput, LookAgain
from tools.operation import Effect, operation
from tools.values import AssetRef

Level = Literal["bronze", "silver", "gold"]
GRAVE = ("high", "critical")


@operation(
    "catalog.certify_asset",
    permission="catalog.write",
    effect=Effect.WRITE,
    target="asset",
    examples=(
        "Certify crm.customers as gold",
        "Certify the table film, it is reviewed",
        "Give pagila.payment a silver certificate",
    ),
)
async def certify_asset(
    ctx: Context,
    asset: AssetRef,
    level: Annotated[Level, Field(description="How far it can be relied on")] = "silver",
    reason: Annotated[
        str, Field(max_length=1000, description="Why, or what was looked at, in words")
    ] = "",
) -> AssetSummary:
    """Certify an asset: refused, with the reasons, where it isn't fit for it.

    It needs an owner and a description; no high finding may be open, no quality check may fail.
    """
    found = await find_asset(ctx.session, asset)
    if against := await _against(ctx.session, found):
        raise LookAgain(
            f"{found.qualified_name} can't be certified: {'; '.join(against)}.",
            "Mend this first, then certify it.",
            field="asset",
            code="not_certifiable",
        )
    found.certification, found.certification_reason = level, reason.strip() or None
    found.certified_by, found.certified_at = ctx.entitlements.user_name, now()
    return (await summaries(ctx.session, [found]))[0]


@operation(
    "catalog.deprecate_asset",
    permission="catalog.write",
    effect=Effect.WRITE,
    target="asset",
    examples=(
        "Deprecate the table film_old",
        "Deprecate crm.contacts, crm.customers takes its place",
        "Mark v_revenue as deprecated, to be dropped on 2027-01-31",
    ),
)
async def deprecate_asset(
    ctx: Context,
    asset: AssetRef,
    reason: Annotated[
        str, Field(min_length=1, max_length=1000, description="Why it should be used no longer")
    ],
    successor: Annotated[
        AssetRef | None, Field(description="The asset to use in its place")
    ] = None,
    sunset_on: Annotated[date | None, Field(description="The day on which it goes")] = None,
) -> Deprecation:
    """Mark an asset as one to leave, and list what still depends on it: views, pipelines, keys."""
    found = await find_asset(ctx.session, asset)
    other = await find_asset(ctx.session, successor, "successor") if successor else None
    if other is not None:
        await _check_successor(ctx.session, found, other)
    if sunset_on is not None and sunset_on < now().date():
        raise CorrectInput(
            f"The day {sunset_on} has passed.", "Name a day to come, or none.", field="sunset_on"
        )
    found.deprecation_reason = reason.strip()
    found.deprecated_at = found.deprecated_at or now()
    found.successor = other.qualified_name if other else None
    found.sunset_on = sunset_on.isoformat() if sunset_on else None
    found.certification = found.certification_reason = None
    found.certified_by = found.certified_at = None
    flows = await walk(ctx.session, found, "downstream", 10, FLOWS)
    keys = await walk(ctx.session, found, "downstream", 1, ("foreign_key",))
    nodes = list({node.id: node for node in [*flows.nodes, *keys.nodes]}.values())
    owners = await ctx.session.scalars(
        select(Asset.owner)
        .where(Asset.id.in_([node.id for node in nodes]), Asset.owner.is_not(None))
        .distinct()
    )
    on_it = QualityCheck.column_id if found.kind == "column" else QualityCheck.asset_id
    checks = await ctx.session.scalar(select(func.count()).where(on_it == found.id))
    return Deprecation(
        asset_id=found.id,
        asset=found.qualified_name,
        kind=found.kind,
        reason=found.deprecation_reason,
        successor=found.successor,
        was_successor_of=list(
            await ctx.session.scalars(
                select(Asset.qualified_name)
                .where(Asset.successor == found.qualified_name)
                .order_by(Asset.qualified_name)
            )
        ),
        sunset_on=found.sunset_on,
        dependents=nodes,
        dependents_total=len(nodes),
        quality_checks=checks or 0,
        owners=sorted(owner for owner in owners if owner),
        truncated=flows.truncated or keys.truncated,
    )


@operation(
    "catalog.reinstate_asset",
    permission="catalog.write",
    effect=Effect.WRITE,
    target="asset",
    examples=("Reinstate the table film_old", "crm.contacts is no longer deprecated, reinstate it"),
)
async def reinstate_asset(ctx: Context, asset: AssetRef) -> AssetSummary:
    """Reinstate a deprecated asset: its reason, successor and last day are gone."""
    found = await find_asset(ctx.session, asset)
    if found.deprecated_at is None:
        raise CorrectInput(
            f"{found.qualified_name} isn't deprecated.",
            "catalog.list_assets with the state 'deprecated' shows those that are.",
            field="asset",
        )
    found.deprecated_at = found.deprecation_reason = None
    found.successor = found.sunset_on = None
    return (await summaries(ctx.session, [found]))[0]


async def _check_successor(session: AsyncSession, asset: Asset, other: Asset) -> None:
    """Refuse a successor that doesn't stay, or that leads back to the asset."""
    why = ""
    chain, following = {asset.qualified_name}, other.successor
    while following is not None and following not in chain:
        chain.add(following)
        following = await session.scalar(
            select(Asset.successor).where(Asset.qualified_name == following)
        )
    if other.id == asset.id:
        why = "is the asset itself"
    elif following == asset.qualified_name:
        why = f"has {asset.qualified_name} as its own successor, at last"
    elif other.deprecated_at is not None:
        why = "is deprecated, too"
    elif (other.kind == "column") is not (asset.kind == "column"):
        why = f"is a {other.kind}, which can't take the place of a {asset.kind}"
    if why:
        raise CorrectInput(
            f"The successor {other.qualified_name} {why}.",
            "Name an asset that stays, or none.",
            field="successor",
        )


async def _against(session: AsyncSession, asset: Asset) -> list[str]:
    """Every reason against a certificate."""
    if asset.kind == "column":
        return ["it is a column, which is certified with its table"]
    reasons = []
    if asset.deprecated_at is not None:
        reasons.append("it is deprecated")
    if not asset.owner:
        reasons.append("it has no owner")
    if not (asset.description or asset.comment):
        reasons.append("it has no description")
    columns = select(Asset.id).where(Asset.parent_id == asset.id)
    findings = await session.scalar(
        select(func.count()).where(
            Finding.asset_id.in_(columns.union(select(Asset.id).where(Asset.id == asset.id))),
            Finding.status == "open",
            Finding.severity.in_(GRAVE),
        )
    )
    if findings:
        reasons.append(
            "a high finding is open" if findings == 1 else f"{findings} high findings are open"
        )
    checks = await standing(session, asset.id)
    bad = [check.name for check, result in checks if result and result.status != "passed"]
    if bad:
        named = ", ".join(bad[:5]) + (", …" if len(bad) > 5 else "")
        reasons.append(f"{len(bad)} of {len(checks)} quality checks don't pass ({named})")
    return reasons
