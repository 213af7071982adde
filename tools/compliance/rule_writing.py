"""Writing rules: create, change, switch off, map to controls, delete.

What comes with the product is changed by releases only: it can be switched off, mapped to more
controls, and copied under another id.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.compliance.arguments import (
    AppliesTo,
    ConditionTree,
    ControlRef,
    Description,
    NewAppliesTo,
    NewConditionTree,
    NewDescription,
    NewRemedy,
    NewSeverity,
    NewTitle,
    Remedy,
    RuleRef,
    SeverityLevel,
    Title,
)
from tools.compliance.library import built_in_rules
from tools.compliance.rule_parsing import parse_rule, slug
from tools.compliance.rule_versions import find_rule, map_controls, save_rule
from tools.compliance.rulebook import rule_detail
from tools.compliance.tables import ComplianceRule, Control, Finding, RuleControl, RuleVersion
from tools.compliance.types import DeletedRule, RuleDetail
from tools.context import Context
from tools.database import now
from tools.errors import BeMoreExact, ChooseAnother, CorrectInput, LookAgain, nearest
from tools.operation import Effect, operation


@operation(
    "compliance.create_rule",
    permission="compliance.write",
    effect=Effect.WRITE,
    examples=(
        "Create a rule that every table with card data has an owner",
        "Add a compliance rule: sources in production are scanned every 7 days",
    ),
)
async def create_rule(
    ctx: Context,
    title: Title,
    description: Description,
    severity: SeverityLevel,
    applies_to: AppliesTo,
    condition: ConditionTree,
    remedy: Remedy,
    controls: Annotated[
        list[ControlRef], Field(max_length=50, description="The controls that it serves")
    ] = [],  # noqa: B006 - pydantic copies it
    rule_id: Annotated[
        str | None,
        Field(max_length=60, description="Its id, such as cards-owned; made of the title if not"),
    ] = None,
) -> RuleDetail:
    """Create a compliance rule; compliance.test_rule shows beforehand what it would find."""
    named = rule_id or slug(title)
    rule = await parse_rule(
        ctx.session,
        {
            "id": named,
            "title": title,
            "description": description,
            "severity": severity,
            "applies_to": applies_to,
            "condition": condition,
            "remedy": remedy,
        },
    )
    if await ctx.session.get(ComplianceRule, named) is not None:
        raise LookAgain(
            f"There is a rule '{named}' already.",
            "Give the new one another rule_id, or change the other by compliance.update_rule.",
            field="rule_id",
        )
    found = await find_controls(ctx.session, controls)
    row = await save_rule(ctx.session, rule, ctx.entitlements.user_name, builtin=False)
    await map_controls(ctx.session, row.id, [control.id for control in found])
    return await rule_detail(ctx.session, row)


@operation(
    "compliance.update_rule",
    permission="compliance.write",
    effect=Effect.WRITE,
    examples=(
        "Make the rule cards-owned critical",
        "Switch off the rule access-is-narrow",
        "Let the rule sources-scanned demand a scan every 14 days",
    ),
)
async def update_rule(
    ctx: Context,
    rule: RuleRef,
    title: NewTitle = None,
    description: NewDescription = None,
    severity: NewSeverity = None,
    applies_to: NewAppliesTo = None,
    condition: NewConditionTree = None,
    remedy: NewRemedy = None,
    enabled: Annotated[
        bool | None, Field(description="false switches it off: it is judged no more")
    ] = None,
) -> RuleDetail:
    """Change a rule as its next version, or switch it off and on; findings name their version."""
    row = await find_rule(ctx.session, rule)
    given = {
        "title": title,
        "description": description,
        "severity": severity,
        "applies_to": applies_to,
        "condition": condition,
        "remedy": remedy,
    }
    changes = {name: value for name, value in given.items() if value is not None}
    if not changes and enabled is None:
        raise CorrectInput(
            f"Nothing is to be changed of the rule '{row.id}'.",
            f"Give one of: {', '.join(given)}, enabled.",
        )
    if changes:
        _refuse_builtin(row, "changed")
        written: dict[str, Any] = {**row.definition, **changes}
        changed = await parse_rule(ctx.session, written)
        await save_rule(ctx.session, changed, ctx.entitlements.user_name, builtin=False)
    if enabled is not None:
        row.enabled = enabled
        if not enabled:
            await _close_findings(ctx, row)
    await ctx.session.flush()
    return await rule_detail(ctx.session, row)


@operation(
    "compliance.map_control",
    permission="compliance.write",
    effect=Effect.WRITE,
    examples=(
        "Map the rule cards-owned to PCI DSS 12.5.2",
        "The rule retention-declared no longer serves gdpr/art-30",
    ),
)
async def map_control(
    ctx: Context,
    rule: RuleRef,
    control: ControlRef,
    remove: Annotated[bool, Field(description="Take the mapping away instead")] = False,
) -> RuleDetail:
    """Let a rule serve a control of a framework, or serve it no longer."""
    row = await find_rule(ctx.session, rule)
    (found,) = await find_controls(ctx.session, [control])
    mapping = await ctx.session.get(RuleControl, (row.id, found.id))
    if not remove:
        if mapping is not None:
            raise LookAgain(
                f"The rule '{row.id}' serves {found.id} already.",
                f"compliance.get_rule shows what '{row.id}' serves.",
            )
        await map_controls(ctx.session, row.id, [found.id])
        return await rule_detail(ctx.session, row)
    if mapping is None:
        raise LookAgain(
            f"The rule '{row.id}' doesn't serve {found.id}.",
            f"compliance.get_rule shows what '{row.id}' serves.",
        )
    if any(one.id == row.id and found.id in one.controls for one in built_in_rules()):
        raise LookAgain(
            f"'{row.id}' comes with the product and serves {found.id}; upgrades bring it back.",
            "Switch the rule off, and create one of your own with other controls.",
        )
    await ctx.session.delete(mapping)
    await ctx.session.flush()
    return await rule_detail(ctx.session, row)


@operation(
    "compliance.delete_rule",
    permission="compliance.destroy",
    effect=Effect.DESTROY,
    examples=("Delete the rule cards-owned",),
)
async def delete_rule(ctx: Context, rule: RuleRef) -> DeletedRule:
    """Delete a rule of your own, with its versions, mappings and findings."""
    session = ctx.session
    row = await find_rule(session, rule)
    _refuse_builtin(row, "deleted")
    controls = list(
        await session.scalars(select(RuleControl.control_id).where(RuleControl.rule_id == row.id))
    )
    gone: dict[str, int] = {}
    for model in (Finding, RuleControl, RuleVersion):
        rows = list(await session.scalars(select(model).where(model.rule_id == row.id)))
        gone[model.__tablename__] = len(rows)
        for one in rows:
            await session.delete(one)
        await session.flush()
    await session.delete(row)
    await session.flush()
    return DeletedRule(
        id=row.id,
        title=row.title,
        versions=gone["rule_versions"],
        controls=sorted(controls),
        findings=gone["findings"],
    )


async def find_controls(session: AsyncSession, references: Sequence[str]) -> list[Control]:
    """The assessable controls of these ids or references.

    Raises:
        ChooseAnother: one doesn't exist; the nearest are offered.
        BeMoreExact: a reference is used by several frameworks.
        CorrectInput: one is a heading over controls.
    """
    found = []
    for reference in references:
        wanted = reference.strip().lower()
        rows = list(
            await session.scalars(
                select(Control)
                .where(or_(Control.id == wanted, func.lower(Control.ref) == wanted))
                .order_by(Control.id)
            )
        )
        if not rows:
            known = list(await session.scalars(select(Control.id)))
            raise ChooseAnother(
                f"There is no control '{reference}'.", nearest(wanted, known), field="control"
            )
        if len(rows) > 1:
            raise BeMoreExact(
                f"'{reference}' is a control of several frameworks.",
                f"Name one of {', '.join(row.id for row in rows[:5])}.",
                field="control",
            )
        if not rows[0].assessable:
            raise CorrectInput(
                f"'{rows[0].id}' is a heading over controls.",
                "Name a control below it; compliance.get_framework lists them.",
                field="control",
            )
        found.append(rows[0])
    return found


async def _close_findings(ctx: Context, row: ComplianceRule) -> None:
    for finding in await ctx.session.scalars(
        select(Finding).where(Finding.rule_id == row.id, Finding.status != "resolved")
    ):
        finding.status, finding.resolved_at = "resolved", now()
        finding.resolution = "The rule was switched off."
        finding.resolved_by = ctx.entitlements.user_name


def _refuse_builtin(row: ComplianceRule, what: str) -> None:
    if row.builtin:
        raise LookAgain(
            f"The rule '{row.id}' comes with the product and can't be {what}.",
            "Switch it off by compliance.update_rule with enabled=false, and create your own.",
        )
