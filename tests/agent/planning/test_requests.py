"""Requests for changes as people put them: what each comes to, with all its arguments."""

from __future__ import annotations

from typing import Any

import pytest

from agent.planning.types import Focus, Understanding
from agent.planning.understand import understand
from tests.agent.planning.test_open_ends import CARDS, LIKENESS, heard
from tests.agent.planning.world import ENTITIES, LEXICON, TODAY

CUSTOMER, FILM = "pagila.customer", "pagila.film"


def called(text: str) -> list[tuple[str, dict[str, object]]]:
    """The calls of a text, and that nothing of it is left or asked."""
    got = heard(text)
    assert got.question is None, got.question
    assert got.not_understood == ()
    return [(one.operation, one.arguments) for one in got.calls]


def changes(got: Understanding) -> list[str]:
    return [one.operation for one in got.calls if CARDS[one.operation].effect != "read"]


@pytest.mark.parametrize(
    "text",
    [
        "every Monday at 7 scan pagila, then evaluate GDPR and tell me",
        "Create a workflow that scans pagila, then evaluates GDPR",
        "Set up a nightly job that scans pagila and then evaluates GDPR",
        "Evaluate GDPR every day at 6",
        "Whenever the schema of pagila changes, scan it",
    ],
)
def test_several_steps_or_a_time_become_a_workflow(text: str) -> None:
    assert called(text) == [("workflows.propose", {"request": text})]


def test_what_nobody_can_do_makes_no_workflow() -> None:
    got = heard("Create a workflow that notifies the data steward when PII is found")
    assert got.honest and got.nearest and not got.calls


def test_an_unknown_event_does_nothing_now() -> None:
    got = heard("Every time a new table appears in pagila, tag pagila.film as pii")
    assert got.honest and not got.calls


@pytest.mark.parametrize(
    ("text", "name", "means"),
    [
        ("Add a business term MRR: monthly recurring revenue", "MRR", "monthly recurring revenue"),
        ('Define a business term "Net revenue" as "what is left"', "Net revenue", "what is left"),
        ("Define active user as somebody who signed in", "active user", "somebody who signed in"),
    ],
)
def test_a_term_is_defined(text: str, name: str, means: str) -> None:
    assert called(text) == [("catalog.create_glossary_term", {"name": name, "definition": means})]


def test_a_term_without_its_meaning_is_asked_about_and_kept() -> None:
    got = heard("Define a business term for Churn Rate")
    assert (got.asks, got.slot) == ("catalog.create_glossary_term", "definition")
    assert got.given == {"name": "Churn Rate"} and not got.calls


def test_a_term_lies_in_its_domain() -> None:
    ((_, arguments),) = called("Create a term Reach in the Sales domain: who can be mailed")
    assert arguments == {"name": "Reach", "definition": "who can be mailed", "domain": "Sales"}


def test_to_discover_and_classify_is_a_scan() -> None:
    assert called("Discover and classify PII in pagila") == [
        ("scan_logic.start_scan", {"source": "s-pagila"})
    ]


def test_a_new_term_is_linked_to_what_it_explains() -> None:
    made, linked = called("Create a term Reach: who can be mailed, and link it to pagila.customer")
    assert made[1]["name"] == "Reach"
    assert linked == (
        "catalog.link_glossary_term", {"term": {"$ref": "0.id"}, "asset": CUSTOMER}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("Remind Dana to review pagila.film by Friday",
         {"title": "Review pagila.film", "assignee": "u-dana", "due_on": "2024-05-17",
          "about": FILM}),
        ("Create a task for Bob to describe the rules until 2024-06-01",
         {"title": "Describe the rules", "assignee": "u-bob", "due_on": "2024-06-01"}),
        ("Raise an incident on pagila.film: ratings are wrong",
         {"title": "Incident on pagila.film: ratings are wrong", "about": FILM}),
    ],
)  # fmt: skip
def test_a_task_has_its_person_day_and_subject(text: str, arguments: dict[str, Any]) -> None:
    assert called(text) == [("activity.create_task", arguments)]


def test_a_ticket_is_said_to_be_a_task_here() -> None:
    assert "becomes a task" in (heard("Open a ticket for Dana about null e-mails").honest or "")


def test_who_asks_is_reminded() -> None:
    focus = Focus(me=ENTITIES["u-dana"])
    got = understand("Remind me to check the labels", LEXICON, CARDS, focus, LIKENESS, TODAY)
    assert got.calls[0].arguments == {"title": "Check the labels", "assignee": "u-dana"}


def test_to_be_told_about_something_is_no_task() -> None:
    assert changes(heard("Tell me about pagila.film")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Dry run: tag pagila.film as gold",
        "Tag pagila.film as gold but don't run it yet",
        "Show me what would change if I tagged pagila.film with gold",
        "Show me the plan to tag pagila.film as gold but do not execute",
        "Tag pagila.film as gold, but only after Dana approved it",
    ],
)
def test_a_word_of_caution_leaves_the_change_a_plan(text: str) -> None:
    assert called(text) == [("catalog.tag_asset", {"asset": FILM, "tag": "gold"})]


