"""`python -m evals.anomalies`: false alarms and misses of `assistant.anomalies` on made series.

Every kind of series is made 2,000 times, judged on its last value as it is, and once more after
that value was moved by ten deviations or, for counts, to three times its level.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np
from numpy.random import Generator, default_rng

from tools.racine.assistant.anomalies.robust import Numbers, judge

TIMES = 2_000
Make = Callable[[Generator, Numbers], Numbers]


def _trend(random: Generator, at: Numbers) -> Numbers:
    return 1_000 + 12 * at + random.normal(0, 30, len(at))


def _weekly(random: Generator, at: Numbers) -> Numbers:
    weekend = np.where(at % 7 >= 5, 0.3, 1.0)
    return (1_000 + 5 * at) * weekend + random.normal(0, 30, len(at))


def _heavy(random: Generator, at: Numbers) -> Numbers:
    return 1_000 + 30 * random.standard_t(4, len(at))


def _spoiled(random: Generator, at: Numbers) -> Numbers:
    """One value in ten of the past is off itself."""
    values = 1_000 + random.normal(0, 30, len(at))
    off = random.random(len(at)) < 0.1
    off[-1] = False
    return np.where(off, values * 3, values)


def _counts(random: Generator, at: Numbers) -> Numbers:
    return random.poisson(4, len(at)).astype(float)


def _rare(random: Generator, at: Numbers) -> Numbers:
    return random.poisson(0.3, len(at)).astype(float)


def _weekly_counts(random: Generator, at: Numbers) -> Numbers:
    return random.poisson(np.where(at % 7 >= 5, 5, 60)).astype(float)


SERIES: dict[str, tuple[Make, bool]] = {
    "trend": (_trend, False),
    "trend and week": (_weekly, False),
    "heavy tails": (_heavy, False),
    "spoiled past": (_spoiled, False),
    "counts": (_counts, True),
    "rare counts": (_rare, True),
    "weekly counts": (_weekly_counts, True),
}


def rates(make: Make, counts: bool, days: int, times: int = TIMES) -> tuple[float, float]:
    """The share of false alarms, and of shifts that are found."""
    random, at = default_rng(1), np.arange(float(days))
    alarms = found = 0
    for _ in range(times):
        values = make(random, at)
        judged = judge(list(at), list(values), counts=counts)
        alarms += judged is not None and judged.unexpected
        values[-1] += max(20.0, 4 * values[-1]) if counts else -400
        judged = judge(list(at), list(values), counts=counts)
        found += judged is not None and judged.unexpected
    return alarms / times, found / times


def main() -> None:
    """Print both rates for each kind of series, over 14, 30 and 90 days."""
    sys.stdout.write(f"{'series':16}{'days':>6}{'false alarms':>15}{'found':>9}\n")
    for name, (make, counts) in SERIES.items():
        for days in (14, 30, 90):
            alarms, found = rates(make, counts, days)
            sys.stdout.write(f"{name:16}{days:6}{alarms:14.2%}{found:9.1%}\n")


if __name__ == "__main__":
    main()
