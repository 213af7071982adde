"""Walking lineage: breadth first over the edges that the caller may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.tables import Asset, LineageEdge
from tools.catalog.types import LineageLink, LineageNode

MAXIMUM_NODES = 500
Direction = Literal["upstream", "downstream"]


@dataclass
class Walk:
    """What was reached: nodes by distance, the edges passed, whether it was cut."""

    nodes: list[LineageNode] = field(default_factory=list)
    edges: list[LineageLink] = field(default_factory=list)
    truncated: bool = False


async def walk(
    session: AsyncSession,
    start: Asset,
    direction: Direction,
    depth: int,
    kinds: Iterable[str] = ("view", "foreign_key", "pipeline"),
) -> Walk:
    """Follow edges from `start`, at most `depth` steps and 500 nodes."""
    near, far = LineageEdge.upstream_id, LineageEdge.downstream_id
    if direction == "upstream":
        near, far = far, near
    result = Walk()
    names = {start.id: start.qualified_name}
    frontier = {start.id}
    for distance in range(1, depth + 1):
        rows = (
            await session.execute(
                select(LineageEdge, Asset)
                .join(Asset, Asset.id == far)
                .where(near.in_(frontier), LineageEdge.kind.in_(tuple(kinds)))
                .order_by(Asset.qualified_name)
            )
        ).all()
        frontier = set()
        for edge, asset in rows:
            if asset.id not in names:
                if len(result.nodes) >= MAXIMUM_NODES:
                    result.truncated = True
                    return result
                names[asset.id] = asset.qualified_name
                frontier.add(asset.id)
                result.nodes.append(
                    LineageNode(
                        id=asset.id,
                        kind=asset.kind,
                        qualified_name=asset.qualified_name,
                        distance=distance,
                        via=edge.kind,
                    )
                )
            result.edges.append(
                LineageLink(
                    upstream=names.get(edge.upstream_id, asset.qualified_name),
                    downstream=names.get(edge.downstream_id, asset.qualified_name),
                    kind=edge.kind,
                    event_id=edge.event_id,
                )
            )
        if not frontier:
            break
    return result
