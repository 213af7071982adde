"""Profiles: what a table's columns hold, in numbers, computed by its source in one query.

Least and greatest are taken of numbers and dates only, of texts their lengths; and of columns
whose values are hidden nothing is taken but counts. Quantiles, histograms and patterns come from a
sample, which of a table of 5,000 rows or less is all of them. Of more than a million rows the
different values are estimated where the source can do so; the profile says it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from math import isfinite
from typing import Annotated, Any, NamedTuple

from pydantic import Field
from sqlalchemy import ColumnElement, func, select

from tools.catalog import measures as m
from tools.catalog.assets import find_asset
from tools.catalog.shapes import distinct_of, shape_of
from tools.catalog.tables import RELATIONS, Asset, AssetProfile
from tools.catalog.types import ColumnProfile, Profile
from tools.context import Context, Progress
from tools.data_sources.connectors import Connector
from tools.data_sources.sources import connection_of, find_source, with_connector
from tools.database import new_id, now
from tools.errors import CorrectInput, LookAgain
from tools.masking import sensitive_columns
from tools.operation import Effect, operation
from tools.values import AssetRef

AT_ONCE = 200  # columns of one query; databases limit what it may return
SAMPLED = 5_000
LARGE = 1_000_000
TAKEN = (
    "least", "greatest", "shortest", "longest", "mean", "quantiles", "histogram", "patterns",
    "sampled",
)  # fmt: skip
"""What is taken of values, and never told where they are hidden."""


class _Column(NamedTuple):
    id: str
    name: str
    data_type: str | None
    coarse: str | None
    hidden: bool


@operation(
    "catalog.profile_asset",
    permission="catalog.write",
    effect=Effect.WRITE,
    target="asset",
    reaches=True,
    timeout=300,
    examples=(
        "Profile crm.customers",
        "Count nulls and distinct values in payment",
        "Make a new profile of film",
    ),
)
async def profile_asset(
    ctx: Context,
    asset: AssetRef,
    quantiles: Annotated[
        bool, Field(description="Also quantiles, histograms and patterns, out of a sample")
    ] = True,
) -> Profile:
    """Profile a table or view: rows; nulls, distinct values, extremes and shape of each column."""
    table = await find_asset(ctx.session, asset)
    if table.kind not in RELATIONS:
        raise CorrectInput(
            f"'{table.qualified_name}' is a {table.kind}.", "Name a table or view.", field="asset"
        )
    rows = list(
        await ctx.session.scalars(
            select(Asset).where(Asset.parent_id == table.id).order_by(Asset.position)
        )
    )
    hidden = await sensitive_columns(ctx.session, [row.id for row in rows])
    columns = [
        _Column(row.id, row.name, row.data_type, row.coarse_type, row.id in hidden) for row in rows
    ]
    source = await find_source(ctx.session, table.source_id)
    counted = table.row_count or 0
    large = counted if counted > LARGE and source.kind in m.ESTIMATES else None
    work = _measured(
        source.kind, table.schema_name, table.name, columns, large=large, shapes=quantiles
    )
    answers = await ctx.outside(
        ("profile", source.kind, source.location, table.id, tuple(columns), large, quantiles),
        with_connector(connection_of(source, ctx.services.secret_box), work),
    )
    profile = AssetProfile(
        id=new_id("prf"),
        asset_id=table.id,
        asset=table.qualified_name,
        rows=answers[m.ROWS],
        columns=[_facts(column, answers) for column in columns],
        profiled_by=ctx.entitlements.user_name,
        at=now(),
        source_id=table.source_id,
    )
    ctx.session.add(profile)
    await ctx.session.flush()
    return await _shown(ctx, table, profile, hidden)


@operation(
    "catalog.get_profile",
    permission="catalog.read",
    target="asset",
    examples=(
        "Show the profile of crm.customers",
        "How many nulls has customer.email?",
        "How many distinct values has film.rating?",
    ),
)
async def get_profile(ctx: Context, asset: AssetRef) -> Profile:
    """Show the latest profile of a table or view, or of one column."""
    found = await find_asset(ctx.session, asset)
    table = await ctx.session.get(Asset, found.parent_id) if found.parent_id else found
    assert table is not None
    latest = await ctx.session.scalar(
        select(AssetProfile)
        .where(AssetProfile.asset_id == table.id)
        .order_by(AssetProfile.at.desc())
        .limit(1)
    )
    if latest is None:
        raise LookAgain(
            f"{table.qualified_name} has no profile yet.",
            "catalog.profile_asset makes one.",
            field="asset",
            code="not_profiled",
        )
    hidden = await sensitive_columns(
        ctx.session, [column["column_id"] for column in latest.columns]
    )
    profile = await _shown(ctx, table, latest, hidden)
    if found is not table:
        profile.columns = [one for one in profile.columns if one.column_id == found.id]
    return profile


def _measured(
    source_kind: str,
    schema: str | None,
    table: str,
    columns: Sequence[_Column],
    *,
    large: int | None,
    shapes: bool,
) -> Callable[[Connector, Progress], dict[str, Any]]:
    # DuckDB's sketch counts few values as well as many; hashes count only many
    few = large is not None and source_kind == "postgresql"

    def work(connector: Connector, _progress: Progress) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        sampled = [one.name for one in columns if few or (shapes and one.coarse and not one.hidden)]
        sample = connector.sample(schema, table, sampled, SAMPLED) if sampled else {}
        known = {one.id: distinct_of(sample[one.name]) for one in columns} if few else {}
        for start in range(0, max(len(columns), 1), AT_ONCE):
            part = columns[start : start + AT_ONCE]
            wanted: dict[str, ColumnElement[Any]] = {m.ROWS: m.rows()}
            for column in part:
                counted = known.get(column.id) is None
                wanted |= _asked(column, source_kind, large=large, counted=counted)
            answers |= connector.measure(schema, table, [one.name for one in part], wanted)
        for column in columns:
            if (count := known.get(column.id)) is not None:
                answers[f"distinct {column.id}"] = count
            elif large and column.coarse in m.COUNTABLE:
                answer = answers[f"distinct {column.id}"]
                answers[f"distinct {column.id}"] = m.distinct_of_answer(answer, large)
            if shapes and not column.hidden and column.name in sample:
                answers[f"shape {column.id}"] = shape_of(sample[column.name], column.coarse)
            answers[f"estimated {column.id}"] = bool(large) and column.coarse in m.COUNTABLE
        return answers

    return work


def _asked(
    column: _Column, source_kind: str, *, large: int | None, counted: bool
) -> dict[str, ColumnElement[Any]]:
    of = m.named(column.name)
    wanted = {f"nulls {column.id}": m.nulls(of)}
    if column.coarse not in m.COUNTABLE:
        return wanted
    text = m.as_text(of)  # JSON, for one, can't be compared as it is
    value = text if column.coarse == "text" else of
    if counted:
        wanted[f"distinct {column.id}"] = (
            m.about_distinct(value, source_kind, column.data_type, large)
            if large
            else m.distinct_values(value)
        )
    if column.hidden or column.coarse == "boolean":
        return wanted
    if column.coarse == "text":
        length = func.length(text)
        wanted[f"shortest {column.id}"] = func.min(length)
        wanted[f"longest {column.id}"] = func.max(length)
        return wanted
    least: ColumnElement[Any] = func.min(of)
    greatest: ColumnElement[Any] = func.max(of)
    if column.coarse in m.TEMPORAL:
        least, greatest = m.earliest(of, source_kind), m.latest(of, source_kind)
    return wanted | {f"least {column.id}": least, f"greatest {column.id}": greatest}


def _facts(column: _Column, answers: Mapping[str, Any]) -> dict[str, Any]:
    """A column's part of the stored profile."""
    facts: dict[str, Any] = {
        "column_id": column.id,
        "name": column.name,
        "data_type": column.data_type,
    }
    for what in ("nulls", "distinct", "shortest", "longest"):
        facts[what] = answers.get(f"{what} {column.id}")
    facts["distinct_estimated"] = answers[f"estimated {column.id}"]
    facts |= answers.get(f"shape {column.id}", {})
    for what in ("least", "greatest"):
        facts[what] = _plain(answers.get(f"{what} {column.id}"), column)
    return facts


