"""How well the index finds tables for real questions, and how fast. Run: python -m evals.retrieval

Prints mean reciprocal rank and nDCG@10 of dense, lexical and fused search, over all databases
mixed and within the question's own; then the CPU time of a query at 5,000 documents.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

import numpy as np

from knowledge.documents import Document, Scope, Visibility
from knowledge.embeddings import Embedder, MiniLM, Vectors, normalised
from knowledge.index import Index
from knowledge.lexical import Lexical
from knowledge.matrix import Matrix

SHARED = Path(os.environ.get("RACINE_SHARED", Path(__file__).parents[2] / "shared"))
DEPTH = 100
SOURCES = 40
Search = Callable[[str, str | None], list[str]]


class Remembering:
    """An embedder that embeds each text once, so that three searches share the work."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}
        self.name, self.dimension = embedder.name, embedder.dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        for text in texts:
            if text not in self._known:
                self._known[text] = self._embedder.embed([text])[0]
        return np.array([self._known[text] for text in texts], dtype=np.float32)


def table_document(table: dict[str, Any]) -> Document:
    """A table as the catalog renders one: its name, its database, its columns in words."""
    database, name = table["db"], table["table"]
    columns = ", ".join(column["nl"] for column in table["columns"])
    return Document(
        id=f"{database}.{name}".lower(),
        kind="asset",
        title=f"{database}.{name}",
        text=f"Table {table['table_nl']} of {database.replace('_', ' ')}. Columns: {columns}.",
        url=f"/catalog/{database}/{name}",
        source_id=database,
        names=(name, f"{database}.{name}"),
    )


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def measure(questions: Sequence[dict[str, Any]], search: Search, own: bool) -> tuple[float, float]:
    """Mean reciprocal rank of the first right table, and nDCG@10 over all right ones."""
    reciprocal, gains = [], []
    for question in questions:
        right = {f"{question['db']}.{table}".lower() for table in question["gold_tables"]}
        found = search(question["question"], question["db"] if own else None)
        ranks = [rank for rank, id_ in enumerate(found, start=1) if id_ in right]
        reciprocal.append(1 / ranks[0] if ranks else 0.0)
        ideal = sum(1 / np.log2(rank + 1) for rank in range(1, min(len(right), 10) + 1))
        gains.append(sum(1 / np.log2(rank + 1) for rank in ranks if rank <= 10) / ideal)
    return float(np.mean(reciprocal)), float(np.mean(gains))


def searches(folder: Path, documents: Sequence[Document]) -> Iterator[tuple[str, Search]]:
    """Dense, lexical and fused search over the documents, by name."""
    embedder = Remembering(MiniLM())
    matrix = Matrix(embedder.dimension)
    matrix.put(
        [document.id for document in documents],
        embedder.embed([document.passage for document in documents]),
        [document.stamp for document in documents],
    )

    def visible(source: str | None) -> Visibility:
        return Visibility(sources=None if source is None else frozenset({source}))

    def ordered(scores: dict[str, float]) -> list[str]:
        return sorted(scores, key=lambda id_: -scores[id_])

    def dense(query: str, source: str | None) -> list[str]:
        vector = embedder.embed([query])[0]
        return ordered(matrix.nearest(vector, Scope.of(visible(source), None), DEPTH))

    def words(query: str, source: str | None) -> list[str]:
        return ordered(lexical.evidence(query, Scope.of(visible(source), None)))

    def fused(query: str, source: str | None) -> list[str]:
        return [passage.document.id for passage in index.search(query, visible(source), DEPTH)]

    with (
        closing(Lexical(folder / "alone.db")) as lexical,
        closing(Index(folder / "index", embedder)) as index,
    ):
        lexical.write(documents)
        index.upsert(documents)
        yield from (("dense", dense), ("lexical", words), ("fused", fused))


def quality(folder: Path, data: Path) -> None:
    documents = [table_document(table) for table in read_lines(data / "table_corpus.jsonl")]
    questions = read_lines(data / "table_questions.jsonl")
    named = [
        {"question": sentence.format(document.title), "db": db, "gold_tables": [table]}
        for document in documents[::5]
        for db, _, table in [document.title.partition(".")]
        for sentence in ("who owns {}?", "Show me the lineage of `{}`")
    ]
    print(f"{len(documents)} tables, {len(questions)} questions: mixed, then in their own database")
    print(f"{'':10}{'MRR':>8}{'nDCG@10':>9}{'MRR':>10}{'nDCG@10':>9}{'MRR, by name':>15}")
    for name, search in searches(folder, documents):
        mixed, own = (measure(questions, search, own) for own in (False, True))
        by_name, _ = measure(named, search, own=False)
        print(f"{name:10}{mixed[0]:8.3f}{mixed[1]:9.3f}{own[0]:10.3f}{own[1]:9.3f}{by_name:15.3f}")


class Scattered:
    """Random documents, real queries: indexing is free and a query costs what it costs."""

    def __init__(self) -> None:
        self._queries = MiniLM()
        self._random = np.random.default_rng(7)
        self.name, self.dimension = "scattered", self._queries.dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        if len(texts) == 1:
            return self._queries.embed(texts)
        return normalised(self._random.standard_normal((len(texts), self.dimension)))


def speed(folder: Path, data: Path, size: int = 5_000, each: int = 100) -> None:
    tables = read_lines(data / "table_corpus.jsonl")
    documents = []
    for number in range(size):
        table = dict(tables[number % len(tables)])
        table["db"] += f"_{number // len(tables)}"
        source = {"source_id": f"source-{number % SOURCES}"}
        documents.append(table_document(table).model_copy(update=source))
    lines = read_lines(data / "table_questions.jsonl")
    asked = [[line["question"] for line in lines[start::2]][:each] for start in (0, 1)]
    some = frozenset(f"source-{number}" for number in range(0, SOURCES, 10))
    with closing(Index(folder / "speed", Scattered())) as index:
        index.upsert(documents)
        index.search("load the model", Visibility(sources=None))
        print(f"\nCPU milliseconds a query at {index.count()} documents")
        scopes = (("everything", None), ("a tenth of the sources", some))
        for (name, sources), questions in zip(scopes, asked, strict=True):
            for again in ("", ", asked again"):
                start = process_time()
                for question in questions:
                    index.search(question, Visibility(sources=sources))
                spent = (process_time() - start) / len(questions)
                print(f"{name + again:38}{spent * 1000:6.2f}")


def main() -> int:
    data = SHARED / "data" / "retrieval"
    if not data.is_dir():
        print(f"{data} isn't there: set RACINE_SHARED to the folder that holds data/.")
        return 1
    with TemporaryDirectory() as folder:
        quality(Path(folder), data)
        speed(Path(folder), data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
