"""Lists as they are asked for: ranked, counted by group, bounded; and what is asked back."""

from __future__ import annotations

import datetime
import typing

import pytest

from agent.likeness import Likeness
from agent.planning.shaping import COUNTED, FIELDS, MOST_READ
from agent.planning.types import Asked, Entity, Focus, Shape, Understanding
from agent.planning.understand import understand
from tests.agent.planning.test_examples_lead import CARDS, _lexicon
from tests.agent.planning.world import TODAY
from tools.registry import Registry

LEXICON = _lexicon()
LIKENESS = Likeness(CARDS)
ME = Entity("person", "Dana Kim", "Dana Kim")


def hear(text: str, focus: Focus | None = None) -> Understanding:
    return understand(text, LEXICON, CARDS, focus or Focus(me=ME), LIKENESS, TODAY)


def shape(text: str, operation: str) -> Shape:
    got = hear(text)
    assert [call.operation for call in got.calls] == [operation], got
    found = got.calls[0].shape
    assert found is not None
    assert got.calls[0].arguments["limit"] == MOST_READ
    return found


@pytest.mark.parametrize("operation", sorted(FIELDS))
def test_what_a_list_is_told_by_are_fields_of_its_items(operation: str) -> None:
    result = next(one.result for one in Registry() if one.name == operation)
    items = result.model_fields["items"].annotation
    (item,) = typing.get_args(items)
    names = {field.rstrip(COUNTED) for field in FIELDS[operation].values()}
    assert names <= set(item.model_fields)


@pytest.mark.parametrize(
    ("text", "operation", "field", "descending", "top"),
    [
        ("What are the three biggest tables?", "catalog.list_assets", "row_count", True, 3),
        ("top 3 tables by rows", "catalog.list_assets", "row_count", True, 3),
        ("smallest table in crm", "catalog.list_assets", "row_count", False, None),
        ("What is the oldest scan?", "scan_logic.list_scans", "started_at", False, None),
        ("Show me the 5 latest scans", "scan_logic.list_scans", "started_at", True, 5),
        ("tables with the most tags", "catalog.list_assets", "tags", True, None),
        ("list tables in crm by row count", "catalog.list_assets", "row_count", True, None),
        ("Which rule has the fewest open findings?", "compliance.list_rules", "open_findings",
         False, None),
    ],
)  # fmt: skip
def test_superlatives_rank_a_list(
    text: str, operation: str, field: str, descending: bool, top: int | None
) -> None:
    found = shape(text, operation)
    assert (found.field, found.descending, found.top) == (field, descending, top)


@pytest.mark.parametrize(
    ("text", "operation", "group", "superlative"),
    [
        ("Which data source has the most findings?", "compliance.list_findings", "subject^", True),
        ("How many columns with personal data do we have per source?",
         "classifications.list_classified_columns", "column^", False),
        ("Break down the open findings by severity", "compliance.list_findings", "severity", False),
        ("Which table has the most columns?", "catalog.list_assets", "qualified_name<", True),
        ("the largest source", "catalog.list_assets", "qualified_name^", True),
    ],
)  # fmt: skip
def test_groups_are_counted(text: str, operation: str, group: str, superlative: bool) -> None:
    found = shape(text, operation)
    assert found.group == group
    assert bool(found.measure) is superlative


@pytest.mark.parametrize(
    ("text", "having", "source"),
    [
        ("What share of the tables in crm has an owner?", "owner", "source/crm"),
        ("How many percent of our tables are documented?", "description", None),
        ("What is the description coverage of shop?", "description", "source/shop"),
    ],
)
def test_a_share_is_a_list_and_the_list_that_it_is_a_part_of(
    text: str, having: str, source: str | None
) -> None:
    part, whole = hear(text).calls
    assert part.operation == whole.operation == "catalog.list_assets"
    assert part.shape is not None and part.shape.share
    assert part.arguments["having"] == having and "having" not in whole.arguments
    assert part.arguments.get("source") == whole.arguments.get("source") == source


def test_what_one_table_is_to_hold_together_is_one_filter() -> None:
    email, phone = "label/e-mail address", "label/phone number"
    (both,) = hear("Which tables hold both email and phone?").calls
    assert both.arguments["labels"] == [email, phone]
    (one,) = hear("tables with an email column but no phone number").calls
    assert one.arguments["labels"] == [email]
    assert one.arguments["without_labels"] == [phone]


def test_what_tables_have_is_never_what_they_lack() -> None:
    (call,) = hear("Which tables have a description?").calls
    assert call.arguments["having"] == "description" and "without" not in call.arguments
    (call,) = hear("tables without an owner in crm").calls
    assert (call.arguments["without"], call.arguments["source"]) == ("owner", "source/crm")


def test_postures_are_ranked_and_set_side_by_side() -> None:
    (call,) = hear("Which data source has the lowest compliance score?").calls
    assert call.operation == "compliance.get_posture" and "limit" not in call.arguments
    assert call.shape is not None
    assert (call.shape.group, call.shape.descending) == ("by_source", False)
    both = hear("Do we fare better with HIPAA or with GDPR?").calls
    assert [one.arguments["framework"] for one in both] == ["framework/HIPAA", "framework/GDPR"]


def test_groups_are_told_with_what_is_in_them() -> None:
    found = shape("Which sensitivity levels are there and what belongs to each?",
                  "classifications.list_labels")  # fmt: skip
    assert (found.group, found.named) == ("sensitivity", True)
    laws = shape("Which laws apply to crm.customers?", "classifications.list_classified_columns")
    assert (laws.group, laws.named) == ("regulations", True)


