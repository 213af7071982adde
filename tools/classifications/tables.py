"""Tables of classifications: the taxonomy, and the labels that columns carry."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tools.compliance.facts import LabelStatus, Sensitivity
from tools.database import Base, Captured, SourceScoped, now


class Label(Captured, Base):
    """An entry of the taxonomy, perhaps below another.

    `builtin`: it comes with the product. `changed`: the fields of it that people have set; a new
    release leaves them alone.
    """

    __tablename__ = "labels"
    __label__ = "title"

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    category: Mapped[str] = mapped_column(String(40), index=True)
    sensitivity: Mapped[Sensitivity] = mapped_column(String(20))
    regulations: Mapped[list[str]]
    synonyms: Mapped[list[str]]
    description: Mapped[str] = mapped_column(String(1000), default="")
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("labels.id"), index=True)
    builtin: Mapped[bool] = mapped_column(default=False)
    changed: Mapped[list[str]] = mapped_column(default=list)


class Classification(Captured, SourceScoped, Base):
    """A label on a column, with its evidence. `status`: suggested, confirmed or rejected."""

    __tablename__ = "classifications"
    __label__ = "label"
    __table_args__ = (UniqueConstraint("asset_id", "label"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    asset_id: Mapped[str] = mapped_column(ForeignKey("assets.id"), index=True)
    label: Mapped[str] = mapped_column(ForeignKey("labels.id"), index=True)
    status: Mapped[LabelStatus] = mapped_column(String(12), default="suggested")
    score: Mapped[float]
    evidence: Mapped[dict[str, Any]]
    set_by: Mapped[str] = mapped_column(String(200))
    scan_id: Mapped[str | None] = mapped_column(ForeignKey("scans.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)


class WithheldLabel(Captured, SourceScoped, Base):
    """A label that a scan would have suggested, and didn't because of a decision on a like column.

    `decision_id`: the rejected classification that taught it; it may be gone or taken back since.
    """

    __tablename__ = "withheld_labels"
    __label__ = "label"
    __table_args__ = (UniqueConstraint("asset_id", "label"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    asset_id: Mapped[str] = mapped_column(ForeignKey("assets.id"), index=True)
    label: Mapped[str] = mapped_column(String(60))
    decision_id: Mapped[str] = mapped_column(String(40), index=True)
    score: Mapped[float]
    explanation: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)
