from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import httpx
import pytest

from knowledge.index import Index
from tests.knowledge.support import Letters

OpenIndex = Callable[..., Index]


@pytest.fixture
def open_index(tmp_path: Path) -> Iterator[OpenIndex]:
    """Opens an index in the test's directory (or as given), and closes it at the end."""
    with ExitStack() as stack:

        def opener(
            directory: Path | None = tmp_path, embedder: Letters | None = None, **given: str
        ) -> Index:
            index = Index(directory, embedder or Letters(), **given)
            return stack.enter_context(closing(index))

        yield opener


@pytest.fixture(scope="session")
def chroma_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Chroma server on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("chroma")
    program = Path(sys.executable).with_name("chroma")
    arguments = ["run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(
        [program, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        url = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 30
        with httpx.Client(base_url=url, verify=False) as http:
            while True:
                try:
                    http.get("/api/v2/heartbeat").raise_for_status()
                    break
                except httpx.HTTPError:
                    assert server.poll() is None and time.monotonic() < deadline
                    time.sleep(0.02)
        yield url
        server.terminate()
