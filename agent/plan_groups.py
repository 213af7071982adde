"""A long plan in short: steps that do the same are told together, the odd ones first. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import Any

FEW = 5
MUCH_MORE = 5
RARE = 0.1


def grouped(
    steps: Sequence[Mapping[str, Any]], marked: Mapping[str, str], breaking: Mapping[str, str]
) -> dict[str, Any]:
    """The groups of a plan's steps, and the steps that are unlike the rest, with the reason.

    Args:
        steps: as they are on the plan's card.
        marked: what is odd about a step's names, by step.
        breaking: the rule that a step breaks, by step.
    """
    kinds: dict[tuple[Any, ...], list[Mapping[str, Any]]] = defaultdict(list)
    for step in steps:
        kinds[_kind(step)].append(step)
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
    odd: dict[str, list[str]] = defaultdict(list)
    for step_id, why in _odd(steps, kinds, marked, breaking):
        odd[step_id].append(why)
    return {
        "groups": sorted(groups, key=lambda one: one["count"]),
        "odd": [{"step": step, "why": " ".join(whys)} for step, whys in odd.items()],
    }


def _odd(
    steps: Sequence[Mapping[str, Any]],
    kinds: Mapping[tuple[Any, ...], list[Mapping[str, Any]]],
    marked: Mapping[str, str],
    breaking: Mapping[str, str],
) -> Iterator[tuple[str, str]]:
    for step in steps:
        if error := step["preview"]["error"]:
            yield step["id"], f"It fails: {error['detail']}"
        if step["id"] in marked:
            yield step["id"], marked[step["id"]]
        if step["id"] in breaking:
            yield step["id"], f"It breaks the rule '{breaking[step['id']]}'."
    if len(steps) <= FEW:
        return
    for members in kinds.values():
        usual = median(one["preview"]["total_changes"] for one in members)
        for one in members:
            if len(members) <= RARE * len(steps):
                yield one["id"], f"{_share(len(members), len(steps))} like it: {one['title']}"
            elif one["preview"]["total_changes"] > max(MUCH_MORE, MUCH_MORE * usual):
                changes = one["preview"]["total_changes"]
                yield one["id"], f"It changes {changes} records, the others {usual:g}."


def _kind(step: Mapping[str, Any]) -> tuple[Any, ...]:
    preview = step["preview"]
    shape = {(change["table"], change["action"]) for change in preview["changes"]}
    return step["operation"], step["effect"], bool(preview["error"]), tuple(sorted(shape))


def _share(count: int, total: int) -> str:
    return f"Only {count} of {total} steps {'is' if count == 1 else 'are'}"
