"""What the assistant keeps in mind: preferences, facts, names of assets, and lessons.

Everybody keeps their own; a team's memories are seen by its members and changed by who told them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.assets import find_asset
from tools.catalog.tables import Asset
from tools.context import Context
from tools.database import new_id
from tools.errors import AskForAccess, BeMoreExact, ChooseAnother, CorrectInput
from tools.operation import Effect, operation
from tools.racine.assistant.tables import Feedback, Memory, Run
from tools.racine.assistant.types import (
    AllForgotten,
    FeedbackGiven,
    Forgotten,
    MemoryRecord,
)
from tools.rbac.lookup import find_team
from tools.rbac.tables import Team, TeamMember, User
from tools.values import AssetRef, Cursor, Limit, Page, page, paged

Kind = Literal["preference", "fact", "name"]
Text = Annotated[str, Field(min_length=1, max_length=500, description="What to keep in mind")]
Reference = Annotated[
    str, Field(min_length=1, max_length=500, description="A memory's id, or its text")
]


def shared_with(user_id: str) -> ColumnElement[bool]:
    """Memories of this person or of a team of theirs."""
    teams = select(TeamMember.team_id).where(TeamMember.user_id == user_id)
    return or_(Memory.user_id == user_id, Memory.team_id.in_(teams))


@operation(
    "assistant.list_memories",
    permission="assistant.read",
    own=True,
    examples=(
        "What do you remember about me?",
        "Show your memories",
        "Which names for our tables do you know?",
    ),
)
async def list_memories(
    ctx: Context,
    kind: Annotated[
        Literal["preference", "fact", "name", "lesson"] | None,
        Field(description="Only of this kind"),
    ] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[MemoryRecord]:
    """List what the assistant remembers for the caller and the caller's teams."""
    query = select(Memory).where(shared_with(ctx.caller.user_id))
    if kind is not None:
        query = query.where(Memory.kind == kind)
    rows, total = await paged(
        ctx.session, query.order_by(Memory.created_at.desc(), Memory.id), limit, cursor
    )
    return page([await _record(ctx.session, row) for row in rows], total, cursor)


@operation(
    "assistant.remember",
    permission="assistant.write",
    effect=Effect.WRITE,
    own=True,
    examples=(
        "Remember that the finance team reviews shop.orders every month",
        "Remember the name 'the ledger' for shop.orders",
    ),
)
async def remember(
    ctx: Context,
    text: Text,
    kind: Annotated[
        Kind, Field(description="A preference, a fact, or a name that an asset goes by")
    ] = "fact",
    asset: Annotated[AssetRef | None, Field(description="What a name stands for")] = None,
    team: Annotated[
        str | None, Field(max_length=100, description="For a whole team that the caller is in")
    ] = None,
) -> MemoryRecord:
    """Keep something in mind: a preference, a fact, or the name that people use for an asset."""
    text = " ".join(text.split())
    if (kind == "name") != (asset is not None):
        raise CorrectInput(
            "A name stands for an asset, and only a name does.",
            "Give kind 'name' together with the asset.",
            field="asset",
        )
    found = await find_asset(ctx.session, asset) if asset is not None else None
    team_id = await _own_team(ctx, team) if team is not None else None
    wanted = Memory.text == text, Memory.kind == kind, Memory.user_id == ctx.caller.user_id
    row = await ctx.session.scalar(select(Memory).where(*wanted))
    if row is None:
        row = Memory(id=new_id("mem"), user_id=ctx.caller.user_id, kind=kind, text=text)
        ctx.session.add(row)
    row.asset_id, row.team_id = found.id if found else None, team_id
    await ctx.session.flush()
    return await _record(ctx.session, row)


@operation(
    "assistant.teach",
    permission="assistant.write",
    effect=Effect.WRITE,
    own=True,
    examples=(
        "By 'who babysits shop.orders' I mean 'who owns shop.orders'",
        "When I ask for the guardians of a table I mean its owners",
    ),
)
async def teach(
    ctx: Context,
    said: Annotated[
        str, Field(min_length=1, max_length=500, description="A request as it was put")
    ],
    meant: Annotated[
        str, Field(min_length=1, max_length=500, description="How to say it so it is understood")
    ],
) -> MemoryRecord:
    """Keep how a request is meant: the next like it, with other names, is read that way."""
    row = await _learn(ctx, " ".join(said.split()), " ".join(meant.split()))
    await ctx.session.flush()
    return await _record(ctx.session, row)


@operation(
    "assistant.correct_memory",
    permission="assistant.write",
    effect=Effect.WRITE,
    own=True,
    examples=("Correct the memory 'reviews are monthly' to 'reviews are weekly'",),
)
async def correct_memory(ctx: Context, memory: Reference, text: Text) -> MemoryRecord:
    """Change what one of the caller's memories says."""
    row = await _find(ctx, memory)
    if row.kind == "lesson":
        row.meant = " ".join(text.split())
    else:
        row.text = " ".join(text.split())
    await ctx.session.flush()
    return await _record(ctx.session, row)


@operation(
    "assistant.forget",
    permission="assistant.destroy",
    effect=Effect.DESTROY,
    own=True,
    examples=("Forget the memory 'reviews are monthly'", "Forget the name 'the ledger'"),
)
async def forget(ctx: Context, memory: Reference) -> Forgotten:
    """Forget one of the caller's memories; that it was kept once stays in the audit trail."""
    row = await _find(ctx, memory)
    await ctx.session.delete(row)
    return Forgotten(id=row.id, text=row.text)


