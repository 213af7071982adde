"""`assistant.recommendations`: what the caller had better do next, each with its evidence.

What was dismissed isn't told to the same person again, as long as it is about the same thing; what
was accepted is, if a week later it is still so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from tools.context import Context
from tools.database import now
from tools.errors import ChooseAnother
from tools.operation import Effect, operation
from tools.racine.assistant.advice.listed import DETECTORS
from tools.racine.assistant.advice.types import Advice, Desk, Detector
from tools.racine.assistant.decisions import decided
from tools.racine.assistant.insights import found as insights_found
from tools.racine.assistant.noticed_types import (
    Insight,
    Recommendation,
    RecommendationDecided,
    Recommendations,
)
from tools.racine.assistant.tables import RecommendationDecision
from tools.steps import numbered
from tools.values import Cursor, Limit, offset_of, page

LESS = 0.8
Reference = Annotated[
    str,
    Field(
        max_length=40,
        description="A recommendation's id, or its place in the list; or an insight's id",
    ),
]


@operation(
    "assistant.recommendations",
    permission="catalog.read",
    path="GET /recommendations",
    examples=(
        "What should I do next?",
        "What do you recommend?",
        "Recommendations for crm",
        "What needs my attention?",
    ),
)
async def recommendations(
    ctx: Context,
    source: Annotated[
        str | None, Field(max_length=200, description="Only what is about this source")
    ] = None,
    kind: Annotated[
        str | None, Field(max_length=60, description="Only of this kind, such as stale-scan")
    ] = None,
    limit: Limit = 10,
    cursor: Cursor = None,
) -> Recommendations:
    """Recommend what to do next, what matters most first, each with what speaks for it."""
    found = await _found(ctx, source, kind)
    start = offset_of(cursor)
    return Recommendations(**dict(page(found[start : start + limit], len(found), cursor)))


@operation(
    "assistant.accept_recommendation",
    permission="assistant.write",
    effect=Effect.WRITE,
    own=True,
    examples=("Accept the first recommendation",),
)
async def accept_recommendation(ctx: Context, recommendation: Reference) -> RecommendationDecided:
    """Accept a recommendation or insight; the steps that it gives are to be proposed as a plan."""
    return await _decide(ctx, recommendation, "accepted", None)


@operation(
    "assistant.dismiss_recommendation",
    permission="assistant.write",
    effect=Effect.WRITE,
    own=True,
    examples=("Dismiss the second recommendation because crm is being retired",),
)
async def dismiss_recommendation(
    ctx: Context,
    recommendation: Reference,
    reason: Annotated[str, Field(min_length=1, max_length=500, description="Why not")],
) -> RecommendationDecided:
    """Dismiss a recommendation or insight with a reason; the caller isn't told it again."""
    return await _decide(ctx, recommendation, "dismissed", reason)


async def _found(
    ctx: Context, source: str | None = None, kind: str | None = None
) -> list[Recommendation]:
    if kind is not None and kind not in (known := [one.name for one in DETECTORS]):
        raise ChooseAnother(
            f"There is no kind '{kind}'.", f"Kinds are: {', '.join(known)}.", field="kind"
        )
    sought = await ctx.invoke("data_sources.get_source", source=source) if source else None
    desk = Desk(ctx, now())
    aside = await decided(ctx, desk.at)
    made = [
        _told(detector, advice) for detector in DETECTORS for advice in await detector.find(desk)
    ]
    open_ones = [
        one
        for one in made
        if one.id not in aside
        and kind in (None, one.kind)
        and (sought is None or one.source_id == sought.id)  # type: ignore[attr-defined]
    ]
    return _varied(sorted(open_ones, key=lambda one: (-one.weight, one.title, one.id)))


def _varied(found: Sequence[Recommendation]) -> list[Recommendation]:
    """What matters most first, where each more of the same kind matters less than the one before.

    Otherwise fifty findings that nobody sees to would hide the one source that can't be reached.
    """
    told: Counter[str] = Counter()
    weighed = []
    for one in found:
        weighed.append((one.weight * LESS ** told[one.kind], one))
        told[one.kind] += 1
    return [one for _, one in sorted(weighed, key=lambda pair: -pair[0])]


def _told(detector: Detector, advice: Advice) -> Recommendation:
    return Recommendation(
        id=detector.id_of(advice),
        kind=detector.name,
        title=detector.title.format(name=advice.name),
        why=detector.why,
        evidence=advice.evidence,
        about=advice.name,
        about_id=advice.about.rpartition(" ")[2] if " " in advice.about else advice.about,
        about_kind=advice.kind,
        weight=advice.weight,
        question=advice.question,
        steps=numbered(advice.steps),
        source_id=advice.source_id,
    )


async def _decide(
    ctx: Context, reference: str, decision: str, reason: str | None
) -> RecommendationDecided:
    insight = reference.startswith("ins_")
    found: Sequence[Recommendation | Insight] = await (insights_found if insight else _found)(ctx)
    wanted = next((one for one in found if one.id == reference), None)
    if wanted is None and reference.isdigit() and 0 < int(reference) <= len(found):
        wanted = found[int(reference) - 1]
    if wanted is None:
        raise ChooseAnother(
            f"There is no open {'insight' if insight else 'recommendation'} '{reference}'.",
            f"assistant.{'insights' if insight else 'recommendations'} lists them.",
            field="recommendation",
        )
    await ctx.session.merge(
        RecommendationDecision(
            user_id=ctx.caller.user_id,
            recommendation=wanted.id,
            title=wanted.title,
            decision=decision,
            reason=reason,
            at=now(),
        )
    )
    return RecommendationDecided(
        id=wanted.id,
        title=wanted.title,
        decision=decision,
        reason=reason,
        question=wanted.question,
        steps=wanted.steps,
    )
