"""Workflows from words: the same mind that answers turns thinks of the steps; nothing is written.

When it is to start is read out of the request first, by rule: that needs no model.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

from langchain_core.messages import HumanMessage
from sqlalchemy import or_, select

from agent.conditions import IN_WORDS, TOTAL, Condition, read
from agent.emitter import Emitter
from agent.events import Event
from agent.memory import next_focus
from agent.plan_card import title_of
from agent.planner import PARAGRAPH
from agent.planning.automations import TELLS
from agent.planning.scheduled import TWICE
from agent.sinks import text_sink
from agent.starting import starting_of
from agent.structure import Part, parts_of
from agent.turn import Mind
from agent.turnstate import Turn, current_turn
from tools.call import READING
from tools.context import Authored, Caller
from tools.data_sources.tables import Source
from tools.database import new_id
from tools.errors import CorrectInput, RacineError, TryLater
from tools.invoke import Kernel
from tools.rbac.tables import User
from tools.scoping import restrict
from tools.steps import Gate, Loop, Retry, Step, When, in_order

SECONDS = 120.0
GET_ASSET = "catalog.get_asset"
PAGING = ("limit", "cursor")
TOLD = "Nobody is written to: how each run went stands under Workflows, or ask me here."
_CALLED = re.compile(
    r"\b(?:called|named)\s+(?:[\"“'‘](?P<quoted>[^\"”'’]{1,80})[\"”'’]|(?P<plain>[\w-]+))"
)
_authoring: ContextVar[bool] = ContextVar("authoring", default=False)


@dataclass(frozen=True)
class Looked:
    """The steps that look up what a condition is about, and the condition, also in words."""

    steps: list[Step]
    when: tuple[When, ...]
    worded: str


class Author:
    """Makes definitions out of requests."""

    def __init__(self, kernel: Kernel, mind: Mind) -> None:
        self._kernel, self._mind = kernel, mind

    async def __call__(self, request: str, caller: Caller) -> Authored:
        """The steps that a request asks for, when they are to start, and what was assumed."""
        if _authoring.get():
            raise CorrectInput(
                "A step of a workflow can't make a workflow of words.",
                "Say what it is to do instead.",
                field="request",
            )
        told, request = TELLS.search(request), TWICE.sub("", TELLS.sub("", request))
        start = starting_of(request)
        hangs = any(part.conditions for part in parts_of(start.rest, None))
        if self._mind.retrieves and not hangs:  # a language model is given the request as it is
            turn, said = await self._answer(start.rest, caller, {})
            steps, assumed = _steps_of(turn)
            left = bool(getattr(turn.understanding, "not_understood", ()))
        else:
            about = [{"kind": "source", "id": one, "name": one} for one in start.where.values()]
            steps, assumed, said, left = await self._in_parts(
                start.rest, caller, {"entities": about}
            )
        return Authored(
            title=(_called(request) or title_of(steps)) if steps else "",
            steps=[step.as_json() for step in steps],
            start=start.as_json(),
            assumptions=[*start.assumed, *assumed, *([TOLD] if told else []), *_taken(steps)],
            said="" if steps else said,
            complete=not left,
        )

    async def _answer(self, words: str, caller: Caller, focus: dict[str, Any]) -> tuple[Turn, str]:
        """What the mind makes of words: its turn and what it said."""
        turn = Turn(
            run_id=new_id("run"),
            conversation_id="",
            caller=caller,
            entitlements=await self._kernel.entitlements(caller.user_id),
            message=words,
            emitter=_Silent(),
        )
        said: list[str] = []
        token, sink = current_turn.set(turn), text_sink.set(said.append)
        authoring = _authoring.set(True)
        try:
            async with asyncio.timeout(SECONDS):
                turn.offered = await self._mind.choose(turn, focus)
                await self._mind.answer([HumanMessage(words)])
        except TimeoutError:
            raise TryLater(
                f"The model took longer than {SECONDS:g} seconds.", "Ask for less at once."
            ) from None
        finally:
            _authoring.reset(authoring)
            current_turn.reset(token)
            text_sink.reset(sink)
        return turn, "".join(said).strip()

    async def _in_parts(
        self, request: str, caller: Caller, focus: dict[str, Any]
    ) -> tuple[list[Step], list[str], str, bool]:
        """The steps of a request part by part, what that assumes, what was said, what is left."""
        one = await self._some_source(caller)
        steps: list[Step] = []
        assumed: list[str] = []
        missed: list[str] = []
        answers: list[str] = []
        before: tuple[str, ...] = ()
        for part in parts_of(request, one.name if one else None):
            whole = ", ".join([*map(str, part.conditions), part.words]).strip(", ")
            conditions = [read(said) for said in part.conditions]
            if not part.words or None in conditions or (conditions and part.each):
                missed.append(whole)
                continue
            turn, said = await self._answer(_spoken(part, conditions), caller, focus)
            focus = next_focus(turn, focus)
            answers.append(said)
            made = _steps_of(turn)[0] if self._mind.retrieves else _asked_for(turn)
            looked = await self._look_up(conditions, made, caller, focus, len(steps), before)
            if not made or looked is None:
                missed.append(whole)
                continue
            for each in looked:
                steps += each.steps
                before = (steps[-1].id,)
            missed += getattr(turn.understanding, "not_understood", ())
            missed += getattr(turn.understanding, "later", ())
            if turn.understanding is not None and turn.understanding.question:
                missed.append(f"what this is asked about: {turn.understanding.question}")
            if part.each and one is not None:
                listing = Step(
                    id=f"s{len(steps) + 1}", operation="data_sources.list_sources", needs=before
                )
                steps.append(listing)
                made = [_for_each(step, one, listing.id) for step in made]
                assumed.append("It is done once for every source that is registered then.")
            people = await self._people(part.agreed_by, missed)
            when = tuple(test for each in looked for test in each.when)
            told = part
            if part.after == "failure" and (falls_short := self._not_ok(steps)) is not None:
                told, when = replace(part, after="success"), (falls_short, *when)
                assumed.append(
                    f"To fail is taken to mean that {_worded(falls_short.value)} is false."
                )
            made = _joined(made, told, before, len(steps), people)
            if when:
                made = [step.model_copy(update={"when": when}) for step in made]
            if looked:
                assumed.append(_hanging(part, made, looked))
            steps += made
            before = tuple(step.id for step in made) if part.together else (made[-1].id,)
        if missed:
            assumed.append(f"Not understood, and left out: {'; '.join(missed)}.")
        if len(steps) > 1 and not any(len(step.needs) > 1 for step in steps):
            assumed.append("The steps run one after the other, in the order of the request.")
        said = PARAGRAPH.join(one for one in answers if one)
        return steps, assumed, said or _unclear(missed), bool(missed)

    def _not_ok(self, steps: Sequence[Step]) -> When | None:
        """That the last step found what falls short, which is no failure of the step itself."""
        last = steps[-1] if steps else None
        if last is None or last.each is not None:
            return None
        if "ok" not in self._kernel.registry.find(last.operation).result.model_fields:
            return None
        return When.model_validate(
            {"value": {"$ref": f"{last.id}.ok"}, "is": "equal_to", "to": False}
        )

    async def _look_up(
        self,
        conditions: Sequence[Condition | None],
        made: Sequence[Step],
        caller: Caller,
        focus: dict[str, Any],
        known: int,
        before: tuple[str, ...],
    ) -> list[Looked] | None:
        """What each condition of `made` compares, one behind the other; None where one can't be."""
        found: list[Looked] = []
        for condition in filter(None, conditions if made else ()):
            looked = await self._looked(condition, made, caller, focus, known, before)
            if looked is None:
                return None
            found.append(looked)
            known += len(looked.steps)
            before = (looked.steps[-1].id,)
        return found

    async def _looked(
        self,
        condition: Condition,
        made: Sequence[Step],
        caller: Caller,
        focus: dict[str, Any],
        known: int,
        before: tuple[str, ...],
    ) -> Looked | None:
        """The steps that look up what a condition compares; None where none could.

        Args:
            made: what hangs on the condition.
            known: how many steps there are already, the last of which are `before`.
        """
        if condition.ask is None:
            return await self._of_asset(condition, made, caller, known, before)
        turn, _said = await self._answer(condition.ask, caller, focus)
        if turn.steps or _left_over(turn):
            return None
        for operation, arguments, value in turn.found()[::-1]:
            counts = operation.partition(".")[2].startswith("list") or condition.field != TOTAL
            if isinstance(value, RacineError) or not counts:
                continue  # what searches finds something for any words
            if condition.field in _numbers(value):
                asked = {name: one for name, one in arguments.items() if name not in PAGING}
                step = Step(id=f"s{known + 1}", operation=operation, arguments=asked, needs=before)
                return _compared(condition, [step], {"$ref": f"{step.id}.{condition.field}"})
        return None

    async def _of_asset(
        self,
        condition: Condition,
        made: Sequence[Step],
        caller: Caller,
        known: int,
        before: tuple[str, ...],
    ) -> Looked | None:
        """What is known of the asset that is named, or that the first step is about."""
        asset = condition.asset or next(
            (one.arguments["asset"] for one in made if isinstance(one.arguments.get("asset"), str)),
            None,
        )
        if asset is None:
            return None
        try:
            await self._kernel.invoke(GET_ASSET, {"asset": asset}, caller)
        except RacineError:
            return None
        look = Step(
            id=f"s{known + 1}", operation=GET_ASSET, arguments={"asset": asset}, needs=before
        )
        if not condition.rows:
            return _compared(condition, [look], {"$ref": f"{look.id}.{condition.field}"})
        count = Step(
            id=f"s{known + 2}",
            operation="catalog.profile_asset",
            arguments={"asset": asset},
            needs=(look.id,),
        )
        then = {"$ref": f"{look.id}.row_count"}
        return _compared(condition, [look, count], {"$ref": f"{count.id}.rows"}, then)

    async def _some_source(self, caller: Caller) -> Source | None:
        async with self._kernel.database.reading() as session:
            decision = (await self._kernel.entitlements(caller.user_id)).decide(READING)
            restrict(session, decision, caller.user_id)
            found: Source | None = await session.scalar(select(Source).order_by(Source.name))
        return found

    async def _people(self, who: str | None, missed: list[str]) -> tuple[str, ...] | None:
        """The full name of who has to agree; None where nobody has to."""
        if who is None:
            return None
        async with self._kernel.database.reading() as session:
            like = or_(User.name == who, User.name.startswith(f"{who} "))
            names = list(await session.scalars(select(User.name).where(User.active, like)))
        if len(names) != 1:
            missed.append(f"the approval of {who}, which fits {len(names)} people")
            return ()
        return (names[0],)


