"""Pipelines ready to be created. Literal data: `{name}` in a text is an argument of the template.

Each runs on the demo company as it stands (`tests/tools/racine/pipelines/test_templates.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tools.errors import ChooseAnother, CorrectInput, nearest
from tools.racine.blanks import filled_in, values_for
from tools.racine.pipelines.stages import Stage


@dataclass(frozen=True)
class Template:
    """A pipeline with blanks. `defaults`: what an argument is where it isn't given."""

    name: str
    title: str
    description: str
    stages: tuple[dict[str, Any], ...]
    arguments: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)


SOURCE = {"source": "The source's name, such as crm"}
EVERY_SOURCE = {
    "name": "sources",
    "steps": [{"id": "all", "operation": "data_sources.list_sources", "arguments": {"limit": 100}}],
}
REFRESH = {
    "name": "refresh",
    "title": "See what is new in each source",
    "on_failure": "continue",
    "steps": [
        {
            "id": "discover",
            "operation": "data_sources.discover_assets",
            "arguments": {"source": {"$ref": "item.id"}},
            "each": {"over": {"$ref": "sources.all.items"}},
        }
    ],
}
TABLES = {
    "id": "tables",
    "operation": "catalog.list_assets",
    "arguments": {"source": "{source}", "kind": "table", "limit": 500},
}


def _tag_each(tag: str) -> dict[str, Any]:
    return {
        "id": "mark",
        "operation": "catalog.tag_asset",
        "arguments": {"asset": {"$ref": "item.id"}, "tag": tag},
        "each": {"over": {"$ref": "tables.items"}, "limit": 500},
    }


def _judge(**arguments: str) -> dict[str, Any]:
    return {
        "name": "judge",
        "title": "Apply the rules",
        "steps": [
            {
                "id": "evaluate",
                "operation": "compliance.evaluate_compliance",
                "arguments": arguments,
            }
        ],
    }


