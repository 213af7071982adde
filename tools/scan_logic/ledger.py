"""The ledger of one scan, written from the thread that reads the source, a table at a time.

In transactions of its own, beside the kernel's: what it records is how far a scan has come, never
what it means. Only the holder writes: who comes later takes over, and who was before stops.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tools.database import new_id, now
from tools.errors import LookAgain
from tools.racine.workflows.tables import Execution
from tools.scan_logic.tables import ScanRun, ScanTable

LEFT = ("pending", "running")


@dataclass(frozen=True)
class Beginning:
    """What a scan is to be, where it isn't in the ledger yet. `run`, `tables` are not saved."""

    run: ScanRun
    tables: Sequence[ScanTable]


class Superseded(Exception):  # noqa: N818 - somebody else carries the scan on; this one just ends
    """This holder isn't the holder any more."""


class Ledger:
    """One scan's ledger, held.

    Args:
        execution_id: the execution that carries the scan on, if one does.
        again: read tables that stand like this once more.
    """

    def __init__(
        self,
        engine: Engine,
        beginning: Beginning,
        execution_id: str | None,
        again: Sequence[str] = (),
    ) -> None:
        self._engine = engine
        # Copies, since the session that these come from is rolled back before the work begins
        self._run = values_of(beginning.run)
        self._tables = [values_of(one) for one in beginning.tables]
        self._execution_id, self._again = execution_id, tuple(again)
        self._holder = new_id("hld")
        self.scan_id = beginning.run.id

    def take(self) -> list[ScanTable]:
        """Become the holder, beginning the scan where it isn't begun; the tables left to read."""
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            same = ScanRun.id == self._run["id"]
            if "key" in self._run:
                same |= ScanRun.key == self._run["key"]
            run = session.scalar(select(ScanRun).where(same))
            if run is None:
                run = ScanRun(**self._run)
                session.add(run)
                session.flush()
            self.scan_id = run.id
            of_this = ScanTable.scan_id == run.id
            if session.scalar(select(ScanTable.position).where(of_this).limit(1)) is None:
                made = (ScanTable(**one | {"scan_id": run.id}) for one in self._tables)
                session.add_all(made)
                session.flush()
            run.holder, run.status, run.beat_at = self._holder, "running", now()
            run.control = "cancel" if run.control == "cancel" else None
            run.execution_id = self._execution_id
            left = of_this & ScanTable.status.in_((*LEFT, *self._again))
            rows = list(session.scalars(select(ScanTable).where(left).order_by(ScanTable.position)))
            for row in rows:
                row.status, row.detail = "pending", ""
            return rows

    def begin(self, table: ScanTable) -> str | None:
        """Note that a table is being read, unless a halt is wanted: which one, then."""
        with Session(self._engine) as session, session.begin():
            run = self._held(session)
            execution = select(Execution.control).where(Execution.id == run.execution_id)
            control = run.control or session.scalar(execution)
            if control in ("pause", "cancel"):
                return str(control)
            run.beat_at = now()
            session.get_one(ScanTable, (table.scan_id, table.position)).status = "running"
        return None

    def record(self, table: ScanTable) -> None:
        """Note what came of a table."""
        with Session(self._engine) as session, session.begin():
            self._held(session).beat_at = now()
            session.merge(table)

    def rest(self, status: str) -> tuple[int, int]:
        """Nobody goes on at present; how many tables were read, and of how many."""
        with Session(self._engine) as session, session.begin():
            self._held(session).status = status
            of_this = select(func.count()).where(ScanTable.scan_id == self.scan_id)
            left = of_this.where(ScanTable.status.in_(LEFT))
            total = session.scalar(of_this) or 0
            return total - (session.scalar(left) or 0), total

    def _held(self, session: Session) -> ScanRun:
        run = session.get(ScanRun, self.scan_id, with_for_update=True)
        if run is None or run.holder != self._holder:
            raise Superseded
        return run


def paused(scan_id: str, done: int, total: int) -> LookAgain:
    """What a call is told whose scan was paused."""
    return LookAgain(
        f"The scan {scan_id} was paused when {done} of {total} tables were read.",
        "scan_logic.resume_scan goes on with it; scan_logic.cancel_scan keeps what it found.",
        field="scan",
        code="paused",
    )


def values_of(row: ScanRun | ScanTable) -> dict[str, Any]:
    """A row's values, those that aren't null."""
    given = {column.key: getattr(row, column.key) for column in row.__table__.columns}
    return {name: value for name, value in given.items() if value is not None}
