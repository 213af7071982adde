"""Requests that used to end in a question without a way on: each is done, or leads somewhere."""

from __future__ import annotations

import pytest

from agent.likeness import Likeness
from agent.planning.types import Asked, Focus, Understanding
from agent.planning.understand import understand
from evals.planner import everything
from tests.agent.planning.world import LEXICON, TODAY
from tools.compliance.rules import Rule

CARDS = everything().cards
LIKENESS = Likeness(CARDS)


def heard(text: str, asked: Asked | None = None) -> Understanding:
    """What the planner makes of a text, with every operation that there is."""
    return understand(text, LEXICON, CARDS, Focus(asked=asked), LIKENESS, TODAY)


def _call(got: Understanding) -> tuple[str, dict[str, object]]:
    assert got.question is None, got.question
    assert got.not_understood == ()
    return got.calls[0].operation, got.calls[0].arguments


@pytest.mark.parametrize(
    ("text", "gives"),
    [
        ("Create a role 'bookkeeper' that may only read scans and labels",
         ["scan_logic.read", "classifications.read"]),
        ("Create a role bookkeeper that can see the catalog", ["catalog.read"]),
        ("Create a role called bookkeeper that can view compliance and manage labels",
         ["compliance.read", "classifications.write"]),
    ],
)  # fmt: skip
def test_a_role_is_made_of_what_it_may_do(text: str, gives: list[str]) -> None:
    operation, arguments = _call(heard(text))
    assert operation == "rbac.create_role"
    assert (arguments["name"], arguments["permissions"]) == ("bookkeeper", gives)


def test_a_new_label_is_asked_for_its_category_and_is_none_that_there_is() -> None:
    asking = heard("Create a label called member_code, internal, for card numbers of members")
    assert asking.slot == "category"
    assert "I know nothing" not in (asking.question or "")
    asked = Asked(asking.heard, asking.asks, asking.doubt, asking.options)
    operation, arguments = _call(heard("personal", asked))
    assert operation == "classifications.create_label"
    assert (arguments["title"], arguments["sensitivity"]) == ("member_code", "internal")
    assert "label" not in arguments


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        ("Carry all labels of pagila.customer downstream",
         "classifications.propagate_classification"),
        ("Re-run all compliance checks for pagila", "compliance.evaluate_compliance"),
    ],
)  # fmt: skip
def test_all_is_the_own_scope_of_what_takes_its_object_in_whole(text: str, operation: str) -> None:
    assert _call(heard(text))[0] == operation


@pytest.mark.parametrize("text", ["Delete all labels", "Certify every table", "Disable everyone"])
def test_all_is_asked_about_where_it_would_be_many_changes(text: str) -> None:
    assert heard(text).calls == ()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Classify pagila.film.title as confidential", {"sensitivity": "confidential"}),
        ("Raise the sensitivity of pagila.film.title to restricted", {"sensitivity": "restricted"}),
    ],
)
def test_a_level_of_sensitivity_shows_the_labels_that_have_it(
    text: str, shown: dict[str, object]
) -> None:
    got = heard(text)
    assert [(one.operation, one.arguments) for one in got.calls] == [
        ("classifications.list_labels", shown)
    ]
    assert (got.asks, got.slot) == ("classifications.set_classification", "label")
    assert "level of sensitivity" in (got.question or "")


@pytest.mark.parametrize(
    "text",
    [
        "Drop the table pagila.film from the database",
        "Alter table pagila.film add column rating",
        "Rename the column pagila.film.title to name",
        "Create a table called films in pagila",
        "Insert a row into pagila.film",
    ],
)
def test_what_would_change_a_database_is_declined_with_what_can_be_done(text: str) -> None:
    got = heard(text)
    assert got.calls == ()
    assert "change nothing in your databases" in (got.honest or "")
    assert got.nearest


@pytest.mark.parametrize(
    ("text", "absent", "operation"),
    [
        ("Which Redshift clusters are there?", "Redshift", "data_sources.list_sources"),
        ("Which Unity Catalog schemas are there?", "Unity Catalog", "data_sources.list_sources"),
        ("Show all Kafka topics", "Kafka", "catalog.list_assets"),
        ("List the Tableau workbooks", "Tableau", "catalog.list_assets"),
    ],
)
def test_what_a_platform_calls_its_things_is_what_they_are_here(
    text: str, absent: str, operation: str
) -> None:
    got = heard(text)
    assert got.absent == (absent,)
    assert [one.operation for one in got.calls] == [operation]


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("What is derived from pagila.film?", "downstream"),
        ("What is pagila.film derived from?", "upstream"),
    ],
)
def test_what_is_derived_from_a_table_lies_below_it(text: str, direction: str) -> None:
    assert _call(heard(text))[1]["direction"] == direction


