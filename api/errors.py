"""The one mapper of errors to HTTP: `application/problem+json`, never a trace, never a secret."""

from __future__ import annotations

from http import HTTPStatus

import structlog
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from tools.errors import RacineError, SignIn

log = structlog.get_logger(__name__)


def problem(error: RacineError) -> JSONResponse:
    """An error as a response."""
    headers = {"WWW-Authenticate": "Bearer"} if isinstance(error, SignIn) else {}
    return JSONResponse(
        error.problem(), error.status, headers, media_type="application/problem+json"
    )


def install(app: FastAPI) -> None:
    """Map every error that can leave a route."""

    @app.exception_handler(RacineError)
    async def known(_request: Request, error: RacineError) -> JSONResponse:
        return problem(error)

    @app.exception_handler(HTTPException)
    async def http(_request: Request, error: HTTPException) -> JSONResponse:
        allowed = (error.headers or {}).get("Allow")
        return JSONResponse(
            {
                "type": "about:blank",
                "title": str(error.detail),
                "status": error.status_code,
                "code": HTTPStatus(error.status_code).name.lower(),
                "detail": f"{error.detail}.",
                "remedy": f"Use {allowed}." if allowed else "GET /openapi.json lists every path.",
            },
            error.status_code,
            error.headers,
            media_type="application/problem+json",
        )

    @app.exception_handler(Exception)
    async def unknown(_request: Request, error: Exception) -> JSONResponse:
        log.exception("a request failed")
        return problem(
            RacineError(
                f"The service failed ({type(error).__name__}).",
                "Try again; if it stays, report it with the time.",
            )
        )
