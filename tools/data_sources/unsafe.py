"""What must not be opened: system files, metadata addresses, options that load code or files.

`refuse_unsafe` looks names up in no network, so it may run anywhere; a host's addresses are
checked by `safe_addresses` when the driver connects, and it connects to those and no others.
"""

from __future__ import annotations

import re
import socket
import stat
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from tools.data_sources.inventory import Connection, ConnectorError, SourceKind

SYSTEM = re.compile(r"/(etc|proc|sys|dev|boot|run|usr/(bin|sbin|lib)|var/log)(/.*)?")
SECRET = re.compile(
    r".*/(\.(ssh|gnupg|aws|azure|kube|docker|config|password-store|netrc|pgpass|git-credentials"
    r"|bash_history)|keyrings)(/.*)?"
)
TOO_HIGH = re.compile(
    r"/(root|tmp|usr|var|var/lib|opt|srv|mnt|media|home|Users|(home|Users)/[^/]+)?"
)
MAGIC = {"sqlite": (b"SQLite format 3\x00", 0), "duckdb": (b"DUCK", 8)}
OPTIONS = {
    "application_name",
    "channel_binding",
    "connect_timeout",
    "gssencmode",
    "keepalives",
    "keepalives_count",
    "keepalives_idle",
    "keepalives_interval",
    "sslmode",
    "sslnegotiation",
    "target_session_attrs",
}
SERVER_OPTIONS: dict[SourceKind, frozenset[str]] = {
    "postgresql": frozenset(OPTIONS),
    "mysql": frozenset({"connect_timeout", "ssl_mode"}),
    "sqlalchemy": frozenset(
        {
            "ApplicationIntent",
            "Encrypt",
            "TrustServerCertificate",
            "application_name",
            "charset",
            "connect_timeout",
            "driver",
            "http_path",
            "protocol",
            "region_name",
            "role",
            "schema",
            "secure",
            "service_name",
            "sslmode",
            "warehouse",
        }
    ),
}
SERVERS: dict[SourceKind, tuple[str, frozenset[str], str]] = {
    "postgresql": (
        "PostgreSQL",
        frozenset({"postgresql", "postgres"}),
        "postgresql://user@host:port/database",
    ),
    "mysql": ("MySQL", frozenset({"mysql", "mariadb"}), "mysql://user@host:port/database"),
    "sqlalchemy": ("SQLAlchemy", frozenset(), "dialect+driver://user@host:port/database"),
}
UNQUOTED = set(";{}()=\0")
FILE_DIALECTS = {"sqlite", "duckdb", "access", "shillelagh", "gsheets", "motherduck"}
ODBC_DRIVER = re.compile(r"ODBC Driver \d{1,2} for SQL Server|FreeTDS")
METADATA_NAMES = {"metadata", "metadata.google.internal", "metadata.goog", "instance-data"}
METADATA_ADDRESSES = (
    ip_network("100.100.100.200/32"),  # Alibaba
    ip_network("168.63.129.16/32"),  # Azure
    ip_network("192.0.0.192/32"),  # Oracle
    ip_network("fd00:ec2::/32"),  # Amazon
    ip_network("fd20:ce::/32"),  # Google
)


def refuse_unsafe(connection: Connection) -> None:
    """Look at where a source lies before anything of it is opened.

    Raises:
        ConnectorError: it must not be opened, doesn't exist, or isn't what it is said to be.
    """
    if connection.kind in SERVER_OPTIONS:
        _check_url(server_url(connection.location, connection.kind), connection.kind)
    else:
        _check_path(connection.kind, Path(connection.location).expanduser())


def server_url(location: str, kind: SourceKind = "postgresql") -> URL:
    """The parsed URL of a server.

    Raises:
        ConnectorError: it is none, or one of another kind.
    """
    title, backends, example = SERVERS[kind]
    try:
        url = make_url(location)
    except (ArgumentError, ValueError):
        url = None
    if url is None or (backends and url.get_backend_name() not in backends):
        raise ConnectorError(
            "bad_url",
            f"The location is not a {title} URL.",  # and not shown: it may hold a password
            f"Write it as {example}.",
        )
    return url


def safe_addresses(host: str) -> list[str]:
    """The addresses of a host, to connect to exactly what was checked.

    Raises:
        ConnectorError: the name is unknown, or one of its addresses must not be reached.
    """
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise ConnectorError(
            "unknown_host", f"The host '{host}' is unknown.", "Check its name in the location."
        ) from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        _check_address(host, ip_address(address.partition("%")[0]))
    return addresses


