"""Metrics in Prometheus' text format."""

from __future__ import annotations

from sqlalchemy import func, select

from api.runtime import Runtime
from tools.audit import ActivityRow
from tools.racine.assistant.tables import Run
from tools.racine.workflows.tables import Execution


async def metrics_text(runtime: Runtime) -> str:
    """What is counted and measured now."""
    async with runtime.database.reading() as session:
        invocations = await session.execute(
            select(ActivityRow.operation, ActivityRow.outcome, func.count()).group_by(
                ActivityRow.operation, ActivityRow.outcome
            )
        )
        runs = await session.execute(select(Run.status, func.count()).group_by(Run.status))
        executions = await session.execute(
            select(Execution.status, func.count()).group_by(Execution.status)
        )
        lines = [
            "# TYPE racine_invocations_total counter",
            *(
                f'racine_invocations_total{{operation="{row[0]}",outcome="{row[1]}"}} {row[2]}'
                for row in invocations
            ),
            "# TYPE racine_runs gauge",
            *(f'racine_runs{{status="{row[0]}"}} {row[1]}' for row in runs),
            "# TYPE racine_executions gauge",
            *(f'racine_executions{{status="{row[0]}"}} {row[1]}' for row in executions),
            "# TYPE racine_index_lag_seconds gauge",
            f"racine_index_lag_seconds {runtime.follower.lag_seconds:.3f}",
        ]
    return "\n".join(lines) + "\n"
