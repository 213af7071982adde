"""The controls: found by id, by words or by what is practised; never invented."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Annotated

from pydantic import Field
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.compliance.crosswalks import TURNED, shipped_equivalents
from tools.compliance.everyday import merged, wordings
from tools.compliance.frameworks import FrameworkFilter, control_summaries, find_framework
from tools.compliance.library import frameworks
from tools.compliance.oscal import guidance, parameter_text
from tools.compliance.references import Key, is_reference, key, nearest_keys, order, without_names
from tools.compliance.tables import Control, ControlMapping, Framework
from tools.compliance.types import ControlDetail, ControlSummary, EquivalentControl, OscalLink
from tools.context import Context
from tools.errors import BeMoreExact, ChooseAnother
from tools.lookup import look_up
from tools.operation import operation
from tools.values import Limit, Page, page

ControlRef = Annotated[
    str,
    Field(
        min_length=1,
        max_length=300,
        description="A control's id or reference: gdpr/art-17, AC-2(1), PCI 3.4.1",
    ),
]
OF_A_PART = {
    "equal": "superset",
    "superset": "superset",
    "subset": "intersects",
    "intersects": "intersects",
}
"""How the whole stands to what a part of it stands to like this."""
DEPTH = 400
NEAR = 10


@operation(
    "compliance.search_controls",
    permission="compliance.read",
    examples=(
        "Which controls are about retention?",
        "Find GDPR controls on erasure",
        "Which control says that we encrypt backups?",
    ),
)
async def search_controls(
    ctx: Context,
    query: Annotated[
        str,
        Field(
            min_length=1,
            max_length=10_000,
            description="A reference, words, a control's text, or what is practised",
        ),
    ],
    framework: FrameworkFilter = None,
    limit: Limit = 20,
) -> Page[ControlSummary]:
    """Search the frameworks' controls by reference, text, or a description of the practice."""
    only = (await find_framework(ctx.session, framework)).id if framework else None
    if len(query) <= 120 and any(letter.isdigit() for letter in query):
        exact = await _by_reference(ctx.session, query, only)
        if exact:
            return page(await control_summaries(ctx.session, exact[:limit]), len(exact), None)
    index, visible = ctx.services.index, ctx.decision.sources
    ids = merged(
        [
            [one.document.id for one in await look_up(index, said, visible, DEPTH, {"control"})]
            for said in wordings(query[:4000])
        ]
    )
    if only:
        ids = [one for one in ids if one.startswith(f"{only}/")]
    rows = {
        row.id: row for row in await ctx.session.scalars(select(Control).where(Control.id.in_(ids)))
    }
    found = [rows[one] for one in ids if one in rows] or await _by_words(ctx.session, query, only)
    found = _once(_with_articles(found))
    return page(await control_summaries(ctx.session, found[:limit]), len(found), None)


@operation(
    "compliance.get_control",
    permission="compliance.read",
    examples=("What does GDPR Art. 30 demand?", "Show control pci-dss-4/3.4.1"),
)
async def get_control(ctx: Context, control: ControlRef) -> ControlDetail:
    """Show a control: what it demands, which rules serve it, what corresponds to it."""
    row = await find_control(ctx.session, control)
    framework = await ctx.session.get(Framework, row.framework_id)
    assert framework is not None  # a foreign key
    (summary,) = await control_summaries(ctx.session, [row])
    oscal = row.oscal or {}
    parameters = {one["id"]: one for one in oscal.get("params", ())}
    resources = (framework.imported or {}).get("resources", {})
    links = []
    for link in oscal.get("links", ()):
        resource = resources.get(link["href"].removeprefix("#"), {})
        links.append(
            OscalLink(
                relation=link.get("rel", "reference"),
                title=resource.get("title") or link.get("text") or link["href"],
                urls=resource.get("links", []),
            )
        )
    below = await _below(ctx.session, [row])
    return ControlDetail(
        **summary.model_dump(),
        framework=framework.name,
        text=row.text,
        guidance=guidance(oscal, parameters),
        parameters={name: parameter_text(one) for name, one in parameters.items()},
        withdrawn=row.withdrawn,
        parent=row.parent_id,
        parts=[one.ref for one in below],
        part_rules=await _rules_below(ctx.session, below),
        links=links,
        equivalents=await _equivalents(ctx.session, row),
    )


