"""Every shipped rule passes what is as it should be, and names what isn't."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

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
from tools.compliance.library import built_in_rules
from tools.compliance.rules import Rule, evaluate

ROOT = Path(__file__).parents[3]
LABELS = json.loads((ROOT / "tools/classifications/content/taxonomy.json").read_text())["labels"]
RULES = {rule.id: rule for rule in built_in_rules()}
NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
OWNED: dict[str, Any] = {"owners": ("Ada",)}
GONE: dict[str, Any] = {"owners": ("Ada",), "idle_owners": ("Ada",)}
TOLD: dict[str, Any] = {"description": "What is told of whom, and for which purpose."}
STEWARD = Reader("Omar", frozenset({"steward"}))
ANALYST = Reader("Yuki", frozenset({"analyst"}))


def ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def readers(count: int) -> dict[str, Any]:
    people = (Reader(f"P{number}", frozenset({"steward"})) for number in range(count))
    return {"readers_unmasked": tuple(people)}


def tags(*names: str) -> dict[str, Any]:
    return {"tags": frozenset(names)}


def check(kind: str, status: str | None = "passed", days: int = 1) -> CheckFact:
    return CheckFact(kind, kind, status, ago(days))  # type: ignore[arg-type]


def where(environment: str | None) -> dict[str, Any]:
    return {"source": SourceFacts(id="s", qualified_name="crm", as_of=NOW, environment=environment)}


def flows(environment: str, *labels: str, source: str = "lab") -> dict[str, Any]:
    return {"downstream": (Downstream(f"{source}.t.c", source, frozenset(labels), environment),)}


MASKED: tuple[dict[str, Any], dict[str, Any]] = (
    {"readers_unmasked": (STEWARD,)},
    {"readers_unmasked": (STEWARD, ANALYST)},
)
REVIEWED = ("confirmed", "suggested")
OLD = {"oldest": {"created_at": ago(100)}}
CASES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "personal-data-has-owner": (OWNED, {}),
    "personal-data-is-described": (TOLD, {"description": "people"}),
    "classification-reviewed": ({"status": "confirmed"}, {"status": "suggested"}),
    "special-category-restricted": MASKED,
    "special-category-assessed": (tags("dpia:done"), tags("gold")),
    "retention-declared": (tags("retention:7y"), tags("retention:long")),
    "identity-numbers-masked": MASKED,
    "labels-follow-data": (flows("production", "*"), flows("production")),
    "personal-data-not-in-test": (where("production"), where("staging")),
    "sensitive-source-has-owner": (OWNED, {}),
    "sensitive-source-scanned": ({"last_scanned_at": ago(30)}, {"last_scanned_at": ago(31)}),
    "source-credentials-encrypted": (
        {"credentials_encrypted": True},
        {"credentials_encrypted": False},
    ),
    "sensitive-source-encrypted": (
        {"encrypted_at_rest": True, "encrypted_in_transit": True},
        {"encrypted_at_rest": True},
    ),
    "card-verification-codes-not-stored": ({"label": "card_expiry"}, {"label": "card_cvv"}),
    "card-numbers-masked": MASKED,
    "card-numbers-read-by-few": (readers(5), readers(6)),
    "card-numbers-only-in-production": (where("production"), where(None)),
    "card-data-stores-encrypted": ({"encrypted_at_rest": True}, {}),
    "card-data-flow-known": ({"upstream": ("web.orders",)}, {}),
    "health-data-has-owner": (OWNED | TOLD, OWNED),
    "health-data-minimum-readers": (readers(5), readers(6)),
    "passwords-unreadable": (readers(0), readers(1)),
    "idle-accounts-closed": ({"last_active_at": ago(90)}, {"last_active_at": ago(91)}),
    "access-is-narrow": ({"grants": 20}, {"grants": 21}),
    "owner-can-act": (OWNED, GONE),
    "personal-data-checked": ({"checks": (check("unique"),)}, {}),
    "personal-data-accurate": ({}, {"checks": (check("unique", "failed"),)}),
    "health-data-intact": ({"checks": (check("unique"),)}, {"checks": (check("range", days=31),)}),
    "card-data-keys-intact": ({"checks": (check("unique"),)}, {"checks": (check("range"),)}),
    "certified-data-fresh": (
        {"certification": "gold", "checks": (check("freshness", days=7),)},
        {"certification": "gold", "checks": (check("freshness", days=8),)},
    ),
    "certified-data-owned": (
        {"certification": "gold"} | OWNED | TOLD,
        {"certification": "gold"} | GONE | TOLD,
    ),
    "rows-within-retention": (tags("retention:100d") | OLD, tags("retention:90d") | OLD),
    "card-retention-short": (tags("retention:1y"), tags("retention:2y")),
    "health-retention-declared": (tags("retention:6y"), {}),
    "sunset-kept": (
        {"deprecated_at": ago(9), "sunset_on": "2026-03-31"},
        {"deprecated_at": ago(9), "sunset_on": "2026-03-30"},
    ),
    "personal-data-flows-to-production-only": (flows("production"), flows("test")),
    "health-data-leaves-labelled": (flows("production", source="crm"), flows("production")),
    "personal-data-flow-known": (flows("production"), {}),
    "sensitive-source-inventoried": ({"discovered_at": ago(30)}, {"discovered_at": ago(31)}),
    "production-source-owned": (OWNED, GONE),
    "every-source-scanned": ({"last_scanned_at": ago(90)}, {}),
    "duties-separated": (
        {"roles": frozenset({"administrator"})},
        {"roles": frozenset({"administrator", "steward"})},
    ),
    "stewards-scoped": (
        {"roles": frozenset({"steward"})},
        {"roles_everywhere": frozenset({"steward"})},
    ),
    "keys-rotated": ({"keys": (KeyFact("k", ago(90)),)}, {"keys": (KeyFact("k", ago(91)),)}),
    "accounts-with-access-used": ({"disabled": True}, {"last_active_at": ago(181)}),
    "location-data-masked": MASKED,
    "financial-data-masked": MASKED,
    "confidential-data-read-by-limited": (readers(25), readers(26)),
    "sensitive-transit-encrypted": ({"encrypted_in_transit": True}, {}),
    "health-source-encrypted": ({"encrypted_at_rest": True}, {}),
    "passwords-not-copied": ({}, flows("production")),
    "identity-numbers-reviewed": ({"status": "confirmed"}, {"status": "suggested"}),
    "personal-data-profiled": ({"profiled_at": ago(90)}, {"profiled_at": ago(91)}),
    "legal-ground-declared": (tags("basis:contract"), tags("contract")),
    "sale-or-sharing-declared": (tags("ccpa:not-sold"), {}),
    "internal-data-owned": (OWNED, {}),
}


def subject(rule: Rule, changes: dict[str, Any]) -> Facts:
    """What the rule applies to, with these facts."""
    given = dict(changes)
    label = label_for(rule, given.pop("label", None), given.pop("status", "confirmed"))
    kind = rule.applies_to.kinds[0]
    base: dict[str, Any] = {"id": "x", "as_of": NOW, "labels": (label,)}
    environment = next(iter(rule.applies_to.environments), "production")
    if kind == "user":
        return UserFacts(qualified_name="Leo", **(base | given))
    if kind == "source":
        return SourceFacts(qualified_name="crm", environment=environment, **(base | given))
    if given.get("downstream") and "*" in given["downstream"][0].labels:
        given["downstream"] = flows("production", label.label)["downstream"]
    return AssetFacts(qualified_name="crm.t", kind=kind, **(base | where(environment) | given))


def label_for(rule: Rule, wanted: str | None, status: Any) -> LabelFact:
    for one in LABELS:
        fact = LabelFact(one["id"], one["category"], one["sensitivity"], status)
        chosen = wanted in (None, one["id"])
        table = AssetFacts(
            id="x", qualified_name="t", kind="table", as_of=NOW, labels=(fact,), **where("x")
        )
        anywhere = rule.applies_to.model_copy(update={"kinds": ("table",), "environments": ()})
        if chosen and anywhere.selects(table):
            return fact
    raise AssertionError(f"{rule.id} selects no label")


@pytest.mark.parametrize("name", RULES)
def test_it_tells_what_is_right_from_what_is_not(name: str) -> None:
    rule = RULES[name]
    right, wrong = (subject(rule, changes) for changes in CASES[name])
    for facts, passed in ((right, True), (wrong, False)):
        assert rule.applies_to.selects(facts)
        outcome = evaluate(rule, facts)
        assert outcome.passed is passed, outcome.reason
        assert outcome.reason.startswith(facts.qualified_name)
        assert json.loads(json.dumps(outcome.evidence)) == outcome.evidence


def test_every_rule_has_a_case_and_a_title_of_its_own() -> None:
    assert set(CASES) == set(RULES)
    assert len({rule.title for rule in RULES.values()}) == len(RULES)


@pytest.mark.parametrize(
    "framework", ["gdpr", "hipaa", "pci-dss-4", "soc-2", "iso-27001", "nist-800-53", "ccpa"]
)
def test_every_framework_has_rules(framework: str) -> None:
    serving = [
        one for one in RULES.values() if any(c.startswith(f"{framework}/") for c in one.controls)
    ]
    assert len(serving) >= 8
