"""OpenLineage run events (specification 2-0-2) as far as the catalog reads them.

Pure: an event in, its typed form or the reason why it isn't one out. Facets that aren't read are
let through and never stored: they can hold SQL with its values.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

EventType = Literal["START", "RUNNING", "COMPLETE", "ABORT", "FAIL", "OTHER"]


def _storable(moment: datetime) -> datetime:
    if not 1970 <= moment.year < 9999:
        raise ValueError("it lies before 1970 or after 9998")
    return moment.astimezone(UTC)


Moment = Annotated[AwareDatetime, AfterValidator(_storable)]
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

    fields: dict[Name, FieldLineage]


class DatasetFacets(_Part):
    """The facets of a dataset."""

    column_lineage: ColumnLineage | None = None


class Dataset(_Part):
    """A dataset that a job reads or writes."""

    namespace: Namespace
    name: Name
    facets: DatasetFacets = DatasetFacets()


class Documentation(_Part):
    """The facet `documentation` of a job."""

    description: str


class JobFacets(_Part):
    """The facets of a job."""

    documentation: Documentation | None = None


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


class RunFacets(_Part):
    """The facets of a run."""

    parent: Parent | None = None
    nominal_time: NominalTime | None = None


class Run(RunReference):
    """A run of a job."""

    facets: RunFacets = RunFacets()


class RunEvent(_Part):
    """What happened to a run at a moment."""

    event_type: EventType = "OTHER"
    event_time: Moment
    producer: Annotated[str, Field(min_length=1, max_length=500)]
    schema_url: Annotated[str, Field(alias="schemaURL", min_length=1, max_length=500)]
    run: Run
    job: Job
    inputs: list[Dataset] = Field(default=[], max_length=1000)
    outputs: list[Dataset] = Field(default=[], max_length=1000)

    @property
    def key(self) -> tuple[str, str, datetime]:
        """What makes it the same event when it comes again."""
        return str(self.run.run_id), self.event_type, self.event_time


def read_event(raw: Mapping[str, Any]) -> RunEvent | str:
    """The event, or the sentence why it isn't one; the sentence holds none of its values."""
    try:
        return RunEvent.model_validate(raw)
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
