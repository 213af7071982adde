"""What an older release has left half done goes on after the upgrade; what was done isn't again.

`recorded/REVISION.json` was written by that release (`recorded/record.py`) at that schema.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import DateTime, MetaData, Table, create_engine, insert, select
from sqlalchemy.engine import make_url

from api.runtime import Runtime, build
from api.settings import Settings
from tests.support.world import World
from tests.tools.racine.workflows.carried import carry
from tests.tools.racine.workflows.recorded.record import STEPS
from tools.context import Caller
from tools.database import now
from tools.errors import ProposeAgain
from tools.events import EventRow
from tools.migrate import upgrade
from tools.racine.workflows.tables import ExecutionStep
from tools.rbac.tables import User
from tools.seed import seed

ON_POSTGRES = os.environ.get("RACINE_TEST_DATABASE") == "postgresql"
FILES = sorted((Path(__file__).parent / "recorded").glob("*.json"))
RECORDED: dict[str, dict[str, Any]] = {file.stem: json.loads(file.read_text()) for file in FILES}
EXECUTIONS = [(form, state) for form, one in RECORDED.items() for state in one["executions"]]
# What a person does for it to go on
DOES: dict[str, dict[str, Any]] = {
    "paused": {"action": "resume"},
    "waiting": {"action": "approve_gate", "step_id": "gated"},
    "unknown": {"action": "was_done", "step_id": "send", "reason": "It arrived."},
}


def put(url: str, form: str) -> None:
    """A database at the recording's schema, with what it holds; then brought to this release's."""
    upgrade(url, form)
    parsed = make_url(url)
    sqlite = parsed.get_backend_name() == "sqlite"
    engine = create_engine(parsed.set(drivername="sqlite" if sqlite else "postgresql+psycopg"))
    metadata = MetaData()
    metadata.reflect(engine)
    with engine.begin() as connection:
        for name, rows in RECORDED[form]["tables"].items():
            table = metadata.tables[name]
            for row in rows:
                connection.execute(insert(table).values(_typed(table, row)))
    engine.dispose()
    upgrade(url)


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    typed = {
        name: datetime.fromisoformat(value + "+00:00")
        if isinstance(table.c[name].type, DateTime)
        else value
        for name, value in row.items()
    }
    if table.name == "changes":
        del typed["sequence"]  # the database counts them itself
    if table.name == "plans":
        typed["expires_at"] = now() + timedelta(days=1)
    return typed


@pytest.fixture(scope="module")
def upgraded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Where each recording's database is, brought to this release's schema once."""
    urls: dict[str, str] = {}

    def url_of(form: str) -> str:
        if form not in urls:
            if ON_POSTGRES:
                from tests.support.postgres import create_database

                url = create_database(request.getfixturevalue("postgres"), f"recorded_{form}")
            else:
                url = f"sqlite:///{tmp_path_factory.mktemp(form) / 'racine.db'}"
            put(url, form)
            urls[form] = url
        return urls[form]

    return url_of


@pytest.fixture
async def old(form: str, upgraded: Any, tmp_path: Path) -> AsyncIterator[World]:
    """A Racine of this release on what an older one has left."""
    url = await asyncio.to_thread(upgraded, form)
    runtime: Runtime = build(Settings(data_dir=tmp_path / "data", database_url=url))
    await seed(runtime.kernel)
    yield World(runtime, Caller(RECORDED[form]["user"], "api"), tmp_path)
    await runtime.kernel.close()
    await runtime.events.close()
    runtime.index.close()
    await runtime.database.close()


def recorded_steps(form: str, execution_id: str) -> dict[str, Any]:
    rows = RECORDED[form]["tables"]["execution_steps"]
    return {row["step_id"]: row for row in rows if row["execution_id"] == execution_id}


def committed(form: str, execution_id: str) -> dict[str, str]:
    """The activity of each step whose write was committed, recorded as done or not."""
    keys = RECORDED[form]["tables"]["idempotency_keys"]
    found = (row for row in keys if row["key"].startswith(f"{execution_id}:"))
    return {row["key"].partition(":")[2]: row["activity_id"] for row in found}


@pytest.mark.parametrize(("form", "state"), EXECUTIONS)
async def test_an_old_execution_goes_on_and_ends(old: World, form: str, state: str) -> None:
    execution_id = RECORDED[form]["executions"][state]
    before, were = recorded_steps(form, execution_id), committed(form, execution_id)
    if state in DOES:
        assert (await carry(old, execution_id)).status == state  # nothing goes on by itself
        await old.call("workflows.control", execution_id=execution_id, **DOES[state])
    execution = await carry(old, execution_id)

    assert execution.status == "done", execution
    assert {one.status for one in execution.steps} == {"done"}
    assert {one.step_id for one in execution.steps} == set(before)
    async with old.runtime.database.reading() as session:
        rows = await session.scalars(
            select(ExecutionStep).where(ExecutionStep.execution_id == execution_id)
        )
        now_are = {row.step_id: row.activity_id for row in rows}
        names = Counter(
            await session.scalars(select(User.name).where(User.name.startswith(f"{state} ")))
        )
        last = list(
            await session.scalars(
                select(EventRow.data).where(EventRow.stream == execution.run_id, EventRow.last)
            )
        )
    assert {step: now_are[step] for step in were} == were  # what was done isn't done again
    assert len(names) == STEPS and set(names.values()) == {1}
    assert [json.loads(data)["type"] for data in last] == ["RUN_FINISHED"]


@pytest.mark.parametrize("form", [form for form in RECORDED if form < "0005"])
async def test_a_plan_from_before_approvals_has_to_be_proposed_again(old: World, form: str) -> None:
    plan_id = RECORDED[form]["plan"]
    (row,) = (one for one in RECORDED[form]["tables"]["plans"] if one["id"] == plan_id)
    with pytest.raises(ProposeAgain) as refused:
        await old.runtime.plans.approve(plan_id, row["hash"], old.administrator)
    assert "earlier release" in refused.value.detail
    assert "Ask for it again" in refused.value.remedy


@pytest.mark.parametrize("form", [form for form in RECORDED if form >= "0005"])
async def test_a_plan_waits_over_an_upgrade(old: World, form: str) -> None:
    plan_id = RECORDED[form]["plan"]
    (row,) = (one for one in RECORDED[form]["tables"]["plans"] if one["id"] == plan_id)
    plan = await old.runtime.plans.approve(plan_id, row["hash"], old.administrator)
    assert (await carry(old, plan.execution_id or "")).status == "done"
