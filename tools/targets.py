"""What an operation acts on, looked up by name: which source decides over the rights."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.assets import find_asset
from tools.catalog.containers import find_container
from tools.compliance.tables import Finding
from tools.data_sources.sources import find_source
from tools.errors import ChooseAnother
from tools.operation import Target
from tools.policy import Decision, Entitlements
from tools.racine.workspaces.tables import Workspace
from tools.scan_logic.finding import find_scan
from tools.scoping import reached_assets


@dataclass(frozen=True)
class On:
    """What an operation acts on: its source's id (None: of no source), its name, which asset."""

    source_id: str | None
    name: str
    asset_id: str | None = None


async def decide_there(
    session: AsyncSession, entitlements: Entitlements, permission: str, on: On
) -> Decision:
    """Whether a permission is held on all of a place, or on the asset named."""
    there = entitlements.decide_on(permission, on.source_id, on.name)
    if there.allowed or on.asset_id is None:
        return there
    held = entitlements.decide(permission)
    reached = held.partial and await session.scalar(reached_assets(held, [on.asset_id]))
    return held if reached else there


async def place_of(session: AsyncSession, target: Target, reference: str) -> On:
    """What a target's name stands for.

    Raises:
        ChooseAnother: there is nothing of that name among what the session may see.
        BeMoreExact: several things have that name.
    """
    if target == "source":
        source = await find_source(session, reference)
        return On(source.id, source.name)
    if target == "asset":
        try:
            asset = await find_asset(session, reference)
        except ChooseAnother:
            if container := await find_container(session, reference):
                return On(container.source.id, container.source.name)
            raise
        return On(asset.source_id, asset.qualified_name.split(".", 1)[0], asset.id)
    if target == "workspace":
        await find_workspace(session, reference)
        return On(None, reference)
    if target == "scan":
        return On((await find_scan(session, reference)).source_id, reference)
    return On((await _finding(session, reference)).source_id, reference)


async def find_workspace(session: AsyncSession, reference: str) -> Workspace:
    """The workspace of that name or id.

    Raises:
        ChooseAnother: there is none.
    """
    found = await session.scalar(
        select(Workspace).where(or_(Workspace.id == reference, Workspace.name == reference))
    )
    if found is None:
        raise ChooseAnother(
            f"There is no workspace '{reference}'.",
            "workspaces.list shows them.",
            field="workspace",
        )
    return found


async def _finding(session: AsyncSession, reference: str) -> Finding:
    found = await session.get(Finding, reference)
    if found is None:
        raise ChooseAnother(
            f"There is no finding '{reference}'.",
            "List the findings to see their ids.",
            field="finding",
        )
    return found
