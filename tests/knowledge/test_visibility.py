"""What a caller can't see changes nothing that he gets: not one passage, place or score."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from knowledge.documents import Document
from knowledge.index import Index
from tests.knowledge.support import Letters, document, ids, sees

WORDS = ("customer", "order", "film", "email", "payment", "owner", "salary", "patient", "ledger")


def corpus(seed: int, source: str | None, size: int) -> list[Document]:
    """Documents that share their words and names with those of every other source."""
    chance = random.Random(seed)
    return [
        document(
            f"{source}-{number}",
            " ".join(chance.choices(WORDS, k=8)),
            source_id=source,
            kind=chance.choice(["asset", "rule"]),
            names=(".".join(chance.choices(WORDS, k=2)), chance.choice(WORDS)),
        )
        for number in range(size)
    ]


OPEN = corpus(1, "open", 120) + corpus(2, None, 40)
SECRET = [
    *corpus(3, "secret", 400),
    document("vault", "zanzibar", source_id="secret", names=("zanzibar", "customer.zanzibar")),
]
QUERIES = [
    *WORDS,
    "customer.email",
    "who owns `order.film`?",
    "salary of a patient in the ledger",
    "zanzibar",
    "customer.zanzibar",
    "customer zanzibar salary",
    "ledger payment owner",
]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Index, Index]]:
    """An index that also holds a secret source, and one that never held it."""
    folder: Path = tmp_path_factory.mktemp("visibility")
    with (
        closing(Index(folder / "both", Letters())) as both,
        closing(Index(folder / "open", Letters())) as alone,
    ):
        both.upsert(SECRET[:200])
        both.upsert(OPEN)
        both.upsert(SECRET[200:])
        alone.upsert(OPEN)
        yield both, alone


@pytest.mark.parametrize("kinds", [None, {"rule"}])
@pytest.mark.parametrize("query", QUERIES)
def test_hidden_documents_leave_no_trace(
    pair: tuple[Index, Index], query: str, kinds: set[str] | None
) -> None:
    both, alone = pair
    for visible in (sees("open"), sees("open", "unknown"), sees()):
        seen = both.search(query, visible, limit=15, kinds=kinds)
        assert seen == alone.search(query, visible, limit=15, kinds=kinds)
        assert len(seen) == 15


def test_the_secret_is_found_by_who_may_see_it(pair: tuple[Index, Index]) -> None:
    both, _ = pair
    assert ids(both.search("customer.zanzibar", sees("secret")))[0] == "vault"


def test_a_chroma_server_answers_only_what_is_visible(tmp_path: Path, chroma_url: str) -> None:
    """Few are visible among many that are nearer: the filtered query has to step in."""
    with closing(Index(tmp_path, Letters("rights"), chroma_url)) as index:
        index.upsert(SECRET + OPEN[:10])
        for query in QUERIES:
            found = ids(index.search(query, sees("open"), limit=20))
            assert sorted(found) == sorted(entry.id for entry in OPEN[:10])
