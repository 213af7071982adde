"""Small statistics of passes and failures, exact where that is possible. Pure.

Repeats of a case are not independent, so intervals over repeated runs resample cases, not attempts.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import comb, sqrt
from random import Random

SAMPLES = 2_000
NINETY_FIVE = 1.959964


def wilson(passed: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share; all of [0, 1] for nothing."""
    if total == 0:
        return 0.0, 1.0
    share, square = passed / total, NINETY_FIVE**2
    middle = share + square / (2 * total)
    spread = NINETY_FIVE * sqrt(share * (1 - share) / total + square / (4 * total**2))
    low, high = ((middle - spread) / (1 + square / total), (middle + spread) / (1 + square / total))
    return max(0.0, low), min(1.0, high)


def interval(rates: Sequence[float]) -> tuple[float, float]:
    """The 95 % interval of the mean of the cases' rates: Wilson's where each is 0 or 1."""
    if all(rate in (0, 1) for rate in rates):
        return wilson(round(sum(rates)), len(rates))
    return bootstrap(rates)


def bootstrap(values: Sequence[float], seed: int = 7) -> tuple[float, float]:
    """The 95 % percentile interval of the mean, by resampling; the same for the same values."""
    random = Random(seed)
    means = sorted(sum(random.choices(values, k=len(values))) / len(values) for _ in range(SAMPLES))
    return means[round(0.025 * SAMPLES)], means[round(0.975 * SAMPLES) - 1]


def mcnemar(gained: int, lost: int) -> float:
    """How likely so uneven a split of the changed cases is by chance: exact, two-sided."""
    changed = gained + lost
    if changed == 0:
        return 1.0
    tail = sum(comb(changed, k) for k in range(min(gained, lost) + 1))
    return float(min(1.0, 2 * tail / 2**changed))


def sign_flip(differences: Sequence[float], seed: int = 7) -> float:
    """How likely so large a mean difference of paired rates is by chance: by flipping signs."""
    random, observed = Random(seed), abs(sum(differences))
    changed = [one for one in differences if one]
    if not changed:
        return 1.0
    as_large = sum(
        abs(sum(one if random.random() < 0.5 else -one for one in changed)) >= observed - 1e-12
        for _ in range(SAMPLES)
    )
    return (as_large + 1) / (SAMPLES + 1)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share lies; 0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
