"""The controls: found by id, by words or by what is practised; never invented."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import func, or_, select

from tools.compliance.frameworks import FrameworkFilter, control_summaries, find_framework
from tools.compliance.tables import Control
from tools.compliance.types import ControlSummary
from tools.context import Context
from tools.errors import ChooseAnother, nearest
from tools.operation import operation
from tools.values import Limit, Page, page


@operation(
    "compliance.search_controls",
    permission="compliance.read",
    examples=("Which controls are about retention?", "Find GDPR controls on erasure"),
)
async def search_controls(
    ctx: Context,
    query: Annotated[str, Field(min_length=1, max_length=300, description="Words to look for")],
    framework: FrameworkFilter = None,
    limit: Limit = 20,
) -> Page[ControlSummary]:
    """Search the frameworks' controls by words."""
    own = (
        [Control.framework_id == (await find_framework(ctx.session, framework)).id]
        if framework
        else []
    )
    words = [word for word in query.lower().split() if len(word) > 2][:8] or [query.lower()]
    text = func.lower(Control.ref + " " + Control.title + " " + Control.summary)
    rows = list(
        await ctx.session.scalars(
            select(Control)
            .where(or_(*(text.contains(word, autoescape=True) for word in words)), *own)
            .order_by(Control.framework_id, Control.position)
        )
    )

    def fit(control: Control) -> int:
        whole = f"{control.ref} {control.title} {control.summary}".lower()
        return -sum(word in whole for word in words)

    rows.sort(key=fit)
    return page(await control_summaries(ctx.session, rows[:limit]), len(rows), None)


@operation(
    "compliance.get_control",
    permission="compliance.read",
    examples=("What does GDPR Art. 30 demand?", "Show control pci-dss-4/3.4.1"),
)
async def get_control(
    ctx: Context,
    control: Annotated[str, Field(max_length=120, description="A control's id or reference")],
) -> ControlSummary:
    """Show a control: what it demands, and which rules serve it."""
    wanted = control.strip().lower()
    found = list(
        await ctx.session.scalars(
            select(Control).where(or_(Control.id == wanted, func.lower(Control.ref) == wanted))
        )
    )
    if len(found) != 1:
        known = list(await ctx.session.scalars(select(Control.id)))
        raise ChooseAnother(
            f"There is no single control '{control}'.", nearest(wanted, known), field="control"
        )
    return (await control_summaries(ctx.session, found))[0]
