"""The operations that pipelines' own steps call: at gates, and for results that are kept.

They only read. A gate that falls short raises, and so fails its step: the stage behind it never
begins, and the reason stands in the execution.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any, Literal, cast

from pydantic import Field
from sqlalchemy import func, select

from tools.catalog.tables import Asset
from tools.catalog.types import AssetDetail
from tools.changes import NEWEST, ChangeRow
from tools.compliance.rules import Severity
from tools.compliance.tables import Finding
from tools.compliance.types import FindingDetail, PostureDetail, Postures
from tools.context import Context
from tools.data_sources.tables import Source
from tools.database import now
from tools.errors import CorrectInput, LookAgain
from tools.operation import Effect, operation
from tools.racine.pipelines.evidence import named
from tools.racine.pipelines.optimizer import CACHED
from tools.racine.pipelines.types import GatePassed, KeptResult
from tools.racine.workflows.tables import Execution, ExecutionStep
from tools.steps import Part
from tools.values import Page

SEVERITIES: tuple[Severity, ...] = ("low", "medium", "high", "critical")
StageOf = Annotated[str, Field(max_length=80, description="The stage whose gate it is")]
Reason = Annotated[str, Field(max_length=500, description="What is decided or made sure of")]


class KeptRead(Part):
    """A reading operation whose result may be kept."""

    operation: str = Field(max_length=80, description="The operation that reads")
    arguments: dict[str, Any] = Field(default_factory=dict, description="Its arguments")
    seconds: int = Field(default=3600, ge=1, le=86_400, description="How old it may be")


@operation(
    "pipelines.pass_gate",
    permission="pipelines.read",
    path="GET /pass-gate",
    agent=False,
    examples=("Go past the gate of the stage release",),
)
async def pass_gate(ctx: Context, stage: StageOf, reason: Reason = "") -> GatePassed:
    """Go past a stage's gate: what is decided there, people decide before this runs."""
    return GatePassed(stage=stage, kind="passage", reason=reason, facts={})


@operation(
    "pipelines.check_gate",
    permission="pipelines.read",
    path="GET /check-gate",
    examples=("Would crm pass a GDPR gate at 80 %?", "Is crm good enough to be released?"),
)
async def check_gate(
    ctx: Context,
    kind: Annotated[
        Literal["quality", "compliance"], Field(description="What has to be good enough")
    ],
    stage: StageOf = "",
    reason: Reason = "",
    source: Annotated[
        str | None, Field(max_length=200, description="The source that is looked at")
    ] = None,
    asset: Annotated[
        str | None, Field(max_length=500, description="The asset that is looked at, for quality")
    ] = None,
    framework: Annotated[
        str | None, Field(max_length=200, description="The framework, for compliance")
    ] = None,
    score: Annotated[
        float | None, Field(ge=0, le=1, description="Share that passes, at the least: 0 to 1")
    ] = None,
    severity: Annotated[
        Severity | None, Field(description="No open finding this severe, or more")
    ] = None,
) -> GatePassed:
    """Check a quality or compliance gate: what it found, or an error that says what falls short."""
    facts: dict[str, Any] = {}
    short: list[str] = []
    if kind == "quality" and severity is None and score is None:
        severity = "high"
    if score is not None:
        share, of = (
            await _posture(ctx, framework, source)
            if kind == "compliance"
            else await _quality(ctx, source, asset)
        )
        facts |= {"score": share, "of": of}
        if share is None:
            short.append(f"nothing of {of} has been checked")
        elif share < score:
            short.append(f"{share:.0%} of {of} pass, and {score:.0%} are asked for")
    if severity is not None:
        found = await _findings(ctx, severity, framework, source, asset)
        facts["open_findings"] = found
        if total := sum(found.values()):
            counted = ", ".join(f"{count} {name}" for name, count in found.items() if count)
            short.append(f"findings: {total} open of severity {severity} or more ({counted})")
    if short:
        about = asset or source or framework or "all sources"
        where = f" of the stage {stage}" if stage else ""
        raise LookAgain(
            f"The {kind} gate{where} is closed for {about}: {'; '.join(short)}.",
            "compliance.list_findings shows what fails and how to mend it; then run it again.",
            code="gate_closed",
        )
    return GatePassed(stage=stage, kind=kind, reason=reason, facts=facts)


async def _posture(
    ctx: Context, framework: str | None, source: str | None
) -> tuple[float | None, str]:
    asked = {"framework": framework, "source": source}
    given = {name: value for name, value in asked.items() if value is not None}
    postures = cast(Postures, await ctx.invoke("compliance.get_posture", **given))
    scored = [one for one in postures.items if one.score is not None]
    if not scored:
        return None, framework or "the frameworks"
    worst: PostureDetail = min(scored, key=lambda one: one.score or 0.0)
    return worst.score, f"the {worst.checks} checks of {worst.framework}"


