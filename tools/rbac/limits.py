"""What giving out access keeps to: nobody gives more than they hold; somebody stays in charge."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from tools.context import Context
from tools.database import now
from tools.errors import AskForAccess, CorrectInput, LookAgain, nearest
from tools.grants import load_all_entitlements
from tools.policy import UNMASK, expand
from tools.rbac.tables import User

NEEDED = ("rbac.read", "rbac.write", "rbac.destroy")
ALWAYS = datetime(9999, 1, 1, tzinfo=UTC)


def known_permissions(ctx: Context) -> list[str]:
    """Every permission that a role can give."""
    return sorted({*ctx.kernel.registry.permissions(), UNMASK})


def refuse_more_than_held(ctx: Context, patterns: Iterable[str], source_id: str | None) -> None:
    """Refuse to give what the caller doesn't hold there (None: everywhere).

    Raises:
        AskForAccess: it names what is missing.
    """
    missing = [
        permission
        for permission in expand(patterns, known_permissions(ctx))
        if not ctx.entitlements.decide_on(permission, source_id, "").allowed
    ]
    if missing:
        more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
        raise AskForAccess(
            f"{ctx.entitlements.user_name} doesn't hold {', '.join(missing[:5])}{more} there, and "
            "nobody gives more than they hold.",
            "Ask somebody who holds it, or leave it out.",
        )


def refuse_unknown(ctx: Context, patterns: Iterable[str]) -> None:
    """Refuse patterns that give nothing.

    Raises:
        CorrectInput: one fits no permission.
    """
    known = known_permissions(ctx)
    for number, pattern in enumerate(patterns):
        if not expand([pattern], known):
            raise CorrectInput(
                f"'{pattern}' fits no permission.",
                f"{nearest(pattern, known)} A pattern such as catalog.* gives all of a group.",
                field=f"permissions[{number}]",
            )


async def keep_an_administrator(session: AsyncSession) -> None:
    """Refuse a change after which nobody could give out access any more, or not for ever.

    Raises:
        LookAgain: nobody would be left.
    """
    await session.flush()
    for held in await load_all_entitlements(session, User.active.is_(True)):
        if all(held.decide(one, at).everywhere for one in NEEDED for at in (now(), ALWAYS)):
            return
    raise LookAgain(
        "Nobody would be administrator any more.", "Make somebody else administrator first."
    )
