"""A plan as people see it: its steps with titles, names for ids, and what each would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.tables import Asset
from tools.data_sources.tables import Source
from tools.database import Database
from tools.racine.pipelines.tables import Pipeline
from tools.racine.workflows.tables import Workflow
from tools.rbac.tables import User
from tools.registry import Registry
from tools.rehearsal import PlanPreview, Preview
from tools.steps import Step
from tools.summary import summarize

SHOWN_CHANGES = 40
SHOWN_IN_TITLE = 3


async def card_of(
    database: Database, registry: Registry, steps: Sequence[Step], preview: PlanPreview
) -> list[dict[str, Any]]:
    """The steps of a plan as they are stored, streamed and shown."""
    previews = {one.step_id: one for one in preview.steps}
    seen = [one for one in steps if one.id in previews and previews[one.id].error is None]
    async with database.reading() as session:
        names = await _names(session, [step.arguments for step in seen])
    shown = []
    for step in steps:
        operation = registry.find(step.operation)
        shown.append(
            {
                **step.as_json(),
                "title": operation.summary,
                "named": {
                    one: names[one]
                    for one in step.arguments.values()
                    if isinstance(one, str) and one in names
                },
                "effect": "reach" if operation.reaches else operation.effect.value,
                "preview": _preview(previews.get(step.id), operation.service),
            }
        )
    return shown


async def _names(session: AsyncSession, arguments: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """What the ids among arguments stand for, so that an approver reads names."""
    ids = {one for each in arguments for one in each.values() if isinstance(one, str)}
    names: dict[str, str] = {}
    for key, name in (
        (Asset.id, Asset.qualified_name),
        (Source.id, Source.name),
        (User.id, User.name),
        (Workflow.id, Workflow.name),
        (Pipeline.id, Pipeline.name),
    ):
        names |= {
            row[0]: row[1] for row in await session.execute(select(key, name).where(key.in_(ids)))
        }
    return names


def _preview(preview: Preview | None, service: str | None) -> dict[str, Any]:
    if preview is None:
        return {
            "summary": "not previewed, because a step before it fails",
            "changes": [],
            "total_changes": 0,
            "truncated": False,
            "error": None,
        }
    error = preview.error
    changes = [change.model_dump(mode="json") for change in preview.changes[:SHOWN_CHANGES]]
    for change in changes:
        change.pop("source_id")
    told = summarize(preview.changes)
    if service is not None:
        told = f"done by {service}: its effect can't be shown beforehand, nor undone from here"
    if preview.note:
        told = f"{told}; {preview.note}"
    return {
        "summary": preview.skipped or (f"fails: {error.detail}" if error else told),
        "changes": changes,
        "total_changes": len(preview.changes),
        "truncated": len(preview.changes) > SHOWN_CHANGES,
        "error": {"detail": error.detail, "remedy": error.remedy} if error else None,
    }


def title_of(steps: Sequence[Step], named: Mapping[str, str] | None = None) -> str:
    """The steps in a few words: "Register source pagila, discover assets, start scan".

    Args:
        named: what ids among their arguments stand for.
    """
    phrases = []
    for step in steps[:SHOWN_IN_TITLE]:
        phrase = step.operation.split(".", 1)[1].replace("_", " ")
        about = next(
            (
                step.arguments[name]
                for name in ("asset", "source", "name", "user", "workflow", "pipeline")
                if isinstance(step.arguments.get(name), str)
            ),
            "",
        )
        phrases.append(f"{phrase} {(named or {}).get(about, about)}".strip())
    if len(steps) > SHOWN_IN_TITLE:
        phrases.append(f"and {len(steps) - SHOWN_IN_TITLE} more")
    title = ", ".join(phrases)
    return title[0].upper() + title[1:]
