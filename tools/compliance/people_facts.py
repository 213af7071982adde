"""Gathering facts about people: roles, what they see unmasked, keys, and when they last acted."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from tools.audit import ActivityRow
from tools.classifications.tables import Classification, Label
from tools.compliance.facts import KeyFact, LabelFact, UserFacts
from tools.data_sources.tables import Source
from tools.database import now
from tools.grants import load_all_entitlements
from tools.policy import UNMASK
from tools.rbac.tables import ApiKey, User


async def gather_people(
    session: AsyncSession, log: AsyncSession, as_of: datetime | None = None
) -> list[UserFacts]:
    """The facts of everybody. `log`: where the log of invocations is, also of a past moment."""
    moment = as_of or now()
    people = {one.id: one for one in await session.scalars(select(User))}
    twins = Counter(one.name for one in people.values())
    last = func.max(ActivityRow.at, type_=ActivityRow.at.type)
    active = {
        row.user_id: row.last
        for row in await log.execute(
            select(ActivityRow.user_id, last.label("last"))
            .where(ActivityRow.at <= moment)
            .group_by(ActivityRow.user_id)
        )
    }
    keys: dict[str, list[KeyFact]] = defaultdict(list)
    for key in await session.scalars(
        select(ApiKey).where(ApiKey.revoked_at.is_(None)).order_by(ApiKey.name)
    ):
        keys[key.user_id].append(KeyFact(key.name, key.created_at))
    by_source = await _labels(session)
    facts = []
    for one in await load_all_entitlements(session, true()):
        user = people[one.user_id]
        sees = replace(one, active=True).decide(UNMASK)
        labels = {
            label for source, held in by_source.items() if sees.touches(source) for label in held
        }
        named = user.name if twins[user.name] == 1 else f"{user.name} ({user.email})"
        facts.append(
            UserFacts(
                id=user.id,
                qualified_name=named,
                as_of=moment,
                labels=tuple(sorted(labels, key=lambda label: (label.label, label.status))),
                grants=len(one.held),
                roles=frozenset(held.role for held in one.live() if not held.denies),
                roles_everywhere=frozenset(h.role for h in one.live() if h.unlimited),
                disabled=not user.active,
                created_at=user.created_at,
                last_active_at=active.get(user.id),
                keys=tuple(keys[user.id]),
            )
        )
    return facts


async def _labels(session: AsyncSession) -> dict[str, set[LabelFact]]:
    found: dict[str, set[LabelFact]] = defaultdict(set)
    for row in await session.execute(
        select(
            Source.id,
            Label.id.label("label"),
            Label.category,
            Label.sensitivity,
            Classification.status,
        )
        .join(Classification, Classification.source_id == Source.id)
        .join(Label, Label.id == Classification.label)
        .distinct()
    ):
        fact = LabelFact(row.label, row.category, row.sensitivity, row.status)
        found[row.id].add(fact)
    return found
