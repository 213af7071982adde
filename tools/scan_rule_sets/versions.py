"""The records of rule sets: looked up, saved as one version after another, compared.

Versions are only ever added. A definition is saved only once it is known to work.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError
from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.classifications.tables import Label
from tools.errors import ChooseAnother, CorrectInput, LookAgain, nearest
from tools.scan_rule_sets.detectors import RuleSet
from tools.scan_rule_sets.tables import ScanRuleSet, ScanRuleSetVersion
from tools.scan_rule_sets.types import DetectorChange, RuleSetChanges

DEFAULT = "default"
MOST_DETECTORS = 500
SHOWN = 20


async def find_rule_set(
    session: AsyncSession, reference: str, *, retired: bool = False
) -> ScanRuleSet:
    """The rule set of that name or id.

    Args:
        retired: also one that isn't to be scanned with any more.

    Raises:
        ChooseAnother: there is none.
        LookAgain: it is retired.
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
    if found.retired and not retired:
        raise LookAgain(
            f"The rule set '{found.name}' is retired.",
            "Choose another, or bring it back (scan_rule_sets.update_rule_set, retired: false).",
            field="rule_set",
        )
    return found


async def find_version(
    session: AsyncSession, rule_set: ScanRuleSet, version: int
) -> ScanRuleSetVersion:
    """One version of a rule set.

    Raises:
        ChooseAnother: it has no such version.
    """
    found = await session.get(ScanRuleSetVersion, (rule_set.id, version))
    if found is None:
        raise ChooseAnother(
            f"The rule set '{rule_set.name}' has no version {version}.",
            "scan_rule_sets.list_versions shows those that it has.",
            field="version",
        )
    return found


def save_version(
    session: AsyncSession, row: ScanRuleSet, definition: Mapping[str, Any], by: str, note: str
) -> None:
    """Make this the rule set's present content, and keep it as its version."""
    row.definition = {**definition, "name": row.name, "version": row.version}
    session.add(row)
    session.add(
        ScanRuleSetVersion(
            rule_set_id=row.id,
            version=row.version,
            name=row.name,
            description=row.description,
            definition=row.definition,
            note=note,
            created_by=by,
        )
    )


def without_name(definition: Mapping[str, Any]) -> dict[str, Any]:
    """A definition's own content: what two versions of the same content have alike."""
    return {key: value for key, value in definition.items() if key not in ("name", "version")}


async def working(
    session: AsyncSession, definition: Mapping[str, Any], field: str = "definition"
) -> dict[str, Any]:
    """The definition in full, once everything in it is right.

    Raises:
        CorrectInput: it has faults; all are told, `field` names the first.
    """
    valid, faults = read(definition)
    if valid is not None:
        faults = await unknown_labels(session, valid)
        if not faults:
            return without_name(valid.model_dump(mode="json"))
    told = "; ".join(f"{where}: {why}" for where, why in faults[:SHOWN])
    more = f"; and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
    raise CorrectInput(
        f"The definition has {len(faults)} fault{'s' if len(faults) > 1 else ''}: {told}{more}.",
        "scan_rule_sets.get_rule_set shows a definition that works.",
        field=f"{field}.{faults[0][0]}",
    )


def read(definition: Mapping[str, Any]) -> tuple[RuleSet | None, list[tuple[str, str]]]:
    """The rule set, or every fault: where it stands (`detectors.0.checksum`) and what it is."""
    try:
        valid = RuleSet.model_validate({**without_name(definition), "name": "x", "version": 1})
    except ValidationError as error:
        return None, [
            (
                ".".join(
                    str(part)
                    for part in one["loc"]
                    if part not in ("tuple[str, ...]", "tuple[constrained-str, ...]", "str")
                ),
                one["msg"].removeprefix("Value error, ").rstrip("."),
            )
            for one in error.errors(include_url=False, include_input=False)
        ]
    if len(valid.detectors) > MOST_DETECTORS:
        return None, [
            ("detectors", f"{len(valid.detectors)} detectors, where {MOST_DETECTORS} are taken")
        ]
    if not valid.detectors:
        return None, [("detectors", "there is none, so nothing would ever be found")]
    return valid, []


async def unknown_labels(session: AsyncSession, rules: RuleSet) -> list[tuple[str, str]]:
    """Where a detector gives a label that no column can carry."""
    known = list(await session.scalars(select(Label.id).order_by(Label.id)))
    return [
        (
            f"detectors.{index}.label",
            f"the taxonomy has no label '{one.label}' ({nearest(one.label, known)[:-1]}; "
            "classifications.create_label adds one)",
        )
        for index, one in enumerate(rules.detectors)
        if one.label not in known
    ]


def changes(
    before: ScanRuleSet | ScanRuleSetVersion | None, after: ScanRuleSet | ScanRuleSetVersion
) -> RuleSetChanges:
    """What differs between two versions: detectors added, removed and changed, and settings."""
    if before is None:
        return RuleSetChanges(summary="the first version")
    old, new = _named(before.definition["detectors"]), _named(after.definition["detectors"])
    changed = [
        DetectorChange(
            detector=key,
            fields=sorted(name for name in new[key] if old[key].get(name) != new[key][name]),
        )
        for key in new
        if key in old and old[key] != new[key]
    ]
    settings = {
        name: [one, two]
        for name, one, two in (
            *(
                (key, before.definition.get(key), after.definition.get(key))
                for key in ("sample_size", "minimum_score")
            ),
            ("name", before.name, after.name),
            ("description", before.description, after.description),
        )
        if one != two
    }
    added = [key for key in new if key not in old]
    removed = [key for key in old if key not in new]
    reordered = not (added or removed) and list(old) != list(new)
    parts = [
        *_said("adds", added),
        *_said("removes", removed),
        *_said("changes", [f"{one.detector} ({', '.join(one.fields)})" for one in changed]),
        *_said("changes the", [*settings, *(["order"] if reordered else [])]),
    ]
    return RuleSetChanges(
        added=added,
        removed=removed,
        changed=changed,
        settings=settings,
        summary="; ".join(parts) or "changes nothing",
    )


def detector_name(detector: Mapping[str, Any]) -> str:
    """What a detector is called in its rule set."""
    return str(detector.get("name") or detector["label"])


def _named(detectors: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Detectors by name; those that share one are told apart by their place among them."""
    seen: Counter[str] = Counter()
    named = {}
    for one in detectors:
        name = detector_name(one)
        seen[name] += 1
        named[name if seen[name] == 1 else f"{name} ({seen[name]})"] = one
    return named


def _said(verb: str, names: list[str]) -> list[str]:
    shown = ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")
    return [f"{verb} {shown}"] if names else []
