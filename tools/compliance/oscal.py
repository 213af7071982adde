"""OSCAL catalogs as frameworks: read from JSON or YAML, flattened, prose with its parameters.

Pure. A control keeps its own OSCAL object (without what is nested in it), so that profiles can be
resolved and details shown later.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from tools.compliance.oscal_types import MODELS, check
from tools.errors import CorrectInput, SendLess
from tools.safety import check_storable

LARGEST = 32_000_000
INSERT = re.compile(r"{{\s*(?:insert:\s*)?param,?\s*([\w.\-]+)\s*}}")
ASIDE = ("guidance", "assessment", "example", "overview")


@dataclass(frozen=True)
class ImportedControl:
    """One control or group: `id` and `parent` as in the file, `oscal` its own object."""

    id: str
    ref: str
    title: str
    text: str
    parent: str | None
    assessable: bool
    withdrawn: bool
    oscal: dict[str, Any] = field(repr=False)


def read(content: str) -> tuple[str, dict[str, Any]]:
    """A valid document and its kind, from JSON, YAML, or either as gzip in base64.

    Raises:
        SendLess: it is larger than can be read.
        CorrectInput: it is no catalog or profile, or has faults; every one is named.
    """
    document = _parsed(_unpacked(content))
    kinds = [kind for kind in MODELS if isinstance(document, dict) and kind in document]
    if len(kinds) != 1:
        held = ", ".join(map(str, document)) if isinstance(document, dict) else "no object"
        held = held or "nothing"
        raise CorrectInput(
            f"Only OSCAL catalogs and profiles are frameworks; this document holds {held[:200]}.",
            'Send {"catalog": …} or {"profile": …}.',
            field="content",
        )
    kind, body = kinds[0], document[kinds[0]]
    faults = check(kind, body)
    if faults:
        listed = "; ".join(f"{pointer}: {what}" for pointer, what in faults)
        raise CorrectInput(
            f"The OSCAL {kind} has {len(faults)} fault{'s' * (len(faults) > 1)}: {listed}.",
            "Mend them and import it again.",
            field="content",
        )
    return kind, body


def _unpacked(content: str) -> str:
    if not content.startswith("H4sI"):
        return content
    try:
        machine = zlib.decompressobj(wbits=31)
        data = machine.decompress(base64.b64decode(content, validate=True), LARGEST)
        if machine.unconsumed_tail:
            raise SendLess(
                f"Unpacked, the document has more than {LARGEST} bytes.",
                "Split it into several catalogs.",
                field="content",
            )
        return data.decode()
    except (binascii.Error, zlib.error, UnicodeDecodeError):
        raise CorrectInput(
            "The content looks like gzip in base64 and can't be unpacked.",
            "Make it with 'gzip -c catalog.json | base64 -w0'.",
            field="content",
        ) from None


def _parsed(text: str) -> Any:
    try:
        if text.lstrip().startswith(("{", "[")):
            document = json.loads(text)
        else:
            if re.search(r"(?m)(^|[\s:\-\[{,])[&*][A-Za-z]\w*\s*($|[\[{\]},])", text[:1_000_000]):
                raise CorrectInput(
                    "The YAML has anchors or aliases.",
                    "Write out what they stand for, or send JSON.",
                    field="content",
                )
            document = yaml.load(text, Loader=PlainLoader)  # noqa: S506 - a safe loader
    except (json.JSONDecodeError, yaml.YAMLError, RecursionError, ValueError) as error:
        where = " ".join(str(error).split())[:200]
        raise CorrectInput(
            f"The content is neither JSON nor YAML: {where}.",
            "Send an OSCAL document as JSON or YAML.",
            field="content",
        ) from None
    check_storable(document)
    return document


class PlainLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML in which a date stays the text that it is, and nothing stands for another thing."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not read; write out what they stand for")
        return super().compose_node(parent, index)


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith((":timestamp", ":float"))]
    for first, found in PlainLoader.yaml_implicit_resolvers.items()
}


def flatten(catalog: Mapping[str, Any]) -> list[ImportedControl]:
    """Groups, controls and enhancements in order, each with its text."""
    parameters = dict(_parameters(catalog))
    return list(_walk(catalog, None, parameters))


def _walk(
    node: Mapping[str, Any], parent: str | None, parameters: Mapping[str, Mapping[str, Any]]
) -> Iterator[ImportedControl]:
    for key, is_group in (("groups", True), ("controls", False)):
        for item in node.get(key, ()):
            own = {name: value for name, value in item.items() if name not in NESTED}
            name = item.get("id") or re.sub(r"\W+", "-", item["title"].lower()).strip("-")[:60]
            gone = withdrawn(item)
            yield ImportedControl(
                id=name,
                ref=label(item) or (item["title"] if is_group else name).upper()[:60],
                title=item["title"],
                text=statement(item, parameters),
                parent=parent,
                assessable=not is_group and not gone,
                withdrawn=gone,
                oscal=own | {"group": is_group},
            )
            yield from _walk(item, name, parameters)


NESTED = ("groups", "controls")


def _parameters(node: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for parameter in node.get("params", ()):
        yield parameter["id"], parameter
        for prop in parameter.get("props", ()):
            if prop["name"] == "alt-identifier":
                yield prop["value"], parameter
    for key in NESTED:
        for item in node.get(key, ()):
            yield from _parameters(item)


def withdrawn(item: Mapping[str, Any]) -> bool:
    """Whether the standard's publisher has withdrawn the control."""
    return any(
        prop["name"] == "status" and prop["value"].lower() == "withdrawn"
        for prop in item.get("props", ())
    )


