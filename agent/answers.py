"""Results in words, for the built-in planner and for the answer that closes an execution.

Each renderer gets one operation's typed result and a `mark` that cites a record; it states totals,
and says what is missing rather than leaving it out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from agent import access_answers as access
from agent import assistant_answers as assistant
from agent import classifying_answers as classifying
from agent import pipeline_answers as pipelines
from agent import plain_answers as plain
from agent import receipt_answers as receipts
from agent import shaped_answers as shaping
from agent import usage_answers as usage
from agent import workflow_answers as workflows
from agent.memory import SHOWN
from agent.planning.text import fold
from agent.planning.types import Shape
from agent.wording import Mark, bullet, count, listed, moment, percent, shown_of, table
from tools.catalog.types import AssetDetail, AssetSummary, Impact, Lineage, LineageNode, Owners
from tools.classifications.types import (
    ClassifiedColumn,
    Explanations,
    LabelDetail,
    SensitivitySummary,
)
from tools.compliance.report_types import ComplianceReport
from tools.compliance.types import (
    ControlDetail,
    ControlSummary,
    FindingDetail,
    FrameworkDetail,
    FrameworkSummary,
    Gaps,
    PostureDetail,
    Postures,
    RuleDetail,
    RuleSummary,
)
from tools.data_sources.types import ConnectorKinds, SourceHealth, SourceProfile, SourceSummary
from tools.racine.activity.types import (
    ActivityDetail,
    ActivityPage,
    AuditVerification,
    activity_citation,
)
from tools.racine.orchestration.operations import Health
from tools.racine.search.operations import Hit
from tools.racine.users.operations import Profile
from tools.racine.workflows.tables import Execution, ExecutionStep
from tools.racine.workflows.types import ExecutionStatus, StepStatus
from tools.racine.workspaces.operations import WorkspaceDetail
from tools.rbac.types import Holders, Permissions, RoleDetail, UserDetail
from tools.scan_logic.types import ScanComparison, ScanEstimate, ScanSummary
from tools.scan_rule_sets.types import RuleSetDetail, RuleSetSummary, RuleSetTest
from tools.values import Citation, Page, Rows

Renderer = Callable[[Any, dict[str, Any], Mark], str]


def render(operation: str, value: Any, arguments: dict[str, Any], mark: Mark) -> str:
    """A result as Markdown."""
    if isinstance(value, ActivityPage):
        return _activity(value, arguments, mark)
    if type(value) in RENDERERS:
        return RENDERERS[type(value)](value, arguments, mark)
    if isinstance(value, Page):
        return (
            _page(operation, value, arguments, mark)
            if value.items
            else (_nothing(operation, arguments))
        )
    for kind, renderer in RENDERERS.items():
        if isinstance(value, kind):
            return renderer(value, arguments, mark)
    return plain.record(operation, value, mark)


# ---- lists ----------------------------------------------------------------------------------


def _page(operation: str, value: Page[Any], arguments: dict[str, Any], mark: Mark) -> str:
    first = value.items[0]
    items = value.items[:SHOWN]
    for kind, (noun, line) in LINES.items():
        if isinstance(first, kind):
            said = shown_of(len(items), value.total, _kind_of(arguments, noun))
            head = f"{said}{_narrowed(arguments)}:"
            return "\n".join([head, "", *(f"- {line(item, mark)}" for item in items)])
    return plain.page(operation, value, mark)


def shaped(
    operation: str, value: Page[Any], arguments: dict[str, Any], shape: Shape, mark: Mark
) -> str:
    """A list as it was asked for: ranked, or counted by group."""
    if not value.items:
        return _nothing(operation, arguments)
    noun, line = _told_as(operation, value)
    noun = _kind_of(arguments, noun)
    if shape.but:
        return shaping.narrowed(value, shape, noun, lambda one: line(one, mark))
    if shape.group is not None:
        return shaping.counted(value, shape, noun, mark)
    return shaping.ranked(value, shape, noun, lambda one: line(one, mark))


def _kind_of(arguments: dict[str, Any], noun: str) -> str:
    """What assets of one kind are called."""
    return str(arguments.get("kind") or noun).replace("_", " ") if noun == "asset" else noun


def part_of(
    part: tuple[str, dict[str, Any], Page[Any]], whole: Page[Any], shape: Shape, mark: Mark
) -> str:
    """How many of all, in figures and percent, and which these are."""
    operation, _arguments, value = part
    noun, such = fold(shape.noun.lower()), _SINGULAR.sub(_in_plural, shape.measure)
    read = value.total <= len(value.items)  # an item may be listed once for each label
    number = len({item.citation().id for item in value.items}) if read else value.total
    share = percent(number / whole.total) if whole.total else "0 %"
    head = f"**{share}**: {number:,} of {count(whole.total, noun)} {such}"
    if not value.items:
        return f"{head}."
    _noun, line = _told_as(operation, value)
    lines = [f"- {line(item, mark)}" for item in value.items[: shaping.FEW]]
    more = value.total - len(lines)
    rest = [f"- and {more:,} more"] if more > 0 else []
    return "\n".join([f"{head}:", "", *lines, *rest])


_PLURALS = {"has": "have", "is": "are", "does": "do", "was": "were"}
_SINGULAR = re.compile(rf"^(?:{'|'.join(_PLURALS)})\b", re.IGNORECASE)


def _in_plural(verb: re.Match[str]) -> str:
    return _PLURALS[verb.group().lower()]


def _told_as(operation: str, value: Page[Any]) -> tuple[str, Callable[[Any, Mark], str]]:
    """What the items of a list are called, and how one is told."""
    return next(
        (told for kind, told in LINES.items() if isinstance(value.items[0], kind)),
        (plain.singular_of(operation), plain.item),
    )


def _nothing(operation: str, arguments: dict[str, Any]) -> str:
    noun = {
        "classifications.list_classified_columns": "classified columns",
        "classifications.get_asset_classification": "classified columns",
        "compliance.list_findings": "open findings",
        "data_sources.list_sources": "data sources",
        "scan_logic.list_scans": "scans",
        "catalog.list_assets": "assets",
    }.get(operation, plain.noun_of(operation))
    if noun == "assets" and arguments.get("kind"):
        noun = f"{str(arguments['kind']).replace('_', ' ')}s"
    hint = {
        "classified columns": " A source has to be scanned before its columns carry labels.",
        "open findings": " Findings are recorded when compliance is evaluated.",
        "quality checks": " Define one: “Check that TABLE.COLUMN is never null”.",
        "data sources": " Register one: “Register /path/to/file.sqlite as name”.",
    }.get(noun, "")
    if arguments.get("uncovered"):
        such = _narrowed({**arguments, "uncovered": False})
        return f"There are none: every such column{such} is covered by a rule."
    narrowed = _narrowed(arguments)
    if narrowed:  # there may be others
        hint = {"open findings": "", "data sources": "", "quality checks": _OTHER_CHECKS}.get(
            noun, hint
        )
    return f"There are no {noun}{narrowed}.{hint}"


_OTHER_CHECKS = " “Which quality checks do we have?” tells which there are, and which never ran."
_FLAGS = {"uncovered": "that no rule covers", "overdue": "that are overdue"}


def _narrowed(arguments: dict[str, Any]) -> str:
    words = {
        "label": "labelled {}",
        "category": "of the category {}",
        "sensitivity": "at level {}",
        "status": "that are {}",
        "framework": "for {}",
        "severity": "of severity {}",
        "tag": "tagged {}",
        "state": "that are {}",
        "at_least": "that are {} or above",
        "without": "without {}",
        "having": "with {}",
        "labels": "with {} columns",
        "without_labels": "without {} columns",
        "query": "for “{}”",
        "owner": "of {}",
        "source": "in {}",
        "domain": "in the domain {}",
        "user": "of {}",
        "since": "since {}",
    }
    parts = [
        form.format(_plainly(arguments[name]))
        for name, form in words.items()
        if arguments.get(name)
    ]
    parts += [told for name, told in _FLAGS.items() if arguments.get(name)]
    return f" {', '.join(parts)}" if parts else ""


def _plainly(value: object) -> str:
    return listed(value, 6) if isinstance(value, list) else str(value).replace("_", " ")


def _asset_line(item: AssetSummary, mark: Mark) -> str:
    facts = [
        item.data_type or (f"{item.row_count:,} rows" if item.row_count is not None else ""),
        f"labels: {', '.join(item.labels)}" if item.labels else "",
        f"owner: {item.owner}" if item.owner else "",
        f"tags: {', '.join(item.tags)}" if item.tags else "",
        (item.description or item.comment or "")[:100],
    ]
    told = "; ".join(filter(None, facts))
    return f"`{item.qualified_name}` ({item.kind}){f': {told}' if told else ''} {mark(item)}"


def _classified_line(item: ClassifiedColumn, mark: Mark) -> str:
    covered = "covered by a rule" if item.covered else "**no rule covers it**"
    return (
        f"`{item.column}`: {item.label} ({item.sensitivity}, {item.status}, "
        f"score {item.score:.2f}), {covered} {mark(item)}"
    )


def _source_line(item: SourceSummary, mark: Mark) -> str:
    scanned = f"scanned {moment(item.scanned_at)}" if item.scanned_at else "never scanned"
    return (
        f"**{item.name}** ({item.kind}, {item.environment}, {item.status}): {scanned} {mark(item)}"
    )


def _finding_line(item: FindingDetail, mark: Mark) -> str:
    return f"**{item.severity}**: {item.summary} Rule: {item.rule} {mark(item)}"


def _scan_line(item: ScanSummary, mark: Mark) -> str:
    return (
        f"{item.source}, {moment(item.started_at)}: {item.found} classifications in "
        f"{item.columns} columns, {item.seconds:g} s, by {item.started_by}{_short_of(item)} "
        f"{mark(item)}"
    )


def _short_of(item: ScanSummary) -> str:
    """How far a scan has come that isn't simply done."""
    if item.status == "done" and not item.tables_skipped:
        return ""
    counts = (
        ("read", item.tables_done),
        ("unchanged", item.tables_skipped),
        ("failed", item.tables_failed),
        ("left", item.tables_left),
    )
    told = ", ".join(f"{number} {what}" for what, number in counts if number)
    return f"; **{item.status}**, of {item.tables} tables {told or 'none read'}"


