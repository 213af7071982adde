"""The agent: LangChain's `create_agent` around a model, with its middleware in visible order.

One compiled agent serves every turn; what differs from turn to turn is in the turn's context.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from langchain.agents import create_agent
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AnyMessage
from langchain_core.tools import BaseTool
from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent.learned import Learned, learned
from agent.lexicon import Lexicons, Named
from agent.likeness import Likeness
from agent.meter import Meter
from agent.middleware import (
    Briefing,
    Budget,
    ErrorsAsAnswers,
    Guard,
    Layers,
    Narration,
    Outage,
    Repair,
)
from agent.model_errors import ModelInterrupted, ModelUnavailable
from agent.planner import Planner
from agent.planning.exemplars import Similarity
from agent.planning.types import Asked, Call, Card, Entity, Focus, Proposed, Understanding
from agent.planning.understand import understand
from agent.receipts import understood
from agent.toolbox import make_tools
from agent.turnstate import Taught, Turn, current_turn
from knowledge.index import Index
from tools.context import Caller
from tools.database import now
from tools.indexing import PREFIXES
from tools.invoke import Kernel
from tools.lookup import scores
from tools.operation import Operation
from tools.policy import Entitlements
from tools.racine.approvals.standing import state_of
from tools.racine.assistant.tables import Plan

OFFERED = 12
NEAREST = 40  # of the operations, by what the request says
ALWAYS_OFFERED = ("catalog.search_assets", "assistant.find_operations")
MODEL_CALLS = 12
TOOL_CALLS = 40
PROPOSED = (
    select(Plan)
    .where(Plan.conversation_id == bindparam("conversation"), Plan.user_id == bindparam("user"))
    .order_by(Plan.created_at.desc())
    .limit(1)
)


class Assistant:
    """The compiled agent, and the choice of the operations that matter."""

    def __init__(self, kernel: Kernel, index: Index, model: BaseChatModel, meter: Meter) -> None:
        self._kernel, self._index, self._model, self._meter = kernel, index, model, meter
        self._plans_itself = isinstance(model, Planner)
        self.retrieves = not self._plans_itself
        self._lexicons = Lexicons()
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
        self._likeness = Likeness(self._cards)
        self._agents: tuple[Any, Any] | None = None

    def _compiled(self) -> tuple[Any, Any]:
        """The agent and the one to fall back on, compiled when they are first asked."""
        if self._agents is None:
            tools = make_tools(self._kernel.registry, self._kernel)
            agent = self._agent(self._model, tools)
            self._agents = (agent, agent if self._plans_itself else self._agent(Planner(), tools))
        return self._agents

    def _agent(self, model: BaseChatModel, tools: Sequence[BaseTool]) -> Any:
        return create_agent(
            model,
            tools,
            middleware=[
                Layers(
                    Budget(MODEL_CALLS, TOOL_CALLS, self._meter.limits.per_answer),
                    Briefing(),
                    Repair(),
                    *([] if isinstance(model, Planner) else [Outage()]),
                    Narration(),
                    Guard(),
                    ErrorsAsAnswers(),
                )
            ],
        )

    async def choose(self, turn: Turn, focus: dict[str, Any]) -> Sequence[Operation]:
        """The operations to offer: those that the caller may use and the request is about."""
        self._keep_up()
        turn.allowed = {
            name: one
            for name, one in self._operations.items()
            if name in self._offered
            and (one.own or turn.entitlements.decide(one.permission).allowed)
        }
        turn.focus = focus
        if self._plans_itself:
            to_call = await self._plan(turn)
            if turn.taught.reading:
                turn.emitter.text(f"As you taught me, I read this as “{turn.taught.reading}”.\n\n")
            return to_call
        # By its words alone: what the request means, the passages tell a model.
        await self._hear(turn, None)
        assert turn.heard is not None
        found = await scores(self._index, turn.message, None, NEAREST, {"operation"})
        ranked = [one.removeprefix(PREFIXES["operations"]) for one in found]
        last = focus.get("last_operation")
        chosen = offered(meant(turn.heard, self._cards), last, ranked, turn.allowed)
        return [turn.allowed[name] for name in chosen]

    async def answer(self, messages: Sequence[AnyMessage]) -> None:
        """Ask the model until it has answered; where it can't, the planner answers and says so."""
        turn = current_turn.get()
        reason = None if self._plans_itself else await self._meter.spent(turn)
        try:
            if reason is None:
                await self._ask(self._compiled()[0], messages)
                return
        except (ModelUnavailable, ModelInterrupted) as error:
            if turn.emitter.answer:
                raise  # a part of the model's answer has been read already
            reason = error.detail
        reason = reason.rstrip(".")
        turn.emitter.text(f"The built-in planner answers, not the language model: {reason}.\n\n")
        turn.start_over()
        turn.fell_back = reason
        turn.offered = await self._plan(turn)
        await self._ask(self._compiled()[1], messages)

    async def _plan(self, turn: Turn) -> list[Operation]:
        """Have the planner answer; the operations that it will call."""
        to_call = await self._hear(turn, self._likeness)
        turn.understanding = turn.heard
        return to_call

    async def _hear(self, turn: Turn, similarity: Similarity | None) -> list[Operation]:
        turn.heard, turn.taught = await self._understand(
            turn.message,
            turn.caller,
            turn.entitlements,
            turn.focus,
            turn.conversation_id,
            similarity,
        )
        names = dict.fromkeys(call.operation for call in turn.heard.calls)
        return [self._operations[name] for name in names]

    async def _ask(self, agent: Any, messages: Sequence[AnyMessage]) -> None:
        await agent.ainvoke({"messages": list(messages)}, {"recursion_limit": 60})

    async def read(
        self, message: str, caller: Caller, focus: dict[str, Any], conversation_id: str
    ) -> list[dict[str, Any]]:
        """The calls that the planner reads out of a message, as receipts keep them."""
        self._keep_up()
        entitlements = await self._kernel.entitlements(caller.user_id)
        understanding, _taught = await self._understand(
            message, caller, entitlements, focus, conversation_id, self._likeness
        )
        return understood(understanding, self._kernel.registry)

    def _keep_up(self) -> None:
        if self._generation != self._kernel.registry.generation:
            self._take_stock()

    async def _understand(
        self,
        said: str,
        caller: Caller,
        entitlements: Entitlements,
        focus: dict[str, Any],
        conversation_id: str,
        similarity: Similarity | None,
    ) -> tuple[Understanding, Taught]:
        """What the planner reads out of a request: it then calls that, a model is offered it first.

        It may name an operation that the caller may not use; the choke point then gives the reason.
        """
        async with self._kernel.database.reading() as session:
            plan = await _proposed(session, conversation_id, caller)
            taught = await learned(session, caller)
            named = await self._lexicons.of(session, entitlements, taught.names)
        message = taught.reading(said, named.lexicon)
        me = named.names.get(caller.user_id, caller.user_id)
        understanding = await asyncio.to_thread(
            understand,
            message,
            named.lexicon,
            self._cards,
            replace(_focus(focus), plan=plan, me=Entity("person", caller.user_id, me)),
            similarity,
        )
        calls = tuple(_by_name(call, named.names) for call in understanding.calls)
        return replace(understanding, calls=calls), _told(said, message, taught, named)


