"""A report says how each control stands, in three forms, and owns up to what it leaves out."""

from __future__ import annotations

import csv
import io
import json
import re
from base64 import b64decode
from datetime import timedelta
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

import pytest
from oscal_bindings import AssessmentResultsDocument

from tests.support.world import World
from tools.compliance import report_fonts
from tools.compliance.report import MAXIMUM_BYTES
from tools.compliance.report_fonts import runs, spelt
from tools.compliance.tables import Finding
from tools.compliance.waivers import today
from tools.database import new_id, now
from tools.errors import ChooseAnother

LATER = (today() + timedelta(days=30)).isoformat()


@pytest.fixture
async def shop(stocked: World) -> World:
    await stocked.call("compliance.evaluate_compliance", source="shop")
    await stocked.person("Stella Ray", "steward")
    return stocked


def pdf_text(report: Any) -> str:
    """What a PDF says, of its streams that hold text, and its title."""
    file = b64decode(report.content)
    assert file.startswith(b"%PDF-") and b"%%EOF" in file[-10:]
    assert (len(file), sha256(file).hexdigest()) == (report.size, report.sha256)
    return file.decode("latin-1")


async def facts(shop: World) -> dict[str, Any]:
    report = await shop.call("compliance.export_report", framework="gdpr", format="json")
    read: dict[str, Any] = json.loads(report.content)
    return read


async def findings(shop: World) -> list[Any]:
    page = await shop.call("compliance.list_findings", framework="gdpr", limit=500)
    return list(page.items)


async def test_its_findings_are_those_that_are_listed_and_its_counts_add_up(shop: World) -> None:
    report = await shop.call("compliance.export_report", framework="GDPR", format="json")
    read = json.loads(report.content)
    listed = await findings(shop)
    assert {one["id"] for one in read["findings"]} == {one.id for one in listed}
    assert report.findings == report.findings_included == len(listed) > 0
    assert not report.truncated and read["notice"] is None
    assert sum(report.by_status.values()) == report.controls == len(read["controls"])
    assert report.sha256 == sha256(report.content.encode()).hexdigest()
    assert report.size == len(report.content.encode())
    assert (report.media_type, report.name[:5], report.name[-5:]) == (
        "application/json",
        "gdpr-",
        ".json",
    )
    gaps = await shop.call("compliance.find_gaps", framework="gdpr", limit=500)
    assert set(read["controls_without_rule"]) == {control.id for control in gaps.controls}
    assert read["sources"] == ["shop"] and read["last_evaluated"]
    with pytest.raises(ChooseAnother, match="no framework"):
        await shop.call("compliance.export_report", framework="gdrp")


async def test_a_control_fails_until_its_findings_are_waived_or_resolved(shop: World) -> None:
    listed = await findings(shop)
    rule = listed[0].rule_id
    mine = [one for one in listed if one.rule_id == rule]
    for one in mine[1:]:
        await shop.call("compliance.resolve_finding", finding=one.id, how="Mended")
    before = await facts(shop)
    await shop.call(
        "compliance.waive_finding", finding=mine[0].id, reason="Retired <soon>", expires_on=LATER
    )
    await shop.call("compliance.confirm_waiver", "stella", finding=mine[0].id)
    after = await facts(shop)
    held = [c for c in after["controls"] if c["waived"]]
    assert held and all(
        control["status"] == ("failing" if control["open"] else "waived") for control in held
    )
    was = {control["id"]: control for control in before["controls"]}
    assert all(was[control["id"]]["open"] == control["open"] + 1 for control in held)
    assert all(was[control["id"]]["status"] == "failing" for control in held)
    shown = next(one for one in after["findings"] if one["id"] == mine[0].id)
    assert shown["waiver"]["confirmed_by"] == "Stella Ray"
    assert after["findings_resolved"] == len(mine) - 1


async def test_what_was_never_evaluated_does_not_pass(world: World) -> None:
    await world.source()
    read = await facts(world)
    assert {control["status"] for control in read["controls"]} <= {
        "not_evaluated",
        "no_rule",
        "not_assessable",
    }
    assert read["unscanned_sources"] == read["unevaluated_sources"] == ["shop"]
    page = await world.call("compliance.export_report", framework="gdpr")
    assert "shop (never scanned)" in page.content and "shop (never evaluated)" in page.content


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


