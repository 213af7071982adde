"""A real MariaDB server of the test's own, on a free port of the loopback interface.

Debian's `mariadb-server`, where it is installed; tests that need it are skipped without.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

import pymysql
import pytest
from sqlalchemy.engine import make_url

from tests.support.postgres import _free_port

USER, PASSWORD = "racine", "hush-hush"


@contextmanager
def mariadb_server() -> Iterator[str]:
    """Yields the URL of a new server, without a database, its user with all rights."""
    server = shutil.which("mariadbd") or shutil.which("mariadbd", path="/usr/sbin")
    install = shutil.which("mariadb-install-db")
    if server is None or install is None:
        pytest.skip("There is no MariaDB: install Debian's mariadb-server.")
    user = _user() if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="racine-mariadb-") as folder:
        home = Path(folder)
        if user:
            shutil.chown(home, user)
        data, port = home / "data", _free_port()
        common = ["--no-defaults", f"--datadir={data}"]
        subprocess.run(
            [install, *common, "--auth-root-authentication-method=normal", "--skip-test-db"],
            user=user,
            check=True,
            capture_output=True,
        )
        first = home / "first.sql"
        first.write_text(
            f"CREATE USER {USER}@'%' IDENTIFIED BY '{PASSWORD}';\n"
            f"GRANT ALL ON *.* TO {USER}@'%' WITH GRANT OPTION;\n"
        )
        first.chmod(0o644)
        process = subprocess.Popen(
            [
                server,
                *common,
                f"--port={port}",
                f"--socket={home}/socket",
                f"--pid-file={home}/pid",
                f"--init-file={first}",
                "--bind-address=127.0.0.1",
                "--innodb-flush-log-at-trx-commit=0",
                "--skip-name-resolve",
            ],
            user=user,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            url = f"mysql://{USER}:{PASSWORD}@127.0.0.1:{port}"
            _until_it_answers(url, process)
            yield url
        finally:
            process.terminate()
            process.wait()


def execute(url: str, script: str) -> None:
    """Run statements, each ended by a semicolon and a line's end."""
    at = make_url(url)
    connection = pymysql.connect(
        host=at.host,
        port=at.port or 3306,
        user=at.username,
        password=str(at.password or ""),
        database=at.database,
        autocommit=True,
    )
    with connection, connection.cursor() as cursor:
        for statement in script.split(";\n"):
            if statement.strip():
                cursor.execute(statement)


def create_database(server: str, name: str, script: str = "") -> str:
    """Make a database and fill it; returns its URL."""
    execute(server, f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4")
    url = make_url(server).set(database=name).render_as_string(hide_password=False)
    execute(url, script)
    return url


def _until_it_answers(url: str, process: subprocess.Popen[bytes]) -> None:
    end = monotonic() + 60
    while True:
        with suppress(pymysql.OperationalError):
            return execute(url, "SELECT 1")
        if process.poll() is not None or monotonic() > end:
            raise RuntimeError("The MariaDB server did not start.")
        sleep(0.1)


def _user() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "mysql" if "mysql" in names else "nobody"
