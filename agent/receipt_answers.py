"""Receipts of answers, and what replaying them came to, in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from agent.wording import Mark, count, listed, moment
from tools.racine.assistant.types import (
    AnswerReceipt,
    CallAgain,
    ReadSince,
    ReceiptSummary,
    ReceiptsVerification,
    Replay,
)

RECORDS, SINCE = 8, 5


def _receipt(value: AnswerReceipt, _arguments: dict[str, Any], _mark: Mark) -> str:
    content = value.content
    state = "as it was written" if value.intact else "**altered since it was written**"
    chain = (
        f"Receipt {value.sequence} of run `{value.run_id}`, {state}. Hash `{value.hash}`, after "
        f"`{value.previous_hash}`."
    )
    if content is None:
        return f"{chain} What it held was erased together with its conversation."
    version = f", version {content.product}" if content.product else ""
    lines = [
        f"**“{content.question}”**, answered for {value.person} on {moment(value.at)} by "
        f"{_who(content.model, content.fell_back)}{version}.",
        "",
    ]
    names = {one.id: f"{one.name} ({one.kind}, change {one.version})" for one in content.records}
    for call in content.calls:
        read = [names[one] for one in call.records if one in names]
        came = f"failed: {call.error}" if call.error else f"read {listed(read, RECORDS)}"
        if not call.error and not read:
            came = "read no governed record"
        digest = f"; result `{call.digest[:16]}…`" if call.digest else ""
        lines.append(f"- {_call(call.operation, call.arguments)} {came}{digest}")
    if not content.calls:
        lines.append("- Nothing was looked up for it.")
    if content.plan:
        lines.append(f"- It proposed the plan `{content.plan['id']}`.")
    if content.citations:
        cited = listed([one.title for one in content.citations], RECORDS)
        lines.append(f"- It cites {cited}.")
    return "\n".join([*lines, "", chain, "“Would you still answer that the same?” asks it again."])


def _who(model: str, fell_back: str | None) -> str:
    if model == "none":
        return "nobody: the answer was known"
    name = "the built-in planner" if model == "builtin" else model
    return f"the built-in planner, not {model} ({fell_back})" if fell_back else name


def _call(operation: str, arguments: Mapping[str, Any]) -> str:
    given = ", ".join(
        f"{name} {json.dumps(one, ensure_ascii=False)}" for name, one in arguments.items()
    )
    return f"`{operation}`" + (f" with {given}" if given else "")


def _replay(value: Replay, _arguments: dict[str, Any], _mark: Mark) -> str:
    lines = [value.verdict, "", f"“{value.question}”", ""]
    for one in value.calls:
        lines += _again(one)
    if value.reading is not None and not value.reading.same:
        for when, calls in (("then", value.reading.then), ("today", value.reading.now)):
            read = [_call(one["operation"], one["arguments"]) for one in calls]
            lines.append(f"- Read {when} as {listed(read, SINCE) or 'nothing'}.")
    return "\n".join(lines).rstrip()


def _again(one: CallAgain) -> list[str]:
    lines = [f"- {_call(one.operation, one.arguments)}: **{one.outcome}**, {one.why}"]
    lines += [f"  - {_since(since)}" for since in one.since[:SINCE]]
    left = max(0, len(one.since) - SINCE) + one.more
    return [*lines, f"  - and {left} more"] if left else lines


def _since(one: ReadSince) -> str:
    told = {
        "changed": "was changed",
        "deleted": "was deleted",
        "not permitted": "may not be seen by you any more",
        "appeared": "has appeared",
        "left": "fits the question no longer",
    }[one.what]
    by = f" by {one.by}, {moment(one.at)}, with {one.operation}" if one.by and one.at else ""
    values = []
    for name in one.fields:
        if one.before is None or one.after is None:
            values.append(name)
        else:
            values.append(f"{name} from {_value(one.before, name)} to {_value(one.after, name)}")
    changed = f": {listed(values, SINCE)}" if values else ""
    return f"{one.name} ({one.kind}) {told}{by}{changed}"


def _value(image: Mapping[str, Any], name: str) -> str:
    value = image.get(name)
    text = "nothing" if value in (None, "", [], {}) else str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"


def _verified(value: ReceiptsVerification, _arguments: dict[str, Any], _mark: Mark) -> str:
    erased = f"; {value.erased} of them erased with their conversations" if value.erased else ""
    if value.intact:
        return (
            f"The receipts are intact: {count(value.checked, 'receipt')}{erased}, and every one "
            f"and its answer is as it was written. The last hash is `{value.head}`."
        )
    return (
        f"**The receipts are not intact:** {value.reason}. Before that, "
        f"{count(value.checked, 'receipt')} hold{erased}."
    )


def _line(one: ReceiptSummary, _mark: Mark) -> str:
    said = f"“{one.question}”" if one.question is not None else "(erased)"
    calls = f", {count(one.calls, 'call')}" if one.question is not None else ""
    return f"{said}: {one.person}, {moment(one.at)}{calls}, `{one.run_id}`"


LINES: dict[type[Any], tuple[str, Callable[[Any, Mark], str]]] = {
    ReceiptSummary: ("receipt", _line),
}
RENDERERS: dict[type[Any], Callable[[Any, dict[str, Any], Mark], str]] = {
    AnswerReceipt: _receipt,
    ReceiptsVerification: _verified,
    Replay: _replay,
}
