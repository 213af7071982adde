"""A workflow that was made of words, as the steps of a plan that would save and schedule it."""

from __future__ import annotations

from tools.racine.workflows.proposing import WorkflowProposal
from tools.steps import Step

CREATES, SCHEDULES = "workflows.create", "workflows.schedule"


def steps_of(proposal: WorkflowProposal, known: int) -> list[Step]:
    """The steps of a plan for a proposal; none unless it would run, and nothing was left out.

    Args:
        known: how many steps the plan has already.
    """
    if not proposal.valid:
        return []
    saved = Step(
        id=f"s{known + 1}",
        operation=CREATES,
        arguments={
            "name": proposal.name,
            "steps": [step.as_json() for step in proposal.steps],
            "description": proposal.request[:2000],
        },
    )
    if proposal.start is None:
        return [saved]
    started = Step(
        id=f"s{known + 2}",
        operation=SCHEDULES,
        arguments={"workflow": {"$ref": f"{saved.id}.id"}, **proposal.start},
        needs=(saved.id,),
    )
    return [saved, started]
