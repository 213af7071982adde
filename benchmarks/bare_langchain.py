"""The yardstick: what LangChain's own parts cost, put together the way their guides do.

`create_agent` with langchain-openai's `ChatOpenAI` behind a FastAPI route that streams; nothing is
stored, authorized, logged or cited. Prints its URL on the first line; OPENAI_BASE_URL and
OPENAI_API_KEY name the model's endpoint.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import AsyncIterator

from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from langchain.agents import create_agent
from langchain.agents.middleware.types import InputAgentState
from langchain_core.messages import AIMessageChunk, HumanMessage
from langchain_core.tools import StructuredTool
from langchain_openai import ChatOpenAI
from pydantic import BaseModel

from tests.support.serving import HttpServer


class Question(BaseModel):
    """The body of a turn."""

    message: str


async def look_up(query: str = "", limit: int = 20) -> str:
    """Look up what fits the query, at most `limit` of them."""
    return json.dumps({"items": [{"name": f"item {n}"} for n in range(3)], "query": query})


def build(names: list[str]) -> FastAPI:
    """The application, with one tool for each name."""
    tools = [StructuredTool.from_function(coroutine=look_up, name=name) for name in names]
    agent = create_agent(ChatOpenAI(model="scripted"), tools, system_prompt="You help.")
    app = FastAPI()

    async def stream(message: str) -> AsyncIterator[str]:
        asked = InputAgentState(messages=[HumanMessage(message)])
        async for chunk, _ in agent.astream(asked, stream_mode="messages"):
            if isinstance(chunk, AIMessageChunk) and chunk.text:
                yield f"data: {json.dumps({'delta': chunk.text})}\n\n"
        yield "data: [DONE]\n\n"

    @app.post("/chat")
    async def chat(question: Question) -> StreamingResponse:
        return StreamingResponse(stream(question.message), media_type="text/event-stream")

    return app


def main() -> None:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--tool", action="append", required=True)
    parser.add_argument("--tools", type=int, default=12, help="how many tools are bound in all")
    options = parser.parse_args()
    more = [f"look_up_{number}" for number in range(options.tools - len(options.tool))]
    server = HttpServer(build(options.tool + more))
    print(f"{server.address}/chat", flush=True)
    server.run()


if __name__ == "__main__":
    main()
