"""What people have said to recommendations and insights: nobody is told the same thing twice."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_, select

from tools.context import Context
from tools.racine.assistant.tables import RecommendationDecision

ACCEPTED_FOR = timedelta(days=7)


async def decided(ctx: Context, at: datetime) -> set[str]:
    """The ids of what the caller dismissed, or accepted within a week: then it is told again."""
    rows = await ctx.session.scalars(
        select(RecommendationDecision.recommendation).where(
            RecommendationDecision.user_id == ctx.caller.user_id,
            or_(
                RecommendationDecision.decision == "dismissed",
                RecommendationDecision.at > at - ACCEPTED_FOR,
            ),
        )
    )
    return set(rows)
