"""Carrying out one execution: from where its ledger stands to its end, or to where it must halt.

A step is an operation through `invoke`, under the approver's rights, with a key made of the
execution and the step: its claim and its writes commit together. So a step that was cut off is
found done or not begun. Where it acts outside, and can't be known to have happened, it is
`unknown`, and never blindly repeated.
"""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from tools.call import Invocation
from tools.context import Caller
from tools.database import Database, now
from tools.errors import AskForAccess, ChooseAnother, CorrectInput, RacineError, SignIn, TryLater
from tools.idempotency import settled
from tools.invoke import Kernel
from tools.racine.workflows.ledger import ENDED, Ledger, Observer, Progress
from tools.racine.workflows.outcome import outcome_of
from tools.racine.workflows.progress import next_moves, stopper
from tools.racine.workflows.spending import Spending
from tools.racine.workflows.started import until_it_rests
from tools.racine.workflows.tables import ExecutionStep
from tools.steps import Retry, Step, holds, loop_result, resolve

AT_ONCE = 8
LISTENS_EVERY = 1.0  # seconds, while nothing ends
PAUSED = "paused"
FINAL = (AskForAccess, ChooseAnother, CorrectInput, SignIn)  # trying again would not help


@dataclass(frozen=True)
class _Outcome:
    invocation: Invocation | None = None
    error: RacineError | None = None
    unknown: bool = False


