"""Graders of what was called and planned: operations, arguments, trajectory, choices, limits.

Each returns why the turn fails, or nothing. A call with arguments that nobody asked for fails,
unless they are the operation's defaults.
"""

from __future__ import annotations

import json
from typing import Any

from evals.cases import Call, Turn
from evals.graders.ground import Ground
from evals.records import Heard

OTHERS = "other operations"
FINDING = {"assistant.find_operations", "catalog.search_assets", "search.unified"}


async def first(turn: Turn, heard: Heard, _ground: Ground) -> str:
    """The operation that is called first, besides those that only look for what is meant."""
    wanted = turn.expect.first
    called = [c.operation for c in heard.calls if c.operation in wanted or not _finds(c.operation)]
    came = [*called, *(call.operation for call in heard.calls), "no operation"][0]
    if came == "no operation" and heard.plan is None:
        came = "ask" if heard.asked else "unsupported" if "unsupported" in wanted else came
    return "" if came in wanted else f"{came} was called first, not {' or '.join(wanted)}"


def _finds(operation: str) -> bool:
    return operation in FINDING


async def calls(turn: Turn, heard: Heard, ground: Ground) -> str:
    """Exactly these calls, in this order, with these arguments; looking for names is free."""
    ways = [turn.expect.calls or [], *turn.expect.or_calls]
    wanted = {call.operation for way in ways for call in way}
    made = [
        (call.operation, call.arguments)
        for call in heard.calls
        if call.operation in wanted or not _finds(call.operation)
    ]
    return _one_of(ways, made, ground, "called")


async def plan(turn: Turn, heard: Heard, ground: Ground) -> str:
    """Exactly these steps; and no plan at all where none is expected."""
    steps = [(s["operation"], s["arguments"]) for s in (heard.plan or {}).get("steps", [])]
    if turn.expect.plan is None and turn.expect.may_plan:
        return ""
    if turn.expect.plan is None:
        names = ", ".join(operation for operation, _ in steps)
        return f"a plan was proposed that nobody asked for: {names}" if steps else ""
    ways = [turn.expect.plan, *turn.expect.or_plan]
    if why := _one_of(ways, steps, ground, "planned"):
        return why
    broken = [
        s for s in (heard.plan or {}).get("steps", []) if (s.get("preview") or {}).get("error")
    ]
    if broken:
        return f"the preview of {broken[0]['operation']} failed: {broken[0]['preview']['error']}"
    needs = [need["who"] for need in ((heard.plan or {}).get("approval") or {}).get("needs", [])]
    missing = [who for who in turn.expect.needs if not any(who in need for need in needs)]
    return f"approval is not needed from {missing[0]}, but from {needs}" if missing else ""


def _one_of(
    ways: list[list[Call]], made: list[tuple[str, dict[str, Any]]], ground: Ground, verb: str
) -> str:
    problems = [_against(way, made, ground) for way in ways]
    if "" in problems:
        return ""
    told = "; ".join(f"{name} {json.dumps(a, ensure_ascii=False)}" for name, a in made)
    wanted = "; ".join(
        f"{c.operation} {json.dumps(c.arguments, ensure_ascii=False)}" for c in ways[0]
    )
    problem = f" ({problems[0]})" if problems[0] != OTHERS else ""
    return f"{verb} {told or 'nothing'}, expected {wanted or 'nothing'}{problem}"


def _against(way: list[Call], made: list[tuple[str, dict[str, Any]]], ground: Ground) -> str:
    names, wanted = [name for name, _ in made], [call.operation for call in way]
    if names != wanted:
        return OTHERS
    for call, (_, given) in zip(way, made, strict=True):
        if why := arguments(call, given, ground):
            return why
    return ""


def arguments(call: Call, given: dict[str, Any], ground: Ground) -> str:
    """Why the arguments of a call are not those expected, or nothing."""
    defaults = ground.asker.service.defaults.get(call.operation, {})
    for name, expected in call.arguments.items():
        value = given.get(name, defaults.get(name))
        if not ground.same(expected, value):
            return f"{name} is {json.dumps(value, ensure_ascii=False)}"
    for name, value in given.items():
        known = name in call.arguments or name in call.optional
        if not known and value is not None and not ground.same(defaults.get(name), value):
            return f"{name} was not asked for"
    return ""


async def trajectory(turn: Turn, heard: Heard, _ground: Ground) -> str:
    """The way: an order, what must never be called, how many calls, and none twice."""
    wanted = turn.expect.trajectory
    assert wanted is not None
    came = [call.operation for call in heard.calls]
    if used := [name for name in wanted.never if name in came]:
        return f"{used[0]} was called"
    if wanted.exactly and came != wanted.order:
        return f"called {came}, not {wanted.order}"
    rest = iter(came)
    if missed := [name for name in wanted.order if name not in rest]:
        return f"{missed[0]} was not called in its place: {came}"
    if wanted.at_most is not None and len(came) > wanted.at_most:
        return f"{len(came)} calls, at most {wanted.at_most} are needed"
    if not wanted.repeats:
        seen = [(c.operation, json.dumps(c.arguments, sort_keys=True)) for c in heard.calls]
        twice = [one for number, one in enumerate(seen) if one in seen[:number]]
        if twice:
            return f"{twice[0][0]} was called twice with the same arguments"
    return ""


async def asks(turn: Turn, heard: Heard, ground: Ground) -> str:
    """A question back with these choices, and nothing done meanwhile."""
    wanted = turn.expect.asks
    assert wanted is not None
    if heard.asked is None:
        return "nothing was asked back"
    options = [str(option) for option in heard.asked.get("options", [])]
    if missing := [c for c in wanted.choices if not any(ground.same(c, o) for o in options)]:
        return f"{missing[0]} is not among the choices {options}"
    if wanted.only and len(options) != len(wanted.choices):
        return f"the choices are {options}, not only {wanted.choices}"
    return ""


async def limits(turn: Turn, heard: Heard, _ground: Ground) -> str:
    """What the turn took, against what it may take."""
    wanted = turn.expect.limits
    assert wanted is not None
    took: list[tuple[str, float, float | None]] = [
        ("seconds", heard.seconds, wanted.seconds),
        ("seconds to the first event", heard.first_seconds, wanted.first_seconds),
        ("calls", len(heard.calls), wanted.calls),
        ("tokens", tokens(heard), wanted.tokens),
        ("money", money(heard), wanted.money),
    ]
    over = [f"{value:.3g} {what}, at most {most:g}" for what, value, most in took
            if most is not None and value > most]  # fmt: skip
    return "; ".join(over)


def tokens(heard: Heard) -> int:
    """Tokens that the turn used, by what the service says of it."""
    usage = heard.usage
    if "total_tokens" in usage:
        return int(usage["total_tokens"])
    return int(usage.get("input_tokens", 0)) + int(usage.get("output_tokens", 0))


def money(heard: Heard) -> float:
    """Dollars that it cost, by what the service says of it."""
    return float(heard.usage.get("cost_usd") or 0)
