"""A compliance report as HTML, CSV or JSON: pure functions of its content.

HTML loads and runs nothing and every value in it is escaped; CSV cells never start a formula.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, Literal

from tools.compliance.report_types import ReportContent, ReportControl, ReportFinding

Format = Literal["html", "csv", "json"]
MEDIA_TYPES: dict[Format, str] = {
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    "control",
    "title",
    "control_status",
    "finding",
    "rule",
    "severity",
    "status",
    "source",
    "subject",
    "summary",
    "evidence",
    "owner",
    "due_on",
    "opened_on",
    "waiver",
    "remedy",
)
STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem;"
    "color:#1c1c1c}table{border-collapse:collapse;width:100%;margin:1rem 0}"
    "th,td{border:1px solid #ccc;padding:.35rem .5rem;text-align:left;vertical-align:top;"
    "overflow-wrap:anywhere}th{background:#f2f2f2}.failing,.open{color:#a40000}"
    ".waived{color:#7a5200}code{font-size:.85em}"
)


def render(content: ReportContent, form: Format) -> str:
    """The report in that form."""
    if form == "json":
        gaps = [control.id for control in content.gaps()]
        facts = content.model_dump(mode="json")
        told = facts | {"controls_without_rule": gaps, "notice": content.notice()}
        return json.dumps(told, ensure_ascii=False, indent=1)
    return _csv(content) if form == "csv" else _html(content)


def _csv(content: ReportContent) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for control in content.controls:
        own: list[Any] = [control.ref, control.title, control.status]
        mine = [one for one in content.findings if control.ref in one.controls]
        for finding in mine:
            writer.writerow(_harmless([*own, *_cells(finding)]))
        if not mine:
            writer.writerow(_harmless(own) + [""] * (len(COLUMNS) - len(own)))
    if notice := content.notice():
        writer.writerow([notice] + [""] * (len(COLUMNS) - 1))
    return text.getvalue()


def _cells(finding: ReportFinding) -> list[Any]:
    return [
        finding.id,
        finding.rule,
        finding.severity,
        finding.status,
        finding.source,
        finding.subject,
        finding.summary,
        _evidence(finding),
        finding.owner or "",
        finding.due_on or "",
        finding.opened_at.date(),
        _waiver(finding),
        finding.remedy,
    ]


def _harmless(cells: Iterable[Any]) -> list[str]:
    """Cells that a spreadsheet shows instead of running them."""
    texts = [str(cell) for cell in cells]
    return [f"'{text}" if text.startswith(FORMULA) else text for text in texts]


def _html(content: ReportContent) -> str:
    title = f"{content.framework} {content.version}: compliance report"
    evaluated = (
        f"{content.last_evaluated:%Y-%m-%d %H:%M} UTC" if content.last_evaluated else "never"
    )
    facts = [
        ("Publisher", content.publisher),
        ("Generated", f"{content.generated_at:%Y-%m-%d %H:%M} UTC by {content.generated_by}"),
        ("Last evaluated", evaluated),
        ("Sources", ", ".join(content.sources) or "none"),
        ("Findings", f"{content.findings_total} unresolved, {content.findings_resolved} resolved"),
    ]
    notice = content.notice()
    gaps = [f"{control.ref} {control.title} (no rule)" for control in content.gaps()]
    gaps += [f"{name} (never scanned)" for name in content.unscanned_sources]
    gaps += [f"{name} (never evaluated)" for name in content.unevaluated_sources]
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">',
            '<meta http-equiv="Content-Security-Policy" '
            "content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>",
            f"<h1>{escape(title)}</h1>",
            *(f"<p><b>{name}:</b> {escape(value)}</p>" for name, value in facts),
            "<h2>Controls</h2>",
            _table(("Control", "Status", "Rules", "Open", "Waived"), map(_row, content.controls)),
            "<h2>Findings</h2>",
            f"<p>{escape(notice)}</p>" if notice else "",
            _table(
                ("Severity", "Finding", "Evidence", "Owner", "Status"),
                map(_finding_row, content.findings),
            ),
            "<h2>Gaps</h2>",
            "<ul>" + "".join(f"<li>{escape(gap)}</li>" for gap in gaps) + "</ul>",
            "</body></html>",
        ]
    )


def _table(head: Sequence[str], rows: Iterable[str]) -> str:
    heading = "".join(f"<th>{name}</th>" for name in head)
    return (
        f"<table><thead><tr>{heading}</tr></thead><tbody>\n" + "\n".join(rows) + "</tbody></table>"
    )


def _row(control: ReportControl) -> str:
    return (
        f"<tr><td>{escape(control.ref)} {escape(control.title)}</td>"
        f'<td class="{control.status}">{control.status.replace("_", " ")}</td>'
        f"<td>{escape('; '.join(control.rules))}</td>"
        f"<td>{control.open}</td><td>{control.waived}</td></tr>"
    )


def _finding_row(finding: ReportFinding) -> str:
    due = f", due {finding.due_on}" if finding.due_on else ""
    waiver = f"<br>{escape(_waiver(finding))}" if finding.waiver else ""
    return (
        f"<tr><td>{escape(finding.severity)}</td>"
        f"<td><b>{escape(finding.subject)}</b> ({escape(finding.source)})<br>"
        f"{escape(finding.summary)}<br>{escape(finding.rule)}: "
        f"{escape(', '.join(finding.controls))}<br><i>{escape(finding.remedy)}</i></td>"
        f"<td><code>{escape(_evidence(finding))}</code></td>"
        f"<td>{escape(finding.owner or 'nobody')}{due}</td>"
        f'<td class="{escape(finding.status)}">{escape(finding.status)} since '
        f"{finding.opened_at:%Y-%m-%d}{waiver}</td></tr>"
    )


def _evidence(finding: ReportFinding) -> str:
    return json.dumps(finding.evidence, ensure_ascii=False)


def _waiver(finding: ReportFinding) -> str:
    waiver = finding.waiver
    if waiver is None:
        return ""
    said = f"confirmed by {waiver.confirmed_by}" if waiver.confirmed_by else "not confirmed"
    return (
        f"until {waiver.expires_on}: {waiver.reason} (requested by {waiver.requested_by}, {said})"
    )
