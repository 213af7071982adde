"""The encoding of events, held to the models of the `ag-ui-protocol` package."""

from __future__ import annotations

import json

import pytest
from ag_ui.core import Event as AguiEvent
from pydantic import TypeAdapter

from agent.events import (
    Custom,
    Event,
    RunError,
    RunFinished,
    RunStarted,
    StepFinished,
    StepStarted,
    TextDelta,
    TextEnd,
    TextStart,
    ToolCall,
    ToolResult,
    closings,
    encode,
    outcome,
)

AGUI = TypeAdapter(AguiEvent)
INTERRUPT = {"id": "pln_1", "reason": "plan_approval", "message": "Approve?"}
EVENTS: list[tuple[Event, list[str]]] = [
    (RunStarted("c", "r"), ["RUN_STARTED"]),
    (RunFinished("c", "r"), ["RUN_FINISHED"]),
    (RunFinished("c", "r", "cancelled"), ["RUN_FINISHED"]),
    (RunFinished("c", "r", "interrupt", (INTERRUPT,)), ["RUN_FINISHED"]),
    (RunError("What is wrong. What to do.", "model_failed"), ["RUN_ERROR"]),
    (TextStart("m"), ["TEXT_MESSAGE_START"]),
    (TextDelta("m", "Grüße 👋\n\u2028"), ["TEXT_MESSAGE_CONTENT"]),
    (TextEnd("m"), ["TEXT_MESSAGE_END"]),
    (ToolCall("t", "x", {"a": "ü"}), ["TOOL_CALL_START", "TOOL_CALL_ARGS", "TOOL_CALL_END"]),
    (ToolResult("t", "{}"), ["TOOL_CALL_RESULT"]),
    (StepStarted("s1"), ["STEP_STARTED"]),
    (StepFinished("s1"), ["STEP_FINISHED"]),
    (Custom("citation", {"n": 1}), ["CUSTOM"]),
]


def test_every_variant_is_tried() -> None:
    assert {type(event) for event, _ in EVENTS} == set(Event.__args__)


@pytest.mark.parametrize(("event", "kinds"), EVENTS, ids=lambda one: type(one).__name__)
def test_each_is_what_the_protocol_says(event: Event, kinds: list[str]) -> None:
    texts = encode(event)
    assert [json.loads(text)["type"] for text in texts] == kinds
    for text in texts:
        assert "\n" not in text  # one line of a stream
        taken = AGUI.validate_json(text)
        sent = json.loads(text)
        kept = taken.model_dump(mode="json", by_alias=True, exclude_none=True)
        assert {name: kept.get(name) for name in sent} == sent
    assert encode(event) == texts


def log_of(*events: Event) -> list[str]:
    return [text for event in events for text in encode(event)]


def test_closings_close_what_is_open_the_latest_first() -> None:
    logged = log_of(
        RunStarted("c", "r"),
        StepStarted("s1"),
        TextStart("m1"),
        TextEnd("m1"),
        ToolCall("t1", "x", {}),
        ToolResult("t1", "{}"),
        ToolCall("t2", "x", {}),
        TextStart("m2"),
        TextDelta("m2", "half"),
    )
    assert closings(logged) == [
        TextEnd("m2"),
        ToolResult("t2", "interrupted"),
        StepFinished("s1"),
    ]
    assert closings(logged + log_of(*closings(logged))) == []
    assert closings([]) == []


def test_the_outcome_is_read_from_the_log() -> None:
    words = [TextStart("m"), TextDelta("m", "an"), TextDelta("m", "swer"), TextEnd("m")]
    assert outcome(log_of(*words, RunFinished("c", "r"))) == ("done", "answer")
    assert outcome(log_of(RunFinished("c", "r", "interrupt", (INTERRUPT,)))) == ("interrupted", "")
    assert outcome(log_of(RunFinished("c", "r", "cancelled"))) == ("cancelled", "")
    assert outcome(log_of(*words, RunError("no", "x"))) == ("failed", "answer")
    again = log_of(*words, Custom("run_restarted", {}), *words, RunFinished("c", "r"))
    assert outcome(again) == ("done", "answer")
