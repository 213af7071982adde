"""What follows from a plan beyond the records it changes, as far as the requester may know.

What lies downstream, which rules would be broken or mended, how long it should take by past runs,
and names that look like others. It is worked out once, when the plan is proposed, and only reads.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent.plan_groups import grouped
from tools.audit import ActivityRow
from tools.call import READING
from tools.catalog.tables import Asset, LineageEdge
from tools.changes import Change
from tools.classifications.tables import Label
from tools.compliance.evaluation import all_rules, judge
from tools.data_sources.tables import Source
from tools.invoke import Kernel
from tools.lookalikes import mark, skeletons
from tools.policy import Entitlements
from tools.racine.approvals.standing import asset_of
from tools.racine.pipelines.schedule import quantile
from tools.racine.workflows.schedules.tables import Schedule
from tools.racine.workflows.tables import Workflow
from tools.racine.workspaces.tables import Workspace, WorkspaceSource
from tools.rbac.tables import Role, User
from tools.rehearsal import PlanPreview
from tools.scoping import restrict
from tools.steps import Step, in_order

NAMED = 10
DEPTH = 10
PAST_RUNS = 200
MOST_JUDGED = 3
MOST_ASSETS = 5_000
LONGEST_NAME = 200
GOVERNED = ("assets", "classifications", "grants", "sources", "users")
Failing = dict[tuple[str, str], str | None]


def failing_after(
    requester: Entitlements,
) -> Callable[[AsyncSession, Sequence[Change]], Awaitable[Failing]]:
    """What to look at while the plan's effects are there: the rules that fail then."""

    async def look(session: AsyncSession, changes: Sequence[Change]) -> Failing:
        restrict(session, requester.decide(READING).sources, requester.user_id)
        return await _failing(session, _judged(changes))

    return look


async def effects_of(
    kernel: Kernel,
    steps: Sequence[Step],
    card: Sequence[Mapping[str, Any]],
    preview: PlanPreview,
    requester: Entitlements,
) -> dict[str, Any]:
    """What follows from a plan, as it is stored with it and shown."""
    changes = [change for one in preview.steps for change in one.changes]
    async with kernel.database.reading() as session:
        restrict(session, requester.decide(READING).sources, requester.user_id)
        before = await _failing(session, _judged(changes))
        after: Failing = preview.seen or {}
        broken = {key: asset for key, asset in after.items() if key not in before}
        mended = [key for key in before if key not in after]
        marks = await _marks(session, steps, changes)
        downstream = await _downstream(session, changes)
        estimate = await _estimate(session, steps, changes)
    by_step = _who_breaks(preview, broken)
    return {
        "downstream": downstream,
        "estimate": estimate,
        "breaks": _told(broken),
        "mends": _told(mended),
        "lookalikes": marks,
        **grouped(card, {one["step"]: one["why"] for one in reversed(marks)}, by_step),
    }


# ---- rules ----------------------------------------------------------------------------------


def _judged(changes: Iterable[Change]) -> list[str]:
    """The sources whose rules are looked at: those whose governed records change."""
    touched = (one.source_id for one in changes if one.table in GOVERNED and one.source_id)
    return list(dict.fromkeys(touched))[:MOST_JUDGED]


async def _failing(session: AsyncSession, sources: Sequence[str]) -> Failing:
    """The rules that fail, by title and subject, with the asset."""
    failing: Failing = {}
    rules = await all_rules(session) if sources else []
    for source_id in sources:
        source = await session.get(Source, source_id)
        counted = select(func.count()).select_from(Asset).where(Asset.source_id == source_id)
        if source is None or (await session.scalar(counted) or 0) > MOST_ASSETS:
            continue
        for one in await judge(session, source, rules):
            if not one.outcome.passed:
                failing[one.rule.title, one.subject] = one.asset_id
    return failing


def _told(failing: Iterable[tuple[str, str]]) -> dict[str, Any]:
    listed = sorted(failing)
    return _some([{"rule": rule, "subject": subject} for rule, subject in listed])


def _who_breaks(preview: PlanPreview, broken: Failing) -> dict[str, str]:
    """The first rule that each step breaks, by the assets that the step changes."""
    found: dict[str, str] = {}
    for (rule, _subject), asset in broken.items():
        for step in preview.steps:
            if asset in {asset_of(change) for change in step.changes}:
                found.setdefault(step.step_id, rule)
    return found


# ---- downstream -----------------------------------------------------------------------------


