"""The words and numbers that every form of a report shares."""

from __future__ import annotations

import json
from typing import Any

from tools.compliance.check import listed
from tools.compliance.report_types import ReportContent, ReportFinding, ReportFramework

STATUS = {
    "failing": "failing",
    "waived": "waived",
    "no_findings": "no findings",
    "not_evaluated": "not evaluated",
    "no_rule": "no rule",
    "not_assessable": "heading",
}
DROPPED = ("type", "as_of")  # said elsewhere in the report


def head(content: ReportContent) -> list[tuple[str, str]]:
    """The lines below the title."""
    last = content.last_evaluated
    return [
        ("Scope", content.scope),
        ("As of", f"{content.as_of:%Y-%m-%d %H:%M} UTC" + (" (past)" if content.past else "")),
        ("Generated", f"{content.generated_at:%Y-%m-%d %H:%M} UTC by {content.generated_by}"),
        ("Last evaluated", f"{last:%Y-%m-%d %H:%M} UTC" if last else "never"),
        (
            "Findings",
            f"{content.findings_total} unresolved, {content.findings_resolved} resolved",
        ),
    ]


def percent(score: float | None) -> str:
    """A score as people read it; only a whole one is 100 %."""
    if score is None:
        return "–"
    return "100 %" if score >= 1 else f"{min(score * 100, 99.9):.1f} %"


def verdict(framework: ReportFramework) -> str:
    """What the score means in a word or two."""
    if framework.compliant is None:
        return "nothing to judge"
    return "every check passes" if framework.compliant else f"{framework.failed} checks fail"


def gaps(content: ReportContent) -> list[str]:
    """What the report says nothing about, one line each."""
    several = len(content.frameworks) > 1
    names = {one.id: f"{one.name} " for one in content.frameworks} if several else {}
    lines = [
        f"{names.get(one.framework_id, '')}{one.ref} {one.title} (no rule)"
        for one in content.gaps()
    ]
    lines += [f"{name} (never scanned)" for name in content.unscanned_sources]
    return lines + [f"{name} (never evaluated)" for name in content.unevaluated_sources]


def evidence(finding: ReportFinding) -> str:
    """Evidence as text: names of things and people, never values."""
    facts = {name: one for name, one in finding.evidence.items() if name not in DROPPED}
    return "; ".join(f"{name.replace('_', ' ')}: {_plain(one)}" for name, one in facts.items())


def _plain(value: Any) -> str:
    if value is None or value == []:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and not any(isinstance(one, dict | list) for one in value):
        return listed((str(one) for one in value), most=12)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def care(finding: ReportFinding) -> str:
    """Who sees to a finding, by when."""
    due = f", due {finding.due_on}" if finding.due_on else ""
    return f"{finding.owner or 'nobody'}{due}"


def waiver(finding: ReportFinding) -> str:
    """A waiver in one sentence; nothing where there is none."""
    terms = finding.waiver
    if terms is None:
        return ""
    said = f"confirmed by {terms.confirmed_by}" if terms.confirmed_by else "not confirmed"
    return f"until {terms.expires_on}: {terms.reason} (requested by {terms.requested_by}, {said})"
