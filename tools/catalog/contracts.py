"""Data contracts (Open Data Contract Standard 3.1): imported, kept in every version, exported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from tools.catalog.assets import find_asset
from tools.catalog.contract_export import contract_of
from tools.catalog.contract_files import read_contract, write_contract
from tools.catalog.contract_tables import ContractCheck, DataContract
from tools.catalog.contract_types import (
    ContractDetail,
    ContractOutcome,
    ContractSummary,
    ExportedContract,
    ImportedContract,
)
from tools.catalog.naming import NamedTables
from tools.catalog.tables import RELATIONS, Asset
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.data_sources.tables import Source
from tools.database import new_id
from tools.errors import BeMoreExact, ChooseAnother, CorrectInput, nearest
from tools.operation import Effect, operation
from tools.values import AssetRef, Cursor, Limit, Page, SourceRef, page, paged

SHOWN = 20
ContractRef = Annotated[
    str, Field(min_length=1, max_length=300, description="A contract's id or name")
]


@operation(
    "catalog.import_contract",
    permission="catalog.write",
    effect=Effect.WRITE,
    target="source",
    examples=(
        "Import this data contract for crm",
        "Put the data contract of shop in force",
    ),
)
async def import_contract(
    ctx: Context,
    contract: Annotated[
        str,
        Field(
            min_length=1,
            max_length=400_000,
            description="The contract as YAML (Open Data Contract Standard 3.1, or 3.0)",
        ),
    ],
    source: Annotated[SourceRef, Field(description="The source whose tables it is about")],
) -> ImportedContract:
    """Import a data contract: checked against the standard, in force at once, older ones kept.

    The same contract again changes nothing; tables that aren't catalogued are told.
    """
    document = read_contract(contract)
    home = await find_source(ctx.session, source)
    identity = str(document["id"])[:200]
    latest = await ctx.session.scalar(
        select(DataContract)
        .where(DataContract.source_id == home.id, DataContract.contract_id == identity)
        .order_by(DataContract.revision.desc())
        .limit(1)
    )
    assets = await tables_of(ctx.session, home, document)
    if latest is not None and latest.document == document:
        if latest.assets != assets:
            latest.assets = assets
        summary = _summary(latest, home)
        return ImportedContract(**summary.model_dump(), unchanged=True)
    row = DataContract(
        id=new_id("dct"),
        contract_id=identity,
        revision=latest.revision + 1 if latest else 1,
        name=str(document.get("name") or document.get("dataProduct") or identity)[:300],
        version=str(document["version"])[:100],
        status=str(document["status"])[:50],
        document=document,
        assets=assets,
        imported_by=ctx.entitlements.user_name,
        source_id=home.id,
    )
    ctx.session.add(row)
    await ctx.session.flush()
    return ImportedContract(**_summary(row, home).model_dump())


@operation(
    "catalog.list_contracts",
    permission="catalog.read",
    examples=("Which data contracts are there?", "List the data contracts of crm"),
)
async def list_contracts(
    ctx: Context,
    source: Annotated[SourceRef | None, Field(description="Only of this source")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[ContractSummary]:
    """List the data contracts in force."""
    query = in_force()
    if source is not None:
        found = await find_source(ctx.session, source)
        query = query.where(DataContract.source_id == found.id)
    rows, total = await paged(
        ctx.session, query.order_by(DataContract.name, DataContract.id), limit, cursor
    )
    homes = await _homes(ctx.session, rows)
    return page([_summary(row, homes[row.source_id]) for row in rows], total, cursor)


@operation(
    "catalog.get_contract",
    permission="catalog.read",
    examples=(
        "Show the data contract of crm.customers",
        "What does the contract of payment promise?",
    ),
)
async def get_contract(
    ctx: Context,
    asset: Annotated[AssetRef | None, Field(description="A table that it is about")] = None,
    contract: Annotated[ContractRef | None, Field(description="The contract's id or name")] = None,
    revision: Annotated[
        int | None, Field(ge=1, description="An earlier revision instead of the one in force")
    ] = None,
) -> ContractDetail:
    """Show a data contract in full, its revisions, and how it was kept."""
    row = await find_contract(ctx.session, asset, contract)
    revisions = list(
        await ctx.session.scalars(
            select(DataContract)
            .where(
                DataContract.source_id == row.source_id,
                DataContract.contract_id == row.contract_id,
            )
            .order_by(DataContract.revision.desc())
        )
    )
    if revision is not None:
        numbered = {one.revision: one for one in revisions}
        if revision not in numbered:
            raise ChooseAnother(
                f"The contract '{row.name}' has no revision {revision}.",
                f"It has 1 to {revisions[0].revision}.",
                field="revision",
            )
        row = numbered[revision]
    home = await ctx.session.get_one(Source, row.source_id)
    by_id = {one.id: one for one in revisions}
    of_it = ContractCheck.data_contract_id.in_(list(by_id))
    checks = await ctx.session.scalars(
        select(ContractCheck).where(of_it).order_by(ContractCheck.at.desc()).limit(SHOWN)
    )
    count = await ctx.session.scalar(select(func.count()).select_from(ContractCheck).where(of_it))
    return ContractDetail(
        **_summary(row, home).model_dump(),
        contract=write_contract(row.document),
        revisions=[_summary(one, home) for one in revisions],
        history=[outcome(one, by_id[one.data_contract_id]) for one in checks],
        checks=count or 0,
    )


@operation(
    "catalog.export_contract",
    permission="catalog.read",
    target="asset",
    examples=(
        "Export crm.customers as a data contract",
        "Write a data contract for payment",
    ),
)
async def export_contract(
    ctx: Context,
    asset: AssetRef,
    draft: Annotated[
        bool, Field(description="A new draft, even where a contract is in force")
    ] = False,
) -> ExportedContract:
    """Write a table's data contract (ODCS 3.1): the one in force, else a draft of what is known."""
    table = await find_asset(ctx.session, asset)
    if table.kind not in RELATIONS:
        raise CorrectInput(
            f"'{table.qualified_name}' is a {table.kind}.", "Name a table or view.", field="asset"
        )
    of_it = [
        row for row in await ctx.session.scalars(in_force()) if table.id in row.assets.values()
    ]
    kept = await find_contract(ctx.session, table.id, None) if of_it and not draft else None
    document = kept.document if kept else await contract_of(ctx.session, table)
    return ExportedContract(
        asset_id=table.id,
        asset=table.qualified_name,
        contract=write_contract(document),
        revision=kept.revision if kept else None,
    )


