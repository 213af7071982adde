"""Walking lineage: breadth first over the edges that the caller may see.

A walk goes on to its depth whatever it finds, so that its totals are true; only what is listed of
it is cut, and what lies beyond its depth is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.tables import FLOWS, Asset, LineageEdge
from tools.catalog.types import ColumnLineage, LineageLink, LineageNode

MAXIMUM_NODES = 500
MAXIMUM_EDGES = 2000
AT_ONCE = 400
Direction = Literal["upstream", "downstream"]


@dataclass
class Walk:
    """What was reached: nodes by distance, the edges passed, and how much there is of each.

    `truncated`: more was reached than is listed. `deeper`: there is more beyond the depth.
    """

    nodes: list[LineageNode] = field(default_factory=list)
    edges: list[LineageLink] = field(default_factory=list)
    total: int = 0
    edges_total: int = 0
    truncated: bool = False
    deeper: bool = False


async def walk(
    session: AsyncSession,
    start: Asset,
    direction: Direction,
    depth: int,
    kinds: Iterable[str] = (*FLOWS, "foreign_key"),
) -> Walk:
    """Follow edges from `start`, at most `depth` steps; 500 nodes and 2,000 edges are listed."""
    result = Walk()
    names = {start.id: start.qualified_name}
    frontier = {start.id}
    for distance in range(1, depth + 1):
        reached = await _step(session, frontier, direction, tuple(kinds))
        frontier = set()
        for edge, asset in reached:
            if asset.id not in names:
                names[asset.id] = asset.qualified_name
                frontier.add(asset.id)
                result.total += 1
                if len(result.nodes) < MAXIMUM_NODES:
                    result.nodes.append(
                        LineageNode(
                            id=asset.id,
                            kind=asset.kind,
                            qualified_name=asset.qualified_name,
                            distance=distance,
                            via=edge.kind,
                        )
                    )
            result.edges_total += 1
            if len(result.edges) < MAXIMUM_EDGES:
                result.edges.append(_link(edge, names))
        if not frontier:
            break
    if frontier and depth:
        beyond = await _step(session, frontier, direction, tuple(kinds))
        result.deeper = any(asset.id not in names for _, asset in beyond)
    result.truncated = result.total > len(result.nodes) or result.edges_total > len(result.edges)
    return result


async def column_lineage(
    session: AsyncSession, table: Asset, directions: Sequence[Direction], depth: int
) -> list[ColumnLineage]:
    """What each column of a table is made of, and what is made of it, in two walks for all."""
    columns = list(
        await session.scalars(
            select(Asset)
            .where(Asset.parent_id == table.id, Asset.kind == "column")
            .order_by(Asset.position)
        )
    )
    names = {column.id: column.qualified_name for column in columns}
    next_to: dict[str, dict[str, list[str]]] = {}
    for direction in directions:
        near: dict[str, list[str]] = defaultdict(list)
        frontier, seen = set(names), set(names)
        for _ in range(depth):
            reached = await _step(session, frontier, direction, FLOWS)
            frontier = set()
            for edge, asset in reached:
                here = edge.downstream_id if direction == "upstream" else edge.upstream_id
                near[here].append(asset.id)
                names[asset.id] = asset.qualified_name
                if asset.id not in seen:
                    seen.add(asset.id)
                    frontier.add(asset.id)
            if not frontier:
                break
        next_to[direction] = near
    return [
        ColumnLineage(
            column=column.name,
            upstream=_reach(column.id, next_to.get("upstream", {}), depth, names),
            downstream=_reach(column.id, next_to.get("downstream", {}), depth, names),
        )
        for column in columns
    ]


async def _step(
    session: AsyncSession, frontier: Collection[str], direction: Direction, kinds: Sequence[str]
) -> list[tuple[LineageEdge, Asset]]:
    """The edges that lead on from these assets, with what they lead to."""
    near, far = LineageEdge.upstream_id, LineageEdge.downstream_id
    if direction == "upstream":
        near, far = far, near
    found: list[tuple[LineageEdge, Asset]] = []
    for part in _parts(sorted(frontier)):
        rows = await session.execute(
            select(LineageEdge, Asset)
            .join(Asset, Asset.id == far)
            .where(near.in_(part), LineageEdge.kind.in_(kinds))
        )
        found += [(row[0], row[1]) for row in rows]
    return sorted(found, key=lambda one: (one[1].qualified_name, one[0].kind))


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


def _reach(
    start: str, near: Mapping[str, Sequence[str]], depth: int, names: Mapping[str, str]
) -> list[str]:
    seen = {start}
    frontier = [start]
    for _ in range(depth):
        frontier = [one for here in frontier for one in near.get(here, ()) if one not in seen]
        seen.update(frontier)
    return sorted(names[one] for one in seen - {start})


def _link(edge: LineageEdge, names: Mapping[str, str]) -> LineageLink:
    return LineageLink(
        upstream=names[edge.upstream_id],
        downstream=names[edge.downstream_id],
        kind=edge.kind,
        event_id=edge.event_id,
        evidence=edge.evidence,
    )
