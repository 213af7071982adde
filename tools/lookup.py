"""Asking the knowledge index from the event loop, with its errors as ours."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

from knowledge.documents import Passage, Visibility
from knowledge.errors import MendEmbeddings, MendIndexStore, RebuildIndex
from knowledge.index import Index
from tools.errors import TryLater


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
    try:
        return await asyncio.to_thread(
            index.search, query, Visibility(sources=sources), limit, kinds
        )
    except (RebuildIndex, MendEmbeddings, MendIndexStore) as error:
        raise TryLater(
            f"The knowledge index can't be asked: {error}",
            "Run 'racine index rebuild', or ask an administrator to.",
            code="index_unavailable",
        ) from error
