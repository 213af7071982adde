"""From operations to LangChain tools. A read runs through `invoke`; anything else becomes a step.

The tools are made once; what a call may do is decided by the turn that it runs in.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from langchain_core.messages import ToolCall, ToolMessage
from langchain_core.runnables import RunnableConfig
from langchain_core.tools import BaseTool
from pydantic import BaseModel, Field

from agent.compact import pages_of
from agent.proposed_workflow import steps_of
from agent.turnstate import Turn, current_call, current_turn
from tools.errors import AskForAccess, ChooseAnother, CorrectInput, RacineError
from tools.grants import ask_for
from tools.invoke import Kernel
from tools.operation import Effect, Operation
from tools.racine.assistant.noticed_types import RecommendationDecided
from tools.racine.assistant.types import FoundOperations
from tools.racine.workflows.proposing import WorkflowProposal
from tools.registry import Registry
from tools.steps import Step, references
from tools.validation import redacted, validate
from tools.values import Citation, Cited

ACCEPTING = "assistant.accept_recommendation"
_UNTOLD = frozenset(
    {"title", "additionalProperties", "pattern", "minLength", "maxLength", "minItems", "maxItems",
     "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
)  # fmt: skip


class Reading(BaseModel):
    """What `read_more` takes."""

    handle: str = Field(description="The result's handle, such as r1")
    page: int = Field(description="Which page, from 1")


class OperationTool(BaseTool):
    """One operation as a tool."""

    operation: Operation = Field(exclude=True)
    kernel: Kernel = Field(exclude=True)

    def _run(self, *_args: Any, **_kwargs: Any) -> str:
        raise NotImplementedError("Operations are asynchronous: use ainvoke.")

    async def ainvoke(
        self,
        input: str | dict[str, Any] | ToolCall,  # noqa: A002 - as LangChain names it
        config: RunnableConfig | None = None,
        **kwargs: Any,
    ) -> Any:
        """What answers a call, past LangChain's callbacks; `invoke` validates the arguments."""
        if not isinstance(input, dict) or input.get("type") != "tool_call":
            return await super().ainvoke(input, config, **kwargs)
        text = await self._arun(**input["args"])
        return ToolMessage(text, tool_call_id=input["id"], name=self.name)

    async def _arun(self, **arguments: Any) -> str:
        turn, call_id = current_turn.get(), current_call.get()
        arguments = {key: value for key, value in arguments.items() if value is not None}
        name = self.operation.name
        try:
            if name == ACCEPTING:
                return await self._take_up(turn, call_id, arguments)
            if self.operation.effect is not Effect.READ:
                return await self._propose(turn, call_id, arguments)
            invocation = await self.kernel.invoke(name, arguments, turn.caller)
            if isinstance(invocation.value, WorkflowProposal):
                await self._plan_workflow(turn, invocation.value)
        except RacineError as error:
            turn.results[call_id] = (name, arguments, error)
            if self.operation.effect is not Effect.READ:
                turn.refused_writes.add(name)
            raise
        turn.results[call_id] = (name, arguments, invocation.value)
        if isinstance(invocation.value, FoundOperations):
            turn.offer(one.name for one in invocation.value.items)
        return for_model(invocation.value, turn)

    async def _take_up(self, turn: Turn, call_id: str, arguments: dict[str, Any]) -> str:
        """Accept a recommendation, then do its steps: done, there is nothing left to accept."""
        asked = Step(id="accepted", operation=self.operation.name, arguments=arguments)
        (preview,) = (await self.kernel.preview([asked], turn.caller)).steps
        if preview.error is not None:
            raise preview.error
        decided = RecommendationDecided.model_validate(preview.result)
        if not decided.steps:
            raise CorrectInput(
                f"“{decided.title}” needs something from you first: {decided.question}",
                "Say it, and it becomes a plan.",
            )
        for step in decided.steps:
            await self._check_right(turn, self.kernel.registry.find(step.operation))
        planned = await self._propose(turn, call_id, arguments)
        accepted = turn.steps[-1].id
        for step in decided.steps:
            own = {"id": f"s{len(turn.steps) + 1}", "needs": [accepted]}
            turn.steps.append(step.model_copy(update=own))
        return planned

    async def _plan_workflow(self, turn: Turn, proposal: WorkflowProposal) -> None:
        """Put a workflow that was made of words, and its schedule, into the plan."""
        steps = steps_of(proposal, len(turn.steps))
        for step in steps:
            await self._check_right(turn, self.kernel.registry.find(step.operation))
        turn.steps.extend(steps)

    async def _check_right(self, turn: Turn, operation: Operation) -> None:
        decision = turn.entitlements.decide(operation.permission)
        if decision.allowed or operation.own:
            return
        async with self.kernel.database.reading() as session:
            raise AskForAccess(decision.reason, await ask_for(session, operation.permission))

    async def _propose(self, turn: Turn, call_id: str, arguments: dict[str, Any]) -> str:
        self.kernel.registry.check_offered(self.operation)
        await self._check_right(turn, self.operation)
        if not references(arguments):
            validate(self.operation, arguments)  # a mistake is told now, not to the approver
        step_id = turn.step_ids.get(call_id)
        if step_id is None or any(one.id == step_id for one in turn.steps):
            step_id = f"s{len(turn.steps) + 1}"
        turn.steps.append(Step(id=step_id, operation=self.operation.name, arguments=arguments))
        return json.dumps(
            {
                "planned_step": step_id,
                "note": "Not done yet: it runs only after a person has approved the plan.",
            }
        )


