"""The contract that clients rely on, over real HTTP."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.service import CHAT, TOKEN, Client, served
from tools.registry import Registry

ASSISTANT = "/api/racine/ai-assistant"
OPEN = {"/healthz", "/readyz", "/api/auth/sign-in", "/api/auth/sign-out", "/", "/sign-in"}
SEARCH = "/api/operations/catalog.search_assets"


@pytest.fixture(scope="module")
def folder(shop_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(shop_folder, tmp_path_factory.mktemp("api") / "data"))


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[Client]:
    with served(folder) as client:
        yield client


@pytest.fixture
def nobody(client: Client) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=client.url, timeout=30) as http:
        yield http


def problem(answer: httpx.Response, status: int, code: str, field: str | None = None) -> None:
    """An error as every surface of ours says it."""
    assert answer.status_code == status, answer.text[:500]
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert (told["status"], told["code"], told.get("field")) == (status, code, field)
    assert told["detail"]
    assert told["remedy"]
    assert "Traceback" not in answer.text


def routes(client: Client) -> list[tuple[str, str]]:
    paths = client.http.get("/openapi.json").json()["paths"]
    return [(method.upper(), path) for path, methods in paths.items() for method in methods]


def test_every_route_asks_for_its_caller(client: Client, nobody: httpx.Client) -> None:
    known = routes(client)
    assert len(known) > 80
    for method, path in [*known, ("GET", "/openapi.json"), ("GET", "/metrics")]:
        if path in OPEN:
            continue
        where = path.replace("{", "").replace("}", "")
        problem(nobody.request(method, where, content=b"not json"), 401, "not_signed_in")
        wrong = {"Authorization": "Bearer rcn_nobody"}
        problem(nobody.request(method, where, headers=wrong), 401, "not_signed_in")


def test_every_operation_has_its_route(client: Client) -> None:
    registry = Registry()
    known = set(routes(client))
    for operation in registry:
        assert (operation.method, registry.route(operation)) in known


def test_health_answers_anybody(nobody: httpx.Client) -> None:
    assert nobody.get("/healthz").json() == {"status": "ok"}
    assert nobody.get("/readyz").json() == {"status": "ready"}
    page = nobody.get("/")
    assert page.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert nobody.get("/panel/assistant.js").status_code == 200
    problem(nobody.get("/panel/none.js"), 404, "not_found")
    problem(nobody.get("/panel/..%2fapp.py"), 404, "not_found")


def test_metrics_count_what_happened(client: Client) -> None:
    client.say("How many tables?")
    text = client.http.get("/metrics").text
    assert 'racine_runs{status="done"}' in text
    assert 'racine_invocations_total{operation="scan_logic.start_scan",outcome="done"} 1' in text
    assert "racine_index_lag_seconds " in text


def test_a_session_by_key_cookie_and_sign_out(client: Client, nobody: httpx.Client) -> None:
    answer = nobody.post("/api/auth/sign-in", json={"token": TOKEN})
    assert answer.status_code == 204
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    me = "/api/racine/ai-assistant/list-conversations"
    assert nobody.get(me).status_code == 200
    assert nobody.get(me, headers={"Origin": client.url}).status_code == 200
    evil = {"Origin": "https://evil.example"}
    problem(nobody.get(me, headers=evil), 403, "forbidden")
    problem(nobody.post(CHAT, json={"message": "hi"}, headers=evil), 403, "forbidden")
    assert nobody.post("/api/auth/sign-out").status_code == 204
    problem(nobody.get(me), 401, "not_signed_in")


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        ({"token": "a.b.c"}, 401, "not_signed_in", None),
        ({"token": "rcn_none"}, 401, "not_signed_in", None),
        ({"token": 7}, 422, "invalid_input", "token"),
        ({}, 422, "invalid_input", "token"),
        ({"token": "x", "more": 1}, 422, "invalid_input", "more"),
    ],
)
def test_a_sign_in_that_fails(
    nobody: httpx.Client, body: dict[str, Any], status: int, code: str, field: str | None
) -> None:
    problem(nobody.post("/api/auth/sign-in", json=body), status, code, field)


def test_a_forged_session_opens_nothing(nobody: httpx.Client) -> None:
    nobody.cookies.set("racine_session", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1c3JfMSJ9.")
    problem(nobody.get(f"{ASSISTANT}/list-conversations"), 401, "not_signed_in")


@pytest.mark.parametrize("path", [SEARCH, CHAT, f"{ASSISTANT}/plans/pln_1/approve"])
@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b'{"query": "%b"}' % (b"x" * 1_000_000), 413, "too_large"),
        (b'{"query": "a\\u0000b"}', 422, "invalid_input"),
        (b'{"query": "\\ud800"}', 422, "invalid_input"),
        (b'{"query": "\xff"}', 422, "invalid_input"),
        (b'{"limit": NaN}', 422, "invalid_input"),
        (b'{"limit": Infinity}', 422, "invalid_input"),
        (b'{"limit": 1e999}', 422, "invalid_input"),
        (b'{"limit": 99999999999999999999}', 422, "invalid_input"),
        (b'{"query": "a", "query": "b"}', 422, "invalid_input"),
        (b'{"query": %b}' % (b"[" * 40 + b"]" * 40), 422, "invalid_input"),
        (b'{"query": %b}' % (b"[" * 100_000), 422, "invalid_input"),
        (b'["query"]', 422, "invalid_input"),
        (b"query=a", 422, "invalid_input"),
        (b'{"colour": "red"}', 422, "invalid_input"),
    ],
    ids=lambda value: str(value)[:24] if isinstance(value, bytes) else str(value),
)
def test_bodies_are_read_strictly(
    client: Client, path: str, body: bytes, status: int, code: str
) -> None:
    answer = client.http.post(path, content=body)
    assert answer.status_code == status, answer.text
    told = answer.json()
    assert (told["code"], bool(told["detail"]), bool(told["remedy"])) == (code, True, True)


@pytest.mark.parametrize("face", ["operations/compliance.{}_{}", "compliance-rules/{}-{}"])
def test_a_framework_may_be_larger_than_other_bodies(client: Client, face: str) -> None:
    where = f"/api/{face.format('import', 'framework')}"
    sent = {"content": json.dumps({"catalog": {"uuid": "x" * 2_000_000}})}
    answer = client.http.post(where, json=sent)
    problem(answer, 422, "invalid_input", "content")
    assert "/catalog/uuid" in answer.json()["detail"]
    problem(client.http.post(where, json={"content": "x" * 16_000_000}), 413, "too_large")


def test_wrong_methods_paths_and_queries(client: Client) -> None:
    http = client.http
    problem(http.get(CHAT), 405, "method_not_allowed")
    problem(http.put(SEARCH, json={}), 405, "method_not_allowed")
    assert http.get(CHAT).json()["remedy"] == "Use POST."
    problem(http.get("/api/nothing"), 404, "not_found")
    problem(http.post("/api/operations/catalog.none"), 404, "unknown_operation", "operation")
    path = "/api/advanced-catalog/search-assets"
    problem(http.get("/api/advanced-catalog/get-asset"), 422, "invalid_input", "asset")
    problem(http.get(f"{path}?query=a&query=b"), 422, "invalid_input", "query")
    problem(http.get(f"{path}?query=a&colour=red"), 422, "invalid_input", "colour")
    problem(http.get(f"{path}?query=a&limit=many"), 422, "invalid_input", "limit")
    problem(http.get(f"{path}?query=a&limit=0"), 422, "invalid_input", "limit")
    problem(http.get(f"{path}?query=%00"), 422, "invalid_input", "query")
    for torn in ("a%ff", "%ED%A0%80", "%c3"):
        problem(http.get(f"{path}?query={torn}"), 422, "invalid_input", "query")
    problem(http.get(f"{path}?query=a&%ff=b"), 422, "invalid_input", "query string")
    problem(http.get(f"{ASSISTANT}/recommendations?page=%ff"), 422, "invalid_input", "page")
    assert http.get(f"{path}?query=caf%C3%A9").status_code == 200
    listing = "/api/advanced-catalog/list-assets"
    problem(http.get(f"{listing}?cursor=bad"), 422, "invalid_input", "cursor")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "message"),
        ({"message": "  "}, "message"),
        ({"message": 7}, "message"),
        ({"message": "x" * 100_001}, "message"),
        ({"message": "hi", "conversation_id": 7}, "conversation_id"),
        ({"message": "hi", "conversation_id": "x" * 81}, "conversation_id"),
        ({"message": "hi", "colour": "red"}, "colour"),
        ({"threadId": "t"}, "runId"),
    ],
)
def test_a_chat_that_can_not_be(client: Client, body: dict[str, Any], field: str) -> None:
    problem(client.http.post(CHAT, json=body), 422, "invalid_input", field)


@pytest.mark.parametrize(
    ("ids", "payload", "field"),
    [
        ({"threadId": "a/b"}, None, "conversation_id"),
        ({"runId": "x" * 81}, None, "run_id"),
        ({}, {"approved": True}, "hash"),
        ({}, {"approved": True, "hash": "x", "edits": [1]}, "edits"),
        ({}, {"approved": False, "reason": {"a": 1}}, "reason"),
    ],
)
def test_an_agui_input_that_can_not_be(
    client: Client, ids: dict[str, str], payload: dict[str, Any] | None, field: str
) -> None:
    body: dict[str, Any] = {
        "threadId": "t",
        "runId": "r-none",
        "state": {},
        "messages": [{"id": "1", "role": "user", "content": "hi"}],
        "tools": [],
        "context": [],
        "forwardedProps": {},
        **ids,
    }
    if payload is not None:
        body["resume"] = [{"interruptId": "pln_1", "status": "resolved", "payload": payload}]
    problem(client.http.post(CHAT, json=body), 422, "invalid_input", field)


def test_an_operation_is_the_same_by_path_and_by_name(client: Client) -> None:
    by_name = client.call("catalog.get_asset", asset="shop.orders")
    path = "/api/advanced-catalog/get-asset"
    by_path = client.http.get(path, params={"asset": "shop.orders"})
    assert by_path.json() == by_name
    assert by_path.headers["x-racine-activity"].startswith("act_")
    assert client.call("catalog_get_asset", asset="shop.orders") == by_name


def test_an_idempotency_key_writes_once(client: Client) -> None:
    path, body = "/api/operations/catalog.tag_asset", {"asset": "shop.orders", "tag": "once"}
    first = client.http.post(path, json=body, headers={"Idempotency-Key": "key-1"})
    again = client.http.post(path, json=body, headers={"Idempotency-Key": "key-1"})
    assert first.status_code == again.status_code == 200
    assert again.json() == first.json()
    assert again.headers["x-racine-activity"] == first.headers["x-racine-activity"]
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    other = client.http.post(path, json={**body, "tag": "b"}, headers={"Idempotency-Key": "key-1"})
    problem(other, 409, "conflict", "Idempotency-Key")
    long = client.http.post(path, json=body, headers={"Idempotency-Key": "k" * 201})
    problem(long, 422, "invalid_input", "Idempotency-Key")


def test_a_list_is_paged_by_cursor(client: Client) -> None:
    first = client.call("catalog.list_assets", limit=2)
    assert (first["returned"], first["truncated"]) == (2, True)
    rest = client.call("catalog.list_assets", limit=500, cursor=first["next_cursor"])
    assert first["total"] == 2 + rest["returned"]
    assert rest["next_cursor"] is None


def test_a_stream_is_resumed_to_the_byte(client: Client) -> None:
    said = client.say("Which tables hold personal data?")
    assert said.ids == list(range(1, len(said.events) + 1))
    assert said.raw.startswith(b'id: 1\ndata: {"type":"RUN_STARTED"')
    for after in (0, 1, len(said.ids) // 2, len(said.ids) - 1):
        rest = client.follow(said.run, after)
        assert rest.raw == said.raw[said.raw.index(b"id: %d\n" % (after + 1)) :]
    path = f"{ASSISTANT}/runs/{said.run}/events"
    for bad in ("x", "-1", "1" * 16):
        answer = client.http.get(path, headers={"Last-Event-ID": bad})
        problem(answer, 422, "invalid_input", "Last-Event-ID")
    problem(client.http.get(f"{ASSISTANT}/runs/run_none/events"), 404, "not_found")
    problem(client.http.post(f"{ASSISTANT}/runs/run_none/cancel"), 404, "not_found")


def test_a_dropped_connection_does_not_stop_the_run(client: Client) -> None:
    body = {"message": "Which tables hold personal data?", "conversation_id": "dropped"}
    with client.http.stream("POST", CHAT, json=body) as response:
        next(response.iter_bytes())
    (run,) = client.call("assistant.get_conversation", conversation_id="dropped")["runs"]
    assert client.follow(run["id"]).ending == "success"


def test_an_approval_answers_202_and_its_log_can_be_followed(client: Client) -> None:
    plan = client.say("Describe shop.orders as 'followed'").plan
    answer = client.approve(plan)
    assert answer.status_code == 202
    approved = answer.json()
    by_run = client.follow(approved["run_id"])
    logs = f"/api/racine/workflows/{approved['execution_id']}/logs/stream"
    assert client.http.get(logs).content == by_run.raw
    finished = by_run.custom("execution_finished")
    assert finished[0]["status"] == "done"
    problem(client.http.get("/api/racine/workflows/exe_none/logs/stream"), 404, "not_found")


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "hash"), ({"hash": 1}, "hash"), ({"hash": "x", "edits": {"s1": 1}}, "edits")],
)
def test_an_approval_that_can_not_be(client: Client, body: dict[str, Any], field: str) -> None:
    path = f"{ASSISTANT}/plans/pln_1/approve"
    problem(client.http.post(path, json=body), 422, "invalid_input", field)


def test_a_workflow_is_checked_saved_and_run(client: Client) -> None:
    steps = [
        {"id": "b", "operation": "catalog.get_asset", "arguments": {"asset": {"$ref": "a.id"}}},
        {"id": "a", "operation": "catalog.tag_asset",
         "arguments": {"asset": "shop.products", "tag": "by-workflow"}},
    ]  # fmt: skip
    wrong = client.call("workflows.validate", steps=[{"id": "a", "operation": "catalog.tag"}])
    assert not wrong["valid"]
    assert wrong["faults"][0]["remedy"]
    good = client.call("workflows.validate", steps=steps)
    assert (good["valid"], good["order"]) == (True, ["a", "b"])
    client.call("workflows.create", name="tagging", steps=steps)
    answer = client.http.post("/api/racine/workflows/tagging/execute")
    assert answer.status_code == 202
    execution = answer.json()
    logs = f"/api/racine/workflows/{execution['id']}/logs/stream"
    assert b"RUN_FINISHED" in client.http.get(logs).content
    status = client.http.get(f"/api/racine/workflows/{execution['id']}/status").json()
    assert status["status"] == "done"
    assert [step["step_id"] for step in status["steps"]] == ["a", "b"]
    control = f"/api/racine/workflows/{execution['id']}/control"
    problem(client.http.post(control, json={"action": "pause"}), 409, "conflict")


def test_a_disabled_or_unknown_link_is_told(client: Client, nobody: httpx.Client) -> None:
    problem(
        nobody.get(f"{ASSISTANT}/runs/x/events", headers={"Authorization": "Basic abc"}),
        401,
        "not_signed_in",
    )
