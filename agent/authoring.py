"""Workflows from words: the same mind that answers turns thinks of the steps; nothing is written.

When it is to start is read out of the request first, by rule: that needs no model.
"""

from __future__ import annotations

import asyncio

from langchain_core.messages import HumanMessage

from agent.emitter import Emitter
from agent.events import Event
from agent.plan_card import title_of
from agent.sinks import text_sink
from agent.starting import starting_of
from agent.turn import Mind
from agent.turnstate import Turn, current_turn
from tools.context import Authored, Caller
from tools.database import new_id
from tools.errors import RacineError, TryLater
from tools.invoke import Kernel
from tools.steps import Step, in_order

SECONDS = 120.0


class Author:
    """Makes definitions out of requests."""

    def __init__(self, kernel: Kernel, mind: Mind) -> None:
        self._kernel, self._mind = kernel, mind

    async def __call__(self, request: str, caller: Caller) -> Authored:
        """The steps that a request asks for, when they are to start, and what was assumed."""
        start = starting_of(request)
        turn = Turn(
            run_id=new_id("run"),
            conversation_id="",
            caller=caller,
            entitlements=await self._kernel.entitlements(caller.user_id),
            message=start.rest,
            emitter=_Silent(),
        )
        said: list[str] = []
        token, sink = current_turn.set(turn), text_sink.set(said.append)
        try:
            async with asyncio.timeout(SECONDS):
                turn.offered = await self._mind.choose(turn, {})
                await self._mind.answer([HumanMessage(start.rest)])
        except TimeoutError:
            raise TryLater(
                f"The model took longer than {SECONDS:g} seconds.", "Ask for less at once."
            ) from None
        finally:
            current_turn.reset(token)
            text_sink.reset(sink)
        steps, assumed = _steps_of(turn)
        return Authored(
            title=title_of(steps) if steps else "",
            steps=[step.as_json() for step in steps],
            start=start.as_json(),
            assumptions=[*start.assumed, *assumed],
            said="" if steps else "".join(said).strip(),
        )


def _steps_of(turn: Turn) -> tuple[list[Step], list[str]]:
    """What was thought of, one after the other, and what that assumes."""
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
    for step in chained:
        taken = ", ".join(
            f"{name} is {value!r}"
            for name, value in step.arguments.items()
            if isinstance(value, str | int | float | bool)
        )
        if taken:
            assumed.append(f"In {step.id} ({step.operation}), {taken}.")
    return chained, assumed


class _Silent(Emitter):
    """An emitter of a turn that nobody follows."""

    def __init__(self) -> None:
        super().__init__(None, "")  # type: ignore[arg-type]

    def emit(self, event: Event, *, key: str | None = None, last: bool = False) -> None:
        """Say nothing."""
