"""Descriptions drafted out of what the catalog knows: names, comments, keys, labels, what is fed.

Nothing is guessed beyond that, and each says that it is a draft: a person has to make it their own.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import select

from tools.catalog.assets import find_asset
from tools.catalog.detail import detail_of
from tools.catalog.tables import RELATIONS, Asset
from tools.catalog.types import AssetDetail
from tools.classifications.tables import Label
from tools.context import Context
from tools.errors import CorrectInput
from tools.operation import Effect, operation
from tools.values import AssetRef, Result

DRAFT = "Draft: "
HELD = "what is there stays; say that it is to be replaced, or say the new description"
NAMED = 6  # of what a sentence lists
_PARTS = re.compile(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]+|\d+")


class Draft(Result):
    """A description that was drafted, and of what."""

    asset: str
    description: str


class Drafts(Result):
    """What was drafted. `kept`: how many had a description, and keep it. `ahead`: why nothing."""

    asset: str
    drafted: list[Draft]
    kept: int
    ahead: str = ""


@operation(
    "catalog.draft_descriptions",
    permission="catalog.write",
    effect=Effect.WRITE,
    target="asset",
    examples=("Write a description for crm.customers", "Document all columns of crm.customers"),
)
async def draft_descriptions(
    ctx: Context,
    asset: AssetRef,
    parts: Annotated[
        Literal["itself", "columns", "both"],
        Field(description="Of a table: itself, its columns, or both"),
    ] = "itself",
    replace: Annotated[
        bool, Field(description="Also where there is a description already")
    ] = False,
) -> Drafts:
    """Describe an asset, or its columns, out of what is known of it: as drafts."""
    found = await find_asset(ctx.session, asset)
    if found.kind not in (*RELATIONS, "column"):
        raise CorrectInput(
            f"'{found.qualified_name}' is a {found.kind.replace('_', ' ')}; drafts are of tables, "
            "views and columns.",
            "Describe it yourself (catalog.describe_asset).",
            field="asset",
        )
    wanted = [found] if parts != "columns" or found.kind == "column" else []
    if parts != "itself" and found.kind != "column":
        of_it = select(Asset).where(Asset.parent_id == found.id).order_by(Asset.position)
        wanted += await ctx.session.scalars(of_it)
    titles = {one.id: one.title for one in await ctx.session.scalars(select(Label))}
    drafted: list[Draft] = []
    for one in wanted:
        if one.description and not replace:
            continue
        detail = await detail_of(ctx.session, one)
        text = _column(detail, titles) if one.kind == "column" else _table(detail, titles)
        one.description = f"{DRAFT}{text}"
        drafted.append(Draft(asset=one.qualified_name, description=one.description))
    kept = len(wanted) - len(drafted)
    return Drafts(
        asset=found.qualified_name, drafted=drafted, kept=kept, ahead=HELD if not drafted else ""
    )


def _table(detail: AssetDetail, titles: dict[str, str]) -> str:
    """What a table or view holds, is told apart by, and refers to."""
    said = [detail.comment.rstrip(". ") if detail.comment else _spoken(detail.name).capitalize()]
    if detail.primary_key and not detail.comment:
        said[0] += f", one row for each {_listed([_spoken(one) for one in detail.primary_key])}"
    others = [_spoken(one.name) for one in detail.columns if one.name not in detail.primary_key]
    if others:
        said.append(f"Holds {_listed(others)}")
    if labels := dict.fromkeys(label for one in detail.columns for label in one.labels):
        said.append(f"Labelled {_listed([titles.get(one, one) for one in labels])}")
    if detail.foreign_keys:
        refers = dict.fromkeys(one.refers_to.rpartition(".")[0] for one in detail.foreign_keys)
        said.append(f"Refers to {_listed(list(refers))}")
    return f"{'. '.join(said)}."


def _column(detail: AssetDetail, titles: dict[str, str]) -> str:
    """What a column holds: its words, its type, its labels, what it refers to."""
    table = detail.qualified_name.rsplit(".", 2)[-2]
    own = f"{_spoken(detail.name).capitalize()} of {_spoken(table)}"
    said = [detail.comment.rstrip(". ") if detail.comment else own]
    if detail.data_type:
        said[0] += f" ({detail.data_type})"
    if detail.key_position:
        said.append("Tells the rows apart")
    if detail.labels:
        said.append(f"Labelled {_listed([titles.get(one, one) for one in detail.labels])}")
    if detail.foreign_keys:
        said.append(f"Refers to {detail.foreign_keys[0].refers_to}")
    if detail.nullable is False and not detail.key_position:
        said.append("Never empty")
    return f"{'. '.join(said)}."


def _spoken(name: str) -> str:
    """A name in words: `birth_date`, `BirthDate` → birth date."""
    return " ".join(_PARTS.findall(name)).lower() or name


def _listed(names: list[str]) -> str:
    if len(names) > NAMED:
        names = [*names[: NAMED - 1], f"{len(names) - NAMED + 1} more"]
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