@pytest.mark.parametrize(
    "text",
    [
        "Tag all tables in pagila as gold without touching film",
        "Tag all tables in pagila as gold, except for pagila.film",
    ],
)
def test_what_is_not_to_be_touched_is_out_of_the_plan(text: str) -> None:
    assert called(text) == [("catalog.tag_asset", {"asset": CUSTOMER, "tag": "gold"})]


def test_a_scan_spares_a_table() -> None:
    ((operation, arguments),) = called("Scan pagila without touching film")
    assert operation == "scan_logic.start_scan"
    assert arguments["assets"] == [CUSTOMER]


def test_what_is_to_be_spared_has_to_be_known() -> None:
    got = heard("Tag all tables in pagila as gold without touching the flux")
    assert got.question and not got.calls


def test_a_condition_stays_one() -> None:
    assert changes(heard("tag pagila.film as pii once the review is done")) == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Write a description for pagila.film", None),
        ("Document all columns of pagila.film", "columns"),
        ("Generate table and column descriptions for pagila.film", "both"),
    ],
)
def test_a_description_is_drafted(text: str, parts: str | None) -> None:
    arguments = {"asset": FILM} | ({"parts": parts} if parts else {})
    assert called(text) == [("catalog.draft_descriptions", arguments)]


def test_each_table_of_a_source_is_drafted() -> None:
    assert [
        one["asset"] for _, one in called("Generate descriptions for the tables in pagila")
    ] == [
        CUSTOMER,
        FILM,
    ]


def test_a_description_that_is_given_is_no_draft() -> None:
    assert called('Document pagila.film as "All films"') == [
        ("catalog.describe_asset", {"asset": FILM, "description": "All films"})
    ]


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("Check that pagila.film has at least 1000 rows", {"kind": "row_count", "minimum": 1000}),
        ("Make sure the rows of pagila.film stay under 5,000",
         {"kind": "row_count", "maximum": 5000}),
        ("Alert me when the row count of pagila.film drops below 10",
         {"kind": "row_count", "minimum": 10}),
        ("Add a freshness check on pagila.film: no older than 2 days",
         {"kind": "freshness", "hours": 48}),
    ],
)  # fmt: skip
def test_a_check_has_its_figures(text: str, arguments: dict[str, Any]) -> None:
    assert called(text) == [("catalog.define_quality_check", {"asset": FILM, **arguments})]


def test_two_plain_checks_are_two() -> None:
    got = called("Add checks: phone must be unique and never null in pagila.customer")
    assert [one["kind"] for _, one in got] == ["not_null", "unique"]


def test_accepted_values_are_listed() -> None:
    ((_, arguments),) = called("Check that pagila.film.title is one of open, paid or shipped")
    assert arguments["values"] == ["open", "paid", "shipped"]


def test_checks_that_say_nothing_are_asked_about_in_requests_that_are_understood() -> None:
    got = heard("Create quality tests for pagila.customer")
    assert got.asks == "catalog.define_quality_check" and not got.calls
    assert [called(one)[0][0] for one in got.options] == [got.asks] * len(got.options)


def test_columns_are_listed_beside_their_table() -> None:
    assert called("Tag the columns email and phone of pagila.customer as gold") == [
        ("catalog.tag_asset", {"asset": f"{CUSTOMER}.{name}", "tag": "gold"})
        for name in ("email", "phone")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Mark email and phone in pagila.customer as restricted",
        "Mark the email and phone columns of pagila.customer as confidential",
        "Mark A and B columns as restricted",
    ],
)
def test_a_label_that_nobody_named_is_never_planned(text: str) -> None:
    got = heard(text)
    assert got.question and changes(got) == []


def test_several_tags_are_several_changes() -> None:
    assert called("Tag pagila.film with gold and finance") == [
        ("catalog.tag_asset", {"asset": FILM, "tag": "gold"}),
        ("catalog.tag_asset", {"asset": FILM, "tag": "finance"}),
    ]


def test_orders_share_their_end() -> None:
    assert called("Add the owner Dana Whitfield and the tag finance to pagila.film") == [
        ("catalog.set_owner", {"owner": "u-dana", "asset": FILM}),
        ("catalog.tag_asset", {"tag": "finance", "asset": FILM}),
    ]


def test_what_a_message_makes_is_used_by_the_next_order() -> None:
    got = heard("Create a domain Retail owned by Dana and move pagila.film into it")
    assert [one.operation for one in got.calls] == ["catalog.create_domain", "catalog.set_domain"]
    assert got.calls[1].arguments["domain"] == {"$ref": "0.id"}
    assert got.calls[1].needs == (0,)


