"""Requests in wordier or other words than the examples': they come to the same calls."""

from __future__ import annotations

import pytest

from agent.planning.types import Focus
from agent.planning.understand import understand
from evals.planner import everything
from tests.agent.planning.world import LEXICON, about, calls, hear

REGISTER, DISCOVER, SCAN = (
    "data_sources.register_source",
    "data_sources.discover_assets",
    "scan_logic.start_scan",
)


@pytest.mark.parametrize(
    "text",
    [
        "I've got a SQLite file at /tmp/nw.sqlite, please hook it up under the name nw and look it "
        "through for sensitive data",
        "Could you bring the database /tmp/nw.sqlite on board (call it nw) and then check it for "
        "PII?",
        "add a source called nw from /tmp/nw.sqlite and tell me what personal data it holds",
        "Take /tmp/nw.sqlite in as a source called nw, then scan it",
    ],
)
def test_a_new_source_is_discovered_and_scanned_before_it_is_asked_about(text: str) -> None:
    named = {"name": "nw", "kind": "sqlite", "location": "/tmp/nw.sqlite"}
    assert calls(text) == [
        (REGISTER, named),
        (DISCOVER, {"source": {"$ref": "0.id"}}),
        (SCAN, {"source": {"$ref": "0.id"}}),
    ]


def test_a_name_for_a_source_is_made_one_that_it_may_have() -> None:
    for said, name in (("my films", "my_films"), ("9", "db_9")):
        ((_, arguments),) = calls(f'register /tmp/x.sqlite as "{said}"')
        assert arguments["name"] == name


@pytest.mark.parametrize(
    "text",
    [
        "kick off another scan on pagila",
        "please scan pagila once more",
        "Please go over pagila again looking for sensitive stuff",
        "Have another look at pagila for personal data",
    ],
)
def test_scans_again(text: str) -> None:
    assert calls(text) == [(SCAN, {"source": "s-pagila"})]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mark the film table with the tag pii", ("catalog.tag_asset", {"tag": "t-pii"})),
        ("put the label pii onto pagila.film", ("catalog.tag_asset", {"tag": "t-pii"})),
        ("pagila.film needs the tag pii", ("catalog.tag_asset", {"tag": "t-pii"})),
        (
            "From now on Dana Whitfield looks after pagila.film",
            ("catalog.set_owner", {"owner": "u-dana"}),
        ),
        ("put Dana in charge of pagila.film", ("catalog.set_owner", {"owner": "u-dana"})),
        ("give pagila.film to Dana", ("catalog.set_owner", {"owner": "u-dana"})),
        (
            'The description of pagila.film should read "all films"',
            ("catalog.describe_asset", {"description": "all films"}),
        ),
        (
            'Note for pagila.film that it holds "all films"',
            ("catalog.describe_asset", {"description": "all films"}),
        ),
    ],
)
def test_changes_to_a_table(text: str, expected: tuple[str, dict[str, object]]) -> None:
    operation, arguments = expected
    assert calls(text) == [(operation, {"asset": "pagila.film", **arguments})]


def test_a_name_of_two_words_takes_both_before_the_role() -> None:
    expected = [("rbac.grant_role", {"user": "u-dana", "role": "r-admin"})]
    for text in (
        "make Dana Whitfield an administrator",
        "let Dana Whitfield act as administrator",
        "Dana Whitfield needs the administrator role",
    ):
        assert calls(text) == expected


def test_what_needs_the_plan_is_said_to_wait() -> None:
    cards = everything().cards
    got = understand("scan pagila and show me what it found", LEXICON, cards, Focus())
    assert [one.operation for one in got.calls] == [SCAN]
    assert got.later == ("show me what it found",)


def test_those_after_an_empty_list_are_none() -> None:
    focus = Focus(about("pagila.film"), "catalog.list_assets", {}, (), empty=True)
    got = hear("tag those as pii", focus)
    assert got.calls == ()
    assert got.question is not None


def test_the_source_of_a_table_is_the_source_spoken_of() -> None:
    focus = Focus(about("pagila.film"), "catalog.get_asset", {"asset": "pagila.film"})
    assert calls("is it compliant with GDPR?", focus) == [
        ("compliance.get_posture", {"framework": "f-gdpr", "source": "pagila"})
    ]


def test_a_list_goes_on_where_it_stopped() -> None:
    focus = Focus((), "catalog.list_assets", {"without": "owner"}, cursor="MjA=")
    for text in ("show me the rest", "the rest please", "and the others?"):
        assert calls(text, focus) == [
            ("catalog.list_assets", {"without": "owner", "cursor": "MjA="})
        ]


def test_an_unknown_framework_is_named() -> None:
    for text in ("Is pagila compliant with SOX?", "are we in line with ISO 42001?"):
        got = hear(text)
        assert got.calls == ()
        assert "GDPR" in (got.honest or "")


def test_a_condition_of_later_never_happens_now() -> None:
    got = hear("Every night at 2 Berlin time, scan pagila and then evaluate GDPR")
    assert got.calls == ()
    assert "schedule" in (got.honest or "")
