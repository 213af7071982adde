"""Which catalogued tables are meant by the names in a source's SQL. Only what the session may see.

A name may leave out its database and schema, or bear the name of another source. What fits no
table, or several, is none.
"""

from __future__ import annotations

import re
from collections import defaultdict

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.assets import search_name
from tools.catalog.datasets import Datasets
from tools.catalog.tables import RELATIONS, Asset
from tools.data_sources.tables import Source

AT_ONCE = 400


class NamedTables:
    """The tables that some words may name, each looked up once."""

    def __init__(self, session: AsyncSession, home: Source | None) -> None:
        self._session, self._home = session, home
        self._by_name: dict[str, Asset | None] = {}
        self._columns: dict[str, dict[str, Asset]] = defaultdict(dict)
        self._tables: dict[str, Asset] = {}
        self._files = Datasets(session)

    async def load(self, text: str) -> None:
        """Load the tables that a text may name, with their columns."""
        words = sorted({search_name(word) for word in re.findall(r"[^\s.,;()\"'`\[\]]+", text)})
        # Names of several words are looked for by the last of them, too
        spaced = [
            search_name(name.rpartition(".")[2])
            for name in re.findall(r"[\"`\[]([^\"`\]\n]{1,200})[\"`\]]", text)
        ]
        wanted = sorted({*words, *spaced})
        for start in range(0, len(wanted), AT_ONCE):
            some = wanted[start : start + AT_ONCE]
            for table in await self._session.scalars(
                select(Asset).where(Asset.kind.in_(RELATIONS), func.lower(Asset.name).in_(some))
            ):
                self._tables[table.id] = table
        for table in self._tables.values():
            parts = table.search_name.split(".")
            for at in range(len(parts)):
                inside = self._home is not None and table.source_id == self._home.id
                if at and not inside:
                    break
                name = ".".join(parts[at:])
                taken = name in self._by_name and self._by_name[name] is not table
                whole = at <= 1  # its full name, or all of it but the source's
                self._by_name[name] = table if whole or not taken else None
        ids = list(self._tables)
        for start in range(0, len(ids), AT_ONCE):
            for column in await self._session.scalars(
                select(Asset)
                .where(Asset.parent_id.in_(ids[start : start + AT_ONCE]), Asset.kind == "column")
                .order_by(Asset.position)
            ):
                self._columns[str(column.parent_id)][search_name(column.name)] = column

    async def find(self, name: str) -> Asset | None:
        """The table of that name, or the file of `path:` and its place."""
        if name.startswith("path:"):
            return await self._files.find("file", name.removeprefix("path:"))
        parts = search_name(name).split(".")
        for start in range(len(parts)):
            if found := self._by_name.get(".".join(parts[start:])):
                return found
        return None

    def column(self, table: Asset, name: str) -> Asset | None:
        """A table's column of that name, in any case."""
        return self._columns[table.id].get(search_name(name))

    def columns(self, table: Asset) -> list[Asset]:
        """A table's columns, in order."""
        return list(self._columns[table.id].values())

    def schema(self) -> dict[str, list[str]]:
        """The columns of each table by each of its names."""
        return {
            name: [column.name for column in self._columns[table.id].values()]
            for name, table in self._by_name.items()
            if table is not None and self._columns[table.id]
        }
