"""A rule as people write it, made into a `Rule`; refusals name the position and the way out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.classifications.tables import Label
from tools.compliance.conditions import Condition
from tools.compliance.rules import Rule
from tools.errors import ChooseAnother, CorrectInput, nearest
from tools.rbac.tables import Role

_UNION = get_args(get_args(Condition)[0])
TYPES: dict[str, type[BaseModel]] = {one.model_fields["type"].default: one for one in _UNION}
CONDITION_TYPES = tuple(TYPES)
SLUG = re.compile(r"[^a-z0-9]+")


def slug(title: str) -> str:
    """The id that a title gives."""
    return SLUG.sub("-", title.lower()).strip("-")[:60].strip("-") or "rule"


async def parse_rule(session: AsyncSession, written: Mapping[str, Any]) -> Rule:
    """A rule whose condition makes sense and names only what exists.

    Raises:
        CorrectInput: it isn't a rule; the field names the position.
        ChooseAnother: it names a label, a category or a role that doesn't exist.
    """
    try:
        rule = Rule.model_validate(dict(written))
    except ValidationError as error:
        raise _refusal(error, written) from None
    await _check_names(session, rule)
    return rule


def _refusal(error: ValidationError, written: Mapping[str, Any]) -> CorrectInput:
    first = error.errors(include_url=False, include_input=False)[0]
    where, at = _position(first["loc"], written)
    kind = first["type"]
    known = TYPES.get(str(at.get("type"))) if isinstance(at, Mapping) else None
    takes = (
        ", ".join(name for name in known.model_fields if name != "type") or "no arguments"
        if known
        else ""
    )
    if kind == "union_tag_invalid":
        named = str(first["ctx"]["tag"])[:60]
        return CorrectInput(
            f"At {where} stands '{named}', which is no type of condition.",
            nearest(named, list(TYPES)),
            field=where,
        )
    if kind == "union_tag_not_found":
        return CorrectInput(
            f"The condition at {where} has no 'type'.",
            f"Give it one of: {', '.join(TYPES)}.",
            field=where,
        )
    if kind == "missing":
        return CorrectInput(
            f"'{where}' is missing.",
            f"{at['type']} takes: {takes}." if known else "Add it.",
            field=where,
        )
    if kind == "extra_forbidden":
        return CorrectInput(
            f"'{where}' isn't known there.",
            f"{at['type']} takes: {takes}." if known else "Leave it out.",
            field=where,
        )
    message = first["msg"].removeprefix("Value error, ")
    return CorrectInput(
        f"'{where}' can't be used: {message[0].lower()}{message[1:].rstrip('.')}.",
        "docs/compliance.md lists the conditions with what they take and judge.",
        field=where,
    )


def _position(loc: tuple[int | str, ...], written: Any) -> tuple[str, Any]:
    """Where a fault is, as a path into what was written, and what encloses it."""
    path, at = "", written
    for place, part in enumerate(loc):
        last = place == len(loc) - 1
        if isinstance(part, int):
            path += f"[{part}]"
            inner = at[part] if isinstance(at, list) and part < len(at) else None
        elif isinstance(at, Mapping) and (part in at or last) and part != at.get("type"):
            path += f".{part}" if path else part
            inner = at.get(part)
        else:
            continue  # the tag by which a condition was told from the others
        if last and not isinstance(inner, Mapping):
            break
        at = inner
    return path or "rule", at


async def _check_names(session: AsyncSession, rule: Rule) -> None:
    labels = list(await session.scalars(select(Label)))
    roles = list(await session.scalars(select(Role.name)))
    known = {
        "labels": sorted(label.id for label in labels),
        "categories": sorted({label.category for label in labels}),
        "roles": sorted(roles),
    }
    chosen = [("applies_to", rule.applies_to), *_parts("condition", rule.condition)]
    for where, model in chosen:
        for field, names in known.items():
            strange = [name for name in getattr(model, field, ()) if name not in names]
            if strange:
                raise ChooseAnother(
                    f"'{where}.{field}' names '{strange[0]}', which doesn't exist.",
                    nearest(strange[0], names),
                    field=f"{where}.{field}",
                )


def _parts(where: str, condition: Any) -> Iterator[tuple[str, Any]]:
    yield where, condition
    for place, inner in enumerate(getattr(condition, "conditions", ())):
        yield from _parts(f"{where}.conditions[{place}]", inner)
    if hasattr(condition, "condition"):
        yield from _parts(f"{where}.condition", condition.condition)
