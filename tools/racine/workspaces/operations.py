"""The operations of workspaces."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.context import Context
from tools.data_sources.sources import find_source
from tools.data_sources.tables import Source
from tools.database import new_id
from tools.errors import LookAgain
from tools.operation import Effect, operation
from tools.racine.workspaces.tables import Workspace, WorkspaceSource
from tools.targets import find_workspace
from tools.values import Citation, Cited, Cursor, Limit, Page, SourceRef, page, paged

WorkspaceRef = Annotated[str, Field(max_length=200, description="A workspace's name or id")]


class WorkspaceDetail(Cited):
    """A workspace and the sources that are linked to it."""

    id: str
    name: str
    kind: str
    sources: list[str]

    def citation(self) -> Citation:
        return Citation(
            id=self.id,
            kind="workspace",
            title=self.name,
            url=f"/api/racine/workspace/get?workspace={self.id}",
            snippet=", ".join(self.sources),
        )


@operation(
    "workspaces.create",
    permission="workspaces.write",
    effect=Effect.WRITE,
    examples=("Create a workspace for the marketing team",),
)
async def create(
    ctx: Context,
    name: Annotated[str, Field(min_length=1, max_length=200, description="Its name")],
    kind: Annotated[
        Literal["personal", "team", "enterprise"], Field(description="Whose it is")
    ] = "team",
) -> WorkspaceDetail:
    """Create a workspace."""
    if await ctx.session.scalar(select(Workspace).where(Workspace.name == name)):
        raise LookAgain(
            f"There is already a workspace '{name}'.", "Choose another name.", field="name"
        )
    workspace = Workspace(id=new_id("wsp"), name=name, kind=kind)
    ctx.session.add(workspace)
    await ctx.session.flush()
    return await _detail(ctx.session, workspace)


@operation(
    "workspaces.list",
    permission="workspaces.read",
    examples=("Which workspaces are there?",),
)
async def list_workspaces(
    ctx: Context, limit: Limit = 50, cursor: Cursor = None
) -> Page[WorkspaceDetail]:
    """List the workspaces and their sources."""
    rows, total = await paged(
        ctx.session, select(Workspace).order_by(Workspace.name), limit, cursor
    )
    return page([await _detail(ctx.session, row) for row in rows], total, cursor)


@operation(
    "workspaces.get",
    permission="workspaces.read",
    target="workspace",
    examples=("Show the workspace marketing",),
)
async def get(ctx: Context, workspace: WorkspaceRef) -> WorkspaceDetail:
    """Show a workspace."""
    return await _detail(ctx.session, await find_workspace(ctx.session, workspace))


@operation(
    "workspaces.link_resource",
    permission="workspaces.write",
    effect=Effect.WRITE,
    target="workspace",
    path="POST /{workspace}/link-resource",
    examples=("Link crm to the marketing workspace",),
)
async def link_resource(
    ctx: Context, workspace: WorkspaceRef, source: SourceRef
) -> WorkspaceDetail:
    """Link a source to a workspace: who has a role there has it on this source too."""
    place = await find_workspace(ctx.session, workspace)
    found = await find_source(ctx.session, source)
    if await ctx.session.get(WorkspaceSource, (place.id, found.id)) is None:
        ctx.session.add(WorkspaceSource(workspace_id=place.id, source_id=found.id))
        await ctx.session.flush()
    return await _detail(ctx.session, place)


async def _detail(session: AsyncSession, workspace: Workspace) -> WorkspaceDetail:
    sources = await session.scalars(
        select(Source.name)
        .join(WorkspaceSource, WorkspaceSource.source_id == Source.id)
        .where(WorkspaceSource.workspace_id == workspace.id)
        .order_by(Source.name)
    )
    return WorkspaceDetail(
        id=workspace.id, name=workspace.name, kind=workspace.kind, sources=list(sources)
    )
