"""What a run's attempts amount to: by suite, by kind, by group. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from evals.records import Attempt, Run
from evals.statistics import interval, percentile


@dataclass(frozen=True)
class Score:
    """The share of cases that pass, with its 95 % interval, and what it took."""

    name: str
    cases: int
    rate: float
    low: float
    high: float
    ungraded: int
    median: float
    slow: float
    tokens: int
    money: float

    @property
    def passed(self) -> float:
        """How many cases pass; a fraction where repeats of one differ."""
        return self.rate * self.cases


def rates(attempts: Iterable[Attempt]) -> dict[str, float]:
    """The share of its graded repeats in which each case passes; ungraded cases are left out."""
    found: dict[str, list[bool]] = {}
    for one in attempts:
        if one.passed is not None:
            found.setdefault(one.case, []).append(one.passed)
    return {case: sum(passes) / len(passes) for case, passes in found.items()}


def score(name: str, attempts: list[Attempt]) -> Score:
    """The score of some attempts."""
    by_case = rates(attempts)
    shares = list(by_case.values())
    low, high = interval(shares)
    seconds = [heard.seconds for one in attempts for heard in one.turns]
    return Score(
        name=name,
        cases=len(shares),
        rate=sum(shares) / len(shares) if shares else 0.0,
        low=low,
        high=high,
        ungraded=len({one.case for one in attempts} - by_case.keys()),
        median=percentile(seconds, 0.5),
        slow=percentile(seconds, 0.95),
        tokens=sum(one.tokens for one in attempts),
        money=sum(one.money for one in attempts),
    )


def scores(run: Run, part: Callable[[Attempt], str]) -> list[Score]:
    """A score for each part of a run, in the order in which the parts come."""
    parts: dict[str, list[Attempt]] = {}
    for one in run.attempts:
        parts.setdefault(part(one), []).append(one)
    return [score(name, attempts) for name, attempts in parts.items()]


def by_suite(run: Run) -> list[Score]:
    """A score for each suite."""
    return scores(run, lambda one: one.suite)
