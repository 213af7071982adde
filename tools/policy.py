"""Who may do what, and why: grants compiled per person, decided in memory, denied by default.

Only the kernel asks. A decision carries the sentence that explains it and the sources it is
good for (None: all of them).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.racine.workspaces.tables import WorkspaceSource
from tools.rbac.tables import Grant, Role, User

UNMASK = "data.unmask"
# People, and what they did, belong to no source: a scope can't restrict what is told of them.
EVERYWHERE = ("rbac.", "activity.")


@dataclass(frozen=True)
class Decision:
    """Whether, why, and over which sources (None means all)."""

    allowed: bool
    reason: str
    sources: frozenset[str] | None = frozenset()

    def covers(self, source_id: str | None) -> bool:
        """Whether it reaches a source; None stands for what belongs to no source."""
        return self.allowed and (self.sources is None or source_id in self.sources)


@dataclass(frozen=True)
class Held:
    """One role as granted: its permission patterns and the sources it reaches (None: all)."""

    role: str
    permissions: tuple[str, ...]
    scope: str
    sources: frozenset[str] | None

    def gives(self, permission: str) -> bool:
        """Whether one of the role's patterns (`catalog.*`, `*.read`) fits."""
        return any(fnmatchcase(permission, pattern) for pattern in self.permissions)


@dataclass(frozen=True)
class Entitlements:
    """All that one person holds, compiled."""

    user_id: str
    user_name: str
    active: bool
    held: tuple[Held, ...]

    def decide(self, permission: str) -> Decision:
        """Whether the person holds a permission anywhere, and where."""
        if not self.active:
            return Decision(False, f"{self.user_name} is disabled.")
        giving = [held for held in self.held if held.gives(permission)]
        if not giving:
            roles = ", ".join(sorted({held.role for held in self.held})) or "no role"
            return Decision(
                False, f"{self.user_name} has {roles}, and none of it gives {permission}."
            )
        everywhere = next((held for held in giving if held.sources is None), None)
        if everywhere is not None:
            return Decision(
                True, f"The role {everywhere.role} gives {permission} everywhere.", None
            )
        sources = frozenset().union(*(held.sources or () for held in giving))
        named = "; ".join(f"{held.role} on {held.scope}" for held in giving)
        if permission.startswith(EVERYWHERE):
            return Decision(
                False, f"{permission} comes from {named}, not everywhere, which this needs."
            )
        return Decision(True, f"{permission} comes from {named}.", sources)

    def decide_on(self, permission: str, source_id: str | None, source_name: str) -> Decision:
        """Whether the person holds a permission on one source (None: on what belongs to none)."""
        decision = self.decide(permission)
        if not decision.allowed or decision.covers(source_id):
            return decision
        where = f"not on {source_name}" if source_id else "not everywhere, which this needs"
        return Decision(False, f"{decision.reason[:-1]}, {where}.")


async def load_entitlements(session: AsyncSession, user_id: str) -> Entitlements | None:
    """Compile a person's grants; None where nobody has that id."""
    return next(iter(await load_all_entitlements(session, User.id == user_id)), None)


async def load_all_entitlements(
    session: AsyncSession, whose: ColumnElement[bool]
) -> list[Entitlements]:
    """Compile the grants of all people that a condition on `User` selects, by name."""
    people = list(await session.scalars(select(User).where(whose).order_by(User.name)))
    rows = (
        await session.execute(
            select(Grant, Role)
            .join(Role, Role.name == Grant.role)
            .join(User, User.id == Grant.user_id)
            .where(whose)
            .order_by(Grant.created_at)
        )
    ).all()
    linked: dict[str, set[str]] = defaultdict(set)
    if any(grant.workspace_id for grant, _ in rows):
        for link in await session.scalars(select(WorkspaceSource)):
            linked[link.workspace_id].add(link.source_id)
    held: dict[str, list[Held]] = defaultdict(list)
    for grant, role in rows:
        sources: frozenset[str] | None = None
        scope = "everything"
        if grant.source_id is not None:
            sources, scope = frozenset([grant.source_id]), f"source {grant.scope_name}"
        elif grant.workspace_id is not None:
            sources = frozenset(linked[grant.workspace_id])
            scope = f"workspace {grant.scope_name}"
        held[grant.user_id].append(Held(role.name, tuple(role.permissions), scope, sources))
    return [Entitlements(one.id, one.name, one.active, tuple(held[one.id])) for one in people]


def expand(patterns: Iterable[str], known: Iterable[str]) -> list[str]:
    """The known permissions that any of the patterns gives."""
    listed = tuple(patterns)
    return sorted({name for name in known if any(fnmatchcase(name, pattern) for pattern in listed)})
