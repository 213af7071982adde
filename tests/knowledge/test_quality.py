"""Fusing must be worth it: better than either side alone, on real questions about real tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.retrieval import measure, read_lines, searches, table_document
from tests.knowledge.support import SHARED

DATA = SHARED / "data" / "retrieval"


@pytest.mark.skipif(not DATA.is_dir(), reason=f"{DATA} isn't there; RACINE_SHARED can name it")
def test_fused_search_beats_its_parts(tmp_path: Path) -> None:
    questions = read_lines(DATA / "table_questions.jsonl")[::5]
    asked = {question["db"] for question in questions}
    tables = read_lines(DATA / "table_corpus.jsonl")
    documents = [table_document(table) for table in tables if table["db"] in asked]
    ranks = {
        name: measure(questions, search, own=False)[0]
        for name, search in searches(tmp_path, documents)
    }
    assert ranks["fused"] > max(ranks["dense"], ranks["lexical"])
    assert ranks["fused"] > 0.8
