"""Changes to a definition that keep its meaning: each gives new stages, and leaves the old alone.

References and needs that pointed to what is gone or renamed are mended in the same go.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from tools.racine.pipelines.stages import Stage, branch_targets, stage_needs
from tools.steps import Compensation, Loop, Step, When

Rename = Callable[[str, str], str]


def reduced(order: Mapping[str, Collection[str]]) -> dict[str, set[str]]:
    """What each directly needs, where `order` tells all that each comes after (its closure)."""
    return {
        name: {one for one in earlier if not any(one in order[other] for other in earlier)}
        for name, earlier in order.items()
    }


def with_stage_needs(stages: Sequence[Stage], wanted: Mapping[str, Collection[str]]) -> list[Stage]:
    """The stages with these needs, written down only where they differ from what holds anyway."""
    changed = list(stages)
    for index, stage in enumerate(stages):
        held = set(stage_needs(changed)[stage.name])
        if stage.name in wanted and held != set(wanted[stage.name]):
            ordered = tuple(one.name for one in stages if one.name in wanted[stage.name])
            changed[index] = stage.model_copy(update={"needs": ordered})
    return changed


def with_step_needs(stage: Stage, wanted: Mapping[str, Collection[str]]) -> Stage:
    """The stage whose steps need only these, beside what they refer to."""
    steps = [
        step.model_copy(
            update={
                "needs": tuple(
                    one.id
                    for one in stage.steps
                    if one.id in wanted[step.id] and one.id not in step.refers_to()
                )
            }
        )
        for step in stage.steps
    ]
    return stage.model_copy(update={"steps": tuple(steps)})


def without_step(
    stages: Sequence[Stage], place: tuple[str, str], instead: tuple[str, str] | None
) -> list[Stage] | None:
    """The stages without a step, what referred to it referring to another.

    None where its stage would be empty and can't go, as failures lead to it or from it.
    """
    stage_name, gone = place
    stage = next(one for one in stages if one.name == stage_name)
    own = next(step for step in stage.steps if step.id == gone)
    inherited = [*own.needs, *([instead[1]] if instead and instead[0] == stage_name else [])]

    def renamed(inside: str, reference: str) -> str:
        head, _, rest = reference.partition(".")
        if instead is None:
            return reference
        if inside == stage_name and head == gone:
            field = rest
        elif head == stage_name and rest.split(".", 1)[0] == gone and stage_name:
            field = rest.partition(".")[2]
        else:
            return reference
        target = instead[1] if inside == instead[0] else f"{instead[0]}.{instead[1]}"
        return f"{target}.{field}" if field else target

    kept = [
        step.model_copy(update={"needs": _replaced(step.needs, gone, inherited)})
        for step in stage.steps
        if step.id != gone
    ]
    changed = [
        (one.model_copy(update={"steps": tuple(kept)}) if one is stage else one) for one in stages
    ]
    changed = [with_references(one, renamed) for one in changed]
    if kept or stage.gate is not None:
        return changed
    return without_stage(changed, stage_name)


def without_stage(stages: Sequence[Stage], gone: str) -> list[Stage] | None:
    """The stages without an empty one, what needed it needing what it needed."""
    stage = next(one for one in stages if one.name == gone)
    if len(stages) == 1 or stage.branch or gone in branch_targets(stages):
        return None
    needs = stage_needs(stages)
    wanted = {
        name: _replaced(own, gone, needs[gone]) for name, own in needs.items() if name != gone
    }
    return with_stage_needs([one for one in stages if one is not stage], wanted)


def cached(
    stages: Sequence[Stage], place: tuple[str, str], operation: str, seconds: int
) -> list[Stage]:
    """The stages with a reading step behind a cache; references read the result inside it."""
    stage_name, name = place

    def renamed(inside: str, reference: str) -> str:
        parts = reference.split(".")
        at = 1 if inside == stage_name and parts[0] == name else 2
        if at == 2 and (parts[0] != stage_name or len(parts) < 2 or parts[1] != name):
            return reference
        return ".".join([*parts[:at], "result", *parts[at:]])

    changed = []
    for stage in stages:
        moved = with_references(stage, renamed)
        if stage.name == stage_name:
            steps = [
                step.model_copy(
                    update={
                        "operation": operation,
                        "arguments": {
                            "read": {
                                "operation": step.operation,
                                "arguments": step.arguments,
                                "seconds": seconds,
                            }
                        },
                    }
                )
                if step.id == name
                else step
                for step in moved.steps
            ]
            moved = moved.model_copy(update={"steps": tuple(steps)})
        changed.append(moved)
    return changed


def gate_first(stages: Sequence[Stage], late: str, early: str) -> list[Stage]:
    """The stages with the gate of one before another that it came after."""
    needs = {name: set(own) for name, own in stage_needs(stages).items()}
    stage = next(one for one in stages if one.name == late)
    name = late if not stage.steps else f"{late[:24]}-check"
    check = Stage(name=name, gate=stage.gate, title=stage.title, when=stage.when)
    behind = set(needs[late])
    needs[name] = set(needs[early])
    if name == late:
        for following in needs.values():
            if late in following:
                following.update(behind)
    needs[early] |= {name}
    changed: list[Stage] = []
    for each in stages:
        if each.name == early:
            changed.append(check)
        if each.name != late:
            changed.append(each)
        elif stage.steps:
            changed.append(stage.model_copy(update={"gate": None}))
    return with_stage_needs(changed, needs)


def with_references(stage: Stage, rename: Rename) -> Stage:
    """The stage with every reference renamed: `rename(stage's name, reference)`."""

    def mend(value: Any) -> Any:
        if isinstance(value, Mapping):
            if set(value) == {"$ref"}:
                return {"$ref": rename(stage.name, str(value["$ref"]))}
            return {key: mend(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [mend(item) for item in value]
        return value

    def tests(when: Iterable[When]) -> tuple[When, ...]:
        return tuple(
            one.model_copy(update={"value": mend(one.value), "to": mend(one.to)}) for one in when
        )

    def step(one: Step) -> Step:
        changed: dict[str, Any] = {"arguments": mend(one.arguments), "when": tests(one.when)}
        if one.each is not None:
            changed["each"] = Loop(over=mend(one.each.over), limit=one.each.limit)
        if one.compensate is not None:
            changed["compensate"] = Compensation(
                operation=one.compensate.operation, arguments=mend(one.compensate.arguments)
            )
        return one.model_copy(update=changed)

    changed: dict[str, Any] = {
        "when": tests(stage.when),
        "steps": tuple(step(one) for one in stage.steps),
    }
    if stage.gate is not None:
        changed["gate"] = stage.gate.model_copy(
            update={"source": mend(stage.gate.source), "asset": mend(stage.gate.asset)}
        )
    return stage.model_copy(update=changed)


def _replaced(names: Sequence[str], gone: str, instead: Iterable[str]) -> tuple[str, ...]:
    if gone not in names:
        return tuple(names)
    kept = [name for name in names if name != gone]
    return tuple(dict.fromkeys([*kept, *(one for one in instead if one not in kept)]))


def difference(old: Sequence[Stage], new: Sequence[Stage]) -> list[str]:
    """What differs between two definitions, a line each, in the words of the definition."""
    lines: list[str] = []
    before, after = {one.name: one for one in old}, {one.name: one for one in new}
    lines += [f"stage {name} goes" for name in before if name not in after]
    for name, stage in after.items():
        if name not in before:
            lines.append(f"stage {name} is new")
            continue
        mine, theirs = before[name].as_json(), stage.as_json()
        lines += _fields(f"stage {name}", mine, theirs, {"steps"})
        was = {step["id"]: step for step in mine["steps"]}
        now = {step["id"]: step for step in theirs["steps"]}
        where = f"step {name}." if name else "step "
        lines += [f"{where}{one} goes" for one in was if one not in now]
        lines += [f"{where}{one} is new" for one in now if one not in was]
        for one, step in now.items():
            if one in was:
                lines += _fields(f"{where}{one}", was[one], step, set())
    moved = [name for name in after if name in before]
    if [name for name in before if name in after] != moved:
        lines.append(f"the stages' order: {', '.join(after)}")
    return lines


def _fields(where: str, was: Mapping[str, Any], now: Mapping[str, Any], but: set[str]) -> list[str]:
    return [
        f"{where}: {field} {was.get(field, 'not given')} → {now.get(field, 'not given')}"
        for field in dict.fromkeys([*was, *now])
        if field not in but and was.get(field) != now.get(field)
    ]
