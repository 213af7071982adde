"""Who may do what: denied by default, in a scope, with a reason; nothing is told of the rest."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select

from api.runtime import build
from tests.support.world import World
from tools.catalog.tables import Asset
from tools.errors import AskForAccess, ChooseAnother, RacineError, SignIn
from tools.indexing import render_tables
from tools.policy import Decision, expand


async def two_sources(world: World) -> None:
    await world.source("shop", scanned=True)
    await world.source("vault", scanned=True)


async def test_without_a_role_nothing_is_allowed_but_ones_own(world: World) -> None:
    nina = await world.person("Nina Holt")
    with pytest.raises(AskForAccess) as refused:
        await world.call("catalog.list_assets", _as=nina)
    assert refused.value.detail == "Nina Holt has no role that gives catalog.read."
    assert "catalog.read" in refused.value.remedy
    assert "rbac.grant_role" in refused.value.remedy
    assert (await world.call("users.profile", _as=nina)).permissions == []


async def test_a_decision_names_the_role_and_the_scope_that_gave_it(world: World) -> None:
    await two_sources(world)
    await world.person("Ben Roth", "steward", source="shop")
    await world.call("rbac.grant_role", user="Ben Roth", role="viewer")
    kernel = world.runtime.kernel
    held = await kernel.entitlements(world.people["ben"].user_id)
    assert held.decide("catalog.read").reason == "The role viewer gives catalog.read everywhere."
    assert held.decide("catalog.write").reason == "catalog.write comes from steward on source shop."
    shop, vault = [
        (await world.call("data_sources.get_source", source=name)).id for name in ("shop", "vault")
    ]
    assert held.decide_on("catalog.write", shop, "shop").allowed
    there = held.decide_on("catalog.write", vault, "vault")
    assert not there.allowed
    assert (
        there.reason == "catalog.write comes from steward on source shop; it doesn't hold on vault."
    )
    assert not held.decide_on("catalog.write", None, "").allowed
    assert not Decision(False, "no", None).covers(shop)


def test_patterns_expand_to_the_permissions_they_give() -> None:
    known = ["a.read", "a.write", "b.read"]
    assert expand(["a.*"], known) == ["a.read", "a.write"]
    assert expand(["*.read", "a.read"], known) == ["a.read", "b.read"]
    assert expand([], known) == []


async def test_a_scoped_right_to_write_stops_at_its_source(world: World) -> None:
    await two_sources(world)
    await world.person("Ben Roth", "steward", source="shop")
    await world.call("rbac.grant_role", user="Ben Roth", role="viewer")
    tagged = await world.call("catalog.tag_asset", _as="ben", asset="shop.orders", tag="x")
    assert tagged.tags == ["x"]
    with pytest.raises(AskForAccess, match="steward on source shop; it doesn't hold on vault"):
        await world.call("catalog.tag_asset", _as="ben", asset="vault.orders", tag="x")
    with pytest.raises(AskForAccess, match="not everywhere, which this needs"):
        await world.call("workspaces.create", _as="ben", name="Mine")


async def index_tables(world: World) -> None:
    """Put the assets, and nothing else, into the index."""
    async with world.runtime.database.reading() as session:
        tables = list(await session.scalars(select(Asset.id).where(Asset.kind != "column")))
        documents = await render_tables(session, tables)
    world.runtime.index.upsert(documents)


READS: list[tuple[str, dict[str, Any]]] = [
    ("data_sources.list_sources", {}),
    ("catalog.list_assets", {"limit": 500}),
    ("catalog.list_assets", {"kind": "column", "limit": 500}),
    ("catalog.list_owners", {}),
    ("catalog.search_assets", {"query": "orders", "limit": 50}),
    ("classifications.list_classified_columns", {"limit": 500}),
    ("classifications.summarize_sensitivity", {}),
    ("classifications.list_labels", {}),
    ("compliance.list_findings", {}),
    ("compliance.get_posture", {}),
    ("compliance.find_gaps", {}),
    ("scan_logic.list_scans", {}),
    ("scan_logic.get_scan", {"scan": "latest"}),
    ("scan_logic.get_scan_results", {"scan": "latest"}),
    ("search.unified", {"query": "orders in the vault", "limit": 50}),
    ("workspaces.list", {}),
    ("workspaces.get", {"workspace": "Team"}),
    ("activity.search", {"limit": 500}),
    ("rbac.list_users", {}),
    ("rbac.get_user", {"user": "Vic Tor"}),
    ("rbac.check_access", {"user": "Vic Tor"}),
    ("rbac.who_can", {"permission": "catalog.read"}),
    ("catalog.get_lineage", {"asset": "orders"}),
    ("catalog.analyze_impact", {"asset": "customers"}),
]


@pytest.mark.parametrize("by", ["source", "workspace", "domain", "denial"])
async def test_a_scope_restricts_every_query_and_tells_nothing_of_the_rest(
    world: World, by: str
) -> None:
    await two_sources(world)
    for name in ("shop", "vault"):
        await world.call("compliance.evaluate_compliance", source=name)
    await world.call("workspaces.create", name="Team")
    await world.call("workspaces.link_resource", workspace="Team", source="shop")
    await world.call("workspaces.create", name="Hidden")
    await world.call("workspaces.link_resource", workspace="Hidden", source="vault")
    await world.person("Vic Tor", "viewer", source="vault")
    await world.call("catalog.tag_asset", asset="vault.orders", tag="covert")
    await index_tables(world)
    await world.runtime.kernel.close()

    await world.call("catalog.create_domain", name="Sales")
    await world.call("catalog.set_source_domain", source="shop", domain="Sales")
    scopes = {"source": "shop", "workspace": "Team", "domain": "Sales"}
    await world.person("Ann Dahl", "analyst", **{by: scopes[by]} if by in scopes else {})
    if by == "denial":
        await world.call(
            "rbac.grant_role", user="Ann Dahl", role="analyst", source="vault", effect="deny"
        )
    vault = await world.call("data_sources.get_source", source="vault")
    orders = await world.call("catalog.get_asset", asset="vault.orders")

    for name, arguments in READS:
        try:
            value = await world.call(name, _as="ann", **arguments)
            told = value.model_dump_json()
        except RacineError as error:
            closed = ("rbac.", "activity.", *(["scan_logic."] if by == "domain" else []))
            assert name.startswith(closed), (name, error)  # a scan is of a whole source
            told = json.dumps(error.problem())
        for hidden in ("vault", "covert", vault.id, orders.id):
            said = told.replace("orders in the vault", "")
            assert hidden not in said, f"{name} tells of {hidden}: {said[:2000]}"

    seen = await world.call("catalog.list_assets", _as="ann", kind="table")
    assert {one.qualified_name for one in seen.items} == {
        "shop.customers", "shop.orders", "shop.products"
    }  # fmt: skip
    assert seen.total == 3

    refusals = [
        ("catalog.get_asset", {"asset": "vault.orders"}, {"asset": "nowhere.orders"}),
        ("catalog.get_asset", {"asset": orders.id}, {"asset": "ast_0123456789abcdef"}),
        ("catalog.get_lineage", {"asset": "vault.orders"}, {"asset": "nowhere.orders"}),
        ("catalog.tag_asset", {"asset": "vault.orders", "tag": "x"},
         {"asset": "nowhere.orders", "tag": "x"}),
        ("data_sources.get_source", {"source": "vault"}, {"source": "nowhere"}),
        ("scan_logic.start_scan", {"source": vault.id}, {"source": "src_0123456789abcdef"}),
    ]  # fmt: skip
    for name, there, nowhere in refusals:
        problems = []
        for arguments in (there, nowhere):
            with pytest.raises(ChooseAnother) as refused:
                await world.call(name, _as="ann", **arguments)
            problem = json.dumps(refused.value.problem())
            for value in arguments.values():
                problem = problem.replace(str(value), "…")
            problems.append(problem)
        assert problems[0] == problems[1], name


async def test_lineage_stops_where_sight_stops(world: World) -> None:
    await two_sources(world)
    from tools.audit import system_entry
    from tools.catalog.tables import LineageEdge

    shop = await world.call("catalog.get_asset", asset="shop.orders")
    vault = await world.call("catalog.get_asset", asset="vault.orders")
    async with world.runtime.kernel.unit_of_work(system_entry("system.test", "a test")) as session:
        for up, down in ((shop, vault), (vault, shop)):
            session.add(
                LineageEdge(
                    upstream_id=up.id, downstream_id=down.id, kind="view", source_id=up.source_id
                )
            )
    await world.person("Ann Dahl", "analyst", source="shop")
    whole = await world.call("catalog.get_lineage", asset="shop.orders")
    assert "vault.orders" in {node.qualified_name for node in whole.upstream}
    assert "vault.orders" in {node.qualified_name for node in whole.downstream}
    for operation in ("catalog.get_lineage", "catalog.analyze_impact"):
        part = await world.call(operation, _as="ann", asset="shop.orders")
        assert "vault" not in part.model_dump_json()


async def test_a_workspace_gives_what_is_linked_to_it_at_the_time(world: World) -> None:
    await two_sources(world)
    await world.call("workspaces.create", name="Team")
    ann = await world.person("Ann Dahl", "viewer", workspace="Team")
    assert (await world.call("data_sources.list_sources", _as=ann)).total == 0
    await world.call("workspaces.link_resource", workspace="Team", source="vault")
    sources = await world.call("data_sources.list_sources", _as=ann)
    assert [one.name for one in sources.items] == ["vault"]


async def test_what_is_taken_away_is_gone_at_once_whoever_took_it(world: World) -> None:
    """Another process on the same database revokes; this one has the old rights in memory."""
    vera = await world.person("Vera Lind", "viewer")
    await world.call("catalog.list_assets", _as=vera)
    other = build(world.runtime.settings)
    try:
        await other.kernel.invoke(
            "rbac.revoke_role", {"user": "Vera Lind", "role": "viewer"}, world.administrator
        )
        with pytest.raises(AskForAccess):
            await world.call("catalog.list_assets", _as=vera)
    finally:
        await other.kernel.close()
        other.index.close()
        await other.database.close()


async def test_a_disabled_person_may_nothing(world: World) -> None:
    from tools.audit import system_entry
    from tools.rbac.tables import User

    vera = await world.person("Vera Lind", "viewer")
    async with world.runtime.kernel.unit_of_work(system_entry("system.test", "a test")) as session:
        (await session.get_one(User, vera.user_id)).active = False
    with pytest.raises(SignIn):
        await world.call("users.profile", _as=vera)
    held = await world.call("rbac.check_access", user="Vera Lind", permission="read")
    assert not held.allowed
    assert held.reason == "Vera Lind is disabled."


async def test_the_last_administrator_of_everything_stays(world: World) -> None:
    await world.source("shop")
    await world.call("workspaces.create", name="Team")
    await world.person("Wim Berg", "administrator", workspace="Team")
    await world.person("Ida Falk", "administrator", source="shop")
    with pytest.raises(RacineError, match="Nobody would be administrator"):
        await world.call("rbac.revoke_role", user=world.administrator.user_id, role="administrator")
