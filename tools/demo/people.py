"""Who works at the demo company and what they have written down so far. Literal data only.

Most of the catalog is left without owner, description and tags on purpose: the demo is about
finding that out. Assets are keyed by (source, asset), an asset being `table`, `table.column`, a
file's path in its folder, or that path with `:column`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["administrator", "steward", "analyst", "viewer"]
Scope = tuple[Literal["everything"]] | tuple[Literal["source", "workspace"], str]
Asset = tuple[str, str]


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A person with one role in one scope; the first in `PEOPLE` is the administrator."""

    name: str
    email: str
    role: Role
    scope: Scope
    title: str


@dataclass(frozen=True, slots=True)
class DemoSource:
    """A source to register; `path` is relative to the folder given to `company.generate`."""

    name: str
    kind: Literal["sqlite", "duckdb", "files"]
    path: str
    environment: Literal["production", "staging"]
    description: str
    owner: str | None


COMPANY = "Northlight"

PEOPLE = (
    DemoPerson(
        "Ada Winter",
        "ada.winter@northlight.example.com",
        "administrator",
        ("everything",),
        "Head of data",
    ),
    DemoPerson(
        "Omar Haddad",
        "omar.haddad@northlight.example.com",
        "steward",
        ("source", "crm"),
        "Data steward, customers",
    ),
    DemoPerson(
        "Ingrid Solberg",
        "ingrid.solberg@northlight.example.com",
        "steward",
        ("source", "lake"),
        "Data protection officer",
    ),
    DemoPerson(
        "Mateo Rivas",
        "mateo.rivas@northlight.example.com",
        "steward",
        ("workspace", "Claims privacy"),
        "Claims manager",
    ),
    DemoPerson(
        "Yuki Tanaka",
        "yuki.tanaka@northlight.example.com",
        "analyst",
        ("source", "shop"),
        "Revenue analyst",
    ),
    DemoPerson(
        "Bogdan Ionescu",
        "bogdan.ionescu@northlight.example.com",
        "analyst",
        ("workspace", "Customer 360"),
        "Marketing analyst",
    ),
    DemoPerson(
        "Chidi Obi",
        "chidi.obi@northlight.example.com",
        "viewer",
        ("everything",),
        "Internal auditor",
    ),
    DemoPerson(
        "Leonie Hart",
        "leonie.hart@northlight.example.com",
        "viewer",
        ("source", "shop"),
        "Shop support",
    ),
)

SOURCES = (
    DemoSource(
        "crm",
        "sqlite",
        "crm.sqlite",
        "production",
        "Customers, companies, opportunities, tickets, consents and payment methods.",
        "omar.haddad@northlight.example.com",
    ),
    DemoSource(
        "shop",
        "duckdb",
        "shop.duckdb",
        "production",
        "The online shop: products, orders, stock and the revenue views.",
        None,
    ),
    DemoSource(
        "lake",
        "files",
        "lake",
        "staging",
        "Files that departments drop: HR, claims, web events and invoices.",
        None,
    ),
)

OWNERS: dict[Asset, str] = {
    ("crm", "customers"): "omar.haddad@northlight.example.com",
    ("crm", "marketing_consents"): "omar.haddad@northlight.example.com",
    ("shop", "orders"): "yuki.tanaka@northlight.example.com",
    ("shop", "v_customer_revenue"): "yuki.tanaka@northlight.example.com",
    ("lake", "claims/claims.parquet"): "mateo.rivas@northlight.example.com",
}

DESCRIPTIONS: dict[Asset, str] = {
    ("crm", "customers"): "One row per private customer, kept for contracts and deliveries.",
    ("crm", "customers.email"): "The address that the customer has confirmed by a link.",
    ("crm", "marketing_consents"): "Who agreed to which marketing channel, when and from where.",
    ("crm", "v_open_pipeline"): "Open opportunities by company, as sales reviews them on Mondays.",
    ("lake", "claims/claims.parquet"): "Claims of the health plan that refunds light therapy.",
}

TAGS: dict[Asset, tuple[str, ...]] = {
    ("crm", "customers"): ("gold", "retention:7y"),
    ("crm", "marketing_consents"): ("retention:3y",),
    ("shop", "orders"): ("gold", "finance"),
    ("shop", "v_top_customers"): ("dashboard",),
    ("lake", "claims/claims.parquet"): ("dpia:done",),
    ("lake", "finance/invoices.csv"): ("finance", "retention:10y"),
}

WORKSPACES: dict[str, tuple[str, ...]] = {
    "Claims privacy": ("lake",),
    "Customer 360": ("crm", "shop"),
}
