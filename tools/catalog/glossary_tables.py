"""Tables of the business glossary: terms, how they relate, and the assets that they explain."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tools.database import Base, Captured, SourceScoped, now


class GlossaryTerm(Captured, Base):
    """A word of the business and what it means. `status`: draft or approved."""

    __tablename__ = "glossary_terms"
    __table_args__ = (UniqueConstraint("search_name"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    search_name: Mapped[str] = mapped_column(String(200))
    definition: Mapped[str]
    status: Mapped[str] = mapped_column(String(10), index=True)
    domain: Mapped[str | None] = mapped_column(String(100), index=True)
    owner: Mapped[str | None] = mapped_column(String(200))
    created_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(default=now)


class TermRelation(Captured, Base):
    """`term_id` is a synonym of, broader than, narrower than or related to `other_id`.

    It is kept once for a pair and read from both ends.
    """

    __tablename__ = "glossary_relations"
    __label__ = "kind"

    term_id: Mapped[str] = mapped_column(ForeignKey("glossary_terms.id"), primary_key=True)
    other_id: Mapped[str] = mapped_column(
        ForeignKey("glossary_terms.id"), primary_key=True, index=True
    )
    kind: Mapped[str] = mapped_column(String(10))


class TermLink(Captured, SourceScoped, Base):
    """A term explains an asset."""

    __tablename__ = "glossary_links"
    __label__ = "term_id"

    term_id: Mapped[str] = mapped_column(ForeignKey("glossary_terms.id"), primary_key=True)
    asset_id: Mapped[str] = mapped_column(ForeignKey("assets.id"), primary_key=True, index=True)