@operation(
    "assistant.forget_all",
    permission="assistant.destroy",
    effect=Effect.DESTROY,
    own=True,
    examples=("Forget everything you know about me", "Forget all my preferences"),
)
async def forget_all(
    ctx: Context,
    kind: Annotated[
        Literal["preference", "fact", "name", "lesson"] | None,
        Field(description="Only those of this kind"),
    ] = None,
) -> AllForgotten:
    """Forget all that the caller told; that it was kept once stays in the audit trail."""
    query = select(Memory).where(Memory.user_id == ctx.caller.user_id)
    if kind is not None:
        query = query.where(Memory.kind == kind)
    rows = list(await ctx.session.scalars(query.order_by(Memory.created_at, Memory.id)))
    for row in rows:
        await ctx.session.delete(row)
    return AllForgotten(forgotten=len(rows), texts=[row.text for row in rows])


@operation(
    "assistant.give_feedback",
    permission="assistant.write",
    effect=Effect.WRITE,
    own=True,
    path="POST /feedback",
    agent=False,
    examples=("That answer was wrong: I meant the owners",),
)
async def give_feedback(
    ctx: Context,
    run_id: Annotated[str, Field(max_length=80, description="The run whose answer it is")],
    rating: Annotated[Literal["up", "down"], Field(description="Whether it was of use")],
    comment: Annotated[
        str | None, Field(max_length=2000, description="What was good or wrong")
    ] = None,
    meant: Annotated[
        str | None,
        Field(min_length=1, max_length=500, description="How to say it so that it is understood"),
    ] = None,
) -> FeedbackGiven:
    """Rate an answer; saying what was meant teaches the assistant for the next like request."""
    run = await ctx.session.scalar(select(Run).where(Run.id == run_id, Run.kind == "turn"))
    if run is None:
        raise ChooseAnother(
            f"You have no answered request '{run_id}'.",
            "assistant.get_conversation shows the runs of a conversation.",
            field="run_id",
        )
    given = await ctx.session.scalar(select(Feedback).where(Feedback.run_id == run.id))
    if given is None:
        given = Feedback(id=new_id("fbk"), user_id=ctx.caller.user_id, run_id=run.id)
        ctx.session.add(given)
    given.rating, given.comment = rating, comment
    learned = await _learn(ctx, run.message, " ".join(meant.split())) if meant else None
    await ctx.session.flush()
    return FeedbackGiven(
        id=given.id,
        run_id=run.id,
        rating=rating,
        comment=comment,
        learned=await _record(ctx.session, learned) if learned else None,
    )


async def _learn(ctx: Context, said: str, meant: str) -> Memory:
    wanted = Memory.text == said, Memory.kind == "lesson", Memory.user_id == ctx.caller.user_id
    row = await ctx.session.scalar(select(Memory).where(*wanted))
    if row is None:
        row = Memory(id=new_id("mem"), user_id=ctx.caller.user_id, kind="lesson", text=said)
        ctx.session.add(row)
    row.meant = meant
    return row


async def _find(ctx: Context, reference: str) -> Memory:
    """One of the caller's own memories, by its id or its text in any case.

    Raises:
        ChooseAnother: there is none.
        BeMoreExact: several say this.
    """
    rows = list(await ctx.session.scalars(select(Memory).where(shared_with(ctx.caller.user_id))))
    wanted = " ".join(reference.split()).casefold().removeprefix("the ")
    found = [row for row in rows if row.id == reference] or [
        row for row in rows if row.text.casefold().removeprefix("the ") == wanted
    ]
    if not found:
        raise ChooseAnother(
            f"Nothing like '{reference}' is remembered.",
            "assistant.list_memories shows what is.",
            field="memory",
        )
    own = [row for row in found if row.user_id == ctx.caller.user_id]
    if not own:
        raise AskForAccess(
            "Somebody else of the team told this.", "Ask whoever told it to change it."
        )
    if len(own) > 1:
        raise BeMoreExact(
            f"{len(own)} memories say '{reference}'.",
            f"Give the id of one: {', '.join(row.id for row in own)}.",
            field="memory",
        )
    return own[0]


async def _own_team(ctx: Context, reference: str) -> str:
    team = await find_team(ctx.session, reference)
    member = await ctx.session.get(TeamMember, (team.id, ctx.caller.user_id))
    if member is None:
        raise AskForAccess(
            f"You don't belong to the team {team.name}.",
            "Somebody in it can tell the assistant, or add you with rbac.add_team_member.",
        )
    return team.id


async def _record(session: AsyncSession, row: Memory) -> MemoryRecord:
    asset = (
        await session.scalar(select(Asset).where(Asset.id == row.asset_id))
        if row.asset_id
        else None
    )
    team = await session.get(Team, row.team_id) if row.team_id else None
    teller = await session.get(User, row.user_id)
    return MemoryRecord(
        id=row.id,
        kind=row.kind,
        text=row.text,
        meant=row.meant,
        asset=asset.qualified_name if asset else None,
        team=team.name if team else None,
        told_by=teller.name if teller else "",
        created_at=row.created_at,
    )
