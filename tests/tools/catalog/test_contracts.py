"""Data contracts: taken in by the standard's schema, checked with evidence, written from facts."""

from __future__ import annotations

import sqlite3
from typing import Any

import duckdb
import pytest
import yaml

from tests.support.world import World
from tools.catalog.contract_files import validator
from tools.errors import ChooseAnother, CorrectInput

CONTRACT = """
apiVersion: v3.1.0
kind: DataContract
id: 53581432-6c55-4ba2-a65f-72344a91553a
name: shop data
version: 1.1.0
status: active
description: {purpose: What the shop sells}
schema:
  - name: customers
    physicalType: table
    properties:
      - {name: id, logicalType: integer, physicalType: integer, primaryKey: true}
      - {name: first_name, logicalType: string, required: true, unique: true}
      - name: email
        logicalType: string
        required: true
        logicalTypeOptions: {maxLength: 12, pattern: '.+@.+'}
        quality:
          - {metric: nullValues, mustBe: 0}
          - metric: invalidValues
            name: only Julia
            arguments: {validValues: [julia0@example.org]}
            mustBeLessThan: 50
            unit: percent
      - {name: created_at, logicalType: timestamp}
      - {name: birthday, logicalType: date}
    quality:
      - {metric: rowCount, mustBeBetween: [10, 100]}
      - type: sql
        name: phones
        query: "SELECT COUNT(*) FROM ${table} WHERE phone LIKE '+49%'"
        mustBe: 60
      - {type: sql, name: greatest, query: "SELECT MAX(email) FROM customers", mustBe: x}
      - {type: sql, name: joined, query: "SELECT COUNT(*) FROM customers, orders", mustBe: 0}
      - {type: sql, name: odd, query: "SELECT SUM(random_blob(id)) FROM customers", mustBe: 0}
      - {type: text, description: Names are spelt as their bearers spell them}
      - {type: custom, engine: soda, implementation: 'checks for x'}
  - name: returns
slaProperties:
  - {property: freshness, value: 1, unit: h, element: customers.created_at}
  - {property: latency, value: 100, unit: y, element: customers.created_at}
  - {property: endOfSupport, value: 2030-01-01}
"""


async def checked(world: World, **arguments: Any) -> dict[str, tuple[str, str]]:
    result = await world.call("catalog.check_contract", **arguments)
    assert result.passed + result.failed + result.unchecked <= len(result.clauses)
    return {f"{one.path}|{one.what}": (one.status, one.detail) for one in result.clauses}


async def test_a_contract_is_checked_clause_by_clause_with_evidence(world: World) -> None:
    await world.source(scanned=True)
    imported = await world.call("catalog.import_contract", contract=CONTRACT, source="shop")
    assert (imported.revision, imported.version, imported.status) == (1, "1.1.0", "active")
    assert (imported.tables, imported.unknown_tables) == (["customers"], ["returns"])
    result = await world.call("catalog.check_contract", asset="shop.customers")
    assert result.status == "broken"
    clauses = {f"{one.path}|{one.what}": (one.status, one.detail) for one in result.clauses}
    at = "schema[0].properties"
    kept = {
        f"{at}[0]|There is a column id.": "passed",
        f"{at}[0].physicalType|id is of the type integer.": "passed",
        f"{at}[0].required|id has no nulls.": "passed",
        f"{at}[0].primaryKey|The key id is unique.": "passed",
        f"{at}[1].unique|first_name is unique.": "failed",
        f"{at}[2].logicalTypeOptions.maxLength|email has maxLength 12.": "failed",
        f"{at}[2].logicalTypeOptions.pattern|email has pattern .+@.+.": "unchecked",  # SQLite
        f"{at}[2].quality[0]|nullValues": "passed",
        f"{at}[2].quality[1]|only Julia": "failed",
        f"{at}[4]|There is a column birthday.": "failed",
        f"{at}|There are other columns.": "noted",
        "schema[0].quality[0]|rowCount": "passed",
        "schema[0].quality[1]|phones": "passed",
        "schema[0].quality[2]|greatest": "unchecked",
        "schema[0].quality[3]|joined": "unchecked",
        "schema[0].quality[4]|odd": "unchecked",
        "schema[0].quality[5]|Names are spelt as their bearers spell them": "unchecked",
        "schema[0].quality[6]|custom": "unchecked",
        "schema[1]|There is a table returns.": "failed",
        "slaProperties[0]|freshness: 1 h": "failed",
        "slaProperties[1]|latency: 100 y": "passed",
        "slaProperties[2]|endOfSupport: 2030-01-01": "unchecked",
    }
    assert {name: clauses[name][0] for name in kept} == kept
    assert clauses[f"{at}[1].unique|first_name is unique."][1].startswith("Found 50 in 60 rows")
    assert "98.3333 %" in clauses[f"{at}[2].quality[1]|only Julia"][1]
    assert "classified" in clauses["schema[0].quality[2]|greatest"][1]
    assert "own table" in clauses["schema[0].quality[3]|joined"][1]
    assert "phone" in clauses[f"{at}|There are other columns."][1]
    assert result.clauses[0].status == "failed"
    assert "@example.org" not in "".join(detail for _, detail in clauses.values())


