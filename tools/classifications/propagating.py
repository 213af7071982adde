"""The operation that carries labels along column lineage, each with its reason and its path.

What it writes are suggestions. A column on which a person has decided is left as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.assets import find_asset
from tools.catalog.tables import Asset, LineageEdge
from tools.classifications.carried import withdraw_carried
from tools.classifications.labels import find_label
from tools.classifications.lessons import DECIDED, LINEAGE
from tools.classifications.tables import Classification
from tools.classifications.types import Propagated, Propagation
from tools.context import Context
from tools.database import new_id, now
from tools.operation import Effect, operation
from tools.values import AssetRef

Direction = Literal["downstream", "upstream", "both"]
MOST_COLUMNS = 500
NO_MORE = "The column that it came from doesn't carry it any more."
FADING = 0.9  # what is left of a score with each step
VIA = {
    "view": "view",
    "foreign_key": "foreign key",
    "pipeline": "pipeline",
    "query": "query",
    "dbt": "dbt model",
}


@dataclass(frozen=True)
class Reached:
    """A column along the lineage, with the steps that lead to it, in words."""

    column: Asset
    steps: tuple[str, ...]


@operation(
    "classifications.propagate_classification",
    permission="classifications.write",
    effect=Effect.WRITE,
    target="asset",
    examples=(
        "Propagate the labels of crm.customers along its lineage",
        "Carry the classification of customer.email downstream",
        "Propagate the label email of customer.email",
    ),
)
async def propagate_classification(
    ctx: Context,
    asset: AssetRef,
    label: Annotated[str | None, Field(max_length=60, description="Only this label")] = None,
    direction: Annotated[
        Direction, Field(description="downstream, upstream (where it comes from), or both")
    ] = "downstream",
    depth: Annotated[int, Field(ge=1, le=20, description="How many steps, 1 to 20")] = 10,
    only_confirmed: Annotated[
        bool, Field(description="Only labels that a person has confirmed")
    ] = False,
) -> Propagation:
    """Suggest a column's labels, or a table's, on the columns that its values flow to."""
    found = await find_asset(ctx.session, asset)
    query = (
        select(Classification, Asset)
        .join(Asset, Asset.id == Classification.asset_id)
        .where(or_(Asset.id == found.id, Asset.parent_id == found.id))
        .order_by(Asset.qualified_name, Classification.label)
    )
    if label:
        query = query.where(Classification.label == (await find_label(ctx.session, label)).id)
    items: list[Propagated] = []
    cut = False
    for row, column in (await ctx.session.execute(query)).all():
        if row.status == "confirmed" or (row.status == "suggested" and not only_confirmed):
            reached, truncated = await _along(ctx.session, column, direction, depth)
            cut = cut or truncated
            items += [await _carried(ctx.session, row, column, one) for one in reached]
    columns = await ctx.session.scalars(
        select(Asset).where(or_(Asset.id == found.id, Asset.parent_id == found.id))
    )
    items += [
        _told(row, Reached(column, tuple(row.evidence["path"])), "withdrawn", NO_MORE, None)
        for row, column in await withdraw_carried(ctx.session, [one.id for one in columns])
    ]
    await ctx.session.flush()
    shown = items[:MOST_COLUMNS]
    return Propagation(
        asset=found.qualified_name,
        items=shown,
        suggested=sum(one.outcome == "suggested" for one in items),
        left=sum(one.outcome == "left" for one in items),
        total=len(items),
        returned=len(shown),
        truncated=cut or len(shown) < len(items),
    )


async def _along(
    session: AsyncSession, start: Asset, direction: Direction, depth: int
) -> tuple[list[Reached], bool]:
    """The columns that lineage leads to, the nearest first, and whether there are more."""
    found: dict[str, Reached] = {start.id: Reached(start, ())}
    for way in ("downstream", "upstream"):
        if direction not in (way, "both"):
            continue
        frontier = [start.id]
        for _distance in range(depth):
            following = []
            for origin, edge, column in await _next(session, frontier, way):
                if column.id in found:
                    continue
                if len(found) > MOST_COLUMNS:
                    return list(found.values())[1:], True
                before = found[origin]
                found[column.id] = Reached(
                    column, (*before.steps, _step(before.column, edge, column))
                )
                following.append(column.id)
            frontier = following
        if frontier and await _next(session, frontier, way):
            return list(found.values())[1:], True
    return list(found.values())[1:], False


async def _next(
    session: AsyncSession, frontier: list[str], way: str
) -> list[tuple[str, LineageEdge, Asset]]:
    near, far = LineageEdge.upstream_id, LineageEdge.downstream_id
    if way == "upstream":
        near, far = far, near
    found: list[tuple[str, LineageEdge, Asset]] = []
    for start in range(0, len(frontier), 400):
        rows = await session.execute(
            select(LineageEdge, Asset)
            .join(Asset, Asset.id == far)
            .where(near.in_(frontier[start : start + 400]), Asset.kind == "column")
            .order_by(Asset.qualified_name, LineageEdge.kind)
        )
        found += [
            (edge.upstream_id if way == "downstream" else edge.downstream_id, edge, column)
            for edge, column in rows
        ]
    return found


def _step(before: Asset, edge: LineageEdge, after: Asset) -> str:
    one, two = before.qualified_name, after.qualified_name
    if edge.upstream_id != before.id:
        one, two = two, one
    verb = "is referred to by" if edge.kind == "foreign_key" else "flows into"
    return f"{one} {verb} {two} ({VIA.get(edge.kind, edge.kind)})"


async def _carried(
    session: AsyncSession, row: Classification, origin: Asset, reached: Reached
) -> Propagated:
    """Suggest the label on one column, unless something speaks against it."""
    column = reached.column
    rows = {
        one.label: one
        for one in await session.scalars(
            select(Classification).where(Classification.asset_id == column.id)
        )
    }
    known = rows.get(row.label)
    against = _against(row, origin, column, rows)
    if against is not None:
        outcome = "present" if known is not None and known.status == "suggested" else "left"
        return _told(row, reached, outcome, against, known.score if known else None)
    score = round(row.score * FADING ** len(reached.steps), 4)
    standing = f"confirmed by {row.set_by}" if row.status == "confirmed" else "suggested there"
    reason = f"Carried along lineage from {origin.qualified_name} ({standing})."
    evidence: dict[str, Any] = {
        "explanation": f"{reason} {'; '.join(reached.steps)}.",
        "path": list(reached.steps),
        "origin": origin.id,
    }
    if known is None:
        known = Classification(
            id=new_id("cls"),
            asset_id=column.id,
            source_id=column.source_id,
            label=row.label,
            status="suggested",
            set_by=LINEAGE,
        )
    elif known.score == score and known.evidence == evidence:
        return _told(row, reached, "present", reason, score)
    elif known.evidence.get("origin") != origin.id and known.score >= score:
        return _told(row, reached, "present", str(known.evidence["explanation"]), known.score)
    known.score, known.evidence, known.updated_at = score, evidence, now()
    session.add(known)
    return _told(row, reached, "suggested", reason, score)


def _against(
    row: Classification, origin: Asset, column: Asset, rows: dict[str, Classification]
) -> str | None:
    """Why the label isn't written there."""
    known = rows.get(row.label)
    if known is not None and known.status in DECIDED:
        return f"{known.set_by} {known.status} it there on {known.updated_at:%Y-%m-%d}."
    if known is not None and known.set_by != LINEAGE:
        return "A scan suggests it there already."
    other = next((one for one in rows.values() if one.status == "confirmed"), None)
    if other is not None:
        return f"{other.set_by} confirmed '{other.label}' there."
    one, two = origin.coarse_type, column.coarse_type
    if one and two and one != two:
        return f"It holds {two} where {origin.qualified_name} holds {one}: what is derived differs."
    return None


def _told(
    row: Classification, reached: Reached, outcome: str, reason: str, score: float | None
) -> Propagated:
    return Propagated(
        asset_id=reached.column.id,
        column=reached.column.qualified_name,
        label=row.label,
        outcome=outcome,
        score=score,
        reason=reason,
        path=list(reached.steps),
    )
