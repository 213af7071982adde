"""A person's data are found in every source that may be read, and the identifier stays hidden."""

from __future__ import annotations

import pytest

from tests.support.world import World
from tools.errors import ChooseAnother, CorrectInput

WHO = "Julia0@example.org"


@pytest.fixture
async def shop(stocked: World) -> World:
    return stocked


async def test_an_address_is_found_where_it_stands_and_is_told_nowhere(shop: World) -> None:
    await shop.person("Ann Lee", "steward")
    await shop.call("catalog.set_owner", asset="shop.customers", owner="Ann Lee")
    found = await shop.call("classifications.find_subject", kind="email", subject=WHO)
    (place,) = found.places
    assert (place.table, place.column, place.rows) == ("shop.customers", "email", 1)
    assert (place.owner, place.referring) == ("Ann Lee", ["shop.orders"])
    assert found.sources_searched == ["shop"]
    await shop.runtime.kernel.close()
    (entry,) = (await shop.call("activity.search", operation="classifications.find_subject")).items
    assert "julia" not in str(entry).lower() + found.model_dump_json().lower()


async def test_a_sealed_one_is_found_by_its_sealer_alone(shop: World) -> None:
    ann = await shop.person("Ann Lee", "steward")
    sealed = (await shop.call("classifications.seal_subject", ann, subject=WHO)).subject
    assert "julia" not in sealed
    asked = {"kind": "email", "subject": sealed}
    assert (await shop.call("classifications.find_subject", ann, **asked)).total_rows == 1
    with pytest.raises(ChooseAnother, match="somebody else"):
        await shop.call("classifications.find_subject", **asked)


async def test_what_may_not_be_read_is_not_looked_into(shop: World) -> None:
    await shop.source("crm", scanned=True)
    cleo = await shop.person("Cleo Diaz", "steward", source="crm")
    found = await shop.call("classifications.find_subject", cleo, kind="email", subject=WHO)
    assert {one.source for one in found.places} == {"crm"}
    assert found.sources_searched == ["crm"]


async def test_a_source_that_is_gone_is_reported(shop: World) -> None:
    await shop.source("crm", scanned=True)
    (shop.folder / "crm.sqlite").unlink()
    found = await shop.call("classifications.find_subject", kind="email", subject=WHO)
    assert {one.source for one in found.places} == {"shop"}
    (reason,) = found.unreachable
    assert reason.startswith("crm: ")


async def test_what_identifies_nobody_is_refused(shop: World) -> None:
    with pytest.raises(ChooseAnother, match="'emails'"):
        await shop.call("classifications.find_subject", kind="emails", subject=WHO)
    with pytest.raises(ChooseAnother):
        await shop.call("classifications.find_subject", kind="city", subject="Bonn")
    with pytest.raises(CorrectInput):
        await shop.call("classifications.find_subject", kind="email", subject="")
