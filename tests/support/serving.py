"""Any ASGI application behind real HTTP on a real port of this machine, for the time of a test."""

from __future__ import annotations

import socket
from contextlib import AbstractContextManager
from threading import Thread
from types import TracebackType
from typing import Literal, Self

import uvicorn
from starlette.types import ASGIApp


class HttpServer(AbstractContextManager["HttpServer"]):
    """Serves `app` at `address` while it is entered, in a thread with a loop of its own."""

    def __init__(
        self, app: ASGIApp, *, port: int = 0, lifespan: Literal["on", "off"] = "off"
    ) -> None:
        # Listening from here on: a client that comes early waits, and nobody has to poll.
        self._socket = socket.create_server(("127.0.0.1", port))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(
            app,
            log_config=None,
            lifespan=lifespan,
            timeout_keep_alive=75,  # as in service: longer than the client keeps its connections
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = Thread(target=self.run)

    def run(self) -> None:
        """Serve in the calling thread until the process is told to stop."""
        self._server.run(sockets=[self._socket])

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.should_exit = True
        self._thread.join()
