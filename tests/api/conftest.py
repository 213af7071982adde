"""What the tests of the panel share: a browser, and a service with a source to look at."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support.browser import CHROMIUM, FLAGS
from tests.support.service import TOKEN, Client, served


@pytest.fixture
def client(shop_folder: Path, tmp_path: Path) -> Iterator[Client]:
    folder = Path(shutil.copytree(shop_folder, tmp_path / "data"))
    with served(folder) as client:
        yield client


@pytest.fixture
def server_url(client: Client) -> str:
    return client.url


@pytest.fixture
def sign_in_link(client: Client) -> str:
    return f"{client.url}/?token={TOKEN}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
