"""How soon an execution has gone on after a kill, by the times that it recorded itself."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

GOES_ON_WITHIN = 10.0  # seconds, on a machine that isn't overloaded


def soon() -> float:
    """The most seconds after which it has to go on: more where many wait for each processor."""
    waiting = os.getloadavg()[0] / len(os.sched_getaffinity(0))
    return GOES_ON_WITHIN * max(1.0, waiting)


def instant() -> datetime:
    """Now, as executions record it."""
    return datetime.now(UTC)


def went_on(status: Mapping[str, Any], killed: datetime) -> float:
    """Seconds from a kill to the next thing that an execution recorded; 0 where it had ended.

    Args:
        status: what `workflows.status` tells of it.
    """
    steps = [one for step in status["steps"] for one in (step["started_at"], step["finished_at"])]
    told = [datetime.fromisoformat(one) for one in (*steps, status["finished_at"]) if one]
    later = [one for one in told if one > killed]
    return (min(later) - killed).total_seconds() if later else 0.0
