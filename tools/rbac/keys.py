"""API keys: how programs, and people without the panel, are known."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import Annotated

from pydantic import Field, SecretStr
from sqlalchemy import select

from tools.context import Context
from tools.database import new_id, now
from tools.errors import ChooseAnother, CorrectInput
from tools.operation import Effect, operation
from tools.rbac.people import find_user
from tools.rbac.showing import key_summary
from tools.rbac.tables import ApiKey, User
from tools.rbac.types import ApiKeySummary, NewApiKey
from tools.values import Cursor, Limit, Page, UserRef, page, paged


def digest_key(key: str) -> str:
    """What is kept of an API key: a key is 256 random bits, so a plain SHA-256 is enough."""
    return hashlib.sha256(key.encode()).hexdigest()


@operation(
    "rbac.list_api_keys",
    permission="rbac.read",
    examples=("Which API keys are there?", "List the keys of the pipeline user"),
)
async def list_api_keys(
    ctx: Context,
    user: Annotated[str | None, Field(description="Only of this person")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[ApiKeySummary]:
    """List API keys; the keys themselves are never shown again."""
    query = select(ApiKey).order_by(ApiKey.created_at)
    if user:
        query = query.where(ApiKey.user_id == (await find_user(ctx.session, user)).id)
    rows, total = await paged(ctx.session, query, limit, cursor)
    keys = []
    for row in rows:
        owner = await ctx.session.get(User, row.user_id)
        keys.append(key_summary(row, owner.name if owner else ""))
    return page(keys, total, cursor)


@operation(
    "rbac.create_api_key",
    permission="rbac.write",
    effect=Effect.WRITE,
    agent=False,
    examples=("Create an API key for the pipeline user",),
)
async def create_api_key(
    ctx: Context,
    user: UserRef,
    name: Annotated[str, Field(min_length=1, max_length=200, description="What it is for")],
    expires_at: Annotated[
        datetime | None, Field(description="It opens nothing from then on; never if left out")
    ] = None,
) -> NewApiKey:
    """Create an API key for a person or service account; it is shown this once."""
    person = await find_user(ctx.session, user)
    if expires_at is not None and (expires_at.tzinfo is None or expires_at <= now()):
        raise CorrectInput(
            "'expires_at' has to be a moment to come, with its time zone.",
            "Write it such as 2027-01-31T00:00:00Z.",
            field="expires_at",
        )
    key = f"rcn_{secrets.token_urlsafe(32)}"
    row = ApiKey(
        id=new_id("key"),
        user_id=person.id,
        name=name,
        digest=digest_key(key),
        expires_at=expires_at,
    )
    ctx.session.add(row)
    await ctx.session.flush()
    return NewApiKey(**key_summary(row, person.name).model_dump(), key=SecretStr(key))


@operation(
    "rbac.revoke_api_key",
    permission="rbac.destroy",
    effect=Effect.DESTROY,
    agent=False,
    examples=("Revoke the API key of the old pipeline",),
)
async def revoke_api_key(
    ctx: Context, key: Annotated[str, Field(max_length=60, description="The key's id")]
) -> ApiKeySummary:
    """Revoke an API key: it opens nothing from now on."""
    row = await ctx.session.get(ApiKey, key)
    if row is None:
        raise ChooseAnother(
            f"There is no API key '{key}'.", "rbac.list_api_keys shows their ids.", field="key"
        )
    row.revoked_at = row.revoked_at or now()
    owner = await ctx.session.get(User, row.user_id)
    return key_summary(row, owner.name if owner else "")
