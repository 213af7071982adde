"""From operations to LangChain tools. A read runs through `invoke`; anything else becomes a step.

The tools are made once; what a call may do is decided by the turn that it runs in.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from langchain_core.tools import BaseTool
from pydantic import BaseModel, Field

from agent.turnstate import Turn, current_call, current_turn
from tools.errors import AskForAccess, RacineError
from tools.invoke import Kernel
from tools.operation import Effect, Operation
from tools.registry import Registry
from tools.steps import Step, references
from tools.validation import redacted, validate
from tools.values import Citation, Cited

MAXIMUM_ITEMS = 25
MAXIMUM_CHARACTERS = 12_000


class OperationTool(BaseTool):
    """One operation as a tool."""

    operation: Operation = Field(exclude=True)
    kernel: Kernel = Field(exclude=True)

    def _run(self, *_args: Any, **_kwargs: Any) -> str:
        raise NotImplementedError("Operations are asynchronous: use ainvoke.")

    async def _arun(self, **arguments: Any) -> str:
        turn, call_id = current_turn.get(), current_call.get()
        arguments = {key: value for key, value in arguments.items() if value is not None}
        name = self.operation.name
        try:
            if self.operation.effect is not Effect.READ:
                return self._propose(turn, call_id, arguments)
            invocation = await self.kernel.invoke(name, arguments, turn.caller)
        except RacineError as error:
            turn.results[call_id] = (name, arguments, error)
            if self.operation.effect is not Effect.READ:
                turn.refused_writes.add(name)
            raise
        turn.results[call_id] = (name, arguments, invocation.value)
        return for_model(invocation.value, turn)

    def _propose(self, turn: Turn, call_id: str, arguments: dict[str, Any]) -> str:
        self.kernel.registry.check_offered(self.operation)
        decision = turn.entitlements.decide(self.operation.permission)
        if not decision.allowed and not self.operation.own:
            raise AskForAccess(
                decision.reason,
                f"Only somebody with {self.operation.permission} can have this done.",
            )
        if not references(arguments):
            validate(self.operation, arguments)  # a mistake is told now, not to the approver
        step_id = turn.step_ids.get(call_id) or f"s{len(turn.steps) + 1}"
        turn.steps.append(Step(id=step_id, operation=self.operation.name, arguments=arguments))
        return json.dumps(
            {
                "planned_step": step_id,
                "note": "Not done yet: it runs only after a person has approved the plan.",
            }
        )


def make_tools(registry: Registry, kernel: Kernel) -> list[BaseTool]:
    """A tool for every operation that the assistant may call or propose."""
    return [
        OperationTool(
            name=operation.tool_name,
            description=describe(operation),
            args_schema=operation.schema,
            operation=operation,
            kernel=kernel,
        )
        for operation in registry.known().values()
        if operation.agent
    ]


def describe(operation: Operation) -> str:
    """What a model reads of an operation."""
    effect = "" if operation.effect is Effect.READ else " Becomes a step of a plan to approve."
    return f"{operation.summary}{effect} E.g. {'; '.join(operation.examples[:2])}"


def for_model(value: BaseModel, turn: Turn) -> str:
    """A result as a model gets it: lists cut with honest totals, citations numbered."""
    content = _numbered(value, turn)
    text = json.dumps(content, ensure_ascii=False, default=str)
    while len(text) > MAXIMUM_CHARACTERS and _halve_longest_list(content):
        text = json.dumps(content, ensure_ascii=False, default=str)
    return text[:MAXIMUM_CHARACTERS]


def _numbered(value: Any, turn: Turn) -> Any:
    if isinstance(value, BaseModel):
        content = {
            name: _numbered(getattr(value, name), turn)
            for name in type(value).model_fields
            if getattr(value, name) not in (None, [], {})
        }
        if isinstance(value, Cited) and turn.understanding is None:
            number = turn.citations.number(value.citation())
            if number is not None:
                content["cite"] = f"[{number}]"
        return content
    if isinstance(value, Mapping):
        return {key: _numbered(item, turn) for key, item in value.items()}
    if isinstance(value, list | tuple):
        shown = [_numbered(item, turn) for item in value[:MAXIMUM_ITEMS]]
        if len(value) > MAXIMUM_ITEMS:
            shown.append({"shown": MAXIMUM_ITEMS, "of": len(value)})
        return shown
    return value


def _halve_longest_list(content: Any) -> bool:
    lists: list[list[Any]] = []

    def gather(value: Any) -> None:
        if isinstance(value, dict):
            for item in value.values():
                gather(item)
        elif isinstance(value, list):
            if len(value) > 2:
                lists.append(value)
            for item in value:
                gather(item)

    gather(content)
    if not lists:
        return False
    longest = max(lists, key=lambda one: len(json.dumps(one, default=str)))
    before = longest.pop() if _is_cut(longest) else None  # what an earlier cut has said
    total = before["of"] if before else len(longest)
    del longest[len(longest) // 2 :]
    longest.append({"shown": len(longest), "of": total})
    return True


def _is_cut(items: list[Any]) -> bool:
    return isinstance(items[-1], dict) and items[-1].keys() == {"shown", "of"}


def shown_arguments(operation: Operation, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments as they may be streamed: secrets hidden."""
    try:
        return redacted(validate(operation, arguments))
    except RacineError:
        return {key: value for key, value in arguments.items() if key != "password"}


def cite(turn: Turn, citation: Citation) -> str:
    """The mark of a citation in a text, or nothing where there are too many."""
    number = turn.citations.number(citation)
    return f"[{number}]" if number is not None else ""
