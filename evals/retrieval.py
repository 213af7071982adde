"""How well the index finds tables for real questions, and how fast. Run: python -m evals.retrieval

Reads ../shared/data/retrieval (RACINE_SHARED); all databases are searched together, and tables are
rendered as the product renders them. R@5 is the share of a question's tables among the first five,
averaged over the questions; MRR is of the first right one; nDCG@10 is over all. What can be tuned
was tuned on the databases of one half (by a hash of the name); the other half is reported apart.
"""

from __future__ import annotations

import json
import math
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from time import thread_time
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np

from knowledge.documents import Document, Scope, Visibility
from knowledge.embeddings import Embedder, MiniLM, Vectors
from knowledge.index import Index
from knowledge.lexical import EVERYTHING, Lexical, words
from knowledge.matrix import Matrix
from tools import models as _tables  # noqa: F401 - assets refer to every table
from tools.catalog.tables import Asset
from tools.indexing import table_document

SHARED = Path(os.environ.get("RACINE_SHARED", Path(__file__).parents[2] / "shared"))
DEPTH = 100
ALL = Visibility(sources=None)
Search = Callable[[str], list[str]]
Question = dict[str, Any]


class Quality(NamedTuple):
    recall: float
    reciprocal: float
    gain: float


class Remembering:
    """An embedder that embeds each text once, so that the searches share the work."""

    def __init__(self, embedder: Embedder) -> None:
        self._known = lru_cache(None)(lambda text: embedder.embed([text])[0])
        self.name, self.dimension = embedder.name, embedder.dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.array([self._known(text) for text in texts], dtype=np.float32)

    def forget(self) -> None:
        self._known.cache_clear()


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def table_documents(data: Path) -> list[Document]:
    """The tables of the corpus, as the product renders them; a database is a source."""
    documents = []
    for line in read_lines(data / "table_corpus.jsonl"):
        database, name = line["db"], line["table"]
        table = Asset(
            id=f"{database}.{name}".lower(),
            source_id=database,
            kind="table",
            name=name,
            qualified_name=f"{database}.{name}",
            tags=[],
        )
        columns = [Asset(id=column["name"], name=column["name"]) for column in line["columns"]]
        documents.append(table_document(table, columns, {}))
    return documents


def measure(questions: Sequence[Question], found: Sequence[list[str]]) -> Quality:
    figures = []
    for question, listed in zip(questions, found, strict=True):
        right = {f"{question['db']}.{table}".lower() for table in question["gold_tables"]}
        ranks = [rank for rank, id_ in enumerate(listed, start=1) if id_ in right]
        ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(len(right), 10) + 1))
        figures.append(
            (
                sum(rank <= 5 for rank in ranks) / len(right),
                1 / ranks[0] if ranks else 0.0,
                sum(1 / math.log2(rank + 1) for rank in ranks if rank <= 10) / ideal,
            )
        )
    return Quality(*np.mean(figures, axis=0).tolist())


def bm25(documents: Sequence[Document], k: float = 1.5, b: float = 0.75) -> Search:
    """The yardstick: plain BM25 over titles and texts, words split as the index splits them."""
    texts = [Counter(words(document.passage)) for document in documents]
    mean = sum(text.total() for text in texts) / len(texts)
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for word in text:
            holders[word].append(number)

    def search(query: str) -> list[str]:
        scores: Counter[int] = Counter()
        for word in words(query):
            held = holders.get(word, [])
            weight = math.log(1 + (len(texts) - len(held) + 0.5) / (len(held) + 0.5))
            for number in held:
                count = texts[number][word]
                length = 1 - b + b * texts[number].total() / mean
                scores[number] += weight * count * (k + 1) / (count + k * length)  # type: ignore[assignment]
        return [documents[number].id for number, _ in scores.most_common(DEPTH)]

    return search


def searches(
    folder: Path, documents: Sequence[Document], embedder: Embedder
) -> Iterator[tuple[str, Search]]:
    """Search by name: the yardstick, each part of the index alone, together, and the index."""
    matrix = Matrix(embedder.dimension)
    matrix.put(
        [document.id for document in documents],
        embedder.embed([document.passage for document in documents]),
        [document.stamp for document in documents],
    )

    def cosines(query: str) -> dict[str, float]:
        return matrix.nearest(embedder.embed([query])[0], Scope(None, None), len(documents))

    def ordered(scores: dict[str, float]) -> list[str]:
        return sorted(scores, key=lambda id_: -scores[id_])[:DEPTH]

    def evident(query: str) -> list[str]:
        return ordered(lexical.evidence(query, EVERYTHING))

    def fused(query: str) -> list[str]:
        evidence = lexical.evidence(query, EVERYTHING)
        return ordered({id_: one + evidence.get(id_, 0) for id_, one in cosines(query).items()})

    def whole(query: str) -> list[str]:
        return [passage.document.id for passage in index.search(query, ALL, DEPTH)]

    with (
        closing(Lexical(folder / "alone.db")) as lexical,
        closing(Index(folder / "index", embedder)) as index,
    ):
        lexical.write(documents)
        index.upsert(documents)
        yield "BM25 alone", bm25(documents)
        yield "words' evidence alone", evident
        yield "dense alone", lambda query: ordered(cosines(query))
        yield "fused", fused
        yield "fused, with its source (the index)", whole


def main() -> int:
    data = SHARED / "data" / "retrieval"
    if not data.is_dir():
        print(f"{data} isn't there: set RACINE_SHARED to the folder that holds data/.")
        return 1
    documents, questions = table_documents(data), read_lines(data / "table_questions.jsonl")
    halves = [crc32(question["db"].encode()) % 2 for question in questions]
    print(f"{len(documents)} tables, {len(questions)} questions, {DEPTH} deep; CPU milliseconds")
    print(f"{'':36}{'all':^24}{'tuned on':^16}{'held out':^16}{'CPU ms':^13}")
    heads = ("R@5", "MRR", "nDCG", *("R@5", "MRR") * 2, "mean", "p95")
    print(" " * 36 + "".join(f"{head:>8}" for head in heads))
    whole = Quality(0, 0, 0)
    embedder = Remembering(MiniLM())
    with TemporaryDirectory() as folder:
        for name, search in searches(Path(folder), documents, embedder):
            embedder.forget()
            found, spent = [], []
            for question in questions:
                start = thread_time()
                found.append(search(question["question"]))
                spent.append((thread_time() - start) * 1000)
            whole = measure(questions, found)
            parts = [
                measure(
                    [one for one, half in zip(questions, halves, strict=True) if half == side],
                    [one for one, half in zip(found, halves, strict=True) if half == side],
                )
                for side in (0, 1)
            ]
            figures = (*whole, *(figure for part in parts for figure in part[:2]))
            times = (np.mean(spent), np.percentile(spent, 95))
            print(
                f"{name:36}"
                + "".join(f"{figure:8.3f}" for figure in figures)
                + "".join(f"{time:8.1f}" for time in times)
            )
    return 0 if whole.recall >= 0.85 else 1


if __name__ == "__main__":
    sys.exit(main())
