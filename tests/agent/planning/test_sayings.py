"""What goes by another name elsewhere comes to what it is here."""

from __future__ import annotations

from typing import Any

import pytest

from agent.planning.types import Focus
from agent.planning.understand import understand
from evals.planner import everything

WORLD = everything()
CLASSIFIED = "classifications.list_classified_columns"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Which datasets contain GDPR-sensitive information?",
            [(CLASSIFIED, {"category": "group:personal", "limit": 500})],
        ),
        (
            "Which entities are subject to the HIPAA regulation?",
            [(CLASSIFIED, {"category": "group:health", "limit": 500})],
        ),
        (
            "Replace the tag gold with silver on shop.orders",
            [
                ("catalog.untag_asset", {"tag": "tag:gold", "asset": "asset:shop.orders"}),
                ("catalog.tag_asset", {"asset": "asset:shop.orders", "tag": "silver"}),
            ],
        ),
        ("Give me my daily to-do list", [("activity.list_tasks", {})]),
        ("Are there any governance red flags?", [("assistant.insights", {})]),
        (
            "Propose a remediation plan for shop.orders",
            [("compliance.list_findings", {"asset": "asset:shop.orders"})],
        ),
        ("check all workflows for low success rates", [("workflows.analytics", {})]),
    ],
)
def test_it_is_heard_in_our_words(text: str, expected: list[tuple[str, dict[str, Any]]]) -> None:
    heard = understand(text, WORLD.lexicon, WORLD.cards, Focus(), None, WORLD.today)
    assert heard.question is None
    assert [(one.operation, one.arguments) for one in heard.calls] == expected


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        ("Are we compliant with GDPR?", "compliance.get_posture"),
        ("Show the framework GDPR", "compliance.get_framework"),
        ("Which findings are there under GDPR?", "compliance.list_findings"),
    ],
)
def test_what_has_its_own_name_here_keeps_it(text: str, operation: str) -> None:
    heard = understand(text, WORLD.lexicon, WORLD.cards, Focus(), None, WORLD.today)
    assert heard.calls[0].operation == operation
