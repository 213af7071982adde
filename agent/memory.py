"""What a conversation is about: kept from turn to turn, so that "it" and "those" mean something."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from agent.turnstate import Turn
from tools.catalog.types import AssetSummary, Impact, Lineage, Owners
from tools.classifications.types import ClassifiedColumn, Explanations
from tools.compliance.types import FindingDetail, FrameworkSummary, RuleSummary
from tools.data_sources.types import SourceProfile, SourceSummary
from tools.errors import CorrectInput, RacineError
from tools.racine.assistant.noticed_types import Insights, Recommendations
from tools.racine.assistant.types import Looked
from tools.rbac.types import AccessDecision, UserSummary
from tools.values import Page, cursor_at, offset_of

MAXIMUM_ENTITIES = 12
MAXIMUM_RESULTS = 60
SHOWN = 20  # of a list, in an answer


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


def looking_at(about: Sequence[Looked], focus: dict[str, Any]) -> dict[str, Any]:
    """The focus of somebody who has these things in view, which come before what was said.

    A workspace, in which all is said, comes after it.
    """
    if not about:
        return focus
    seen = [one.model_dump(include={"kind", "id", "name"}) for one in about]
    if about[0].kind == "workspace":
        return focus | {
            "entities": [*focus.get("entities", []), seen[0]][:MAXIMUM_ENTITIES],
            "last_results": focus.get("last_results") or seen,  # "these" are its sources
        }
    return focus | {
        "entities": [*seen, *focus.get("entities", [])][:MAXIMUM_ENTITIES],
        "last_results": seen,
    }


def next_focus(turn: Turn, focus: dict[str, Any]) -> dict[str, Any]:
    """The focus after a turn: what it named and found before what was there."""
    named: list[dict[str, Any]] = []
    listed: list[dict[str, Any]] = []
    last: dict[str, Any] = {}
    cursor: str | None = None
    empty = focus.get("empty", False)
    advice: list[str] = focus.get("advice", [])
    for operation, arguments, value in turn.found():
        if isinstance(value, Exception):
            continue
        last = {"operation": operation, "arguments": arguments}
        cursor = value.next_cursor if isinstance(value, Page) else None
        if isinstance(value, Page) and len(value.items) > SHOWN:  # the answer shows no more
            cursor = cursor_at(offset_of(arguments.get("cursor")) + SHOWN)
        empty = isinstance(value, Page) and not value.items
        if isinstance(value, Recommendations | Insights):
            advice = [one.id for one in value.items]
        if isinstance(value, Page):
            listed = [entity for item in value.items if (entity := entity_of(item))]
        elif isinstance(value, Explanations | Owners):
            continue
        elif (entity := entity_of(value)) is not None:
            named.append(entity)
            listed = [entity]
    for step in turn.steps:
        last = {"operation": step.operation, "arguments": step.arguments}
    asked = _asked(turn)
    heard = turn.heard
    said = [{"kind": e.kind, "id": e.id, "name": e.name} for e in heard.about] if heard else []
    request = heard.heard if heard is not None and heard.heard else turn.message
    if not (last or named or said):
        return {**focus, "asked": asked, "said": request}
    unique: dict[str, dict[str, Any]] = {}
    for entity in [*named, *said, *focus.get("entities", [])]:
        unique.setdefault(entity["id"], entity)
    results: dict[str, dict[str, Any]] = {}
    for entity in listed:
        results.setdefault(entity["id"], entity)
    return {
        "entities": list(unique.values())[:MAXIMUM_ENTITIES],
        "asked": asked,
        "last_operation": last.get("operation", focus.get("last_operation")),
        "last_arguments": last.get("arguments", focus.get("last_arguments", {})),
        "last_results": list(results.values())[:MAXIMUM_RESULTS] or focus.get("last_results", []),
        "advice": advice,
        "empty": empty,
        "cursor": cursor if last else focus.get("cursor"),
        "said": request,
    }


def _asked(turn: Turn) -> dict[str, Any] | None:
    """The question that the turn ended with, for the reply to it."""
    heard = turn.understanding
    if heard is None or not heard.question:
        return None
    return {
        "text": heard.heard or turn.message,
        "operation": heard.asks,
        "words": heard.doubt,
        "options": list(heard.options),
        "slot": heard.slot,
        "given": heard.given,
    }


def asked_by(turn: Turn, error: RacineError) -> dict[str, Any] | None:
    """What of the one change that was asked for was refused: the reply may give it, or another."""
    if len(turn.steps) != 1 or turn.understanding is None or not isinstance(error, CorrectInput):
        return None
    (step,) = turn.steps
    if not error.field:
        return None
    return {
        "text": turn.understanding.heard or turn.message,
        "operation": step.operation,
        "slot": error.field,
        "given": {name: one for name, one in step.arguments.items() if name != error.field},
    }
