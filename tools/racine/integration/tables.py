"""Tables of integration."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from tools.database import Base, Captured, now


class Service(Captured, Base):
    """A system outside whose operations are governed here. Its token is sealed.

    `base`: where its operations are called. `group`: the group that it serves in Racine's place.
    `version` counts what it has offered.
    """

    __tablename__ = "services"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    url: Mapped[str] = mapped_column(String(500))
    base: Mapped[str] = mapped_column(String(500))
    group: Mapped[str | None] = mapped_column(String(40), unique=True)
    header: Mapped[str] = mapped_column(String(60), default="Authorization")
    sealed_token: Mapped[str | None] = mapped_column(info={"secret": True})
    effects: Mapped[dict[str, Any]] = mapped_column(default=dict)
    title: Mapped[str] = mapped_column(String(200), default="")
    operations: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=now)
    synced_at: Mapped[datetime] = mapped_column(default=now)
