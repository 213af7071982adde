"""What an operation acts on, looked up by name: which source decides over the rights."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.assets import find_asset
from tools.catalog.containers import find_container
from tools.compliance.tables import Finding
from tools.data_sources.sources import find_source
from tools.errors import ChooseAnother
from tools.operation import Target
from tools.racine.workspaces.tables import Workspace
from tools.scan_logic.finding import find_scan


async def source_of(
    session: AsyncSession, target: Target, reference: str
) -> tuple[str | None, str]:
    """The id of the source that a target belongs to (None: to no source), and its name.

    Raises:
        ChooseAnother: there is nothing of that name among what the session may see.
        BeMoreExact: several things have that name.
    """
    if target == "source":
        source = await find_source(session, reference)
        return source.id, source.name
    if target == "asset":
        try:
            asset = await find_asset(session, reference)
        except ChooseAnother:
            if container := await find_container(session, reference):
                return container.source.id, container.source.name
            raise
        return asset.source_id, asset.qualified_name.split(".", 1)[0]
    if target == "workspace":
        await find_workspace(session, reference)
        return None, reference
    if target == "scan":
        return (await find_scan(session, reference)).source_id, reference
    return (await _finding(session, reference)).source_id, reference


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
