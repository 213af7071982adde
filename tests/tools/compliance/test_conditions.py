"""Every condition says a true sentence, passes on what it should and never on what isn't known."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from tools.compliance.conditions import Condition
from tools.compliance.facts import (
    AssetFacts,
    CheckFact,
    Downstream,
    Facts,
    KeyFact,
    LabelFact,
    Reader,
    SourceFacts,
    UserFacts,
)
from tools.compliance.rules import Outcome, Rule, Selector, evaluate

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
EMAIL = LabelFact("email", "personal", "confidential", "confirmed")
CVV = LabelFact("card_cvv", "payment", "restricted", on="crm.cards.cvv", score=0.97)
BARE_SOURCE = SourceFacts(id="s0", qualified_name="crm", as_of=NOW)
SOURCE = SourceFacts(
    id="s1",
    qualified_name="crm",
    as_of=NOW,
    environment="production",
    encrypted_at_rest=True,
    encrypted_in_transit=False,
    credentials_encrypted=True,
    discovered_at=NOW - timedelta(days=3),
    last_scanned_at=NOW - timedelta(days=30),
)
BARE = AssetFacts(id="a0", qualified_name="crm.t.c", kind="column", as_of=NOW, source=BARE_SOURCE)
RICH = AssetFacts(
    id="a1",
    qualified_name="crm.people.email",
    kind="column",
    as_of=NOW,
    source=SOURCE,
    owners=("Ada", "Omar"),
    description="The confirmed address.",
    tags=frozenset({"gold", "retention:7y"}),
    labels=(EMAIL,),
    grants=3,
    last_scanned_at=NOW - timedelta(days=40),
    readers_unmasked=(
        Reader("Omar", frozenset({"steward"})),
        Reader("Yuki", frozenset({"analyst", "steward"})),
        Reader("Leo", frozenset({"viewer"})),
    ),
    upstream=("web.form.email",),
    downstream=(
        Downstream("shop.customers.email", "shop", environment="test"),
        Downstream("crm.v_people.email", "crm", frozenset({"email"}), "production"),
    ),
    idle_owners=("Omar",),
    certification="silver",
    deprecated_at=NOW - timedelta(days=9),
    sunset_on="2026-03-30",
    profiled_at=NOW - timedelta(days=3),
    checks=(
        CheckFact("email not null", "not_null", "passed", NOW - timedelta(days=2)),
        CheckFact("email unique", "unique", "failed", NOW - timedelta(days=2)),
        CheckFact("email range", "range"),
    ),
)
CARDS = AssetFacts(
    id="a2",
    qualified_name="crm.cards",
    kind="table",
    as_of=NOW,
    source=SOURCE,
    labels=(CVV,),
    owners=("Ada",),
    tags=frozenset({"retention:90d"}),
    oldest={"created_at": NOW - timedelta(days=91), "birth_date": NOW - timedelta(days=9_000)},
    checks=(CheckFact("paid fresh", "freshness", "passed", NOW - timedelta(days=2)),),
)
IDLE = UserFacts(
    id="u1",
    qualified_name="Leo",
    as_of=NOW,
    grants=2,
    labels=(EMAIL,),
    last_active_at=NOW - timedelta(days=100),
    roles=frozenset({"steward", "viewer"}),
    roles_everywhere=frozenset({"viewer"}),
    keys=(KeyFact("nightly", NOW - timedelta(days=100)), KeyFact("new", NOW)),
)
NEW = UserFacts(id="u2", qualified_name="Mia", as_of=NOW, created_at=NOW - timedelta(days=2))


def judge(condition: dict[str, Any], facts: Facts) -> Outcome:
    rule = {
        "id": "rule",
        "title": "Rule",
        "description": "For a test.",
        "severity": "low",
        "applies_to": {"kinds": [facts.kind]},
        "condition": condition,
        "remedy": "None.",
    }
    return evaluate(Rule.model_validate(rule), facts)


CASES: list[tuple[dict[str, Any], Facts, bool, str]] = [
    ({"type": "has_owner"}, RICH, True, "crm.people.email is owned by Ada and Omar."),
    ({"type": "has_owner"}, BARE, False, "crm.t.c has no owner."),
    ({"type": "has_description"}, BARE, False, "crm.t.c isn't described."),
    ({"type": "has_description", "min_length": 5}, RICH, True, "description of 22 characters"),
    ({"type": "has_description", "min_length": 99}, RICH, False, "description of 22 characters"),
    ({"type": "tag_present", "any_of": ["gold", "new"]}, RICH, True, "is tagged gold."),
    ({"type": "tag_present", "any_of": ["x", "y"]}, RICH, False, "isn't tagged x or y."),
    ({"type": "retention_tag"}, RICH, True, "kept for up to 2562 days."),
    ({"type": "retention_tag", "at_most_days": 90}, RICH, False, "kept for up to 2562 days."),
    ({"type": "retention_tag"}, BARE, False, "declares no retention period."),
    ({"type": "retention_tag", "prefix": "go"}, RICH, False, "gold, which gives no period."),
    ({"type": "has_classification_reviewed"}, RICH, True, "is reviewed."),
    ({"type": "has_classification_reviewed"}, CARDS, False, "person to review card_cvv."),
    ({"type": "has_classification_reviewed"}, BARE, False, "has no classification."),
    ({"type": "label_absent", "labels": ["card_cvv"]}, RICH, True, "holds no card_cvv."),
    (
        {"type": "label_absent", "labels": ["card_cvv"]},
        CARDS,
        False,
        "crm.cards holds card_cvv in crm.cards.cvv.",
    ),
    (
        {"type": "readable_only_by", "roles": ["steward"]},
        RICH,
        False,
        "can be read unmasked by Leo without the role steward.",
    ),
    ({"type": "readable_only_by", "roles": ["steward", "viewer"]}, RICH, True, "by nobody"),
    ({"type": "masked_for_roles", "roles": ["analyst", "viewer"]}, RICH, False, "unmasked by Leo"),
    ({"type": "masked_for_roles", "roles": ["analyst"]}, RICH, True, "by nobody"),
    ({"type": "max_readers", "most": 2}, RICH, False, "can be read unmasked by 3 people."),
    ({"type": "max_readers", "most": 0}, BARE, True, "can be read unmasked by no people."),
    ({"type": "max_grants", "most": 3}, RICH, True, "has 3 grants."),
    ({"type": "max_grants", "most": 1}, IDLE, False, "Leo has 2 grants."),
    ({"type": "scanned_within", "days": 30}, RICH, False, "on 2026-02-19, 40 days before."),
    ({"type": "scanned_within", "days": 30}, SOURCE, True, "30 days before."),
    ({"type": "scanned_within", "days": 30}, BARE, False, "has never been scanned."),
    ({"type": "active_within", "days": 90}, IDLE, False, "last active on 2025-12-21"),
    ({"type": "environment", "any_of": ["production"]}, RICH, True, "is in production."),
    ({"type": "environment", "any_of": ["production"]}, BARE, False, "no known environment."),
    ({"type": "source_encrypted"}, RICH, True, "is encrypted at rest."),
    ({"type": "source_encrypted", "where": "in_transit"}, SOURCE, False, "isn't encrypted in"),
    ({"type": "source_encrypted"}, BARE_SOURCE, False, "isn't known to be encrypted at rest."),
    ({"type": "credentials_encrypted"}, SOURCE, True, "credentials kept encrypted."),
    ({"type": "credentials_encrypted"}, BARE, False, "in a way that isn't known."),
    ({"type": "has_lineage"}, RICH, True, "has 1 known upstream asset and has 2 known downstream"),
    (
        {"type": "has_lineage", "direction": "upstream"},
        BARE,
        False,
        "has no known upstream assets.",
    ),
    (
        {"type": "no_copy_downstream"},
        RICH,
        False,
        "crm.people.email flows into shop.customers.email without the label email.",
    ),
    ({"type": "no_copy_downstream", "labels": ["iban"]}, RICH, True, "keeps its labels"),
    ({"type": "no_copy_downstream", "sensitivity_at_least": "restricted"}, RICH, True, "keeps"),
    ({"type": "owner_active"}, CARDS, True, "is owned by Ada, who can act."),
    ({"type": "owner_active"}, RICH, False, "is owned by Omar, who can't act."),
    ({"type": "owner_active"}, BARE, False, "has no owner."),
    ({"type": "certified"}, RICH, True, "is certified silver."),
    ({"type": "certified", "any_of": ["gold"]}, RICH, False, "is certified silver."),
    ({"type": "certified"}, BARE, False, "isn't certified."),
    ({"type": "not_past_sunset"}, RICH, False, "was to go on 2026-03-30."),
    ({"type": "not_past_sunset"}, BARE, True, "has no day on which it is to go."),
    ({"type": "discovered_within", "days": 2}, RICH, False, "was last discovered on 2026-03-28"),
    ({"type": "discovered_within", "days": 3}, SOURCE, True, "3 days before."),
    ({"type": "discovered_within", "days": 3}, BARE, False, "was never discovered."),
    ({"type": "active_within", "days": 90}, NEW, True, "was never active and was added on"),
    ({"type": "active_within", "days": 1}, NEW, False, "2 days before."),
    ({"type": "roles_apart", "roles": ["steward", "viewer"]}, IDLE, False, "steward and viewer."),
    ({"type": "roles_apart", "roles": ["steward", "auditor"]}, IDLE, True, "holds steward."),
    ({"type": "roles_apart", "roles": ["a", "b"]}, NEW, True, "holds no a or b."),
    ({"type": "roles_scoped", "roles": ["steward"]}, IDLE, True, "nowhere without a scope."),
    ({"type": "roles_scoped", "roles": ["viewer"]}, IDLE, False, "holds viewer everywhere."),
    ({"type": "keys_younger_than", "days": 90}, IDLE, False, "nightly, older than 90 days."),
    ({"type": "keys_younger_than", "days": 100}, IDLE, True, "has 2 keys, none older than 100"),
    ({"type": "has_quality_check"}, RICH, True, "has 3 quality checks."),
    ({"type": "has_quality_check", "of": ["row_count"]}, RICH, False, "no row_count checks."),
    (
        {"type": "quality_passing"},
        RICH,
        False,
        "passes 1 of 3 quality checks, not email unique and email range.",
    ),
    ({"type": "quality_passing", "share": 0.3, "days": 2}, RICH, True, "passes 1 of 3"),
    ({"type": "quality_passing", "of": ["not_null"], "days": 1}, RICH, False, "passes 0 of 1"),
    ({"type": "quality_passing", "of": ["not_null"]}, RICH, True, "passes 1 of 1 quality check."),
    ({"type": "quality_passing"}, BARE, False, "has no quality checks."),
    ({"type": "fresh", "days": 2}, CARDS, True, "was fresh when measured on 2026-03-29"),
    ({"type": "fresh"}, CARDS, False, "2 days before."),
    ({"type": "fresh"}, RICH, False, "has no freshness check."),
    ({"type": "profiled_within", "days": 2}, RICH, False, "was last profiled on 2026-03-28"),
    ({"type": "profiled_within", "days": 3}, RICH, True, "3 days before."),
    ({"type": "profiled_within", "days": 3}, BARE, False, "has never been profiled."),
    (
        {"type": "data_within_retention"},
        CARDS,
        False,
        "holds rows of up to 91 days and may keep 90 days.",
    ),
    (
        {"type": "flows_only_to", "environments": ["production"]},
        RICH,
        False,
        "shop.customers.email",
    ),
    ({"type": "flows_only_to", "environments": ["production", "test"]}, RICH, True, "only into"),
    (
        {"type": "all_of", "conditions": [{"type": "has_owner"}, {"type": "has_description"}]},
        BARE,
        False,
        "crm.t.c has no owner and isn't described.",
    ),
    (
        {"type": "any_of", "conditions": [{"type": "has_owner"}, {"type": "has_lineage"}]},
        BARE,
        False,
        "has no owner and has no known upstream assets",
    ),
    (
        {"type": "any_of", "conditions": [{"type": "has_description"}, {"type": "has_owner"}]},
        RICH,
        True,
        "is owned by Ada and Omar.",
    ),
    (
        {"type": "not", "condition": {"type": "environment", "any_of": ["production"]}},
        RICH,
        False,
        "crm.people.email is in production.",
    ),
]


@pytest.mark.parametrize(("condition", "facts", "passed", "reason"), CASES)
def test_verdict_and_reason(
    condition: dict[str, Any], facts: Facts, passed: bool, reason: str
) -> None:
    outcome = judge(condition, facts)
    assert outcome.passed is passed
    assert reason in outcome.reason
    assert outcome.reason.startswith(facts.qualified_name) and outcome.reason.endswith(".")
    assert json.loads(json.dumps(outcome.evidence)) == outcome.evidence
    assert outcome.evidence["as_of"] == NOW.isoformat()


def test_rows_are_as_old_as_the_oldest_date_of_writing() -> None:
    def within(tags: set[str], oldest: dict[str, datetime]) -> Outcome:
        table = AssetFacts(
            id="a",
            qualified_name="crm.t",
            kind="table",
            as_of=NOW,
            source=SOURCE,
            tags=frozenset(tags),
            oldest=oldest,
        )
        return judge({"type": "data_within_retention"}, table)

    day = {"ordered_at": NOW - timedelta(days=90)}
    assert within({"retention:90d"}, day).passed
    assert "declares no retention" in within(set(), day).reason
    unknown = within({"retention:90d"}, {"birth_date": NOW})
    assert not unknown.passed and "no profiled date" in unknown.reason


def test_freshness_isn_t_known_from_a_check_that_failed_or_never_ran() -> None:
    for status in ("failed", "error", None):
        table = AssetFacts(
            id="a",
            qualified_name="crm.t",
            kind="table",
            as_of=NOW,
            source=SOURCE,
            checks=(CheckFact("paid fresh", "freshness", status, NOW),),
        )
        outcome = judge({"type": "fresh"}, table)
        assert not outcome.passed and "isn't known to be fresh by paid fresh" in outcome.reason


def test_every_condition_has_a_case() -> None:
    schema = TypeAdapter(Condition).json_schema()
    assert {case[0]["type"] for case in CASES} == set(schema["discriminator"]["mapping"])


def test_a_rejected_label_is_no_label() -> None:
    rejected = LabelFact("card_cvv", "payment", "restricted", "rejected")
    facts = AssetFacts(
        id="a", qualified_name="t", kind="table", as_of=NOW, source=SOURCE, labels=(rejected,)
    )
    assert judge({"type": "label_absent", "labels": ["card_cvv"]}, facts).passed
    assert not Selector(kinds=("table",), labels=("card_cvv",)).selects(facts)


def test_a_disabled_user_needs_no_activity() -> None:
    user = UserFacts(id="u", qualified_name="Ada", as_of=NOW, disabled=True)
    assert judge({"type": "active_within", "days": 1}, user).passed


def test_the_last_second_of_a_period_counts() -> None:
    for late, passed in ((0, True), (1, False)):
        scanned = NOW - timedelta(days=7, seconds=late)
        source = SourceFacts(id="s", qualified_name="s", as_of=NOW, last_scanned_at=scanned)
        assert judge({"type": "scanned_within", "days": 7}, source).passed is passed


def test_long_lists_are_cut_in_the_reason_and_whole_in_the_evidence() -> None:
    readers = tuple(Reader(f"P{n}", frozenset({"viewer"})) for n in range(9))
    facts = AssetFacts(
        id="a",
        qualified_name="t.c",
        kind="column",
        as_of=NOW,
        source=SOURCE,
        readers_unmasked=readers,
    )
    outcome = judge({"type": "readable_only_by", "roles": ["steward"]}, facts)
    assert "by P0, P1, P2 and 6 more without" in outcome.reason
    assert len(outcome.evidence["others"]) == 9


@pytest.mark.parametrize(
    ("selector", "selected"),
    [
        ({"kinds": ["table"]}, True),
        ({"kinds": ["column"]}, False),
        ({"kinds": ["table"], "labels": ["email", "card_cvv"]}, True),
        ({"kinds": ["table"], "categories": ["payment"]}, True),
        ({"kinds": ["table"], "categories": ["health"]}, False),
        ({"kinds": ["table"], "sensitivity_at_least": "confidential"}, True),
        ({"kinds": ["table"], "labels": ["card_cvv"], "categories": ["personal"]}, False),
        ({"kinds": ["table"], "environments": ["production"]}, True),
        ({"kinds": ["table"], "environments": ["staging"]}, False),
    ],
)
def test_selector(selector: dict[str, Any], selected: bool) -> None:
    assert Selector.model_validate(selector).selects(CARDS) is selected


def rule(**changes: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "id": "r",
        "title": "R",
        "description": "D.",
        "severity": "low",
        "applies_to": {"kinds": ["table"]},
        "condition": {"type": "has_owner"},
        "remedy": "R.",
    }
    return base | changes


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"condition": {"type": "run_sql"}}, "'run_sql'"),
        ({"condition": {"type": "has_owner", "sql": "x"}}, "Extra inputs"),
        ({"condition": {"type": "scanned_within", "days": 0}}, "greater than or equal to 1"),
        ({"condition": {"type": "active_within", "days": 1}}, "can't judge a table"),
        ({"condition": {"type": "no_copy_downstream"}}, "only column"),
        (
            {"condition": {"type": "not", "condition": {"type": "active_within", "days": 1}}},
            "only user",
        ),
        ({"applies_to": {"kinds": ["user"], "environments": ["x"]}}, "leave out `environments`"),
        ({"id": "Not a slug"}, "pattern"),
        ({"applies_to": {"kinds": []}}, "at least 1 item"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        Rule.model_validate(rule(**changes))


def test_conditions_nested_without_end_are_refused() -> None:
    condition: dict[str, Any] = {"type": "has_owner"}
    for _ in range(2_000):
        condition = {"type": "not", "condition": condition}
    with pytest.raises(ValidationError):
        Rule.model_validate(rule(condition=condition))


def test_facts_of_another_kind_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(TypeError, match="Leo is a user"):
        evaluate(Rule.model_validate(rule()), IDLE)


def test_every_condition_is_documented() -> None:
    text = (Path(__file__).parents[3] / "docs/compliance.md").read_text()
    schema = TypeAdapter(Condition).json_schema()
    for name in schema["discriminator"]["mapping"]:
        assert f"`{name}`" in text, name


def test_the_documented_rule_is_one() -> None:
    text = (Path(__file__).parents[3] / "docs/compliance.md").read_text()
    shown = json.loads(text.split("```json")[1].split("```")[0])
    assert Rule.model_validate(shown).applies_to.environments == ("production",)