def label(item: Mapping[str, Any]) -> str | None:
    """The reference by which people call it: the label without a class, else the first."""
    labels = [prop for prop in item.get("props", ()) if prop["name"] == "label"]
    labels.sort(key=lambda prop: "class" in prop)
    return str(labels[0]["value"])[:60] if labels else None


def statement(item: Mapping[str, Any], parameters: Mapping[str, Mapping[str, Any]]) -> str:
    """What the control demands: its statement, else all its parts but guidance and the like."""
    parts = item.get("parts", ())
    chosen = [part for part in parts if part["name"] == "statement"] or [
        part for part in parts if not part["name"].startswith(ASIDE)
    ]
    return "\n".join(line for part in chosen for line in _lines(part, parameters))


def guidance(item: Mapping[str, Any], parameters: Mapping[str, Mapping[str, Any]]) -> str:
    """How the publisher explains it."""
    parts = [part for part in item.get("parts", ()) if part["name"] == "guidance"]
    return "\n".join(line for part in parts for line in _lines(part, parameters))


def _lines(
    part: Mapping[str, Any], parameters: Mapping[str, Mapping[str, Any]], depth: int = 0
) -> Iterator[str]:
    if part.get("prose"):
        written = substituted(part["prose"], parameters)
        mark = label(part)
        yield "  " * max(depth - 1, 0) + (f"{mark} {written}" if mark else written)
    for inner in part.get("parts", ()):
        yield from _lines(inner, parameters, depth + 1)


def substituted(prose: str, parameters: Mapping[str, Mapping[str, Any]], depth: int = 0) -> str:
    """Prose with each inserted parameter as its value, selection or assignment."""

    def written(found: re.Match[str]) -> str:
        parameter = parameters.get(found[1])
        if parameter is None or depth > 5:
            return f"[Assignment: {found[1]}]"
        return substituted(parameter_text(parameter), parameters, depth + 1)

    return INSERT.sub(written, prose)


def parameter_text(parameter: Mapping[str, Any]) -> str:
    """A parameter's value, or what has to be assigned or chosen."""
    if parameter.get("values"):
        return ", ".join(parameter["values"])
    select = parameter.get("select")
    if select:
        many = " (one or more)" if select.get("how-many") == "one-or-more" else ""
        return f"[Selection{many}: {'; '.join(select.get('choice', ()))}]"
    return f"[Assignment: {parameter.get('label') or parameter['id']}]"
