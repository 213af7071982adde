"""What has to be agreed to before a plan runs, and who can. Pure: records come from the caller.

A rule is compared with what each step does (`Doing`). What it demands is a `Need`, kept with the
plan, so that it can be said at any time who has agreed, who still has to, and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Literal

from tools.policy import Entitlements
from tools.racine.approvals.tables import ApprovalRule, StandingPolicy
from tools.steps import Part

OWNER = "owner"
NAMED = 3
RIGHT = "Whoever approves a plan holds the rights for each of its steps."


class Doing(Part):
    """What one step does, as far as it is known before. None: it isn't known.

    `starts`: the workflow that it starts, and the version: what was approved is that version.
    """

    step: str
    operation: str
    effect: Literal["write", "destroy", "reach"]
    permission: str
    sources: tuple[str | None, ...] | None = None
    changes: int | None = None
    assets: tuple[str, ...] = ()
    starts: str | None = None


class Need(Part):
    """An agreement that is needed: from whom, how many, and why.

    `approvers`: `role:NAME` or `user:ID`; none for anybody who holds the `permissions`.
    """

    rule: str
    why: str
    who: str
    approvers: tuple[str, ...] = ()
    permissions: tuple[str, ...] = ()
    quorum: int = 1
    second_person: bool = False
    escalate_after: float | None = None
    escalate_to: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Names:
    """What ids stand for: people by id, and the owner of each asset (None: it has none)."""

    people: Mapping[str, str]
    assets: Mapping[str, str]
    owners: Mapping[str, str | None]


def matching(rule: ApprovalRule, doing: Doing, requester: Entitlements) -> bool:
    """Whether a rule concerns what is done. What isn't known counts as concerned."""
    return (
        any(fnmatchcase(doing.operation, pattern) for pattern in rule.operations)
        and (not rule.effects or doing.effect in rule.effects)
        and (rule.requester_role is None or f"role:{rule.requester_role}" in known_as(requester))
        and (rule.source_id is None or doing.sources is None or rule.source_id in doing.sources)
    )


def needs_of(
    rules: Iterable[ApprovalRule], doings: Sequence[Doing], requester: Entitlements, names: Names
) -> list[Need]:
    """All that has to be agreed to: the rights themselves first, then what rules demand."""
    permissions = tuple(sorted({doing.permission for doing in doings}))
    needs = [
        Need(
            rule="",
            why=RIGHT,
            who=f"somebody who holds {listed(permissions)}",
            permissions=permissions,
            steps=tuple(dict.fromkeys(doing.step for doing in doings)),
        )
    ]
    for rule in rules:
        concerned = [doing for doing in doings if matching(rule, doing, requester)]
        changes = [doing.changes for doing in concerned]
        known = sum(count for count in changes if count is not None)
        few = rule.more_than is not None and None not in changes and known <= rule.more_than
        if concerned and not few:
            needs += _demanded(rule, concerned, names)
    return needs


def meets(need: Need, person: Entitlements, requester_id: str, hours: float) -> bool:
    """Whether a person's agreement counts for a need, so many hours after it was asked for."""
    if not person.active or (need.second_person and person.user_id == requester_id):
        return False
    if escalated(need, hours) and known_as(person) & set(need.escalate_to):
        return True
    if need.approvers:
        return bool(known_as(person) & set(need.approvers))
    return all(person.decide(permission).allowed for permission in need.permissions)


def known_as(person: Entitlements) -> set[str]:
    """How rules and policies name a person: by id, and by the roles held now and not denied."""
    roles = (f"role:{held.role}" for held in person.live() if not held.denies)
    return {f"user:{person.user_id}", *roles}


def escalated(need: Need, hours: float) -> bool:
    """Whether a need has waited so long that others may agree in place of those it names."""
    return need.escalate_after is not None and hours >= need.escalate_after


def covers(
    policy: StandingPolicy, doings: Sequence[Doing], requester: Entitlements, at: datetime
) -> bool:
    """Whether a standing policy has agreed to all of it in advance."""
    return (
        policy.revoked_at is None
        and at < policy.expires_at
        and bool(known_as(requester) & set(policy.requesters))
        and all(doing.changes is not None for doing in doings)
        and sum(doing.changes or 0 for doing in doings) <= policy.at_most
        and all(
            doing.operation in policy.operations
            and doing.effect == "write"
            and (policy.source_id is None or set(doing.sources or ()) == {policy.source_id})
            for doing in doings
        )
    )


def _demanded(rule: ApprovalRule, concerned: Sequence[Doing], names: Names) -> Iterable[Need]:
    permissions = tuple(sorted({doing.permission for doing in concerned}))

    def need(who: str, approvers: Iterable[str]) -> Need:
        return Need(
            rule=rule.name,
            why=rule.reason,
            who=who,
            approvers=tuple(approvers),
            permissions=permissions,
            quorum=rule.quorum,
            second_person=rule.second_person,
            escalate_after=rule.escalate_after,
            escalate_to=tuple(rule.escalate_to),
            steps=tuple(dict.fromkeys(doing.step for doing in concerned)),
        )

    other = " other than the requester" if rule.second_person else ""
    many = counted(rule.quorum) if rule.quorum > 1 else "somebody"
    anybody = f"{many}{other} who hold{'' if rule.quorum > 1 else 's'} {listed(permissions)}"
    if OWNER not in rule.approvers:
        told = [named(one, names.people) for one in rule.approvers]
        who = f"{many}{other} of: {listed(told)}" if told else anybody
        yield need(who, rule.approvers)
        return
    owned: dict[str, list[str]] = {}
    nobody: list[str] = []
    for asset in dict.fromkeys(asset for doing in concerned for asset in doing.assets):
        owner = names.owners.get(asset)
        (owned.setdefault(owner, []) if owner else nobody).append(names.assets.get(asset, asset))
    others = tuple(one for one in rule.approvers if one != OWNER)
    for owner, assets in sorted(owned.items()):
        person = named(f"user:{owner}", names.people)
        yield need(f"{person}, owner of {listed(assets)}", (f"user:{owner}", *others))
    if nobody or not owned:
        about = f" ({listed(nobody)} has no owner)" if nobody else ""
        yield need(f"{anybody}{about}", others)


def named(approver: str, people: Mapping[str, str]) -> str:
    """`role:steward`, `user:usr_1` or `owner` in words."""
    kind, _, key = approver.partition(":")
    return f"the role {key}" if kind == "role" else people.get(key, key or kind)


def counted(people: int) -> str:
    """So many people, in words."""
    return "one person" if people == 1 else f"{people} people"


def listed(words: Sequence[str]) -> str:
    """The first few, and how many more there are."""
    shown = ", ".join(words[:NAMED])
    more = len(words) - NAMED
    return f"{shown} and {more} more" if more > 0 else shown
