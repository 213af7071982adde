"""The content is sound: references exist, ids are unique, words are ours and short."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path

import pytest

from tools.compliance.crosswalks import shipped_equivalents
from tools.compliance.facts import SENSITIVITIES
from tools.compliance.library import Framework, built_in_rules, crosswalks, frameworks

ROOT = Path(__file__).parents[3]
SHARED = Path(os.environ.get("RACINE_SHARED", ROOT.parent / "shared")) / "data"
TAXONOMY = json.loads((ROOT / "tools/classifications/content/taxonomy.json").read_text())
LABELS = {label["id"]: label for label in TAXONOMY["labels"]}
REFERENCE_NAMES = {
    "gdpr": "GDPR",
    "pci-dss-4": "PCI DSS 4.0.1",
    "hipaa": "nist-sp-800-66-rev2",
    "iso-27001": "ISO/IEC 27001:2022",
    "soc-2": "SOC2-2017-Rev-2022",
    "nist-800-53": "NIST-SP-800-53-rev5",
    "ccpa": "CCPA Regulations",
}


def shared_file(name: str) -> Path:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{path} is absent: set RACINE_SHARED to the folder that holds data/")
    return path


def reference(framework: Framework, ref: str) -> str:
    """A control's reference as the shared list writes it: whole articles, sections of HIPAA."""
    bare = ref.removeprefix("Req. ").removeprefix("45 CFR ").removeprefix("§ ")
    return bare.replace("Art. ", "Article ").split("(")[0] if framework.id == "gdpr" else bare


@pytest.mark.parametrize("framework", frameworks(), ids=lambda f: f.id)
def test_framework(framework: Framework) -> None:
    ids = [control.id for control in framework.controls]
    assert len(set(ids)) == len(ids) == len({control.ref for control in framework.controls})
    assert sum(control.assessable for control in framework.controls) >= 35
    assert all(alias == alias.lower() for alias in framework.aliases)
    parents = {control.parent for control in framework.controls if control.parent}
    assert parents <= set(ids)
    for control in framework.controls:
        assert control.id.startswith(f"{framework.id}/")
        assert control.summary.endswith(".") and "\n" not in control.summary


@pytest.mark.parametrize("framework", frameworks(), ids=lambda f: f.id)
def test_control_references_exist(framework: Framework) -> None:
    lines = shared_file("compliance/frameworks.jsonl").read_text().splitlines()
    rows = [json.loads(line) for line in lines]
    known = {row["ref_id"] for row in rows if row["framework"] == REFERENCE_NAMES[framework.id]}
    refs = {reference(framework, control.ref) for control in framework.controls}
    if framework.id == "hipaa":  # The list has the Security Rule only, to the standards' depth.
        refs = {ref for ref in refs if "164.308" <= ref.split("(")[0] <= "164.316"}
        standards = {name for name in known if "(" in name}
        standards |= {"164.312(e)", "164.308(a)", "164.308(b)"}  # It has only parts of these.
        below = {ref for ref in refs if any(ref.startswith(name) for name in standards)}
        missing = refs - known - below
    elif framework.id == "soc-2":  # The list misspells PI1.1 to PI1.5 as PP1.1 to PP1.5.
        missing = {ref.replace("PI1.", "PP1.") for ref in refs} - known
    elif framework.id == "ccpa":  # The list has the regulations only, not the statute.
        missing = {ref for ref in refs if not ref.startswith("1798.")} - known
    else:
        missing = refs - known
    assert not missing


def test_gdpr_and_hipaa_are_whole() -> None:
    """Every article of the one; every section of the other, and each standard of security."""
    listed = {one.id: {control.ref for control in one.controls} for one in frameworks()}
    assert {f"Art. {number}" for number in range(1, 100)} <= listed["gdpr"]
    sections = {
        *(302, 304, 306, 308, 310, 312, 314, 316, 318, 400, 402, 404, 406, 408, 410, 412, 414),
        *(500, 501, 502, 504, 506, 508, 510, 512, 514, 520, 522, 524, 526, 528, 530, 532, 534),
    }
    assert {f"45 CFR 164.{number}" for number in sections} <= listed["hipaa"]
    rows = map(json.loads, shared_file("compliance/frameworks.jsonl").read_text().splitlines())
    standards = {row["ref_id"] for row in rows if row["framework"] == REFERENCE_NAMES["hipaa"]}
    wanted = {f"45 CFR {ref}" for ref in standards if ref.startswith("164.3") and "(" in ref}
    assert wanted <= listed["hipaa"]


