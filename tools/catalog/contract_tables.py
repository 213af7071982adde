"""Tables of data contracts: each version that was imported, and each check of one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tools.database import Base, Captured, SourceScoped, now


class DataContract(Captured, SourceScoped, Base):
    """One revision of a data contract, as it was imported; the highest is the one in force."""

    __tablename__ = "data_contracts"
    __label__ = "name"
    __table_args__ = (UniqueConstraint("source_id", "contract_id", "revision"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    contract_id: Mapped[str] = mapped_column(String(200), index=True)
    revision: Mapped[int]
    name: Mapped[str] = mapped_column(String(300))
    version: Mapped[str] = mapped_column(String(100))
    status: Mapped[str] = mapped_column(String(50))
    document: Mapped[dict[str, Any]]
    assets: Mapped[dict[str, Any]]
    """The catalogued table of each object of the schema that has one."""
    imported_by: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(default=now)


class ContractCheck(Captured, SourceScoped, Base):
    """How a revision of a contract was kept by its source at one moment."""

    __tablename__ = "contract_checks"
    __label__ = "status"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    data_contract_id: Mapped[str] = mapped_column(ForeignKey("data_contracts.id"), index=True)
    status: Mapped[str] = mapped_column(String(10))
    clauses: Mapped[list[dict[str, Any]]]
    checked_by: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(default=now, index=True)
