"""A table as a data contract, of what the catalog knows: schema, keys, words, labels, checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.contract_files import WRITTEN
from tools.catalog.summaries import labels_of
from tools.catalog.tables import Asset, LineageEdge, QualityCheck
from tools.classifications.tables import Label
from tools.data_sources.tables import Source
from tools.masking import SENSITIVE

LOGICAL = {
    "text": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "date": "date",
    "datetime": "timestamp",
}
SERVERS = {"postgresql": "postgresql", "mysql": "mysql", "duckdb": "duckdb"}


async def contract_of(session: AsyncSession, table: Asset) -> dict[str, Any]:
    """The contract, as a draft."""
    source = await session.get_one(Source, table.source_id)
    columns = list(
        await session.scalars(
            select(Asset)
            .where(Asset.parent_id == table.id, Asset.kind == "column")
            .order_by(Asset.position)
        )
    )
    checks = list(
        await session.scalars(
            select(QualityCheck)
            .where(QualityCheck.asset_id == table.id)
            .order_by(QualityCheck.name)
        )
    )
    labels = await labels_of(session, [column.id for column in columns])
    levels = {one.id: one.sensitivity for one in await session.scalars(select(Label))}
    keys = await _references(session, table, columns)
    several = sum(column.key_position is not None for column in columns) > 1
    properties = []
    for column in columns:
        of_it = [check for check in checks if check.column_id == column.id]
        made = _property(column, labels[column.id], levels, several=several)
        if column.id in keys:
            made["relationships"] = [{"type": "foreignKey", "to": keys[column.id]}]
        made["required"] = not column.nullable or _has(of_it, "not_null")
        made["unique"] = _has(of_it, "unique") or (column.key_position is not None and not several)
        hidden = any(levels.get(label) in SENSITIVE for label in labels[column.id])
        if rules := [rule for check in of_it for rule in _rules(check, hidden=hidden)]:
            made["quality"] = rules
        properties.append(made)
    described = {
        "name": table.name,
        "physicalName": f"{table.schema_name}.{table.name}" if table.schema_name else table.name,
        "physicalType": table.kind,
        "logicalType": "object",
        "description": table.description or table.comment,
        "tags": list(table.tags),
        "properties": properties,
        "quality": [
            rule
            for check in checks
            if check.column_id is None
            for rule in _rules(check, hidden=False)
        ],
    }
    by_id = {column.id: column.name for column in columns}
    document = {
        "apiVersion": WRITTEN,
        "kind": "DataContract",
        "id": str(uuid5(NAMESPACE_URL, f"racine:{table.id}")),
        "name": table.qualified_name,
        "version": "1.0.0",
        "status": "deprecated" if table.deprecated_at else "draft",
        "description": {"purpose": table.description or table.comment},
        "servers": [_server(source)],
        "schema": [_whole(described)],
        "team": {"members": [{"username": table.owner, "role": "owner"}]} if table.owner else None,
        "slaProperties": [
            {
                "property": "freshness",
                "value": check.parameters["hours"],
                "unit": "h",
                "element": f"{table.name}.{by_id[str(check.column_id)]}",
            }
            for check in checks
            if check.kind == "freshness" and check.column_id in by_id
        ],
    }
    return _whole(document)


def _property(
    column: Asset, labels: list[str], levels: Mapping[str, str], *, several: bool
) -> dict[str, Any]:
    order = ("restricted", "confidential", "internal", "public")
    found = {levels[label] for label in labels if label in levels}
    made: dict[str, Any] = {
        "name": column.name,
        "physicalType": column.data_type,
        "logicalType": LOGICAL.get(str(column.coarse_type)),
        "description": column.description or column.comment,
        "classification": next((one for one in order if one in found), None),
        "tags": [*column.tags, *labels],
    }
    if column.key_position is not None:
        made |= {"primaryKey": True}
        made |= {"primaryKeyPosition": column.key_position} if several else {}
    return _whole(made)


def _rules(check: QualityCheck, *, hidden: bool) -> list[dict[str, Any]]:
    """A check as rules of the standard's library, as far as it has such."""
    given = check.parameters
    base = {"name": check.name, "type": "library"}
    match check.kind:
        case "accepted_values" if not hidden:
            valid = {"validValues": list(given["values"])}
            return [base | {"metric": "invalidValues", "arguments": valid, "mustBe": 0}]
        case "row_count":
            made = [base | {"metric": "rowCount"} for _ in given]
            names = {"minimum": "mustBeGreaterOrEqualTo", "maximum": "mustBeLessOrEqualTo"}
            return [
                one | {names[bound]: given[bound]} for one, bound in zip(made, given, strict=True)
            ]
        case "range" if not hidden and not isinstance(next(iter(given.values())), str):
            outside = " OR ".join(
                f"${{column}} {sign} {given[bound]}"
                for bound, sign in (("minimum", "<"), ("maximum", ">"))
                if bound in given
            )
            sql = f"SELECT COUNT(*) FROM ${{table}} WHERE {outside}"
            return [{"name": check.name, "type": "sql", "query": sql, "mustBe": 0}]
        case "range" | "accepted_values":
            return [{"name": check.name, "type": "text", "description": f"{check.kind} check"}]
    return []


def _has(checks: list[QualityCheck], kind: str) -> bool:
    return any(check.kind == kind for check in checks)


async def _references(session: AsyncSession, table: Asset, columns: list[Asset]) -> dict[str, str]:
    """What the columns that are foreign keys refer to, as `table.column`."""
    rows = await session.execute(
        select(LineageEdge.downstream_id, Asset.qualified_name)
        .join(Asset, Asset.id == LineageEdge.upstream_id)
        .where(
            LineageEdge.downstream_id.in_([column.id for column in columns]),
            LineageEdge.kind == "foreign_key",
        )
    )
    return {row[0]: ".".join(row[1].split(".")[-2:]) for row in rows}


def _server(source: Source) -> dict[str, Any]:
    """Where it lies; its address is nobody's business who reads a contract."""
    return {"server": source.name, "type": "custom", "description": f"{source.kind} source"}


def _whole(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in facts.items()
        if value not in (None, [], {}, {"purpose": None})
    }
