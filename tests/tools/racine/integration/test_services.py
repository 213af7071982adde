"""Systems outside: their operations are governed like our own. A real second service answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.second_service import TOKEN, Tickets, notary, unused_port
from tests.support.serving import HttpServer
from tests.support.world import World
from tests.tools.racine.workflows.carried import carry, queued, ref, step
from tools.context import Caller
from tools.errors import (
    AskForAccess,
    ChooseAnother,
    CorrectInput,
    FindOut,
    LookAgain,
    MendSource,
    RacineError,
    TryLater,
)
from tools.steps import Step

EFFECTS = {"find_tickets": "read"}


@pytest.fixture
def desk() -> Tickets:
    return Tickets()


@pytest.fixture
def address(desk: Tickets) -> Iterator[str]:
    with HttpServer(desk.app()) as server:
        yield f"{server.address}/openapi.json"


@pytest.fixture
async def tickets(world: World, address: str) -> Any:
    return await world.call(
        "integration.register_service", name="tickets", url=address, token=TOKEN, effects=EFFECTS
    )


async def test_what_a_service_offers_becomes_operations(world: World, tickets: Any) -> None:
    assert tickets.title == "Tickets of ACME"
    assert {(one.name, one.effect.value) for one in tickets.offers} == {
        ("tickets.list_tickets", "read"),
        ("tickets.find_tickets", "read"),
        ("tickets.create_ticket", "write"),
        ("tickets.delete_ticket", "destroy"),
        ("tickets.list_assets", "read"),
    }
    made = await world.call("tickets.create_ticket", title="Lost key", reporter="Jo")
    assert made.value == {"id": 1, "title": "Lost key", "reporter": "Jo"}
    listed = await world.call("tickets.list_tickets", limit=5)
    assert listed.value["total"] == 1
    assert (await world.call("tickets.find_tickets", body={"text": "key"})).value[0]["id"] == 1
    await world.call("tickets.delete_ticket", number=1)
    with pytest.raises(ChooseAnother, match="404"):
        await world.call("tickets.delete_ticket", number=1)
    told = await world.call("activity.search", operation="tickets.create_ticket")
    assert [one.outcome for one in told.items] == ["done"]
    (service,) = (await world.call("integration.list_services")).items
    assert (service.name, service.operations, service.has_token) == ("tickets", 5, True)
    assert TOKEN not in service.model_dump_json()


async def test_rights_are_asked_for_before_anything_leaves(
    world: World, tickets: Any, desk: Tickets
) -> None:
    await world.source()
    await world.person("Vera Lind", "viewer")
    await world.person("Sven Ode", "administrator", source="shop")
    desk.seen.clear()
    with pytest.raises(AskForAccess, match=r"tickets\.write"):
        await world.call("tickets.create_ticket", "vera", title="x")
    for operation in ("list_tickets", "create_ticket"):
        arguments = {"title": "x"} if operation == "create_ticket" else {}
        with pytest.raises(AskForAccess):  # rights on one source say nothing of what is outside
            await world.call(f"tickets.{operation}", "sven", **arguments)
    assert desk.seen == []
    await world.runtime.kernel.close()
    refused = await world.call("activity.search", outcome="refused")
    assert refused.total == 3


async def test_arguments_are_checked_against_the_document(
    world: World, tickets: Any, desk: Tickets
) -> None:
    desk.seen.clear()
    for wrong, says in (
        ({}, "'title' is needed"),
        ({"title": "x" * 81}, "maxLength"),
        ({"title": 7}, "type"),
        ({"title": "x", "colour": "red"}, "not an argument"),
    ):
        with pytest.raises(CorrectInput, match=says) as caught:
            await world.call("tickets.create_ticket", **wrong)
        assert "xxxx" not in caught.value.detail
    assert desk.seen == []


async def test_values_are_masked_for_whoever_may_not_see_them(
    world: World, tickets: Any, desk: Tickets
) -> None:
    for number in range(1, 9):
        desk.tickets[number] = {
            "id": number,
            "title": "Lost key",
            "reporter_email": f"jane.roe{number}@example.com",
        }
    seen = await world.call("tickets.list_tickets")
    assert seen.masked == []
    model_s = Caller(world.administrator.user_id, "assistant", masked=True)
    model = await world.runtime.kernel.invoke("tickets.list_tickets", {}, model_s)
    assert "jane.roe" not in model.value.model_dump_json()
    assert model.value.value["items"][0]["title"] == "Lost key"
    assert model.value.masked == [".items[].reporter_email"]


async def test_a_write_is_previewed_without_a_call_and_runs_in_a_plan(
    world: World, tickets: Any, desk: Tickets
) -> None:
    desk.seen.clear()
    steps = [Step(id="s1", operation="tickets.create_ticket", arguments={"title": "From a plan"})]
    preview = await world.runtime.kernel.preview(steps, world.administrator)
    assert preview.steps[0].error is None
    assert desk.seen == []
    execution = await queued(
        world,
        step("open", "tickets.create_ticket", title="From a workflow"),
        step("list", "tickets.list_tickets", needs=["open"]),
        step("close", "tickets.delete_ticket", number=ref("open.value.id"), needs=["list"]),
    )
    assert (await carry(world, execution.id)).status == "done"
    assert desk.tickets == {}
    assert len(desk.keys) == 1


async def test_what_may_have_happened_is_found_out_by_its_key(
    world: World, tickets: Any, desk: Tickets
) -> None:
    desk.breaks = 1
    execution = await queued(world, step("open", "tickets.create_ticket", title="Once"))
    assert (await carry(world, execution.id)).status == "done"
    assert [one[:2] for one in desk.seen].count(("POST", "/tickets")) == 2
    assert len(desk.tickets) == 1


async def test_what_can_t_be_found_out_is_unknown_until_a_person_says(
    world: World, tickets: Any, desk: Tickets
) -> None:
    desk.status = 500
    execution = await queued(
        world,
        step("close", "tickets.delete_ticket", number=1),
        step("list", "tickets.list_tickets", needs=["close"]),
    )
    told = await carry(world, execution.id)
    assert (told.status, told.steps[0].status) == ("unknown", "unknown")
    assert [one[0] for one in desk.seen].count("DELETE") == 1
    desk.status = 0
    said = {"execution_id": execution.id, "action": "was_done", "step_id": "close"}
    await world.call("workflows.control", **said, reason="the desk says so")
    assert (await carry(world, execution.id)).status == "done"
    assert [one[0] for one in desk.seen].count("DELETE") == 1


@pytest.mark.parametrize(
    ("status", "reads", "writes"),
    [
        (401, MendSource, MendSource),
        (422, CorrectInput, CorrectInput),
        (429, TryLater, TryLater),
        (500, TryLater, FindOut),
    ],
)
async def test_an_answer_that_is_no_success_says_what_to_do(
    world: World,
    tickets: Any,
    desk: Tickets,
    status: int,
    reads: type[RacineError],
    writes: type[RacineError],
) -> None:
    desk.status = status
    for error, operation, arguments in (
        (reads, "list_tickets", {}),
        (writes, "create_ticket", {"title": "x"}),
    ):
        with pytest.raises(error) as caught:
            await world.call(f"tickets.{operation}", **arguments)
        assert "jane" not in f"{caught.value.detail} {caught.value.remedy}"


async def test_a_service_stands_in_for_a_group(world: World, address: str, desk: Tickets) -> None:
    await world.source()
    await world.call(
        "integration.register_service", name="acme", url=address, token=TOKEN, group="catalog"
    )
    listed = await world.call("catalog.list_assets", kind="table")
    assert [one.qualified_name for one in listed.items] == ["acme.table"]
    with pytest.raises(CorrectInput, match="doesn't know 'source'"):
        await world.call("catalog.list_assets", source="shop")
    with pytest.raises(ChooseAnother, match="served by acme"):
        await world.call("catalog.tag_asset", asset="shop.orders", tag="x")
    with pytest.raises(LookAgain, match="serves catalog already"):
        await world.call(
            "integration.register_service", name="other", url=address, token=TOKEN, group="catalog"
        )
    (catalog,) = [
        one
        for one in (await world.call("integration.groups_status")).groups
        if one.group == "catalog"
    ]
    assert catalog.served_by == "acme"
    assert "tag_asset" in catalog.missing
    desk.renamed = True
    with pytest.raises(MendSource, match="another form"):
        await world.call("catalog.list_assets")
    await world.call("integration.remove_service", service="acme")
    assert (await world.call("catalog.list_assets", source="shop", kind="table")).total == 3


async def test_a_sync_tells_what_has_changed(world: World, tickets: Any, desk: Tickets) -> None:
    synced = await world.call("integration.sync", service="tickets")
    assert (synced.added, synced.removed, synced.changed) == ([], [], [])
    turned = await world.call("integration.update_service", service="tickets", effects={})
    assert turned.changed == ["find_tickets"]
    with pytest.raises(MendSource, match="401"):
        await world.call("integration.update_service", service="tickets", token="wrong")
    assert (await world.call("tickets.list_tickets")).value["total"] == 0  # the old token stays
    with pytest.raises(CorrectInput, match="no operation 'nothing'"):
        await world.call(
            "integration.update_service", service="tickets", effects={"nothing": "read"}
        )


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://169.254.169.254/openapi.json", "metadata"),
        ("http://metadata.google.internal/openapi.json", "metadata|unknown"),
        ("ftp://127.0.0.1/openapi.json", "url"),
        ("http://", "url|host"),
    ],
)
async def test_what_must_not_be_reached_is_refused(world: World, url: str, says: str) -> None:
    with pytest.raises(CorrectInput, match=says):
        await world.call("integration.register_service", name="bad", url=url)


async def test_one_that_is_not_there_is_told_of(world: World, address: str) -> None:
    url = f"http://127.0.0.1:{unused_port()}/openapi.json"
    with pytest.raises(MendSource, match="can't be read"):
        await world.call("integration.register_service", name="gone", url=url)
    with pytest.raises(MendSource, match="can't be talked to"):
        await world.call("integration.register_service", name="gone", url=url, kind="mcp")
    with pytest.raises(MendSource, match="401"):
        await world.call("integration.register_service", name="gone", url=address)
    with pytest.raises(CorrectInput, match="Racine's own"):
        await world.call("integration.register_service", name="catalog", url=address, token=TOKEN)
    assert (await world.call("integration.list_services")).total == 0


async def test_an_mcp_server_s_tools_are_operations_too(world: World) -> None:
    with HttpServer(notary(), lifespan="on") as server:
        offer = await world.call(
            "integration.register_service", name="notary", kind="mcp", url=f"{server.address}/mcp"
        )
        assert {(one.name, one.effect.value) for one in offer.offers} == {
            ("notary.list_deeds", "read"),
            ("notary.record_deed", "write"),
        }
        await world.call("notary.record_deed", text="the house")
        listed = await world.call("notary.list_deeds")
        assert "the house" in str(listed.value)
        with pytest.raises(CorrectInput, match="failed"):
            await world.call("notary.record_deed", text="")
        with pytest.raises(CorrectInput, match="'text'"):
            await world.call("notary.record_deed")
    with pytest.raises(MendSource):
        await world.call("notary.list_deeds")
    with pytest.raises(FindOut):
        await world.call("notary.record_deed", text="x")
