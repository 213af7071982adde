"""Suites against a service: several cases at once, those that may write alone, all repeated.

Cases that must not write run in waves, and the state is read between two waves. Where it changed,
each case of the wave is tried again alone; if none of them does it again, all of them fail.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpx

from evals.cases import Case, Suite
from evals.client import Client, Service
from evals.deciding import Stage
from evals.execution import attempt, forget, settle
from evals.graders.judge import Judging
from evals.graders.results import unchanged
from evals.records import Attempt, Run, Verdict
from evals.state import differences, read_state, unread
from tools.errors import CorrectInput

WAVE = 4  # cases for each of those that run at once, between two readings of the state
Tell = Callable[[Attempt, int, int], None]
Job = tuple[str, Case, int]


@dataclass(frozen=True)
class Settings:
    """How to run."""

    url: str
    key: str
    repeat: int = 1
    parallel: int = 4
    name: str = ""
    judge_url: str = ""
    judge_model: str = ""
    judge_key: str = ""
    keys: dict[str, str] = field(default_factory=dict)


async def run_suites(suites: Sequence[Suite], settings: Settings, tell: Tell) -> Run:
    """Run every case; the run with all attempts, in the order of the suites.

    Raises:
        CorrectInput: the service can't be reached, or the judge is the model that is judged.
    """
    started = time.perf_counter()
    timeout = httpx.Timeout(120, connect=10)
    async with httpx.AsyncClient(base_url=settings.url, timeout=timeout) as http:
        client, model = await _reached(http, settings)
        run = Run(
            id=f"run_{secrets.token_hex(8)}",
            name=settings.name or model,
            url=settings.url,
            model=model,
            judge=settings.judge_model,
            started_at=datetime.now(UTC).isoformat(timespec="seconds"),
            repeat=settings.repeat,
            parallel=settings.parallel,
            unread=unread(client),
        )
        async with _people(http, client, suites, settings) as people:
            stage = Stage(client, people, _judge(http, settings, model))
            run.attempts = await _all(suites, stage, settings, tell)
    run.seconds = time.perf_counter() - started
    return run


async def _reached(http: httpx.AsyncClient, settings: Settings) -> tuple[Client, str]:
    headers = {"Authorization": f"Bearer {settings.key}"}
    try:
        described = await http.get("/openapi.json", headers=headers)
        _known(described, settings.url)
        described.raise_for_status()
        client = Client(http, Service.described(described.json()), settings.key)
        health = await client.call("orchestration.health", {})
    except (httpx.HTTPError, ValueError) as error:
        raise CorrectInput(
            f"{settings.url} can't be evaluated: {error}.", "Start it, and give --url."
        ) from None
    _known(health, settings.url)
    return client, str(health.json().get("model", "")) if health.is_success else ""


def _known(response: httpx.Response, url: str) -> None:
    if response.status_code in (401, 403):
        raise CorrectInput(f"{url} doesn't know this key.", "Give --key.", field="key")


def _judge(http: httpx.AsyncClient, settings: Settings, model: str) -> Judging | None:
    if not settings.judge_url:
        return None
    if settings.judge_model and settings.judge_model == model.removeprefix("openai:"):
        raise CorrectInput(
            f"{model} can't judge its own answers.", "Name another model: --judge-model."
        )
    return Judging(http, settings.judge_url, settings.judge_model, settings.judge_key)


@asynccontextmanager
async def _people(
    http: httpx.AsyncClient, client: Client, suites: Iterable[Suite], settings: Settings
) -> AsyncIterator[dict[str, Client]]:
    """A key for everybody who speaks in the suites, for as long as they run."""
    people: dict[str, Client] = {}
    made: list[str] = []
    try:
        for alias, who in {a: w for suite in suites for a, w in suite.people.items()}.items():
            key = settings.keys.get(alias)
            if key is None:
                wanted = {"user": who, "name": "evaluation"}
                response = await client.call("rbac.create_api_key", wanted)
                if response.status_code >= 300:
                    raise CorrectInput(
                        f"There is no key for {who}: {response.text[:200]}",
                        f"Give one: --person {alias}=KEY.",
                    )
                key = response.json()["key"]
                made.append(response.json()["id"])
            people[alias] = Client(http, client.service, key)
        yield people
    finally:
        for key_id in made:
            await client.call("rbac.revoke_api_key", {"key": key_id})


async def _all(
    suites: Sequence[Suite], stage: Stage, settings: Settings, tell: Tell
) -> list[Attempt]:
    repeats = range(1, settings.repeat + 1)
    jobs = [(suite.suite, case, n) for n in repeats for suite in suites for case in suite.cases]
    prepared = {suite.suite for suite in suites if suite.before}
    done: list[Attempt] = []

    def told(attempts: Iterable[Attempt]) -> None:
        for one in attempts:
            done.append(one)
            tell(one, len(done), len(jobs))

    for part in [
        [job for job in jobs if job[0] not in prepared],
        *([job for job in jobs if job[0] == suite] for suite in sorted(prepared)),
    ]:
        async with _prepared(part, suites, stage):
            together = [job for job in part if not job[1].alone]
            size = settings.parallel * WAVE
            for start in range(0, len(together), size):
                told(await _wave(together[start : start + size], stage, settings.parallel))
            for job in part:
                if job[1].alone:
                    told([await _one(job, stage, {})])
    order = {(suite, case.id, repeat): n for n, (suite, case, repeat) in enumerate(jobs)}
    return sorted(done, key=lambda one: order[one.suite, one.case, one.repeat])


@asynccontextmanager
async def _prepared(
    part: Sequence[Job], suites: Sequence[Suite], stage: Stage
) -> AsyncIterator[None]:
    """What a suite does before its cases, and when they are over."""
    wanted = {job[0] for job in part}
    mine = [suite for suite in suites if suite.suite in wanted]
    stage.latest = None
    try:
        for call in (call for suite in mine for call in suite.before):
            response = await stage.administrator.call(call.operation, call.arguments)
            if response.status_code >= 300:
                raise CorrectInput(
                    f"{call.operation} was refused before the cases: {response.text[:300]}",
                    "Correct 'before' of the suite, or the service.",
                )
        yield
    finally:
        for call in (call for suite in mine for call in suite.after):
            await stage.administrator.call(call.operation, call.arguments)


async def _one(job: Job, stage: Stage, state: dict[str, dict[str, dict[str, object]]]) -> Attempt:
    suite, case, repeat = job
    return await attempt(suite, case, stage, repeat, state)


async def _wave(jobs: Sequence[Job], stage: Stage, parallel: int) -> list[Attempt]:
    before = await read_state(stage.administrator)
    gate = asyncio.Semaphore(parallel)

    async def gated(job: Job) -> Attempt:
        async with gate:
            return await _one(job, stage, before)

    tried = list(await asyncio.gather(*map(gated, jobs)))
    after = await read_state(stage.administrator)
    await _forget(jobs, tried, stage)
    why = unchanged(differences(before, after))
    if not why:
        return [_stated(one, "") for one in tried]
    again = []
    for job in jobs:
        start = await read_state(stage.administrator)
        one = await _one(job, stage, start)
        end = await read_state(stage.administrator)
        await _forget([job], [one], stage)
        again.append(_stated(one, unchanged(differences(start, end))))
    if any(v.grader == "state" and v.passed is False for one in again for v in one.verdicts):
        return again
    return [_stated(one, f"{why}, while {len(jobs)} cases ran") for one in tried]


async def _forget(jobs: Sequence[Job], tried: Sequence[Attempt], stage: Stage) -> None:
    for (_, case, _), one in zip(jobs, tried, strict=True):
        await forget(case, stage, one)


def _stated(tried: Attempt, why: str) -> Attempt:
    if not tried.turns and all(verdict.passed is None for verdict in tried.verdicts):
        return tried  # nothing was tried
    turn = len(tried.turns)
    tried.verdicts.append(Verdict(grader="state", turn=turn, passed=not why, why=why))
    settle(tried)
    return tried
