"""The closed union of what a run can stream, and its one encoding: AG-UI events as JSON.

A surface is a view of the log that these are written to. Texts are the exact bytes of a stream,
so the encoding is deterministic; a test holds it to the `ag-ui-protocol` package's models.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Literal

CustomName = Literal[
    "citation",
    "plan_proposed",
    "plan_updated",
    "execution_step",
    "execution_finished",
    "recommendation",
    "clarification",
    "artifact",
    "usage",
    "run_restarted",
]


Outcome = Literal["success", "interrupt", "cancelled"]


@dataclass(frozen=True)
class RunStarted:
    """A run begins; `thread_id` is the conversation."""

    thread_id: str
    run_id: str


@dataclass(frozen=True)
class RunFinished:
    """A run ended without failing: done, stopped, or waiting for the answer to `interrupts`."""

    thread_id: str
    run_id: str
    outcome: Outcome = "success"
    interrupts: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class RunError:
    """A run failed; the message says what to do."""

    message: str
    code: str


@dataclass(frozen=True)
class TextStart:
    """A message of the assistant begins."""

    message_id: str


@dataclass(frozen=True)
class TextDelta:
    """More of its text; never empty."""

    message_id: str
    delta: str


@dataclass(frozen=True)
class TextEnd:
    """It is complete."""

    message_id: str


@dataclass(frozen=True)
class ToolCall:
    """An operation is called; encoded as the start, the arguments and the end of a call."""

    call_id: str
    name: str
    arguments: dict[str, Any]


@dataclass(frozen=True)
class ToolResult:
    """What it returned, masked and capped as the model gets it."""

    call_id: str
    content: str


@dataclass(frozen=True)
class StepStarted:
    """A named stretch of the run begins."""

    name: str


@dataclass(frozen=True)
class StepFinished:
    """It ends."""

    name: str


@dataclass(frozen=True)
class Custom:
    """One of our own events."""

    name: CustomName
    value: dict[str, Any] = field(default_factory=dict)


Event = (
    RunStarted
    | RunFinished
    | RunError
    | TextStart
    | TextDelta
    | TextEnd
    | ToolCall
    | ToolResult
    | StepStarted
    | StepFinished
    | Custom
)


def encode(event: Event) -> list[str]:
    """The AG-UI events that an event becomes, each as JSON."""
    return [
        json.dumps(one, ensure_ascii=False, separators=(",", ":"), default=str)
        for one in _agui(event)
    ]


def _agui(event: Event) -> list[dict[str, Any]]:
    match event:
        case RunStarted():
            return [{"type": "RUN_STARTED", "threadId": event.thread_id, "runId": event.run_id}]
        case RunFinished():
            outcome: dict[str, Any] = {"type": event.outcome}
            if event.outcome == "interrupt":
                outcome["interrupts"] = list(event.interrupts)
            return [
                {
                    "type": "RUN_FINISHED",
                    "threadId": event.thread_id,
                    "runId": event.run_id,
                    "outcome": outcome,
                }
            ]
        case RunError():
            return [{"type": "RUN_ERROR", "message": event.message, "code": event.code}]
        case TextStart():
            return [
                {
                    "type": "TEXT_MESSAGE_START",
                    "messageId": event.message_id,
                    "role": "assistant",
                }
            ]
        case TextDelta():
            return [
                {
                    "type": "TEXT_MESSAGE_CONTENT",
                    "messageId": event.message_id,
                    "delta": event.delta,
                }
            ]
        case TextEnd():
            return [{"type": "TEXT_MESSAGE_END", "messageId": event.message_id}]
        case ToolCall():
            call = {"toolCallId": event.call_id}
            return [
                {"type": "TOOL_CALL_START", **call, "toolCallName": event.name},
                {
                    "type": "TOOL_CALL_ARGS",
                    **call,
                    "delta": json.dumps(event.arguments, ensure_ascii=False, default=str),
                },
                {"type": "TOOL_CALL_END", **call},
            ]
        case ToolResult():
            return [
                {
                    "type": "TOOL_CALL_RESULT",
                    "messageId": f"{event.call_id}-result",
                    "toolCallId": event.call_id,
                    "content": event.content,
                    "role": "tool",
                }
            ]
        case StepStarted():
            return [{"type": "STEP_STARTED", "stepName": event.name}]
        case StepFinished():
            return [{"type": "STEP_FINISHED", "stepName": event.name}]
        case Custom():
            return [{"type": "CUSTOM", "name": event.name, "value": event.value}]


def closings(logged: list[str]) -> list[Event]:
    """What closes a stream that broke off: its open messages, calls and steps, latest first."""
    open_ones: dict[str, Event] = {}
    for text in logged:
        event = json.loads(text)
        match event["type"]:
            case "TEXT_MESSAGE_START":
                open_ones[event["messageId"]] = TextEnd(event["messageId"])
            case "TEXT_MESSAGE_END":
                open_ones.pop(event["messageId"], None)
            case "STEP_STARTED":
                open_ones[f"step {event['stepName']}"] = StepFinished(event["stepName"])
            case "STEP_FINISHED":
                open_ones.pop(f"step {event['stepName']}", None)
            case "TOOL_CALL_END":
                open_ones[event["toolCallId"]] = ToolResult(event["toolCallId"], "interrupted")
            case "TOOL_CALL_RESULT":
                open_ones.pop(event["toolCallId"], None)
    return list(reversed(open_ones.values()))


def outcome(logged: list[str]) -> tuple[str, str]:
    """How a run's log ended, as the status of its record, and the answer in it."""
    events = [json.loads(text) for text in logged]
    restarts = [at for at, event in enumerate(events) if event.get("name") == "run_restarted"]
    answer = "".join(
        event["delta"]
        for event in events[restarts[-1] if restarts else 0 :]
        if event["type"] == "TEXT_MESSAGE_CONTENT"
    )
    if events[-1]["type"] == "RUN_ERROR":
        return "failed", answer
    kind = events[-1]["outcome"]["type"]
    return {"success": "done", "interrupt": "interrupted"}.get(kind, kind), answer