def _compared(value: ScanComparison, mark: Mark) -> str:
    shown = value.differences
    head = f"Between the scans of {value.source} of {moment(value.before.started_at)} and "
    head += f"{moment(value.after.started_at)}: {value.summary} {mark(value)}"
    lines = [
        f"- {one.what}: `{one.table}{f'.{one.column}' if one.column else ''}`"
        + (f", {one.before or 'none'} → {one.after or 'none'}" if one.before or one.after else "")
        for one in shown.items[:SHOWN]
    ]
    more = shown.total - len(lines)
    return "\n".join([head, "", *lines, *([f"- and {more} more"] if more else [])]).strip()


def _hit_line(item: Hit, mark: Mark) -> str:
    return f"**{item.title}** ({item.kind}): {item.text[:140]} {mark(item)}"


LINES: dict[type[Any], tuple[str, Callable[[Any, Mark], str]]] = {
    **assistant.LINES,
    **receipts.LINES,
    **classifying.LINES,
    **usage.LINES,
    ClassifiedColumn: ("classified column", _classified_line),
    AssetSummary: ("asset", _asset_line),
    SourceSummary: ("data source", _source_line),
    FindingDetail: ("finding", _finding_line),
    ScanSummary: ("scan", _scan_line),
    ControlSummary: (
        "control",
        lambda one, mark: f"**{one.ref}** {one.title}: {one.summary} {mark(one)}",
    ),
    RuleSummary: (
        "rule",
        lambda one, mark: (
            f"**{one.title}** ({one.severity}): {one.description} "
            f"{count(one.open_findings, 'open finding')} {mark(one)}"
        ),
    ),
    FrameworkSummary: (
        "framework",
        lambda one, mark: (
            f"**{one.name}** {one.version}: {one.covered} of {one.controls} "
            f"controls have a rule {mark(one)}"
        ),
    ),
    LabelDetail: (
        "label",
        lambda one, mark: (
            f"`{one.id}` {one.title} ({one.category}, {one.sensitivity}"
            f"{'; ' + ', '.join(one.regulations) if one.regulations else ''}): "
            f"{count(one.columns, 'column')} {mark(one)}"
        ),
    ),
    UserDetail: (
        "person",
        lambda one, mark: (
            f"**{one.name}** <{one.email}>: {', '.join(one.roles) or 'no role'} {mark(one)}"
        ),
    ),
    RoleDetail: (
        "role",
        lambda one, mark: f"**{one.name}**: {one.description} Held by {one.holders}. {mark(one)}",
    ),
    RuleSetSummary: (
        "scan rule set",
        lambda one, mark: (
            f"**{one.name}** version {one.version}: {one.detectors} detectors {mark(one)}"
        ),
    ),
    Hit: ("hit", _hit_line),
    WorkspaceDetail: (
        "workspace",
        lambda one, mark: (
            f"**{one.name}** ({one.kind}): {', '.join(one.sources) or 'no sources'} {mark(one)}"
        ),
    ),
}


