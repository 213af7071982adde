"""Names that look like others are told apart from those that only are in another script."""

from __future__ import annotations

import pytest

from tools.lookalikes import mark, skeletons, visible

KNOWN = skeletons(
    ["paypal", "orders", "Ann Lee", "налоги", "modern", "mall", "straße", "shop", "shop.orders"]
)


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
        ("rnodern", "looks like 'modern'", "modern"),
        ("ma1l", "looks like 'mall'", "mall"),
        ("straβe", "mixes Greek and Latin", "straße"),
        ("нaлоги", "mixes Cyrillic and Latin", "налоги"),
        ("Ann\u00a0Lee", "looks like 'Ann Lee'", "Ann Lee"),
        ("Ann\u3164 Lee", "U+3164", "Ann Lee"),
        ("pay\u034fpal", "U+034F", "paypal"),
        ("paypal\ufe0f", "U+FE0F", "paypal"),
        ("paypal\U000e0101", "U+E0101", "paypal"),
        ("shop.оrders", "mixes Cyrillic and Latin", "shop.orders"),
        ("shop.public.0rders", "looks like 'shop.public.orders'", "shop.public.orders"),
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
        "mail",
        "paypai",
        "MODERN",
        "shop.orders",
        "shop.orders.total",
    ],
)
def test_what_only_is_another_script_is_not(text: str) -> None:
    assert mark(text, KNOWN) is None


def test_what_cannot_be_seen_is_written_out() -> None:
    assert visible("a\u200bb") == "a[U+200B]b"
    assert visible("pаypal") == "p[U+0430]ypal"
    assert visible("нaлоги") == "н[U+0061]логи"  # the stranger, in whichever script


@pytest.mark.parametrize(
    ("text", "shown", "at"),
    [
        ("pаypal", "p[U+0430]ypal", (1,)),
        ("paypa1", "paypa[U+0031]", (5,)),
        ("or\u202eders", "or[U+202E]ders", (2,)),
        ("rnodern", "[U+0072][U+006E]odern", (0, 1)),
        ("сору", "[U+0441][U+043E][U+0440][U+0443]", (0, 1, 2, 3)),
    ],
)
def test_what_is_odd_is_pointed_at(text: str, shown: str, at: tuple[int, ...]) -> None:
    found = mark(text, KNOWN | skeletons(["copy"]))
    assert found is not None
    assert (found.shown, found.at) == (shown, at)


def test_of_two_names_that_exist_each_is_told_from_the_other() -> None:
    known = skeletons(["mall", "mal1"])
    for name, other in (("mall", "mal1"), ("mal1", "mall")):
        found = mark(name, known)
        assert found is not None
        assert found.like == other


@pytest.mark.parametrize("name", ["Ann  Lee", " Ann Lee", "Ann\u00a0Lee", "ann lee\t"])
def test_wider_gaps_make_no_other_name(name: str) -> None:
    found = mark(name, skeletons(["Ann Lee"]))
    assert found is not None
    assert (found.like, "another name" in found.why) == ("Ann Lee", True)
    assert mark("A text.  With gaps", skeletons(["Ann Lee"])) is None
