"""Which catalogued tables an execution reads and changes.

It changes what its steps' captured changes are of; it reads the asset that a reading step names,
and the tables of a source that a step reaches into. A table that it has catalogued itself is
neither: its record is new, not its data. What can't be looked up is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.assets import find_asset
from tools.catalog.tables import RELATIONS, Asset
from tools.changes import ChangeRow
from tools.data_sources.sources import find_source
from tools.data_sources.tables import Source
from tools.errors import RacineError
from tools.operation import Effect
from tools.racine.workflows.run_events import Table, Touched
from tools.racine.workflows.tables import Execution, ExecutionStep, Workflow
from tools.registry import Registry
from tools.steps import ITEM, Step, loop_items, references, resolve

MOST = 500  # tables on either side


async def touched_by(
    session: AsyncSession,
    registry: Registry,
    execution: Execution,
    rows: Sequence[ExecutionStep] = (),
) -> Touched:
    """What an execution touches: with `rows` what it did, without what is known before it runs.

    A plan that was made once is no job of its own: those of the same operations are one.
    """
    workflow = await session.get(Workflow, execution.workflow_id) if execution.workflow_id else None
    operations = dict.fromkeys(str(step["operation"]) for step in execution.steps)
    name = (workflow.name if workflow else ", ".join(operations)).strip()[:300]
    steps = {step.id: step for step in map(Step.model_validate, execution.steps)}
    said = _as_written(steps.values()) if not rows else _as_run(steps, rows)
    reads: dict[str, None] = {}
    for operation, arguments in said:
        declared = registry.find(operation)
        reference = arguments.get(declared.target or "")
        reads_it = declared.effect is Effect.READ or declared.reaches
        if not isinstance(reference, str) or not reads_it:
            continue
        with suppress(RacineError):
            if declared.target == "asset":
                asset = await find_asset(session, reference)
                reads[asset.parent_id or asset.id] = None
            elif declared.target == "source" and declared.reaches:
                source = await find_source(session, reference)
                of_it = select(Asset.id).where(
                    Asset.source_id == source.id, Asset.kind.in_(RELATIONS)
                )
                reads |= dict.fromkeys(await session.scalars(of_it.limit(MOST)))
    writes, made = await _changed(session, [row.activity_id for row in rows if row.activity_id])
    return Touched(
        name or "workflow",
        await _tables(session, [one for one in reads if one not in made]),
        await _tables(session, [one for one in writes if one not in made]),
    )


def _as_written(steps: Iterable[Step]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each operation with those of its arguments that are known already."""
    for step in steps:
        known = {name: one for name, one in step.arguments.items() if not references(one)}
        yield step.operation, known


def _as_run(
    steps: Mapping[str, Step], rows: Sequence[ExecutionStep]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each operation that was run, with its arguments."""
    results = {
        row.step_id: row.result for row in rows if row.parent is None and row.result is not None
    }
    for row in rows:
        step = steps[row.parent or row.step_id]
        if not row.attempts or (step.each is not None and row.parent is None):
            continue
        with suppress(RacineError):
            scope: dict[str, Any] = dict(results)
            if row.parent is not None:
                number = int(row.step_id.rpartition(".")[2])
                scope[ITEM] = loop_items(step, results)[number - 1]
            yield row.operation, resolve(step.arguments, scope)


async def _changed(session: AsyncSession, activities: Sequence[str]) -> tuple[list[str], set[str]]:
    """The tables that these activities changed, or columns of which; and what they catalogued."""
    ids: set[str] = set()
    made: set[str] = set()
    for start in range(0, len(activities), 400):
        part = activities[start : start + 400]
        for change in await session.scalars(
            select(ChangeRow).where(ChangeRow.activity_id.in_(part))
        ):
            image = change.after or change.before or {}
            ids.add(change.key if change.table == "assets" else image.get("asset_id") or "")
            if change.table == "assets" and change.action == "create":
                made.add(change.key)
    tables: set[str] = set()
    listed = sorted(ids)
    for start in range(0, len(listed), 400):
        found = await session.execute(
            select(Asset.id, Asset.parent_id).where(Asset.id.in_(listed[start : start + 400]))
        )
        tables |= {row.parent_id or row.id for row in found}
    return sorted(tables), made


async def _tables(session: AsyncSession, ids: Sequence[str]) -> list[Table]:
    found = await session.execute(
        select(Asset.qualified_name, Source.id, Source.name)
        .join(Source, Source.id == Asset.source_id)
        .where(Asset.id.in_(ids[:MOST]), Asset.kind.in_(RELATIONS))
        .order_by(Asset.qualified_name)
    )
    return [
        Table(row.name, row.id, row.qualified_name.removeprefix(f"{row.name}.")) for row in found
    ]
