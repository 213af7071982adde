"""The operations that change rule sets. Every change is a version of its own; none is ever changed.

What comes with the product is not changed here: the next release would undo it. It is cloned.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import func, select

from tools.context import Context
from tools.database import new_id
from tools.errors import ChooseAnother, CorrectInput, LookAgain, nearest
from tools.operation import Effect, operation
from tools.scan_rule_sets.operations import RuleSetRef, facts
from tools.scan_rule_sets.tables import ScanRuleSet, ScanRuleSetVersion
from tools.scan_rule_sets.types import RuleSetDeleted, RuleSetDetail, RuleSetSaved
from tools.scan_rule_sets.users import users_of
from tools.scan_rule_sets.versions import (
    DEFAULT,
    changes,
    detector_name,
    find_rule_set,
    find_version,
    save_version,
    without_name,
    working,
)

Name = Annotated[str, Field(min_length=1, max_length=200, description="Its name")]
NewName = Annotated[str | None, Field(min_length=1, max_length=200, description="A new name")]
Description = Annotated[str, Field(max_length=2000, description="What it is for")]
Note = Annotated[str, Field(max_length=500, description="Why; kept with the version")]
Expected = Annotated[
    int | None,
    Field(ge=1, description="The version that the change builds on; refused if it isn't the last"),
]
Definition = dict[str, Any]


@operation(
    "scan_rule_sets.create_rule_set",
    permission="scan_rule_sets.write",
    effect=Effect.WRITE,
    agent=False,
    examples=("Create a rule set with a detector for our customer numbers",),
)
async def create_rule_set(
    ctx: Context,
    name: Name,
    definition: Annotated[
        Definition,
        Field(
            description="detectors (label, name, patterns, checksum, dictionary, column_names, "
            "minimum_match_ratio, …), sample_size, minimum_score"
        ),
    ],
    description: Description = "",
    note: Note = "",
) -> RuleSetDetail:
    """Create a scan rule set of detectors of one's own."""
    row = await save_new(ctx, name, await working(ctx.session, definition), description, note)
    return RuleSetDetail(**facts(row), definition=row.definition)


@operation(
    "scan_rule_sets.update_rule_set",
    permission="scan_rule_sets.write",
    effect=Effect.WRITE,
    examples=(
        "Remove the detector iban from the rule set customer numbers",
        "Retire the rule set customer numbers",
        "Let the rule set customer numbers sample 500 values",
    ),
)
async def update_rule_set(
    ctx: Context,
    rule_set: RuleSetRef,
    name: NewName = None,
    description: Annotated[str | None, Field(max_length=2000, description="What it is for")] = None,
    definition: Annotated[
        Definition | None, Field(description="The whole definition, as it is to be")
    ] = None,
    add: Annotated[
        list[Definition] | None,
        Field(min_length=1, max_length=100, description="Detectors to add, behind the others"),
    ] = None,
    remove: Annotated[
        list[str] | None,
        Field(min_length=1, max_length=100, description="Names of detectors to remove"),
    ] = None,
    sample_size: Annotated[
        int | None, Field(ge=1, le=100_000, description="Values to sample of a column")
    ] = None,
    minimum_score: Annotated[
        float | None, Field(ge=0, le=1, description="The score from which a label is suggested")
    ] = None,
    retired: Annotated[
        bool | None, Field(description="No longer to be scanned with; false brings it back")
    ] = None,
    note: Note = "",
    expected_version: Expected = None,
) -> RuleSetSaved:
    """Save a new version of a rule set; what isn't given stays as it is."""
    row = await find_rule_set(ctx.session, rule_set, retired=True)
    refuse_builtin(row)
    await _refuse_unless_at(ctx, row, expected_version)
    wanted = dict(without_name(row.definition) if definition is None else definition)
    if remove:
        wanted["detectors"] = _without(row, list(wanted.get("detectors", ())), remove)
    if add:
        wanted["detectors"] = [*wanted.get("detectors", ()), *add]
    settings = {"sample_size": sample_size, "minimum_score": minimum_score}
    wanted |= {key: value for key, value in settings.items() if value is not None}
    checked = await working(ctx.session, wanted)
    if retired is not None:
        row.retired = retired
    if name is not None and name != row.name:
        await refuse_taken(ctx, name, but=row.id)
        row.name = name
    if description is not None:
        row.description = description
    return await save(ctx, row, checked, note)


@operation(
    "scan_rule_sets.rollback_rule_set",
    permission="scan_rule_sets.write",
    effect=Effect.WRITE,
    examples=(
        "Roll the rule set customer numbers back to version 2",
        "Put the rule set customer numbers back to its first version",
    ),
)
async def rollback_rule_set(
    ctx: Context,
    rule_set: RuleSetRef,
    version: Annotated[int, Field(ge=1, description="The version whose detectors it gets again")],
    note: Note = "",
    expected_version: Expected = None,
) -> RuleSetSaved:
    """Make a new version with the detectors and settings of an earlier one; the name stays."""
    row = await find_rule_set(ctx.session, rule_set, retired=True)
    refuse_builtin(row)
    await _refuse_unless_at(ctx, row, expected_version)
    kept = await find_version(ctx.session, row, version)
    checked = await working(ctx.session, kept.definition, "version")
    row.description = kept.description
    return await save(ctx, row, checked, note or f"back to version {version}")


