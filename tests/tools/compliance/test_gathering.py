"""What rules are judged on is what the catalog, access and the log say: nothing is made up."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from tests.support.world import World
from tools.catalog.tables import Asset, LineageEdge
from tools.compliance.facts import AssetFacts, SourceFacts
from tools.compliance.gathering import gather
from tools.compliance.tables import Finding
from tools.data_sources.sources import find_source
from tools.data_sources.tables import Source
from tools.errors import AskForAccess, ChooseAnother
from tools.rbac.tables import User


@pytest.fixture
async def shop(stocked: World) -> World:
    await stocked.person("Stella Ray", "steward")
    return stocked


async def asset(shop: World, name: str, source: str = "shop") -> AssetFacts:
    async with shop.runtime.database.reading() as session:
        found = await gather(session, await find_source(session, source))
    (one,) = [one for one in found if one.qualified_name == name]
    assert isinstance(one, AssetFacts)
    return one


async def disable(shop: World, name: str) -> None:
    async with shop.runtime.database.writing() as session:
        (await session.get_one(User, shop.people[name].user_id)).active = False


async def test_owners_who_cannot_act_are_told_apart(shop: World) -> None:
    await shop.call("catalog.set_owner", asset="shop.customers", owner="stella")
    assert (await asset(shop, "shop.customers.email")).owners == ("Stella Ray",)
    assert (await asset(shop, "shop.customers")).idle_owners == ()
    await disable(shop, "stella")
    assert (await asset(shop, "shop.customers.email")).idle_owners == ("Stella Ray",)


async def test_quality_freshness_and_profiles_are_those_of_the_last_measurement(
    shop: World,
) -> None:
    assert (await asset(shop, "shop.customers")).checks == ()
    for column, kind in (("email", "not_null"), ("first_name", "unique")):
        await shop.call("catalog.define_quality_check", asset=f"shop.customers.{column}", kind=kind)
    before = await asset(shop, "shop.customers.email")
    assert [(one.kind, one.status) for one in before.checks] == [("not_null", None)]
    for _ in range(2):
        await shop.call("catalog.run_quality_checks", asset="shop.customers")
    table = await asset(shop, "shop.customers")
    assert {(one.kind, one.status) for one in table.checks} == {
        ("not_null", "passed"),
        ("unique", "failed"),
    }
    assert table.profiled_at is None and table.oldest == {}
    await shop.call("catalog.profile_asset", asset="shop.customers")
    table = await asset(shop, "shop.customers")
    assert table.profiled_at is not None
    assert f"{table.oldest['created_at']:%Y-%m-%d %H:%M}" == "2026-01-01 10:00"
    assert "email" not in table.oldest


async def test_certificates_and_sunsets_are_facts(shop: World) -> None:
    await shop.call(
        "catalog.deprecate_asset", asset="shop.products", reason="old", sunset_on="2999-01-01"
    )
    facts = await asset(shop, "shop.products")
    assert facts.deprecated_at is not None and facts.sunset_on == "2999-01-01"
    assert facts.certification is None


async def test_data_is_followed_into_other_sources(shop: World) -> None:
    other = await shop.source("lab")
    async with shop.runtime.database.writing() as session:
        (await session.get_one(Source, other.id)).environment = "test"
        rows = {row.qualified_name: row for row in await session.scalars(select(Asset))}
        path = ["shop.v_top.email", "lab.customers.email", "lab.v_revenue.email"]
        for upstream, downstream in [(path[0], path[1])]:
            session.add(
                LineageEdge(
                    upstream_id=rows[upstream].id,
                    downstream_id=rows[downstream].id,
                    kind="pipeline",
                    source_id=other.id,
                )
            )
    found = {
        one.qualified_name: one for one in (await asset(shop, "shop.customers.email")).downstream
    }
    assert {"shop.v_revenue.email", *path, "lab.v_top.email"} <= set(found)
    assert found["lab.customers.email"].environment == "test"
    assert found["lab.customers.email"].labels == frozenset()
    assert "email" in found["shop.v_top.email"].labels
    assert "shop.v_top.email" in (await asset(shop, "lab.customers.email", "lab")).upstream


@pytest.mark.parametrize(
    ("location", "tags", "at_rest", "in_transit"),
    [
        ("postgresql://db/crm?sslmode=verify-full", [], None, True),
        ("postgresql://db/crm?sslmode=disable", ["encrypted-in-transit"], None, False),
        ("postgresql://db/crm", ["encrypted-at-rest", "encrypted-in-transit"], True, True),
        ("postgresql://db/crm", [], None, None),
    ],
)
async def test_encryption_is_what_the_connection_or_people_say(
    shop: World, location: str, tags: list[str], at_rest: Any, in_transit: Any
) -> None:
    async with shop.runtime.database.reading() as session:
        source = await find_source(session, "shop")
        source.location, source.tags = location, tags
        facts = (await gather(session, source))[0]
    assert isinstance(facts, SourceFacts)
    assert (facts.encrypted_at_rest, facts.encrypted_in_transit) == (at_rest, in_transit)


async def test_people_are_judged_and_what_is_found_of_them_belongs_to_no_source(
    shop: World,
) -> None:
    await shop.person("Vera Lind", "viewer", source="shop")
    await shop.person("Kai Berg", "steward", source="shop")
    rule = await shop.call(
        "compliance.create_rule",
        title="Stewards are scoped",
        description="Nobody is steward of everything.",
        severity="high",
        applies_to={"kinds": ["user"], "sensitivity_at_least": "confidential"},
        condition={"type": "roles_scoped", "roles": ["steward"]},
        remedy="Give the role on a source.",
        controls=["gdpr/art-32-4"],
    )
    trial = await shop.call("compliance.test_rule", rule=rule.id)
    assert (trial.matched, trial.violating) == (3, 1)  # those who see e-mail addresses unmasked
    one_source = await shop.call("compliance.evaluate_compliance", source="shop")
    assert one_source.people == 0
    everything = await shop.call("compliance.evaluate_compliance")
    assert everything.people == 4
    page = await shop.call("compliance.list_findings", severity="high", limit=500)
    (found,) = [one for one in page.items if one.rule_id == rule.id]
    assert (found.subject, found.source_id, found.asset_id) == ("Stella Ray", None, None)
    assert found.summary == "Stella Ray holds steward everywhere."
    again = await shop.call("compliance.evaluate_compliance")
    assert (again.opened, again.resolved) == (0, 0)
    for who in ("vera", "kai"):
        mine = await shop.call("compliance.list_findings", who, limit=500)
        assert mine.total > 0 and all(one.source_id for one in mine.items)
        (posture,) = (await shop.call("compliance.get_posture", who, framework="gdpr")).items
        assert [one.source for one in posture.by_source] == ["shop"]
        with pytest.raises((ChooseAnother, AskForAccess)):
            await shop.call("compliance.get_finding", who, finding=found.id)
    (posture,) = (await shop.call("compliance.get_posture", framework="gdpr")).items
    assert [one.source for one in posture.by_source] == ["shop", "people"]
    await disable(shop, "stella")
    assert (await shop.call("compliance.evaluate_compliance")).resolved >= 1


async def test_keys_roles_and_activity_are_facts_of_people(shop: World) -> None:
    await shop.call("rbac.create_api_key", user="stella", name="nightly")
    await shop.call("catalog.list_assets", "stella")
    await shop.runtime.kernel.close()
    applies = {"kinds": ["user"]}
    young = await shop.call(
        "compliance.test_rule",
        applies_to=applies,
        condition={"type": "keys_younger_than", "days": 1},
    )
    said = {one.subject: one.reason for one in young.passing}
    assert said["Stella Ray"] == "Stella Ray has 1 key, none older than 1 day."
    active = await shop.call(
        "compliance.test_rule", applies_to=applies, condition={"type": "active_within", "days": 1}
    )
    assert "was last active on" in {one.subject: one.reason for one in active.passing}["Stella Ray"]


async def test_people_of_one_name_are_told_apart(shop: World) -> None:
    for email in ("kim@example.com", "kim@example.org"):
        await shop.call("rbac.create_user", name="Kim Roe", email=email)
    trial = await shop.call(
        "compliance.test_rule",
        applies_to={"kinds": ["user"]},
        condition={"type": "max_grants", "most": 0},
        samples=20,
    )
    assert {"Kim Roe (kim@example.com)", "Kim Roe (kim@example.org)"} <= {
        one.subject for one in trial.passing
    }


async def test_a_removed_source_takes_its_findings_along(shop: World) -> None:
    await shop.call("compliance.evaluate_compliance")
    await shop.call("data_sources.remove_source", source="shop")
    async with shop.runtime.database.reading() as session:
        left = list(await session.scalars(select(Finding)))
    assert {one.source_id for one in left} <= {None}
