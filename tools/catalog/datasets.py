"""Which catalogued table an OpenLineage dataset is: by our own names, or by its source's place.

Only what the session may see is found; nothing is invented for what isn't.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from sqlalchemy import select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.assets import search_name
from tools.catalog.tables import RELATIONS, Asset
from tools.data_sources.discovery import DEFAULT_SCHEMAS, qualified
from tools.data_sources.tables import Source

OWN = "racine"
"""`racine://SOURCE` is the namespace of a source's tables, and `racine` of our own jobs."""
FILES = ("sqlite", "duckdb", "files")


class Datasets:
    """Looks datasets and their columns up, each once."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._sources: list[Source] | None = None
        self._found: dict[tuple[str, str], Asset | None] = {}
        self._columns: dict[str, dict[str, Asset]] = {}

    async def find(self, namespace: str, name: str) -> Asset | None:
        """The table or view that a dataset is."""
        slot = (namespace, name)
        if slot not in self._found:
            self._found[slot] = await self._look_up(namespace, name)
        return self._found[slot]

    async def column(self, table: Asset, name: str) -> Asset | None:
        """A table's column of that name, in any case."""
        if table.id not in self._columns:
            rows = await self._session.scalars(select(Asset).where(Asset.parent_id == table.id))
            self._columns[table.id] = {search_name(row.name): row for row in rows}
        return self._columns[table.id].get(search_name(name))

    async def _look_up(self, namespace: str, name: str) -> Asset | None:
        if self._sources is None:
            self._sources = list(await self._session.scalars(select(Source).order_by(Source.name)))
        for source in self._sources:
            for local in local_names(source, namespace, name):
                wanted = {search_name(one) for one in _spelt(source.name, local)}
                found = await self._session.scalar(
                    select(Asset).where(
                        Asset.source_id == source.id,
                        Asset.search_name.in_(wanted),
                        Asset.kind.in_(RELATIONS),
                    )
                )
                if found is not None:
                    return found
        return None


def own_namespace(source: str) -> str:
    """The namespace of a source's tables in our own events."""
    return f"{OWN}://{source}"


def local_names(source: Source, namespace: str, name: str) -> Iterator[str]:
    """What a dataset would be called inside a source, if it lies there at all."""
    scheme, _, place = namespace.partition(":")
    scheme, place = scheme.lower(), place.removeprefix("//")
    if scheme == OWN:
        if place.lower() in (source.name.lower(), source.id):
            yield name
            if name.lower().startswith(f"{source.name.lower()}."):
                yield name[len(source.name) + 1 :]
    elif source.kind == "postgresql":
        database = _database(source.location)
        if scheme in ("postgres", "postgresql") and database:
            address, own = database
            if place.lower() == address and name.lower().startswith(f"{own.lower()}."):
                yield name[len(own) + 1 :]
    elif scheme in ("file", *FILES):
        here = PurePosixPath(source.location)
        if place and PurePosixPath(place) == here:
            yield name
        path = PurePosixPath(place) / name if place else PurePosixPath(name)
        if source.kind == "files" and path != here and path.is_relative_to(here):
            inside = path.relative_to(here)
            yield inside.as_posix()
            yield inside.with_suffix("").as_posix()


def _database(location: str) -> tuple[str, str] | None:
    """A server's address and its database's name."""
    try:
        url = make_url(location)
    except ArgumentError:
        return None
    address = f"{(url.host or 'localhost').lower()}:{url.port or 5432}"
    return address, url.database or url.username or "postgres"


def _spelt(source: str, local: str) -> Iterator[str]:
    yield qualified(source, None, local)
    first, _, rest = local.partition(".")
    if rest and re.sub(r"[\"'`\[\]]", "", first).lower() in DEFAULT_SCHEMAS:
        yield qualified(source, None, rest)
