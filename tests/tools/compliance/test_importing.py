"""OSCAL catalogs and profiles are imported, resolved, and brought up to date."""

from __future__ import annotations

import base64
import gzip
import json
from typing import Any

import pytest
import yaml

from tests.support.world import World
from tests.tools.compliance.test_library import shared_file
from tools.compliance.oscal import read
from tools.errors import ChooseAnother, CorrectInput
from tools.seed import seed

UUID = "11111111-2222-4333-8444-555555555555"
AC_2 = {
    "id": "ac-2",
    "title": "Account Management",
    "props": [{"name": "label", "value": "AC-2"}],
}
PREFIX = "compliance/oscal/NIST_SP-800-53_rev5_"


def catalog(**changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = {
        "uuid": UUID,
        "metadata": {
            "title": "House Rules",
            "last-modified": "2026-01-01T00:00:00Z",
            "version": "1",
            "oscal-version": "1.1.2",
        },
        "groups": [
            {
                "id": "hr",
                "title": "Rules",
                "controls": [
                    {
                        "id": "hr-1",
                        "title": "Doors",
                        "params": [
                            {"id": "hr-1_p", "label": "time"},
                            {"id": "hr-1_s", "select": {"choice": ["{{ insert: param, hr-1_p }}"]}},
                        ],
                        "props": [{"name": "label", "value": "HR-1"}],
                        "links": [{"href": "#hr-2", "rel": "related"}],
                        "parts": [
                            {"name": "statement", "prose": "Lock at {{ insert: param, hr-1_s }}."},
                            {"name": "guidance", "prose": "Keys hang by the door."},
                        ],
                        "controls": [{"id": "hr-1.1", "title": "Windows"}],
                    },
                    {"id": "hr-2", "title": "Lights"},
                ],
            }
        ],
    }
    return {"catalog": body | changes}


def profile(**changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = {
        "uuid": UUID.replace("1", "2"),
        "metadata": catalog()["catalog"]["metadata"] | {"title": "Small House"},
        "imports": [{"href": "#x", "include-controls": [{"with-ids": ["hr-1"]}]}],
        "merge": {"as-is": True},
    }
    return {"profile": body | changes}


async def imported(world: World, document: Any, **more: Any) -> Any:
    text = document if isinstance(document, str) else json.dumps(document)
    return await world.call("compliance.import_framework", content=text, **more)


async def test_a_catalog_is_imported_and_brought_up_to_date(world: World) -> None:
    first = await imported(world, catalog())
    assert (first.id, first.controls, first.mappings) == ("house-rules", 3, 1)
    assert first.added == ["RULES", "HR-1", "HR-1.1", "HR-2"]
    detail = await world.call("compliance.get_framework", framework="House Rules")
    assert detail.items[1].summary == "Lock at [Selection: [Assignment: time]]."
    again = await imported(world, catalog())
    assert (again.added, again.changed, again.withdrawn) == ([], [], [])
    newer = catalog()
    del newer["catalog"]["groups"][0]["controls"][1]
    newer["catalog"]["groups"][0]["controls"][0]["title"] = "Gates"
    newer["catalog"]["controls"] = [{"id": "hr-3", "title": "Bells"}]
    last = await imported(world, newer)
    assert (last.added, last.changed, last.withdrawn) == (["HR-3"], ["HR-1"], ["HR-2"])


async def test_a_bare_reference_means_the_catalog_and_not_its_baselines(world: World) -> None:
    await imported(world, catalog())
    await imported(world, profile())
    shown = await world.call("compliance.get_control", control="HR-1")
    assert shown.id == "house-rules/hr-1"
    baseline = catalog(groups=[{"id": "ac", "title": "AC", "controls": [AC_2]}])
    await imported(world, baseline, framework="high")
    shown = await world.call("compliance.get_control", control="AC-2")
    assert shown.id == "nist-800-53/ac-2"
    assert (await world.call("compliance.get_control", control="high/ac-2")).framework_id == "high"


async def test_a_profile_selects_sets_and_alters(world: World) -> None:
    with pytest.raises(CorrectInput, match="none has been imported"):
        await imported(world, profile())
    await imported(world, catalog())
    modify = {
        "set-parameters": [{"param-id": "hr-1_p", "values": ["22:00"]}],
        "alters": [
            {
                "control-id": "hr-1",
                "removes": [{"by-name": "guidance"}],
                "adds": [{"parts": [{"name": "statement", "prose": "Also on Sundays."}]}],
            }
        ],
    }
    small = await imported(world, profile(modify=modify))
    assert small.added == ["RULES", "HR-1"]
    detail = await world.call("compliance.get_framework", framework="small-house")
    assert detail.items[1].summary == "Lock at [Selection: 22:00]. Also on Sundays."
    every = {"href": "#x", "include-all": {}, "exclude-controls": [{"with-ids": ["hr-1"]}]}
    rest = await imported(world, profile(imports=[every], merge={"flat": {}}), framework="rest")
    assert rest.added == ["HR-1.1", "HR-2"]
    custom = {"groups": [{"id": "g", "title": "G", "insert-controls": [{"include-all": {}}]}]}
    child = {"with-ids": ["hr-1"], "with-child-controls": "yes"}
    picked = {"href": "#x", "include-controls": [child, {"matching": [{"pattern": "*-2"}]}]}
    own = await imported(
        world,
        profile(imports=[picked], merge={"custom": custom}),
        framework="own",
        catalog="house-rules",
    )
    assert own.added == ["G", "HR-1", "HR-1.1", "HR-2"]


async def test_a_profile_never_invents_a_control(world: World) -> None:
    await imported(world, catalog())
    wanted = [{"href": "#x", "include-controls": [{"with-ids": ["hr-1", "hr-99"]}]}]
    with pytest.raises(CorrectInput, match=r"/profile/imports/0: hr-99"):
        await imported(world, profile(imports=wanted))
    with pytest.raises(ChooseAnother):
        await world.call("compliance.get_framework", framework="small-house")


async def test_a_profile_and_its_catalog_share_a_title_and_keep_apart(world: World) -> None:
    title = catalog()["catalog"]["metadata"]["title"]
    first = await imported(world, catalog())
    meta = profile()["profile"]["metadata"] | {"title": title}
    for _ in range(2):  # again: it is brought up to date under its own id
        second = await imported(world, profile(metadata=meta))
        assert (first.id, second.id) == ("house-rules", "house-rules-profile")
    assert (await imported(world, catalog())).id == first.id
    for document, at in ((profile(), first.id), (catalog(), second.id)):
        with pytest.raises(CorrectInput, match=r"doesn't replace") as refused:
            await imported(world, document, framework=at, catalog=first.id)
        assert refused.value.field == "framework"
    long = profile()["profile"]["metadata"] | {"title": f"{title} {'x' * 60}"}
    other = long | {"title": f"{long['title']} of another house"}
    ids = [(await imported(world, profile(metadata=one))).id for one in (long, other)]
    assert len(set(ids)) == 2 and max(map(len, ids)) <= 50


def test_every_fault_is_told_with_its_pointer() -> None:
    broken = catalog(uuid="x")
    broken["catalog"]["groups"][0]["controls"][0]["params"][1] = {"label": "no id"}
    with pytest.raises(CorrectInput) as told:
        read(json.dumps(broken))
    assert "/catalog/uuid: " in str(told.value) and "2 faults" in str(told.value)
    assert "/catalog/groups/0/controls/0/params/1/id: Field required" in str(told.value)
    twice = catalog(controls=[{"id": "hr-1", "title": "Again"}])
    with pytest.raises(CorrectInput, match=r"/catalog/controls/0/id: the id 'hr-1' stands 2 times"):
        read(json.dumps(twice))


@pytest.mark.parametrize(
    "content",
    ['{"component-definition": {}}', "{", "- [", "a: &x [1]\nb: *x", "H4sInonsense", '"text"'],
)
def test_what_is_no_catalog_is_refused(content: str) -> None:
    with pytest.raises(CorrectInput) as refused:
        read(content)
    assert refused.value.field == "content"


def test_yaml_and_packed_documents_read_the_same() -> None:
    text = json.dumps(catalog())
    packed = base64.b64encode(gzip.compress(text.encode())).decode()
    assert read(text) == read(packed) == read(yaml.safe_dump(catalog()))


async def test_nist_catalogs_and_baselines_import_whole(world: World) -> None:
    def text(name: str) -> str:
        return shared_file(f"{PREFIX}{name}-min.json").read_text()

    for name, count in (("HIGH", 370), ("PRIVACY", 102)):
        whole = await imported(world, text(f"{name}-baseline-resolved-profile_catalog"))
        assert whole.controls == count and whole.mappings > 50
    for name, count in (("LOW", 149), ("MODERATE", 287), ("HIGH", 370), ("PRIVACY", 102)):
        one = await imported(world, text(f"{name}-baseline_profile"))
        assert (one.controls, one.withdrawn) == (count, [])


async def test_a_catalog_takes_the_place_of_the_shipped_framework(world: World) -> None:
    shipped = await world.call("compliance.get_framework", framework="nist-800-53")
    document = catalog()
    report = await imported(world, document, framework="nist-800-53")
    assert report.withdrawn == []
    await seed(world.runtime.kernel)
    after = await world.call("compliance.get_framework", framework="nist-800-53")
    assert after.name == document["catalog"]["metadata"]["title"]
    assert {one.id for one in shipped.items} <= {one.id for one in after.items}
