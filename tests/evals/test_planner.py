"""The planner's suite: large enough, and as accurate as was measured when it was last changed."""

from __future__ import annotations

import pytest

from evals.planner import SUITES, held_out, load, run, run_prompts, world
from tests.support.shared import shared

CASES = load(SUITES / "planner.jsonl")


def test_the_suite_is_large_and_a_third_of_it_is_held_out() -> None:
    assert len(CASES) >= 200
    assert len({case["id"] for case in CASES}) == len(CASES)
    assert all(case["say"] for case in CASES)
    assert 0.25 < sum(map(held_out, CASES)) / len(CASES) < 0.42


@pytest.mark.parametrize(("held", "least"), [(False, 0.98), (True, 0.92)])
def test_accuracy(held: bool, least: float) -> None:
    grades = run([case for case in CASES if held_out(case) == held], world(), failures=False)
    assert grades["unasked_write"] == 0
    assert grades["right"] / grades.total() >= least


def test_published_prompts() -> None:
    prompts = shared("prompts/governance_prompts.jsonl")
    grades = run_prompts(prompts, world(), failures=False)
    assert grades["unasked_write"] == 0
    assert grades["right"] / grades.total() >= 0.9
