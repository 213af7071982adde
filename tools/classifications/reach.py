"""What a decision will do to like columns, said when it is made and before. Only reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.tables import Asset
from tools.classifications.lessons import Lesson, lesson
from tools.classifications.likeness import Trait, alike, family, forms_of, trait
from tools.classifications.tables import Classification
from tools.data_sources.tables import Source

SHOWN = 20
_NAMED = 5
_AT_ONCE = 500


@dataclass(frozen=True)
class Reach:
    """The like columns, by name, whose label the next scans of their sources change."""

    like: int
    changing: list[str]
    words: str


async def reach(session: AsyncSession, row: Classification, asset: Asset) -> Reach:
    """What `lessons.heed` will make of a decision that was just written, as things stand.

    Values are looked at by the scans only: of a column that carries no label yet, their form isn't
    known here.
    """
    sources = {one.id: one.name for one in await session.scalars(select(Source))}
    made = lesson(row, asset, sources[asset.source_id])
    near = [id_ for id_, name in sources.items() if family(name) == made.trait.family]
    columns = await session.execute(
        select(Asset.id, Asset.source_id, Asset.name, Asset.coarse_type, Asset.qualified_name)
        .where(Asset.kind == "column", Asset.source_id.in_(near), Asset.id != asset.id)
        .order_by(Asset.qualified_name)
    )
    like = {
        one.id: (one.qualified_name, here)
        for one in columns
        if (here := trait(sources[one.source_id], one.name, one.coarse_type, ())).place
        == made.trait.place
    }
    carried: defaultdict[str, list[Classification]] = defaultdict(list)
    ids = list(like)
    for start in range(0, len(ids), _AT_ONCE):
        part = Classification.asset_id.in_(ids[start : start + _AT_ONCE])
        for other in await session.scalars(select(Classification).where(part)):
            carried[other.asset_id].append(other)
    changes = _loses if made.verdict == "rejected" else _gains
    changing = [name for id_, (name, here) in like.items() if changes(made, here, carried[id_])]
    return Reach(len(like), changing, _words(made.label, made.verdict, changing))


def _loses(made: Lesson, here: Trait, present: Sequence[Classification]) -> bool:
    """Whether the rejected label stands here as a suggestion of a scan, on values of that form."""
    return any(
        one.label == made.label
        and (one.status, one.set_by) == ("suggested", "scan")
        and alike(made.trait, replace(here, forms=forms_of(one.evidence.get("samples") or ())))
        for one in present
    )


def _gains(made: Lesson, here: Trait, present: Sequence[Classification]) -> bool:
    """Whether the label can be suggested here: nothing else is, and it wasn't rejected here."""
    return alike(made.trait, here) and all(
        one.status == "rejected" and one.label != made.label for one in present
    )


def _words(label: str, verdict: str, changing: list[str]) -> str:
    number = len(changing)
    if not number:
        return "no like column changes"
    columns = f"{number} like column{'' if number == 1 else 's'}"
    named = ", ".join(changing[:_NAMED])
    if number > _NAMED:
        named += f" and {number - _NAMED} more"
    if verdict == "rejected":
        return f"the next scans withhold '{label}' from {columns} too: {named}"
    return (
        f"the next scans suggest '{label}' on {columns} too, where the values have the same form "
        f"and nothing else is found: {named}"
    )
