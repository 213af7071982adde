"""Separation of duties: permissions that one person should not hold together."""

from __future__ import annotations

from tools.policy import Entitlements
from tools.rbac.types import DutyConflict

CONFLICTS = (
    ("rbac.write", "data.unmask", "gives out access, and sees classified values"),
    ("rbac.write", "compliance.write", "gives out access, and waives what is found against it"),
    ("rbac.write", "approvals.write", "gives out access, and sets what needs an approval"),
    ("approvals.write", "workflows.write", "sets what needs an approval, and builds what runs"),
)


def conflicts_of(held: Entitlements) -> list[DutyConflict]:
    """The pairs that a person holds together on some source, or everywhere."""
    found = []
    for first, second, why in CONFLICTS:
        one, other = held.decide(first), held.decide(second)
        together = one.sources is None or other.sources is None or one.sources & other.sources
        if one.allowed and other.allowed and together:
            found.append(
                DutyConflict(
                    user_id=held.user_id,
                    user=held.user_name,
                    permissions=[first, second],
                    why=why,
                )
            )
    return found
