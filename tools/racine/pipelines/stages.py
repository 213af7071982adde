"""The form of a pipeline's definition: stages of steps, their gates, branches and failures.

Within a stage a reference names a step (`{"$ref": "scan.id"}`), across stages the stage before it
(`{"$ref": "onboard.scan.id"}`). Pure: `compile.py` makes steps of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from tools.compliance.rules import Severity
from tools.steps import Part, Step, When

StageName = Annotated[
    str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,29}$", description="Unique in the pipeline")
]


class StageGate(Part):
    """What has to hold, or who has to agree, before a stage begins."""

    kind: Literal["approval", "quality", "compliance"] = Field(description="What opens it")
    reason: str = Field(default="", max_length=500, description="What is decided or made sure of")
    permission: str = Field(
        default="workflows.write", max_length=80, description="Approval: who may agree"
    )
    people: tuple[str, ...] = Field(default=(), description="Approval: only these, by user name")
    quorum: int = Field(default=1, ge=1, le=20, description="Approval: how many have to agree")
    source: Any = Field(default=None, description="Quality, compliance: a source, or a reference")
    asset: Any = Field(default=None, description="Quality: an asset, or a reference")
    framework: str | None = Field(
        default=None, max_length=200, description="Compliance: the framework, such as gdpr"
    )
    score: float | None = Field(
        default=None, ge=0, le=1, description="Share of checks that pass, at the least: 0 to 1"
    )
    severity: Severity | None = Field(
        default=None, description="No open finding that is this severe, or more"
    )


class Stage(Part):
    """Steps that belong together; they run side by side unless they need each other."""

    name: StageName
    title: str = Field(default="", max_length=200, description="What it does, in words")
    needs: tuple[str, ...] | None = Field(
        default=None, description="Stages before it; the one above where not given"
    )
    steps: tuple[Step, ...] = Field(default=(), max_length=200, description="Its steps")
    gate: StageGate | None = Field(default=None, description="What opens it")
    when: tuple[When, ...] = Field(default=(), description="Passed over unless all of these hold")
    on_failure: Literal["stop", "continue", "branch"] = Field(
        default="stop", description="What its failure leads to"
    )
    branch: str | None = Field(default=None, description="The stage that its failure leads to")

    def as_json(self) -> dict[str, Any]:
        """The stage as it is stored, compared and shown: without what is left at its default."""
        said = self.model_dump(mode="json", exclude_defaults=True, exclude={"steps"})
        steps = [step.as_json() for step in self.steps]
        return {"name": self.name} | said | {"steps": steps}


def step_id(stage: str, step: str) -> str:
    """The id that a step of a stage has in executions; a stage without a name adds nothing."""
    return f"{stage}--{step}" if stage else step


def branch_targets(stages: Sequence[Stage]) -> dict[str, list[str]]:
    """The stages that are only reached by a failure, with the stages whose failure it is."""
    targets: dict[str, list[str]] = {}
    for stage in stages:
        if stage.on_failure == "branch" and stage.branch:
            targets.setdefault(stage.branch, []).append(stage.name)
    return targets


def stage_needs(stages: Sequence[Stage]) -> dict[str, tuple[str, ...]]:
    """The stages that each stage comes after."""
    targets, needs = branch_targets(stages), {}
    above: tuple[str, ...] = ()
    for stage in stages:
        if stage.name in targets:
            needs[stage.name] = tuple(targets[stage.name])
            continue
        needs[stage.name] = above if stage.needs is None else stage.needs
        above = (stage.name,)
    return needs
