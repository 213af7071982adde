"""Tables of scan_rule_sets."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from tools.database import Base, Captured, now


class ScanRuleSet(Captured, Base):
    """A versioned list of detectors; `definition` is a `RuleSet`."""

    __tablename__ = "scan_rule_sets"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    definition: Mapped[dict[str, Any]]
    builtin: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)
