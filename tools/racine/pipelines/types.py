"""What the operations of pipelines return."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tools.racine.pipelines.stages import Stage
from tools.racine.workflows.types import Fault
from tools.steps import Step
from tools.values import Citation, Cited, Result


class PipelineSummary(Cited):
    """A pipeline in a list."""

    id: str
    name: str
    description: str
    version: int
    workflow_id: str
    template: str | None
    stages: list[str]
    steps: int
    created_by: str
    updated_at: datetime

    def citation(self) -> Citation:
        return pipeline_citation(self.id, self.name, " → ".join(self.stages))


class PipelineDetail(Cited):
    """A pipeline with its stages, and the steps that they become."""

    id: str
    name: str
    description: str
    version: int
    workflow_id: str
    template: str | None
    stages: list[Stage]
    steps: list[Step]
    created_by: str
    created_at: datetime
    updated_at: datetime

    def citation(self) -> Citation:
        return pipeline_citation(
            self.id, self.name, " → ".join(stage.name for stage in self.stages)
        )


class PipelineUpdate(PipelineDetail):
    """A pipeline after a change, and what the change was, a line each."""

    changed: list[str]


class PipelineVersionDetail(Result):
    """One version, and what it changed from the one before."""

    version: int
    note: str
    created_by: str
    created_at: datetime
    stages: list[Stage]
    changed: list[str]


class PipelineValidation(Result):
    """Whether stages would run, the steps that they become, and everything that is wrong."""

    valid: bool
    steps: list[Step]
    faults: list[Fault]


class PipelineTemplate(Result):
    """A pipeline ready to be created, and the arguments that it asks for."""

    name: str
    title: str
    description: str
    arguments: dict[str, str]
    stages: list[str]


class PipelineStarted(Cited):
    """An execution of a pipeline that has been queued."""

    execution_id: str
    pipeline_id: str
    pipeline: str
    version: int
    status: str
    steps: int

    def citation(self) -> Citation:
        return Citation(
            id=self.execution_id,
            kind="execution",
            title=self.pipeline,
            url=f"/api/racine/workflows/{self.execution_id}/status",
            snippet=self.status,
        )


class StageStatus(Result):
    """How one stage of an execution stands. `since`: when its status began, if it has begun."""

    stage: str
    status: str
    since: datetime | None
    seconds: float | None
    waited_seconds: float
    steps: dict[str, int]
    detail: str


class PipelineStatus(Cited):
    """How an execution of a pipeline stands, stage by stage."""

    pipeline_id: str
    pipeline: str
    execution_id: str
    version: int | None
    status: str
    outcome: str
    started_at: datetime
    finished_at: datetime | None
    seconds: float | None
    stages: list[StageStatus]

    def citation(self) -> Citation:
        return pipeline_citation(
            self.pipeline_id,
            self.pipeline,
            ", ".join(f"{stage.stage} {stage.status}" for stage in self.stages),
        )


class Failed(Result):
    """The last failure of a stage. `reason` is told to who may know what it was about."""

    execution_id: str
    step: str
    at: datetime | None
    reason: str


class StageHealth(Result):
    """How a stage has gone over past executions. `trend`: over 1 means slower than before.

    `status`: healthy, degraded or failing by its past; waiting or blocked where the last execution
    didn't come through it: it waits for people, its gate is closed (`at_gate`), or what comes
    before it failed or waits. `detail` says why.
    """

    stage: str
    status: str
    at_gate: bool
    detail: str
    runs: int
    success_rate: float | None
    p50_seconds: float
    p95_seconds: float
    waited_p50_seconds: float
    trend: float | None
    last_failure: Failed | None


class PipelineHealth(Cited):
    """How a pipeline has gone over its past executions; waiting or blocked at a gate now."""

    pipeline_id: str
    pipeline: str
    status: str
    runs: int
    success_rate: float | None
    p50_seconds: float
    p95_seconds: float
    last_execution_id: str | None
    last_status: str | None
    stages: list[StageHealth]

    def citation(self) -> Citation:
        return pipeline_citation(
            self.pipeline_id, self.pipeline, f"{self.status} over {self.runs} executions"
        )


class StepLoad(Result):
    """What one step contributes. `slack_seconds`: how much longer it could take without harm."""

    step: str
    stage: str
    operation: str
    runs: int
    p50_seconds: float
    p95_seconds: float
    on_critical_path: bool
    share: float
    slack_seconds: float


class StageLoad(Result):
    """What one stage contributes to the whole. `critical_seconds`: on the critical path."""

    stage: str
    critical_seconds: float
    share: float
    waited_p50_seconds: float


class Bottlenecks(Cited):
    """What determines how long a pipeline takes: its critical path by the medians of past runs."""

    pipeline_id: str
    pipeline: str
    runs: int
    measured_seconds: float
    working_seconds: float
    waiting_seconds: float
    critical_path: list[str]
    stages: list[StageLoad]
    steps: list[StepLoad]
    summary: str

    def citation(self) -> Citation:
        return pipeline_citation(self.pipeline_id, self.pipeline, self.summary)


class SuggestionDetail(Result):
    """One change that past runs speak for, and the seconds that it should save."""

    id: str
    kind: str
    what: str
    why: str
    expected_seconds: float
    low_seconds: float
    high_seconds: float
    runs: int
    risk: str
    steps: list[str]
    changes_definition: bool
    evidence: dict[str, Any]


class Optimization(Cited):
    """Suggestions, and the definition with those that were chosen, for `update` to apply."""

    id: str
    name: str
    kind: str
    runs: int
    seconds_now: float
    suggestions: list[SuggestionDetail]
    chosen: list[str]
    expected_seconds: float
    low_seconds: float
    high_seconds: float
    stages: list[Stage]
    steps: list[Step]
    diff: list[str]
    note: str

    def citation(self) -> Citation:
        if self.kind == "pipeline":
            return pipeline_citation(self.id, self.name, self.note)
        return Citation(
            id=self.id,
            kind="workflow",
            title=self.name,
            url=f"/api/racine/workflows/get?workflow={self.id}",
            snippet=self.note,
        )


class PipelineDeleted(Result):
    """What went with a pipeline."""

    id: str
    name: str
    versions: int


class GatePassed(Result):
    """What was found at a gate that let the execution by."""

    stage: str
    kind: str
    reason: str
    facts: dict[str, Any]


class KeptResult(Result):
    """A result that was read now, or kept from an earlier execution since nothing has changed."""

    kept: bool
    read_at: datetime
    position: int
    result: dict[str, Any]


def pipeline_citation(pipeline_id: str, name: str, snippet: str) -> Citation:
    """The citation of a pipeline."""
    return Citation(
        id=pipeline_id,
        kind="pipeline",
        title=name,
        url=f"/api/racine/pipelines/get?pipeline={pipeline_id}",
        snippet=snippet[:300],
    )
