"""The operations on the taxonomy: labels with their parent, sensitivity and regulations.

What comes with the product can be changed, and stays as people have set it; it isn't deleted.
"""

from __future__ import annotations

import json
import re
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import String, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.classifications.labels import (
    TAXONOMY,
    LabelRef,
    find_label,
    names_of,
    with_descendants,
)
from tools.classifications.tables import Classification, Label
from tools.classifications.types import LabelDeleted, LabelDetail
from tools.classifications.usage import users_of
from tools.compliance.facts import Sensitivity
from tools.compliance.tables import Framework
from tools.context import Context
from tools.database import now
from tools.errors import ChooseAnother, CorrectInput, LookAgain, nearest
from tools.operation import Effect, operation
from tools.values import Cursor, Limit, Page, page, paged

MOST_LEVELS = 5
Title = Annotated[str, Field(min_length=1, max_length=200, description="What people call it")]
Category = Annotated[
    str,
    Field(
        pattern="^[a-z][a-z_]{0,39}$",
        description="personal, payment, health, identity, location, …, or one of your own",
    ),
]
Level = Annotated[
    Sensitivity,
    Field(description="How sensitive; confidential and restricted mask the columns' values"),
]
Regulations = Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=50)]
Synonyms = Annotated[list[Annotated[str, Field(min_length=1, max_length=80)]], Field(max_length=50)]
Description = Annotated[str, Field(max_length=1000, description="What belongs under it")]


