"""Steps: references to earlier results, and an order in which each comes after what it needs."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from tools.errors import CorrectInput
from tools.steps import Step, in_order, references, resolve


def step(name: str, *needs: str, **arguments: object) -> Step:
    return Step(id=name, operation="catalog.get_asset", arguments=arguments, needs=needs)


def test_references_are_found_at_any_depth() -> None:
    value = {"a": [{"$ref": "one.id"}, {"b": {"$ref": "two.items.0"}}], "c": "{$ref}", "d": 3}
    assert references(value) == {"one", "two"}
    assert references({"$ref": "one", "and": "more"}) == set()


def test_a_reference_becomes_what_it_points_to() -> None:
    results = {"one": {"id": "x", "items": [{"name": "first"}, {"name": "second"}]}}
    value = {"asset": {"$ref": "one.items.1.name"}, "list": [{"$ref": "one.id"}, 7]}
    assert resolve(value, results) == {"asset": "second", "list": ["x", 7]}


@pytest.mark.parametrize(
    ("reference", "missing"),
    [("two.id", "two"), ("one.items.9", "9"), ("one.id.more", "more"), ("one.items.-1", "-1")],
)
def test_a_reference_to_nothing_names_what_is_missing(reference: str, missing: str) -> None:
    with pytest.raises(CorrectInput, match=f"'{missing}' isn't there") as refused:
        resolve({"a": {"$ref": reference}}, {"one": {"id": "x", "items": []}})
    assert refused.value.field == "$ref"


def test_steps_are_ordered_by_what_they_need_and_refer_to() -> None:
    steps = [step("c", "b"), step("b", asset={"$ref": "a.id"}), step("a"), step("d")]
    ordered = [one.id for one in in_order(steps)]
    assert sorted(ordered) == ["a", "b", "c", "d"]
    assert ordered.index("a") < ordered.index("b") < ordered.index("c")


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([step("a"), step("a")], "same id"),
        ([step("a", "z")], "needs 'z', which is not a step"),
        ([step("a", asset={"$ref": "z.id"})], "needs 'z'"),
        (
            [step("a", "b"), step("b", asset={"$ref": "a.id"}), step("c")],
            "a, b wait for each other",
        ),
        ([step("a", asset={"$ref": "a.id"})], "cycle"),
    ],
)
def test_steps_without_an_order_are_refused(steps: list[Step], said: str) -> None:
    with pytest.raises(CorrectInput, match=said):
        in_order(steps)


@pytest.mark.parametrize("name", ["", "a.b", "a b", "x" * 41])
def test_an_id_that_a_reference_could_not_name_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        step(name)


def test_a_definition_among_arguments_keeps_its_own_references() -> None:
    own = {
        "id": "s2",
        "operation": "scan_logic.start_scan",
        "arguments": {"source": {"$ref": "s1.id"}},
    }
    value = {"steps": [own], "workflow": {"$ref": "made.id"}}
    assert references(value) == {"made"}
    assert resolve(value, {"made": {"id": "wfl_1"}}) == {"steps": [own], "workflow": "wfl_1"}
