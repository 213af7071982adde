"""Fragments and pronouns mean what the conversation was about."""

from __future__ import annotations

from agent.planning.types import Entity, Focus
from tests.agent.planning.world import about, calls, hear

COLUMNS = "classifications.list_classified_columns"
LISTED = Focus(
    about("s-pagila"),
    COLUMNS,
    {"category": "g-personal", "source": "s-pagila"},
    about("pagila.customer.email", "pagila.customer.phone"),
)


def test_another_source() -> None:
    expected = [(COLUMNS, {"category": "g-personal", "source": "s-northwind"})]
    for text in ("and in northwind?", "and northwind?", "what about northwind?"):
        assert calls(text, LISTED) == expected


def test_a_narrower_list() -> None:
    filters = {"category": "g-personal", "source": "s-pagila"}
    assert calls("only the e-mail ones", LISTED) == [(COLUMNS, {**filters, "label": "l-email"})]
    assert calls("which of them does no rule cover?", LISTED) == [
        (COLUMNS, {**filters, "uncovered": True})
    ]


def test_those_are_the_last_results_one_call_each() -> None:
    assert calls("tag those as pii", LISTED) == [
        ("catalog.tag_asset", {"asset": column, "tag": "t-pii"})
        for column in ("pagila.customer.email", "pagila.customer.phone")
    ]


def test_more_than_a_plan_holds_is_asked_about() -> None:
    many = tuple(Entity("column", f"c{i}", f"pagila.wide.c{i}") for i in range(26))
    got = hear("tag those as pii", Focus(last_results=many))
    assert got.calls == ()
    assert "26" in (got.question or "")
    assert len(hear("tag those as pii", Focus(last_results=many[:25])).calls) == 25


def test_it_is_what_was_spoken_of() -> None:
    focus = Focus(about("pagila.film"), "catalog.get_asset", {"asset": "pagila.film"})
    assert calls("who owns it?", focus) == [("catalog.list_owners", {"asset": "pagila.film"})]
    assert calls("make Dana its owner", focus) == [
        ("catalog.set_owner", {"asset": "pagila.film", "owner": "u-dana"})
    ]
    assert calls("what breaks without that table?", focus) == [
        ("catalog.analyze_impact", {"asset": "pagila.film"})
    ]


def test_an_ambiguous_name_is_of_the_source_in_focus() -> None:
    expected = [("catalog.get_asset", {"asset": "northwind.Customer"})]
    assert calls("describe customer", Focus(about("s-northwind"))) == expected
    assert calls("describe customer", Focus(about("northwind.Order"))) == expected


def test_why() -> None:
    asked = {"framework": "f-gdpr", "source": "s-pagila"}
    focus = Focus(about("f-gdpr", "s-pagila"), "compliance.get_posture", asked)
    assert calls("why?", focus) == [("compliance.list_findings", asked)]
    assert calls("is pagila compliant with GDPR and why not?") == [
        ("compliance.get_posture", asked),
        ("compliance.list_findings", asked),
    ]


def test_a_change_is_never_repeated_from_a_fragment() -> None:
    focus = Focus(
        about("pagila.film"), "catalog.tag_asset", {"asset": "pagila.film", "tag": "t-pii"}
    )
    got = hear("and pagila.customer?", focus)
    assert got.calls == ()
    assert "pagila.customer" in (got.question or "")


def test_a_fragment_without_a_conversation_is_no_repetition() -> None:
    assert calls("and northwind?") == [("data_sources.get_source", {"source": "s-northwind"})]
