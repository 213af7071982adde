"""The records of definitions: a workflow as it stands, and every version as it was saved.

Versions are only ever added. The operations in `definitions.py` are the callers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from tools.database import Base
from tools.errors import ChooseAnother, LookAgain, nearest
from tools.racine.workflows.tables import Execution, Workflow, WorkflowVersion
from tools.racine.workflows.template_list import TEMPLATES
from tools.racine.workflows.types import Difference, FieldChange, StepChange
from tools.steps import Budget, Step

OF_ITS_OWN = ("workflow_versions", "executions")
SHOWN = 4


async def find_workflow(session: AsyncSession, reference: str) -> Workflow:
    """The workflow of that name or id.

    Raises:
        ChooseAnother: there is none; the nearest names are offered.
    """
    found = await session.scalar(
        select(Workflow).where(or_(Workflow.id == reference, Workflow.name == reference))
    )
    if found is None:
        names = list(await session.scalars(select(Workflow.name)))
        ways = nearest(reference, names)
        blank = nearest(reference, [one.name for one in TEMPLATES])
        if not names or blank.startswith("Did you mean"):
            ways += f" workflows.create_from_template makes one from a template. {blank}"
        raise ChooseAnother(f"There is no workflow '{reference}'.", ways, field="workflow")
    return found


async def find_version(session: AsyncSession, workflow: Workflow, version: int) -> WorkflowVersion:
    """One version of a workflow.

    Raises:
        ChooseAnother: it has no such version.
    """
    found = await session.get(WorkflowVersion, (workflow.id, version))
    if found is None:
        raise ChooseAnother(
            f"The workflow '{workflow.name}' has no version {version}.",
            f"Its versions are 1 to {workflow.version}.",
            field="version",
        )
    return found


def keep_version(session: AsyncSession, workflow: Workflow, by: str, note: str) -> None:
    """Keep a workflow as it stands now as its present version."""
    session.add(
        WorkflowVersion(
            workflow_id=workflow.id,
            version=workflow.version,
            name=workflow.name,
            description=workflow.description,
            steps=workflow.steps,
            budget=workflow.budget,
            note=note,
            created_by=by,
        )
    )


def refuse_unless_at(workflow: Workflow, expected: int | None, last: WorkflowVersion) -> None:
    """Refuse to write over what somebody else has saved meanwhile.

    Raises:
        LookAgain: the workflow is not at the version that the caller knows.
    """
    if expected is not None and workflow.version != expected:
        raise LookAgain(
            f"The workflow '{workflow.name}' is at version {workflow.version}, not {expected}: "
            f"{last.created_by} changed it at {last.created_at:%Y-%m-%d %H:%M} UTC.",
            "Look at what changed (workflows.diff), and send your change on top of it.",
            field="expected_version",
        )


async def users_of(session: AsyncSession, workflow: Workflow) -> dict[str, list[str]]:
    """What else refers to a workflow, by table: schedules, pipelines, whatever there is."""
    found: dict[str, list[str]] = {}
    for table in Base.metadata.sorted_tables:
        if table.name in OF_ITS_OWN:
            continue
        for key in table.foreign_keys:
            if key.column.table.name != Workflow.__tablename__:
                continue
            rows = await session.execute(
                select(_label(table)).where(key.parent == workflow.id).limit(SHOWN * 2)
            )
            if names := [str(row[0]) for row in rows]:
                found[table.name] = names
    return found


async def running(session: AsyncSession, workflow: Workflow) -> list[str]:
    """The ids of a workflow's executions that haven't ended."""
    rows = await session.scalars(
        select(Execution.id).where(
            Execution.workflow_id == workflow.id,
            Execution.status.not_in(("done", "failed", "cancelled")),
        )
    )
    return list(rows)


async def drop(session: AsyncSession, workflow: Workflow) -> tuple[int, int]:
    """Delete a workflow and its versions; its executions stay. How many there were of each."""
    wanted = select(WorkflowVersion).where(WorkflowVersion.workflow_id == workflow.id)
    versions = (await session.scalars(wanted)).all()
    for version in versions:
        await session.delete(version)
    kept = await session.execute(
        update(Execution).where(Execution.workflow_id == workflow.id).values(workflow_id=None)
    )
    await session.flush()
    await session.delete(workflow)
    await session.flush()
    return len(versions), kept.rowcount  # type: ignore[attr-defined]


def difference(
    workflow: Workflow, before: Workflow | WorkflowVersion, after: Workflow | WorkflowVersion
) -> Difference:
    """What differs between two versions, step by step and field by field."""
    old = {str(step["id"]): step for step in before.steps}
    new = {str(step["id"]): step for step in after.steps}
    added = [step for key, step in new.items() if key not in old]
    removed = [step for key, step in old.items() if key not in new]
    changed = [
        StepChange(step=key, fields=fields)
        for key, step in new.items()
        if key in old and (fields := list(_fields(old[key], step)))
    ]
    whole = list(_fields(_about(before), _about(after)))
    kept = [key for key in old if key in new]
    if kept != [key for key in new if key in old]:
        whole.append(FieldChange(field="order", before=kept, after=[k for k in new if k in old]))
    return Difference(
        workflow_id=workflow.id,
        workflow=workflow.name,
        before=before.version,
        after=after.version,
        summary=_summary(added, removed, changed, whole),
        added=[Step.model_validate(step) for step in added],
        removed=[Step.model_validate(step) for step in removed],
        changed=changed,
        fields=whole,
    )


def _about(version: Workflow | WorkflowVersion) -> dict[str, Any]:
    budget = Budget.model_validate(version.budget).model_dump(exclude_none=True)
    return {"name": version.name, "description": version.description, "budget": budget}


def _fields(
    before: Mapping[str, Any], after: Mapping[str, Any], path: str = ""
) -> Iterator[FieldChange]:
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        where = f"{path}.{name}" if path else name
        if old == new:
            continue
        # a reference is one value, and what is new or gone is told as a whole
        if isinstance(old, dict) and isinstance(new, dict) and "$ref" not in {*old, *new}:
            yield from _fields(old, new, where)
        else:
            yield FieldChange(field=where, before=old, after=new)


def _summary(
    added: Sequence[Mapping[str, Any]],
    removed: Sequence[Mapping[str, Any]],
    changed: Sequence[StepChange],
    whole: Sequence[FieldChange],
) -> str:
    def named(verb: str, ids: list[str]) -> list[str]:
        shown = ", ".join(ids[:SHOWN]) + (", …" if len(ids) > SHOWN else "")
        return [f"{verb} {shown}"] if ids else []

    parts = [
        *named("adds", [str(step["id"]) for step in added]),
        *named("removes", [str(step["id"]) for step in removed]),
        *named("changes", [f"{one.step} ({_listed(one.fields)})" for one in changed]),
        *named("changes the", [field.field for field in whole]),
    ]
    return "; ".join(parts) or "changes nothing"


def _listed(fields: Sequence[FieldChange]) -> str:
    names = [field.field for field in fields]
    return ", ".join(names[:SHOWN]) + (", …" if len(names) > SHOWN else "")


def _label(table: Table) -> Any:
    for name in ("name", "title", "id"):
        if name in table.c:
            return table.c[name]
    return next(iter(table.primary_key.columns))
