"""How pipelines stand, how they have gone, and what would make them faster, as Markdown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from agent.wording import Mark, count, moment, percent
from tools.racine.pipelines.types import (
    Bottlenecks,
    Optimization,
    PipelineHealth,
    PipelineStatus,
    StageLoad,
    SuggestionDetail,
)


def _optimization(value: Optimization, _arguments: dict[str, Any], mark: Mark) -> str:
    takes = f"**{value.name}** takes {_seconds(value.seconds_now)}"
    head = f"{takes} (the median of {count(value.runs, 'execution')}) {mark(value)}."
    if not value.suggestions:
        return f"{head} {value.note}"
    lines = [f"{number}. {_suggestion(one)}" for number, one in enumerate(value.suggestions, 1)]
    ways = (
        f"Say “Apply the optimization to the {value.kind} {value.name}” for a plan of it"
        if value.chosen
        else ""
    )
    together = (
        f"Together they should save {_seconds(value.expected_seconds)} of each execution "
        f"({_range(value.low_seconds, value.high_seconds)}). {ways}."
    )
    return "\n".join([head, "", *lines, "", together if value.chosen else value.note])


def _suggestion(one: SuggestionDetail) -> str:
    saves = f"saves {_seconds(one.expected_seconds)}" if one.expected_seconds else "saves little"
    return (
        f"**{one.what}**: {saves} ({_range(one.low_seconds, one.high_seconds)}), at {one.risk} "
        f"risk. {one.why}"
    )


def _bottlenecks(value: Bottlenecks, _arguments: dict[str, Any], mark: Mark) -> str:
    lines = [f"- {one.stage}: {_load(one)}" for one in value.stages if value.runs]
    return "\n".join([f"**{value.pipeline}**: {value.summary} {mark(value)}", "", *lines]).rstrip()


def _load(one: StageLoad) -> str:
    works = f"{_seconds(one.critical_seconds)} on the critical path ({percent(one.share)})"
    waited = one.waited_p50_seconds
    return f"{works}, waits {_seconds(waited)} for people" if waited else works


def _status(value: PipelineStatus, _arguments: dict[str, Any], mark: Mark) -> str:
    begun = f"begun {moment(value.started_at)}"
    taken = f", {_seconds(value.seconds)}" if value.seconds is not None else ""
    lines = [
        f"- {one.stage}: {one.status}"
        + (f", {_seconds(one.seconds)}" if one.seconds is not None else "")
        + (f": {one.detail}" if one.detail else "")
        for one in value.stages
    ]
    head = f"**{value.pipeline}** is {value.outcome} ({begun}{taken}) {mark(value)}:"
    return "\n".join([head, "", *lines])


def _health(value: PipelineHealth, _arguments: dict[str, Any], mark: Mark) -> str:
    if not value.runs:
        return f"**{value.pipeline}** has not run yet {mark(value)}."
    gone = f" {percent(value.success_rate)} went well;" if value.success_rate is not None else ""
    head = (
        f"**{value.pipeline}** is {value.status} over {count(value.runs, 'execution')} "
        f"{mark(value)}:{gone} it takes {_seconds(value.p50_seconds)}, and "
        f"{_seconds(value.p95_seconds)} at worst."
    )
    lines = [
        f"- {one.stage}: {one.status}, {_seconds(one.p50_seconds)}"
        + (f", {one.trend:.1f} times as long as before" if one.trend and one.trend > 1 else "")
        + (f": {one.detail}" if one.detail else "")
        + (f". Last failure: {one.last_failure.reason}" if one.last_failure else "")
        for one in value.stages
    ]
    return "\n".join([head, "", *lines])


def _seconds(seconds: float) -> str:
    return f"{seconds:.2g} s" if seconds < 10 else f"{seconds:,.0f} s"


def _range(low: float, high: float) -> str:
    return f"{_seconds(low)} to {_seconds(high)}"


RENDERERS: dict[type[Any], Callable[[Any, dict[str, Any], Mark], str]] = {
    Optimization: _optimization,
    Bottlenecks: _bottlenecks,
    PipelineStatus: _status,
    PipelineHealth: _health,
}
