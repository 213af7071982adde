"""Frameworks from OSCAL: imported, resolved where they are profiles, and brought up to date."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.compliance.crosswalks import oscal_mappings
from tools.compliance.frameworks import find_framework
from tools.compliance.library import REPLACEABLE, frameworks
from tools.compliance.oscal import LARGEST, NESTED, ImportedControl, flatten, read
from tools.compliance.oscal_profile import named, resolve
from tools.compliance.oscal_types import controls_of
from tools.compliance.tables import Control, ControlMapping, Framework
from tools.compliance.types import FrameworkImport
from tools.context import Context
from tools.errors import CorrectInput
from tools.operation import Effect, operation

LARGEST_BODY = 16_000_000  # NIST's whole catalog, indented and inside a JSON string


@operation(
    "compliance.import_framework",
    permission="compliance.write",
    effect=Effect.WRITE,
    timeout=300,
    largest=LARGEST_BODY,
    examples=("Import this OSCAL catalog", "Import the moderate baseline as an OSCAL profile"),
)
async def import_framework(
    ctx: Context,
    content: Annotated[
        str,
        Field(
            min_length=2,
            max_length=LARGEST,
            description="An OSCAL catalog or profile as JSON or YAML, or that as gzip in base64",
        ),
    ],
    framework: Annotated[
        str | None,
        Field(
            pattern=r"^[a-z0-9][a-z0-9-]{0,49}$",
            description="The id to keep it under, such as nist-800-53; made of its title if absent",
        ),
    ] = None,
    catalog: Annotated[
        str | None,
        Field(max_length=200, description="For a profile: the framework that it selects from"),
    ] = None,
) -> FrameworkImport:
    """Import a framework from OSCAL, or bring one up to date; says what came, changed and went.

    A profile never takes a catalog's place, nor a catalog a profile's. Larger requests than 16 MB
    come as gzip in base64, or by `racine call compliance.import_framework --content @catalog.json`.
    """
    kind, document = read(content)
    title = document["metadata"]["title"]
    own = framework or await _free(ctx.session, kind, document)
    if own in {shipped.id for shipped in frameworks()} - REPLACEABLE:
        raise CorrectInput(
            f"The framework '{own}' ships with the product.",
            "Import it under another id.",
            field="framework",
        )
    row = await ctx.session.get(Framework, own)
    if row is not None and _kind(row) != kind:
        raise CorrectInput(
            f"The framework '{own}' is a {_kind(row)}, which a {kind} doesn't replace.",
            "Import it under another id.",
            field="framework",
        )
    resolved = document
    if kind == "profile":
        resolved = resolve(document, await _catalogs(ctx.session, document, catalog, own))
    controls = flatten(resolved)
    if row is None:
        row = Framework(id=own, aliases=[own, title.lower()])
        ctx.session.add(row)
    row.name = title[:200]
    row.version = document["metadata"]["version"][:60]
    row.publisher = _publisher(document["metadata"])[:200]
    row.imported = {
        "kind": kind,
        "uuid": document["uuid"],
        "title": title,
        "params": resolved.get("params", []),
        "resources": _resources(document),
    }
    await ctx.session.flush()
    report = await _store(ctx.session, row, controls)
    report.mappings = await _map(ctx.session, row, controls)
    return report


async def _store(
    session: AsyncSession, framework: Framework, controls: list[ImportedControl]
) -> FrameworkImport:
    known = {
        row.id: row
        for row in await session.scalars(
            select(Control).where(Control.framework_id == framework.id)
        )
    }
    report = FrameworkImport(
        id=framework.id, name=framework.name, version=framework.version, controls=0
    )
    seen = set()
    for position, one in enumerate(controls):
        id_ = _control_id(framework.id, one.id)
        if id_ in seen:
            raise CorrectInput(
                f"Two groups or controls would have the id '{one.id}'.",
                "Give each an id of its own.",
                field="content",
            )
        seen.add(id_)
        facts: dict[str, Any] = {
            "ref": one.ref,
            "title": one.title,
            "summary": _summary(one),
            "parent_id": _control_id(framework.id, one.parent) if one.parent else None,
            "assessable": one.assessable,
            "position": position,
            "text": one.text,
            "withdrawn": one.withdrawn,
            "oscal": one.oscal,
        }
        report.controls += one.assessable
        row = known.get(id_)
        if row is None:
            session.add(Control(id=id_, framework_id=framework.id, **facts))
            report.added.append(one.ref)
            continue
        differing = [name for name, value in facts.items() if getattr(row, name) != value]
        if one.withdrawn and not row.withdrawn:
            report.withdrawn.append(one.ref)
        elif set(differing) - {"position"}:
            report.changed.append(one.ref)
        for name in differing:
            setattr(row, name, facts[name])
    for id_, row in known.items():
        # A shipped control that the catalog leaves out stays: a baseline is but a selection.
        if id_ not in seen and row.oscal is not None and not row.withdrawn:
            row.withdrawn, row.assessable = True, False
            report.withdrawn.append(row.ref)
    await session.flush()
    return report


async def _map(session: AsyncSession, framework: Framework, controls: list[ImportedControl]) -> int:
    pairs = {
        (_control_id(framework.id, source), _control_id(framework.id, target)): relation
        for source, target, relation in oscal_mappings(controls)
    }
    origin = f"OSCAL of {framework.name}"[:200]
    known = {
        (row.source_id, row.target_id): row
        for row in await session.scalars(
            select(ControlMapping).where(ControlMapping.origin == origin)
        )
    }
    for (source, target), relation in pairs.items():
        if (source, target) not in known:
            session.add(
                ControlMapping(source_id=source, target_id=target, relation=relation, origin=origin)
            )
    for slot, row in known.items():
        if slot not in pairs:
            await session.delete(row)
    await session.flush()
    return len(pairs)


async def _catalogs(
    session: AsyncSession, profile: Mapping[str, Any], given: str | None, own: str
) -> dict[int, dict[str, Any]]:
    """Of each import, the stored catalog: the one given, the one meant, the one that has most."""
    if given is not None:
        chosen = await _rebuilt(session, await find_framework(session, given))
        return dict.fromkeys(range(len(profile["imports"])), chosen)
    stored = [
        (row, await _rebuilt(session, row))
        for row in await session.scalars(select(Framework).order_by(Framework.id))
        if row.id != own and row.imported is not None
    ]
    if not stored:
        raise CorrectInput(
            "The profile selects from a catalog, and none has been imported.",
            "Import its catalog first, or name a framework that has its controls as 'catalog'.",
            field="content",
        )
    catalogs = [one for row, one in stored if row.imported and row.imported["kind"] == "catalog"]
    found = {}
    for number, wanted in enumerate(profile["imports"]):
        ids, meant = set(named(wanted)), _meant(profile, wanted["href"])
        exact = [one for row, one in stored if row.imported and row.imported["uuid"] in meant]
        if not exact and (not catalogs or (not ids and len(catalogs) > 1)):
            raise CorrectInput(
                f"/profile/imports/{number}: no imported catalog is '{wanted['href']}'.",
                "Import that catalog first, or name the one that is meant as 'catalog'.",
                field="catalog",
            )
        found[number] = exact[0] if exact else max(catalogs, key=_holding(ids))
    return found


def _holding(ids: set[str]) -> Any:
    return lambda catalog: len(ids & {control["id"] for _, control in controls_of(catalog, "")})


def _meant(profile: Mapping[str, Any], href: str) -> set[str]:
    """The UUIDs that an import's reference may mean, through the back matter too."""
    resources = profile.get("back-matter", {}).get("resources", [])
    named_there = {
        one.get("identifier", "")
        for resource in resources
        if resource["uuid"] == href.removeprefix("#")
        for one in resource.get("document-ids", ())
    }
    return {href.removeprefix("#").removeprefix("urn:uuid:")} | named_there