def in_force() -> Any:
    """The contracts in force: of each the highest revision."""
    newer = aliased(DataContract)
    return select(DataContract).where(
        ~select(newer.id)
        .where(
            newer.source_id == DataContract.source_id,
            newer.contract_id == DataContract.contract_id,
            newer.revision > DataContract.revision,
        )
        .exists()
    )


async def find_contract(
    session: AsyncSession, asset: str | None, contract: str | None
) -> DataContract:
    """The contract in force that is named, or that a table has.

    Raises:
        CorrectInput: neither is named.
        ChooseAnother: there is none.
        BeMoreExact: there are several; they are named.
    """
    if asset is None and contract is None:
        raise CorrectInput(
            "Neither a table nor a contract is named.", "Name one of them.", field="asset"
        )
    rows: list[DataContract] = list(
        await session.scalars(in_force().order_by(DataContract.name, DataContract.id))
    )
    if contract is not None:
        wanted = contract.strip().lower()
        found = [
            row
            for row in rows
            if wanted in (row.id.lower(), row.contract_id.lower(), row.name.lower())
        ]
        named = f"There is no data contract '{contract}'."
        rest = nearest(contract, [row.name for row in rows])
    else:
        table = await find_asset(session, str(asset))
        of_it = table.parent_id if table.kind == "column" else table.id
        found = [row for row in rows if of_it in row.assets.values()]
        named = f"{table.qualified_name} has no data contract."
        rest = "catalog.import_contract puts one in force, catalog.export_contract drafts one."
    if not found:
        raise ChooseAnother(named, rest, field="contract" if contract else "asset")
    if len(found) > 1:
        raise BeMoreExact(
            f"{len(found)} contracts fit: {', '.join(f'{r.name} ({r.id})' for r in found[:8])}.",
            "Name one by its id as contract.",
            field="contract",
        )
    return found[0]


def outcome(check: ContractCheck, row: DataContract) -> ContractOutcome:
    """A check in numbers."""
    counts = Counter(clause["status"] for clause in check.clauses)
    return ContractOutcome.model_validate(
        {
            "at": check.at,
            "status": check.status,
            "revision": row.revision,
            "passed": counts["passed"],
            "failed": counts["failed"],
            "unchecked": counts["unchecked"],
        }
    )


async def tables_of(
    session: AsyncSession, home: Source, document: dict[str, Any]
) -> dict[str, str]:
    """The table of each object of the schema, by its physical name or its name."""
    names = {one["name"]: one.get("physicalName") or one["name"] for one in objects(document)}
    tables = NamedTables(session, home)
    await tables.load(" ".join(f'"{one}" {one}' for one in names.values()))
    found: dict[str, str] = {}
    for name, physical in names.items():
        asset: Asset | None = await tables.find(str(physical))
        if asset is not None and asset.source_id == home.id:
            found[name] = asset.id
    return found


def objects(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The objects of a contract's schema."""
    return list(document.get("schema") or ())


async def _homes(session: AsyncSession, rows: Sequence[DataContract]) -> dict[str, Source]:
    ids = {row.source_id for row in rows}
    return {one.id: one for one in await session.scalars(select(Source).where(Source.id.in_(ids)))}


def _summary(row: DataContract, home: Source) -> ContractSummary:
    names = [str(one["name"]) for one in objects(row.document)]
    facts = ("id", "contract_id", "name", "version", "status", "revision", "imported_by", "at")
    return ContractSummary(
        **{name: getattr(row, name) for name in facts},
        source=home.name,
        tables=[name for name in names if name in row.assets],
        unknown_tables=[name for name in names if name not in row.assets],
    )
