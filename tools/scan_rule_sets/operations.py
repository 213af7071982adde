"""The operations of scan_rule_sets."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, ValidationError
from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.context import Context
from tools.database import new_id
from tools.errors import ChooseAnother, CorrectInput, LookAgain, nearest
from tools.operation import Effect, operation
from tools.scan_rule_sets.detectors import Column, RuleSet, detect
from tools.scan_rule_sets.tables import ScanRuleSet
from tools.scan_rule_sets.types import RuleSetDetail, RuleSetSummary, RuleSetTest, TestedLabel
from tools.values import Cursor, Limit, Page, page, paged

RuleSetRef = Annotated[str, Field(max_length=200, description="A rule set's name or id")]
DEFAULT = "default"


async def find_rule_set(session: AsyncSession, reference: str) -> ScanRuleSet:
    """The rule set of that name or id.

    Raises:
        ChooseAnother: there is none.
    """
    found = await session.scalar(
        select(ScanRuleSet).where(
            or_(ScanRuleSet.id == reference, func.lower(ScanRuleSet.name) == reference.lower())
        )
    )
    if found is None:
        names = list(await session.scalars(select(ScanRuleSet.name)))
        raise ChooseAnother(
            f"There is no scan rule set '{reference}'.",
            nearest(reference, names),
            field="rule_set",
        )
    return found


@operation(
    "scan_rule_sets.list_rule_sets",
    permission="scan_rule_sets.read",
    examples=("Which scan rule sets are there?", "List the rule sets"),
)
async def list_rule_sets(
    ctx: Context, limit: Limit = 50, cursor: Cursor = None
) -> Page[RuleSetSummary]:
    """List the scan rule sets."""
    rows, total = await paged(
        ctx.session, select(ScanRuleSet).order_by(ScanRuleSet.name), limit, cursor
    )
    return page([RuleSetSummary(**_facts(row)) for row in rows], total, cursor)


@operation(
    "scan_rule_sets.get_rule_set",
    permission="scan_rule_sets.read",
    examples=("Show the default rule set", "Which detectors does it use?"),
)
async def get_rule_set(ctx: Context, rule_set: RuleSetRef) -> RuleSetDetail:
    """Show a rule set with its detectors and thresholds."""
    row = await find_rule_set(ctx.session, rule_set)
    return RuleSetDetail(**_facts(row), definition=row.definition)


@operation(
    "scan_rule_sets.test_rule_set",
    permission="scan_rule_sets.read",
    path="POST /test-rule-set",
    examples=("Test the default rule set on these values", "Would these values be found?"),
)
async def test_rule_set(
    ctx: Context,
    values: Annotated[
        list[str],
        Field(
            min_length=1,
            max_length=1000,
            description="Values to try",
            json_schema_extra={"x-secret": True},
        ),
    ],
    column_name: Annotated[str | None, Field(description="The column's name")] = None,
    rule_set: RuleSetRef = DEFAULT,
) -> RuleSetTest:
    """Try a rule set on values; nothing is stored."""
    row = await find_rule_set(ctx.session, rule_set)
    column = Column(name=column_name, table=None, data_type="text", values=values)
    found = detect(column, RuleSet.model_validate(row.definition))
    return RuleSetTest(
        rule_set=row.name,
        found=[TestedLabel.model_validate(one) for one in found],
    )


@operation(
    "scan_rule_sets.create_rule_set",
    permission="scan_rule_sets.write",
    effect=Effect.WRITE,
    agent=False,
    examples=("Create a rule set with a detector for our customer numbers",),
)
async def create_rule_set(
    ctx: Context,
    name: Annotated[str, Field(min_length=1, max_length=200, description="Its name")],
    definition: Annotated[
        dict[str, Any], Field(description="detectors, sample_size, minimum_score")
    ],
) -> RuleSetDetail:
    """Create a scan rule set of detectors of one's own."""
    if await ctx.session.scalar(select(ScanRuleSet).where(ScanRuleSet.name == name)):
        raise LookAgain(
            f"There is already a rule set '{name}'.", "Choose another name.", field="name"
        )
    try:
        valid = RuleSet.model_validate({**definition, "name": name, "version": 1})
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CorrectInput(
            f"The definition's '{where}' is wrong: {first['msg']}.",
            "scan_rule_sets.get_rule_set shows a definition that works.",
            field=f"definition.{where}",
        ) from None
    row = ScanRuleSet(id=new_id("rls"), name=name, definition=valid.model_dump(mode="json"))
    ctx.session.add(row)
    await ctx.session.flush()
    return RuleSetDetail(**_facts(row), definition=row.definition)


def _facts(row: ScanRuleSet) -> dict[str, Any]:
    detectors = row.definition["detectors"]
    return {
        "id": row.id,
        "name": row.name,
        "version": row.version,
        "builtin": row.builtin,
        "detectors": len(detectors),
        "labels": sorted({detector["label"] for detector in detectors}),
    }