# ---- single results -------------------------------------------------------------------------


def _asset(value: AssetDetail, _arguments: dict[str, Any], mark: Mark) -> str:
    described = value.description or value.comment
    lines = [
        f"`{value.qualified_name}` is a {value.kind}"
        + (f" of type {value.data_type}" if value.data_type else "")
        + (f" with {value.row_count:,} rows" if value.row_count is not None else "")
        + f". {described or 'It has no description.'} {mark(value)}",
        "",
        f"- Owner: {value.owner or 'nobody'}"
        + (" (through its table)" if value.owner_inherited else ""),
    ]
    if value.tags:
        lines.append(f"- Tags: {', '.join(value.tags)}")
    if value.labels:
        lines.append(f"- Labels: {', '.join(value.labels)}")
    if value.primary_key:
        lines.append(f"- Primary key: {', '.join(value.primary_key)}")
    lines += [f"- `{key.column}` refers to `{key.refers_to}`" for key in value.foreign_keys[:SHOWN]]
    if value.referred_by:
        lines.append(f"- Referred to by {listed([f'`{one}`' for one in value.referred_by], 6)}")
    if value.columns:
        rows = [
            [
                f"`{column.name}`",
                column.data_type or "",
                ", ".join(column.labels),
                (column.description or column.comment or "")[:80],
            ]
            for column in value.columns[:60]
        ]
        lines += ["", table(["Column", "Type", "Labels", "Description"], rows)]
        if len(value.columns) > 60:
            lines.append(f"\n60 of {len(value.columns)} columns are shown.")
    return "\n".join(lines)


