"""What a model gets of a result: capped with honest totals, citations numbered, secrets hidden."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from agent.toolbox import (
    MAXIMUM_CHARACTERS,
    MAXIMUM_ITEMS,
    cite,
    describe,
    for_model,
    shown_arguments,
)
from agent.turnstate import MAXIMUM_CITATIONS, Citations
from tools.registry import Registry
from tools.values import Citation, Cited, Page, Result

REGISTRY = Registry()


class Thing(Cited):
    """A record."""

    id: str
    text: str = ""

    def citation(self) -> Citation:
        return Citation(id=self.id, kind="thing", title=self.id, url=f"/{self.id}")


class Nested(Result):
    """Lists in lists."""

    outer: dict[str, list[list[str]]]


def turn(understanding: Any = None) -> Any:
    return SimpleNamespace(citations=Citations(), understanding=understanding)


def page(number: int, text: str = "") -> Page[Thing]:
    items = [Thing(id=f"t{n}", text=text) for n in range(number)]
    return Page(items=items, total=number + 7, returned=number, truncated=True)


def test_a_short_list_is_whole_and_numbered() -> None:
    asked = turn()
    told = json.loads(for_model(page(2, "a"), asked))
    assert told["items"] == [
        {"id": "t0", "text": "a", "cite": "[1]"},
        {"id": "t1", "text": "a", "cite": "[2]"},
    ]
    assert (told["total"], told["returned"]) == (9, 2)
    again = json.loads(for_model(page(3), asked))
    assert [item["cite"] for item in again["items"]] == ["[1]", "[2]", "[3]"]
    assert cite(asked, Thing(id="t1").citation()) == "[2]"


def test_a_long_list_says_how_much_of_it_is_shown() -> None:
    told = json.loads(for_model(page(80), turn()))
    assert len(told["items"]) == MAXIMUM_ITEMS + 1
    assert told["items"][-1] == {"shown": MAXIMUM_ITEMS, "of": 80}
    assert told["total"] == 87


@pytest.mark.parametrize("number", [20, 80])
def test_a_large_result_is_cut_at_an_item_and_says_so_honestly(number: int) -> None:
    text = for_model(page(number, "x" * 2_000), turn())
    assert len(text) <= MAXIMUM_CHARACTERS
    told = json.loads(text)
    *items, last = told["items"]
    assert last == {"shown": len(items), "of": number}
    assert all(item["text"] == "x" * 2_000 for item in items)


def test_one_text_that_is_too_long_is_cut(  # nothing else can be left out
) -> None:
    assert len(for_model(Thing(id="t", text="y" * 50_000), turn())) == MAXIMUM_CHARACTERS


def test_lists_in_lists_are_cut_where_they_are_longest() -> None:
    nested = Nested(outer={"a": [["z" * 400] * 20 for _ in range(20)], "b": [["short"]]})
    told = json.loads(for_model(nested, turn()))
    assert told["outer"]["b"] == [["short"]]
    assert told["outer"]["a"][-1]["of"] == 20


def test_there_are_only_so_many_citations() -> None:
    asked = turn()
    for number in range(MAXIMUM_CITATIONS):
        assert cite(asked, Thing(id=f"c{number}").citation())
    assert cite(asked, Thing(id="one too many").citation()) == ""
    assert "cite" not in json.loads(for_model(Thing(id="another"), asked))


def test_the_planner_gets_no_marks_it_sets_its_own() -> None:
    assert "cite" not in json.loads(for_model(Thing(id="t"), turn(understanding=object())))


def test_secrets_are_hidden_and_long_texts_cut() -> None:
    register = REGISTRY.find("data_sources.register_source")
    given = {"name": "crm", "kind": "sqlite", "location": "/x" * 400, "password": "hunter2"}
    shown = shown_arguments(register, given)
    assert "hunter2" not in str(shown)
    assert shown["location"].endswith("…")
    broken = shown_arguments(register, {"password": "hunter2", "colour": "red"})
    assert "hunter2" not in str(broken)


def test_a_description_says_that_a_write_waits_for_approval() -> None:
    assert "plan to approve" in describe(REGISTRY.find("catalog.tag_asset"))
    assert "plan to approve" not in describe(REGISTRY.find("catalog.get_asset"))
    assert all(len(describe(operation)) <= 1024 for operation in REGISTRY)
