"""What could be behind a symptom, out of all that was read for it (`planning.symptoms`).

Three parts: what speaks for a cause, what speaks against one, what isn't known; then the next step.
Nothing is guessed: a clue is what a record says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from agent.wording import Mark, count, listed, moment
from tools.catalog.types import Lineage, ListedCheck, Quality, SchemaComparison
from tools.compliance.types import FindingDetail
from tools.data_sources.types import SourceHealth
from tools.errors import RacineError
from tools.racine.activity.types import ActivityPage
from tools.racine.assistant.noticed_types import Anomalies
from tools.values import Page

Found = tuple[str, dict[str, Any], Any]
FEW = 5
_TOUCHING = (
    "data_sources",
    "workflows",
    "pipelines",
    "integration",
)  # data, not what is said of it


@dataclass
class _Case:
    """What was found out so far."""

    clues: list[str] = field(default_factory=list)
    clear: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    upstream: list[str] = field(default_factory=list)
    asset: str = ""


def diagnosed(found: Sequence[Found], mark: Mark) -> str:
    """What all results together say of a cause."""
    case = _Case()
    for operation, arguments, value in found:
        if isinstance(value, RacineError):
            case.unknown.append(value.detail)
        else:
            _READ[operation](case, value, arguments, mark)
    parts = [
        ("What could be behind it", case.clues),
        ("What shows nothing unusual", case.clear),
        ("What I can't tell", [*case.unknown, _OUTSIDE]),
    ]
    lines = [
        f"**{head}**\n" + "\n".join(f"- {one}" for one in told) for head, told in parts if told
    ]
    if not case.clues:
        lines.insert(0, "Nothing that is recorded here explains it.")
    return "\n\n".join([*lines, _next(case)])


_OUTSIDE = (
    "What runs outside of here (loads, jobs, dashboards in other tools), unless its lineage or its "
    "runs are sent to me."
)


def _next(case: _Case) -> str:
    if not case.asset:
        return "Name the table, and I look at what it is made of: “Why is TABLE empty?”"
    first = case.upstream[0] if case.upstream else case.asset
    return f"Next: “Profile {first}” counts its rows now, and “Show the activity on {first}”."


def _lineage(case: _Case, value: Lineage, _arguments: dict[str, Any], mark: Mark) -> None:
    case.asset = value.asset
    tables = [one for one in value.upstream if one.kind != "column"]
    names = [one.qualified_name for one in tables if "foreign" not in one.via]
    case.upstream = names
    if names:
        told = listed([f"`{one}`" for one in names], FEW)
        case.clues.append(
            f"`{value.asset}` is made of {told}: a fault there shows here {mark(value)}"
        )
    else:
        case.unknown.append(f"What feeds `{value.asset}`: no lineage to it is known {mark(value)}")


def _quality(case: _Case, value: Quality, _arguments: dict[str, Any], mark: Mark) -> None:
    case.asset = case.asset or value.asset
    failing = [one for one in value.items if one.status in ("failed", "error")]
    for one in failing[:FEW]:
        since = f" since {moment(one.failing_since)}" if one.failing_since else ""
        case.clues.append(f"The check {one.name} of `{one.asset}` fails{since} {mark(value)}")
    if not value.checks:
        case.unknown.append(f"How good `{value.asset}` is: it has no quality checks {mark(value)}")
    elif not failing:
        case.clear.append(
            f"{value.passed} of {count(value.checks, 'quality check')} of `{value.asset}` passed, "
            f"none failed {mark(value)}"
        )


def _failing(case: _Case, value: Page[ListedCheck], arguments: dict[str, Any], mark: Mark) -> None:
    others = [one for one in value.items if one.asset != case.asset]
    for one in others[:FEW]:
        case.clues.append(f"The check {one.name} of `{one.asset}` fails {mark(one)}")
    if not value.total:
        where = f" in {arguments['source']}" if arguments.get("source") else ""
        case.clear.append(f"No quality check fails{where}")


def _schema(case: _Case, value: SchemaComparison, arguments: dict[str, Any], _mark: Mark) -> None:
    since = str(arguments.get("since", ""))[:10]
    if any(one.change == "added" and one.kind in ("table", "view") for one in value.items):
        case.unknown.append(f"How its columns were on {since}: it wasn't discovered yet")
        return
    for one in value.items[:FEW]:
        told = f", {one.before} → {one.after}" if one.before and one.after else ""
        change = one.change.replace("_", " ")
        case.clues.append(
            f"The schema changed since {since}: {one.kind} `{one.name}` {change}{told}"
        )
    if not value.total:
        case.clear.append(f"The columns are the same as on {since}, as far as was discovered")


def _activity(case: _Case, value: ActivityPage, arguments: dict[str, Any], mark: Mark) -> None:
    since = str(arguments.get("since", ""))[:10]
    deeds = [one for one in value.items if one.operation.partition(".")[0] in _TOUCHING]
    told = [f"{one.operation} by {one.user}, {moment(one.at)} {mark(one)}" for one in deeds[:3]]
    if told:
        case.clues.append(f"Done here since {since}: {'; '.join(told)}")
    elif value.total:
        case.clear.append(
            f"{count(value.total, 'change')} since {since} only to what the catalog says of it"
        )
    else:
        case.clear.append(f"Nobody has changed anything about it here since {since}")


def _health(case: _Case, value: SourceHealth, _arguments: dict[str, Any], mark: Mark) -> None:
    read = f", last discovered {moment(value.last_discovery)}" if value.last_discovery else ""
    if value.reachable:
        case.clear.append(f"The source {value.source} answers{read} {mark(value)}")
    else:
        case.clues.append(
            f"The source {value.source} can't be reached: {value.detail} {mark(value)}"
        )


def _scans(case: _Case, value: Page[Any], arguments: dict[str, Any], mark: Mark) -> None:
    latest: dict[str, Any] = {}
    for one in value.items:
        latest.setdefault(one.source, one)
    bad = [one for one in latest.values() if one.status != "done"]
    case.clues += [
        f"The last scan of {one.source} is {one.status} ({moment(one.started_at)}) {mark(one)}"
        for one in bad
    ]
    good = [f"{one.source} ({moment(one.started_at)}) {mark(one)}" for one in latest.values()
            if one not in bad]  # fmt: skip
    if good:
        case.clear.append(f"The last scan read all of {listed(good, FEW)}")
    if not latest:
        where = arguments.get("source") or "any source"
        case.unknown.append(f"What the columns hold: no scan of {where} is recorded")


def _findings(
    case: _Case, value: Page[FindingDetail], _arguments: dict[str, Any], _mark: Mark
) -> None:
    most = Counter(one.rule for one in value.items).most_common(1)
    if most:
        case.clear.append(
            f"{count(value.total, 'finding')} of compliance are open, most of the rule "
            f"“{most[0][0]}”; "
            "they judge how data is kept, not what is in it"
        )


def _executions(case: _Case, value: Page[Any], _arguments: dict[str, Any], mark: Mark) -> None:
    case.clues += [
        f"The execution “{one.title}” failed, {moment(one.created_at)} {mark(one)}"
        for one in value.items[:FEW]
    ]
    if not value.total:
        case.clear.append("No workflow or pipeline that runs here has failed")


def _anomalies(case: _Case, value: Anomalies, _arguments: dict[str, Any], mark: Mark) -> None:
    case.clues += [f"{one.title}: {one.why} {mark(one)}" for one in value.items[:FEW]]
    if not value.series:
        case.unknown.append("What is usual: nothing has been measured often enough to say")
    elif not value.items:
        case.clear.append("The newest measured values are what their past explains")


_READ: dict[str, Callable[[_Case, Any, dict[str, Any], Mark], None]] = {
    "catalog.get_lineage": _lineage,
    "catalog.get_quality": _quality,
    "catalog.list_quality_checks": _failing,
    "catalog.compare_schemas": _schema,
    "activity.search": _activity,
    "data_sources.check_health": _health,
    "scan_logic.list_scans": _scans,
    "compliance.list_findings": _findings,
    "workflows.list_executions": _executions,
    "assistant.anomalies": _anomalies,
}