@operation(
    "classifications.list_labels",
    permission="classifications.read",
    examples=(
        "Which labels are there?",
        "Show the taxonomy",
        "Which labels touch HIPAA?",
        "Which restricted labels are there?",
    ),
)
async def list_labels(
    ctx: Context,
    category: Annotated[str | None, Field(description="Only of this category")] = None,
    regulation: Annotated[
        str | None, Field(max_length=60, description="Only those that touch this framework")
    ] = None,
    sensitivity: Annotated[
        Sensitivity | None, Field(description="Only at this level of sensitivity")
    ] = None,
    parent: Annotated[
        str | None, Field(max_length=60, description="Only this label and those below it")
    ] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[LabelDetail]:
    """List the taxonomy: labels, their sensitivity, the regulations that each touches."""
    carried = await _carried(ctx.session)
    query = select(Label).order_by(Label.category, Label.id)
    if category:
        query = query.where(Label.category == category.lower())
    if regulation:
        (framework,) = await _frameworks(ctx.session, [regulation], "regulation")
        query = query.where(cast(Label.regulations, String).like(f'%"{framework}"%'))
    if sensitivity:
        query = query.where(Label.sensitivity == sensitivity)
    if parent:
        above = await find_label(ctx.session, parent, "parent")
        query = query.where(Label.id.in_(await with_descendants(ctx.session, above)))
    rows, total = await paged(ctx.session, query, limit, cursor)
    return page([_detail(row, carried.get(row.id, 0)) for row in rows], total, cursor)


@operation(
    "classifications.create_label",
    permission="classifications.write",
    effect=Effect.WRITE,
    examples=(
        "Create a restricted label Customer number in the category personal",
        "Add the label Loyalty card to the taxonomy, confidential, under payment card number",
    ),
)
async def create_label(
    ctx: Context,
    title: Title,
    category: Category,
    sensitivity: Level,
    label: Annotated[
        str | None,
        Field(
            pattern="^[a-z][a-z0-9_]{0,59}$", description="Its id; made of the title if left out"
        ),
    ] = None,
    regulations: Annotated[
        Regulations | None,
        Field(description="The frameworks that it touches, such as gdpr or hipaa"),
    ] = None,
    synonyms: Annotated[Synonyms | None, Field(description="Other words for it")] = None,
    parent: Annotated[
        str | None, Field(max_length=60, description="The label that it belongs under")
    ] = None,
    description: Description = "",
) -> LabelDetail:
    """Add a label to the taxonomy; scans give it once a rule set has a detector for it."""
    row = Label(
        id=label or _id_of(title),
        title=title.strip(),
        category=category,
        sensitivity=sensitivity,
        regulations=await _frameworks(ctx.session, regulations or []),
        synonyms=_distinct(synonyms or []),
        description=description,
        parent_id=None,
        builtin=False,
        changed=[],
    )
    await _refuse_taken(ctx.session, row)
    if parent is not None:
        row.parent_id = (await _parent(ctx.session, row, parent)).id
    ctx.session.add(row)
    await ctx.session.flush()
    return _detail(row, 0)


@operation(
    "classifications.update_label",
    permission="classifications.write",
    effect=Effect.WRITE,
    examples=(
        "Make the label occupation confidential",
        "Rename the label vin to Chassis number",
        "The label age touches GDPR only",
    ),
)
async def update_label(
    ctx: Context,
    label: LabelRef,
    title: Annotated[
        str | None, Field(min_length=1, max_length=200, description="What people call it")
    ] = None,
    category: Annotated[Category | None, Field(description="Its category")] = None,
    sensitivity: Annotated[
        Sensitivity | None,
        Field(description="How sensitive; confidential and restricted mask the columns' values"),
    ] = None,
    regulations: Annotated[
        Regulations | None, Field(description="All frameworks that it touches")
    ] = None,
    synonyms: Annotated[Synonyms | None, Field(description="All other words for it")] = None,
    parent: Annotated[
        str | None,
        Field(max_length=60, description="The label that it belongs under; '' for none"),
    ] = None,
    description: Annotated[
        str | None, Field(max_length=1000, description="What belongs under it")
    ] = None,
) -> LabelDetail:
    """Change a label; masking, search and compliance follow it for every column at once."""
    row = await find_label(ctx.session, label)
    given: dict[str, Any] = {
        "title": None if title is None else title.strip(),
        "category": category,
        "sensitivity": sensitivity,
        "regulations": None if regulations is None else await _frameworks(ctx.session, regulations),
        "synonyms": None if synonyms is None else _distinct(synonyms),
        "description": description,
    }
    wanted = {name: value for name, value in given.items() if value is not None}
    if parent is not None:
        wanted["parent_id"] = (
            (await _parent(ctx.session, row, parent)).id if parent.strip() else None
        )
    differing = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in differing:
        setattr(row, name, wanted[name])
    if row.builtin and differing:
        row.changed = sorted({*row.changed, *differing})
    await _refuse_taken(ctx.session, row)
    await ctx.session.flush()
    return _detail(row, (await _carried(ctx.session)).get(row.id, 0))


@operation(
    "classifications.delete_label",
    permission="classifications.destroy",
    effect=Effect.DESTROY,
    examples=(
        "Delete the label customer_number",
        "Delete the label loyalty_card and let its columns be credit_card",
    ),
)
async def delete_label(
    ctx: Context,
    label: LabelRef,
    reassign_to: Annotated[
        str | None,
        Field(max_length=60, description="The label that its columns and sub-labels get instead"),
    ] = None,
) -> LabelDeleted:
    """Delete a label that nothing uses, or whose columns get another one instead."""
    row = await find_label(ctx.session, label)
    if row.builtin:
        raise LookAgain(
            f"The label '{row.id}' comes with the product and can't be deleted.",
            "Change it instead (classifications.update_label).",
            field="label",
        )
    other = await find_label(ctx.session, reassign_to, "reassign_to") if reassign_to else None
    if other is not None and other.id in await with_descendants(ctx.session, row):
        raise CorrectInput(
            f"'{other.id}' is the label that goes, or below it.",
            "Name a label that stays.",
            field="reassign_to",
        )
    used = await users_of(ctx.session, row, columns=other is None)
    if used:
        raise LookAgain(
            f"The label '{row.id}' is used by {'; '.join(used)}.",
            "Change what uses it first; columns and sub-labels get another label by reassign_to.",
            field="label",
        )
    moved, dropped = await _reassign(ctx, row, other)
    await ctx.session.delete(row)
    return LabelDeleted(
        id=row.id,
        title=row.title,
        now=other.id if other else None,
        reassigned=moved,
        dropped=dropped,
    )


async def bring_up(session: AsyncSession) -> None:
    """Bring the built-in labels to what this release ships, but for what people have set."""
    for shipped in json.loads(TAXONOMY.read_text())["labels"]:
        row = await session.get(Label, shipped["id"])
        if row is None:
            session.add(Label(**shipped, builtin=True))
            continue
        for name, value in {**shipped, "builtin": True}.items():
            if name not in row.changed and getattr(row, name) != value:
                setattr(row, name, value)


async def _reassign(ctx: Context, row: Label, other: Label | None) -> tuple[int, int]:
    """Give the label's columns and sub-labels the other one; what was rejected just goes."""
    for child in await ctx.session.scalars(select(Label).where(Label.parent_id == row.id)):
        child.parent_id = other.id if other else None
    moved = dropped = 0
    carrying = list(
        await ctx.session.scalars(select(Classification).where(Classification.label == row.id))
    )
    has = (
        {
            one.asset_id: one
            for one in await ctx.session.scalars(
                select(Classification).where(Classification.label == other.id)
            )
        }
        if other
        else {}
    )
    for one in carrying:
        if other is None or one.status == "rejected" or one.asset_id in has:
            await ctx.session.delete(one)
            dropped += 1
        else:
            one.label, one.updated_at = other.id, now()
            moved += 1
    await ctx.session.flush()
    return moved, dropped


async def _carried(session: AsyncSession) -> dict[str, int]:
    rows = await session.execute(
        select(Classification.label, func.count().label("columns"))
        .where(Classification.status != "rejected")
        .group_by(Classification.label)
    )
    return {row.label: row.columns for row in rows}


def _detail(row: Label, columns: int) -> LabelDetail:
    return LabelDetail.model_validate(row).model_copy(
        update={"columns": columns, "parent": row.parent_id}
    )


def _id_of(title: str) -> str:
    made = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")[:60]
    if not made or not made[0].isalpha():
        raise CorrectInput(
            f"No id can be made of the title '{title}'.",
            "Give one (label): small letters, digits and underscores.",
            field="label",
        )
    return made


def _distinct(words: list[str]) -> list[str]:
    return list(dict.fromkeys(word.strip().lower() for word in words if word.strip()))


async def _frameworks(
    session: AsyncSession, given: list[str], field: str = "regulations"
) -> list[str]:
    """The ids of the frameworks that are meant."""
    known = list(await session.scalars(select(Framework).order_by(Framework.id)))
    names = {name.lower(): one.id for one in known for name in (*one.aliases, one.name, one.id)}
    for name in given:
        if name.strip().lower() not in names:
            raise ChooseAnother(
                f"There is no framework '{name}'.",
                nearest(name, [one.id for one in known]),
                field=field,
            )
    return list(dict.fromkeys(names[name.strip().lower()] for name in given))


async def _parent(session: AsyncSession, row: Label, reference: str) -> Label:
    found = await find_label(session, reference, "parent")
    above: Label | None = found
    for _level in range(MOST_LEVELS):
        if above is None:
            return found
        if above.id == row.id:
            raise CorrectInput(
                f"'{found.id}' is below '{row.id}' itself.",
                "Name a label that isn't.",
                field="parent",
            )
        above = await session.get(Label, above.parent_id) if above.parent_id else None
    if above is None:
        return found
    raise CorrectInput(
        f"'{found.id}' stands {MOST_LEVELS} levels deep already.",
        "Name a label nearer to the top.",
        field="parent",
    )


async def _refuse_taken(session: AsyncSession, row: Label) -> None:
    with session.no_autoflush:
        others = await session.scalars(select(Label).where(Label.id != row.id).order_by(Label.id))
        same = await session.scalar(select(Label.id).where(Label.id == row.id))
    if same is not None and row not in session:
        raise LookAgain(
            f"There is already a label '{row.id}'.",
            "Choose another id, or change that one (classifications.update_label).",
            field="label",
        )
    for other in others:
        both = names_of(other) & names_of(row)
        if both:
            raise LookAgain(
                f"The label '{other.id}' is called '{sorted(both)[0]}' already.",
                "Choose another title and other synonyms, so that each word means one label.",
                field="title",
            )
