"""The ledger of one execution: how each step stands, written before it is told.

The engine's one truth. What changes is gathered and written in one transaction; then, and only
then, the observer hears of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any, NamedTuple, Protocol, cast

from sqlalchemy import JSON, Table, bindparam, insert, select, update

from tools.database import Database, now
from tools.racine.workflows.tables import Execution, ExecutionStep, GateDecision
from tools.steps import EVENT, ITEM, Step, in_order, loop_items, resolve

ENDED = ("done", "failed", "cancelled")
HALTED = ("paused", "waiting", "unknown")  # until a person says something
CHANGING = (
    "status",
    "detail",
    "attempts",
    "changes",
    "activity_id",
    "result",
    "started_at",
    "finished_at",
)
LEDGER = cast(Table, ExecutionStep.__table__)
# One statement for every row: each of its own would cost a trip to the database
RECORD = (
    update(LEDGER)
    .where(LEDGER.c.execution_id == bindparam("of"), LEDGER.c.step_id == bindparam("step"))
    .values(
        {name: bindparam(name) for name in CHANGING}
        | {"result": bindparam("result", type_=JSON(none_as_null=True))}
    )
)
CONTROL = select(Execution.control).where(Execution.id == bindparam("of"))
STEP_ENDED = ("done", "failed", "skipped", "undone")


class Progress(NamedTuple):
    """How far a running step has come: what it does, and how much of it is done.

    `halted`: how what it has started stands where that waits for people: waiting, paused, unknown.
    """

    what: str
    done: int
    total: int
    halted: str = ""


class Observer(Protocol):
    """Who is told, in order, how an execution goes. Each call may come again after a crash."""

    async def started(self, execution: Execution) -> None: ...

    async def step(self, execution: Execution, step: Step, row: ExecutionStep) -> None: ...

    def progress(self, execution: Execution, row: ExecutionStep, come: Progress) -> None: ...

    async def halted(self, execution: Execution) -> None: ...

    def summarize(self, execution: Execution, rows: Sequence[ExecutionStep]) -> str: ...

    async def ended(self, execution: Execution, rows: Sequence[ExecutionStep]) -> None: ...


class Ledger:
    """The records of one execution, in memory and in the database."""

    def __init__(self, database: Database, observer: Observer, execution_id: str) -> None:
        self._database, self._observer, self._id = database, observer, execution_id
        self._unsaved: dict[str, ExecutionStep] = {}
        self._new: list[ExecutionStep] = []
        self._tell: list[str] = []
        self._items: dict[str, list[Any]] = {}
        self.control: str | None = None

    async def open(self) -> bool:
        """Read everything; False where the execution has halted and isn't to go on."""
        async with self._database.writing() as session:
            self.execution = execution = await session.get_one(Execution, self._id)
            if execution.status not in ("queued", "running", *ENDED):
                return False
            if execution.status not in ENDED:
                if execution.status == "queued" or execution.went_on_at is None:
                    execution.went_on_at = now()
                execution.status = "running"
                execution.started_at = execution.started_at or now()
            of_this = ExecutionStep.execution_id == self._id
            rows = await session.scalars(select(ExecutionStep).where(of_this))
            self.rows = {row.step_id: row for row in rows}
            decided = select(GateDecision).where(GateDecision.execution_id == self._id)
            self.decisions = list(await session.scalars(decided))
            self.control = execution.control
        self.steps = in_order([Step.model_validate(raw) for raw in execution.steps])
        self._by_id = {step.id: step for step in self.steps}
        return True

    # ---- looking ----------------------------------------------------------------------------

    def step(self, row: ExecutionStep) -> Step:
        """The definition of a row: its own, or its loop's."""
        return self._by_id[row.parent or row.step_id]

    def ordered(self) -> list[ExecutionStep]:
        """Every row, the items of a loop behind it."""
        return sorted(self.rows.values(), key=in_ledger_order)

    def items(self, step_id: str) -> list[ExecutionStep]:
        """The rows of a loop's items."""
        return [row for row in self.ordered() if row.parent == step_id]

    def pending_items(self) -> list[ExecutionStep]:
        """The rows of loops' items that have not begun, in order."""
        pending = (row for row in self.rows.values() if row.parent and row.status == "pending")
        return sorted(pending, key=in_ledger_order)

    def standing(self) -> dict[str, str]:
        """How each step stands; items of loops are not among them."""
        return {row.step_id: row.status for row in self.rows.values() if row.parent is None}

    def results(self, of: Iterable[str] | None = None) -> dict[str, Any]:
        """The results of the steps that are done, or of some; and the event that it is about."""
        rows = self.rows.values() if of is None else [self.rows[one] for one in of]
        return {EVENT: self.execution.event} | {
            row.step_id: row.result for row in rows if row.parent is None and row.status == "done"
        }

    def arguments(self, row: ExecutionStep) -> dict[str, Any]:
        """A row's arguments, every reference resolved."""
        step = self.step(row)
        resolved: dict[str, Any] = resolve(step.arguments, self.scope(row, step.refers_to()))
        return resolved

    def scope(self, row: ExecutionStep, of: Iterable[str] | None = None) -> dict[str, Any]:
        """What a row's references can point to."""
        results = self.results(of)
        if row.parent is None:
            return results
        items = self.looped(self.step(row), results)
        return results | {ITEM: items[_number(row) - 1]}

    def looped(self, step: Step, results: dict[str, Any]) -> list[Any]:
        """The items that a step loops over: the same at every look, since results don't change.

        Raises:
            CorrectInput: it is no list, or longer than the loop's limit.
        """
        if step.id not in self._items:
            self._items[step.id] = loop_items(step, results)
        return self._items[step.id]

    def key(self, row: ExecutionStep) -> str:
        """The idempotency key of a row: another one only after a person had it done again."""
        again = f":{row.generation}" if row.generation else ""
        return f"{self._id}:{row.step_id}{again}"

    # ---- writing ----------------------------------------------------------------------------

    def set(self, row: ExecutionStep, status: str | None = None, **facts: Any) -> None:
        """Note how a row stands; `save` writes it."""
        if status is not None:
            facts["status"] = status
            self._tell.append(row.step_id)
            if status in STEP_ENDED:
                facts["finished_at"] = now()
        for name, value in facts.items():
            setattr(row, name, value)
        self._unsaved[row.step_id] = row

    def add_items(self, row: ExecutionStep, number: int) -> None:
        """Note so many items of a loop."""
        for one in range(1, number + 1):
            item = ExecutionStep(
                execution_id=self._id,
                step_id=f"{row.step_id}.{one}",
                parent=row.step_id,
                position=row.position,
                operation=row.operation,
                status="pending",
                detail="",
                attempts=0,
                changes=0,
                generation=row.generation,
            )
            self.rows[item.step_id] = item
            self._new.append(item)

    async def save(self) -> None:
        """Write what has changed, hear whether a person wants a halt, and tell."""
        unsaved, self._unsaved = self._unsaved, {}
        new, self._new = self._new, []
        tell, self._tell = self._tell, []
        if unsaved or new:
            names = [column.name for column in LEDGER.columns]
            made = [{name: getattr(row, name) for name in names} for row in new]
            changed = [self._recorded(row) for row in unsaved.values()]
            self.control = await asyncio.to_thread(self._write, made, changed)
        for step_id in dict.fromkeys(tell):
            row = self.rows[step_id]
            await self._observer.step(self.execution, self.step(row), row)

    def _write(self, made: list[dict[str, Any]], changed: list[dict[str, Any]]) -> str | None:
        """In a thread, without a session: a step costs one trip. Only its carrier writes a row."""
        with self._database.log_engine.begin() as connection:
            if made:
                connection.execute(insert(LEDGER), made)
            if changed:
                connection.execute(RECORD, changed)
            return connection.execute(CONTROL, {"of": self._id}).scalar_one()

    def _recorded(self, row: ExecutionStep) -> dict[str, Any]:
        values = {name: getattr(row, name) for name in CHANGING}
        return values | {"of": self._id, "step": row.step_id}

    async def listen(self) -> None:
        """Hear whether a person wants a halt."""
        async with self._database.reading() as session:
            self.control = await session.scalar(CONTROL, {"of": self._id})

    async def waited(self, seconds: float) -> None:
        """What people let pass before a running step went on isn't the execution's own time."""
        async with self._database.writing() as session:
            self.execution.went_on_at = (self.execution.went_on_at or now()) + timedelta(
                seconds=seconds
            )
            at = {"went_on_at": self.execution.went_on_at}
            await session.execute(update(Execution).where(Execution.id == self._id).values(at))

    async def rest(self, status: str) -> str:
        """Halt: the execution goes on when a person says so."""
        async with self._database.writing() as session:
            self.execution = execution = await session.get_one(Execution, self._id)
            execution.status, execution.control = status, None
            _stop_clock(execution)
        await self._observer.halted(execution)
        return status

    async def end(self, status: str) -> str:
        """The execution has ended; what was done is summed up."""
        rows = self.ordered()
        async with self._database.writing() as session:
            self.execution = execution = await session.get_one(Execution, self._id)
            execution.status, execution.control, execution.finished_at = status, None, now()
            _stop_clock(execution)
            execution.summary = self._observer.summarize(execution, rows)
        await self._observer.ended(execution, rows)
        return status


def _stop_clock(execution: Execution) -> None:
    if execution.went_on_at is not None:
        execution.active_seconds += (now() - execution.went_on_at).total_seconds()
        execution.went_on_at = None


def in_ledger_order(row: ExecutionStep) -> tuple[int, int]:
    """The key that sorts an execution's rows: steps in order, each before its items."""
    return row.position, _number(row) if row.parent else 0


def _number(row: ExecutionStep) -> int:
    return int(row.step_id.rpartition(".")[2])
