"""Sources that hang, lie or vanish: each costs nothing but its own call."""

from __future__ import annotations

import asyncio
import shutil
import socket
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb
import psycopg
import pytest
from sqlalchemy.engine import make_url

from tests.support.mariadb import create_database as create_mariadb
from tests.support.mariadb import execute
from tests.support.postgres import create_database
from tests.support.world import World
from tools.data_sources.connectors import (
    Connection,
    ConnectorError,
    Inventory,
    open_connector,
)
from tools.data_sources.inventory import SourceKind
from tools.errors import MendSource

URLS: dict[SourceKind, str] = {
    "postgresql": "postgresql://u:hush@127.0.0.1:{port}/shop",
    "mysql": "mysql://u:hush@127.0.0.1:{port}/shop",
    "sqlalchemy": "mysql+pymysql://u:hush@127.0.0.1:{port}/shop",
}
SERVERS = pytest.mark.parametrize("kind", URLS)


@contextmanager
def listening(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that takes connections and does with each whatever it is told."""
    held: list[socket.socket] = []

    def accept(listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            held.append(client)
            threading.Thread(target=answer, args=(client,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=accept, args=(listener,), daemon=True)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()
            for client in held:
                client.close()


def silent(_client: socket.socket) -> None:
    """Says nothing, ever."""


def lying(client: socket.socket) -> None:
    """Answers with what is of no protocol."""
    try:
        client.sendall(b"\x4a\x00\x00\x00\x0a\xff\xfe" + bytes(range(256)) * 8)
        client.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def hanging_up(client: socket.socket) -> None:
    client.close()


@SERVERS
@pytest.mark.parametrize("answer", [silent, lying, hanging_up])
def test_a_server_that_is_none_is_an_error_without_secrets(
    kind: SourceKind, answer: Callable[[socket.socket], None]
) -> None:
    with listening(answer) as port:
        connection = Connection(kind=kind, location=URLS[kind].format(port=port))
        with pytest.raises(ConnectorError) as error:
            open_connector(connection, timeout_seconds=1)
    assert error.value.code in ("unreachable", "timeout", "source_failed", "no_tls")
    assert error.value.remedy and "hush" not in str(error.value)


async def test_other_sources_are_read_while_one_hangs(world: World) -> None:
    await world.source()
    with listening(silent) as port:
        hanging = asyncio.create_task(
            world.call(
                "data_sources.register_source",
                name="silent",
                kind="mysql",
                location=URLS["mysql"].format(port=port),
            )
        )
        rows = await world.call("data_sources.preview_rows", asset="shop.customers", limit=1)
        assert rows.returned == 1 and not hanging.done()
        await world.call("data_sources.discover_assets", source="shop")
        assert not hanging.done(), "nothing waited for it, and writes went on"
    with pytest.raises(MendSource):
        await hanging
    assert [one.name for one in (await world.call("data_sources.list_sources")).items] == ["shop"]


@contextmanager
def stalling(host: str, port: int) -> Iterator[tuple[int, threading.Event]]:
    """A way to a server on which nothing comes back any more once the event is set."""
    stalled = threading.Event()

    def pump(source: socket.socket, target: socket.socket, *, back: bool) -> None:
        try:
            while data := source.recv(65536):
                if not (back and stalled.is_set()):
                    target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def answer(client: socket.socket) -> None:
        with socket.create_connection((host, port)) as server:
            other = threading.Thread(target=pump, args=(client, server), kwargs={"back": False})
            other.start()
            pump(server, client, back=True)
            other.join()

    with listening(answer) as own:
        yield own, stalled


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param("postgresql", marks=pytest.mark.postgres),
        pytest.param("mysql", marks=pytest.mark.mysql),
    ],
)
def test_a_server_that_stops_answering_midway_is_given_up(
    kind: SourceKind, request: pytest.FixtureRequest
) -> None:
    url = make_url(request.getfixturevalue("postgres" if kind == "postgresql" else "mariadb"))
    with stalling(url.host or "", url.port or 0) as (port, stalled):
        place = url.set(port=port).render_as_string(hide_password=False)
        with open_connector(Connection(kind=kind, location=place), timeout_seconds=1) as connector:
            stalled.set()
            with pytest.raises(ConnectorError) as error:
                connector.test()
        assert error.value.code in ("timeout", "unreachable")


# ---- what goes while it is read --------------------------------------------------------------


def discovered_while(connection: Connection, change: Callable[[], None]) -> Inventory:
    """What a discovery finds if this happens when it has begun."""
    changed: list[bool] = []

    def progress(_what: str, _done: int, _total: int) -> None:
        if not changed:
            changed.append(True)
            change()

    with open_connector(connection) as connector:
        inventory = connector.discover(progress)
    assert changed
    return inventory


def test_a_file_removed_midway(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.csv").write_text("x,y\n1,2\n")
    inventory = discovered_while(
        Connection(kind="files", location=str(tmp_path)), (tmp_path / "b.csv").unlink
    )
    assert [one.name for one in inventory.tables] == ["a", "c"]
    (warning,) = inventory.warnings
    assert warning.startswith("b")


def test_a_folder_removed_midway(tmp_path: Path) -> None:
    folder = tmp_path / "lake"
    folder.mkdir()
    for name in "ab":
        (folder / f"{name}.csv").write_text("x,y\n1,2\n")
    inventory = discovered_while(
        Connection(kind="files", location=str(folder)), lambda: shutil.rmtree(folder)
    )
    assert inventory.tables == () and len(inventory.warnings) == 2


def test_a_table_dropped_midway_in_sqlite(tmp_path: Path) -> None:
    path = tmp_path / "shop.sqlite"

    def run(script: str) -> None:
        with closing(sqlite3.connect(path)) as database:
            database.executescript(script)

    run("CREATE TABLE a (x); CREATE TABLE b (x); CREATE TABLE c (x)")
    inventory = discovered_while(
        Connection(kind="sqlite", location=str(path)), lambda: run("DROP TABLE b")
    )
    assert {"a", "c"} <= {one.name for one in inventory.tables}
    assert any(warning.startswith("b") for warning in inventory.warnings)


@pytest.mark.postgres
def test_a_table_dropped_midway_in_postgresql(postgres: str) -> None:
    url = create_database(postgres, "vanishing_source")

    def run(script: str) -> None:
        with psycopg.connect(url) as database:
            database.execute(script.encode())

    run("CREATE TABLE a (x int); CREATE TABLE b (x int); CREATE TABLE c (x int)")
    inventory = discovered_while(
        Connection(kind="postgresql", location=url), lambda: run("DROP TABLE b")
    )
    assert {"a", "c"} <= {one.name for one in inventory.tables} and inventory.warnings


@pytest.mark.mysql
@pytest.mark.parametrize("kind", ["mysql", "sqlalchemy"])
def test_a_table_dropped_midway_in_mariadb(kind: SourceKind, mariadb: str) -> None:
    name = f"vanishing_{kind}"
    url = create_mariadb(mariadb, name, "CREATE TABLE a (x INT);\nCREATE TABLE b (x INT)")
    place = url if kind == "mysql" else url.replace("mysql:", "mysql+pymysql:")
    inventory = discovered_while(
        Connection(kind=kind, location=place), lambda: execute(url, "DROP TABLE b")
    )
    assert "a" in {one.name for one in inventory.tables}
    assert any(warning.startswith("b") for warning in inventory.warnings)


async def test_a_source_that_goes_midway_leaves_the_catalog_as_it_was(world: World) -> None:
    path = world.folder / "lake.duckdb"
    with duckdb.connect(str(path)) as database:
        database.execute("CREATE TABLE t (a INT)")
    await world.call("data_sources.register_source", name="lake", kind="duckdb", location=str(path))
    await world.call("data_sources.discover_assets", source="lake")
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(MendSource):
        await world.call("data_sources.discover_assets", source="lake")
    assert (await world.call("catalog.list_assets", source="lake")).total == 1
    with pytest.raises(MendSource):
        await world.call("data_sources.preview_rows", asset="lake.t")
