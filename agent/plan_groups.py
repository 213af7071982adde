"""A long plan in short: steps that do the same are told together, the odd ones first. Pure."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from statistics import median
from typing import Any

FEW = 5
MUCH_MORE = 5
RARE = 0.1
LONGEST = 60
Card = Mapping[str, Any]


@dataclass(frozen=True)
class Noted:
    """What is known of a step beside its card.

    `whys`: what is odd about it by itself. `traits`: what it concerns, by name. `shape`: the
    tables and actions of all its changes; a card shows only the first. `left_out`: why it would
    not run. `seen`: whether it was previewed.
    """

    whys: tuple[str, ...] = ()
    traits: Mapping[str, str] = field(default_factory=dict)
    shape: tuple[tuple[str, str], ...] | None = None
    left_out: str = ""
    seen: bool = True


class Oddity(IntEnum):
    """Why a step is told apart, the gravest first."""

    FAILS = 0
    NOTED = 1
    DESTROYS = 2
    RARE = 3
    UNLIKE = 4
    LARGE = 5
    LEFT_OUT = 6


def grouped(steps: Sequence[Card], noted: Mapping[str, Noted]) -> dict[str, Any]:
    """The groups of a plan's steps, and the steps that are unlike the rest, with the reason.

    Args:
        steps: as they are on the plan's card.
        noted: what else is known of them, by step.
    """
    known = defaultdict(Noted, noted)
    kinds: dict[tuple[Any, ...], list[Card]] = defaultdict(list)
    for step in steps:
        kinds[_kind(step, known[step["id"]])].append(step)
    groups = [
        {
            "operation": members[0]["operation"],
            "title": members[0]["title"],
            "effect": members[0]["effect"],
            "count": len(members),
            "steps": [one["id"] for one in members],
            "total_changes": sum(one["preview"]["total_changes"] for one in members),
            "example": members[0]["preview"]["summary"],
        }
        for members in kinds.values()
    ]
    odd: dict[str, list[tuple[Oddity, str]]] = defaultdict(list)
    for step_id, oddity, why in _odd(steps, list(kinds.values()), known):
        odd[step_id].append((oddity, why))
    first = sorted(
        (one["id"] for one in steps if one["id"] in odd), key=lambda one: min(odd[one])[0]
    )
    return {
        "groups": sorted(groups, key=lambda one: one["count"]),
        "odd": [{"step": one, "why": " ".join(why for _, why in odd[one])} for one in first],
    }


def _odd(
    steps: Sequence[Card], kinds: Sequence[Sequence[Card]], known: Mapping[str, Noted]
) -> Iterator[tuple[str, Oddity, str]]:
    for step in steps:
        if error := step["preview"]["error"]:
            yield step["id"], Oddity.FAILS, f"It fails: {error['detail']}"
        for why in known[step["id"]].whys:
            yield step["id"], Oddity.NOTED, why
        if why := known[step["id"]].left_out:
            yield step["id"], Oddity.LEFT_OUT, f"It {why.replace('not run', 'is not run', 1)}."
    if len(steps) <= FEW:
        return
    destroying = [step["id"] for step in steps if step["effect"] == "destroy"]
    if len(destroying) * 2 <= len(steps):
        for one in destroying:
            yield one, Oddity.DESTROYS, "It destroys."
    largest = max(len(members) for members in kinds)
    for members in kinds:
        first, note = members[0], known[members[0]["id"]]
        if first["preview"]["error"] or note.left_out or not note.seen:
            continue  # why they are alone is told already
        if len(members) < largest >= FEW and len(members) <= max(1, RARE * largest):
            for one in members:
                why = f"{_share(len(members), len(steps))} like it: {one['title']}"
                yield one["id"], Oddity.RARE, why
        elif len(members) > FEW:
            yield from _unlike(members, known)
            yield from _large(members)


def _unlike(
    members: Sequence[Card], known: Mapping[str, Noted]
) -> Iterator[tuple[str, Oddity, str]]:
    """Steps with a value where nearly all others of their kind have one and the same."""
    values = [{**_arguments(one), **known[one["id"]].traits} for one in members]
    for name in dict.fromkeys(key for each in values for key in each):
        counted = Counter(each.get(name, "nothing") for each in values)
        ((usual, count),) = counted.most_common(1)
        if count < len(members) and len(members) - count <= max(1, RARE * len(members)):
            for one, each in zip(members, values, strict=True):
                if (value := each.get(name, "nothing")) != usual:
                    label = name.replace("_", " ")
                    why = f"Its {label} is {value}, that of {count} others {usual}."
                    yield one["id"], Oddity.UNLIKE, why


def _large(members: Sequence[Card]) -> Iterator[tuple[str, Oddity, str]]:
    usual = median(one["preview"]["total_changes"] for one in members)
    for one in members:
        if (count := one["preview"]["total_changes"]) > max(MUCH_MORE, MUCH_MORE * usual):
            why = f"It changes {count} records, the others {usual:g}."
            yield one["id"], Oddity.LARGE, why


def _arguments(step: Card) -> dict[str, str]:
    """A step's arguments as people read them."""
    named = step.get("named", {})
    read = {}
    for name, value in step.get("arguments", {}).items():
        text = named.get(value, value) if isinstance(value, str) else json.dumps(value)
        read[name] = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return read


def _kind(step: Card, noted: Noted) -> tuple[Any, ...]:
    preview = step["preview"]
    shape = noted.shape
    if shape is None:
        shape = tuple(sorted({(one["table"], one["action"]) for one in preview["changes"]}))
    apart = bool(preview["error"]), bool(noted.left_out), noted.seen
    return step["operation"], step["effect"], *apart, shape


def _share(count: int, total: int) -> str:
    return f"Only {count} of {total} steps {'is' if count == 1 else 'are'}"