def _nodes(nodes: Sequence[LineageNode], mark: Mark) -> list[str]:
    lines = [
        f"- `{node.qualified_name}` ({node.kind}, {count(node.distance, 'step')} away, "
        f"by {node.via.replace('_', ' ')}) {mark(node)}"
        for node in nodes[:SHOWN]
    ]
    if len(nodes) > SHOWN:
        lines.append(f"- … {SHOWN} of {len(nodes)} are shown.")
    return lines


def _served(control: ControlSummary) -> str:
    """Which rules serve a control, or only parts of it."""
    if control.rules:
        return f"Rules: {listed(control.rules, 6)}"
    if isinstance(control, ControlDetail) and control.part_rules:
        return f"Rules serve parts of it: {listed(control.part_rules, 6)}"
    return "No rule serves it."


def _by_keys(value: Lineage) -> tuple[list[LineageNode], list[LineageNode]]:
    """What feeds an asset, and what is only reached over a foreign key, which moves no data."""
    feeds = {value.asset}
    flows = [edge for edge in value.edges if edge.kind != "foreign_key"]
    for _ in value.upstream:  # no path is longer than the nodes are many
        more = {edge.upstream for edge in flows if edge.downstream in feeds}
        if more <= feeds:
            break
        feeds |= more
    fed = [node for node in value.upstream if node.qualified_name in feeds]
    return fed, [node for node in value.upstream if node.qualified_name not in feeds]


def _lineage(value: Lineage, arguments: dict[str, Any], mark: Mark) -> str:
    direction = arguments.get("direction", "both")
    lines = []
    if direction != "downstream":
        fed, keys = _by_keys(value)
        if fed:
            lines += [f"`{value.asset}` is fed by {len(fed)} {mark(value)}:", ""]
            lines += _nodes(fed, mark)
        else:
            lines.append(f"The catalog knows nothing that feeds `{value.asset}` {mark(value)}.")
        if keys:
            these = "It or what feeds it refers" if fed else "It refers"
            lines += ["", f"{these} by foreign key to {len(keys)}:", "", *_nodes(keys, mark)]
    if direction != "upstream":
        if value.downstream:
            lines += ["", f"It feeds, or is referred to by, {len(value.downstream)}:", ""]
            lines += _nodes(value.downstream, mark)
        else:
            lines.append(
                f"Nothing that the catalog knows depends on `{value.asset}` {mark(value)}."
            )
    if value.truncated:
        lines.append("\nThere is more than was followed.")
    return "\n".join(lines).strip()


def _impact(value: Impact, _arguments: dict[str, Any], mark: Mark) -> str:
    lines = []
    if value.breaks:
        lines += [f"If `{value.asset}` goes {mark(value)}, these break:", ""]
        lines += _nodes(value.breaks, mark)
    else:
        lines.append(f"No view that the catalog knows reads `{value.asset}` {mark(value)}.")
    if value.references:
        lines += ["", "These refer to it by foreign key:", "", *_nodes(value.references, mark)]
    if value.findings_closed:
        lines.append(
            f"\n{count(value.findings_closed, 'open finding')} would lose their subject "
            f"(rules: {listed(value.rules, 4)})."
        )
    if value.owners:
        lines.append(f"\nTell {listed(value.owners, 5)} first: they own what breaks.")
    lines.append(
        "\nThis is what the catalog knows; code outside the discovered sources isn't in it."
    )
    return "\n".join(lines)


def _owners(value: Owners, _arguments: dict[str, Any], _mark: Mark) -> str:
    if value.asset:
        if not value.items:
            return f"Nobody owns `{value.asset}`. Say “make … the owner of {value.asset}”."
        return f"{value.items[0].owner} owns `{value.items[0].examples[0]}`."
    lines = [
        f"- {one.owner}: {count(one.assets, 'asset')}, such as "
        + listed([f"`{name}`" for name in one.examples], 3)
        for one in value.items
    ]
    return "\n".join(
        [
            "Owners:" if lines else "Nobody owns anything yet.",
            "",
            *lines,
            "",
            f"{count(value.unowned_tables, 'table')} and views are owned by nobody.",
        ]
    )


