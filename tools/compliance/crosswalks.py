"""Crosswalks: which control of one framework corresponds to which of another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tools.compliance.library import crosswalks
from tools.compliance.oscal import ImportedControl

RELATIONS = {
    "related": "related",
    "equal": "equal",
    "equivalent": "equal",
    "required": "subset",
    "incorporated-into": "subset",
    "moved-to": "equal",
}


def oscal_mappings(controls: Sequence[ImportedControl]) -> Iterator[tuple[str, str, str]]:
    """What a catalog's links say: source, target and relation, by the file's own ids."""
    ids = {one.id for one in controls}
    for one in controls:
        for link in one.oscal.get("links", ()):
            target = link["href"].removeprefix("#")
            relation = RELATIONS.get(link.get("rel", ""))
            if relation and target in ids and target != one.id and link["href"].startswith("#"):
                yield one.id, target, relation


TURNED = {"subset": "superset", "superset": "subset"}


def shipped_equivalents(control: str) -> dict[str, tuple[str, str]]:
    """Relation and origin of what corresponds to a control, directly first, then by one step."""
    direct: dict[str, tuple[str, str]] = {}
    indirect: dict[str, tuple[str, str]] = {}
    for one in crosswalks():
        if one.source == control:
            direct |= dict.fromkeys(one.targets, (one.relation, "Racine"))
        elif control in one.targets:
            direct[one.source] = (TURNED.get(one.relation, one.relation), "Racine")
            if one.through:
                others = [name for name in one.targets if _framework(name) != _framework(control)]
                indirect |= dict.fromkeys(others, ("related", f"Racine, through {one.source}"))
    return direct | {name: fact for name, fact in indirect.items() if name not in direct}


def _framework(control: str) -> str:
    return control.split("/", 1)[0]