class Carrier:
    """One execution in this process."""

    def __init__(
        self, kernel: Kernel, database: Database, observer: Observer, execution_id: str
    ) -> None:
        self._kernel, self._database, self._observer = kernel, database, observer
        self._ledger = Ledger(database, observer, execution_id)
        self._starting: list[ExecutionStep] = []
        self._running: dict[asyncio.Task[_Outcome], ExecutionStep] = {}
        self._halting = asyncio.Event()

    async def run(self) -> str:
        """Go on until the execution has ended or has to halt; returns its status."""
        ledger = self._ledger
        if not await ledger.open():
            return ledger.execution.status
        execution, rows = ledger.execution, ledger.ordered()
        if execution.status in ENDED:  # it ended, and may not have been told to its end
            await self._observer.ended(execution, rows)
            return execution.status
        self._spending = Spending(
            execution,
            steps=sum(row.attempts > 0 for row in rows),
            rows=sum(row.changes for row in rows),
        )
        await self._count_others()
        await self._observer.started(execution)
        for row in rows:
            if row.status not in ("pending", "running"):
                await self._observer.step(execution, ledger.step(row), row)
        try:
            await self._take_up()
            while True:
                async with self._spending.turn():
                    if self._spending.bounds_steps:
                        await self._count_others()
                    self._advance()
                    await ledger.save()  # nothing is done before it is written that it runs
                for row in self._starting:
                    self._running[asyncio.create_task(self._attempts(row))] = row
                self._starting.clear()
                if not self._running:
                    return await self._halt()
                await self._next_end()
        finally:
            for task in self._running:
                task.cancel()
            if self._running:
                await asyncio.wait(self._running)

    async def _count_others(self) -> None:
        async with self._database.reading() as session:
            await self._spending.look(session)

    async def _next_end(self) -> None:
        """Wait until a running step ends; hear meanwhile whether a person wants a halt."""
        while True:
            ended, _ = await asyncio.wait(
                self._running, timeout=LISTENS_EVERY, return_when=asyncio.FIRST_COMPLETED
            )
            if ended:
                break
            await self._ledger.listen()
            if self._ledger.control in ("pause", "cancel"):
                self._halting.set()
        for task in ended:
            self._settle(self._running.pop(task), task.result())

    # ---- what is next -----------------------------------------------------------------------

    async def _take_up(self) -> None:
        """Find out about the steps that a crash cut off while they ran."""
        ledger = self._ledger
        for row in ledger.ordered():
            if row.status != "running" or ledger.items(row.step_id):
                continue
            if ledger.step(row).each is not None and row.parent is None:
                row.status = "pending"  # its items had not been written yet
            elif (operation := self._kernel.registry.find(row.operation)).starts is not None:
                self._start(row)  # the key gives what it has started, to be followed again
            elif (done := await self._settled(row)) is not None:
                self._settle(row, _Outcome(done))
            elif operation.reconcile is not None:
                self._settle(row, await self._reconcile(row, again=True))
            else:
                self._start(row)

    def _advance(self) -> None:
        """Start what can start, and skip what never will."""
        ledger = self._ledger
        while True:
            self._close_loops()
            standing = ledger.standing()
            if stopper(ledger.steps, standing) is not None:
                for row in ledger.ordered():
                    if row.status == "waiting":
                        ledger.set(row, "skipped", detail="a step failed before it was decided")
                standing = ledger.standing()
            moves = next_moves(ledger.steps, standing)
            for step_id, why in moves.skip.items():
                ledger.set(ledger.rows[step_id], "skipped", detail=why)
            begun = [step for step in moves.start if self._has_room() and self._begin(step)]
            # what only runs lets nothing else begin
            if not moves.skip and all(
                step.each is None and ledger.rows[step.id].status == "running" for step in begun
            ):
                break
        for row in ledger.pending_items():
            if self._has_room():
                self._start(row)

    def _has_room(self) -> bool:
        halting = self._ledger.control in ("pause", "cancel") or self._spending.stopped
        return not halting and len(self._running) + len(self._starting) < AT_ONCE

    def _begin(self, step: Step) -> bool:
        """Whether it has moved: it runs, waits, was skipped, or has failed."""
        ledger, row = self._ledger, self._ledger.rows[step.id]
        try:
            results = ledger.results(step.refers_to())
            if not all(holds(test, results) for test in step.when):
                ledger.set(row, "skipped", detail="its condition doesn't hold")
            elif step.gate is not None and self._gate_is_shut(row, step):
                pass
            elif step.each is not None:
                items = ledger.looped(step, results)
                ledger.set(row, "running", started_at=now(), attempts=1)
                ledger.add_items(row, len(items))
            else:
                ledger.arguments(row)
                return self._start(row)
        except RacineError as error:
            ledger.set(row, "failed", detail=str(error))
        return True

    def _gate_is_shut(self, row: ExecutionStep, step: Step) -> bool:
        assert step.gate is not None
        decisions = [one for one in self._ledger.decisions if one.step_id == step.id]
        against = next((one for one in decisions if not one.agreed), None)
        missing = step.gate.quorum - len(decisions)
        if against is not None:
            detail = f"It was refused at its gate. {against.reason}".strip()
            self._ledger.set(row, "failed", detail=detail)
        elif missing > 0:
            people = "one person" if missing == 1 else f"{missing} people"
            reason = f": {step.gate.reason}" if step.gate.reason else ""
            self._ledger.set(row, "waiting", detail=f"waits for {people} to agree{reason}")
        return against is not None or missing > 0

    def _close_loops(self) -> None:
        """End the loops whose items have all ended."""
        ledger = self._ledger
        for step in ledger.steps:
            row = ledger.rows[step.id]
            if step.each is None or row.status not in ("running", "unknown"):
                continue
            items = ledger.items(step.id)
            failed = [item for item in items if item.status == "failed"]
            stops = bool(failed) and step.on_failure == "stop"
            for item in items:
                if item.status == "pending" and (stops or self._spending.stopped):
                    why = self._spending.stopped or "an item before it failed"
                    ledger.set(item, "skipped", detail=why)
            standing = {item.status for item in items}
            if standing & {"pending", "running"}:
                continue
            if "unknown" in standing:
                if row.status != "unknown":
                    ledger.set(row, "unknown", detail="what became of an item is not known")
            elif stops:
                ledger.set(row, "failed", detail=f"{failed[0].step_id}: {failed[0].detail}")
            else:
                done = [item.result for item in items if item.status == "done"]
                result = loop_result(done, len(items), len(failed))
                detail = f"{len(failed)} of {len(items)} items failed" if failed else ""
                ledger.set(row, "done", result=result, detail=detail)

    # ---- one step ---------------------------------------------------------------------------

    def _start(self, row: ExecutionStep) -> bool:
        if row.attempts == 0 and not self._spending.begin_step():
            return False
        started_at = row.started_at or now()
        self._ledger.set(
            row, "running", detail="", attempts=row.attempts + 1, started_at=started_at
        )
        self._starting.append(row)
        return True

    async def _attempts(self, row: ExecutionStep) -> _Outcome:
        """Invoke, and try again as the step says."""
        retry = self._ledger.step(row).retry or Retry(attempts=1)
        wait = retry.wait
        for attempt in range(1, retry.attempts + 1):
            try:
                return await self._followed(row, await self._invoke(row))
            except RacineError as error:
                if error.problem_code == "outcome_unknown":
                    return await self._reconcile(row, again=False)
                done = attempt == retry.attempts or isinstance(error, FINAL) or _paused(error)
                if done or self._spending.stopped or self._halting.is_set():
                    return _Outcome(error=error)
                detail = f"{error.detail} It is tried again ({attempt + 1} of {retry.attempts})."
            self._ledger.set(row, "running", detail=detail, attempts=row.attempts + 1)
            await self._ledger.save()
            try:
                async with asyncio.timeout(wait):
                    await self._halting.wait()
            except TimeoutError:
                wait *= retry.factor
        raise AssertionError("the last attempt returns")

    async def _invoke(
        self, row: ExecutionStep, known: Mapping[Hashable, Any] | None = None
    ) -> Invocation:
        loop, step, execution = (
            asyncio.get_running_loop(),
            self._ledger.step(row),
            self._ledger.execution,
        )

        def progress(what: str, done: int, total: int) -> None:
            come = Progress(what, done, total)
            loop.call_soon_threadsafe(self._observer.progress, execution, row, come)

        left = self._spending.seconds_left()
        seconds = min((one for one in (step.timeout, left) if one is not None), default=None)
        try:
            async with asyncio.timeout(seconds):
                return await self._kernel.invoke(
                    step.operation,
                    self._ledger.arguments(row),
                    self._caller(),
                    idempotency_key=self._ledger.key(row),
                    progress=progress,
                    admit=self._spending.admit,
                    known=known,
                )
        except TimeoutError:
            done = await self._settled(row)
            if done is not None:  # it was committed as the time ran out
                return done
            if seconds == left:
                raise self._spending.out_of_time() from None
            raise TryLater(
                f"It took longer than {seconds:g} seconds and was stopped; nothing was changed.",
                "Give the step more time, or less to do.",
                code="timeout",
            ) from None

    async def _followed(self, row: ExecutionStep, invocation: Invocation) -> _Outcome:
        """What came of a step: where it has started an execution, what came of that."""
        field = self._kernel.registry.find(row.operation).starts
        if field is None:
            return _Outcome(invocation)
        started_id = getattr(invocation.value, field)
        self._ledger.set(row, result={field: started_id})  # while it runs: whom a gate is meant for
        await self._ledger.save()
        started = await until_it_rests(
            self._database,
            started_id,
            self._halting,
            partial(self._observer.progress, self._ledger.execution, row),
        )
        if started.waited:
            await self._ledger.waited(started.waited)
        status = started.execution.status
        if status not in ENDED:
            return _Outcome(error=TryLater(f"{started.progress().what}.", "", code=PAUSED))
        outcome = outcome_of(status, started.rows, self._kernel.registry.find)
        invocation = replace(invocation, value=started.told(invocation.value, outcome))
        return _Outcome(invocation, None if status == "done" else started.failure(outcome))

    def _settle(self, row: ExecutionStep, outcome: _Outcome) -> None:
        invocation, error = outcome.invocation, outcome.error
        if error is not None and _paused(error):
            self._ledger.control = self._ledger.control or "pause"
            self._ledger.set(row, "pending", detail=error.detail)
            return
        facts: dict[str, Any] = {}
        if invocation is not None:
            facts = {
                "activity_id": invocation.activity_id,
                "changes": invocation.changes,
                "result": invocation.value.model_dump(mode="json"),
            }
        status = "done" if error is None else "unknown" if outcome.unknown else "failed"
        self._ledger.set(row, status, detail=str(error or ""), **facts)

    async def _reconcile(self, row: ExecutionStep, *, again: bool) -> _Outcome:
        """Ask outside, by the key, whether it has happened; then record it, or do it `again`."""
        try:
            known = await self._kernel.reconcile(
                row.operation,
                self._ledger.arguments(row),
                self._caller(),
                self._ledger.key(row),
            )
            if known is None and not again:
                return _Outcome(
                    error=TryLater("It did not happen.", "Retry the execution from this step.")
                )
            return _Outcome(await self._invoke(row, known))
        except RacineError as error:
            return _Outcome(error=error, unknown=True)

    async def _settled(self, row: ExecutionStep) -> Invocation | None:
        """What came of a row whose claim is committed."""
        user_id = self._ledger.execution.user_id
        async with self._database.reading() as session:
            claimed = await settled(session, user_id, self._ledger.key(row))
        if claimed is None:
            return None
        result, activity_id, changes = claimed
        value = self._kernel.registry.find(row.operation).result.model_validate(result)
        return Invocation(value, activity_id, changes, replayed=True)

    def _caller(self) -> Caller:
        execution = self._ledger.execution
        return Caller(
            execution.user_id, "workflow", run_id=execution.run_id, plan_id=execution.plan_id
        )

    # ---- the end ----------------------------------------------------------------------------

    async def _halt(self) -> str:
        ledger, stopped = self._ledger, self._spending.stopped
        standing = {row.status for row in ledger.rows.values()}
        if ledger.control == "pause" and "pending" in standing:
            return await ledger.rest("paused")
        for halt in ("unknown", "waiting"):
            if halt in standing and ledger.control != "cancel" and not stopped:
                return await ledger.rest(halt)
        for row in ledger.ordered():
            if row.status in ("pending", "waiting"):
                ledger.set(row, "skipped", detail=stopped or "the execution was cancelled")
        failed = stopped or stopper(ledger.steps, ledger.standing()) is not None
        failed = failed or "undone" in standing  # it was cut off as it made up for what was done
        status = "cancelled" if ledger.control == "cancel" else "failed" if failed else "done"
        if status != "done":
            await ledger.save()  # what is left out stays so, whatever happens meanwhile
            await self._make_up()
        await ledger.save()
        return await ledger.end(status)

    async def _make_up(self) -> None:
        """Run the compensations of what was done, last first."""
        ledger = self._ledger
        done = [row for row in ledger.rows.values() if row.status == "done"]
        for row in sorted(done, key=lambda one: one.finished_at or now(), reverse=True):
            step = ledger.step(row)
            if step.compensate is None or (step.each is not None and row.parent is None):
                continue
            try:
                await self._kernel.invoke(
                    step.compensate.operation,
                    resolve(step.compensate.arguments, ledger.scope(row) | {"result": row.result}),
                    self._caller(),
                    idempotency_key=f"{ledger.key(row)}:compensate",
                )
            except RacineError as error:
                ledger.set(row, detail=f"Making up for it failed: {error}")
            else:
                ledger.set(row, "undone", detail=f"made up for by {step.compensate.operation}")


def _paused(error: RacineError) -> bool:
    """Whether a step stopped part of the way since a pause is wanted, to go on there later."""
    return error.problem_code == PAUSED
