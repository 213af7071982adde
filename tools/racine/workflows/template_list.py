"""Workflows ready to be created. Literal data: `{name}` in a text is an argument of the template.

Each runs on the demo company as it stands (`tests/tools/racine/workflows/test_templates.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Steps = tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Template:
    """A workflow with blanks. `starts`: when it is meant to start, in words."""

    name: str
    title: str
    description: str
    steps: Steps
    starts: str = "when somebody starts it"
    arguments: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)


def _step(step_id: str, operation: str, /, **more: Any) -> dict[str, Any]:
    own = ("needs", "when", "after", "each", "retry", "timeout", "on_failure", "gate")
    arguments = {name: value for name, value in more.items() if name not in own}
    return {"id": step_id, "operation": operation, "arguments": arguments} | {
        name: more[name] for name in own if name in more
    }


def _ref(path: str) -> dict[str, str]:
    return {"$ref": path}


def _over(path: str, limit: int = 200) -> dict[str, Any]:
    return {"over": _ref(path), "limit": limit}


def _gate(reason: str, permission: str) -> dict[str, Any]:
    return {"reason": reason, "permission": permission}


def _filled(path: str) -> tuple[dict[str, Any], ...]:
    return ({"value": _ref(path), "is": "filled"},)


def _about_drift(what: str) -> dict[str, Any]:
    return _step(
        f"ask-{what}",
        "activity.create_task",
        title=f"The schema has changed ({what}): check what reads it",
        about=_ref("item"),
        each=_over(f"discover.{what}"),
    )


SOURCE = {"source": "The source's name, such as crm"}
ASSET = {"asset": "The table, such as crm.customers"}
FRAMEWORK = {"framework": "The framework: gdpr, pci-dss-4, hipaa"}
SOURCES = _step("sources", "data_sources.list_sources", limit=200)
DISCOVER_EACH = _step(
    "discover",
    "data_sources.discover_assets",
    source=_ref("item.id"),
    each=_over("sources.items"),
    on_failure="continue",
)
SCAN_EACH = _step(
    "scan",
    "scan_logic.start_scan",
    source=_ref("item.id"),
    each=_over("sources.items"),
    needs=["discover"],
    retry={"attempts": 2},
    on_failure="continue",
)

TEMPLATES = (
    Template(
        "onboard-source",
        "Onboard a source",
        "Register a source, read its schema, scan it for sensitive data, judge it by the rules, "
        "and ask for the owners that its tables lack.",
        (
            _step(
                "register",
                "data_sources.register_source",
                name="{name}",
                kind="{kind}",
                location="{location}",
            ),
            _step("discover", "data_sources.discover_assets", source=_ref("register.id")),
            _step(
                "scan",
                "scan_logic.start_scan",
                source=_ref("register.id"),
                needs=["discover"],
                retry={"attempts": 2},
            ),
            _step(
                "judge",
                "compliance.evaluate_compliance",
                source=_ref("register.id"),
                needs=["scan"],
            ),
            _step(
                "unowned",
                "catalog.list_assets",
                source=_ref("register.id"),
                kind="table",
                without="owner",
                limit=200,
                needs=["discover"],
            ),
            _step(
                "ask",
                "activity.create_task",
                title="Name an owner",
                about=_ref("item.qualified_name"),
                each=_over("unowned.items"),
            ),
        ),
        arguments={
            "name": "What the source is to be called",
            "kind": "sqlite, postgresql, duckdb or files",
            "location": "Its path or URL",
        },
    ),
    Template(
        "weekly-pii-sweep",
        "Weekly sweep for personal data",
        "Refresh and scan every source, judge them, and ask somebody to look at the sensitive "
        "columns that no rule covers.",
        (
            SOURCES,
            DISCOVER_EACH,
            SCAN_EACH,
            _step("judge", "compliance.evaluate_compliance", needs=["scan"]),
            _step(
                "uncovered",
                "classifications.list_classified_columns",
                category="personal",
                uncovered=True,
                limit=200,
                needs=["judge"],
            ),
            _step(
                "ask",
                "activity.create_task",
                title="A column with personal data is covered by no rule",
                about=_ref("item.column"),
                each=_over("uncovered.items"),
            ),
        ),
        "every week: workflows.schedule with cron '0 6 * * 1'",
    ),
    Template(
        "gdpr-evidence-pack",
        "GDPR evidence pack",
        "Judge all sources by GDPR and gather the evidence: posture, gaps, findings, a report, "
        "and a proof that the audit trail is whole.",
        (
            _step("judge", "compliance.evaluate_compliance", framework="gdpr"),
            _step("posture", "compliance.get_posture", framework="gdpr", needs=["judge"]),
            _step("gaps", "compliance.find_gaps", framework="gdpr", needs=["judge"]),
            _step("report", "compliance.export_report", framework="gdpr", needs=["judge"]),
            _step("trail", "activity.verify_audit_trail"),
            _step(
                "note",
                "activity.track",
                kind="compliance.evidence",
                title="The GDPR evidence pack was gathered",
                about="gdpr",
                needs=["posture", "gaps", "report", "trail"],
            ),
        ),
    ),
    Template(
        "subject-erasure",
        "Erasure request of a person",
        "Find a person's data in every source, let somebody check the list, and ask the owners "
        "of the tables to erase the rows; the request is noted in the trail.",
        (
            _step("find", "classifications.find_subject", kind="{kind}", subject="{subject}"),
            _step(
                "ask",
                "activity.create_task",
                title="Erase the rows of a person who asked for it: request {request}",
                about=_ref("item.table"),
                detail="classifications.find_subject counts the rows; sources are read-only here.",
                due_on="{due_on}",
                each=_over("find.places"),
                gate=_gate("Is this the person, and are these the places?", "workflows.write"),
            ),
            _step(
                "again",
                "activity.create_task",
                title="Look again whether everything is erased: request {request}",
                about="{request}",
                due_on="{due_on}",
                needs=["ask"],
            ),
            _step(
                "note",
                "activity.track",
                kind="privacy.erasure",
                title="An erasure request was handed to the owners",
                about="{request}",
                needs=["ask"],
            ),
        ),
        arguments={
            "kind": "What the identifier is: email, phone, ssn, …",
            "subject": "What classifications.seal_subject returned for the identifier",
            "request": "The request's own number",
            "due_on": "By which day (YYYY-MM-DD)",
        },
    ),
    Template(
        "access-review",
        "Access review",
        "List what nobody used for {days} days and what is more than was used, let somebody look "
        "at it, and ask for each grant whether it is to stay.",
        (
            _step("review", "rbac.review_access", days="{days}", limit=200),
            _step(
                "ask",
                "activity.create_task",
                title="Is this grant still needed?",
                about=_ref("item.grant_id"),
                detail=_ref("item.role"),
                each=_over("review.items"),
                gate=_gate("Ask for each of these grants?", "rbac.write"),
            ),
            _step(
                "note",
                "activity.track",
                kind="access.review",
                title="The access was reviewed",
                about="rbac",
                needs=["ask"],
            ),
        ),
        "every quarter: workflows.schedule with cron '0 9 1 */3 *'",
        arguments={"days": "Days without use (90)"},
        defaults={"days": "90"},
    ),
    Template(
        "schema-drift-watch",
        "Watch for drift of a schema",
        "Read a source's schema again; scan what is new, and ask somebody to look at whatever "
        "was added, dropped or retyped.",
        (
            _step("discover", "data_sources.discover_assets", source="{source}"),
            _step(
                "scan",
                "scan_logic.start_scan",
                source="{source}",
                when=_filled("discover.added"),
            ),
            *(_about_drift(what) for what in ("added", "dropped", "retyped")),
        ),
        "every night, or on the event schema.changed",
        arguments=SOURCE,
    ),
    Template(
        "quality-gate",
        "Quality gate",
        "Run a table's quality checks; if one fails, ask somebody to mend it, else mark the table.",
        (
            _step("check", "catalog.run_quality_checks", asset="{asset}"),
            _step(
                "ask",
                "activity.create_task",
                title="Quality checks fail",
                about="{asset}",
                when=[{"value": _ref("check.ok"), "is": "equal_to", "to": False}],
            ),
            _step(
                "mark",
                "catalog.tag_asset",
                asset="{asset}",
                tag="quality-passed",
                when=[{"value": _ref("check.ok"), "is": "equal_to", "to": True}],
            ),
        ),
        "after each load",
        arguments=ASSET,
    ),
    Template(
        "certify-data-product",
        "Certify a data product",
        "Profile a table and run its checks; where all pass, and somebody agrees, certify it.",
        (
            _step("profile", "catalog.profile_asset", asset="{asset}"),
            _step("check", "catalog.run_quality_checks", asset="{asset}", needs=["profile"]),
            _step(
                "certify",
                "catalog.certify_asset",
                asset="{asset}",
                reason="{reason}",
                when=[{"value": _ref("check.ok"), "is": "equal_to", "to": True}],
                gate=_gate("Certify {asset}?", "catalog.write"),
            ),
            _step(
                "ask",
                "activity.create_task",
                title="It can't be certified before its checks pass",
                about="{asset}",
                when=[{"value": _ref("check.ok"), "is": "equal_to", "to": False}],
            ),
        ),
        arguments=ASSET | {"reason": "Why it is trusted"},
    ),
    Template(
        "incident-triage",
        "Triage of an incident",
        "Mark a table as under investigation, find what depends on it and who owns that, and ask "
        "somebody to look into it.",
        (
            _step("impact", "catalog.analyze_impact", asset="{asset}"),
            _step("quality", "catalog.get_quality", asset="{asset}"),
            _step("findings", "compliance.list_findings", asset="{asset}", status="open"),
            _step("mark", "catalog.tag_asset", asset="{asset}", tag="under-investigation"),
            _step(
                "ask",
                "activity.create_task",
                title="Incident: {what}",
                about="{asset}",
                needs=["impact", "quality", "findings", "mark"],
            ),
            _step(
                "warn",
                "activity.create_task",
                title="What this reads is under investigation: {what}",
                about=_ref("item.qualified_name"),
                each=_over("impact.breaks"),
                needs=["ask"],
            ),
        ),
        "when somebody starts it, or on the event finding.opened",
        arguments=ASSET | {"what": "What is wrong, in a few words"},
    ),
    Template(
        "deprecate-table",
        "Deprecate a table",
        "Show what depends on a table, let somebody agree, deprecate it with its successor, and "
        "ask whoever owns what reads it to move.",
        (
            _step("impact", "catalog.analyze_impact", asset="{asset}"),
            _step(
                "deprecate",
                "catalog.deprecate_asset",
                asset="{asset}",
                reason="{reason}",
                successor="{successor}",
                sunset_on="{sunset_on}",
                needs=["impact"],
                gate=_gate("Deprecate {asset}, in favour of {successor}?", "catalog.write"),
            ),
            _step(
                "move",
                "activity.create_task",
                title="Read {successor} instead of {asset}",
                about=_ref("item.qualified_name"),
                due_on="{sunset_on}",
                each=_over("impact.breaks"),
                needs=["deprecate"],
            ),
        ),
        arguments=ASSET
        | {
            "successor": "The table that takes its place",
            "reason": "Why it goes",
            "sunset_on": "The day from which it may be gone (YYYY-MM-DD)",
        },
    ),
    Template(
        "quarter-end-compliance",
        "Compliance report at the end of a quarter",
        "Refresh, scan and judge every source, and gather posture, gaps and report of a framework.",
        (
            SOURCES,
            DISCOVER_EACH,
            SCAN_EACH,
            _step(
                "judge",
                "compliance.evaluate_compliance",
                framework="{framework}",
                needs=["scan"],
            ),
            _step("posture", "compliance.get_posture", framework="{framework}", needs=["judge"]),
            _step("gaps", "compliance.find_gaps", framework="{framework}", needs=["judge"]),
            _step("report", "compliance.export_report", framework="{framework}", needs=["judge"]),
            _step("trail", "activity.verify_audit_trail", needs=["judge"]),
            _step(
                "sign",
                "activity.track",
                kind="compliance.report",
                title="The quarter's report was signed",
                about="{framework}",
                needs=["posture", "gaps", "report", "trail"],
                gate=_gate("Sign the quarter's report?", "compliance.write"),
            ),
        ),
        "four times a year: workflows.schedule with cron '0 18 L 3,6,9,12 *'",
        arguments=FRAMEWORK,
    ),
    Template(
        "new-joiner-access",
        "Access of somebody new",
        "Add a person, and after approval give a role on one source; say what can be seen then.",
        (
            _step("person", "rbac.create_user", name="{name}", email="{email}"),
            _step(
                "grant",
                "rbac.grant_role",
                user=_ref("person.id"),
                role="{role}",
                source="{source}",
                gate=_gate("Give {name} the role {role} on {source}?", "rbac.write"),
            ),
            _step(
                "check",
                "rbac.check_access",
                user=_ref("person.id"),
                permission="catalog.read",
                source="{source}",
                needs=["grant"],
            ),
            _step(
                "welcome",
                "activity.create_task",
                title="Show {name} around",
                about="{source}",
                needs=["check"],
            ),
        ),
        arguments={
            "name": "The person's name",
            "email": "The person's e-mail address",
            "role": "viewer, analyst or steward",
            "source": "The source to begin with",
        },
    ),
)
