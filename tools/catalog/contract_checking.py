"""Checking data contracts: each clause measured by the source, read-only, with its evidence.

What can't be measured here is told as unchecked, with the reason. Evidence says how many rows
break a clause, never which values they have.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog import measures as m
from tools.catalog.contract_clauses import Ask, Table, clauses_of, judged
from tools.catalog.contract_tables import ContractCheck
from tools.catalog.contract_types import Clause, ContractResult
from tools.catalog.contracts import ContractRef, find_contract, objects, outcome, tables_of
from tools.catalog.tables import Asset
from tools.changes import fingerprint
from tools.context import Context, Progress
from tools.data_sources.connectors import Connector, ConnectorError
from tools.data_sources.sources import connection_of, find_source, with_connector
from tools.database import new_id, now
from tools.masking import sensitive_columns
from tools.operation import Effect, operation
from tools.values import AssetRef

ORDER = ("failed", "unchecked", "noted", "passed")
Answers = dict[str, Mapping[str, Any] | str]


@operation(
    "catalog.check_contract",
    permission="catalog.write",
    effect=Effect.WRITE,
    target="asset",
    reaches=True,
    timeout=300,
    examples=(
        "Check the data contract of crm.customers",
        "Is the contract of payment kept?",
        "Does shop.orders still keep its contract?",
    ),
)
async def check_contract(
    ctx: Context,
    asset: Annotated[AssetRef | None, Field(description="A table that it is about")] = None,
    contract: Annotated[ContractRef | None, Field(description="The contract's id or name")] = None,
) -> ContractResult:
    """Check whether a source keeps a data contract: schema, keys, quality rules, service levels."""
    row = await find_contract(ctx.session, asset, contract)
    source = await find_source(ctx.session, row.source_id)
    assets = await tables_of(ctx.session, source, row.document)
    if assets != row.assets:  # tables have come or gone since
        row.assets = assets
    moment = now()
    clauses: list[Clause] = []
    for place, described in enumerate(objects(row.document)):
        table = await _table(ctx.session, row.assets.get(described["name"]), source.kind)
        made, asks = clauses_of(row.document, place, table)
        clauses += made
        if table is None or not asks:
            continue
        work = _measured(table.schema, table.name, asks)
        key = fingerprint([[ask.path, ask.what, ask.wanted] for ask in asks])
        answers = await ctx.outside(
            ("contract", source.kind, source.location, table.id, key),
            with_connector(connection_of(source, ctx.services.secret_box), work),
        )
        clauses += [judged(ask, answers[str(n)], moment, table) for n, ask in enumerate(asks)]
    clauses.sort(key=lambda one: ORDER.index(one.status))
    told = {clause.status for clause in clauses}
    status = "broken" if "failed" in told else "kept" if "passed" in told else "unchecked"
    check = ContractCheck(
        id=new_id("dcc"),
        data_contract_id=row.id,
        status=status,
        clauses=[clause.model_dump() for clause in clauses],
        checked_by=ctx.entitlements.user_name,
        at=moment,
        source_id=row.source_id,
    )
    ctx.session.add(check)
    await ctx.session.flush()
    return ContractResult(
        **outcome(check, row).model_dump(),
        contract_id=row.contract_id,
        name=row.name,
        version=row.version,
        clauses=clauses,
    )


async def _table(session: AsyncSession, asset_id: str | None, kind: str) -> Table | None:
    found = await session.scalar(select(Asset).where(Asset.id == asset_id)) if asset_id else None
    if found is None:
        return None
    columns = list(
        await session.scalars(
            select(Asset).where(Asset.parent_id == found.id).order_by(Asset.position)
        )
    )
    hidden = await sensitive_columns(session, [column.id for column in columns])
    return Table(
        found.id,
        found.qualified_name,
        found.schema_name,
        found.name,
        kind,
        {column.name: column for column in columns},
        {column.name for column in columns if column.id in hidden},
    )


def _measured(
    schema: str | None, table: str, asks: Sequence[Ask]
) -> Callable[[Connector, Progress], Answers]:
    """One query for all; where it fails, one for each, so that the others are measured."""

    def ask(connector: Connector, some: Sequence[tuple[int, Ask]]) -> Mapping[str, Any]:
        wanted = {m.ROWS: m.rows()} | {str(number): one.measure for number, one in some}
        columns = sorted({name for _, one in some for name in one.columns})
        return connector.measure(schema, table, columns, wanted)

    def work(connector: Connector, _progress: Progress) -> Answers:
        numbered = list(enumerate(asks))
        try:
            whole = ask(connector, numbered)
            return {str(number): dict(whole) | {"it": whole[str(number)]} for number, _ in numbered}
        except ConnectorError as error:
            if error.code not in ("no_such_column", "source_failed"):
                raise
        answers: Answers = {}
        for number, one in numbered:
            try:
                found = ask(connector, [(number, one)])
                answers[str(number)] = dict(found) | {"it": found[str(number)]}
            except ConnectorError as error:
                answers[str(number)] = f"{error.detail} {error.remedy}"
        return answers

    return work
