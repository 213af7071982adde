"""Groups that are bounded or averaged, what is left out of a list, and what is only guessed."""

from __future__ import annotations

import pytest

from agent.likeness import Likeness
from agent.planning.types import Focus, Understanding
from agent.planning.understand import understand
from evals.planner import everything
from tests.agent.planning.world import LEXICON, TODAY

CARDS = everything().cards
LIKENESS = Likeness(CARDS)


def heard(text: str) -> Understanding:
    """What the planner makes of a text, with every operation that there is."""
    return understand(text, LEXICON, CARDS, Focus(), LIKENESS, TODAY)


@pytest.mark.parametrize(
    ("text", "operation", "group", "least", "most"),
    [
        ("Which tables have more than 5 columns with personal data?",
         "classifications.list_classified_columns", "column<", 6, None),
        ("Which sources have at least 60 findings?", "compliance.list_findings", "subject^", 60,
         None),
        ("Which owners have fewer than 3 tables?", "catalog.list_assets", "owner=", None, 2),
        ("How many tables per owner, only those with more than 3?", "catalog.list_assets",
         "owner=", 4, None),
    ],
)  # fmt: skip
def test_a_figure_bounds_what_is_counted_by_group(
    text: str, operation: str, group: str, least: int | None, most: int | None
) -> None:
    (call,) = heard(text).calls
    assert call.operation == operation
    assert call.shape is not None
    assert (call.shape.group, call.shape.least, call.shape.most) == (group, least, most)


@pytest.mark.parametrize(
    ("text", "operation", "noun"),
    [
        ("What's the average number of columns per table?", "catalog.list_assets", "table"),
        ("How many findings does a source have on average?", "compliance.list_findings", "source"),
    ],
)  # fmt: skip
def test_a_mean_is_of_groups(text: str, operation: str, noun: str) -> None:
    (call,) = heard(text).calls
    assert call.operation == operation
    assert call.shape is not None
    assert call.shape.average
    assert call.shape.noun == noun


def test_what_was_done_longest_ago_comes_first() -> None:
    (call,) = heard("Which source hasn't been scanned for the longest time?").calls
    assert call.operation == "data_sources.list_sources"
    assert call.shape is not None
    assert (call.shape.field, call.shape.descending) == ("scanned_at", False)


@pytest.mark.parametrize(
    ("text", "operation", "value"),
    [
        ("Show me everything but GDPR findings", "compliance.list_findings", "f-gdpr"),
        ("Which scans did not fail?", "scan_logic.list_scans", "completed with failures"),
        ("List all users except the administrators", "rbac.list_users", "r-admin"),
    ],
)
def test_what_is_denied_is_left_out_and_never_asked_for(
    text: str, operation: str, value: str
) -> None:
    got = heard(text)
    (call,) = got.calls
    assert call.operation == operation
    assert value not in call.arguments.values()
    assert call.shape is not None
    assert [one.value for one in call.shape.but] == [value]
    assert got.not_understood == ()


def test_who_may_not_is_no_denied_status() -> None:
    assert heard("Which people can not see pagila.film?").calls[0].shape is None


def test_a_condition_behind_a_but_is_of_the_same_list() -> None:
    (call,) = heard("Which tables have no description but have an owner?").calls
    assert call.arguments == {"kind": "table", "without": "description", "having": "owner"}


def test_what_is_asked_of_the_first_is_put_off_and_said() -> None:
    got = heard("Which table has the most columns, and who owns it?")
    assert got.calls[0].shape is not None
    assert "“who owns it”" in got.told


def test_the_worst_come_first_where_so_many_are_asked_for() -> None:
    (call,) = heard("Show the top 3 findings").calls
    assert call.shape is not None
    assert (call.shape.field, call.shape.top) == ("severity", 3)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Find all customer tables owned by the Marketing team", "Marketing team"),
        ("Find all datasets owned by the growth team", "growth team"),
        ("Show the most popular glossary terms", "most popular"),
        ("Show me all PII columns in the Customer domain", "Customer domain"),
    ],
)
def test_what_a_list_cant_keep_to_is_told(text: str, said: str) -> None:
    assert any(said in one for one in heard(text).unheeded)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Who is listed as the owner of `customer_details`?", "customer_details"),
        ("Are there open findings on pagila.refunds?", "pagila.refunds"),
        ("Show the findings of crm.film", "crm.film"),
    ],
)
def test_a_name_that_isnt_here_is_asked_about_and_not_passed_over(text: str, name: str) -> None:
    got = heard(text)
    assert got.calls == ()
    assert f"“{name}”" in (got.question or "")


@pytest.mark.parametrize(
    "text",
    ["What's the typical size of our metadata?", "Which tables contain data about children?"],
)
def test_a_plain_word_is_no_name_that_isnt_here(text: str) -> None:
    assert not (heard(text).question or "").startswith("There is no")


def test_the_next_scan_is_asked_about_and_none_is_started() -> None:
    got = heard("How often is pagila scanned, and when is the next scan?")
    assert {one.operation for one in got.calls} == {"scan_logic.list_scan_schedules"}


def test_a_likely_reading_is_answered_as_a_guess_with_others_to_choose() -> None:
    got = heard("Which department has the worst data quality?")
    assert got.guessed
    assert got.calls[0].operation == "catalog.list_quality_checks"
    assert "I'm not sure" in got.told
    assert got.options
    for option in got.options:
        again = heard(option)
        assert again.calls
        assert not again.guessed


@pytest.mark.parametrize(
    "text", ["never delete the source pagila", "I don't want you to tag film as pii"]
)
def test_what_is_not_to_be_done_is_no_guess(text: str) -> None:
    assert heard(text).calls == ()
