"""Every request has a caller; nothing but health and sign-in answers without one."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.body import json_object
from api.runtime import Runtime
from tools.context import Caller
from tools.errors import AskForAccess, CorrectInput, SignIn

COOKIE = "racine_session"
router = APIRouter(prefix="/api/auth", tags=["auth"])


def runtime_of(request: Request) -> Runtime:
    """The runtime that serves the request."""
    runtime: Runtime = request.app.state.runtime
    return runtime


async def caller_of(request: Request) -> Caller:
    """Who asks: by API key or as the command line, else by the panel's session.

    Raises:
        SignIn: nobody is known.
        AskForAccess: another site's page tries to use the session.
    """
    caller = await _known(request)
    await runtime_of(request).kernel.entitlements(caller.user_id)  # not if disabled meanwhile
    return caller


async def _known(request: Request) -> Caller:
    accounts = runtime_of(request).accounts
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and key:
        if (administrator := await accounts.by_command(key.strip())) is not None:
            return Caller(administrator, "cli")
        return Caller(await accounts.by_key(key.strip()), "api")
    token = request.cookies.get(COOKIE)
    if token is None:
        raise SignIn(
            "Nobody is signed in.",
            "Send 'Authorization: Bearer KEY', or sign in at / with the printed link.",
        )
    origin = request.headers.get("origin")
    if origin is not None and origin.partition("://")[2] != request.headers.get("host"):
        raise AskForAccess(
            "A page of another site can't act with your session.", "Use the panel, or an API key."
        )
    return Caller(accounts.by_session(token), "panel")


@router.get("/me")
async def me(request: Request) -> dict[str, str]:
    """As whom this request acts."""
    caller = await caller_of(request)
    return {"user_id": caller.user_id, "channel": caller.channel}


@router.post("/sign-in", status_code=204)
async def sign_in(request: Request, response: Response) -> None:
    """Start a session with the printed link's token, or with an API key."""
    body = await json_object(request, {"token"})
    token = body.get("token")
    if not isinstance(token, str) or not token:
        raise CorrectInput(
            "'token' is needed.", "Send the link's token or an API key.", field="token"
        )
    runtime = runtime_of(request)
    user_id = await runtime.accounts.by_link(token)
    await runtime.kernel.entitlements(user_id)
    response.set_cookie(
        COOKIE,
        runtime.accounts.session_for(user_id),
        max_age=12 * 3600,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )


@router.post("/sign-out", status_code=204)
async def sign_out(response: Response) -> None:
    """End the session in this browser."""
    response.delete_cookie(COOKIE)
