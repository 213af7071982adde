"""Names that look like others are told apart from those that only are in another script."""

from __future__ import annotations

import pytest

from tools.lookalikes import mark, skeletons, visible

KNOWN = skeletons(["paypal", "orders", "Ann Lee", "налоги"])


@pytest.mark.parametrize(
    ("text", "why", "like"),
    [
        ("pаypal", "mixes Cyrillic and Latin", "paypal"),
        ("οrders", "mixes Greek and Latin", "orders"),
        ("orders\u200b", "U+200B", "orders"),
        ("or\u202eders", "U+202E", "orders"),
        ("paypa1", "looks like 'paypal'", "paypal"),
        ("0rders", "looks like 'orders'", "orders"),
        ("ｏｒｄｅｒｓ", "looks like 'orders'", "orders"),
        ("сору", "looks like 'copy'", "copy"),
    ],
)
def test_what_looks_like_another_name_is_marked(text: str, why: str, like: str) -> None:
    found = mark(text, KNOWN | skeletons(["copy"]))
    assert found is not None
    assert why in found.why
    assert found.like == like


@pytest.mark.parametrize(
    "text",
    [
        "orders",
        "ORDERS",
        "налоги",
        "таблица orders",
        "Größe",
        "顧客",
        "crm.orders",
        "a\nb",
        "Ann Lee",
    ],
)
def test_what_only_is_another_script_is_not(text: str) -> None:
    assert mark(text, KNOWN) is None


def test_what_cannot_be_seen_is_written_out() -> None:
    assert visible("a\u200bb") == "a[U+200B]b"
    assert visible("pаypal") == "p[U+0430]ypal"
