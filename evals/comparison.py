"""Two runs side by side, and the gate that a run has to pass. Pure.

Compared are the cases that both graded. A case regressed if it passed in more than half of its
repeats before and doesn't now; it improved the other way round.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from evals.records import Attempt, Run, read_run
from evals.scores import rates
from evals.statistics import bootstrap, mcnemar, sign_flip
from tools.errors import CorrectInput

SIGNIFICANT = 0.05


@dataclass(frozen=True)
class Compared:
    """One suite in both runs."""

    suite: str
    cases: int
    before: float
    after: float
    low: float
    high: float
    p: float
    regressed: list[str]
    improved: list[str]

    @property
    def significant(self) -> bool:
        """Whether the difference is unlikely to be chance."""
        return self.p < SIGNIFICANT


def compare(before: Run, after: Run) -> list[Compared]:
    """Every suite of both runs, and last all of them together as `all`."""
    suites = [
        name for name in dict.fromkeys(one.suite for one in after.attempts)
        if any(one.suite == name for one in before.attempts)
    ]  # fmt: skip
    compared = [_compared(name, _of(before, name), _of(after, name)) for name in suites]
    if len(suites) > 1:
        compared.append(_compared("all", before.attempts, after.attempts))
    return [one for one in compared if one.cases]


def _of(run: Run, suite: str) -> list[Attempt]:
    return [one for one in run.attempts if one.suite == suite]


def _compared(suite: str, before: list[Attempt], after: list[Attempt]) -> Compared:
    old, new = rates(before), rates(after)
    both = [case for case in new if case in old]
    changes = [new[case] - old[case] for case in both]
    regressed = [case for case in both if old[case] > 0.5 >= new[case]]
    improved = [case for case in both if old[case] <= 0.5 < new[case]]
    single = all(rate in (0, 1) for case in both for rate in (old[case], new[case]))
    low, high = bootstrap(changes) if changes else (0.0, 0.0)
    return Compared(
        suite=suite,
        cases=len(both),
        before=sum(old[case] for case in both) / len(both) if both else 0.0,
        after=sum(new[case] for case in both) / len(both) if both else 0.0,
        low=low,
        high=high,
        p=mcnemar(len(improved), len(regressed)) if single else sign_flip(changes),
        regressed=regressed,
        improved=improved,
    )


def baseline(run: Run) -> dict[str, dict[str, float]]:
    """What a gate holds later runs to: the rate of every case, by suite."""
    found: dict[str, dict[str, float]] = {}
    for suite in dict.fromkeys(one.suite for one in run.attempts):
        found[suite] = rates(_of(run, suite))
    return found


def read_baseline(path: Path) -> dict[str, dict[str, float]]:
    """A baseline, or that of a run.

    Raises:
        CorrectInput: it is neither.
    """
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        return {str(suite): {str(case): float(rate) for case, rate in cases.items()}
                for suite, cases in read["suites"].items()}  # fmt: skip
    except OSError as error:
        raise CorrectInput(
            f"{path} can't be read: {error.strerror}.", "Write one: --save-baseline."
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        return baseline(read_run(path))


def regressions(run: Run, held_to: dict[str, dict[str, float]]) -> list[str]:
    """Why the run doesn't pass the gate, a line for each case; nothing where it does."""
    found = []
    for suite, now in baseline(run).items():
        for case, rate in held_to.get(suite, {}).items():
            if rate <= 0.5:
                continue
            if case not in now:
                found.append(f"{suite}/{case}: passed before and was not graded now")
            elif now[case] <= 0.5:
                found.append(f"{suite}/{case}: {_why(run, case)}")
    return found


def _why(run: Run, case: str) -> str:
    failures = [v for one in run.attempts if one.case == case for v in one.failures]
    return f"{failures[0].grader}: {failures[0].why}" if failures else "fails"
