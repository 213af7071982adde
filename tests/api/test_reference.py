"""The documentation is held to the code."""

from __future__ import annotations

import re
from pathlib import Path

from api.cli import commands
from api.reference import reference
from tools.registry import Registry

DOCS = Path(__file__).parents[2] / "docs"


def test_the_reference_page_is_what_the_code_says() -> None:
    written = (DOCS / "reference.md").read_text()
    assert written == reference(Registry(), commands()), (
        "docs/reference.md is out of date: racine operations --markdown > docs/reference.md"
    )


def test_links_between_documents_lead_somewhere() -> None:
    for page in DOCS.rglob("*.md"):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
