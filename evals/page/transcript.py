"""One case of a page: what was said, called, planned and answered, and what the graders found."""

from __future__ import annotations

import json
import re
from html import escape

from evals.records import Attempt, Heard, Made, Verdict

MARKS = {"bad": "✕", "good": "✓", "open": "○"}
BOLD, CODE = re.compile(r"\*\*([^*\n]+)\*\*"), re.compile(r"`([^`\n]+)`")
SEARCHED = 1_500  # characters of a case's words that the page's search looks through


def case_block(tried: list[Attempt], change: str) -> str:
    """A case with the attempt that tells most: the first that failed, else the first."""
    failed = [one for one in tried if one.passed is False]
    shown = failed[0] if failed else tried[0]
    state = "bad" if failed else "open" if shown.passed is None else "good"
    asked = shown.turns[0].said if shown.turns else shown.case
    first = next((v for v in shown.verdicts if v.passed is (False if failed else None)), None)
    why = f"{first.grader}: {first.why}" if first and state != "good" else ""
    words = " ".join(
        [shown.case, shown.suite, shown.kind, shown.group, why, *(t.said for t in shown.turns),
         *(t.text for t in shown.turns)]
    ).casefold()[:SEARCHED]  # fmt: skip
    tags = [shown.suite, shown.kind]
    repeats = f"{len(failed)} of {len(tried)} repeats" if failed and len(tried) > 1 else ""
    colour = {"regressed": "bad", "improved": "good"}.get(change, "")
    tagged = "".join(f'<span class="tag">{escape(tag)}</span>' for tag in [*tags, repeats] if tag)
    if change:
        tagged += f'<span class="tag {colour}">{change}</span>'
    reason = f'<span class="why {state}">{escape(_cut(why, 260))}</span>' if why else ""
    return (
        f'<details class="case" data-state="{state}" data-change="{change}" '
        f'data-suite="{escape(shown.suite)}" data-words="{escape(words)}"><summary>'
        f'<span class="mark {state}" aria-label="{_state(state)}">{MARKS[state]}</span>'
        f'<span><span class="asked">{escape(_cut(asked, 220))}</span>{reason}</span>'
        f'<span class="tags">{tagged}</span></summary><div class="body">{_body(shown)}</div>'
        "</details>"
    )


def _state(state: str) -> str:
    return {"bad": "failed", "good": "passed", "open": "not graded"}[state]


def _body(tried: Attempt) -> str:
    turns = "".join(
        _turn(heard, [v for v in tried.verdicts if v.turn == number])
        for number, heard in enumerate(tried.turns, 1)
    )
    rest = [v for v in tried.verdicts if not 0 < v.turn <= len(tried.turns)]
    left = "".join(f"<pre>{escape(one)}</pre>" for one in tried.left)
    left = f'<div class="who">Could not be taken back</div>{left}' if left else ""
    note = f'<p class="note">{escape(tried.note)}</p>' if tried.note else ""
    name = f'<p class="quiet"><code>{escape(tried.case)}</code></p>'
    return f"{name}{note}{turns}{_verdicts(rest)}{left}"


def _turn(heard: Heard, verdicts: list[Verdict]) -> str:
    parts = [f'<div class="who">Asked</div><div class="said">{escape(heard.said)}</div>']
    if heard.calls:
        calls = "".join(f"<li>{_call(call)}</li>" for call in heard.calls)
        parts.append(f'<div class="who">Called</div><ul class="calls">{calls}</ul>')
    if heard.plan:
        steps = "".join(
            f"<li>{_call(Made(operation=s['operation'], arguments=s['arguments']))}</li>"
            for s in heard.plan.get("steps", [])
        )
        parts.append(f'<div class="who">Planned</div><ul class="calls">{steps}</ul>')
    if heard.text:
        took = f"{1000 * heard.seconds:.0f} ms"
        parts.append(f'<div class="who">Answered in {took}</div>{_words(heard.text)}')
    if heard.result is not None:
        shown = json.dumps(heard.result, ensure_ascii=False, indent=1)
        label = f"Returned {heard.status}"
        parts.append(f'<div class="who">{label}</div><pre>{escape(_cut(shown, 4000))}</pre>')
    if heard.done:
        parts.append(f'<div class="who">Once approved</div>{_words(heard.done)}')
    if heard.citations:
        titles = ", ".join(f"[{c.get('n')}] {c.get('title')}" for c in heard.citations)
        parts.append(f'<div class="who">Cited: {escape(_cut(titles, 600))}</div>')
    return f'<div class="turn">{"".join(parts)}{_verdicts(verdicts)}</div>'


def _words(text: str) -> str:
    """Prose as prose, tables with their columns in line."""
    if "\n| " in text:
        return f"<pre>{escape(text)}</pre>"
    marked = BOLD.sub(r"<b>\1</b>", CODE.sub(r"<code>\1</code>", escape(text)))
    return f'<div class="said answer">{marked}</div>'


def _call(call: Made) -> str:
    arguments = json.dumps(call.arguments, ensure_ascii=False)
    return f"<code>{escape(call.operation)}</code> <span>{escape(_cut(arguments, 600))}</span>"


def _verdicts(verdicts: list[Verdict]) -> str:
    if not verdicts:
        return ""
    rows = []
    for one in sorted(verdicts, key=lambda v: (v.passed is not False, v.passed is not None)):
        state = {True: "good", False: "bad", None: "open"}[one.passed]
        judge = ' <span class="judge">judged by a model</span>' if one.by == "judge" else ""
        why = f": {escape(one.why)}" if one.why else ""
        rows.append(
            f'<li><span class="mark {state}">{MARKS[state]}</span>'
            f"<span>{escape(one.grader)}{why}{judge}</span></li>"
        )
    return f'<ul class="verdicts">{"".join(rows)}</ul>'


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
