"""The optimizer: what it suggests, what it leaves alone, and the gain that it expects."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.tools.racine.pipelines.making import facts, read, ref, run, stage, write
from tools.racine.pipelines.compile import compile_stages
from tools.racine.pipelines.edits import difference
from tools.racine.pipelines.evidence import Definition, Facts
from tools.racine.pipelines.optimizer import Suggestion, apply, gain_of, suggest
from tools.racine.pipelines.schedule import before, schedule
from tools.racine.pipelines.stages import Stage
from tools.steps import Step


def only(stages: Sequence[Stage], known: Facts, name: str) -> Suggestion:
    found = {one.id: one for one in suggest(stages, known)}
    assert name in found, list(found)
    return found[name]


def changed(stages: Sequence[Stage], known: Facts, name: str) -> list[Stage]:
    suggestion = only(stages, known, name)
    assert suggestion.stages is not None
    return list(suggestion.stages)


def ids(stages: Sequence[Stage], known: Facts) -> list[str]:
    return [one.id for one in suggest(stages, known)]


# ---- the schedule ---------------------------------------------------------------------------


def test_the_critical_path_determines_the_total_and_the_others_have_slack() -> None:
    steps = compile_stages([stage("a", read("x"), read("y")), stage("b", read("z"))])
    plan = schedule(steps, {"a--x": 3, "a--y": 1, "b--z": 2})
    assert plan.total == 5
    assert plan.critical_path == ("a--x", "b--z")
    assert plan.slack == {"a--x": 0, "a--y": 2, "b--z": 0}
    assert schedule([], {}).total == 0


# ---- side by side ---------------------------------------------------------------------------


def test_reads_that_only_the_order_holds_apart_run_side_by_side() -> None:
    stages = [stage("read", read("a"), read("b", "a"), read("c", "b", of=ref("a.id")))]
    known = facts(*[run(stages, {"read--a": 1, "read--b": 2, "read--c": 3})] * 2)
    found = only(stages, known, "side-by-side:read")
    assert (found.expected, found.runs, found.risk) == (2, 2, "low")
    assert 0 < found.low <= found.expected <= found.high
    new = changed(stages, known, found.id)
    behind = before(compile_stages(new))
    assert behind["read--b"] == set()
    assert behind["read--c"] == {"read--a"}  # it refers to it
    assert "read--b 2 s" in found.why
    assert ids(new, known) == []


def test_stages_of_different_sources_run_side_by_side_and_what_needs_both_still_waits() -> None:
    stages = [
        stage("crm", write("scan", source="crm")),
        stage("shop", write("scan", source="shop")),
        stage("judge", write("all")),
    ]
    seconds = {"crm--scan": 2.0, "shop--scan": 3.0, "judge--all": 1.0}
    touched = {"crm--scan": ["crm/1"], "shop--scan": ["shop/2"], "judge--all": ["crm/1", "shop/2"]}
    known = facts(run(stages, seconds, changed=touched))
    found = only(stages, known, "side-by-side:stages")
    assert (found.expected, found.risk) == (2, "medium")
    new = changed(stages, known, found.id)
    behind = before(compile_stages(new))
    assert behind["shop--scan"] == set()
    assert behind["judge--all"] == {"crm--scan", "shop--scan"}
    assert difference(stages, new) == [
        "stage shop: needs not given → []",
        "stage judge: needs not given → ['crm', 'shop']",
    ]


def test_what_works_in_this_process_gains_nothing_from_company() -> None:
    think = [Step(id=name, operation="lab.think", arguments={"ask": name}) for name in "ab"]
    stages = [stage("one", think[0]), stage("two", think[1])]
    known = facts(run(stages, {"one--a": 2, "two--b": 2}))
    assert ids(stages, known) == []
    together = [stage("one", *think, read("c"))]
    known = facts(run(together, {"one--a": 2, "one--b": 2, "one--c": 3}))
    assert Definition(together, known).takes() == 4
    many = [stage("one", *(read(f"r{number}") for number in range(9)))]
    known = facts(run(many, {f"one--r{number}": 1 for number in range(9)}))
    assert Definition(many, known).takes() == 2  # eight at once, then one


@pytest.mark.parametrize(
    ("other", "touched"),
    [
        ({"source": "crm"}, {"a--x": ["crm/1"], "b--y": ["crm/2"]}),  # the same source
        ({"source": "shop"}, {"a--x": ["crm/1"], "b--y": ["shop/1"]}),  # the same record
        ({"source": "shop"}, {"a--x": ["/1"], "b--y": ["shop/2"]}),  # belongs to no source
        ({}, {"a--x": ["crm/1"]}),  # nobody knows what it writes
        ({"source": "elsewhere"}, {"a--x": ["crm/1"]}),
    ],
)
def test_writes_that_may_meet_stay_in_order(
    other: dict[str, str], touched: dict[str, list[str]]
) -> None:
    stages = [stage("a", write("x", source="crm")), stage("b", write("y", **other))]
    known = facts(run(stages, {"a--x": 2, "b--y": 2}, changed=touched))
    assert ids(stages, known) == []


def test_gates_conditions_branches_and_what_a_failure_leads_to_keep_their_place() -> None:
    for gated in (
        [stage("a", read("x")), stage("b", read("y"), gate={"kind": "approval"})],
        [stage("a", read("x"), gate={"kind": "approval"}), stage("b", read("y"))],
        [stage("a", read("x"), on_failure="continue"), stage("b", read("y"))],
        [
            stage("a", read("x"), on_failure="branch", branch="c"),
            stage("b", read("y")),
            stage("c", read("z")),
        ],
    ):
        seconds = dict.fromkeys(("a--x", "b--y", "c--z"), 2.0)
        assert ids(gated, facts(run(gated, seconds))) == []


def test_what_gains_next_to_nothing_is_not_suggested_and_nothing_is_without_runs() -> None:
    stages = [stage("read", read("a"), read("b", "a"), read("c", of=ref("b.id")))]
    known = facts(run(stages, {"read--a": 0.001, "read--b": 1, "read--c": 1}))
    assert ids(stages, known) == []
    assert suggest(stages, facts()) == []


# ---- drop -----------------------------------------------------------------------------------


def test_a_question_asked_twice_is_asked_once_and_what_used_the_second_uses_the_first() -> None:
    stages = [
        stage("first", read("a", source="crm")),
        stage("again", read("b", source="crm"), read("c", of=ref("b.items.0"))),
        stage("last", read("d", of=ref("again.b.total"), and_of=ref("again.c.id"))),
    ]
    known = facts(*[run(stages, {"first--a": 1, "again--b": 2, "again--c": 1, "last--d": 1})] * 3)
    found = only(stages, known, "drop:again--b")
    assert (found.expected, found.risk) == (2, "low")
    new = changed(stages, known, found.id)
    assert [step.id for step in new[1].steps] == ["c"]
    assert new[1].steps[0].arguments == {"of": ref("first.a.items.0")}
    assert new[2].steps[0].arguments["of"] == ref("first.a.total")
    assert compile_stages(new)


def test_a_question_is_asked_again_where_something_between_may_change_the_answer() -> None:
    stages = [
        stage("one", read("a", source="crm")),
        stage("two", write("b", source="crm")),
        stage("three", read("c", source="crm"), read("d", of=ref("c.id"), with_=ref("one.a.id"))),
    ]
    seconds = {"one--a": 1.0, "two--b": 1.0, "three--c": 1.0}
    known = facts(*[run(stages, seconds, changed={"two--b": ["crm/1"]})] * 3)
    assert not [one for one in ids(stages, known) if one.startswith("drop")]
    elsewhere = [stages[0], stage("two", write("b", source="shop")), stages[2]]
    known = facts(*[run(elsewhere, seconds, changed={"two--b": ["shop/1"]})] * 3)
    assert "drop:three--c" in ids(elsewhere, known)
    waiting = [stages[0], stage("two", gate={"kind": "approval"}), stages[2]]
    known = facts(*[run(waiting, seconds)] * 3)
    assert "drop:three--c" not in ids(waiting, known)  # much may change while people decide


def test_a_stage_goes_with_its_last_step() -> None:
    stages = [
        stage("one", read("a", ask="it")),
        stage("two", read("b", ask="it")),
        stage("three", read("c", of=ref("two.b.id"))),
    ]
    known = facts(run(stages, {"one--a": 1, "two--b": 1, "three--c": 1}))
    new = changed(stages, known, "drop:two--b")
    assert [one.name for one in new] == ["one", "three"]
    assert new[1].steps[0].arguments == {"of": ref("one.a.id")}


def test_a_repeated_write_goes_only_if_it_never_changed_anything() -> None:
    stages = [stage("a", write("x", source="crm")), stage("b", write("y", source="crm"))]
    touched = {"a--x": ["crm/1"]}
    known = facts(*[run(stages, {"a--x": 1, "b--y": 1}, changed=touched)] * 3)
    assert only(stages, known, "drop:b--y").risk == "medium"
    assert ids(stages, facts(*known.runs[:2])) == []  # twice may be chance
    both = {"a--x": ["crm/1"], "b--y": ["crm/1"]}
    assert ids(stages, facts(*[run(stages, {"a--x": 1, "b--y": 1}, changed=both)] * 3)) == []


def test_a_reading_that_nobody_uses_goes_unless_it_is_the_outcome_or_has_ever_failed() -> None:
    stages = [
        stage("look", read("idle"), read("used", of="it")),
        stage("act", write("x", of=ref("look.used.id"))),
        stage("report", read("outcome", on="all")),
    ]
    seconds = {"look--idle": 3.0, "look--used": 1.0, "act--x": 1.0, "report--outcome": 1.0}
    known = facts(*[run(stages, seconds)] * 3)
    dropped = [one for one in ids(stages, known) if one.startswith("drop")]
    assert dropped == ["drop:look--idle"]
    assert only(stages, known, "drop:look--idle").expected == 2
    failing = facts(*known.runs, run(stages, seconds, failed="look--idle"))
    assert "drop:look--idle" not in ids(stages, failing)


# ---- cache ----------------------------------------------------------------------------------


def test_a_slow_reading_that_always_gave_the_same_is_kept() -> None:
    stages = [
        stage("slow", read("a", source="crm"), read("b", of=ref("a.id"))),
        stage("use", write("c", source="shop", of=ref("slow.a.items.0.id"))),
    ]
    seconds = {"slow--a": 4.0, "slow--b": 1.0, "use--c": 1.0}
    touched = {"use--c": ["shop/1"]}
    three = [
        run(stages, seconds, changed=touched, results={"slow--b": str(number)})
        for number in range(3)
    ]
    known = facts(*three)
    assert [one for one in ids(stages, known) if "cache" in one] == ["cache:slow--a"]
    found = only(stages, known, "cache:slow--a")
    assert found.expected == pytest.approx(4, abs=0.05)
    new = changed(stages, known, found.id)
    kept = new[0].steps[0]
    assert kept.operation == "pipelines.read_cached"
    assert kept.arguments["read"]["operation"] == "lab.read"
    assert new[0].steps[1].arguments == {"of": ref("a.result.id")}
    assert new[1].steps[0].arguments["of"] == ref("slow.a.result.items.0.id")
    assert "cache:slow--a" not in ids(new, known)


def test_what_the_pipeline_itself_changes_is_not_kept() -> None:
    stages = [
        stage("slow", read("a", source="crm"), write("c", source="crm", of=ref("a.id"))),
    ]
    known = facts(*[run(stages, {"slow--a": 4, "slow--c": 1}, changed={"slow--c": ["crm/1"]})] * 3)
    assert ids(stages, known) == []


# ---- move -----------------------------------------------------------------------------------

CHECK = {"kind": "compliance", "framework": "gdpr", "source": "crm"}


def often_closed(stages: Sequence[Stage]) -> Facts:
    seconds = {"slow--a": 10.0, "check--gate": 0.1, "check-check--gate": 0.1, "after--z": 1.0}
    touched = {"slow--a": ["shop/1"], "slow--b": ["crm/1"]}
    good = run(stages, seconds, changed=touched)
    bad = run(stages, seconds, failed="check--gate", changed=touched)
    return facts(good, good, good, bad, bad)


def test_a_check_that_often_fails_comes_before_the_expensive_stage() -> None:
    stages = [
        stage("slow", write("a", source="shop")),
        stage("check", gate=CHECK),
        stage("after", write("z", source="crm")),
    ]
    known = often_closed(stages)
    found = only(stages, known, "move:check")
    assert found.expected == pytest.approx(4)  # ten seconds in two runs of five
    assert 0 < found.low < 4 < found.high
    new = changed(stages, known, "move:check")
    behind = before(compile_stages(new))
    assert behind["check--gate"] == set()
    assert behind["slow--a"] == {"check--gate"}
    assert behind["after--z"] == {"check--gate", "slow--a"}
    assert "move:check" not in ids(new, known)


def test_a_gate_leaves_its_stage_to_come_before_another() -> None:
    stages = [
        stage("slow", write("a", source="shop")),
        stage("check", write("b", source="crm"), gate=CHECK),
    ]
    known = often_closed(stages)
    new = changed(stages, known, "move:check")
    assert [one.name for one in new] == ["check-check", "slow", "check"]
    behind = before(compile_stages(new))
    assert behind["check--b"] == {"check-check--gate", "slow--a"}


def test_a_check_stays_behind_what_it_judges() -> None:
    stages = [
        stage("slow", write("a", source="crm"), write("b", source="crm")),
        stage("check", gate=CHECK),
    ]
    assert ids(stages, often_closed(stages)) == []
    mixed = [
        stage("slow", write("a", source="shop")),
        stage("scan", write("b", source="crm")),
        stage("check", gate=CHECK),
    ]
    assert "move:check" not in ids(mixed, often_closed(mixed))


def test_a_quieter_hour_is_named_where_runs_were_faster_then() -> None:
    stages = [stage("a", read("x"))]
    busy = [run(stages, {"a--x": 9}, hour=9)] * 3
    quiet = [run(stages, {"a--x": 4}, hour=3)] * 3
    known = facts(*busy, *quiet, load={9: 500, 3: 10})
    found = only(stages, known, "quiet-hour")
    assert found.expected == 5 and found.stages is None
    assert "03:00" in found.what and "500" in found.why
    assert "quiet-hour" not in ids(stages, facts(*busy, *quiet, load={9: 500, 3: 400}))


# ---- together -------------------------------------------------------------------------------


def test_several_suggestions_are_applied_each_on_what_the_others_left() -> None:
    stages = [
        stage("one", read("a", ask="it"), read("b", "a", of="b")),
        stage("two", read("c", ask="it")),
        stage("three", read("d", of=[ref("one.b.id"), ref("two.c.id"), ref("one.a.id")])),
    ]
    seconds = {"one--a": 2.0, "one--b": 2.0, "two--c": 2.0, "three--d": 1.0}
    known = facts(*[run(stages, seconds, results={"one--a": str(n)}) for n in range(2)])
    new, applied = apply(stages, known)
    assert {one.id for one in applied} == {"drop:two--c", "side-by-side:one"}
    expected, low, high = gain_of(stages, new, applied, known)
    assert expected == 4 and low == 2 and high == 4
    assert Definition(new, known).takes() == 3
    some, applied = apply(stages, known, ["drop:two--c"])
    assert [one.id for one in applied] == ["drop:two--c"]
    assert len(some) == 2
