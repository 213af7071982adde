"""The model of the benchmark, a process of its own: no latency, two tool calls, a hundred tokens.

Prints its base URL on the first line. Calls the tools it is told to, which must be on offer, with
the least arguments that their schemas allow; then answers with `ANSWER`, a token an event.
"""

from __future__ import annotations

import argparse
from typing import Any, Final

from tests.support.openai_rules import Json
from tests.support.openai_server import Call, Calls, Fail, Reply, ScriptedOpenAI, Text

TOKENS: Final = 100
ANSWER: Final = " ".join(f"token{number}" for number in range(TOKENS))


def turn(tools: list[str], *, parallel: bool, body: Json) -> Reply:
    """The reply to one request of a turn: each tool in a round of its own, or all in one."""
    messages: list[Json] = body["messages"]
    asked = max(i for i, message in enumerate(messages) if message["role"] == "user")
    done = sum(1 for message in messages[asked:] if message["role"] == "tool")
    if done >= len(tools):
        return Text(ANSWER, chunks=TOKENS)
    offered = {tool["function"]["name"]: tool["function"] for tool in body.get("tools") or ()}
    wanted = tools if parallel else tools[done : done + 1]
    if missing := [name for name in wanted if name not in offered]:
        print(f"{missing} not on offer; on offer are {sorted(offered)}", flush=True)
        return Fail(400, "tool_not_offered")
    schemas = [(name, offered[name].get("parameters") or {}) for name in wanted]
    return Calls(*(Call(name, _least(schema, schema)) for name, schema in schemas))


def _least(schema: Json, root: Json) -> Any:
    """The smallest value that fits a JSON schema as tools use them."""
    if "$ref" in schema:
        return _least(root["$defs"][schema["$ref"].rsplit("/", 1)[-1]], root)
    for key in ("default", "const"):
        if key in schema:
            return schema[key]
    if "enum" in schema:
        return schema["enum"][0]
    for key in ("anyOf", "oneOf", "allOf"):
        if key in schema:
            return _least(schema[key][0], root)
    match schema.get("type"):
        case "object":
            properties = schema.get("properties", {})
            return {name: _least(properties[name], root) for name in schema.get("required", ())}
        case "array":
            return [_least(schema["items"], root)] * schema.get("minItems", 0)
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return False
        case "null":
            return None
        case _:
            return "customer".ljust(schema.get("minLength", 0), "s")


def main() -> None:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--tool", action="append", required=True)
    parser.add_argument("--parallel", action="store_true")
    options = parser.parse_args()
    server = ScriptedOpenAI(lambda body: turn(options.tool, parallel=options.parallel, body=body))
    print(server.url, flush=True)
    server.run()


if __name__ == "__main__":
    main()
