"""Asking the knowledge index from the event loop, with its errors as ours."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.documents import Passage, Visibility
from knowledge.errors import MendEmbeddings, MendIndexStore, RebuildIndex
from knowledge.index import Index
from tools.catalog.tables import Asset
from tools.compliance.tables import Finding
from tools.errors import TryLater

T = TypeVar("T")


async def look_up(
    index: Index,
    query: str,
    sources: frozenset[str] | None,
    limit: int,
    kinds: Collection[str] | None = None,
) -> list[Passage]:
    """The passages nearest to a query, of those that the sources (None: all) let one see.

    Raises:
        TryLater: the index can't be asked now; it says why and what to do.
    """
    return await _asked(index.search, query, Visibility(sources=sources), limit, kinds)


async def scores(
    index: Index,
    query: str,
    sources: frozenset[str] | None,
    limit: int,
    kinds: Collection[str] | None = None,
) -> dict[str, float]:
    """The ids of the passages nearest to a query, best first, with their scores.

    Raises:
        TryLater: the index can't be asked now; it says why and what to do.
    """
    return dict(await _asked(index.scores, query, Visibility(sources=sources), limit, kinds))


async def holding(
    index: Index,
    query: str,
    sources: frozenset[str] | None,
    limit: int,
    kinds: Collection[str] | None = None,
) -> list[str]:
    """The ids of all documents, at most `limit`, that hold every word of a query.

    Raises:
        TryLater: the index can't be asked now; it says why and what to do.
    """
    return await _asked(index.holding, query, Visibility(sources=sources), limit, kinds)


async def _asked(ask: Callable[..., list[T]], *arguments: object) -> list[T]:
    try:
        return await asyncio.to_thread(ask, *arguments)
    except (RebuildIndex, MendEmbeddings, MendIndexStore) as error:
        raise TryLater(
            f"The knowledge index can't be asked: {error}",
            "Run 'racine index rebuild', or ask an administrator to.",
            code="index_unavailable",
        ) from error


async def only_seen(session: AsyncSession, passages: Iterable[Passage]) -> list[Passage]:
    """Those passages whose asset or finding the session sees.

    The index knows which source a document is of; this decides within a source.
    """
    listed = list(passages)
    seen: set[str] = set()
    for kind, table in (("asset", Asset), ("finding", Finding)):
        ids = [one.document.id for one in listed if one.document.kind == kind]
        seen |= set(await session.scalars(select(table.id).where(table.id.in_(ids))))
    return [
        one
        for one in listed
        if one.document.kind not in ("asset", "finding") or one.document.id in seen
    ]
