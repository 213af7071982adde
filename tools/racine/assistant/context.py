"""What somebody has before them while asking: a page, an asset, a source, a workspace, a selection.

So that "classify this" and "who owns these" mean something; only what the caller may see counts.
"""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import unquote

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.tables import Asset
from tools.compliance.tables import ComplianceRule, Finding, Framework
from tools.context import Context
from tools.data_sources.tables import Source
from tools.operation import operation
from tools.racine.assistant.types import Looked, LookedAt
from tools.racine.workspaces.tables import Workspace, WorkspaceSource
from tools.rbac.tables import User

Name = Annotated[str, StringConstraints(min_length=1, max_length=400)]
MOST_SELECTED = 50
_PARTS = re.compile(r"[/?#&=]")


class Looking(BaseModel):
    """What is before somebody, by ids or names."""

    model_config = ConfigDict(extra="forbid")

    page: Annotated[str | None, Field(max_length=400, description="The page that is open")] = None
    asset: Annotated[Name | None, Field(description="The asset that the page is about")] = None
    source: Annotated[Name | None, Field(description="The source that the page is about")] = None
    workspace: Annotated[Name | None, Field(description="The workspace that is worked in")] = None
    selection: Annotated[
        list[Name],
        Field(max_length=MOST_SELECTED, description="Ids or names of what is selected"),
    ] = []


async def looked_at(session: AsyncSession, looking: Looking) -> tuple[list[Looked], list[str]]:
    """The selection, or else what the page is about, or else the workspace with its sources; and
    the names of what isn't there.

    What a page is about is told by its asset and source, or else by the parts of its address.
    """
    found: dict[str, Looked] = {}
    missing = []
    page = [one for one in (looking.asset, looking.source) if one is not None]
    for reference in looking.selection or page:
        one = await _found(session, reference)
        if one is None:
            missing.append(reference)
        else:
            found.setdefault(one.id, one)
    if not (found or missing) and looking.page is not None:
        found = {one.id: one for one in await _addressed(session, looking.page)}
    if not found and looking.workspace is not None:
        around = await _around(session, looking.workspace)
        found = {one.id: one for one in around}
        missing += [] if around else [looking.workspace]
    return list(found.values()), missing


async def _addressed(session: AsyncSession, address: str) -> list[Looked]:
    """What the last part of an address that names anything names."""
    for part in reversed([unquote(one) for one in _PARTS.split(address) if one]):
        if one := await _found(session, part[:400]):
            return [one]
    return []


async def _around(session: AsyncSession, reference: str) -> list[Looked]:
    """A workspace, and after it the sources that are linked to it."""
    named = or_(Workspace.id == reference, Workspace.name == reference)
    workspace = await session.scalar(select(Workspace).where(named))
    if workspace is None:
        return []
    linked = select(WorkspaceSource.source_id).where(WorkspaceSource.workspace_id == workspace.id)
    sources = await session.scalars(
        select(Source).where(Source.id.in_(linked)).order_by(Source.name)
    )
    return [
        Looked(id=workspace.id, kind="workspace", name=workspace.name),
        *(Looked(id=one.id, kind="source", name=one.name) for one in sources),
    ]


@operation(
    "assistant.analyze_context",
    permission="catalog.read",
    path="POST /analyze-context",
    agent=False,
    examples=("What am I looking at?",),
)
async def analyze_context(
    ctx: Context,
    page: Annotated[str | None, Field(max_length=400, description="The page that is open")] = None,
    asset: Annotated[Name | None, Field(description="The asset that the page is about")] = None,
    source: Annotated[Name | None, Field(description="The source that the page is about")] = None,
    workspace: Annotated[Name | None, Field(description="The workspace that is worked in")] = None,
    selection: Annotated[
        list[Name] | None,
        Field(max_length=MOST_SELECTED, description="Ids or names of what is selected"),
    ] = None,
) -> LookedAt:
    """Say what a page and a selection are about, and what could be asked there."""
    looking = Looking(
        page=page, asset=asset, source=source, workspace=workspace, selection=selection or []
    )
    found, missing = await looked_at(ctx.session, looking)
    return LookedAt(about=found, not_found=missing, prompts=_prompts(found))


async def _found(session: AsyncSession, reference: str) -> Looked | None:
    assets = select(Asset.id, Asset.kind, Asset.qualified_name.label("name")).where(
        or_(Asset.id == reference, Asset.qualified_name == reference)
    )
    named = [
        (kind, select(table.id, label.label("name")).where(or_(table.id == reference, where)))
        for kind, table, label, where in (
            ("source", Source, Source.name, Source.name == reference),
            ("framework", Framework, Framework.name, Framework.name == reference),
            ("rule", ComplianceRule, ComplianceRule.title, ComplianceRule.title == reference),
            ("person", User, User.name, User.name == reference),
        )
    ]
    for asset in await session.execute(assets):
        return Looked(id=asset.id, kind=asset.kind, name=asset.name)
    finding = await session.get(Finding, reference)
    if finding is not None and finding.asset_id is not None:
        return await _found(session, finding.asset_id)
    for kind, query in named:
        if (row := (await session.execute(query)).first()) is not None:
            return Looked(id=row.id, kind=kind, name=row.name)
    return None


def _prompts(found: list[Looked]) -> list[str]:
    if not found:
        return []
    first, several = found[0], len(found) > 1
    match first.kind:
        case "workspace":
            about = [f"Is {one.name} compliant with GDPR, and why not?" for one in found[1:3]]
            return [f"What is in the workspace {first.name}?", *about]
        case "source":
            return [
                f"Scan {first.name} for personal data",
                f"Which columns of {first.name} hold personal data?",
                f"Is {first.name} compliant with GDPR, and why not?",
            ]
        case "table" | "view":
            this = "these" if several else "this"
            return [f"Who owns {this}?", f"What breaks without {this}?", f"Profile {this}"]
        case "column":
            return ["Why is this classified so?", "What breaks if I drop this?", "Classify this"]
        case "framework":
            return [f"Which gaps are there in {first.name}?", f"How do we stand with {first.name}?"]
        case _:
            return []
