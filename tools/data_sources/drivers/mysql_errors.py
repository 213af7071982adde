"""What the numbers of MySQL's and MariaDB's errors mean; their words may show data."""

from __future__ import annotations

from tools.data_sources.inventory import ConnectorError

TIMED_OUT = {1205, 1969, 3024}
_TOLD = (
    (
        {1044, 1045, 1130, 1698, 2054, 2059, 2061},
        "refused",
        "The server of '{name}' refuses this user or password.",
        "Check both, and that the server lets this user in from here.",
    ),
    (
        {1049},
        "no_such_database",
        "The server has no database '{name}'.",
        "Check the end of the URL.",
    ),
    (
        {1142, 1143, 1227, 1356},
        "forbidden",
        "The user may not read this in '{name}', or a view there is broken.",
        "Grant SELECT and SHOW VIEW on it to that user.",
    ),
    (
        {1040, 1203, 2002, 2003, 2005, 2006, 2012, 2013, 2026, 2055},
        "unreachable",
        "The server of '{name}' can't be reached, or has gone.",
        "Check host, port and network, and that the server is running.",
    ),
)


def told(number: int, name: str) -> ConnectorError | None:
    """The error of a number; None for those that nobody can mend from here."""
    for numbers, code, detail, remedy in _TOLD:
        if number in numbers:
            return ConnectorError(code, detail.format(name=name), remedy)
    return None
