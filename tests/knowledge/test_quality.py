"""The parts of a search must be worth it: together better than either, on real questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.retrieval import Remembering, measure, read_lines, searches, table_documents
from knowledge.embeddings import MiniLM
from tests.knowledge.support import SHARED

DATA = SHARED / "data" / "retrieval"


@pytest.mark.skipif(not DATA.is_dir(), reason=f"{DATA} isn't there; RACINE_SHARED can name it")
def test_fused_search_beats_its_parts(tmp_path: Path) -> None:
    questions = read_lines(DATA / "table_questions.jsonl")[::5]
    asked = {question["db"] for question in questions}
    documents = [one for one in table_documents(DATA) if one.source_id in asked]
    yardstick, evidence, dense, fused, index = (
        measure(questions, [search(question["question"]) for question in questions])
        for _, search in searches(tmp_path, documents, Remembering(MiniLM()))
    )
    assert fused.reciprocal > max(dense.reciprocal, evidence.reciprocal, yardstick.reciprocal)
    assert index.recall >= fused.recall > dense.recall
    assert index.recall > 0.9
