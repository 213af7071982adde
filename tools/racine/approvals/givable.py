"""Whether an approval can be given at all before its plan expires: who could, and who is missing.

A rule that nobody could ever meet is refused as it is made. Whether a plan's needs can be met is
told with the plan, as things stand then: people come, go and get rights while it waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from math import nextafter

from sqlalchemy.ext.asyncio import AsyncSession

from tools.errors import CorrectInput
from tools.grants import load_all_entitlements
from tools.operation import Operation
from tools.policy import Entitlements
from tools.racine.approvals.needs import OWNER, Need, counted, listed, meets
from tools.racine.approvals.tables import ApprovalRule
from tools.rbac.tables import User

EXPIRES_AFTER = timedelta(hours=24)
EXPIRES_AFTER_FOR_OTHERS = timedelta(days=7)
LAST_HOUR = nextafter(EXPIRES_AFTER_FOR_OTHERS.total_seconds() / 3600, 0.0)
CHANGES_RULES = "approvals.destroy"


async def everybody(session: AsyncSession) -> list[Entitlements]:
    """All who may agree to anything: the active people with what they hold."""
    return await load_all_entitlements(session, User.active.is_(True))


def able(need: Need, people: Iterable[Entitlements], requester_id: str) -> list[Entitlements]:
    """Those whose agreement counts for a need at some time before the plan expires."""
    return [one for one in people if meets(need, one, requester_id, LAST_HOUR)]


def lacking(need: Need, people: Sequence[Entitlements], requester_id: str) -> str:
    """Why a need can't be met as things stand, and the way out; empty where it can."""
    could = able(need, people, requester_id)
    missing = need.quorum - len(could)
    if missing <= 0:
        return ""
    names = listed([one.user_name for one in could])
    many = f", where {need.quorum} have to" if need.quorum > 1 else ""
    said = f"Only {names} could agree{many}." if could else f"Nobody could agree{many}."
    ways = [f"have {_given_to(need, missing)}"]
    left_out = [one for one in able(need, people, "") if one not in could]
    if left_out:
        said += f" {left_out[0].user_name}, who asked for it, doesn't count."
        ways.insert(0, "have somebody else ask for it")
    if need.rule:
        ways.append(f"have the rule '{need.rule}' replaced")
    way = ", or ".join(ways)
    return f"{said} {way[0].upper()}{way[1:]}."


async def refuse_ungivable(
    session: AsyncSession, rule: ApprovalRule, covered: Sequence[Operation]
) -> None:
    """Refuse a rule for which no plan could ever get its approval, as people stand now.

    Args:
        covered: the operations that it is about.

    Raises:
        CorrectInput: which part of it can't be met, by whom it could be, and the way out.
    """
    if rule.escalate_after is not None and rule.escalate_after > LAST_HOUR:
        raise CorrectInput(
            f"Nobody would ever be asked after {rule.escalate_after:g} hours: a plan that others "
            f"have to agree to expires after {LAST_HOUR:g}.",
            "Let it escalate earlier.",
            field="escalate_after",
        )
    people = await everybody(session)
    owner = OWNER in rule.approvers  # whoever that is: one person for each asset
    for operation in {one.permission: one for one in reversed(covered)}.values():
        need = Need(
            rule=rule.name,
            why=rule.reason,
            who="",
            approvers=tuple(rule.approvers),
            permissions=(operation.permission,),
            quorum=rule.quorum,
            escalate_after=rule.escalate_after,
            escalate_to=tuple(rule.escalate_to),
        )
        could = able(need, people, "")
        who = ["the asset's owner"] * owner + [one.user_name for one in could]
        if len(who) < rule.quorum:
            raise CorrectInput(
                f"{counted(rule.quorum)} can't agree to {operation.name}: "
                f"{f'only {listed(who)} could' if who else 'nobody could'}.",
                f"Lower the quorum, or have {_given_to(need, rule.quorum - len(who))} first.",
                field="quorum",
            )
        alone = rule.second_person and len(who) == rule.quorum == len(people)
        if alone and operation.permission == CHANGES_RULES:
            raise CorrectInput(
                "Nobody could ever take such a rule back: it holds for the rules themselves, and "
                "whoever asks doesn't count.",
                "Leave approvals.delete_rule out, or add another person first.",
                field="operations",
            )


def _given_to(need: Need, missing: int) -> str:
    """What would have to be given, and to how many, for a need to be met."""
    to = "another person" if missing == 1 else f"{missing} others"
    roles = [one.removeprefix("role:") for one in need.approvers if one.startswith("role:")]
    if roles:
        return f"the role {roles[0]} granted to {to}"
    if need.approvers:
        return f"{to} made owner or named in the rule"
    return f"{listed(need.permissions)} granted to {to}"
