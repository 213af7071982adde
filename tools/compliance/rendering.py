"""A compliance report as a file: pure functions of its content.

HTML loads and runs nothing and every value in it is escaped; CSV cells never start a formula.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any, Literal

from tools.compliance import report_words as words
from tools.compliance.report_html import html_report
from tools.compliance.report_oscal import oscal_report
from tools.compliance.report_pdf import pdf_report
from tools.compliance.report_types import ReportContent, ReportFinding

Format = Literal["html", "pdf", "csv", "json", "oscal"]
MEDIA_TYPES: dict[Format, str] = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "oscal": "application/json",
}
SUFFIXES: dict[Format, str] = {"oscal": "oscal.json"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    "framework",
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


def render(content: ReportContent, form: Format) -> bytes:
    """The report in that form."""
    if form == "pdf":
        return pdf_report(content)
    if form == "html":
        return html_report(content).encode()
    if form == "csv":
        return _csv(content).encode()
    if form == "oscal":
        return json.dumps(oscal_report(content), ensure_ascii=False).encode()
    return json.dumps(_facts(content), ensure_ascii=False, indent=1).encode()


def _facts(content: ReportContent) -> dict[str, Any]:
    gaps = [control.id for control in content.gaps()]
    facts = content.model_dump(mode="json")
    return facts | {"controls_without_rule": gaps, "notice": content.notice()}


def _csv(content: ReportContent) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for control in content.controls:
        own: list[Any] = [control.framework_id, control.ref, control.title, control.status]
        mine = [one for one in content.findings if control.id in one.control_ids]
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
        words.evidence(finding),
        finding.owner or "",
        finding.due_on or "",
        finding.opened_at.date(),
        words.waiver(finding),
        finding.remedy,
    ]


def _harmless(cells: Iterable[Any]) -> list[str]:
    """Cells that a spreadsheet shows instead of running them."""
    texts = [str(cell) for cell in cells]
    return [f"'{text}" if text.startswith(FORMULA) else text for text in texts]
