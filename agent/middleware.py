"""What surrounds every model call and every tool call of a turn, one concern a class.

All hooks are `wrap_*`, which add no node to the graph. State is the turn's, found in its context.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

import structlog
from langchain.agents.middleware import AgentMiddleware, ModelRequest, ModelResponse
from langchain.agents.middleware.types import ToolCallRequest
from langchain_core.messages import AIMessage, BaseMessage, SystemMessage, ToolMessage
from langgraph.errors import GraphBubbleUp
from langgraph.types import Command

from agent.events import ToolCall, ToolResult
from agent.model_errors import ModelUnavailable
from agent.prompt import system_prompt
from agent.toolbox import OperationTool, shown_arguments
from agent.turnstate import current_call, current_turn
from tools.errors import RacineError, TryLater

log = structlog.get_logger(__name__)
ModelHandler = Callable[[ModelRequest[Any]], Awaitable[ModelResponse[Any]]]
ToolHandler = Callable[[ToolCallRequest], Awaitable[ToolMessage | Command[Any]]]
ToolAnswer = ToolMessage | Command[Any]
MOST_REPEATS = 2  # of calls that were made before, in one turn


class Layers(AgentMiddleware[Any, Any]):
    """Several as one, the first outermost.

    LangChain wraps its tracer around each hook that it is given, which costs more than most do.
    """

    def __init__(self, *layers: AgentMiddleware[Any, Any]) -> None:
        super().__init__()
        self._model = _hooks(layers, "awrap_model_call")
        self._tool = _hooks(layers, "awrap_tool_call")

    async def awrap_model_call(
        self, request: ModelRequest[Any], handler: ModelHandler
    ) -> ModelResponse[Any]:
        for hook in self._model:
            handler = partial(hook, handler=handler)
        return await handler(request)

    async def awrap_tool_call(self, request: ToolCallRequest, handler: ToolHandler) -> ToolAnswer:
        for hook in self._tool:
            handler = partial(hook, handler=handler)
        return await handler(request)


def _hooks(layers: Sequence[AgentMiddleware[Any, Any]], name: str) -> list[Callable[..., Any]]:
    """The hooks of that name, the innermost first."""
    default = getattr(AgentMiddleware, name)
    return [getattr(one, name) for one in reversed(layers) if getattr(type(one), name) != default]


class Budget(AgentMiddleware[Any, Any]):
    """Ends a run that calls the model or tools too often, or takes too many tokens."""

    def __init__(self, model_calls: int, tool_calls: int, tokens: int | None = None) -> None:
        super().__init__()
        self._model_calls, self._tool_calls, self._tokens = model_calls, tool_calls, tokens

    async def awrap_model_call(
        self, request: ModelRequest[Any], handler: ModelHandler
    ) -> ModelResponse[Any]:
        turn = current_turn.get()
        turn.model_calls += 1
        if turn.model_calls > self._model_calls:
            raise TryLater(
                f"This turn asked the model {self._model_calls} times without an answer.",
                "Ask for less at once.",
                code="budget_spent",
            )
        used = sum(turn.usage.values())
        if self._tokens is not None and used >= self._tokens:
            raise TryLater(
                f"This answer took {used:,} tokens and was stopped at its limit of "
                f"{self._tokens:,}.",
                "Ask for less at once, or have RACINE_TOKENS_PER_ANSWER raised.",
                code="budget_spent",
            )
        response = await handler(request)
        for message in response.result:
            if isinstance(message, AIMessage) and message.usage_metadata:
                for name in ("input_tokens", "output_tokens"):
                    turn.usage[name] = turn.usage.get(name, 0) + message.usage_metadata[name]
        return response

    async def awrap_tool_call(self, request: ToolCallRequest, handler: ToolHandler) -> ToolAnswer:
        turn = current_turn.get()
        turn.calls += 1
        if turn.calls > self._tool_calls:
            raise TryLater(
                f"This turn made {self._tool_calls} calls and was stopped.",
                "Ask for less at once.",
                code="budget_spent",
            )
        return await handler(request)


class Briefing(AgentMiddleware[Any, Any]):
    """Gives the model its instructions, the retrieved passages, and only the tools that matter.

    None of them once it goes round in circles, as small models do: it has to answer then.
    """

    async def awrap_model_call(
        self, request: ModelRequest[Any], handler: ModelHandler
    ) -> ModelResponse[Any]:
        turn = current_turn.get()
        offered = set(turn.tool_names()) if turn.repeated < MOST_REPEATS else ()
        tools = [tool for tool in request.tools if getattr(tool, "name", None) in offered]
        return await handler(
            request.override(tools=tools, system_message=SystemMessage(content=system_prompt(turn)))
        )


class Outage(AgentMiddleware[Any, Any]):
    """Makes whatever any provider's model raises one error, without the provider's words."""

    async def awrap_model_call(
        self, request: ModelRequest[Any], handler: ModelHandler
    ) -> ModelResponse[Any]:
        try:
            return await handler(request)
        except (RacineError, GraphBubbleUp):
            raise
        except Exception as error:
            log.warning("the model failed", error=type(error).__name__)
            raise ModelUnavailable(
                f"The language model failed ({type(error).__name__}).",
                "Try again; if it lasts, look at its provider's status and RACINE_MODEL.",
                code="model_failed",
            ) from None


class Repair(AgentMiddleware[Any, Any]):
    """Keeps the thread sound: every call has its answer, and a broken call becomes a told error."""

    async def awrap_model_call(
        self, request: ModelRequest[Any], handler: ModelHandler
    ) -> ModelResponse[Any]:
        response = await handler(request.override(messages=_answered(request.messages)))
        response.result = [_with_broken_calls(message) for message in response.result]
        return response


def _answered(messages: list[Any]) -> list[Any]:
    answered = {message.tool_call_id for message in messages if isinstance(message, ToolMessage)}
    repaired: list[Any] = []
    for message in messages:
        repaired.append(message)
        if isinstance(message, AIMessage):
            repaired += [
                ToolMessage("The call was interrupted.", tool_call_id=call["id"], status="error")
                for call in message.tool_calls
                if call["id"] not in answered
            ]
    return repaired


def _with_broken_calls(message: BaseMessage) -> BaseMessage:
    if not isinstance(message, AIMessage) or not message.invalid_tool_calls:
        return message
    turn = current_turn.get()
    calls = list(message.tool_calls)
    for position, broken in enumerate(message.invalid_tool_calls):
        call_id = broken.get("id") or f"broken-{turn.model_calls}-{position}"
        turn.broken_calls[call_id] = "The arguments are not valid JSON. Send them again, complete."
        calls.append(
            {
                "name": broken.get("name") or "unknown",
                "args": {},
                "id": call_id,
                "type": "tool_call",
            }
        )
    return message.model_copy(update={"tool_calls": calls, "invalid_tool_calls": []})


class Narration(AgentMiddleware[Any, Any]):
    """Tells the run's log of every call and of what it returned."""

    async def awrap_tool_call(self, request: ToolCallRequest, handler: ToolHandler) -> ToolAnswer:
        turn = current_turn.get()
        call, tool = request.tool_call, request.tool
        call_id = str(call["id"])
        arguments = (
            shown_arguments(tool.operation, call["args"]) if isinstance(tool, OperationTool) else {}
        )
        turn.emitter.emit(ToolCall(call_id, call["name"], arguments))
        current_call.set(call_id)
        answer = await handler(request)
        content = answer.content if isinstance(answer, ToolMessage) else ""
        turn.emitter.emit(ToolResult(call_id, str(content)))
        return answer


