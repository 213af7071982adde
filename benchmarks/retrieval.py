"""Search, freshness and rebuild at 100,000 documents, beside Chroma's own `where`, in one run.

    python -m benchmarks.retrieval [--size 100000] [--queries 200]

The documents are the tables of ../shared/data/retrieval (RACINE_SHARED), copied, with words of
other tables mixed in. A copy's vector is its table's with noise; questions and their vectors are
real, and a hundred others come first. Callers may see 6, 50 and 100 of 100 sources. Takes some
minutes, most of them Chroma's.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Thread
from time import perf_counter, sleep, thread_time

import numpy as np

from api.runtime import build
from api.settings import Settings
from evals.retrieval import SHARED, read_lines, table_documents
from knowledge.documents import Document, Scope, Visibility
from knowledge.embeddings import MiniLM, Vectors, normalised
from knowledge.index import Index
from knowledge.vectors import VectorStore, connect
from tools.context import Caller
from tools.migrate import upgrade
from tools.seed import seed

SOURCES = 100
NOISE = 0.04  # in each of 384 dimensions: a copy's cosine to its table is about 0.8
EVERYTHING = Visibility(sources=None)


class Synthetic:
    """The vectors of the base tables with noise for documents; the real model for one text."""

    def __init__(self, base: Sequence[Document]) -> None:
        self._model = MiniLM()
        self.name, self.dimension = self._model.name, self._model.dimension
        self._base = self._model.embed([document.passage for document in base])
        self._random = np.random.default_rng(7)
        self._next = 0

    def embed(self, texts: Sequence[str]) -> Vectors:
        if len(texts) == 1:
            return self._model.embed(texts)
        rows = np.arange(self._next, self._next + len(texts)) % len(self._base)
        self._next += len(texts)
        noise = self._random.standard_normal((len(texts), self.dimension)) * NOISE
        return normalised(self._base[rows] + noise)


def corpus(base: Sequence[Document], size: int) -> list[Document]:
    chance = Random(7)
    vocabulary = [word for document in base for word in document.text.split()]
    made = []
    for number in range(size):
        one = base[number % len(base)]
        database, _, name = one.title.partition(".")
        title = f"{database}_{number // len(base)}.{name}"
        text = f"{one.text} {' '.join(chance.choices(vocabulary, k=12))}"
        other = {"id": f"d{number}", "title": title, "text": text, "names": (name, title)}
        made.append(one.model_copy(update=other | {"source_id": f"s{number % SOURCES}"}))
    return made


def timed(name: str, ask: Callable[[str], object], questions: Sequence[str]) -> None:
    """Print the milliseconds a question takes: by the clock, and of this thread's CPU."""
    walls, spent = [], []
    for question in questions:
        wall, cpu = perf_counter(), thread_time()
        ask(question)
        walls.append((perf_counter() - wall) * 1000)
        spent.append((thread_time() - cpu) * 1000)
    figures = [np.percentile(values, share) for values in (walls, spent) for share in (50, 95)]
    print(f"{name:44}" + "".join(f"{figure:9.1f}" for figure in figures), flush=True)


def memory(folder: Path) -> float:
    """The resident megabytes of a process that has opened the index and answered."""
    program = (
        "import sys; from pathlib import Path; from knowledge.embeddings import MiniLM;"
        "from knowledge.index import Index; from knowledge.documents import Visibility;"
        "index = Index(Path(sys.argv[1]), MiniLM());"
        "index.search('What are the names of all singers?', Visibility(sources=None));"
        "print(Path('/proc/self/statm').read_text().split()[1])"
    )
    command = [sys.executable, "-c", program, str(folder)]
    pages = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return int(pages) * 4096 / 2**20


def searches(index: Index, folder: Path, questions: Sequence[str]) -> None:
    """Ours beside Chroma with its default graph and the rights in `where`, on the same vectors."""
    with index._use() as store:
        ours = store._vectors
        stamps = ours.stamps()
        rows = ours.vectors(list(stamps))
    matrix = np.array(list(rows.values()))
    beside = VectorStore(connect(folder, None), "beside", matrix.shape[1], owned=False)
    beside.write(list(rows), matrix, [stamps[id_] for id_ in rows])
    vectors = {question: index._embedded(question) for question in questions}
    for question in WARM:  # words are read as they are asked for
        index.search(question, EVERYTHING)
    print(f"\n{'milliseconds a question':44}{'p50':>9}{'p95':>9}{'CPU p50':>9}{'CPU p95':>9}")
    timed("embedding it", lambda text: MODEL.embed([text]), questions)
    for share in (6, 50, 100):
        sources = frozenset(f"s{number}" for number in range(share))
        visible, scope = Visibility(sources=sources), Scope(sources, None)
        search = partial(index.search, visible=visible)
        nearest = partial(near, ours, vectors, scope)
        index._embedded.cache_clear()
        timed(f"{share} % seen: search", search, questions)
        timed("   once embedded", search, questions)
        timed("   vectors only", nearest, questions)
        timed("   Chroma's where, vectors only", partial(where, beside, vectors, scope), questions)
        admitted = np.array([stamps[id_].source_id in sources for id_ in rows])
        ids, kept = np.array(list(rows)), 0
        for question in questions[:50]:
            cosines = np.where(admitted, matrix @ vectors[question], -1)
            kept += len(set(ids[np.argsort(-cosines)[:8]]) & set(nearest(question)))
        print(f"   of the exact nearest 8, found{kept / 8 / len(questions[:50]):24.3f}")
    beside.close()


