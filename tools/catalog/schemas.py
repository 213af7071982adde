"""Comparing schemas: of two tables as they are, or of a source or table at two times.

How things stood is found by walking the captured changes back from today.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.assets import find_asset
from tools.catalog.tables import RELATIONS, Asset
from tools.catalog.types import SchemaComparison, SchemaDifference
from tools.changes import ChangeRow
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.data_sources.tables import Source
from tools.errors import CorrectInput
from tools.operation import operation
from tools.values import AssetRef, Cursor, Limit, SourceRef, offset_of, page

WHAT = (
    "id", "parent_id", "kind", "name", "qualified_name", "data_type", "nullable", "key_position",
)  # fmt: skip
HAVE_SCHEMAS = (*RELATIONS, "column")
Since = Annotated[datetime | None, Field(description="A date or time, ISO 8601, UTC")]


@dataclass(frozen=True)
class Part:
    """A table or column as it stood."""

    id: str
    parent_id: str | None
    kind: str
    name: str
    qualified_name: str
    data_type: str | None
    nullable: bool | None
    key_position: int | None

    @property
    def type(self) -> str | None:
        """A column's type; of a table, what it is."""
        return self.data_type if self.kind == "column" else self.kind


@operation(
    "catalog.compare_schemas",
    permission="catalog.read",
    examples=(
        "Compare the schemas of crm.customers and shop.customers",
        "What changed in the schema of pagila since 2026-03-01?",
        "Which columns of film were added since last week?",
    ),
)
async def compare_schemas(
    ctx: Context,
    asset: Annotated[AssetRef | None, Field(description="A table or view")] = None,
    other: Annotated[AssetRef | None, Field(description="The table to compare it with")] = None,
    source: Annotated[SourceRef | None, Field(description="A whole source, at two times")] = None,
    since: Since = None,
    until: Since = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> SchemaComparison:
    """Compare two tables, or a table or source with how it stood: added, dropped, renamed, retyped.

    Two tables are compared as they are now; with `since` (and `until`, else now) two times are.
    """
    _refuse_unclear(asset, other, source, since, until)
    if other is not None:
        one = await _table(ctx.session, str(asset))
        two = await _table(ctx.session, other, "other")
        before = {part.name.lower(): part for part in await _columns(ctx.session, one)}
        after = {part.name.lower(): part for part in await _columns(ctx.session, two)}
        differences = list(_differences(before, after, ""))
        names = one.qualified_name, two.qualified_name
    else:
        table = await _table(ctx.session, asset) if asset else None
        found = await find_source(ctx.session, table.source_id if table else str(source))
        times = [_utc(since), _utc(until) if until else None]
        stood = [await _stood(ctx.session, found, at, table) for at in times]
        differences = list(_differences(stood[0], stood[1], f"{found.name}."))
        called = table.qualified_name if table else found.name
        names = _at(called, times[0]), _at(called, times[1])
    differences.sort(key=lambda one: (one.name, one.change))
    start = offset_of(cursor)
    counts = Counter(one.change for one in differences)
    return SchemaComparison(
        **dict(page(differences[start : start + limit], len(differences), cursor)),
        before=names[0],
        after=names[1],
        added=counts["added"],
        dropped=counts["dropped"],
        retyped=counts["retyped"],
        nullable_changed=counts["nullable_changed"],
        renamed=counts["renamed"],
        key_changed=counts["key_changed"],
    )


def _refuse_unclear(
    asset: str | None,
    other: str | None,
    source: str | None,
    since: datetime | None,
    until: datetime | None,
) -> None:
    ways = "Give asset and other, or asset and since, or source and since."
    if (asset is None) == (source is None):
        missing = "Neither an asset nor a source is" if asset is None else "Both are"
        raise CorrectInput(f"{missing} named.", ways, field="asset")
    if other is not None and (source is not None or since is not None or until is not None):
        raise CorrectInput("Two tables are compared as they are now.", ways, field="other")
    if other is None and since is None:
        raise CorrectInput("It isn't said with what to compare.", ways, field="since")
    if since is not None and until is not None and _utc(until) <= _utc(since):
        raise CorrectInput(
            "'until' is not after 'since'.", "Give the earlier time as since.", field="until"
        )


async def _table(session: AsyncSession, reference: str, field: str = "asset") -> Asset:
    found = await find_asset(session, reference, field)
    if found.kind not in RELATIONS:
        raise CorrectInput(
            f"'{found.qualified_name}' is a {found.kind}.", "Name a table or view.", field=field
        )
    return found


async def _columns(session: AsyncSession, table: Asset) -> Iterable[Part]:
    rows = await session.scalars(select(Asset).where(Asset.parent_id == table.id))
    return [_part(row) for row in rows]


async def _stood(
    session: AsyncSession, source: Source, at: datetime | None, table: Asset | None
) -> dict[str, Part]:
    """The tables and columns of a source, or of one table, as they stood (None: stand now)."""
    rows = await session.scalars(
        select(Asset).where(Asset.source_id == source.id, Asset.kind.in_(HAVE_SCHEMAS))
    )
    parts = {row.id: _part(row) for row in rows}
    if at is not None:
        later = await session.scalars(
            select(ChangeRow)
            .where(
                ChangeRow.table == Asset.__tablename__,
                ChangeRow.source_id == source.id,
                ChangeRow.at > at,
            )
            .order_by(ChangeRow.sequence.desc())
        )
        for change in later:
            if change.before is None:
                parts.pop(change.key, None)
            elif change.before["kind"] in HAVE_SCHEMAS:
                parts[change.key] = Part(**{name: change.before[name] for name in WHAT})
    return {
        part.qualified_name.lower(): part
        for part in parts.values()
        if table is None or table.id in (part.id, part.parent_id)
    }


def _part(row: Asset) -> Part:
    values: dict[str, Any] = {name: getattr(row, name) for name in WHAT}
    return Part(**values)


def _differences(
    before: dict[str, Part], after: dict[str, Part], prefix: str
) -> Iterator[SchemaDifference]:
    for old, new in _pairs(before, after):
        part = new or old
        assert part is not None
        facts = {
            "name": part.qualified_name.removeprefix(prefix) if prefix else part.name,
            "kind": part.kind,
        }
        if old is None or new is None:
            yield SchemaDifference(
                change="added" if old is None else "dropped",
                before=old.type if old else None,
                after=new.type if new else None,
                **facts,
            )
            continue
        if old.name.lower() != new.name.lower():
            yield SchemaDifference(
                change="renamed",
                before=old.qualified_name.removeprefix(prefix),
                after=new.qualified_name.removeprefix(prefix),
                **facts,
            )
        if old.key_position != new.key_position:
            yield SchemaDifference(change="key_changed", before=_key(old), after=_key(new), **facts)
        if old.type != new.type:
            yield SchemaDifference(change="retyped", before=old.type, after=new.type, **facts)
        if old.nullable != new.nullable:
            yield SchemaDifference(
                change="nullable_changed", before=_null(old), after=_null(new), **facts
            )


def _pairs(
    before: dict[str, Part], after: dict[str, Part]
) -> Iterator[tuple[Part | None, Part | None]]:
    """What was there with what it has become: the same by its id, else by its name."""
    by_id = {part.id: part for part in after.values()}
    was = {part.id for part in before.values()}
    taken: set[str] = set()
    for name, old in before.items():
        new = by_id.get(old.id)
        if new is None and (there := after.get(name)) is not None and there.id not in was:
            new = there
        if new is not None:
            taken.add(new.id)
        yield old, new
    for new in after.values():
        if new.id not in taken:
            yield None, new


def _key(part: Part) -> str:
    return f"key, place {part.key_position}" if part.key_position else "not of the key"


def _null(part: Part) -> str:
    return {True: "null", False: "not null", None: "unknown"}[part.nullable]


def _utc(moment: datetime | None) -> datetime:
    assert moment is not None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _at(name: str, moment: datetime | None) -> str:
    return f"{name}, now" if moment is None else f"{name}, {moment:%Y-%m-%d %H:%M} UTC"