class Guard(AgentMiddleware[Any, Any]):
    """Refuses calls that were not on offer, are broken, or were made before in this turn."""

    async def awrap_tool_call(self, request: ToolCallRequest, handler: ToolHandler) -> ToolAnswer:
        turn = current_turn.get()
        call = request.tool_call
        offered = turn.tool_names()
        if call["id"] in turn.broken_calls:
            return _told(call, turn.broken_calls[str(call["id"])])
        if call["name"] not in offered or request.tool is None:
            return _told(
                call, f"'{call['name']}' is not on offer. Use one of: {', '.join(offered)}."
            )
        same = json.dumps([call["name"], call["args"]], sort_keys=True, default=str)
        if same in turn.done_calls:
            turn.repeated += 1
            return _told(
                call,
                "This very call was made already in this turn; use its result: "
                + turn.done_calls[same][:500],
            )
        turn.done_calls[same] = "(still running)"
        answer = await handler(request)
        turn.done_calls[same] = str(answer.content) if isinstance(answer, ToolMessage) else ""
        return answer


class ErrorsAsAnswers(AgentMiddleware[Any, Any]):
    """Turns what an operation refuses into what the model reads, so that it can mend its call."""

    async def awrap_tool_call(self, request: ToolCallRequest, handler: ToolHandler) -> ToolAnswer:
        try:
            return await handler(request)
        except (GraphBubbleUp, asyncio.CancelledError):
            raise
        except RacineError as error:
            return _told(request.tool_call, json.dumps(error.problem(), ensure_ascii=False))
        except Exception:
            log.exception("a tool failed", tool=request.tool_call["name"])
            return _told(request.tool_call, "The call failed inside the service. Go on without it.")


def _told(call: Any, text: str) -> ToolMessage:
    return ToolMessage(text, tool_call_id=str(call["id"]), name=call["name"], status="error")
