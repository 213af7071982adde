"""What would make a definition faster, why, and by how much: suggestions, never changes.

Pure over the definition and its past runs. A gain is the difference between two schedules, worked
out for each past run with that run's own times; `low` and `high` are its range. Applying several
suggestions looks at each anew on what the others have left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Any, Literal

from tools.racine.pipelines.edits import (
    cached,
    gate_first,
    reduced,
    with_stage_needs,
    with_step_needs,
    without_step,
)
from tools.racine.pipelines.evidence import CONTROLS, Definition, Facts, place_of, same_call
from tools.racine.pipelines.schedule import median, quantile
from tools.racine.pipelines.stages import Stage, branch_targets, stage_needs, step_id
from tools.steps import Step

Risk = Literal["low", "medium", "high"]
Kind = Literal["side_by_side", "drop", "cache", "move", "quiet_hour"]
CACHED = "pipelines.read_cached"
CACHE_SECONDS = 3600
CACHE_HIT = 0.01  # seconds that finding a kept result takes
CONTENTION = 0.5  # what steps beside each other may lose to each other
WORTH = 0.02  # of the whole: less gain than this isn't worth a change
SAME_RUNS, FAILING_RUNS = 3, 5  # runs that are needed to say "never" and "often"
OFTEN = 0.2
CHEAP = 5  # times that what a check could save must outweigh it


@dataclass(frozen=True)
class Suggestion:
    """One change, its reason, and the gain in seconds that past runs let one expect."""

    id: str
    kind: Kind
    what: str
    why: str
    expected: float
    low: float
    high: float
    runs: int
    risk: Risk
    steps: tuple[str, ...]
    stages: tuple[Stage, ...] | None = None
    """The definition with this change, None where it isn't a change of the definition."""
    evidence: dict[str, Any] = field(default_factory=dict)


def suggest(stages: Sequence[Stage], facts: Facts) -> list[Suggestion]:
    """Everything worth changing, the greatest gain first; nothing without a past run."""
    if not facts.runs:
        return []
    definition = Definition(stages, facts)
    found: list[Suggestion] = []
    for look in (_side_by_side, _duplicates, _unused, _unchanged, _late_checks, _busy_hours):
        found += look(definition)
    return sorted(found, key=lambda one: (-one.expected, one.id))


def apply(
    stages: Sequence[Stage], facts: Facts, chosen: Iterable[str] | None = None
) -> tuple[list[Stage], list[Suggestion]]:
    """The definition with the chosen suggestions (None: all that change it), and those applied."""
    wanted = None if chosen is None else list(chosen)
    current, applied = list(stages), list[Suggestion]()
    done: set[str] = set()
    while True:
        following = next(
            (
                one
                for one in suggest(current, facts)
                if one.stages and one.id not in done and (wanted is None or one.id in wanted)
            ),
            None,
        )
        if following is None or following.stages is None:
            return current, applied
        current = list(following.stages)
        applied.append(following)
        done.add(following.id)


def gain(
    old: Definition, new: Definition, instead: dict[str, float] | None = None
) -> tuple[float, float, float]:
    """What the new definition saves over past runs: expected, low, high."""
    gains = [old.takes(run) - new.takes(run, instead) for run in old.facts.done] or [0.0]
    return median(gains), min(gains) * (1 - CONTENTION), max(gains)


def gain_of(
    stages: Sequence[Stage], new: Sequence[Stage], applied: Sequence[Suggestion], facts: Facts
) -> tuple[float, float, float]:
    """What the suggestions that were applied save together: expected, low, high."""
    instead = {one.steps[0]: CACHE_HIT for one in applied if one.kind == "cache"}
    expected, low, high = gain(Definition(stages, facts), Definition(new, facts), instead)
    moved = [one for one in applied if one.kind == "move"]
    return (
        max(0.0, expected) + sum(one.expected for one in moved),
        max(0.0, low) + sum(one.low for one in moved),
        max(0.0, high) + sum(one.high for one in moved),
    )


# ---- side by side ---------------------------------------------------------------------------


def _side_by_side(old: Definition) -> Iterable[Suggestion]:
    for stage in old.stages:
        yield from _within(old, stage)
    if len(old.stages) > 1:
        yield from _across(old)