@pytest.mark.parametrize(
    ("text", "unheeded"),
    [
        ("Which terms don't have a description?", ("don't have a description",)),
        ("Which domains had no changes in the last 3 weeks?", ("in the last 3 weeks",)),
        ("List the sources, how many do we have today?", ()),
        ("Which tables of crm have no owner?", ()),
        ("list the sources but don't scan them", ()),
    ],
)
def test_a_condition_that_no_call_takes_is_told(text: str, unheeded: tuple[str, ...]) -> None:
    assert hear(text).unheeded == unheeded


def test_all_that_lies_in_a_source_can_be_changed_at_once() -> None:
    got = hear("Tag all tables of crm as retail")
    assert {one.operation for one in got.calls} == {"catalog.tag_asset"}
    assert [one.arguments["asset"] for one in got.calls] == [
        "crm.contacts", "crm.customers", "crm.orders",
    ]  # fmt: skip
    assert not got.not_understood


def test_what_takes_its_place_is_no_reason() -> None:
    (call,) = hear("Deprecate crm.contacts, use crm.customers instead").calls
    assert call.arguments["asset"] == "crm.contacts"
    assert call.arguments["successor"] == "crm.customers"


def test_nothing_is_changed_without_a_verb_for_it() -> None:
    for text in ("sensitive data in lake", "personal data in the crm source"):
        got = hear(text)
        assert all(CARDS[one.operation].effect == "read" for one in got.calls), got.calls


def test_bounds_are_kept_to() -> None:
    over = shape("Tables in crm with more than 1,000 rows", "catalog.list_assets")
    assert (over.field, over.least, over.most) == ("row_count", 1001, None)
    under = shape("labels with at most ten columns", "classifications.list_labels")
    assert (under.field, under.least, under.most) == ("columns", None, 10)
    never = shape("sources that were never scanned", "data_sources.list_sources")
    assert (never.field, never.empty) == ("scanned_at", True)
    late = shape("sources not scanned in 30 days", "data_sources.list_sources")
    assert late.most == TODAY - datetime.timedelta(30)


def test_an_operations_own_order_stays() -> None:
    for text, operation in (
        ("Which people own the most tables?", "catalog.list_owners"),
        ("Show me the ten most used tables", "catalog.get_usage"),
    ):
        (call,) = hear(text).calls
        assert (call.operation, call.shape) == (operation, None)


@pytest.mark.parametrize(
    ("text", "lack"),
    [
        ("Which tables have never been profiled?", "profile"),
        ("tables without a data contract", "contract"),
        ("Which tables have no lineage at all?", "lineage"),
        ("Which tables have no quality checks?", "quality_check"),
        ("tables that are not in a domain", "domain"),
    ],
)
def test_what_tables_lack_is_a_filter(text: str, lack: str) -> None:
    (call,) = hear(text).calls
    assert call.operation == "catalog.list_assets"
    assert call.arguments["without"] == lack


@pytest.mark.parametrize(
    ("text", "operation", "argument", "names"),
    [
        ("Make crm.customers and shop.orders owned by Dana", "catalog.set_owner", "asset",
         ["crm.customers", "shop.orders"]),
        ("Make Ben a steward of crm and an analyst of shop", "rbac.grant_role", "source",
         ["source/crm", "source/shop"]),
        ("Profile crm.customers and shop.orders", "catalog.profile_asset", "asset",
         ["crm.customers", "shop.orders"]),
        ("Describe crm.customers and shop.orders", "catalog.get_asset", "asset",
         ["crm.customers", "shop.orders"]),
    ],
)  # fmt: skip
def test_each_of_what_is_listed_is_done(
    text: str, operation: str, argument: str, names: list[str]
) -> None:
    got = hear(text)
    assert {call.operation for call in got.calls} == {operation}
    assert [call.arguments[argument] for call in got.calls] == names


def test_what_comes_to_nothing_is_told() -> None:
    got = hear("Tag crm.customers as pii near shop.orders")
    assert [call.operation for call in got.calls] in ([], ["catalog.tag_asset"])
    assert got.not_understood or got.question


def test_one_that_is_not_here_is_asked_about() -> None:
    got = hear("Certify shop.orders and crm.foo")
    assert got.calls == ()
    assert got.question is not None
    assert "“crm.foo”" in got.question
    assert "crm.orders" in got.options


def test_a_name_that_no_call_takes_is_asked_about() -> None:
    got = hear("Does jo.doe@example.com have read access to crm.customers?")
    assert got.question is not None
    assert "jo.doe@example.com" in got.question
    assert "Dana Kim" in got.options


def test_a_domain_that_is_not_there_can_be_made() -> None:
    got = hear("Move crm.customers to the Logistics domain")
    assert "Create the domain Logistics" in got.options


def test_one_who_asks_is_meant_by_me() -> None:
    (given,) = hear("Give me the analyst role").calls
    assert given.arguments["user"] == ME.id
    (listed,) = hear("Which tables do I own?").calls
    assert listed.arguments["owner"] == ME.id
    assert "owner" not in hear("Give me a list of tables").calls[0].arguments


def test_what_can_be_done_instead_is_understood_as_it_stands() -> None:
    got = hear("frobnicate the quality checks sideways")
    assert got.not_understood
    assert got.options
    far = hear("frobnicate crm.customers sideways")
    assert far.question is None
    assert "Describe crm.customers" in far.nearest
    for option in (*got.options, *far.nearest):
        again = hear(option)
        assert again.calls
        assert again.question is None


def test_one_of_what_can_be_done_instead_is_chosen_by_its_place() -> None:
    text = "frobnicate the quality checks sideways"
    got = hear(text)
    asked = Asked(text, got.asks, "", got.options)
    again = hear("the first one", Focus(asked=asked))
    assert again.calls == hear(got.options[0]).calls
