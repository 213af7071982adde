"""Crosswalks: which control of one framework corresponds to which of another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
