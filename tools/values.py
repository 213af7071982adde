"""What operations take and return in common: pages with honest totals, citations, rows of data."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, SecretStr
from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.errors import CorrectInput

Item = TypeVar("Item", bound=BaseModel)
Row = TypeVar("Row")

Limit = Annotated[int, Field(ge=1, le=500, description="How many to return at the most, 1 to 500")]
Cursor = Annotated[
    str | None, Field(max_length=200, description="The next_cursor of the previous page")
]
SourceRef = Annotated[str, Field(max_length=200, description="A source's name or id, such as crm")]
AssetRef = Annotated[
    str,
    Field(
        max_length=500,
        description="An asset's id or name, such as pagila.customer or customer.email",
    ),
]
UserRef = Annotated[str, Field(max_length=200, description="A person's name, e-mail address or id")]


class Result(BaseModel):
    """The base of what operations return."""

    model_config = ConfigDict(from_attributes=True)


class Citation(Result):
    """Where a statement comes from, and where to read it in full."""

    id: str
    kind: str
    title: str
    url: str
    snippet: str = ""


class Cited(Result):
    """A record that an answer can cite."""

    def citation(self) -> Citation:
        """The citation of this record."""
        raise NotImplementedError


class Page(Result, Generic[Item]):
    """A list that never claims to be all when it isn't."""

    items: list[Item]
    total: int
    returned: int
    truncated: bool
    next_cursor: str | None = None


class RowColumn(Result):
    """A column of `Rows`; the kernel decides by `asset_id` whether its values are masked.

    `looks_like`: the confidential label that a column's name and values suggest that no scan and
    nobody has judged yet; its values are masked like those of a classified one.
    """

    name: str
    asset_id: str
    masked: bool = False
    looks_like: str | None = None


class Rows(Result):
    """Values out of a source. The kernel masks classified columns before anyone gets them."""

    columns: list[RowColumn]
    rows: list[list[Any]]
    total: int | None
    returned: int
    truncated: bool


def offset_of(cursor: str | None) -> int:
    """The offset that a cursor stands for.

    Raises:
        CorrectInput: the cursor isn't one of ours.
    """
    if cursor is None:
        return 0
    try:
        digits = base64.urlsafe_b64decode(cursor.encode()).decode()
    except (ValueError, binascii.Error):
        digits = ""
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 15):
        raise CorrectInput(
            "The cursor is not one that this service gave.",
            "Pass the previous page's next_cursor unchanged, or leave it out to start over.",
            field="cursor",
        )
    return int(digits)


def cursor_at(offset: int) -> str:
    """The cursor that stands for an offset."""
    return base64.urlsafe_b64encode(str(offset).encode()).decode()


def page(items: Sequence[Item], total: int, cursor: str | None) -> Page[Item]:
    """A page of `total` that starts at `cursor`."""
    end = offset_of(cursor) + len(items)
    more = end < total
    return Page(
        items=list(items),
        total=total,
        returned=len(items),
        truncated=more,
        next_cursor=cursor_at(end) if more else None,
    )


async def paged(
    session: AsyncSession, query: Select[Row], limit: int, cursor: str | None
) -> tuple[list[Row], int]:
    """One page of a query's rows, and how many there are in all."""
    offset = offset_of(cursor)
    rows = list((await session.scalars(query.limit(limit).offset(offset))).all())
    if 0 < len(rows) < limit or (not rows and offset == 0):
        return rows, offset + len(rows)
    counted = select(func.count()).select_from(query.order_by(None).subquery())
    total = (await session.execute(counted)).scalar_one()
    return rows, total


def revealed(value: BaseModel) -> dict[str, Any]:
    """A result as JSON for who asked: a secret that is shown once is in it, and nowhere else."""
    content = value.model_dump(mode="json")
    for name in type(value).model_fields:
        secret = getattr(value, name)
        if isinstance(secret, SecretStr):
            content[name] = secret.get_secret_value()
    return content