async def test_a_page_shows_everything_escaped_and_loads_nothing(shop: World) -> None:
    one = (await findings(shop))[0]
    await shop.call("compliance.assign_finding", finding=one.id, owner="stella", due_on=LATER)
    await shop.call(
        "compliance.waive_finding",
        finding=one.id,
        reason="<script>alert(1)</script>",
        expires_on=LATER,
    )
    report = await shop.call("compliance.export_report", framework="gdpr", format="html")
    page = _Tags()
    page.feed(report.content)
    assert "<script" not in report.content and "<script>alert(1)</script>" in page.text
    assert not {tag for tag, _ in page.seen} & {"script", "link", "img", "iframe"}
    assert not any({"src", "href"} & attributes.keys() for _, attributes in page.seen)
    for said in (one.summary, one.remedy, f"Stella Ray, due {LATER}", "not confirmed"):
        assert said in page.text


async def test_a_sheet_has_a_row_for_each_finding_of_each_control(shop: World) -> None:
    one = (await findings(shop))[0]
    await shop.call("compliance.waive_finding", finding=one.id, reason="=1+1", expires_on=LATER)
    async with shop.runtime.database.writing() as session:
        (await session.get_one(Finding, one.id)).summary = "=HYPERLINK(1)"
    report = await shop.call("compliance.export_report", framework="gdpr", format="csv")
    rows = list(csv.DictReader(io.StringIO(report.content)))
    read = await facts(shop)
    assert {row["finding"] for row in rows} - {""} == {one["id"] for one in read["findings"]}
    assert {row["control"] for row in rows} == {control["ref"] for control in read["controls"]}
    assert {row["summary"] for row in rows if row["finding"] == one.id} == {"'=HYPERLINK(1)"}
    for row in rows:
        assert None not in row and not any(value[:1] in "=+@" for value in row.values() if value)


@pytest.mark.parametrize("form", ["html", "csv", "json", "oscal"])
async def test_a_large_report_keeps_to_its_size_and_says_what_is_missing(
    shop: World, form: str
) -> None:
    one = (await findings(shop))[0]
    async with shop.runtime.database.writing() as session:
        for number in range(2_100):
            session.add(
                Finding(
                    id=new_id("fnd"),
                    source_id=one.source_id,
                    rule_id=one.rule_id,
                    asset_id=one.asset_id,
                    subject=f"shop.t{number}",
                    summary="ä" * 300,
                    severity="low",
                    evidence={},
                )
            )
    report = await shop.call("compliance.export_report", framework="gdpr", format=form)
    assert report.size <= MAXIMUM_BYTES and report.truncated
    assert 0 < report.findings_included < report.findings > 2_100
    left = report.findings - report.findings_included
    assert f"{left} less severe findings" in report.content


