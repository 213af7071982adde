"""The application: the only composition root of the HTTP surfaces."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, JSONResponse, PlainTextResponse
from fastapi.staticfiles import StaticFiles
from sqlalchemy import text
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import advice, auth, chat, errors, operations, plans, webhooks
from api.body import json_object
from api.metrics import metrics_text
from api.runtime import Runtime, build
from api.settings import Settings
from tools.errors import AskForAccess

PANEL = Path(__file__).parent / "panel"
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'"
)


def create_app(settings: Settings, runtime: Runtime | None = None) -> FastAPI:
    """The application over a runtime (built from the settings where none is given)."""
    served = runtime or build(settings)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await served.start()
        try:
            yield
        finally:
            await served.stop()

    app = FastAPI(
        title="Racine Assistant",
        summary="One assistant over all of data governance.",
        version="0.1.0",
        lifespan=lifespan,
        openapi_url=None,  # served below, for known callers
        separate_input_output_schemas=False,
    )
    app.state.runtime = served
    errors.install(app)
    app.include_router(advice.router)
    app.include_router(auth.router)
    app.include_router(chat.router)
    app.include_router(chat.logs)
    app.include_router(plans.router)
    app.include_router(webhooks.router)
    _health(app, served)
    operations.install(app, served.kernel.registry)
    _description(app)
    _panel(app)
    app.add_middleware(Headers)
    return app


def _health(app: FastAPI, runtime: Runtime) -> None:
    @app.get("/healthz", tags=["health"])
    async def healthz() -> dict[str, str]:
        """The process is alive."""
        return {"status": "ok"}

    @app.get("/readyz", tags=["health"])
    async def readyz() -> JSONResponse:
        """It can serve: the schema is up, the database answers, operations can be found.

        An index that began empty goes on being filled; `orchestration.health` tells how far it is.
        """
        if not (runtime.ready and runtime.follower.knows_operations):
            return JSONResponse({"status": "starting"}, 503)
        async with runtime.database.reading() as session:
            await session.execute(text("SELECT 1"))
        return JSONResponse({"status": "ready"})

    @app.post("/api/racine/orchestration/rebuild-index", tags=["health"])
    async def rebuild_index(request: Request) -> dict[str, int]:
        """Build the index anew from the database, while it answers and follows."""
        caller = await auth.caller_of(request)
        await json_object(request, ())
        decision = (await runtime.kernel.entitlements(caller.user_id)).decide("orchestration.write")
        if not decision.allowed:
            raise AskForAccess(decision.reason, "Ask a steward or an administrator.")
        return {"documents": await runtime.follower.rebuild()}

    @app.get("/metrics", tags=["health"])
    async def metrics(request: Request) -> PlainTextResponse:
        """Prometheus metrics; like everything but health, for known callers."""
        await auth.caller_of(request)
        return PlainTextResponse(
            await metrics_text(runtime), media_type="text/plain; version=0.0.4"
        )


def _description(app: FastAPI) -> None:
    @app.get("/openapi.json", include_in_schema=False)
    async def openapi(request: Request) -> JSONResponse:
        await auth.caller_of(request)
        return JSONResponse(app.openapi())


def _panel(app: FastAPI) -> None:
    async def page() -> FileResponse:
        return FileResponse(PANEL / "index.html")

    for path in ("/", "/sign-in"):
        app.add_api_route(path, page, methods=["GET"], include_in_schema=False)
    app.mount("/panel", StaticFiles(directory=PANEL), name="panel")


class Headers:
    """Adds the headers that protect a browser; plain ASGI, so that streams pass untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        path = scope.get("path", "")
        page = path in ("/", "/sign-in") or path.startswith("/panel/")

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
                if page:
                    headers["Content-Security-Policy"] = CONTENT_POLICY
                    headers["Cache-Control"] = "no-cache"
            await send(message)

        await self._app(scope, receive, protected)
