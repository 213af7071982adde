"""Findings have owners and due days, are resolved with a word on how, and waived by two people."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.world import World
from tools.compliance.tables import Finding
from tools.compliance.types import FindingDetail
from tools.compliance.waivers import today
from tools.errors import AskForAccess, AskForApproval, ChooseAnother, CorrectInput, LookAgain
from tools.rbac.tables import User

LATER = (today() + timedelta(days=30)).isoformat()
YESTERDAY = (today() - timedelta(days=1)).isoformat()


@pytest.fixture
async def shop(stocked: World) -> World:
    await stocked.call("compliance.evaluate_compliance", source="shop")
    await stocked.person("Stella Ray", "steward")
    await stocked.person("Vera Lind", "viewer")
    return stocked


async def first(shop: World, status: str = "open") -> FindingDetail:
    page = await shop.call(
        "compliance.list_findings", framework="gdpr", status=status, source="shop", limit=1
    )
    finding: FindingDetail = page.items[0]
    return finding


async def waived(shop: World) -> FindingDetail:
    one = await first(shop)
    await shop.call(
        "compliance.waive_finding", finding=one.id, reason="Retired in spring", expires_on=LATER
    )
    finding: FindingDetail = await shop.call("compliance.confirm_waiver", "stella", finding=one.id)
    return finding


async def test_a_finding_gets_an_owner_and_a_due_day(shop: World) -> None:
    one = await first(shop)
    given = await shop.invoke(
        "compliance.assign_finding", finding=one.id, owner="stella", due_on=LATER
    )
    assert given.value.model_dump(mode="json", include={"owner", "due_on"}) == {
        "owner": "Stella Ray",
        "due_on": LATER,
    }
    other = await shop.call("compliance.assign_finding", finding=one.id, owner="vera")
    assert other.owner == "Vera Lind" and other.due_on.isoformat() == LATER
    assert await shop.call("compliance.get_finding", finding=one.id) == other
    with pytest.raises(CorrectInput, match="'due_on' is"):
        await shop.call("compliance.assign_finding", finding=one.id, owner="vera", due_on=YESTERDAY)
    with pytest.raises(ChooseAnother, match="nobody called 'zoe'"):
        await shop.call("compliance.assign_finding", finding=one.id, owner="zoe")
    with pytest.raises(AskForAccess, match=r"compliance\.write"):
        await shop.call("compliance.assign_finding", "vera", finding=one.id, owner="vera")


async def test_an_assignment_is_undone(shop: World) -> None:
    one = await first(shop)
    given = await shop.invoke(
        "compliance.assign_finding", finding=one.id, owner="stella", due_on=LATER
    )
    await shop.call("activity.undo", activity=given.activity_id)
    assert await shop.call("compliance.get_finding", finding=one.id) == one


async def test_nobody_disabled_becomes_an_owner(shop: World) -> None:
    async with shop.runtime.database.writing() as session:
        person = await session.get_one(User, shop.people["vera"].user_id)
        person.active = False
    with pytest.raises(CorrectInput, match="Vera Lind is disabled"):
        await shop.call(
            "compliance.assign_finding", finding=(await first(shop)).id, owner="Vera Lind"
        )


async def test_resolving_says_how_and_what_still_fails_is_opened_anew(shop: World) -> None:
    one = await first(shop)
    done = await shop.call("compliance.resolve_finding", finding=one.id, how="The column is gone")
    assert (done.status, done.resolution) == ("resolved", "The column is gone")
    assert done.resolved_by == "Administrator" and done.resolved_at is not None
    for name, more in {
        "compliance.resolve_finding": {"how": "again"},
        "compliance.assign_finding": {"owner": "stella"},
        "compliance.waive_finding": {"reason": "why not", "expires_on": LATER},
        "compliance.confirm_waiver": {},
    }.items():
        with pytest.raises(LookAgain, match="resolved already"):
            await shop.call(name, finding=one.id, **more)
    report = await shop.call("compliance.evaluate_compliance", source="shop")
    assert (report.opened, report.resolved) == (1, 0)
    again = await shop.call("compliance.list_findings", limit=500)
    assert any((x.rule_id, x.asset_id) == (one.rule_id, one.asset_id) for x in again.items)


async def test_a_waiver_counts_only_from_a_second_person(shop: World) -> None:
    one = await first(shop)
    terms = {"finding": one.id, "reason": "Retired in spring", "expires_on": LATER}
    with pytest.raises(LookAgain, match="no waiver that waits"):
        await shop.call("compliance.confirm_waiver", finding=one.id)
    requested = await shop.call("compliance.waive_finding", **terms)
    assert requested.status == "open" and requested.waiver.requested_by == "Administrator"
    with pytest.raises(AskForApproval, match="can't confirm it too"):
        await shop.call("compliance.confirm_waiver", finding=one.id)
    with pytest.raises(AskForAccess):
        await shop.call("compliance.confirm_waiver", "vera", finding=one.id)
    assert (await shop.call("compliance.get_finding", finding=one.id)).status == "open"
    confirmed = await shop.call("compliance.confirm_waiver", "stella", finding=one.id)
    assert (confirmed.status, confirmed.waiver.confirmed_by) == ("waived", "Stella Ray")
    with pytest.raises(LookAgain, match="waived already"):
        await shop.call("compliance.waive_finding", "stella", **terms)
    with pytest.raises(LookAgain, match="no waiver that waits"):
        await shop.call("compliance.confirm_waiver", finding=one.id)


async def test_whoever_changes_the_terms_is_the_one_who_requests(shop: World) -> None:
    one = await first(shop)
    terms = {"finding": one.id, "reason": "Retired in spring", "expires_on": LATER}
    await shop.call("compliance.waive_finding", **terms)
    await shop.call("compliance.waive_finding", "stella", **terms)
    with pytest.raises(AskForApproval, match="Stella Ray has requested"):
        await shop.call("compliance.confirm_waiver", "stella", finding=one.id)
    assert (await shop.call("compliance.confirm_waiver", finding=one.id)).status == "waived"


async def test_a_waived_finding_is_not_opened_anew_until_the_waiver_expires(shop: World) -> None:
    one = await waived(shop)
    report = await shop.call("compliance.evaluate_compliance", source="shop")
    assert (report.opened, report.reopened, report.resolved) == (0, 0, 0)
    assert (await first(shop, "waived")).id == one.id
    (before,) = (await shop.call("compliance.get_posture", framework="gdpr")).items
    await expire(shop, one.id)
    (over,) = (await shop.call("compliance.get_posture", framework="gdpr")).items
    assert (before.failed + 1, before.waived) == (over.failed, 1) and over.waived == 0
    assert (await shop.call("compliance.list_findings", status="waived")).total == 0
    assert (await shop.call("compliance.get_finding", finding=one.id)).status == "open"
    report = await shop.call("compliance.evaluate_compliance", source="shop")
    assert (report.opened, report.reopened, report.resolved) == (0, 1, 0)
    reopened = await shop.call("compliance.get_finding", finding=one.id)
    assert (reopened.status, reopened.waiver) == ("open", None)


async def test_a_waived_finding_is_shown_in_the_posture_and_fails_nothing(shop: World) -> None:
    (before,) = (await shop.call("compliance.get_posture", framework="gdpr")).items
    one = await waived(shop)
    (after,) = (await shop.call("compliance.get_posture", framework="gdpr")).items
    assert any(control.startswith("gdpr/") for control in one.controls)
    assert (after.failed, after.waived) == (before.failed - 1, 1)
    assert after.score == round(1 - after.failed / after.checks, 3) > before.score
    assert sum(failure.failed for failure in after.failures) == after.failed
    report = await shop.call("compliance.evaluate_compliance")
    assert report.waived == 1
    (last,) = (await shop.call("compliance.get_posture", framework="gdpr")).items
    assert (last.trend[-1].failed, last.trend[-1].waived) == (after.failed, 1)


async def test_an_expired_waiver_is_requested_anew(shop: World) -> None:
    one = await waived(shop)
    await expire(shop, one.id)
    again = await shop.call(
        "compliance.waive_finding", finding=one.id, reason="Half a year more", expires_on=LATER
    )
    assert again.status == "open"
    confirmed = await shop.call("compliance.confirm_waiver", "stella", finding=one.id)
    assert confirmed.status == "waived"


async def test_a_finding_is_due_by_its_severity_and_its_asset_s_owner_gets_it(shop: World) -> None:
    days = {"critical": 7, "high": 30, "medium": 90, "low": 180}
    page = await shop.call("compliance.list_findings", limit=500)
    for one in page.items:
        assert one.due_on == today() + timedelta(days=days[one.severity]), one.severity
        assert one.owner is None and not one.overdue
    await shop.call("catalog.set_owner", asset="shop.customers", owner="stella")
    for one in page.items:
        await shop.call("compliance.resolve_finding", finding=one.id, how="To be found anew")
    await shop.call("compliance.evaluate_compliance", source="shop")
    owned = await shop.call("compliance.list_findings", owner="stella", limit=500)
    assert owned.total > 0
    assert all(one.subject.startswith("shop.customers") for one in owned.items)
    title = page.items[0].rule
    of_rule = await shop.call("compliance.list_findings", rule=title, limit=500)
    assert of_rule.total == sum(one.rule == title for one in page.items)
    nobody = await shop.call("compliance.list_findings", owner="nobody", limit=500)
    assert nobody.total + owned.total == (await shop.call("compliance.list_findings")).total


async def test_what_is_overdue_is_told(shop: World) -> None:
    one = await first(shop)
    assert (await shop.call("compliance.list_findings", overdue=True)).total == 0
    async with shop.runtime.database.writing() as session:
        (await session.get_one(Finding, one.id)).due_on = YESTERDAY
    (late,) = (await shop.call("compliance.list_findings", overdue=True)).items
    assert late.id == one.id and late.overdue


async def test_what_is_mended_is_resolved_though_it_is_waived(shop: World) -> None:
    one = await waived(shop)
    done = await shop.call("compliance.resolve_finding", "stella", finding=one.id, how="Mended")
    assert done.status == "resolved" and done.waiver is not None


async def test_a_waiver_ends_in_the_future_or_is_refused(shop: World) -> None:
    one = await first(shop)
    with pytest.raises(CorrectInput, match="'expires_on' is"):
        await shop.call(
            "compliance.waive_finding", finding=one.id, reason="too late", expires_on=YESTERDAY
        )
    with pytest.raises(CorrectInput, match="five years at most"):
        await shop.call(
            "compliance.waive_finding", finding=one.id, reason="forever", expires_on="9999-12-31"
        )
    await shop.call("compliance.waive_finding", finding=one.id, reason="just so", expires_on=LATER)
    await expire(shop, one.id)
    with pytest.raises(LookAgain, match="which is over"):
        await shop.call("compliance.confirm_waiver", "stella", finding=one.id)


async def expire(shop: World, finding: str) -> None:
    """Let the waiver's last day be yesterday."""
    async with shop.runtime.database.writing() as session:
        row = await session.get_one(Finding, finding)
        row.waiver = {**(row.waiver or {}), "expires_on": YESTERDAY}
        row.waived_until = YESTERDAY if row.waived_until else None