async def _proposed(session: AsyncSession, conversation_id: str, caller: Caller) -> Proposed | None:
    """The plan that the conversation came to last."""
    whose = {"conversation": conversation_id, "user": caller.user_id}
    plan = await session.scalar(PROPOSED, whose)
    if plan is None:
        return None
    state = state_of(plan, now())
    waits = tuple(one["who"] for one in plan.approval.get("needs", ()))
    return Proposed(plan.title, state, len(plan.steps), waits, plan.execution_id)


def meant(heard: Understanding, cards: Mapping[str, Card]) -> list[str]:
    """The operations that the planner reads out of a request: those that it would call or ask
    about, then those that it takes for the nearest."""
    asked = [heard.asks] if heard.asks is not None else []
    near = [name for example in heard.nearest for name, card in cards.items()
            if example in card.examples]  # fmt: skip
    return list(dict.fromkeys([*(call.operation for call in heard.calls), *asked, *near]))


def offered(
    understood: Iterable[str], last: str | None, ranked: Iterable[str], allowed: Container[str]
) -> list[str]:
    """The operations that a model is offered: first what the planner would call, then the last
    turn's, then those whose words are nearest to the request."""
    wanted = dict.fromkeys([*ALWAYS_OFFERED, *understood, *([last] if last else []), *ranked])
    return [name for name in wanted if name in allowed][:OFFERED]


def _told(said: str, meant: str, taught: Learned, named: Named) -> Taught:
    """What was taught that bears on this turn."""
    return Taught(
        reading=meant if meant != said else None,
        notes=(
            *taught.notes,
            *(f"“{name}” stands for {named.names.get(id_, id_)}" for name, id_ in taught.names),
        ),
        examples=tuple(
            f"“{one.said}” meant “{one.meant}”"
            if one.meant
            else f"“{one.said}” became the plan {_calls(one.steps)}, which was approved"
            for one in taught.examples(said, named.lexicon)
        ),
    )


def _calls(steps: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(f"{one['operation']} {json.dumps(one['arguments'])}" for one in steps)[:600]


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

    asked = stored.get("asked")
    return Focus(
        entities=entities("entities"),
        last_operation=stored.get("last_operation"),
        last_arguments=stored.get("last_arguments") or {},
        last_results=entities("last_results"),
        asked=Asked(**{**asked, "options": tuple(asked.get("options", ()))}) if asked else None,
        advice=tuple(stored.get("advice", ())),
        cursor=stored.get("cursor"),
        empty=bool(stored.get("empty")),
        said=stored.get("said", ""),
    )
