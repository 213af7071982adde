"""What a scan is to read: the tables, as the catalog knows them, and what the last scan knew."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.assets import find_asset
from tools.catalog.tables import RELATIONS, Asset
from tools.data_sources.tables import Source
from tools.errors import CorrectInput, LookAgain
from tools.scan_logic.reading import Place, Unchanged
from tools.scan_logic.tables import Scan, ScanRun, ScanTable
from tools.scan_rule_sets.detectors import RuleSet
from tools.scan_rule_sets.tables import ScanRuleSet, ScanRuleSetVersion

LOOKS_BACK = 10  # scans


@dataclass(frozen=True)
class Relation:
    """A table or view that can be scanned."""

    asset: Asset
    place: Place

    @property
    def title(self) -> str:
        """Its name within the source."""
        schema = self.place.schema
        return f"{schema}.{self.place.name}" if schema else self.place.name

    @property
    def shape(self) -> str:
        """A fingerprint of its columns and their types."""
        return hashlib.sha256(json.dumps(self.place.columns).encode()).hexdigest()


async def relations_of(
    session: AsyncSession, source: Source, assets: Sequence[str] | None = None
) -> list[Relation]:
    """The tables and views of a source, or some of them, that have columns to sample.

    Raises:
        CorrectInput: an asset isn't a table or view of the source.
        LookAgain: the catalog knows none.
    """
    wanted = await _chosen(session, source, assets) if assets else None
    every = await session.scalars(
        select(Asset)
        .where(Asset.source_id == source.id, Asset.kind.in_(RELATIONS))
        .order_by(Asset.qualified_name)
    )
    parents = {one.id: one for one in every if wanted is None or one.id in wanted}
    columns: dict[str, list[tuple[str, str]]] = {asset_id: [] for asset_id in parents}
    for column in await session.scalars(
        select(Asset)
        .where(Asset.source_id == source.id, Asset.kind == "column")
        .order_by(Asset.position)
    ):
        if column.parent_id in columns and column.coarse_type != "binary":
            columns[column.parent_id].append((column.name, column.coarse_type or "text"))
    found = [
        Relation(
            parent,
            Place(parent.schema_name, parent.name, tuple(columns[asset_id]), parent.row_count),
        )
        for asset_id, parent in parents.items()
        if columns[asset_id]
    ]
    if not found:
        raise LookAgain(
            f"The catalog knows no tables of '{source.name}'.",
            "Discover the source first (data_sources.discover_assets).",
            field="source",
        )
    return found


async def _chosen(session: AsyncSession, source: Source, assets: Sequence[str]) -> set[str]:
    chosen = set()
    for reference in assets:
        asset = await find_asset(session, reference)
        if asset.source_id != source.id or asset.kind not in RELATIONS:
            raise CorrectInput(
                f"'{asset.qualified_name}' is no table or view of '{source.name}'.",
                "Name tables or views of the one source that is scanned.",
                field="assets",
            )
        chosen.add(asset.id)
    return chosen


async def last_known(
    session: AsyncSession, source: Source, rules: ScanRuleSet, sample_size: int
) -> dict[str, Unchanged]:
    """What the latest scan of each table knew of it, where these rules are what it was read with.

    Scans that were taken back don't count, nor do tables whose latest reading failed.
    """
    latest = select(Scan).where(Scan.source_id == source.id)
    scans = list(await session.scalars(latest.order_by(Scan.started_at.desc()).limit(LOOKS_BACK)))
    order = {scan.id: number for number, scan in enumerate(scans)}
    runs = {
        run.id: run for run in await session.scalars(select(ScanRun).where(ScanRun.id.in_(order)))
    }
    rows = await session.scalars(select(ScanTable).where(ScanTable.scan_id.in_(order)))
    known: dict[str, Unchanged] = {}
    seen: set[str] = set()
    for row in sorted(rows, key=lambda one: order[one.scan_id]):
        run = runs.get(row.scan_id)
        if row.asset_id in seen or run is None or row.status in ("pending", "running"):
            continue
        seen.add(row.asset_id)
        same = (run.rule_set_id, run.rule_set_version) == (rules.id, rules.version)
        read = row.status == "skipped" or row.written
        if same and read and run.sample_size >= sample_size:
            known[row.asset_id] = Unchanged(row.scan_id, row.shape, row.mark, row.labels)
    return known


async def rules_of(session: AsyncSession, run: ScanRun) -> RuleSet:
    """The rules that a scan was begun with, whatever has become of its rule set since."""
    rules = await session.get_one(ScanRuleSet, run.rule_set_id)
    definition = rules.definition
    if rules.version != run.rule_set_version:
        kept = await session.get(ScanRuleSetVersion, (rules.id, run.rule_set_version))
        definition = kept.definition if kept is not None else definition
    return RuleSet.model_validate(definition).model_copy(update={"sample_size": run.sample_size})


def table_rows(scan_id: str, source: Source, relations: Sequence[Relation]) -> list[ScanTable]:
    """The ledger's rows for these tables, none of them read."""
    return [
        ScanTable(
            scan_id=scan_id,
            position=position,
            source_id=source.id,
            asset_id=one.asset.id,
            table=one.title,
            status="pending",
            detail="",
            columns=0,
            values_sampled=0,
            seconds=0.0,
            shape=one.shape,
            detections={},
            labels={},
            written=False,
        )
        for position, one in enumerate(relations)
    ]
