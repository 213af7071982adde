"""Graders of direct calls and of the state: values, exact edges, ranks, labels, differences."""

from __future__ import annotations

import json
from typing import Any

from evals.cases import Change, Check, State, Turn
from evals.graders.ground import Ground, pick, says
from evals.records import Heard
from evals.state import Difference


async def fails(turn: Turn, heard: Heard, _ground: Ground) -> str:
    """The call is refused as it should be."""
    wanted = turn.expect.fails
    assert wanted is not None
    if heard.status != wanted.status:
        return f"answered {heard.status}, not {wanted.status}"
    problem = heard.result if isinstance(heard.result, dict) else {}
    for name in ("code", "field"):
        expected = getattr(wanted, name)
        if expected is not None and problem.get(name) != expected:
            return f"{name} is {problem.get(name)!r}, not {expected!r}"
    told = f"{problem.get('detail', '')} {problem.get('remedy', '')}"
    missing = [word for word in wanted.says if not says(told, word)]
    return f"the problem doesn't say {missing[0]!r}: {told[:200]}" if missing else ""


async def works(_turn: Turn, heard: Heard, _ground: Ground) -> str:
    """The call is answered."""
    return "" if heard.status < 300 else f"answered {heard.status}: {_short(heard.result)}"


async def result(turn: Turn, heard: Heard, ground: Ground) -> str:
    """What stands at the places of the result."""
    for check in turn.expect.result:
        if why := _check(check, pick(heard.result, check.pick), ground):
            return f"{check.pick}: {why}"
    return ""


def _check(check: Check, found: list[Any], ground: Ground) -> str:
    if "equals" in check.model_fields_set:
        value = found[0] if len(found) == 1 else found
        if not ground.same(check.equals, value):
            return f"is {_short(value)}, not {_short(check.equals)}"
    if check.set is not None:
        have, want = sorted(map(_key, found)), sorted(map(_key, check.set))
        if set(have) != set(want):
            return f"is {have}, not {want}"
    if missing := [one for one in check.holds if one not in found]:
        return f"{missing[0]!r} is missing in {_short(found)}"
    if unwanted := [one for one in check.lacks if one in found]:
        return f"{unwanted[0]!r} is there"
    if check.count is not None and len(found) != check.count:
        return f"{len(found)}, not {check.count}"
    return ""


async def edges(turn: Turn, heard: Heard, _ground: Ground) -> str:
    """Exactly these edges: none missing, none too many."""
    wanted = turn.expect.edges
    assert wanted is not None
    found = {
        f"{_end(edge, wanted.upstream)} -> {_end(edge, wanted.downstream)}".casefold()
        for edge in pick(heard.result, f"{wanted.pick}[]")
        if all(edge.get(name) in values for name, values in wanted.among.items())
    }
    right = {edge.casefold() for edge in wanted.exactly}
    if missing := sorted(right - found):
        return f"{missing[0]} is missing ({len(missing)} of {len(right)})"
    extra = sorted(found - right)
    return f"{extra[0]} is no edge ({len(extra)} too many)" if extra else ""


def _end(edge: dict[str, Any], fields: str) -> str:
    return ".".join(str(edge[name]) for name in fields.split("+") if edge.get(name))


async def ranked(turn: Turn, heard: Heard, _ground: Ground) -> str:
    """All that is right among the first."""
    wanted = turn.expect.ranked
    assert wanted is not None
    found = [str(one) for one in pick(heard.result, wanted.pick)]
    missing = [one for one in wanted.gold if one not in found[: wanted.at]]
    if not missing:
        return ""
    place = f"at {found.index(missing[0]) + 1}" if missing[0] in found else "not found"
    return f"{missing[0]} is {place}; the first {wanted.at} are {found[: wanted.at]}"


async def labels(turn: Turn, heard: Heard, _ground: Ground) -> str:
    """The label of each column: exactly that, or none."""
    found: dict[str, set[str]] = {}
    for item in pick(heard.result, "items[]"):
        if item.get("status") != "rejected":
            found.setdefault(str(item["column"]), set()).add(str(item["label"]))
    for column, label in turn.expect.labels.items():
        right = {label} if label else set()
        if found.get(column, set()) != right:
            have = sorted(found.get(column, set())) or "nothing"
            return f"{column} is {have}, not {label or 'nothing'}"
    return ""


def unchanged(changed: list[Difference]) -> str:
    """Why the state is not as it was, or nothing."""
    if not changed:
        return ""
    more = f" (and {len(changed) - 1} more)" if len(changed) > 1 else ""
    return f"the state changed: {changed[0]}{more}"


def changed_as(wanted: State, changed: list[Difference], ground: Ground) -> str:
    """Why the differences are not exactly those expected, or nothing."""
    left = [one for one in changed if one.of not in wanted.also]
    for change in wanted.changes:
        found = next((one for one in left if _is(change, one, ground)), None)
        if found is None:
            near = [str(one) for one in left if one.of == change.of][:3]
            return f"not done: {_told(change)}; changed instead: {near or 'nothing there'}"
        left.remove(found)
    return f"changed besides: {left[0]}" if left else ""


def _is(change: Change, one: Difference, ground: Ground) -> bool:
    if (one.of, one.name.casefold()) != (change.of, change.name.casefold()):
        named = one.of == change.of and change.name == "*"
        if not named:
            return False
    if change.created:
        return one.field is None and one.before is None and _holds(one.after, change.holds, ground)
    if change.removed:
        return one.field is None and one.after is None
    after = one.after
    if change.adds and isinstance(after, list) and isinstance(one.before, list):
        new = [entry for entry in after if entry not in one.before]
        kept = len(after) - len(new) == len(one.before)
        return (
            one.field == change.field
            and kept
            and len(new) == len(change.adds)
            and all(any(_holds(entry, wanted, ground) for entry in new) for wanted in change.adds)
        )
    if isinstance(change.to, list) and isinstance(after, list):
        return one.field == change.field and sorted(map(_key, change.to)) == sorted(
            map(_key, after)
        )
    return one.field == change.field and ground.same(change.to, after)


def _holds(record: Any, wanted: dict[str, Any], ground: Ground) -> bool:
    return isinstance(record, dict) and all(
        ground.same(value, record.get(name)) for name, value in wanted.items()
    )


def _told(change: Change) -> str:
    how = f"{change.field} to {change.to!r}" if change.field else (
        "created" if change.created else "removed"
    )  # fmt: skip
    return f"{change.of} {change.name} {how}"


def _key(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True, default=str)


def _short(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)[:300]
