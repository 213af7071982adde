"""What the operations on business domains return."""

from __future__ import annotations

from tools.values import Citation, Cited, Result


def domain_citation(domain_id: str, name: str, snippet: str = "") -> Citation:
    """The citation of a domain."""
    return Citation(
        id=domain_id,
        kind="domain",
        title=name,
        url=f"/api/advanced-catalog/get-domain?domain={domain_id}",
        snippet=snippet,
    )


class DomainSummary(Cited):
    """A domain in a list. `assets`: those in it, without columns and the domains below."""

    id: str
    name: str
    description: str | None
    owner: str | None
    parent: str | None
    assets: int

    def citation(self) -> Citation:
        return domain_citation(self.id, self.name, (self.description or "")[:200])


class KindCount(Result):
    """How many assets of a kind."""

    kind: str
    count: int


class Place(Result):
    """A source, or one schema of it."""

    source: str
    schema_name: str | None


class DomainDetail(DomainSummary):
    """A domain with the domains in it, how many assets of each kind, and whole places."""

    domains: list[DomainSummary]
    kinds: list[KindCount]
    places: list[Place]
    assets_with_domains_below: int


class Belonging(Cited):
    """What lies in which domain now. `assets` and `columns`: how many this changed.

    `keep_their_own`: assets there that were given a domain of their own, and keep it.
    """

    place: str
    domain_id: str | None
    domain: str | None
    inherited: bool = False
    assets: int
    columns: int
    keep_their_own: int = 0

    def citation(self) -> Citation:
        return domain_citation(self.domain_id or "", self.domain or self.place)
