from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.postgres import create_database, load_dump
from tests.support.shared import shared_data


@pytest.fixture(scope="session")
def pagila(postgres: str) -> str:
    """The URL of pagila in PostgreSQL, as a source."""
    dump = shared_data() / "databases_pg" / "pagila.sql.gz"
    url = create_database(postgres, "pagila_source")
    load_dump(url, dump)
    return url


@pytest.fixture(scope="session")
def mariadb() -> Iterator[str]:
    """A MariaDB server: its user's URL, without a database."""
    from tests.support.mariadb import mariadb_server

    with mariadb_server() as url:
        yield url