def near(
    store: VectorStore, vectors: Mapping[str, Vectors], scope: Scope, question: str
) -> dict[str, float]:
    return store.nearest(vectors[question], scope, 64)


def where(
    store: VectorStore, vectors: Mapping[str, Vectors], scope: Scope, question: str
) -> dict[str, float]:
    filters = {"source_id": {"$in": ["", *sorted(scope.sources or ())]}}
    return store._query(vectors[question], scope, 64, filters)


def rebuilding(index: Index, questions: Sequence[str]) -> None:
    """Searches without pause while the index is built anew: none may lack its document."""
    wanted = {text: index.search(text, EVERYTHING)[0].document.id for text in questions[:50]}
    told: list[int] = []
    start = perf_counter()
    worker = Thread(target=index.purge, args=(told.append,))
    worker.start()
    walls, lacking = [], 0
    while worker.is_alive():
        for text, id_ in wanted.items():
            began = perf_counter()
            found = index.search(text, EVERYTHING)
            walls.append((perf_counter() - began) * 1000)
            lacking += id_ not in {passage.document.id for passage in found}
        sleep(0.05)
    print(
        f"\nrebuilt {index.count()} in {perf_counter() - start:.0f} s, told {len(told)} times; "
        f"{len(walls)} searches meanwhile, {lacking} lacked their document, "
        f"p95 {np.percentile(walls, 95):.1f} ms, longest {max(walls):.0f}"
    )


async def freshness(folder: Path, index_folder: Path) -> None:
    """From the commit of a change to the search that finds it, through log and follower."""
    settings = Settings(data_dir=folder, database_url=f"sqlite:///{folder}/racine.db")
    await asyncio.to_thread(upgrade, settings.database)
    (folder / "index").symlink_to(index_folder)
    runtime = build(settings)
    await seed(runtime.kernel)
    caller = Caller(await runtime.accounts.ensure_administrator(None), "api")
    (folder / "index.sequence").write_text(str(await runtime.follower._head()))
    runtime.kernel.after_commit.append(runtime.follower.poke)
    await runtime.follower.start()
    waits: dict[str, list[float]] = {"added": [], "deleted": []}

    async def until(there: bool, name: str) -> float:
        start = perf_counter()
        while True:
            found = await asyncio.to_thread(runtime.index.search, name, EVERYTHING, 1)
            if (found[0].document.title == name) is there:
                return (perf_counter() - start) * 1000
            await asyncio.sleep(0.002)

    for number in range(20):
        name = f"Zwetschge{number}"
        given = {"name": name, "definition": f"What is called {name} in the house"}
        await runtime.kernel.invoke("catalog.create_glossary_term", given, caller)
        waits["added"].append(await until(True, name))
        await runtime.kernel.invoke("catalog.delete_glossary_term", {"term": name}, caller)
        waits["deleted"].append(await until(False, name))
    for what, times in waits.items():
        print(f"{what}: seen after {np.median(times):.0f} ms, at most {max(times):.0f}")
    await runtime.follower.stop()
    await runtime.kernel.close()
    await runtime.events.close()
    await asyncio.to_thread(runtime.index.close)
    await runtime.database.close()


MODEL = MiniLM()
WARM: list[str] = []


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=200)
    asked = parser.parse_args()
    data = SHARED / "data" / "retrieval"
    base = table_documents(data)
    questions = [line["question"] for line in read_lines(data / "table_questions.jsonl")]
    Random(7).shuffle(questions)
    WARM.extend(questions[asked.queries : asked.queries + 100])
    questions = questions[: asked.queries]
    embedder = Synthetic(base)
    with TemporaryDirectory() as name:
        folder = Path(name)
        with closing(Index(folder / "few", embedder)) as few:
            few.upsert(base[:2])
        start = perf_counter()
        with closing(Index(folder / "many", embedder)) as index:
            index.upsert(corpus(base, asked.size))
            print(f"{index.count()} documents built in {perf_counter() - start:.0f} s")
        held = memory(folder / "many") - memory(folder / "few")
        size = sum(one.stat().st_size for one in (folder / "many").rglob("*") if one.is_file())
        print(f"{held:.0f} MB of memory, {size / 2**20:.0f} MB on disk")
        with closing(Index(folder / "many", embedder)) as index:
            start = perf_counter()
            index.count()
            print(f"opened in {perf_counter() - start:.1f} s")
            searches(index, folder / "beside", questions)
            rebuilding(index, questions)
        (folder / "service").mkdir()
        asyncio.run(freshness(folder / "service", folder / "many"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
