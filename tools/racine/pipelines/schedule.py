"""What a definition takes, given what its steps take: the critical path and everybody's slack.

Pure arithmetic over steps and seconds: a step begins when the last that it comes after has ended.
`makespan` also knows that a process has one event loop, and how many steps the engine runs at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tools.steps import Step, in_order


@dataclass(frozen=True)
class Schedule:
    """When each step begins and ends, in seconds from the start, and what determines the whole."""

    total: float
    begins: Mapping[str, float]
    ends: Mapping[str, float]
    slack: Mapping[str, float]
    critical_path: tuple[str, ...]


def schedule(steps: Sequence[Step], seconds: Mapping[str, float]) -> Schedule:
    """The earliest schedule of steps that take `seconds`; what isn't named takes none."""
    ordered = in_order(steps)
    begins: dict[str, float] = {}
    ends: dict[str, float] = {}
    for step in ordered:
        begins[step.id] = max((ends[one] for one in step.comes_after()), default=0.0)
        ends[step.id] = begins[step.id] + seconds.get(step.id, 0.0)
    total = max(ends.values(), default=0.0)
    latest = dict.fromkeys(ends, total)  # the latest end that delays nothing
    for step in reversed(ordered):
        for one in step.comes_after():
            latest[one] = min(latest[one], latest[step.id] - seconds.get(step.id, 0.0))
    return Schedule(
        total=total,
        begins=begins,
        ends=ends,
        slack={one: max(0.0, latest[one] - ends[one]) for one in ends},
        critical_path=_critical(ordered, ends),
    )


def makespan(
    steps: Sequence[Step], seconds: Mapping[str, float], alone: Collection[str], at_once: int
) -> float:
    """The seconds that steps take together.

    Args:
        alone: the steps that work in this process, and so after each other whatever their order
            allows; the others wait for systems outside, and can do so side by side.
        at_once: how many run at a time, at the most.
    """
    ends: dict[str, float] = {}
    running: dict[str, float] = {}
    waiting = in_order(steps)
    clock = 0.0
    while waiting or running:
        for step in list(waiting):
            busy = step.id in alone and any(one in alone for one in running)
            if len(running) < at_once and not busy and step.comes_after() <= ends.keys():
                running[step.id] = clock + seconds.get(step.id, 0.0)
                waiting.remove(step)
        clock = min(running.values())
        for name in [name for name, end in running.items() if end <= clock]:
            ends[name] = running.pop(name)
    return clock


def _critical(ordered: Sequence[Step], ends: Mapping[str, float]) -> tuple[str, ...]:
    by_id = {step.id: step for step in ordered}
    path: list[str] = []
    current = max(ends, key=ends.__getitem__, default=None)
    while current is not None:
        path.append(current)
        current = max(by_id[current].comes_after(), key=ends.__getitem__, default=None)
    return tuple(reversed(path))


def before(steps: Sequence[Step]) -> dict[str, set[str]]:
    """For each step, all that must have ended before it, near and far."""
    closure: dict[str, set[str]] = {}
    for step in in_order(steps):
        near = step.comes_after()
        closure[step.id] = set(near).union(*(closure[one] for one in near))
    return closure


def quantile(values: Iterable[float], share: float) -> float:
    """The value below which that share of the values lies, between neighbours in proportion."""
    ordered = sorted(values)
    if not ordered:
        return 0.0
    place = (len(ordered) - 1) * share
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def median(values: Iterable[float]) -> float:
    """The value in the middle."""
    return quantile(values, 0.5)
