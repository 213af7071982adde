"""What must not be opened: system files, metadata addresses, options that load code or files."""

from __future__ import annotations

import ipaddress
import socket
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from tools.data_sources.inventory import Connection, ConnectorError

SYSTEM = (
    "/etc",
    "/proc",
    "/sys",
    "/dev",
    "/boot",
    "/root/.ssh",
    "/run",
    "/var/run",
    "/usr",
    "/bin",
)
TOO_HIGH = ("/", "/home", "/root", "/var", "/tmp", "/opt", "/srv", "/mnt", "/work")  # noqa: S108
PRIVATE_PARTS = (".ssh", ".gnupg", ".aws", ".kube", ".docker")
MAGIC = {"sqlite": (b"SQLite format 3\x00", 0), "duckdb": (b"DUCK", 8)}
ALLOWED_OPTIONS = {"sslmode", "application_name", "connect_timeout", "target_session_attrs"}
METADATA_HOSTS = {"metadata", "metadata.google.internal", "instance-data"}
METADATA_V6 = ipaddress.ip_network("fd00:ec2::/32")


def refuse_unsafe(connection: Connection) -> None:
    """Look at where a source lies before anything is opened.

    Raises:
        ConnectorError: it must not be opened, doesn't exist, or isn't what it is said to be.
    """
    if connection.kind == "postgresql":
        _check_url(connection.location)
        return
    path = Path(connection.location).expanduser()
    try:
        resolved = path.resolve()
        exists = resolved.exists()
    except (OSError, ValueError, RuntimeError):
        raise _refused("bad_path", f"'{path}' is not a path.", "Give a path that exists.") from None
    if _is_system(resolved):
        raise _refused(
            "unsafe_location",
            f"'{path}' belongs to the system and is never opened.",
            "Copy the data to a folder of its own and register that.",
        )
    if not exists:
        raise _refused(
            "no_such_file",
            f"There is nothing at '{path}' on the server.",
            "Check the path; it is looked up on the machine that Racine runs on.",
        )
    if connection.kind == "files":
        if resolved.is_dir() and str(resolved) in TOO_HIGH:
            raise _refused(
                "unsafe_location", f"'{path}' holds far more than data.", "Name a folder below it."
            )
        return
    if not resolved.is_file():
        raise _refused("not_a_file", f"'{path}' is not a file.", "Name the database's file.")
    _check_magic(connection.kind, resolved, path)


def _check_magic(kind: str, resolved: Path, path: Path) -> None:
    magic, offset = MAGIC[kind]
    try:
        with resolved.open("rb") as file:
            head = file.read(offset + len(magic))
    except OSError as error:
        raise _refused(
            "unreadable", f"'{path}' can't be read ({error.strerror}).", "Check its permissions."
        ) from None
    empty_sqlite = kind == "sqlite" and not head
    if head[offset:] != magic and not empty_sqlite:
        raise _refused(
            "wrong_kind",
            f"'{path}' is not a {kind} database.",
            "Choose the kind that it is: sqlite, duckdb, or files for CSV, Parquet and JSON.",
        )


def _is_system(resolved: Path) -> bool:
    text = str(resolved)
    return any(text == place or text.startswith(f"{place}/") for place in SYSTEM) or any(
        part in PRIVATE_PARTS for part in resolved.parts
    )


def _check_url(location: str) -> None:
    try:
        url = make_url(location)
    except (ArgumentError, ValueError):
        raise _refused(
            "bad_url",
            "The location is not a URL.",
            "Write it as postgresql://user@host:port/database.",
        ) from None
    if url.get_backend_name() != "postgresql":
        raise _refused(
            "bad_url", "The location is not a postgresql:// URL.", "Start it with postgresql://."
        )
    unknown = sorted(set(url.query) - ALLOWED_OPTIONS)
    if unknown:
        raise _refused(
            "unsafe_option",
            f"The URL's option '{unknown[0]}' is not allowed.",
            f"Allowed are: {', '.join(sorted(ALLOWED_OPTIONS))}.",
        )
    _check_host(url)


def _check_host(url: URL) -> None:
    for host in (url.host or "localhost").split(","):
        if host.lower().rstrip(".") in METADATA_HOSTS:
            raise _forbidden_host(host)
        try:
            # The system's own reading, so that 0xA9FEA9FE and 2852039166 are seen for what they are
            addresses = {entry[4][0] for entry in socket.getaddrinfo(host, None)}
        except OSError:
            continue  # the driver will say that the name is unknown
        for address in addresses:
            parsed = ipaddress.ip_address(str(address).partition("%")[0])
            mapped = getattr(parsed, "ipv4_mapped", None) or parsed
            if mapped.is_link_local or mapped.is_multicast or mapped in METADATA_V6:
                raise _forbidden_host(host)


def _forbidden_host(host: str) -> ConnectorError:
    return _refused(
        "unsafe_location",
        f"'{host}' is a link-local or metadata address and is never opened.",
        "Name the database server's own address.",
    )


def _refused(code: str, detail: str, remedy: str) -> ConnectorError:
    return ConnectorError(code, detail, remedy)
