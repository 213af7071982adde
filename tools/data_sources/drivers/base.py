"""What every connector promises, and what the drivers share. Synchronous: call in a thread."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Any, Self

from tools.data_sources.drivers.measuring import Measures
from tools.data_sources.inventory import ConnectorError, Health, Inventory

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many are done, and of how many."""

CUT = 200
"""Characters that are kept of a value."""
OVERSAMPLING = 5
"""Rows read for one wanted value, so that columns with many nulls get values too."""


class Connector(ABC):
    """An open source. Every method raises ConnectorError, and nothing else, when it fails."""

    @abstractmethod
    def version(self) -> str:
        """The server's name and version, asked of the server."""

    @abstractmethod
    def discover(self, progress: Progress | None = None) -> Inventory:
        """Everything that the source holds; what can't be read becomes a warning."""

    @abstractmethod
    def sample(
        self, schema: str | None, table: str, columns: Sequence[str], limit: int
    ) -> dict[str, list[object]]:
        """For each column up to `limit` values that aren't null.

        The database chooses the rows, in one query, and cuts values at 200 characters. Integers
        and booleans come as they are, everything else as text, binary values not at all.
        """

    @abstractmethod
    def preview(
        self, schema: str | None, table: str, limit: int
    ) -> tuple[list[str], list[list[object]]]:
        """The columns' names and up to `limit` rows; values as in `sample`, binary as its size."""

    @abstractmethod
    def measure(
        self, schema: str | None, table: str, columns: Sequence[str], measures: Measures
    ) -> dict[str, Any]:
        """Aggregates over a table, each under its name, in one query that the source computes.

        `columns` are those that the measures read; they have to be there.
        """

    def marks(self) -> dict[tuple[str | None, str], str]:
        """By schema and table, what differs once its rows have changed, where that is cheap to ask.

        A table that isn't in it may have changed at any time.
        """
        return {}

    @abstractmethod
    def close(self) -> None:
        """Let go of the source."""

    def test(self) -> Health:
        """Ask the source something small."""
        started = perf_counter()
        version = self.version()
        latency = round((perf_counter() - started) * 1000, 2)
        return Health(latency_ms=latency, server_version=version)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.close()


def state_of(*paths: Path) -> str | None:
    """What differs once one of these files has been written to; None where one can't be seen."""
    try:
        states = [path.stat() for path in paths]
    except OSError:
        return None
    return " ".join(f"{one.st_mtime_ns}:{one.st_size}" for one in states)


def with_log(path: Path, ending: str) -> tuple[Path, ...]:
    """A database's file, with its log where that holds changes."""
    log = path.with_name(path.name + ending)
    return (path, log) if log.exists() and log.stat().st_size else (path,)


def by_column(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], limit: int
) -> dict[str, list[object]]:
    """The first `limit` values of each column that aren't null; reads no more rows than needed."""
    values: dict[str, list[object]] = {name: [] for name in columns}
    short = len(values) if limit > 0 else 0
    for row in rows if short else ():
        for kept, value in zip(values.values(), row, strict=True):
            if value is not None and len(kept) < limit:
                kept.append(value)
                short -= len(kept) == limit
        if not short:
            break
    return values


def quoted(*names: str | None) -> str:
    """A qualified SQL identifier; parts that are None are left out."""
    return ".".join('"' + name.replace('"', '""') + '"' for name in names if name is not None)


def literal(text: object) -> str:
    """An SQL string."""
    return "'" + str(text).replace("'", "''") + "'"


def no_such_table(schema: str | None, table: str) -> ConnectorError:
    """The error for a table that the source doesn't hold, or no longer."""
    name = f"{schema}.{table}" if schema else table
    return ConnectorError(
        "no_such_table", f"The source holds no table '{name}'.", "Discover the source again."
    )


def no_such_column(table: str, column: str) -> ConnectorError:
    """The error for a column that the table doesn't have, or no longer."""
    return ConnectorError(
        "no_such_column",
        f"The table '{table}' has no column '{column}'.",
        "Discover the source again.",
    )
