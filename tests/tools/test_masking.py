"""Values of classified columns: hidden from who may not see them, and always from models."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import Any

from tests.support.probe import kernel_with
from tests.support.world import World
from tools.context import Context
from tools.operation import operation
from tools.values import Rows

EMAIL = "julia0@example.org"


async def emails(world: World, **given: Any) -> tuple[bool, str]:
    rows = await world.call("data_sources.preview_rows", asset="shop.customers", limit=1, **given)
    place = [column.name for column in rows.columns].index("email")
    return rows.columns[place].masked, rows.rows[0][place]


async def test_the_catalog_s_classifications_decide_who_sees_what(world: World) -> None:
    await world.source()
    await world.person("Vera Lind", "viewer")
    await world.person("Dana Roy", "steward")
    await world.call("scan_logic.start_scan", source="shop")
    assert await emails(world, _as="vera") == (True, "j•••@•••.org")
    assert await emails(world, _as="dana") == (False, EMAIL)
    for person in (world.people["dana"], world.administrator):
        for_a_model = replace(person, channel="assistant", masked=True)
        assert await emails(world, _as=for_a_model) == (True, "j•••@•••.org")

    await world.call("classifications.confirm_classification", asset="shop.customers.email")
    assert (await emails(world, _as="vera"))[0]
    await world.call("classifications.reject_classification", asset="shop.customers.email")
    assert await emails(world, _as="vera") == (False, EMAIL)


async def test_what_looks_classified_is_masked_before_anything_was_scanned(world: World) -> None:
    await world.source()
    await world.person("Vera Lind", "viewer")
    await world.person("Dana Roy", "steward")
    assert await emails(world, _as="vera") == (True, "j•••@•••.org")
    assert await emails(world, _as="dana") == (False, EMAIL)
    for_a_model = replace(world.administrator, channel="assistant", masked=True)
    assert await emails(world, _as=for_a_model) == (True, "j•••@•••.org")
    rows = await world.call("data_sources.preview_rows", "vera", asset="shop.customers", limit=1)
    looks = {one.name: (one.looks_like, one.masked) for one in rows.columns}
    assert looks["email"] == ("email", True) and looks["phone"] == ("phone", True)
    assert looks["id"] == looks["created_at"] == (None, False)
    rows = await world.call("data_sources.preview_rows", "vera", asset="shop.products", limit=1)
    assert not any(one.masked for one in rows.columns)

    # Once a scan or a person has judged it, the catalog decides
    await world.call("scan_logic.start_scan", source="shop")
    rows = await world.call("data_sources.preview_rows", "vera", asset="shop.customers", limit=1)
    assert not any(one.looks_like for one in rows.columns)
    await world.call("classifications.reject_classification", asset="shop.customers.email")
    assert await emails(world, _as="vera") == (False, EMAIL)


async def test_a_column_that_came_after_the_scan_is_unjudged(world: World) -> None:
    await world.source(scanned=True)
    vera = await world.person("Vera Lind", "viewer")
    with closing(sqlite3.connect(world.folder / "shop.sqlite")) as database, database:
        database.execute("ALTER TABLE products ADD COLUMN buyer_email TEXT DEFAULT 'ann@b.org'")
    await world.call("data_sources.discover_assets", source="shop")
    rows = await world.call("data_sources.preview_rows", vera, asset="shop.products", limit=1)
    told = {one.name: (one.looks_like, one.masked) for one in rows.columns}
    assert told["buyer_email"] == ("email", True)
    assert told["title"] == (None, False)


async def test_the_right_to_see_is_good_for_its_source_only(world: World) -> None:
    await world.source("shop", scanned=True)
    await world.source("vault", scanned=True)
    ben = await world.person("Ben Roth", "steward", source="vault")
    await world.call("rbac.grant_role", user="Ben Roth", role="viewer")
    assert (await emails(world, _as=ben))[0]
    rows = await world.call("data_sources.preview_rows", _as=ben, asset="vault.customers", limit=1)
    assert not any(column.masked for column in rows.columns)


async def test_other_columns_and_nulls_stay_as_they_are(world: World) -> None:
    await world.source(scanned=True)
    vera = await world.person("Vera Lind", "viewer")
    rows = await world.call("data_sources.preview_rows", _as=vera, asset="shop.customers", limit=3)
    by_name = {column.name: column for column in rows.columns}
    assert by_name["email"].masked
    assert not by_name["id"].masked
    assert [row[0] for row in rows.rows] == [1, 2, 3]
    assert (rows.total, rows.returned, rows.truncated) == (60, 3, True)
    assert EMAIL not in rows.model_dump_json()


async def test_a_value_passes_masked_through_an_operation_that_calls_another(world: World) -> None:
    @operation("probe.relay", permission="catalog.read", examples=("x",))
    async def relay(ctx: Context) -> Rows:
        """Show rows by another operation."""
        return await ctx.invoke("data_sources.preview_rows", asset="shop.customers", limit=1)

    await world.source(scanned=True)
    vera = await world.person("Vera Lind", "viewer")
    kernel = kernel_with(world, relay)
    told = await kernel.invoke("probe.relay", {}, vera)
    await kernel.close()
    assert EMAIL not in told.value.model_dump_json()
