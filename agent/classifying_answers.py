"""Results of the rule sets' and classifications' operations as Markdown, for `answers`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from agent.wording import Mark, count, listed, moment
from tools.classifications.types import (
    AssetClassified,
    DecisionWithdrawn,
    LabelDeleted,
    LessonDetail,
    Propagation,
    Withheld,
)
from tools.scan_rule_sets.types import (
    LearnedDetector,
    RuleSetDeleted,
    RuleSetFile,
    RuleSetSaved,
    RuleSetVersion,
    RuleSuggestion,
)

SHOWN = 20


def withheld_lines(withheld: list[Withheld]) -> list[str]:
    """A line for each label that a decision withholds."""
    return [f"- `{one.column}` isn't labelled: {one.explanation}" for one in withheld[:SHOWN]]


def _version(one: RuleSetVersion, _mark: Mark) -> str:
    note = f" ({one.note})" if one.note else ""
    return (
        f"**version {one.version}**, {moment(one.created_at)}, by {one.created_by}{note}: "
        f"{one.changed.summary}; used by {count(one.scans, 'scan')}"
    )


def _suggestion(one: RuleSuggestion, _mark: Mark) -> str:
    where = f"`{one.column}`" if one.column else "these values"
    new = " (a new label)" if one.new_label else ""
    return f"{where}: **{one.label}**{new}, score {one.score:.2f}. {one.explanation}"


def _lesson(one: LessonDetail, mark: Mark) -> str:
    effects = [
        f"withheld from {listed(one.withheld_from, 4)}" if one.withheld_from else "",
        f"suggested on {listed(one.suggested_on, 4)}" if one.suggested_on else "",
    ]
    told = ", ".join(filter(None, effects)) or f"no effect yet on {count(one.like, 'like column')}"
    return f"`{one.column}`: {one.label} {one.verdict} by {one.by}; {told} {mark(one)}"


def _learned(one: LearnedDetector, _arguments: dict[str, Any], _mark: Mark) -> str:
    return (
        f"`{' | '.join(one.patterns)}`: {'; or '.join(one.in_words)}. It matches "
        f"{one.examples_matched} of {count(one.examples, 'example')} and "
        f"{len(one.counterexamples_matched)} of {count(one.counterexamples, 'counterexample')}. "
        f"{one.advice}"
    )


def _classified(one: AssetClassified, _arguments: dict[str, Any], mark: Mark) -> str:
    lines = [
        f"`{one.asset}` with {one.rule_set}, version {one.rule_set_version}: "
        f"{count(len(one.items), 'label')} on {count(one.columns, 'column')}.",
        "",
        *(
            f"- `{hit.column}`: {hit.label} ({hit.status}, score {hit.score:.2f}) {mark(hit)}"
            for hit in one.items[:SHOWN]
        ),
        *withheld_lines(one.withheld),
    ]
    return "\n".join(lines).strip()


def _propagation(one: Propagation, _arguments: dict[str, Any], _mark: Mark) -> str:
    head = f"From `{one.asset}`: {one.suggested} suggested, {one.left} left as they are."
    lines = [f"- `{hit.column}`: {hit.label} {hit.outcome}. {hit.reason}" for hit in one.items]
    more = [f"{SHOWN} of {one.total} shown."] if one.total > SHOWN else []
    return "\n".join([head, "", *lines[:SHOWN], *more]).strip()


LINES: dict[type[Any], tuple[str, Callable[[Any, Mark], str]]] = {
    RuleSetVersion: ("version", _version),
    RuleSuggestion: ("suggestion", _suggestion),
    LessonDetail: ("decision", _lesson),
}

RENDERERS: dict[type[Any], Callable[[Any, dict[str, Any], Mark], str]] = {
    RuleSetSaved: lambda one, _arguments, mark: (
        f"**{one.name}** is at version {one.version}: {one.changed.summary} {mark(one)}."
    ),
    RuleSetFile: lambda one, _arguments, _mark: (
        f"**{one.rule_set}**, version {one.version}, as YAML ({one.bytes} bytes):\n\n"
        f"```yaml\n{one.yaml[:3000]}{'…' if len(one.yaml) > 3000 else ''}\n```"
    ),
    RuleSetDeleted: lambda one, _arguments, _mark: (
        f"The rule set **{one.name}** is gone, with {count(one.versions, 'version')}."
    ),
    LearnedDetector: _learned,
    AssetClassified: _classified,
    Propagation: _propagation,
    DecisionWithdrawn: lambda one, _arguments, _mark: (
        f"`{one.column}`: that {one.label} was {one.was} by {one.by} is taken back; it is "
        f"{one.now} now."
    ),
    LabelDeleted: lambda one, _arguments, _mark: (
        f"The label **{one.title}** is gone"
        + (f"; {one.now} is on {count(one.reassigned, 'column')} instead." if one.now else ".")
    ),
}
