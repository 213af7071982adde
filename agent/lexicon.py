"""The names that a caller's sentences can link to: read from the catalog, kept until it changes."""

from __future__ import annotations

import re
from collections import Counter, OrderedDict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from agent.planning.lexicon import Lexicon
from agent.planning.types import Entity, Kind
from tools.call import READING
from tools.catalog.domain_tables import Domain
from tools.catalog.glossary_tables import GlossaryTerm
from tools.catalog.tables import Asset
from tools.classifications.labels import label_groups
from tools.classifications.tables import Label
from tools.compliance.tables import ComplianceRule, Control, Framework
from tools.data_sources.tables import Source
from tools.policy import Entitlements
from tools.racine.pipelines.tables import Pipeline
from tools.racine.workflows.tables import Workflow
from tools.racine.workspaces.tables import Workspace
from tools.rbac.tables import Role, Team, User
from tools.scan_rule_sets.tables import ScanRuleSet
from tools.scoping import restrict

MAXIMUM_LEXICONS = 16
_ARTICLE = re.compile(r"^(?:the|our|my)\s+", re.IGNORECASE)
_NAMED: tuple[tuple[Kind, type[Any]], ...] = (
    ("term", GlossaryTerm),
    ("domain", Domain),
    ("team", Team),
    ("workspace", Workspace),
    ("workflow", Workflow),
    ("pipeline", Pipeline),
)
_READABLE = frozenset(
    {"source", "table", "view", "column", "person", "registered", *(kind for kind, _ in _NAMED)}
)


@dataclass(frozen=True)
class Named:
    """A lexicon, and by their ids the names of what has one that nothing else has."""

    lexicon: Lexicon
    names: Mapping[str, str]


class Lexicons:
    """One lexicon for all who see the same, made anew when something was committed."""

    def __init__(self) -> None:
        self._made: OrderedDict[Hashable, tuple[int | None, Named]] = OrderedDict()

    async def of(
        self,
        session: AsyncSession,
        entitlements: Entitlements,
        taught: tuple[tuple[str, str], ...] = (),
    ) -> Named:
        """The lexicon of what this person can see, which is all that the session sees then.

        Args:
            taught: names that stand for assets' ids.
        """
        decision = entitlements.decide(READING)
        visible = decision.sources, decision.whole, decision.areas, taught
        head = entitlements.as_of
        known = self._made.get(visible)
        if known is not None and known[0] == head:
            return known[1]
        restrict(session, decision, entitlements.user_id)
        entities = [_taught(one, taught) for one in await _entities(session)]
        named = Named(Lexicon(entities), _readable(entities))
        self._made[visible] = (head, named)
        self._made.move_to_end(visible)
        while len(self._made) > MAXIMUM_LEXICONS:
            self._made.popitem(last=False)
        return named


def _taught(entity: Entity, names: tuple[tuple[str, str], ...]) -> Entity:
    said = [name for name, asset_id in names if asset_id == entity.id]
    own = tuple(dict.fromkeys([*said, *(_ARTICLE.sub("", name) for name in said)]))
    return replace(entity, aliases=(*entity.aliases, *own)) if own else entity


def _readable(entities: Iterable[Entity]) -> dict[str, str]:
    listed = [one for one in entities if one.kind in _READABLE]
    times = Counter(one.name.lower() for one in listed)
    return {one.id: one.name for one in listed if times[one.name.lower()] == 1}


async def _entities(session: AsyncSession) -> list[Entity]:
    assets = select(Asset.id, Asset.kind, Asset.qualified_name, Asset.name).where(
        Asset.kind.in_(("table", "view", "column"))
    )
    registered = select(Asset.id, Asset.qualified_name, Asset.name).where(
        Asset.kind.in_(("dashboard", "metric", "data_product", "pipeline", "file"))
    )
    people = select(User.id, User.name, User.email).where(User.active)
    entities = [
        *(
            Entity("source", row.id, row.name)
            for row in await session.execute(select(Source.id, Source.name))
        ),
        *(
            Entity(cast(Kind, row.kind), row.id, row.qualified_name, (row.name,))
            for row in await session.execute(assets)
        ),
        *(
            Entity(
                "person",
                row.id,
                row.name,
                (row.name.split()[0], row.email, row.email.split("@")[0]),
            )
            for row in await session.execute(people)
        ),
    ]
    entities += [
        Entity("role", name, name, ()) for name in await session.scalars(select(Role.name))
    ]
    entities += [
        Entity("framework", row.id, row.name, tuple(row.aliases))
        for row in await session.scalars(select(Framework))
    ]
    entities += [
        Entity("label", row.id, row.title, (row.id, *row.synonyms))
        for row in await session.scalars(select(Label))
    ]
    entities += [
        Entity("label_group", group.id, group.title, group.synonyms) for group in label_groups()
    ]
    entities += [
        Entity("rule", row.id, row.title, (row.id,))
        for row in await session.execute(select(ComplianceRule.id, ComplianceRule.title))
    ]
    entities += [
        Entity("control", row.id, row.ref, (row.id,))
        for row in await session.execute(select(Control.id, Control.ref))
    ]
    entities += [
        Entity("rule_set", row.id, row.name, ())
        for row in await session.execute(select(ScanRuleSet.id, ScanRuleSet.name))
    ]
    entities += [
        Entity("registered", row.id, row.name, (row.qualified_name,))
        for row in await session.execute(registered)
    ]
    for kind, table in _NAMED:
        rows = await session.execute(select(table.id, table.name))
        entities += [Entity(kind, row.id, row.name) for row in rows]
    tags = {tag for tagged in await session.scalars(select(Asset.tags)) for tag in tagged}
    entities += [Entity("tag", tag, tag, ()) for tag in sorted(tags)]
    return entities