def _within(old: Definition, stage: Stage) -> Iterable[Suggestion]:
    own = {step_id(stage.name, step.id): step.id for step in stage.steps}
    order, freed = {}, set()
    for whole, name in own.items():
        step = old.by_id[whole]
        kept = set()
        for earlier in old.before[whole] & set(own):
            if earlier in step.refers_to() or not old.independent(old.by_id[earlier], step):
                kept.add(own[earlier])
            else:
                freed |= {earlier, whole}
        order[name] = kept
    wanted = reduced(_closed(order))
    changed = with_step_needs(stage, wanted)
    if not freed or changed == stage:
        return
    stages = [changed if one is stage else one for one in old.stages]
    where = f"stage {stage.name}" if stage.name else "the workflow"
    steps = tuple(one for one in own if one in freed)
    yield from _measured(
        old,
        stages,
        id=f"side-by-side:{stage.name or 'steps'}",
        kind="side_by_side",
        what=f"In {where}, run {_listed(own[one] for one in steps)} side by side",
        why="Only the order holds them apart: none reads what another gives or changes, and they "
        "wait for systems outside, which they can do together.",
        risk=_risk(old, steps),
        steps=steps,
    )


def _across(old: Definition) -> Iterable[Suggestion]:
    needs = stage_needs(old.stages)
    earlier = _closed({name: set(own) for name, own in needs.items()})
    by_name = {stage.name: stage for stage in old.stages}
    fixed = set(branch_targets(old.stages)) | {
        one.name for one in old.stages if one.gate or one.on_failure != "stop" or one.when
    }
    order, freed = {}, set()
    for name, befores in earlier.items():
        kept = {
            one
            for one in befores
            if one in fixed
            or name in fixed
            or not _stages_independent(old, by_name[one], by_name[name])
        }
        freed |= {one for pair in ((one, name) for one in befores - kept) for one in pair}
        order[name] = kept
    stages = with_stage_needs(old.stages, reduced(_closed(order)))
    if not freed or stages == old.stages:
        return
    steps = tuple(step.id for step in old.steps if step.stage in freed)
    yield from _measured(
        old,
        stages,
        id="side-by-side:stages",
        kind="side_by_side",
        what=f"Run the stages {_listed(one for one in earlier if one in freed)} side by side",
        why="Only the order holds them apart: no step reads what another stage gives or changes, "
        "and they wait for systems outside, which they can do together.",
        risk=_risk(old, steps),
        steps=steps,
    )


def _stages_independent(old: Definition, one: Stage, other: Stage) -> bool:
    return all(
        old.independent(old.by_id[mine], old.by_id[theirs])
        for mine in old.ids(one)
        for theirs in old.ids(other)
    )


def _closed(order: dict[str, set[str]]) -> dict[str, set[str]]:
    closed: dict[str, set[str]] = {}

    def close(name: str) -> set[str]:
        if name not in closed:
            closed[name] = set()
            closed[name] = order[name].union(*(close(one) for one in order[name]))
        return closed[name]

    return {name: close(name) for name in order}


def _risk(old: Definition, steps: Iterable[str]) -> Risk:
    return "low" if all(old.reads(old.by_id[one]) for one in steps) else "medium"


# ---- drop -----------------------------------------------------------------------------------


def _duplicates(old: Definition) -> Iterable[Suggestion]:
    order = {step.id: place for place, step in enumerate(old.steps)}
    for later in old.steps:
        for first in old.steps:
            if order[first.id] >= order[later.id] or (
                first.id in old.before and (later.id in old.before[first.id])
            ):
                continue
            if not same_call(first, later) or old.is_control(later) or old.is_control(first):
                continue
            if not _says_nothing_new(old, first, later):
                continue
            place, instead = place_of(old.stages, later.id), place_of(old.stages, first.id)
            if place is None or instead is None:
                continue
            stages = without_step(
                old.stages, (place[0].name, place[1].id), (instead[0].name, instead[1].id)
            )
            if stages is not None:
                yield from _measured(
                    old,
                    stages,
                    id=f"drop:{later.id}",
                    kind="drop",
                    what=f"Drop {later.id}: {first.id} has asked the same already",
                    why="Both ask the same, and nothing between them changes what they read.",
                    risk="low" if old.reads(later) else "medium",
                    steps=(later.id, first.id),
                )
            break


def _says_nothing_new(old: Definition, first: Step, later: Step) -> bool:
    if not old.reads(later):
        seen = [one for one in old.facts.timings(later.id) if one.status == "done"]
        return len(seen) >= SAME_RUNS and not any(one.changed for one in seen)
    between = [
        step
        for step in old.steps
        if step.id not in old.before[first.id]
        and later.id not in old.before[step.id]
        and (step.gate is not None or not old.reads(step))
    ]
    return all(step.gate is None and _leaves_alone(old, step, later) for step in between)


