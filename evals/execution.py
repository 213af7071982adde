"""One case against the service: said, approved, compared with the state before, and taken back.

A case that may change something runs alone, between two readings of the whole state; what it and
its preparation wrote is undone afterwards by the service's own undo.
"""

from __future__ import annotations

import asyncio
from typing import Any

import httpx

from evals.cases import Case, Turn
from evals.client import Client
from evals.deciding import Deciding, Done, Stage
from evals.graders.all import grade
from evals.graders.calls import money, tokens
from evals.graders.ground import Ground
from evals.records import Attempt, Heard, Verdict
from evals.state import Difference, State, differences, read_state
from tools.errors import RacineError

SETTLING = 8  # looks at a state that an undo is still putting back


async def attempt(suite: str, case: Case, stage: Stage, repeat: int, state: State) -> Attempt:
    """Try a case once. What goes wrong on the way fails it, and never the run.

    Args:
        state: as it was read before; a case that runs alone reads its own.
    """
    tried = Attempt(
        suite=suite,
        case=case.id,
        kind=case.kind,
        group=case.group,
        note=case.note,
        repeat=repeat,
        passed=None,
    )
    if missing := [one for one in case.operations if not stage.administrator.service.has(one)]:
        why = f"the service has no {missing[0]}"
        tried.verdicts.append(Verdict(grader="offered", turn=0, passed=None, why=why))
        return tried
    done = Done()
    before = (stage.latest or await read_state(stage.administrator)) if case.alone else state
    try:
        await _setup(case, stage, done)
        start = await read_state(stage.administrator) if case.setup else before
        await _turns(case, stage, tried, done, start)
    except (httpx.HTTPError, RacineError, ValueError, KeyError) as error:
        why = str(error) or type(error).__name__
        tried.verdicts.append(Verdict(grader="run", turn=len(tried.turns), passed=False, why=why))
    if case.alone and case.kind != "latency":
        await _undo(stage, done)
        await forget(case, stage, tried)
        tried.left = [str(one) for one in await _left(stage, done, before)]
    tried.seconds = sum(heard.seconds for heard in tried.turns)
    tried.tokens = sum(map(tokens, tried.turns))
    tried.money = sum(map(money, tried.turns))
    settle(tried)
    return tried


def settle(tried: Attempt) -> None:
    """Passed, if something was graded and nothing speaks against it."""
    graded = [verdict for verdict in tried.verdicts if verdict.passed is not None]
    tried.passed = all(verdict.passed for verdict in graded) if graded else None


async def _setup(case: Case, stage: Stage, done: Done) -> None:
    for call in case.setup:
        response = await stage.administrator.call(call.operation, call.arguments)
        if response.status_code >= 300:
            raise ValueError(f"setup: {call.operation} answered {response.text[:300]}")
        done.activities.append(response.headers["X-Racine-Activity"])


async def _turns(case: Case, stage: Stage, tried: Attempt, done: Done, start: State) -> None:
    asker = stage.client(case.as_)
    conversation: str | None = None
    state = start
    for number, turn in enumerate(case.turns, 1):
        heard = await (_call(turn, asker) if turn.call else asker.say(turn.say or "", conversation))
        conversation = heard.conversation or conversation
        tried.turns.append(heard)
        changed: list[Difference] = []
        if case.alone and case.kind != "latency":
            deciding = Deciding(number, turn, heard, stage, asker, done, state)
            await deciding.decide()
            state, changed = deciding.state, deciding.changed
            tried.verdicts += deciding.verdicts
        ground = Ground(asker, stage.administrator, state, changed)
        tried.verdicts += await grade(number, turn, heard, ground)
        if turn.expect.judge is not None:
            verdict = await _judged(number, turn, heard, stage)
            tried.verdicts.append(verdict)


async def _judged(number: int, turn: Turn, heard: Heard, stage: Stage) -> Verdict:
    assert turn.expect.judge is not None
    if stage.judge is None:
        why = "no judge was given: --judge-url"
        return Verdict(grader="judge", turn=number, passed=None, why=why, by="judge")
    passed, why = await stage.judge.verdict(turn.say or "", heard, turn.expect.judge.question)
    return Verdict(grader="judge", turn=number, passed=passed, why=why, by="judge")


async def _call(turn: Turn, asker: Client) -> Heard:
    assert turn.call is not None
    loop = asyncio.get_running_loop()
    started = loop.time()
    response = await asker.call(turn.call.operation, turn.call.arguments)
    try:
        result: Any = response.json()
    except ValueError:
        result = response.text
    spent = loop.time() - started
    return Heard(
        said=f"{turn.call.operation} {turn.call.arguments}",
        status=response.status_code,
        result=result,
        ending="success" if response.is_success else "refused",
        activity=response.headers.get("X-Racine-Activity", ""),
        seconds=spent,
        first_seconds=spent,
    )


async def forget(case: Case, stage: Stage, tried: Attempt) -> None:
    """Erase what was said, so that no case learns from another: a plan that somebody approved
    is an example for the next like request."""
    for conversation in {heard.conversation for heard in tried.turns} - {""}:
        wanted = {"conversation_id": conversation}
        await stage.client(case.as_).call("assistant.delete_conversation", wanted)


async def _undo(stage: Stage, done: Done) -> None:
    """Take it all back, the last first.

    A rule that the preparation made can forbid an undo, so what was refused is tried once more.
    """
    undoing = [("workflows.undo", {"execution_id": one}) for one in reversed(done.executions)]
    undoing += [("activity.undo", {"activity": one}) for one in reversed(done.activities)]
    refused = [undo for undo in undoing if not await _succeeds(stage, *undo)]
    for undo in refused:
        await _succeeds(stage, *undo)


async def _succeeds(stage: Stage, operation: str, arguments: dict[str, str]) -> bool:
    return (await stage.administrator.call(operation, arguments)).is_success


async def _left(stage: Stage, done: Done, before: State) -> list[Difference]:
    """What is still not as it was."""
    left: list[Difference] = []
    for _ in range(SETTLING if done.executions else 1):
        stage.latest = await read_state(stage.administrator)
        left = differences(before, stage.latest, trail=False)
        if not left:
            break
    return left
