"""Every template runs to its end on the demo company, whose data is generated for real, once.

What each does in detail is tried in `test_templates.py`, on less.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.world import World
from tests.tools.racine.workflows.test_templates import result, run, tasks
from tools.racine.workflows.template_list import TEMPLATES

ORDERS = {"asset": "shop.orders"}
# The arguments of each, and what has come of it, by its steps' results
RUNS: dict[str, tuple[dict[str, str], Callable[[Any], Any]]] = {
    "weekly-pii-sweep": ({}, lambda done: result(done, "scan")["done"] == 3),
    "gdpr-evidence-pack": ({}, lambda done: result(done, "trail")["intact"]),
    "access-review": ({"days": "30"}, lambda done: result(done, "review")["items"]),
    "quality-gate": (ORDERS, lambda done: result(done, "check")["ok"]),
    "certify-data-product": (
        ORDERS | {"reason": "Audited"},
        lambda done: result(done, "certify")["certification"],
    ),
    "incident-triage": (
        {"asset": "crm.customers", "what": "wrong phone numbers"},
        lambda done: "under-investigation" in result(done, "mark")["tags"],
    ),
    "deprecate-table": (
        {
            "asset": "crm.customers",
            "successor": "crm.companies",
            "reason": "Moved",
            "sunset_on": "2999-01-31",
        },
        lambda done: result(done, "deprecate")["dependents_total"],
    ),
    "quarter-end-compliance": ({"framework": "gdpr"}, lambda done: result(done, "report")["name"]),
    "new-joiner-access": (
        {"name": "Nia Okoro", "email": "nia@example.com", "role": "viewer", "source": "crm"},
        lambda done: result(done, "check")["allowed"],
    ),
}


@pytest.mark.parametrize("chosen", RUNS)
async def test_it_runs_on_the_demo(demo: World, chosen: str) -> None:
    arguments, well = RUNS[chosen]
    if "asset" in arguments:
        await demo.call("catalog.describe_asset", asset=arguments["asset"], description="Known")
        await demo.call(
            "catalog.define_quality_check", asset=arguments["asset"], kind="row_count", minimum=1
        )
    done = await run(demo, chosen, **arguments)
    assert well(done), [(one.step_id, one.result) for one in done.steps]


async def test_a_source_of_the_demo_is_onboarded_again(demo: World, company: Path) -> None:
    path = str(company / "crm.sqlite")
    await run(demo, "onboard-source", name="crm2", kind="sqlite", location=path)
    assert ("Name an owner", "crm2.customers") in await tasks(demo)


async def test_a_customer_of_the_demo_is_found_in_all_its_systems(
    demo: World, company: Path
) -> None:
    with sqlite3.connect(company / "crm.sqlite") as database:
        (address,) = database.execute("SELECT email FROM customers LIMIT 1").fetchone()
    database.close()
    sealed = (await demo.call("classifications.seal_subject", subject=address)).subject
    done = await run(
        demo, "subject-erasure", kind="email", subject=sealed, request="R-7", due_on="2999-01-31"
    )
    assert "crm.customers" in {about for _title, about in await tasks(demo)}
    assert address not in str(done)


async def test_a_change_of_the_demo_s_schema_is_asked_about(demo: World, company: Path) -> None:
    with sqlite3.connect(company / "crm.sqlite") as database:
        database.execute("ALTER TABLE customers ADD COLUMN shoe_size REAL")
    database.close()
    await run(demo, "schema-drift-watch", source="crm")
    assert any(about.endswith("shoe_size") for _title, about in await tasks(demo))


def test_all_of_them_are_run_here() -> None:
    told = Path(__file__).read_text()
    assert not [one.name for one in TEMPLATES if f'"{one.name}"' not in told]
