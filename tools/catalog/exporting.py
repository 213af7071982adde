"""The catalog as a file: assets with what is known of them, as CSV, JSON or YAML."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Annotated, Any, Literal

import yaml
from pydantic import Field
from sqlalchemy import ColumnElement, select

from tools.catalog.belonging import find_domain, with_those_below
from tools.catalog.filters import AssetKind, State, has_tag, is_so
from tools.catalog.summaries import summaries
from tools.catalog.tables import Asset
from tools.catalog.types import AssetSummary
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.operation import operation
from tools.rbac.people import find_user
from tools.values import Cursor, Result, UserRef, page, paged

Format = Literal["csv", "json", "yaml"]
FORMULA = ("=", "+", "-", "@", "\t", "\r")
FIELDS = (
    "qualified_name",
    "kind",
    "data_type",
    "description",
    "comment",
    "owner",
    "domain",
    "tags",
    "labels",
    "status",
    "certification",
    "deprecated_at",
    "row_count",
)


class CatalogExport(Result):
    """Assets as the text of a file. `total`: how many there are; `returned`: in this file."""

    format: str
    content: str
    total: int
    returned: int
    truncated: bool
    next_cursor: str | None


@operation(
    "catalog.export_catalog",
    permission="catalog.read",
    examples=(
        "Export the catalog as CSV",
        "Export the catalog of crm as YAML",
        "Export the catalog with its columns as JSON",
    ),
)
async def export_catalog(
    ctx: Context,
    format: Annotated[Format, Field(description="csv, json or yaml")] = "csv",  # noqa: A002
    kind: Annotated[
        AssetKind | None, Field(description="Only this kind; else all but columns")
    ] = None,
    source: Annotated[str | None, Field(description="Only of this source")] = None,
    domain: Annotated[
        str | None, Field(max_length=100, description="Only of this business domain")
    ] = None,
    owner: Annotated[UserRef | None, Field(description="Only of this owner")] = None,
    tag: Annotated[str | None, Field(max_length=60, description="Only with this tag")] = None,
    state: State = None,
    columns: Annotated[bool, Field(description="With the columns of what is exported")] = False,
    limit: Annotated[
        int, Field(ge=1, le=5_000, description="How many assets at the most, 1 to 5,000")
    ] = 1_000,
    cursor: Cursor = None,
) -> CatalogExport:
    """Export assets with descriptions, owners, domains, tags and labels as CSV, JSON or YAML.

    What doesn't fit is said, and `next_cursor` goes on with it.
    """
    conditions: list[ColumnElement[bool]] = is_so(state)
    if kind:
        conditions.append(Asset.kind == kind)
    elif not columns:
        conditions.append(Asset.kind != "column")
    if source:
        conditions.append(Asset.source_id == (await find_source(ctx.session, source)).id)
    if domain:
        lies_in = await find_domain(ctx.session, domain)
        conditions.append(Asset.domain_id.in_(await with_those_below(ctx.session, lies_in.id)))
    if owner:
        conditions.append(Asset.owner == (await find_user(ctx.session, owner, "owner")).name)
    if tag:
        conditions.append(has_tag(tag))
    query = select(Asset).where(*conditions).order_by(Asset.qualified_name)
    rows, total = await paged(ctx.session, query, limit, cursor)
    listed = await summaries(ctx.session, rows)
    numbers = page(listed, total, cursor)
    return CatalogExport(
        format=format,
        content=_written(format, [_record(one) for one in listed]),
        total=total,
        returned=numbers.returned,
        truncated=numbers.truncated,
        next_cursor=numbers.next_cursor,
    )


def _record(one: AssetSummary) -> dict[str, Any]:
    values = one.model_dump(mode="json")
    return {name: values[name] for name in FIELDS}


def _written(form: Format, records: Sequence[dict[str, Any]]) -> str:
    if form == "json":
        return json.dumps(list(records), ensure_ascii=False, indent=1)
    if form == "yaml":
        return yaml.safe_dump(list(records), allow_unicode=True, sort_keys=False)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(FIELDS)
    writer.writerows([_cell(value) for value in record.values()] for record in records)
    return text.getvalue()


def _cell(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(value, list):
        value = "; ".join(value)
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value
