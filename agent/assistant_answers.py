"""What the assistant knows of itself, in words: what it recommends and notices, memory, use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from agent.wording import Mark, count, listed, moment, shown_of, table
from tools.racine.assistant.noticed_types import (
    Anomalies,
    Anomaly,
    Insight,
    Insights,
    Recommendation,
    Recommendations,
)
from tools.racine.assistant.types import MemoryRecord, Spending, Unanswered


def _recommendations(value: Recommendations, arguments: dict[str, Any], mark: Mark) -> str:
    if not value.items:
        about = f" about {arguments['source']}" if arguments.get("source") else ""
        return f"I have nothing to recommend{about}: none of what I watch for speaks for anything."
    head = shown_of(len(value.items), value.total, "thing")
    lines = [f"{place}. {_recommendation(one, mark)}" for place, one in enumerate(value.items, 1)]
    able = next((i for i, one in enumerate(value.items, 1) if one.steps), None)
    ending = f" “Do number {able}” makes a plan of it." if able else ""
    return "\n".join(
        [
            f"I recommend {head}{_ordered(lines)}:",
            "",
            *lines,
            "",
            f"“Dismiss number 1 because …” puts one aside.{ending}",
        ]
    )


def _ordered(lines: list[str]) -> str:
    return ", what matters most first" if len(lines) > 1 else ""


def _recommendation(one: Recommendation, mark: Mark) -> str:
    asks = f" {one.question}" if one.question else ""
    return f"**{one.title}** {one.evidence} {one.why}{asks} {mark(one)}".replace("  ", " ")


def _insights(value: Insights, arguments: dict[str, Any], mark: Mark) -> str:
    if not value.items:
        about = f" about {arguments['source']}" if arguments.get("source") else ""
        return (
            f"The groups tell nothing together{about} that they don't tell alone: no rule, source, "
            "label, owner or right stands out, and nothing has grown or got worse in 30 days."
        )
    head = shown_of(len(value.items), value.total, "thing")
    lines = [f"{place}. {_insight(one, mark)}" for place, one in enumerate(value.items, 1)]
    able = next((i for i, one in enumerate(value.items, 1) if one.steps), None)
    ending = f" “Do number {able}” makes a plan of what would help." if able else ""
    return "\n".join(
        [
            f"{head} that several groups tell together{_ordered(lines)}:",
            "",
            *lines,
            "",
            f"“Dismiss number 1 because …” puts one aside.{ending}",
        ]
    )


def _insight(one: Insight, mark: Mark) -> str:
    asks = f" {one.question}" if one.question else ""
    marks = "".join(mark(ground) for ground in one.rests_on)
    groups = listed([group.replace("_", " ") for group in one.groups], 4)
    return f"**{one.title}.** {one.evidence} {one.why}{asks} ({groups}) {marks}".rstrip()


def _anomalies(value: Anomalies, _arguments: dict[str, Any], mark: Mark) -> str:
    if not value.series:
        return (
            "Nothing is known long enough to say what is usual: profiles, quality checks and scans "
            "make a history once they run by a schedule; nine values are enough."
        )
    watched = f"{count(value.series, 'series')} of {listed(value.watched, 8)}"
    if not value.items:
        return f"Nothing is unusual: the newest values of {watched} are what their past explains."
    lines = [
        f"- **{one.title}**: {_figure(one, one.value)} on {one.at:%Y-%m-%d}, expected "
        f"{_figure(one, one.low)} to {_figure(one, one.high)} from {one.values - 1} values "
        f"before. {one.why} {mark(one)}"
        for one in value.items
    ]
    head = (
        f"{shown_of(len(lines), value.total, 'value')} of {watched} can't be explained by the past"
    )
    return "\n".join([f"{head}, what is off most first:", "", *lines])


def _figure(one: Anomaly, value: float) -> str:
    if one.kind in ("nulls", "quality", "scans"):
        return f"{value:.1%}".replace("%", " %")
    return f"{value:,.1f}".removesuffix(".0")


def _memory(one: MemoryRecord) -> str:
    meant = f" means `{one.asset or one.meant}`" if one.asset or one.meant else ""
    whose = f"for the team {one.team}" if one.team else "for you"
    return f"“{one.text}”{meant} ({one.kind}, {whose}; told by {one.told_by})"


def _spending(value: Spending, arguments: dict[str, Any], _mark: Mark) -> str:
    since = "today" if value.days == 1 else f"in the last {value.days} days"
    if not value.answers:
        return f"No answer used a language model {since}, so no tokens were spent."
    cost = "what they cost isn't known, since no price is set"
    if value.cost_usd is not None:
        cost = f"they cost {value.cost_usd:.2f} USD"
    lines = [
        f"{count(value.answers, 'answer')} used a language model {since}: "
        f"{value.input_tokens:,} tokens read and {value.output_tokens:,} written; {cost}."
    ]
    if value.daily_limit_per_person is not None:
        lines.append(f"The limit for a person is {value.daily_limit_per_person:,} tokens a day.")
    rows = [
        [
            one.of,
            f"{one.answers:,}",
            f"{one.input_tokens:,}",
            f"{one.output_tokens:,}",
            "" if one.cost_usd is None else f"{one.cost_usd:.2f}",
        ]
        for one in value.items
    ]
    head = [value.by.capitalize(), "Answers", "Tokens read", "Tokens written", "USD"]
    return "\n".join([*lines, "", table(head, rows)])


def _unanswered(one: Unanswered) -> str:
    near = [f"{found.title} ({found.kind})" for found in one.nearest]
    whose = f"{count(one.times, 'time')} by {count(one.people, 'person')}"
    return f"“{one.question[:200]}”: {one.reason}, asked {whose}, last {moment(one.last_at)}" + (
        f"; nearest: {listed(near, 3)}" if near else ""
    )


LINES: dict[type[Any], tuple[str, Callable[[Any, Mark], str]]] = {
    Unanswered: ("unanswered question", lambda one, _mark: _unanswered(one)),
    MemoryRecord: ("memory", lambda one, _mark: f"{_memory(one)}, {moment(one.created_at)}"),
}
RENDERERS: dict[type[Any], Callable[[Any, dict[str, Any], Mark], str]] = {
    Anomalies: _anomalies,
    Insights: _insights,
    Recommendations: _recommendations,
    Spending: _spending,
}
