"""A compliance report as OSCAL assessment results (NIST), version 1.2.1: plain JSON.

Every id is derived from what it names, so the same state gives the same document but for its
times. A finding of ours is an observation with a risk; a control that was judged is an OSCAL
finding, satisfied or not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from tools.compliance import report_words as words
from tools.compliance.report_types import (
    ReportContent,
    ReportControl,
    ReportFinding,
    ReportFramework,
)

VERSION = "1.2.1"
NAMESPACE = "https://racine.example/ns/oscal"
TOKEN = re.compile(r"[^\W\d][\w.\-]*")
Json = dict[str, Any]


def oscal_report(content: ReportContent) -> Json:
    """The document."""
    plan = _uuid("plan", content.title)
    return {
        "assessment-results": {
            "uuid": _uuid("report", content.title, content.generated_at.isoformat()),
            "metadata": {
                "title": content.title,
                "last-modified": content.generated_at.isoformat(),
                "version": f"{content.as_of:%Y-%m-%d}",
                "oscal-version": VERSION,
                "roles": [{"id": "assessor", "title": "Who had the report made"}],
                "parties": [
                    {
                        "uuid": _uuid("party", content.generated_by),
                        "type": "person",
                        "name": content.generated_by,
                    }
                ],
                "responsible-parties": [
                    {"role-id": "assessor", "party-uuids": [_uuid("party", content.generated_by)]}
                ],
                **({"remarks": notice} if (notice := content.notice()) else {}),
            },
            "import-ap": {"href": f"#{plan}"},
            "results": [_result(content, framework) for framework in content.frameworks],
            "back-matter": {
                "resources": [
                    {"uuid": plan, "title": "How it was assessed", "description": content.method}
                ]
            },
        }
    }


def _result(content: ReportContent, framework: ReportFramework) -> Json:
    controls = [one for one in content.controls if one.framework_id == framework.id]
    judged = [one for one in controls if one.status in words.JUDGED]
    ids = {one.id for one in controls}
    found = [one for one in content.findings if ids.intersection(one.control_ids)]
    result: Json = {
        "uuid": _uuid("result", framework.id, content.as_of.isoformat()),
        "title": f"{framework.name} {framework.version}",
        "description": f"{content.scope}. {words.verdict(framework)}; "
        f"score {words.percent(framework.score)}.",
        "start": content.as_of.isoformat(),
        "props": [
            _prop("checks", str(framework.checks)),
            _prop("failed", str(framework.failed)),
            _prop("waived", str(framework.waived)),
        ],
        "reviewed-controls": {"control-selections": [_selection(controls, judged)]},
    }
    if gaps := words.gaps(content):
        result["remarks"] = "Nothing is said about: " + "; ".join(gaps) + "."
    if found:
        result["observations"] = [_observation(one, framework) for one in found]
        result["risks"] = [_risk(one, framework) for one in found]
    if judged:
        result["findings"] = [_finding(one, framework, found) for one in judged]
    return result


def _selection(controls: Sequence[ReportControl], judged: Sequence[ReportControl]) -> Json:
    if judged:
        return {"include-controls": [{"control-id": _control(one)} for one in judged]}
    none: Json = {"description": "No control was judged.", "include-all": {}}
    if controls:
        none["exclude-controls"] = [{"control-id": _control(one)} for one in controls]
    return none


def _observation(finding: ReportFinding, framework: ReportFramework) -> Json:
    kind = "user" if finding.source == "people" else "inventory-item"
    return {
        "uuid": _uuid("observation", framework.id, finding.id),
        "title": finding.rule,
        "description": finding.summary,
        "props": [
            _prop("finding-id", finding.id),
            _prop("rule-version", str(finding.rule_version)),
            _prop("severity", finding.severity),
        ],
        "methods": ["TEST-AUTOMATED"],
        "types": ["finding"],
        "subjects": [
            {
                "subject-uuid": _uuid("subject", finding.source, finding.subject),
                "type": kind,
                "title": finding.subject,
            }
        ],
        "relevant-evidence": [{"description": words.evidence(finding) or finding.summary}],
        "collected": finding.opened_at.isoformat(),
    }


def _risk(finding: ReportFinding, framework: ReportFramework) -> Json:
    waived = finding.status == "waived"
    risk: Json = {
        "uuid": _uuid("risk", framework.id, finding.id),
        "title": finding.rule,
        "description": finding.summary,
        "statement": finding.remedy,
        "props": [_prop("owner", finding.owner)] if finding.owner else [],
        "status": "deviation-approved" if waived else "open",
        "related-observations": [
            {"observation-uuid": _uuid("observation", framework.id, finding.id)}
        ],
    }
    if finding.due_on:
        risk["deadline"] = f"{finding.due_on}T23:59:59+00:00"
    if waiver := words.waiver(finding):
        risk["remediations"] = [
            {
                "uuid": _uuid("waiver", framework.id, finding.id),
                "lifecycle": "completed" if waived else "recommendation",
                "title": "Waiver",
                "description": waiver,
            }
        ]
    return {name: value for name, value in risk.items() if value != []}


def _finding(
    control: ReportControl, framework: ReportFramework, found: Sequence[ReportFinding]
) -> Json:
    mine = [one for one in found if control.id in one.control_ids]
    state = "satisfied" if control.status == "no_findings" else "not-satisfied"
    finding: Json = {
        "uuid": _uuid("finding", control.id),
        "title": f"{control.ref} {control.title}",
        "description": f"{control.open} open, {control.waived} waived, by the rules: "
        f"{'; '.join(control.rules)}.",
        "target": {
            "type": "objective-id",
            "target-id": _control(control),
            "status": {"state": state},
        },
    }
    if control.status == "waived":
        finding["target"]["status"]["remarks"] = "Every failure is waived for the time being."
    if mine:
        finding["related-observations"] = [
            {"observation-uuid": _uuid("observation", framework.id, one.id)} for one in mine
        ]
        finding["related-risks"] = [
            {"risk-uuid": _uuid("risk", framework.id, one.id)} for one in mine
        ]
    return finding


def _control(control: ReportControl) -> str:
    """The control's id as OSCAL allows it: its own, or after the framework's name."""
    own = control.id.split("/", 1)[1]
    return own if TOKEN.fullmatch(own) else f"{control.framework_id}_{own}"


def _prop(name: str, value: str) -> Json:
    return {"name": name, "ns": NAMESPACE, "value": value}


def _uuid(*names: str) -> str:
    return str(uuid5(NAMESPACE_URL, "/".join((NAMESPACE, *names))))