async def test_controls_that_nobody_judged_make_room_for_findings(
    shop: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as roomy:
        roomy.setattr("tools.compliance.report.MAXIMUM_BYTES", 10_000_000)
        whole = await shop.call("compliance.export_report", format="oscal")
    assert whole.size > MAXIMUM_BYTES and not whole.truncated
    report = await shop.call("compliance.export_report", format="oscal")
    assert (report.controls, report.by_status) == (whole.controls, whole.by_status)
    assert report.findings_included == report.findings > 0 and report.truncated
    left = whole.controls - sum(
        whole.by_status.get(status, 0) for status in ("failing", "waived", "no_findings")
    )
    assert f"{left} controls not judged are left out" in report.content
    assert f"{left} more controls (not judged)" in report.content


async def test_it_tells_only_of_sources_that_the_caller_may_see(shop: World) -> None:
    await shop.source("other", scanned=True)
    await shop.call("compliance.evaluate_compliance", source="other")
    await shop.person("Vera Lind", "viewer", source="other")
    report = await shop.call("compliance.export_report", "vera", framework="gdpr", format="json")
    read = json.loads(report.content)
    assert read["sources"] == ["other"]
    assert {one["source"] for one in read["findings"]} == {"other"}
    assert report.findings == len(read["findings"]) > 0


async def waive(shop: World, reason: str = "Retired in spring") -> Any:
    one = (await findings(shop))[0]
    await shop.call("compliance.waive_finding", finding=one.id, reason=reason, expires_on=LATER)
    return await shop.call("compliance.confirm_waiver", "stella", finding=one.id)


async def test_it_covers_every_framework_where_none_is_named(shop: World) -> None:
    await shop.call("compliance.evaluate_compliance")
    whole = await shop.call("compliance.export_report", format="json")
    read = json.loads(whole.content)
    known = (await shop.call("compliance.list_frameworks")).items
    assert [one["id"] for one in read["frameworks"]] == [one.id for one in known]
    assert whole.name.startswith("compliance-")
    postures = (await shop.call("compliance.get_posture")).items
    for told, posture in zip(read["frameworks"], postures, strict=True):
        for what in ("score", "checks", "failed", "waived"):
            assert told[what] == getattr(posture, what)
    everything = await shop.call("compliance.list_findings", limit=500)
    assert {one["id"] for one in read["findings"]} == {
        one.id for one in everything.items if one.controls
    }
    assert {"people"} <= {one["source"] for one in read["findings"]}


async def test_it_is_narrowed_to_one_source(shop: World) -> None:
    await shop.source("other", scanned=True)
    await shop.call("compliance.evaluate_compliance")
    report = await shop.call("compliance.export_report", source="other", format="json")
    read = json.loads(report.content)
    assert read["sources"] == ["other"] and read["scope"] == "Source other"
    assert {one["source"] for one in read["findings"]} == {"other"}


async def test_it_is_made_of_a_past_moment_too(shop: World) -> None:
    before = await facts(shop)
    moment = now().isoformat()
    one = await waive(shop)
    then = await shop.call(
        "compliance.export_report", framework="gdpr", format="json", as_of=moment
    )
    past = json.loads(then.content)
    assert past["past"] and past["findings"] == before["findings"]
    assert past["controls"] == before["controls"] and past["frameworks"] == before["frameworks"]
    now_read = await facts(shop)
    assert [f["id"] for f in now_read["findings"] if f["status"] == "waived"] == [one.id]
    page = await shop.call("compliance.export_report", framework="gdpr", as_of=moment)
    assert "(past)" in page.content and "No finding is waived." in page.content


async def test_a_page_says_all_that_an_auditor_asks(shop: World) -> None:
    one = await waive(shop)
    report = await shop.call("compliance.export_report", framework="gdpr")
    page = _Tags()
    page.feed(report.content)
    said = " ".join(page.text.split())
    for heading in ("Open findings", "Waivers", "Controls", "Gaps", "Method"):
        assert [tag for tag, _ in page.seen].count("h2") == 5 and heading in said
    for words in (
        "Scope All sources: shop",
        f"until {LATER}: Retired in spring (requested by Administrator, confirmed by Stella Ray)",
        "Art. 37 Data protection officer (no rule)",
        "no legal opinion",
        "1 waived",
    ):
        assert words.replace(" ", "") in said.replace(" ", ""), words
    waived, open_ = report.content.split("<h2>Waivers</h2>")[::-1]
    assert one.summary in waived.split("<h2>")[0] and one.id not in open_
    assert '{"' not in page.text  # evidence is told in words


async def test_a_pdf_is_whole_and_shows_names_of_any_script(shop: World) -> None:
    one = await waive(shop, "Łódź, 東京 & <b>bold</b> ✓")
    async with shop.runtime.database.writing() as session:
        (await session.get_one(Finding, one.id)).evidence = {"others": ["P"] * 5_000}
    report = await shop.call("compliance.export_report", framework="gdpr", format="pdf")
    assert (report.media_type, report.encoding) == ("application/pdf", "base64")
    assert report.name.endswith(".pdf")
    text = pdf_text(report)
    assert len(re.findall(r"/Type /Page\b", text)) >= 3 and "/FontFile2" in text
    assert "/STSong-Light" in text


NAMES = {
    "Łódź → Gdańsk": "Łódz to Gdansk",
    "Ольга Щукина": "Olga Shchukina",
    "Ελένη Παπά": "Eleni Papa",
    "Nguyễn Thị": "Nguyen Thi",
    "김민수": "gimminsu",
    "カナ": "kana",
    "東京": "U+6771 U+4EAC ",
    "سلام": "seenlamalefmeem",
    "a ✓": "a yes",
}


@pytest.mark.parametrize("text", NAMES)
def test_every_name_is_drawn_or_spelt_but_never_a_question_mark(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "".join(piece for _, piece in runs(text)).count("?") == 0
    assert spelt(text) == NAMES[text]
    for forget in (report_fonts._wide, report_fonts._font):
        forget.cache_clear()
    monkeypatch.setattr(report_fonts, "FOLDERS", ())  # a machine without fonts
    shown = "".join(piece for _, piece in runs(text))
    assert shown in (text, spelt(text))
    for forget in (report_fonts._wide, report_fonts._font):
        forget.cache_clear()


async def oscal(shop: World, **more: Any) -> dict[str, Any]:
    report = await shop.call("compliance.export_report", format="oscal", **more)
    assert report.name.endswith(".oscal.json")
    read: dict[str, Any] = json.loads(report.content)["assessment-results"]
    return read


async def test_oscal_says_of_every_judged_control_whether_it_is_satisfied(shop: World) -> None:
    one = await waive(shop)
    read, told = await oscal(shop, framework="gdpr"), await facts(shop)
    (result,) = read["results"]
    judged = {c["ref"]: c for c in told["controls"] if c["status"] in ("failing", "waived")}
    states = {
        finding["title"].rsplit(" ", len(finding["title"].split()) - 2)[0]: finding["target"]
        for finding in result["findings"]
    }
    unsatisfied = {
        ref for ref, target in states.items() if target["status"]["state"] == "not-satisfied"
    }
    assert unsatisfied == set(judged)
    assert len(result["observations"]) == len(result["risks"]) == len(told["findings"])
    waived = [risk for risk in result["risks"] if risk["status"] == "deviation-approved"]
    assert [risk["description"] for risk in waived] == [one.summary]
    assert "Retired in spring" in waived[0]["remediations"][0]["description"]
    observed = {each["uuid"] for each in result["observations"]}
    for finding in result["findings"]:
        for link in finding.get("related-observations", ()):
            assert link["observation-uuid"] in observed
    assert read["import-ap"]["href"][1:] == read["back-matter"]["resources"][0]["uuid"]


async def test_oscal_ids_are_tokens_unique_and_the_same_again(shop: World) -> None:
    first, second = await oscal(shop), await oscal(shop)

    def uuids(value: Any) -> list[str]:
        if isinstance(value, dict):
            own = [value["uuid"]] if "uuid" in value else []
            return own + [one for inner in value.values() for one in uuids(inner)]
        return [one for inner in value for one in uuids(inner)] if isinstance(value, list) else []

    assert len(uuids(first)) == len(set(uuids(first)))
    assert set(uuids(first["results"][0]["observations"])) == set(
        uuids(second["results"][0]["observations"])
    )
    for result in first["results"]:
        for finding in result["findings"]:
            assert re.fullmatch(r"[^\W\d][\w.\-]*", finding["target"]["target-id"])


async def test_oscal_of_nothing_judged_is_a_document_too(world: World) -> None:
    read = await oscal(world)
    for result in read["results"]:
        assert "findings" not in result and "observations" not in result
        (selection,) = result["reviewed-controls"]["control-selections"]
        assert selection["description"] == "No control was judged."
        assert len(selection["exclude-controls"]) > 35
    validate(read)


async def test_oscal_holds_against_the_official_schema(shop: World) -> None:
    await waive(shop)
    validate(await oscal(shop))
    validate(await oscal(shop, framework="hipaa", source="shop", as_of=now().isoformat()))


def validate(read: dict[str, Any]) -> None:
    """Against the models that `oscal-bindings` has generated from NIST's own JSON schema."""
    AssessmentResultsDocument.model_validate({"assessment-results": read})
