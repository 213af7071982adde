"""The service as a process of its own, which a test can kill at any moment and start again."""

from __future__ import annotations

import multiprocessing
import os
import socket
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from tests.support.service import TOKEN, Client

PATIENCE_SECONDS = 60.0
# The forked processes find everything imported: starting again takes half a second, not five.
FORKED = multiprocessing.get_context("forkserver")
FORKED.set_forkserver_preload(["api.app", "api.cli", "tests.support.process"])


def command(environment: dict[str, str], out: str, err: str, *words: str) -> None:
    """What a process does: `racine WORDS`, its output in files."""
    os.environ.update(environment)
    for path, number in ((out, 1), (err, 2)):
        with Path(path).open("ab", buffering=0) as file:
            os.dup2(file.fileno(), number)
    from api.cli import app

    app(words)


class WorkerProcess:
    """`racine worker` on a shared database, while it is entered."""

    def __init__(self, folder: Path, name: str, **environment: str) -> None:
        self.log = folder.parent / f"{name}.log"
        environment = {"RACINE_DATA_DIR": str(folder), **environment}
        arguments = (environment, str(self.log), str(self.log), "worker", "--name", name)
        self._process = FORKED.Process(target=command, args=arguments)

    def join(self) -> None:
        """Wait until it has ended by itself."""
        self._process.join()

    def kill(self) -> None:
        """`kill -9`."""
        self._process.kill()
        self._process.join()

    def __enter__(self) -> Self:
        self._process.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.join()


class ServedProcess:
    """`racine serve` over a data folder, while it is entered; `client` speaks to it."""

    def __init__(self, folder: Path, **environment: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self._environment = {
            "RACINE_DATA_DIR": str(folder),
            "RACINE_ADMIN_TOKEN": TOKEN,
            "RACINE_PORT": str(port),
            **environment,
        }
        self._log = folder.parent / f"{folder.name}.log"
        self.client = Client(f"http://127.0.0.1:{port}")
        self._process = self._new()

    def _new(self) -> multiprocessing.process.BaseProcess:
        log = str(self._log)
        return FORKED.Process(target=command, args=(self._environment, log, log, "serve"))

    def start(self) -> Self:
        self._process.start()
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline and self._process.is_alive():
            try:
                if self.client.http.get("/readyz").status_code == 200:
                    return self
            except httpx.TransportError:
                time.sleep(0.02)
        raise AssertionError(f"The service did not start:\n{self._log.read_text()[-4000:]}")

    def kill(self) -> None:
        """`kill -9`: nothing of the process gets to say goodbye."""
        self._process.kill()
        self._process.join()
        self._process = self._new()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.client.close()
        if self._process.pid is not None:
            self._process.terminate()
            self._process.join()
