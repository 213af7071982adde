"""Databases and schemas as assets: derived from sources and from what was discovered in them.

They have no rows of their own, so that no total counts a table's place as one more table. What
is known of a database is what is known of its source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.assets import search_name
from tools.catalog.belonging import domain_names
from tools.catalog.domain_tables import WHOLE, DomainScope
from tools.catalog.tables import RELATIONS, Asset
from tools.catalog.types import AssetSummary
from tools.data_sources.tables import Source

CONTAINERS = ("database", "schema")


@dataclass(frozen=True)
class Container:
    """A database, or one schema of it."""

    source: Source
    schema: str | None = None

    @property
    def kind(self) -> str:
        """`database` or `schema`."""
        return "schema" if self.schema else "database"

    @property
    def id(self) -> str:
        """The source's id, and the schema's name."""
        return f"{self.source.id}/{self.schema}" if self.schema else self.source.id

    @property
    def qualified_name(self) -> str:
        """As people write it."""
        return f"{self.source.name}.{self.schema}" if self.schema else self.source.name

    def holds(self) -> tuple[ColumnElement[bool], ...]:
        """What chooses the tables and views in it."""
        held = Asset.source_id == self.source.id, Asset.kind.in_(RELATIONS)
        return (*held, Asset.schema_name == self.schema) if self.schema else held


async def find_container(session: AsyncSession, reference: str) -> Container | None:
    """The database or schema of that id or name."""
    wanted = search_name(reference)
    for one in await containers(session):
        if reference == one.id or wanted == search_name(one.qualified_name):
            return one
    return None


async def containers(session: AsyncSession, source_id: str | None = None) -> list[Container]:
    """The databases and schemas that the session may see, by name."""
    only = [Source.id == source_id] if source_id else []
    sources = {
        source.id: source
        for source in await session.scalars(select(Source).where(*only).order_by(Source.name))
    }
    if not sources:
        return []
    rows = await session.execute(
        select(Asset.source_id, Asset.schema_name)
        .where(
            Asset.source_id.in_(sources),
            Asset.kind.in_(RELATIONS),
            Asset.schema_name.is_not(None),
            Asset.schema_name != "",
        )
        .distinct()
    )
    found = [Container(source) for source in sources.values()]
    found += [Container(sources[row.source_id], row.schema_name) for row in rows]
    return sorted(found, key=lambda one: one.qualified_name)


async def container_summaries(
    session: AsyncSession, listed: Sequence[Container]
) -> list[AssetSummary]:
    """Databases and schemas as they stand in lists; `row_count` is that of all their tables."""
    if not listed:
        return []
    ids = {one.source.id for one in listed}
    scopes = {
        (scope.source_id, scope.schema_name): scope.domain_id
        for scope in await session.scalars(
            select(DomainScope).where(DomainScope.source_id.in_(ids))
        )
    }
    names = await domain_names(session, scopes.values())
    counted = await session.execute(
        select(Asset.source_id, Asset.schema_name, func.sum(Asset.row_count))
        .where(Asset.source_id.in_(ids), Asset.kind == "table")
        .group_by(Asset.source_id, Asset.schema_name)
    )
    rows = [(row[0], row[1], row[2]) for row in counted]
    found = []
    for one in listed:
        own = scopes.get((one.source.id, one.schema or WHOLE))
        domain = own or scopes.get((one.source.id, WHOLE))
        held = [
            int(count)
            for source_id, schema, count in rows
            if source_id == one.source.id and one.schema in (None, schema) and count is not None
        ]
        found.append(
            AssetSummary(
                id=one.id,
                kind=one.kind,
                name=one.schema or one.source.name,
                qualified_name=one.qualified_name,
                source_id=one.source.id,
                owner=one.source.owner,
                domain=names.get(domain),
                tags=one.source.tags,
                row_count=sum(held) if held else None,
            )
        )
    return found
