"""One turn, from its message to its last event: retrieve, choose operations, ask, answer or plan.

Nothing in a turn writes: reads go through `invoke`, everything else is gathered into a plan.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Protocol

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage
from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent.emitter import Emitter
from agent.events import Custom, RunError, RunFinished, RunStarted
from agent.memory import asked_by, looking_at, next_focus
from agent.meter import Meter
from agent.plans import Plans
from agent.receipts import content_of
from agent.shortcomings import lacking
from agent.sinks import text_sink
from agent.turnstate import Turn, current_turn
from knowledge.documents import Passage
from knowledge.index import Index
from tools.call import READING
from tools.context import Caller
from tools.database import now
from tools.errors import RacineError, TryLater
from tools.invoke import Kernel
from tools.lookup import look_up, only_seen
from tools.operation import Operation
from tools.policy import Entitlements
from tools.racine.assistant.context import Looking, looked_at
from tools.racine.assistant.tables import ModelUse, Run
from tools.racine.assistant.types import Looked, ReceiptContent
from tools.scoping import restrict
from tools.steps import Budget, Step
from tools.values import Citation

REMEMBERED_TURNS = 8
PASSAGES = 5
CITED = re.compile(r"\[(\d{1,3})\]")
EARLIER = (
    select(Run.message, Run.answer)
    .where(Run.conversation_id == bindparam("conversation"), Run.position < bindparam("position"))
    .order_by(Run.position.desc())
    .limit(REMEMBERED_TURNS)
)


class Mind(Protocol):
    """What answers: the compiled agent around a model."""

    retrieves: bool

    async def choose(self, turn: Turn, focus: dict[str, Any]) -> Sequence[Operation]:
        """The operations to offer for this turn, of those that the caller may use."""

    async def answer(self, messages: Sequence[AnyMessage]) -> None:
        """Answer; text goes to the sink, calls and steps to the turn."""


class Asked(NamedTuple):
    """A run to be answered, what its conversation was about, and its workspace."""

    run: Run
    focus: dict[str, Any]
    workspace_id: str | None


@dataclass(frozen=True)
class Ended:
    """How a turn ended: the run's status, what the conversation is about now, the last event."""

    status: str
    focus: dict[str, Any] | None
    last: RunFinished | RunError
    unanswered: str | None = None
    receipt: ReceiptContent | None = None
    use: ModelUse | None = None


def waiting_for(
    conversation_id: str, run_id: str, plan_id: str, title: str, plan_hash: str
) -> RunFinished:
    """The end of a run that waits for a plan's approval."""
    interrupt = {
        "id": plan_id,
        "reason": "plan_approval",
        "message": f"Approve the plan: {title}?",
        "responseSchema": {
            "type": "object",
            "properties": {
                "approved": {"type": "boolean"},
                "hash": {"type": "string"},
                "reason": {"type": "string"},
            },
            "required": ["approved", "hash"],
        },
        "metadata": {"hash": plan_hash},
    }
    return RunFinished(conversation_id, run_id, "interrupt", (interrupt,))


def _standing(plan: dict[str, Any]) -> str:
    """What is to be said of a plan that the requester's own approval doesn't start."""
    approval = plan["approval"]
    if approval["policy"]:
        return f"\n\nThis runs now: '{approval['policy']}' agrees to it in advance."
    said = []
    if waits := [one["who"] for one in approval["needs"] if one["rule"]]:
        said.append(f"Nothing is done yet. It also waits for {'; '.join(waits)}.")
    said += [one["lacking"] for one in approval["needs"] if one["lacking"]]
    said += plan["effects"]["estimate"]["beyond_budget"]
    return f"\n\n{' '.join(said)}" if said else ""


def _announced(turn: Turn) -> str:
    """That there is a plan, where no language model says so."""
    if turn.understanding is None:
        return ""
    one = len(turn.steps) == 1
    steps = "its step runs" if one else f"its {len(turn.steps)} steps run"
    return _apart(
        turn,
        f"I have put together a plan; {steps} only once you approve it. "
        f"{'It' if one else 'Each'} shows what it would change.",
    )


def _apart(turn: Turn, text: str) -> str:
    return f"\n\n{text}" if turn.emitter.answer else text


def told(emitter: Emitter, plan: dict[str, Any], focus: dict[str, Any] | None) -> Ended:
    """Tell of a plan; how the run ends with it."""
    emitter.emit(Custom("plan_proposed", plan))
    thread, run_id = plan["conversation_id"], plan["run_id"]
    if plan["execution_id"]:
        return Ended("done", focus, RunFinished(thread, run_id))
    last = waiting_for(thread, run_id, plan["id"], plan["title"], plan["hash"])
    return Ended("interrupted", focus, last)


