"""A workflow described in the chat becomes a plan that saves it and schedules it, and runs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.service import Client, served


@pytest.fixture(scope="module")
def client(shop_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("workflows") / "data"
    shutil.copytree(shop_folder, folder)
    with served(folder) as client:
        yield client


def test_it_is_saved_and_scheduled_once_the_plan_is_approved(client: Client) -> None:
    said = client.say("every Monday at 7 scan shop, then evaluate GDPR and tell me")
    made, scheduled = said.plan["steps"]
    assert [one["operation"] for one in made["arguments"]["steps"]] == [
        "scan_logic.start_scan",
        "compliance.evaluate_compliance",
    ]
    assert made["preview"]["error"] is None
    assert scheduled["arguments"]["cron"] == "0 7 * * 1"
    assert "Nobody is written to" in said.text
    assert client.call("workflows.list")["total"] == 0
    client.follow(client.approve(said.plan).json()["run_id"])
    (kept,) = client.call("workflows.list")["items"]
    assert [one["needs"] for one in kept["steps"]] == [[], ["s1"]]
    (one,) = client.call("workflows.schedules")["items"]
    assert one["cron"] == "0 7 * * 1"


def test_references_between_its_steps_stay_its_own(client: Client) -> None:
    said = client.say("Make a workflow called sweep that for each source, scans it")
    steps = said.plan["steps"][0]["arguments"]["steps"]
    assert steps[-1]["arguments"] == {"source": {"$ref": "item.id"}}
    client.follow(client.approve(said.plan).json()["run_id"])
    kept = client.call("workflows.get", workflow="sweep")
    assert kept["steps"][-1]["each"]["over"] == {"$ref": "s1.items"}


def test_half_of_what_was_asked_for_is_no_plan(client: Client) -> None:
    said = client.say("Every day scan shop, then frobnicate the quux")
    assert said.custom("plan_proposed") == []
    assert "frobnicate the quux" in said.text


def test_a_time_that_is_said_twice_is_one(client: Client) -> None:
    said = client.say("Set up a weekly scan of shop every Friday at 17, then profile shop.orders")
    assert said.plan["steps"][1]["arguments"]["cron"] == "0 17 * * 5"
