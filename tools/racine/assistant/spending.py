"""What the language model was used for: by person, workspace, model or day."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import ColumnElement, Select, func, select

from tools.context import Context
from tools.database import now
from tools.operation import operation
from tools.racine.assistant.tables import ModelUse
from tools.racine.assistant.types import Spending, Spent
from tools.racine.workspaces.tables import Workspace
from tools.rbac.tables import User

Days = Annotated[int, Field(ge=1, le=366, description="Of how many days, up to now")]


@operation(
    "assistant.get_usage",
    permission="assistant.read",
    own=True,
    examples=("How many tokens did I use today?", "What have my questions cost this month?"),
)
async def get_usage(ctx: Context, days: Days = 1) -> Spending:
    """Show what the caller's own answers have used of the language model, by day."""
    return await _spending(ctx, "day", days, ModelUse.user_id == ctx.caller.user_id)


@operation(
    "assistant.summarize_usage",
    permission="assistant.administer",
    examples=(
        "Who uses the language model the most?",
        "What does the language model cost per workspace?",
        "Token usage by person in the last 30 days",
    ),
)
async def summarize_usage(
    ctx: Context,
    by: Annotated[
        Literal["person", "workspace", "model", "day"], Field(description="What to add up by")
    ] = "person",
    days: Days = 30,
) -> Spending:
    """Show what everybody's answers have used of the language model."""
    return await _spending(ctx, by, days)


async def _spending(ctx: Context, by: str, days: int, *whose: ColumnElement[bool]) -> Spending:
    since = now() - timedelta(days=days)
    keys: dict[str, Any] = {
        "person": ModelUse.user_id,
        "workspace": ModelUse.workspace_id,
        "model": ModelUse.model,
        "day": func.date(ModelUse.at),
    }
    rows = (await ctx.session.execute(_added_up(keys[by]).where(ModelUse.at > since, *whose))).all()
    names = await _names(ctx, by)
    limit = ctx.services.settings.get("tokens_per_person")
    items = [
        Spent(
            of=names.get(of, "no workspace" if of is None else str(of)),
            answers=answers,
            input_tokens=read,
            output_tokens=written,
            cost_usd=None if cost is None else round(cost, 6),
        )
        for of, answers, read, written, cost in rows
    ]
    costs = [one.cost_usd for one in items if one.cost_usd is not None]
    return Spending(
        by=by,
        days=days,
        answers=sum(one.answers for one in items),
        input_tokens=sum(one.input_tokens for one in items),
        output_tokens=sum(one.output_tokens for one in items),
        cost_usd=round(sum(costs), 6) if costs else None,
        daily_limit_per_person=limit,
        items=items,
    )


def _added_up(key: ColumnElement[Any]) -> Select[Any]:
    read, written = func.sum(ModelUse.input_tokens), func.sum(ModelUse.output_tokens)
    answers = func.count(ModelUse.run_id.distinct())
    return (
        select(key, answers, read, written, func.sum(ModelUse.cost_usd))
        .group_by(key)
        .order_by((read + written).desc(), key)
    )


async def _names(ctx: Context, by: str) -> dict[str, str]:
    match by:
        case "person":
            named = select(User.id, User.name)
        case "workspace":
            named = select(Workspace.id, Workspace.name)
        case _:
            return {}
    return {row.id: row.name for row in await ctx.session.execute(named)}
