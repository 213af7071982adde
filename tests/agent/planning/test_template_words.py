"""Workflows and pipelines from templates, with what the sentence says of their blanks."""

from __future__ import annotations

import pytest

from agent.planning.types import Focus, Understanding
from agent.planning.understand import understand
from evals.planner import everything
from tests.agent.planning.world import LEXICON, TODAY

CARDS = everything().cards


def hear(text: str) -> Understanding:
    return understand(text, LEXICON, CARDS, Focus(), None, TODAY)


@pytest.mark.parametrize(
    ("text", "template", "arguments"),
    [
        (
            "Create a workflow from the template quarter-end-compliance for GDPR",
            "quarter-end-compliance",
            {"framework": "f-gdpr"},
        ),
        (
            "use the template quality-gate for the film table",
            "quality-gate",
            {"asset": "pagila.film"},
        ),
        ("set up the schema drift watch for pagila", "schema-drift-watch", {"source": "pagila"}),
        ("please make the access review workflow", "access-review", None),
        ("Set up the weekly PII sweep", "weekly-pii-sweep", None),
        ("I want the GDPR evidence pack template", "gdpr-evidence-pack", None),
    ],
)
def test_a_template_is_filled_from_the_sentence(
    text: str, template: str, arguments: dict[str, object] | None
) -> None:
    (call,) = hear(text).calls
    expected: dict[str, object] = {"template": template}
    assert call.operation == "workflows.create_from_template"
    assert call.arguments == expected | ({"arguments": arguments} if arguments else {})


def test_a_pipeline_s_template_makes_a_pipeline() -> None:
    (call,) = hear("Create the pipeline nightly-governance from its template").calls
    assert call.operation == "pipelines.create_from_template"
    assert call.arguments["template"] == "nightly-governance"


def test_what_it_needs_is_asked_for_in_sentences_that_say_it() -> None:
    asked = hear("Create a workflow from the template schema-drift-watch")
    assert asked.question is not None
    assert asked.question.startswith("The template schema-drift-watch needs to know: ")
    said = "Create a workflow from the template schema-drift-watch for northwind"
    assert said in asked.options
    (call,) = hear(said).calls
    assert call.arguments["arguments"] == {"source": "northwind"}


def test_what_it_has_no_place_for_is_said() -> None:
    assert hear("Set up the weekly PII sweep for pagila").unheeded == ("pagila",)


@pytest.mark.parametrize(
    "text", ["Run the weekly-pii-sweep workflow", "What does the template quality-gate do?"]
)
def test_what_makes_none_is_left_to_others(text: str) -> None:
    assert "create_from_template" not in str(hear(text).calls)