def _leaves_alone(old: Definition, write: Step, read: Step) -> bool:
    own, others = old.sources(write), old.sources(read)
    return bool(own and others) and "" not in own | others and not own & others


def _unused(old: Definition) -> Iterable[Suggestion]:
    needs = stage_needs(old.stages)
    followed = {one for own in needs.values() for one in own}
    used = old.used()
    for step in old.steps:
        place = place_of(old.stages, step.id)
        if place is None or not old.reads(step) or old.is_control(step) or step.id in used:
            continue
        last = place[0].name not in followed and not any(
            step.id in before for before in old.before.values()
        )
        seen = old.facts.timings(step.id)
        if last or len(seen) < SAME_RUNS or any(one.status == "failed" for one in seen):
            continue  # an answer that people read, or a check that may fail
        stages = without_step(old.stages, (place[0].name, place[1].id), None)
        if stages is not None:
            yield from _measured(
                old,
                stages,
                id=f"drop:{step.id}",
                kind="drop",
                what=f"Drop {step.id}: no step uses what it reads",
                why=f"It reads, nothing refers to it, and it never failed in {len(seen)} runs.",
                risk="medium",
                steps=(step.id,),
            )


# ---- cache ----------------------------------------------------------------------------------


def _unchanged(old: Definition) -> Iterable[Suggestion]:
    for step in old.steps:
        place = place_of(old.stages, step.id)
        if place is None or not old.reads(step) or old.is_control(step):
            continue
        if step.operation in (CACHED, *CONTROLS) or step.each is not None:
            continue
        results = [run.steps[step.id].result for run in old.facts.done if step.id in run.steps]
        if len(results) < SAME_RUNS or None in results or len(set(results)) > 1:
            continue
        if not all(_leaves_alone_for_good(old, one, step) for one in old.steps):
            continue
        stages = cached(old.stages, (place[0].name, place[1].id), CACHED, CACHE_SECONDS)
        yield from _measured(
            old,
            stages,
            {step.id: CACHE_HIT},
            id=f"cache:{step.id}",
            kind="cache",
            what=f"Keep the result of {step.id} for an hour, or until something changes",
            why=f"It gave the same in all of {len(results)} runs.",
            risk="medium",
            steps=(step.id,),
        )


def _leaves_alone_for_good(old: Definition, write: Step, read: Step) -> bool:
    """Whether a step of the same pipeline never makes what is kept worthless."""
    if old.reads(write):
        return True
    if old.facts.timings(write.id) and not old.changed(write):
        return True
    return _leaves_alone(old, write, read)


# ---- move -----------------------------------------------------------------------------------


def _late_checks(old: Definition) -> Iterable[Suggestion]:
    earlier = _closed({name: set(own) for name, own in stage_needs(old.stages).items()})
    targets = branch_targets(old.stages)
    for stage in old.stages:
        if stage.gate is None or stage.gate.kind == "approval":
            continue
        if stage.name in targets or stage.when:
            continue
        gate = old.by_id[step_id(stage.name, "gate")]
        seen = old.facts.timings(gate.id)
        failures = sum(one.status == "failed" for one in seen)
        if len(seen) < FAILING_RUNS or failures / len(seen) < OFTEN:
            continue
        free = {
            one.name
            for one in old.stages
            if one.name in earlier[stage.name]
            and one.name not in targets
            and all(old.unrelated(old.by_id[own], gate) for own in old.ids(one))
        }
        ahead = _freed_by(old, stage.name, earlier, free)
        if not ahead:
            continue
        first = ahead[0]
        wasted = [
            sum(
                run.steps[own].seconds or 0.0
                for one in ahead
                for own in old.ids(one)
                if own in run.steps
            )
            for run in old.facts.runs
            if gate.id in run.steps and run.steps[gate.id].status == "failed"
        ]
        if median(wasted) < CHEAP * old.seconds(gate.id):
            continue
        share = failures / len(seen)
        low, high = _interval(failures, len(seen))
        yield Suggestion(
            id=f"move:{stage.name}",
            kind="move",
            what=f"Check the {stage.gate.kind} gate of {stage.name} before {first.name}",
            why=(
                f"It was closed in {failures} of {len(seen)} runs, after "
                f"{_listed(one.name for one in ahead)} had worked {median(wasted):.2g} s in vain. "
                "The gain is what an average run saves."
            ),
            expected=share * median(wasted),
            low=low * min(wasted),
            high=high * max(wasted),
            runs=len(seen),
            risk="low",
            steps=(gate.id,),
            stages=tuple(gate_first(old.stages, stage.name, first.name)),
            evidence={"closed": failures, "seconds_in_vain": round(median(wasted), 3)},
        )


