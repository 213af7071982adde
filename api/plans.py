"""Plans over HTTP: propose, edit, approve, reject, withdraw. Reading them is an operation."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import TypeAdapter, ValidationError

from agent.plans import Plans
from api.auth import caller_of, runtime_of
from api.body import json_object, text_in
from tools.context import Caller
from tools.errors import CorrectInput
from tools.racine.assistant.tables import Plan
from tools.steps import Budget, Part, Step
from tools.validation import invalid

router = APIRouter(prefix="/api/racine/ai-assistant/plans", tags=["assistant"])


class Proposal(Part):
    """What is sent to propose a plan."""

    steps: list[Step]
    conversation_id: str | None = None
    budget: Budget | None = None


class Edit(Part):
    """Other arguments for a step; what isn't given stays."""

    id: str
    arguments: dict[str, Any]


EDITS = TypeAdapter(list[Edit])


@router.post("")
async def propose(request: Request) -> JSONResponse:
    """Propose steps as a plan: it is previewed, and waits for approval."""
    caller = await caller_of(request)
    body = await json_object(request, {"steps", "conversation_id", "budget"})
    try:
        sent = Proposal.model_validate(body)
    except ValidationError as error:
        raise invalid(error, "", Proposal) from None
    if not 0 < len(sent.steps) <= 500:
        raise CorrectInput(
            f"A plan has 1 to 500 steps, not {len(sent.steps)}.",
            "Split it into several plans.",
            field="steps",
        )
    plan = await runtime_of(request).runs.propose(
        caller, sent.steps, sent.conversation_id, sent.budget
    )
    return JSONResponse(plan, 201)


@router.post("/{plan_id}/edit")
async def edit(request: Request, plan_id: str) -> JSONResponse:
    """Change arguments of one's own plan; it is previewed anew and has a new hash."""
    caller = await caller_of(request)
    body = await json_object(request, {"steps"})
    try:
        edits = EDITS.validate_python(body.get("steps"))
    except ValidationError as error:
        raise invalid(error, "steps: ", Edit) from None
    plan = await _plans(request).edit(plan_id, {one.id: one.arguments for one in edits}, caller)
    return JSONResponse(await _plans(request).shown(plan, caller))


@router.post("/{plan_id}/approve")
async def approve(request: Request, plan_id: str) -> JSONResponse:
    """Agree to exactly the plan of that hash; once all have who have to, it is executed."""
    caller = await caller_of(request)
    body = await json_object(request, {"hash", "edits", "reason"})
    plan_hash = text_in(body, "hash", 64, required=True) or ""
    reason = text_in(body, "reason", 2000) or ""
    plan = await _plans(request).approve(plan_id, plan_hash, caller, edits_in(body), reason)
    if plan.execution_id:
        runtime_of(request).engine.poke()
    return await _decided(request, plan, caller, 202)


@router.post("/{plan_id}/reject")
async def reject(request: Request, plan_id: str) -> JSONResponse:
    """Reject a plan."""
    caller = await caller_of(request)
    body = await json_object(request, {"reason"})
    plan = await _plans(request).reject(plan_id, text_in(body, "reason", 2000), caller)
    return await _decided(request, plan, caller, 200)


@router.post("/{plan_id}/withdraw")
async def withdraw(request: Request, plan_id: str) -> JSONResponse:
    """Take back one's own plan before it is approved."""
    caller = await caller_of(request)
    body = await json_object(request, {"reason"})
    plan = await _plans(request).withdraw(plan_id, text_in(body, "reason", 2000), caller)
    return await _decided(request, plan, caller, 200)


def edits_in(body: dict[str, Any]) -> dict[str, dict[str, Any]] | None:
    """The `edits` of a body: arguments by step id.

    Raises:
        CorrectInput: they are something else.
    """
    edits = body.get("edits")
    if edits is not None and not (
        isinstance(edits, dict) and all(isinstance(one, dict) for one in edits.values())
    ):
        raise CorrectInput(
            "'edits' is not an object of step ids with arguments.",
            'Send {"s1": {"argument": "value"}}.',
            field="edits",
        )
    return edits


def _plans(request: Request) -> Plans:
    return runtime_of(request).plans


async def _decided(request: Request, plan: Plan, caller: Caller, status: int) -> JSONResponse:
    shown = await _plans(request).shown(plan, caller)
    return JSONResponse(
        {
            "plan_id": plan.id,
            "hash": plan.hash,
            "status": plan.status,
            "execution_id": plan.execution_id,
            "run_id": plan.execution_run_id,
            "approval": shown["approval"],
        },
        status,
    )
