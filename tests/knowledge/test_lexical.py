from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from knowledge.documents import Document, Scope
from knowledge.lexical import EVERYTHING, IDENTIFIER, Lexical, words
from tests.knowledge.support import document


@pytest.fixture
def lexical(tmp_path: Path) -> Iterator[Lexical]:
    with closing(Lexical(tmp_path / "lexical.db")) as opened:
        opened.write([document(f"filler{number}", "a thing of the shop") for number in range(60)])
        yield opened


def test_words_split_identifiers() -> None:
    assert words("pagila.customer_id, OrderItems HTTPServer AC-2(1)") == (
        ["pagila", "customer", "id", "order", "items", "http", "server", "ac", "2", "1"]
    )


def test_a_rare_word_is_evidence_and_a_common_one_is_silent(lexical: Lexical) -> None:
    lexical.write([document("films", "Every film in the shop, with its rating")])
    assert set(lexical.evidence("what are ratings of films?", EVERYTHING)) == {"films"}
    assert lexical.evidence("the shop of a thing", EVERYTHING) == {}
    assert lexical.evidence("what is it?", EVERYTHING) == {}


def test_words_match_across_spellings_of_identifiers(lexical: Lexical) -> None:
    lexical.write([document("o", "", title="OrderItems"), document("p", "", title="postal_codes")])
    assert set(lexical.evidence("order item", EVERYTHING)) == {"o"}
    assert set(lexical.evidence("PostalCode", EVERYTHING)) == {"p"}


@pytest.mark.parametrize(
    "query", ["who owns customer.email?", "CUSTOMER.EMAIL", "lineage of `customer.email`"]
)
def test_a_name_written_as_an_identifier_decides(lexical: Lexical, query: str) -> None:
    lexical.write(
        [
            document("column", names=("customer.email", "pagila.customer.email")),
            document("table", "customer email customer email", names=("customer",)),
        ]
    )
    evidence = lexical.evidence(query, EVERYTHING)
    assert evidence["column"] > evidence["table"] + IDENTIFIER / 2


def test_a_shorter_name_within_a_longer_one_is_not_heard(lexical: Lexical) -> None:
    lexical.write([document("a", names=("order items",)), document("b", names=("order",))])
    evidence = lexical.evidence("show order items", EVERYTHING)
    assert evidence["a"] > evidence["b"]
    assert lexical.evidence("show order", EVERYTHING)["b"] >= evidence["b"]


def test_a_query_may_hold_anything(lexical: Lexical) -> None:
    for query in (
        '"',
        "AND OR NOT NEAR(",
        "a* ^b -c {d}:",
        "x" * 9_000,
        "é ñ 漢字 🙂",
        "words:text",
    ):
        lexical.evidence(query, EVERYTHING)


def test_replacing_leaves_nothing_of_the_old(lexical: Lexical) -> None:
    lexical.write([document("x", "giraffe", names=("zebra",))])
    lexical.write([document("x", "walrus")])
    assert lexical.evidence("giraffe zebra", EVERYTHING) == {}
    assert set(lexical.evidence("walrus", EVERYTHING)) == {"x"}
    assert lexical.count() == 61


def test_documents_come_back_as_they_were_and_only_in_scope(lexical: Lexical) -> None:
    full = Document(
        id="x",
        kind="rule",
        title="T",
        text="ü",
        url="/x",
        source_id="s",
        names=("n",),
        data={"k": "v"},
    )
    lexical.write([full])
    assert lexical.fetch(["x", "unknown"]) == {"x": full}
    assert lexical.fetch(["x"], Scope(frozenset({"other"}), None)) == {}
    assert lexical.fetch(["x"], Scope(None, frozenset({"asset"}))) == {}


def test_deleted_text_is_gone_from_the_files(tmp_path: Path, lexical: Lexical) -> None:
    lexical.write([document("x", "the quokkasecret lives here", names=("wombatsecret",))])
    assert lexical.delete(["x", "unknown"]) == 1
    for file in tmp_path.iterdir():
        content = file.read_bytes()
        assert b"quokkasecret" not in content and b"wombatsecret" not in content
