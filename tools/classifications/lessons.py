"""What people confirmed or rejected, taken for like columns: what a scan says goes through `heed`.

A rejected label is withheld from like columns, a confirmed one is suggested where nothing else was
found; the latest decision counts. Nothing is learned from what can't be seen, nothing that a
person decided is touched, and taking a decision back takes its effect with it at the next scan.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.tables import Asset
from tools.classifications.likeness import Trait, alike, family, trait
from tools.classifications.tables import Classification, WithheldLabel
from tools.compliance.facts import LabelStatus
from tools.data_sources.tables import Source
from tools.database import new_id
from tools.scan_rule_sets.detectors import Detection, RuleSet

Key = tuple[str | None, str, str]
Found = dict[Key, tuple[Detection, list[str]]]
Tables = Sequence[tuple[str | None, str, Sequence[tuple[str, str]]]]

DECIDED: tuple[LabelStatus, ...] = ("confirmed", "rejected")
LINEAGE = "lineage"
TAUGHT = "decision "
TAUGHT_SCORE = 0.75


@dataclass(frozen=True)
class Lesson:
    """One decision, and the trait of the column that it was made on."""

    decision_id: str
    asset_id: str
    source_id: str
    column: str
    label: str
    verdict: str
    by: str
    at: datetime
    trait: Trait

    def words(self, source: Source) -> str:
        """Who decided what, where and when, for whoever may see this source only."""
        where = self.column if self.source_id == source.id else "a column of another source"
        return f"{self.verdict} on {where} by {self.by} on {self.at:%Y-%m-%d}"


def is_stale(
    row: Classification, wanted: str | None, rules: RuleSet, *, found_by_them: bool
) -> bool:
    """Whether a scan that found `wanted`, or nothing, takes away what another one suggested.

    Only what its rules look for, or found before: those of others found what these can't tell.
    """
    judged = (
        found_by_them
        or row.label in rules.labels
        or str(row.evidence.get("detector", "")).startswith(TAUGHT)
    )
    return row.status == "suggested" and row.set_by == "scan" and row.label != wanted and judged


async def lessons_for(session: AsyncSession, source: Source) -> list[Lesson]:
    """What was decided in the source's family, the latest first."""
    sources = {
        one.id: one.name
        for one in await session.scalars(select(Source))
        if family(one.name) == family(source.name)
    }
    rows = await session.execute(
        select(Classification, Asset)
        .join(Asset, Asset.id == Classification.asset_id)
        .where(Classification.status.in_(DECIDED), Classification.source_id.in_(sources))
        .order_by(Classification.updated_at.desc(), Classification.id)
    )
    return [lesson(row, asset, sources[row.source_id]) for row, asset in rows]


def lesson(row: Classification, asset: Asset, source: str) -> Lesson:
    """A decision as a lesson."""
    samples = row.evidence.get("samples") or ()
    return Lesson(
        decision_id=row.id,
        asset_id=asset.id,
        source_id=row.source_id,
        column=asset.qualified_name,
        label=row.label,
        verdict=row.status,
        by=row.set_by,
        at=row.updated_at,
        trait=trait(source, asset.name, asset.coarse_type, samples),
    )


def origin_of(row: Classification) -> str | None:
    """What suggested a label before a person decided on it: a scan, lineage, or (None) nothing."""
    if row.evidence.get("path"):
        return LINEAGE
    return "scan" if row.evidence.get("detector") else None


async def heed(session: AsyncSession, source: Source, tables: Tables, found: Found) -> Found:
    """What a scan of these tables found, as the decisions on like columns leave it.

    What is withheld is recorded, with the decision that withheld it.
    """
    lessons: defaultdict[tuple[str, str, str], list[Lesson]] = defaultdict(list)
    own: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for one in await lessons_for(session, source):
        lessons[one.trait.place].append(one)
        own[one.asset_id][one.label] = one.verdict
    columns = await _columns(session, source, tables)
    heeded = dict(found)
    withheld: dict[tuple[str, str], tuple[Lesson, Detection]] = {}
    for key, asset in columns.items() if lessons else ():
        detection, samples = found.get(key, (None, []))
        here = trait(source.name, asset.name, asset.coarse_type, samples)
        like = [one for one in lessons.get(here.place, ()) if alike(one.trait, here)]
        decided = own.get(asset.id, {})
        if detection is not None:
            if decided.get(detection.label) == "rejected":
                del heeded[key]
                detection = None
            elif detection.label not in decided and (against := _against(like, detection.label)):
                del heeded[key]
                withheld[asset.id, detection.label] = against, detection
                detection = None
        if detection is None and "confirmed" not in decided.values():
            known = _for(like, decided)
            if known is not None:
                heeded[key] = _taught(known, source), samples
    await _record(session, source, [asset.id for asset in columns.values()], withheld)
    return heeded


def _against(like: Iterable[Lesson], label: str) -> Lesson | None:
    """The rejection that speaks against a label; a later confirmation overrules it."""
    latest = next((one for one in like if one.label == label), None)
    return latest if latest is not None and latest.verdict == "rejected" else None


def _for(like: Sequence[Lesson], decided: Iterable[str]) -> Lesson | None:
    """The latest confirmation of a label that isn't decided on here, nor rejected since."""
    seen: set[str] = set()
    for one in like:
        if one.label in seen:
            continue
        seen.add(one.label)
        if one.verdict == "confirmed" and one.label not in decided:
            return one
    return None


def _taught(known: Lesson, source: Source) -> Detection:
    return Detection(
        label=known.label,
        score=TAUGHT_SCORE,
        tested=0,
        matched=0,
        name_matched=True,
        detector=f"{TAUGHT}{known.decision_id}",
        explanation=f"No detector found it; it was {known.words(source)}, whose name and type "
        "are the same.",
    )


async def _columns(session: AsyncSession, source: Source, tables: Tables) -> dict[Key, Asset]:
    """The scanned columns, by what the scan calls them."""
    scanned = {
        (schema, table, column) for schema, table, columns in tables for column, _type in columns
    }
    assets = {
        one.id: one
        for one in await session.scalars(select(Asset).where(Asset.source_id == source.id))
    }
    found: dict[Key, Asset] = {}
    for one in assets.values():
        parent = assets.get(one.parent_id or "")
        if one.kind == "column" and parent is not None:
            key = (parent.schema_name, parent.name, one.name)
            if key in scanned:
                found[key] = one
    return found


async def _record(
    session: AsyncSession,
    source: Source,
    scanned: Iterable[str],
    withheld: dict[tuple[str, str], tuple[Lesson, Detection]],
) -> None:
    looked_at = set(scanned)
    present = {
        (row.asset_id, row.label): row
        for row in await session.scalars(
            select(WithheldLabel).where(WithheldLabel.source_id == source.id)
        )
    }
    for key, row in present.items():
        if key not in withheld and key[0] in looked_at:
            await session.delete(row)
    for (asset_id, label), (against, detection) in withheld.items():
        row = present.get((asset_id, label)) or WithheldLabel(
            id=new_id("wth"), asset_id=asset_id, source_id=source.id, label=label
        )
        row.decision_id, row.score = against.decision_id, detection.score
        row.explanation = (
            f"'{label}' was {against.words(source)}, whose name, type and form are the same. "
            f"But for that: {detection.explanation}"
        )
        session.add(row)
    await session.flush()
