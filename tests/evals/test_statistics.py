"""Intervals and tests against values that are known, and two runs side by side."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.comparison import baseline, compare, read_baseline, regressions
from evals.records import Attempt, Run, Verdict, read_run, write_run
from evals.scores import score
from evals.statistics import bootstrap, interval, mcnemar, percentile, sign_flip, wilson
from tools.errors import CorrectInput


def test_wilson_as_in_the_literature() -> None:
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)  # Newcombe 1998
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)


def test_mcnemar_is_the_exact_binomial() -> None:
    assert mcnemar(0, 0) == 1.0
    assert mcnemar(1, 9) == pytest.approx(22 / 1024)
    assert mcnemar(5, 0) == pytest.approx(2 / 32)
    assert mcnemar(4, 4) == 1.0


def test_resampling_is_the_same_every_time() -> None:
    rates = [1.0, 0.5, 0.0, 1.0, 1.0, 0.5]
    assert bootstrap(rates) == bootstrap(rates)
    low, high = interval(rates)
    assert low < sum(rates) / len(rates) < high
    assert interval([1.0, 0.0]) == wilson(1, 2)
    assert sign_flip([0.5] * 12) < 0.01
    assert sign_flip([0.5, -0.5] * 6) > 0.9
    assert sign_flip([0.0]) == 1.0
    assert percentile([], 0.5) == 0.0


def run(passes: dict[str, list[bool | None]], name: str = "") -> Run:
    attempts = [
        Attempt(
            suite=case.split("-")[0],
            case=case,
            kind="operations",
            repeat=repeat,
            passed=passed,
            verdicts=[Verdict(grader="calls", turn=1, passed=passed, why="" if passed else "no")],
        )
        for case, results in passes.items()
        for repeat, passed in enumerate(results, 1)
    ]
    return Run(id="run_1", name=name, url="http://x", started_at="2026-01-01", attempts=attempts)


def test_repeats_of_a_case_count_as_one_case() -> None:
    scored = score("all", run({"a-1": [True, False], "a-2": [True, True], "a-3": [None]}).attempts)
    assert (scored.cases, scored.rate, scored.ungraded) == (2, 0.75, 1)


def test_two_runs_by_suite_and_case() -> None:
    before = run({f"a-{n}": [True] for n in range(12)} | {"b-1": [False], "b-2": [True]})
    after = run(
        {f"a-{n}": [n >= 8] for n in range(12)} | {"b-1": [True], "b-2": [True], "b-3": [False]}
    )
    a, b, whole = compare(before, after)
    assert a.regressed == [f"a-{n}" for n in range(8)]
    assert a.significant
    assert (b.improved, b.cases, b.significant) == (["b-1"], 2, False)
    assert (whole.suite, whole.cases) == ("all", 14)
    assert whole.p == pytest.approx(mcnemar(1, 8))


def test_the_gate_names_what_got_worse(tmp_path: Path) -> None:
    before = run({"a-1": [True], "a-2": [True], "a-3": [False], "a-4": [True, True, True]})
    path = tmp_path / "before.jsonl"
    write_run(before, path)
    assert read_baseline(path) == baseline(before)
    (tmp_path / "baseline.json").write_text(json.dumps({"suites": baseline(before)}))
    held_to = read_baseline(tmp_path / "baseline.json")
    now = run({"a-1": [False], "a-3": [False], "a-4": [True, True, False], "b-1": [False]})
    assert regressions(now, held_to) == [
        "a/a-1: calls: no",
        "a/a-2: passed before and was not graded now",
    ]
    assert regressions(before, held_to) == []
    assert regressions(run({"b-1": [False]}), held_to) == []


def test_a_run_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "run.jsonl"
    written = run({"a-1": [True], "a-2": [None]}, name="tried")
    write_run(written, path)
    assert read_run(path) == written
    path.write_text("{}\n")
    with pytest.raises(CorrectInput, match="is no run of an evaluation"):
        read_run(path)
    with pytest.raises(CorrectInput, match="can't be read"):
        read_run(tmp_path / "none.jsonl")
    with pytest.raises(CorrectInput, match="is no run of an evaluation"):
        read_baseline(path)
