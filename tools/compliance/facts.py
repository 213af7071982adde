"""What a rule is judged on: plain facts about one asset, source or user at one moment.

Whoever evaluates gathers them; nothing here or in `conditions` looks anything up. Facts name
things and people and never hold a data value, so a reason made of them can be shown to anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

Kind = Literal["table", "column", "source", "user"]
Sensitivity = Literal["public", "internal", "confidential", "restricted"]
LabelStatus = Literal["suggested", "confirmed", "rejected"]

SENSITIVITIES: tuple[Sensitivity, ...] = get_args(Sensitivity)


def at_least(sensitivity: Sensitivity, floor: Sensitivity) -> bool:
    """Whether `sensitivity` is `floor` or stricter."""
    return SENSITIVITIES.index(sensitivity) >= SENSITIVITIES.index(floor)


@dataclass(frozen=True, slots=True)
class LabelFact:
    """One label on something; `on` names the column that carries it, if that is another asset."""

    label: str
    category: str
    sensitivity: Sensitivity
    status: LabelStatus = "suggested"
    score: float = 1.0
    on: str | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """A person who sees an asset's values unmasked, with every role by which they do."""

    name: str
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Downstream:
    """A column that another one flows into, at any depth, with the labels in force on it."""

    qualified_name: str
    source: str
    labels: frozenset[str] = frozenset()
    environment: str | None = None


@dataclass(frozen=True, slots=True)
class CheckFact:
    """A quality check with its latest result; `status` is None where it was never measured."""

    name: str
    kind: str
    status: Literal["passed", "failed", "error"] | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeyFact:
    """A program's key that isn't revoked."""

    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of any subject. `as_of` is when it was true, aware of its time zone.

    `labels`: a column's own; a table's and its columns'; a source's and all its assets'; those
    that a user can read unmasked. `grants`: how many grants are on it, or held by the user.
    """

    id: str
    qualified_name: str
    kind: Kind
    as_of: datetime
    labels: tuple[LabelFact, ...] = ()
    grants: int = 0

    @property
    def labels_in_force(self) -> tuple[LabelFact, ...]:
        """The labels that nobody has rejected."""
        return tuple(label for label in self.labels if label.status != "rejected")


@dataclass(frozen=True, slots=True, kw_only=True)
class GovernedFacts(Facts):
    """What assets and sources share. `owners` are effective: a column has its table's.

    `idle_owners` are those who can't act: disabled, or nobody of that name is known.
    """

    owners: tuple[str, ...] = ()
    idle_owners: tuple[str, ...] = ()
    description: str | None = None
    tags: frozenset[str] = frozenset()
    last_scanned_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFacts(GovernedFacts):
    """A source. `None` means that it isn't known, which no condition takes for yes."""

    kind: Kind = "source"
    environment: str | None = None
    discovered_at: datetime | None = None
    encrypted_at_rest: bool | None = None
    encrypted_in_transit: bool | None = None
    credentials_encrypted: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetFacts(GovernedFacts):
    """A table (also a view or a file) or a column, with its source. `upstream` holds names.

    `checks` are a column's own, or all of a table's. `oldest` says of date columns that aren't
    classified when the oldest row's date was, as the last profile saw it.
    """

    source: SourceFacts
    rows: int | None = None
    certification: str | None = None
    deprecated_at: datetime | None = None
    sunset_on: str | None = None
    profiled_at: datetime | None = None
    checks: tuple[CheckFact, ...] = ()
    oldest: Mapping[str, datetime] = field(default_factory=dict)
    readers_unmasked: tuple[Reader, ...] = ()
    upstream: tuple[str, ...] = ()
    downstream: tuple[Downstream, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UserFacts(Facts):
    """A user. `last_active_at` is the last request in their name; `keys` are their programs'.

    `roles` are all they hold, `roles_everywhere` those they hold without a narrower scope.
    """

    kind: Kind = "user"
    roles: frozenset[str] = frozenset()
    roles_everywhere: frozenset[str] = frozenset()
    disabled: bool = False
    created_at: datetime | None = None
    last_active_at: datetime | None = None
    keys: tuple[KeyFact, ...] = ()
