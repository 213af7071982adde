"""Taking in lineage: OpenLineage events, a dbt manifest, or SQL text.

Of events a job becomes a pipeline, what it reads and writes becomes edges: one path for anybody's
events and the engine's own. An event is checked whole before anything of it is written; the same
event again changes nothing. A pipeline belongs to the source of the first table that it is known
to write or read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.assets import search_name
from tools.catalog.belonging import domain_of_source
from tools.catalog.datasets import Datasets
from tools.catalog.dbt_ingestion import take_in_manifest
from tools.catalog.lineage_types import LineageIngestion, RejectedEvent, UnknownDataset
from tools.catalog.openlineage import (
    Dataset,
    DatasetEvent,
    JobEvent,
    RunEvent,
    RunFacets,
    read_event,
)
from tools.catalog.sql_ingestion import MOST_TEXT, Dialect, take_in_sql
from tools.catalog.tables import Asset, LineageEdge, LineageEvent
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.data_sources.tables import Source
from tools.database import new_id
from tools.errors import CorrectInput
from tools.operation import Effect, operation
from tools.values import SourceRef

MOST_EVENTS = 500
SHOWN = 200
Key = tuple[str, str, datetime]


@operation(
    "catalog.ingest_lineage",
    permission="catalog.write",
    effect=Effect.WRITE,
    target="source",
    agent=False,
    timeout=300,
    examples=(
        "Take in these OpenLineage events",
        "Record the lineage that Airflow reports",
        "Take in the lineage of our dbt manifest",
        "Record the lineage of this SQL script",
    ),
)
async def ingest_lineage(
    ctx: Context,
    events: Annotated[
        dict[str, Any] | Annotated[list[Any], Field(max_length=MOST_EVENTS)] | None,
        Field(
            description="An OpenLineage run, job or dataset event (2-0-2), or up to 500 of them",
            json_schema_extra={"x-secret": True},  # facets can hold SQL with its values
        ),
    ] = None,
    sql: Annotated[
        str | None,
        Field(
            min_length=1,
            max_length=MOST_TEXT,
            description="SQL text, one or many statements; it isn't stored",
            json_schema_extra={"x-secret": True},
        ),
    ] = None,
    manifest: Annotated[
        dict[str, Any] | None,
        Field(
            description="dbt's target/manifest.json",
            json_schema_extra={"x-secret": True},  # compiled SQL with its values
        ),
    ] = None,
    source: Annotated[
        SourceRef | None,
        Field(description="The source that it concerns; needed of a dbt manifest"),
    ] = None,
    dialect: Dialect = None,
    name: Annotated[
        str | None,
        Field(min_length=1, max_length=200, description="What the SQL script is called"),
    ] = None,
) -> LineageIngestion:
    """Take in lineage of tables and columns: OpenLineage events, a dbt manifest, or SQL text.

    What isn't valid or understood is reported with its index, line or node and the reason; the
    rest is taken in. What isn't catalogued is reported, never made up. Datasets of events are found
    by the namespace `racine://SOURCE` or by their source's place, tables in SQL by their names.
    """
    if sum(one is not None for one in (events, sql, manifest)) != 1:
        raise CorrectInput(
            "Lineage comes either as events, as sql or as a manifest.",
            "Give exactly one of them.",
            field="events",
        )
    home = await find_source(ctx.session, source) if source else None
    if sql is not None:
        return await take_in_sql(ctx.session, sql, dialect, home, name)
    if manifest is not None:
        return await take_in_manifest(ctx.session, manifest, home)
    assert events is not None
    return await take_in(ctx.session, [events] if isinstance(events, dict) else events, home)


async def take_in(
    session: AsyncSession, raw: Sequence[object], home: Source | None = None
) -> LineageIngestion:
    """Write events to the catalog, each of them once.

    Args:
        home: the source of pipelines that are new; without it, that of their first table.
    """
    read = [read_event(one) for one in raw]
    writer = _Writer(session, home)
    known = await _known(session, [one for one in read if isinstance(one, JobEvent)])
    rejected, repeated = [], 0
    for index, event in enumerate(read):
        if isinstance(event, str):
            rejected.append(RejectedEvent(index=index, reason=event))
        elif isinstance(event, DatasetEvent):
            await writer.find([event.dataset])
        elif event.key in known:
            repeated += 1
        else:
            known.add(event.key)
            await writer.write(event)
    return LineageIngestion(
        received=len(raw),
        ingested=len(raw) - len(rejected) - repeated,
        repeated=repeated,
        rejected=rejected,
        pipelines=sorted(writer.pipelines),
        edges_added=writer.edges_added,
        unknown=[
            UnknownDataset(namespace=namespace, name=name, column=column)
            for namespace, name, column in list(writer.unknown)[:SHOWN]
        ],
        unknown_total=len(writer.unknown),
    )


async def _known(session: AsyncSession, events: Sequence[JobEvent]) -> set[Key]:
    """The keys of those of the events that were taken in before."""
    runs = sorted({event.run_id for event in events})
    rows = await session.execute(
        select(LineageEvent.run_id, LineageEvent.event_type, LineageEvent.event_time).where(
            LineageEvent.run_id.in_(runs)
        )
    )
    return {(row.run_id, row.event_type, row.event_time) for row in rows}


@dataclass
class _Writer:
    """Writes events that are known to be valid and new."""

    session: AsyncSession
    home: Source | None
    pipelines: set[str] = field(default_factory=set)
    unknown: dict[tuple[str, str, str | None], None] = field(default_factory=dict)
    edges_added: int = 0

    def __post_init__(self) -> None:
        self._datasets = Datasets(self.session)

    async def write(self, event: JobEvent) -> None:
        inputs, outputs = await self.find(event.inputs), await self.find(event.outputs)
        columns = await self._columns(event, outputs)
        pipeline = await self._pipeline(event, [*outputs.values(), *inputs.values()])
        row = LineageEvent(
            id=new_id("ole"),
            pipeline_id=pipeline.id if pipeline else None,
            run_id=event.run_id,
            event_type=event.type,
            event_time=event.event_time,
            job_namespace=event.job.namespace,
            job_name=event.job.name,
            producer=event.producer,
            inputs=[table.qualified_name for table in inputs.values()],
            outputs=[table.qualified_name for table in outputs.values()],
        )
        facets = event.run.facets if isinstance(event, RunEvent) else RunFacets()
        if parent := facets.parent:
            row.parent = {
                "run_id": str(parent.run.run_id),
                "namespace": parent.job.namespace,
                "name": parent.job.name,
            }
        if nominal := facets.nominal_time:
            row.nominal_start = nominal.nominal_start_time
            row.nominal_end = nominal.nominal_end_time
        self.session.add(row)
        await self.session.flush()
        if pipeline is None:
            return
        self.pipelines.add(pipeline.qualified_name)
        pairs = [(table, pipeline) for table in inputs.values()]
        pairs += [(pipeline, table) for table in outputs.values()]
        for upstream, downstream in dict.fromkeys([*pairs, *columns]):
            await self._edge(upstream, downstream, row)
        await self.session.flush()

    async def find(self, datasets: Sequence[Dataset]) -> dict[str, Asset]:
        """The tables that are catalogued, by their ids; the others are kept as unknown."""
        found: dict[str, Asset] = {}
        for dataset in datasets:
            table = await self._datasets.find(dataset.namespace, dataset.name)
            if table is None:
                self.unknown[dataset.namespace, dataset.name, None] = None
            else:
                found[table.id] = table
        return found

    async def _columns(
        self, event: JobEvent, outputs: dict[str, Asset]
    ) -> list[tuple[Asset, Asset]]:
        """Which columns make which, of those that are catalogued."""
        pairs = []
        for dataset in event.outputs:
            facet = dataset.facets.column_lineage
            table = await self._datasets.find(dataset.namespace, dataset.name)
            if facet is None or table is None:
                continue
            for name, lineage in facet.fields.items():
                downstream = await self._column(dataset.namespace, dataset.name, name)
                for origin in lineage.input_fields:
                    upstream = await self._column(origin.namespace, origin.name, origin.field)
                    if upstream and downstream and upstream is not downstream:
                        pairs.append((upstream, downstream))
        return pairs

    async def _column(self, namespace: str, dataset: str, name: str) -> Asset | None:
        table = await self._datasets.find(namespace, dataset)
        column = await self._datasets.column(table, name) if table else None
        if column is None:
            self.unknown[namespace, dataset, name if table else None] = None
        return column

    async def _pipeline(self, event: JobEvent, tables: Sequence[Asset]) -> Asset | None:
        """The job's asset: the one that is there, or a new one next to its first table."""
        namespace, name = event.job.namespace, event.job.name
        job = await self.session.scalar(
            select(Asset)
            .where(Asset.kind == "pipeline", Asset.schema_name == namespace, Asset.name == name)
            .order_by(Asset.created_at)
        )
        home = self.home.id if self.home else tables[0].source_id if tables else None
        if job is None and tables and home is not None:
            source = await self.session.get_one(Source, home)
            # No schema has such a name, so a table never collides with a pipeline
            qualified_name = f"{source.name}.pipelines:{namespace}.{name}"
            job = Asset(
                id=new_id("ast"),
                kind="pipeline",
                name=name,
                qualified_name=qualified_name,
                search_name=search_name(qualified_name),
                schema_name=namespace,
                source_id=source.id,
                domain_id=await domain_of_source(self.session, source.id),
            )
            self.session.add(job)
            await self.session.flush()
            earlier = select(LineageEvent).where(
                LineageEvent.job_namespace == namespace,
                LineageEvent.job_name == name,
                LineageEvent.pipeline_id.is_(None),
            )
            for row in await self.session.scalars(earlier):
                row.pipeline_id = job.id
        documentation = event.job.facets.documentation
        if job is not None and documentation and documentation.description.strip():
            job.comment = documentation.description.strip()[:4000]
        return job

    async def _edge(self, upstream: Asset, downstream: Asset, evidence: LineageEvent) -> None:
        known = await self.session.get(LineageEdge, (upstream.id, downstream.id, "pipeline"))
        if known is not None:
            known.event_id = evidence.id
            return
        self.edges_added += 1
        self.session.add(
            LineageEdge(
                upstream_id=upstream.id,
                downstream_id=downstream.id,
                kind="pipeline",
                source_id=downstream.source_id,
                event_id=evidence.id,
            )
        )
