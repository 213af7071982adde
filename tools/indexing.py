"""Documents rendered from the groups' records: what the index is made of.

A document stands for a table with its columns, a source, a control, a rule, a finding, a label, a
glossary term, a domain, or an operation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.documents import Document
from tools.catalog.domain_tables import Domain
from tools.catalog.glossary_tables import GlossaryTerm
from tools.catalog.tables import Asset
from tools.classifications.tables import Classification, Label
from tools.compliance.tables import ComplianceRule, Control, Finding, Framework
from tools.data_sources.tables import Source
from tools.operation import Operation
from tools.racine.integration.serving import operations_of
from tools.racine.integration.tables import Service
from tools.registry import Registry

PREFIXES = {"labels": "label:", "operations": "operation:"}


# (table, key) of a record; a document's id is the key, with what stands before it here
Record = tuple[str, str]


async def records(session: AsyncSession, registry: Registry) -> list[Record]:
    """Every record that has a document, for a rebuild; operations come first."""
    found = [("operations", one.name) for one in registry]
    tables = await session.scalars(select(Asset.id).where(Asset.kind != "column"))
    found += [("assets", id_) for id_ in tables]
    for model, _ in DRAWN:
        found += [(model.__tablename__, id_) for id_ in await session.scalars(select(model.id))]
    findings = await session.scalars(select(Finding.id).where(*_TOLD))
    return found + [("findings", id_) for id_ in findings]


async def render(
    session: AsyncSession, registry: Registry, wanted: Iterable[Record]
) -> tuple[list[Document], set[str]]:
    """The documents of these records, and the ids of those that have none any more."""
    keys: dict[str, set[str]] = {}
    for table, key in wanted:
        keys.setdefault(table, set()).add(key)
    documents = await render_tables(session, sorted(keys.get("assets", ())))
    for model, draw in DRAWN:
        rows = await in_keys(session, model, keys.get(model.__tablename__, ()))
        documents += [draw(row) for row in rows]
    if "operations" in keys:
        documents += await _operations(session, registry, keys["operations"])
    findings = await in_keys(session, Finding, keys.get("findings", ()), *_TOLD)
    documents += [_finding(row) for row in findings]
    asked = {PREFIXES.get(table, "") + key for table, listed in keys.items() for key in listed}
    return documents, asked - {document.id for document in documents}


# What is found of a person belongs to no source, and isn't told to everybody
_TOLD = (Finding.status == "open", Finding.source_id.is_not(None))


async def render_tables(session: AsyncSession, ids: Sequence[str]) -> list[Document]:
    """The documents of these tables and views: columns, labels, owner, tags in words."""
    documents = []
    for start in range(0, len(ids), 200):
        part = ids[start : start + 200]
        tables = list(await session.scalars(select(Asset).where(Asset.id.in_(part))))
        columns: dict[str, list[Asset]] = {table.id: [] for table in tables}
        for column in await session.scalars(
            select(Asset).where(Asset.parent_id.in_(part)).order_by(Asset.position)
        ):
            columns[column.parent_id or ""].append(column)
        labels: dict[str, list[str]] = {}
        for row in await session.execute(
            select(Classification.asset_id, Label.title)
            .join(Label, Label.id == Classification.label)
            .join(Asset, Asset.id == Classification.asset_id)
            .where(Asset.parent_id.in_(part), Classification.status != "rejected")
        ):
            labels.setdefault(row.asset_id, []).append(row.title)
        documents += [table_document(table, columns[table.id], labels) for table in tables]
    return documents


def table_document(table: Asset, columns: list[Asset], labels: dict[str, list[str]]) -> Document:
    described = " ".join(filter(None, [table.description, table.comment]))
    named = ", ".join(
        column.name.replace("_", " ")
        + (f" ({', '.join(labels[column.id])})" if column.id in labels else "")
        for column in columns
    )
    text = [
        described,
        f"A {table.kind.replace('_', ' ')} in {table.qualified_name.split('.', 1)[0]}"
        + (f" with the columns {named}." if named else "."),
        f"Owned by {table.owner}." if table.owner else "",
        f"Tagged {', '.join(table.tags)}." if table.tags else "",
    ]
    text += [
        f"{column.name}: {told}"
        for column in columns
        if (told := column.description or column.comment)
    ]
    return Document(
        id=table.id,
        kind="asset",
        title=table.qualified_name,
        text=" ".join(filter(None, text)),
        url=f"/api/advanced-catalog/get-asset?asset={table.id}",
        source_id=table.source_id,
        names=(table.qualified_name, table.name),
    )


def _source(row: Source) -> Document:
    return Document(
        id=row.id,
        kind="source",
        title=row.name,
        text=f"The {row.kind} source {row.name}, {row.environment}, {row.status}.",
        url=f"/api/data-sources/get-source?source={row.id}",
        source_id=row.id,
        names=(row.name,),
    )


def _control(row: Control) -> Document:
    return Document(
        id=row.id,
        kind="control",
        title=f"{row.ref} {row.title}",
        text=row.text or row.summary,
        url=f"/api/compliance-rules/get-control?control={row.id}",
        names=(row.ref, row.id),
    )


def _framework(row: Framework) -> Document:
    return Document(
        id=row.id,
        kind="framework",
        title=row.name,
        text=f"The framework {row.name} {row.version} of {row.publisher}.",
        url=f"/api/compliance-rules/get-framework?framework={row.id}",
        names=(row.name, row.id, *row.aliases),
    )


def _rule(row: ComplianceRule) -> Document:
    return Document(
        id=row.id,
        kind="rule",
        title=row.title,
        text=row.definition["description"],
        url=f"/api/compliance-rules/get-rule?rule={row.id}",
        names=(row.id,),
    )


def _label(row: Label) -> Document:
    return Document(
        id=f"label:{row.id}",
        kind="label",
        title=row.title,
        text=f"A {row.sensitivity} label of {row.category} data. Also: {', '.join(row.synonyms)}.",
        url="/api/classifications/list-labels",
        names=(row.id,),
    )


def _term(row: GlossaryTerm) -> Document:
    return Document(
        id=row.id,
        kind="term",
        title=row.name,
        text=f"{row.definition} A {row.status} glossary term"
        + (f" of {row.domain}." if row.domain else "."),
        url=f"/api/advanced-catalog/get-glossary-term?term={row.id}",
        names=(row.name, row.id),
    )


def _domain(row: Domain) -> Document:
    return Document(
        id=row.id,
        kind="domain",
        title=row.name,
        text=" ".join(
            [
                f"The business domain {row.name}.",
                row.description or "",
                f"Owned by {row.owner}." if row.owner else "",
            ]
        ),
        url=f"/api/advanced-catalog/get-domain?domain={row.id}",
        names=(row.name, row.id),
    )


def _finding(row: Finding) -> Document:
    return Document(
        id=row.id,
        kind="finding",
        title=f"{row.severity} finding on {row.subject}",
        text=row.summary,
        url=f"/api/compliance-rules/get-finding?finding={row.id}",
        source_id=row.source_id,
    )


def operation_document(one: Operation) -> Document:
    return Document(
        id=f"operation:{one.name}",
        kind="operation",
        title=one.name,
        text=f"{one.summary} For example: {' '.join(one.examples)}",
        url=f"/docs#{one.name}",
        names=(one.name, one.tool_name),
    )


async def _operations(session: AsyncSession, registry: Registry, names: set[str]) -> list[Document]:
    """The operations of these names: those of services outside before our own."""
    found = {name: one for name, one in registry.own().items() if name in names}
    for service in await session.scalars(select(Service)):
        found |= {one.name: one for one in operations_of(service, registry)}
    return [operation_document(one) for name, one in found.items() if name in names]


DRAWN: tuple[tuple[type[Any], Callable[[Any], Document]], ...] = (
    (Source, _source),
    (Control, _control),
    (Framework, _framework),
    (ComplianceRule, _rule),
    (Label, _label),
    (GlossaryTerm, _term),
    (Domain, _domain),
)


async def in_keys(
    session: AsyncSession, model: type[Any], keys: Iterable[str], *more: ColumnElement[bool]
) -> list[Any]:
    """The rows with these keys, as far as there are any."""
    found: list[Any] = []
    listed = sorted(keys)
    for start in range(0, len(listed), 400):
        part = listed[start : start + 400]
        found += await session.scalars(select(model).where(model.id.in_(part), *more))
    return found
