"""Lineage out of query text: what each statement reads and writes, and its edges in the catalog.

The text itself is never stored: it can hold values. An edge keeps the script's name and the line.
"""

from __future__ import annotations

import asyncio
from typing import Annotated

from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.edges import Edges
from tools.catalog.lineage_types import (
    LineageIngestion,
    LineageProblem,
    SqlColumnFlow,
    SqlLineageReading,
    SqlStatement,
    UnknownDataset,
)
from tools.catalog.naming import NamedTables
from tools.catalog.sql_columns import STAR
from tools.catalog.sql_script import Script, dialect_of, read_script
from tools.catalog.types import LineageLink
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.data_sources.tables import Source
from tools.errors import CorrectInput
from tools.operation import operation
from tools.values import SourceRef

MOST_TEXT = 400_000
SHOWN = 200
KIND = "query"
DIALECTS = {"files": "duckdb", "postgresql": "postgres"}
Sql = Annotated[
    str,
    Field(
        min_length=1,
        max_length=MOST_TEXT,
        description="SQL text, one or many statements",
        json_schema_extra={"x-secret": True},  # it can hold values
    ),
]
Dialect = Annotated[
    str | None,
    Field(
        max_length=40,
        description="The SQL's dialect, such as snowflake or tsql; without it the source's own",
    ),
]


@operation(
    "catalog.read_sql_lineage",
    permission="catalog.read",
    path="POST /read-sql-lineage",
    examples=(
        "Which tables does this SQL read and write: INSERT INTO daily SELECT day FROM visits",
        "Where do the columns of this query come from? SELECT email AS contact FROM customers",
    ),
)
async def read_sql_lineage(
    ctx: Context,
    sql: Sql,
    dialect: Dialect = None,
    source: Annotated[SourceRef | None, Field(description="Whose tables the SQL names")] = None,
) -> SqlLineageReading:
    """Say what SQL statements read and write, down to columns; nothing is recorded.

    Names are as they are in the SQL; those of catalogued tables expand `*`.
    """
    home = await find_source(ctx.session, source) if source else None
    tables = NamedTables(ctx.session, home)
    await tables.load(sql)
    script = await read(sql, _dialect(dialect, home), tables)
    columns = [
        SqlColumnFlow(
            line=one.line,
            source_table=flow.source_table,
            source_column=flow.source_column,
            target_table=flow.target_table or None,
            target_column=flow.target_column,
        )
        for one in script.statements
        for flow in one.columns
    ]
    return SqlLineageReading(
        statements=script.count,
        items=[
            SqlStatement(line=one.line, writes=one.target, reads=list(one.reads))
            for one in script.statements
        ],
        columns=columns[: SHOWN * 5],
        columns_total=len(columns),
        truncated=len(columns) > SHOWN * 5,
        problems=[LineageProblem(line=one.line, reason=one.reason) for one in script.problems],
    )


async def read(sql: str, dialect: str, tables: NamedTables) -> Script:
    """The script's lineage, read beside the event loop."""
    return await asyncio.to_thread(read_script, sql, dialect, tables.schema())


async def take_in_sql(
    session: AsyncSession, sql: str, dialect: str | None, home: Source | None, name: str | None
) -> LineageIngestion:
    """Record the edges of a script's statements between tables that are catalogued."""
    tables = NamedTables(session, home)
    await tables.load(sql)
    script = await read(sql, _dialect(dialect, home), tables)
    problems = [LineageProblem(line=one.line, reason=one.reason) for one in script.problems]
    edges, unknown = Edges(KIND), dict[tuple[str, str | None], None]()
    for one in script.statements:
        for read_name in one.reads:
            if await tables.find(read_name) is None:
                unknown[read_name, None] = None
        if one.target is None:
            continue
        target = await tables.find(one.target)
        if target is None:
            unknown[one.target, None] = None
            continue
        if home is not None and target.source_id != home.id:
            told = f"It writes {target.qualified_name}, which is not of the source {home.name}."
            problems.append(LineageProblem(line=one.line, reason=told))
            continue
        evidence = f"{name or 'SQL'}, line {one.line}"
        for read_name in one.reads:
            if upstream := await tables.find(read_name):
                edges.say(upstream, target, evidence)
        for flow in one.columns:
            upstream = await tables.find(flow.source_table)
            if upstream is None or STAR in (flow.source_column, flow.target_column):
                continue
            above = tables.column(upstream, flow.source_column)
            below = tables.column(target, flow.target_column)
            if above and below:
                edges.say(above, below, evidence)
            else:
                missing = (flow.source_table, flow.source_column)
                unknown[missing if above is None else (one.target, flow.target_column)] = None
    added = await edges.write(session)
    return ingestion(
        "sql", script.count, edges, added, problems, unknown, home, unread=script.unread
    )


def ingestion(
    form: str,
    received: int,
    edges: Edges,
    added: int,
    problems: list[LineageProblem],
    unknown: dict[tuple[str, str | None], None],
    home: Source | None,
    *,
    removed: int = 0,
    unread: int = 0,
) -> LineageIngestion:
    """What came of it, told in full numbers."""
    links = [
        LineageLink(
            upstream=upstream.qualified_name, downstream=downstream.qualified_name, kind=edges.kind
        )
        for upstream, downstream, _ in edges.said.values()
    ]
    return LineageIngestion(
        form=form,
        received=received,
        ingested=received - unread,
        repeated=0,
        rejected=[],
        pipelines=[],
        edges_added=added,
        edges_removed=removed,
        edges=links[:SHOWN],
        edges_total=len(links),
        problems=problems[:SHOWN],
        problems_total=len(problems),
        unknown=[
            UnknownDataset(namespace=home.name if home else "", name=name, column=column)
            for name, column in list(unknown)[:SHOWN]
        ],
        unknown_total=len(unknown),
    )


def _dialect(given: str | None, home: Source | None) -> str:
    if given is None:
        return dialect_of(DIALECTS.get(home.kind, home.kind)) or "" if home else ""
    known = dialect_of(given)
    if known is None:
        raise CorrectInput(
            f"'{given}' is no dialect of SQL that is known.",
            "Known are for example: postgres, mysql, tsql, snowflake, bigquery, spark, hive, "
            "oracle, redshift, duckdb, sqlite, databricks, athena, trino and ansi.",
            field="dialect",
        )
    return known