@operation(
    "scan_rule_sets.clone_rule_set",
    permission="scan_rule_sets.write",
    effect=Effect.WRITE,
    examples=(
        "Clone the default rule set as crm rules",
        "Copy the rule set customer numbers to supplier numbers",
    ),
)
async def clone_rule_set(
    ctx: Context,
    name: Name,
    rule_set: RuleSetRef = DEFAULT,
    version: Annotated[
        int | None, Field(ge=1, description="Its version; the last where not given")
    ] = None,
    description: Annotated[
        str | None, Field(max_length=2000, description="What it is for; the same if not given")
    ] = None,
) -> RuleSetDetail:
    """Make a rule set of one's own out of another, the default one included."""
    origin = await find_rule_set(ctx.session, rule_set, retired=True)
    kept = await find_version(ctx.session, origin, version or origin.version)
    row = await save_new(
        ctx,
        name,
        await working(ctx.session, kept.definition, "version"),
        kept.description if description is None else description,
        f"cloned from {origin.name}, version {kept.version}",
    )
    return RuleSetDetail(**facts(row), definition=row.definition)


@operation(
    "scan_rule_sets.delete_rule_set",
    permission="scan_rule_sets.destroy",
    effect=Effect.DESTROY,
    examples=("Delete the rule set customer numbers",),
)
async def delete_rule_set(ctx: Context, rule_set: RuleSetRef) -> RuleSetDeleted:
    """Delete a rule set with its versions, unless it is built in or something uses it."""
    row = await find_rule_set(ctx.session, rule_set, retired=True)
    if row.builtin:
        raise LookAgain(
            f"The rule set '{row.name}' comes with the product and can't be deleted.",
            "Scan with another one: scan_logic.start_scan takes a rule set.",
            field="rule_set",
        )
    if used := await users_of(ctx.session, row):
        raise LookAgain(
            f"The rule set '{row.name}' is used by {'; '.join(used)}.",
            "Change what uses it. What has been scanned with it refers to it as evidence: to have "
            "it used no more, retire it (scan_rule_sets.update_rule_set, retired: true).",
            field="rule_set",
        )
    versions = list(
        await ctx.session.scalars(
            select(ScanRuleSetVersion).where(ScanRuleSetVersion.rule_set_id == row.id)
        )
    )
    for kept in versions:
        await ctx.session.delete(kept)
    await ctx.session.flush()
    await ctx.session.delete(row)
    return RuleSetDeleted(id=row.id, name=row.name, versions=len(versions))


async def save_new(
    ctx: Context, name: str, definition: Definition, description: str, note: str
) -> ScanRuleSet:
    """Save a rule set that is known to work, as its first version."""
    await refuse_taken(ctx, name)
    row = ScanRuleSet(id=new_id("rls"), name=name, description=description, version=1)
    row.builtin = row.retired = False
    row.definition = definition
    ctx.session.add(row)
    await ctx.session.flush()
    save_version(ctx.session, row, definition, ctx.entitlements.user_name, note)
    await ctx.session.flush()
    return row


async def save(ctx: Context, row: ScanRuleSet, definition: Definition, note: str) -> RuleSetSaved:
    """Save a rule set's new content as its next version; the same content makes none."""
    last = await find_version(ctx.session, row, row.version)
    same = (last.name, last.description) == (row.name, row.description)
    if not same or without_name(last.definition) != definition:
        row.version += 1
        save_version(ctx.session, row, definition, ctx.entitlements.user_name, note)
    await ctx.session.flush()
    return RuleSetSaved(**facts(row), changed=changes(last, row))


def refuse_builtin(row: ScanRuleSet) -> None:
    """Refuse to change what comes with the product."""
    if row.builtin:
        raise LookAgain(
            f"The rule set '{row.name}' comes with the product; the next release would undo a "
            "change to it.",
            "Clone it (scan_rule_sets.clone_rule_set), change the clone, and scan with that.",
            field="rule_set",
        )


async def refuse_taken(ctx: Context, name: str, but: str = "") -> None:
    """Refuse a name that another rule set has, in any case."""
    if await ctx.session.scalar(
        select(ScanRuleSet.id).where(
            func.lower(ScanRuleSet.name) == name.lower(), ScanRuleSet.id != but
        )
    ):
        raise LookAgain(
            f"There is already a rule set '{name}'.",
            "Choose another name, or change that one (scan_rule_sets.update_rule_set).",
            field="name",
        )


async def _refuse_unless_at(ctx: Context, row: ScanRuleSet, expected: int | None) -> None:
    if expected is not None and row.version != expected:
        last = await find_version(ctx.session, row, row.version)
        raise LookAgain(
            f"The rule set '{row.name}' is at version {row.version}, not {expected}: "
            f"{last.created_by} changed it at {last.created_at:%Y-%m-%d %H:%M} UTC.",
            "Look at what changed (scan_rule_sets.list_versions), and send your change on top.",
            field="expected_version",
        )


def _without(row: ScanRuleSet, detectors: list[Any], names: list[str]) -> list[Any]:
    named = [
        detector_name(one) if isinstance(one, dict) and "label" in one else "" for one in detectors
    ]
    for name in names:
        if name not in named:
            raise ChooseAnother(
                f"The rule set '{row.name}' has no detector '{name}'.",
                nearest(name, sorted(set(named))),
                field="remove",
            )
    if set(named) <= set(names):
        raise CorrectInput(
            "That removes every detector.",
            "Delete or retire the rule set instead, or leave one.",
            field="remove",
        )
    return [one for one, name in zip(detectors, named, strict=True) if name not in names]
