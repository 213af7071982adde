"""Small words: counts, lists, moments, tables in Markdown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from tools.values import Cited

Mark = Callable[[Cited], str]
"""Cites a record; returns what stands for that in the text: "[1]"."""
LEAST = 0.01
PLURALS = {
    "person": "people",
    "memory": "memories",
    "series": "series",
    "category": "categories",
    "severity": "severities",
    "sensitivity": "sensitivities",
}


def count(number: int, noun: str, plural: str | None = None) -> str:
    """ "1 column", "1,204 columns"."""
    return f"{number:,} {noun if number == 1 else plural or PLURALS.get(noun, noun + 's')}"


def shown_of(shown: int, total: int, noun: str) -> str:
    """ "3 columns", or "20 of 312 columns"."""
    return count(total, noun) if shown >= total else f"{shown} of {count(total, noun)}"


def listed(names: Sequence[str], most: int) -> str:
    """ "a, b and c", or "a, b and 4 more"."""
    names = list(names)
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} more"]
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""


def percent(share: float) -> str:
    """A share as whole percents, never rounded up to 100, nor down to none."""
    return "under 1 %" if 0 < share < LEAST else f"{min(round(share * 100), 99 + (share >= 1))} %"


def moment(at: datetime) -> str:
    """A moment as people write it."""
    return f"{at:%Y-%m-%d %H:%M} UTC"


def bullet(head: str, told: str) -> str:
    """A line of a list."""
    return f"- {head}: {told}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; pipes and line breaks in cells are escaped."""

    def line(cells: Sequence[str]) -> str:
        clean = (cell.replace("|", "\\|").replace("\n", " ") for cell in cells)
        return f"| {' | '.join(clean)} |"

    return "\n".join([line(head), line(["---"] * len(head)), *(line(row) for row in rows)])
