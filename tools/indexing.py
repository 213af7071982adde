"""Documents rendered from the groups' records, and the follower that keeps the index at them.

The follower reads the change log from where it stopped, so the index is never more than a moment
behind, whichever process wrote. A document stands for a table with its columns, a source, a
control, a rule, a finding, a label, a glossary term, a domain, or an operation.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Any

import structlog
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.documents import Document
from knowledge.index import Index
from tools.catalog.domain_tables import Domain
from tools.catalog.glossary_tables import GlossaryTerm
from tools.catalog.tables import Asset
from tools.changes import ChangeRow
from tools.classifications.tables import Classification, Label
from tools.compliance.tables import ComplianceRule, Control, Finding, Framework
from tools.data_sources.tables import Source
from tools.database import Database
from tools.operation import Operation
from tools.racine.integration.serving import operations_of
from tools.racine.integration.tables import Service
from tools.registry import Registry

log = structlog.get_logger(__name__)
PREFIXES = {"labels": "label:", "operations": "operation:"}


async def render(session: AsyncSession, registry: Registry) -> list[Document]:
    """Every document, for a rebuild."""
    tables = list(await session.scalars(select(Asset.id).where(Asset.kind != "column")))
    return [
        *[_operation(one) for one in registry],
        *await render_tables(session, tables),
        *[_source(row) for row in await session.scalars(select(Source))],
        *[_control(row) for row in await session.scalars(select(Control))],
        *[_framework(row) for row in await session.scalars(select(Framework))],
        *[_rule(row) for row in await session.scalars(select(ComplianceRule))],
        *[_label(row) for row in await session.scalars(select(Label))],
        *[_domain(row) for row in await session.scalars(select(Domain))],
        *[_term(row) for row in await session.scalars(select(GlossaryTerm))],
        *[_finding(row) for row in await session.scalars(_OPEN)],
    ]


# What is found of a person belongs to no source, and isn't told to everybody
_OPEN = select(Finding).where(Finding.status == "open", Finding.source_id.is_not(None))


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
        documents += [_table(table, columns[table.id], labels) for table in tables]
    return documents


def _table(table: Asset, columns: list[Asset], labels: dict[str, list[str]]) -> Document:
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
    text += [f"{column.name}: {column.description}" for column in columns if column.description]
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


def _operation(one: Operation) -> Document:
    return Document(
        id=f"operation:{one.name}",
        kind="operation",
        title=one.name,
        text=f"{one.summary} For example: {' '.join(one.examples)}",
        url=f"/docs#{one.name}",
        names=(one.name, one.tool_name),
    )


class Follower:
    """Keeps the index at the change log; one per process that owns the index."""

    def __init__(
        self, database: Database, index: Index, registry: Registry, state: Path | None
    ) -> None:
        self._database, self._index, self._registry = database, index, registry
        self._state = state
        self._news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.sequence = 0
        self.behind_since: float | None = None

    async def start(self) -> None:
        """Rebuild where the index doesn't fit the log, then follow it."""
        head = await self._head()
        self.sequence = self._read_state()
        if self.sequence == 0 or self.sequence > head or self._index.count() == 0:
            await self.rebuild()
        self._task = asyncio.create_task(self._follow())

    async def stop(self) -> None:
        """Stop following; the next start goes on from here."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    def poke(self) -> None:
        """Something was committed."""
        self.behind_since = self.behind_since or monotonic()
        self._news.set()

    async def rebuild(self) -> int:
        """Render everything anew; returns the number of documents."""
        head = await self._head()
        async with self._database.reading() as session:
            documents = await render(session, self._registry)
        count = await asyncio.to_thread(self._index.rebuild, documents)
        self._write_state(head)
        return count

    @property
    def lag_seconds(self) -> float:
        """How long the oldest change has waited for the index."""
        return monotonic() - self.behind_since if self.behind_since is not None else 0.0

    async def caught_up(self) -> None:
        """Wait until every change committed so far is in the index."""
        head = await self._head()
        while self.sequence < head:
            self._news.set()
            await asyncio.sleep(0.02)

    async def _follow(self) -> None:
        while True:
            try:
                while await self._advance():
                    pass
                self.behind_since = None
            except Exception:
                log.exception("the index could not follow; trying again")
                await asyncio.sleep(1)
            self._news.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(0.5):
                    await self._news.wait()

    async def _advance(self) -> bool:
        async with self._database.reading() as session:
            changes = (
                await session.execute(
                    select(
                        ChangeRow.sequence,
                        ChangeRow.table,
                        ChangeRow.key,
                        ChangeRow.before,
                        ChangeRow.after,
                    )
                    .where(ChangeRow.sequence > self.sequence)
                    .order_by(ChangeRow.sequence)
                    .limit(2000)
                )
            ).all()
            if not changes:
                return False
            wanted: dict[str, set[str]] = {}
            for change in changes:
                table, key = change.table, change.key
                image = change.after or change.before or {}
                if table == "assets" and image.get("parent_id"):
                    key = image["parent_id"]
                elif table == "classifications":
                    table, key = "columns", image["asset_id"]
                elif table == "services":
                    offered = [*_offered(change.before), *_offered(change.after)]
                    wanted.setdefault("operations", set()).update(offered)
                    continue
                wanted.setdefault(table, set()).add(key)
            columns = wanted.pop("columns", set())
            parents = await _in(session, Asset, columns)
            wanted.setdefault("assets", set()).update(
                column.parent_id for column in parents if column.parent_id
            )
            documents, stale = await self._documents(session, wanted)
        if stale:
            await asyncio.to_thread(self._index.delete, sorted(stale))
        if documents:
            await asyncio.to_thread(self._index.upsert, documents)
        self._write_state(changes[-1].sequence)
        return True

    async def _documents(
        self, session: AsyncSession, wanted: dict[str, set[str]]
    ) -> tuple[list[Document], set[str]]:
        documents = await render_tables(session, sorted(wanted.get("assets", ())))
        for model, draw in (
            (Source, _source),
            (Control, _control),
            (Framework, _framework),
            (ComplianceRule, _rule),
            (Label, _label),
            (GlossaryTerm, _term),
            (Domain, _domain),
        ):
            rows = await _in(session, model, wanted.get(model.__tablename__, ()))
            documents += [draw(row) for row in rows]
        if "operations" in wanted:
            documents += await self._operations(session, wanted["operations"])
        findings = await _in(session, Finding, wanted.get("findings", ()))
        documents += [_finding(row) for row in findings if row.status == "open" and row.source_id]
        asked = {PREFIXES.get(table, "") + key for table, keys in wanted.items() for key in keys}
        return documents, asked - {document.id for document in documents}

    async def _operations(self, session: AsyncSession, names: set[str]) -> list[Document]:
        """The operations of these names: those of services outside before our own."""
        found = {name: one for name, one in self._registry.own().items() if name in names}
        for service in await session.scalars(select(Service)):
            found |= {one.name: one for one in operations_of(service, self._registry)}
        return [_operation(one) for name, one in found.items() if name in names]

    async def _head(self) -> int:
        async with self._database.reading() as session:
            return await session.scalar(select(func.max(ChangeRow.sequence))) or 0

    def _read_state(self) -> int:
        if self._state is None or not self._state.exists():
            return 0
        text = self._state.read_text()
        return int(text) if text.isdigit() else 0

    def _write_state(self, sequence: int) -> None:
        self.sequence = sequence
        if self._state is not None:
            self._state.write_text(str(sequence))


def _offered(image: dict[str, Any] | None) -> list[str]:
    """The names of the operations that a service has offered."""
    group = (image or {}).get("group") or (image or {}).get("name")
    return [f"{group}.{one['name']}" for one in (image or {}).get("operations", [])]


async def _in(session: AsyncSession, model: type[Any], keys: Iterable[str]) -> list[Any]:
    found: list[Any] = []
    listed = sorted(keys)
    for start in range(0, len(listed), 400):
        part = listed[start : start + 400]
        found += await session.scalars(select(model).where(model.id.in_(part)))
    return found