def _posture(value: Postures, arguments: dict[str, Any], mark: Mark) -> str:
    return "\n\n".join(_one_posture(one, mark) for one in value.items) or "No framework is known."


def _one_posture(value: PostureDetail, mark: Mark) -> str:
    where = value.source or "Everything"
    if value.past:
        where = f"As it stood on {value.as_of:%Y-%m-%d %H:%M} UTC: {where}"
    if value.score is None:
        text = f"Nothing in {value.source or 'the catalog'} falls under a {value.framework} rule."
        if value.unscanned_sources:
            text += f" Not scanned yet: {listed(value.unscanned_sources, 5)}."
        return f"{text} {mark(value)}"
    verdict = "passes every check" if value.compliant else "is **not compliant**"
    lines = [
        f"{where} {verdict} of {value.framework}: {value.checks - value.failed} of {value.checks} "
        f"checks pass ({percent(value.score)}) {mark(value)}."
        if value.compliant
        else f"{where} {verdict} with {value.framework}: {value.failed} of {value.checks} checks "
        f"fail ({percent(value.score)} pass) {mark(value)}."
    ]
    if value.waived:
        lines.append(f"Besides, {count(value.waived, 'failure')} are waived for now.")
    for failure in value.failures[:8]:
        controls = ", ".join(control.split("/", 1)[1] for control in failure.controls)
        reasons = failure.reasons[0] + (
            f" And {failure.failed - 1} more." if failure.failed > 1 else ""
        )
        lines.append(
            f"- **{failure.severity}** {failure.rule} ({controls}): {reasons} "
            f"{failure.remedy} {mark(failure)}"
        )
    if len(value.failures) > 8:
        lines.append(f"- … 8 of {len(value.failures)} failing rules are shown.")
    if value.unscanned_sources:
        lines.append(f"\nNot scanned, so not judged in full: {listed(value.unscanned_sources, 5)}.")
    lines.append("\nThis judges what the rules look at; it is no legal opinion.")
    return "\n".join(lines)


def _gaps(value: Gaps, _arguments: dict[str, Any], mark: Mark) -> str:
    where = f" of {value.framework}" if value.framework else ""
    lines = [f"{count(value.controls_without_rule, 'control')}{where} have no rule."]
    lines += [f"- {one.ref} {one.title} {mark(one)}" for one in value.controls[:10]]
    if value.controls_without_rule > 10:
        lines.append(f"- … 10 of {value.controls_without_rule} are shown.")
    lines += ["", f"{count(value.columns_without_rule, 'sensitive column')} no rule covers."]
    lines += [
        f"- `{one.column}`: {one.label}, {one.sensitivity} {mark(one)}"
        for one in value.columns[:10]
    ]
    if value.unscanned_sources:
        lines.append(f"\nNot scanned yet, so unknown: {listed(value.unscanned_sources, 8)}.")
    return "\n".join(lines)


def _activity(value: ActivityPage, arguments: dict[str, Any], mark: Mark) -> str:
    span = arguments.get("since", "")
    when = f" since {span[:10]}" if span else ""
    if not value.items:
        whose = " by that person" if "user" in arguments else ""
        what = " on that" if "asset" in arguments else ""
        kind = " of that kind" if arguments.keys() & {"operation", "effect", "outcome"} else ""
        return f"Nothing{kind} was recorded{when}{whose}{what}."
    told = [one for one in value.items if one.effect != "read" or one.outcome != "done"]
    every = {one.id: one for one in (*told, *value.changes)}.values()
    changing = sorted(every, key=lambda one: one.at, reverse=True)
    lines = [
        f"{count(value.total, 'invocation')}{when}, by "
        + listed([f"{name} ({number})" for name, number in value.by_user.items()], 5)
        + ".",
        "",
    ]
    lines += [
        f"- {one.at:%H:%M} {one.user}: {one.operation} {one.outcome}"
        + (f", {count(one.changes, 'record')} changed" if one.changes else "")
        + (f" ({listed(one.targets, 2)})" if one.targets else "")
        + f" {mark(one)}"
        for one in changing[:15]
    ]
    if not changing:
        lines.append("All were reads: nothing was changed.")
    return "\n".join(lines)


def _explanations(value: Explanations, _arguments: dict[str, Any], mark: Mark) -> str:
    withheld = classifying.withheld_lines(value.withheld)
    lines = [] if value.items else [f"`{value.asset}` carries no label."]
    for one in value.items[:SHOWN]:
        facts = one.evidence
        tested = (
            f" {facts['matched']} of {facts['tested']} sampled values matched."
            if facts.get("tested")
            else ""
        )
        samples = f" Masked samples: {', '.join(facts['samples'])}." if facts.get("samples") else ""
        lines.append(
            f"- `{one.column}` is labelled {one.label} ({one.status}, score {one.score:.2f}, by "
            f"{one.set_by}): {facts.get('explanation', '')}{tested}{samples} {mark(one)}"
        )
    return "\n".join([*lines, *withheld])


