"""What a language model costs: tokens and money per answer, person and workspace, with limits.

Where a limit of the day is reached, the built-in planner answers instead of the model, and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select

from agent.turnstate import Turn
from tools.database import Database, new_id, now
from tools.racine.assistant.tables import ModelUse

MILLION = 1_000_000


@dataclass(frozen=True)
class Limits:
    """Tokens read and written together, None for no limit; prices in USD per million tokens."""

    per_answer: int | None = None
    per_person: int | None = None
    per_workspace: int | None = None
    prices: tuple[float, float] | None = None

    def cost(self, read: int, written: int) -> float | None:
        """What so many tokens cost, in USD; None where no price is known."""
        if self.prices is None:
            return None
        return (read * self.prices[0] + written * self.prices[1]) / MILLION


class Meter:
    """Counts what a model uses, and says when it has been enough."""

    def __init__(self, database: Database, model: str, limits: Limits) -> None:
        self._database, self.model, self.limits = database, model, limits

    async def spent(self, turn: Turn) -> str | None:
        """Why the model isn't to be asked any more today, if that is so."""
        limits = self.limits
        whose: Sequence[tuple[int | None, str, ColumnElement[bool]]] = (
            (limits.per_person, "you", ModelUse.user_id == turn.caller.user_id),
            (limits.per_workspace, "this workspace", ModelUse.workspace_id == turn.workspace_id),
        )
        for limit, whom, rows in whose:
            if limit is None:
                continue
            async with self._database.reading() as session:
                tokens = func.sum(ModelUse.input_tokens + ModelUse.output_tokens)
                today = now() - timedelta(days=1)
                used = await session.scalar(select(tokens).where(rows, ModelUse.at > today)) or 0
            if used >= limit:
                have = "have" if whom == "you" else "has"
                return f"{whom} {have} used {used:,} of {limit:,} tokens of the last 24 hours"
        return None

    def told(self, turn: Turn) -> dict[str, Any]:
        """What an answer has used, as its event says it."""
        read, written = _tokens(turn)
        told: dict[str, Any] = {"model": self.model, **turn.usage}
        cost = self.limits.cost(read, written)
        return told if cost is None else told | {"cost_usd": round(cost, 6)}

    def use(self, turn: Turn) -> ModelUse | None:
        """What a turn has used of a model, if it has asked one, to be stored."""
        if not turn.usage:
            return None
        read, written = _tokens(turn)
        return ModelUse(
            id=new_id("use"),
            user_id=turn.caller.user_id,
            workspace_id=turn.workspace_id,
            run_id=turn.run_id,
            model=self.model,
            input_tokens=read,
            output_tokens=written,
            cost_usd=self.limits.cost(read, written),
        )

    async def record(self, turn: Turn) -> None:
        """Keep what a turn has used that doesn't come to its end."""
        if (use := self.use(turn)) is not None:
            async with self._database.writing() as session:
                session.add(use)


def _tokens(turn: Turn) -> tuple[int, int]:
    return turn.usage.get("input_tokens", 0), turn.usage.get("output_tokens", 0)