def _called(request: str) -> str:
    """The name that a request gives the workflow; empty where it gives none."""
    found = _CALLED.search(request.split(" that ", maxsplit=1)[0])
    return (found["quoted"] or found["plain"]) if found else ""


def _spoken(part: Part, conditions: Sequence[Condition | None]) -> str:
    """A part's words; "it" is the asset that its condition has just named."""
    named = next((one.asset for one in conditions if one and one.asset), None)
    return re.sub(r"\bit\b", named, part.words, count=1) if named else part.words


def _left_over(turn: Turn) -> Sequence[str]:
    """What of its words a turn didn't understand, where it can say so."""
    left: Sequence[str] = getattr(turn.understanding, "not_understood", ())
    return left


def _hanging(part: Part, made: Sequence[Step], looked: Sequence[Looked]) -> str:
    said = " and ".join(f"“{one}”" for one in part.conditions)
    which = " and ".join(one.id for one in made)
    where = " and where ".join(one.worded for one in looked)
    verb = "is" if len(made) == 1 else "are"
    return f"{said}: {which} {verb} run only where {where}, else left out, and the rest goes on."


def _numbers(value: Any) -> set[str]:
    """The fields of a result that a number can be compared with, as conditions name them."""
    fields = {TOTAL} if isinstance(getattr(value, TOTAL, None), int) else set()
    scored = any(getattr(one, "score", None) is not None for one in getattr(value, "items", ()))
    return fields | ({"items.0.score"} if scored else set())


