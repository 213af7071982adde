"""The parts of OSCAL's catalog and profile models that we read; what else stands there is kept.

`check` gives every fault of a document with its JSON pointer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

Token = Annotated[str, Field(pattern=r"^[^\W\d][\w.\-]*$", max_length=100)]
Text = Annotated[str, Field(min_length=1)]
Uuid = Annotated[
    str, Field(pattern=r"^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-\w{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$")
]


class Node(BaseModel):
    """An object of OSCAL: hyphens in its keys, and more fields than are named here."""

    model_config = ConfigDict(
        extra="allow", alias_generator=lambda name: name.replace("_", "-"), populate_by_name=True
    )


class Property(Node):
    name: Token
    value: Text


class Link(Node):
    href: Text


class Selection(Node):
    how_many: Literal["one", "one-or-more"] | None = None
    choice: list[Text] = []


class Parameter(Node):
    id: Token
    label: str | None = None
    props: list[Property] = []
    values: list[Text] = []
    select: Selection | None = None


class Part(Node):
    name: Token
    prose: str | None = None
    props: list[Property] = []
    links: list[Link] = []
    parts: list[Part] = []


class Described(Node):
    title: Text
    params: list[Parameter] = []
    props: list[Property] = []
    links: list[Link] = []
    parts: list[Part] = []


class OscalControl(Described):
    id: Token
    controls: list[OscalControl] = []


class Group(Described):
    id: Token | None = None
    groups: list[Group] = []
    controls: list[OscalControl] = []


class Metadata(Node):
    title: Text
    last_modified: Text
    version: Text
    oscal_version: Text


class Resource(Node):
    uuid: Uuid
    rlinks: list[Link] = []


class BackMatter(Node):
    resources: list[Resource] = []


class Catalog(Node):
    uuid: Uuid
    metadata: Metadata
    params: list[Parameter] = []
    groups: list[Group] = []
    controls: list[OscalControl] = []
    back_matter: BackMatter = BackMatter()


class Matching(Node):
    pattern: Text


class Chosen(Node):
    with_ids: list[Token] = []
    matching: list[Matching] = []
    with_child_controls: Literal["yes", "no"] = "no"


class Import(Node):
    href: Text
    include_all: dict[str, Any] | None = None
    include_controls: list[Chosen] = []
    exclude_controls: list[Chosen] = []


class Setting(Node):
    param_id: Token
    label: str | None = None
    values: list[Text] = []
    select: Selection | None = None


class Removal(Node):
    by_name: str | None = None
    by_class: str | None = None
    by_id: str | None = None
    by_item_name: str | None = None
    by_ns: str | None = None


class Addition(Node):
    position: Literal["before", "after", "starting", "ending"] = "ending"
    by_id: str | None = None
    title: str | None = None
    params: list[Parameter] = []
    props: list[Property] = []
    links: list[Link] = []
    parts: list[Part] = []


class Alteration(Node):
    control_id: Token
    removes: list[Removal] = []
    adds: list[Addition] = []


class Modify(Node):
    set_parameters: list[Setting] = []
    alters: list[Alteration] = []


class Inserted(Chosen):
    include_all: dict[str, Any] | None = None
    include_controls: list[Chosen] = []


class CustomGroup(Node):
    id: Token | None = None
    title: Text
    groups: list[CustomGroup] = []
    insert_controls: list[Inserted] = []


class Custom(Node):
    groups: list[CustomGroup] = []


class Merge(Node):
    as_is: bool = False
    flat: dict[str, Any] | None = None
    custom: Custom | None = None


class Profile(Node):
    uuid: Uuid
    metadata: Metadata
    imports: Annotated[list[Import], Field(min_length=1)]
    merge: Merge = Merge()
    modify: Modify = Modify()
    back_matter: BackMatter = BackMatter()


MODELS: dict[str, type[Catalog] | type[Profile]] = {"catalog": Catalog, "profile": Profile}


def check(kind: str, document: Any) -> list[tuple[str, str]]:
    """Every fault of a catalog or profile: its JSON pointer, and what is wrong there."""
    try:
        MODELS[kind].model_validate(document)
    except ValidationError as error:
        return [
            (_pointer(kind, fault["loc"]), fault["msg"])
            for fault in error.errors(include_url=False, include_input=False)
        ]
    if kind == "profile":
        return []
    found = list(controls_of(document, "/catalog"))
    times = Counter(control["id"] for _, control in found)
    return [
        (f"{pointer}/id", f"the id '{control['id']}' stands {times[control['id']]} times")
        for pointer, control in found
        if times[control["id"]] > 1
    ]


def controls_of(node: dict[str, Any], pointer: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every control below a catalog, group or control, with its JSON pointer."""
    for number, group in enumerate(node.get("groups", ())):
        yield from controls_of(group, f"{pointer}/groups/{number}")
    for number, control in enumerate(node.get("controls", ())):
        here = f"{pointer}/controls/{number}"
        yield here, control
        yield from controls_of(control, here)


def _pointer(kind: str, where: tuple[int | str, ...]) -> str:
    steps = [str(step).replace("~", "~0").replace("/", "~1") for step in where]
    return "/".join(["", kind, *steps])
