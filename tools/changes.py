"""Every change leaves its before and after: captured from the unit of work, in its transaction.

From this one log come previews, the audit trail, undo, history and the index's updates. Tables
marked `Captured` are written through the ORM only, so that nothing passes unrecorded.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter
from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    String,
    bindparam,
    delete,
    event,
    func,
    inspect,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, SessionTransaction, mapped_column

from tools.database import Base, Captured, SourceScoped, UtcDateTime
from tools.errors import LookAgain

Action = Literal["create", "update", "delete"]
_JSON = TypeAdapter(Any)
CAPTURES = "captures"
AT_ONCE = 500


class ChangeRow(Base):
    """One captured change; `sequence` is the order of commits."""

    __tablename__ = "changes"

    sequence: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[str] = mapped_column(ForeignKey("activity.id"), index=True)
    table: Mapped[str] = mapped_column(String(60))
    key: Mapped[str] = mapped_column(String(120), index=True)
    label: Mapped[str]
    action: Mapped[str] = mapped_column(String(6))
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    source_id: Mapped[str | None] = mapped_column(String(40), index=True)
    at: Mapped[datetime]


NEWEST = select(func.max(ChangeRow.__table__.c.sequence))
"""The newest change: what was read under the same one is still so."""


class Change(BaseModel):
    """One record's change, as people see it: secrets are never in it."""

    model_config = ConfigDict(frozen=True)

    table: str
    key: str
    label: str
    action: Action
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    source_id: str | None = None


@dataclass
class _Record:
    label: str
    source_id: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class Capture:
    """While entered, listens to a session and keeps each record's first before and last after."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session.sync_session
        self._records: dict[tuple[str, str], _Record] = {}
        self._before: list[dict[tuple[str, str], _Record]] = []  # each open savepoint

    def __enter__(self) -> Capture:
        for name, listener in self._listeners():
            event.listen(self._session, name, listener)
        self._session.info.setdefault(CAPTURES, []).append(self)
        return self

    def __exit__(self, *_exc: object) -> None:
        for name, listener in self._listeners():
            event.remove(self._session, name, listener)
        self._session.info[CAPTURES].remove(self)

    def _listeners(self) -> Iterator[tuple[str, Any]]:
        yield "after_flush", self._after_flush
        yield "after_transaction_create", self._begun
        yield "after_soft_rollback", self._rolled_back
        yield "after_transaction_end", self._ended

    def _begun(self, _session: Session, transaction: SessionTransaction) -> None:
        if transaction.nested:
            self._before.append(dict(self._records))

    def _rolled_back(self, _session: Session, transaction: SessionTransaction) -> None:
        if transaction.nested and self._before:
            self._records = dict(self._before[-1])

    def _ended(self, _session: Session, transaction: SessionTransaction) -> None:
        if transaction.nested and self._before:
            self._before.pop()

    def _after_flush(self, session: Session, _context: Any) -> None:
        for row in session.new:
            self._note(row, None, _image(row))
        for row in session.dirty:
            if session.is_modified(row):
                after = _image(row)
                self._note(row, after | _old_values(row), after)
        for row in session.deleted:
            self._note(row, _image(row) | _old_values(row), None)

    def deleted(self, model: type[Any], images: Iterable[dict[str, Any]]) -> None:
        """Note rows that `delete_rows` deletes."""
        if issubclass(model, Captured):
            names = _key_names(model)
            for image in images:
                key = "|".join(str(image[name]) for name in names)
                self._keep(model, key, image.get(model.__label__), image.get("source_id"), image)

    def _note(self, row: Any, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
        if not isinstance(row, Captured):
            return
        label, source_id = getattr(row, row.__label__, None), getattr(row, "source_id", None)
        self._keep(type(row), _key(row), label, source_id, before, after)

    def _keep(
        self,
        model: type[Any],
        key: str,
        label: object,
        source_id: str | None,
        before: dict[str, Any] | None,
        after: dict[str, Any] | None = None,
    ) -> None:
        slot = (model.__tablename__, key)
        known = self._records.get(slot)
        if model.__tablename__ == "sources":
            source_id = key
        elif not issubclass(model, SourceScoped):
            source_id = None
        before = known.before if known else before
        self._records[slot] = _Record(str(label or key), source_id, before, after)

    async def settled(self) -> list[Change]:
        """`rows`, made in a thread where they are so many that others would wait."""
        return self.rows() if len(self._records) <= AT_ONCE else await asyncio.to_thread(self.rows)

    def rows(self) -> list[Change]:
        """The net changes so far, raw: with the secrets that undo needs."""
        changes = []
        for (table, key), record in self._records.items():
            if record.before == record.after:
                continue
            action: Action = (
                "create"
                if record.before is None
                else "delete"
                if record.after is None
                else "update"
            )
            changes.append(
                Change.model_construct(
                    table=table,
                    key=key,
                    label=record.label,
                    action=action,
                    before=record.before,
                    after=record.after,
                    source_id=record.source_id,
                )
            )
        return changes


class Decisive:
    """While entered, notes the records a session looks at whose content decides what is done."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session.sync_session
        self.records: set[tuple[str, str]] = set()

    def __enter__(self) -> Decisive:
        event.listen(self._session, "loaded_as_persistent", self._note)
        return self

    def __exit__(self, *_exc: object) -> None:
        event.remove(self._session, "loaded_as_persistent", self._note)

    def _note(self, _session: Session, row: Any) -> None:
        if isinstance(row, Captured) and row.__decides__:
            self.records.add((row.__tablename__, _key(row)))  # type: ignore[attr-defined]


