"""Stages become steps: their order, gates, branches and references; and every fault at once."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tools.racine.pipelines.making import read, ref, stage, write
from tools.errors import CorrectInput
from tools.racine.pipelines.compile import compile_stages, find_stage_faults
from tools.racine.pipelines.schedule import before
from tools.racine.pipelines.stages import Stage
from tools.steps import Loop, Step, When, in_order


def compiled(*stages: Stage) -> dict[str, Step]:
    return {step.id: step for step in compile_stages(stages)}


def test_stages_follow_each_other_and_their_steps_run_side_by_side() -> None:
    steps = compiled(
        stage("load", read("a"), read("b")),
        stage("use", read("c"), read("d", "c"), title="Use it"),
        stage("apart", read("e"), needs=[]),
        stage("last", read("f"), needs=["use", "apart"]),
    )
    behind = before(list(steps.values()))
    assert behind["load--a"] == behind["load--b"] == behind["apart--e"] == set()
    assert behind["use--c"] == {"load--a", "load--b"}
    assert behind["use--d"] == behind["use--c"] | {"use--c"}
    assert steps["last--f"].needs == ("use--d", "apart--e")
    assert {step.stage for step in steps.values()} == {"load", "use", "apart", "last"}


def test_references_reach_into_the_stage_and_across_stages() -> None:
    looped = Step(
        id="each",
        operation="lab.write",
        arguments={"asset": ref("item.id"), "of": [ref("pick.name")]},
        each=Loop(over=ref("list.all.items"), limit=7),
        when=(When.model_validate({"value": ref("list.all.total"), "is": "more_than", "to": 0}),),
    )
    undo = write("sure").model_copy(
        update={"compensate": {"operation": "lab.write", "arguments": {"id": ref("sure.id")}}}
    )
    steps = compiled(
        stage("list", read("all")),
        stage("use", read("pick", of=ref("list.all")), looped, Step.model_validate(dict(undo))),
    )
    each = steps["use--each"]
    assert steps["use--pick"].arguments == {"of": ref("list--all")}
    assert each.arguments == {"asset": ref("item.id"), "of": [ref("use--pick.name")]}
    assert each.each == Loop(over=ref("list--all.items"), limit=7)
    assert each.when[0].value == ref("list--all.total")
    assert steps["use--sure"].compensate is not None
    assert steps["use--sure"].compensate.arguments == {"id": ref("use--sure.id")}


def test_an_approval_waits_and_a_check_asks() -> None:
    steps = compiled(
        stage("load", read("a")),
        stage("sign", gate={"kind": "approval", "people": ["Dana"], "quorum": 2, "reason": "Go?"}),
        stage(
            "publish",
            read("b"),
            gate={"kind": "compliance", "framework": "gdpr", "source": ref("load.a.id")},
        ),
    )
    sign, check = steps["sign--gate"], steps["publish--gate"]
    assert sign.gate is not None
    assert (sign.gate.people, sign.gate.quorum, sign.gate.reason) == (("Dana",), 2, "Go?")
    assert sign.needs == ("load--a",) and check.needs == ("sign--gate",)
    assert check.gate is None and check.operation == "pipelines.check_gate"
    assert check.arguments == {
        "stage": "publish",
        "kind": "compliance",
        "framework": "gdpr",
        "source": ref("load--a.id"),
    }
    assert steps["publish--b"].needs == ("publish--gate",)


def test_a_stage_that_may_fail_is_gone_past() -> None:
    steps = compiled(
        stage("try", read("a"), on_failure="continue"),
        stage("then", read("b")),
    )
    assert steps["try--a"].on_failure == "continue"
    assert steps["try--end"].after == "always"
    assert steps["then--b"].needs == ("try--end",)
    lenient = read("a").model_copy(update={"on_failure": "continue"})
    assert compiled(stage("x", lenient), stage("y", read("b")))["y--b"].needs == ("x--end",)


def test_a_failure_leads_to_another_stage_and_nothing_else_does() -> None:
    steps = compiled(
        stage("load", read("a"), read("b", "a"), on_failure="branch", branch="mend"),
        stage("mend", write("c")),
        stage("use", read("d")),
    )
    begin = steps["mend--begin"]
    assert begin.after == "failure" and set(begin.needs) == {"load--a", "load--b"}
    assert begin.when[0].value == ref("load--begin.stage")  # skipped where load never began
    assert steps["mend--c"].when[0].value == ref("mend--begin.stage")
    assert steps["use--d"].needs == ("load--b",)  # not mend's


def test_a_stage_is_passed_over_whole() -> None:
    test = {"value": ref("look.n.total"), "is": "more_than", "to": 3}
    steps = compiled(
        stage("look", read("n")),
        stage("many", read("a"), read("b", "a"), when=[test], gate={"kind": "approval"}),
    )
    for name in ("many--gate", "many--a", "many--b"):
        assert steps[name].when[0].value == ref("look--n.total")


@pytest.mark.parametrize(
    ("stages", "said", "remedy"),
    [
        ([stage("a", read("x")), stage("a", read("y"))], "called 'a'", "Rename"),
        ([stage("load", read("x"), needs=["lod"])], "'lod', which is no other", "none"),
        (
            [stage("load", read("x")), stage("use", read("y"), needs=["laod"])],
            "which is no other",
            "Did you mean 'load'",
        ),
        ([stage("a")], "neither steps nor a gate", "leave it out"),
        ([stage("a", read("x"), read("x"))], "id 'x' is taken", "another id"),
        ([stage("a", read("gate"))], "id 'gate' is taken", "the stage's own"),
        ([stage("a", read("x", "y"))], "needs 'y'", "stage's needs"),
        ([stage("a", read("x" * 40))], "longer than 40", "Shorten"),
        ([stage("a", read("x"), on_failure="branch")], "branches without", "Give both"),
        ([stage("a", gate={"kind": "quality"})], "lacks a source or an asset", "look at"),
        ([stage("a", gate={"kind": "compliance"})], "lacks a framework", "look at"),
        (
            [stage("a", read("x"), needs=["b"]), stage("b", read("y"), needs=["a"])],
            "cycle",
            "Remove one",
        ),
        ([stage("a", read("x", of=ref("nowhere.id")))], "'nowhere', which is not a", "Use one"),
    ],
)
def test_each_fault_is_told_with_its_remedy(stages: list[Stage], said: str, remedy: str) -> None:
    found = find_stage_faults(stages)
    assert any(said in fault.detail for fault in found), found
    if remedy != "none":
        assert any(remedy in fault.remedy for fault in found)
    with pytest.raises(CorrectInput):
        compile_stages(stages)


def test_all_faults_are_told_at_once() -> None:
    found = find_stage_faults([stage("a"), stage("b", read("x", "y"), needs=["c"])])
    assert len(found) == 3


@given(
    st.lists(st.tuples(st.integers(1, 3), st.sampled_from(["stop", "continue"])), max_size=6),
    st.data(),
)
def test_any_order_of_stages_is_kept_by_the_steps(shape: list[Any], data: st.DataObject) -> None:
    stages = []
    for number, (count, on_failure) in enumerate(shape):
        names = [f"s{other}" for other in range(number)]
        needs = (
            data.draw(st.none() | st.lists(st.sampled_from(names), unique=True)) if names else None
        )
        steps = [read(f"x{one}") for one in range(count)]
        stages.append(stage(f"s{number}", *steps, needs=needs, on_failure=on_failure))
    steps = compile_stages(stages)
    assert compile_stages(stages) == steps
    behind = before(in_order(steps))
    for number, one in enumerate(stages):
        needed = one.needs if one.needs is not None else ([f"s{number - 1}"] if number else [])
        for step in one.steps:
            found = {name.split("--")[0] for name in behind[f"{one.name}--{step.id}"]}
            assert set(needed) <= found