def _sensitivity(value: SensitivitySummary, _arguments: dict[str, Any], _mark: Mark) -> str:
    levels = listed([f"{one.columns} {one.sensitivity}" for one in value.levels], 4)
    labels = listed([f"{one.label} ({one.columns})" for one in value.labels], 8)
    return (
        f"{value.source or 'All sources'}: {value.classified} of {value.columns} columns carry a "
        f"label: {levels or 'none'}. {value.unreviewed} are suggestions that nobody has reviewed."
        f"\n\nLabels: {labels or 'none'}."
    )


def _rows(value: Rows, _arguments: dict[str, Any], _mark: Mark) -> str:
    head = [f"{one.name}{' (masked)' if one.masked else ''}" for one in value.columns]
    body = [["" if cell is None else str(cell)[:40] for cell in row] for row in value.rows]
    total = f" of {value.total:,}" if value.total is not None else ""
    return f"{table(head, body)}\n\n{value.returned}{total} rows."


def _health(value: Health, _arguments: dict[str, Any], _mark: Mark) -> str:
    lines = [
        f"- {part.name}: {part.status}"
        + (f" ({', '.join(f'{key} {told}' for key, told in part.detail.items())})")
        for part in [*value.groups, *value.parts]
    ]
    return "\n".join([f"Racine is **{value.status}**; the model is {value.model}.", "", *lines])


def _source(value: SourceSummary, _arguments: dict[str, Any], mark: Mark) -> str:
    return (
        _source_line(value, mark)
        + f"\n\nAt `{value.location}`, owned by {value.owner or 'nobody'}."
        + (f" Warnings: {listed(value.warnings, 3)}" if value.warnings else "")
    )


def _source_profile(value: SourceProfile, _arguments: dict[str, Any], mark: Mark) -> str:
    scanned = (
        "It was never scanned."
        if value.unscanned
        else f"{count(value.sensitive_columns, 'column')} sensitive."
    )
    return (
        f"**{value.name}** ({value.kind}) has {count(value.tables, 'table')}, "
        f"{count(value.views, 'view')}, {count(value.columns, 'column')} and {value.rows:,} rows. "
        f"{scanned} {mark(value)}"
    )


def _source_health(value: SourceHealth, _arguments: dict[str, Any], mark: Mark) -> str:
    answers = f"answers in {value.latency_ms or 0:.0f} ms"
    state = answers if value.reachable else "can’t be reached"
    return f"**{value.source}** {state}. {value.detail} {mark(value)}"


def _execution(value: ExecutionStatus, _arguments: dict[str, Any], mark: Mark) -> str:
    steps = [f"- {line}" for line in _steps_told(value.steps)]
    return "\n".join([f"“{value.title}” is {value.outcome} {mark(value)}.", "", *steps])


def _rule(value: RuleDetail, _arguments: dict[str, Any], mark: Mark) -> str:
    return (
        f"**{value.title}** ({value.severity}): {value.description} {mark(value)}\n\n"
        f"It serves {listed(value.controls, 8)}; {count(value.open_findings, 'open finding')}. "
        f"To mend a failure: {value.remedy}"
    )


def _framework(value: FrameworkDetail, _arguments: dict[str, Any], mark: Mark) -> str:
    lines = [f"- {one.ref} {one.title}: {one.summary}" for one in value.items[:SHOWN]]
    more = len(value.items) - SHOWN
    return "\n".join(
        [
            f"**{value.name}** {value.version}: {value.covered} of {value.controls} controls have "
            f"a rule {mark(value)}.",
            "",
            *lines,
            *([f"- … and {more} more."] if more > 0 else []),
        ]
    )


def _report(one: ComplianceReport) -> str:
    states = [f"{number} {state.replace('_', ' ')}" for state, number in one.by_status.items()]
    return (
        f"**{one.name}** is ready: {count(one.controls, 'control')} of {one.framework} "
        f"({listed(states, 6)}), {count(one.findings, 'finding')}, {one.size:,} bytes. The file is "
        "this call's result; it can be had as HTML, PDF, CSV and OSCAL."
    )


