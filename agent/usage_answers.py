"""How assets are used and how schemas differ, as Markdown, for `answers`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from agent import plain_answers as plain
from agent.wording import Mark, count, listed, moment, percent, shown_of
from tools.catalog.types import ListedCheck, Quality, SchemaComparison
from tools.catalog.usage import AssetUsage, Usage
from tools.racine.workflows.analytics import WorkflowAnalytics

SHOWN = 10


def _usage(value: Usage, arguments: dict[str, Any], mark: Mark) -> str:
    if not value.items:
        return "Nothing is known of any use since then."
    used = [one for one in value.items if one.looks or one.changes or one.runs or one.feeds]
    used = value.items if arguments.get("unused") or not used else used
    told = min(len(used), SHOWN)
    head = f"The most used: {shown_of(told, value.total, 'asset')}"
    if arguments.get("unused"):
        head = (
            f"{count(value.total, 'table or view', 'tables and views')} that nobody has looked at"
        )
    if arguments.get("asset"):
        head = "This is what is known of its use"
    lines = [f"{head} (since {value.since:%Y-%m-%d}):", ""]
    lines += [_line(one, mark) for one in used[:SHOWN]]
    lines.append(
        "\nThis counts what Racine's log and lineage know; who reads a database past it isn't seen."
    )
    return "\n".join(lines)


def _line(one: AssetUsage, mark: Mark) -> str:
    facts = [
        f"looked at {count(one.looks, 'time')}" if one.looks else "",
        f"changed {count(one.changes, 'time')}" if one.changes else "",
        f"by {count(one.people, 'person')}" if one.people else "",
        f"in {count(one.runs, 'pipeline run')}" if one.runs else "",
        f"feeds {count(one.feeds, 'asset')}" if one.feeds else "",
        f"last on {moment(one.last_used_at)}" if one.last_used_at else "",
    ]
    told = ", ".join(filter(None, facts)) or "not used"
    return f"- `{one.asset}` ({one.kind}): {told} {mark(one)}"


def _quality(value: Quality, _arguments: dict[str, Any], mark: Mark) -> str:
    if not value.checks:
        return (
            f"`{value.asset}` has no quality checks yet, so nothing is known of its quality "
            f"{mark(value)}. Add one: “Check that {value.asset}.… is never null”, or profile it: "
            f"“Profile {value.asset}”."
        )
    return plain.record("catalog.get_quality", value, mark)


def _check_line(one: ListedCheck, mark: Mark) -> str:
    said = one.latest
    told = f" on {moment(said.at)}: {said.detail}" if said else ""
    return f"**{one.name}** of `{one.asset}`: {one.status}{told} {mark(one)}"


def _compared(value: SchemaComparison, _arguments: dict[str, Any], _mark: Mark) -> str:
    if not value.total:
        return f"{value.before} and {value.after} have the same columns of the same types."
    tallies = (
        (value.added, "added"), (value.dropped, "dropped"), (value.renamed, "renamed"),
        (value.retyped, "of another type"), (value.nullable_changed, "differ in nulls"),
        (value.key_changed, "differ in keys"),
    )  # fmt: skip
    told = listed([f"{number} {what}" for number, what in tallies if number], 6)
    lines = [f"From {value.before} to {value.after}: {told}.", ""]
    for one in value.items[: 2 * SHOWN]:
        both = f"{one.before or 'none'} → {one.after or 'none'}"
        only = one.after if one.change == "added" else one.before
        what = f" ({only})" if only and one.change in ("added", "dropped") else f": {both}"
        lines.append(f"- `{one.name}` {one.change.replace('_', ' ')}{what}")
    if value.total > 2 * SHOWN:
        lines.append(f"- … {2 * SHOWN} of {value.total} are shown.")
    return "\n".join(lines)


def _analytics(value: WorkflowAnalytics, _arguments: dict[str, Any], _mark: Mark) -> str:
    which = f" of {value.workflow}" if value.workflow else ""
    if not value.executions:
        return f"No execution{which} in the last {value.days} days. “Which workflows are there?”"
    states = listed([f"{number} {state}" for state, number in value.by_status.items()], 6)
    rate = f"; {percent(value.success_rate)} succeeded" if value.success_rate is not None else ""
    lines = [
        f"{count(value.executions, 'execution')}{which} in {value.days} days: {states}{rate}. "
        f"Half took up to {value.p50_seconds:g} s, 19 in 20 up to {value.p95_seconds:g} s.",
        "",
    ]
    for name, paces in (
        ("fails most", value.failing_operations),
        ("slow", value.slowest_operations),
    ):
        lines += [f"- {name}: {plainly(one)}" for one in paces[:3]]
    return "\n".join(lines).rstrip()


def plainly(one: Any) -> str:
    """A record's plain values in a line."""
    told = one.model_dump()
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in told.items() if value)


LINES: dict[type[Any], tuple[str, Callable[[Any, Mark], str]]] = {
    ListedCheck: ("quality check", _check_line),
}
RENDERERS: dict[type[Any], Callable[[Any, dict[str, Any], Mark], str]] = {
    Usage: _usage,
    Quality: _quality,
    SchemaComparison: _compared,
    WorkflowAnalytics: _analytics,
}
