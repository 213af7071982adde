"""`assistant.list_unanswered`: what people asked in vain, grouped, for those who can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import select

from knowledge.lexical import words
from tools.context import Context
from tools.database import now
from tools.lookup import look_up
from tools.operation import operation
from tools.racine.assistant.tables import Conversation, Run
from tools.racine.assistant.types import Near, Unanswered
from tools.values import Cursor, Limit, Page, offset_of, page

MOST = 2_000
ALIKE = 0.6  # of the words of two questions: they ask the same
NEAR = 3
KINDS = {"asset", "control", "rule", "term", "label", "source", "operation"}


@operation(
    "assistant.list_unanswered",
    permission="assistant.review",
    path="GET /unanswered",
    examples=(
        "Which questions could you not answer?",
        "What did people ask in vain this month?",
        "List the unanswered questions",
    ),
)
async def list_unanswered(
    ctx: Context,
    days: Annotated[int, Field(ge=1, le=365, description="Of so many days")] = 30,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[Unanswered]:
    """List questions that weren't answered, alike ones together, with what comes nearest."""
    run, talk = Run.__table__.c, Conversation.__table__.c
    rows = await ctx.session.execute(
        select(run.message, run.unanswered, run.created_at, talk.user_id)
        .join_from(Run.__table__, Conversation.__table__, talk.id == run.conversation_id)
        .where(run.unanswered.is_not(None), run.created_at >= now() - timedelta(days=days))
        .order_by(run.created_at.desc())
        .limit(MOST)
    )
    groups = sorted(_grouped(rows.all()), key=lambda one: (-len(one), one[0].message))
    start = offset_of(cursor)
    told = [await _told(ctx, one) for one in groups[start : start + limit]]
    return page(told, len(groups), cursor)


def _grouped(rows: Iterable[Any]) -> list[list[Any]]:
    """Questions whose words are mostly the same, each group's newest first."""
    groups: list[tuple[frozenset[str], list[Any]]] = []
    for row in rows:
        said = frozenset(words(row.message))
        for asked, group in groups:
            if len(said & asked) >= ALIKE * max(len(said | asked), 1):
                group.append(row)
                break
        else:
            groups.append((said, [row]))
    return [group for _, group in groups]


async def _told(ctx: Context, group: list[Any]) -> Unanswered:
    newest = group[0]
    passages = await look_up(
        ctx.services.index, newest.message[:500], ctx.decision.sources, NEAR, KINDS
    )
    return Unanswered(
        question=newest.message[:500],
        reason=newest.unanswered,
        times=len(group),
        people=len({one.user_id for one in group}),
        last_at=newest.created_at,
        nearest=[
            Near(
                kind=passage.document.kind,
                id=passage.document.id,
                title=passage.document.title,
                score=round(passage.score, 4),
            )
            for passage in passages
        ],
    )