RENDERERS: dict[type[Any], Renderer] = {
    **access.RENDERERS,
    **assistant.RENDERERS,
    **receipts.RENDERERS,
    **classifying.RENDERERS,
    **pipelines.RENDERERS,
    **usage.RENDERERS,
    **workflows.RENDERERS,
    AssetDetail: _asset,
    Lineage: _lineage,
    Impact: _impact,
    Owners: _owners,
    Postures: _posture,
    Gaps: _gaps,
    ComplianceReport: lambda one, _arguments, _mark: _report(one),
    Explanations: _explanations,
    SensitivitySummary: _sensitivity,
    Rows: _rows,
    Health: _health,
    SourceSummary: _source,
    SourceProfile: _source_profile,
    ExecutionStatus: _execution,
    RuleDetail: _rule,
    FrameworkDetail: _framework,
    FindingDetail: lambda one, _arguments, mark: f"{_finding_line(one, mark)}\n\n{one.remedy}",
    ControlSummary: lambda one, _arguments, mark: (
        f"**{one.ref}** {one.title}: {one.summary} {_served(one)} {mark(one)}"
    ),
    SourceHealth: _source_health,
    ScanSummary: lambda one, _arguments, mark: "\n".join(
        [_scan_line(one, mark), *(f"- {warning}" for warning in one.warnings)]
    ),
    ScanComparison: lambda one, _arguments, mark: _compared(one, mark),
    ScanEstimate: lambda one, _arguments, mark: (
        f"A scan of {one.source} would sample {one.columns} columns of {one.tables} tables and "
        f"take about {one.seconds:g} s (based on {one.based_on}) {mark(one)}."
    ),
    RuleSetDetail: lambda one, _arguments, mark: (
        f"**{one.name}** version {one.version} detects {listed(one.labels, 40)} {mark(one)}."
    ),
    RuleSetTest: lambda one, _arguments, _mark: (
        "\n".join(
            f"- {f'`{hit.column}`: ' if hit.column else ''}{hit.label} ({hit.score:.2f}): "
            f"{hit.explanation}"
            for hit in one.found
        )
        or "Nothing was found."
    ),
    Holders: lambda one, _arguments, mark: (
        f"{count(len(one.items), 'person')} may use {one.permission} on {one.on}:\n\n"
        + "\n".join(f"- {hit.user}: {hit.reason} {mark(hit)}" for hit in one.items)
    ),
    Permissions: lambda one, _arguments, _mark: "\n".join(
        f"- `{name}`: {listed(operations, 4)}" for name, operations in one.items.items()
    ),
    ConnectorKinds: lambda one, _arguments, _mark: "\n".join(
        bullet(f"**{kind.kind}** ({kind.title})", "ready" if kind.installed else "driver missing")
        for kind in one.items
    ),
    AuditVerification: lambda one, _arguments, _mark: (
        f"The audit trail is **{'intact' if one.intact else 'broken'}**: {one.checked} rows "
        f"checked, {one.reason}. Head: `{one.head[:16]}…`"
    ),
    ActivityDetail: lambda one, _arguments, mark: (
        f"{one.operation} by {one.user}, {moment(one.at)}: {one.outcome}, "
        f"{count(one.changes, 'record')} changed {mark(one)}."
    ),
    Profile: lambda one, _arguments, _mark: (
        f"You are {one.name} <{one.email}>, with {listed(one.grants, 6) or 'no role'}."
    ),
    WorkspaceDetail: lambda one, _arguments, mark: (
        f"**{one.name}** ({one.kind}): {listed(one.sources, 10) or 'no sources'} {mark(one)}"
    ),
}


# ---- executions -----------------------------------------------------------------------------


def closing_answer(execution: Execution, rows: Sequence[ExecutionStep], outcome: str) -> str:
    """What was done by an execution, what wasn't, and what to do about it.

    Args:
        outcome: what has become of it in words, which begin with its status.
    """
    more = outcome.removeprefix(execution.status)
    lines = [
        {
            "done": f"Done: {execution.title}{more}.",
            "failed": f"“{execution.title}” stopped at a step that failed{more}.",
            "cancelled": f"“{execution.title}” was cancelled{more}.",
        }[execution.status],
        "",
    ]
    looped = {step["id"] for step in execution.steps if step.get("each")}
    told = [row for row in rows if row.parent is None]
    numbers = {one.id: number for number, one in enumerate(closing_citations(rows), 1)}
    for row in told[:SHOWN_STEPS]:
        id_ = row.activity_id
        undo = f" (activity `{id_}`) [{numbers[id_]}]" if id_ else ""
        first, *below = _told(row, looped=row.step_id in looped).splitlines()
        lines += [f"- {row.operation}: {first}{undo}", *below]
    if len(told) > SHOWN_STEPS:
        done = sum(row.status == "done" for row in told[SHOWN_STEPS:])
        lines.append(f"- and {len(told) - SHOWN_STEPS} more steps, {done} of them done")
    stays = any(row.status == "done" and row.changes for row in rows)
    if stays and execution.status != "done":
        lines.append("\nWhat was done stays done; say “undo” with an activity to take it back.")
    return "\n".join(lines)


def closing_citations(rows: Sequence[ExecutionStep]) -> list[Citation]:
    """What the answer that closes an execution cites, in the order of its numbers."""
    told = [row for row in rows if row.parent is None][:SHOWN_STEPS]
    return [
        activity_citation(row.activity_id, row.operation, row.status)
        for row in told
        if row.activity_id
    ]