async def test_every_version_and_every_check_is_kept(world: World) -> None:
    await world.source()
    first = await world.call("catalog.import_contract", contract=CONTRACT, source="shop")
    await world.call("catalog.check_contract", contract="shop data")
    again = await world.invoke("catalog.import_contract", contract=CONTRACT, source="shop")
    assert (again.value.unchanged, again.value.id, again.changes) == (True, first.id, 0)
    mended = """
apiVersion: v3.0.2
kind: DataContract
id: 53581432-6c55-4ba2-a65f-72344a91553a
name: shop data
version: 2.0.0
status: active
schema: [{name: orders, properties: [{name: total, required: true}]}]
"""
    assert (
        await world.call("catalog.import_contract", contract=mended, source="shop")
    ).revision == 2
    assert (await world.call("catalog.check_contract", asset="shop.orders")).status == "kept"
    with sqlite3.connect(world.folder / "shop.sqlite") as database:
        database.execute("UPDATE orders SET total = NULL WHERE id < 4")
    database.close()
    broken = await world.call("catalog.check_contract", asset="shop.orders")
    assert (broken.status, broken.failed) == ("broken", 1)
    found = await world.call("catalog.get_contract", asset="shop.orders")
    assert [(one.revision, one.status) for one in found.history] == [
        (2, "broken"),
        (2, "kept"),
        (1, "broken"),
    ]
    assert [one.version for one in found.revisions] == ["2.0.0", "1.1.0"]
    assert yaml.safe_load(found.contract)["version"] == "2.0.0"
    old = await world.call("catalog.get_contract", contract="shop data", revision=1)
    assert (old.version, old.checks) == ("1.1.0", 3)
    listed = await world.call("catalog.list_contracts", source="shop")
    assert (listed.total, listed.items[0].version) == (1, "2.0.0")
    for wrong in ({"asset": "shop.products"}, {"contract": "nothing"}):
        with pytest.raises(ChooseAnother):
            await world.call("catalog.get_contract", **wrong)
    with pytest.raises(ChooseAnother, match="no revision 7"):
        await world.call("catalog.get_contract", contract="shop data", revision=7)
    with pytest.raises(CorrectInput, match="Neither"):
        await world.call("catalog.check_contract")


async def test_a_contract_that_departs_from_the_standard_is_refused_by_place(world: World) -> None:
    await world.source()
    wrong = {
        "schema[0].properties[0].logicalType": CONTRACT.replace(
            "logicalType: integer", "logicalType: whole"
        ),
        "'status' is a required property": CONTRACT.replace("status: active\n", ""),
        "schema[0].quality[0]": CONTRACT.replace("metric: rowCount", "metric: rows"),
        "'apiVersion' is v9": CONTRACT.replace("v3.1.0", "v9"),
        "line 2": "kind: DataContract\nid: [",
        "no data contract": "- a list",
        "aliases": "id: &a 1\nname: *a",
    }
    for told, text in wrong.items():
        with pytest.raises(CorrectInput) as refused:
            await world.call("catalog.import_contract", contract=text, source="shop")
        assert told in refused.value.detail, refused.value.detail


async def test_other_sources_measure_patterns_composite_keys_and_numbers(world: World) -> None:
    place = world.folder / "lake.duckdb"
    with duckdb.connect(str(place)) as database:
        database.execute(
            "CREATE TABLE sales AS SELECT i % 5 AS shop, i AS day, 'S' || i AS code, "
            "i * 1.5 AS price, DATE '2026-01-01' + i::INT AS at FROM range(20) t(i)"
        )
    await world.call(
        "data_sources.register_source", name="lake", kind="duckdb", location=str(place)
    )
    await world.call("data_sources.discover_assets", source="lake")
    contract = """
apiVersion: v3.1.0
kind: DataContract
id: lake
version: 1.0.0
status: active
schema:
  - name: sold
    physicalName: main.sales
    properties:
      - {name: shop, primaryKey: true, primaryKeyPosition: 1}
      - {name: day, primaryKey: true, primaryKeyPosition: 2}
      - {name: code, logicalType: string, logicalTypeOptions: {pattern: '^S[0-9]+$', minLength: 2}}
      - name: price
        logicalType: number
        logicalTypeOptions: {minimum: 0, exclusiveMaximum: 10, format: f64}
        quality:
          - {metric: missingValues, arguments: {missingValues: [0]}, mustBeLessOrEqualTo: 1}
          - {metric: invalidValues, mustBe: 0}
          - {description: only words}
    quality:
      - {metric: duplicateValues, arguments: {properties: [shop]}, mustBeGreaterThan: 0}
      - {metric: duplicateValues, mustBe: 0}
      - {metric: nullValues, mustBe: 0}
      - type: sql
        query: >
          SELECT COUNT(DISTINCT shop) FROM ${object}
          WHERE code LIKE 'S%' AND at > '2025-01-01'
        mustBe: 5
      - {type: sql, query: "SELECT AVG(price) FROM sales", mustNotBeBetween: [0, 1]}
slaProperties:
  - {property: retention, value: 3, unit: y, element: sold.at}
  - {property: frequency, value: soon, unit: d, element: sold.at}
  - {property: freshness, value: 1, unit: d, element: sold.gone}
  - {property: freshness, value: 1, unit: d, element: sold.code}
  - {property: freshness, value: 1, unit: d, element: elsewhere.at}
"""
    await world.call("catalog.import_contract", contract=contract, source="lake")
    found = await checked(world, asset="lake.sales")
    told = {name.split("|")[0].removeprefix("schema[0]."): said[0] for name, said in found.items()}
    at = "properties[3].logicalTypeOptions"
    expected = {
        "properties[2].logicalTypeOptions.pattern": "passed",
        "properties[2].logicalTypeOptions.minLength": "passed",
        f"{at}.minimum": "passed",
        f"{at}.exclusiveMaximum": "failed",
        f"{at}.format": "unchecked",
        "properties[3].quality[0]": "passed",
        "properties[3].quality[1]": "unchecked",
        "properties[3].quality[2]": "unchecked",
        "quality[0]": "passed",
        "quality[1]": "unchecked",
        "quality[2]": "unchecked",
        "quality[3]": "passed",
        "quality[4]": "passed",
        **{f"slaProperties[{number}]": "unchecked" for number in range(4)},
    }
    assert {name: told[name] for name in expected} == expected
    assert "slaProperties[4]" not in told
    assert found["schema[0].properties|The primary key shop, day is unique."][0] == "passed"


