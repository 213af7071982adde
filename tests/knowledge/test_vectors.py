"""The mirror and Chroma, embedded or a server, must agree: each is tried against plain numpy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest

from knowledge.documents import Scope, Stamp
from knowledge.embeddings import normalised
from knowledge.errors import MendIndexStore
from knowledge.vectors import VectorStore, collection_name, connect

SIZE, DIMENSION = 300, 16
VECTORS = normalised(np.random.default_rng(3).standard_normal((SIZE, DIMENSION)))
IDS = [f"d{number}" for number in range(SIZE)]
STAMPS = [
    Stamp(
        str(number), None if number % 10 == 0 else f"s{number % 7}", ("asset", "rule")[number % 2]
    )
    for number in range(SIZE)
]
SCOPES = [
    Scope(None, None),
    Scope(frozenset({"s1"}), None),
    Scope(frozenset(), None),
    Scope(frozenset({"s1", "s2"}), frozenset({"rule"})),
    Scope(None, frozenset({"rule", "unknown"})),
    Scope(frozenset({"s5"}), frozenset({"unknown"})),
]


@pytest.fixture(params=["mirror", "chroma", "server"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorStore]:
    url = request.getfixturevalue("chroma_url") if request.param == "server" else None
    owned = request.param == "mirror"
    opened = VectorStore(connect(tmp_path, url), uuid4().hex, DIMENSION, owned=owned)
    opened.write(IDS, VECTORS, STAMPS)
    yield opened
    opened.close()


@pytest.mark.parametrize("scope", SCOPES)
def test_the_nearest_in_scope_are_found(store: VectorStore, scope: Scope) -> None:
    query = VECTORS[5]
    admitted = [row for row, stamp in enumerate(STAMPS) if scope.admits(*stamp[1:])]
    cosines = VECTORS @ query
    expected = sorted(admitted, key=lambda row: -cosines[row])[:12]
    found = store.nearest(query, scope, 12)
    assert set(found) == {IDS[row] for row in expected}
    assert all(found[IDS[row]] == pytest.approx(float(cosines[row]), abs=1e-5) for row in expected)


def test_more_may_be_asked_than_there_are(store: VectorStore) -> None:
    assert len(store.nearest(VECTORS[0], Scope(None, None), 5 * SIZE)) == SIZE


def test_what_is_deleted_or_replaced_is_gone(store: VectorStore) -> None:
    store.delete([*IDS[10:], "unknown"])
    store.write(["d1"], VECTORS[200:201], [Stamp("new", "s1", "asset")])
    assert set(store.stamps()) == set(IDS[:10])
    assert store.stamps(["d1", "d200"]) == {"d1": Stamp("new", "s1", "asset")}
    assert store.cosines(VECTORS[200], ["d1", "d200"]) == {"d1": pytest.approx(1, abs=1e-5)}
    assert next(iter(store.nearest(VECTORS[200], Scope(None, None), 1))) == "d1"


def test_an_absent_server_is_named_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(MendIndexStore, match="RACINE_CHROMA_URL"):
        connect(tmp_path, "http://127.0.0.1:9")


@pytest.mark.parametrize("model", ["text-embedding-3-small", "BAAI/bge m3!", "é"])
def test_any_model_has_a_collection_name(
    tmp_path: Path, model: str, request: pytest.FixtureRequest
) -> None:
    store = VectorStore(connect(tmp_path, None), collection_name(model, 8), 8, owned=True)
    assert store.stamps() == {}
    store.close()
