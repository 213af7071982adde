"""Rule sets, labels and lessons are reached by their usual words, and by no others."""

from __future__ import annotations

import pytest

from agent.planning.lexicon import Lexicon
from agent.planning.types import Card, Entity, Focus
from agent.planning.understand import understand
from tools.registry import Registry

CARDS = {
    one.name: Card(one.name, one.summary, one.examples, one.effect.value, one.schema)
    for one in Registry()
    if one.agent
}
LEXICON = Lexicon(
    [
        Entity("source", "crm", "crm", ()),
        Entity("table", "orders", "crm.orders", ()),
        Entity("column", "ref", "crm.orders.ref"),
        Entity("label", "iban", "Bank account number (IBAN)", ("iban",)),
        Entity("rule_set", "numbers", "order numbers", ()),
        Entity("rule_set", "default", "default", ()),
    ]
)


CASES = {
    "Which versions of the rule set order numbers are there?": (
        "scan_rule_sets.list_versions",
        {"rule_set": "numbers"},
    ),
    "What changed in the default rule set?": (
        "scan_rule_sets.list_versions",
        {"rule_set": "default"},
    ),
    "Delete the rule set order numbers": (
        "scan_rule_sets.delete_rule_set",
        {"rule_set": "numbers"},
    ),
    "Export the default rule set as YAML": (
        "scan_rule_sets.export_rule_set",
        {"rule_set": "default"},
    ),
    "Suggest scan rules for crm.orders": ("scan_rule_sets.suggest_rules", {"asset": "orders"}),
    "Test the rule set order numbers on crm.orders": (
        "scan_rule_sets.test_rule_set",
        {"rule_set": "numbers", "asset": "orders"},
    ),
    "Classify crm.orders with the default rule set": (
        "classifications.classify_asset",
        {"asset": "orders", "rule_set": "default"},
    ),
    "Carry the classification of crm.orders.ref downstream": (
        "classifications.propagate_classification",
        {"asset": "ref"},
    ),
    "Propagate the label iban of crm.orders.ref": (
        "classifications.propagate_classification",
        {"asset": "ref", "label": "iban"},
    ),
    "Take back the rejection of crm.orders.ref": (
        "classifications.withdraw_decision",
        {"asset": "ref"},
    ),
    "Delete the label iban": ("classifications.delete_label", {"label": "iban"}),
    "What have the scans learned from our decisions?": ("classifications.list_lessons", {}),
}


@pytest.mark.parametrize("words", CASES)
def test_they_are_reached_by_words(words: str) -> None:
    (call,) = understand(words, LEXICON, CARDS, Focus()).calls
    assert (call.operation, call.arguments) == CASES[words]


@pytest.mark.parametrize(
    "words",
    [
        "Should we delete the rule set order numbers?",
        "Who deleted the label iban?",
        "Delete the label iban and let its columns be something else",
    ],
)
def test_other_words_change_nothing(words: str) -> None:
    assert not [
        call
        for call in understand(words, LEXICON, CARDS, Focus()).calls
        if CARDS[call.operation].effect != "read"
    ]