def _plain(value: object, column: _Column) -> int | float | str | None:
    """A number or a moment as JSON has it; SQLite can hold texts among numbers: they're no one's.

    A date is a moment at midnight to the source, and a date again here.
    """
    if column.coarse in m.TEMPORAL:
        at = m.as_moment(value)
        if at is None:
            return None
        return at.date().isoformat() if column.coarse == "date" else at.isoformat()
    if not isinstance(value, int | float | Decimal) or not isfinite(value):
        return None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


async def _shown(
    ctx: Context, table: Asset, profile: AssetProfile, hidden: Collection[str]
) -> Profile:
    """The profile as people see it: what has been classified since is masked, too."""
    columns = []
    for facts in profile.columns:
        masked = facts["column_id"] in hidden
        share = facts["nulls"] / profile.rows if profile.rows else 0.0
        columns.append(
            ColumnProfile.model_validate(
                facts
                | (dict.fromkeys(TAKEN) if masked else {})
                | {"null_share": round(share, 6), "masked": masked}
            )
        )
    of_it = AssetProfile.asset_id == table.id
    count = await ctx.session.scalar(select(func.count()).where(of_it))
    return Profile(
        asset_id=table.id,
        asset=table.qualified_name,
        kind=table.kind,
        rows=profile.rows,
        at=profile.at,
        profiled_by=profile.profiled_by,
        columns=columns,
        profiles=count or 0,
    )
