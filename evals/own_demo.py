"""A demo service of a run's own: `racine demo` as a process, in a folder that goes away with it."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from tools.errors import CorrectInput

READY = "Ready."


@contextmanager
def own_demo() -> Iterator[tuple[str, str]]:
    """Its URL and an administrator's key, once the sample company is in it.

    Raises:
        CorrectInput: it ended before it was ready; what it said last is told.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    key = secrets.token_hex(16)
    with TemporaryDirectory(prefix="racine-evals-") as folder:
        place = {"RACINE_HOST": "127.0.0.1", "RACINE_PORT": str(port), "RACINE_DATA_DIR": folder}
        with subprocess.Popen(
            [sys.executable, "-m", "api.cli", "demo"],
            env={**os.environ, **place, "RACINE_ADMIN_TOKEN": key},
            cwd=Path(__file__).parents[1],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process:
            try:
                _ready(process)
                Thread(target=_drain, args=(process,), daemon=True).start()
                yield f"http://127.0.0.1:{port}", key
            finally:
                process.terminate()


def _drain(process: subprocess.Popen[str]) -> None:
    """A pipe that nobody reads would stop the service once it is full."""
    for _ in process.stdout or ():
        pass


def _ready(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said = line.strip() or said
        if line.startswith(READY):
            return
    raise CorrectInput(f"The demo ended: {said}", "Start one yourself, and give --url.")
