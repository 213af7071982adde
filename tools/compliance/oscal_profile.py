"""OSCAL profiles, resolved against stored catalogs: imports, merge and modify. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from fnmatch import fnmatchcase
from typing import Any

from tools.compliance.oscal import NESTED
from tools.compliance.oscal_types import controls_of
from tools.errors import CorrectInput

Node = dict[str, Any]


def resolve(
    profile: Mapping[str, Any], catalogs: Mapping[int, Node], missing: list[str] | None = None
) -> Node:
    """The catalog that a profile makes of those it imports, given by the import's number.

    Raises:
        CorrectInput: it names controls or parameters that the catalogs don't have.
    """
    roots: list[Node] = []
    unknown: list[str] = list(missing or ())
    for number, wanted in enumerate(profile["imports"]):
        catalog = deepcopy(catalogs[number])
        known = [control["id"] for _, control in controls_of(catalog, "")]
        unknown += [
            f"/profile/imports/{number}: {name}" for name in named(wanted) if name not in set(known)
        ]
        kept = _chosen(catalog, wanted, known)
        roots.append(_pruned(catalog, kept, bool(profile.get("merge", {}).get("as-is"))))
    merged: Node = {key: [one for root in roots for one in root.get(key, ())] for key in NESTED}
    merged["params"] = [one for root in roots for one in root.get("params", ())]
    _unite(merged)
    unknown += _modify(merged, profile.get("modify", {}))
    if unknown:
        raise CorrectInput(
            f"The profile names {len(unknown)} that the imported catalogs don't have: "
            f"{'; '.join(unknown)}.",
            "Import the catalog that has them first, or name it as 'catalog'.",
            field="content",
        )
    return _merged(merged, profile.get("merge", {}))


def named(wanted: Mapping[str, Any]) -> list[str]:
    """The controls that an import includes by id."""
    return [
        name for choice in wanted.get("include-controls", ()) for name in choice.get("with-ids", ())
    ]


def _chosen(catalog: Node, wanted: Mapping[str, Any], known: list[str]) -> set[str]:
    if "include-controls" in wanted:
        kept = _matching(catalog, wanted["include-controls"], known)
    else:
        kept = set(known)
    return kept - _matching(catalog, wanted.get("exclude-controls", ()), known)


def _matching(node: Node, choices: Iterable[Mapping[str, Any]], known: list[str]) -> set[str]:
    found: set[str] = set()
    for choice in choices:
        mine = {name for name in choice.get("with-ids", ()) if name in set(known)}
        for match in choice.get("matching", ()):
            mine |= {name for name in known if fnmatchcase(name, match["pattern"])}
        if choice.get("with-child-controls") == "yes":
            for _, control in controls_of(node, ""):
                if control["id"] in mine:
                    mine |= {child["id"] for _, child in controls_of(control, "")}
        found |= mine
    return found


def _pruned(node: Node, kept: set[str], as_is: bool) -> Node:
    """Only the kept controls. As it is, they stay in their parents; else they take their place."""
    controls: list[Node] = []
    for control in node.get("controls", ()):
        inner = _pruned(control, kept, as_is)
        if control["id"] in kept or (as_is and inner["controls"]):
            controls.append(inner)
        else:
            controls += inner.get("controls", [])
    groups = [_pruned(group, kept, as_is) for group in node.get("groups", ())]
    own = {key: value for key, value in node.items() if key not in NESTED}
    return own | {
        "controls": controls,
        "groups": [group for group in groups if group["controls"] or group["groups"]],
    }


def _unite(node: Node) -> None:
    """Groups and controls of the same id, imported twice, become one."""
    for key in NESTED:
        first: dict[str, Node] = {}
        for item in node.get(key, ()):
            slot = item.get("id") or item["title"]
            if slot in first:
                for inner in NESTED:
                    first[slot].setdefault(inner, []).extend(item.get(inner, ()))
            else:
                first[slot] = item
        node[key] = list(first.values())
        for item in node[key]:
            _unite(item)


def _modify(catalog: Node, modify: Mapping[str, Any]) -> list[str]:
    controls = {control["id"]: control for _, control in controls_of(catalog, "")}
    holders = [catalog, *controls.values()]
    parameters = {one["id"]: one for holder in holders for one in holder.get("params", ())}
    unknown = []
    for number, setting in enumerate(modify.get("set-parameters", ())):
        parameter = parameters.get(setting["param-id"])
        if parameter is None:
            unknown.append(f"/profile/modify/set-parameters/{number}: {setting['param-id']}")
            continue
        parameter.update({key: value for key, value in setting.items() if key != "param-id"})
    for number, alteration in enumerate(modify.get("alters", ())):
        control = controls.get(alteration["control-id"])
        if control is None:
            unknown.append(f"/profile/modify/alters/{number}: {alteration['control-id']}")
            continue
        for removal in alteration.get("removes", ()):
            _remove(control, removal)
        for addition in alteration.get("adds", ()):
            _add(control, addition)
    return unknown


ITEMS = {"params": "param", "props": "prop", "links": "link", "parts": "part"}


def _remove(node: Node, removal: Mapping[str, Any]) -> None:
    def goes(item: Node, kind: str) -> bool:
        tests = {
            "by-name": item.get("name"),
            "by-class": item.get("class"),
            "by-id": item.get("id"),
            "by-ns": item.get("ns"),
            "by-item-name": kind,
        }
        return bool(removal) and all(tests.get(key) == value for key, value in removal.items())

    for key, kind in ITEMS.items():
        if key in node:
            node[key] = [item for item in node[key] if not goes(item, kind)]
    for part in node.get("parts", ()):
        _remove(part, removal)


def _add(control: Node, addition: Mapping[str, Any]) -> None:
    position = addition.get("position", "ending")
    target = addition.get("by-id")
    if target in (None, control["id"]):
        _insert(control, addition, position)
        return
    for holder, key, number in _places(control):
        if holder[key][number].get("id") != target:
            continue
        if position in ("before", "after"):
            at = number + (position == "after")
            holder[key][at:at] = deepcopy(addition.get(key, []))
        else:
            _insert(holder[key][number], addition, position)
        return


def _insert(node: Node, addition: Mapping[str, Any], position: str) -> None:
    if addition.get("title"):
        node["title"] = addition["title"]
    for key in ITEMS:
        new = deepcopy(addition.get(key, []))
        if new:
            held = node.get(key, [])
            node[key] = new + held if position in ("starting", "before") else held + new


def _places(node: Node) -> Iterable[tuple[Node, str, int]]:
    for key in ITEMS:
        for number, item in enumerate(node.get(key, ())):
            yield node, key, number
            yield from _places(item)


def _merged(catalog: Node, merge: Mapping[str, Any]) -> Node:
    if merge.get("as-is"):
        return catalog
    every = [control for _, control in controls_of(catalog, "")]
    if merge.get("custom") is None:
        flat = [{k: v for k, v in one.items() if k not in NESTED} for one in every]
        return {"params": catalog["params"], "controls": flat}
    return {
        "params": catalog["params"],
        "groups": [_custom(group, catalog, every) for group in merge["custom"].get("groups", ())],
    }


def _custom(group: Mapping[str, Any], catalog: Node, every: Sequence[Node]) -> Node:
    known = [control["id"] for control in every]
    names: set[str] = set()
    for inserted in group.get("insert-controls", ()):
        names |= _chosen(catalog, inserted, known)
    own = {key: value for key, value in group.items() if key not in ("insert-controls", "groups")}
    return own | {
        "groups": [_custom(inner, catalog, every) for inner in group.get("groups", ())],
        "controls": [
            {key: value for key, value in one.items() if key not in NESTED}
            for one in every
            if one["id"] in names
        ],
    }
