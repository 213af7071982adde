"""`kill -9` while a source is scanned: the scan goes on, and no table is read twice."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.support.process import ServedProcess
from tests.support.service import Client
from tests.support.world import make_shop
from tests.tools.scan_logic.test_controlling import SLOW

pytestmark = pytest.mark.fault
PATIENCE = 60.0


def wait_for(client: Client, fits: Any) -> dict[str, Any]:
    """The scan, once it fits."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        scan: dict[str, Any] = client.call("scan_logic.get_scan", scan="shop")
        if fits(scan):
            return scan
        time.sleep(0.02)
    raise AssertionError(f"never came: {scan}")


def read_at(scan: dict[str, Any]) -> dict[str, str]:
    """When each table was read that has been read."""
    rows = scan["progress"]["items"]
    return {one["table"]: one["finished_at"] for one in rows if one["status"] == "done"}


def test_a_scan_survives_kill_9_and_reads_no_table_twice(tmp_path: Path) -> None:
    file = tmp_path / "shop.sqlite"
    make_shop(file)
    with closing(sqlite3.connect(file)) as database:
        for name in ("customers_slow", "orders_slow", "products_slow", "v_slow"):
            database.execute(SLOW.format(name=name))
    with ServedProcess(tmp_path / "data") as service:
        client = service.client
        client.call("data_sources.register_source", name="shop", kind="sqlite", location=str(file))
        client.call("data_sources.discover_assets", source="shop")
        queued = client.call("scan_logic.start_scan", source="shop", wait=False)
        assert (queued["status"], queued["tables_left"]) == ("queued", 9)
        seen: list[dict[str, str]] = []
        for number in (1, 4):
            before = wait_for(client, lambda one, most=number: one["tables_done"] >= most)
            service.kill()
            assert before["tables_left"] > 0, "it was killed midway"
            seen.append(read_at(before))
            service.start()
        scan = wait_for(client, lambda one: one["finished_at"] is not None)
        found = client.call("classifications.list_classified_columns", source="shop")
        labels = [(one["column"], one["label"]) for one in found["items"]]
        path = f"/api/racine/workflows/{queued['execution_id']}/status"
        execution = client.http.get(path).json()
        trail = client.call("activity.verify_audit_trail")

    assert (scan["id"], scan["status"], scan["tables_done"]) == (queued["id"], "done", 9)
    times = read_at(scan)
    for before in seen:
        assert before and before == {table: times[table] for table in before}
    assert len(labels) == len(set(labels)) == scan["found"] > 0
    assert (execution["status"], execution["steps"][0]["result"]["id"]) == ("done", scan["id"])
    assert trail["broken_at"] is None
    with closing(sqlite3.connect(tmp_path / "data" / "racine.db")) as database:
        done = "SELECT count(*) FROM activity WHERE operation = ? AND outcome = 'done'"
        # The call that queued it, and the one step that carried it out
        assert database.execute(done, ("scan_logic.start_scan",)).fetchone() == (2,)
        assert database.execute("SELECT count(*) FROM scans").fetchone() == (1,)
