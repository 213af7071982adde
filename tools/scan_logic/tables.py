"""Tables of scan_logic."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tools.database import Base, Captured, SourceScoped, now


class Scan(Captured, SourceScoped, Base):
    """One execution of a rule set over a source."""

    __tablename__ = "scans"
    __label__ = "id"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    rule_set_id: Mapped[str] = mapped_column(ForeignKey("scan_rule_sets.id"))
    rule_set_version: Mapped[int]
    status: Mapped[str] = mapped_column(String(12))
    tables: Mapped[int]
    columns: Mapped[int]
    values_sampled: Mapped[int]
    found: Mapped[int]
    seconds: Mapped[float]
    warnings: Mapped[list[str]]
    started_by: Mapped[str] = mapped_column(String(200))
    started_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]
