"""Values of a table or column as they stand in the source now, for operations that look at them.

They are handed to detectors and forgotten; nothing of them is stored or returned unmasked.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from tools.catalog.assets import find_asset
from tools.catalog.tables import RELATIONS, Asset
from tools.context import Context
from tools.data_sources.sources import connection_of, find_source, with_connector
from tools.errors import CorrectInput
from tools.scan_rule_sets.detectors import Column


@dataclass(frozen=True)
class Sampled:
    """A column of the catalog with the values sampled of it."""

    asset: Asset
    column: Column


async def sample_asset(ctx: Context, reference: str, size: int) -> list[Sampled]:
    """Up to `size` values of each column of a table or view, or of the one column.

    Raises:
        CorrectInput: the asset holds no values, or has no columns that can be sampled.
        MendSource: the source can't be read.
    """
    found = await find_asset(ctx.session, reference)
    parent = found
    if found.kind == "column":
        parent = await ctx.session.get_one(Asset, found.parent_id)
    if parent.kind not in RELATIONS:
        raise CorrectInput(
            f"'{found.qualified_name}' is a {found.kind}; it holds no values.",
            "Name a table, a view or a column.",
            field="asset",
        )
    wanted = select(Asset).where(Asset.kind == "column", Asset.parent_id == parent.id)
    if found.kind == "column":
        wanted = wanted.where(Asset.id == found.id)
    columns = [
        column
        for column in await ctx.session.scalars(wanted.order_by(Asset.position))
        if column.coarse_type != "binary"
    ]
    if not columns:
        raise CorrectInput(
            f"'{found.qualified_name}' has no columns that can be sampled.",
            "Binary values aren't sampled; name another table or column.",
            field="asset",
        )
    source = await find_source(ctx.session, parent.source_id)
    connection = connection_of(source, ctx.services.secret_box)
    schema, table = parent.schema_name, parent.name
    names = [column.name for column in columns]
    values = await ctx.outside(
        ("sample", source.kind, source.location, schema, table, tuple(names), size),
        with_connector(
            connection,
            lambda connector, _progress: connector.sample(schema, table, names, size),
        ),
    )
    return [
        Sampled(
            column,
            Column(
                name=column.name,
                table=table,
                data_type=column.coarse_type or "text",
                values=values.get(column.name, []),
            ),
        )
        for column in columns
    ]
