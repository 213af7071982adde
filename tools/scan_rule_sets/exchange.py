"""Rule sets as YAML files: exported, kept under version control elsewhere, imported again."""

from __future__ import annotations

from typing import Annotated, Any

import yaml
from pydantic import Field
from sqlalchemy import func, select

from tools.context import Context
from tools.errors import CorrectInput, LookAgain
from tools.operation import Effect, operation
from tools.scan_rule_sets.definitions import NewName, Note, refuse_builtin, save, save_new
from tools.scan_rule_sets.detectors import RuleSet
from tools.scan_rule_sets.operations import RuleSetRef, facts
from tools.scan_rule_sets.tables import ScanRuleSet
from tools.scan_rule_sets.types import RuleSetFile, RuleSetSaved
from tools.scan_rule_sets.versions import (
    DEFAULT,
    SHOWN,
    changes,
    find_rule_set,
    find_version,
    read,
    unknown_labels,
)
from tools.scan_rule_sets.yaml_files import Fault, parse

MOST_CHARACTERS = 500_000
FIELDS = ("name", "description", "sample_size", "minimum_score", "detectors")


@operation(
    "scan_rule_sets.export_rule_set",
    permission="scan_rule_sets.read",
    examples=(
        "Export the default rule set as YAML",
        "Give me the rule set customer numbers as a file",
    ),
)
async def export_rule_set(
    ctx: Context,
    rule_set: RuleSetRef = DEFAULT,
    version: Annotated[
        int | None, Field(ge=1, description="Its version; the last where not given")
    ] = None,
) -> RuleSetFile:
    """Export a rule set as YAML, to be reviewed, versioned or imported elsewhere."""
    row = await find_rule_set(ctx.session, rule_set, retired=True)
    kept = await find_version(ctx.session, row, version or row.version)
    full = RuleSet.model_validate(kept.definition)
    short = full.model_dump(mode="json", exclude_defaults=True)
    content = {
        "name": kept.name,
        **({"description": kept.description} if kept.description else {}),
        "sample_size": full.sample_size,
        "minimum_score": full.minimum_score,
        "detectors": short["detectors"],
    }
    text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)
    head = f"# version {kept.version}, saved by {kept.created_by} on {kept.created_at:%Y-%m-%d}\n"
    return RuleSetFile(
        rule_set=kept.name,
        version=kept.version,
        bytes=len((head + text).encode()),
        yaml=head + text,
    )


@operation(
    "scan_rule_sets.import_rule_set",
    permission="scan_rule_sets.write",
    effect=Effect.WRITE,
    agent=False,
    examples=("Import this rule set from YAML",),
)
async def import_rule_set(
    ctx: Context,
    content: Annotated[
        str,
        Field(
            min_length=1,
            max_length=MOST_CHARACTERS,
            description="The YAML: name, detectors, sample_size, minimum_score, description",
        ),
    ],
    name: NewName = None,
    replace: Annotated[
        bool, Field(description="Make it the next version of the rule set of that name")
    ] = False,
    note: Note = "",
) -> RuleSetSaved:
    """Import a rule set from YAML; where anything in it is wrong, all of it is told, by line."""
    document, lines, faults = parse(content)
    given = document if isinstance(document, dict) else {}
    if not faults:
        faults = await _faults(ctx, document)
    if faults:
        raise _told(faults, lines)
    named = name or str(given["name"])
    valid, _ = read(_definition(given))
    assert valid is not None
    definition = valid.model_dump(mode="json", exclude={"name", "version"})
    description = str(given.get("description") or "")
    row = await ctx.session.scalar(
        select(ScanRuleSet).where(func.lower(ScanRuleSet.name) == named.lower())
    )
    if row is None:
        row = await save_new(ctx, named, definition, description, note or "imported")
        return RuleSetSaved(**facts(row), changed=changes(None, row))
    refuse_builtin(row)
    if not replace:
        raise LookAgain(
            f"There is already a rule set '{row.name}'.",
            "Import it under another name, or with replace: true as that one's next version.",
            field="name",
        )
    row.description = description
    return await save(ctx, row, definition, note or "imported")


def _definition(document: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key not in ("name", "description")}


async def _faults(ctx: Context, document: Any) -> list[Fault]:
    if not isinstance(document, dict):
        return [("", "it is no mapping; a rule set has 'name' and 'detectors'")]
    faults: list[Fault] = [
        (str(key), f"there is no such field; known are {', '.join(FIELDS)}")
        for key in document
        if key not in FIELDS
    ]
    name = document.get("name")
    if not (isinstance(name, str) and 0 < len(name) <= 200):
        faults.append(("name", "it is to be a text of 1 to 200 characters"))
    description = document.get("description")
    if description is not None and not (isinstance(description, str) and len(description) <= 2000):
        faults.append(("description", "it is to be a text of at most 2000 characters"))
    valid, wrong = read({key: document[key] for key in document if key in FIELDS[2:]})
    if valid is not None:
        wrong = await unknown_labels(ctx.session, valid)
    return [*faults, *wrong]


def _told(faults: list[Fault], lines: dict[str, int]) -> CorrectInput:
    """Every fault by its line: that of the nearest place above it which is in the file."""

    def line(path: str) -> int:
        while path and path not in lines:
            path = path.rpartition(".")[0]
        return lines.get(path, 1)

    ordered = sorted(faults, key=lambda fault: line(fault[0]))
    told = "; ".join(
        f"line {line(where)}{f', {where}' if where else ''}: {why}"
        for where, why in ordered[:SHOWN]
    )
    more = f"; and {len(ordered) - SHOWN} more" if len(ordered) > SHOWN else ""
    return CorrectInput(
        f"The file has {len(ordered)} fault{'s' if len(ordered) > 1 else ''}: {told}{more}.",
        "Mend them all; scan_rule_sets.export_rule_set shows a file that works.",
        field="content",
    )
