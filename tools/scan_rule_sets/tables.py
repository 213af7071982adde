"""Tables of scan_rule_sets: a rule set as it stands, and every version as it was saved."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tools.database import Base, Captured, now


class ScanRuleSet(Captured, Base):
    """A versioned list of detectors; `definition` is a `RuleSet`.

    `retired`: kept for what has used it, and not to be scanned with any more.
    """

    __tablename__ = "scan_rule_sets"
    __decides__ = True

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    description: Mapped[str] = mapped_column(String(2000), default="")
    version: Mapped[int] = mapped_column(default=1)
    definition: Mapped[dict[str, Any]]
    builtin: Mapped[bool] = mapped_column(default=False)
    retired: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)


class ScanRuleSetVersion(Captured, Base):
    """A rule set's content as it was saved once; never changed, the latest is the rule set's."""

    __tablename__ = "scan_rule_set_versions"

    rule_set_id: Mapped[str] = mapped_column(ForeignKey("scan_rule_sets.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(String(2000), default="")
    definition: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(String(500), default="")
    created_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(default=now)
