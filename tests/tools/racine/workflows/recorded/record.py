"""Records executions as a release leaves them: run with that release's code on the path.

    PYTHONPATH=RELEASE python tests/tools/racine/workflows/recorded/record.py REVISION.json

A form is what the ledger's columns are; a release that changes them adds a recording of its own,
and none that is there is ever made anew.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from dbos import DBOS
from sqlalchemy import MetaData, create_engine, event, insert, select, text, update
from sqlalchemy.engine import Engine

from api.runtime import build
from api.settings import Settings
from tools.context import Caller
from tools.database import new_id, now
from tools.migrate import upgrade
from tools.racine.assistant.tables import Conversation, Run
from tools.racine.workflows.tables import Execution, ExecutionStep
from tools.seed import seed
from tools.steps import Step

STEPS = 6
CLAIM, RECORD = "INSERT INTO idempotency_keys", "UPDATE execution_steps"
KEPT = (
    "users",
    "roles",
    "grants",
    "workflows",
    "workflow_versions",
    "conversations",
    "runs",
    "plans",
    "executions",
    "execution_steps",
    "gate_decisions",
    "idempotency_keys",
    "activity",
    "changes",
    "events",
)


class Dies(BaseException):
    """What ends the process, for what it leaves behind."""


class Dying:
    """While it is entered, the process dies after so many statements of a kind, at the next."""

    def __init__(self, statement: str, times: int) -> None:
        self.statement, self.left = statement, times

    def __call__(self, _connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith(self.statement):
            self.left -= 1
            if self.left < 0:
                raise Dies

    def __enter__(self) -> None:
        event.listen(Engine, "before_cursor_execute", self)

    def __exit__(self, *_: Any) -> None:
        event.remove(Engine, "before_cursor_execute", self)


def people(name: str) -> list[dict[str, Any]]:
    """Steps in a row; each reads the result of the one before."""
    steps: list[dict[str, Any]] = []
    for one in range(STEPS):
        arguments: dict[str, Any] = {
            "name": f"{name} {one}",
            "email": f"{name}-{one}@example.com",
        }
        needs = [f"s{one - 1}"] if one else []
        step = {"id": f"s{one}", "operation": "rbac.create_user", "arguments": arguments}
        steps.append({**step, "needs": needs})
    grant = {"user": {"$ref": "s0.email"}, "role": "analyst"}
    last = {"id": "last", "operation": "rbac.grant_role", "arguments": grant}
    return [*steps, {**last, "needs": [f"s{STEPS - 1}"]}]


async def record(folder: Path) -> dict[str, Any]:
    """Make an execution of each state; what the database then holds."""
    url = f"sqlite:///{folder / 'racine.db'}"
    upgrade(url)
    runtime = build(Settings(data_dir=folder / "data", database_url=url))
    await seed(runtime.kernel)
    caller = Caller(await runtime.accounts.ensure_administrator(None), "api")

    async def execute(name: str, *more: dict[str, Any]) -> str:
        steps = [*people(name), *more]
        await runtime.kernel.invoke("workflows.create", {"name": name, "steps": steps}, caller)
        made = await runtime.kernel.invoke("workflows.execute", {"workflow": name}, caller)
        return str(made.value.model_dump()["id"])

    async def dies(execution_id: str, statement: str, times: int) -> None:
        with Dying(statement, times), suppress(Dies):
            await runtime.engine.run(execution_id)

    DBOS(config={"name": "racine", "system_database_url": f"sqlite:///{folder / 'dbos.db'}"})
    DBOS.launch()  # the first form's steps were DBOS's, too
    made = {"queued": await execute("queued")}
    made["running"] = await execute("running")
    await dies(made["running"], CLAIM, 3)
    made["committed"] = await execute("committed")
    await dies(made["committed"], RECORD, 5)
    made["paused"] = await execute("paused")
    await dies(made["paused"], RECORD, 4)
    await runtime.kernel.invoke(
        "workflows.control", {"execution_id": made["paused"], "action": "pause"}, caller
    )
    await runtime.engine.run(made["paused"])
    if "gate" in Step.model_fields:
        gated = {"id": "gated", "operation": "rbac.create_user", "needs": ["s2"], "gate": {}}
        gated["arguments"] = {"name": "gated x", "email": "gated-x@example.com"}
        made["waiting"] = await execute("waiting", gated)
        await runtime.engine.run(made["waiting"])
        send = {"id": "send", "operation": "workflows.send_event", "needs": ["s2"]}
        send["arguments"] = {"url": "http://127.0.0.1:9/hook", "event_type": "com.example.done"}
        made["unknown"] = await execute("unknown", send)
        async with runtime.database.writing() as session:  # as a crash amid of the sending does
            of_it = ExecutionStep.execution_id == made["unknown"]
            sending = update(ExecutionStep).where(of_it, ExecutionStep.step_id == "send")
            await session.execute(sending.values(status="running", attempts=1))
            started = {"status": "running", "started_at": now()}
            await session.execute(
                update(Execution).where(Execution.id == made["unknown"]).values(started)
            )
        await runtime.engine.run(made["unknown"])
    plan = await propose(runtime, caller)
    DBOS.destroy()
    await runtime.kernel.close()
    await runtime.events.close()
    await runtime.database.close()
    return {
        "executions": made,
        "plan": plan,
        "user": caller.user_id,
        **dump(url.replace("sqlite:///", ""), made),
    }


async def propose(runtime: Any, caller: Caller) -> str:
    """A plan that waits for approval."""
    conversation_id, run_id = new_id("cnv"), new_id("run")
    async with runtime.database.writing() as session:
        mine = {"id": conversation_id, "user_id": caller.user_id, "title": "A plan", "focus": []}
        await session.execute(insert(Conversation).values(mine))
        run = {"id": run_id, "user_id": caller.user_id, "conversation_id": conversation_id}
        said = {"kind": "turn", "channel": "api", "message": "Add Ada", "status": "interrupted"}
        await session.execute(insert(Run).values({**run, **said, "position": 1}))
    arguments = {"name": "planned 0", "email": "planned-0@example.com"}
    step = Step(id="s1", operation="rbac.create_user", arguments=arguments)
    plan = await runtime.plans.propose([step], caller, conversation_id, run_id)
    return str(plan.id)


def dump(path: str, made: dict[str, str]) -> dict[str, Any]:
    """What concerns the executions, of the tables that hold it."""
    engine = create_engine(f"sqlite:///{path}")
    metadata = MetaData()
    metadata.reflect(engine)
    tables: dict[str, list[dict[str, Any]]] = {}
    with engine.connect() as connection:
        revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
        for name in KEPT:
            if name not in metadata.tables:
                continue
            rows = connection.execute(select(metadata.tables[name])).mappings()
            tables[name] = [
                {column: value for column, value in row.items() if value is not None}
                for row in rows
            ]
    engine.dispose()
    told = [row["run_id"] for row in tables["executions"]]
    tables["activity"] = [row for row in tables["activity"] if row.get("run_id") in told]
    activities = {row["id"] for row in tables["activity"]}
    tables["changes"] = [row for row in tables["changes"] if row["activity_id"] in activities]
    tables["events"] = [row for row in tables["events"] if row["stream"] in told]
    return {"revision": revision, "tables": tables}


def as_lines(recorded: dict[str, Any]) -> str:
    """As JSON, a row a line."""
    tables = []
    for name, rows in recorded.pop("tables").items():
        lines = ",\n".join(json.dumps(row, default=str, ensure_ascii=False) for row in rows)
        tables.append(f"{json.dumps(name)}: [\n{lines}\n]")
    head = json.dumps(recorded).removesuffix("}")
    return f'{head}, "tables": {{\n' + ",\n".join(tables) + "\n}}\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        recorded = asyncio.run(record(Path(name)))
    Path(sys.argv[1]).write_text(as_lines(recorded))
