"""Insights out of owners, rights and the log. What the caller may not ask tells nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, TypeVar, cast

from pydantic import BaseModel
from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from tools.catalog.tables import RELATIONS, Asset
from tools.classifications.tables import Classification
from tools.errors import AskForAccess
from tools.racine.activity.types import ActivityPage
from tools.racine.assistant.advice.types import Desk, plural
from tools.racine.assistant.insight.types import SHOWN, Observation, share
from tools.racine.assistant.noticed_types import Ground
from tools.rbac.types import Holders, UserSummary
from tools.values import Page

Answer = TypeVar("Answer", bound=BaseModel)
PERIOD = timedelta(days=30)
LEAST = 3


async def _asked(desk: Desk, kind: type[Answer], name: str, /, **arguments: Any) -> Answer | None:
    try:
        return cast(Answer, await desk.ctx.invoke(name, **arguments))
    except AskForAccess:
        return None


async def one_owner(desk: Desk) -> Sequence[Observation]:
    column = aliased(Asset)
    sensitive = exists().where(
        column.parent_id == Asset.id,
        Classification.asset_id == column.id,
        Classification.status != "rejected",
    )
    of_tables = Asset.kind.in_(RELATIONS), sensitive, Asset.owner.is_not(None)
    rows = await desk.ctx.session.execute(
        select(Asset.owner, func.count(Asset.id))
        .where(*of_tables)
        .group_by(Asset.owner)
        .order_by(func.count(Asset.id).desc(), Asset.owner)
    )
    owners = rows.all()
    total = sum(count for _, count in owners)
    if not owners or owners[0][1] < LEAST or owners[0][1] * 2 <= total:
        return []
    owner, count = owners[0]
    theirs = await desk.ctx.session.scalars(
        select(Asset)
        .where(*of_tables, Asset.owner == owner)
        .order_by(Asset.qualified_name)
        .limit(SHOWN)
    )
    return [
        Observation(
            str(owner),
            f"{owner} owns {share(count, total)} tables with classified columns that have an owner",
            f"The others belong to {plural(len(owners) - 1, 'person')}.".replace(
                "persons", "people"
            ),
            0.2 + 0.3 * count / total,
            tuple(
                Ground(id=one.id, kind=one.kind, title=one.qualified_name, told=f"of {owner}")
                for one in theirs
            ),
            question=f"Who stands in for {owner}?",
        )
    ]


async def wide_unmasking(desk: Desk) -> Sequence[Observation]:
    held = await _asked(desk, Holders, "rbac.who_can", permission="data.unmask")
    everybody = await _asked(desk, Page[UserSummary], "rbac.list_users", limit=500)
    count = await desk.ctx.session.scalar(
        select(func.count(Classification.asset_id.distinct())).where(
            Classification.status != "rejected"
        )
    )
    if held is None or everybody is None or not count:
        return []
    may, people = held.items, everybody.total
    if len(may) < LEAST or len(may) * 3 <= people:
        return []
    return [
        Observation(
            "unmask",
            f"{share(len(may), people)} people may see the values of classified columns",
            f"There are {plural(count, 'such column')}; for the others their values are masked.",
            0.3 + 0.4 * len(may) / people,
            tuple(
                Ground(id=one.user_id, kind="person", title=one.user, told=one.reason)
                for one in may[:SHOWN]
            ),
            question="Who of them needs to?",
        )
    ]


async def refusals(desk: Desk) -> Sequence[Observation]:
    return await _logged(
        desk, "refused", "{operation} was refused {count} times in 30 days, mostly to {who}",
        "Is {who} to have a role for it?",
    )  # fmt: skip


async def failing_operation(desk: Desk) -> Sequence[Observation]:
    return await _logged(
        desk, "failed", "{operation} failed {count} times in 30 days, mostly for {who}",
        "What makes it fail?",
    )  # fmt: skip


async def _logged(desk: Desk, outcome: str, title: str, question: str) -> Sequence[Observation]:
    """The operation that this outcome falls on the most, if on no other nearly as often."""
    since = f"{desk.at - PERIOD:%Y-%m-%d}"
    asked = {"outcome": outcome, "since": since, "limit": SHOWN}
    whole = await _asked(desk, ActivityPage, "activity.search", **asked)
    operation, count = _most(whole.by_operation if whole else {})
    if whole is None or count < LEAST or count * 3 < whole.total:
        return []
    one = await _asked(desk, ActivityPage, "activity.search", operation=operation, **asked)
    assert one is not None  # allowed a moment ago
    who, times = _most(one.by_user)
    words = {"operation": operation, "count": count, "who": who}
    return [
        Observation(
            f"{operation} {who}",
            title.format(**words),
            f"That is {share(count, whole.total)} that were {outcome}, {times} of them for {who}.",
            0.3 + 0.4 * count / whole.total,
            tuple(
                Ground(
                    id=entry.id,
                    kind="activity",
                    title=f"{entry.operation} by {entry.user}",
                    told=f"{entry.outcome} on {entry.at:%Y-%m-%d}",
                )
                for entry in one.items
            ),
            question=question.format(**words),
        )
    ]  # fmt: skip


def _most(counted: Mapping[str, int]) -> tuple[str, int]:
    return min(counted.items(), key=lambda one: (-one[1], one[0]), default=("", 0))
