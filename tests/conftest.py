"""Fixtures: a database like new for every test, the kernel on it, and a served Racine.

`RACINE_TEST_DATABASE=postgresql` runs the same tests on PostgreSQL.
"""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import pytest
import structlog

from api.runtime import Runtime, build
from api.settings import Settings
from tests.support.service import served
from tests.support.world import World, make_shop
from tools.context import Caller
from tools.migrate import upgrade
from tools.seed import seed

ON_POSTGRES = os.environ.get("RACINE_TEST_DATABASE") == "postgresql"
NUMBERS = count()

# The default for terminals draws every frame's variables, which takes seconds for each error.
structlog.configure(processors=[structlog.processors.KeyValueRenderer()])


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server: its administrator's URL, without a database."""
    from tests.support.postgres import postgres_server

    with postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> str:
    """A database with schema and seed, that every test gets a copy of."""
    import asyncio

    folder = tmp_path_factory.mktemp("template")
    if ON_POSTGRES:
        from tests.support.postgres import create_database

        url = create_database(request.getfixturevalue("postgres"), "template_racine")
    else:
        url = f"sqlite:///{folder / 'racine.db'}"
    upgrade(url)

    async def fill() -> None:
        runtime = build(Settings(data_dir=folder, database_url=url))
        await seed(runtime.kernel)
        await runtime.accounts.ensure_administrator(None)
        await runtime.kernel.close()
        await runtime.database.close()

    asyncio.run(fill())
    return url


@pytest.fixture
def database_url(template: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """A database like new."""
    if ON_POSTGRES:
        from tests.support.postgres import create_database

        server = request.getfixturevalue("postgres")
        return create_database(server, f"test_{next(NUMBERS)}", "template_racine")
    target = tmp_path / "racine.db"
    shutil.copy(template.removeprefix("sqlite:///"), target)
    return f"sqlite:///{target}"


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """The settings of a test's own Racine."""
    return Settings(data_dir=tmp_path / "data", database_url=database_url)


@pytest.fixture
async def runtime(settings: Settings) -> AsyncIterator[Runtime]:
    """Every part but the engine and the follower, which tests start where they need them."""
    runtime = build(settings)
    yield runtime
    await runtime.runs.close()
    await runtime.kernel.close()
    await runtime.events.close()
    runtime.index.close()
    await runtime.database.close()


@pytest.fixture
async def world(runtime: Runtime, tmp_path: Path) -> World:
    """The kernel with an administrator; people and sources are added by the test."""
    administrator = await runtime.accounts.ensure_administrator(None)
    return World(runtime, Caller(administrator, "api"), tmp_path)


@pytest.fixture(scope="session")
def shop_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose source `shop` is discovered and scanned; to be copied, not served."""
    folder = tmp_path_factory.mktemp("prepared")
    make_shop(folder / "shop.sqlite")
    location = str(folder / "shop.sqlite")
    with served(folder / "data") as client:
        client.call("data_sources.register_source", name="shop", kind="sqlite", location=location)
        client.call("data_sources.discover_assets", source="shop")
        client.call("scan_logic.start_scan", source="shop")
    return folder / "data"


def pytest_collection_finish() -> None:
    """What is imported stays: the collector needn't go through it again with every test."""
    gc.collect()
    gc.freeze()
