"""`assistant.insights`: what the records of several groups tell only together.

What the caller may not see or ask tells nothing; what was dismissed isn't told again.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tools.context import Context
from tools.database import now
from tools.errors import ChooseAnother
from tools.operation import operation
from tools.racine.assistant.advice.types import Desk
from tools.racine.assistant.decisions import decided
from tools.racine.assistant.insight.listed import INSIGHTS
from tools.racine.assistant.insight.types import InsightKind, Observation
from tools.racine.assistant.noticed_types import Insight, Insights
from tools.steps import numbered
from tools.values import Cursor, Limit, offset_of, page


@operation(
    "assistant.insights",
    permission="catalog.read",
    path="GET /insights",
    examples=(
        "What insights do you have across all groups?",
        "Which patterns do you see in our governance data?",
        "What do findings, owners and classifications tell together?",
        "Insights about crm",
        "Where do our problems concentrate?",
    ),
)
async def insights(
    ctx: Context,
    source: Annotated[
        str | None, Field(max_length=200, description="Only what is about this source")
    ] = None,
    kind: Annotated[
        str | None, Field(max_length=60, description="Only of this kind, such as posture-trend")
    ] = None,
    group: Annotated[
        str | None,
        Field(max_length=60, description="Only with records of this group, such as compliance"),
    ] = None,
    limit: Limit = 10,
    cursor: Cursor = None,
) -> Insights:
    """Tell what several groups show together: concentrations, trends, what goes with what."""
    listed = await found(ctx, source, kind, group)
    start = offset_of(cursor)
    return Insights(**dict(page(listed[start : start + limit], len(listed), cursor)))


async def found(
    ctx: Context, source: str | None = None, kind: str | None = None, group: str | None = None
) -> list[Insight]:
    """The insights that the caller hasn't put aside, what matters most first.

    Raises:
        ChooseAnother: there is no such kind, or none of that group.
    """
    groups = {name for one in INSIGHTS for name in one.groups}
    for wanted, known, field in (
        (kind, [one.name for one in INSIGHTS], "kind"),
        (group, sorted(groups), "group"),
    ):
        if wanted is not None and wanted not in known:
            raise ChooseAnother(
                f"There is no {field} '{wanted}'.",
                f"Those with insights are: {', '.join(known)}.",
                field=field,
            )
    sought = await ctx.invoke("data_sources.get_source", source=source) if source else None
    desk = Desk(ctx, now())
    aside = await decided(ctx, desk.at)
    seen = [
        _told(one, observation)
        for one in INSIGHTS
        if kind in (None, one.name) and (group is None or group in one.groups)
        for observation in await one.look(desk)
    ]
    return sorted(
        (
            one
            for one in seen
            if one.id not in aside and (sought is None or _about(one, sought.id))  # type: ignore[attr-defined]
        ),
        key=lambda one: (-one.weight, one.title),
    )


def _about(one: Insight, source_id: str) -> bool:
    grounds = {ground.id for ground in one.rests_on if ground.kind == "source"}
    return source_id in {one.source_id, *grounds}


def _told(kind: InsightKind, seen: Observation) -> Insight:
    return Insight(
        id=kind.id_of(seen),
        kind=kind.name,
        groups=list(kind.groups),
        title=seen.title,
        evidence=seen.evidence,
        why=kind.why,
        weight=round(min(seen.weight, 1.0), 3),
        rests_on=list(seen.grounds),
        question=None if seen.steps else seen.question,
        steps=numbered(seen.steps),
        source_id=seen.source_id,
    )