class TurnRunner:
    """Runs turns."""

    def __init__(
        self,
        kernel: Kernel,
        index: Index,
        mind: Mind,
        plans: Plans,
        meter: Meter,
        seconds: float,
    ) -> None:
        self._seconds = seconds
        self._kernel, self._index, self._mind, self._plans = kernel, index, mind, plans
        self._meter = meter

    async def run(self, asked: Asked, caller: Caller, emitter: Emitter) -> Ended:
        """Run a turn; its last event is left to the caller, to emit once the run is stored."""
        run = asked.run
        emitter.emit(RunStarted(run.conversation_id, run.id), key="started")
        began_at = now()
        async with self._kernel.database.reading() as session:
            entitlements = await self._kernel.entitlements(caller.user_id, session)
            history = await _said_before(session, run)
            about = await _before(session, run, entitlements)
        turn = Turn(
            run_id=run.id,
            conversation_id=run.conversation_id,
            caller=caller,
            entitlements=entitlements,
            message=run.message,
            emitter=emitter,
            workspace_id=asked.workspace_id,
            about=about,
        )
        focus = looking_at(about, asked.focus)
        try:
            await self._ask(turn, [*history, HumanMessage(run.message)], focus)
            ended, citations, plan = await self._finish(turn, next_focus(turn, focus))
            async with self._kernel.database.reading() as session:
                receipt = await content_of(
                    session,
                    self._kernel.registry,
                    turn,
                    model=self._meter.model,
                    focus=focus,
                    began_at=began_at,
                    read_from=entitlements.as_of or 0,
                    citations=citations,
                    plan=plan,
                )
        except BaseException:
            await asyncio.shield(self._meter.record(turn))
            raise
        return replace(ended, receipt=receipt, use=self._meter.use(turn))

    async def _ask(self, turn: Turn, messages: Sequence[AnyMessage], focus: dict[str, Any]) -> None:
        """Look up, choose the operations, and have the model answer, within the turn's time."""
        token, sink = current_turn.set(turn), text_sink.set(turn.emitter.text)
        try:
            async with asyncio.timeout(self._seconds):
                if self._mind.retrieves:
                    turn.passages = await self._retrieve(turn)
                turn.offered = await self._mind.choose(turn, focus)
                await self._mind.answer(messages)
        except TimeoutError:
            raise TryLater(
                f"This turn took longer than {self._seconds:g} seconds and was stopped.",
                "Ask for less at once, or have RACINE_ANSWER_TIMEOUT raised.",
                code="budget_spent",
            ) from None
        finally:
            current_turn.reset(token)
            text_sink.reset(sink)

    async def _finish(
        self, turn: Turn, focus: dict[str, Any]
    ) -> tuple[Ended, list[Citation], dict[str, Any] | None]:
        """Close the answer: how the run ends, what it cites, what it proposes."""
        emitter = turn.emitter
        shown = None
        if turn.steps:
            try:
                shown = await self._propose(turn)
                emitter.text(_announced(turn) + _standing(shown))
            except RacineError as error:
                emitter.text(_apart(turn, f"{error.detail} {error.remedy}"))
                focus = focus | {"asked": asked_by(turn, error)}
        emitter.end_text()
        numbers = {int(number) for number in CITED.findall(emitter.answer)}
        cited = [(n, one) for n, one in enumerate(turn.citations.listed, 1) if n in numbers]
        for number, citation in cited:
            emitter.emit(Custom("citation", {"n": number, **citation.model_dump()}))
        if turn.usage:
            emitter.emit(Custom("usage", self._meter.told(turn)))
        if shown is None:
            last = RunFinished(turn.conversation_id, turn.run_id)
            ended = Ended("done", focus, last, lacking(turn))
        else:
            ended = told(emitter, shown, focus)
        return ended, [citation for _number, citation in cited], shown

    async def _propose(self, turn: Turn) -> dict[str, Any]:
        plan = await self._plans.propose(
            turn.steps, turn.caller, turn.conversation_id, turn.run_id, in_turn=True
        )
        return await self._plans.shown(plan, turn.caller)

    async def propose(
        self,
        run: Run,
        steps: Sequence[Step],
        budget: Budget | None,
        caller: Caller,
        emitter: Emitter,
    ) -> tuple[dict[str, Any], Ended]:
        """Make a plan of steps that come from elsewhere than a turn; how the run ends."""
        emitter.emit(RunStarted(run.conversation_id, run.id), key="started")
        plan = await self._plans.propose(steps, caller, run.conversation_id, run.id, budget=budget)
        shown = await self._plans.shown(plan, caller)
        emitter.text(f"A plan was proposed: {plan.title}.{_standing(shown)}")
        return shown, told(emitter, shown, None)

    async def _retrieve(self, turn: Turn) -> Sequence[Passage]:
        decision = turn.entitlements.decide(READING)
        if not decision.allowed:
            return ()
        kinds = {"asset", "source", "control", "rule", "finding", "framework", "label"}
        found = await look_up(self._index, turn.message, decision.sources, PASSAGES, kinds)
        if not decision.partial:
            return found
        async with self._kernel.database.reading() as session:
            restrict(session, decision, turn.entitlements.user_id)
            return await only_seen(session, found)


async def _said_before(session: AsyncSession, run: Run) -> list[AnyMessage]:
    history: list[AnyMessage] = []
    if run.position > 1:
        before = {"conversation": run.conversation_id, "position": run.position}
        for message, answer in reversed((await session.execute(EARLIER, before)).all()):
            history.append(HumanMessage(message))
            history.append(AIMessage(answer or "(no answer)"))
    return history


async def _before(session: AsyncSession, run: Run, entitlements: Entitlements) -> Sequence[Looked]:
    """What the person had in view while asking; from then on the session sees only what may be."""
    decision = entitlements.decide(READING)
    if not run.context or not decision.allowed:
        return ()
    restrict(session, decision, entitlements.user_id)
    found, _missing = await looked_at(session, Looking.model_validate(run.context))
    return found
