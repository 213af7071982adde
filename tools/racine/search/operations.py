"""The operations of search."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from pydantic import Field

from tools.context import Context
from tools.lookup import look_up, only_seen
from tools.operation import operation
from tools.values import Citation, Cited, Page, page


class Hit(Cited):
    """Something found, of whatever group."""

    id: str
    kind: str
    title: str
    text: str
    url: str
    score: float

    def citation(self) -> Citation:
        return Citation(
            id=self.id, kind=self.kind, title=self.title, url=self.url, snippet=self.text[:200]
        )


class Hits(Page[Hit]):
    """What was found, with how many of each kind."""

    facets: dict[str, int] = {}


@operation(
    "search.unified",
    permission="search.read",
    examples=("Search everything for e-mail", "Find anything about retention"),
)
async def unified(
    ctx: Context,
    query: Annotated[str, Field(min_length=1, max_length=500, description="Words to look for")],
    kind: Annotated[
        str | None, Field(description="Only this kind: asset, control, rule, finding, operation, …")
    ] = None,
    limit: Annotated[int, Field(ge=1, le=50, description="How many, 1 to 50")] = 10,
) -> Hits:
    """Search all groups at once: assets, controls, rules, findings, labels, operations."""
    kinds = {kind} if kind else None
    passages = await look_up(ctx.services.index, query, ctx.decision.sources, 50, kinds)
    if ctx.decision.partial:
        passages = await only_seen(ctx.session, passages)
    hits = [
        Hit(
            id=passage.document.id,
            kind=passage.document.kind,
            title=passage.document.title,
            text=passage.document.text[:400],
            url=passage.document.url,
            score=round(passage.score, 4),
        )
        for passage in passages
    ]
    return Hits(
        **dict(page(hits[:limit], len(hits), None)),
        facets=dict(Counter(hit.kind for hit in hits)),
    )
