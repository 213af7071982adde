"""Teams, domains, contracts and what a grant would change, asked for in people's own words."""

from __future__ import annotations

import pytest

from agent.planning.lexicon import Lexicon
from agent.planning.types import Entity, Focus
from agent.planning.understand import understand
from tests.agent.planning.test_exemplars import CARDS
from tests.agent.planning.world import TODAY

LEXICON = Lexicon(
    [
        Entity("source", "src_1", "harbour"),
        Entity("table", "ast_1", "harbour.berths", ("berths",)),
        Entity("person", "usr_1", "Noor Haddad", ("Noor",)),
        Entity("role", "steward", "steward"),
        Entity("role", "viewer", "viewer"),
        Entity("team", "Dock Watch", "Dock Watch"),
        Entity("domain", "Port Dues", "Port Dues"),
        Entity("term", "lay days", "lay days"),
    ]
)


@pytest.mark.parametrize(
    ("text", "operation", "arguments"),
    [
        ("Which teams are there?", "rbac.list_teams", {}),
        ("Create a team called Dock Watch", "rbac.create_team", {"name": "Dock Watch"}),
        ("Who is in the team Dock Watch?", "rbac.get_team", {"team": "Dock Watch"}),
        ("Add Noor to the Dock Watch team", "rbac.add_team_member",
         {"user": "usr_1", "team": "Dock Watch"}),
        ("Take Noor off the team Dock Watch", "rbac.remove_team_member",
         {"user": "usr_1", "team": "Dock Watch"}),
        ("Give the viewer role to the team Dock Watch on harbour", "rbac.grant_team_role",
         {"team": "Dock Watch", "role": "viewer", "source": "src_1"}),
        ("What would Noor gain as a steward of harbour?", "rbac.simulate_grant",
         {"user": "usr_1", "role": "steward", "source": "src_1"}),
        ("Deactivate Noor", "rbac.disable_user", {"user": "usr_1"}),
        ("Change Noor's email address to noor@example.org", "rbac.update_user",
         {"user": "usr_1", "email": "noor@example.org"}),
        ("Show me the role viewer", "rbac.get_role", {"role": "viewer"}),
        ("Which business domains are there?", "catalog.list_domains", {}),
        ("Add a domain called Port Dues within Finance", "catalog.create_domain",
         {"name": "Port Dues", "parent": "Finance"}),
        ("Create the domain Port Dues, owned by Noor", "catalog.create_domain",
         {"name": "Port Dues", "owner": "usr_1"}),
        ("Put berths into the domain Port Dues", "catalog.set_domain",
         {"asset": "ast_1", "domain": "Port Dues"}),
        ("Move all tables of harbour to the domain Port Dues", "catalog.set_source_domain",
         {"source": "src_1", "domain": "Port Dues"}),
        ("Which tables are similar to berths?", "catalog.find_similar_assets", {"asset": "ast_1"}),
        ("How often is berths used?", "catalog.get_usage", {"asset": "ast_1"}),
        ("Export the catalog of harbour as JSON", "catalog.export_catalog",
         {"source": "src_1", "format": "json"}),
        ("What does the contract of berths promise?", "catalog.get_contract", {"asset": "ast_1"}),
        ("What does the glossary say about lay days?", "catalog.get_glossary_term",
         {"term": "lay days"}),
        ("Link the term lay days to berths", "catalog.link_glossary_term",
         {"term": "lay days", "asset": "ast_1"}),
    ],
)  # fmt: skip
def test_it_is_understood(text: str, operation: str, arguments: dict[str, object]) -> None:
    got = understand(text, LEXICON, CARDS, Focus(), None, TODAY)
    assert got.question is None, got.question
    assert [(one.operation, one.arguments) for one in got.calls] == [(operation, arguments)]