async def _below(session: AsyncSession, controls: Sequence[Control]) -> list[Control]:
    parents = [one.id for one in controls]
    query = select(Control).where(Control.parent_id.in_(parents)).order_by(Control.position)
    return list(await session.scalars(query))


async def _rules_below(session: AsyncSession, parts: list[Control]) -> list[str]:
    """The rules that serve these parts of a control, or parts of them, each once."""
    rules: list[str] = []
    while parts:
        rules += [title for one in await control_summaries(session, parts) for title in one.rules]
        parts = await _below(session, parts)
    return list(dict.fromkeys(rules))


@operation(
    "compliance.find_equivalent_controls",
    permission="compliance.read",
    examples=(
        "Which controls correspond to GDPR Art. 32?",
        "What is the equivalent of AC-2 in ISO 27001?",
    ),
)
async def find_equivalent_controls(
    ctx: Context, control: ControlRef, framework: FrameworkFilter = None, limit: Limit = 50
) -> Page[EquivalentControl]:
    """Find the controls that correspond to one or its parts, in all frameworks or in one."""
    row = await find_control(ctx.session, control)
    found = await _equivalents(ctx.session, row)
    if framework:
        only = await find_framework(ctx.session, framework)
        found = [one for one in found if one.id.startswith(f"{only.id}/")]
    return page(found[:limit], len(found), None)


async def find_control(session: AsyncSession, reference: str) -> Control:
    """The control of that id or reference, in any spelling.

    Raises:
        ChooseAnother: it doesn't exist; the nearest are offered.
        BeMoreExact: several frameworks have it.
    """
    row = await session.get(Control, reference.strip().lower())
    if row is not None:
        return row
    found = await _by_reference(session, reference, None, strict=True)
    found = await _of_the_catalog(session, found)
    if len(found) > 1:
        raise BeMoreExact(
            f"'{reference}' is a control of {len(found)} frameworks.",
            f"Use one of: {', '.join(one.id for one in found[:8])}.",
            field="control",
        )
    return found[0]


async def _of_the_catalog(session: AsyncSession, found: list[Control]) -> list[Control]:
    """Of the same control in a catalog and in baselines of it, the catalog's: the shipped one's."""
    if len({(one.ref.lower(), one.title.lower()) for one in found}) != 1:
        return found
    shipped = {one.id for one in frameworks()}
    ids = [one.framework_id for one in found]
    profiles = {
        row.id
        for row in await session.scalars(select(Framework).where(Framework.id.in_(ids)))
        if row.imported and row.imported["kind"] == "profile"
    }

    def rank(one: Control) -> tuple[bool, bool]:
        return one.framework_id not in shipped, one.framework_id in profiles

    nearest = min(map(rank, found))
    return [one for one in found if rank(one) == nearest]


def _with_articles(found: Sequence[Control]) -> list[Control]:
    """An article stands before its paragraphs where several of them are as near as it is."""
    rows = {row.id: row for row in found}
    near = Counter(row.parent_id for row in found[:NEAR])
    ids = (
        id_ for row in found for id_ in (row.parent_id, row.id) if id_ == row.id or near[id_] > 1
    )
    return [rows[id_] for id_ in dict.fromkeys(ids) if id_ in rows]


def _once(found: Sequence[Control]) -> list[Control]:
    """Of the same control in several imported baselines, the first."""
    firsts: dict[tuple[str, str], Control] = {}
    for row in found:
        firsts.setdefault((row.ref.lower(), row.title.lower()), row)
    return list(firsts.values())


