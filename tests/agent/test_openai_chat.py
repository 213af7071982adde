"""OpenAIChat over the wire: against a scripted endpoint, alone and as the model of an agent."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
from langchain.agents import create_agent
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage
from langchain_core.tools import tool

from agent.model_errors import ModelInterrupted, ModelUnavailable
from agent.openai_chat import OpenAIChat
from agent.sinks import text_sink
from tests.support.openai_server import (
    Call,
    Calls,
    Cut,
    Fail,
    Raw,
    Refusal,
    Script,
    ScriptedOpenAI,
    Text,
)

KEY = "sk-the-secret-key"
TABLES = Call("count_tables", {"source": "sales"})
LABELS = Call("list_labels", {"words": ["person", "mönêy"]})

Serve = Callable[..., AbstractAsyncContextManager[tuple[OpenAIChat, ScriptedOpenAI]]]


@tool
async def count_tables(source: str) -> str:
    """Count the tables of a source."""
    return f"{source} has 7 tables"


@tool
async def list_labels(words: list[str]) -> str:
    """List the labels that fit the words."""
    return ", ".join(words)


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Serve:
    @asynccontextmanager
    async def start(script: Script, **settings: Any) -> AsyncIterator[Any]:
        server = ScriptedOpenAI(script, key=KEY, models=("scripted",))
        monkeypatch.setenv("OPENAI_API_KEY", settings.pop("key", KEY))
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        with server:
            model = OpenAIChat(**{"model": "scripted", **settings})
            try:
                yield model, server
            finally:
                await model.aclose()

    return start


async def turn(model: OpenAIChat, message: str = "hello") -> tuple[list[Any], list[str]]:
    """One turn of an agent with two tools: its messages, and what reached the sink."""
    heard: list[str] = []
    text_sink.set(heard.append)
    agent = create_agent(model, [count_tables, list_labels], system_prompt="Be brief.")
    state = await agent.ainvoke({"messages": [HumanMessage(message)]})
    return state["messages"], heard


async def test_text_reaches_the_sink_in_order_and_coalesced(serve: Serve) -> None:
    words = " ".join(f"word{number}" for number in range(100))
    async with serve([Text(words, chunks=100)]) as (model, _):
        messages, heard = await turn(model)
    assert "".join(heard) == words == messages[-1].content
    assert heard[0] == "word0 "
    assert len(heard) < 20


async def test_no_delta_waits_for_the_next_longer_than_the_window(serve: Serve) -> None:
    async with serve([Text("one two three", chunks=3, pause=0.1)], window=0.02) as (model, _):
        _, heard = await turn(model)
    assert heard == ["one ", "two ", "three"]


async def test_parallel_tool_calls_are_run_and_answered(serve: Serve) -> None:
    script = [Calls(TABLES, LABELS, text="Let me look. "), Text("Seven.")]
    async with serve(script) as (model, server):
        messages, heard = await turn(model)
    asked = messages[1]
    assert [call["name"] for call in asked.tool_calls] == ["count_tables", "list_labels"]
    assert asked.tool_calls[1]["args"] == LABELS.arguments
    answers = [message for message in messages if isinstance(message, ToolMessage)]
    assert [answer.content for answer in answers] == ["sales has 7 tables", "person, mönêy"]
    assert heard == ["Let me look. ", "Seven."]
    assert server.refusals == []
    assert [offered["function"]["name"] for offered in server.requests[0]["tools"]] == [
        "count_tables",
        "list_labels",
    ]
    assert [message["role"] for message in server.requests[1]["messages"]] == [
        "system",
        "user",
        "assistant",
        "tool",
        "tool",
    ]


async def test_a_call_of_a_tool_that_was_not_offered_is_told_to_the_model(serve: Serve) -> None:
    async with serve([Calls(Call("drop_tables", {})), Text("Sorry.")]) as (model, server):
        messages, _ = await turn(model)
    assert messages[-2].status == "error"
    assert "drop_tables" in messages[-2].content
    assert messages[-1].content == "Sorry."
    assert server.refusals == []


async def test_broken_arguments_are_invalid_and_leave_the_thread_whole(serve: Serve) -> None:
    script = [Calls(Call("count_tables", '{"source": "sa'), LABELS), Text("Done.")]
    async with serve(script) as (model, server):
        messages, _ = await turn(model)
    asked = messages[1]
    assert [call["name"] for call in asked.invalid_tool_calls] == ["count_tables"]
    assert asked.invalid_tool_calls[0]["args"] == '{"source": "sa'
    assert [call["name"] for call in asked.tool_calls] == ["list_labels"]
    assert messages[-1].content == "Done."
    assert server.refusals == []


@pytest.mark.parametrize("arguments", ['["sales"]', "null", '"sales"', "{'source': 'sales'}"])
async def test_arguments_that_are_no_object_are_invalid(serve: Serve, arguments: str) -> None:
    async with serve([Calls(Call("count_tables", arguments))]) as (model, _):
        message = await model.ainvoke("hello")
    assert message.tool_calls == []
    assert message.invalid_tool_calls[0]["args"] == arguments


async def test_a_call_without_arguments_has_none(serve: Serve) -> None:
    async with serve([Calls(Call("count_tables", ""))]) as (model, _):
        message = await model.ainvoke("hello")
    assert message.tool_calls[0]["args"] == {}


@pytest.mark.parametrize("quietly", [False, True])
async def test_an_answer_that_breaks_off_is_no_answer(serve: Serve, quietly: bool) -> None:
    script = [Cut(Text("I am about to say", chunks=5), after=3, quietly=quietly)]
    async with serve(script) as (model, server):
        heard: list[str] = []
        text_sink.set(heard.append)
        with pytest.raises(ModelInterrupted) as caught:
            await model.ainvoke("hello")
    assert "".join(heard) == "I am about "
    assert caught.value.problem()["code"] == "model_interrupted"
    assert caught.value.remedy
    assert len(server.requests) == 1


@pytest.mark.parametrize("reply", [Text("Whole.", chunks=4), Calls(TABLES)])
async def test_what_breaks_off_before_any_text_is_asked_once_more(
    serve: Serve, reply: Text | Calls
) -> None:
    async with serve([Cut(reply, after=0), Text("Whole.")]) as (model, server):
        _, heard = await turn(model)
    assert heard == ["Whole."]
    assert len(server.requests) == 2


async def test_a_second_break_is_an_error(serve: Serve) -> None:
    cut = Cut(Calls(TABLES), after=2)
    async with serve([cut, cut]) as (model, server):
        with pytest.raises(ModelInterrupted):
            await model.ainvoke("hello")
    assert len(server.requests) == 2


async def test_silence_is_a_break(serve: Serve) -> None:
    async with serve([Text("one two", chunks=2, pause=0.5)] * 2, timeout=0.2) as (model, _):
        with pytest.raises(ModelInterrupted, match=r"nothing came for 0\.2 s"):
            await model.ainvoke("hello")


@pytest.mark.parametrize(
    "event",
    [
        b'{"error": {"message": "overloaded, sk-the-secret-key"}}',
        b'{"choices": [{"delta": {"content": "half an ev',
        b'{"choices": [7]}',
        b'{"choices": [{"delta": {"content": ["a part"]}}]}',
        b"sk-the-secret-key",
    ],
)
async def test_what_is_no_event_is_a_break(serve: Serve, event: bytes) -> None:
    raw = Raw(b"data: %b\n\n" % event)
    async with serve([raw, raw]) as (model, _):
        with pytest.raises(ModelInterrupted) as caught:
            await model.ainvoke("hello")
    assert KEY not in str(caught.value)


async def test_too_many_requests_are_tried_again(serve: Serve) -> None:
    script = [Fail(429, "rate_limit_exceeded", retry_after=0.01), Text("Now.")]
    async with serve(script) as (model, server):
        message = await model.ainvoke("hello")
    assert message.content == "Now."
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (Fail(500, retry_after=0.01), "model_failed"),
        (Fail(429, "rate_limit_exceeded", retry_after=0.01), "model_rate_limited"),
        (Fail(429, "insufficient_quota", retry_after=0.01), "model_quota_spent"),
        (Fail(400, "context_length_exceeded"), "model_context_full"),
        (Fail(400, "invalid_value"), "model_request_refused"),
        (Fail(403), "model_key_refused"),
    ],
)
async def test_a_refusal_says_the_next_move(serve: Serve, failure: Fail, code: str) -> None:
    async with serve(lambda _body: failure) as (model, server):
        with pytest.raises(ModelUnavailable) as caught:
            await model.ainvoke("hello")
    problem = caught.value.problem()
    assert problem["code"] == code
    assert problem["remedy"]
    assert "scripted failure" not in str(caught.value)
    assert len(server.requests) == (3 if failure.retry_after else 1)


async def test_no_error_holds_the_key(serve: Serve) -> None:
    async with serve([], key="sk-another-secret") as (model, _):
        with pytest.raises(ModelUnavailable) as caught:
            await model.ainvoke("hello")
    assert caught.value.problem_code == "model_key_refused"
    assert "sk-another-secret" not in str(caught.value)
    assert "OPENAI_API_KEY" in caught.value.remedy


async def test_an_unknown_model_is_named(serve: Serve) -> None:
    async with serve([], model="gpt-nothing") as (model, _):
        with pytest.raises(ModelUnavailable, match="gpt-nothing") as caught:
            await model.ainvoke("hello")
    assert caught.value.problem_code == "model_not_found"


async def test_an_endpoint_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_BASE_URL", f"http://someone:password@127.0.0.1:{port}/v1")
    model = OpenAIChat(model="scripted", max_retries=0)
    with pytest.raises(ModelUnavailable, match=f"127.0.0.1:{port}") as caught:
        await model.ainvoke("hello")
    await model.aclose()
    assert caught.value.problem_code == "model_unreachable"
    assert "password" not in str(caught.value)


@pytest.mark.parametrize(
    ("key", "url", "code"),
    [
        ("", "http://127.0.0.1/v1", "model_key_missing"),
        ("sk-secret\n", "http://127.0.0.1/v1", "model_key_malformed"),
        ("sk-sécret", "http://127.0.0.1/v1", "model_key_malformed"),
        ("sk-secret", "localhost:8000/v1", "model_url_malformed"),
        ("sk-secret", "", "model_url_malformed"),
    ],
)
def test_settings_that_can_not_work_stop_the_start(
    monkeypatch: pytest.MonkeyPatch, key: str, url: str, code: str
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", key)
    monkeypatch.setenv("OPENAI_BASE_URL", url)
    with pytest.raises(ModelUnavailable, match=r"OPENAI_|RACINE_MODEL") as caught:
        OpenAIChat(model="scripted")
    assert caught.value.problem_code == code
    assert "sk-" not in str(caught.value)


async def test_usage_and_the_reason_for_the_end_are_in_the_message(serve: Serve) -> None:
    async with serve([Text("a b c", chunks=3, finish_reason="length")]) as (model, _):
        message = await model.ainvoke("hello")
    assert message.usage_metadata is not None
    assert message.usage_metadata["output_tokens"] == 3
    assert message.usage_metadata["total_tokens"] == message.usage_metadata["input_tokens"] + 3
    assert message.response_metadata["finish_reason"] == "length"
    assert message.response_metadata["model_name"] == "scripted"


async def test_a_refusal_of_the_model_is_said_and_marked(serve: Serve) -> None:
    async with serve([Refusal("I can't help with that.")]) as (model, _):
        messages, heard = await turn(model)
    assert "".join(heard) == messages[-1].content == "I can't help with that."
    assert messages[-1].additional_kwargs["refusal"] == "I can't help with that."


async def test_an_answer_in_one_piece_is_taken_too(serve: Serve) -> None:
    calls = [
        {"id": "a", "type": "function", "function": {"name": "x", "arguments": "{}"}},
        {"id": "b", "type": "function", "function": {"name": "y"}},
    ]
    choice = {"finish_reason": "tool_calls", "message": {"content": "Look. ", "tool_calls": calls}}
    body = json.dumps({"choices": [choice]}).encode()
    async with serve([Raw(body, "application/json")]) as (model, _):
        message = await model.ainvoke("hello")
    assert message.content == "Look. "
    assert [(call["name"], call["id"]) for call in message.tool_calls] == [("x", "a"), ("y", "b")]


async def test_calls_that_share_an_index_stay_apart(serve: Serve) -> None:
    line = (
        b'data: {"choices": [{"delta": {"tool_calls": [{"index": 0, "id": "%b", "function":'
        b' {"name": "count_tables", "arguments": "{}"}}]}}]}\r\n\r\n'
    )
    body = b": a comment\r\n\r\n" + line % b"a" + line % b"b" + b"data: [DONE]\r\n\r\n"
    async with serve([Raw(body)]) as (model, _):
        message = await model.ainvoke("hello")
    assert [call["id"] for call in message.tool_calls] == ["a", "b"]


async def test_twenty_turns_at_once_keep_their_words_apart(serve: Serve) -> None:
    def reply(body: dict[str, Any]) -> Text:
        return Text(f"you said {body['messages'][-1]['content']}", chunks=3, pause=0.01)

    async with serve(reply) as (model, _):
        turns = await asyncio.gather(*(turn(model, f"number{n}") for n in range(20)))
    assert ["".join(heard) for _, heard in turns] == [f"you said number{n}" for n in range(20)]


async def test_settings_choice_and_stop_go_into_the_request(serve: Serve) -> None:
    async with serve([Text("a"), Text("b")], settings={"temperature": 0}) as (model, server):
        await model.bind_tools([count_tables], tool_choice="any").ainvoke("hello", stop=["END"])
        await model.bind_tools([count_tables], tool_choice="count_tables").ainvoke("hello")
    first, second = server.requests
    assert (first["temperature"], first["stop"], first["tool_choice"]) == (0, ["END"], "required")
    assert second["tool_choice"] == {"type": "function", "function": {"name": "count_tables"}}


async def test_cancelling_leaves_the_model_usable(serve: Serve) -> None:
    started = asyncio.Event()
    script = [Text("a b c d", chunks=4, pause=0.2), Text("again")]
    async with serve(script) as (model, _):
        text_sink.set(lambda _text: started.set())
        running = asyncio.create_task(model.ainvoke("hello"))
        await started.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        message: AIMessage = await model.ainvoke("hello")
    assert message.content == "again"
