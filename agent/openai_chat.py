"""The chat model for any OpenAI-compatible endpoint; give it to `create_agent` as its `model`.

The `openai` package makes the request (key, base URL, retries of 429, 5xx and connections); the
stream is read here, because a pydantic object and a callback per token cost more than the turn.
Text goes to `text_sink` as it comes; the caller gets the whole message, or an error of
`agent.model_errors`, never a part of an answer as if it were whole. Asynchronous only.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import httpx2
from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, BaseMessage, ToolCall, convert_to_openai_messages
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable, RunnableConfig
from langchain_core.tools import BaseTool
from langchain_core.utils.function_calling import convert_to_openai_tool
from openai import AsyncOpenAI, AsyncStream, OpenAIError
from pydantic import Field, PrivateAttr
from pydantic_core import to_json

from agent.model_errors import ModelInterrupted, interrupted, misconfigured, unavailable
from agent.openai_answer import Answer, EndpointError, data_lines
from agent.sinks import Coalescer, text_sink

_MANY_SCHEMAS = 2048
_schemas: dict[tuple[str, str, int], tuple[object, str]] = {}


class OpenAIChat(BaseChatModel):
    """`model` at the endpoint of OPENAI_BASE_URL, with the key of OPENAI_API_KEY.

    `timeout` is the longest silence in seconds, not the length of an answer; `settings` are
    further fields of the request, such as `{"temperature": 0}`.
    """

    model: str
    max_retries: int = 2
    timeout: float = 60.0
    window: float = 0.03
    settings: Mapping[str, Any] = Field(default_factory=dict)
    _client: AsyncOpenAI = PrivateAttr()

    def model_post_init(self, _context: Any) -> None:
        """Build the client once: it costs 20 ms and owns the connections."""
        key = os.environ.get("OPENAI_API_KEY")
        self._client = AsyncOpenAI(
            api_key=key or "missing",
            max_retries=self.max_retries,
            timeout=httpx2.Timeout(self.timeout, connect=5.0),
        )
        if problem := misconfigured(key, self._client.base_url.host):
            raise problem

    @property
    def _llm_type(self) -> str:
        return "openai-compatible"

    @property
    def _identifying_params(self) -> Mapping[str, Any]:
        return {"model": self.model, **self.settings}

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.close()

    def bind_tools(
        self,
        tools: Sequence[dict[str, Any] | type | Callable[..., Any] | BaseTool],
        *,
        tool_choice: str | bool | Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """The model with these tools on offer; `tool_choice` is "any", "auto", "none" or a name."""
        if not tools:
            return self.bind(**kwargs)
        choice = {} if tool_choice is None else {"tool_choice": _choice(tool_choice)}
        return self.bind(tools=f"[{','.join(map(_schema, tools))}]", **choice, **kwargs)

    async def ainvoke(
        self,
        input: LanguageModelInput,  # noqa: A002 - as LangChain names it
        config: RunnableConfig | None = None,
        *,
        stop: list[str] | None = None,
        **kwargs: Any,
    ) -> AIMessage:
        """The answer, past LangChain's callbacks: nobody listens, and they cost half a request."""
        messages = self._convert_input(input).to_messages()
        result = await self._agenerate(messages, stop, **kwargs)
        return cast(AIMessage, result.generations[0].message)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        raise NotImplementedError("OpenAIChat is asynchronous only: use ainvoke.")

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        body = self._body(messages, stop, **kwargs)
        out = Coalescer(text_sink.get(), self.window)
        try:
            answer = await self._ask(body, out)
        except ModelInterrupted:
            if out.emitted:
                raise
            answer = await self._ask(body, out)
        finally:
            out.flush()
        return ChatResult(generations=[ChatGeneration(message=answer.message())])

    def _body(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None,
        *,
        tools: str | None = None,
        **kwargs: Any,
    ) -> bytes:
        fields = {
            "model": self.model,
            "stream": True,
            "stream_options": {"include_usage": True},
            **self.settings,
            **({"stop": stop} if stop else {}),
            **kwargs,
            "messages": convert_to_openai_messages([_repaired(message) for message in messages]),
        }
        encoded = to_json(fields)
        return encoded if tools is None else b'%b,"tools":%b}' % (encoded[:-1], tools.encode())

    async def _ask(self, body: bytes, out: Coalescer) -> Answer:
        """One request, read to its end; a connection that isn't can't be used again."""
        url = self._client.base_url
        endpoint = f"{url.host}:{url.port}" if url.port else url.host
        try:
            # A `cast_to` of Response hands back the raw response, its body not yet read.
            response = cast(
                "httpx2.Response",
                await self._client.post(
                    "/chat/completions",
                    content=body,
                    cast_to=httpx2.Response,
                    stream=True,
                    stream_cls=AsyncStream[Any],
                ),
            )
        except OpenAIError as error:
            raise unavailable(error, self.model, endpoint) from None
        answer = Answer()
        try:
            if response.headers.get("content-type", "").startswith("application/json"):
                out.add(answer.take(await response.aread()))
            else:
                async for data in data_lines(response.aiter_bytes()):
                    out.add(answer.take(data))
        except httpx2.HTTPError as error:
            if not answer.complete:
                silent = isinstance(error, httpx2.TimeoutException)
                lost = (
                    f"nothing came for {self.timeout:g} s" if silent else "the connection was lost"
                )
                raise interrupted(endpoint, lost) from None
        except EndpointError as error:
            raise interrupted(endpoint, str(error)) from None
        except (ValueError, TypeError, AttributeError):
            raise interrupted(endpoint, "it sent what is no event") from None
        finally:
            await response.aclose()
        if not answer.complete:
            raise interrupted(endpoint, "the stream ended without saying so")
        return answer


def _schema(tool: dict[str, Any] | type | Callable[..., Any] | BaseTool) -> str:
    """The tool's schema as JSON, encoded once: its identity is its name, its words, its types."""
    if not isinstance(tool, BaseTool):
        return to_json(convert_to_openai_tool(tool)).decode()
    key = (tool.name, tool.description, id(tool.args_schema))
    if key not in _schemas:
        if len(_schemas) >= _MANY_SCHEMAS:
            _schemas.clear()
        # The schema is kept with its encoding, so that its id can't become another's.
        _schemas[key] = (tool.args_schema, to_json(convert_to_openai_tool(tool)).decode())
    return _schemas[key][1]


def _choice(tool_choice: str | bool | Mapping[str, Any]) -> object:
    if tool_choice in ("any", True):
        return "required"
    if isinstance(tool_choice, str) and tool_choice not in ("auto", "none", "required"):
        return {"type": "function", "function": {"name": tool_choice}}
    return tool_choice


def _repaired(message: BaseMessage) -> BaseMessage:
    """A call with broken arguments goes back as a call without any.

    It must go back, or its `ToolMessage` would answer nothing (a 400); and servers that put the
    history through a template refuse arguments that are no JSON.
    """
    if not isinstance(message, AIMessage) or not message.invalid_tool_calls:
        return message
    calls = [
        ToolCall(name=call["name"] or "unnamed", args={}, id=call["id"], type="tool_call")
        for call in message.invalid_tool_calls
    ]
    return message.model_copy(update={"tool_calls": [*message.tool_calls, *calls]})
