"""Quality checks: what has to hold of a table, measured by its source in one query, with history.

Results say how many rows fail, never which values they have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog import measures as m
from tools.catalog.assets import find_asset
from tools.catalog.checks import OF_COLUMNS, Check, Judgement, Kind, asked, judge
from tools.catalog.parameters import name_of, parameters_of
from tools.catalog.standing import failing_since, points, standing, trend_of, with_latest
from tools.catalog.tables import RELATIONS, Asset, QualityCheck, QualityResult
from tools.catalog.types import (
    CheckResult,
    CheckStanding,
    ListedCheck,
    Quality,
    QualityCheckSummary,
    QualityOutcome,
    QualityRun,
)
from tools.changes import fingerprint
from tools.context import Context, Progress
from tools.data_sources.connectors import Connector, ConnectorError
from tools.data_sources.sources import connection_of, find_source, with_connector
from tools.database import new_id, now
from tools.errors import CorrectInput, LookAgain
from tools.masking import sensitive_columns
from tools.operation import Effect, operation
from tools.values import AssetRef, Cursor, Limit, Page, SourceRef, page, paged

MOST_CHECKS = 100
SHOWN_RESULTS = 10
Bound = float | Annotated[str, Field(max_length=40)] | None
Answers = dict[str, Mapping[str, Any] | str]


@operation(
    "catalog.define_quality_check",
    permission="catalog.write",
    effect=Effect.WRITE,
    target="asset",
    examples=(
        "Check that customer.email is never null",
        "Add a quality check that payment.amount lies between 0 and 100",
        "film.rating may only be G, PG or R",
        "rental.rental_date must be fresh within 24 hours",
    ),
)
async def define_quality_check(
    ctx: Context,
    asset: AssetRef,
    kind: Annotated[
        Kind,
        Field(
            description="not_null, unique, accepted_values, range and freshness are of a column; "
            "row_count is of a table"
        ),
    ],
    values: Annotated[
        list[int | float | str] | None,
        Field(max_length=200, description="accepted_values: these and no others"),
    ] = None,
    minimum: Annotated[
        Bound, Field(description="range: a number or a date; row_count: a number")
    ] = None,
    maximum: Annotated[
        Bound, Field(description="range: a number or a date; row_count: a number")
    ] = None,
    hours: Annotated[
        float | None, Field(gt=0, le=87_600, description="freshness: how old the newest row may be")
    ] = None,
    name: Annotated[
        str | None, Field(min_length=1, max_length=200, description="How the check is called")
    ] = None,
) -> QualityCheckSummary:
    """Define what has to hold of a table or column; `run_quality_checks` measures it."""
    found = await find_asset(ctx.session, asset)
    table, column = await _table_of(ctx.session, found)
    given = {"values": values, "minimum": minimum, "maximum": maximum, "hours": hours}
    parameters = parameters_of(kind, column, table, given)
    if kind not in OF_COLUMNS:
        column = None
    known = list(
        await ctx.session.scalars(select(QualityCheck).where(QualityCheck.asset_id == table.id))
    )
    called = name or name_of(kind, column, {check.name for check in known})
    if called in {check.name for check in known}:
        raise LookAgain(
            f"{table.qualified_name} has a check '{called}' already.",
            "Give the new one another name.",
            field="name",
        )
    if len(known) >= MOST_CHECKS:
        raise LookAgain(
            f"{table.qualified_name} has {len(known)} checks; that is the most there can be.",
            "Undo the definition of one that is needed no longer.",
        )
    check = QualityCheck(
        id=new_id("qch"),
        asset_id=table.id,
        column_id=column.id if column else None,
        kind=kind,
        name=called,
        parameters=parameters,
        created_by=ctx.entitlements.user_name,
        source_id=table.source_id,
    )
    ctx.session.add(check)
    await ctx.session.flush()
    hidden = await sensitive_columns(ctx.session, [column.id] if column else [])
    return _summary(check, table, {column.id: column} if column else {}, hidden)


@operation(
    "catalog.run_quality_checks",
    permission="catalog.write",
    effect=Effect.WRITE,
    target="asset",
    reaches=True,
    timeout=300,
    examples=(
        "Run the quality checks of crm.customers",
        "Check the quality of payment now",
    ),
)
async def run_quality_checks(ctx: Context, asset: AssetRef) -> QualityRun:
    """Measure the quality checks of a table, or of one column, and record the results."""
    found = await find_asset(ctx.session, asset)
    table, column = await _table_of(ctx.session, found)
    defined = [
        row for row, _ in await standing(ctx.session, table.id, column.id if column else None)
    ]
    columns = await _columns(ctx.session, defined)
    hidden = await sensitive_columns(ctx.session, list(columns))
    checks = [_check(row, columns, hidden) for row in defined]
    answers: Answers = {}
    if checks:
        source = await find_source(ctx.session, table.source_id)
        asks = fingerprint([[one.id, one.kind, one.column, dict(one.parameters)] for one in checks])
        work = _measured(source.kind, table.schema_name, table.name, checks)
        answers = await ctx.outside(
            ("quality", source.kind, source.location, table.id, asks),
            with_connector(connection_of(source, ctx.services.secret_box), work),
        )
    moment = now()
    results = []
    for check, row in zip(checks, defined, strict=True):
        answer = answers[check.id]
        judged = (
            Judgement("error", answer) if isinstance(answer, str) else judge(check, answer, moment)
        )
        result = QualityResult(
            id=new_id("qre"),
            asset=table.qualified_name,
            check_id=row.id,
            status=judged.status,
            rows=judged.rows,
            failed_rows=judged.failed_rows,
            detail=judged.detail,
            at=moment,
            source_id=table.source_id,
        )
        ctx.session.add(result)
        outcome = _outcome(result)
        results.append(
            CheckResult(
                **outcome.model_dump(),
                check_id=row.id,
                name=row.name,
                kind=row.kind,
                column=check.column,
            )
        )
    counts = Counter(result.status for result in results)
    return QualityRun(
        asset_id=table.id,
        asset=table.qualified_name,
        ok=0 < counts["passed"] == len(results),
        checks=len(results),
        passed=counts["passed"],
        failed=counts["failed"],
        errors=counts["error"],
        results=results,
        note=None if results else _none_of(found),
    )


@operation(
    "catalog.list_quality_checks",
    permission="catalog.read",
    examples=(
        "Which quality checks are failing?",
        "Which data quality rules failed in the last 24 hours?",
        "List the quality checks of crm",
        "Which quality checks were never run?",
    ),
)
async def list_quality_checks(
    ctx: Context,
    source: Annotated[SourceRef | None, Field(description="Only of this source")] = None,
    status: Annotated[
        Literal["passed", "failed", "error", "never run"] | None,
        Field(description="How they came out last"),
    ] = None,
    since: Annotated[datetime | None, Field(description="Only what was measured since")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[ListedCheck]:
    """List the quality checks of all tables, what fails first, each with its latest result."""
    query = with_latest(select(QualityCheck)).join(Asset, Asset.id == QualityCheck.asset_id)
    if source is not None:
        query = query.where(Asset.source_id == (await find_source(ctx.session, source)).id)
    if status is not None:
        none = status == "never run"
        query = query.where(QualityResult.status == (None if none else status))
    if since is not None:
        query = query.where(QualityResult.at >= since)
    worst = case({"failed": 0, "error": 1, "passed": 3}, value=QualityResult.status, else_=2)
    ordered = query.order_by(worst, Asset.qualified_name, QualityCheck.name, QualityCheck.id)
    checks, total = await paged(ctx.session, ordered, limit, cursor)
    rows = await ctx.session.execute(
        with_latest(select(QualityCheck, QualityResult, Asset))
        .join(Asset, Asset.id == QualityCheck.asset_id)
        .where(QualityCheck.id.in_([one.id for one in checks]))
    )
    beside = {check.id: (latest, table) for check, latest, table in rows}
    columns = await _columns(ctx.session, checks)
    hidden = await sensitive_columns(ctx.session, list(columns))
    items = []
    for check in checks:
        latest, table = beside[check.id]
        outcome = _outcome(latest) if latest else None
        items.append(
            ListedCheck(
                **_summary(check, table, columns, hidden).model_dump(),
                asset_id=table.id,
                status=outcome.status if outcome else "never run",
                latest=outcome,
            )
        )
    return page(items, total, cursor)


@operation(
    "catalog.get_quality",
    permission="catalog.read",
    target="asset",
    examples=(
        "How good is the data in crm.customers?",
        "Which quality checks has payment?",
        "Show the quality of film",
    ),
)
async def get_quality(ctx: Context, asset: AssetRef) -> Quality:
    """Show the quality checks of a table or column, how they stand and how they stood before."""
    found = await find_asset(ctx.session, asset)
    table, column = await _table_of(ctx.session, found)
    stand = await standing(ctx.session, table.id, column.id if column else None)
    columns = await _columns(ctx.session, [check for check, _ in stand])
    hidden = await sensitive_columns(ctx.session, list(columns))
    items = []
    for check, latest in stand:
        of_it = QualityResult.check_id == check.id
        past = await ctx.session.scalars(
            select(QualityResult)
            .where(of_it)
            .order_by(QualityResult.at.desc())
            .limit(SHOWN_RESULTS)
        )
        runs = await ctx.session.scalar(select(func.count()).where(of_it))
        summary = _summary(check, table, columns, hidden)
        items.append(
            CheckStanding(
                **summary.model_dump(),
                status=_outcome(latest).status if latest else "never run",
                history=(history := [_outcome(one) for one in past]),
                runs=runs or 0,
                trend=trend_of(history),
                failing_since=await failing_since(ctx.session, check.id),
            )
        )
    counts = Counter(item.status for item in items)
    return Quality(
        asset_id=found.id,
        asset=found.qualified_name,
        kind=found.kind,
        checks=len(items),
        passed=counts["passed"],
        failed=counts["failed"],
        errors=counts["error"],
        never_run=counts["never run"],
        items=items,
        trend=await points(ctx.session, [check.id for check, _ in stand]),
    )


def _measured(
    source_kind: str, schema: str | None, table: str, checks: Sequence[Check]
) -> Callable[[Connector, Progress], Answers]:
    """One query for all checks; where it fails, one for each, so that the others are measured."""

    def ask(connector: Connector, some: Sequence[Check]) -> Mapping[str, Any]:
        wanted = {m.ROWS: m.rows()}
        for check in some:
            wanted |= asked(check, source_kind)
        columns = sorted({check.column for check in some if check.column})
        return connector.measure(schema, table, columns, wanted)

    def work(connector: Connector, _progress: Progress) -> Answers:
        try:
            whole = ask(connector, checks)
            return {check.id: whole for check in checks}
        except ConnectorError as error:
            if error.code not in ("no_such_column", "source_failed"):
                raise
        answers: Answers = {}
        for check in checks:
            try:
                answers[check.id] = ask(connector, [check])
            except ConnectorError as error:
                answers[check.id] = f"{error.detail} {error.remedy}"
        return answers

    return work


async def _table_of(session: AsyncSession, asset: Asset) -> tuple[Asset, Asset | None]:
    """The table that is meant, and the column if one is."""
    if asset.kind in RELATIONS:
        return asset, None
    if asset.parent_id is None:
        raise CorrectInput(
            f"'{asset.qualified_name}' is a {asset.kind}.", "Name a table or column.", field="asset"
        )
    return await session.get_one(Asset, asset.parent_id), asset


async def _columns(session: AsyncSession, checks: Sequence[QualityCheck]) -> dict[str, Asset]:
    ids = {check.column_id for check in checks if check.column_id}
    return {row.id: row for row in await session.scalars(select(Asset).where(Asset.id.in_(ids)))}


def _none_of(asset: Asset) -> str:
    return (
        f"{asset.qualified_name} has no quality checks, so nothing was measured. "
        "catalog.define_quality_check defines one."
    )


def _check(row: QualityCheck, columns: Mapping[str, Asset], hidden: Mapping[str, str]) -> Check:
    column = columns.get(row.column_id or "")
    return Check(
        id=row.id,
        kind=row.kind,
        column=column.name if column else None,
        coarse=column.coarse_type if column else None,
        parameters=row.parameters,
        hidden=row.column_id in hidden,
    )


def _summary(
    check: QualityCheck, table: Asset, columns: Mapping[str, Asset], hidden: Mapping[str, str]
) -> QualityCheckSummary:
    column = columns.get(check.column_id or "")
    parameters = dict(check.parameters)
    if check.column_id in hidden and check.kind in ("accepted_values", "range"):
        parameters = dict.fromkeys(parameters, "•••")
    return QualityCheckSummary(
        id=check.id,
        name=check.name,
        kind=check.kind,
        asset=table.qualified_name,
        column=column.name if column else None,
        parameters=parameters,
        created_by=check.created_by,
        created_at=check.created_at,
    )


def _outcome(result: QualityResult) -> QualityOutcome:
    share = None
    if result.failed_rows is not None and result.rows is not None:
        share = round(result.failed_rows / result.rows, 6) if result.rows else 0.0
    facts = {name: getattr(result, name) for name in ("at", "status", "rows", "failed_rows")}
    return QualityOutcome.model_validate(facts | {"failed_share": share, "detail": result.detail})
