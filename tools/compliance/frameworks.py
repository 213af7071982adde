"""The frameworks: which there are, what each demands, and how they are found by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Annotated

from pydantic import Field
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.compliance.tables import ComplianceRule, Control, Framework, RuleControl
from tools.compliance.types import ControlSummary, FrameworkDetail, FrameworkSummary
from tools.context import Context
from tools.errors import ChooseAnother, nearest
from tools.operation import operation
from tools.values import Page, page

FrameworkRef = Annotated[
    str, Field(max_length=60, description="A framework's id or name: gdpr, pci_dss_4, hipaa")
]
FrameworkFilter = Annotated[
    str | None, Field(max_length=60, description="Only this framework, such as gdpr")
]


async def find_framework(session: AsyncSession, reference: str) -> Framework:
    """The framework of that id, name or alias.

    Raises:
        ChooseAnother: there is none.
    """
    wanted = reference.strip().lower()
    known = list(await session.scalars(select(Framework).order_by(Framework.id)))
    for framework in known:
        names = (framework.id, framework.name.lower(), *framework.aliases)
        if wanted in names or wanted.replace("_", "-") == framework.id:
            return framework
    raise ChooseAnother(
        f"There is no framework '{reference}'.",
        nearest(wanted, [framework.id for framework in known]),
        field="framework",
    )


@operation(
    "compliance.list_frameworks",
    permission="compliance.read",
    examples=("Which frameworks do we follow?", "List the compliance frameworks"),
)
async def list_frameworks(ctx: Context) -> Page[FrameworkSummary]:
    """List the frameworks, and how many of their controls have a rule."""
    rows = list(await ctx.session.scalars(select(Framework).order_by(Framework.name)))
    return page([await framework_summary(ctx.session, row) for row in rows], len(rows), None)


@operation(
    "compliance.get_framework",
    permission="compliance.read",
    examples=("Show GDPR", "What does PCI DSS demand?"),
)
async def get_framework(ctx: Context, framework: FrameworkRef) -> FrameworkDetail:
    """Show a framework with its controls."""
    found = await find_framework(ctx.session, framework)
    summary = await framework_summary(ctx.session, found)
    controls = await ctx.session.scalars(
        select(Control).where(Control.framework_id == found.id).order_by(Control.position)
    )
    return FrameworkDetail(
        **summary.model_dump(), items=await control_summaries(ctx.session, list(controls))
    )


async def framework_summary(session: AsyncSession, framework: Framework) -> FrameworkSummary:
    """A framework, with how many of its controls have a rule."""
    own = select(func.count(Control.id)).where(
        Control.framework_id == framework.id, Control.assessable
    )
    served = select(RuleControl.control_id)
    return FrameworkSummary(
        id=framework.id,
        name=framework.name,
        version=framework.version,
        publisher=framework.publisher,
        controls=await session.scalar(own) or 0,
        covered=await session.scalar(own.where(Control.id.in_(served))) or 0,
    )


async def control_summaries(
    session: AsyncSession, controls: Sequence[Control]
) -> list[ControlSummary]:
    """The controls, with the rules that serve them."""
    serving: dict[str, list[str]] = defaultdict(list)
    for row in await session.execute(
        select(RuleControl.control_id, ComplianceRule.title)
        .join(ComplianceRule, ComplianceRule.id == RuleControl.rule_id)
        .where(RuleControl.control_id.in_([control.id for control in controls]))
    ):
        serving[row.control_id].append(row.title)
    return [
        ControlSummary.model_validate(control).model_copy(update={"rules": serving[control.id]})
        for control in controls
    ]
