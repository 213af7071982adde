"""What is decided on a turn's plan, and how the state differs before, in between and afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from evals.cases import Turn
from evals.client import Client
from evals.graders.ground import Ground
from evals.graders.judge import Judging
from evals.graders.results import changed_as, unchanged
from evals.records import Heard, Verdict
from evals.state import Difference, State, differences, read_state


@dataclass
class Stage:
    """Who can speak to the service, and what may judge."""

    administrator: Client
    people: dict[str, Client]
    judge: Judging | None = None
    latest: State | None = None  # as the last case that ran alone has left it

    def client(self, alias: str | None) -> Client:
        """The hand of a person."""
        return self.people[alias] if alias else self.administrator


@dataclass
class Done:
    """What has to be taken back."""

    executions: list[str] = field(default_factory=list)
    activities: list[str] = field(default_factory=list)


@dataclass
class Deciding:
    """One turn of a case that runs alone; `state` is what was read before, then after."""

    number: int
    turn: Turn
    heard: Heard
    stage: Stage
    asker: Client
    done: Done
    state: State
    changed: list[Difference] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)

    async def decide(self) -> None:
        """Approve or reject as the case says, and compare the state at each step."""
        expected = self.turn.expect.state
        await self._read(trail=True)
        if self.turn.call is not None and expected is not None:
            if self.heard.activity and self.heard.status < 300:
                self.done.activities.append(self.heard.activity)
            told = [one for one in self.changed if one.of != "trail"]
            self._say("state", changed_as(expected, told, self._ground()))
            return
        decides = bool(self.turn.approve or self.turn.reject)
        self._say("state before it is decided" if decides else "state", unchanged(self.changed))
        if self.heard.plan is None or not decides:
            return
        if self.turn.reject:
            response = await self.asker.reject(self.heard.plan)
            self._say("rejection", "" if response.is_success else response.text[:300])
            await self._read()
            self._say("state after rejection", unchanged(self.changed))
            return
        *early, last = self.turn.approvers
        for alias in early:
            await self._wait(alias)
        if self.turn.waits:
            await self._wait(last)
            return
        await self._approve(last)

    async def _wait(self, alias: str) -> None:
        """An approval that is taken, and does nothing yet."""
        run = await self._agree(alias)
        self._say("waiting", "it was executed already" if run.get("run_id") else "")
        await self._read()
        self._say("state while it waits", unchanged(self.changed))

    async def _approve(self, alias: str) -> None:
        if self.turn.refused_approval:
            response = await self._client(alias).approve(self.heard.plan or {})
            self._say("approval", "" if response.status_code >= 400 else "it was approved")
            await self._read()
            self._say("state", unchanged(self.changed))
            return
        run = await self._agree(alias)
        if run.get("run_id"):
            self.done.executions.append(run["execution_id"])
            followed = await self.asker.follow(run["run_id"])
            self.heard.execution, self.heard.done = followed.execution, followed.text
            self.heard.raw += followed.raw
        ended = (self.heard.execution or {}).get("status", "nothing")
        why = "" if ended == "done" else f"ended as {ended}: {self.heard.done[:300]}"
        self._say("execution", why)
        await self._read()
        expected = self.turn.expect.state
        assert expected is not None
        self._say("state", changed_as(expected, self.changed, self._ground()))

    async def _agree(self, alias: str) -> dict[str, Any]:
        response = await self._client(alias).approve(self.heard.plan or {})
        if not response.is_success:
            self._say("approval", f"answered {response.status_code}: {response.text[:300]}")
            return {}
        return dict(response.json())

    def _client(self, alias: str) -> Client:
        return self.stage.client(alias) if alias else self.asker

    async def _read(self, *, trail: bool = False) -> None:
        before, self.state = self.state, await read_state(self.stage.administrator)
        self.changed = differences(before, self.state, trail=trail)

    def _ground(self) -> Ground:
        return Ground(self.asker, self.stage.administrator, self.state, self.changed)

    def _say(self, grader: str, why: str) -> None:
        verdict = Verdict(grader=grader, turn=self.number, passed=not why, why=why)
        self.verdicts.append(verdict)
