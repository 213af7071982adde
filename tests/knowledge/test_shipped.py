"""Vectors that ship are the model's own, and other texts are embedded as ever."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge.embeddings import MiniLM, Shipped
from knowledge.shipped import digest, digests, known, write

TOLD = "Who owns customers?"


def test_they_are_found_by_their_text_alone(tmp_path: Path) -> None:
    path = tmp_path / "few.npz"
    assert write([TOLD, "Show crm", TOLD], MiniLM().embed, path) == 2
    assert digests(path) == {digest(TOLD), digest("Show crm")}
    found = known([TOLD, "Who owns customers"], path)
    assert set(found) == {TOLD}
    assert found[TOLD] @ MiniLM().embed([TOLD])[0] == pytest.approx(1, abs=1e-4)
    assert known([], path) == {}


def test_what_does_not_ship_is_embedded() -> None:
    texts = ["a river fish", "List all sources", "a river fish", ""]
    vectors = Shipped().embed(texts)
    assert np.allclose(vectors, MiniLM().embed(texts), atol=0.01)
    assert vectors.dtype == np.float32
    assert Shipped().embed([]).shape == (0, MiniLM.dimension)
