"""Signed CloudEvents over HTTP start a workflow once; what isn't signed starts nothing."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.service import Client, served
from tools.racine.workflows.schedules.webhooks import sign

EVENT = {
    "specversion": "1.0",
    "id": "e-1",
    "source": "https://ci.example.com",
    "type": "com.example.deployed",
    "data": {"table": "shop.orders"},
}


@pytest.fixture(scope="module")
def client(shop_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("webhooks") / "data"
    shutil.copytree(shop_folder, folder)
    with served(folder) as client:
        arguments = {"asset": {"$ref": "event.data.table"}, "tag": "deployed"}
        steps = [{"id": "tag", "operation": "catalog.tag_asset", "arguments": arguments}]
        client.call("workflows.create", name="deployed", steps=steps)
        yield client


@pytest.fixture
def hook(client: Client, request: pytest.FixtureRequest) -> Any:
    return client.call(
        "workflows.schedule", workflow="deployed", name=request.node.name, webhook=True
    )


def send(hook: Any, client: Client, body: bytes, **changed: str) -> httpx.Response:
    stamp = changed.pop("stamp", str(int(time.time())))
    message = changed.pop("message", "msg-1")
    headers = {
        "content-type": "application/cloudevents+json",
        "webhook-id": message,
        "webhook-timestamp": stamp,
        "webhook-signature": sign(changed.pop("secret", hook["secret"]), message, stamp, body),
    } | {name.replace("_", "-"): value for name, value in changed.items()}
    return httpx.post(f"{client.url}{hook['webhook']}", content=body, headers=headers)


def runs(client: Client, hook: Any) -> list[Any]:
    return list(client.call("workflows.schedule_runs", schedule=hook["name"])["items"])


def test_a_signed_event_starts_it_once_however_often_it_is_sent(client: Client, hook: Any) -> None:
    body = json.dumps(EVENT).encode()
    answers = [send(hook, client, body) for _ in range(3)]
    assert {one.status_code for one in answers} == {202}
    assert len({one.json()["run_id"] for one in answers}) == 1
    started: list[Any] = []
    while not started:
        started = [one for one in runs(client, hook) if one["outcome"] == "started"]
    (run,) = started
    stream = f"/api/racine/workflows/{run['execution_id']}/logs/stream"
    assert '"RUN_FINISHED"' in client.http.get(stream).text
    assert "deployed" in client.call("catalog.get_asset", asset="shop.orders")["tags"]
    assert len(runs(client, hook)) == 1


def test_binary_mode_is_the_same_event(client: Client, hook: Any) -> None:
    body = json.dumps(EVENT["data"]).encode()
    given = {f"ce_{name}": str(EVENT[name]) for name in ("specversion", "id", "source", "type")}
    answer = send(hook, client, body, content_type="application/json", **given)
    assert answer.status_code == 202
    (run,) = runs(client, hook)
    assert run["event"] == EVENT


def test_the_secret_is_shown_once(client: Client, hook: Any) -> None:
    assert hook["secret"].startswith("whsec_")
    listed = client.http.get("/api/racine/workflows/schedules").text
    found = client.http.get("/api/racine/activity/search").text
    assert hook["secret"] not in listed + found
    assert "whsec_" not in listed + found


@pytest.mark.parametrize(
    "changed",
    [
        {"secret": "whsec_bm90IHRoZSBzZWNyZXQ="},
        {"stamp": "1700000000"},
        {"stamp": "soon"},
        {"webhook_signature": "v1,"},
        {"webhook_id": "another"},
        {"message": ""},
    ],
)
def test_what_is_not_signed_is_refused(client: Client, hook: Any, changed: dict[str, str]) -> None:
    answer = send(hook, client, json.dumps(EVENT).encode(), **changed)
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
    assert not runs(client, hook)


def test_there_is_no_telling_whether_a_webhook_is_there(client: Client, hook: Any) -> None:
    body = json.dumps(EVENT).encode()
    there = send(hook, client, body, stamp="1")
    absent = send(hook | {"webhook": hook["webhook"][:-4]}, client, body, stamp="1")
    assert there.json() == absent.json()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"{", "body"),
        (b"[]", "body"),
        (json.dumps(EVENT | {"specversion": "0.3"}).encode(), "specversion"),
        (json.dumps({k: v for k, v in EVENT.items() if k != "type"}).encode(), "type"),
        (json.dumps(EVENT | {"time": "yesterday"}).encode(), "time"),
    ],
)
def test_what_is_no_event_is_refused_by_its_field(
    client: Client, hook: Any, body: bytes, field: str
) -> None:
    answer = send(hook, client, body)
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert not runs(client, hook)


def test_an_event_with_other_fields_is_kept_and_not_started(client: Client) -> None:
    hook = client.call(
        "workflows.schedule",
        workflow="deployed",
        name="only-tests",
        webhook=True,
        where={"type": "com.example.tested"},
    )
    answer = send(hook, client, json.dumps(EVENT).encode())
    assert (answer.status_code, answer.json()["outcome"]) == (202, "skipped")


def test_a_body_of_a_megabyte_is_refused(client: Client, hook: Any) -> None:
    assert send(hook, client, b" " * 1_000_000).status_code == 413
