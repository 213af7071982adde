"""Whether the newest value of a series is one that its history explains. Pure; numpy only.

Trend by Theil and Sen's median of slopes, season by each weekday's median difference or share,
spread by the median absolute deviation: none of them is moved by a few values that are off.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Season = Callable[[Numbers, Numbers], Numbers]

LEAST = 8  # values before the one that is judged
MOST = 120  # what is older says little about today
LIMIT = 6.0  # in deviations, where the history is long
SHORT = 5.0  # how much a short history widens that
WEEK = 7
WEEKS = 3  # before a weekday is believed to have a level of its own
SEASONAL = 0.7  # what of the spread a season has to leave at most
TO_SIGMA = 1.4826  # of a normal distribution's median absolute deviation
STILL = 0.005  # of its level: what even a series that never moved may move


@dataclass(frozen=True)
class Judgement:
    """What was expected, from `low` to `high`, and how far off the value is, in deviations."""

    expected: float
    low: float
    high: float
    score: float

    @property
    def unexpected(self) -> bool:
        """Whether the history doesn't explain the value."""
        return abs(self.score) > 1


def judge(
    days: Sequence[float], values: Sequence[float], *, counts: bool, floor: float = 0.0
) -> Judgement | None:
    """The newest value against those before it.

    Args:
        days: when each value is of, in days, ascending; day 0 and day 7 are the same weekday.
        values: as many; the last is judged.
        counts: whether the values count events, which vary by themselves with their root.
        floor: what is never taken for a deviation, in the values' unit.

    Returns:
        None where the history is too short. `score` is 1 at the limit of what is expected.
    """
    at, seen = np.asarray(days[-MOST - 1 :], float), np.asarray(values[-MOST - 1 :], float)
    past, history, value = at[:-1], seen[:-1], float(seen[-1])
    if len(history) < LEAST:
        return None
    line = _line(past, history)
    season = _season(past, history, line(past))
    explained, expected = season(past, line(past)), float(season(at[-1:], line(at[-1:]))[0])
    expected = max(expected, 0.0)
    roots = np.sqrt(np.maximum(explained, 1.0)) if counts else np.ones_like(explained)
    root = float(np.sqrt(max(expected, 1.0))) if counts else 1.0
    spread = TO_SIGMA * float(np.median(np.abs(history - explained) / roots))
    deviation = max(spread, 1.0 if counts else STILL * abs(expected), floor, 1e-9) * root
    reach = LIMIT * (1 + SHORT / len(history)) * deviation
    score = (value - expected) / reach
    alike = history[past % WEEK == at[-1] % WEEK]
    if 0 < len(alike) < WEEKS and alike.min() - reach / 2 <= value <= alike.max() + reach / 2:
        score = float(np.clip(score, -1, 1))  # as on this weekday before
    return Judgement(expected, max(expected - reach, 0.0), expected + reach, score)


def _line(at: Numbers, values: Numbers) -> Callable[[Numbers], Numbers]:
    """The trend: a level and the median of the slopes between all pairs."""
    first, second = np.triu_indices(len(at), 1)
    apart = at[second] - at[first]
    slopes = (values[second] - values[first])[apart > 0] / apart[apart > 0]
    slope = float(np.median(slopes)) if len(slopes) else 0.0
    level = float(np.median(values - slope * at))
    return lambda days: level + slope * days


def _season(at: Numbers, values: Numbers, line: Numbers) -> Season:
    """What weekdays add to the trend or make of it, where enough weeks say that they differ."""

    def plain(_days: Numbers, trend: Numbers) -> Numbers:
        return trend

    weekdays = (at % WEEK).astype(int)
    if np.bincount(weekdays, minlength=WEEK).min() < WEEKS:
        return plain
    added = np.array([np.median((values - line)[weekdays == one]) for one in range(WEEK)])
    found: list[Season] = [plain, lambda days, trend: trend + added[(days % WEEK).astype(int)]]
    if line.min() > 0:
        shares = np.array([np.median((values / line)[weekdays == one]) for one in range(WEEK)])
        found.append(lambda days, trend: trend * shares[(days % WEEK).astype(int)])
    left = [float(np.median(np.abs(values - one(at, line)))) for one in found]
    best = int(np.argmin(left))
    return found[best] if left[best] < SEASONAL * left[0] else plain