@event.listens_for(Session, "do_orm_execute")
def _refuse_bulk(state: ORMExecuteState) -> None:
    written = None if state.is_select else state.bind_mapper
    if written is not None and issubclass(written.class_, Captured):
        raise TypeError(f"Write {written.class_.__name__} through the unit of work, row by row.")


async def delete_rows(session: AsyncSession, model: type[Any], where: ColumnElement[bool]) -> int:
    """Delete rows by the thousand, each captured as the unit of work would; how many there were."""
    mapper, names = inspect(model), _key_names(model)
    columns = {column.key: column.class_attribute for column in mapper.column_attrs}
    by_key = delete(mapper.local_table).where(
        *(key == bindparam(f"_{name}") for key, name in zip(mapper.primary_key, names, strict=True))
    )
    page = select(*columns.values()).where(where).limit(AT_ONCE)
    gone = 0
    while rows := (await session.execute(page)).all():
        values = [dict(zip(columns, row, strict=True)) for row in rows]
        images = _JSON.dump_python(values, mode="json")
        for capture in session.sync_session.info.get(CAPTURES, ()):
            capture.deleted(model, images)
        await session.execute(by_key, [{f"_{name}": one[name] for name in names} for one in values])
        for one in values:  # the session forgets what it has loaded of them
            key = mapper.identity_key_from_primary_key(tuple(one[name] for name in names))
            if (loaded := session.sync_session.identity_map.get(key)) is not None:
                session.expunge(loaded)
        gone += len(rows)
    return gone


def published(change: Change) -> Change:
    """The change without secrets; an update keeps only the fields that differ."""
    before, after = change.before, change.after
    if before is not None and after is not None:
        differing = {field for field in after if before.get(field) != after[field]}
        before = {field: value for field, value in before.items() if field in differing}
        after = {field: value for field, value in after.items() if field in differing}
    hidden = _secret_fields(change.table)

    def clean(image: dict[str, Any] | None) -> dict[str, Any] | None:
        if image is None:
            return None
        return {
            field: "•••" if field in hidden and value is not None else value
            for field, value in image.items()
        }

    return change.model_copy(update={"before": clean(before), "after": clean(after)})


def digest(changes: Iterable[Change]) -> str:
    """SHA-256 over the changes, in order: what the audit row vouches for."""
    return fingerprint([change.model_dump(mode="json") for change in changes])


def fingerprint(value: Any) -> str:
    """SHA-256 of a value's canonical JSON."""
    canonical = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


