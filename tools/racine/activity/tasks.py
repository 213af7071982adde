"""Tasks: work that workflows and people hand to people, and notes that they leave in the trail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.context import Context
from tools.database import new_id, now
from tools.errors import ChooseAnother, LookAgain
from tools.operation import Effect, operation
from tools.racine.activity.tables import Task
from tools.rbac.people import find_user
from tools.rbac.tables import User
from tools.values import Citation, Cited, Cursor, Limit, Page, Result, page, paged

Title = Annotated[str, Field(min_length=3, max_length=300, description="What is to be done")]
About = Annotated[
    str, Field(max_length=500, description="What it is about: an asset, a source, a finding")
]
Assignee = Annotated[
    str | None, Field(max_length=200, description="Who is to do it: name, e-mail or id")
]


class TaskDetail(Cited):
    """A task: what, about what, for whom, by when, and how it stands."""

    id: str
    title: str
    about: str
    detail: str
    assignee: str | None
    due_on: date | None
    overdue: bool
    status: str
    note: str
    created_by: str
    created_at: datetime
    done_by: str | None
    done_at: datetime | None

    def citation(self) -> Citation:
        return Citation(
            id=self.id,
            kind="task",
            title=self.title,
            url="/api/racine/activity/list-tasks",
            snippet=self.about,
        )


class Tracked(Result):
    """What was noted; the activity itself is the record."""

    kind: str
    title: str
    about: str
    detail: str
    by: str


@operation(
    "activity.create_task",
    permission="activity.write",
    effect=Effect.WRITE,
    path="POST /create-task",
    examples=("Ask Dana to describe crm.customers by Friday", "Make a task for Ben"),
)
async def create_task(
    ctx: Context,
    title: Title,
    assignee: Assignee = None,
    about: About = "",
    detail: Annotated[str, Field(max_length=2000, description="More about it")] = "",
    due_on: Annotated[date | None, Field(description="By which day")] = None,
) -> TaskDetail:
    """Ask a person to do something; asked again while it is open, it stays one task."""
    person = await find_user(ctx.session, assignee) if assignee else None
    task = await ctx.session.scalar(
        select(Task).where(Task.title == title, Task.about == about, Task.status == "open")
    )
    if task is None:
        task = Task(
            id=new_id("tsk"), title=title, about=about, created_by=ctx.entitlements.user_name
        )
        ctx.session.add(task)
    task.detail = detail or task.detail or ""
    task.due_on = due_on.isoformat() if due_on else task.due_on
    task.assignee_id = person.id if person else task.assignee_id
    await ctx.session.flush()
    return (await _details(ctx.session, [task]))[0]


@operation(
    "activity.list_tasks",
    permission="activity.read",
    path="GET /list-tasks",
    examples=("Which tasks are open?", "What does Ben have to do?", "Which tasks are overdue?"),
)
async def list_tasks(
    ctx: Context,
    assignee: Assignee = None,
    status: Annotated[
        Literal["open", "done"] | None, Field(description="Only those that are open, or done")
    ] = None,
    about: Annotated[
        str | None, Field(max_length=500, description="Only about this, by name or id")
    ] = None,
    overdue: Annotated[bool, Field(description="Only those past their day")] = False,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[TaskDetail]:
    """List the tasks, the latest first."""
    wanted = select(Task).order_by(Task.created_at.desc(), Task.id)
    if assignee is not None:
        wanted = wanted.where(Task.assignee_id == (await find_user(ctx.session, assignee)).id)
    if status is not None:
        wanted = wanted.where(Task.status == status)
    if about is not None:
        wanted = wanted.where(Task.about == about)
    if overdue:
        today = now().date().isoformat()
        wanted = wanted.where(Task.status == "open", Task.due_on < today)
    rows, total = await paged(ctx.session, wanted, limit, cursor)
    return page(await _details(ctx.session, rows), total, cursor)


@operation(
    "activity.complete_task",
    permission="activity.write",
    effect=Effect.WRITE,
    path="POST /complete-task",
    examples=("The task tsk_1 is done",),
)
async def complete_task(
    ctx: Context,
    task: Annotated[str, Field(max_length=60, description="The task's id")],
    note: Annotated[str, Field(max_length=1000, description="What was done")] = "",
) -> TaskDetail:
    """Say that a task is done."""
    found = await ctx.session.get(Task, task)
    if found is None:
        raise ChooseAnother(
            f"There is no task '{task}'.", "activity.list_tasks shows their ids.", field="task"
        )
    if found.status == "done":
        raise LookAgain(f"{found.done_by} did it already.", "Nothing is to be done.", field="task")
    found.status, found.note = "done", note
    found.done_by, found.done_at = ctx.entitlements.user_name, now()
    await ctx.session.flush()
    return (await _details(ctx.session, [found]))[0]


@operation(
    "activity.track",
    permission="activity.write",
    effect=Effect.WRITE,
    path="POST /track",
    examples=("Note in the trail that the auditor has seen crm",),
)
async def track(
    ctx: Context,
    kind: Annotated[
        str, Field(pattern=r"^[a-z][a-z0-9_.]{0,59}$", description="What kind, as audit.visit")
    ],
    title: Title,
    about: About = "",
    detail: Annotated[str, Field(max_length=2000, description="More about it")] = "",
) -> Tracked:
    """Note in the audit trail what happened elsewhere; the entry of this call is the record."""
    by = ctx.entitlements.user_name
    return Tracked(kind=kind, title=title, about=about, detail=detail, by=by)


async def _details(session: AsyncSession, rows: Sequence[Task]) -> list[TaskDetail]:
    ids = [row.assignee_id for row in rows if row.assignee_id]
    people = await session.execute(select(User.id, User.name).where(User.id.in_(ids)))
    names = {row[0]: row[1] for row in people}
    today = now().date().isoformat()
    return [
        TaskDetail(
            **{
                field: getattr(row, field)
                for field in TaskDetail.model_fields
                if field not in ("assignee", "overdue")
            },
            assignee=names.get(row.assignee_id or ""),
            overdue=row.status == "open" and row.due_on is not None and row.due_on < today,
        )
        for row in rows
    ]
