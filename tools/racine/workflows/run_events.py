"""OpenLineage run events (2-0-2) of an execution, made from its ledger and what it touched. Pure.

A run begins once and ends once: its id comes from the execution and the stream it is told in, so
the same execution always makes the same events.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from tools.catalog.datasets import OWN, own_namespace
from tools.racine.workflows.tables import Execution

PRODUCER = "urn:racine:assistant"
SCHEMA = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"
FACETS = "https://openlineage.io/spec/facets"
ENDS = {"done": "COMPLETE", "failed": "FAIL", "cancelled": "ABORT"}


@dataclass(frozen=True)
class Table:
    """A catalogued table: its source, and its name inside of it."""

    source: str
    source_id: str
    name: str

    def as_dataset(self) -> dict[str, Any]:
        """The table as OpenLineage names it."""
        return {"namespace": own_namespace(self.source), "name": self.name, "facets": {}}


@dataclass(frozen=True)
class Touched:
    """What an execution reads and changes, and the name of its job."""

    job: str
    reads: Sequence[Table] = ()
    writes: Sequence[Table] = ()

    def __bool__(self) -> bool:
        return bool(self.reads or self.writes)


def run_events(execution: Execution, touched: Touched, outcome: str = "") -> list[dict[str, Any]]:
    """START, and once the execution has ended COMPLETE, FAIL or ABORT.

    Args:
        outcome: what has become of it in words; told where it didn't come to be `done`.
    """
    begun = execution.started_at or execution.created_at
    events = [_event(execution, touched, "START", begun)]
    if execution.status in ENDS:
        ended = execution.finished_at or begun
        last = _event(execution, touched, ENDS[execution.status], ended)
        if outcome not in ("", "done"):
            said = {"message": outcome, "programmingLanguage": "Python"}
            last["run"]["facets"]["errorMessage"] = _facet("1-0-1/ErrorMessageRunFacet", said)
        events.append(last)
    return events


def run_id(stream: str) -> str:
    """The UUID that a run has outside."""
    return str(uuid5(NAMESPACE_URL, f"urn:racine:run:{stream}"))


def _event(execution: Execution, touched: Touched, event_type: str, at: datetime) -> dict[str, Any]:
    nominal = {"nominalStartTime": execution.created_at.isoformat()}
    run_facets = {"nominalTime": _facet("1-0-1/NominalTimeRunFacet", nominal)}
    if execution.conversation_id is not None and execution.parent_id is None:
        parent = {
            "run": {"runId": run_id(execution.run_id)},
            "job": {"namespace": OWN, "name": "assistant"},
        }
        run_facets["parent"] = _facet("1-0-1/ParentRunFacet", parent)
    kind = {"processingType": "BATCH", "integration": "RACINE", "jobType": "WORKFLOW"}
    return {
        "eventType": event_type,
        "eventTime": at.isoformat(),
        "producer": PRODUCER,
        "schemaURL": SCHEMA,
        "run": {"runId": run_id(f"{execution.id}/{execution.run_id}"), "facets": run_facets},
        "job": {
            "namespace": OWN,
            "name": touched.job,
            "facets": {"jobType": _facet("2-0-3/JobTypeJobFacet", kind)},
        },
        "inputs": [table.as_dataset() for table in touched.reads],
        "outputs": [table.as_dataset() for table in touched.writes],
    }


def _facet(schema: str, facts: dict[str, Any]) -> dict[str, Any]:
    return {"_producer": PRODUCER, "_schemaURL": f"{FACETS}/{schema}.json", **facts}