async def touched_versions(
    session: AsyncSession, records: Sequence[tuple[str, str]]
) -> dict[str, str | None]:
    """The present version (a fingerprint, None where absent) of each `(table, key)`."""
    versions: dict[str, str | None] = {}
    for table, key in records:
        row = await session.get(model_of(table), _identity(table, key))
        versions[f"{table}/{key}"] = None if row is None else fingerprint(_image(row))
    return versions


async def undo(session: AsyncSession, changes: Sequence[Change], done_by: str) -> None:
    """Put every record back as it was before `changes`, last first.

    Raises:
        LookAgain: a record was changed since, or something later refers to one that would go.
    """
    undone = {(change.table, change.key) for change in changes}
    for change in reversed(changes):
        model = model_of(change.table)
        row = await session.get(model, _identity(change.table, change.key))
        current = None if row is None else _image(row)
        expected = change.after
        if expected is not None and current is not None and change.before is not None:
            differing = [field for field in expected if change.before.get(field) != expected[field]]
            same = all(current.get(field) == expected[field] for field in differing)
        else:
            same = current == expected
        if not same:
            raise LookAgain(
                f"{change.table} '{change.label}' was changed again after {done_by}.",
                "Undo the later change first; activity.search shows it.",
            )
        if change.before is None:
            await _refuse_if_referred(session, change, undone)
            await session.delete(row)
        elif row is None:
            session.add(model(**_values(model, change.before)))
        else:
            for field, value in _values(model, change.before).items():
                if change.after is None or change.after[field] != change.before[field]:
                    setattr(row, field, value)
        await session.flush()


async def _refuse_if_referred(
    session: AsyncSession, change: Change, undone: set[tuple[str, str]]
) -> None:
    target = Base.metadata.tables[change.table]
    for table in Base.metadata.tables.values():
        for key in table.foreign_keys:
            if key.column.table is not target or not issubclass(model_of(table.name), Captured):
                continue
            identity = [func.cast(column, String) for column in table.primary_key.columns]
            found = await session.execute(select(*identity).where(key.parent == change.key))
            later = [row for row in found if (table.name, "|".join(row)) not in undone]
            if later:
                raise LookAgain(
                    f"{change.table} '{change.label}' can't go: {len(later)} {table.name} came "
                    "later and depend on it.",
                    f"Undo what created those {table.name} first.",
                )


def _image(row: Any) -> dict[str, Any]:
    values = {
        attribute.key: getattr(row, attribute.key) for attribute in inspect(row).mapper.column_attrs
    }
    image: dict[str, Any] = _JSON.dump_python(values, mode="json")
    return image


def _old_values(row: Any) -> dict[str, Any]:
    old = {}
    state = inspect(row)
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].history
        if history.deleted:
            old[attribute.key] = history.deleted[0]
    values: dict[str, Any] = _JSON.dump_python(old, mode="json")
    return values


def _key_names(model: type[Any]) -> list[str]:
    mapper = inspect(model)
    return [mapper.get_property_by_column(key).key for key in mapper.primary_key]


def _key(row: Any) -> str:
    state = inspect(row)
    identity = state.identity or state.mapper.primary_key_from_instance(row)
    return "|".join(str(value) for value in identity)


def model_of(table: str) -> type[Any]:
    """The class of a table's rows."""
    for mapper in Base.registry.mappers:
        if mapper.local_table is Base.metadata.tables[table]:
            return mapper.class_
    raise KeyError(table)


def _identity(table: str, key: str) -> Any:
    columns = list(Base.metadata.tables[table].primary_key.columns)
    parts = key.split("|") if len(columns) > 1 else [key]
    values = tuple(
        int(part) if column.type.python_type is int else part
        for column, part in zip(columns, parts, strict=True)
    )
    return values if len(values) > 1 else values[0]


def _values(model: type[Any], image: dict[str, Any]) -> dict[str, Any]:
    values = {}
    for attribute in inspect(model).column_attrs:
        value = image.get(attribute.key)
        if value is not None and isinstance(attribute.columns[0].type, UtcDateTime):
            value = datetime.fromisoformat(value)
        values[attribute.key] = value
    return values


def _secret_fields(table: str) -> set[str]:
    return {
        column.name for column in Base.metadata.tables[table].columns if column.info.get("secret")
    }
