"""Webhooks: CloudEvents from outside, which a signature lets in instead of a key."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from api.auth import runtime_of
from api.body import raw_body
from tools.database import now
from tools.racine.workflows.schedules.webhooks import receive

router = APIRouter(prefix="/api/racine/workflows/webhooks", tags=["workflows"])


@router.post("/{schedule_id}")
async def take(request: Request, schedule_id: str) -> JSONResponse:
    """Take a signed CloudEvent; the workflow of its schedule is started once for it."""
    runtime = runtime_of(request)
    body = await raw_body(request)
    run = await receive(
        runtime.database,
        runtime.kernel.services.secret_box,
        schedule_id,
        request.headers,
        body,
        now(),
    )
    runtime.schedules.poke()
    return JSONResponse({"run_id": run.id, "outcome": run.outcome}, 202)
