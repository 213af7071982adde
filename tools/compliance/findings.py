"""What people do about findings: assign, resolve, and waive with a second person's confirmation.

A waiver counts only once somebody other than who requested it has confirmed it, and only until
its day; the next evaluation reopens the finding after that, and whatever still fails.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from tools.compliance.finding_records import finding_detail
from tools.compliance.tables import Finding
from tools.compliance.types import FindingDetail, Waiver
from tools.compliance.waivers import is_waived, today
from tools.context import Context
from tools.database import now
from tools.errors import AskForApproval, CorrectInput, LookAgain
from tools.operation import Effect, operation
from tools.rbac.people import find_user
from tools.values import UserRef

LONGEST_WAIVER = timedelta(days=5 * 365)
FindingRef = Annotated[str, Field(max_length=60, description="A finding's id")]


@operation(
    "compliance.assign_finding",
    permission="compliance.write",
    effect=Effect.WRITE,
    target="finding",
    examples=(
        "Assign finding fnd_12ab to Dana until 2030-03-31",
        "Give finding fnd_12ab to Ben",
    ),
)
async def assign_finding(
    ctx: Context,
    finding: FindingRef,
    owner: UserRef,
    due_on: Annotated[
        date | None,
        Field(description="The day by which it is to be mended; kept as it is if left out"),
    ] = None,
) -> FindingDetail:
    """Give a finding an owner, and a day by which it is to be mended."""
    row = await _unresolved(ctx.session, finding)
    person = await find_user(ctx.session, owner, "owner")
    if not person.active:
        raise CorrectInput(
            f"{person.name} is disabled.", "Name somebody who can act on it.", field="owner"
        )
    if due_on is not None:
        _refuse_past(due_on, "due_on")
        row.due_on = due_on.isoformat()
    row.owner = person.name
    return await finding_detail(ctx.session, row)


@operation(
    "compliance.resolve_finding",
    permission="compliance.write",
    effect=Effect.WRITE,
    target="finding",
    examples=("Resolve finding fnd_12ab: the column was dropped",),
)
async def resolve_finding(
    ctx: Context,
    finding: FindingRef,
    how: Annotated[str, Field(min_length=3, max_length=1000, description="How it was mended")],
) -> FindingDetail:
    """Resolve a finding by hand; if its rule still fails, the next evaluation opens a new one."""
    row = await _unresolved(ctx.session, finding)
    row.status, row.resolved_at = "resolved", now()
    row.resolution, row.resolved_by = how.strip(), ctx.entitlements.user_name
    return await finding_detail(ctx.session, row)


@operation(
    "compliance.waive_finding",
    permission="compliance.write",
    effect=Effect.WRITE,
    target="finding",
    examples=("Waive finding fnd_12ab until 2030-03-31, because the system is being retired",),
)
async def waive_finding(
    ctx: Context,
    finding: FindingRef,
    reason: Annotated[
        str, Field(min_length=3, max_length=1000, description="Why the risk is accepted")
    ],
    expires_on: Annotated[date, Field(description="The last day on which the waiver holds")],
) -> FindingDetail:
    """Request a waiver; the finding stays open until a second person confirms it."""
    row = await _unresolved(ctx.session, finding)
    if is_waived(row):
        raise LookAgain(
            f"The finding '{finding}' is waived already.",
            "compliance.get_finding shows until when; undo the confirmation to change its terms.",
        )
    _refuse_past(expires_on, "expires_on")
    if expires_on > (latest := today() + LONGEST_WAIVER):
        raise CorrectInput(
            f"'expires_on' is {expires_on}, and a waiver holds for five years at most.",
            f"Name a day up to {latest}; it can be requested again before it is over.",
            field="expires_on",
        )
    row.status, row.waived_until = "open", None
    row.waiver = Waiver(
        reason=reason.strip(),
        expires_on=expires_on,
        requested_by_id=ctx.caller.user_id,
        requested_by=ctx.entitlements.user_name,
    ).model_dump(mode="json")
    return await finding_detail(ctx.session, row)


@operation(
    "compliance.confirm_waiver",
    permission="compliance.write",
    effect=Effect.WRITE,
    target="finding",
    examples=("Confirm the waiver of finding fnd_12ab",),
)
async def confirm_waiver(ctx: Context, finding: FindingRef) -> FindingDetail:
    """Confirm a waiver that somebody else has requested; from now on it counts."""
    row = await _unresolved(ctx.session, finding)
    if is_waived(row) or row.waiver is None:
        raise LookAgain(
            f"The finding '{finding}' has no waiver that waits for confirmation.",
            "compliance.get_finding shows it; compliance.waive_finding requests a waiver.",
        )
    waiver = Waiver.model_validate(row.waiver)
    if waiver.requested_by_id == ctx.caller.user_id:
        raise AskForApproval(
            f"{waiver.requested_by} has requested this waiver and can't confirm it too.",
            "Ask somebody else who may change compliance to confirm it.",
        )
    if waiver.expired(today()):
        raise LookAgain(
            f"The waiver was requested until {waiver.expires_on}, which is over.",
            "Request it anew with compliance.waive_finding.",
        )
    waiver.confirmed_by = ctx.entitlements.user_name
    row.status, row.waiver = "waived", waiver.model_dump(mode="json")
    row.waived_until = waiver.expires_on.isoformat()
    return await finding_detail(ctx.session, row)


def _refuse_past(day: date, field: str) -> None:
    if day < today():
        raise CorrectInput(
            f"'{field}' is {day}, which is over.", "Name a day to come.", field=field
        )


async def _unresolved(session: AsyncSession, finding: str) -> Finding:
    row = await session.get_one(Finding, finding)  # the kernel found it as the target
    if row.status == "resolved":
        raise LookAgain(
            f"The finding '{finding}' is resolved already.",
            "If its rule still fails, compliance.evaluate_compliance opens a new one.",
        )
    return row
