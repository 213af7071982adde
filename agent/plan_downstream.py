"""What depends on the records that a plan changes, as far as the requester may know. Only reads.

The session is restricted to what the requester may read; what belongs to no source is told to
whoever may list it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Executable, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from tools.catalog.assets import search_name
from tools.catalog.tables import Asset, LineageEdge
from tools.changes import Change
from tools.data_sources.tables import Source
from tools.policy import Entitlements
from tools.racine.approvals.standing import asset_of
from tools.racine.workflows.schedules.tables import Schedule
from tools.racine.workflows.tables import Workflow
from tools.racine.workspaces.tables import Workspace, WorkspaceSource

NAMED = 10
DEPTH = 10
AT_ONCE = 1_000  # ids of one query: databases limit how many parameters it has
REFERENCE = "foreign_key"


@dataclass(frozen=True)
class Touched:
    """What exists and would change: assets with their tables, and the sources that hold it.

    `judged`: the sources that rules for sources would find changed, themselves or in their labels.
    """

    assets: frozenset[str]
    parents: Mapping[str, str]
    sources: frozenset[str]
    judged: frozenset[str]

    def with_tables(self, assets: Iterable[str]) -> set[str]:
        """Assets, and of columns among them their tables."""
        listed = set(assets)
        return listed | {self.parents[one] for one in listed if one in self.parents}


async def touched_by(session: AsyncSession, changes: Iterable[Change]) -> Touched:
    """What changes touch of what exists already."""
    assets: set[str] = set()
    created: set[str] = set()
    sources: set[str] = set()
    judged: set[str] = set()
    for change in changes:
        if change.table == "assets" and change.action == "create":
            created.add(change.key)
        elif asset := asset_of(change):
            assets.add(asset)
        if change.source_id:
            sources.add(change.source_id)
            if change.table in ("sources", "classifications"):
                judged.add(change.source_id)
    found = await rows_by(
        session,
        lambda ids: select(Asset.id, Asset.parent_id).where(Asset.id.in_(ids)),
        assets - created,
    )
    parents = {row[0]: row[1] for row in found if row[1]}
    present = frozenset(row[0] for row in found)
    return Touched(present, parents, frozenset(sources), frozenset(judged))


async def downstream(
    session: AsyncSession, touched: Touched, requester: Entitlements
) -> dict[str, Any]:
    """Assets, workspaces, workflows and schedules that depend on what is touched."""

    workspaces: list[str] = []
    if requester.decide("workspaces.read").allowed:
        workspaces = await _workspaces(session, touched)
    workflows: dict[str, str] = {}
    if requester.decide("workflows.read").allowed:
        workflows = await _workflows(session, touched)
    scheduled = await rows_by(
        session, lambda ids: select(Schedule.name).where(Schedule.workflow_id.in_(ids)), workflows
    )
    return {
        "assets": some(await _reached(session, touched)),
        "workspaces": some(sorted(set(workspaces))),
        "workflows": some(sorted(workflows.values())),
        "schedules": some(sorted(row[0] for row in scheduled)),
    }


async def rows_by(
    session: AsyncSession, query: Callable[[list[str]], Executable], ids: Iterable[str]
) -> list[Any]:
    """The rows of a query by ids, asked for in parts."""
    ordered = sorted(set(ids))
    rows: list[Any] = []
    for start in range(0, len(ordered), AT_ONCE):
        rows += await session.execute(query(ordered[start : start + AT_ONCE]))
    return rows


def some(listed: Sequence[Any]) -> dict[str, Any]:
    """A list's first, and how many there are."""
    return {"total": len(listed), "shown": list(listed[:NAMED])}


def texts(value: Any) -> Iterator[str]:
    """The texts in a value, references left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            if key != "$ref":
                yield from texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts(one)


async def _reached(session: AsyncSession, touched: Touched) -> list[str]:
    """The tables, views and the like that depend on what is touched: near and far by flows.

    As in `catalog.analyze_impact`, who refers by a key is told, but not who refers to them.
    """
    start = set(touched.assets)
    referring = await _next(session, await _with_columns(session, start), references=True)
    seen, frontier = set(start), set(start)
    for _ in range(DEPTH):
        frontier = await _with_columns(session, frontier)
        seen |= frontier
        frontier = await _next(session, frontier, references=False) - seen
        seen |= frontier
        if not frontier:
            break
    table = aliased(Asset)
    found = await rows_by(
        session,
        lambda ids: (
            select(
                func.coalesce(table.id, Asset.id),
                func.coalesce(table.qualified_name, Asset.qualified_name),
            )
            .select_from(Asset)
            .outerjoin(table, table.id == Asset.parent_id)
            .where(Asset.id.in_(ids))
        ),
        (seen | referring) - start,
    )
    return sorted({name for asset, name in found if asset not in start})


async def _with_columns(session: AsyncSession, assets: set[str]) -> set[str]:
    rows = await rows_by(
        session, lambda ids: select(Asset.id).where(Asset.parent_id.in_(ids)), assets
    )
    return assets | {row[0] for row in rows}


async def _next(session: AsyncSession, assets: set[str], *, references: bool) -> set[str]:
    kind = LineageEdge.kind == REFERENCE if references else LineageEdge.kind != REFERENCE
    rows = await rows_by(
        session,
        lambda ids: select(LineageEdge.downstream_id).where(LineageEdge.upstream_id.in_(ids), kind),
        assets,
    )
    return {row[0] for row in rows}


async def _workspaces(session: AsyncSession, touched: Touched) -> list[str]:
    rows = await rows_by(
        session,
        lambda ids: (
            select(Workspace.name)
            .join(WorkspaceSource, WorkspaceSource.workspace_id == Workspace.id)
            .where(WorkspaceSource.source_id.in_(ids))
        ),
        touched.sources,
    )
    return [row[0] for row in rows]


async def _workflows(session: AsyncSession, touched: Touched) -> dict[str, str]:
    """The saved workflows (a pipeline is one) whose steps name what is touched: names by id."""
    assets = touched.with_tables(touched.assets)
    sources = await rows_by(
        session,
        lambda ids: select(Source.id, Source.name).where(Source.id.in_(ids)),
        touched.sources,
    )
    named = {search_name(one) for row in sources for one in row}
    parts = {search_name(one) for one in assets}
    for name, kind in await rows_by(
        session,
        lambda ids: select(Asset.qualified_name, Asset.kind).where(Asset.id.in_(ids)),
        assets,
    ):
        parts |= set(_said(search_name(name), 2 if kind == "column" else 1))
    rows = await session.execute(select(Workflow.id, Workflow.name, Workflow.steps))

    def names(text: str) -> bool:
        said = search_name(text)
        return said in named or said in parts or said.rpartition(".")[0] in parts

    return {row[0]: row[1] for row in rows if any(map(names, texts(row[2])))}


def _said(name: str, shortest: int) -> Iterator[str]:
    """What an asset may be called: its name without its source, its schema, its table."""
    parts = name.split(".")
    for first in range(len(parts) - shortest + 1):
        yield ".".join(parts[first:])
    if len(parts) > shortest + 1:
        yield ".".join([parts[0], *parts[2:]])
