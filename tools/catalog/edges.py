"""Writing edges of lineage: each once, with where it was last said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.tables import Asset, LineageEdge

AT_ONCE = 400


@dataclass
class Edges:
    """Edges of one kind that are said; `write` brings the catalog to them."""

    kind: str
    said: dict[tuple[str, str], tuple[Asset, Asset, str]] = field(default_factory=dict)

    def say(self, upstream: Asset, downstream: Asset, evidence: str) -> None:
        """That something flows; nothing flows into itself."""
        if upstream.id != downstream.id:
            self.said.setdefault((upstream.id, downstream.id), (upstream, downstream, evidence))

    async def write(self, session: AsyncSession) -> int:
        """How many of them are new."""
        known = await self._known(session)
        added = 0
        for key, (upstream, downstream, evidence) in self.said.items():
            edge = known.get(key)
            if edge is None:
                added += 1
                session.add(
                    LineageEdge(
                        upstream_id=upstream.id,
                        downstream_id=downstream.id,
                        kind=self.kind,
                        source_id=downstream.source_id,
                        evidence=evidence[:400],
                    )
                )
            elif edge.evidence != evidence[:400]:
                edge.evidence = evidence[:400]
        await session.flush()
        return added

    async def withdraw(self, session: AsyncSession, evidence: str) -> int:
        """Remove the edges that were said before by what begins so, and aren't said now."""
        escaped = evidence.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        removed = 0
        for edge in await session.scalars(
            select(LineageEdge).where(
                LineageEdge.kind == self.kind,
                LineageEdge.evidence.like(f"{escaped}%", escape="\\"),
            )
        ):
            if (edge.upstream_id, edge.downstream_id) not in self.said:
                await session.delete(edge)
                removed += 1
        await session.flush()
        return removed

    async def _known(self, session: AsyncSession) -> Mapping[tuple[str, str], LineageEdge]:
        ids = sorted({downstream for _, downstream in self.said})
        known = {}
        for start in range(0, len(ids), AT_ONCE):
            for edge in await session.scalars(
                select(LineageEdge).where(
                    LineageEdge.kind == self.kind,
                    LineageEdge.downstream_id.in_(ids[start : start + AT_ONCE]),
                )
            ):
                known[edge.upstream_id, edge.downstream_id] = edge
        return known
