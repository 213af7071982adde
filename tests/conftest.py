"""Fixtures: a database like new for every test, the kernel on it, and a served Racine.

`RACINE_TEST_DATABASE=postgresql` runs the same tests on PostgreSQL.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from functools import cache
from itertools import count
from pathlib import Path

import pytest
import structlog
from filelock import FileLock
from sqlalchemy import make_url

from api.demo import fill
from api.runtime import Runtime, build
from api.settings import Settings
from tests.support.service import served
from tests.support.world import World, make_shop
from tools.context import Caller
from tools.database import Database
from tools.migrate import upgrade
from tools.seed import seed

ON_POSTGRES = os.environ.get("RACINE_TEST_DATABASE") == "postgresql"
NUMBERS = count()
INDEXED = {"indexed", "indexed_folder", "shop_folder"}

# The default for terminals draws every frame's variables, which takes seconds for each error.
structlog.configure(processors=[structlog.processors.KeyValueRenderer()])


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server: its administrator's URL, without a database."""
    from tests.support.postgres import postgres_server

    with postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def template(request: pytest.FixtureRequest) -> str:
    """A database with schema and seed, that every test gets a copy of."""

    def make(folder: Path) -> str:
        url = _new_database(request, folder, "template_racine")
        upgrade(url)

        async def fill(runtime: Runtime) -> None:
            await seed(runtime.kernel)
            await runtime.accounts.ensure_administrator(None)

        asyncio.run(_with_runtime(url, folder / "data", fill))
        return url

    return _once(request, "template", make)


@pytest.fixture(scope="session")
def stocked_template(template: str, request: pytest.FixtureRequest) -> str:
    """A copy of the template with the shop in it, discovered and scanned."""

    def make(folder: Path) -> str:
        url = _new_database(request, folder, "template_stocked", template)

        async def fill(runtime: Runtime) -> None:
            await (await _world(runtime, folder)).source(scanned=True)

        asyncio.run(_with_runtime(url, folder / "data", fill))
        return url

    return _once(request, "stocked", make)


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo company's databases and files are."""
    return tmp_path_factory.mktemp("company")


@pytest.fixture(scope="session")
def demo_template(template: str, company: Path, request: pytest.FixtureRequest) -> str:
    """A copy of the template with the demo company in it, scanned and judged."""
    url = _new_database(request, company, "template_demo", template)

    async def bring(runtime: Runtime) -> None:
        await fill(runtime, company, lambda *_: None)

    asyncio.run(_with_runtime(url, company / "data", bring))
    return url


@pytest.fixture(scope="session")
def indexed_folder(template: str, request: pytest.FixtureRequest) -> Path:
    """A data folder where what ships is indexed, to be copied."""

    def make(folder: Path) -> Path:
        url = _new_database(request, folder, "template_indexed", template)

        async def fill(runtime: Runtime) -> None:
            await runtime.follower.start()
            await runtime.follower.caught_up()
            await runtime.follower.stop()

        asyncio.run(_with_runtime(url, folder, fill))
        return folder

    return Path(_once(request, "indexed", make))


def _once(request: pytest.FixtureRequest, name: str, make: Callable[[Path], object]) -> str:
    """What `make` made in a folder of its own; one worker makes it for all.

    On PostgreSQL each makes its own: each has a server of its own.
    """
    shared: Path = request.getfixturevalue("tmp_path_factory").getbasetemp()
    if "workerinput" in vars(request.config) and not ON_POSTGRES:
        shared = shared.parent
    folder, made = shared / name, shared / f"{name}.made"
    with FileLock(shared / f"{name}.lock"):
        if not made.exists():
            folder.mkdir()
            made.write_text(str(make(folder)))
    return made.read_text()


async def _with_runtime(url: str, folder: Path, use: Callable[[Runtime], Awaitable[None]]) -> None:
    runtime = build(Settings(data_dir=folder, database_url=url))
    try:
        await use(runtime)
    finally:
        await _close(runtime)


