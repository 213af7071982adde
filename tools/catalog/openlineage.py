"""OpenLineage run, job and dataset events (specification 2-0-2) as far as the catalog reads them.

Pure: an event in, its typed form or the reason why it isn't one out. The specification's common
facets are checked, others are let through; what isn't read is never stored: it can hold SQL with
its values. A time without a zone is one of UTC, as the Python client writes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

EventType = Literal["START", "RUNNING", "COMPLETE", "ABORT", "FAIL", "OTHER"]
DESIGN = "JOB"
"""The type under which a job event is kept: a job as it is designed, without a run."""


def _storable(moment: datetime) -> datetime:
    if not 1970 <= moment.year < 9999:
        raise ValueError("it lies before 1970 or after 9998")
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


Moment = Annotated[datetime, AfterValidator(_storable)]
Namespace = Annotated[str, Field(min_length=1, max_length=200)]
Name = Annotated[str, Field(min_length=1, max_length=300)]


class _Part(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, frozen=True)


class InputField(_Part):
    """A column of a dataset that another is made of."""

    namespace: Namespace
    name: Name
    field: Name


class FieldLineage(_Part):
    """What one output column is made of."""

    input_fields: list[InputField] = Field(max_length=1000)


class ColumnLineage(_Part):
    """The facet `columnLineage` of an output."""

    fields: dict[Name, FieldLineage] = {}


class Documentation(_Part):
    """The facet `documentation` of a job."""

    description: str


class SchemaField(_Part):
    """A column, as the facet `schema` tells of it."""

    name: str


class Schema(_Part):
    """The facet `schema` of a dataset."""

    fields: list[SchemaField] = []


class Owner(_Part):
    """An owner of a dataset or job."""

    name: str
    type: str | None = None


class Ownership(_Part):
    """The facet `ownership`."""

    owners: list[Owner] = []


class DatasetFacets(_Part):
    """The facets of a dataset."""

    column_lineage: ColumnLineage | None = None
    # Named otherwise than pydantic's own method
    schema_: Annotated[Schema | None, Field(alias="schema")] = None
    ownership: Ownership | None = None
    documentation: Documentation | None = None


class Dataset(_Part):
    """A dataset that a job reads or writes."""

    namespace: Namespace
    name: Name
    facets: DatasetFacets = DatasetFacets()


class Query(_Part):
    """The facet `sql` of a job."""

    query: str


class JobFacets(_Part):
    """The facets of a job."""

    documentation: Documentation | None = None
    ownership: Ownership | None = None
    sql: Query | None = None


class Job(_Part):
    """A job."""

    namespace: Namespace
    name: Name
    facets: JobFacets = JobFacets()


class RunReference(_Part):
    """A run, by its id."""

    run_id: UUID


class Parent(_Part):
    """The facet `parent`: the run that started this one."""

    run: RunReference
    job: Job


class NominalTime(_Part):
    """The facet `nominalTime`: when the run was due."""

    nominal_start_time: Moment
    nominal_end_time: Moment | None = None


class ErrorMessage(_Part):
    """The facet `errorMessage` of a run."""

    message: str


class RunFacets(_Part):
    """The facets of a run."""

    error_message: ErrorMessage | None = None

    parent: Parent | None = None
    nominal_time: NominalTime | None = None


class Run(RunReference):
    """A run of a job."""

    facets: RunFacets = RunFacets()


class _Event(_Part):
    event_time: Moment
    producer: Annotated[str, Field(min_length=1, max_length=500)]
    schema_url: Annotated[str, Field(alias="schemaURL", min_length=1, max_length=500)]


class DatasetEvent(_Event):
    """What a dataset is, outside of any job; it links nothing."""

    dataset: Dataset


class JobEvent(_Event):
    """What a job reads and writes by its design."""

    job: Job
    inputs: list[Dataset] = Field(default=[], max_length=1000)
    outputs: list[Dataset] = Field(default=[], max_length=1000)

    @property
    def run_id(self) -> str:
        """A job has no run; one of its own stands for it."""
        return str(uuid5(NAMESPACE_URL, f"{self.job.namespace}\n{self.job.name}"))

    @property
    def type(self) -> str:
        """What kind of event it is."""
        return DESIGN

    @property
    def key(self) -> tuple[str, str, datetime]:
        """What makes it the same event when it comes again."""
        return self.run_id, self.type, self.event_time


class RunEvent(JobEvent):
    """What happened to a run at a moment."""

    event_type: EventType = "OTHER"
    run: Run

    @property
    def run_id(self) -> str:
        """The run's id."""
        return str(self.run.run_id)

    @property
    def type(self) -> str:
        """What happened."""
        return self.event_type


def read_event(raw: object) -> RunEvent | JobEvent | DatasetEvent | str:
    """The event, or the sentence why it isn't one; the sentence holds none of its values."""
    if not isinstance(raw, Mapping):
        return "It is no object."
    kind: type[RunEvent | JobEvent | DatasetEvent] = RunEvent
    if "run" not in raw and "eventType" not in raw:
        kind = DatasetEvent if "dataset" in raw and "job" not in raw else JobEvent
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False, include_context=False)
        told = [
            f"'{'.'.join(str(part) for part in fault['loc'])[:120]}' {_what(fault)}"
            for fault in faults[:3]
        ]
        more = f"; and {len(faults) - 3} more" if len(faults) > 3 else ""
        return "; ".join(told) + more + "."


def _what(fault: Mapping[str, Any]) -> str:
    if fault["type"] == "missing":
        return "is needed"
    if fault["type"].startswith("uuid"):
        return "is not a UUID"
    message = str(fault["msg"]).removeprefix("Value error, ")
    return message[0].lower() + message[1:]
