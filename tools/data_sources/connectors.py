"""Opening sources: read-only always, refused where it isn't safe. Synchronous: call in a thread."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from time import perf_counter
from types import TracebackType
from typing import Any, Self

from tools.data_sources.inventory import Connection, ConnectorError, Health, Inventory
from tools.data_sources.unsafe import refuse_unsafe

__all__ = [
    "Connection",
    "Connector",
    "ConnectorError",
    "Health",
    "Inventory",
    "open_connector",
    "refuse_unsafe",
]

Tell = Callable[[str, int, int], None]
MAXIMUM_VALUE = 200


class Connector(ABC):
    """An open source. Every method raises ConnectorError, and nothing else, when it fails."""

    @abstractmethod
    def version(self) -> str:
        """The server's version, asked of the server."""

    @abstractmethod
    def discover(self, tell: Tell | None = None) -> Inventory:
        """Everything that the source holds."""

    @abstractmethod
    def sample(
        self, schema: str | None, table: str, columns: Sequence[str], limit: int
    ) -> dict[str, list[object]]:
        """Per column up to `limit` values that aren't null, cut at 200 characters; one query."""

    @abstractmethod
    def preview(
        self, schema: str | None, table: str, limit: int
    ) -> tuple[list[str], list[list[object]]]:
        """Column names and up to `limit` rows; binary values as their size."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the source."""

    def test(self) -> Health:
        """Ask the source something small."""
        started = perf_counter()
        version = self.version()
        return Health(
            latency_ms=round((perf_counter() - started) * 1000, 2), server_version=version
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.close()


def open_connector(connection: Connection, timeout_seconds: float = 30) -> Connector:
    """Open a source.

    Args:
        timeout_seconds: after which any one query is given up.

    Raises:
        ConnectorError: it may not, or can't, be opened.
    """
    refuse_unsafe(connection)
    if connection.kind == "sqlite":
        from tools.data_sources.drivers.sqlite import SqliteConnector

        return SqliteConnector(connection, timeout_seconds)
    if connection.kind == "postgresql":
        from tools.data_sources.drivers.postgresql import PostgresConnector

        return PostgresConnector(connection, timeout_seconds)
    from tools.data_sources.drivers.duck import DuckConnector

    return DuckConnector(connection, timeout_seconds)


def presentable(value: Any) -> object:
    """A value as it may leave a source: texts cut, bytes as their size, the rest as JSON can."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, bytes | bytearray | memoryview):
        return f"({len(value)} bytes)"
    return str(value)[:MAXIMUM_VALUE].replace("\x00", "").encode("utf-8", "replace").decode()


def by_column(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[str, list[object]]:
    """Rows turned into the values of each column, nulls dropped."""
    return {
        name: [presentable(row[place]) for row in rows if row[place] is not None]
        for place, name in enumerate(columns)
    }
