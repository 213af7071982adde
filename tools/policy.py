"""Who may do what, and why: grants compiled per person, decided in memory, denied by default.

Only the kernel asks. What is granted reaches an area: everything, some sources, a domain, what
carries labels up to a level; what is denied takes its area away, whatever else is granted. A
decision carries the sentence that explains it and the sources it is good for (None: all of them).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import fnmatchcase
from functools import cached_property

from tools.database import now

UNMASK = "data.unmask"
# People, and what they did, belong to no source: a scope can't restrict what is told of them.
EVERYWHERE = ("rbac.", "activity.")
LEVELS = ("public", "internal", "confidential", "restricted")
"""The levels of a label's sensitivity, from the lowest; what carries no label has the lowest."""


@dataclass(frozen=True)
class Held:
    """One role as granted, or denied: its permission patterns and the area it is good for.

    `sources`: those it reaches, None for all; of a domain those where it has assets.
    `domains`: only assets that lie in them. `levels`: only assets whose highest label is of these.
    """

    role: str
    permissions: tuple[str, ...]
    scope: str
    sources: frozenset[str] | None
    domains: frozenset[str] | None = None
    levels: frozenset[str] | None = None
    denies: bool = False
    since: datetime | None = None
    until: datetime | None = None
    team: str | None = None
    grant_id: str = ""

    def gives(self, permission: str) -> bool:
        """Whether one of the role's patterns (`catalog.*`, `*.read`) fits."""
        return any(fnmatchcase(permission, pattern) for pattern in self.permissions)

    def holds(self, at: datetime) -> bool:
        """Whether it is good at a moment: from `since` on, before `until`."""
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)

    @property
    def whole(self) -> bool:
        """Whether it reaches every asset of its sources."""
        return self.domains is None and self.levels is None

    @property
    def unlimited(self) -> bool:
        """Whether it reaches everything, also what belongs to no source."""
        return self.whole and self.sources is None

    def reaches(self, source_id: str, domain_id: str | None, level: str) -> bool:
        """Whether an asset of that source, domain and highest label lies in the area."""
        return (
            (self.sources is None or source_id in self.sources)
            and (self.domains is None or domain_id in self.domains)
            and (self.levels is None or level in self.levels)
        )

    def __str__(self) -> str:
        through = f" (team {self.team})" if self.team else ""
        until = f" until {self.until:%Y-%m-%d %H:%M} UTC" if self.until else ""
        return f"{self.role} on {self.scope}{through}{until}"


@dataclass(frozen=True)
class Decision:
    """Whether, why, and over which sources.

    `sources` are reached at least in part, `whole` in all their assets (None: every source, also
    those to come); `everywhere`: also what belongs to no source. In a source that isn't whole
    `areas` decide, asset by asset.
    """

    allowed: bool
    reason: str
    sources: frozenset[str] | None = frozenset()
    whole: frozenset[str] | None = frozenset()
    everywhere: bool = False
    areas: tuple[Held, ...] = ()

    def covers(self, source_id: str | None) -> bool:
        """Whether it reaches all of a source; None stands for what belongs to no source."""
        if not self.allowed or source_id is None:
            return self.allowed and self.everywhere
        return self.whole is None or source_id in self.whole

    def touches(self, source_id: str) -> bool:
        """Whether it reaches anything of a source."""
        return self.allowed and (self.sources is None or source_id in self.sources)

    def reaches(self, source_id: str, domain_id: str | None, level: str) -> bool:
        """Whether it reaches an asset: its source, its domain, the level of its highest label."""
        if self.covers(source_id):
            return True
        if not self.touches(source_id):
            return False
        here = [area for area in self.areas if area.reaches(source_id, domain_id, level)]
        return bool(here) and not any(area.denies for area in here)

    @property
    def partial(self) -> bool:
        """Whether it reaches some source only in part."""
        return bool(self.areas)


