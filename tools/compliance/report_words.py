"""The words and numbers that every form of a report shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from tools.compliance.check import listed
from tools.compliance.report_types import ReportContent, ReportFinding, ReportFramework
from tools.compliance.rules import SEVERITIES

STATUS = {
    "failing": "failing",
    "waived": "waived",
    "no_findings": "no findings",
    "not_evaluated": "not evaluated",
    "no_rule": "no rule",
    "not_assessable": "heading",
}
JUDGED = ("failing", "waived", "no_findings")
DROPPED = ("type", "as_of")  # said elsewhere in the report


def head(content: ReportContent) -> list[tuple[str, str]]:
    """The lines below the title."""
    last = content.last_evaluated
    return [
        ("Scope", content.scope),
        ("As of", f"{content.as_of:%Y-%m-%d %H:%M} UTC" + (" (past)" if content.past else "")),
        ("Generated", f"{content.generated_at:%Y-%m-%d %H:%M} UTC by {content.generated_by}"),
        ("Last evaluated", f"{last:%Y-%m-%d %H:%M} UTC" if last else "never"),
        ("Findings", _counts(content)),
    ]


def _counts(content: ReportContent) -> str:
    levels = Counter(one.severity for one in content.findings)
    parts = [f"{levels[level]} {level}" for level in SEVERITIES if levels[level]]
    parts += [f"{len(content.waived_findings())} waived"] if content.waived_findings() else []
    told = (
        f" ({', '.join(parts)})"
        if parts and len(content.findings) == content.findings_total
        else ""
    )
    return f"{content.findings_total} unresolved{told}, {content.findings_resolved} resolved"


def percent(score: float | None) -> str:
    """A score as people read it; only a whole one is 100 %."""
    if score is None:
        return "–"
    return "100 %" if score >= 1 else f"{min(score * 100, 99.9):.1f} %"


def verdict(framework: ReportFramework) -> str:
    """What the score means in a few words."""
    if framework.compliant is None:
        return "nothing to judge"
    if framework.compliant and not framework.waived:
        return f"every one of {framework.checks} checks passes"
    return f"{framework.failed} of {framework.checks} checks fail, {framework.waived} waived"


def gaps(content: ReportContent) -> list[str]:
    """What the report says nothing about, one line each."""
    several = len(content.frameworks) > 1
    names = {one.id: f"{one.name} " for one in content.frameworks} if several else {}
    lines = [
        f"{names.get(one.framework_id, '')}{one.ref} {one.title} (no rule)"
        for one in content.gaps()
    ]
    if content.controls_left_out:
        lines.append(f"{content.controls_left_out} more controls (not judged)")
    lines += [f"{name} (never scanned)" for name in content.unscanned_sources]
    return lines + [f"{name} (never evaluated)" for name in content.unevaluated_sources]


def evidence(finding: ReportFinding) -> str:
    """Evidence as text: names of things and people, never values."""
    return _told({name: one for name, one in finding.evidence.items() if name not in DROPPED})


def _told(facts: Mapping[str, Any]) -> str:
    """Facts as a line; of the parts of a condition, how each came out."""
    parts = facts.get("conditions") or ([facts["condition"]] if "condition" in facts else [])
    lines = [_part(one) for one in parts]
    lines += [
        f"{name.replace('_', ' ')}: {_plain(one)}"
        for name, one in facts.items()
        if name not in ("conditions", "condition")
    ]
    return "; ".join(lines)


def _part(part: Mapping[str, Any]) -> str:
    verdict = "holds" if part["passed"] else "doesn't hold"
    inner = _told({name: one for name, one in part.items() if name not in ("type", "passed")})
    return f"{str(part['type']).replace('_', ' ')} {verdict}" + (f" ({inner})" if inner else "")


def _plain(value: Any) -> str:
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        value = [f"{name} ({_plain(one)})" for name, one in value.items()]
    if isinstance(value, list):
        return listed((_plain(one) for one in value), most=12) if value else "none"
    return str(value)


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
