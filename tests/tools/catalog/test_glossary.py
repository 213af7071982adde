"""The glossary: one term per name, relations read from both ends, links, found by search."""

from __future__ import annotations

import pytest

from tests.support.world import World
from tools.errors import ChooseAnother, CorrectInput, LookAgain
from tools.lookup import look_up


@pytest.fixture
async def shop(stocked: World) -> World:
    await stocked.call(
        "catalog.create_glossary_term",
        name="Churn",
        definition="Customers who left",
        domain="Sales",
        owner="administrator",
    )
    return stocked


async def test_a_term_is_kept_once_and_changed_in_part(shop: World) -> None:
    with pytest.raises(LookAgain, match="already a glossary term 'churn'"):
        await shop.call("catalog.create_glossary_term", name=" churn ", definition="Again")
    with pytest.raises(CorrectInput, match="Nothing is given"):
        await shop.call("catalog.update_glossary_term", term="churn")
    done = await shop.invoke(
        "catalog.update_glossary_term", term="churn", status="approved", name="Churn rate"
    )
    assert (done.value.status, done.value.name) == ("approved", "Churn rate")
    assert done.value.definition == "Customers who left"
    approved = await shop.call("catalog.list_glossary_terms", status="approved", domain="sales")
    assert [term.name for term in approved.items] == ["Churn rate"]
    await shop.call("activity.undo", activity=done.activity_id)
    with pytest.raises(ChooseAnother, match="Did you mean 'Churn'"):
        await shop.call("catalog.get_glossary_term", term="Churn rate")


async def test_relations_are_read_from_both_ends(shop: World) -> None:
    await shop.call("catalog.create_glossary_term", name="Loss", definition="Any loss")
    one = await shop.call(
        "catalog.relate_glossary_terms", term="Loss", other="Churn", relation="broader"
    )
    assert [(r.name, r.relation) for r in one.relations] == [("Churn", "narrower")]
    other = await shop.call("catalog.get_glossary_term", term="Churn")
    assert [(r.name, r.relation) for r in other.relations] == [("Loss", "broader")]
    again = await shop.call(
        "catalog.relate_glossary_terms", term="Churn", other="Loss", relation="synonym"
    )
    assert [(r.name, r.relation) for r in again.relations] == [("Loss", "synonym")]
    with pytest.raises(CorrectInput, match="same term"):
        await shop.call(
            "catalog.relate_glossary_terms", term="Churn", other="churn", relation="related"
        )


async def test_links_go_with_the_term_and_with_the_source(shop: World) -> None:
    for _ in range(2):
        linked = await shop.call("catalog.link_glossary_term", term="Churn", asset="shop.customers")
    assert [asset.name for asset in linked.assets] == ["shop.customers"]
    explained = await shop.call("catalog.list_glossary_terms", asset="shop.customers")
    assert [term.name for term in explained.items] == ["Churn"]
    assert (await shop.call("catalog.list_glossary_terms", asset="shop.orders")).total == 0
    await shop.call("data_sources.remove_source", source="shop")
    assert (await shop.call("catalog.get_glossary_term", term="Churn")).assets_total == 0


async def test_a_deleted_term_is_gone_with_all_that_hung_on_it(shop: World) -> None:
    await shop.call("catalog.create_glossary_term", name="Loss", definition="Any loss")
    await shop.call("catalog.relate_glossary_terms", term="Loss", other="Churn", relation="related")
    await shop.call("catalog.link_glossary_term", term="Churn", asset="shop.customers")
    gone = await shop.call("catalog.delete_glossary_term", term="Churn")
    assert (gone.assets_total, len(gone.relations)) == (1, 1)
    assert (await shop.call("catalog.get_glossary_term", term="Loss")).relations == []
    assert (await shop.call("catalog.list_glossary_terms")).total == 1


@pytest.mark.usefixtures("indexed")
async def test_search_finds_a_term_by_its_meaning_until_it_is_deleted(shop: World) -> None:
    index, follower = shop.runtime.index, shop.runtime.follower
    await follower.start()
    await follower.caught_up()
    [passage, *_] = await look_up(index, "customers who left", None, 5, {"term"})
    assert passage.document.title == "Churn"
    await shop.call("catalog.delete_glossary_term", term="Churn")
    await follower.caught_up()
    assert await look_up(index, "customers who left", None, 5, {"term"}) == []
    await follower.stop()
