"""The business glossary: terms with their meaning, how they relate, and what they explain.

A link belongs to the asset's source, so a reader sees only the linked assets that they may.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tools.catalog.assets import find_asset
from tools.catalog.glossary_tables import GlossaryTerm, TermLink, TermRelation
from tools.catalog.tables import Asset
from tools.context import Context
from tools.database import new_id
from tools.errors import ChooseAnother, CorrectInput, LookAgain, nearest
from tools.operation import Effect, operation
from tools.rbac.people import find_user
from tools.values import (
    AssetRef,
    Citation,
    Cited,
    Cursor,
    Limit,
    Page,
    Result,
    UserRef,
    page,
    paged,
)

Status = Literal["draft", "approved"]
Relation = Literal["synonym", "broader", "narrower", "related"]
OPPOSITE = {"broader": "narrower", "narrower": "broader"}

TermRef = Annotated[
    str, Field(min_length=1, max_length=200, description="A glossary term's name or id")
]
Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S", description="The term")]
Definition = Annotated[
    str, Field(min_length=1, max_length=4000, pattern=r"\S", description="What the term means")
]
Domain = Annotated[
    str | None,
    Field(min_length=1, max_length=100, description="The business domain that it belongs to"),
]
Owner = Annotated[UserRef | None, Field(description="Who answers for the term")]


class TermSummary(Cited):
    """A term as it stands in lists."""

    id: str
    name: str
    definition: str
    status: str
    domain: str | None
    owner: str | None

    def citation(self) -> Citation:
        """The citation of the term."""
        return Citation(
            id=self.id,
            kind="term",
            title=self.name,
            url=f"/api/advanced-catalog/get-glossary-term?term={self.id}",
            snippet=self.definition[:200],
        )


class RelatedTerm(Result):
    """A term beside another. `relation`: what it is to that one."""

    id: str
    name: str
    relation: str


class LinkedAsset(Result):
    """An asset that a term explains."""

    id: str
    name: str
    kind: str


class TermDetail(TermSummary):
    """A term with its relations and the assets that it explains; `assets` shows 200 at most."""

    relations: list[RelatedTerm]
    assets: list[LinkedAsset]
    assets_total: int
    truncated: bool


@operation(
    "catalog.create_glossary_term",
    permission="catalog.write",
    effect=Effect.WRITE,
    examples=(
        "Add the glossary term Churn: customers who left within a month",
        "Create a glossary term Net Revenue",
    ),
)
async def create_glossary_term(
    ctx: Context,
    name: Name,
    definition: Definition,
    status: Annotated[Status, Field(description="Draft until it is agreed on")] = "draft",
    domain: Domain = None,
    owner: Owner = None,
) -> TermDetail:
    """Add a term to the business glossary."""
    await _free(ctx.session, name)
    term = GlossaryTerm(
        id=new_id("trm"),
        name=_clean(name),
        search_name=_clean(name).lower(),
        definition=definition.strip(),
        status=status,
        domain=domain,
        owner=(await find_user(ctx.session, owner, "owner")).name if owner else None,
        created_by=ctx.entitlements.user_name,
    )
    ctx.session.add(term)
    await ctx.session.flush()
    return await _detail(ctx.session, term)


@operation(
    "catalog.update_glossary_term",
    permission="catalog.write",
    effect=Effect.WRITE,
    examples=("Approve the glossary term Churn", "Change the definition of the term Net Revenue"),
)
async def update_glossary_term(
    ctx: Context,
    term: TermRef,
    name: Annotated[Name | None, Field(description="Its new name")] = None,
    definition: Annotated[Definition | None, Field(description="What it means now")] = None,
    status: Annotated[Status | None, Field(description="Draft or approved")] = None,
    domain: Domain = None,
    owner: Owner = None,
) -> TermDetail:
    """Change what is given of a glossary term; the rest stays."""
    found = await find_term(ctx.session, term)
    if (name, definition, status, domain, owner) == (None,) * 5:
        raise CorrectInput(
            "Nothing is given that would change.",
            "Give a name, definition, status, domain or owner.",
        )
    if name is not None:
        await _free(ctx.session, name, found.id)
        found.name, found.search_name = _clean(name), _clean(name).lower()
    found.definition = definition.strip() if definition else found.definition
    found.status = status or found.status
    found.domain = domain or found.domain
    found.owner = (await find_user(ctx.session, owner, "owner")).name if owner else found.owner
    await ctx.session.flush()
    return await _detail(ctx.session, found)


@operation(
    "catalog.get_glossary_term",
    permission="catalog.read",
    examples=("What does the glossary say about Churn?", "Show the glossary term Net Revenue"),
)
async def get_glossary_term(ctx: Context, term: TermRef) -> TermDetail:
    """Show a glossary term: its meaning, related terms and the assets that it explains."""
    return await _detail(ctx.session, await find_term(ctx.session, term))


@operation(
    "catalog.list_glossary_terms",
    permission="catalog.read",
    examples=("List the glossary terms", "Which glossary terms are still drafts?"),
)
async def list_glossary_terms(
    ctx: Context,
    status: Annotated[Status | None, Field(description="Only of this status")] = None,
    domain: Annotated[str | None, Field(description="Only of this domain")] = None,
    asset: Annotated[AssetRef | None, Field(description="Only those that explain it")] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[TermSummary]:
    """List the terms of the business glossary by name."""
    query = select(GlossaryTerm).order_by(GlossaryTerm.search_name)
    if status:
        query = query.where(GlossaryTerm.status == status)
    if domain:
        query = query.where(func.lower(GlossaryTerm.domain) == domain.lower())
    if asset:
        found = await find_asset(ctx.session, asset)
        linked = select(TermLink.term_id).where(TermLink.asset_id == found.id)
        query = query.where(GlossaryTerm.id.in_(linked))
    rows, total = await paged(ctx.session, query, limit, cursor)
    return page([TermSummary.model_validate(row) for row in rows], total, cursor)


@operation(
    "catalog.link_glossary_term",
    permission="catalog.write",
    effect=Effect.WRITE,
    target="asset",
    examples=("Link the glossary term Churn to crm.customers",),
)
async def link_glossary_term(ctx: Context, term: TermRef, asset: AssetRef) -> TermDetail:
    """Say that a glossary term explains an asset."""
    found, explained = await find_term(ctx.session, term), await find_asset(ctx.session, asset)
    if await ctx.session.get(TermLink, (found.id, explained.id)) is None:
        ctx.session.add(
            TermLink(term_id=found.id, asset_id=explained.id, source_id=explained.source_id)
        )
        await ctx.session.flush()
    return await _detail(ctx.session, found)


@operation(
    "catalog.relate_glossary_terms",
    permission="catalog.write",
    effect=Effect.WRITE,
    examples=(
        "The glossary term Attrition is a synonym of Churn",
        "Relate the glossary term Revenue to Net Revenue as broader",
    ),
)
async def relate_glossary_terms(
    ctx: Context,
    term: TermRef,
    other: TermRef,
    relation: Annotated[Relation, Field(description="What the term is to the other one")],
) -> TermDetail:
    """Say how a glossary term relates to another; it takes the place of what was said before."""
    one, two = await find_term(ctx.session, term), await find_term(ctx.session, other, "other")
    if one.id == two.id:
        raise CorrectInput(
            f"'{one.name}' is the same term on both sides.", "Name another term.", field="other"
        )
    for row in await ctx.session.scalars(
        select(TermRelation).where(
            TermRelation.term_id.in_((one.id, two.id)), TermRelation.other_id.in_((one.id, two.id))
        )
    ):
        await ctx.session.delete(row)
    await ctx.session.flush()
    ctx.session.add(TermRelation(term_id=one.id, other_id=two.id, kind=relation))
    await ctx.session.flush()
    return await _detail(ctx.session, one)


@operation(
    "catalog.delete_glossary_term",
    permission="catalog.destroy",
    effect=Effect.DESTROY,
    examples=("Delete the glossary term Churn",),
)
async def delete_glossary_term(ctx: Context, term: TermRef) -> TermDetail:
    """Delete a glossary term with its relations and links; returns what it was."""
    found = await find_term(ctx.session, term)
    gone = await _detail(ctx.session, found)
    relations = or_(TermRelation.term_id == found.id, TermRelation.other_id == found.id)
    for relation in await ctx.session.scalars(select(TermRelation).where(relations)):
        await ctx.session.delete(relation)
    for link in await ctx.session.scalars(select(TermLink).where(TermLink.term_id == found.id)):
        await ctx.session.delete(link)
    await ctx.session.flush()
    await ctx.session.delete(found)
    return gone


async def find_term(session: AsyncSession, reference: str, field: str = "term") -> GlossaryTerm:
    """The term of that id or name.

    Raises:
        ChooseAnother: there is none.
    """
    wanted = _clean(reference)
    found = await session.scalar(
        select(GlossaryTerm).where(
            or_(GlossaryTerm.id == wanted, GlossaryTerm.search_name == wanted.lower())
        )
    )
    if found is None:
        names = list(await session.scalars(select(GlossaryTerm.name).limit(500)))
        raise ChooseAnother(
            f"There is no glossary term '{wanted}'.",
            nearest(wanted, names) if names else "catalog.create_glossary_term adds one.",
            field=field,
        )
    return found


def _clean(name: str) -> str:
    return " ".join(name.split())


async def _free(session: AsyncSession, name: str, own: str = "") -> None:
    taken = select(GlossaryTerm.id).where(
        GlossaryTerm.search_name == _clean(name).lower(), GlossaryTerm.id != own
    )
    if await session.scalar(taken):
        raise LookAgain(
            f"There is already a glossary term '{_clean(name)}'.",
            "Update that one, or choose another name.",
            field="name",
            code="exists",
        )


async def _detail(session: AsyncSession, term: GlossaryTerm) -> TermDetail:
    relations = []
    for row in await session.scalars(
        select(TermRelation).where(
            or_(TermRelation.term_id == term.id, TermRelation.other_id == term.id)
        )
    ):
        forth = row.term_id == term.id
        other = await session.get_one(GlossaryTerm, row.other_id if forth else row.term_id)
        kind = OPPOSITE.get(row.kind, row.kind) if forth else row.kind
        relations.append(RelatedTerm(id=other.id, name=other.name, relation=kind))
    linked = (
        select(Asset)
        .join(TermLink, TermLink.asset_id == Asset.id)
        .where(TermLink.term_id == term.id)
        .order_by(Asset.qualified_name)
    )
    assets, total = await paged(session, linked, 200, None)
    return TermDetail(
        **TermSummary.model_validate(term).model_dump(),
        relations=sorted(relations, key=lambda one: one.name),
        assets=[LinkedAsset(id=a.id, name=a.qualified_name, kind=a.kind) for a in assets],
        assets_total=total,
        truncated=len(assets) < total,
    )