async def test_an_exported_contract_is_one_of_the_standard_and_is_kept(world: World) -> None:
    await world.source(scanned=True)
    await world.call("catalog.set_owner", asset="shop.orders", owner="Administrator")
    await world.call("catalog.describe_asset", asset="shop.orders", description="What was sold")
    await world.call(
        "catalog.define_quality_check", asset="shop.orders", kind="row_count", minimum=1, maximum=99
    )
    for kind, given in (("not_null", {}), ("range", {"minimum": 0}), ("unique", {})):
        await world.call(
            "catalog.define_quality_check", asset="shop.orders.total", kind=kind, **given
        )
    await world.call(
        "catalog.define_quality_check",
        asset="shop.orders.sku",
        kind="accepted_values",
        values=["A-1"],
    )
    exported = await world.call("catalog.export_contract", asset="shop.orders")
    document = yaml.safe_load(exported.contract)
    assert list(validator().iter_errors(document)) == []
    (orders,) = document["schema"]
    by_name = {one["name"]: one for one in orders["properties"]}
    assert orders["description"] == "What was sold"
    assert by_name["id"]["primaryKey"] is True
    assert by_name["customer_id"]["relationships"][0]["to"] == "customers.id"
    assert (by_name["total"]["required"], by_name["total"]["unique"]) == (True, True)
    assert by_name["total"]["quality"][0]["type"] == "sql"
    assert by_name["sku"]["quality"][0]["arguments"] == {"validValues": ["A-1"]}
    assert document["team"]["members"][0]["username"] == "Administrator"
    assert [rule["metric"] for rule in orders["quality"]] == ["rowCount", "rowCount"]
    await world.call("catalog.import_contract", contract=exported.contract, source="shop")
    result = await world.call("catalog.check_contract", asset="shop.orders")
    assert (result.status, result.failed) == ("kept", 0), result.clauses[0]
    active = exported.contract.replace("status: draft", "status: active")
    await world.call("catalog.import_contract", contract=active, source="shop")
    again = await world.call("catalog.export_contract", asset="shop.orders")
    assert (again.revision, yaml.safe_load(again.contract)["status"]) == (2, "active")
    back = await world.call("catalog.import_contract", contract=again.contract, source="shop")
    assert back.unchanged and back.revision == 2
    anew = await world.call("catalog.export_contract", asset="shop.orders", draft=True)
    assert (anew.revision, anew.contract) == (None, exported.contract)
    customers = await world.call("catalog.export_contract", asset="shop.customers")
    email = yaml.safe_load(customers.contract)["schema"][0]["properties"][2]
    assert email["classification"] == "confidential"
    with pytest.raises(CorrectInput, match="is a column"):
        await world.call("catalog.export_contract", asset="shop.orders.id")


async def test_a_source_goes_with_its_contracts(world: World) -> None:
    await world.source()
    await world.call("catalog.import_contract", contract=CONTRACT, source="shop")
    with sqlite3.connect(world.folder / "shop.sqlite") as database:
        database.execute("CREATE TABLE returns (id INTEGER)")
    database.close()
    await world.call("data_sources.discover_assets", source="shop")
    result = await world.call("catalog.check_contract", asset="shop.customers")
    assert "schema[1]" not in [one.path for one in result.clauses]  # it is there by now
    await world.call("data_sources.remove_source", source="shop")
    assert (await world.call("catalog.list_contracts")).total == 0