def test_pci_dss_is_whole() -> None:
    """A user hears that a control that isn't listed doesn't exist: so each one is listed."""
    rows = map(json.loads, shared_file("compliance/frameworks.jsonl").read_text().splitlines())
    refs = {row["ref_id"] for row in rows if row["framework"] == "PCI DSS 4.0.1"}
    known = {ref for ref in refs if "-" not in ref}  # The rest are headings of several.
    (pci,) = (framework for framework in frameworks() if framework.id == "pci-dss-4")
    assert known == {reference(pci, control.ref) for control in pci.controls}
    for control in pci.controls:
        above, _, _ = control.id.rpartition(".")
        assert not above or control.parent == above


def test_rules_refer_to_what_exists() -> None:
    rules = built_in_rules()
    controls = {c.id: c for f in frameworks() for c in f.controls}
    categories = {label["category"] for label in LABELS.values()}
    assert [name for name, n in Counter(rule.id for rule in rules).items() if n > 1] == []
    assert len(rules) >= 40
    shipped = {framework.id for framework in frameworks()}
    for rule in rules:
        assert rule.controls, rule.id
        here = [name for name in rule.controls if name.split("/")[0] in shipped]
        assert all(name in controls and controls[name].assessable for name in here), rule.id
        assert set(rule.applies_to.labels) <= set(LABELS), rule.id
        assert set(rule.applies_to.categories) <= categories, rule.id
        assert rule.description.endswith(".") and rule.remedy.endswith("."), rule.id
    covered = {name.split("/")[0] for rule in rules for name in rule.controls}
    assert covered >= shipped | {"soc-2", "iso-27001", "nist-800-53", "ccpa"}


def test_rules_refer_to_controls_that_the_standards_have() -> None:
    """Also of frameworks that are imported, by the ids that OSCAL and the standards give."""
    lines = shared_file("compliance/frameworks.jsonl").read_text().splitlines()
    names = {
        "nist-800-53": "NIST-SP-800-53-rev5",
        "iso-27001": "ISO/IEC 27001:2022",
        "soc-2": "SOC2-2017-Rev-2022",
        "ccpa": "CCPA Regulations",
    }
    known: dict[str, set[str]] = {}
    for row in map(json.loads, lines):
        ref = row["ref_id"].lower().replace("(", ".").replace(")", "")
        known.setdefault(row["framework"], set()).add(ref)
    for rule in built_in_rules():
        for framework, _, control in (name.partition("/") for name in rule.controls):
            if framework in names and not control.startswith("1798."):
                assert control in known[names[framework]], f"{rule.id}: {framework}/{control}"


def test_aliases_name_one_framework() -> None:
    aliases = Counter(alias for framework in frameworks() for alias in framework.aliases)
    assert max(aliases.values()) == 1


def test_taxonomy_is_sound() -> None:
    assert len(LABELS) == len(TAXONOMY["labels"])
    assert [level["id"] for level in TAXONOMY["sensitivities"]] == list(SENSITIVITIES)
    known = {framework.id for framework in frameworks()}
    names: Counter[str] = Counter()
    for label in LABELS.values():
        assert label["sensitivity"] in SENSITIVITIES
        assert set(label["regulations"]) <= known
        names.update({*label["synonyms"]})
    for group in TAXONOMY["groups"]:
        assert group["labels"] and set(group["labels"]) <= set(LABELS)
        names.update({*group["synonyms"]})
    assert [name for name, count in names.items() if count > 1] == []


def test_taxonomy_has_every_canonical_type() -> None:
    types = json.loads(shared_file("columns/label_map.json").read_text())["map"].values()
    assert {name for name in types if name} <= set(LABELS)


def test_crosswalks_are_many_and_read_in_both_directions() -> None:
    assert sum(len(one.targets) for one in crosswalks()) >= 200
    assert "iso-27001/a.8.24" in shipped_equivalents("nist-800-53/sc-28")
    assert "nist-800-53/sc-28" in shipped_equivalents("iso-27001/a.8.24")
    relation, origin = shipped_equivalents("nist-800-53/sc-28")["pci-dss-4/3.5.1"]
    assert (relation, origin) == ("related", "Racine, through iso-27001/a.8.24")
    assert shipped_equivalents("iso-27001/a.8.7")["soc-2/cc6.8"][0] == "subset"
    assert shipped_equivalents("soc-2/cc6.8")["iso-27001/a.8.7"][0] == "superset"
