"""`workflows.propose`: a definition out of plain language, with what it assumes. Saves nothing."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from tools.context import Context
from tools.errors import TryLater
from tools.operation import operation
from tools.racine.workflows.types import Fault
from tools.racine.workflows.validation import all_faults
from tools.steps import Step
from tools.values import Result


class WorkflowProposal(Result):
    """A definition made of a request. `start`: the arguments of `workflows.schedule`, if any.

    `valid`: whether it would run for the caller as it is, and nothing of the request was left out.
    `question`: what to answer where no definition came of the request.
    """

    request: str
    name: str
    steps: list[Step]
    start: dict[str, Any] | None
    assumptions: list[str]
    valid: bool
    faults: list[Fault]
    question: str


@operation(
    "workflows.propose",
    permission="workflows.read",
    path="POST /propose",
    timeout=150.0,
    examples=("Make a workflow that scans crm every Monday and then judges it by GDPR",),
)
async def propose(
    ctx: Context,
    request: Annotated[
        str, Field(min_length=3, max_length=4000, description="What it is to do, and when")
    ],
) -> WorkflowProposal:
    """Make a workflow's definition out of plain language, and say what was assumed."""
    author = ctx.services.author
    if author is None:
        raise TryLater("Nobody is here who could make workflows.", "Ask the service itself.")
    made = await author(request, ctx.caller)  # before the session is used: a model takes its time
    steps = [Step.model_validate(step) for step in made.steps]
    faults = await all_faults(ctx, steps) if steps else []
    return WorkflowProposal(
        request=request,
        name=made.title,
        steps=steps,
        start=made.start,
        assumptions=made.assumptions,
        valid=bool(steps) and not faults and made.complete,
        faults=faults,
        question=made.said,
    )
