"""The conversation over HTTP: chat, resume, stop. Streams are views of the log."""

from __future__ import annotations

import json
from typing import Any

from ag_ui.core import RunAgentInput
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import ValidationError
from sqlalchemy import select

from api.auth import caller_of, runtime_of
from api.body import json_object, text_in
from api.plans import edits_in
from api.streams import resume_point, stream
from tools.context import Caller
from tools.errors import ChooseAnother, CorrectInput
from tools.racine.assistant.context import Looking
from tools.racine.assistant.tables import Plan
from tools.racine.workflows.tables import Execution

router = APIRouter(prefix="/api/racine/ai-assistant", tags=["assistant"])
logs = APIRouter(prefix="/api/racine", tags=["workflows"])
FIELDS = {"message", "conversation_id", "workspace_id", "context"}
LOOKING = tuple(Looking.model_fields)
MAXIMUM_MESSAGE = 100_000


@router.post("/chat")
async def chat(request: Request) -> Response:
    """Send a message; the answer is a stream of AG-UI events."""
    caller = await caller_of(request)
    body = await json_object(request)
    runtime = runtime_of(request)
    if "threadId" in body or "thread_id" in body:
        return await _agui(request, caller, body)
    if unknown := sorted(set(body) - FIELDS):
        raise CorrectInput(
            f"'{unknown[0][:80]}' is not a field.",
            f"Fields are: {', '.join(sorted(FIELDS))}, or those of an AG-UI RunAgentInput.",
            field=unknown[0][:80],
        )
    run = await runtime.runs.submit(
        caller,
        text_in(body, "message", MAXIMUM_MESSAGE, required=True) or "",
        text_in(body, "conversation_id", 80),
        workspace_id=text_in(body, "workspace_id", 40),
        idempotency_key=request.headers.get("idempotency-key"),
        looking=_looking(body.get("context")),
    )
    return stream(runtime.events, run.id)


def _looking(context: object) -> Looking | None:
    """What the person has before them.

    Raises:
        CorrectInput: it isn't said as it should be.
    """
    if context is None:
        return None
    try:
        return Looking.model_validate(context)
    except ValidationError as error:
        raise _wrong("context", error, f"{', '.join(LOOKING[:-1])} and {LOOKING[-1]}") from None


def _wrong(field: str | None, error: ValidationError, allowed: str) -> CorrectInput:
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join([*([field] if field else []), *map(str, first["loc"])])
    return CorrectInput(f"'{where}': {first['msg']}.", f"Send {allowed}.", field=where)


async def _agui(request: Request, caller: Caller, body: dict[str, Any]) -> Response:
    try:
        sent = RunAgentInput.model_validate(body)
    except ValidationError as error:
        raise _wrong(None, error, "what @ag-ui/client sends") from None
    runtime = runtime_of(request)
    if sent.resume:
        return await _resume(request, caller, sent)
    said = next((one for one in reversed(sent.messages) if one.role == "user"), None)
    content = getattr(said, "content", None)
    if isinstance(content, list):
        content = "\n".join(part.text for part in content if part.type == "text")
    looking = {one.description: _read(one.value) for one in sent.context or ()}
    run = await runtime.runs.submit(
        caller,
        content or "",
        sent.thread_id,
        run_id=sent.run_id,
        looking=_looking({name: looking[name] for name in LOOKING if name in looking}),
    )
    return stream(runtime.events, run.id)


def _read(value: str) -> object:
    """A value of AG-UI's context: a text, or JSON that stands for a list."""
    try:
        return json.loads(value) if value.startswith("[") else value
    except ValueError:
        return value


async def _resume(request: Request, caller: Caller, sent: RunAgentInput) -> Response:
    """An AG-UI resume: the answer to a plan's interrupt approves or rejects it."""
    runtime = runtime_of(request)
    entry = (sent.resume or [])[0]
    answer = entry.payload if isinstance(entry.payload, dict) else {}
    if entry.status == "resolved" and answer.get("approved") is True:
        plan_hash = text_in(answer, "hash", 64, required=True) or ""
        plan = await runtime.plans.approve(entry.interrupt_id, plan_hash, caller, edits_in(answer))
        if plan.execution_run_id is not None:
            return stream(runtime.events, plan.execution_run_id)
        approval = (await runtime.plans.shown(plan, caller))["approval"]
        waits = "; ".join(one["who"] for one in approval["needs"] if one["given"] < one["wanted"])
        run = await runtime.runs.submit(
            caller,
            "I approve the plan.",
            sent.thread_id,
            run_id=sent.run_id,
            answer=f"Your approval is kept. Nothing is done yet: it waits for {waits}.",
        )
        return stream(runtime.events, run.id)
    await runtime.plans.reject(entry.interrupt_id, text_in(answer, "reason", 2000), caller)
    run = await runtime.runs.submit(
        caller,
        "I rejected the plan.",
        sent.thread_id,
        run_id=sent.run_id,
        answer="The plan is rejected: nothing of it was done, and nothing of it will be.",
    )
    return stream(runtime.events, run.id)


@router.get("/runs/{run_id}/events")
async def events(request: Request, run_id: str) -> Response:
    """Follow a run's events to its end, from the start or from behind Last-Event-ID."""
    caller = await caller_of(request)
    runtime = runtime_of(request)
    after = resume_point(request.headers.get("last-event-id"))
    run = await runtime.runs.own(run_id, caller.user_id)
    return stream(runtime.events, run.id, after)


@router.post("/runs/{run_id}/cancel")
async def cancel(request: Request, run_id: str) -> JSONResponse:
    """Stop a run."""
    caller = await caller_of(request)
    await json_object(request, ())
    run = await runtime_of(request).runs.cancel(run_id, caller.user_id)
    return JSONResponse({"run_id": run.id, "status": run.status})


@logs.get("/workflows/{execution_id}/logs/stream")
@logs.get("/orchestration/workflows/{execution_id}/logs/stream")
async def execution_logs(request: Request, execution_id: str) -> Response:
    """Follow an execution's events to its end."""
    caller = await caller_of(request)
    runtime = runtime_of(request)
    after = resume_point(request.headers.get("last-event-id"))
    async with runtime.database.reading() as session:
        requester = select(Plan.user_id).where(Plan.execution_id == execution_id)
        run_id = await session.scalar(
            select(Execution.run_id).where(
                Execution.id == execution_id,
                (Execution.user_id == caller.user_id)
                | (requester.scalar_subquery() == caller.user_id),
            )
        )
    if run_id is None:
        raise ChooseAnother(
            f"You have no execution '{execution_id}'.",
            "Use the execution_id that the approval returned.",
        )
    return stream(runtime.events, run_id, after)
