"""Trying a rule on the real catalog: a saved one, a change of it, or one that isn't saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import select

from tools.compliance.arguments import NewAppliesTo, NewConditionTree, RuleRef, SourceFilter
from tools.compliance.facts import AssetFacts, Facts
from tools.compliance.gathering import gather
from tools.compliance.people_facts import gather_people
from tools.compliance.rule_parsing import parse_rule
from tools.compliance.rule_versions import find_rule
from tools.compliance.rules import Rule, evaluate
from tools.compliance.types import RuleTrial, Sample, TriedOn
from tools.context import Context
from tools.data_sources.sources import find_source
from tools.data_sources.tables import Source
from tools.errors import CorrectInput
from tools.operation import operation

UNSAVED = {
    "id": "unsaved",
    "title": "A rule that isn't saved",
    "description": "It is only tried.",
    "severity": "low",
    "remedy": "None yet.",
}


@operation(
    "compliance.test_rule",
    permission="compliance.read",
    path="POST /test-rule",
    timeout=300,
    examples=(
        "Test the rule retention-declared on crm",
        "What would a rule find that every table with card data has an owner?",
        "Try the rule sensitive-source-scanned without saving anything",
    ),
)
async def test_rule(
    ctx: Context,
    rule: Annotated[
        RuleRef | None, Field(description="A saved rule, if it or a change of it is tried")
    ] = None,
    applies_to: NewAppliesTo = None,
    condition: NewConditionTree = None,
    source: SourceFilter = None,
    samples: Annotated[
        int, Field(ge=0, le=50, description="How many violating and passing to show")
    ] = 5,
) -> RuleTrial:
    """Try a rule on the catalog as it is, saved or not: how many match, fail, and which."""
    written: dict[str, Any] = dict(UNSAVED)
    if rule is not None:
        written = dict((await find_rule(ctx.session, rule)).definition)
    written |= {"applies_to": applies_to} if applies_to is not None else {}
    written |= {"condition": condition} if condition is not None else {}
    for needed in ("applies_to", "condition"):
        if needed not in written:
            raise CorrectInput(
                f"'{needed}' is needed to try a rule that isn't saved.",
                "Give applies_to and condition, or the name of a saved rule.",
                field=needed,
            )
    tried = await parse_rule(ctx.session, written)
    trial = RuleTrial(
        rule=tried.title,
        considered=0,
        matched=0,
        violating=0,
        sources=[],
        violations=[],
        passing=[],
    )
    sources = (
        [await find_source(ctx.session, source)]
        if source
        else list(await ctx.session.scalars(select(Source).order_by(Source.name)))
    )
    for each in sources:
        _try(trial, tried, each.name, await gather(ctx.session, each), samples)
    if "user" in tried.applies_to.kinds and source is None and ctx.decision.everywhere:
        _try(trial, tried, "people", await gather_people(ctx.session, ctx.session), samples)
    if not trial.matched:
        trial.note = _nothing(trial.considered, tried.applies_to.kinds)
    return trial


def _try(trial: RuleTrial, tried: Rule, where: str, found: Sequence[Facts], samples: int) -> None:
    on = TriedOn(source=where, matched=0, violating=0)
    of_kind = [facts for facts in found if facts.kind in tried.applies_to.kinds]
    trial.considered += len(of_kind)
    for facts in of_kind:
        if not tried.applies_to.selects(facts):
            continue
        outcome = evaluate(tried, facts)
        on.matched += 1
        on.violating += not outcome.passed
        shown = trial.passing if outcome.passed else trial.violations
        if len(shown) < samples:
            shown.append(
                Sample(
                    subject=facts.qualified_name,
                    asset_id=facts.id if isinstance(facts, AssetFacts) else None,
                    passed=outcome.passed,
                    reason=outcome.reason,
                    evidence=outcome.evidence,
                )
            )
    if of_kind:
        trial.sources.append(on)
    trial.matched += on.matched
    trial.violating += on.violating


def _nothing(considered: int, kinds: tuple[str, ...]) -> str:
    what = " or ".join(kinds)
    if not considered:
        return f"There is no {what} to judge: nothing of the kind is catalogued here."
    return (
        f"None of the {considered} {what}s has what applies_to asks for: check its labels, "
        "categories and environments, and whether the sources were scanned."
    )
