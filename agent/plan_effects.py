"""What follows from a plan beyond the records it changes, as far as the requester may know.

What lies downstream, which rules would be broken or mended, how long it should take by past runs,
and names that look like others. It is worked out once, when the plan is proposed, and only reads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent.plan_downstream import Touched, downstream, rows_by, touched_by
from agent.plan_estimate import estimate
from agent.plan_groups import Noted, grouped
from agent.plan_names import marks
from agent.plan_rules import compared, verdict, who_breaks
from tools.call import READING
from tools.catalog.tables import Asset
from tools.changes import Change
from tools.classifications.tables import Classification, Label
from tools.compliance.facts import SENSITIVITIES
from tools.data_sources.tables import Source
from tools.invoke import Kernel
from tools.policy import Entitlements
from tools.racine.approvals.standing import asset_of
from tools.rehearsal import PlanPreview
from tools.scoping import restrict
from tools.steps import Budget, Step

MOST_MARKS = 50


async def effects_of(
    kernel: Kernel,
    steps: Sequence[Step],
    card: Sequence[Mapping[str, Any]],
    preview: PlanPreview,
    requester: Entitlements,
    budget: Budget,
) -> dict[str, Any]:
    """What follows from a plan, as it is stored with it and shown."""
    changes = [change for one in preview.steps for change in one.changes]
    async with kernel.database.reading() as session:
        restrict(session, requester.decide(READING), requester.user_id)
        touched = await touched_by(session, changes)
        before = await verdict(session, changes, requester)
        told = compared(before, preview.seen, touched)
        odd = await marks(session, steps, preview, requester)
        depends = await downstream(session, touched, requester)
        takes = await estimate(session, kernel.registry, steps, preview, budget)
        traits = await _traits(session, preview, touched)
    breaking = who_breaks(preview, before, preview.seen, touched)
    return {
        "downstream": {**depends, "rules": told.pop("rules")},
        "estimate": takes,
        **told,
        "lookalikes": odd[:MOST_MARKS],
        "lookalikes_total": len(odd),
        **grouped(card, _noted(steps, preview, odd, breaking, traits)),
    }


def _noted(
    steps: Sequence[Step],
    preview: PlanPreview,
    odd: Sequence[Mapping[str, Any]],
    breaking: Mapping[str, str],
    traits: Mapping[str, Mapping[str, str]],
) -> dict[str, Noted]:
    whys: dict[str, list[str]] = defaultdict(list)
    for one in odd:
        if not whys[one["step"]]:
            whys[one["step"]].append(one["why"])
    for step_id, rule in breaking.items():
        whys[step_id].append(f"It breaks the rule '{rule}'.")
    previews = {one.step_id: one for one in preview.steps}
    noted = {}
    for step in steps:
        seen = previews.get(step.id)
        shape = {(one.table, one.action) for one in seen.changes} if seen else set()
        noted[step.id] = Noted(
            whys=tuple(whys[step.id]),
            traits=traits.get(step.id, {}),
            shape=tuple(sorted(shape)),
            left_out=seen.skipped if seen else "",
            seen=seen is not None,
        )
    return noted


async def _traits(
    session: AsyncSession, preview: PlanPreview, touched: Touched
) -> dict[str, dict[str, str]]:
    """The source that each step concerns, and how sensitive what it touches is."""
    names = dict(
        await rows_by(
            session,
            lambda ids: select(Source.id, Source.name).where(Source.id.in_(ids)),
            touched.sources,
        )
    )
    labelled = await rows_by(
        session,
        lambda ids: (
            select(Asset.id, Asset.parent_id, Label.sensitivity)
            .join(Classification, Classification.asset_id == Asset.id)
            .join(Label, Label.id == Classification.label)
            .where(Classification.status != "rejected")
            .where(or_(Asset.id.in_(ids), Asset.parent_id.in_(ids)))
        ),
        touched.assets,
    )
    highest: dict[str | None, int] = {}
    for *assets, sensitivity in labelled:
        for asset in assets:
            highest[asset] = max(highest.get(asset, 0), SENSITIVITIES.index(sensitivity))

    def traits(changes: Sequence[Change]) -> dict[str, str]:
        sources = {name for one in changes if (name := names.get(one.source_id or ""))}
        levels = [highest[one] for change in changes if (one := asset_of(change)) in highest]
        known = {"source": ", ".join(sorted(sources))} if sources else {}
        return known | ({"sensitivity": SENSITIVITIES[max(levels)]} if levels else {})

    return {one.step_id: traits(one.changes) for one in preview.steps}