async def _quality(ctx: Context, source: str | None, asset: str | None) -> tuple[float | None, str]:
    """The share of tables, or of one asset and its columns, that no open finding is about."""
    wrong = select(Finding.asset_id).where(Finding.status == "open")
    if asset is not None:
        ids, name = await _asset(ctx, asset)
        of = f"{name} and its columns"
    else:
        known: Any = await ctx.invoke("data_sources.get_source", source=source)
        ids = set(
            await ctx.session.scalars(
                select(Asset.id).where(Asset.source_id == known.id, Asset.kind != "column")
            )
        )
        of = f"the tables of {known.name}"
        wrong = (
            select(func.coalesce(Asset.parent_id, Asset.id))
            .join(Finding, Finding.asset_id == Asset.id)
            .where(Finding.status == "open")
        )
    found = set(await ctx.session.scalars(wrong))
    return (round(1 - len(ids & found) / len(ids), 3) if ids else None), of


async def _asset(ctx: Context, asset: str) -> tuple[set[str], str]:
    """The ids of an asset and of its columns, and its name."""
    found = cast(AssetDetail, await ctx.invoke("catalog.get_asset", asset=asset))
    return {found.id, *(column.id for column in found.columns)}, found.qualified_name


async def _findings(
    ctx: Context,
    severity: Severity,
    framework: str | None,
    source: str | None,
    asset: str | None,
) -> dict[str, int]:
    """How many findings are open, by severity, from that severity up."""
    wanted = SEVERITIES[SEVERITIES.index(severity) :]
    if asset is not None:
        ids, _ = await _asset(ctx, asset)
        rows = await ctx.session.execute(
            select(Finding.severity, func.count())
            .where(Finding.status == "open", Finding.asset_id.in_(ids))
            .group_by(Finding.severity)
        )
        open_ones = {row[0]: row[1] for row in rows}
        return {one: open_ones.get(one, 0) for one in wanted}
    asked = {"framework": framework, "source": source}
    given = {name: value for name, value in asked.items() if value is not None}
    counts: dict[str, int] = {}
    for one in wanted:
        listed = cast(
            Page[FindingDetail],
            await ctx.invoke("compliance.list_findings", severity=one, limit=1, **given),
        )
        counts[one] = listed.total
    return counts


@operation(
    CACHED,
    permission="pipelines.read",
    path="POST /read-cached",
    agent=False,
    timeout=600,
    examples=("Read the posture of crm again only if something has changed",),
)
async def read_cached(
    ctx: Context,
    read: Annotated[KeptRead, Field(description="What is read, and for how long it is good")],
) -> KeptResult:
    """Read, or give what an earlier execution of the caller's read, if nothing changed since."""
    declared = ctx.kernel.registry.find(read.operation)
    if declared.effect is not Effect.READ or declared.name == CACHED:
        raise CorrectInput(
            f"{declared.name} can't be kept: it doesn't only read.",
            "Keep the results of operations that read.",
            field="read",
        )
    position = await ctx.session.scalar(NEWEST) or 0
    kept = await _kept(ctx, read)
    if kept is not None and not await _changed_since(ctx, kept.position, read.arguments):
        return kept.model_copy(update={"kept": True})
    value = await ctx.invoke(read.operation, **read.arguments)
    return KeptResult(
        kept=False, read_at=now(), position=position, result=value.model_dump(mode="json")
    )


async def _kept(ctx: Context, read: KeptRead) -> KeptResult | None:
    """The caller's own latest reading of the same, if it isn't too old."""
    oldest = now() - timedelta(seconds=read.seconds)
    rows = await ctx.session.execute(
        select(ExecutionStep.execution_id, ExecutionStep.step_id, ExecutionStep.result)
        .join(Execution, Execution.id == ExecutionStep.execution_id)
        .where(
            Execution.user_id == ctx.caller.user_id,
            ExecutionStep.operation == CACHED,
            ExecutionStep.status == "done",
            ExecutionStep.finished_at >= oldest,
        )
        .order_by(ExecutionStep.finished_at.desc())
        .limit(50)
    )
    for execution_id, step_id, result in rows:
        if await _asked(ctx, execution_id, step_id) == read:
            kept = KeptResult.model_validate(result)
            return kept if kept.read_at >= oldest else None
    return None


async def _asked(ctx: Context, execution_id: str, step_id: str) -> KeptRead | None:
    steps = await ctx.session.scalar(select(Execution.steps).where(Execution.id == execution_id))
    asked: dict[str, Any] = next((one for one in steps or () if one["id"] == step_id), {})
    try:
        return KeptRead.model_validate(asked.get("arguments", {}).get("read"))
    except ValueError:
        return None


async def _changed_since(ctx: Context, position: int, arguments: Mapping[str, Any]) -> bool:
    """Whether what it read may have changed: its sources, or what belongs to no source."""
    changes = select(ChangeRow.sequence).where(ChangeRow.sequence > position).limit(1)
    names = [name.split(".", 1)[0] for name in named(arguments)]
    if names:
        wanted = select(Source.id).where(Source.name.in_(names) | Source.id.in_(names))
        found = list(await ctx.session.scalars(wanted))
        if len(found) == len(set(names)):
            changes = changes.where(ChangeRow.source_id.in_(found) | ChangeRow.source_id.is_(None))
    return await ctx.session.scalar(changes) is not None
