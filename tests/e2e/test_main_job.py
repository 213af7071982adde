"""The main job over HTTP, on real databases of other people: what the product must show.

A conversation registers and scans a database; the plan is approved; its execution streams; the
answers cite their evidence; a viewer gets neither the values nor the write.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.service import Client, Said, served
from tests.support.shared import sample_database, shared_data

DATABASES = ("chinook", "northwind", "pagila")


@pytest.fixture(scope="module")
def racine(indexed_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("racine") / "data"
    with served(Path(shutil.copytree(indexed_folder, folder))) as client:
        yield client


@pytest.fixture(scope="module")
def registered(racine: Client) -> dict[str, Said]:
    """Every sample database, registered and scanned by a conversation; the executions."""
    executions = {}
    for name in DATABASES:
        said = racine.say(f"Register {sample_database(name)} as {name}, scan it for personal data")
        assert said.ending == "interrupt", said.text
        steps = said.plan["steps"]
        assert [step["operation"] for step in steps] == [
            "data_sources.register_source",
            "data_sources.discover_assets",
            "scan_logic.start_scan",
        ]
        assert all(step["preview"]["error"] is None for step in steps)
        assert steps[1]["preview"]["total_changes"] > 50
        assert racine.call("data_sources.list_sources")["total"] == len(executions)
        executions[name] = racine.execute(said.plan)
    return executions


def test_every_step_streams_and_the_answer_says_what_was_done(registered: dict[str, Said]) -> None:
    for name, said in registered.items():
        states = [(one["step_id"], one["status"]) for one in said.custom("execution_step")]
        for step in ("s1", "s2", "s3"):
            assert (step, "running") in states
            assert states.count((step, "done")) == 1
        assert said.custom("execution_finished")[0]["status"] == "done"
        assert f"registered {name}" in said.text
        assert "classified" in said.text
        assert said.ending == "success"


@pytest.mark.parametrize("name", DATABASES)
def test_the_catalog_equals_the_expected_inventory(
    racine: Client, registered: dict[str, Said], name: str
) -> None:
    inventory = json.loads((shared_data() / "databases" / "expected_inventory.json").read_text())
    expected = inventory[f"databases/{name}.sqlite"]
    tables = racine.call("catalog.list_assets", source=name, kind="table", limit=500)
    assert {table["name"]: table["row_count"] for table in tables["items"]} == {
        table: facts["rows"] for table, facts in expected.items()
    }
    for table, facts in expected.items():
        detail = racine.call("catalog.get_asset", asset=f"{name}.{table}")
        columns = [[column["name"], column["data_type"]] for column in detail["columns"]]
        assert columns == facts["columns"]
        assert detail["primary_key"] == facts["pk"]
        keys = sorted((key["column"], key["refers_to"]) for key in detail["foreign_keys"])
        assert keys == sorted((own, f"{name}.{of}.{target}") for own, of, target in facts["fks"])


def test_personal_data_and_what_no_rule_covers_is_answered_with_citations(
    racine: Client, registered: dict[str, Said]
) -> None:
    said = racine.say("Which columns hold personal data, and which of them does no rule cover?")
    assert said.ending == "success"
    cited = said.custom("citation")
    assert cited
    assert all(f"[{citation['n']}]" in said.text for citation in cited)
    source = racine.http.get(cited[0]["url"])
    assert source.status_code == 200
    assert source.json()["qualified_name"] == cited[0]["title"]
    listed = racine.call("classifications.list_classified_columns", category="personal", limit=500)
    assert f"of {listed['total']}" in said.text
    columns = {item["column"] for item in listed["items"]}
    assert {
        "chinook.Customer.Email",
        "northwind.Employee.birthDate",
        "pagila.customer.email",
        "pagila.staff.password",
    } <= columns | {
        item["column"]
        for item in racine.call(
            "classifications.list_classified_columns", category="credentials", limit=100
        )["items"]
    }
    assert "pagila.film.title" not in columns


def test_impact_of_a_column_is_told_with_its_source(
    racine: Client, registered: dict[str, Said]
) -> None:
    said = racine.say("What breaks if I drop pagila.customer.email?")
    assert said.calls == ["catalog_analyze_impact"]
    assert "pagila.customer.email" in said.text
    assert said.custom("citation")


def test_a_viewer_gets_neither_the_values_nor_the_write(
    racine: Client, registered: dict[str, Said]
) -> None:
    viewer = _person(racine, "Vera Viewer", "viewer")
    rows = viewer.call("data_sources.preview_rows", asset="pagila.customer", limit=5)
    place = [column["name"] for column in rows["columns"]].index("email")
    assert rows["columns"][place]["masked"]
    assert all("@sakilacustomer" not in str(row[place]) for row in rows["rows"])
    clear = racine.call("data_sources.preview_rows", asset="pagila.customer", limit=5)
    assert all("@" in str(row[place]) for row in clear["rows"])
    said = viewer.say("tag pagila.customer.email as pii")
    assert said.ending == "success"
    assert not said.custom("plan_proposed")
    assert "viewer" in said.text
    refused = viewer.http.post(
        "/api/operations/catalog.tag_asset", json={"asset": "pagila.customer.email", "tag": "pii"}
    )
    assert refused.status_code == 403
    assert racine.call("catalog.get_asset", asset="pagila.customer.email")["tags"] == []
    viewer.close()


def test_the_audit_trail_of_it_all_is_intact(racine: Client, registered: dict[str, Said]) -> None:
    verified = racine.call("activity.verify_audit_trail")
    assert verified["intact"]
    assert verified["checked"] > 9


@pytest.mark.postgres
def test_pagila_on_postgresql(racine: Client, postgres: str) -> None:
    from tests.support.postgres import create_database, load_dump

    url = create_database(postgres, "pagila")
    load_dump(url, shared_data() / "databases_pg" / "pagila.sql.gz")
    said = racine.say(f"Register {url} as pagila_pg, scan it for personal data")
    done = racine.execute(said.plan)
    assert done.custom("execution_finished")[0]["status"] == "done", done.text
    views = racine.call("catalog.list_assets", source="pagila_pg", kind="view", limit=50)
    assert views["total"] >= 7
    customer = racine.call("catalog.get_asset", asset="pagila_pg.customer")
    assert customer["row_count"] == 599
    assert customer["primary_key"] == ["customer_id"]
    payment = racine.call("catalog.get_asset", asset="pagila_pg.payment")
    assert payment["row_count"] == 16049
    impact = racine.call("catalog.analyze_impact", asset="pagila_pg.customer.first_name")
    assert "pagila_pg.customer_list" in {node["qualified_name"] for node in impact["breaks"]}
    said = racine.say("What breaks if I drop pagila_pg.customer.email?")
    assert "pagila_pg.customer.email" in said.text


def _person(racine: Client, name: str, role: str, **scope: Any) -> Client:
    email = f"{name.split(maxsplit=1)[0].lower()}@example.com"
    user = racine.call("rbac.create_user", name=name, email=email)
    racine.call("rbac.grant_role", user=user["id"], role=role, **scope)
    key = racine.call("rbac.create_api_key", user=user["id"], name="test")["key"]
    return Client(racine.url, key)


def test_a_resumed_stream_is_identical_to_the_byte(
    racine: Client, registered: dict[str, Said], tmp_path: Path
) -> None:
    said = registered["pagila"]
    whole = racine.follow(said.run)
    assert whole.raw == said.raw
    for cut in (1, 5, len(said.ids) - 1):
        resumed = racine.follow(said.run, after=said.ids[cut - 1])
        assert whole.raw.endswith(resumed.raw)
        assert resumed.ids == said.ids[cut:]


@pytest.mark.parametrize("place", ["racine.db", "index", "."])
def test_racines_own_data_is_no_source(racine: Client, place: str) -> None:
    health = racine.call("orchestration.health")
    assert health["status"] == "ok"
    folder = racine.data_dir / place
    refused = racine.http.post(
        "/api/operations/data_sources.register_source",
        json={
            "name": "own",
            "kind": "files" if folder.is_dir() else "sqlite",
            "location": str(folder),
        },
    )
    assert refused.status_code == 422
    assert refused.json()["field"] == "location"
