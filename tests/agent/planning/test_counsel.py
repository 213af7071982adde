"""Symptoms, advice and judgements: what is read for them, and what they don't touch."""

from __future__ import annotations

import pytest

from agent.likeness import Likeness
from agent.planning.types import Asked, Focus, Understanding
from agent.planning.understand import understand
from evals.planner import everything
from tests.agent.planning.world import ENTITIES, LEXICON, TODAY

CARDS = everything().cards
LIKENESS = Likeness(CARDS)


def heard(text: str, focus: Focus | None = None) -> Understanding:
    """What the planner makes of a text, with every operation that there is."""
    return understand(text, LEXICON, CARDS, focus or Focus(), LIKENESS, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "Why is pagila.film empty since yesterday?",
        "pagila.film shows nothing since last night, what could be the cause?",
        "The row count of pagila.film dropped by 40% - what happened?",
        "Why did the film table drop 40% yesterday?",
        "investigate the wrong totals in pagila.film",
    ],
)
def test_a_symptom_of_a_table_reads_all_that_could_be_behind_it(text: str) -> None:
    got = heard(text)
    assert got.view == "diagnosis"
    read = {one.operation: one.arguments for one in got.calls}
    assert got.calls[0].operation == "catalog.get_lineage"
    assert read["catalog.get_lineage"] == {"asset": "pagila.film", "direction": "upstream"}
    assert read["scan_logic.list_scans"] == {"source": "pagila"}
    assert {
        "catalog.get_quality", "catalog.compare_schemas", "activity.search",
        "data_sources.check_health", "workflows.list_executions", "assistant.anomalies",
    } <= read.keys()  # fmt: skip
    assert all(CARDS[one].effect == "read" for one in read)


def test_a_symptom_is_looked_at_from_the_day_that_is_named() -> None:
    (schema,) = (
        one
        for one in heard("Why is pagila.film wrong since 2024-05-01?").calls
        if one.operation == "catalog.compare_schemas"
    )
    assert schema.arguments["since"] == "2024-05-01"


def test_the_nearest_table_stands_for_a_dashboard_that_isnt_here() -> None:
    got = heard("The film dashboard shows nothing, what could be the cause?")
    assert got.calls[0].arguments["asset"] == "pagila.film"
    assert "There is no “film dashboard” here" in got.told
    assert "`pagila.film` comes nearest" in got.told


def test_of_several_that_are_near_one_can_be_chosen() -> None:
    text = "Row count dropped on prod.customer_orders, what happened?"
    got = heard(text)
    assert got.view == "diagnosis"
    assert got.question is not None
    asked = Asked(text, got.asks, got.doubt, got.options)
    again = heard("northwind.Order", Focus(asked=asked))
    assert again.calls[0].operation == "catalog.get_lineage"
    assert again.calls[0].arguments["asset"] == "northwind.Order"


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        ("Why is pagila not compliant with GDPR?", "compliance.get_posture"),
        ("What is wrong in pagila?", "compliance.list_findings"),
        ("Why did the scan fail?", "scan_logic.list_scans"),
        ("Why can't Bob see pagila.customer.email?", "rbac.check_access"),
    ],
)
def test_what_has_a_reason_of_its_own_is_no_symptom(text: str, operation: str) -> None:
    got = heard(text)
    assert got.view == ""
    assert got.calls[0].operation == operation


@pytest.mark.parametrize(
    "text",
    ["Which quality checks should I add to pagila.film?", "Suggest tests for pagila.film",
     "What data quality tests should I add for the film table?"],
)  # fmt: skip
def test_checks_are_advised_of_the_table_and_its_profile(text: str) -> None:
    got = heard(text)
    assert got.view == "checks"
    assert {one.operation for one in got.calls} == {
        "catalog.get_quality", "catalog.get_asset", "catalog.get_profile"
    }  # fmt: skip
    assert all(one.arguments == {"asset": "pagila.film"} for one in got.calls)


@pytest.mark.parametrize(
    "text",
    ["Can I trust pagila.film for a board report?", "How reliable is pagila.film?",
     "Check the health of the film table", "Is pagila.film fit for reporting?"],
)  # fmt: skip
def test_whether_a_table_can_be_relied_on_is_judged(text: str) -> None:
    got = heard(text)
    assert got.view == "standing"
    assert all(one.arguments == {"asset": "pagila.film"} for one in got.calls)


def test_a_name_of_several_tables_is_asked_about_and_the_choice_leads_on() -> None:
    text = "Can I rely on the customer table?"
    got = heard(text)
    assert set(got.options) == {"pagila.customer", "northwind.Customer"}
    again = heard("pagila.customer", Focus(asked=Asked(text, got.asks, got.doubt, got.options)))
    assert again.view == "standing"


def test_a_pipelines_health_is_no_tables() -> None:
    assert heard("Is the nightly pipeline healthy?").view == ""


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        ("What are best practices for naming glossary terms?", "catalog.list_glossary_terms"),
        ("Suggest a glossary outline for sales", "catalog.list_glossary_terms"),
        ("How should we organise our data domains?", "catalog.list_domains"),
        ("How should we manage access rights?", "rbac.review_access"),
        ("What should we fix first?", "assistant.recommendations"),
        ("What are our top 3 risks?", "assistant.recommendations"),
    ],
)
def test_advice_says_what_is_good_and_reads_how_it_is_here(text: str, operation: str) -> None:
    got = heard(text)
    assert got.told
    assert got.calls[0].operation == operation


def test_an_order_is_no_question_for_advice() -> None:
    got = heard("Write a note that the recommendation team uses the glossary")
    assert not got.told
    assert [one for one in got.calls if CARDS[one.operation].effect == "read"] == []


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Which table should I use for revenue analysis?", "revenue"),
        ("What dataset would I use to analyse marketing campaigns?", "marketing campaigns"),
    ],
)
def test_what_is_to_be_used_for_something_is_searched_for(text: str, topic: str) -> None:
    (call,) = heard(text).calls
    assert (call.operation, call.arguments) == ("catalog.search_assets", {"query": topic})


def test_who_should_own_it_reads_who_works_with_it() -> None:
    got = heard("Who should own pagila.film?")
    assert got.calls[0].operation == "catalog.list_owners"
    assert "activity.search" in {one.operation for one in got.calls}
    assert got.told


def test_how_something_is_done_is_told_by_what_does_it() -> None:
    got = heard("How do I connect a PostgreSQL database?")
    assert "Register a data source" in got.told
    assert got.smalltalk == "how_to"
    read = heard("How do I find personal data?")
    assert read.smalltalk is None
    assert "Which columns hold personal data?" in read.nearest


def test_this_table_is_asked_about_where_nothing_is_in_view() -> None:
    got = heard("What is this table for?")
    assert got.calls == ()
    assert got.question is not None
    assert got.options
    seen = heard("What is this table for?", Focus(entities=(ENTITIES["pagila.film"],)))
    assert seen.question is None