async def _rebuilt(session: AsyncSession, framework: Framework) -> dict[str, Any]:
    """The stored framework as an OSCAL catalog."""
    root: dict[str, Any] = {
        "params": (framework.imported or {}).get("params", []),
        "groups": [],
        "controls": [],
    }
    nodes: dict[str | None, dict[str, Any]] = {None: root}
    for row in await session.scalars(
        select(Control)
        .where(Control.framework_id == framework.id)
        .order_by(Control.position, Control.id)
    ):
        node = dict(row.oscal or _plain(row)) | {key: [] for key in NESTED}
        is_group = node.pop("group", False)
        nodes[row.id] = node
        parent = nodes.get(row.parent_id, root)
        parent["groups" if is_group else "controls"].append(node)
    return root


def _plain(row: Control) -> dict[str, Any]:
    return {
        "id": row.id.split("/", 1)[1],
        "title": row.title,
        "props": [{"name": "label", "value": row.ref}],
        "parts": [{"name": "statement", "prose": row.summary}],
        "group": not row.assessable and row.parent_id is None,
    }


def _resources(document: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    found = {}
    for resource in document.get("back-matter", {}).get("resources", []):
        links = [link["href"] for link in resource.get("rlinks", ())]
        title = resource.get("title") or resource.get("citation", {}).get("text", "")
        found[resource["uuid"]] = {"title": title, "links": links}
    return found


def _publisher(metadata: Mapping[str, Any]) -> str:
    names = [party.get("name") for party in metadata.get("parties", ()) if party.get("name")]
    return names[0] if names else "unknown"


def _summary(one: ImportedControl) -> str:
    words = " ".join(one.text.split()) or one.title
    return words if len(words) <= 300 else words[:299].rsplit(" ", 1)[0] + "…"


def _control_id(framework: str, name: str) -> str:
    return f"{framework}/{name.lower()}"[:120]


def _kind(row: Framework) -> str:
    return str((row.imported or {}).get("kind", "catalog"))


async def _free(session: AsyncSession, kind: str, document: Mapping[str, Any]) -> str:
    """An id made of the title: that of the same document before, or one that nothing else has.

    A catalog that was resolved from a profile has its title.
    """
    slug = _slug(document["metadata"]["title"])
    for ending in ("", f"-{kind}", f"-{document['uuid'][:8]}"):
        own = slug[: 50 - len(ending)].strip("-") + ending
        row = await session.get(Framework, own)
        same = row and row.imported and _slug(row.imported["title"]) == slug
        if row is None or (same and _kind(row) == kind):
            break
    return own


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "framework"
