"""How much two assets resemble each other, and why. Pure.

Each property that both sides have says a share from 0 to 1; the score is their weighed mean. What
one side lacks says nothing, except that columns and members are what tables and products are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

RETYPED = 0.6
"""What a column of the same name and another type is worth."""
CLOSE_ROWS = 0.9
CLOSE_NULLS = 0.05
TELLING = 0.5


@dataclass(frozen=True)
class Look:
    """What is compared of an asset. `columns`: coarse types by plain names; `nulls`: shares."""

    words: frozenset[str]
    text: str = ""
    data_type: str | None = None
    columns: Mapping[str, str | None] = field(default_factory=dict)
    labels: frozenset[str] = frozenset()
    members: frozenset[str] = frozenset()
    rows: int | None = None
    nulls: Mapping[str, float] = field(default_factory=dict)


class Said(NamedTuple):
    """What one property says: its weight, the share that is alike, and the reason in words."""

    weight: float
    share: float
    reason: str = ""


def likeness(one: Look, other: Look, near: float = 0.0) -> tuple[float, list[str]]:
    """A score from 0 to 1 with its reasons, the weightiest first.

    Args:
        near: how near the texts are by meaning, 0 to 1.
    """
    said = list(_said(one, other, near))
    whole = sum(each.weight for each in said)
    score = sum(each.weight * each.share for each in said) / whole if whole else 0.0
    telling = sorted(
        (each for each in said if each.reason and each.share), key=lambda each: -each.weight
    )
    return score, [each.reason for each in telling]


def _said(one: Look, other: Look, near: float) -> Iterator[Said]:
    if one.columns or other.columns:
        shared = one.columns.keys() & other.columns.keys()
        same = sum(one.columns[name] == other.columns[name] for name in shared)
        most = max(len(one.columns), len(other.columns))
        retyped = len(shared) - same
        more = f", {retyped} more by name" if retyped else ""
        reason = f"{same} of {most} columns the same{more}" if shared else ""
        yield Said(6, (same + RETYPED * retyped) / most, reason)
    elif one.members or other.members:
        both, either = one.members & other.members, one.members | other.members
        reason = f"made of {len(both)} of {len(either)} the same assets" if both else ""
        yield Said(6, len(both) / len(either), reason)
    if one.data_type or other.data_type:
        same_type = one.data_type == other.data_type
        yield Said(1, float(same_type), f"both {one.data_type}" if same_type else "")
    if one.labels and other.labels:
        both_labels = one.labels & other.labels
        named = ", ".join(sorted(both_labels)[:5])
        share = len(both_labels) / len(one.labels | other.labels)
        yield Said(2, share, f"both hold {named}" if both_labels else "")
    if one.words and other.words:
        same_words = one.words & other.words
        share = len(same_words) / len(one.words | other.words)
        reason = f"named alike ({', '.join(sorted(same_words))})" if same_words else ""
        yield Said(1.5, share, reason)
    if near:
        yield Said(1, near, "near in meaning" if near >= TELLING else "")
    if one.rows and other.rows:
        close = min(one.rows, other.rows) / max(one.rows, other.rows)
        reason = f"about as many rows ({one.rows} and {other.rows})" if close >= CLOSE_ROWS else ""
        yield Said(0.5, close, reason)
    if filled := one.nulls.keys() & other.nulls.keys():
        alike = sum(abs(one.nulls[name] - other.nulls[name]) <= CLOSE_NULLS for name in filled)
        reason = f"{alike} of {len(filled)} shared columns filled alike"
        yield Said(0.5, alike / len(filled), reason)
