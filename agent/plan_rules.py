"""Which compliance rules a plan would break and mend: they are tried before it and after it.

After it means inside the preview, before that is rolled back. What isn't tried is told, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent.plan_downstream import Touched, some
from tools.call import READING
from tools.catalog.tables import Asset
from tools.changes import Change
from tools.compliance.evaluation import judge
from tools.compliance.rule_versions import all_rules
from tools.data_sources.tables import Source
from tools.policy import Entitlements
from tools.racine.approvals.standing import asset_of
from tools.racine.workspaces.tables import WorkspaceSource
from tools.rehearsal import PlanPreview
from tools.scoping import restrict

JUDGING = "compliance.read"
MOST_ASSETS = 5_000
OF_A_SOURCE = frozenset({"assets", "classifications", "lineage_edges", "sources"})
OF_ANY = frozenset({"compliance_rules", "grants", "labels", "roles", "users", "workspace_sources"})
Failure = tuple[str, str]


@dataclass
class Verdict:
    """What fails, by rule and subject, with the asset or source; which rules look at which.

    `untried`: the sources of which it isn't known.
    """

    failing: dict[Failure, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    looking: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    untried: list[str] = field(default_factory=list)


def verdict_after(
    requester: Entitlements,
) -> Callable[[AsyncSession, Sequence[Change]], Awaitable[Verdict]]:
    """What to look at while the plan's effects are there: the rules that fail then."""

    async def look(session: AsyncSession, changes: Sequence[Change]) -> Verdict:
        restrict(session, requester.decide(READING), requester.user_id)
        return await verdict(session, changes, requester)

    return look


async def verdict(
    session: AsyncSession, changes: Sequence[Change], requester: Entitlements
) -> Verdict:
    """Try the rules on the sources that changes concern, as they are now."""
    found = Verdict()
    judging = requester.decide(JUDGING)
    sources = [one for one in await _concerned(session, changes) if judging.covers(one.id)]
    rules = await all_rules(session) if sources else []
    found.titles = {rule.id: rule.title for rule in rules}
    room = MOST_ASSETS
    for source in sources:
        counted = select(func.count()).select_from(Asset).where(Asset.source_id == source.id)
        room -= (count := await session.scalar(counted) or 0)
        if room < 0:
            room += count
            found.untried.append(source.name)
            continue
        for one in await judge(session, source, rules):
            about = one.asset_id or source.id
            found.looking[about].add(one.rule.id)
            if not one.outcome.passed:
                found.failing[one.rule.id, one.subject] = about
    return found


def compared(before: Verdict, after: Verdict | None, touched: Touched) -> dict[str, Any]:
    """What a plan's card tells of rules. `after`: None where the plan can't be carried out.

    What fails no longer is mended only where the rule still looks at it: what is removed, or out
    of the rule's sight, is `unjudged`.
    """
    looked_at = {*touched.with_tables(touched.assets), *touched.judged}
    watching = {one for asset in looked_at for one in before.looking.get(asset, ())}
    rules = some(sorted(before.titles[one] for one in watching))
    untried = [
        f"The rules for {name} were not tried: it has too many assets." for name in before.untried
    ]
    if after is None:
        untried.append("What it breaks or mends isn't known, as a step of it fails.")
        after = before
    titles = before.titles | after.titles
    over = before.failing.keys() - after.failing.keys()
    judged = {one for one in over if one[0] in after.looking.get(before.failing[one], ())}
    return {
        "rules": rules,
        "breaks": _told(titles, after.failing.keys() - before.failing.keys()),
        "mends": _told(titles, judged),
        "unjudged": _told(titles, over - judged),
        "untried": untried,
    }


def who_breaks(
    preview: PlanPreview, before: Verdict, after: Verdict | None, touched: Touched
) -> Mapping[str, str]:
    """The first rule that each step breaks: by its asset, else by what is of any source."""
    found: dict[str, str] = {}
    if after is None:
        return found
    by_asset: dict[str, list[str]] = defaultdict(list)
    for broken in sorted(after.failing.keys() - before.failing.keys()):
        by_asset[after.failing[broken]].append(after.titles[broken[0]])
    for step in preview.steps:
        assets = touched.with_tables(one for change in step.changes if (one := asset_of(change)))
        created = {one.key for one in step.changes if one.table == "assets"}
        hit = [rule for asset in assets | created for rule in by_asset.get(asset, ())]
        if not hit and {one.table for one in step.changes} & (OF_ANY | {"sources"}):
            hit = [rule for rules in by_asset.values() for rule in rules]
        if hit:
            found[step.step_id] = min(hit)
    return found


async def _concerned(session: AsyncSession, changes: Sequence[Change]) -> list[Source]:
    """The sources whose verdict changes may alter, those that are named first."""
    named: dict[str, None] = {}
    everywhere = False
    for change in changes:
        if change.table in OF_A_SOURCE and change.source_id:
            named[change.source_id] = None
        elif change.table in OF_ANY:
            image = {**(change.before or {}), **(change.after or {})}
            if workspace := image.get("workspace_id"):
                linked = select(WorkspaceSource.source_id)
                rows = await session.scalars(
                    linked.where(WorkspaceSource.workspace_id == workspace)
                )
                named |= dict.fromkeys(rows)
            if source_id := image.get("source_id"):
                named[source_id] = None
            everywhere = everywhere or not (workspace or source_id)
    query = select(Source).order_by(Source.name)
    if not everywhere:
        query = query.where(Source.id.in_(named))
    return sorted(await session.scalars(query), key=lambda one: one.id not in named)


def _told(titles: Mapping[str, str], failures: Collection[Failure]) -> dict[str, Any]:
    """Failures, a rule's on one subject each, and how many rules they are of."""
    listed = sorted((titles[rule], subject) for rule, subject in failures)
    told = some([{"rule": rule, "subject": subject} for rule, subject in listed])
    return {**told, "rules": len({rule for rule, _ in failures})}
