"""The shape of a column's values, out of a sample: quantiles, histogram, patterns. Pure.

Never given values of classified columns. A pattern shows a text's form, not its letters: `Aa 99`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise
from math import isfinite
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Any

from tools.catalog import measures as m

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
BINS = 10
PATTERNS = 5
LONGEST = 60
ASCII = (
    dict.fromkeys(map(ord, ascii_lowercase), "a")
    | dict.fromkeys(map(ord, ascii_uppercase), "A")
    | dict.fromkeys(map(ord, digits), "9")
)


def shape_of(values: Sequence[object], coarse: str | None) -> dict[str, Any]:
    """The facts of a profile that come from a sample; `sampled` is how many values it had."""
    facts: dict[str, Any] = {"sampled": len(values)}
    if coarse == "text":
        return facts | {"patterns": _patterns([str(value) for value in values])}
    if coarse not in (*m.NUMERIC, *m.TEMPORAL):
        return facts
    read = _moments if coarse in m.TEMPORAL else _numbers
    numbers = sorted(read(values))
    facts["sampled"] = len(numbers)
    if not numbers:
        return facts

    def shown(number: float) -> Any:
        if coarse in m.TEMPORAL:
            at = datetime.fromtimestamp(number, UTC)
            return at.date().isoformat() if coarse == "date" else at.isoformat()
        return int(number) if number.is_integer() else float(f"{number:.12g}")

    facts["quantiles"] = {
        f"p{share * 100:02.0f}": shown(_at(numbers, share)) for share in QUANTILES
    }
    least, greatest = numbers[0], numbers[-1]
    bins = BINS if greatest > least else 1
    width = (greatest - least) / bins
    edges = [least + width * number for number in range(bins)] + [greatest]
    counts = [0] * bins
    for number in numbers:
        counts[min(bisect_right(edges, number), bins) - 1] += 1
    facts["histogram"] = [
        {"least": shown(low), "greatest": shown(high), "count": count}
        for (low, high), count in zip(pairwise(edges), counts, strict=True)
    ]
    if coarse in m.NUMERIC:
        facts["mean"] = float(f"{sum(numbers) / len(numbers):.12g}")
    return facts


def distinct_of(values: Sequence[object]) -> int | None:
    """How many different values a column of few has, by its sample; None if it may have many.

    Chao's estimate: the values that were seen once and twice tell of those that weren't.
    """
    seen = Counter(map(str, values))
    if not values or len(seen) * 2 > len(values):
        return None
    once, twice = (sum(count == times for count in seen.values()) for times in (1, 2))
    return len(seen) + (once * (once - 1)) // (2 * (twice + 1))


def _patterns(values: Sequence[str]) -> list[dict[str, Any]]:
    counted = Counter(_pattern(value) for value in values)
    return [
        {"pattern": pattern, "share": round(count / len(values), 4)}
        for pattern, count in counted.most_common(PATTERNS)
    ]


def _pattern(value: str) -> str:
    formed = value.translate(ASCII)
    if not value.isascii():
        formed = "".join(
            "9" if c.isdigit() else "A" if c.isupper() else "a" if c.isalpha() else c
            for c in formed
        )
    return re.sub(r"(.)\1+", r"\1+", formed)[:LONGEST]


def _numbers(values: Sequence[object]) -> list[float]:
    found = []
    for value in values:
        try:
            number = float(str(value))
        except ValueError:  # SQLite can hold texts among numbers
            continue
        if isfinite(number):
            found.append(number)
    return found


def _moments(values: Sequence[object]) -> list[float]:
    read = (m.as_moment(value) for value in values)
    return [at.timestamp() for at in read if at is not None]


def _at(numbers: Sequence[float], share: float) -> float:
    """A quantile, between the two numbers that it lies between."""
    place = share * (len(numbers) - 1)
    low = int(place)
    high = min(low + 1, len(numbers) - 1)
    return numbers[low] + (numbers[high] - numbers[low]) * (place - low)
