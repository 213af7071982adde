"""A small catalog to talk about, and every operation of the evaluation's world."""

from __future__ import annotations

from datetime import date

from agent.planning.lexicon import Lexicon
from agent.planning.types import Entity, Focus, Understanding
from agent.planning.understand import Similarity, understand
from evals.planner import world

TODAY = date(2024, 5, 15)
CARDS = world().cards
_TABLES = {
    "pagila": {"customer": ("email", "phone", "address_id"), "film": ("title", "description")},
    "northwind": {"Customer": ("email", "contactName"), "Order": ("orderDate",)},
}


def _entities() -> list[Entity]:
    found = [
        Entity("person", "u-dana", "Dana Whitfield", ("dana@example.org",)),
        Entity("person", "u-bob", "Bob Okafor"),
        Entity("role", "r-admin", "administrator", ("admin",)),
        Entity("framework", "f-gdpr", "GDPR", ("General Data Protection Regulation",)),
        Entity("framework", "f-nist", "NIST SP 800-53 revision 5"),
        Entity("label", "l-phone", "phone_number"),
        Entity("label", "l-email", "email_address"),
        Entity("label_group", "g-personal", "personal", ("PII",)),
        Entity("control", "c-ac-2-1", "AC-2(1)"),
        Entity("control", "c-ac-21", "AC-21"),
        Entity("tag", "t-pii", "pii"),
    ]
    for source, tables in _TABLES.items():
        found.append(Entity("source", f"s-{source}", source))
        for table, columns in tables.items():
            found.append(Entity("table", f"{source}.{table}", f"{source}.{table}"))
            for column in columns:
                name = f"{source}.{table}.{column}"
                found.append(Entity("column", name, name))
    return found


ENTITIES = {e.id: e for e in _entities()}
LEXICON = Lexicon(ENTITIES.values())


def hear(
    text: str, focus: Focus | None = None, similarity: Similarity | None = None
) -> Understanding:
    """What the planner makes of a text in this world."""
    return understand(text, LEXICON, CARDS, focus or Focus(), similarity, TODAY)


def calls(text: str, focus: Focus | None = None) -> list[tuple[str, dict[str, object]]]:
    """The calls that a text comes to, and no question."""
    got = hear(text, focus)
    assert got.question is None, got.question
    return [(c.operation, c.arguments) for c in got.calls]


def about(*ids: str) -> tuple[Entity, ...]:
    """Entities by their ids."""
    return tuple(ENTITIES[i] for i in ids)
