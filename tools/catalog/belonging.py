"""Which domain assets lie in: their own, else their schema's, else their source's; of a column its
table's. It is settled when something is written, so that every query can ask for `domain_id`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from tools.catalog.domain_tables import WHOLE, Domain, DomainScope
from tools.catalog.tables import RELATIONS, Asset
from tools.errors import ChooseAnother, nearest

AT_ONCE = 400


async def find_domain(session: AsyncSession, reference: str, field: str = "domain") -> Domain:
    """The domain of that id, or of that name in any case.

    Raises:
        ChooseAnother: there is none.
    """
    wanted = " ".join(reference.split())
    found = await session.scalar(
        select(Domain).where(or_(Domain.id == wanted, Domain.search_name == wanted.lower()))
    )
    if found is None:
        names = list(await session.scalars(select(Domain.name).order_by(Domain.name)))
        raise ChooseAnother(
            f"There is no domain '{wanted[:100]}'.",
            nearest(wanted, names) if names else "catalog.create_domain adds one.",
            field=field,
        )
    return found


async def with_those_below(session: AsyncSession, domain_id: str) -> list[str]:
    """The ids of a domain and of all that lie in it."""
    below = defaultdict(list)
    for row in await session.execute(select(Domain.id, Domain.parent_id)):
        below[row.parent_id].append(row.id)
    found = [domain_id]
    for one in found:
        found += below[one]
    return found


async def domain_of_source(session: AsyncSession, source_id: str) -> str | None:
    """The id of the domain that a whole source lies in."""
    scope = await session.get(DomainScope, (source_id, WHOLE))
    return scope.domain_id if scope else None


async def settle(session: AsyncSession, source_id: str) -> tuple[int, int]:
    """Bring `domain_id` of a source's assets to what follows; how many assets and columns changed.

    Whoever adds assets to a source, or moves them, calls it.
    """
    await session.flush()
    scopes = {
        scope.schema_name: scope.domain_id
        for scope in await session.scalars(
            select(DomainScope).where(DomainScope.source_id == source_id)
        )
    }
    tops = await session.execute(
        select(Asset.id, Asset.kind, Asset.schema_name, Asset.domain_id).where(
            Asset.source_id == source_id, Asset.parent_id.is_(None), Asset.domain_own.is_(False)
        )
    )
    wanted: dict[str, str | None] = {}
    for row in tops:
        inherited = scopes.get(WHOLE)
        if row.kind in RELATIONS and row.schema_name:
            inherited = scopes.get(row.schema_name, inherited)
        if row.domain_id != inherited:
            wanted[row.id] = inherited
    assets = await _write(session, wanted)
    table = aliased(Asset)
    columns = await session.execute(
        select(Asset.id, table.domain_id)
        .join(table, table.id == Asset.parent_id)
        .where(Asset.source_id == source_id, Asset.domain_id.is_distinct_from(table.domain_id))
    )
    return assets, await _write(session, {row.id: row.domain_id for row in columns})


async def domain_names(session: AsyncSession, ids: Iterable[str | None]) -> dict[str | None, str]:
    """The names of these domains by their ids."""
    wanted = {one for one in ids if one}
    if not wanted:
        return {}
    found = await session.execute(select(Domain.id, Domain.name).where(Domain.id.in_(wanted)))
    return {row.id: row.name for row in found}


async def _write(session: AsyncSession, wanted: Mapping[str, str | None]) -> int:
    listed = list(wanted)
    for start in range(0, len(listed), AT_ONCE):
        part = listed[start : start + AT_ONCE]
        for asset in await session.scalars(select(Asset).where(Asset.id.in_(part))):
            asset.domain_id = wanted[asset.id]
        await session.flush()
    return len(listed)