def _check_url(url: URL, kind: SourceKind) -> None:
    allowed = SERVER_OPTIONS[kind]
    for option, value in url.query.items():
        if option not in allowed or not isinstance(value, str) or set(value) & UNQUOTED:
            raise ConnectorError(
                "unsafe_option",
                f"The URL's option '{option[:80]}' is not allowed.",
                f"Leave it out; allowed, once each, are: {', '.join(sorted(allowed))}.",
            )
    if kind == "sqlalchemy":
        _check_dialect(url)
    if kind != "postgresql" and set(f"{url.host}{url.database}{url.username}") & UNQUOTED:
        # ODBC and Oracle put these, as they stand, into a connection string of options
        raise ConnectorError(
            "unsafe_option",
            "The URL's host, database or user holds one of the characters ;{}()=.",
            "Write only their names.",
        )
    _check_host(url.host)


def _check_dialect(url: URL) -> None:
    if url.get_backend_name() in FILE_DIALECTS or not url.host:
        raise ConnectorError(
            "no_server",
            f"'{url.get_backend_name()[:40]}' with this URL names no server.",
            "For files choose the kind sqlite, duckdb or files; for a server name its host.",
        )
    driver = url.query.get("driver")
    if driver is not None and not ODBC_DRIVER.fullmatch(str(driver)):
        raise ConnectorError(
            "unsafe_option",
            "The URL's option 'driver' is no known ODBC driver.",
            "Name it as it is installed, such as 'ODBC Driver 18 for SQL Server'.",
        )


def _check_host(name: str | None) -> None:
    host = (name or "localhost").rstrip(".").lower()
    if not host or set(host) & set(",/\\@%"):
        raise ConnectorError(
            "unsafe_host",
            "The URL names several hosts, or a socket.",
            "Name one host; for this machine, 127.0.0.1.",
        )
    if host in METADATA_NAMES:
        raise _metadata(host)
    try:
        # As the system reads it: 0xA9FEA9FE, 2852039166 and 0251.65193.1 are addresses too
        _check_address(host, IPv4Address(socket.inet_aton(host)))
    except OSError:
        if ":" in host:
            _check_address(host, _ipv6(host))


def _ipv6(host: str) -> IPv6Address:
    try:
        return IPv6Address(host.partition("%")[0])
    except ValueError:
        raise ConnectorError(
            "unknown_host", f"'{host}' is no address.", "Check the host in the location."
        ) from None


def _check_address(host: str, address: IPv4Address | IPv6Address) -> None:
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in ip_network("64:ff9b::/96"):  # NAT64
            inner = IPv4Address(address.packed[-4:])
        if inner is not None:
            return _check_address(host, inner)
    if (
        address.is_link_local
        or address.is_multicast
        or address.is_unspecified
        or any(address in network for network in METADATA_ADDRESSES)
    ):
        raise _metadata(host)
    return None


def _metadata(host: str) -> ConnectorError:
    return ConnectorError(
        "unsafe_host",
        f"'{host}' is a link-local or metadata address and is never opened.",
        "Name the database server's own address.",
    )


def _check_path(kind: str, path: Path) -> None:
    try:
        resolved = path.resolve()
        # Before looking whether it is there, so that nothing is told of what must stay unseen
        if SYSTEM.fullmatch(str(resolved)) or SECRET.fullmatch(str(resolved)):
            raise ConnectorError(
                "unsafe_path",
                f"'{path}' belongs to the system, or holds keys, and is never opened.",
                "Copy the data to a folder of its own and name that.",
            )
        mode = resolved.stat().st_mode
    except (OSError, ValueError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no path"
        raise ConnectorError(
            "no_such_path",
            f"'{path}' can't be found: {reason}.",
            "Check the path; it is looked up on the machine that the service runs on.",
        ) from None
    if kind == "files":
        _check_folder(path, resolved, mode)
    elif not stat.S_ISREG(mode):
        raise ConnectorError("not_a_file", f"'{path}' is not a file.", "Name the database's file.")
    else:
        _check_magic(kind, path, resolved)


def _check_folder(path: Path, resolved: Path, mode: int) -> None:
    if not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
        raise ConnectorError("not_a_folder", f"'{path}' is no folder.", "Name a folder or a file.")
    if stat.S_ISDIR(mode) and (TOO_HIGH.fullmatch(str(resolved)) or resolved == Path.home()):
        raise ConnectorError(
            "unsafe_path",
            f"'{path}' holds far more than the data to be read.",
            "Name the folder below it that holds the data.",
        )


def _check_magic(kind: str, path: Path, resolved: Path) -> None:
    magic, offset = MAGIC[kind]
    try:
        with resolved.open("rb") as file:
            head = file.read(offset + len(magic))
    except OSError as error:
        raise ConnectorError(
            "unreadable",
            f"'{path}' can't be read: {error.strerror}.",
            "Give the service's user the right to read it.",
        ) from None
    if head[offset:] == magic or (kind == "sqlite" and not head):  # no byte: an empty database
        return
    raise ConnectorError(
        "wrong_kind",
        f"'{path}' is not a {kind} database.",
        "Choose the kind that it is: sqlite, duckdb, or files for CSV, Parquet, JSON and Excel.",
    )
