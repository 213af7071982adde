"""Which findings are waived at a moment: confirmed by a second person, and not over yet."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.compliance.evaluation import Slot
from tools.compliance.tables import Finding
from tools.database import now


def today() -> date:
    """The day in UTC, by which due days and waivers are counted."""
    return now().date()


def of_status(status: str, day: date | None = None) -> ColumnElement[bool]:
    """The findings that stand so on a day: one whose waiver is over is open again."""
    over = and_(Finding.status == "waived", Finding.waived_until < (day or today()).isoformat())
    if status == "open":
        return or_(Finding.status == "open", over)
    return and_(Finding.status == status, ~over) if status == "waived" else Finding.status == status


def is_waived(finding: Finding, day: date | None = None) -> bool:
    """Whether a waiver holds on a day."""
    until = finding.waived_until
    return finding.status == "waived" and until is not None and until >= str(day or today())


async def waived_slots(session: AsyncSession, moment: datetime) -> set[Slot]:
    """What is waived at a moment, by rule and subject."""
    found = await session.scalars(select(Finding).where(of_status("waived", moment.date())))
    return {finding.slot for finding in found}
