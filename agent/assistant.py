"""The agent: LangChain's `create_agent` around a model, with its middleware in visible order.

One compiled agent serves every turn; what differs from turn to turn is in the turn's context.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from langchain.agents import create_agent
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AnyMessage

from agent.lexicon import Lexicons
from agent.middleware import Briefing, Budget, ErrorsAsAnswers, Guard, Narration, Repair
from agent.planner import Planner
from agent.planning.types import Call, Card, Entity, Focus, Understanding
from agent.planning.understand import understand
from agent.toolbox import make_tools
from agent.turnstate import Turn, current_turn
from knowledge.index import Index
from tools.invoke import Kernel
from tools.lookup import look_up
from tools.operation import Operation

OFFERED = 14
ALWAYS_OFFERED = ("catalog.search_assets", "data_sources.list_sources", "search.unified")
MODEL_CALLS = 12
TOOL_CALLS = 40


class Assistant:
    """The compiled agent, and the choice of the operations that matter."""

    def __init__(self, kernel: Kernel, index: Index, model: BaseChatModel) -> None:
        self._kernel, self._index, self._model = kernel, index, model
        self._plans_itself = isinstance(model, Planner)
        self.retrieves = not self._plans_itself
        self._lexicons = Lexicons(kernel)
        self._take_stock()

    def _take_stock(self) -> None:
        """Make tools of what there is now: services outside come and go."""
        registry = self._kernel.registry
        self._generation = registry.generation
        self._operations = {name: one for name, one in registry.known().items() if one.agent}
        self._offered = {one.name for one in registry}
        self._cards = {
            one.name: Card(one.name, one.summary, one.examples, one.effect.value, one.schema)
            for one in self._operations.values()
        }
        self._agent = create_agent(
            self._model,
            make_tools(registry, self._kernel),
            middleware=[
                Budget(MODEL_CALLS, TOOL_CALLS),
                Briefing(),
                Repair(),
                Narration(),
                Guard(),
                ErrorsAsAnswers(),
            ],
        )

    async def choose(self, turn: Turn, focus: dict[str, Any]) -> Sequence[Operation]:
        """The operations to offer: those that the caller may use and the request is about."""
        if self._generation != self._kernel.registry.generation:
            self._take_stock()
        allowed = {
            name: one
            for name, one in self._operations.items()
            if name in self._offered
            and (one.own or turn.entitlements.decide(one.permission).allowed)
        }
        understanding, understood = await self._understand(turn, focus)
        if self._plans_itself:
            turn.understanding = understanding
            return understood
        passages = await look_up(self._index, turn.message, None, 40, {"operation"})
        ranked = [passage.document.title for passage in passages]
        last = [focus["last_operation"]] if focus.get("last_operation") else []
        first = [one.name for one in understood]
        chosen = dict.fromkeys([*ALWAYS_OFFERED, *last, *first, *ranked])
        return [allowed[name] for name in chosen if name in allowed][:OFFERED]

    async def answer(self, messages: Sequence[AnyMessage]) -> None:
        """Ask the model until it has answered."""
        state = await self._agent.ainvoke({"messages": list(messages)}, {"recursion_limit": 60})
        turn = current_turn.get()
        for message in state["messages"]:
            if isinstance(message, AIMessage) and message.usage_metadata:
                for name in ("input_tokens", "output_tokens"):
                    turn.usage[name] = turn.usage.get(name, 0) + message.usage_metadata[name]

    async def _understand(
        self, turn: Turn, focus: dict[str, Any]
    ) -> tuple[Understanding, Sequence[Operation]]:
        """What the planner reads out of a request: it then calls that, a model is offered it first.

        It may name an operation that the caller may not use; the choke point then gives the reason.
        """
        named = await self._lexicons.of(turn.entitlements)
        understanding = await asyncio.to_thread(
            understand, turn.message, named.lexicon, self._cards, _focus(focus)
        )
        calls = tuple(_by_name(call, named.names) for call in understanding.calls)
        names = dict.fromkeys(call.operation for call in calls)
        return replace(understanding, calls=calls), [self._operations[name] for name in names]


def _by_name(call: Call, names: Mapping[str, str]) -> Call:
    """A call whose arguments say names, which people read in the plan, and not ids."""
    arguments = {
        name: names.get(value, value) if isinstance(value, str) else value
        for name, value in call.arguments.items()
    }
    return replace(call, arguments=arguments)


def _focus(stored: dict[str, Any]) -> Focus:
    def entities(name: str) -> tuple[Entity, ...]:
        return tuple(Entity(one["kind"], one["id"], one["name"]) for one in stored.get(name, []))

    return Focus(
        entities=entities("entities"),
        last_operation=stored.get("last_operation"),
        last_arguments=stored.get("last_arguments") or {},
        last_results=entities("last_results"),
    )