@pytest.mark.parametrize(
    ("text", "judged", "condition"),
    [
        ("Create a rule that every table with personal data has a description",
         {"kinds": ["table"], "categories": ["g-personal"]}, {"type": "has_description"}),
        ("Add a compliance rule: databases in staging are scanned every two weeks",
         {"kinds": ["source"], "environments": ["staging"]},
         {"type": "scanned_within", "days": 14}),
        ("Add a high-severity rule that all restricted columns must be reviewed",
         {"kinds": ["column"], "sensitivity_at_least": "restricted"},
         {"type": "has_classification_reviewed"}),
        ("Make a policy that tables tagged pii need an owner", {"kinds": ["table"]},
         {"type": "any_of", "conditions": [
             {"type": "not", "condition": {"type": "tag_present", "any_of": ["pii"]}},
             {"type": "has_owner"}]}),
    ],
)  # fmt: skip
def test_a_rule_is_made_of_its_sentence(
    text: str, judged: dict[str, object], condition: dict[str, object]
) -> None:
    operation, arguments = _call(heard(text))
    assert operation == "compliance.create_rule"
    assert (arguments["applies_to"], arguments["condition"]) == (judged, condition)
    rule = {name: one for name, one in arguments.items() if name != "operation"}
    Rule.model_validate({"id": "said", **rule})


@pytest.mark.parametrize(
    "text",
    [
        "Create a rule that every table is blue",
        "Create a rule that every table by the sea has an owner",
        "Create a rule that every table is scanned by hand every week",
        "Don't create a rule that every table has an owner",
    ],
)
def test_a_rule_that_is_not_understood_to_the_last_word_is_not_made(text: str) -> None:
    assert "compliance.create_rule" not in [one.operation for one in heard(text).calls]


@pytest.mark.parametrize("text", ["Fix it", "Please fix that", "Yes, go ahead"])
def test_what_points_at_nothing_is_asked_or_told(text: str) -> None:
    got = heard(text)
    assert got.calls == ()
    assert got.options or got.nearest


def test_who_sees_a_kind_of_data_is_told_with_where_it_lies() -> None:
    got = heard("Who can access PII?")
    assert [(one.operation, one.arguments) for one in got.calls] == [
        ("rbac.who_can", {"permission": "unmask"}),
        ("classifications.list_classified_columns", {"category": "g-personal"}),
    ]


@pytest.mark.parametrize(
    ("text", "operation", "arguments"),
    [
        ("Which sources are in production?", "data_sources.list_sources",
         {"environment": "production"}),
        ("Show the open findings that nobody is assigned to", "compliance.list_findings",
         {"owner": "nobody"}),
        ("Unassigned findings in pagila", "compliance.list_findings",
         {"source": "s-pagila", "owner": "nobody"}),
        ("Findings of Dana Whitfield", "compliance.list_findings", {"owner": "u-dana"}),
        ("Who may alter labels in pagila?", "rbac.who_can",
         {"permission": "classifications.write", "source": "s-pagila"}),
        ("Who has write access to pagila.film?", "rbac.who_can",
         {"permission": "write", "asset": "pagila.film"}),
        ("Scan pagila with a sample of 300 values per column", "scan_logic.start_scan",
         {"source": "s-pagila", "sample_size": 300}),
        ("Grant Dana Whitfield administrator rights on pagila", "rbac.grant_role",
         {"user": "u-dana", "role": "r-admin", "source": "s-pagila"}),
    ],
)  # fmt: skip
def test_conditions_are_neither_dropped_nor_turned_round(
    text: str, operation: str, arguments: dict[str, object]
) -> None:
    assert _call(heard(text)) == (operation, arguments)


@pytest.mark.parametrize(
    ("text", "argument", "value"),
    [
        ("Which of our sources are not production?", "environment", "production"),
        ("Findings that are not critical", "severity", "critical"),
        ("Which tables are not tagged pii?", "tag", "t-pii"),
    ],
)
def test_what_is_denied_is_left_out_of_the_answer(text: str, argument: str, value: str) -> None:
    (call,) = heard(text).calls
    assert argument not in call.arguments
    assert "without" not in call.arguments
    assert call.shape is not None
    assert [(one.argument, one.value) for one in call.shape.but] == [(argument, value)]
