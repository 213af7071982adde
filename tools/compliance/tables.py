"""Tables of compliance: frameworks, controls, rules, findings, postures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, false, true
from sqlalchemy.orm import Mapped, mapped_column

from tools.database import Base, Captured, SourceScoped, now


class Framework(Captured, Base):
    """A law or standard whose controls are known by id.

    `imported`: what is kept of the OSCAL document it came from; None for what ships with us.
    """

    __tablename__ = "frameworks"

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    version: Mapped[str] = mapped_column(String(60))
    publisher: Mapped[str] = mapped_column(String(200))
    aliases: Mapped[list[str]]
    imported: Mapped[dict[str, Any] | None]


class Control(Captured, Base):
    """What a framework demands: in one sentence, and where it was imported in its full text.

    `oscal` is the control's own object of the catalog, without the controls nested in it.
    """

    __tablename__ = "controls"
    __label__ = "ref"

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    framework_id: Mapped[str] = mapped_column(ForeignKey("frameworks.id"), index=True)
    ref: Mapped[str] = mapped_column(String(60))
    title: Mapped[str]
    summary: Mapped[str]
    parent_id: Mapped[str | None] = mapped_column(String(120))
    assessable: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=0)
    text: Mapped[str] = mapped_column(default="", server_default="")
    withdrawn: Mapped[bool] = mapped_column(default=False, server_default=false())
    oscal: Mapped[dict[str, Any] | None]


class ControlMapping(Captured, Base):
    """A control corresponds to another, by id; either may be of a framework not yet imported.

    `relation`: equal, subset, superset, intersects or related; `origin` says who maps them.
    """

    __tablename__ = "control_mappings"
    __label__ = "source_id"

    source_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    target_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    relation: Mapped[str] = mapped_column(String(20))
    origin: Mapped[str] = mapped_column(String(200))


class ComplianceRule(Captured, Base):
    """A declarative condition; `definition` is a `Rule`, whose controls `RuleControl` holds.

    A rule that isn't `enabled` is judged no more, and keeps its history.
    """

    __tablename__ = "compliance_rules"
    __label__ = "title"
    __decides__ = True

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    title: Mapped[str]
    severity: Mapped[str] = mapped_column(String(10))
    definition: Mapped[dict[str, Any]]
    builtin: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    enabled: Mapped[bool] = mapped_column(default=True, server_default=true())


class RuleVersion(Captured, Base):
    """A rule as it was under one of its versions: what a finding was judged by."""

    __tablename__ = "rule_versions"
    __label__ = "rule_id"

    rule_id: Mapped[str] = mapped_column(ForeignKey("compliance_rules.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    definition: Mapped[dict[str, Any]]
    written_by: Mapped[str] = mapped_column(String(200))
    written_at: Mapped[datetime] = mapped_column(default=now)


class RuleControl(Captured, Base):
    """A rule serves a control."""

    __tablename__ = "rule_controls"
    __label__ = "control_id"

    rule_id: Mapped[str] = mapped_column(ForeignKey("compliance_rules.id"), primary_key=True)
    control_id: Mapped[str] = mapped_column(ForeignKey("controls.id"), primary_key=True)


class Finding(Captured, SourceScoped, Base):
    """One failure of a rule, with its evidence. `status`: open, waived or resolved.

    `due_on` is a day as ISO 8601 writes it; `waiver` is a `Waiver`, requested or confirmed, which
    counts up to the day `waived_until`. What is found of a person belongs to no source.
    """

    __tablename__ = "findings"
    __label__ = "summary"

    source_id: Mapped[str | None] = mapped_column(  # type: ignore[assignment]
        ForeignKey("sources.id"), index=True
    )
    person_id: Mapped[str | None] = mapped_column(ForeignKey("users.id"), index=True)
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    rule_id: Mapped[str] = mapped_column(ForeignKey("compliance_rules.id"), index=True)
    asset_id: Mapped[str | None] = mapped_column(ForeignKey("assets.id"), index=True)
    rule_version: Mapped[int] = mapped_column(default=1, server_default="1")
    subject: Mapped[str]
    summary: Mapped[str]
    severity: Mapped[str] = mapped_column(String(10))
    status: Mapped[str] = mapped_column(String(10), default="open", index=True)
    evidence: Mapped[dict[str, Any]]
    opened_at: Mapped[datetime] = mapped_column(default=now)
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[str | None] = mapped_column(String(200))
    resolution: Mapped[str | None]
    owner: Mapped[str | None] = mapped_column(String(200))
    due_on: Mapped[str | None] = mapped_column(String(10))
    waiver: Mapped[dict[str, Any] | None]
    waived_until: Mapped[str | None] = mapped_column(String(10))

    @property
    def slot(self) -> tuple[str, str]:
        """The rule's id and that of what it judged."""
        return self.rule_id, self.asset_id or self.person_id or self.source_id or ""


class Posture(Captured, SourceScoped, Base):
    """How one source, or (without one) people, stood towards a framework when evaluated.

    `failed` counts what isn't waived.
    """

    __tablename__ = "postures"
    __label__ = "framework_id"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    source_id: Mapped[str | None] = mapped_column(  # type: ignore[assignment]
        ForeignKey("sources.id"), index=True
    )
    framework_id: Mapped[str] = mapped_column(ForeignKey("frameworks.id"), index=True)
    checks: Mapped[int]
    failed: Mapped[int]
    waived: Mapped[int] = mapped_column(default=0, server_default="0")
    evaluated_at: Mapped[datetime] = mapped_column(default=now)