TEMPLATES = (
    Template(
        "onboard-source",
        "Onboard a source",
        "Discover a registered source, scan it, judge it, and certify its tables if it passes.",
        (
            {
                "name": "discover",
                "steps": [
                    {
                        "id": "assets",
                        "operation": "data_sources.discover_assets",
                        "arguments": {"source": "{source}"},
                    }
                ],
            },
            {
                "name": "scan",
                "steps": [
                    {
                        "id": "values",
                        "operation": "scan_logic.start_scan",
                        "arguments": {"source": "{source}"},
                        "retry": {"attempts": 2},
                    }
                ],
            },
            _judge(source="{source}"),
            {
                "name": "certify",
                "title": "Mark the tables as certified",
                "gate": {
                    "kind": "compliance",
                    "source": "{source}",
                    "framework": "{framework}",
                    "score": "{score}",
                    "reason": "Only what complies well enough is certified.",
                },
                "steps": [TABLES, _tag_each("certified")],
            },
        ),
        SOURCE
        | {
            "framework": "The framework it is judged by (gdpr)",
            "score": "Share of checks that must pass, 0 to 1 (0.3)",
        },
        {"framework": "gdpr", "score": "0.3"},
    ),
    Template(
        "nightly-governance",
        "Nightly governance",
        "Refresh and scan every source, apply the rules, and gather what people look at next day.",
        (
            EVERY_SOURCE,
            REFRESH,
            {
                "name": "scan",
                "title": "Scan each source",
                "on_failure": "continue",
                "steps": [
                    {
                        "id": "values",
                        "operation": "scan_logic.start_scan",
                        "arguments": {"source": {"$ref": "item.id"}},
                        "each": {"over": {"$ref": "sources.all.items"}},
                    }
                ],
            },
            _judge(),
            {
                "name": "report",
                "steps": [
                    {
                        "id": "critical",
                        "operation": "compliance.list_findings",
                        "arguments": {"severity": "critical"},
                    },
                    {"id": "sensitive", "operation": "classifications.summarize_sensitivity"},
                    {"id": "gaps", "operation": "compliance.find_gaps"},
                ],
            },
        ),
    ),
    Template(
        "release-gate",
        "Release gate",
        "Judge a source; if it passes, ask people to release its tables, else show what is wrong.",
        (
            _judge(source="{source}"),
            {
                "name": "check",
                "title": "No finding stands in the way",
                "gate": {
                    "kind": "compliance",
                    "source": "{source}",
                    "severity": "{severity}",
                    "reason": "Nothing is released over an open finding.",
                },
                "on_failure": "branch",
                "branch": "hold",
            },
            {
                "name": "hold",
                "title": "Show what is wrong",
                "steps": [
                    {
                        "id": "findings",
                        "operation": "compliance.list_findings",
                        "arguments": {"source": "{source}"},
                    }
                ],
            },
            {
                "name": "release",
                "needs": ["check"],
                "gate": {"kind": "approval", "reason": "Release the tables of {source}?"},
                "steps": [TABLES, _tag_each("released")],
            },
        ),
        SOURCE | {"severity": "No open finding of this severity or more (critical)"},
        {"severity": "critical"},
    ),
    Template(
        "quarter-end",
        "Quarter-end evidence",
        "Refresh everything, judge it by a framework, gather the evidence, and have it signed off.",
        (
            EVERY_SOURCE,
            REFRESH,
            _judge(framework="{framework}"),
            {
                "name": "evidence",
                "steps": [
                    {
                        "id": "posture",
                        "operation": "compliance.get_posture",
                        "arguments": {"framework": "{framework}"},
                    },
                    {
                        "id": "findings",
                        "operation": "compliance.list_findings",
                        "arguments": {"framework": "{framework}", "limit": 500},
                    },
                    {
                        "id": "gaps",
                        "operation": "compliance.find_gaps",
                        "arguments": {"framework": "{framework}"},
                    },
                    {"id": "people", "operation": "rbac.list_users", "arguments": {"limit": 500}},
                    {"id": "trail", "operation": "activity.verify_audit_trail"},
                ],
            },
            {
                "name": "sign-off",
                "gate": {"kind": "approval", "reason": "Is the evidence of this quarter complete?"},
            },
        ),
        {"framework": "The framework (gdpr)"},
        {"framework": "gdpr"},
    ),
    Template(
        "data-product",
        "Data product",
        "Check that a table is good enough, see what hangs on it, and mark it as a data product.",
        (
            {
                "name": "look",
                "steps": [
                    {
                        "id": "asset",
                        "operation": "catalog.get_asset",
                        "arguments": {"asset": "{asset}"},
                    },
                    {
                        "id": "impact",
                        "operation": "catalog.analyze_impact",
                        "arguments": {"asset": "{asset}"},
                    },
                ],
            },
            {
                "name": "mark",
                "gate": {
                    "kind": "quality",
                    "asset": "{asset}",
                    "score": "{score}",
                    "reason": "A data product has few flaws.",
                },
                "steps": [
                    {
                        "id": "tag",
                        "operation": "catalog.tag_asset",
                        "arguments": {"asset": {"$ref": "look.asset.id"}, "tag": "data product"},
                    }
                ],
            },
        ),
        {
            "asset": "The table, such as crm.customers",
            "score": "Share that must be without findings (0.5)",
        },
        {"score": "0.5"},
    ),
)


def find_template(name: str) -> Template:
    """The template of that name.

    Raises:
        ChooseAnother: there is none; the nearest names are offered.
    """
    for template in TEMPLATES:
        if template.name == name:
            return template
    raise ChooseAnother(
        f"There is no pipeline template '{name}'.",
        nearest(name, [template.name for template in TEMPLATES]),
        field="template",
    )


def stages_from(template: Template, arguments: Mapping[str, str]) -> list[Stage]:
    """The template's stages with its arguments put in.

    Raises:
        CorrectInput: an argument is missing, unknown, or of no use where it stands.
    """
    values = values_for(template.name, template.arguments, template.defaults, arguments)
    try:
        return [Stage.model_validate(filled_in(stage, values)) for stage in template.stages]
    except ValueError:
        raise CorrectInput(
            f"The template {template.name} can't use these arguments.",
            f"{'; '.join(f'{name}: {said}' for name, said in template.arguments.items())}.",
            field="arguments",
        ) from None
