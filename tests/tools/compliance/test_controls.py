"""Controls are found by reference in any spelling, by words and practice, and never invented."""

from __future__ import annotations

import json

import pytest

from tests.support.world import World
from tests.tools.compliance.test_importing import catalog, imported
from tools.compliance.references import is_reference, key
from tools.errors import BeMoreExact, ChooseAnother


@pytest.mark.parametrize(
    ("spelling", "control"),
    [
        ("Article 17 GDPR", "gdpr/art-17"),
        ("GDPR Art. 17", "gdpr/art-17"),
        ("gdpr 17", "gdpr/art-17"),
        ("art 5 (1) (a) of the GDPR", "gdpr/art-5-1-a"),
        ("PCI DSS requirement 3.4.1", "pci-dss-4/3.4.1"),
        ("req 3.4.1", "pci-dss-4/3.4.1"),
        ("HIPAA 164.312(a)(1)", "hipaa/164.312-a-1"),
        ("45 CFR § 164.312(a)(1)", "hipaa/164.312-a-1"),
    ],
)
async def test_a_reference_in_any_spelling(world: World, spelling: str, control: str) -> None:
    assert (await world.call("compliance.get_control", control=spelling)).id == control
    found = await world.call("compliance.search_controls", query=spelling)
    assert [one.id for one in found.items] == [control]


@pytest.mark.parametrize(
    "invented", ["GDPR Art. 120", "PCI 13.1", "AC-99", "art. 32(9) gdpr", "CC10.4", "1798.999"]
)
async def test_a_control_is_never_invented(world: World, invented: str) -> None:
    for operation, field in (("get_control", "control"), ("search_controls", "query")):
        with pytest.raises(ChooseAnother, match="doesn't exist") as refused:
            await world.call(f"compliance.{operation}", **{field: invented})
        assert refused.value.field == field and "nearest are" in refused.value.remedy
    if "120" in invented:
        assert "ends with Art. 99" in refused.value.detail
    if "13.1" in invented:
        assert "pci-dss-4/12" in refused.value.remedy


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize(
    ("framework", "said", "meant"),
    [
        ("gdpr", "our DPO reports straight to the board", "gdpr/art-38"),
        ("gdpr", "store fingerprints and religion", "gdpr/art-9"),
        ("hipaa", "fired nurses lose their login the same day", "hipaa/164.308-a-3-ii-c"),
        ("nist-800-53", "two people must approve a payment", "nist-800-53/ac-5"),
        ("pci-dss-4", "TLS for all card traffic", "pci-dss-4/4.2.1"),
    ],
)
async def test_everyday_words_find_what_the_field_calls_otherwise(
    world: World, framework: str, said: str, meant: str
) -> None:
    found = await world.call("compliance.search_controls", query=said, framework=framework, limit=5)
    assert meant in [one.id for one in found.items]


@pytest.mark.usefixtures("indexed")
async def test_words_and_practice_find_controls(world: World) -> None:
    found = await world.call("compliance.search_controls", query="delete data on request")
    assert "ccpa/1798.105" in [one.id for one in found.items[:5]]
    found = await world.call(
        "compliance.search_controls", query="delete data on request", framework="gdpr"
    )
    assert "gdpr/art-17" in [one.id for one in found.items[:5]]
    asked = "people can ask us to delete their data"
    found = await world.call("compliance.search_controls", query=asked, framework="gdpr")
    ids = [one.id for one in found.items]
    assert ids.index("gdpr/art-17") < min(ids.index("gdpr/art-17-1"), 5)
    text = (await world.call("compliance.get_control", control="gdpr/art-30")).summary
    found = await world.call("compliance.search_controls", query=text, framework="gdpr", limit=3)
    assert found.items[0].id == "gdpr/art-30" and found.returned == 3 and found.truncated
    assert all(one.framework_id == "gdpr" for one in found.items)


async def test_a_control_of_several_baselines_is_found_once(world: World) -> None:
    for framework in ("low", "high"):
        await imported(world, catalog(), framework=framework)
    found = await world.call("compliance.search_controls", query="windows lights")
    assert sorted(one.ref for one in found.items if one.framework_id in ("low", "high")) == [
        "HR-1.1",
        "HR-2",
    ]


async def test_an_imported_control_is_shown_in_full(world: World) -> None:
    await imported(world, catalog())
    shown = await world.call("compliance.get_control", control="hr-1")
    assert shown.guidance == "Keys hang by the door." and shown.parts == ["HR-1.1"]
    assert shown.parameters["hr-1_p"] == "[Assignment: time]"
    assert [one.ref for one in shown.equivalents] == ["HR-2"]
    back = await world.call("compliance.find_equivalent_controls", control="Lights")
    assert [(one.id, one.relation) for one in back.items] == [("house-rules/hr-1", "related")]
    none = await world.call("compliance.find_equivalent_controls", control="HR-2", framework="gdpr")
    assert none.total == 0
    await imported(world, json.dumps(catalog()), framework="copy")
    with pytest.raises(BeMoreExact, match="2 frameworks"):
        await world.call("compliance.get_control", control="hr-1")


async def test_a_whole_corresponds_to_what_its_parts_do(world: World) -> None:
    part, whole = [
        {
            one.id: one
            for one in (await world.call("compliance.find_equivalent_controls", control=ref)).items
        }
        for ref in ("gdpr/art-32-1-a", "gdpr/art-32")
    ]
    assert part and part.keys() <= whole.keys()
    assert all(whole[id_].origin.endswith(", by Art. 32(1)(a)") for id_ in part)
    assert {one.relation for one in whole.values()} <= {"superset", "intersects", "related"}
    with pytest.raises(ChooseAnother, match="'gdpr/art-999' doesn't exist"):
        await world.call("compliance.search_controls", query="gdpr/art-999")


def test_references_are_read_without_their_spelling() -> None:
    assert key("AC-02(01)") == key("ac-2.1") == ("ac", "2", "1")
    assert key("A.8.24") == ("a", "8", "24") and key("CC6.1") == ("cc", "6", "1")
    assert is_reference("CC6.1") and is_reference("Art. 120") and is_reference("164.312(a)(1)")
    assert is_reference("art-999") and is_reference("art-17-1-a")
    assert not is_reference("keep logs 90 days") and not is_reference("encrypt backups")