def _compared(
    condition: Condition, steps: list[Step], value: dict[str, str], to: Any = None
) -> Looked:
    last = steps[-1]
    compared = When.model_validate(
        {"value": value, "is": condition.compared, "to": condition.to if to is None else to}
    )
    against = "" if condition.compared in ("empty", "filled") else f" {_worded(compared.to)}"
    return Looked(
        steps,
        (compared,),
        f"{_worded(value)} ({last.operation}) {IN_WORDS[condition.compared]}{against}",
    )


def _worded(value: Any) -> str:
    return str(value["$ref"] if isinstance(value, dict) else value)


def _unclear(missed: list[str]) -> str:
    return f"I did not understand {', '.join(f'“{one}”' for one in missed)}." if missed else ""


def _asked_for(turn: Turn) -> list[Step]:
    """The steps that a part asks for, reads too, in the order in which it says them."""
    found = [
        Step(id=f"s{int(number)}", operation=operation, arguments=arguments)
        for call, (operation, arguments, value) in turn.results.items()
        if (number := call.rpartition("-c")[2]).isdigit()
        and not isinstance(value, RacineError)
        and operation not in {step.operation for step in turn.steps}
    ]
    return sorted([*turn.steps, *found], key=lambda step: int(step.id[1:]))


def _for_each(step: Step, source: Source, listing: str) -> Step:
    """A step for one source as a step for each that is listed."""
    item = {"$ref": "item.id"}
    arguments = {
        name: item if value in (source.id, source.name) else value
        for name, value in step.arguments.items()
    }
    return step.model_copy(
        update={"arguments": arguments, "each": Loop(over={"$ref": f"{listing}.items"}),
                "needs": (*step.needs,)}
    )  # fmt: skip