async def _close(runtime: Runtime) -> None:
    await runtime.runs.close()
    await runtime.kernel.close()
    await runtime.events.close()
    runtime.index.close()
    await runtime.database.close()


async def _world(runtime: Runtime, folder: Path) -> World:
    return World(runtime, Caller(await runtime.accounts.ensure_administrator(None), "api"), folder)


def _new_database(
    request: pytest.FixtureRequest, folder: Path, name: str, template: str | None = None
) -> str:
    if ON_POSTGRES:
        from tests.support.postgres import create_database

        original = make_url(template).database if template else None
        return create_database(request.getfixturevalue("postgres"), name, original or "template0")
    target = folder / "racine.db"
    if template is not None:
        for left in ("-wal", "-shm"):
            target.with_name(target.name + left).unlink(missing_ok=True)
        fresh = shutil.copy(template.removeprefix("sqlite:///"), target.with_suffix(".new"))
        Path(fresh).replace(target)
    return f"sqlite:///{target}"


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where one test's database is after the other's."""
    return tmp_path_factory.mktemp("place")


@pytest.fixture(scope="session")
def databases() -> Callable[[str], Database]:
    """Engines by URL: statements that were compiled for one test needn't be for the next."""
    return cache(Database)


@pytest.fixture
def database_url(place: Path, request: pytest.FixtureRequest) -> str:
    """A database like new, or with the shop or the demo in it where the test asks for one."""
    asked = (one for one in ("stocked", "demo") if one in request.fixturenames)
    kind = next((f"{one}_template" for one in asked), "template")
    template = request.getfixturevalue(kind)
    return _new_database(request, place, f"test_{next(NUMBERS)}", template)


@pytest.fixture
def settings(database_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    """The settings of a test's own Racine."""
    if "indexed" in request.fixturenames:
        shutil.copytree(request.getfixturevalue("indexed_folder"), tmp_path / "data")
    return Settings(data_dir=tmp_path / "data", database_url=database_url)


@pytest.fixture
async def runtime(
    settings: Settings, databases: Callable[[str], Database]
) -> AsyncIterator[Runtime]:
    """Every part but the engine and the follower, which tests start where they need them."""
    runtime = build(settings, database=databases(settings.database))
    yield runtime
    await _close(runtime)


@pytest.fixture
async def world(runtime: Runtime, tmp_path: Path) -> World:
    """The kernel with an administrator; people and sources are added by the test."""
    return await _world(runtime, tmp_path)


@pytest.fixture
async def stocked(world: World) -> World:
    """The same with the shop, discovered and scanned, at a place of the test's own."""
    await world.move_in("shop")
    return world


@pytest.fixture
async def demo(world: World) -> World:
    """The same with the demo company, whose sources all tests of a session share."""
    return world


@pytest.fixture
def indexed() -> None:
    """Asked for by tests whose index is to hold what ships from the beginning."""


@pytest.fixture(scope="session")
def shop_folder(indexed_folder: Path, request: pytest.FixtureRequest) -> Path:
    """A data folder whose source `shop` is discovered and scanned; to be copied, not served."""

    def make(folder: Path) -> Path:
        shop = str(folder / "shop.sqlite")
        make_shop(Path(shop))
        shutil.copytree(indexed_folder, folder / "data")
        with served(folder / "data") as client:
            client.call("data_sources.register_source", name="shop", kind="sqlite", location=shop)
            client.call("data_sources.discover_assets", source="shop")
            client.call("scan_logic.start_scan", source="shop")
        return folder / "data"

    return Path(_once(request, "prepared", make))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One file that needs the index, then all that need none: otherwise all workers wait for it."""
    needing = {one.path for one in items if INDEXED & set(getattr(one, "fixturenames", ()))}
    first = next((one.path for one in items if one.path in needing), None)
    items.sort(key=lambda one: one.path != first and 1 + (one.path in needing))
