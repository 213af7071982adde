"""Names find their entities: exact, by their end, misspelt; figures never run together."""

from __future__ import annotations

import sys

import pytest

from agent.planning.lexicon import Lexicon
from agent.planning.types import Entity, Focus
from agent.planning.understand import understand
from tests.agent.planning.world import CARDS, LEXICON, TODAY


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("pagila.customer.email", ["pagila.customer.email"]),
        ("PAGILA.Customers.Email", ["pagila.customer.email"]),
        ("contact name", ["northwind.Customer.contactName"]),
        ("contact_name", ["northwind.Customer.contactName"]),
        ("contactname", ["northwind.Customer.contactName"]),
        ("customer", ["northwind.Customer", "pagila.customer"]),
        ("pagilla", ["s-pagila"]),
        ("dana", ["u-dana"]),
        ("NIST 800-53", ["f-nist"]),
        ("800-53", ["f-nist"]),
        ("telephone numbers", ["l-phone"]),
        ("AC-2(1)", ["c-ac-2-1"]),
        ("ac-21", ["c-ac-21"]),
        ("nothing of the kind", []),
    ],
)
def test_find(name: str, ids: list[str]) -> None:
    assert [m.entity.id for m in LEXICON.find(name)] == ids


def test_an_exact_name_stands_before_the_end_of_another() -> None:
    lexicon = Lexicon(
        [Entity("column", "2", "shop.sales.sales"), Entity("source", "1", "sales"),
         Entity("table", "3", "shop.sales")]
    )  # fmt: skip
    assert [m.entity.id for m in lexicon.find("sales")] == ["1", "3", "2"]


def test_an_asset_that_is_its_own_alias_gains_nothing() -> None:
    table = Entity("table", "t", "shop.email", ("email",))
    column = Entity("column", "c", "shop.orders.email", ("email",))
    found = Lexicon([column, table]).find("email")
    assert [m.entity.id for m in found] == ["t", "c"]
    assert found[0].score > found[1].score


@pytest.mark.parametrize("name", ["Art. 17", "article 17", "GDPR article 17", "art-17"])
def test_a_control_by_its_reference(name: str) -> None:
    lexicon = Lexicon([Entity("control", "gdpr/art-17", "Art. 17", ("gdpr/art-17", "GDPR art 17"))])
    assert [m.entity.id for m in lexicon.find(name)] == ["gdpr/art-17"]


def test_a_framework_tells_two_controls_of_one_reference_apart() -> None:
    lexicon = Lexicon(
        [Entity("framework", i, i.upper()) for i in ("gdpr", "ccpa")]
        + [Entity("control", f"{i}/art-17", "Art. 17") for i in ("gdpr", "ccpa")]
    )
    for text in ("show Art. 17 GDPR", "what does article 17 of GDPR require?"):
        got = understand(text, lexicon, CARDS, Focus(), None, TODAY)
        assert [c.arguments for c in got.calls] == [{"control": "gdpr/art-17"}]


def test_a_schema_may_be_left_out() -> None:
    lexicon = Lexicon([Entity("column", "c", "lake.marts.revenue.amount")])
    assert [m.entity.id for m in lexicon.find("lake.revenue.amount")] == ["c"]


def test_five_thousand_assets_are_no_burden() -> None:
    """What a sentence costs hardly grows with the catalog, counted in calls."""
    texts = [
        "which columns in source_3 hold personal data, and which of them does no rule cover?",
        "what breaks if I drop source_4.order_item_7.c3?",
        "wich colums of sorce_3 contian persnal data",
        "tag source_1.order_item_2 as pii and make Dana its owner",
    ]

    def calls(tables: int) -> int:
        entities = [Entity("source", f"s{i}", f"source_{i}") for i in range(10)]
        for source in range(10):
            for table in range(tables):
                name = f"source_{source}.order_item_{table}"
                entities.append(Entity("table", name, name))
                columns = [f"{name}.c{i}" for i in range(20)]
                entities += [Entity("column", c, c) for c in columns]
        lexicon = Lexicon(entities)
        counted = 0

        def count(_frame: object, event: str, _argument: object) -> None:
            nonlocal counted
            counted += event == "call"

        sys.setprofile(count)
        try:
            for text in texts:
                understand(text, lexicon, CARDS, Focus(), None, TODAY)
        finally:
            sys.setprofile(None)
        return counted

    calls(1)  # fills what is cached
    few, many = calls(10), calls(250)
    assert many < 2 * few