def _freed_by(
    old: Definition, late: str, earlier: Mapping[str, set[str]], free: set[str]
) -> list[Stage]:
    """The stages that a gate would come before, from the first that it may come before."""
    for first in old.stages:
        behind = [
            one
            for one in old.stages
            if one.name in earlier[late]
            and (one.name == first.name or first.name in earlier[one.name])
        ]
        if behind and all(one.name in free for one in behind):
            return behind
    return []


def _interval(hits: int, tries: int) -> tuple[float, float]:
    """Wilson's interval: what a share may really be, seen so often."""
    z = 1.96
    share, extra = hits / tries, z * z / tries
    middle = (share + extra / 2) / (1 + extra)
    half = z * sqrt(share * (1 - share) / tries + extra / (4 * tries)) / (1 + extra)
    return max(0.0, middle - half), min(1.0, middle + half)


def _busy_hours(old: Definition) -> Iterable[Suggestion]:
    """A quieter hour, where runs at quiet hours were faster; the schedule is changed, not this."""
    load, by_hour = old.facts.load, dict[int, list[float]]()
    for run in old.facts.done:
        if run.seconds is not None:
            by_hour.setdefault(run.started.hour, []).append(run.seconds - run.waited)
    known = [hour for hour, seconds in by_hour.items() if len(seconds) >= SAME_RUNS]
    if len(known) < 2:
        return
    busy = max(known, key=lambda hour: load.get(hour, 0))
    quiet = min(known, key=lambda hour: load.get(hour, 0))
    expected = median(by_hour[busy]) - median(by_hour[quiet])
    if load.get(busy, 0) < 2 * max(1, load.get(quiet, 0)) or expected <= 0:
        return
    yield Suggestion(
        id="quiet-hour",
        kind="quiet_hour",
        what=f"Start at {quiet:02d}:00 UTC instead of {busy:02d}:00 (workflows.schedule)",
        why=(
            f"{load.get(busy, 0)} operations ran in the hour of {busy:02d}:00 and "
            f"{load.get(quiet, 0)} in that of {quiet:02d}:00; runs took "
            f"{median(by_hour[busy]):.2g} s and {median(by_hour[quiet]):.2g} s."
        ),
        expected=expected,
        low=max(0.0, quantile(by_hour[busy], 0.25) - quantile(by_hour[quiet], 0.75)),
        high=quantile(by_hour[busy], 0.75) - quantile(by_hour[quiet], 0.25),
        runs=len(by_hour[busy]) + len(by_hour[quiet]),
        risk="low",
        steps=(),
    )


# ---- in common ------------------------------------------------------------------------------


def _measured(
    old: Definition, stages: Sequence[Stage], instead: dict[str, float] | None = None, **said: Any
) -> Iterable[Suggestion]:
    """The suggestion with its gain, if that is worth it; one that drops is worth it always."""
    new = Definition(stages, old.facts)
    expected, low, high = gain(old, new, instead)
    total = old.takes()
    if expected < WORTH * total and said["kind"] != "drop":
        return
    seen = len(old.facts.done)
    medians = {one: round(old.seconds(one), 3) for one in said["steps"]}
    slowest: Callable[[str], float] = medians.__getitem__
    told = ", ".join(
        f"{one} {medians[one]:.2g} s" for one in sorted(medians, key=slowest, reverse=True)[:5]
    )
    said["why"] += f" Medians of {seen} run{'s' if seen != 1 else ''}: {told}."
    yield Suggestion(
        **said,
        expected=max(0.0, expected),
        low=max(0.0, low),
        high=max(0.0, high),
        runs=seen,
        stages=tuple(stages),
        evidence={"median_seconds": medians, "total_seconds": round(total, 3)},
    )


def _listed(names: Iterable[str]) -> str:
    known = list(names)
    return known[0] if len(known) == 1 else f"{', '.join(known[:-1])} and {known[-1]}"