SHOWN_STEPS = 40
TOLD = {
    "skipped": "not run",
    "undone": "taken back",
    "unknown": "nobody knows whether it happened",
}


def _told(row: ExecutionStep | StepStatus, *, looped: bool) -> str:
    if row.status == "failed":
        return f"failed: {row.detail}"
    if row.status != "done":
        return f"{TOLD.get(row.status, row.status)}{f': {row.detail}' if row.detail else ''}"
    if looped and row.result:
        return f"done for {row.result['done']} of {row.result['total']}"
    form = OUTCOMES.get(row.operation)
    return form(row.result or {}) if form is not None else "done"


def _labels_found(result: dict[str, Any]) -> str:
    labels = listed([f"{label} ({number})" for label, number in result["labels"].items()], 8)
    missing = "".join(
        f"; {count(result[name], 'table')} {said}"
        for name, said in (("tables_failed", "could not be read"), ("tables_left", "not reached"))
        if result.get(name)
    )
    return (
        f"scanned {result['columns']} columns of {result['tables']} tables in "
        f"{result['seconds']:g} s and classified {result['found']}: {labels or 'nothing found'}"
        f"{missing}"
    )


def _steps_told(steps: Sequence[StepStatus]) -> list[str]:
    """Each step with what came of it, loops as one."""
    looped = {one.parent for one in steps}
    whole = [one for one in steps if one.parent is None]
    return [f"{one.operation}: {_told(one, looped=one.step_id in looped)}" for one in whole]


def _started(result: dict[str, Any]) -> str:
    steps = [StepStatus.model_validate(one) for one in result["steps"]]
    lines = [f"  - {line}" for line in _steps_told(steps)]
    return "\n".join([f"“{result['title']}” is {result['outcome']}", *lines])


_UNDONE_BY = {"workflows.undo": "the whole execution"}
OUTCOMES: dict[str, Callable[[dict[str, Any]], str]] = {
    "data_sources.register_source": lambda one: f"registered {one['name']} ({one['kind']})",
    "data_sources.discover_assets": lambda one: (
        f"discovered {count(one['tables'], 'table')}, {count(one['views'], 'view')} and "
        f"{count(one['columns'], 'column')} with {count(one['foreign_keys'], 'foreign key')}; "
        + ", ".join(
            f"{(one.get('totals') or {}).get(what, len(one.get(what, ())))} {said}"
            for what, said in (("added", "new"), ("dropped", "gone"), ("renamed", "renamed"))
            if what != "renamed" or one.get(what)
        )
    ),
    "data_sources.remove_source": lambda one: (
        f"removed {one['name']} with {count(one['assets'], 'asset')}"
    ),
    "scan_logic.start_scan": _labels_found,
    "catalog.run_quality_checks": lambda one: (
        one.get("note") or f"{one['passed']} of {count(one['checks'], 'quality check')} passed"
    ),
    "catalog.tag_asset": lambda one: f"{one['qualified_name']} is tagged {listed(one['tags'], 8)}",
    "catalog.untag_asset": lambda one: (
        f"{one['qualified_name']} is tagged {listed(one['tags'], 8) or 'nothing'}"
    ),
    "catalog.set_owner": lambda one: f"{one['owner']} owns {one['qualified_name']}",
    "catalog.describe_asset": lambda one: f"{one['qualified_name']} is described",
    "catalog.draft_descriptions": lambda one: (
        f"drafted {count(len(one['drafted']), 'description')} of {one['asset']}"
    ),
    "classifications.set_classification": lambda one: (
        f"{one['column']} is {one['label']}; {one['ahead']}"
    ),
    "classifications.confirm_classification": lambda one: (
        f"{one['column']} is confirmed as {one['label']}; {one['ahead']}"
    ),
    "classifications.reject_classification": lambda one: (
        f"{one['column']} is not {one['label']}; {one['ahead']}"
    ),
    "compliance.evaluate_compliance": lambda one: (
        f"evaluated {count(one['checks'], 'check')}: {one['failed']} fail, "
        f"{one['opened']} findings opened, {one['resolved']} resolved"
    ),
    "rbac.grant_role": lambda one: f"{one['name']} now holds {listed(one['roles'], 6)}",
    "rbac.revoke_role": lambda one: (
        f"{one['name']} now holds {listed(one['roles'], 6) or 'no role'}"
    ),
    "rbac.create_user": lambda one: f"added {one['name']}",
    "workflows.execute": _started,
    "pipelines.execute": lambda one: f"“{one['pipeline']}” is {one['status']}",
    "activity.undo": lambda one: (
        f"undid {_UNDONE_BY.get(one['operation'], one['operation'])}: {one['summary']}"
    ),
}