def make_tools(registry: Registry, kernel: Kernel) -> list[BaseTool]:
    """A tool for every operation that the assistant may call or propose, and one to read on."""
    return [
        ReadMore(),
        *(
            OperationTool(
                name=operation.tool_name,
                description=describe(operation),
                args_schema=brief(operation.schema),
                operation=operation,
                kernel=kernel,
            )
            for operation in registry.known().values()
            if operation.agent
        ),
    ]


def brief(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A schema as a model needs it: names, types, choices and words.

    That an argument may be left out is told by `required`, limits by the error of a call that
    breaks them: half of the text of a schema says nothing else.
    """
    told: dict[str, Any] = {}
    for key, value in schema.items():
        if key in _UNTOLD or (key == "default" and value is None):
            continue
        if key in ("properties", "$defs"):
            told[key] = {name: brief(one) for name, one in value.items()}
        elif key == "anyOf":
            kinds = [brief(one) for one in value if one != {"type": "null"}]
            told |= kinds[0] if len(kinds) == 1 else {key: kinds}
        else:
            told[key] = brief(value) if isinstance(value, Mapping) else value
    return told


def describe(operation: Operation) -> str:
    """What a model reads of an operation."""
    effect = "" if operation.effect is Effect.READ else " Becomes a step of a plan to approve."
    return f"{operation.summary}{effect} E.g. {'; '.join(operation.examples[:2])}"


class ReadMore(BaseTool):
    """The next pages of results that were too long for one."""

    name: str = "read_more"
    description: str = "Read another page of a result that was cut, by the handle that it named."
    args_schema: Any = Reading

    def _run(self, *_args: Any, **_kwargs: Any) -> str:
        raise NotImplementedError("Results belong to a turn: use ainvoke.")

    async def _arun(self, handle: str, page: int) -> str:
        pages = current_turn.get().pages.get(handle)
        if pages is None or not 1 <= page <= len(pages):
            there = ", ".join(
                f"{known} (pages 1 to {len(pages)})"
                for known, pages in current_turn.get().pages.items()
            )
            raise ChooseAnother(
                f"There is no page {page} of a result '{handle}'.",
                f"There are: {there or 'none'}.",
                field="handle",
            )
        return _page(handle, pages, page)


def for_model(value: BaseModel, turn: Turn) -> str:
    """A result as a model gets it: compact text, citations numbered; page 1 where it is long."""
    pages = pages_of(_numbered(value, turn))
    if len(pages) == 1:
        return pages[0]
    handle = f"r{len(turn.pages) + 1}"
    turn.pages[handle] = pages
    return _page(handle, pages, 1)


def _page(handle: str, pages: Sequence[str], number: int) -> str:
    told = f"(page {number} of {len(pages)}"
    if number < len(pages):
        told += f'; {ReadMore().name}(handle="{handle}", page={number + 1}) goes on'
    return f"{pages[number - 1]}\n{told})"


def _numbered(value: Any, turn: Turn) -> Any:
    if isinstance(value, BaseModel):
        content: dict[str, Any] = {}
        if isinstance(value, Cited) and turn.understanding is None:
            number = turn.citations.number(value.citation())
            if number is not None:
                content["cite"] = f"[{number}]"
        return content | {
            name: _numbered(getattr(value, name), turn)
            for name in type(value).model_fields
            if getattr(value, name) not in (None, [], {})
        }
    if isinstance(value, Mapping):
        return {key: _numbered(item, turn) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_numbered(item, turn) for item in value]
    return value


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
