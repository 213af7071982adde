"""What people ask for comes out as the calls they mean."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agent.planning.lexicon import Lexicon
from agent.planning.types import Card, Focus
from agent.planning.understand import understand
from tests.agent.planning.world import CARDS, LEXICON, TODAY, calls, hear
from tools.registry import Registry


def test_registering_and_scanning_discovers_in_between() -> None:
    got = hear("Register /data/pagila2.sqlite as pagila2, scan it for personal data")
    created = {"$ref": "0.id"}
    assert [(c.operation, c.arguments, c.needs) for c in got.calls] == [
        (
            "data_sources.register_source",
            {"name": "pagila2", "kind": "sqlite", "location": "/data/pagila2.sqlite"},
            (),
        ),
        ("data_sources.discover_assets", {"source": created}, (0,)),
        ("scan_logic.start_scan", {"source": created}, (0, 1)),
    ]


@pytest.mark.parametrize(
    ("location", "kind", "name"),
    [
        ("/data/hr.db", "sqlite", "hr"),
        ("C:\\data\\hr.sqlite", "sqlite", "hr"),
        ("/data/lake.duckdb", "duckdb", "lake"),
        ("/exports/april", "files", "april"),
        ("/exports/april.csv", "files", "april"),
        ("postgresql://u:p@db.internal:5432/ledger?sslmode=require", "postgresql", "ledger"),
        ("postgres+psycopg://db/ledger", "postgresql", "ledger"),
    ],
)
def test_a_source_is_named_and_typed_by_its_location(location: str, kind: str, name: str) -> None:
    [(operation, arguments)] = calls(f"please register {location}")
    assert operation == "data_sources.register_source"
    assert arguments == {"name": name, "kind": kind, "location": location}


def test_two_questions_in_one_sentence_share_their_filter() -> None:
    text = "which columns in pagila hold personal data, and which of them does no rule cover?"
    filters = {"category": "g-personal", "source": "s-pagila"}
    assert calls(text) == [
        ("classifications.list_classified_columns", filters),
        ("classifications.list_classified_columns", {**filters, "uncovered": True}),
    ]


def test_two_changes_of_one_thing_depend_on_each_other() -> None:
    got = hear("tag pagila.customer.email as pii and make Dana its owner")
    column = "pagila.customer.email"
    assert [(c.operation, c.arguments, c.needs) for c in got.calls] == [
        ("catalog.tag_asset", {"asset": column, "tag": "t-pii"}, ()),
        ("catalog.set_owner", {"asset": column, "owner": "u-dana"}, (0,)),
    ]


def test_describing_reads_until_a_description_is_given() -> None:
    assert calls("describe film") == [("catalog.get_asset", {"asset": "pagila.film"})]
    assert calls("describe film as 'All films'") == [
        ("catalog.describe_asset", {"asset": "pagila.film", "description": "All films"})
    ]


def test_a_column_is_found_by_where_it_lies() -> None:
    expected = [("catalog.get_asset", {"asset": "pagila.customer.email"})]
    assert calls("describe the email column of customer in pagila") == expected
    assert calls("describe pagila's customer.email") == expected
    assert calls("Describe `pagila.customer.email`.") == expected


def test_an_ambiguous_name_is_asked_about() -> None:
    read, change = hear("describe customer"), hear("tag customer as pii")
    assert read.calls == change.calls == ()
    assert read.options == change.options == ("northwind.Customer", "pagila.customer")


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("start a scan", "data source"),
        ("tag pagila.film", "tag"),
        ("add a description to pagila.film", "description"),
        ("grant Bob access to pagila", "role"),
        ("create a user", "e-mail"),
        ("register a database", "path"),
        ("who owns it?", "table or column"),
    ],
)
def test_what_is_missing_is_asked_for(text: str, missing: str) -> None:
    got = hear(text)
    assert got.calls == ()
    assert missing in (got.question or "")


@pytest.mark.parametrize(
    ("text", "operation", "unknown"),
    [
        ("set owner of revenue_daily to @kim", "catalog.set_owner", "revenue_daily"),
        ("what feeds the revenue dashboard?", "catalog.get_lineage", "revenue dashboard"),
        ("why can't Vera see pagila.film?", "rbac.check_access", "Vera"),
    ],
)
def test_a_name_that_nothing_goes_by_is_asked_about(
    text: str, operation: str, unknown: str
) -> None:
    got = hear(text)
    assert got.calls == ()
    assert got.question is not None
    assert f"“{unknown}”" in got.question
    assert got.asks == operation
    assert got.options


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("what feeds film?", "upstream"),
        ("what does film feed?", "downstream"),
        ("what depends on film?", "downstream"),
        ("what does film depend on?", "upstream"),
        ("show upstream and downstream lineage of film", "both"),
    ],
)
def test_the_direction_of_lineage(text: str, direction: str) -> None:
    assert calls(text) == [
        ("catalog.get_lineage", {"asset": "pagila.film", "direction": direction})
    ]


def test_only_the_callers_operations_are_called() -> None:
    cards = {name: card for name, card in CARDS.items() if name != "catalog.tag_asset"}
    got = understand("tag film as pii", LEXICON, cards, Focus(), None, TODAY)
    assert got.calls == ()
    assert got.not_understood == ("tag film as pii",)
    assert got.question is not None
    assert got.options


def test_closed_values_are_spelt_as_the_operation_spells_them() -> None:
    name = "classifications.list_classified_columns"
    status = {"anyOf": [{"$ref": "#/$defs/Status"}, {"type": "null"}]}
    schema = {"properties": {"status": status}, "$defs": {"Status": {"enum": ["PENDING", "DONE"]}}}
    cards = {**CARDS, name: replace(CARDS[name], parameters=schema)}
    got = understand("list suggested classifications", LEXICON, cards, Focus(), None, TODAY)
    assert got.calls[0].arguments == {"status": "PENDING"}


def test_names_of_arguments_follow_the_schema() -> None:
    name = "workflows.status"
    cards = {**CARDS, name: replace(CARDS[name], parameters={"properties": {"execution_id": {}}})}
    got = understand("status of execution exec-7", LEXICON, cards, Focus(), None, TODAY)
    assert got.calls[0].arguments == {"execution_id": "exec-7"}


def test_the_latest_is_named_only_where_the_operation_takes_it() -> None:
    name, described = "activity.undo", {"description": "An activity's id, or 'latest'"}
    cards = {
        **CARDS,
        name: replace(CARDS[name], parameters={"properties": {"activity": described}}),
    }
    got = understand("undo the last change", LEXICON, cards, Focus(), None, TODAY)
    assert [c.arguments for c in got.calls] == [{"activity": "latest"}]
    asked = hear("undo the last change")
    assert asked.calls == ()
    assert asked.question is not None


def test_between_equal_readings_similarity_decides_or_a_question_does() -> None:
    text, findings, gaps = "gaps findings GDPR", "compliance.list_findings", "compliance.find_gaps"
    asked = hear(text)
    assert asked.calls == ()
    assert len(asked.options) == 2
    assert asked.question is not None
    for wanted, other in ((findings, gaps), (gaps, findings)):
        got = hear(text, similarity=lambda _, w=wanted, o=other: [(w, 0.8), (o, 0.5)])  # type: ignore[misc]
        assert [c.operation for c in got.calls] == [wanted]
    assert hear(text, similarity=lambda _: [(findings, 0.61), (gaps, 0.60)]).question is not None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Good morning!", "greeting"),
        ("thanks a lot", "thanks"),
        ("what can you do?", "help"),
        ("how do I register a source?", "how_to"),
        ("What is the weather like today?", "out_of_scope"),
        ("Explain how neural networks work", "out_of_scope"),
    ],
)
def test_small_talk_calls_nothing(text: str, kind: str) -> None:
    got = hear(text)
    assert got.smalltalk == kind
    assert got.calls == ()


def test_what_is_passed_over_is_said() -> None:
    assert hear("list the sources, and frobnicate the flux").not_understood


@pytest.mark.parametrize("text", ["", " ", "?!", "\n\n", "'", '"', "((", "§1 ¶2", "a" * 5000])
def test_odd_input_comes_to_nothing_quietly(text: str) -> None:
    assert hear(text).calls == ()


def test_the_same_message_is_always_understood_the_same() -> None:
    text = "tag pagila.customer.email and pagila.customer.phone as pii, then scan pagila"
    assert hear(text) == hear(text)


@pytest.mark.parametrize(
    ("words", "operation", "arguments"),
    [
        ("Run the workflow weekly-sweep", "workflows.execute", {"workflow": "weekly-sweep"}),
        ("Start the pipeline nightly now", "pipelines.execute", {"pipeline": "nightly"}),
        ("Which workflows run on a schedule?", "workflows.schedules", {}),
        ("Which workflow templates are there?", "workflows.templates", {}),
        (
            "Create a workflow from the template weekly-pii-sweep",
            "workflows.create_from_template",
            {"template": "weekly-pii-sweep"},
        ),
        ("Undo the whole execution", "workflows.undo", {}),
        ("What slows the pipeline nightly down?", "pipelines.bottlenecks", {"pipeline": "nightly"}),
        ("Which plans wait for my approval?", "assistant.list_plans", {}),
        ("List the approval rules", "approvals.list_rules", {}),
        ("Revoke the standing policy words", "approvals.revoke_policy", {"policy": "words"}),
        ("Which tasks are open?", "activity.list_tasks", {}),
        ("Review access", "rbac.review_access", {}),
    ],
)
def test_plans_workflows_and_pipelines_are_reached_by_words(
    words: str, operation: str, arguments: dict[str, str]
) -> None:
    cards = {
        one.name: Card(one.name, one.summary, one.examples, one.effect.value, one.schema)
        for one in Registry()
        if one.agent
    }
    (call,) = understand(words, Lexicon([]), cards, Focus()).calls
    assert (call.operation, call.arguments) == (operation, arguments)
