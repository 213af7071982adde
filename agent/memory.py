"""What a conversation is about: kept from turn to turn, so that "it" and "those" mean something."""

from __future__ import annotations

from typing import Any

from agent.turnstate import Turn
from tools.catalog.types import AssetSummary, Impact, Lineage, Owners
from tools.classifications.types import ClassifiedColumn, Explanations
from tools.compliance.types import FindingDetail, FrameworkSummary, RuleSummary
from tools.data_sources.types import SourceProfile, SourceSummary
from tools.rbac.types import AccessDecision, UserSummary
from tools.values import Page

MAXIMUM_ENTITIES = 12
MAXIMUM_RESULTS = 60


def entity_of(value: Any) -> dict[str, Any] | None:
    """The thing that a result is about, as `{kind, id, name}`."""
    match value:
        case AssetSummary():
            return {"kind": value.kind, "id": value.id, "name": value.qualified_name}
        case ClassifiedColumn():
            return {"kind": "column", "id": value.asset_id, "name": value.column}
        case Impact() | Lineage():
            return {"kind": value.kind, "id": value.asset_id, "name": value.asset}
        case SourceSummary() | SourceProfile():
            return {"kind": "source", "id": value.id, "name": value.name}
        case UserSummary():
            return {"kind": "person", "id": value.id, "name": value.name}
        case AccessDecision():
            return {"kind": "person", "id": value.user_id, "name": value.user}
        case FrameworkSummary():
            return {"kind": "framework", "id": value.id, "name": value.name}
        case RuleSummary():
            return {"kind": "rule", "id": value.id, "name": value.title}
        case FindingDetail() if value.asset_id:
            return {"kind": "table", "id": value.asset_id, "name": value.subject}
    return None


def next_focus(turn: Turn, focus: dict[str, Any]) -> dict[str, Any]:
    """The focus after a turn: what it named and found before what was there."""
    named: list[dict[str, Any]] = []
    listed: list[dict[str, Any]] = []
    last: dict[str, Any] = {}
    for operation, arguments, value in turn.found():
        if isinstance(value, Exception):
            continue
        last = {"operation": operation, "arguments": arguments}
        if isinstance(value, Page):
            listed = [entity for item in value.items if (entity := entity_of(item))]
        elif isinstance(value, Explanations | Owners):
            continue
        elif (entity := entity_of(value)) is not None:
            named.append(entity)
            listed = [entity]
    for step in turn.steps:
        last = {"operation": step.operation, "arguments": step.arguments}
    if not (last or named):
        return focus
    unique: dict[str, dict[str, Any]] = {}
    for entity in [*named, *focus.get("entities", [])]:
        unique.setdefault(entity["id"], entity)
    results: dict[str, dict[str, Any]] = {}
    for entity in listed:
        results.setdefault(entity["id"], entity)
    return {
        "entities": list(unique.values())[:MAXIMUM_ENTITIES],
        "last_operation": last.get("operation", focus.get("last_operation")),
        "last_arguments": last.get("arguments", focus.get("last_arguments", {})),
        "last_results": list(results.values())[:MAXIMUM_RESULTS] or focus.get("last_results", []),
    }
