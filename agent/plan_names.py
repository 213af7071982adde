"""The names in a plan that look like others: those it is told, and those it would bring about.

They are compared only with names that the requester may know of, so that a plan finds out none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from agent.plan_downstream import texts
from tools.catalog.tables import Asset
from tools.changes import Change
from tools.classifications.tables import Label
from tools.data_sources.tables import Source
from tools.lookalikes import Known, mark, skeletons
from tools.policy import Entitlements
from tools.racine.workflows.tables import Workflow
from tools.racine.workspaces.tables import Workspace
from tools.rbac.tables import Role, User
from tools.rehearsal import PlanPreview
from tools.steps import Step

MOST_NAMES = 20_000
LONGEST = 200
NAMING = ("qualified_name", "name", "title", "email")
LISTED = {
    "rbac.read": (User.name, User.email, Role.name),
    "classifications.read": (Label.id, Label.title),
    "workflows.read": (Workflow.name,),
    "workspaces.read": (Workspace.name,),
}


async def marks(
    session: AsyncSession, steps: Sequence[Step], preview: PlanPreview, requester: Entitlements
) -> list[dict[str, Any]]:
    """The names that are odd, each once per step."""
    changes = {one.step_id: one.changes for one in preview.steps}
    known = await _known(session, requester, [one for each in changes.values() for one in each])
    found = []
    for step in steps:
        told = [*texts(step.arguments), *_brought(changes.get(step.id, ()))]
        for text in dict.fromkeys(told):
            odd = mark(text, known) if len(text) <= LONGEST else None
            if odd is not None:
                found.append({"step": step.id, **vars(odd), "at": list(odd.at)})
    return found


async def _known(
    session: AsyncSession, requester: Entitlements, changes: Sequence[Change]
) -> Known:
    names: list[str] = list(await session.scalars(select(Source.name)))
    for permission, columns in LISTED.items():
        if requester.decide(permission).allowed:
            for column in columns:
                names += await session.scalars(select(column).limit(MOST_NAMES))
    tables = select(Asset.qualified_name).where(Asset.kind != "column")
    for query in (tables, select(Asset.name).distinct()):
        names += await session.scalars(query.order_by(query.selected_columns[0]).limit(MOST_NAMES))
    tags = await session.scalars(select(Asset.tags).where(Asset.kind != "column").limit(MOST_NAMES))
    names += [tag for each in tags for tag in each]
    return skeletons([*names, *_brought(changes)])


def _brought(changes: Sequence[Change]) -> Iterator[str]:
    """The names that changes give to records."""
    for change in changes:
        before, after = change.before or {}, change.after or {}
        # of a column its own name only: its table's is marked by itself
        for field in NAMING[1:] if after.get("kind") == "column" else NAMING:
            name = after.get(field)
            if isinstance(name, str) and name != before.get(field):
                yield name
                break