async def _downstream(session: AsyncSession, changes: Sequence[Change]) -> dict[str, Any]:
    touched = {asset for change in changes if (asset := asset_of(change))}
    sources = {change.source_id for change in changes if change.source_id}
    names = await _reached(session, touched)
    linked = await session.scalars(
        select(Workspace.name)
        .join(WorkspaceSource, WorkspaceSource.workspace_id == Workspace.id)
        .where(WorkspaceSource.source_id.in_(sources))
        .distinct()
        .order_by(Workspace.name)
    )
    workflows = await _workflows(session, touched, sources)
    scheduled = await session.scalars(
        select(Schedule.name).where(Schedule.workflow_id.in_(workflows)).order_by(Schedule.name)
    )
    return {
        "assets": _some(names),
        "workspaces": _some(list(linked)),
        "workflows": _some(sorted(workflows.values())),
        "schedules": _some(list(scheduled)),
    }


async def _reached(session: AsyncSession, touched: set[str]) -> list[str]:
    """The tables, views and the like that depend on what is touched, near and far."""
    frontier, seen = set(touched), set(touched)
    parts = await session.scalars(select(Asset.id).where(Asset.parent_id.in_(touched)))
    frontier |= set(parts)
    for _ in range(DEPTH):
        rows = await session.scalars(
            select(LineageEdge.downstream_id).where(LineageEdge.upstream_id.in_(frontier))
        )
        frontier = set(rows) - seen
        seen |= frontier
        if not frontier:
            break
    reached = await session.execute(
        select(Asset.qualified_name, Asset.kind).where(Asset.id.in_(seen - touched))
    )
    found = {row[0].rsplit(".", 1)[0] if row[1] == "column" else row[0] for row in reached}
    own = await session.scalars(select(Asset.qualified_name).where(Asset.id.in_(touched)))
    return sorted(found - set(own))


async def _workflows(session: AsyncSession, touched: set[str], sources: set[str]) -> dict[str, str]:
    """The saved workflows whose steps name what is touched: names by id."""
    named = set(touched) | sources
    named |= set(await session.scalars(select(Asset.qualified_name).where(Asset.id.in_(touched))))
    named |= set(await session.scalars(select(Source.name).where(Source.id.in_(sources))))
    rows = await session.execute(select(Workflow.id, Workflow.name, Workflow.steps))
    return {row[0]: row[1] for row in rows if named & set(_texts(row[2]))}


# ---- time -----------------------------------------------------------------------------------


async def _estimate(
    session: AsyncSession, steps: Sequence[Step], changes: Sequence[Change]
) -> dict[str, Any]:
    """How long it should take: the longest way through the steps, each as long as in the past."""
    past: dict[str, list[float]] = {}
    for operation in sorted({step.operation for step in steps}):
        rows = await session.scalars(
            select(ActivityRow.milliseconds)
            .where(ActivityRow.operation == operation, ActivityRow.outcome == "done")
            .order_by(ActivityRow.sequence.desc())
            .limit(PAST_RUNS)
        )
        past[operation] = [one / 1000 for one in rows]
    unknown = sorted(operation for operation, runs in past.items() if not runs)
    return {
        "records": len(changes),
        "seconds": None if unknown else _longest(steps, past, 0.5),
        "seconds_at_worst": None if unknown else _longest(steps, past, 0.95),
        "past_runs": sum(len(runs) for runs in past.values()),
        "never_run": unknown,
    }


def _longest(steps: Sequence[Step], past: Mapping[str, Sequence[float]], share: float) -> float:
    ends: dict[str, float] = {}
    for step in in_order(steps):
        begins = max((ends[one] for one in step.comes_after() if one in ends), default=0.0)
        ends[step.id] = begins + quantile(past[step.operation], share)
    return round(max(ends.values(), default=0.0), 3)


# ---- names ----------------------------------------------------------------------------------


async def _marks(
    session: AsyncSession, steps: Sequence[Step], changes: Sequence[Change]
) -> list[dict[str, Any]]:
    """The names in a plan that look like others, each once per step."""
    sources = {change.source_id for change in changes if change.source_id}
    names: list[str] = []
    for column in (Source.name, User.name, Label.id, Label.title, Role.name, Workflow.name):
        names += await session.scalars(select(column))
    assets = select(Asset.qualified_name).where(
        Asset.source_id.in_(sources), Asset.kind != "column"
    )
    names += await session.scalars(assets.limit(MOST_ASSETS))
    known = skeletons(names)
    marks = []
    for step in steps:
        for text in dict.fromkeys(_texts(step.arguments)):
            found = mark(text, known) if len(text) <= LONGEST_NAME else None
            if found is not None:
                marks.append({"step": step.id, **vars(found)})
    return marks


def _texts(value: Any) -> Iterable[str]:
    """The texts in a value, references left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            if key != "$ref":
                yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)


def _some(listed: Sequence[Any]) -> dict[str, Any]:
    return {"total": len(listed), "shown": list(listed[:NAMED])}