def test_a_grant_ends_with_the_day_that_is_said() -> None:
    ((_, arguments),) = called("Make Bob an administrator of pagila until Friday")
    assert arguments["valid_until"] == "2024-05-17T23:59:59Z"


def test_somebody_invited_has_a_name_and_a_role() -> None:
    ((_, arguments),) = called("Invite jane.doe@example.org as an administrator")
    assert arguments == {
        "email": "jane.doe@example.org", "name": "Jane Doe", "role": "r-admin",
    }  # fmt: skip


def test_a_reason_has_neither_the_level_nor_the_day_in_it() -> None:
    ((_, arguments),) = called("Certify pagila.film as gold because finance reconciled it")
    assert (arguments["level"], arguments["reason"]) == ("gold", "finance reconciled it")
    ((_, arguments),) = called(
        "Deprecate pagila.film because nobody reads it, sunset on 2025-01-31"
    )
    assert (arguments["reason"], arguments["sunset_on"]) == ("nobody reads it", "2025-01-31")


def test_a_comment_that_nothing_takes_is_told() -> None:
    got = heard('Make Dana the owner of pagila.film with a comment "handover"')
    assert changes(got) == ["catalog.set_owner"]
    assert "handover" in (got.honest or "")


def test_a_retention_period_is_a_tag() -> None:
    got = heard("Set the retention of pagila.film to 5 years")
    assert got.calls[0].arguments == {"asset": FILM, "tag": "retention:5y"}


def test_a_report_is_of_what_was_evaluated() -> None:
    *_, (operation, arguments) = called("Evaluate GDPR and export the result as PDF")
    assert operation == "compliance.export_report"
    assert (arguments["framework"], arguments["format"]) == ("f-gdpr", "pdf")


def test_when_done_another_order_follows() -> None:
    assert [one for one, _ in called("Scan pagila; when done evaluate GDPR")] == [
        "scan_logic.start_scan",
        "compliance.evaluate_compliance",
    ]


def test_a_change_of_all_that_is_so_lists_what_it_would_be_about() -> None:
    got = heard("Transfer all assets owned by Dana to Bob")
    assert [(one.operation, one.arguments) for one in got.calls] == [
        ("catalog.list_assets", {"owner": "u-dana"})
    ]
    assert got.question


@pytest.mark.parametrize(
    "text",
    [
        "Archive pagila.film",
        "Rename pagila.film to pagila.movie",
        "Rotate the API key of Bob",
        "Escalate the open findings",
        "Notify the owner of pagila.film",
        "Subscribe me to pagila.film",
        "Approve the access request of Bob",
        "Remediate all critical findings",
        "Restrict access to pagila.film to the finance team",
        "Reset Bob's password",
        "Add lineage from pagila.film to pagila.customer",
        "Write a data retention policy",
        "Generate a RoPA for pagila",
        "Rate pagila.film 5 stars",
        "Create a masking policy for pagila.customer.email",
        "Deduplicate pagila.customer",
    ],
)
def test_what_cannot_be_done_is_said_with_what_can(text: str) -> None:
    got = heard(text)
    assert got.honest and got.nearest
    assert changes(got) == []


def test_everything_of_a_person_is_a_choice() -> None:
    got = heard("Revoke everything of Bob Okafor")
    assert "Disable Bob Okafor" in got.options and not got.calls


@pytest.mark.parametrize(
    "text",
    [
        "Make Bob a gardener of the Finance domain until end of year",
        "Update the owner of pagila.film to Dana, and Bob as the gardener",
    ],
)
def test_a_change_that_passes_over_a_person_or_a_role_is_not_planned(text: str) -> None:
    assert "catalog.create_domain" not in changes(heard(text))


def test_an_owner_comes_from_one_and_goes_to_another() -> None:
    assert called("Change the owner of pagila.film from Bob to Dana") == [
        ("catalog.set_owner", {"asset": FILM, "owner": "u-dana"})
    ]


def test_a_grant_begins_with_the_day_that_is_said() -> None:
    ((_, arguments),) = called("Make Bob an administrator of pagila from next Monday")
    assert arguments["valid_from"] == "2024-05-20T00:00:00Z"
    assert "valid_until" not in arguments


def test_a_scan_is_of_the_tables_that_it_is_to_be_of() -> None:
    ((_, arguments),) = called("Scan pagila, but only the film table")
    assert arguments["assets"] == [FILM]


def test_to_be_told_is_no_part_of_a_change() -> None:
    got = heard("Scan pagila and let me know when it's done")
    assert changes(got) == ["scan_logic.start_scan"] and got.honest


def test_a_rule_has_the_severity_at_its_end() -> None:
    ((_, arguments),) = called("Create a rule: every table must have an owner, severity critical")
    assert arguments["severity"] == "critical"


def test_nobody_is_deleted() -> None:
    got = heard("Delete user Bob Okafor")
    assert "Disable Bob Okafor" in got.options and not got.calls
