"""Reading a source for a scan: sample, detect, table by table. Blocking: run in a thread.

A table that hangs, fails or has vanished costs only itself. Values are handed to the detectors and
forgotten; what is kept of them is masked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from time import perf_counter

from tools.context import Progress
from tools.data_sources.connectors import Connection, Connector, ConnectorError, open_connector
from tools.database import now
from tools.errors import MendSource
from tools.scan_logic.ledger import Ledger, Superseded, paused
from tools.scan_logic.tables import ScanTable
from tools.scan_rule_sets.detectors import Column, RuleSet, detect, mask

PREVIEW_SECONDS = 20.0
SAMPLES = 3
GONE = 2  # times in a row that the source can't be opened: then it is gone


@dataclass(frozen=True)
class Place:
    """Where a table is in the source, its columns with their types, its rows when discovered."""

    schema: str | None
    name: str
    columns: tuple[tuple[str, str], ...]
    row_count: int | None = None


@dataclass(frozen=True)
class Unchanged:
    """What the last scan knew of a table. `labels`: what it found there."""

    scan_id: str
    shape: str
    mark: str | None
    labels: dict[str, list[object]]


@dataclass(frozen=True)
class Work:
    """What is to be read, and how."""

    connection: Connection
    rules: RuleSet
    places: dict[str, Place]
    last: dict[str, Unchanged]


class Reader:
    """Reads tables one after another on one connection, opened anew after a failure."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._connector: Connector | None = None
        self._marks: dict[tuple[str | None, str], str] = {}
        self._refused = 0

    def open(self) -> None:
        """Open the source, and ask it how its tables stand.

        Raises:
            MendSource: it can't be opened.
        """
        try:
            self._connector = open_connector(self._work.connection)
            with suppress(ConnectorError):
                self._marks = self._connector.marks()
        except ConnectorError as error:
            raise MendSource(error.detail, error.remedy, code=error.code) from None

    def close(self) -> None:
        """Let go of the source."""
        connector, self._connector = self._connector, None
        if connector is not None:
            with suppress(ConnectorError):
                connector.close()

    def read(self, table: ScanTable) -> None:
        """Read one table, or find it unchanged; how it went is set on it."""
        place = self._work.places.get(table.asset_id)
        started = perf_counter()
        if place is None:
            table.status, table.detail = "failed", "The catalog no longer holds it."
        elif (why := self._unchanged(table, place)) is not None:
            table.status, table.detail = "skipped", why
        else:
            try:
                self._sample(table, place)
            except ConnectorError as error:
                table.status, table.detail = "failed", error.detail
                self.close()
        table.seconds, table.finished_at = round(perf_counter() - started, 4), now()

    def _unchanged(self, table: ScanTable, place: Place) -> str | None:
        table.mark = self._marks.get((place.schema, place.name))
        known = "the source says that its columns and rows are the same"
        if not self._marks:
            table.mark = None if place.row_count is None else f"{place.row_count} rows"
            known = "its columns, and its row count when it was last discovered, are the same"
        last = self._work.last.get(table.asset_id)
        if (
            last is None
            or table.mark is None
            or (last.shape, last.mark)
            != (
                table.shape,
                table.mark,
            )
        ):
            return None
        table.labels = dict(last.labels)
        return f"Unchanged since the scan {last.scan_id}: {known}."

    def _sample(self, table: ScanTable, place: Place) -> None:
        rules = self._work.rules
        connector = self._opened()
        names = [name for name, _type in place.columns]
        sampled = connector.sample(place.schema, place.name, names, rules.sample_size)
        table.detections, table.values_sampled = {}, 0
        for name, data_type in place.columns:
            values = sampled.get(name, [])
            table.values_sampled += len(values)
            column = Column(name=name, table=place.name, data_type=data_type, values=values)
            detections = detect(column, rules)
            if detections and detections[0].score >= rules.minimum_score:
                samples = [mask(value) for value in values[:SAMPLES]]
                table.detections[name] = asdict(detections[0]) | {"samples": samples}
        table.status, table.detail, table.columns = "done", "", len(names)

    def _opened(self) -> Connector:
        if self._connector is None:
            if self._refused >= GONE:
                raise ConnectorError("gone", "The source can't be reached any more.", "")
            self._refused += 1
            self._connector = open_connector(self._work.connection)
        self._refused = 0
        return self._connector


def rehearsed(work: Work, tables: Sequence[ScanTable]) -> Callable[[Progress], Sequence[ScanTable]]:
    """Reads for a preview: nothing is recorded, and only so much as takes some seconds."""

    def run(progress: Progress) -> Sequence[ScanTable]:
        reader, started = Reader(work), perf_counter()
        reader.open()
        try:
            for done, table in enumerate(tables):
                if perf_counter() - started > PREVIEW_SECONDS:
                    break
                progress(f"looking at {table.table}", done, len(tables))
                reader.read(table)
        finally:
            reader.close()
        return tables

    return run


def carried(work: Work, ledger: Ledger, total: int) -> Callable[[Progress], str]:
    """Reads what is left of a scan, recording each table; returns the scan's id.

    The work raises LookAgain where the scan is paused; a cancelled one ends like any other.
    """

    def run(progress: Progress) -> str:
        reader = Reader(work)
        reader.open()
        try:
            left = ledger.take()
            for number, table in enumerate(left):
                halt = ledger.begin(table)
                if halt == "pause":
                    raise paused(ledger.scan_id, *ledger.rest("paused"))
                if halt == "cancel":
                    break
                progress(f"scanning {table.table}", total - len(left) + number, total)
                reader.read(table)
                ledger.record(table)
            progress("scanned", total, total)
        except Superseded:
            raise paused(ledger.scan_id, total - len(left), total) from None
        except Exception as error:
            if getattr(error, "problem_code", "") != "paused":
                with suppress(Superseded):
                    ledger.rest("stopped")
            raise
        finally:
            reader.close()
        return ledger.scan_id

    return run
