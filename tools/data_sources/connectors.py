"""Opening sources: read-only always, refused where it isn't safe. Synchronous: call in a thread.

The group's only door to the drivers; nothing else imports them.
"""

from __future__ import annotations

from tools.data_sources.drivers.base import Connector, Progress
from tools.data_sources.inventory import (
    ColumnInfo,
    Connection,
    ConnectorError,
    ForeignKey,
    Health,
    Inventory,
    TableInfo,
)
from tools.data_sources.unsafe import refuse_unsafe

__all__ = [
    "ColumnInfo",
    "Connection",
    "Connector",
    "ConnectorError",
    "ForeignKey",
    "Health",
    "Inventory",
    "Progress",
    "TableInfo",
    "open_connector",
    "refuse_unsafe",
]


def open_connector(connection: Connection, timeout_seconds: float = 30) -> Connector:
    """Open a source.

    Args:
        timeout_seconds: after which any one query is given up.

    Raises:
        ConnectorError: it may not, or can't, be opened.
    """
    refuse_unsafe(connection)
    match connection.kind:
        case "sqlite":
            from tools.data_sources.drivers.sqlite import SqliteConnector

            return SqliteConnector(connection, timeout_seconds)
        case "duckdb":
            from tools.data_sources.drivers.duck import DuckConnector

            return DuckConnector(connection, timeout_seconds)
        case "files":
            from tools.data_sources.drivers.files import FilesConnector

            return FilesConnector(connection, timeout_seconds)
        case "sqlalchemy":
            from tools.data_sources.drivers.anysql import SqlConnector

            return SqlConnector(connection, timeout_seconds)
        case "mysql":
            try:
                from tools.data_sources.drivers.mysql import MysqlConnector
            except ImportError:
                raise _not_installed("MySQL", "mysql") from None
            return MysqlConnector(connection, timeout_seconds)
        case "postgresql":
            try:
                from tools.data_sources.drivers.postgresql import PostgresConnector
            except ImportError:
                raise _not_installed("PostgreSQL", "postgres") from None
            return PostgresConnector(connection, timeout_seconds)


def _not_installed(server: str, extra: str) -> ConnectorError:
    return ConnectorError(
        "driver_missing",
        f"The {server} driver is not installed.",
        f"Install it with the extra '{extra}': pip install 'racine-assistant[{extra}]'.",
    )
