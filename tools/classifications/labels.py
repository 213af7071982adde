"""The taxonomy's labels and groups of labels, by what people call them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.classifications.tables import Label
from tools.errors import ChooseAnother, nearest

TAXONOMY = Path(__file__).parent / "content" / "taxonomy.json"
LabelRef = Annotated[
    str, Field(max_length=60, description="A label's id or title, such as email or credit_card")
]


class LabelGroup(BaseModel):
    """Several labels under one name."""

    model_config = ConfigDict(frozen=True)

    id: str
    title: str
    synonyms: tuple[str, ...]
    labels: tuple[str, ...]


@cache
def label_groups() -> tuple[LabelGroup, ...]:
    """The groups that come with the product."""
    groups = json.loads(TAXONOMY.read_text())["groups"]
    return TypeAdapter(tuple[LabelGroup, ...]).validate_python(groups)


def find_label_group(words: str) -> LabelGroup | None:
    """The group of that id, title or synonym."""
    wanted = words.strip().lower()
    return next(
        (
            group
            for group in label_groups()
            if wanted in (group.id, group.title.lower(), *group.synonyms)
        ),
        None,
    )


def names_of(label: Label) -> set[str]:
    """All that a label is called, in lower case."""
    return {label.id, label.title.lower(), *(one.lower() for one in label.synonyms)}


async def find_label(session: AsyncSession, reference: str, field: str = "label") -> Label:
    """The label of that id, title or synonym.

    Raises:
        ChooseAnother: the taxonomy has none.
    """
    wanted = reference.strip().lower()
    labels = list(await session.scalars(select(Label).order_by(Label.id)))
    for label in labels:
        if wanted in names_of(label) or wanted.replace(" ", "_") == label.id:
            return label
    raise ChooseAnother(
        f"The taxonomy has no label '{reference}'.",
        nearest(wanted, [label.id for label in labels]),
        field=field,
    )


async def with_descendants(session: AsyncSession, label: Label) -> set[str]:
    """The label's id, and those of all labels below it."""
    below: dict[str, list[str]] = {}
    for row in await session.execute(select(Label.id, Label.parent_id)):
        if row.parent_id is not None:
            below.setdefault(row.parent_id, []).append(row.id)
    found, frontier = {label.id}, [label.id]
    while frontier:
        frontier = [one for up in frontier for one in below.get(up, ()) if one not in found]
        found |= set(frontier)
    return found
