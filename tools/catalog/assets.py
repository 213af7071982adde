"""Looking up assets by what people call them."""

from __future__ import annotations

import re

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.tables import Asset
from tools.errors import BeMoreExact, ChooseAnother, nearest


def search_name(qualified_name: str) -> str:
    """A name as it is compared: lower case, quotes dropped."""
    return re.sub(r"[\"'`\[\]]", "", qualified_name).strip().lower()


async def find_asset(session: AsyncSession, reference: str, field: str = "asset") -> Asset:
    """The asset of that id or name; a name may leave out its source, schema or table.

    Raises:
        ChooseAnother: there is none that the session may see.
        BeMoreExact: the name fits several; they are named.
    """
    by_id = await session.scalar(select(Asset).where(Asset.id == reference))
    if by_id is not None:
        return by_id
    wanted = search_name(reference)
    last = wanted.rsplit(".", 1)[-1]
    escaped = re.sub(r"([%_\\])", r"\\\1", wanted)
    candidates = list(
        await session.scalars(
            select(Asset)
            .where(
                or_(
                    Asset.search_name == wanted,
                    Asset.search_name.like(f"%.{escaped}", escape="\\"),
                    # source.dashboards:name
                    Asset.search_name.like(f"%:{escaped}", escape="\\"),
                    # source.table, where the asset's own name has a schema between the two
                    Asset.search_name.like(
                        f"{escaped.replace('.', '.%.', 1)}" if "." in wanted else "", escape="\\"
                    ),
                )
            )
            .order_by(Asset.qualified_name)
            .limit(50)
        )
    )
    exact = [asset for asset in candidates if asset.search_name == wanted]
    tables = [asset for asset in candidates if asset.kind != "column"]
    for choice in (exact, tables if len(tables) == 1 else [], candidates):
        if len(choice) == 1:
            return choice[0]
    if candidates:
        names = [asset.qualified_name for asset in (tables or candidates)]
        raise BeMoreExact(
            f"'{reference}' fits {len(names)} assets: {', '.join(names[:8])}"
            f"{', …' if len(names) > 8 else ''}.",
            "Name it with its source, such as " + names[0] + ".",
            field=field,
        )
    similar = list(
        await session.scalars(
            select(Asset.qualified_name).where(Asset.search_name.like(f"%{last[:4]}%")).limit(200)
        )
    )
    raise ChooseAnother(
        f"There is no asset '{reference}'.",
        nearest(reference, similar) if similar else "catalog.search_assets finds assets by words.",
        field=field,
    )