async def _by_reference(
    session: AsyncSession, text: str, only: str | None, *, strict: bool = False
) -> list[Control]:
    """The controls of exactly that reference or title.

    Raises:
        ChooseAnother: it is a reference (or has to be: `strict`) and none has it.
    """
    names = [
        (name, row.id)
        for row in await session.scalars(select(Framework))
        for name in (row.id, row.name.lower(), *row.aliases)
    ]
    bare, named = without_names(text, names)
    scope = only or named
    columns = (Control.id, Control.ref, Control.title, Control.framework_id)
    query = select(*columns).order_by(Control.framework_id, Control.position)
    if scope:
        query = query.where(Control.framework_id == scope)
    known = (await session.execute(query)).all()
    wanted = key(bare)
    by_key: dict[Key, list[str]] = {}
    for id_, ref, _, _ in known:
        for one in {key(ref), key(id_.split("/", 1)[1])}:
            by_key.setdefault(one, []).append(id_)
    matching = by_key.get(wanted, []) if wanted else []
    if not matching and strict:
        said = text.strip().lower()
        matching = [id_ for id_, _, title, _ in known if title.lower() in (said, bare.lower())]
    if matching:
        return await _rows(session, matching)
    if not strict and not is_reference(bare):
        return []
    offered = [id_ for near in nearest_keys(wanted, list(by_key)) for id_ in by_key[near]][:4]
    refs = {id_: ref for id_, ref, _, _ in known}
    held = "The frameworks here have"
    if scope and known:
        highest = max((ref for _, ref, _, _ in known), key=order)
        held = f"The framework {scope} ends with {highest} and has"
    nearest = " or ".join(f"{refs[one]} ({one})" for one in offered)
    raise ChooseAnother(
        f"The control '{text.strip()[:120]}' doesn't exist. {held} none of that reference.",
        f"The nearest are {nearest}." if offered else "Import a framework first.",
        field="control" if strict else "query",
    )


async def _by_words(session: AsyncSession, query: str, only: str | None) -> list[Control]:
    """The controls that hold the words, most of them first: while the index has none yet."""
    words = set(re.findall(r"\w{3,}", query.lower())) or {query.lower()}
    own = [Control.framework_id == only] if only else []
    fits: dict[str, int] = {}
    for row in await session.execute(
        select(Control.id, Control.title, Control.summary)
        .where(*own)
        .order_by(Control.framework_id, Control.position)
    ):
        whole = f"{row.title} {row.summary}".lower()
        if fit := sum(word in whole for word in words):
            fits[row.id] = -fit
    rows = {row.id: row for row in await _rows(session, list(fits))}
    return [rows[id_] for id_ in sorted(fits, key=lambda one: fits[one])][:DEPTH]


async def _rows(session: AsyncSession, ids: Sequence[str]) -> list[Control]:
    return list(
        await session.scalars(
            select(Control)
            .where(Control.id.in_(ids))
            .order_by(Control.framework_id, Control.position)
        )
    )


async def _equivalents(session: AsyncSession, control: Control) -> list[EquivalentControl]:
    """What corresponds to the control, or else to a part of it."""
    found: dict[str, tuple[str, str]] = {}
    for part in await _parts(session, control):
        for id_, (relation, origin) in (await _corresponding(session, part.id)).items():
            found.setdefault(id_, (OF_A_PART.get(relation, "related"), f"{origin}, by {part.ref}"))
    found |= await _corresponding(session, control.id)
    found.pop(control.id, None)
    return [
        EquivalentControl(
            id=one.id,
            ref=one.ref,
            title=one.title,
            summary=one.summary,
            relation=found[one.id][0],
            origin=found[one.id][1],
        )
        for one in await _rows(session, list(found))
    ]


async def _parts(session: AsyncSession, control: Control) -> list[Control]:
    """The controls below, those above before those below them."""
    parts: list[Control] = []
    level = [control]
    while level:
        below = select(Control).where(Control.parent_id.in_([one.id for one in level]))
        level = list(await session.scalars(below.order_by(Control.position)))
        parts += level
    return parts


async def _corresponding(session: AsyncSession, control: str) -> dict[str, tuple[str, str]]:
    """Relation and origin of what the crosswalks set beside exactly this control."""
    rows = await session.scalars(
        select(ControlMapping)
        .where(or_(ControlMapping.source_id == control, ControlMapping.target_id == control))
        .order_by(ControlMapping.source_id, ControlMapping.target_id)
    )
    found: dict[str, tuple[str, str]] = {}
    for row in rows:
        if row.source_id == control:
            found[row.target_id] = (row.relation, row.origin)
        else:
            found.setdefault(row.source_id, (TURNED.get(row.relation, row.relation), row.origin))
    return shipped_equivalents(control) | found
