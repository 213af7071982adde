"""What has become of an execution, in words: its status, and what was taken back or went wrong.

Said the same wherever an execution is told of: its status, its closing answer, its events, its
plan's card and the lineage that it reports. Names steps only; never what they were given.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tools.errors import RacineError
from tools.operation import Effect, Operation
from tools.racine.workflows.ledger import ENDED
from tools.racine.workflows.tables import ExecutionStep

NAMED = 3


def outcome_of(status: str, rows: Sequence[ExecutionStep], find: Callable[[str], Operation]) -> str:
    """An execution's status with what has become of what its steps did: `failed, and taken back`.

    Args:
        rows: all of its steps, items of loops too.
        find: the operation of a name.
    """
    if status not in ENDED:
        return status
    looped = {row.parent for row in rows if row.parent is not None}
    each = [row for row in rows if row.step_id not in looped]
    stay = [row.step_id for row in each if row.status == "done" and _lasts(row, find)]
    failed = [row.step_id for row in rows if row.status == "failed" and row.parent is None]
    said = status
    if status == "done" and failed:
        said += f", though {_names(failed)} failed"
    if any(row.status == "undone" for row in each):
        partly = f"partly taken back ({_names(stay)} stay{'s' if len(stay) == 1 else ''})"
        said += f", and {partly if stay else 'taken back'}"
    return said


def _lasts(row: ExecutionStep, find: Callable[[str], Operation]) -> bool:
    """Whether a step that was done has left something: records, or what it did outside."""
    try:
        operation = find(row.operation)
    except RacineError:
        return True  # of a service that isn't registered any more
    reached = operation.reaches and operation.effect is not Effect.READ
    return row.changes > 0 or reached or operation.starts is not None


def _names(steps: Sequence[str]) -> str:
    more = len(steps) - NAMED
    return ", ".join(steps[:NAMED]) + (f" and {more} more" if more > 0 else "")