@dataclass(frozen=True)
class Entitlements:
    """All that one person holds, compiled. `known`: every source, where an area needs them.

    `as_of`: the newest change when it was read; None where there was none, or nobody looked.
    """

    user_id: str
    user_name: str
    active: bool
    held: tuple[Held, ...]
    known: frozenset[str] = frozenset()
    as_of: int | None = field(default=None, compare=False)
    _decided: dict[tuple[str, int], Decision] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    @cached_property
    def _bounds(self) -> list[datetime]:
        moments = (moment for one in self.held for moment in (one.since, one.until))
        return sorted({moment for moment in moments if moment is not None})

    def decide(self, permission: str, at: datetime | None = None) -> Decision:
        """Whether the person holds a permission anywhere, and where, at a moment (now)."""
        period = bisect_right(self._bounds, at or now()) if self._bounds else 0
        decision = self._decided.get((permission, period))
        if decision is None:
            decision = self._decide(permission, at or now())
            self._decided[permission, period] = decision
        return decision

    def decide_on(
        self, permission: str, source_id: str | None, name: str, at: datetime | None = None
    ) -> Decision:
        """Whether the person holds a permission on all of a source (None: everywhere)."""
        decision = self.decide(permission, at)
        if not decision.allowed or decision.covers(source_id):
            return decision
        if source_id is None:
            return Decision(False, f"{decision.reason[:-1]}, not everywhere, which this needs.")
        holds = (
            "it holds only on a part of" if decision.touches(source_id) else "it doesn't hold on"
        )
        return Decision(False, f"{decision.reason[:-1]}; {holds} {name}.")

    def live(self, at: datetime | None = None) -> list[Held]:
        """What is held and good at a moment (now)."""
        moment = at or now()
        return [one for one in self.held if one.holds(moment)]

    def _decide(self, permission: str, at: datetime) -> Decision:
        if not self.active:
            return Decision(False, f"{self.user_name} is disabled.")
        live = self.live(at)
        giving = [one for one in live if not one.denies and one.gives(permission)]
        taking = [one for one in live if one.denies and one.gives(permission)]
        if not giving:
            return Decision(False, self._nothing(permission, live, at))
        if not taking:
            everywhere = next((one for one in giving if one.unlimited), None)
            if everywhere is not None:
                through = f", through the team {everywhere.team}" if everywhere.team else ""
                reason = f"The role {everywhere.role} gives {permission} everywhere{through}."
                return Decision(True, reason, None, None, everywhere=True)
        partly = self._union(giving) - self._union(one for one in taking if one.whole)
        whole = self._union(one for one in giving if one.whole) - self._union(taking)
        everywhere_else = any(one.unlimited for one in giving) and not any(
            one.unlimited for one in taking
        )
        # Where it is denied isn't named: whom it is denied may not know of what is there
        if taking and not partly and not everywhere_else:
            return Decision(False, f"{self.user_name} is denied {permission}.")
        reason = f"{permission} comes from {_listed(giving)}"
        if permission.startswith(EVERYWHERE) and (taking or not everywhere_else):
            return Decision(False, f"{reason}, not everywhere, which this needs.")
        if taking:
            reason += ", and is denied in places"
        areas = tuple(giving + taking) if partly != whole else ()
        return Decision(True, f"{reason}.", partly, whole, everywhere_else, areas)

    def _union(self, held: Iterable[Held]) -> frozenset[str]:
        return frozenset().union(*(self.known if h.sources is None else h.sources for h in held))

    def _nothing(self, permission: str, live: Sequence[Held], at: datetime) -> str:
        past = [
            f"{one.role} on {one.scope} {f'ended on {one.until:%Y-%m-%d %H:%M} UTC'}"
            if one.until is not None and one.until <= at
            else f"{one.role} on {one.scope} begins on {one.since:%Y-%m-%d %H:%M} UTC"
            for one in self.held
            if one not in live and not one.denies and one.gives(permission)
        ]
        roles = ", ".join(sorted({one.role for one in live if not one.denies}))
        said = f"{self.user_name} has no role that gives {permission}"
        if roles:
            said = f"{self.user_name} has {roles}, and none of it gives {permission}"
        return f"{said}; {'; '.join(past)}." if past else f"{said}."


def _listed(held: Iterable[Held]) -> str:
    return "; ".join(dict.fromkeys(str(one) for one in held))


def expand(patterns: Iterable[str], known: Iterable[str]) -> list[str]:
    """The known permissions that any of the patterns gives."""
    listed = tuple(patterns)
    return sorted({name for name in known if any(fnmatchcase(name, pattern) for pattern in listed)})
