"""Every operation's own examples lead to it, or to the question for what they leave open.

The names in the examples are in the lexicon as kinds that a working catalog would hold; what still
leads elsewhere is printed, and may be no more than one in twenty.
"""

from __future__ import annotations

import pytest

from agent.planning.lexicon import Lexicon
from agent.planning.types import Card, Entity, Focus, Kind
from agent.planning.understand import understand
from tests.agent.planning.world import TODAY
from tools.registry import Registry

FLOOR = 0.95
CARDS = {
    one.name: Card(one.name, one.summary, one.examples, one.effect.value, one.schema)
    for one in Registry()
    if one.agent
}
_TABLES = {
    "crm.customers": "first_name",
    "crm.contacts": "name",
    "crm.orders": "total",
    "shop.orders": "ref",
    "shop.customers": "phone",
    "shop.invoices": "due",
    "pagila.film": "title rating",
    "pagila.film_old": "title",
    "pagila.customer": "email notes",
    "pagila.payment": "amount",
    "pagila.rental": "rental_date",
    "pagila.staff": "picture",
}
_NAMES: dict[Kind, str] = {
    "source": "crm, pagila, shop, lake, legacy, warehouse",
    "view": "v_revenue, v_customer_revenue",
    "person": "Dana Kim, Ben Moss, Vera Lind, Mia Koch",
    "role": "administrator, steward, analyst, viewer, auditor",
    "framework": "GDPR, PCI DSS, HIPAA, ISO 27001",
    "control": "gdpr/art-30, gdpr/art-32, AC-2, pci-dss-4/3.4.1, 12.5.2",
    "label": "e-mail address, phone number, occupation, age, vin, person's name, loyalty card, "
    "customer_number, health data, credit card, loyalty_card",
    "label_group": "personal",
    "rule": "cards-owned, retention-declared, access-is-narrow, sources-scanned, "
    "sensitive-source-scanned, pan-readable-by-few",
    "rule_set": "default, customer numbers",
    "registered": "Weekly Sales, Customer 360, Net Sales",
    "term": "Churn, Attrition, Net Revenue, Revenue",
    "domain": "Finance, Sales",
    "team": "Finance",
    "workflow": "weekly-sweep, triage",
    "pipeline": "nightly",
    "tag": "pii, finance",
}


def _lexicon() -> Lexicon:
    entities = [
        Entity(kind, f"{kind}/{name}", name)
        for kind, names in _NAMES.items()
        for name in names.split(", ")
    ]
    for table, columns in _TABLES.items():
        entities.append(Entity("table", table, table))
        entities += [
            Entity("column", f"{table}.{one}", f"{table}.{one}") for one in columns.split()
        ]
    return Lexicon(entities)


def test_examples_lead_to_their_operation(capsys: pytest.CaptureFixture[str]) -> None:
    lexicon, missed, told = _lexicon(), [], 0
    for card in CARDS.values():
        for example in card.examples:
            got = understand(example, lexicon, CARDS, Focus(), None, TODAY)
            first = got.calls[0].operation if got.calls else got.asks
            told += 1
            if first != card.name:
                missed.append(f"{card.name}: “{example}” leads to {first or 'nothing'}")
    with capsys.disabled():
        print(
            f"\n{told - len(missed)} of {told} examples lead to their operation", *missed, sep="\n"
        )
    assert len(missed) <= (1 - FLOOR) * told
