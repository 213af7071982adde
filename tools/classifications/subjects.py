"""Where a person's data are: an identifier is looked for in the columns that hold its kind.

Only counts leave a source. The identifier is sealed before a workflow or a plan carries it, and is
in no log, no event and no answer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Annotated

from pydantic import Field, SecretStr
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog import measures as m
from tools.catalog.tables import Asset, LineageEdge
from tools.classifications.tables import Classification, Label
from tools.context import Context, Progress
from tools.data_sources.drivers.base import Connector
from tools.data_sources.inventory import ConnectorError
from tools.data_sources.sources import connection_of, find_source, with_connector
from tools.data_sources.tables import Source, StoredSecret
from tools.database import new_id
from tools.errors import ChooseAnother, MendSource, nearest
from tools.operation import Effect, operation
from tools.values import Result

SEALED = re.compile(r"sec_[0-9a-f]{16}")
SECONDS = 120.0
NEVER = ("informational", "location", "credential")
Counts = dict[str, int | str]


class SealedSubject(Result):
    """What stands for an identifier from now on."""

    subject: str


class SubjectPlace(Result):
    """A column in which the identifier stands: in how many rows, whose, and who refers to it."""

    asset_id: str
    source: str
    table: str
    column: str
    rows: int
    owner: str | None
    referring: list[str]


class SubjectSearch(Result):
    """Where an identifier stands. `unreachable`: what could not be looked into, and why."""

    kind: str
    places: list[SubjectPlace]
    total_rows: int
    columns_searched: int
    sources_searched: list[str]
    unreachable: list[str]


Subject = Annotated[
    SecretStr,
    Field(
        min_length=2,
        max_length=320,
        description="The identifier, or what classifications.seal_subject returned for it",
        json_schema_extra={"x-secret": True},
    ),
]


@operation(
    "classifications.seal_subject",
    permission="classifications.write",
    effect=Effect.WRITE,
    agent=False,
    examples=("Seal this person's e-mail address for an erasure request",),
)
async def seal_subject(ctx: Context, subject: Subject) -> SealedSubject:
    """Seal an identifier; what is returned can stand in workflows, and is its sealer's alone."""
    sealed = ctx.services.secret_box.seal(subject.get_secret_value())
    stored = StoredSecret(id=new_id("sec"), user_id=ctx.caller.user_id, sealed=sealed)
    ctx.session.add(stored)
    return SealedSubject(subject=stored.id)


@operation(
    "classifications.find_subject",
    permission="classifications.read",
    agent=False,
    examples=("Where do we hold data about this person?",),
)
async def find_subject(
    ctx: Context,
    kind: Annotated[
        str, Field(max_length=60, description="What the identifier is: email, phone, ssn, …")
    ],
    subject: Subject,
    source: Annotated[str | None, Field(max_length=200, description="Only in this source")] = None,
) -> SubjectSearch:
    """Count the rows in which an identifier stands, in every column that holds its kind."""
    await _refuse_unknown(ctx.session, kind)
    value = await _opened(ctx, subject)
    only = await find_source(ctx.session, source) if source else None
    columns = await _columns(ctx.session, kind, only)
    found: dict[str, int] = {}
    unreachable: list[str] = []
    for each, wanted in columns.items():
        told = await _count(ctx, each, wanted, value)
        for asset, count in told.items():
            if isinstance(count, int):
                found[asset] = count
            else:
                unreachable.append(f"{asset}: {count}")
    places = [
        await _place(ctx.session, each, one, table, found[one.id])
        for each, wanted in columns.items()
        for one, table in wanted
        if found.get(one.id)
    ]
    return SubjectSearch(
        kind=kind,
        places=places,
        total_rows=sum(one.rows for one in places),
        columns_searched=len(found),
        sources_searched=[one.name for one in columns],
        unreachable=unreachable,
    )


async def _opened(ctx: Context, subject: SecretStr) -> str:
    typed = subject.get_secret_value().strip()
    if not SEALED.fullmatch(typed):
        return typed
    stored = await ctx.session.get(StoredSecret, typed)
    if stored is None:
        raise ChooseAnother(
            "That identifier was sealed for somebody else, or is gone.",
            "Seal it again (classifications.seal_subject).",
            field="subject",
        )
    return ctx.services.secret_box.open(stored.sealed)


async def _refuse_unknown(session: AsyncSession, kind: str) -> None:
    labels = list(
        await session.scalars(
            select(Label.id).where(Label.category.not_in(NEVER)).order_by(Label.id)
        )
    )
    if kind not in labels:
        raise ChooseAnother(
            f"'{kind}' is no kind of identifier.", nearest(kind, labels), field="kind"
        )


async def _columns(
    session: AsyncSession, kind: str, only: Source | None
) -> dict[Source, list[tuple[Asset, Asset]]]:
    """The columns that hold a kind, each with its table, by source."""
    query = (
        select(Asset)
        .join(Classification, Classification.asset_id == Asset.id)
        .where(Classification.label == kind, Classification.status != "rejected")
        .order_by(Asset.qualified_name)
    )
    if only is not None:
        query = query.where(Asset.source_id == only.id)
    columns = list(await session.scalars(query))
    tables = await session.scalars(
        select(Asset).where(Asset.id.in_({one.parent_id for one in columns}), Asset.kind == "table")
    )
    by_id = {table.id: table for table in tables}
    sources = await session.scalars(
        select(Source)
        .where(Source.id.in_({one.source_id for one in columns}))
        .order_by(Source.name)
    )
    found: dict[str, list[tuple[Asset, Asset]]] = defaultdict(list)
    for one in columns:
        if one.parent_id in by_id:
            found[one.source_id].append((one, by_id[one.parent_id]))
    return {each: found[each.id] for each in sources if found[each.id]}


async def _count(
    ctx: Context, source: Source, wanted: list[tuple[Asset, Asset]], value: str
) -> Counts:
    """The rows of each column that hold the value, by the column's id; or why it isn't known."""
    connection = connection_of(source, ctx.services.secret_box)
    asked = [(one.id, one.name, table.schema_name, table.name) for one, table in wanted]

    def work(connector: Connector, _progress: Progress) -> Counts:
        counts: Counts = {}
        for asset_id, name, schema, table in asked:
            text = func.lower(func.trim(m.as_text(m.named(name))))
            measure = {m.ROWS: m.where(text == value.lower())}
            try:
                counts[asset_id] = int(connector.measure(schema, table, [name], measure)[m.ROWS])
            except ConnectorError as error:
                counts[f"{table}.{name}"] = error.detail
        return counts

    def guarded(progress: Progress) -> Counts:
        try:
            return with_connector(connection, work)(progress)
        except MendSource as error:
            return {source.name: error.detail}

    # by the subject too: another one's counts are other counts
    return await ctx.outside(("subject", source.id, tuple(asked), value), guarded, SECONDS)


async def _place(
    session: AsyncSession, source: Source, one: Asset, table: Asset, rows: int
) -> SubjectPlace:
    referring = await session.scalars(
        select(Asset.qualified_name)
        .join(LineageEdge, LineageEdge.downstream_id == Asset.id)
        .where(LineageEdge.upstream_id == table.id, LineageEdge.kind == "foreign_key")
        .order_by(Asset.qualified_name)
    )
    return SubjectPlace(
        asset_id=one.id,
        source=source.name,
        table=table.qualified_name,
        column=one.name,
        rows=rows,
        owner=one.owner or table.owner,
        referring=list(referring),
    )
