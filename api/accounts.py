"""Who is behind a request: API keys, the panel's session, and the printed sign-in link."""

from __future__ import annotations

from datetime import timedelta
from time import monotonic
from typing import Any

import jwt
from pydantic import SecretStr
from sqlalchemy import or_, select

from tools.audit import system_entry
from tools.database import new_id, now
from tools.errors import SignIn
from tools.invoke import Kernel
from tools.rbac.keys import digest_key
from tools.rbac.tables import ApiKey, Grant, User

SESSION_HOURS = 12
LINK_HOURS = 24
REMEMBERED_SECONDS = 2.0  # how long a key revoked in another process still opens
COMMAND_MINUTES = 1
ADMINISTRATOR = "administrator@racine.local"

FIRST_ADMINISTRATOR = (
    select(User.id)
    .join(Grant, Grant.user_id == User.id)
    .where(
        Grant.role == "administrator",
        Grant.source_id.is_(None),
        Grant.workspace_id.is_(None),
        Grant.domain_id.is_(None),
        Grant.sensitivity.is_(None),
        Grant.valid_until.is_(None),
        Grant.effect == "allow",
        User.active,
        User.kind == "person",
    )
    .order_by(User.created_at)
    .limit(1)
)


def signed(secret_key: str, user_id: str, purpose: str, lasts: timedelta) -> str:
    """A token that says, under the folder's own key, whom it lets in, where, and until when."""
    claims = {"sub": user_id, "aud": purpose, "exp": now() + lasts}
    return jwt.encode(claims, secret_key, algorithm="HS256")


def link_token(secret_key: str, user_id: str) -> str:
    """A sign-in link's token."""
    return signed(secret_key, user_id, "link", timedelta(hours=LINK_HOURS))


def command_token(secret_key: str) -> str:
    """What the command line shows to the service that has its folder open."""
    return signed(secret_key, "administrator", "command", timedelta(minutes=COMMAND_MINUTES))


class Accounts:
    """Finds the person behind a key, a session or a link."""

    def __init__(self, kernel: Kernel, secret_key: str) -> None:
        self._kernel, self._secret = kernel, secret_key
        self._known: dict[str, tuple[str, float]] = {}
        kernel.after_commit.append(self._known.clear)

    async def by_key(self, key: str) -> str:
        """The id of the user whose API key this is.

        Raises:
            SignIn: nobody's, or it was revoked or has expired.
        """
        digest = digest_key(key)
        known = self._known.get(digest)
        if known is not None and monotonic() - known[1] < REMEMBERED_SECONDS:
            return known[0]
        async with self._kernel.database.reading() as session:
            user_id = await session.scalar(
                select(ApiKey.user_id).where(
                    ApiKey.digest == digest,
                    ApiKey.revoked_at.is_(None),
                    or_(ApiKey.expires_at.is_(None), ApiKey.expires_at > now()),
                )
            )
        if user_id is None:
            raise SignIn("This API key opens nothing.", "Check it, or ask for a new one.")
        self._known[digest] = (user_id, monotonic())
        return user_id

    def by_session(self, token: str) -> str:
        """The id of the user whose session this is."""
        return self._user_of(token, "session", "Your session has ended.")

    async def by_link(self, token: str) -> str:
        """The id of the user that a sign-in link, or an API key, is for."""
        if token.startswith("rcn_") or token.count(".") != 2:
            user_id = await self.by_key(token)
            async with self._kernel.database.reading() as session:
                user = await session.get(User, user_id)
            if user is not None and user.kind == "service":
                raise SignIn(
                    f"{user.name} is a service account, and nobody signs in as it.",
                    "Sign in with a key of your own.",
                )
            return user_id
        return self._user_of(token, "link", "This sign-in link is no longer good.")

    async def by_command(self, token: str) -> str | None:
        """The administrator's id, where the command line made the token with the folder's key."""
        if self._claims(token, "command") is None:
            return None
        async with self._kernel.database.reading() as session:
            return await session.scalar(FIRST_ADMINISTRATOR)

    def session_for(self, user_id: str) -> str:
        """A session's token."""
        return signed(self._secret, user_id, "session", timedelta(hours=SESSION_HOURS))

    async def ensure_administrator(self, admin_token: SecretStr | None) -> str:
        """The administrator that automation, or the first sign-in, acts as; returns the id."""
        entry = system_entry("system.ensure_administrator", "the first administrator")
        async with self._kernel.unit_of_work(entry) as session:
            user_id = await session.scalar(FIRST_ADMINISTRATOR)
            if user_id is None:
                user_id = new_id("usr")
                session.add(User(id=user_id, name="Administrator", email=ADMINISTRATOR))
                await session.flush()
                session.add(
                    Grant(
                        id=new_id("grt"),
                        user_id=user_id,
                        role="administrator",
                        granted_by="Racine",
                    )
                )
            if admin_token is not None:
                digest = digest_key(admin_token.get_secret_value())
                known = await session.scalar(select(ApiKey).where(ApiKey.digest == digest))
                if known is None:
                    session.add(
                        ApiKey(
                            id=new_id("key"),
                            user_id=user_id,
                            name="RACINE_ADMIN_TOKEN",
                            digest=digest,
                        )
                    )
        return user_id

    def _user_of(self, token: str, purpose: str, why: str) -> str:
        claims = self._claims(token, purpose)
        if claims is None:
            raise SignIn(why, "Sign in again with a fresh link or an API key.")
        return str(claims["sub"])

    def _claims(self, token: str, purpose: str) -> dict[str, Any] | None:
        try:
            claims: dict[str, Any] = jwt.decode(
                token, self._secret, algorithms=["HS256"], audience=purpose
            )
        except jwt.InvalidTokenError:
            return None
        return claims
