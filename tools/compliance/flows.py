"""Where data flows, across sources too: what is directly upstream, and all that is downstream."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.tables import FLOWS, Asset, LineageEdge
from tools.classifications.tables import Classification
from tools.compliance.facts import Downstream
from tools.data_sources.tables import Source

PART = 400


@dataclass
class Flows:
    """The edges that concern one source, with the assets they lead to."""

    ends: dict[str, Downstream] = field(default_factory=dict)
    later: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    earlier: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def into(self, asset_id: str) -> tuple[str, ...]:
        """The names of what an asset comes from directly."""
        found = (self.ends.get(one) for one in self.earlier.get(asset_id, ()))
        return tuple(sorted(one.qualified_name for one in found if one))

    def out_of(self, asset_id: str) -> tuple[Downstream, ...]:
        """All that an asset flows into, at any depth."""
        reached: dict[str, None] = {}
        waiting = [asset_id]
        while waiting:
            for one in self.later.get(waiting.pop(), ()):
                if one not in reached and one != asset_id:
                    reached[one] = None
                    waiting.append(one)
        return tuple(self.ends[one] for one in reached if one in self.ends)


async def load_flows(session: AsyncSession, source: Source) -> Flows:
    """The edges from and to a source's assets, and on from where they lead."""
    flows = Flows()
    own = select(Asset.id).where(Asset.source_id == source.id)
    seen: set[tuple[str, str]] = set()
    found = await _edges(
        session, or_(LineageEdge.upstream_id.in_(own), LineageEdge.downstream_id.in_(own))
    )
    asked = set(await session.scalars(own))
    while found:
        reached = set()
        for upstream, downstream in found:
            if (upstream, downstream) not in seen:
                seen.add((upstream, downstream))
                flows.later[upstream].append(downstream)
                flows.earlier[downstream].append(upstream)
                reached.add(downstream)
        further = sorted(reached - asked)
        asked |= reached
        found = []
        for start in range(0, len(further), PART):
            part = further[start : start + PART]
            found += await _edges(session, LineageEdge.upstream_id.in_(part))
    await _name(session, flows, sorted({one for edge in seen for one in edge}))
    return flows


async def _edges(session: AsyncSession, which: object) -> list[tuple[str, str]]:
    query = (
        select(LineageEdge.upstream_id, LineageEdge.downstream_id)
        .where(LineageEdge.kind.in_(FLOWS), which)  # type: ignore[arg-type]
        .order_by(LineageEdge.upstream_id, LineageEdge.downstream_id)
    )
    return [(row.upstream_id, row.downstream_id) for row in await session.execute(query)]


async def _name(session: AsyncSession, flows: Flows, ids: list[str]) -> None:
    """Fill in the names, sources and labels; a pipeline is a way, not an end."""
    for start in range(0, len(ids), PART):
        part = ids[start : start + PART]
        labels: dict[str, set[str]] = defaultdict(set)
        for row in await session.execute(
            select(Classification.asset_id, Classification.label).where(
                Classification.asset_id.in_(part), Classification.status != "rejected"
            )
        ):
            labels[row.asset_id].add(row.label)
        for one, name, source, environment in await session.execute(
            select(Asset.id, Asset.qualified_name, Source.name, Source.environment)
            .join(Source, Source.id == Asset.source_id)
            .where(Asset.id.in_(part), Asset.kind != "pipeline")
        ):
            flows.ends[one] = Downstream(name, source, frozenset(labels[one]), environment)
