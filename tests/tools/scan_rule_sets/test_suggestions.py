"""Detectors proposed from what columns hold, and made out of examples: shown, tried, not stored."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import product

import pytest

from tests.support.world import World
from tools.errors import AskForAccess, CorrectInput
from tools.scan_rule_sets.generalising import fitting, generalise

CUSTOMERS = [f"C-{number:06d}" for number in range(110_000, 110_040)]
CARDS = ["4111111111111111", "4242424242424242", "5555555555554444", "4000056655665556"]


def pattern(
    examples: list[str], counterexamples: tuple[str, ...] = (), **how: object
) -> str | None:
    found = generalise(examples, counterexamples, **how)  # type: ignore[arg-type]
    return "|".join(found.patterns) if found else None


@pytest.mark.parametrize(
    ("examples", "expected"),
    [
        (["C-123456", "C-998877", "C-000123"], r"C-\d{6}"),
        (["ORD-2024-0001", "ORD-2023-44", "ORD-2022-777"], r"ORD-\d{4}-\d{2,4}"),
        (["a1b2", "ab12", "1a2b"], "[0-9a-f]{4}"),
        (["A1B2", "AB12", "1A2B"], "[0-9A-F]{4}"),
        (["Zx9", "9xZ", "x9Z", "Z9x"], "[A-Za-z0-9]{3}"),
        (["Julia", "Omar", "Jürgen"], r"\p{L}{4,6}"),
        (["K 12 a", "K 13 b", "K 1 c"], r"K \d{1,2} [a-z]"),
        (["a  1", "b 2", "c 3"], r"[a-z]\s+\d"),
        (["a.b(1)", "c.d(2)"], r"[a-z]\.[a-z]\(\d\)"),
        (["1-AA", "2-BB", "AA-1", "BB-2"], r"\d-[A-Z]{2}|[A-Z]{2}-\d"),
        (["x-1", "x_1", "x.1", "1x.", "._x1", "1-_x"], r"[a-z0-9\-._]{3,4}"),
        (["one two three", "four", "five six seven eight", "nine ten"], None),
        (["a" * 65], None),
        (["", " "], None),
    ],
)
def test_a_form_in_common_is_found(examples: list[str], expected: str | None) -> None:
    assert pattern(examples) == expected


def test_what_is_made_of_examples_matches_them_whatever_they_are() -> None:
    signs = ["A", "b", "7", "-", ".", "]", "^", "é", " ", "\\", "[", "$"]
    for parts in product(signs, repeat=3):
        text = "".join(parts).strip()
        found = generalise([text, text + "1", text + "2"]) if text else None
        if found is not None:
            assert len(fitting(found.detector("x"), [text, text + "1", text + "2"])) == 3, text


def test_counterexamples_narrow_the_form_only_as_far_as_they_must() -> None:
    lands = [f"{land}-{number}" for land in ("DE", "FR", "IT") for number in (1, 2)]
    assert pattern(lands) == r"[A-Z]{2}-\d"
    assert pattern(lands, ("US-1",)) == r"(?:DE|FR|IT)-\d"
    assert pattern(["12", "1234", "123456"], ("12345",)) == r"(?:\d{2}|\d{4}|\d{6})"
    assert pattern(["4123", "4999", "5000", "5001"], ("6000",)) == r"[45]\d{3}"
    alike = generalise(["12", "34", "56", "32"], ["35"])
    assert alike is not None and fitting(alike.detector("x"), ["35"]) == ["35"]


def test_no_single_value_can_be_read_off_a_form() -> None:
    assert pattern(["secret-1"]) == r"[a-z]{6}-\d"
    assert pattern(["secret-1", "secret-2", "secret-3"], literals=False) == r"[a-z]{6}-\d"
    assert pattern([*CUSTOMERS, "Julia Weber"], coverage=0.9) == r"C-\d{6}"
    assert pattern([*CUSTOMERS, "Julia Weber"]) == r"C-\d{6}|[A-Za-z]{5} [A-Za-z]{5}"
    assert pattern(["julia", "omar", "ingrid"], ("maria",)) == "[a-z]{4,6}"


def test_a_check_digit_is_noticed_where_it_can_be_no_chance() -> None:
    found = generalise([*CARDS, "5105105105105100"])
    assert found is not None and found.checksum == "luhn"
    few = generalise(CARDS)
    assert few is not None and few.checksum is None
    plain = generalise(CUSTOMERS)
    assert plain is not None and plain.checksum is None and plain.specific


async def test_examples_become_a_detector_that_finds_the_column(world: World) -> None:
    learned = await world.call(
        "scan_rule_sets.learn_detector",
        label="username",
        examples=CUSTOMERS[:4],
        counterexamples=["C-1", "D-123456"],
        column_name="customerNo",
    )
    assert learned.works and learned.specific and learned.patterns == [r"C-\d{6}"]
    assert learned.in_words == ["“C”, then “-”, then 6 digits"]
    assert (learned.examples_matched, learned.counterexamples_matched) == (4, [])
    assert learned.advice.startswith("Add it to a rule set")
    await world.call(
        "scan_rule_sets.create_rule_set", name="own", definition={"detectors": [learned.detector]}
    )
    await world.source()
    with closing(sqlite3.connect(world.folder / "shop.sqlite")) as database:
        database.execute("UPDATE products SET title = 'C-123456'")
        database.commit()
    tried = await world.call("scan_rule_sets.test_rule_set", rule_set="own", asset="shop.products")
    assert [(one.column, one.label) for one in tried.found] == [("shop.products.title", "username")]
    assert tried.columns == 3


async def test_a_detector_that_can_not_tell_says_so_and_shows_no_value(world: World) -> None:
    learned = await world.call(
        "scan_rule_sets.learn_detector",
        label="nickname",
        examples=["julia", "omar", "ingrid"],
        counterexamples=["lampshade", "mateo"],
    )
    assert not learned.works and not learned.specific
    assert learned.counterexamples_matched and "mateo" not in str(learned.model_dump())
    assert "column_name" in learned.advice and "create_label" in learned.advice
    named = await world.call(
        "scan_rule_sets.learn_detector",
        label="username",
        examples=["julia", "omar", "ingrid"],
        column_name="login",
    )
    assert "only together with the column's name" in named.advice
    mails = await world.call(
        "scan_rule_sets.learn_detector", label="email", examples=["a@ex.org", "b@ex.com"]
    )
    assert [one.label for one in mails.also][:1] == ["email"]
    with pytest.raises(CorrectInput, match="no form in common"):
        await world.call(
            "scan_rule_sets.learn_detector", label="email", examples=["a b", "c", "d e f", "g-h"]
        )


async def test_rules_are_suggested_for_a_table_without_a_value_of_it(world: World) -> None:
    await world.source()
    with closing(sqlite3.connect(world.folder / "shop.sqlite")) as database:
        database.execute("ALTER TABLE customers ADD member_code TEXT")
        database.execute("ALTER TABLE customers ADD motto TEXT")
        database.execute("ALTER TABLE customers ADD photo BLOB")
        database.execute("UPDATE customers SET member_code = 'MB/' || (1000 + id)")
        for number in range(1, 61):
            motto = " ".join(["never", "say", "never,", "again!"][: number % 4 + 1]) + "?" * number
            database.execute("UPDATE customers SET motto = ? WHERE id = ?", (motto, number))
        database.commit()
    await world.call("data_sources.discover_assets", source="shop")
    before = await world.call("scan_rule_sets.list_rule_sets")
    found = await world.call("scan_rule_sets.suggest_rules", asset="shop.customers")
    by_column = {one.column: one for one in found.items}
    email, code = by_column["shop.customers.email"], by_column["shop.customers.member_code"]
    assert email.present and not email.new_label and email.matched == email.tested == 60
    assert (code.label, code.new_label, code.present) == ("member_code", True, False)
    assert code.detector["patterns"] == [r"MB/\d{4}"] and code.matched == 60
    assert code.detector["column_names"] == ["member code"]
    assert any(one.startswith("shop.customers.motto:") for one in found.unexplained)
    assert found.columns == 7 and found.total == len(found.items)
    assert "julia0@example.org" not in str(found.model_dump())
    assert "1001" not in str(found.model_dump())
    assert await world.call("scan_rule_sets.list_rule_sets") == before
    first = await world.call("scan_rule_sets.suggest_rules", asset="shop.customers", limit=1)
    assert first.truncated and (first.returned, first.total) == (1, found.total)


async def test_a_classified_column_s_words_do_not_stand_in_a_pattern(world: World) -> None:
    await world.source()
    with closing(sqlite3.connect(world.folder / "shop.sqlite")) as database:
        database.execute("UPDATE customers SET phone = 'weber/' || (1000 + id)")
        database.commit()
    asset = "shop.customers.phone"
    open_one = await world.call("scan_rule_sets.suggest_rules", asset=asset)
    assert open_one.items[0].detector["patterns"] == [r"weber/\d{4}"]
    await world.call("classifications.set_classification", asset=asset, label="password")
    hidden = await world.call("scan_rule_sets.suggest_rules", asset=asset)
    assert hidden.items[0].detector["patterns"] == [r"[a-z]{5}/\d{4}"]


async def test_rules_are_suggested_for_values(world: World) -> None:
    await world.call(
        "scan_rule_sets.create_rule_set",
        name="own",
        definition={"detectors": [{"label": "iban", "checksum": "iban"}]},
    )
    values = [f"{name}@example.org" for name in ("ann", "bo", "cy", "di", "ed")]
    found = await world.call("scan_rule_sets.suggest_rules", values=values, rule_set="own")
    assert found.items[0].label == "email" and not found.items[0].present
    numbers = await world.call("scan_rule_sets.suggest_rules", values=CUSTOMERS)
    assert numbers.items[0].label == "own_number"
    few = await world.call("scan_rule_sets.suggest_rules", values=["q7", "q8"])
    assert few.unexplained == ["the values: 2 distinct values are too few to see a form in them"]
    plain = await world.call(
        "scan_rule_sets.suggest_rules", values=[str(one) for one in range(7, 60)]
    )
    assert "many other columns have too" in plain.unexplained[0]


async def test_what_can_not_be_sampled_is_refused(world: World) -> None:
    await world.source()
    for name in ("suggest_rules", "test_rule_set"):
        for wrong in ({}, {"values": ["a"], "asset": "shop.orders"}):
            with pytest.raises(CorrectInput, match="one of"):
                await world.call(f"scan_rule_sets.{name}", **wrong)
    await world.person("Nina Holt")
    with pytest.raises(AskForAccess):
        await world.call("scan_rule_sets.suggest_rules", "nina", asset="shop.orders")
    with closing(sqlite3.connect(world.folder / "shop.sqlite")) as database:
        database.execute("CREATE TABLE blobs (photo BLOB)")
        database.commit()
    await world.call("data_sources.discover_assets", source="shop")
    with pytest.raises(CorrectInput, match="no columns that can be sampled"):
        await world.call("scan_rule_sets.suggest_rules", asset="shop.blobs")
    job = {"namespace": "airflow", "name": "load"}
    event = {
        "eventType": "COMPLETE",
        "eventTime": "2026-03-01T10:00:00Z",
        "producer": "https://example.com/airflow",
        "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
        "run": {"runId": "0190a1f4-8f2a-7000-8000-000000000001"},
        "job": job,
        "inputs": [],
        "outputs": [{"namespace": "racine://shop", "name": "orders"}],
    }
    report = await world.call("catalog.ingest_lineage", events=event)
    with pytest.raises(CorrectInput, match="holds no values"):
        await world.call("scan_rule_sets.suggest_rules", asset=report.pipelines[0])
