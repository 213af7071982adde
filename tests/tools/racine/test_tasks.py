"""Tasks are handed to people once, found again, and done; notes stand in the trail."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.world import World
from tools.database import now
from tools.errors import AskForAccess, ChooseAnother, CorrectInput, LookAgain


async def test_the_same_open_task_is_one_and_a_done_one_is_done(world: World) -> None:
    await world.person("Ann Lee", "steward")
    yesterday = (now() - timedelta(days=1)).date().isoformat()
    first = await world.call(
        "activity.create_task", title="Describe it", about="crm.customers", due_on=yesterday
    )
    again = await world.call(
        "activity.create_task", title="Describe it", about="crm.customers", assignee="Ann Lee"
    )
    assert (again.id, again.assignee, again.overdue) == (first.id, "Ann Lee", True)
    await world.call("activity.create_task", title="Describe it", about="crm.orders")
    assert (await world.call("activity.list_tasks")).total == 2
    (hers,) = (await world.call("activity.list_tasks", assignee="ann", overdue=True)).items
    done = await world.call("activity.complete_task", "ann", task=hers.id, note="Described")
    assert (done.status, done.done_by, done.overdue) == ("done", "Ann Lee", False)
    with pytest.raises(LookAgain, match="Ann Lee did it"):
        await world.call("activity.complete_task", task=hers.id)
    anew = await world.call("activity.create_task", title="Describe it", about="crm.customers")
    assert anew.id != first.id
    assert (await world.call("activity.list_tasks", status="done")).total == 1
    assert (await world.call("activity.list_tasks", about="crm.customers")).total == 2


async def test_what_is_noted_stands_in_the_trail(world: World) -> None:
    noted = await world.invoke(
        "activity.track", kind="audit.visit", title="The auditor came", about="crm"
    )
    (entry,) = (await world.call("activity.search", operation="activity.track")).items
    assert entry.id == noted.activity_id
    assert entry.arguments == {
        "kind": "audit.visit",
        "title": "The auditor came",
        "about": "crm",
    }
    with pytest.raises(CorrectInput):
        await world.call("activity.track", kind="No Kind", title="Something")


async def test_tasks_of_nobody_and_by_nobody_are_refused(world: World) -> None:
    with pytest.raises(ChooseAnother):
        await world.call("activity.complete_task", task="tsk_0")
    with pytest.raises(ChooseAnother):
        await world.call("activity.create_task", title="Something", assignee="Nobody Known")
    viewer = await world.person("Vic Roy", "viewer")
    with pytest.raises(AskForAccess):
        await world.call("activity.create_task", viewer, title="Something")
