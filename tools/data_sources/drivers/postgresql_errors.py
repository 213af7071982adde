"""What libpq says only in words when it gets no connection."""

from __future__ import annotations

from tools.data_sources.inventory import ConnectorError


def unconnected(message: str, database: str) -> ConnectorError:
    """What libpq says only in words when it gets no connection; they aren't passed on."""
    words = message.lower()
    if "password" in words or "authentication" in words or "pg_hba" in words:
        return ConnectorError(
            "refused",
            f"The server of '{database}' refuses this user or password.",
            "Check both, and that the server lets this user in from here (pg_hba.conf).",
        )
    if "does not exist" in words:
        return ConnectorError(
            "no_such_database",
            f"The server has no database '{database}', or no such user.",
            "Check the end of the URL, and its user.",
        )
    if "ssl" in words or "certificate" in words:
        return ConnectorError(
            "no_tls",
            f"No encrypted connection to the server of '{database}' could be made.",
            "Check sslmode in the URL, and the server's certificate.",
        )
    return ConnectorError(
        "unreachable",
        f"The server of '{database}' can't be reached.",
        "Check host, port and network, and that the server is running.",
    )
