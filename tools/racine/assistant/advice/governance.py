"""What to do about findings, postures, access and executions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import cast

from sqlalchemy import exists, func, or_, select

from tools.catalog.tables import Asset
from tools.compliance.tables import Finding, Framework, Posture
from tools.data_sources.tables import Source
from tools.errors import RacineError
from tools.racine.assistant.advice.types import Advice, Desk, plural
from tools.rbac.types import AccessReview, GrantReview

MOST = 50
SOON = timedelta(days=14)
SEVERE = ("critical", "high")


def _day(text: str | None) -> str:
    return f"{date.fromisoformat(text):%-d %B %Y}" if text else ""


async def unassigned_findings(desk: Desk) -> Sequence[Advice]:
    rows = await desk.ctx.session.execute(
        select(Finding, Asset.owner)
        .outerjoin(Asset, Asset.id == Finding.asset_id)
        .where(Finding.status == "open", Finding.owner.is_(None), Finding.severity.in_(SEVERE))
        .order_by(Finding.severity, Finding.opened_at)
        .limit(MOST)
    )
    return [
        Advice(
            row.id, "finding", row.subject,
            f"{row.severity.capitalize()}: {row.summary} Nobody sees to it.",
            0.95 if row.severity == "critical" else 0.8,
            (("compliance.assign_finding", {"finding": row.id, "owner": owner}),) if owner else (),
            None if owner else f"Who is to see to the finding on {row.subject}?",
            row.source_id,
        )
        for row, owner in rows
    ]  # fmt: skip


async def overdue_findings(desk: Desk) -> Sequence[Advice]:
    today = desk.at.date().isoformat()
    rows = await desk.ctx.session.scalars(
        select(Finding)
        .where(Finding.status == "open", Finding.due_on < today)
        .order_by(Finding.due_on)
        .limit(MOST)
    )
    return [
        Advice(
            f"overdue {row.id}", "finding", row.subject,
            f"It was due on {_day(row.due_on)}: {row.summary}", 0.85,
            question=f"What became of it, {row.owner or 'whoever sees to it'}?",
            source_id=row.source_id,
        )
        for row in rows
    ]  # fmt: skip


async def waivers_that_end(desk: Desk) -> Sequence[Advice]:
    until = (desk.at + SOON).date().isoformat()
    rows = await desk.ctx.session.scalars(
        select(Finding)
        .where(Finding.status == "waived", Finding.waived_until <= until)
        .order_by(Finding.waived_until)
        .limit(MOST)
    )
    return [
        Advice(
            f"waiver {row.id}", "finding", row.subject,
            f"Its waiver ends on {_day(row.waived_until)}: {row.summary}", 0.5,
            question="Is it mended by then, or to be waived longer?", source_id=row.source_id,
        )
        for row in rows
    ]  # fmt: skip


async def never_evaluated(desk: Desk) -> Sequence[Advice]:
    evaluated = exists().where(
        Posture.source_id == Source.id, Posture.evaluated_at >= Source.scanned_at
    )
    rows = await desk.ctx.session.scalars(
        select(Source).where(Source.scanned_at.is_not(None), ~evaluated)
    )
    return [
        Advice(
            f"evaluate {row.id}", "source", row.name,
            "Its compliance wasn't evaluated since its last scan.", 0.65,
            (("compliance.evaluate_compliance", {"source": row.name}),), source_id=row.id,
        )
        for row in rows
    ]  # fmt: skip


async def worse_posture(desk: Desk) -> Sequence[Advice]:
    session = desk.ctx.session
    number = func.row_number().over(
        partition_by=(Posture.source_id, Posture.framework_id),
        order_by=Posture.evaluated_at.desc(),
    )
    counted = select(Posture.id, number.label("number")).subquery()
    latest = select(Posture).join(counted, counted.c.id == Posture.id).where(counted.c.number <= 2)
    pairs: dict[tuple[str | None, str], list[Posture]] = {}
    for one in await session.scalars(latest.order_by(Posture.evaluated_at.desc())):
        pairs.setdefault((one.source_id, one.framework_id), []).append(one)
    sources = {row.id: row.name for row in await session.execute(select(Source.id, Source.name))}
    names = {
        row.id: row.name for row in await session.execute(select(Framework.id, Framework.name))
    }
    return [
        Advice(
            f"posture {source_id} {framework_id}", "source", sources[source_id],
            f"{names[framework_id]}: {plural(two[0].failed, 'check')} of {two[0].checks} "
            f"{'fails' if two[0].failed == 1 else 'fail'}, {two[1].failed} the time before.",
            0.8,
            question=f"What opened the findings of {names[framework_id]} on "
            f"{sources[source_id]}?",
            source_id=source_id,
        )
        for (source_id, framework_id), two in pairs.items()
        if len(two) == 2 and two[0].failed > two[1].failed
    ]  # fmt: skip


async def _review(desk: Desk) -> AccessReview | None:
    """The access review as the caller may have it: the choke point decides."""
    try:
        return cast(AccessReview, await desk.ctx.invoke("rbac.review_access", limit=200))
    except RacineError:
        return None


def _revoked(one: GrantReview) -> tuple[str, dict[str, str]]:
    return "rbac.revoke_role", {"user": one.user, "role": one.role}


async def unused_grants(desk: Desk) -> Sequence[Advice]:
    review = await _review(desk)
    return [
        Advice(
            f"unused {one.grant_id}", "person", one.user,
            f"The role {one.role} on {one.scope} isn't used by anything that was done.", 0.5,
            (_revoked(one),),
        )
        for one in (review.items if review else ())
        if "unused" in one.flags and one.effect == "allow" and one.team is None
    ]  # fmt: skip


async def excessive_grants(desk: Desk) -> Sequence[Advice]:
    review = await _review(desk)
    return [
        Advice(
            f"excessive {one.grant_id}", "person", one.user,
            f"Of the role {one.role} on {one.scope} only what {one.smaller_role} gives was used.",
            0.45,
            (
                ("rbac.grant_role", {"user": one.user, "role": one.smaller_role}),
                _revoked(one),
            ),
        )
        for one in (review.items if review else ())
        if one.smaller_role and one.team is None and one.scope == "everything"
    ]  # fmt: skip


async def duty_conflicts(desk: Desk) -> Sequence[Advice]:
    review = await _review(desk)
    return [
        Advice(
            f"duties {one.user_id} {' '.join(one.permissions)}", "person", one.user,
            f"Holds {' and '.join(one.permissions)} together: {one.why}", 0.7,
            question=f"Which of the two is {one.user} to keep?",
        )
        for one in (review.conflicts if review else ())
    ]  # fmt: skip


async def open_access(desk: Desk) -> Sequence[Advice]:
    review = await _review(desk)
    return [
        Advice(
            f"disabled {one.grant_id}", "person", one.user,
            f"Is disabled and still holds the role {one.role} on {one.scope}.", 0.6,
            (_revoked(one),),
        )
        for one in (review.items if review else ())
        if not one.active and one.team is None
    ]  # fmt: skip


async def failed_executions(desk: Desk) -> Sequence[Advice]:
    from tools.racine.workflows.tables import Execution  # a cycle otherwise

    rows = await desk.ctx.session.scalars(
        select(Execution)
        .where(
            Execution.user_id == desk.ctx.caller.user_id,
            or_(Execution.status == "failed", Execution.status == "unknown"),
            Execution.finished_at > desk.at - SOON,
        )
        .order_by(Execution.finished_at.desc())
        .limit(MOST)
    )
    return [
        Advice(
            row.id, "execution", row.title,
            f"It ended as '{row.status}' on {row.finished_at:%-d %B}.", 0.75,
            (("workflows.control", {"execution_id": row.id, "action": "retry"}),),
        )
        for row in rows
        if row.finished_at
    ]  # fmt: skip