def _joined(
    made: list[Step],
    part: Part,
    before: tuple[str, ...],
    known: int,
    people: tuple[str, ...] | None,
) -> list[Step]:
    """A part's steps with ids of their own, behind what comes before, run as the part says."""
    ids = {step.id: f"s{known + number}" for number, step in enumerate(made, 1)}
    joined: list[Step] = []
    for step in made:
        own = tuple(ids[one] for one in step.needs if one in ids)
        behind = before if part.together or not joined else (joined[-1].id,)
        gate = Gate(people=people, reason="Whether it goes on") if people and not joined else None
        joined.append(
            step.model_copy(
                update={
                    "id": ids[step.id],
                    "arguments": _renamed(step.arguments, ids),
                    "needs": tuple(dict.fromkeys((*own, *behind))),
                    "retry": Retry(attempts=part.attempts) if part.attempts else None,
                    "timeout": part.timeout,
                    "on_failure": "continue" if part.goes_on else "stop",
                    "after": part.after if not joined else "success",
                    "gate": gate,
                }
            )
        )
    return joined


def _renamed(value: Any, ids: dict[str, str]) -> Any:
    """Arguments whose references are to the steps' new ids."""
    if isinstance(value, dict) and set(value) == {"$ref"}:
        step, _, path = str(value["$ref"]).partition(".")
        return {"$ref": f"{ids.get(step, step)}.{path}"}
    if isinstance(value, dict):
        return {name: _renamed(one, ids) for name, one in value.items()}
    return value


def _taken(steps: list[Step]) -> list[str]:
    """What each step was given, in words."""
    told = []
    for step in steps:
        taken = ", ".join(
            f"{name} is {value!r}"
            for name, value in step.arguments.items()
            if isinstance(value, str | int | float | bool)
        )
        if taken:
            told.append(f"In {step.id} ({step.operation}), {taken}.")
    return told


def _steps_of(turn: Turn) -> tuple[list[Step], list[str]]:
    """What a model thought of, one after the other, and what that assumes."""
    reads = [
        (operation, arguments)
        for operation, arguments, value in turn.found()
        if not isinstance(value, RacineError)
    ]
    assumed = []
    if turn.steps:
        steps = in_order(turn.steps)
        if reads:
            looked = ", ".join(dict.fromkeys(operation for operation, _ in reads))
            assumed.append(f"What only reads is left out, since nothing needs it: {looked}.")
    else:
        steps = [
            Step(id=f"s{number}", operation=operation, arguments=arguments)
            for number, (operation, arguments) in enumerate(reads, 1)
        ]
    chained = [
        step.model_copy(update={"needs": tuple({*step.needs, steps[number - 1].id})})
        if number
        else step
        for number, step in enumerate(steps)
    ]
    if missed := getattr(turn.understanding, "not_understood", ()):
        assumed.append(f"Not understood, and left out: {'; '.join(missed)}.")
    if len(chained) > 1:
        assumed.append("The steps run one after the other, in the order of the request.")
    return chained, assumed


class _Silent(Emitter):
    """An emitter of a turn that nobody follows."""

    def __init__(self) -> None:
        super().__init__(None, "")  # type: ignore[arg-type]

    def emit(self, event: Event, *, key: str | None = None, last: bool = False) -> None:
        """Say nothing."""
